//! Tests of how a reader can unsubscribe or answer. No address is ever called.

use super::ask::Answer;
use super::why::Why;
use crate::auth::dkim::{Reason, Signature};
use crate::check::Evidence;
use crate::facts::Facts;
use crate::sender::unsubscribe::FIELDS;
use crate::sender::{BodyOffer, Content, Way};

/// What is wrong where the field is not there.
fn absent(facts: &Facts) -> Answer {
    if facts.is_header_partial() { Answer::unknown(Why::PartlyKept) } else { Answer::not_met(Why::NoListUnsubscribe) }
}

pub(super) fn one_click_uri(facts: &Facts) -> Answer {
    let Some(span) = facts.unsubscribe.field else { return absent(facts) };
    let has_https = facts.unsubscribe.has(Way::Https);
    let answer = if has_https { Answer::met(Why::HttpsWay) } else { Answer::not_met(Why::OnlyOtherWays) };
    answer.at(Evidence::Bytes(span))
}

pub(super) fn one_click_post(facts: &Facts) -> Answer {
    let found = &facts.unsubscribe;
    let place = found.post.as_ref().map(|post| post.span).or(found.field).map(Evidence::Bytes);
    let answer = match found.post_is_right() {
        Some(true) => Answer::met(Why::PostRight),
        Some(false) => Answer::not_met(Why::PostWrong),
        None if facts.is_header_partial() => Answer::unknown(Why::PartlyKept),
        None => Answer::not_met(Why::PostMissing),
    };
    answer.at(place)
}

/// RFC 8058 section 4.
pub(super) fn one_click_signed(facts: &Facts) -> Answer {
    if facts.unsubscribe.field.is_none() {
        return absent(facts);
    }
    if facts.unsubscribe.post.is_none() {
        return if facts.is_header_partial() {
            Answer::unknown(Why::PartlyKept)
        } else {
            Answer::not_met(Why::PostMissing)
        };
    }
    let valid = || {
        let is_valid = |signature: &&Signature| {
            matches!(signature.reason, Reason::Verified | Reason::HeaderVerifiedBodyNotAvailable)
        };
        facts.dkim.iter().filter(is_valid)
    };
    let covers = |signature: &&Signature| {
        FIELDS.iter().zip(facts.unsubscribe.counts).all(|(name, count)| signature.covers(name, count))
    };
    if let Some(signature) = valid().find(covers) {
        let domain = signature.domain.clone().unwrap_or_default();
        return Answer::met(Why::FieldsSigned { domain }).at(Evidence::Bytes(signature.span));
    }
    if let Some(signature) = valid().next() {
        Answer::not_met(Why::FieldsUnsigned).at(Evidence::Bytes(signature.span))
    } else {
        Answer { why: Why::NoValidSignature, ..super::authentication::dkim(facts) }
    }
}

pub(super) fn list_unsubscribe(facts: &Facts) -> Answer {
    let Some(span) = facts.unsubscribe.field else { return absent(facts) };
    let is_usable = facts.unsubscribe.has(Way::Https) || facts.unsubscribe.has(Way::Mailto);
    let answer = if is_usable { Answer::met(Why::SomeWay) } else { Answer::not_met(Why::NoWay) };
    answer.at(Evidence::Bytes(span))
}

pub(super) fn mailto(facts: &Facts) -> Answer {
    let Some(span) = facts.unsubscribe.field else { return absent(facts) };
    let has_it = facts.unsubscribe.has(Way::Mailto);
    let answer = if has_it { Answer::met(Why::MailtoWay) } else { Answer::not_met(Why::NoMailtoWay) };
    answer.at(Evidence::Bytes(span))
}

pub(super) fn in_body(facts: &Facts) -> Answer {
    match facts.unsubscribe.body {
        BodyOffer::Link => Answer::met(Why::BodyLink),
        BodyOffer::OtherLinks => Answer::unknown(Why::BodyOtherLinks),
        BodyOffer::NoLink => Answer::not_met(Why::BodyNoLink),
        BodyOffer::NoText => Answer::unknown(Why::NoBody),
    }
}

/// Whether anybody reads what is sent there cannot be seen; a name can say that nobody does.
pub(super) fn reply_address(facts: &Facts) -> Answer {
    match facts.wording.nobody {
        Some(span) => Answer::not_met(Why::RepliesToNobody).at(Evidence::Bytes(span)),
        None if facts.identity.from.is_empty() => Answer::unknown(Why::NoAuthor),
        None => Answer::unknown(Why::RepliesUntested),
    }
}

pub(super) fn no_scripts(facts: &Facts) -> Answer {
    match facts.unsubscribe.content {
        Content::Plain => Answer::met(Why::NoScript),
        Content::Script => Answer::not_met(Why::Script),
        Content::AddressLink => Answer::not_met(Why::AddressLink),
        Content::NoText => Answer::unknown(Why::NoBody),
    }
}
