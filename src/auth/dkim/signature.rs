//! The DKIM-Signature field (RFC 6376 section 3.5), every tag read apart: one that is broken leaves the others usable.

use jiff::Timestamp;

use super::canon::Form;
use super::crypto::{Hash, KeyKind};
use super::hash::{BodyPlan, OwnField};
use super::tag::{Tag, TagList};
use super::{Reason, base64};
use crate::auth::domain;
use crate::message::{Field, Message, Span, Spanned};

/// `a=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    RsaSha1,
    RsaSha256,
    Ed25519Sha256,
}

impl Algorithm {
    /// Values are compared with case unless their tag says otherwise (section 3.2).
    fn read(name: &str) -> Option<Self> {
        match name {
            "rsa-sha1" => Some(Self::RsaSha1),
            "rsa-sha256" => Some(Self::RsaSha256),
            "ed25519-sha256" => Some(Self::Ed25519Sha256),
            _ => None,
        }
    }

    #[must_use]
    pub const fn hash(self) -> Hash {
        match self {
            Self::RsaSha1 => Hash::Sha1,
            Self::RsaSha256 | Self::Ed25519Sha256 => Hash::Sha256,
        }
    }

    #[must_use]
    pub const fn key_kind(self) -> KeyKind {
        match self {
            Self::RsaSha1 | Self::RsaSha256 => KeyKind::Rsa,
            Self::Ed25519Sha256 => KeyKind::Ed25519,
        }
    }
}

/// A tag as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<T> {
    Absent,
    /// It is there and its value is not one that the tag allows.
    Broken(Span),
    Read(Spanned<T>),
}

impl<T> Value<T> {
    fn of(tag: Option<&Tag>, read: impl FnOnce(&Tag) -> Option<T>) -> Self {
        match tag {
            None => Self::Absent,
            Some(tag) => read(tag).map_or(Self::Broken(tag.span), |value| Self::Read(Spanned::new(value, tag.span))),
        }
    }

    /// The value, when it could be read.
    #[must_use]
    pub const fn get(&self) -> Option<&T> {
        match self {
            Self::Read(spanned) => Some(&spanned.value),
            Self::Absent | Self::Broken(_) => None,
        }
    }

    const fn fault_unless_read(&self) -> Option<Fault> {
        match self {
            Self::Absent => Some(Fault { reason: Reason::TagMissing, span: None }),
            _ => self.fault_if_broken(Reason::TagBroken),
        }
    }

    const fn fault_if_broken(&self, reason: Reason) -> Option<Fault> {
        match self {
            Self::Broken(span) => Some(Fault { reason, span: Some(*span) }),
            Self::Absent | Self::Read(_) => None,
        }
    }
}

/// Why a field cannot be used as a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub reason: Reason,
    /// The tag; `None` when it is missing.
    pub span: Option<Span>,
}

/// The tags that a DKIM-Signature, an ARC-Message-Signature and (but for the first four) an ARC-Seal share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    pub list: TagList,
    /// `bh=`, decoded.
    pub body_hash: Value<Vec<u8>>,
    /// `c=`, header and body; simple and simple when it is absent.
    pub canonicalization: Value<(Form, Form)>,
    /// `h=`; an empty name stands for no field.
    pub signed: Value<Vec<Spanned<String>>>,
    /// `l=`.
    pub length: Value<u64>,
    pub algorithm: Value<Algorithm>,
    /// `b=`, decoded.
    pub signature: Value<Vec<u8>>,
    /// `d=`, normalized.
    pub domain: Value<String>,
    /// `s=`, normalized like a domain.
    pub selector: Value<String>,
    pub signed_at: Value<Timestamp>,
    pub expires: Value<Timestamp>,
}

impl Parameters {
    /// More names in `h=` than any signer writes; a field beyond it is not verified.
    pub const MAX_SIGNED_FIELDS: usize = 1_000;

    /// Reads the value of a field, whose first byte stands at `start` of the input.
    #[must_use]
    pub fn read(bytes: &[u8], start: usize) -> Self {
        let list = TagList::read(bytes, start);
        let raw = |span: Span| bytes.get(span.start - start..span.end - start).unwrap_or_default();
        let decode = |tag: &Tag| base64::decode(&tag.value).filter(|bytes| !bytes.is_empty());
        Self {
            body_hash: Value::of(list.get("bh"), decode),
            canonicalization: Value::of(list.get("c"), |tag| read_canonicalization(&tag.value)),
            signed: Value::of(list.get("h"), |tag| read_names(raw(tag.value_span), tag.value_span.start)),
            length: Value::of(list.get("l"), |tag| read_length(&tag.value)),
            algorithm: Value::of(list.get("a"), |tag| Algorithm::read(&tag.value)),
            signature: Value::of(list.get("b"), decode),
            domain: Value::of(list.get("d"), |tag| domain::normalize(&tag.value)),
            selector: Value::of(list.get("s"), |tag| domain::normalize(&tag.value)),
            signed_at: Value::of(list.get("t"), |tag| read_moment(&tag.value)),
            expires: Value::of(list.get("x"), |tag| read_moment(&tag.value)),
            list,
        }
    }

