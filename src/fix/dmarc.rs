//! Changes to DMARC records: one record, what RFC 9989 gives a meaning, one step of the policy at a time.

use super::draft::Draft;
use super::piece::{self, Piece};
use super::{Case, Change, Current, DmarcStep, Fix, Kind, Place, Withheld};
use crate::auth::Alignment;
use crate::auth::dmarc::record::Record;
use crate::auth::dmarc::{DmarcResult, Found, Permission, Policy};
use crate::check::{Actor, Problem, Verdict};
use crate::facts::SessionSource;

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
    let has = |code: &str| case.findings.iter().any(|finding| finding.problem.code() == code);
    if has("dmarc-missing") {
        let domain = dmarc.organizational_domain.as_deref().or(dmarc.author_domain.as_deref())?;
        let mut draft = Draft::default();
        draft.demand(Policy::None);
        draft.ask_reports(domain);
        return Some(vec![fix(domain, &[], &draft, vec![DmarcStep::New], vec!["dmarc-missing"])]);
    }
    let Target { domain, texts } = target(case)?;
    let written: Vec<String> = texts.iter().map(|record| record.text()).collect();
    let mut draft = Draft::default();
    let mut steps: Vec<DmarcStep> = Vec::new();
    let mut findings: Vec<&'static str> = Vec::new();
    for text in &written {
        steps.extend(draft.read(text));
    }
    if written.len() > 1 {
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
    let mut toward: Vec<&'static str> = Vec::new();
    if counted_before && dmarc.result == DmarcResult::Pass && is_proof(case) {
        let (more, gone, nearer) = forward(case, &mut draft);
        steps.extend(more);
        findings.extend(gone);
        toward.extend(nearer);
    }
    if steps.is_empty() {
        return None;
    }
    let mut alternatives = Vec::new();
    let policy = draft.policy();
    if !counted_before && policy > Policy::None {
        let mut mild = draft.clone();
        mild.demand(Policy::None);
        let mut milder = steps.clone();
        milder.push(DmarcStep::StartAtNone { written: policy });
        alternatives.push(fix(domain, &written, &draft, steps, findings.clone()));
        alternatives.push(fix(domain, &written, &mild, milder, findings));
    } else {
        alternatives.push(fix(domain, &written, &draft, steps, findings));
    }
    for fix in &mut alternatives {
        fix.toward.clone_from(&toward);
    }
    Some(alternatives)
}

/// One step on, for each demand that is weaker than it could be.
fn forward(case: Case<'_>, draft: &mut Draft) -> (Vec<DmarcStep>, Vec<&'static str>, Vec<&'static str>) {
    let (mut steps, mut gone, mut nearer) = (Vec::new(), Vec::new(), Vec::new());
    let has_reports = case.facts.dmarc.applied_record().is_some_and(|record| !record.rua.is_empty());
    for finding in case.findings {
        match &finding.problem {
            Problem::DmarcPolicyNone { tag, .. } if has_reports => {
                let tag = tag.split('=').next().unwrap_or_default();
                let tag = ["p", "sp", "np"].into_iter().find(|known| *known == tag).unwrap_or("p");
                draft.set(tag, Policy::Quarantine);
                steps.push(DmarcStep::Raise { tag, from: Policy::None, to: Policy::Quarantine });
                gone.push("dmarc-policy-none");
            }
            Problem::DmarcSpWeaker { own, tag, below, .. } => {
                let name = match tag {
                    crate::auth::dmarc::PolicyTag::P => continue,
                    crate::auth::dmarc::PolicyTag::Sp => "sp",
                    crate::auth::dmarc::PolicyTag::Np => "np",
                };
                let to = if *below == Policy::None { Policy::Quarantine } else { Policy::Reject };
                draft.set(name, to);
                steps.push(DmarcStep::RaiseBelow { tag: name, from: *below, to });
                if to < *own { nearer.push("dmarc-sp-weaker") } else { gone.push("dmarc-sp-weaker") }
            }
            Problem::DmarcTesting { published, applied, .. } => {
                draft.remove("t");
                steps.push(DmarcStep::EndTest { applied: *applied, published: *published });
                gone.push("dmarc-testing");
            }
            _ => {}
        }
    }
    (steps, gone, nearer)
}

/// A stricter demand that is not offered, because this very message would be hit by it.
fn held_back(case: Case<'_>) -> Option<Fix> {
    let dmarc = &case.facts.dmarc;
    let why = match dmarc.result {
        // What a list changed says nothing of the mail that the domain sends.
        DmarcResult::Fail if matches!(case.verdict, Verdict::ListModified { .. }) => return None,
        DmarcResult::Fail => Withheld::FailsItself,
        DmarcResult::Pass if !is_proof(case) => Withheld::PassProvesNothing,
        _ => return None,
    };
    let is_held = |finding: &&crate::check::Finding| {
        let code = finding.problem.code();
        matches!(code, "dmarc-policy-none" | "dmarc-testing")
            || why == Withheld::PassProvesNothing && code == "dmarc-sp-weaker"
    };
    let findings: Vec<&'static str> =
        case.findings.iter().filter(is_held).map(|finding| finding.problem.code()).collect();
    let domain = dmarc.record_at.clone().filter(|_| !findings.is_empty())?;
    let asks = dmarc.policy.unwrap_or(Policy::None);
    let kind = Kind::Dmarc { domain, steps: Vec::new(), asks };
    Some(Fix::not_offered(kind, findings, Actor::Sender, why))
}

/// Whether what passes shows that the message is the author domain's: a signature of its own, or SPF for an address that the
/// receiving side saw, and not because everybody passes.
fn is_proof(case: Case<'_>) -> bool {
    let facts = case.facts;
    let aligned = |dkim| facts.dmarc.best_alignment(dkim) != Alignment::No;
    let is_open = facts.spf.mail_from.as_ref().is_some_and(|check| check.passed_as_anybody().is_some());
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
