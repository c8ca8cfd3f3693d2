//! ARC: the chain, its parts, and where the message was changed.

use crate::auth::arc::{ArcResult, Change, Changed, Handler, PartState, Reason};

pub(in crate::text) const fn result(result: ArcResult) -> &'static str {
    match result {
        ArcResult::None => "none",
        ArcResult::Pass => "pass",
        ArcResult::Fail => "fail",
        ArcResult::NotEvaluated => "not evaluated",
    }
}

pub(in crate::text) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoChain => "there is no ARC chain",
        Reason::Verified => "all seals and the newest message signature are valid",
        Reason::MarkedFailed => "the newest sealer found the chain broken (cv=fail)",
        Reason::InstanceBroken => "i= cannot be read",
        Reason::TooManyInstances => "more than 50 instances",
        Reason::InstanceIncomplete => "an instance lacks a field or has one twice",
        Reason::InstanceGap => "the instances do not run from 1 without a gap",
        Reason::ChainValidationWrong => "cv= is not what its place demands",
        Reason::SealWithHeaderList => "a seal has h=",
        Reason::SealSigned => "a message signature covers seals",
        Reason::TagsBroken => "a tag is missing or cannot be read",
        Reason::BodyHashMismatch => "the body is not the one of the newest message signature",
        Reason::MessageSignatureInvalid => "the newest message signature does not fit the header",
        Reason::SealInvalid => "a seal does not fit the ARC fields",
        Reason::KeyNotUsable => "a key cannot be used",
        Reason::KeyMissing => "a key is not in DNS today: the chain cannot be checked any more",
        Reason::KeyUnreachable => "DNS gave no answer for a key",
        Reason::KeyNotAsked => "DNS was not asked for a key",
        Reason::BodyNotAvailable => "the body as it was sent is not here",
        Reason::HeaderRewritten => "the header was not kept as it was sent",
        Reason::LimitExceeded => "more header fields than are read",
    }
}

pub(in crate::text) const fn part(state: PartState) -> &'static str {
    match state {
        PartState::Valid => "valid",
        PartState::Invalid => "invalid",
        PartState::NotChecked => "cannot be checked",
        PartState::Absent => "missing or doubled",
    }
}

pub(in crate::text) fn oldest_pass(oldest: u32) -> String {
    match oldest {
        0 => "The message is as the first sealer signed it.".to_owned(),
        i => {
            format!("The message is as i={i} signed it; older message signatures no longer fit, or cannot be checked.")
        }
    }
}

pub(in crate::text) fn change(change: Change<'_>) -> String {
    let Change { what, after, before } = change;
    let after = handler(after);
    let by = before.map_or_else(
        || "by a server that added no ARC set: on the way here, or at the receiving side".to_owned(),
        |before| format!("most likely by {}", handler(before)),
    );
    match what {
        Changed::Message => {
            format!("The message no longer fits the message signature of {after}: it was changed afterwards, {by}.")
        }
        Changed::ArcFields => {
            format!("ARC fields no longer fit the seal of {after}: they were changed afterwards, {by}.")
        }
        Changed::NotSaid => {
            let before = before.map_or_else(String::new, handler);
            format!(
                "{before} found the chain broken when the message came in (cv=fail), so it was changed after {after} sealed it."
            )
        }
    }
}

fn handler(handler: Handler<'_>) -> String {
    handler.domain.map_or_else(|| format!("i={}", handler.i), |domain| format!("{domain} (i={})", handler.i))
}