    /// The forms of header and body (the default of `c=` is simple for both); `None` when `c=` cannot be read.
    #[must_use]
    pub const fn forms(&self) -> Option<(Form, Form)> {
        match &self.canonicalization {
            Value::Absent => Some((Form::Simple, Form::Simple)),
            Value::Broken(_) => None,
            Value::Read(forms) => Some(forms.value),
        }
    }

    /// The name of the key (section 3.6.2.1); `None` without a domain or selector, or when it is too long for DNS.
    #[must_use]
    pub fn key_name(&self) -> Option<String> {
        domain::normalize(&format!("{}._domainkey.{}", self.selector.get()?, self.domain.get()?))
    }

    /// How the body is to be hashed; `None` when `a=`, `c=` or `l=` does not say.
    #[must_use]
    pub fn body_plan(&self) -> Option<BodyPlan> {
        self.body_plan_in(self.forms()?.1)
    }

    /// How the body is to be hashed in that form, whatever `c=` says.
    pub(in crate::auth) fn body_plan_in(&self, form: Form) -> Option<BodyPlan> {
        let length_broken = self.list.get("l").is_some() && self.length.get().is_none();
        let hash = self.algorithm.get().filter(|_| !length_broken)?.hash();
        Some(BodyPlan { form, hash, length: self.length.get().copied() })
    }

    /// The field these parameters were read from, with its `b=` emptied; `None` when it has none.
    #[must_use]
    pub fn own_field<'a>(&self, field: &Field, message: &'a Message) -> Option<OwnField<'a>> {
        let slot = self.list.get("b")?.slot;
        let start = field.span.start;
        Some(OwnField::new(message.source.slice(field.span), slot.start - start..slot.end - start))
    }

    /// What RFC 6376 finds wrong with the list, and with the tags that both DKIM and ARC need.
    #[must_use]
    pub fn shared_fault(&self) -> Option<Fault> {
        if let Some(fault) = self.list.faults.first() {
            return Some(Fault { reason: Reason::TagBroken, span: Some(fault.span) });
        }
        let unnamed = self.selector.get().is_some() && self.domain.get().is_some() && self.key_name().is_none();
        let unnamed =
            unnamed.then(|| Fault { reason: Reason::TagBroken, span: self.list.get("s").map(|tag| tag.span) });
        (self.algorithm.fault_if_broken(Reason::AlgorithmUnknown))
            .or_else(|| self.algorithm.fault_unless_read())
            .or_else(|| self.signature.fault_unless_read())
            .or_else(|| self.domain.fault_unless_read())
            .or_else(|| self.selector.fault_unless_read())
            .or(unnamed)
            .or_else(|| self.signed_at.fault_if_broken(Reason::TagBroken))
    }

    /// What is wrong with the tags of a signature over body and header.
    #[must_use]
    pub fn message_fault(&self) -> Option<Fault> {
        (self.body_hash.fault_unless_read())
            .or_else(|| self.signed.fault_unless_read())
            .or_else(|| self.canonicalization.fault_if_broken(Reason::CanonicalizationUnknown))
            .or_else(|| self.length.fault_if_broken(Reason::TagBroken))
            .or_else(|| self.expires.fault_if_broken(Reason::TagBroken))
    }

    /// The first thing that makes this no valid DKIM-Signature (section 6.1.1).
    #[must_use]
    pub fn dkim_fault(&self) -> Option<Fault> {
        (self.version_fault())
            .or_else(|| self.shared_fault())
            .or_else(|| self.message_fault())
            .or_else(|| self.query_fault())
            .or_else(|| self.identity_fault())
            .or_else(|| self.author_fault())
            .or_else(|| self.order_fault())
    }

    fn version_fault(&self) -> Option<Fault> {
        match self.list.get("v") {
            None => Some(Fault { reason: Reason::TagMissing, span: None }),
            Some(tag) if tag.value == "1" => None,
            Some(tag) => Some(Fault { reason: Reason::VersionUnknown, span: Some(tag.span) }),
        }
    }

    /// Methods that are not known are ignored; one must be left. `dns` alone is how drafts before RFC 4871 wrote the same
    /// method, and signers kept it.
    fn query_fault(&self) -> Option<Fault> {
        let tag = self.list.get("q")?;
        let known = tag.value.split(':').any(|method| matches!(method.trim(), "dns/txt" | "dns"));
        (!known).then_some(Fault { reason: Reason::QueryMethodUnknown, span: Some(tag.span) })
    }

    /// `i=` with its folding removed and its quoted-printable decoded; `@` and `d=` when it is absent.
    #[must_use]
    pub fn identity(&self) -> Option<String> {
        match self.list.get("i") {
            Some(tag) => Some(String::from_utf8_lossy(&unquoted(&tag.value)).into_owned()),
            None => self.domain.get().map(|domain| format!("@{domain}")),
        }
    }

    /// The domain of `i=`, normalized.
    #[must_use]
    pub fn identity_domain(&self) -> Option<String> {
        domain::normalize(self.identity()?.rsplit_once('@')?.1)
    }

    fn identity_fault(&self) -> Option<Fault> {
        let tag = self.list.get("i")?;
        let Some(identity) = self.identity_domain() else {
            return Some(Fault { reason: Reason::TagBroken, span: Some(tag.span) });
        };
        let domain = self.domain.get()?;
        let inside = identity.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'));
        (!inside).then_some(Fault { reason: Reason::IdentityOutsideDomain, span: Some(tag.span) })
    }

    fn author_fault(&self) -> Option<Fault> {
        let names = self.signed.get()?;
        let signed = names.iter().any(|name| name.value.eq_ignore_ascii_case("from"));
        let span = self.list.get("h").map(|tag| tag.span);
        (!signed).then_some(Fault { reason: Reason::FromNotSigned, span })
    }

    /// `x=` must be later than `t=`.
    fn order_fault(&self) -> Option<Fault> {
        let in_order = self.expires.get()? > self.signed_at.get()?;
        (!in_order).then(|| Fault { reason: Reason::TagBroken, span: self.list.get("x").map(|tag| tag.span) })
    }
}

