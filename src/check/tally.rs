//! What a DMARC aggregate report comes to, as the sentences about it need it.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::Serialize;

use super::{Confidence, Evidence, refused};
use crate::aggregate::{Aggregate, Method, Outcome, Source};
use crate::auth::dmarc::is_same_organization;
use crate::facts::Facts;

/// The count of one report. The reporter's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub reporter: Option<String>,
    /// The domain that the report is about.
    pub domain: Option<String>,
    /// The first and the last day (UTC).
    pub days: Option<(String, String)>,
    pub messages: u64,
    pub failed: u64,
    /// Not all of the report could be read: there may be more of either.
    pub at_least: bool,
    /// From how many sources the failed ones came.
    pub sources: usize,
    /// The source of most of them; the first where several have as many.
    pub largest: Option<FailingSource>,
    /// How many sources have as many failed ones as the largest, itself among them: 1 where it stands out.
    pub equals: usize,
    /// An aligned pass shows that the report is of the domain it names.
    pub proved: bool,
}

/// A source of which messages did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailingSource {
    /// As written, where it is no address.
    pub name: String,
    pub ip: Option<IpAddr>,
    pub failed: u64,
    pub shown: Shown,
}

/// What else the report shows of such a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "domain")]
pub enum Shown {
    /// SPF or DKIM passed there for another domain.
    OtherDomain(String),
    /// It passed there for nobody.
    NoPass,
    /// The report does not say, or only that the domain itself passed without being aligned.
    Unknown,
}

/// The tally, and the part that holds the report.
pub(super) fn of(facts: &Facts) -> Option<(Tally, Evidence)> {
    let report = facts.aggregate.as_ref()?;
    let failing = || report.sources.iter().filter(|source| source.failed > 0);
    // The first of equals: sources stand in the order of their messages.
    let largest = failing().reduce(|most, other| if other.failed > most.failed { other } else { most });
    let equals = failing().filter(|source| largest.is_some_and(|most| most.failed == source.failed)).count();
    let tally = Tally {
        reporter: report.reporter.clone(),
        domain: report.domain.clone(),
        days: report.begin.zip(report.end).map(|(begin, end)| (day(begin), day(end))),
        messages: report.messages,
        failed: report.failed(),
        at_least: report.is_at_least(),
        sources: failing().count(),
        equals,
        largest: largest.map(|source| FailingSource {
            name: source.name.clone(),
            ip: source.ip,
            failed: source.failed,
            shown: shown(report, source),
        }),
        proved: refused::is_proved(facts),
    };
    Some((tally, Evidence::Bytes(report.span)))
}

impl Tally {
    /// The source to ask about first: none where several have as many.
    #[must_use]
    pub fn outstanding(&self) -> Option<&FailingSource> {
        self.largest.as_ref().filter(|_| self.equals == 1)
    }

    /// Anybody can write a report; one that is proved is still one receiver's count.
    pub(super) const fn confidence(&self) -> Confidence {
        if self.proved { Confidence::Likely } else { Confidence::Possible }
    }
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// The HELO name never counts for DMARC, so it shows nobody either.
fn shown(report: &Aggregate, source: &Source) -> Shown {
    let counts = source.identifiers.iter().filter(|one| one.method != Method::SpfHelo);
    let passed: Vec<&str> =
        counts.filter(|one| one.outcome == Outcome::Pass).filter_map(|one| one.domain.as_deref()).collect();
    let is_own = |domain: &str| report.domain.as_deref().is_some_and(|own| is_same_organization(domain, own));
    match passed.iter().find(|domain| !is_own(domain)) {
        Some(other) => Shown::OtherDomain((*other).to_owned()),
        None if passed.is_empty() && !source.identifiers.is_empty() => Shown::NoPass,
        None => Shown::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::Identifier;

    fn source(identifiers: &[(Method, &str, Outcome)]) -> Source {
        let identifier = |(method, domain, outcome): &(Method, &str, Outcome)| Identifier {
            method: *method,
            domain: Some((*domain).to_owned()),
            selector: None,
            outcome: *outcome,
            messages: 1,
        };
        Source {
            name: "192.0.2.1".to_owned(),
            ip: None,
            messages: 1,
            at_least: false,
            spf: 0,
            dkim: 0,
            failed: 1,
            quarantined: 0,
            rejected: 0,
            identifiers: identifiers.iter().map(identifier).collect(),
            overrides: Vec::new(),
        }
    }

    #[test]
    fn what_passed_for_another_domain_is_named() {
        let report = Aggregate { domain: Some("example.jp".to_owned()), ..Aggregate::default() };
        for (identifiers, expected) in [
            (
                &[(Method::Dkim, "example.jp", Outcome::Fail), (Method::SpfMailFrom, "example.com", Outcome::Pass)][..],
                Shown::OtherDomain("example.com".to_owned()),
            ),
            (&[(Method::Dkim, "mail.example.jp", Outcome::Pass)], Shown::Unknown),
            (&[(Method::SpfHelo, "example.com", Outcome::Pass)], Shown::NoPass),
            (&[(Method::SpfMailFrom, "example.jp", Outcome::SoftFail)], Shown::NoPass),
            (&[], Shown::Unknown),
        ] {
            assert_eq!(shown(&report, &source(identifiers)), expected, "{identifiers:?}");
        }
    }
}
