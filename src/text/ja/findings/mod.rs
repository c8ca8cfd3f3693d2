//! 指摘の名前、このメールでの意味、対応方法（話題ごとに1ファイル、指摘ごとに1関数）。

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
