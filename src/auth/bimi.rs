//! The record that names a logo for mail of the author domain (draft-brand-indicators-for-message-identification). What it
//! names is shown and never fetched.

use serde::Serialize;

use super::dkim::Signature;
use super::dmarc::{Dmarc, IdentifierSource};
use super::domain;
use crate::dns::{Data, Ledger, Question, QuestionId, RecordType};
use crate::message::Message;

/// The field in which a message names the record that it wants.
const FIELD: &str = "BIMI-Selector";
/// Where no other is named.
const DEFAULT: &str = "default";

/// The record of the author domain, or of its organizational domain, for the selector that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bimi {
    /// The name that was asked last.
    pub name: String,
    pub selector: Selector,
    pub state: BimiState,
    /// `l=`: where the logo is.
    pub logo: Option<String>,
    /// `a=`: where the certificate for it is (a VMC or a CMC).
    pub certificate: Option<String>,
    pub questions: Vec<QuestionId>,
}

/// Which record the message asks for, as its sender claims (the draft's sections on BIMI-Selector and on header signing).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", content = "value", rename_all = "kebab-case")]
pub enum Selector {
    /// It names none.
    Default,
    /// A valid signature of the author domain covers what it names.
    Named(String),
    /// It names that, and no such signature covers it, or it cannot be read: receivers should ignore it.
    Ignored(String),
}

impl Selector {
    /// What the message names; `dmarc` says which signatures are the author domain's.
    #[must_use]
    pub fn of(message: &Message, dkim: &[Signature], dmarc: &Dmarc) -> Self {
        let values: Vec<String> =
            message.named(FIELD).map(|(_, field)| message.unfold(field).text.trim().to_owned()).collect();
        let Some(value) = values.last() else { return Self::Default };
        let aligned = dmarc.identifiers.iter().filter(|identifier| identifier.is_aligned());
        let mut signatures = aligned.filter_map(|identifier| match identifier.source {
            IdentifierSource::Dkim(index) => dkim.get(index),
            IdentifierSource::Spf => None,
        });
        match named(value) {
            Some(selector) if signatures.any(|signature| signature.covers(FIELD, values.len())) => {
                Self::Named(selector.to_owned())
            }
            Some(selector) => Self::Ignored(selector.to_owned()),
            None => Self::Ignored(value.clone()),
        }
    }

    /// The one whose record is looked up.
    #[must_use]
    pub fn used(&self) -> &str {
        match self {
            Self::Named(selector) => selector,
            Self::Default | Self::Ignored(_) => DEFAULT,
        }
    }

    /// Where its record of that domain stands.
    #[must_use]
    pub fn name_at(&self, owner: &str) -> String {
        format!("{}._bimi.{owner}", self.used())
    }
}

