//! Identifier by identifier: which of them speak for the author domain (RFC 9989 section 4.4).

use super::answer::Published;
use super::discover::{self, Gap, Walk};
use super::policy::{self, Asked};
use super::record::{Mode, Status};
use super::relation::{self, Sides};
use super::{
    Authentication, Candidate, Dmarc, DmarcResult, Envelope, Identifier, IdentifierSource, Input, Reason, Relation,
    Task, Text,
};
use crate::auth::trace::{Outcome, Step, What};
use crate::auth::{Alignment, domain};
use crate::dns::Ledger;

/// The most identifier domains that are walked from; a message with more signatures than that leaves the rest open.
pub const MAX_IDENTIFIER_WALKS: usize = 10;

pub(super) fn evaluate(input: &Input, dns: &Ledger<'_>) -> Dmarc {
    let author = match discover::author_domain(input) {
        Ok(author) => author,
        Err(reason) => return not_applicable(reason),
    };
    let walk = discover::walk(&author, dns);
    let mut dmarc = Dmarc::new(&author, &walk);
    let Some(published) = walk.applicable() else {
        // A gap hides whether a record applies; without one there is none.
        let (result, reason) = walk.gap.map_or((DmarcResult::None, Reason::NoRecord), undecided);
        dmarc.identifiers = compare_names(input, &author);
        return dmarc.conclude(result, reason);
    };
    dmarc.apply(published);
    let (asked, steps) = policy::choose(&author, &walk, published, dns);
    dmarc.trace.children.extend(steps);
    if published.record.status == Status::SwitchedOff {
        dmarc.identifiers = compare_names(input, &author);
        return dmarc.conclude(DmarcResult::None, Reason::SwitchedOff);
    }
    dmarc.policy = asked.policy;
    dmarc.policy_published = asked.published;
    dmarc.policy_tag = asked.tag;
    dmarc.testing = asked.testing;
    let aligner = Aligner::new(input, &author, &walk, published, dns);
    let gaps = aligner.align(input, &mut dmarc);
    let (result, reason) = judge(&dmarc.identifiers, &gaps, asked, input.envelope);
    dmarc.conclude(result, reason)
}

impl Dmarc {
    fn new(author: &str, walk: &Walk) -> Self {
        let mut trace = Step::new(What::Dmarc(Task::DmarcCheck), Outcome::NotEvaluated).text(author);
        trace.children.push(Step::new(What::Dmarc(Task::DmarcAuthorDomain), Outcome::Found).text(author));
        trace.children.push(walk.step());
        Self {
            author_domain: Some(author.to_owned()),
            organizational_domain: walk.organizational_domain().map(str::to_owned),
            walk: walk.steps.clone(),
            ..Self::empty(trace)
        }
    }

    fn empty(trace: Step) -> Self {
        Self {
            result: DmarcResult::NotEvaluated,
            reason: Reason::NotAsked,
            author_domain: None,
            organizational_domain: None,
            record_at: None,
            record: None,
            question: None,
            policy: None,
            policy_published: None,
            policy_tag: None,
            testing: false,
            adkim_strict: false,
            aspf_strict: false,
            identifiers: Vec::new(),
            walk: Vec::new(),
            psl: None,
            would_be: Vec::new(),
            authors_left_out: 0,
            destinations: Vec::new(),
            report_questions: Vec::new(),
            trace,
        }
    }

    fn apply(&mut self, published: &Published) {
        self.record_at = Some(published.domain.clone());
        self.record = Some(Text { index: published.index, record: published.record.clone() });
        self.question = Some(published.question);
        self.adkim_strict = published.record.adkim == Mode::Strict;
        self.aspf_strict = published.record.aspf == Mode::Strict;
    }

    fn conclude(mut self, result: DmarcResult, reason: Reason) -> Self {
        self.result = result;
        self.reason = reason;
        self.trace.outcome = match result {
            DmarcResult::Pass => Outcome::Pass,
            DmarcResult::Fail => Outcome::Fail,
            DmarcResult::None => Outcome::None,
            DmarcResult::TempError => Outcome::TempError,
            DmarcResult::PermError => Outcome::PermError,
            DmarcResult::NotApplicable | DmarcResult::NotEvaluated => Outcome::NotEvaluated,
        };
        self
    }
}

