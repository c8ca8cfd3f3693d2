//! Small pieces shared by panels.

mod evidence;
mod fact;
mod section;
mod state_word;
mod steps;
mod time;

pub(super) use evidence::{arrived, excerpt, link};
pub(super) use fact::{fact, fact_word};
pub(super) use section::{note, section};
pub(super) use state_word::{shape, state_word};
pub(super) use steps::steps;
pub(super) use time::{moment, stamp};
