//! What the receiving side recorded in the message's favour where DMARC fails here. It changes nothing about what is proved, and
//! the person with the message in hand must know it: the mail was let through.

use serde::Serialize;

use super::MAX_QUOTED;
use crate::auth::claimed::{Claim, ClaimHeader, ClaimedResult, Note};
use crate::auth::dmarc::DmarcResult;
use crate::facts::Facts;
use crate::message::Span;

/// A record of the receiving side that the author domain, or the message as a whole, passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// Who recorded it, where the record says so.
    pub server: Option<String>,
    /// The result as it is written: `compauth=pass reason=130`.
    pub record: String,
    /// What a code in it means.
    pub meaning: Option<Note>,
    pub span: Span,
}

/// The weightiest such record: Microsoft's composite authentication decides there, DMARC elsewhere.
pub(super) fn find(facts: &Facts) -> Option<Accepted> {
    if facts.dmarc.result != DmarcResult::Fail {
        return None;
    }
    ["compauth", "dmarc"].iter().find_map(|method| {
        let (claim, result) = trusted(facts).find(|(_, result)| result.method == *method && result.result == "pass")?;
        let reason = result.reason.as_ref().map(|reason| format!(" reason={reason}")).unwrap_or_default();
        let record: String = format!("{method}=pass{reason}").chars().take(MAX_QUOTED).collect();
        let meaning = result.notes.iter().copied().find(|note| *note != Note::MethodCompauth);
        Some(Accepted { server: claim.authserv_id.clone(), record, meaning, span: result.span })
    })
}

/// Whether the receiving side says that it took the word of an ARC sealer.
pub(super) fn trusts_arc(facts: &Facts) -> bool {
    let says_so = |note: &Note| matches!(note, Note::CompauthArc | Note::ArcOverride | Note::ArcUsable);
    trusted(facts).any(|(_, result)| result.notes.iter().any(says_so))
}

fn trusted(facts: &Facts) -> impl Iterator<Item = (&Claim, &ClaimedResult)> {
    let own = facts.claims.iter().filter(|claim| claim.trust.is_trusted());
    let own = own.filter(|claim| claim.header == ClaimHeader::AuthenticationResults);
    own.flat_map(|claim| claim.results.iter().map(move |result| (claim, result)))
}
