//! What a hop says about the encryption of its connection: the word of that server, for that one hop.

use serde::Serialize;

use super::received::grammar::{Clauses, Keyword, Piece};
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
    /// Nothing is said, and the message did not cross a network (local delivery, pipe, loopback).
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

impl TlsVersion {
    /// Below TLS 1.2: not to be used any more (RFC 8996, RFC 7568, RFC 6176).
    #[must_use]
    pub fn is_deprecated(self) -> bool {
        self < Self::Tls12
    }

    /// Reads `TLSv1.2`, `TLS1_2`, `TLS1.2`, `Tls12`, `SSLv3`. `None` for `TLSv1/SSLv3` too: old OpenSSL wrote that of the
    /// cipher, and the connection may have been anything from SSL 3.0 to TLS 1.2.
    fn read(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase().replace('_', ".");
        let (protocol, number) = text.split_at_checked(3)?;
        match (protocol, number.strip_prefix('v').unwrap_or(number)) {
            ("ssl", "2" | "2.0") => Some(Self::Ssl2),
            ("ssl", "3" | "3.0") => Some(Self::Ssl3),
            ("tls", "1" | "1.0" | "10") => Some(Self::Tls10),
            ("tls", "1.1" | "11") => Some(Self::Tls11),
            ("tls", "1.2" | "12") => Some(Self::Tls12),
            ("tls", "1.3" | "13") => Some(Self::Tls13),
            _ => None,
        }
    }
}

/// Protocol words of a `with` clause that say TLS. RFC 3848 and RFC 6531 register those in E and UTF8; `SMTPS` and
/// `SMTPSA` are seen without a registration. `SMTPSVC` (Microsoft) is none of them.
const TLS_PROTOCOLS: &[&str] = &[
    "esmtps",
    "esmtpsa",
    "esmtp-tls",
    "smtps",
    "smtpsa",
    "lmtps",
    "lmtpsa",
    "utf8smtps",
    "utf8smtpsa",
    "utf8lmtps",
    "utf8lmtpsa",
    "https",
    "imaps",
    "imap-ssl",
    "pop3s",
    "pop3-ssl",
];

/// What a notation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Statement<'a> {
    denied: Option<Piece<'a>>,
    version: Option<TlsVersion>,
    cipher: Option<&'a str>,
    bits: Option<u32>,
    place: Option<Piece<'a>>,
}

impl<'a> Statement<'a> {
    fn encrypted(place: Piece<'a>) -> Self {
        Self { place: Some(place), ..Self::default() }
    }

    /// How much it tells beyond the mere fact.
    fn detail(&self) -> usize {
        usize::from(self.version.is_some()) + usize::from(self.cipher.is_some()) + usize::from(self.bits.is_some())
    }
}

/// Reads every notation of a field; the one that tells most comes first and the others fill its gaps.
pub(super) fn read(clauses: &Clauses<'_>) -> Tls {
    let mut statements: Vec<Statement<'_>> = clauses.comments().filter_map(comment).collect();
    statements.extend(protocol(clauses));
    statements.extend(phrases(clauses));
    let denied = statements.iter().find_map(|statement| statement.denied);
    statements.retain(|statement| statement.denied.is_none());
    statements.sort_by_key(|statement| std::cmp::Reverse(statement.detail()));
    let Some(best) = statements.first() else {
        return match denied {
            Some(place) => Tls { state: TlsState::NotEncrypted, span: Some(clauses.span(place)), ..Tls::not_stated() },
            None => Tls::not_stated(),
        };
    };
    Tls {
        state: TlsState::Encrypted,
        version: statements.iter().find_map(|statement| statement.version),
        cipher: statements.iter().find_map(|statement| statement.cipher).map(str::to_owned),
        bits: statements.iter().find_map(|statement| statement.bits),
        span: best.place.map(|place| clauses.span(place)),
    }
}

/// `with ESMTPS`, `with ESMTP/TLS/cipher` (`IronPort`), `with cipher encrypted SMTP` (qmail).
fn protocol<'a>(clauses: &Clauses<'a>) -> Option<Statement<'a>> {
    let phrase = clauses.phrase(Keyword::With)?;
    if let Some(encrypted) = encrypted(phrase) {
        return Some(encrypted);
    }
    let first = clauses.word(Keyword::With)?;
    let mut parts = first.split(|character| character == '/').skip(1);
    if parts.next().is_some_and(|part| matches!(part.text.to_ascii_lowercase().as_str(), "tls" | "ssl")) {
        let cipher = parts.next().map(|cipher| cipher.text);
        return Some(Statement { cipher, ..Statement::encrypted(first) });
    }
    let word = first.text.trim_end_matches(',').to_ascii_lowercase();
    TLS_PROTOCOLS.contains(&word.as_str()).then(|| Statement::encrypted(first))
}

/// `over TLS secured channel` (Microsoft SMTPSVC, qpsmtpd), `via SSL`, and the clause `tls cipher` of RFC 8314 section
/// 4.3 (Exim since 4.94).
fn phrases<'a>(clauses: &Clauses<'a>) -> impl Iterator<Item = Statement<'a>> {
    let says_tls = |phrase: &Piece<'_>| {
        let first = phrase.text.split_whitespace().next().unwrap_or_default();
        first.eq_ignore_ascii_case("tls") || first.eq_ignore_ascii_case("ssl")
    };
    let over = clauses.phrase(Keyword::Over).filter(says_tls);
    let via = clauses.phrase(Keyword::Via).filter(says_tls);
    let clause = clauses.word(Keyword::Tls).and_then(|cipher| {
        // OpenSMTPD up to 6.6 wrote `TLS version=TLSv1.2 cipher=… bits=256 verify=NO`.
        let values = clauses.phrase(Keyword::Tls).filter(|values| values.text.contains('='));
        let plain = Statement { cipher: Some(cipher.text), ..Statement::encrypted(cipher) };
        Some(values.map_or(plain, named)).filter(|statement| statement.place.is_some())
    });
    over.into_iter().chain(via).map(Statement::encrypted).chain(clause)
}

