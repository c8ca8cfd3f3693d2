//! What each finding is called, what it means for this message, and what to do: one function a finding, by topic.

pub(in crate::text) mod aggregate;
pub(in crate::text) mod bounce;
pub(in crate::text) mod dkim;
pub(in crate::text) mod dkim_key;
pub(in crate::text) mod dmarc;
pub(in crate::text) mod dmarc_record;
pub(in crate::text) mod filter;
pub(in crate::text) mod form;
pub(in crate::text) mod identity;
pub(in crate::text) mod input;
pub(in crate::text) mod network;
pub(in crate::text) mod others;
pub(in crate::text) mod path;
pub(in crate::text) mod provider;
pub(in crate::text) mod spf;
pub(in crate::text) mod spf_record;
pub(in crate::text) mod tls;
