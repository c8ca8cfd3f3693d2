//! The key record can be used, and is written in a way that some verifiers stumble over.

use super::source::rfc;
use super::{Finding, Problem, Severity, Source, Subject};
use crate::auth::dkim::lint::{LintKind, Weight};
use crate::auth::dkim::{Reason, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.6.1")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    let has_finding = |kind: LintKind| match kind {
        LintKind::SeveralRecords | LintKind::Testing | LintKind::WeakKey => true,
        LintKind::LongKey => signature.reason == Reason::KeyTooLong,
        _ => false,
    };
    let doubtful = signature.key.lints.iter().map(|lint| lint.kind);
    let doubtful = doubtful.filter(|kind| kind.weight() == Weight::Doubtful && !has_finding(*kind));
    let mut lints: Vec<LintKind> = doubtful.collect();
    lints.dedup();
    if lints.is_empty() {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let finding = subject.key_finding(signature, Problem::DkimKeyUntidy { domain, selector, lints });
    Some(Finding { severity: Severity::Note, ..finding })
}
