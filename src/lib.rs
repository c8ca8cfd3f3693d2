//! Hopscope tells a support person why a mail was, or was not, trusted.
//!
//! ```text
//! bytes ─▶ message ─▶ path ──┐
//!                  └▶ auth ──┴▶ Facts ─▶ check ─▶ findings ─▶ Analysis ─▶ report ─▶ export ─▶ cli
//!                      ▲                                          └─────▶ view ─▶ picture, window
//!                      dns (the one door)          text (all human sentences) enters at report and view
//! ```
//!
//! Facts first, opinions second, words third, pixels last. [`analyze::analyze`] is the whole program in one function.

pub mod aggregate;
pub mod analyze;
pub mod auth;
pub mod bounce;
pub mod check;
pub mod cli;
pub mod dns;
pub mod export;
pub mod facts;
pub mod fix;
pub mod listing;
pub mod message;
pub mod notes;
pub mod path;
#[cfg(feature = "gui")]
pub mod picture;
pub mod report;
pub mod samples;
pub mod sender;
pub mod settings;
pub mod text;
pub mod transport;
#[cfg(feature = "gui")]
pub mod view;
#[cfg(feature = "gui")]
pub mod window;
