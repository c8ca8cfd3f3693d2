//! Several TXT records at the name of a key: which of them a verifier takes is undefined (RFC 6376 section 3.6.2.2).

use super::{Finding, Problem, Severity, Subject};
use crate::auth::dkim::Signature;
use crate::auth::dkim::lint::LintKind;

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !signature.has_lint(LintKind::SeveralRecords) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimKeySeveral { domain, selector, records: signature.key.records };
    let severity = if subject.is_own(signature) { Severity::Warning } else { Severity::Note };
    Some(Finding { severity, ..subject.key_finding(signature, problem) })
}
