//! Several TXT records at the name of a key: which of them a verifier takes is undefined (RFC 6376 section 3.6.2.2).

use super::source::rfc;
use super::{Finding, Problem, Severity, Source, Subject};
use crate::auth::dkim::Signature;
use crate::auth::dkim::lint::LintKind;

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.6.2.2")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    if !signature.has_lint(LintKind::SeveralRecords) {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let problem = Problem::DkimKeySeveral { domain, selector, records: signature.key.records };
    let severity = if subject.is_own(signature) { Severity::Warning } else { Severity::Note };
    Some(Finding { severity, ..subject.key_finding(signature, problem) })
}
