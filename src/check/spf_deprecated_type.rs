//! The domain's only record has the type SPF (99), which nobody reads since RFC 7208 section 3.1.

use super::source::rfc;
use super::{Evidence, Finding, Problem, Source, Subject};

pub(super) const SOURCES: &[Source] = &[rfc(7208, "3.1")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let check = subject.facts.spf.mail_from.as_ref()?;
    let found = check.deprecated.as_ref()?;
    let problem = Problem::SpfDeprecatedType { domain: check.domain.clone(), suspect: subject.is_suspect() };
    let place = Evidence::Question(found.question);
    Some(Finding::certain(problem, subject.weight_of_envelope(), subject.judge_of_server(), place))
}
