//! Tests of what forwarders and lists did.

use super::ask::{Answer, Outcome};
use super::authentication;
use super::why::Why;
use crate::auth::arc::ArcResult;
use crate::check::Evidence;
use crate::facts::Facts;
use crate::sender::ForwardMark;

pub(super) fn forwarder_covers_itself(facts: &Facts) -> Answer {
    if let Some((ForwardMark::RewrittenSender, span)) = facts.handling.forwarded {
        return Answer::met(Why::ForwarderRewrote).at(Evidence::Bytes(span));
    }
    let answer = authentication::spf(facts);
    match (answer.outcome, &facts.spf.mail_from) {
        (Outcome::Met, Some(check)) => {
            Answer::met(Why::ForwarderCovered { domain: check.domain.clone() }).at(answer.place)
        }
        (Outcome::NotMet | Outcome::Exempt, _) if facts.is_passing_on_shown() => {
            Answer::not_met(Why::ForwarderNotCovered).at(answer.place)
        }
        _ => answer,
    }
}

pub(super) fn arc(facts: &Facts) -> Answer {
    let chain = &facts.arc;
    let instances = chain.instances.len();
    if chain.result == ArcResult::None {
        return if facts.is_header_partial() {
            Answer::unknown(Why::PartlyKept)
        } else {
            Answer::not_met(Why::ArcMissing)
        };
    }
    Answer::met(Why::ArcThere { instances }).at(Evidence::Step(chain.trace.id.clone()))
}

pub(super) fn list_id(facts: &Facts) -> Answer {
    match facts.form.list_id {
        Some(span) => Answer::met(Why::FieldThere { field: "List-Id" }).at(Evidence::Bytes(span)),
        None if facts.is_header_partial() => Answer::unknown(Why::PartlyKept),
        None => Answer::not_met(Why::Absent { field: "List-Id" }),
    }
}
