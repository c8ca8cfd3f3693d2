//! `DKIM2-Signature` and `Message-Instance` (draft-ietf-dkim-dkim2-spec-08): read and shown, never judged. The draft still
//! changes, a file lacks the SMTP envelope that its verdict needs, and DMARC does not count it (RFC 9989 section 4.3).

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::dkim::base64;
use super::dkim::tag::{Tag, TagList};
use super::domain;
use crate::message::{Field, Message, Span};

/// What the fields of a message say. All of it is a claim.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dkim2 {
    /// Top to bottom.
    pub signatures: Vec<HopSignature>,
    pub instances: Vec<Instance>,
    /// Fields beyond [`Dkim2::MAX_FIELDS`] of a kind, which were not read.
    pub left_out: usize,
}

/// One DKIM2-Signature: what one hop signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HopSignature {
    pub span: Span,
    pub tags: TagList,
    /// `i=`: the number of the hop, from 1.
    pub i: Option<u32>,
    /// `m=`: the newest revision when it signed.
    pub m: Option<u32>,
    /// `t=`.
    pub signed_at: Option<Timestamp>,
    /// `d=`.
    pub domain: Option<String>,
    /// `s=`: a selector with its algorithm for each signature in the field.
    pub keys: Vec<Key>,
    /// `mf=`: the envelope sender, with its angle brackets.
    pub mail_from: Option<String>,
    /// `rt=`: the envelope recipients.
    pub recipients: Vec<String>,
    /// `nd=`: who signs next, for a hop without SMTP.
    pub next_domain: Option<String>,
    /// `f=`.
    pub flags: Vec<String>,
}

/// A selector and the algorithm of the signature that goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Key {
    pub selector: String,
    pub algorithm: Option<String>,
}

/// One Message-Instance: a revision of the message, and how it differs from the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    pub span: Span,
    pub tags: TagList,
    /// `m=`: the number of the revision, from 1.
    pub m: Option<u32>,
    /// The hash algorithms in `h=`.
    pub algorithms: Vec<String>,
    /// The header fields that the recipe `r=` says were changed.
    pub headers: Vec<String>,
    pub body: BodyChange,
}

/// What the recipe of a revision says of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyChange {
    /// It says nothing: the body is as it was.
    Unchanged,
    /// It was changed, and the recipe rebuilds it.
    Changed,
    /// It was changed, and cannot be rebuilt.
    Lost,
    /// The recipe cannot be read.
    Unreadable,
}

/// Whether hops or revisions are numbered from 1 without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    Whole,
    /// A number is missing, there twice, or cannot be read.
    Broken,
}

impl Dkim2 {
    /// The most fields of a kind that are read.
    pub const MAX_FIELDS: usize = 50;
    /// The most parts of one value: keys, recipients, changed fields.
    const MAX_PARTS: usize = 50;
    /// The longest recipe that is read.
    const MAX_RECIPE: usize = 256 * 1024;

    #[must_use]
    pub fn read(message: &Message) -> Self {
        let fields = |name: &'static str| message.named(name).map(|(_, field)| field);
        let count = |name| fields(name).count().saturating_sub(Self::MAX_FIELDS);
        Self {
            signatures: fields("DKIM2-Signature")
                .take(Self::MAX_FIELDS)
                .map(|field| HopSignature::read(message, field))
                .collect(),
            instances: fields("Message-Instance")
                .take(Self::MAX_FIELDS)
                .map(|field| Instance::read(message, field))
                .collect(),
            left_out: count("DKIM2-Signature") + count("Message-Instance"),
        }
    }

    #[must_use]
    pub const fn is_absent(&self) -> bool {
        self.signatures.is_empty() && self.instances.is_empty()
    }

    #[must_use]
    pub fn hops(&self) -> Numbering {
        numbering(self.signatures.iter().map(|signature| signature.i))
    }

    #[must_use]
    pub fn revisions(&self) -> Numbering {
        numbering(self.instances.iter().map(|instance| instance.m))
    }
}

