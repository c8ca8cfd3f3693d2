//! What each state means for the reader.

use super::theme::Tone;
use crate::auth::Alignment;
use crate::auth::arc::{ArcResult, PartState};
use crate::auth::claimed::Agreement;
use crate::auth::dkim::{BodyHash, DkimResult, HeaderSignature, KeyState};
use crate::auth::dmarc::record::ProblemKind;
use crate::auth::dmarc::{Authentication, DmarcResult, Found, Permission};
use crate::auth::iprev::IprevResult;
use crate::auth::spf::{self, SpfResult};
use crate::auth::trace::{Outcome, Step, What};
use crate::check::Severity;
use crate::check::headline;
use crate::check::provider;
use crate::dns::Failure;
use crate::listing::Standing;
use crate::path::{Hop, Side, Tls, TlsState, TlsVersion};
use crate::transport::{HostState, State};

#[must_use]
pub(super) const fn verdict(tone: headline::Tone) -> Tone {
    match tone {
        headline::Tone::Good => Tone::Good,
        headline::Tone::Caution => Tone::Caution,
        headline::Tone::Bad => Tone::Bad,
        headline::Tone::Unknown => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn severity(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Caution,
        Severity::Note => Tone::Info,
    }
}

/// A rule is red only where the provider's own, present words ask for it.
#[must_use]
pub(super) const fn rule_row(row: &provider::Row) -> Tone {
    match (row.state, row.rule.level) {
        (provider::State::NotFirm, provider::Level::Optional) => Tone::Unknown,
        (state, _) => rule(state),
    }
}

#[must_use]
pub(super) const fn rule(state: provider::State) -> Tone {
    match state {
        provider::State::Met => Tone::Good,
        provider::State::NotMet => Tone::Bad,
        provider::State::NotFirm | provider::State::BulkOnly => Tone::Caution,
        provider::State::MarketingOnly | provider::State::CannotKnow => Tone::Info,
        provider::State::NotApplicable => Tone::Unknown,
    }
}

/// A listing is an opinion of others, never red; where a list did not answer, nothing is known.
#[must_use]
pub(super) const fn listing(standing: Standing) -> Tone {
    match standing {
        Standing::Listed(_) => Tone::Caution,
        Standing::NotListed => Tone::Good,
        Standing::Refused(_)
        | Standing::AnswersAll
        | Standing::Silent
        | Standing::NotAList
        | Standing::Unreachable
        | Standing::NotAsked(_) => Tone::Unknown,
    }
}

/// To publish none is no fault.
#[must_use]
pub(super) const fn published(state: State) -> Tone {
    match state {
        State::Found => Tone::Good,
        State::Several(_) | State::Broken => Tone::Caution,
        State::Missing | State::Unreachable | State::NotAsked(_) => Tone::Unknown,
    }
}

/// Without DNSSEC, which is not validated here, a record proves nothing.
#[must_use]
pub(super) const fn tlsa(state: HostState) -> Tone {
    match state {
        HostState::Usable => Tone::Info,
        HostState::Unusable => Tone::Caution,
        HostState::Missing | HostState::Unreachable | HostState::NotAsked(_) => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn spf(result: Option<SpfResult>) -> Tone {
    match result {
        Some(SpfResult::Pass) => Tone::Good,
        Some(SpfResult::Fail | SpfResult::PermError) => Tone::Bad,
        Some(SpfResult::SoftFail | SpfResult::TempError) => Tone::Caution,
        Some(SpfResult::None | SpfResult::Neutral) | None => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn dkim(result: DkimResult) -> Tone {
    match result {
        DkimResult::Pass => Tone::Good,
        DkimResult::Fail | DkimResult::PermError => Tone::Bad,
        DkimResult::Policy | DkimResult::TempError => Tone::Caution,
        DkimResult::Neutral | DkimResult::NotEvaluated => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn dmarc(result: DmarcResult) -> Tone {
    match result {
        DmarcResult::Pass => Tone::Good,
        DmarcResult::Fail => Tone::Bad,
        DmarcResult::PermError | DmarcResult::TempError | DmarcResult::NotApplicable => Tone::Caution,
        DmarcResult::None | DmarcResult::NotEvaluated => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn arc(result: ArcResult) -> Tone {
    match result {
        ArcResult::Pass => Tone::Good,
        ArcResult::Fail => Tone::Caution,
        ArcResult::None | ArcResult::NotEvaluated => Tone::Unknown,
    }
}

/// That a record says the same is news about the record alone: nothing turns green by it.
#[must_use]
pub(super) const fn agreement(agreement: Agreement) -> Tone {
    match agreement {
        Agreement::Agrees => Tone::Info,
        Agreement::Differs => Tone::Caution,
        Agreement::NeitherPassed | Agreement::NotRecorded | Agreement::NotJudged | Agreement::UnknownWord => {
            Tone::Unknown
        }
    }
}

/// A missing statement is not plaintext; versions before TLS 1.2 are not to be used any more (RFC 8996).
#[must_use]
pub(super) fn tls(tls: &Tls) -> Tone {
    match tls.state {
        TlsState::Encrypted if tls.version.is_some_and(TlsVersion::is_deprecated) => Tone::Caution,
        TlsState::Encrypted => Tone::Good,
        TlsState::NotEncrypted => Tone::Caution,
        TlsState::NotStated | TlsState::Local => Tone::Unknown,
    }
}

/// The same for a hop of a path: before the boundary it is the word of strangers, and bears no tone of proof.
#[must_use]
pub(super) fn tls_of(hop: &Hop) -> Tone {
    if hop.side == Side::Sending { Tone::Unknown } else { tls(&hop.tls) }
}

#[must_use]
pub(super) const fn alignment(alignment: Option<Alignment>) -> Tone {
    match alignment {
        Some(Alignment::Strict | Alignment::Relaxed) => Tone::Good,
        Some(Alignment::No) => Tone::Bad,
        None => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn authentication(authentication: Authentication) -> Tone {
    match authentication {
        Authentication::Passed => Tone::Good,
        Authentication::NotPassed => Tone::Bad,
        Authentication::TempError => Tone::Caution,
        Authentication::NotEvaluated => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn found(found: Found) -> Tone {
    match found {
        Found::Record => Tone::Good,
        Found::SeveralDropped | Found::UnusableDropped | Found::Unreachable => Tone::Caution,
        Found::Nothing | Found::OtherText | Found::NotAsked => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn record_problem(kind: ProblemKind) -> Tone {
    match kind {
        ProblemKind::DuplicateTag | ProblemKind::NoPolicy => Tone::Bad,
        ProblemKind::MalformedTag | ProblemKind::UnknownTag | ProblemKind::BadValue | ProblemKind::BadUri => {
            Tone::Caution
        }
        ProblemKind::EmptyTag
        | ProblemKind::RemovedTag
        | ProblemKind::SizeLimit
        | ProblemKind::UnusualScheme
        | ProblemKind::PolicyNotSecond
        | ProblemKind::FailureOptionsWithoutRuf
        | ProblemKind::RufOnPublicSuffix => Tone::Info,
    }
}

#[must_use]
pub(super) const fn permission(permission: Permission) -> Tone {
    match permission {
        Permission::Internal | Permission::Authorised | Permission::Replaced => Tone::Good,
        Permission::NotAuthorised | Permission::ReplacedElsewhere | Permission::NotAName | Permission::Unreachable => {
            Tone::Caution
        }
        Permission::NotMail => Tone::Info,
        Permission::NotAsked | Permission::BeyondLimit => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn arc_part(state: PartState) -> Tone {
    match state {
        PartState::Valid => Tone::Good,
        PartState::Invalid => Tone::Bad,
        PartState::Absent => Tone::Caution,
        PartState::NotChecked => Tone::Unknown,
    }
}

/// A message signature below the newest need not fit any more (RFC 8617 section 5.2 step 5).
#[must_use]
pub(super) const fn older_signature(state: PartState) -> Tone {
    match state {
        PartState::Invalid => Tone::Caution,
        PartState::Valid | PartState::Absent | PartState::NotChecked => arc_part(state),
    }
}

#[must_use]
pub(super) const fn body_hash(state: BodyHash) -> Tone {
    match state {
        BodyHash::Match => Tone::Good,
        BodyHash::Mismatch => Tone::Bad,
        BodyHash::NotAvailable => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn header_signature(state: HeaderSignature) -> Tone {
    match state {
        HeaderSignature::Valid => Tone::Good,
        HeaderSignature::Invalid => Tone::Bad,
        HeaderSignature::NotChecked => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn key(state: KeyState) -> Tone {
    match state {
        KeyState::Found => Tone::Good,
        KeyState::Revoked | KeyState::Broken => Tone::Bad,
        KeyState::Missing | KeyState::Unreachable => Tone::Caution,
        KeyState::NotAsked => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn iprev(result: IprevResult) -> Tone {
    match result {
        IprevResult::Pass => Tone::Good,
        IprevResult::Fail | IprevResult::TempError => Tone::Caution,
        IprevResult::None | IprevResult::NotEvaluated => Tone::Unknown,
    }
}

#[must_use]
pub(super) const fn failure(failure: Failure) -> Tone {
    match failure {
        Failure::NxDomain | Failure::NoData | Failure::NotAName => Tone::Info,
        Failure::ServFail | Failure::Refused | Failure::Timeout | Failure::Untrusted | Failure::OverLimit => {
            Tone::Caution
        }
        Failure::NotInSnapshot | Failure::Offline | Failure::Cancelled => Tone::Unknown,
    }
}

/// A step's outcome. That a term matches which lets nobody pass is no good news, and that an included record does not let
/// pass is no bad news: the next term may.
#[must_use]
pub(super) fn step(step: &Step, depth: u8) -> Tone {
    let refuses = || step.text.as_deref().is_some_and(|term| term.starts_with(['-', '~', '?']));
    match step.what {
        What::Spf(spf::Task::SpfCheck) if depth > 0 && matches!(step.outcome, Outcome::Fail | Outcome::SoftFail) => {
            Tone::Unknown
        }
        What::Spf(spf::Task::SpfMechanism) if step.outcome == Outcome::Match && refuses() => Tone::Info,
        _ => outcome(step.outcome),
    }
}

#[must_use]
const fn outcome(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Pass | Outcome::Valid | Outcome::Match | Outcome::Found => Tone::Good,
        Outcome::Fail | Outcome::PermError | Outcome::Invalid | Outcome::Broken | Outcome::LimitExceeded => Tone::Bad,
        Outcome::SoftFail | Outcome::TempError | Outcome::Policy | Outcome::Unreachable => Tone::Caution,
        Outcome::Neutral
        | Outcome::None
        | Outcome::NoMatch
        | Outcome::Absent
        | Outcome::Skipped
        | Outcome::Ignored
        | Outcome::NotEvaluated => Tone::Unknown,
    }
}