/// Without exactly one author domain there is nothing to align with (section 5.3.1).
fn not_applicable(reason: Reason) -> Dmarc {
    let mut trace = Step::new(What::Dmarc(Task::DmarcCheck), Outcome::NotEvaluated);
    let outcome = if reason == Reason::SeveralFrom || reason == Reason::SeveralAuthorDomains {
        Outcome::Invalid
    } else {
        Outcome::Absent
    };
    trace.children.push(Step::new(What::Dmarc(Task::DmarcAuthorDomain), outcome));
    Dmarc::empty(trace).conclude(DmarcResult::NotApplicable, reason)
}

const fn undecided(gap: Gap) -> (DmarcResult, Reason) {
    match gap {
        Gap::Unreachable => (DmarcResult::TempError, Reason::DnsTrouble),
        Gap::NotAsked => (DmarcResult::NotEvaluated, Reason::NotAsked),
    }
}

/// Where no record applies, names are compared and nothing is asked (section 4.10.2); no name but the same one can be told.
fn compare_names(input: &Input, author: &str) -> Vec<Identifier> {
    let compare = |candidate: &Candidate| {
        let domain = normal(candidate);
        let is_same = domain == author;
        Identifier {
            source: candidate.source,
            authentication: candidate.authentication,
            alignment: is_same.then_some(Alignment::Strict),
            relation: if is_same { Relation::Same } else { Relation::NoRecord },
            organizational_domain: None,
            domain,
        }
    };
    input.identifiers.iter().map(compare).collect()
}

/// The A-label name of a candidate; a text that is no name stays as it is and equals none.
fn normal(candidate: &Candidate) -> String {
    domain::normalize(&candidate.domain).unwrap_or_else(|| candidate.domain.clone())
}

/// Holds identifiers against the author domain under the record that applies.
struct Aligner<'a> {
    author: &'a str,
    author_walk: &'a Walk,
    organization: Option<&'a str>,
    published: &'a Published,
    /// Walks from identifiers, by their normalized domain.
    walks: Vec<(String, Walk)>,
}

/// How one identifier compares, and what kept it open.
struct Comparison {
    alignment: Result<Alignment, Gap>,
    relation: Relation,
    organizational_domain: Option<String>,
    walk: Option<Step>,
}

impl<'a> Aligner<'a> {
    fn new(input: &Input, author: &'a str, walk: &'a Walk, published: &'a Published, dns: &Ledger<'_>) -> Self {
        let organization = walk.organizational_domain();
        let mut aligner = Self { author, author_walk: walk, organization, published, walks: Vec::new() };
        let wanted = aligner.domains_to_walk(input);
        let names: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let walks = discover::walk_all(&names, dns);
        aligner.walks = wanted.into_iter().zip(walks).collect();
        aligner
    }

    /// The identifiers whose organizational domain must be found (section 4.10.2): those that passed, and, so that a broken
    /// one can be explained, those below the author's organizational domain, which alone could be aligned.
    fn domains_to_walk(&self, input: &Input) -> Vec<String> {
        let Some(organization) = self.organization else { return Vec::new() };
        let mut wanted: Vec<String> = Vec::new();
        let (passed, other): (Vec<&Candidate>, Vec<&Candidate>) =
            input.identifiers.iter().partition(|candidate| candidate.authentication == Authentication::Passed);
        let candidates = passed.into_iter().map(|candidate| (candidate, true));
        for (candidate, has_passed) in candidates.chain(other.into_iter().map(|candidate| (candidate, false))) {
            let Some(domain) = domain::normalize(&candidate.domain) else { continue };
            let can_align = has_passed || domain::is_below(&domain, organization);
            let is_open = self.mode(candidate.source) == Mode::Relaxed && domain != self.author;
            if is_open && can_align && !wanted.contains(&domain) && wanted.len() < MAX_IDENTIFIER_WALKS {
                wanted.push(domain);
            }
        }
        wanted
    }

    const fn mode(&self, source: IdentifierSource) -> Mode {
        match source {
            IdentifierSource::Spf => self.published.record.aspf,
            IdentifierSource::Dkim(_) => self.published.record.adkim,
        }
    }

    /// Fills in the identifiers and their steps; gives the gap of each that stays open.
    fn align(&self, input: &Input, dmarc: &mut Dmarc) -> Vec<Option<Gap>> {
        let mut gaps = Vec::new();
        for candidate in &input.identifiers {
            let domain = normal(candidate);
            let comparison = self.compare(candidate, &domain);
            let outcome = match comparison.alignment {
                Ok(Alignment::No) => Outcome::NoMatch,
                Ok(Alignment::Strict | Alignment::Relaxed) => Outcome::Match,
                Err(gap) => gap.outcome(),
            };
            let mut step = Step::new(What::Dmarc(Task::DmarcAlignment), outcome).text(&domain);
            step.children.extend(comparison.walk);
            dmarc.trace.children.push(step);
            gaps.push(comparison.alignment.err());
            dmarc.identifiers.push(Identifier {
                source: candidate.source,
                domain,
                authentication: candidate.authentication,
                alignment: comparison.alignment.ok(),
                relation: comparison.relation,
                organizational_domain: comparison.organizational_domain,
            });
        }
        gaps
    }

