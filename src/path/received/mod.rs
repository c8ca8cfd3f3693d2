//! One Received field: the clause grammar of RFC 5321 section 4.4, and one file per dialect for what it cannot say.

use serde::Serialize;

/// Which software's way of writing a Received field was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    Postfix,
    Exim,
    Sendmail,
    Qmail,
    Exchange,
    Google,
    AmazonSes,
    Amavis,
    Lmtp,
    /// None of the known ones: read by the grammar alone.
    Generic,
}
