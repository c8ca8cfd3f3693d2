//! Changes to DMARC records: one record, what RFC 9989 gives a meaning, one step of the policy at a time.

use super::draft::Draft;
use super::piece::{self, Piece};
use super::{Case, Change, Current, DmarcStep, Fix, Kind, Place, Withheld};
use crate::auth::dmarc::record::{Psd, Record};
use crate::auth::dmarc::{self, DmarcResult, Found, Permission, Policy, PolicyTag};
use crate::auth::{Alignment, domain, spf};
use crate::check::{Actor, Problem, Verdict};
use crate::facts::{Facts, SessionSource};

/// What a record for reports at the other domain says (RFC 9990 section 4).
const AGREED: &str = "v=DMARC1;";

pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    if matches!(case.verdict, Verdict::AuthorDomainMissing { .. }) {
        return Vec::new();
    }
    let mut fixes: Vec<Vec<Fix>> = Vec::new();
    fixes.extend(record(case));
    fixes.extend(held_back(case).map(|fix| vec![fix]));
    fixes.extend(reports(case).into_iter().map(|fix| vec![fix]));
    fixes
}

/// The record that a change is made to.
struct Target<'a> {
    domain: &'a str,
    texts: Vec<&'a Record>,
}

/// The record of a public suffix is its registry's, and no author domain's to change (RFC 9989 section 4.7 `psd`).
fn is_own(case: Case<'_>, domain: &str) -> bool {
    let Some(author) = case.facts.dmarc.author_domain.as_deref() else { return false };
    let at = case.facts.dmarc.walk.iter().find(|step| step.domain == domain);
    let is_suffix = at.is_some_and(|step| step.texts.iter().any(|text| text.record.psd == Psd::PublicSuffix));
    domain == author || dmarc::is_same_organization(domain, author) && !is_suffix
}

