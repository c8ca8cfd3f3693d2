//! Tries each proposed change with the same engine: only what takes its findings away is offered.

use std::sync::Arc;

use super::{Moments, dmarc, spf_facts};
use crate::auth::dmarc::{DmarcResult, Policy};
use crate::auth::spf::{self, SpfResult};
use crate::check;
use crate::check::{Finding, Headline};
use crate::dns::{Answer, Data, Entry, Ledger, Trial};
use crate::facts::Facts;
use crate::fix::{self, Case, Change, Fix, Kind, Outcome, Withheld};
use crate::message::Message;

/// What is known before anything is changed.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) message: &'a Message,
    pub(super) facts: &'a Facts,
    pub(super) findings: &'a [Finding],
    pub(super) headline: &'a Headline,
    pub(super) moments: Moments,
    /// How many questions had been asked.
    pub(super) questions: usize,
}

/// Every change worth a word, tried. What the trials ask is asked of `dns`, numbered and kept there.
pub(super) fn fixes(before: Before<'_>, dns: &Ledger<'_>) -> Vec<Fix> {
    let Before { facts, findings, headline, .. } = before;
    let domain = facts.spf.mail_from.as_ref().map(|check| check.domain.as_str());
    let costs = match domain.filter(|_| fix::needs_weighing(findings)) {
        Some(domain) => spf::weigh(domain, dns),
        None => Vec::new(),
    };
    let questions = dns.entries();
    let case = Case { facts, findings, verdict: &headline.verdict, questions: &questions, costs: &costs };
    fix::propose(case).into_iter().filter_map(|alternatives| chosen(before, alternatives, dns)).collect()
}

/// The first that helps; where none does, the first with the reason.
fn chosen(before: Before<'_>, alternatives: Vec<Fix>, dns: &Ledger<'_>) -> Option<Fix> {
    let mut refused: Option<Fix> = None;
    for mut fix in alternatives {
        if let Some(change) = &fix.change {
            fix.outcome = outcome(before, &fix, change, dns);
        }
        if fix.offer().is_some() {
            return Some(fix);
        }
        refused.get_or_insert(fix);
    }
    refused
}

fn outcome(before: Before<'_>, fix: &Fix, change: &Change, dns: &Ledger<'_>) -> Outcome {
    let question = change.question();
    let entry = dns.ask(&question);
    let records: &[Data] = match &entry.answer.records {
        Ok(records) => records,
        Err(failure) if failure.is_absent() => &[],
        Err(_) => return Outcome::NotTried,
    };
    if change.trial_value().is_none() {
        return Outcome::NeedsValue;
    }
    let Some(records) = change.applied(records) else { return Outcome::NotTried };
    let answer = Answer { records: Ok(records), cname: Vec::new(), ttl: entry.answer.ttl };
    let trial = Trial::new(vec![(question, answer)], dns);
    let ledger = Ledger::new(&trial);
    let facts = tried(before, &ledger);
    let questions = ledger.entries();
    let headline = check::headline::choose(&facts, &questions);
    let findings = check::run(&facts, &questions, &headline.verdict);
    if questions.iter().any(|entry| is_unknown(entry) && !is_listed(before, entry, dns)) {
        return Outcome::NotTried;
    }
    let check = facts.spf.mail_from.as_ref();
    if check.is_some_and(|check| check.lookups > spf::MAX_LOOKUPS) {
        return Outcome::NotOffered { why: Withheld::OverLimit };
    }
    if matches!(fix.kind, Kind::Spf { .. }) && check.is_some_and(|check| check.result == Some(SpfResult::PermError)) {
        return Outcome::NotOffered { why: Withheld::StillBroken };
    }
    let passes = |facts: &Facts| facts.dmarc.result == DmarcResult::Pass;
    let spf_passes =
        |facts: &Facts| facts.spf.mail_from.as_ref().and_then(|check| check.result) == Some(SpfResult::Pass);
    if (passes(before.facts) && !passes(&facts)) || (spf_passes(before.facts) && !spf_passes(&facts)) {
        return Outcome::NotOffered { why: Withheld::WouldBreak };
    }
    let policy = |facts: &Facts| facts.dmarc.policy.unwrap_or(Policy::None);
    let asks_for_more = policy(&facts) > policy(before.facts);
    if asks_for_more && facts.dmarc.result == DmarcResult::Fail {
        return Outcome::NotOffered { why: Withheld::FailsItself };
    }
    if fix.findings.iter().any(|code| findings.iter().any(|finding| finding.problem.code() == *code)) {
        return Outcome::NotOffered { why: Withheld::WouldNotHelp };
    }
    Outcome::Proved {
        verdict: headline.verdict.code(),
        dmarc: facts.dmarc.result,
        spf: check.and_then(|check| check.result),
        lookups: check.map(|check| check.lookups),
    }
}

/// The facts as they would be.
fn tried(before: Before<'_>, dns: &Ledger<'_>) -> Facts {
    let Before { message, facts, moments, .. } = before;
    let spf = spf_facts(&facts.identity, &facts.session, &facts.path, moments.judged_at, dns);
    let dmarc = dmarc(message, &facts.session, &spf, &facts.dkim, moments, dns);
    Facts { spf, dmarc, ..facts.clone() }
}

fn is_unknown(entry: &Arc<Entry>) -> bool {
    entry.answer.records.as_ref().is_err_and(|failure| !failure.is_absent())
}

/// Whether the question had no answer before the trial either.
fn is_listed(before: Before<'_>, entry: &Arc<Entry>, dns: &Ledger<'_>) -> bool {
    let first = u32::try_from(before.questions).unwrap_or(u32::MAX);
    dns.known(&entry.question).is_some_and(|known| known.id.0 <= first)
}
