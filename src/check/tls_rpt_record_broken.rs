//! The record that says where reports about TLS go is there and does not count, so nobody sends any.

use super::source::rfc;
use super::{Finding, Problem, Source, Subject, mta_sts_record_broken};

pub(super) const SOURCES: &[Source] = &[rfc(8460, "3")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    mta_sts_record_broken::broken(
        subject,
        |domain| &domain.tls_rpt,
        |domain, whose, fault, part| Problem::TlsRptRecordBroken { domain, whose, fault, part },
    )
}
