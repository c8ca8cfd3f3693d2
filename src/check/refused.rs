//! What became of recipients, as the sentences about a delivery report need it.

use serde::Serialize;

use super::{Actor, Confidence, Evidence, Finding, Problem, Severity, Subject};
use crate::auth::dmarc::{DmarcResult, is_same_organization};
use crate::bounce::{self, Bounce, KnownBy, Meaning, Outcome, Recipient, Status};
use crate::facts::Facts;
use crate::message::date::Stamp;

/// One refusal, and how many recipients share it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    pub recipient: Option<String>,
    /// How many recipients besides, for the same reason and for others.
    pub more: usize,
    pub others: usize,
    /// The host that refused; `None`: the report does not name it.
    pub host: Option<String>,
    pub provider: Option<&'static str>,
    pub reply: Option<u16>,
    pub status: Option<Status>,
    /// `None`: the code is unknown.
    pub meaning: Option<Meaning>,
    pub outcome: Outcome,
    /// Until when the server still tries, where the report says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Stamp>,
    /// An aligned pass shows that the report is of the domain it names.
    pub proved: bool,
    /// The report brings back the message, or its header.
    pub is_returned: bool,
    /// The message that came back may be a stranger's.
    pub perhaps_foreign: bool,
}

/// What a finding or the headline says about recipients of one kind.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) refused: Refused,
    pub(super) actor: Actor,
    pub(super) confidence: Confidence,
    /// Where each of them stands.
    pub(super) places: Vec<Evidence>,
}

impl Told {
    /// The finding about it. What a forged report tells is told by whoever forged it.
    pub(super) fn finding(
        self,
        subject: Subject<'_>,
        severity: Severity,
        problem: fn(Refused) -> Problem,
    ) -> Option<Finding> {
        let mut places = self.places.into_iter();
        let place = places.next()?;
        let (severity, actor, confidence) = if subject.is_suspect() {
            (Severity::Note, Actor::Receiver, Confidence::Possible)
        } else {
            (severity, self.actor, self.confidence)
        };
        let confidence = if self.refused.proved { confidence } else { Confidence::Possible };
        let finding = Finding::certain(problem(self.refused), severity, actor, place);
        Some(finding.confidence(confidence).also(places))
    }
}

/// The first recipient that fits, with the number of the others.
pub(super) fn tell(facts: &Facts, fits: impl Fn(&Recipient) -> bool) -> Option<Told> {
    const PLACES: usize = 6;
    let bounce = facts.bounce.as_ref()?;
    let found: Vec<&Recipient> = bounce.undelivered().filter(|recipient| fits(recipient)).collect();
    let first = found.first()?;
    let same = found.iter().filter(|recipient| recipient.meaning() == first.meaning()).count();
    let refused = Refused {
        recipient: first.address.clone().or_else(|| first.original.clone()),
        more: same - 1,
        others: found.len() - same,
        host: first.host.clone().or_else(|| bounce.reporter.clone().filter(|_| is_reporters_own(first))),
        provider: provider(first).map(|host| host.title),
        reply: first.reply,
        status: first.status,
        meaning: first.meaning(),
        outcome: first.outcome,
        until: first.retried_until,
        proved: is_proved(facts),
        is_returned: bounce.returned.is_some(),
        perhaps_foreign: super::bounce_not_ours::foreign_author(facts).is_some(),
    };
    let mut places: Vec<Evidence> = Vec::new();
    for recipient in found.iter().take(PLACES) {
        let place = Evidence::Bytes(recipient.span);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Some(Told {
        refused,
        actor: judge(first),
        confidence: first.decoded.map_or(Confidence::Certain, |decoded| confidence(decoded.confidence)),
        places,
    })
}

/// Who can change it. What waits goes on by itself, and what nobody decoded, the server that wrote it can explain.
fn judge(recipient: &Recipient) -> Actor {
    let is_mended = recipient.meaning().is_some_and(Meaning::is_mended_by_sender);
    match recipient.decoded {
        _ if recipient.outcome == Outcome::Temporary && !is_mended => Actor::Nobody,
        Some(decoded) => actor(decoded.actor),
        None => Actor::Receiver,
    }
}

/// Nobody else is shown to have answered: there is no reply of a mail server, or Exchange's word for its own directory.
fn is_reporters_own(recipient: &Recipient) -> bool {
    let is_of_directory =
        || recipient.text.as_ref().is_some_and(|text| text.to_ascii_lowercase().contains("resolver."));
    recipient.provider.is_none() && recipient.reply.is_none() || is_of_directory()
}

/// SPF or DKIM passed for the domain that reports.
pub(super) fn is_proved(facts: &Facts) -> bool {
    let dmarc = &facts.dmarc;
    let is_own = |author: &String| dmarc.passed_domains().iter().any(|domain| is_same_organization(domain, author));
    dmarc.result == DmarcResult::Pass || dmarc.author_domain.as_ref().is_some_and(is_own)
}

/// The provider that refused. Words of another's reply that a named server passes on do not make that server the other's.
fn provider(recipient: &Recipient) -> Option<bounce::Host> {
    let is_name = |host: &String| host.parse::<std::net::IpAddr>().is_err();
    let is_named = recipient.host.as_ref().is_some_and(is_name);
    recipient.provider.filter(|host| host.by == KnownBy::HostName || !is_named)
}

/// What a report says that was delivered to everybody it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delivered {
    pub recipient: Option<String>,
    /// How many recipients besides.
    pub more: usize,
    pub end: DeliveryEnd,
    /// The host that took it, where the report names one.
    pub host: Option<String>,
}

