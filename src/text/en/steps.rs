//! What an evaluator did, and what came of it.

use crate::auth::trace::{Outcome, What};
use crate::auth::{arc, dkim, dmarc, iprev, spf};

pub(in crate::text) const fn step(what: What) -> &'static str {
    match what {
        What::Spf(task) => match task {
            spf::Task::SpfCheck => "SPF check of",
            spf::Task::SpfRecord => "SPF record",
            spf::Task::SpfMechanism => "mechanism",
            spf::Task::SpfModifier => "modifier",
            spf::Task::SpfQuestion => "look-up",
        },
        What::Dkim(task) => match task {
            dkim::Task::DkimSignature => "DKIM signature",
            dkim::Task::DkimTags => "tags of the signature",
            dkim::Task::DkimExpiry => "signing and expiry times",
            dkim::Task::DkimBodyHash => "body hash",
            dkim::Task::DkimKey => "public key",
            dkim::Task::DkimHeaderSignature => "signature over the header",
            dkim::Task::DkimSignedField => "signed field",
            dkim::Task::DkimBodyCauses => "known changes undone in the body",
            dkim::Task::DkimHeaderCauses => "known changes undone in signed fields",
        },
        What::Cause(change) => super::causes::change(change),
        What::Dmarc(task) => match task {
            dmarc::Task::DmarcCheck => "DMARC check of",
            dmarc::Task::DmarcAuthorDomain => "author domain",
            dmarc::Task::DmarcWalkName => "asked",
            dmarc::Task::DmarcWalk => "tree walk from",
            dmarc::Task::DmarcRecord => "a DMARC text",
            dmarc::Task::DmarcTag => "part of the record",
            dmarc::Task::DmarcReportTo => "reports to",
            dmarc::Task::DmarcPublicSuffix => "reading by the Public Suffix List of",
            dmarc::Task::DmarcExistence => "does the domain exist",
            dmarc::Task::DmarcPolicy => "policy",
            dmarc::Task::DmarcAlignment => "alignment of",
        },
        What::Arc(task) => match task {
            arc::Task::ArcChain => "ARC chain",
            arc::Task::ArcStructure => "form of the chain",
            arc::Task::ArcInstance => "instance",
            arc::Task::ArcAuthenticationResults => "results the sealer saw",
            arc::Task::ArcMessageSignature => "message signature",
            arc::Task::ArcSeal => "seal",
            arc::Task::ArcBodyHash => "body hash",
            arc::Task::ArcKey => "public key",
        },
        What::Iprev(task) => match task {
            iprev::Task::IprevCheck => "reverse name of",
            iprev::Task::IprevReverse => "reverse look-up",
            iprev::Task::IprevForward => "forward look-up",
        },
    }
}

pub(in crate::text) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::SoftFail => "softfail",
        Outcome::Neutral => "neutral",
        Outcome::None => "none",
        Outcome::Policy => "policy",
        Outcome::PermError => "permerror",
        Outcome::TempError => "temperror",
        Outcome::Match => "match",
        Outcome::NoMatch => "no match",
        Outcome::Found => "found",
        Outcome::Absent => "absent",
        Outcome::Unreachable => "no answer",
        Outcome::Broken => "cannot be read",
        Outcome::Valid => "valid",
        Outcome::Invalid => "invalid",
        Outcome::Ignored => "no effect",
        Outcome::LimitExceeded => "over the limit",
        Outcome::Skipped => "not needed",
        Outcome::NotEvaluated => "not evaluated",
    }
}