fn numbering(numbers: impl Iterator<Item = Option<u32>>) -> Numbering {
    let numbers: Vec<Option<u32>> = numbers.collect();
    let different: BTreeSet<u32> = numbers.iter().copied().flatten().collect();
    let whole =
        different.len() == numbers.len() && different.into_iter().eq(1..=u32::try_from(numbers.len()).unwrap_or(0));
    if whole { Numbering::Whole } else { Numbering::Broken }
}

impl HopSignature {
    fn read(message: &Message, field: &Field) -> Self {
        let tags = tag_list(message, field);
        let value = |name: &str| tags.get(name).map(|tag| tag.value.as_str());
        let parts = |name: &str, separators: &[char]| -> Vec<String> {
            let parts = value(name).unwrap_or_default().split(separators).map(str::trim);
            parts.filter(|part| !part.is_empty()).take(Dkim2::MAX_PARTS).map(str::to_owned).collect()
        };
        Self {
            span: field.span,
            i: number(tags.get("i")),
            m: number(tags.get("m")),
            signed_at: value("t").and_then(moment),
            domain: value("d").and_then(domain::normalize),
            keys: parts("s", &[',', '|']).iter().map(|part| Key::read(part)).collect(),
            mail_from: value("mf").and_then(decoded),
            recipients: parts("rt", &[',']).iter().filter_map(|part| decoded(part)).collect(),
            next_domain: value("nd").and_then(domain::normalize),
            flags: parts("f", &[',', ':']),
            tags,
        }
    }
}

impl Key {
    fn read(part: &str) -> Self {
        let mut words = part.split(':').map(|word| word.trim().to_owned());
        let selector = words.next().unwrap_or_default();
        Self { selector, algorithm: words.next().filter(|word| !word.is_empty()) }
    }
}

impl Instance {
    fn read(message: &Message, field: &Field) -> Self {
        let tags = tag_list(message, field);
        let hashes = tags.get("h").map(|tag| tag.value.as_str()).unwrap_or_default();
        let algorithms: BTreeSet<String> = hashes
            .split([',', '|'])
            .filter_map(|entry| Some(entry.split_once(':')?.0.trim().to_owned()))
            .take(Dkim2::MAX_PARTS)
            .collect();
        let (headers, body) = recipe(tags.get("r"));
        Self {
            span: field.span,
            m: number(tags.get("m")),
            algorithms: algorithms.into_iter().collect(),
            headers,
            body,
            tags,
        }
    }
}

/// The recipe: JSON with `h`, the steps for each header field, and `b`, the steps for the body or null.
fn recipe(tag: Option<&Tag>) -> (Vec<String>, BodyChange) {
    let Some(tag) = tag else { return (Vec::new(), BodyChange::Unchanged) };
    let bytes = base64::decode(&tag.value).filter(|_| tag.value.len() <= Dkim2::MAX_RECIPE);
    let Some(Value::Object(parts)) = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()) else {
        return (Vec::new(), BodyChange::Unreadable);
    };
    let headers = match parts.get("h") {
        Some(Value::Object(fields)) => fields.keys().take(Dkim2::MAX_PARTS).cloned().collect(),
        _ => Vec::new(),
    };
    let body = match parts.get("b") {
        None => BodyChange::Unchanged,
        Some(Value::Null) => BodyChange::Lost,
        Some(Value::Array(_)) => BodyChange::Changed,
        Some(_) => BodyChange::Unreadable,
    };
    (headers, body)
}

fn tag_list(message: &Message, field: &Field) -> TagList {
    TagList::read(message.source.slice(field.value), field.value.start)
}

fn number(tag: Option<&Tag>) -> Option<u32> {
    tag?.value.parse().ok().filter(|number| *number > 0)
}

fn moment(seconds: &str) -> Option<Timestamp> {
    Timestamp::from_second(seconds.parse().ok()?).ok()
}

