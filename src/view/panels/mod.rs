//! One file a panel: what it shows (`data`) and how (`show`).

pub mod aggregate;
pub mod arc;
pub mod bounce;
pub mod claims;
pub mod dkim;
pub mod dmarc;
pub mod dns;
pub mod fix;
pub mod headers;
pub mod network;
pub mod path;
pub mod rules;
pub mod spf;
pub mod summary;
pub mod welcome;
