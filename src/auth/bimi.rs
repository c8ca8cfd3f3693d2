//! The record that names a logo for mail of the author domain (draft-brand-indicators-for-message-identification). What it
//! names is shown and never fetched.

use serde::Serialize;

use super::domain;
use crate::dns::{Data, Ledger, Question, QuestionId, RecordType};

/// The record for the default selector of the author domain, or of its organizational domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bimi {
    /// The name that was asked last.
    pub name: String,
    pub state: BimiState,
    /// `l=`: where the logo is.
    pub logo: Option<String>,
    /// `a=`: where the certificate for it is (a VMC or a CMC).
    pub certificate: Option<String>,
    pub questions: Vec<QuestionId>,
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
pub fn check(author: &str, organization: Option<&str>, dns: &Ledger<'_>) -> Bimi {
    let above = organization.filter(|above| domain::is_below(author, above));
    let mut questions = Vec::new();
    let mut last = None;
    for owner in [Some(author), above].into_iter().flatten() {
        let name = format!("default._bimi.{owner}");
        let entry = dns.ask(&Question::new(&name, RecordType::Txt));
        questions.push(entry.id);
        let found = match &entry.answer.records {
            Ok(records) => records.iter().filter_map(Data::joined).find_map(|text| read(&text)),
            Err(failure) if failure.is_not_asked() => Some((BimiState::NotAsked, None, None)),
            Err(failure) if !failure.is_absent() => Some((BimiState::Unreachable, None, None)),
            Err(_) => None,
        };
        if let Some((state, logo, certificate)) = found {
            return Bimi { name, state, logo, certificate, questions };
        }
        last = Some(name);
    }
    Bimi { name: last.unwrap_or_default(), state: BimiState::Missing, logo: None, certificate: None, questions }
}

fn read(text: &[u8]) -> Option<(BimiState, Option<String>, Option<String>)> {
    let text = String::from_utf8_lossy(text);
    let mut tags =
        text.split(';').filter_map(|tag| tag.split_once('=')).map(|(name, value)| (name.trim(), value.trim()));
    tags.next().filter(|(name, value)| name.eq_ignore_ascii_case("v") && value.eq_ignore_ascii_case("BIMI1"))?;
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
        check("mail.example.jp", Some("example.jp"), &Ledger::new(&snapshot))
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
        assert_eq!(bimi("").state, BimiState::NotAsked);
        assert_eq!(bimi("$answer default._bimi.mail.example.jp. TXT servfail\n").state, BimiState::Unreachable);
    }
}