/// The one that applies, or else the first that stands in the way of one.
fn target(case: Case<'_>) -> Option<Target<'_>> {
    let dmarc = &case.facts.dmarc;
    if let Some(step) = dmarc.duplicated() {
        return Some(Target { domain: &step.domain, texts: step.texts.iter().map(|text| &text.record).collect() });
    }
    if let Some(faulty) = dmarc.faulty() {
        let step = dmarc.walk.iter().find(|step| step.domain == faulty.domain)?;
        let meant = step.texts.iter().map(|text| &text.record).filter(|record| record.is_meant_as_dmarc());
        return Some(Target { domain: &step.domain, texts: meant.take(1).collect() });
    }
    let text = dmarc.record.as_ref().filter(|_| dmarc.walk.iter().any(|step| step.found == Found::Record))?;
    Some(Target { domain: dmarc.record_at.as_deref()?, texts: vec![&text.record] })
}

/// The new record: mended, and one step on where this message shows that it can be gone.
fn record(case: Case<'_>) -> Option<Vec<Fix>> {
    let dmarc = &case.facts.dmarc;
    let has = |code: &str| case.has(code);
    if has("dmarc-missing") {
        let domain = organization(dmarc.author_domain.as_deref()?);
        let mut draft = Draft::default();
        draft.demand(Policy::None);
        draft.ask_reports(domain);
        return Some(vec![fix(domain, &[], &draft, vec![DmarcStep::New], vec!["dmarc-missing"])]);
    }
    let Target { domain, texts } = target(case).filter(|target| is_own(case, target.domain))?;
    let written: Vec<String> = texts.iter().map(|record| record.text()).collect();
    let mut draft = Draft::default();
    let mut steps: Vec<DmarcStep> = Vec::new();
    let mut findings: Vec<&'static str> = Vec::new();
    for text in &written {
        steps.extend(draft.read(text));
    }
    if written.len() > 1 {
        let each = |text: &String| {
            let mut alone = Draft::default();
            alone.read(text);
            alone
        };
        draft.soften(&written.iter().map(each).collect::<Vec<_>>(), &mut steps);
        steps.insert(0, DmarcStep::Merge { records: written.len() });
    }
    for code in [
        "dmarc-duplicate-records",
        "dmarc-broken",
        "dmarc-policy-unusable",
        "dmarc-pct-removed",
        "dmarc-tag-ignored",
        "dmarc-uri-bad",
    ] {
        findings.extend(Some(code).filter(|code| has(code)));
    }
    if findings.is_empty() {
        steps.clear();
        draft = Draft::default();
        for text in &written {
            draft.take(text);
        }
    }
    let counted_before =
        !["dmarc-duplicate-records", "dmarc-broken", "dmarc-policy-unusable"].iter().any(|code| has(code));
    if has("dmarc-no-reports") {
        draft.ask_reports(domain);
        steps.push(DmarcStep::AskReports);
        findings.push("dmarc-no-reports");
    }
    // One step at a time: what stands in the record is put right first.
    if steps.is_empty() && dmarc.result == DmarcResult::Pass {
        return forward(case, domain, &written, draft).map(|fix| vec![fix]);
    }
    if steps.is_empty() {
        return None;
    }
    let policy = draft.policy();
    if counted_before {
        return Some(vec![fix(domain, &written, &draft, steps, findings)]);
    }
    let mut mild = draft.clone();
    mild.demand(Policy::None);
    let waits = mild.wait_below();
    if policy == Policy::None {
        steps.extend(waits);
        return Some(vec![fix(domain, &written, &mild, steps, findings)]);
    }
    let mut milder = [steps.as_slice(), &[DmarcStep::StartAtNone { written: policy }]].concat();
    milder.extend(waits);
    // What is to be raised step by step rests on reports.
    if mild.asks_no_reports() {
        mild.ask_reports(domain);
        milder.push(DmarcStep::AskReports);
    }
    steps.push(DmarcStep::Counts { asks: policy });
    Some(vec![fix(domain, &written, &draft, steps, findings.clone()), fix(domain, &written, &mild, milder, findings)])
}

/// The highest name that is still the author's organization, by the Public Suffix List: a record there is for every name below.
fn organization(author: &str) -> &str {
    let names = (1..=domain::label_count(author)).map(|count| domain::right_most(author, count));
    names.into_iter().find(|name| dmarc::is_same_organization(name, author)).unwrap_or(author)
}

/// One step on, for the first demand that is weaker than it could be. Reports have to show that genuine mail stands it, so that
/// they come first.
fn forward(case: Case<'_>, domain: &str, written: &[String], mut draft: Draft) -> Option<Fix> {
    let has_reports = case.facts.dmarc.applied_record().is_some_and(|record| !record.rua.is_empty());
    let is_carried = unproved(case.facts).is_none();
    let steps = case.findings.iter().filter_map(|finding| match &finding.problem {
        Problem::DmarcTesting { published, applied, .. }
            if is_carried && applied < published && !case.has("dkim-testing") =>
        {
            Some((DmarcStep::EndTest { applied: *applied, published: *published }, finding))
        }
        // A key in test mode may be taken for none (RFC 6376 section 3.6.1 `t`).
        Problem::DmarcPolicyNone { tag, .. } if is_carried && !case.has("dkim-testing") => {
            let tag = tag.split('=').next().unwrap_or_default();
            let tag = ["p", "sp", "np"].into_iter().find(|known| *known == tag).unwrap_or("p");
            Some((DmarcStep::Raise { tag, from: Policy::None, to: Policy::Quarantine }, finding))
        }
        // The message is none of those that are meant: what shows that they are genuine is for the reports.
        Problem::DmarcSpWeaker { tag, below, own, .. } if is_proof(case.facts) => {
            let tag = match tag {
                PolicyTag::P => return None,
                PolicyTag::Sp => "sp",
                PolicyTag::Np => "np",
            };
            let to = if *below == Policy::None { Policy::Quarantine } else { Policy::Reject };
            Some((DmarcStep::RaiseBelow { tag, from: *below, to, own: *own }, finding))
        }
        _ => None,
    });
    let (step, finding) = steps.min_by_key(|(step, _)| matches!(step, DmarcStep::RaiseBelow { .. }))?;
    let mut is_gone = true;
    let mut stays = Vec::new();
    if !has_reports {
        draft.ask_reports(domain);
        let toward = vec![finding.problem.code()];
        return Some(Fix { toward, ..fix(domain, written, &draft, vec![DmarcStep::AskReports], Vec::new()) });
    }
    match &step {
        DmarcStep::EndTest { .. } => draft.remove("t"),
        DmarcStep::Raise { tag, to, .. } => {
            draft.set(tag, *to);
            stays = draft.stays_below();
        }
        DmarcStep::RaiseBelow { tag, to, .. } => {
            draft.set(tag, *to);
            is_gone = ["sp", "np"].into_iter().all(|tag| draft.below(tag) >= draft.below("p"));
        }
        _ => return None,
    }
    let code = finding.problem.code();
    let (gone, toward) = if is_gone { (vec![code], Vec::new()) } else { (Vec::new(), vec![code]) };
    Some(Fix { toward, ..fix(domain, written, &draft, [vec![step], stays].concat(), gone) })
}

/// A stricter demand that is not offered, because this very message would be hit by it.
fn held_back(case: Case<'_>) -> Option<Fix> {
    let dmarc = &case.facts.dmarc;
    let why = match dmarc.result {
        // What a list changed says nothing of the mail that the domain sends.
        DmarcResult::Fail if matches!(case.verdict, Verdict::ListModified { .. }) => return None,
        DmarcResult::Fail => Withheld::FailsItself,
        DmarcResult::Pass => unproved(case.facts)?,
        _ => return None,
    };
    let is_held = |finding: &&crate::check::Finding| {
        let code = finding.problem.code();
        matches!(code, "dmarc-policy-none" | "dmarc-testing")
            || why == Withheld::PassProvesNothing && code == "dmarc-sp-weaker"
    };
    let findings: Vec<&'static str> =
        case.findings.iter().filter(is_held).map(|finding| finding.problem.code()).collect();
    let domain = dmarc.record_at.clone().filter(|domain| !findings.is_empty() && is_own(case, domain))?;
    let asks = dmarc.policy.unwrap_or(Policy::None);
    let kind = Kind::Dmarc { domain, steps: Vec::new(), asks };
    Some(Fix::not_offered(kind, findings, Actor::Sender, why))
}

/// Why a message that passes DMARC is no reason to ask for more: nothing proves it, or SPF alone does, which ends where it is
/// forwarded (RFC 9989 section 7.4).
pub(crate) fn unproved(facts: &Facts) -> Option<Withheld> {
    match (facts.dmarc.best_alignment(true), is_proof(facts)) {
        (Alignment::Strict | Alignment::Relaxed, _) => None,
        (Alignment::No, true) => Some(Withheld::SpfAlone),
        (Alignment::No, false) => Some(Withheld::PassProvesNothing),
    }
}

/// Whether what passes shows that the message is the author domain's: a signature of its own, or SPF for an address that the
/// receiving side saw, and not because everybody passes.
fn is_proof(facts: &Facts) -> bool {
    let aligned = |dkim| facts.dmarc.best_alignment(dkim) != Alignment::No;
    let is_open = facts.spf.mail_from.as_ref().is_some_and(spf::Check::shows_nobody);
    let is_given = facts.session.ip.as_ref().is_some_and(|ip| ip.from == SessionSource::Given);
    let is_sure = is_given || facts.path.doubtful_hop().is_none();
    aligned(true) || aligned(false) && !is_open && is_sure
}

fn fix(domain: &str, current: &[String], draft: &Draft, steps: Vec<DmarcStep>, findings: Vec<&'static str>) -> Fix {
    let asks = draft.policy();
    let (current, new) = piece::sides(current, &draft.parts(), ';');
    let change = Change::at(Place::Txt, &format!("_dmarc.{domain}"), Current::Records(current), new);
    let kind = Kind::Dmarc { domain: domain.to_owned(), steps, asks };
    Fix::new(kind, findings, Actor::Sender, vec![change])
}

/// The record with which a host of another organization agrees to receive the reports (RFC 9990 section 4).
fn reports(case: Case<'_>) -> Vec<Fix> {
    let Some(finding) = case.findings.iter().find(|finding| finding.problem.code() == "dmarc-report-unauthorised")
    else {
        return Vec::new();
    };
    let dmarc = &case.facts.dmarc;
    let Some(record_at) = &dmarc.record_at else { return Vec::new() };
    let mut hosts: Vec<&String> = Vec::new();
    for destination in &dmarc.destinations {
        let host = destination.host.as_ref().filter(|_| destination.permission == Permission::NotAuthorised);
        hosts.extend(host.filter(|host| !hosts.contains(host)));
    }
    let is_only = hosts.len() == 1;
    let fix = |host: &String| {
        let kind = Kind::DmarcReports { record_at: record_at.clone(), host: host.clone() };
        let name = format!("{record_at}._report._dmarc.{host}");
        let change = Change::at(Place::Txt, &name, Current::Records(Vec::new()), vec![Piece::text(AGREED, true)]);
        let code = finding.problem.code();
        let (gone, toward) = if is_only { (vec![code], Vec::new()) } else { (Vec::new(), vec![code]) };
        Fix { toward, ..Fix::new(kind, gone, finding.actor, vec![change]) }
    };
    hosts.into_iter().map(fix).collect()
}
