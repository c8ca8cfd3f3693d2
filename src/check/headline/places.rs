//! Where the sentence on top is seen.

use std::sync::Arc;

use super::missing::missing_author;
use super::{Lacking, Verdict, marked};
use crate::auth::trace::Step;
use crate::check::{ChangedBy, Evidence, change, from_name_elsewhere};
use crate::dns::Entry;
use crate::facts::Facts;
use crate::message::Span;

/// What the sentence rests on first, then the evaluation of DMARC, and From where the author domain stands.
pub(super) fn evidence(facts: &Facts, questions: &[Arc<Entry>], verdict: &Verdict) -> Vec<Evidence> {
    let step = |trace: &Step| Evidence::Step(trace.id.clone());
    let first = match verdict {
        Verdict::AuthorDomainMissing { .. } | Verdict::AuthorNotPublic { .. } => {
            missing_author(facts, questions).map(|(_, id)| Evidence::Question(id))
        }
        Verdict::SpfOverLimit { .. } | Verdict::AnybodyPasses { .. } => {
            facts.spf.mail_from.as_ref().map(|check| step(&check.trace))
        }
        Verdict::NotEnough { lacking: Lacking::SureAddress { .. }, .. } => {
            facts.path.doubtful_hop().and_then(|hop| facts.path.hops.get(hop)).map(|hop| Evidence::Bytes(hop.span))
        }
        Verdict::Modified { by: ChangedBy::Saving, .. } => facts.saved.map(|saved| Evidence::Bytes(saved.span)),
        Verdict::ListModified { .. } | Verdict::Modified { .. } => facts.author_signature().map(change::place),
        Verdict::KeyMissing { .. } | Verdict::SignatureUnusable { .. } | Verdict::HeadersOnlySigned { .. } => {
            facts.author_signature().map(|own| step(&own.trace))
        }
        Verdict::ArrivalNotEncrypted { .. } => {
            facts.path.boundary_hop().map(|hop| Evidence::Bytes(hop.tls.span.unwrap_or(hop.span)))
        }
        Verdict::NameElsewhere { .. } => from_name_elsewhere::address(facts).map(|(_, span)| Evidence::Bytes(span)),
        Verdict::FilterMarked { .. } => marked(facts).map(|(_, span)| Evidence::Bytes(span)),
        Verdict::ForwardedDkimCarries { .. } | Verdict::ForwardedUnsigned { .. } => {
            facts.handling.passed_on_at().map(Evidence::Bytes)
        }
        _ => None,
    };
    let from = facts.identity.from_span.unwrap_or(Span::new(0, facts.input.bytes));
    first.into_iter().chain([step(&facts.dmarc.trace), Evidence::Bytes(from)]).collect()
}
