//! English.

pub(super) mod administrator;
pub(super) mod aggregate;
pub(super) mod arc;
pub(super) mod bounce;
pub(super) mod causes;
pub(super) mod claims;
pub(super) mod dkim;
pub(super) mod dmarc;
pub(super) mod findings;
pub(super) mod fix;
pub(super) mod fix_header;
pub(super) mod fix_logo;
mod fix_records;
pub(super) mod glossary;
pub(super) mod letter;
pub(super) mod narrative;
pub(super) mod network;
pub(super) mod notes;
pub(super) mod panels;
pub(super) mod rules;
pub(super) mod samples;
pub(super) mod second;
pub(super) mod sender;
pub(super) mod spf;
pub(super) mod steps;
pub(super) mod story;
pub(super) mod terms;
