//! Which fields of the header a signature covers, and which it leaves open (RFC 6376 sections 5.4 and 8.15).

use serde::Serialize;

use super::hash::Header;
use crate::message::{Message, Span, Spanned};

/// Fields whose change or addition would change what a reader sees or what a program does: those that RFC 6376 section
/// 5.4.1 wants signed, and what describes the body and the way to unsubscribe (RFC 8058 section 4).
const IMPORTANT: [&str; 14] = [
    "From",
    "Subject",
    "Date",
    "To",
    "Cc",
    "Reply-To",
    "Sender",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// What `h=` covers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Each name in `h=` once, in the order of its first place there.
    pub signed: Vec<SignedName>,
    /// Important fields that are there and not covered, in the order of importance.
    pub open: Vec<OpenField>,
}

/// One name in `h=`, however often it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedName {
    /// As first written.
    pub name: String,
    /// Its first place in `h=`.
    pub span: Span,
    /// How often `h=` names it, and how many such fields the message has today.
    pub named: usize,
    pub present: usize,
}

/// How a signature treats the fields of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cover {
    /// Each of them is signed; one added on top would not be noticed.
    Signed,
    /// Named more often than there are fields: one that is added breaks the signature (section 8.15).
    OverSigned,
    /// Named, and not there: one that is added breaks the signature (section 5.4.2).
    SignedAbsent,
    /// There are more fields than `h=` names: those on top are not signed (section 5.4.2 counts from the bottom).
    Partly,
}

impl Cover {
    pub const ALL: [Self; 4] = [Self::Signed, Self::OverSigned, Self::SignedAbsent, Self::Partly];
}

impl SignedName {
    #[must_use]
    pub const fn cover(&self) -> Cover {
        match (self.named, self.present) {
            (_, 0) => Cover::SignedAbsent,
            (named, present) if named > present => Cover::OverSigned,
            (named, present) if named < present => Cover::Partly,
            _ => Cover::Signed,
        }
    }
}

/// A field of an important name that is not covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenField {
    /// The name as the standard spells it.
    pub name: &'static str,
    /// The topmost of those that are not covered, and how many there are.
    pub span: Span,
    pub count: usize,
}

impl Coverage {
    /// Holds the names in `h=` against the header; `own` is the signature's field, which is never among them (section 3.7).
    pub(super) fn of(names: &[Spanned<String>], header: &Header<'_>, own: usize, message: &Message) -> Self {
        let mut signed: Vec<SignedName> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for name in names {
            let place = *places.entry(name.value.to_ascii_lowercase()).or_insert(signed.len());
            if let Some(known) = signed.get_mut(place) {
                known.named += 1;
            } else {
                let present = header.places(&name.value, own).count();
                signed.push(SignedName { name: name.value.clone(), span: name.span, named: 1, present });
            }
        }
        let open = |name: &'static str| {
            let place = places.get(&name.to_ascii_lowercase());
            let covered = place.and_then(|&place| signed.get(place)).map_or(0, |known| known.named);
            let count = header.places(name, own).count().checked_sub(covered).filter(|&count| count > 0)?;
            let span = message.fields.get(header.places(name, own).next()?)?.span;
            Some(OpenField { name, span, count })
        };
        let open = IMPORTANT.into_iter().filter_map(open).collect();
        Self { signed, open }
    }

    /// The names that are covered in that way, as they are written.
    #[must_use]
    pub fn covered(&self, cover: Cover) -> Vec<&str> {
        self.signed.iter().filter(|name| name.cover() == cover).map(|name| name.name.as_str()).collect()
    }

    /// Whether fields of that name are there and `h=` does not name them at all.
    #[must_use]
    pub fn ignores(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name.eq_ignore_ascii_case(name))
            && !self.signed.iter().any(|signed| signed.name.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "From: new\r\nDKIM-Signature: x\r\nFrom: a\r\nTo: b\r\nSubject: s\r\nX-Own: o\r\n\r\n";

    fn coverage(names: &[&str]) -> Coverage {
        let message = Message::read(HEADER.as_bytes().to_vec());
        let names: Vec<_> = names.iter().map(|name| Spanned::new((*name).to_owned(), Span::new(0, 1))).collect();
        Coverage::of(&names, &Header::of(&message), 1, &message)
    }

    #[test]
    fn every_name_has_its_cover() {
        let coverage = coverage(&["from", "To", "to", "Date", "X-Own", "DKIM-Signature"]);
        let covers: Vec<_> = coverage.signed.iter().map(|name| (name.name.as_str(), name.cover())).collect();
        let expected = [
            ("from", Cover::Partly),
            ("To", Cover::OverSigned),
            ("Date", Cover::SignedAbsent),
            ("X-Own", Cover::Signed),
            ("DKIM-Signature", Cover::SignedAbsent),
        ];
        assert_eq!(covers, expected);
    }

    #[test]
    fn what_is_there_and_not_named_is_open() {
        let coverage = coverage(&["From"]);
        let open: Vec<_> = coverage.open.iter().map(|open| (open.name, open.count)).collect();
        assert_eq!(open, [("From", 1), ("Subject", 1), ("To", 1)]);
        assert_eq!(&HEADER[coverage.open[0].span.start..coverage.open[0].span.end], "From: new\r\n");
        assert!(coverage.ignores("subject") && !coverage.ignores("Date") && !coverage.ignores("From"));
    }
}
