//! The ARC chain does not verify, so it counts as if there were none (RFC 8617 section 5.2) and explains nothing where DMARC
//! does not pass. What cannot be checked any more, because a key is gone or DNS is silent, is not broken.

use super::source::rfc;
use super::{Actor, Evidence, Finding, Problem, Severity, Source, Subject};
use crate::auth::arc::{ArcResult, Reason};
use crate::auth::dmarc::DmarcResult;

pub(super) const SOURCES: &[Source] = &[rfc(8617, "5.2")];

pub(super) fn check(subject: Subject<'_>) -> Option<Finding> {
    let arc = &subject.facts.arc;
    let is_unknown = matches!(arc.reason, Reason::KeyMissing | Reason::KeyUnreachable);
    let is_needed = subject.facts.dmarc.result != DmarcResult::Pass;
    if arc.result != ArcResult::Fail || is_unknown || !is_needed {
        return None;
    }
    let at = arc.broken_at.and_then(|i| arc.handler(i));
    let change = arc.change();
    let problem = Problem::ArcBroken {
        reason: arc.reason,
        at: arc.broken_at,
        sealer: at.and_then(|at| at.domain).map(str::to_owned),
        next: change.and_then(|change| change.before).and_then(|before| before.domain).map(str::to_owned),
    };
    let actor = if subject.facts.dmarc.result == DmarcResult::Fail { Actor::Forwarder } else { Actor::Nobody };
    let field = arc.instances.iter().find(|instance| Some(instance.i) == arc.broken_at);
    let places = field.into_iter().flat_map(|instance| [instance.seal.span, instance.message_signature.span]);
    Some(
        Finding::certain(problem, Severity::Note, actor, Evidence::Step(arc.trace.id.clone()))
            .also(places.flatten().map(Evidence::Bytes)),
    )
}