fn decoded(text: &str) -> Option<String> {
    let bytes = base64::decode(text)?;
    Some(String::from_utf8_lossy(&bytes).into_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Dkim2 {
        Dkim2::read(&Message::read(text.as_bytes().to_vec()))
    }

    fn coded(text: &str) -> String {
        base64::encode(text.as_bytes())
    }

    #[test]
    fn hops_and_revisions_are_read() {
        let recipe = coded(r#"{"h":{"subject":[{"d":["old"]}],"list-id":[]},"b":[{"c":[1,5]}]}"#);
        let (sender, to, list) = (coded("<a@example.jp>"), coded("<list@example.com>"), coded("<b@example.net>"));
        let dkim2 = read(&format!(
            "DKIM2-Signature: i=2; m=2; t=1790000100; d=example.com; s=x:ed25519-sha256:AA==|y:rsa-sha256:AA==; \
             mf={}; rt={list}; f=exploded;\r\n\
             Message-Instance: m=2; h=sha256:AA==:AA==,sha512:AA==:AA==; r={recipe}\r\n\
             DKIM2-Signature: i=1; m=1; t=1790000000; d=Example.JP; s=sel:ed25519-sha256:AA==; mf={sender};\r\n \
             rt={to}, {list};\r\n\
             Message-Instance: m=1; h=sha256:AA==:AA==\r\nFrom: a@example.jp\r\n\r\nx\r\n",
            coded("<>")
        ));
        assert_eq!((dkim2.hops(), dkim2.revisions(), dkim2.left_out), (Numbering::Whole, Numbering::Whole, 0));
        let [newest, first] = dkim2.signatures.as_slice() else { panic!("{dkim2:?}") };
        assert_eq!((newest.i, newest.m, newest.domain.as_deref()), (Some(2), Some(2), Some("example.com")));
        assert_eq!(newest.keys.iter().map(|key| key.selector.as_str()).collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(
            (newest.mail_from.as_deref(), newest.flags.as_slice()),
            (Some("<>"), ["exploded".to_owned()].as_slice())
        );
        assert_eq!(first.recipients, ["<list@example.com>", "<b@example.net>"]);
        assert_eq!(first.domain.as_deref(), Some("example.jp"));
        let [changed, plain] = dkim2.instances.as_slice() else { panic!("{dkim2:?}") };
        assert_eq!(
            (changed.headers.as_slice(), changed.body),
            (["subject".to_owned(), "list-id".to_owned()].as_slice(), BodyChange::Changed)
        );
        assert_eq!(
            (plain.body, plain.algorithms.as_slice()),
            (BodyChange::Unchanged, ["sha256".to_owned()].as_slice())
        );
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        let of = |field: &str| read(&format!("{field}\r\nFrom: a@example.jp\r\n\r\n"));
        for value in ["", "i", "i=0; m=x; t=never; d=.; s=; mf=!; rt=!,!", "i=1; i=2", "\u{1F9E8}"] {
            let dkim2 = of(&format!("DKIM2-Signature: {value}"));
            assert_eq!(dkim2.signatures.len(), 1);
            assert_eq!(dkim2.signatures[0].domain, None);
        }
        assert_eq!(of("DKIM2-Signature: i=2").hops(), Numbering::Broken);
        for (recipe, body) in [
            ("{}", BodyChange::Unchanged),
            (r#"{"b":null}"#, BodyChange::Lost),
            (r#"{"b":1}"#, BodyChange::Unreadable),
            ("[", BodyChange::Unreadable),
        ] {
            assert_eq!(of(&format!("Message-Instance: m=1; r={}", coded(recipe))).instances[0].body, body);
        }
        assert!(read("From: a@example.jp\r\n\r\n").is_absent());
        let many = read(&format!("{}From: a@example.jp\r\n\r\n", "DKIM2-Signature: i=1\r\n".repeat(200)));
        assert_eq!((many.signatures.len(), many.left_out), (Dkim2::MAX_FIELDS, 150));
    }
}