/// `s=` behind `v=BIMI1`, where it is a name.
fn named(value: &str) -> Option<&str> {
    let mut tags =
        value.split(';').filter_map(|tag| tag.split_once('=')).map(|(name, value)| (name.trim(), value.trim()));
    tags.next().filter(|tag| *tag == ("v", "BIMI1"))?;
    let (_, selector) = tags.find(|(name, _)| *name == "s")?;
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    Some(selector).filter(|selector| selector.split('.').all(is_label))
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BimiState {
    Found,
    Missing,
    /// There, and without a logo: the domain wants none shown.
    Declined,
    Unreachable,
    NotAsked,
}

/// Asks at the author domain, and where nothing is there at the organizational domain.
#[must_use]
pub fn check(author: &str, organization: Option<&str>, selector: Selector, dns: &Ledger<'_>) -> Bimi {
    let above = organization.filter(|above| domain::is_below(author, above));
    let mut questions = Vec::new();
    let mut last = None;
    for owner in [Some(author), above].into_iter().flatten() {
        let name = selector.name_at(owner);
        let entry = dns.ask(&Question::new(&name, RecordType::Txt));
        questions.push(entry.id);
        let found = match &entry.answer.records {
            Ok(records) => records.iter().filter_map(Data::joined).find_map(|text| read(&text)),
            Err(failure) if failure.is_not_asked() => Some((BimiState::NotAsked, None, None)),
            Err(failure) if !failure.is_absent() => Some((BimiState::Unreachable, None, None)),
            Err(_) => None,
        };
        if let Some((state, logo, certificate)) = found {
            return Bimi { name, selector, state, logo, certificate, questions };
        }
        last = Some(name);
    }
    let name = last.unwrap_or_default();
    Bimi { name, selector, state: BimiState::Missing, logo: None, certificate: None, questions }
}

fn read(text: &[u8]) -> Option<(BimiState, Option<String>, Option<String>)> {
    let text = String::from_utf8_lossy(text);
    let mut tags =
        text.split(';').filter_map(|tag| tag.split_once('=')).map(|(name, value)| (name.trim(), value.trim()));
    // Letter by letter: receivers must not mend it.
    tags.next().filter(|tag| *tag == ("v", "BIMI1"))?;
    let (mut logo, mut certificate) = (None, None);
    for (name, value) in tags.filter(|(_, value)| !value.is_empty()) {
        match name {
            "l" => logo = Some(value.to_owned()),
            "a" => certificate = Some(value.to_owned()),
            _ => {}
        }
    }
    let state = if logo.is_some() || certificate.is_some() { BimiState::Found } else { BimiState::Declined };
    Some((state, logo, certificate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::Snapshot;

    fn bimi(zone: &str) -> Bimi {
        let snapshot = Snapshot::parse(zone, "test").unwrap();
        check("mail.example.jp", Some("example.jp"), Selector::Default, &Ledger::new(&snapshot))
    }

    #[test]
    fn a_selector_is_a_name() {
        for (value, expected) in [
            ("v=BIMI1; s=brand", Some("brand")),
            ("v=BIMI1;s=spring.brand;", Some("spring.brand")),
            ("v=bimi1; s=brand", None),
            ("s=brand; v=BIMI1", None),
            ("v=BIMI1", None),
            ("v=BIMI1; s=a..b", None),
            ("v=BIMI1; s=a b", None),
            ("v=BIMI1; s=_dmarc", None),
        ] {
            assert_eq!(named(value), expected, "{value}");
        }
        assert_eq!(Selector::Ignored("brand".to_owned()).name_at("example.jp"), "default._bimi.example.jp");
        assert_eq!(Selector::Named("brand".to_owned()).name_at("example.jp"), "brand._bimi.example.jp");
    }

    #[test]
    fn the_record_is_read_and_sought_above() {
        let none = "$answer default._bimi.mail.example.jp. TXT nxdomain\n";
        let found = bimi(&format!(
            "{none}default._bimi.example.jp. 60 IN TXT \"v=BIMI1; l=https://example.jp/l.svg; a=https://example.jp/c.pem\"\n"
        ));
        assert_eq!((found.state, found.name.as_str()), (BimiState::Found, "default._bimi.example.jp"));
        assert_eq!(found.logo.as_deref(), Some("https://example.jp/l.svg"));
        assert_eq!(found.certificate.as_deref(), Some("https://example.jp/c.pem"));
        let missing = bimi(&format!("{none}$answer default._bimi.example.jp. TXT nxdomain\n"));
        assert_eq!((missing.state, missing.questions.len()), (BimiState::Missing, 2));
        assert_eq!(bimi("default._bimi.mail.example.jp. 60 IN TXT \"v=BIMI1; l=; a=\"\n").state, BimiState::Declined);
        assert_eq!(
            bimi("default._bimi.mail.example.jp. TXT \"v=bimi1; l=https://example.jp/l.svg\"\n$default nxdomain\n")
                .state,
            BimiState::Missing
        );
        assert_eq!(bimi("").state, BimiState::NotAsked);
        assert_eq!(bimi("$answer default._bimi.mail.example.jp. TXT servfail\n").state, BimiState::Unreachable);
    }
}
