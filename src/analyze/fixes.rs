//! Tries each proposed change with the same engine: only what takes its findings away is offered.

mod header;

use std::sync::Arc;

use super::{Moments, dmarc, spf_facts};
use crate::auth::bimi::{self, BimiState};
use crate::auth::dmarc::{DmarcResult, Policy};
use crate::auth::spf::{self, SpfResult};
use crate::auth::{dkim, domain, iprev};
use crate::check;
use crate::check::{Finding, Headline};
use crate::dns::{Answer, Data, Entry, Ledger, Question, RecordType, Trial};
use crate::facts::Facts;
use crate::fix::{self, Case, Change, Current, Fix, Kind, Outcome, Place, Withheld};
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
    let helo = if fix::needs_helo(findings) { helo_of_address(facts, dns) } else { None };
    let case = Case {
        facts,
        findings,
        verdict: &headline.verdict,
        questions: &questions,
        costs: &costs,
        helo: helo.as_deref(),
    };
    let proposals = fix::propose(case).into_iter();
    let mut fixes: Vec<Fix> = Vec::new();
    for alternatives in proposals {
        let (fix, refused) = chosen(before, alternatives, dns);
        fixes.extend(refused.as_ref().and_then(|refused| fix::instead(case, refused)));
        fixes.extend(fix.or(refused));
    }
    // As the findings stand: what decides comes first.
    let place = |code: &str| findings.iter().position(|finding| finding.problem.code() == code);
    fixes.sort_by_key(|fix| fix.codes().filter_map(place).min());
    fixes
}

/// The HELO name, where it leads to the address that connected.
fn helo_of_address(facts: &Facts, dns: &Ledger<'_>) -> Option<String> {
    let ip = facts.iprev.as_ref()?.ip;
    let helo = domain::normalize(&facts.session.helo.as_ref()?.value).filter(|helo| helo.contains('.'))?;
    iprev::leads_to(&helo, ip, dns).then_some(helo)
}

/// What DNS has today at a name that nothing was known of.
fn seen(change: &mut Change, dns: &Ledger<'_>) {
    let known = change.host().filter(|_| change.current == Current::Unknown && change.place == Place::Cname);
    let Some(name) = known else { return };
    // Whatever is asked for, a CNAME record shows.
    let entry = dns.ask(&Question::new(&name, RecordType::Txt));
    if let Some(target) = entry.answer.cname.first() {
        change.current = Current::one(target);
    } else if entry.answer.records.as_ref().is_err_and(|failure| failure.is_absent()) {
        change.current = Current::Records(Vec::new());
    }
}

/// The first that helps, and the first that does not, with the reason.
fn chosen(before: Before<'_>, alternatives: Vec<Fix>, dns: &Ledger<'_>) -> (Option<Fix>, Option<Fix>) {
    let mut refused: Option<Fix> = None;
    for mut fix in alternatives {
        fix.changes.iter_mut().for_each(|change| seen(change, dns));
        fix.kept_at = kept_at(&fix, dns);
        if fix.kept_at.is_some() {
            fix.outcome = Outcome::NotOffered { why: Withheld::KeptElsewhere };
            return (None, Some(fix));
        }
        // What is there already is not made again.
        fix.changes.retain(|change| !change.is_there());
        if fix.outcome == Outcome::NotTried && !fix.changes.is_empty() {
            let is_header = fix.changes.iter().all(|change| change.place == Place::Header);
            let judge = if is_header { header::outcome } else { outcome };
            fix.outcome = judge(before, &fix, dns);
        }
        for change in &mut fix.changes {
            let entry = change.question().and_then(|question| dns.known(&question));
            if let Some(entry) = entry {
                let current = std::mem::replace(&mut change.current, Current::Unknown);
                change.current = current.against(&entry);
            }
        }
        if fix.is_offered() {
            return (Some(fix), refused);
        }
        // What has no look-up left for an include that is known has none for another.
        if fix.outcome == (Outcome::NotOffered { why: Withheld::OverLimit }) {
            return (None, Some(fix));
        }
        refused.get_or_insert(fix);
    }
    (None, refused)
}

/// Where the record is kept that is to be changed, or to be made: beside a CNAME record nothing else can stand (RFC 1034 section
/// 3.6.2). The reverse name is changed by whoever runs the address, also where it is delegated so (RFC 2317).
fn kept_at(fix: &Fix, dns: &Ledger<'_>) -> Option<String> {
    let asked = fix.changes.iter().filter(|change| change.place != Place::Ptr).filter_map(Change::question);
    asked.filter_map(|question| dns.known(&question)).find_map(|entry| entry.answer.cname.last().cloned())
}

/// What DNS would answer where the change is made.
fn answer(change: &Change, dns: &Ledger<'_>) -> Result<(Question, Answer), Outcome> {
    let question = change.question().ok_or(Outcome::NeedsValue)?;
    let entry = dns.ask(&question);
    let records: &[Data] = match &entry.answer.records {
        Ok(records) => records,
        Err(failure) if failure.is_absent() => &[],
        Err(_) => return Err(Outcome::NotTried),
    };
    if change.trial_value().is_none() {
        return Err(Outcome::NeedsValue);
    }
    let is_new = change.current == Current::Records(Vec::new()) && is_moved_to(change);
    let is_taken = records.iter().filter_map(Data::joined).any(|text| spf::is_record(&text));
    if is_new && (is_taken || !entry.answer.cname.is_empty()) {
        return Err(Outcome::NotOffered { why: Withheld::NameTaken });
    }
    let records = change.applied(records).ok_or(Outcome::NotTried)?;
    Ok((question, Answer { records: Ok(records), cname: Vec::new(), ttl: entry.answer.ttl, authentic: false }))
}

