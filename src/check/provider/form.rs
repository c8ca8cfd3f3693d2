//! Tests of how header and body are written.

use super::ask::Answer;
use super::ruleset::Rule;
use super::why::Why;
use crate::auth::domain;
use crate::check::Evidence;
use crate::facts::Facts;
use crate::message::form::{Encoding, Measured};
use crate::message::wording::{IdShape, NameShape, SubjectShape};
use crate::message::{Fidelity, Span};

/// A copy that a program wrote anew shows nothing of how it was sent.
fn as_sent(facts: &Facts, judge: impl FnOnce() -> Answer) -> Answer {
    match facts.input.kept.header {
        Fidelity::AsSent => judge(),
        Fidelity::Rewritten => Answer::unknown(Why::Rewritten),
        Fidelity::Partial => Answer::unknown(Why::PartlyKept),
    }
}

fn bytes(span: Option<Span>) -> Option<Evidence> {
    span.map(Evidence::Bytes)
}

pub(super) fn message_id(facts: &Facts) -> Answer {
    as_sent(facts, || {
        let place = facts.form.message_id.map(|found| found.span);
        let answer = match facts.wording.message_id {
            IdShape::Whole => Answer::met(Why::MessageIdWhole),
            IdShape::Broken => Answer::not_met(Why::MessageIdBroken),
            IdShape::Missing => Answer::not_met(Why::Absent { field: "Message-ID" }),
        };
        answer.at(bytes(place))
    })
}

pub(super) fn message_id_present(facts: &Facts) -> Answer {
    as_sent(facts, || match facts.wording.message_id {
        IdShape::Missing => Answer::not_met(Why::Absent { field: "Message-ID" }),
        IdShape::Whole | IdShape::Broken => Answer::met(Why::FieldThere { field: "Message-ID" }),
    })
}

pub(super) fn single_fields(facts: &Facts) -> Answer {
    as_sent(facts, || match facts.form.repeated.first() {
        Some((field, span)) => Answer::not_met(Why::Repeated { field }).at(Evidence::Bytes(*span)),
        None => Answer::met(Why::NothingRepeated),
    })
}

/// What RFC 5322 section 3.6 asks of every message, and what no field may hold.
pub(super) fn well_formed(facts: &Facts) -> Answer {
    as_sent(facts, || {
        if let Some(span) = facts.form.unreadable {
            return Answer::not_met(Why::UnreadableLine).at(Evidence::Bytes(span));
        }
        if facts.identity.from_fields == 0 {
            return Answer::not_met(Why::Absent { field: "From" });
        }
        if facts.identity.date.is_none() {
            return Answer::not_met(Why::DateMissing);
        }
        if let Some((field, span)) = facts.form.repeated.first() {
            return Answer::not_met(Why::Repeated { field }).at(Evidence::Bytes(*span));
        }
        // RFC 6532 allows UTF-8 where the servers agreed on it (RFC 6531 section 3.7.3).
        let is_utf8_session = facts.path.boundary_hop().and_then(|hop| hop.with.as_ref());
        let is_utf8_session = is_utf8_session.is_some_and(|with| with.value.to_ascii_uppercase().starts_with("UTF8"));
        match facts.form.eight_bit {
            Some((_, Encoding::Utf8)) if is_utf8_session => Answer::met(Why::WellFormed),
            Some((span, _)) => Answer::not_met(Why::RawBytes).at(Evidence::Bytes(span)),
            None => Answer::met(Why::WellFormed),
        }
    })
}

fn within(length: usize, rule: &Rule, place: Option<Span>) -> Answer {
    let limit = rule.limit.unwrap_or(u64::MAX);
    let is_within = u64::try_from(length).is_ok_and(|length| length <= limit);
    let answer = if is_within {
        Answer::met(Why::Within { length, limit })
    } else {
        Answer::not_met(Why::Beyond { length, limit })
    };
    answer.at(bytes(place))
}

fn measured(facts: &Facts, rule: &Rule, found: Option<Measured>, field: &'static str) -> Answer {
    as_sent(facts, || match found {
        Some(found) => within(found.length, rule, Some(found.span)),
        None => Answer::exempt(Why::Absent { field }),
    })
}

pub(super) fn header_total(facts: &Facts, rule: &Rule) -> Answer {
    as_sent(facts, || within(facts.form.header_bytes, rule, None))
}

pub(super) fn header_count(facts: &Facts, rule: &Rule) -> Answer {
    as_sent(facts, || within(facts.form.fields, rule, None))
}

pub(super) fn header_value(facts: &Facts, rule: &Rule) -> Answer {
    measured(facts, rule, facts.form.longest_value, "From")
}

pub(super) fn header_name(facts: &Facts, rule: &Rule) -> Answer {
    measured(facts, rule, facts.form.longest_name, "From")
}

pub(super) fn message_id_length(facts: &Facts, rule: &Rule) -> Answer {
    measured(facts, rule, facts.form.message_id, "Message-ID")
}

pub(super) fn subject_length(facts: &Facts, rule: &Rule) -> Answer {
    measured(facts, rule, facts.form.subject, "Subject")
}