/// How far the report followed the message (RFC 3464 section 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeliveryEnd {
    /// Into the mailbox, or to the list that the address stands for.
    Arrived,
    /// To a server that reports no further, for one recipient at least.
    HandedOn,
}

/// `None` where somebody did not get it, or nobody is named. The recipient of whom least is known comes first.
pub(super) fn delivered(bounce: &Bounce) -> Option<(Delivered, Evidence)> {
    if bounce.undelivered().next().is_some() {
        return None;
    }
    let is_handed_on = |recipient: &&Recipient| recipient.action == Some(bounce::Action::Relayed);
    let handed_on = bounce.recipients.iter().find(is_handed_on);
    let first = handed_on.or_else(|| bounce.recipients.first())?;
    let delivered = Delivered {
        recipient: first.address.clone().or_else(|| first.original.clone()),
        more: (bounce.recipients.len() - 1).saturating_add(bounce.left_out),
        end: if handed_on.is_some() { DeliveryEnd::HandedOn } else { DeliveryEnd::Arrived },
        host: first.host.clone(),
    };
    Some((delivered, Evidence::Bytes(first.span)))
}

/// Refused for how the sender proves itself.
pub(super) fn by_sender_rules(recipient: &Recipient) -> bool {
    recipient.meaning().is_some_and(Meaning::is_about_authentication)
}

/// The worst that became of anybody: given up first, then what waits.
pub(super) fn worst(facts: &Facts) -> Option<Told> {
    let of = |outcome: Outcome| tell(facts, |recipient| recipient.outcome == outcome);
    of(Outcome::Final).or_else(|| of(Outcome::Unknown)).or_else(|| of(Outcome::Temporary))
}

const fn actor(actor: bounce::Actor) -> Actor {
    match actor {
        bounce::Actor::Sender => Actor::Sender,
        bounce::Actor::SendingService => Actor::SendingService,
        bounce::Actor::Forwarder => Actor::Forwarder,
        bounce::Actor::Receiver => Actor::Receiver,
        bounce::Actor::Nobody => Actor::Nobody,
    }
}

const fn confidence(confidence: bounce::Confidence) -> Confidence {
    match confidence {
        bounce::Confidence::Possible => Confidence::Possible,
        bounce::Confidence::Likely => Confidence::Likely,
        bounce::Confidence::Certain => Confidence::Certain,
    }
}
