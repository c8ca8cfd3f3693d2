//! `check_host()` (RFC 7208 section 4): finds a record, runs its terms in order, follows include and redirect.

use std::net::IpAddr;

use super::macros::MacroString;
use super::mechanism::Asking;
use super::published::{self, Published};
use super::record::{self, Kind, Mechanism, Qualifier, Record, Term};
use super::ruling::{Halt, Match, Ruling};
use super::{
    Check, Cost, Counts, Fault, MAX_LOOKUPS, MAX_VOID_LOOKUPS, Matched, Reason, Session, SpfResult, Task, Tried,
    survey, target,
};
use crate::auth::domain;
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::Ledger;

/// The local part where the identity has none (section 4.3).
const POSTMASTER: &str = "postmaster";
pub(super) fn check(sender: &str, session: &Session, dns: &Ledger<'_>) -> Check {
    let (local_part, written) = sender.rsplit_once('@').unwrap_or((POSTMASTER, sender));
    let local_part = if local_part.is_empty() { POSTMASTER } else { local_part };
    let domain = domain::normalize(written).unwrap_or_else(|| written.to_owned());
    let mut evaluation = Evaluation {
        dns,
        ip: session.ip.to_canonical(),
        local_part,
        sender_domain: &domain,
        session,
        counts: Counts::default(),
        grants: true,
        faults: Vec::new(),
        tried: Vec::new(),
    };
    let (ruling, trace) = evaluation.check_host(&domain, Role::Asked);
    let Evaluation { ip, counts, faults, tried, .. } = evaluation;
    let survey = survey::survey(&domain, local_part, dns);
    Check {
        sender: format!("{local_part}@{domain}"),
        domain,
        ip,
        result: ruling.result,
        reason: ruling.reason,
        lookups: counts.lookups,
        void_lookups: counts.void_lookups,
        void_questions: counts.void_questions,
        matched: ruling.matched,
        culprit: ruling.culprit,
        explanation: ruling.explanation,
        faults,
        tried,
        survey,
        deprecated: None,
        trace,
    }
}

/// One evaluation, nested ones included: the limits hold over all of it.
pub(super) struct Evaluation<'a> {
    pub(super) dns: &'a Ledger<'a>,
    pub(super) ip: IpAddr,
    pub(super) local_part: &'a str,
    pub(super) sender_domain: &'a str,
    pub(super) session: &'a Session,
    pub(super) counts: Counts,
    /// Whether an address that matches now passes in the end: no qualifier on the way here says otherwise.
    pub(super) grants: bool,
    faults: Vec<Fault>,
    pub(super) tried: Vec<Tried>,
}

/// Why a domain is evaluated; an included record's `exp` is never used (section 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Asked,
    Included,
    Redirected,
}

/// The step of a term that has not been run.
fn unrun(published: &Published<'_>, term: &Term) -> Step {
    let task = if term.is_modifier() { Task::SpfModifier } else { Task::SpfMechanism };
    let outcome = if term.kind.is_ok() { Outcome::Skipped } else { Outcome::Broken };
    Step::new(What::Spf(task), outcome).text(term.text.as_str()).place(published.place(term.span))
}