fn comment(comment: Piece<'_>) -> Option<Statement<'_>> {
    if let Some(rest) = comment.strip_prefix("using ") {
        return using(comment, rest);
    }
    if comment.text.eq_ignore_ascii_case("Google Transport Security") {
        return Some(Statement::encrypted(comment));
    }
    let lower = comment.text.to_ascii_lowercase();
    if lower.contains("version=") || lower.contains("cipher=") {
        return Some(named(comment)).filter(|statement| statement.denied.or(statement.place).is_some());
    }
    encrypted(comment).or_else(|| listed(comment))
}

/// Postfix: `using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 …`.
fn using<'a>(comment: Piece<'a>, rest: Piece<'a>) -> Option<Statement<'a>> {
    let words: Vec<&str> = rest.text.split_whitespace().collect();
    let protocol = words.first().filter(|word| is_protocol(word))?;
    let after = |mark: &str| words.iter().position(|word| *word == mark).and_then(|at| words.get(at + 1)).copied();
    let bits = words.windows(2).find(|pair| pair[1].starts_with("bits")).and_then(|pair| bits(pair[0]));
    Some(Statement {
        version: TlsVersion::read(protocol),
        cipher: after("cipher"),
        bits,
        ..Statement::encrypted(comment)
    })
}

/// Google, Sendmail, Exchange, Haraka: `version=TLS1_2, cipher=… bits=128/128`. An empty value says nothing.
fn named(comment: Piece<'_>) -> Statement<'_> {
    let mut statement = Statement::default();
    for part in comment.split(|character| character.is_whitespace() || character == ',' || character == ';') {
        let Some((name, value)) = part.text.split_once('=').filter(|(_, value)| !value.is_empty()) else { continue };
        let none = value.eq_ignore_ascii_case("none");
        match name.to_ascii_lowercase().as_str() {
            "version" | "cipher" if none => statement.denied = Some(comment),
            "version" if is_protocol(value) => {
                statement.version = TlsVersion::read(value);
                statement.place = Some(comment);
            }
            "cipher" => {
                statement.cipher = Some(value);
                statement.place = Some(comment);
            }
            "bits" => statement.bits = bits(value),
            _ => {}
        }
    }
    statement
}

/// qmail: `cipher encrypted`, in a comment or before `SMTP`.
fn encrypted(phrase: Piece<'_>) -> Option<Statement<'_>> {
    let mut words = phrase.split(char::is_whitespace);
    let (cipher, verb) = (words.next()?, words.next()?);
    let said = verb.text.eq_ignore_ascii_case("encrypted") && (is_cipher(cipher.text) || is_protocol(cipher.text));
    let named = Some(cipher.text).filter(|text| is_cipher(text));
    said.then(|| Statement { cipher: named, version: TlsVersion::read(cipher.text), ..Statement::encrypted(phrase) })
}

/// Exim, `OpenSMTPD`, Courier, mox, Exchange 2010: `TLS1.2:cipher:256`, `TLS1.3 cipher`, `TLS: TLSv1.3,256bits,cipher`, `TLS`.
fn listed(comment: Piece<'_>) -> Option<Statement<'_>> {
    let text = ["X=", "Cipher"].iter().find_map(|prefix| comment.text.strip_prefix(prefix)).unwrap_or(comment.text);
    let text = text.trim_start();
    let mut parts = text.split(|character: char| character.is_whitespace() || ":,;()".contains(character));
    let first = parts.next().filter(|first| is_protocol(first))?;
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let bare = TlsVersion::read(first).is_none();
    let refused = ["none", "no", "off", "disabled"];
    if bare && parts.first().is_some_and(|part| refused.contains(&part.to_ascii_lowercase().as_str())) {
        return Some(Statement { denied: Some(comment), ..Statement::default() });
    }
    Some(Statement {
        version: TlsVersion::read(first).or_else(|| parts.first().and_then(|part| TlsVersion::read(part))),
        cipher: parts.iter().copied().find(|part| is_cipher(part)),
        bits: parts.iter().find_map(|part| bits(part.trim_end_matches("bits"))),
        ..Statement::encrypted(comment)
    })
}

/// `TLS`, `SSL`, `TLSv1.2`, `SSLv3`, `TLS1_3`, `TLSv1/SSLv3`.
fn is_protocol(word: &str) -> bool {
    let Some((head, rest)) = word.split_at_checked(3) else { return false };
    let rest = rest.strip_prefix(['v', 'V']).unwrap_or(rest);
    (head.eq_ignore_ascii_case("tls") || head.eq_ignore_ascii_case("ssl"))
        && (rest.is_empty() || rest.starts_with(|character: char| character.is_ascii_digit()))
}

/// The name of a cipher suite: OpenSSL's with hyphens, IANA's with underscores.
fn is_cipher(word: &str) -> bool {
    word.len() >= 7
        && word.contains(['-', '_'])
        && word.starts_with(|character: char| character.is_ascii_uppercase())
        && word.chars().all(|character| character.is_ascii_alphanumeric() || "-_+".contains(character))
}

/// The first number of `256/256`, when it can be a key length.
fn bits(text: &str) -> Option<u32> {
    let number = text.trim_start_matches('(').split('/').next()?;
    number.parse().ok().filter(|bits| (40..=512).contains(bits))
}

#[cfg(test)]
mod tests;
