//! Why an identifier is aligned with the author domain, or is not (RFC 9989 sections 4.4 and 4.10.2).

use serde::Serialize;

use super::Identifier;
use super::discover::Walk;
use super::psl;
use super::record::Psd;
use crate::auth::domain;

/// How the domain of an identifier stands to the author domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same name.
    Same,
    /// Aligned: below the author domain, in one organization with it.
    Below,
    /// Aligned: above it.
    Above,
    /// Aligned: beside it, below the same organizational domain.
    Sibling,
    /// Not aligned: strict alignment is asked for, and the names differ.
    NotIdentical,
    /// Not aligned: another organization.
    OtherOrganization,
    /// Not aligned: `psd=n` makes one of the two an organization of its own.
    OwnOrganization,
    /// Not aligned: `psd=y` makes what lies directly below it organizations of their own.
    PublicSuffix,
    /// Not aligned: by their names the two belong together, but no record above them says so. The surprise of the tree walk.
    NoRecordAbove,
    /// No record applies that would say how to compare.
    NoRecord,
    /// DNS did not say enough.
    Unknown,
}

/// An identifier and what it is held against.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    pub identifier: &'a Identifier,
    pub author: &'a str,
    /// The author's organizational domain.
    pub organization: Option<&'a str>,
}

/// What an unaligned identifier is judged on.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) author: &'a str,
    pub(super) author_walk: &'a Walk,
    pub(super) domain: &'a str,
    /// `None` where its organizational domain was not needed.
    pub(super) walk: Option<&'a Walk>,
}

pub(super) fn of_aligned(author: &str, domain: &str) -> Relation {
    if domain::is_below(domain, author) {
        Relation::Below
    } else if domain::is_below(author, domain) {
        Relation::Above
    } else {
        Relation::Sibling
    }
}

pub(super) fn of_unaligned(sides: Sides<'_>) -> Relation {
    let Sides { author, author_walk, domain, walk } = sides;
    let by_name = psl::is_same_organization(author, domain);
    // A tag separates only names that would be together without it.
    let separates = |psd| author_walk.deciding_psd() == psd || walk.is_some_and(|walk| walk.deciding_psd() == psd);
    let meet = meeting_point(author, domain);
    let has_no_record = |walk: &Walk| meet.is_some_and(|meet| walk.holds_nothing(meet));
    if meet.is_some_and(|meet| author_walk.is_suffix(meet)) {
        Relation::PublicSuffix
    } else if by_name && separates(Psd::Organization) {
        Relation::OwnOrganization
    } else if by_name && (has_no_record(author_walk) || walk.is_some_and(has_no_record)) {
        Relation::NoRecordAbove
    } else {
        Relation::OtherOrganization
    }
}

/// The longest name that both lie at or below.
fn meeting_point<'a>(one: &'a str, other: &str) -> Option<&'a str> {
    let labels = domain::label_count(one);
    let names = (1..=labels).rev().map(|count| domain::right_most(one, count));
    names.into_iter().find(|name| domain::is_at_or_below(other, name))
}

#[cfg(test)]
mod tests {
    use super::super::{Authentication, Candidate, IdentifierSource, Input, evaluate};
    use super::*;
    use crate::auth::zone::Zone;
    use crate::dns::Ledger;

    fn relation(zone: &Zone, author: &str, domain: &str) -> Relation {
        let candidate = Candidate {
            source: IdentifierSource::Dkim(0),
            domain: domain.to_owned(),
            authentication: Authentication::Passed,
        };
        let from_fields = vec![vec![Some(author.to_owned())]];
        let input = Input { from_fields, identifiers: vec![candidate], ..Input::default() };
        evaluate(&input, &Ledger::new(zone)).identifiers[0].relation
    }

    #[test]
    fn relaxed_names_the_kinship() {
        let zone = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=none");
        assert_eq!(relation(&zone, "example.com", "EXAMPLE.com"), Relation::Same);
        assert_eq!(relation(&zone, "example.com", "m.example.com"), Relation::Below);
        assert_eq!(relation(&zone, "news.example.com", "example.com"), Relation::Above);
        assert_eq!(relation(&zone, "news.example.com", "bounce.example.com"), Relation::Sibling);
        assert_eq!(relation(&zone, "example.com", "example.net"), Relation::OtherOrganization);
        assert_eq!(relation(&zone, "example.com", "badexample.com"), Relation::OtherOrganization);
    }

    #[test]
    fn strict_wants_the_same_name() {
        let zone = Zone::default().txt("_dmarc.example.com", "v=DMARC1; p=none; adkim=s");
        assert_eq!(relation(&zone, "example.com", "m.example.com"), Relation::NotIdentical);
        assert_eq!(relation(&zone, "example.com", "Example.com"), Relation::Same);
    }

    #[test]
    fn a_tag_that_separates_is_named() {
        let own = Zone::default()
            .txt("_dmarc.example.com", "v=DMARC1; p=reject")
            .txt("_dmarc.lab.example.com", "v=DMARC1; p=none; psd=n");
        assert_eq!(relation(&own, "example.com", "lab.example.com"), Relation::OwnOrganization);
        assert_eq!(relation(&own, "lab.example.com", "example.com"), Relation::OwnOrganization);
        let suffix = Zone::default().txt("_dmarc.pages.example", "v=DMARC1; p=reject; psd=y");
        assert_eq!(relation(&suffix, "alice.pages.example", "mallory.pages.example"), Relation::PublicSuffix);
        assert_eq!(relation(&suffix, "alice.pages.example", "pages.example"), Relation::PublicSuffix);
        assert_eq!(relation(&suffix, "alice.pages.example", "example.net"), Relation::OtherOrganization);
    }

    #[test]
    fn a_parent_without_a_record_is_the_surprise() {
        let zone = Zone::default().txt("_dmarc.news.example.co.jp", "v=DMARC1; p=reject");
        for domain in ["example.co.jp", "bounce.example.co.jp"] {
            assert_eq!(relation(&zone, "news.example.co.jp", domain), Relation::NoRecordAbove, "{domain}");
        }
        assert_eq!(relation(&zone, "news.example.co.jp", "example.ne.jp"), Relation::OtherOrganization);
    }

    #[test]
    fn without_a_record_nothing_is_compared() {
        assert_eq!(relation(&Zone::default(), "example.com", "m.example.com"), Relation::NoRecord);
        assert_eq!(relation(&Zone::default(), "example.com", "example.com"), Relation::Same);
    }
}