/// A record that another one includes from now on.
fn is_moved_to(change: &Change) -> bool {
    change.place == Place::Txt && change.host().is_some_and(|host| host.starts_with(fix::MOVED))
}

fn outcome(before: Before<'_>, fix: &Fix, dns: &Ledger<'_>) -> Outcome {
    let answers: Result<Vec<_>, Outcome> = fix.changes.iter().map(|change| answer(change, dns)).collect();
    let answers = match answers {
        Ok(answers) => answers,
        Err(outcome) => return outcome,
    };
    let trial = Trial::new(answers, dns);
    let ledger = Ledger::new(&trial);
    let facts = tried(before, fix, &ledger);
    let questions = ledger.entries();
    let headline = check::headline::choose(&facts, &questions);
    let findings = check::run(&facts, &questions, &headline.verdict);
    if questions.iter().any(|entry| is_unknown(entry) && !was_open(before, entry, dns)) {
        return Outcome::NotTried;
    }
    if let Some(why) = objection(before.facts, fix, &facts, &ledger) {
        return Outcome::NotOffered { why };
    }
    if let Kind::Bimi { .. } = fix.kind {
        let is_found = facts.bimi.is_some_and(|bimi| bimi.state == BimiState::Found);
        return if is_found { Outcome::Met } else { Outcome::NotOffered { why: Withheld::WouldNotHelp } };
    }
    if fix.findings.iter().any(|code| findings.iter().any(|finding| finding.problem.code() == *code)) {
        return Outcome::NotOffered { why: Withheld::WouldNotHelp };
    }
    let check = facts.spf.mail_from.as_ref();
    let signature = match &fix.kind {
        Kind::DkimKey { domain, selector, .. } => facts.dkim.iter().find(|signature| {
            signature.domain.as_ref() == Some(domain) && signature.selector.as_ref() == Some(selector)
        }),
        _ => None,
    };
    Outcome::Proved {
        verdict: headline.verdict.code(),
        dmarc: facts.dmarc.result,
        spf: check.and_then(|check| check.result),
        lookups: check.map(|check| check.lookups),
        dkim: signature.map(|signature| signature.result),
        iprev: facts.iprev.as_ref().filter(|_| matches!(fix.kind, Kind::ReverseName { .. })).map(|iprev| iprev.result),
    }
}

/// What speaks against a change, whether or not it takes its findings away. `dns`: with the change in it.
fn objection(before: &Facts, fix: &Fix, after: &Facts, dns: &Ledger<'_>) -> Option<Withheld> {
    let check = after.spf.mail_from.as_ref();
    // This message may be let in early; others need every term.
    let changed = check.filter(|_| matches!(fix.kind, Kind::Spf { .. }));
    let needed = changed.map_or(0, |check| spf::weigh(&check.domain, dns).iter().map(|term| term.lookups).sum());
    if needed > spf::MAX_LOOKUPS || check.is_some_and(|check| check.lookups > spf::MAX_LOOKUPS) {
        return Some(Withheld::OverLimit);
    }
    if changed.is_some_and(|check| check.result == Some(SpfResult::PermError)) {
        return Some(Withheld::StillBroken);
    }
    let passes = |facts: &Facts| facts.dmarc.result == DmarcResult::Pass;
    let spf_passes =
        |facts: &Facts| facts.spf.mail_from.as_ref().and_then(|check| check.result) == Some(SpfResult::Pass);
    if (passes(before) && !passes(after)) || (spf_passes(before) && !spf_passes(after)) {
        return Some(Withheld::WouldBreak);
    }
    let policy = |facts: &Facts| facts.dmarc.policy.unwrap_or(Policy::None);
    let asks_for_more = policy(after) > policy(before);
    match after.dmarc.result {
        DmarcResult::Fail if asks_for_more => Some(Withheld::FailsItself),
        DmarcResult::Pass if asks_for_more => fix::unproved(after),
        _ => None,
    }
}

/// The facts as they would be.
fn tried(before: Before<'_>, fix: &Fix, dns: &Ledger<'_>) -> Facts {
    let Before { message, facts, moments, .. } = before;
    let mut after = facts.clone();
    after.spf = spf_facts(&facts.identity, &facts.session, &facts.path, moments.judged_at, dns);
    match &fix.kind {
        Kind::DkimKey { .. } => after.dkim = dkim::verify(message, moments, dns),
        Kind::ReverseName { ip, .. } => after.iprev = Some(iprev::check(*ip, dns)),
        Kind::Bimi { .. } => {
            let asked = facts.dmarc.author_domain.as_ref().zip(facts.bimi.as_ref());
            let organization = facts.dmarc.organizational_domain.as_deref();
            after.bimi = asked.map(|(author, bimi)| bimi::check(author, organization, bimi.selector.clone(), dns));
        }
        _ => {}
    }
    after.dmarc = dmarc(message, &facts.session, &after.spf, &after.dkim, moments, dns);
    after
}

fn is_unknown(entry: &Arc<Entry>) -> bool {
    entry.answer.records.as_ref().is_err_and(|failure| !failure.is_absent())
}

/// Whether the question had no answer before the trial either.
fn was_open(before: Before<'_>, entry: &Arc<Entry>, dns: &Ledger<'_>) -> bool {
    let first = u32::try_from(before.questions).unwrap_or(u32::MAX);
    dns.known(&entry.question).is_some_and(|known| known.id.0 <= first)
}
