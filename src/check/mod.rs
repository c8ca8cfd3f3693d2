//! Facts → findings. No I/O, no prose.

mod finding;
pub mod headline;

pub use finding::{Actor, Confidence, Evidence, Finding, Severity};
pub use headline::{Headline, HeadlineCode};

use crate::facts::Facts;

/// One check: its code and what it does.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    pub name: &'static str,
    pub run: fn(&Facts) -> Vec<Finding>,
}
