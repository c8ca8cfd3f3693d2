//! Small pieces shared by panels.

mod evidence;
mod fact;
mod section;
mod state_word;
mod steps;
mod time;

pub use evidence::{arrived, excerpt, link};
pub use fact::{fact, fact_word};
pub use section::{note, section};
pub use state_word::{shape, state_word};
pub use steps::steps;
pub use time::{moment, stamp};
