//! `t=y`: the domain says that it is testing DKIM, so nothing may be concluded from its signature (RFC 6376 section 3.6.1).

use super::source::rfc;
use super::{Finding, Problem, Severity, Source, Subject};
use crate::auth::dkim::{DkimResult, Signature};

pub(super) const SOURCES: &[Source] = &[rfc(6376, "3.6.1")];

pub(super) fn check(subject: Subject<'_>, signature: &Signature) -> Option<Finding> {
    // Where nothing could be concluded anyhow, another finding says why.
    let is_judged = matches!(signature.result, DkimResult::Pass | DkimResult::Fail);
    if !signature.key.testing || !is_judged {
        return None;
    }
    let (domain, selector) = signature.named()?;
    let finding = subject.key_finding(signature, Problem::DkimTesting { domain, selector });
    Some(Finding { severity: Severity::Note, ..finding })
}