impl Evaluation<'_> {
    fn check_host(&mut self, domain: &str, role: Role) -> (Ruling, Step) {
        let mut step = Step::new(What::Spf(Task::SpfCheck), Outcome::None).text(domain);
        let ruling = match self.find_record(domain, role, &mut step) {
            Ok(published) => self.evaluate(&published, role, &mut step),
            Err(reason) => Ruling::without_match(reason, domain, None),
        };
        step.outcome = ruling.outcome();
        (ruling, step)
    }

    /// Initial processing, look-up and selection (sections 4.3 to 4.5).
    fn find_record<'d>(&mut self, domain: &'d str, role: Role, step: &mut Step) -> Result<Published<'d>, Reason> {
        if !target::is_domain(domain) {
            return Err(Reason::NotADomain);
        }
        let entry = self.dns.ask(&published::question(domain));
        let mut found = Step::new(What::Spf(Task::SpfRecord), Outcome::Found).asked(entry.id);
        if role != Role::Asked && entry.answer.records.as_ref().is_err_and(|failure| failure.is_absent()) {
            // The limit cannot be what decides: a target without a record is an error by itself.
            self.counts.void_lookups += 1;
            self.counts.void_questions += 1;
        }
        let published = Published::of(domain, &entry);
        match &published {
            Ok(published) => {
                found.text = Some(String::from_utf8_lossy(&published.text).into_owned());
                found.place = Some(published.whole());
            }
            Err(Reason::SeveralRecords) => found.outcome = Outcome::Broken,
            Err(Reason::NotAsked) => found.outcome = Outcome::NotEvaluated,
            Err(Reason::DnsTrouble) => found.outcome = Outcome::Unreachable,
            Err(_) => found.outcome = Outcome::Absent,
        }
        step.children.push(found);
        published
    }

    /// Runs the terms in order (sections 4.6 and 4.7).
    fn evaluate(&mut self, published: &Published<'_>, role: Role, step: &mut Step) -> Ruling {
        let record = record::parse(&published.text);
        let mut steps: Vec<Step> = record.terms.iter().map(|term| unrun(published, term)).collect();
        let ruling = match self.refuse(published, &record) {
            Some(ruling) => ruling,
            None => match self.run_directives(published, &record, &mut steps) {
                Some(mut ruling) => {
                    if ruling.result == Some(SpfResult::Fail) && role != Role::Included {
                        ruling.explanation = self.explain(published, &record, &mut steps);
                    }
                    ruling
                }
                None => self
                    .redirect(published, &record, &mut steps)
                    .unwrap_or_else(|| Ruling::without_match(Reason::NothingMatched, published.domain, None)),
            },
        };
        step.children.extend(steps);
        ruling
    }

    /// A syntax error anywhere counts before any term does (section 4.6).
    fn refuse(&mut self, published: &Published<'_>, record: &Record) -> Option<Ruling> {
        let faults = record.terms.iter().filter_map(|term| {
            let error = *term.kind.as_ref().err()?;
            let domain = published.domain.to_owned();
            Some(Fault { domain, term: term.text.clone(), place: published.place(term.span), error })
        });
        let faults: Vec<Fault> = faults.collect();
        let first = faults.first().map(|fault| fault.term.clone())?;
        self.faults.extend(faults);
        Some(Ruling::without_match(Reason::SyntaxError, published.domain, Some(&first)))
    }

    /// Runs mechanisms until one matches or the evaluation must stop.
    fn run_directives(&mut self, published: &Published<'_>, record: &Record, steps: &mut [Step]) -> Option<Ruling> {
        record.terms.iter().zip(steps).find_map(|(term, step)| match &term.kind {
            Ok(Kind::Directive(qualifier, mechanism)) => {
                self.run_directive(published.domain, term, *qualifier, mechanism, step)
            }
            _ => None,
        })
    }

    fn run_directive(
        &mut self,
        domain: &str,
        term: &Term,
        qualifier: Qualifier,
        mechanism: &Mechanism,
        step: &mut Step,
    ) -> Option<Ruling> {
        let before = self.counts;
        let grants = self.grants;
        self.grants &= qualifier == Qualifier::Pass;
        let matched = self.run(domain, &term.text, mechanism, step);
        self.grants = grants;
        step.cost = Some(self.cost_since(before));
        let inside = match matched {
            Ok(Match::Yes) => None,
            Ok(Match::Inside(matched)) => matched.map(Box::new),
            Ok(Match::No) => {
                step.outcome = Outcome::NoMatch;
                return None;
            }
            Err(halt) => {
                step.outcome = halt.outcome();
                return Some(halt.into_ruling(domain, &term.text));
            }
        };
        step.outcome = Outcome::Match;
        Some(Ruling {
            result: Some(qualifier.result()),
            reason: Reason::Matched,
            matched: Some(Matched { term: term.text.clone(), domain: domain.to_owned(), inside }),
            culprit: None,
            explanation: None,
        })
    }

    /// Section 5.2: what the included record says becomes match, no match, or an error.
    pub(super) fn include(&mut self, domain: &str, spec: &MacroString, asking: &mut Asking<'_>) -> Result<Match, Halt> {
        self.count_lookup()?;
        let Some(target) = self.target(domain, Some(spec), asking)? else {
            return Err(Halt::Here(Reason::TargetHasNoRecord));
        };
        let (ruling, child) = self.check_host(&target, Role::Included);
        asking.step.children.push(child);
        match ruling.result {
            Some(SpfResult::Pass) => Ok(Match::Inside(ruling.matched)),
            Some(SpfResult::Fail | SpfResult::SoftFail | SpfResult::Neutral) => Ok(Match::No),
            _ => Err(Halt::at_target(ruling)),
        }
    }

    /// Section 6.1: the target's result becomes this one's; its `exp` is used, not that of this record.
    fn redirect(&mut self, published: &Published<'_>, record: &Record, steps: &mut [Step]) -> Option<Ruling> {
        let (term, spec, step) = record.terms.iter().zip(steps).find_map(|(term, step)| match &term.kind {
            Ok(Kind::Redirect(spec)) => Some((term, spec, step)),
            _ => None,
        })?;
        let before = self.counts;
        let ruling = self.follow(published.domain, spec, step);
        step.cost = Some(self.cost_since(before));
        let ruling = ruling.unwrap_or_else(|halt| halt.into_ruling(published.domain, &term.text));
        step.outcome = ruling.outcome();
        Some(ruling)
    }

    fn follow(&mut self, domain: &str, spec: &MacroString, step: &mut Step) -> Result<Ruling, Halt> {
        self.count_lookup()?;
        let Some(target) = self.target(domain, Some(spec), &mut Asking::counted(step))? else {
            return Err(Halt::Here(Reason::TargetHasNoRecord));
        };
        let (ruling, child) = self.check_host(&target, Role::Redirected);
        step.children.push(child);
        match ruling.result {
            None | Some(SpfResult::None | SpfResult::TempError | SpfResult::PermError) => Err(Halt::at_target(ruling)),
            Some(_) => Ok(ruling),
        }
    }

    const fn cost_since(&self, before: Counts) -> Cost {
        let now = self.counts;
        let own = Counts {
            lookups: now.lookups - before.lookups,
            void_lookups: now.void_lookups - before.void_lookups,
            void_questions: now.void_questions - before.void_questions,
        };
        Cost { own, so_far: now }
    }

    /// Counts a term that asks DNS, before it asks.
    pub(super) fn count_lookup(&mut self) -> Result<(), Halt> {
        self.counts.lookups += 1;
        if self.counts.lookups > MAX_LOOKUPS { Err(Halt::Here(Reason::LookupLimit)) } else { Ok(()) }
    }

    /// Counts a term with a question without an answer.
    pub(super) fn count_void_lookup(&mut self) -> Result<(), Halt> {
        self.counts.void_lookups += 1;
        if self.counts.void_lookups > MAX_VOID_LOOKUPS { Err(Halt::Here(Reason::VoidLookupLimit)) } else { Ok(()) }
    }
}
