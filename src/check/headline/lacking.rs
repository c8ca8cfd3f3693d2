//! Why nothing could be decided.

use std::net::IpAddr;

use serde::Serialize;

use crate::auth::dmarc::Reason;
use crate::facts::{Facts, Session};

/// Why From holds no single author domain (RFC 9989 section 5.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnfitFrom {
    /// There is none.
    Absent,
    /// There are several fields, or several domains in one.
    Several,
    /// It holds an address that cannot be read.
    Unreadable,
    /// It holds no domain that DNS could be asked for.
    NoDomain,
}

impl UnfitFrom {
    pub(super) fn of(facts: &Facts) -> Self {
        let mut domains = facts.identity.from.iter().filter_map(|mailbox| mailbox.domain.as_ref());
        let first = domains.next();
        let is_several = domains.any(|domain| first.is_some_and(|first| !first.eq_ignore_ascii_case(domain)));
        match facts.dmarc.reason {
            Reason::SeveralFrom | Reason::SeveralAuthorDomains => Self::Several,
            // Of more than can be listed, the rest is not read.
            Reason::FromUnreadable if is_several => Self::Several,
            Reason::FromUnreadable => Self::Unreadable,
            Reason::NoFrom => Self::Absent,
            _ => Self::NoDomain,
        }
    }
}

/// What would decide and could not be evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Lacking {
    /// SPF rests on an address that may be one a stranger wrote.
    SureAddress { ip: IpAddr },
    /// No server is known that handed the message over.
    Address,
    /// The envelope sender is not known.
    EnvelopeSender,
    /// DNS did not answer for the key of the author domain's signature.
    Key,
    /// Something else.
    Evaluation,
}

impl Lacking {
    /// What of the session DMARC wanted and did not have.
    pub(super) fn of(facts: &Facts) -> Self {
        let Session { ip, mail_from, .. } = &facts.session;
        match (ip, mail_from) {
            (Some(ip), _) if facts.is_proof_unsure() => Self::SureAddress { ip: ip.value },
            (None, _) => Self::Address,
            (_, None) => Self::EnvelopeSender,
            (Some(_), Some(_)) => Self::Evaluation,
        }
    }
}
