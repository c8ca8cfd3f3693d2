//! What a hop says about the encryption of its connection: the word of that server, for that one hop.

use serde::Serialize;

use crate::message::Span;

/// The encryption of one hop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    pub state: TlsState,
    pub version: Option<TlsVersion>,
    /// The cipher suite as written.
    pub cipher: Option<String>,
    /// The key length in bits.
    pub bits: Option<u32>,
    /// Where it stands.
    pub span: Option<Span>,
}

/// Whether a hop was encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsState {
    Encrypted,
    /// The server states that there was none (for example Exchange's `with Microsoft SMTP Server` does not state it; a
    /// comment such as `(version=NONE)` does).
    NotEncrypted,
    /// Nothing is said. This is not the same as plaintext.
    NotStated,
    /// The message did not cross a network (local delivery, pipe, loopback).
    Local,
}

/// The protocol version of a TLS connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum TlsVersion {
    #[serde(rename = "SSLv2")]
    Ssl2,
    #[serde(rename = "SSLv3")]
    Ssl3,
    #[serde(rename = "TLSv1")]
    Tls10,
    #[serde(rename = "TLSv1.1")]
    Tls11,
    #[serde(rename = "TLSv1.2")]
    Tls12,
    #[serde(rename = "TLSv1.3")]
    Tls13,
}

impl TlsVersion {
    /// The name as standards write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ssl2 => "SSL 2.0",
            Self::Ssl3 => "SSL 3.0",
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        }
    }
}

impl Tls {
    #[must_use]
    pub const fn not_stated() -> Self {
        Self { state: TlsState::NotStated, version: None, cipher: None, bits: None, span: None }
    }
}