/// `c=`: without a second word the body is simple.
fn read_canonicalization(value: &str) -> Option<(Form, Form)> {
    let (header, body) = value.split_once('/').unwrap_or((value, Form::Simple.name()));
    Some((Form::read(header)?, Form::read(body)?))
}

fn read_names(value: &[u8], start: usize) -> Option<Vec<Spanned<String>>> {
    let mut names = Vec::new();
    let mut at = start;
    for piece in value.split(|&byte| byte == b':').take(Parameters::MAX_SIGNED_FIELDS + 1) {
        let before = piece.len() - piece.trim_ascii_start().len();
        let name = piece.trim_ascii();
        let span = Span::new(at + before, at + before + name.len());
        names.push(Spanned::new(String::from_utf8_lossy(name).into_owned(), span));
        at += piece.len() + 1;
    }
    // Visible ASCII without `:` and `;` (RFC 5322 section 3.6.8).
    let well_named = names.iter().all(|name| name.value.bytes().all(|byte| byte.is_ascii_graphic()));
    well_named.then_some(names)
}

/// Up to 76 digits; a number too large for us is larger than any body.
fn read_length(value: &str) -> Option<u64> {
    let well_formed = !value.is_empty() && value.len() <= 76 && value.bytes().all(|byte| byte.is_ascii_digit());
    well_formed.then(|| value.parse().unwrap_or(u64::MAX))
}

/// Up to 12 digits of seconds; what lies after the year 9999 counts as never reached.
fn read_moment(value: &str) -> Option<Timestamp> {
    if value.is_empty() || value.len() > 12 || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Timestamp::from_second(value.parse().ok()?).unwrap_or(Timestamp::MAX))
}