    fn compare(&self, candidate: &Candidate, domain: &str) -> Comparison {
        let plain = |alignment, relation| Comparison { alignment, relation, organizational_domain: None, walk: None };
        if domain == self.author {
            // The same name is aligned whatever its organizational domain is.
            return plain(Ok(Alignment::Strict), Relation::Same);
        }
        if self.mode(candidate.source) == Mode::Strict {
            return plain(Ok(Alignment::No), Relation::NotIdentical);
        }
        let Some((_, walk)) = self.walks.iter().find(|(walked, _)| walked == domain) else {
            let alignment = self.compare_unwalked(domain);
            return plain(alignment, self.relation(alignment, domain, None));
        };
        let organizational_domain = walk.organizational_domain();
        let alignment = match (organizational_domain, self.organization) {
            (Some(own), Some(authors)) if own == authors => Ok(Alignment::Relaxed),
            (None, _) if self.can_align(domain) => Err(walk.gap.unwrap_or(Gap::NotAsked)),
            _ => Ok(Alignment::No),
        };
        Comparison {
            alignment,
            relation: self.relation(alignment, domain, Some(walk)),
            organizational_domain: organizational_domain.map(str::to_owned),
            walk: Some(walk.step()),
        }
    }

    fn relation(&self, alignment: Result<Alignment, Gap>, domain: &str, walk: Option<&Walk>) -> Relation {
        let sides = Sides { author: self.author, author_walk: self.author_walk, domain, walk };
        match alignment {
            Ok(Alignment::Strict | Alignment::Relaxed) => relation::of_aligned(self.author, domain),
            Ok(Alignment::No) => relation::of_unaligned(sides),
            Err(_) => Relation::Unknown,
        }
    }

    fn compare_unwalked(&self, domain: &str) -> Result<Alignment, Gap> {
        if self.can_align(domain) { Err(self.author_walk.gap.unwrap_or(Gap::NotAsked)) } else { Ok(Alignment::No) }
    }

    /// The organizational domain of a name is the name itself or above it, so only a name at or below the author's can
    /// align. While that is not known, it may be any name above the author domain.
    fn can_align(&self, domain: &str) -> bool {
        let highest = self.organization.unwrap_or_else(|| domain::right_most(self.author, 1));
        domain::is_at_or_below(domain, highest)
    }
}

/// Section 5.3.5, and 5.3.6 where something needed is not known.
fn judge(identifiers: &[Identifier], gaps: &[Option<Gap>], asked: Asked, envelope: Envelope) -> (DmarcResult, Reason) {
    let is_aligned =
        |identifier: &Identifier| matches!(identifier.alignment, Some(Alignment::Strict | Alignment::Relaxed));
    let mut open = Vec::new();
    for (identifier, gap) in identifiers.iter().zip(gaps) {
        match (identifier.authentication, gap) {
            (Authentication::Passed, None) if is_aligned(identifier) => return (DmarcResult::Pass, Reason::Aligned),
            (Authentication::Passed, Some(gap)) => open.push(undecided(*gap)),
            (Authentication::TempError, gap) if gap.is_some() || is_aligned(identifier) => {
                open.push((DmarcResult::TempError, Reason::DnsTrouble));
            }
            (Authentication::NotEvaluated, gap) if gap.is_some() || is_aligned(identifier) => {
                open.push((DmarcResult::NotEvaluated, Reason::IdentifierNotEvaluated));
            }
            _ => {}
        }
    }
    if envelope == Envelope::Unknown {
        open.push((DmarcResult::NotEvaluated, Reason::IdentifierNotEvaluated));
    }
    // The policy belongs to a fail: without it the message is neither (section 5.3.6).
    open.extend(asked.gap.map(undecided));
    let trouble = open.iter().find(|(result, _)| *result == DmarcResult::TempError);
    trouble.or(open.first()).copied().unwrap_or((DmarcResult::Fail, Reason::NothingAligned))
}

#[cfg(test)]
mod tests;
