//! Small pieces shared by panels.

mod causes;
mod evidence;
mod fact;
mod field;
mod narrative;
mod octets;
mod second;
mod section;
mod session;
mod state_word;
mod steps;
mod term;

pub(super) use causes::causes;
pub(super) use evidence::{arrived, excerpts, link, links};
pub(super) use fact::{fact, fact_word};
pub(super) use field::{FIELD, field_value};
pub(super) use narrative::narrative;
pub(super) use octets::octets;
pub(super) use second::second_opinion;
pub(super) use section::{note, section, section_named, sentence};
pub(super) use session::session;
pub(super) use state_word::{shape, state_word, state_word_width, text_width};
pub(super) use steps::steps;
pub(super) use term::{explained, speak, spoken, tell, term};