/// dkim-quoted-printable (section 2.11): white space is ignored, `=` and two hexadecimal digits are a byte.
pub(super) fn unquoted(value: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| first == b'=').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None if matches!(first, b' ' | b'\t') => {}
            None => bytes.push(first),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = " v=1; a=rsa-sha256; d=example.jp; s=sel; c=relaxed/simple; q=dns/txt; t=100; x=200; h=From : to:; bh=YQ==; b=Yg==";

    fn read(text: &str) -> Parameters {
        Parameters::read(text.as_bytes(), 0)
    }

    fn fault(from: &str, to: &str) -> Option<Reason> {
        assert!(WHOLE.contains(from));
        read(&WHOLE.replace(from, to)).dkim_fault().map(|fault| fault.reason)
    }

    #[test]
    fn a_whole_signature_is_read() {
        let read = read(WHOLE);
        assert_eq!(read.dkim_fault(), None);
        assert_eq!(read.forms(), Some((Form::Relaxed, Form::Simple)));
        assert_eq!(read.key_name().as_deref(), Some("sel._domainkey.example.jp"));
        assert_eq!(read.identity().as_deref(), Some("@example.jp"));
        assert_eq!(read.body_hash.get().map(Vec::as_slice), Some(b"a".as_slice()));
        let names: Vec<_> = read.signed.get().unwrap().iter().map(|name| name.value.as_str()).collect();
        assert_eq!(names, ["From", "to", ""]);
        let to = &read.signed.get().unwrap()[1];
        assert_eq!(&WHOLE[to.span.start..to.span.end], "to");
    }

    #[test]
    fn each_fault_has_its_reason() {
        for (from, to, reason) in [
            ("v=1;", "", Reason::TagMissing),
            ("v=1;", "v=2;", Reason::VersionUnknown),
            ("a=rsa-sha256;", "", Reason::TagMissing),
            ("a=rsa-sha256;", "a=rsa-sha512;", Reason::AlgorithmUnknown),
            ("a=rsa-sha256;", "a=RSA-SHA256;", Reason::AlgorithmUnknown),
            ("c=relaxed/simple", "c=relaxed/nowsp", Reason::CanonicalizationUnknown),
            ("c=relaxed/simple", "c=", Reason::CanonicalizationUnknown),
            ("q=dns/txt", "q=dns/dane:http", Reason::QueryMethodUnknown),
            ("d=example.jp;", "", Reason::TagMissing),
            ("d=example.jp;", "d=;", Reason::TagBroken),
            ("d=example.jp;", "d=[192.0.2.1];", Reason::TagBroken),
            ("s=sel;", "s=a..b;", Reason::TagBroken),
            ("h=From : to:;", "h=to;", Reason::FromNotSigned),
            ("h=From : to:;", "h=;", Reason::FromNotSigned),
            ("h=From : to:;", "h=From to;", Reason::TagBroken),
            ("b=Yg==", "b=", Reason::TagBroken),
            ("b=Yg==", "b=***", Reason::TagBroken),
            ("bh=YQ==;", "", Reason::TagMissing),
            ("t=100", "t=", Reason::TagBroken),
            ("t=100", "t=1 0", Reason::TagBroken),
            ("x=200", "x=100", Reason::TagBroken),
            ("x=200", "x=1234567890123", Reason::TagBroken),
            ("x=200", "l=-1", Reason::TagBroken),
            ("x=200", "i=@example.net", Reason::IdentityOutsideDomain),
            ("x=200", "i=@notexample.jp", Reason::IdentityOutsideDomain),
            ("x=200", "i=nobody", Reason::TagBroken),
            ("x=200", "t=200", Reason::TagBroken),
        ] {
            assert_eq!(fault(from, to), Some(reason), "{from} -> {to}");
        }
    }

    #[test]
    fn what_the_standard_allows_is_no_fault() {
        for (from, to) in [
            ("c=relaxed/simple; ", ""),
            ("c=relaxed/simple", "c=relaxed"),
            ("q=dns/txt", "q=http:dns/txt"),
            ("t=100; ", ""),
            ("x=200", "x=999999999999"),
            ("x=200", "i=a@mail.EXAMPLE.jp"),
            ("x=200", "i=a=40b@example.jp"),
            ("x=200", "unknown=anything; X=y"),
            ("x=200", "l=0"),
            ("b=Yg==", "b=Y\r\n g==;"),
        ] {
            assert_eq!(fault(from, to), None, "{from} -> {to}");
        }
        assert_eq!(read("c=relaxed").forms(), Some((Form::Relaxed, Form::Simple)));
        assert_eq!(read("a=x").forms(), Some((Form::Simple, Form::Simple)));
        assert_eq!(read("i=a=20b @ example.jp").identity().as_deref(), Some("a b@example.jp"));
        assert_eq!(read("x=999999999999").expires.get(), Some(&Timestamp::MAX));
    }

    #[test]
    fn a_key_name_too_long_for_dns_is_no_name() {
        let label = "a".repeat(60);
        let domain = [label.as_str(); 4].join(".");
        assert_eq!(fault("d=example.jp", &format!("d={domain}")), Some(Reason::TagBroken));
    }
}