/// The body must be there as it was sent.
fn whole(facts: &Facts, length: Option<usize>, rule: &Rule) -> Answer {
    match (length, facts.input.kept.body) {
        (None, _) => Answer::unknown(Why::NoBody),
        (Some(_), Fidelity::Rewritten | Fidelity::Partial) => Answer::unknown(Why::Rewritten),
        (Some(length), Fidelity::AsSent) => as_sent(facts, || within(length, rule, None)),
    }
}

pub(super) fn message_size(facts: &Facts, rule: &Rule) -> Answer {
    whole(facts, facts.form.message_bytes, rule)
}

pub(super) fn line_length(facts: &Facts, rule: &Rule) -> Answer {
    whole(facts, facts.form.longest_line, rule)
}

/// What the receiving side added is not counted; it did not meet its own limit then.
pub(super) fn hops(facts: &Facts, rule: &Rule) -> Answer {
    let arrival = facts.path.boundary.as_ref().map_or(facts.path.hops.len(), |boundary| boundary.hop + 1);
    as_sent(facts, || within(arrival, rule, None))
}

pub(super) fn subject_not_answer(facts: &Facts) -> Answer {
    let place = bytes(facts.identity.subject_span);
    let answer = match (facts.wording.subject, facts.form.answers) {
        (SubjectShape::Answer, None) if facts.is_header_partial() => Answer::unknown(Why::PartlyKept),
        (SubjectShape::Answer, None) => Answer::not_met(Why::AnswerWithoutReference),
        (SubjectShape::Answer, Some(_)) => Answer::met(Why::AnswerWithReference),
        (SubjectShape::Plain, _) => Answer::met(Why::SubjectPlain),
        (SubjectShape::Missing, _) => Answer::exempt(Why::Absent { field: "Subject" }),
    };
    answer.at(place)
}

pub(super) fn display_name(facts: &Facts) -> Answer {
    let answer = match facts.wording.name {
        NameShape::Plain => Answer::met(Why::NamePlain),
        NameShape::Address => Answer::not_met(Why::NameHoldsAddress),
        NameShape::Thread => Answer::not_met(Why::NameLooksLikeThread),
        NameShape::CheckMark => Answer::not_met(Why::NameHasCheckMark),
    };
    answer.at(bytes(facts.identity.from_span))
}

/// Names without a letter outside of ASCII cannot mix scripts; others are not judged.
pub(super) fn plain_domains(facts: &Facts) -> Answer {
    let people =
        facts.identity.from.iter().chain(&facts.identity.reply_to).filter_map(|mailbox| mailbox.domain.clone());
    let signers = facts.dkim.iter().filter_map(|signature| signature.domain.clone());
    let envelope = facts.spf.mail_from.iter().map(|check| check.domain.clone());
    let is_plain =
        |name: &String| name.is_ascii() && !name.to_ascii_lowercase().split('.').any(|label| label.starts_with("xn--"));
    let odd = people.chain(signers).chain(envelope).find(|name| !is_plain(name));
    odd.map_or(Answer::met(Why::DomainsPlain), |domain| Answer::unknown(Why::DomainNotPlain { domain }))
}

/// The limit is not published: on the same day it is surely kept.
pub(super) fn date(facts: &Facts) -> Answer {
    const DAY: i64 = 24 * 60 * 60;
    let Some(date) = facts.identity.date else {
        return if facts.is_header_partial() {
            Answer::unknown(Why::PartlyKept)
        } else {
            Answer::not_met(Why::DateMissing)
        };
    };
    let Some(received) = facts.path.received_at() else { return Answer::unknown(Why::NoReceipt) };
    let seconds = date.instant.duration_since(received.value.instant).as_secs();
    if seconds.abs() <= DAY {
        Answer::met(Why::DateNear { seconds })
    } else {
        Answer::unknown(Why::DateFar { seconds })
    }
}

pub(super) fn decodable(facts: &Facts) -> Answer {
    match facts.wording.undecodable {
        Some(field) => as_sent(facts, || Answer::not_met(Why::Undecodable { field })),
        None => Answer::met(Why::Decodes),
    }
}

pub(super) fn plain_addresses(facts: &Facts) -> Answer {
    match facts.wording.exotic {
        Some(span) => Answer::not_met(Why::AddressExotic).at(Evidence::Bytes(span)),
        None => Answer::met(Why::AddressesPlain),
    }
}

/// Author and recipients are named by full domains.
pub(super) fn full_addresses(facts: &Facts) -> Answer {
    let identity = &facts.identity;
    if identity.from.is_empty() {
        return Answer::unknown(Why::NoAuthor);
    }
    let is_full = |written: Option<&str>| {
        written.and_then(domain::normalize).is_some_and(|name| name.contains('.') && !name.ends_with('.'))
    };
    let odd = identity.from.iter().chain(&identity.to).find(|mailbox| !is_full(mailbox.domain.as_deref()));
    match odd {
        Some(mailbox) => Answer::not_met(Why::AddressNotFull).at(Evidence::Bytes(mailbox.span)),
        None => Answer::met(Why::AddressesFull),
    }
}
