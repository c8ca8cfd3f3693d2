//! What a chain tells about where the message was changed, and by whom most likely.

use serde::Serialize;

use super::{Arc, Instance, PartState, Reason};
use crate::auth::claimed::{Claim, ClaimHeader};
use crate::auth::{dkim, domain};

/// Between whom something was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Change<'a> {
    pub what: Changed,
    /// It was still as it should be when this one sealed it.
    pub after: Handler<'a>,
    /// It was changed when this one sealed it; `None` when nobody sealed it since.
    pub before: Option<Handler<'a>>,
}

/// One who sealed the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Handler<'a> {
    pub i: u32,
    /// `d=` of its seal.
    pub domain: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Changed {
    /// The body or signed fields.
    Message,
    /// The fields of the chain itself.
    ArcFields,
    /// The newest sealer found the chain broken, and does not say by what.
    NotSaid,
}

impl Arc {
    /// Where the message or its chain was changed, as far as the chain shows. Of several places the newest: what lies
    /// before it cannot be told apart.
    #[must_use]
    pub fn change(&self) -> Option<Change<'_>> {
        let newest = self.instances.last()?;
        let change = |what, after: &Instance| {
            Some(Change { what, after: self.handler(after.i)?, before: self.above(after.i).map(Instance::handler) })
        };
        match self.reason {
            Reason::BodyHashMismatch | Reason::MessageSignatureInvalid => change(Changed::Message, newest),
            Reason::SealInvalid => change(Changed::ArcFields, self.instance(self.broken_at?)?),
            Reason::MarkedFailed => change(Changed::NotSaid, self.below(newest.i)?),
            // An older message signature need not verify (section 5.2 step 5).
            Reason::Verified => {
                let mut older = self.instances.iter().rev();
                change(Changed::Message, older.find(|instance| is_changed(instance))?)
            }
            _ => None,
        }
    }

    fn instance(&self, i: u32) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.i == i)
    }

    fn above(&self, i: u32) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.i > i)
    }

    fn below(&self, i: u32) -> Option<&Instance> {
        self.instances.iter().rev().find(|instance| instance.i < i)
    }

    /// Who sealed that instance.
    #[must_use]
    pub fn handler(&self, i: u32) -> Option<Handler<'_>> {
        self.instance(i).map(Instance::handler)
    }
}

/// Whether the message is no longer what this instance signed: proved, not just beyond checking.
fn is_changed(instance: &Instance) -> bool {
    let part = &instance.message_signature;
    let is_proved = matches!(
        part.reason,
        Some(
            dkim::Reason::BodyHashMismatch
                | dkim::Reason::HeaderSignatureInvalid
                | dkim::Reason::BodyAndHeaderMismatch
                | dkim::Reason::LengthBeyondBody
        )
    );
    part.state == PartState::Invalid && is_proved
}

/// A result that a sealer wrote down, with the domain it is about. A claim, never a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// `spf`, `dkim`, `dmarc` or `arc`.
    pub method: String,
    pub result: String,
    pub domain: Option<String>,
}

/// The most results of one sealer that are listed.
const MAX_SEEN: usize = 20;

impl Instance {
    const fn handler(&self) -> Handler<'_> {
        let domain = match &self.seal.domain {
            Some(domain) => Some(domain.as_str()),
            None => None,
        };
        Handler { i: self.i, domain }
    }

    /// What its ARC-Authentication-Results field says, read among the other claims.
    #[must_use]
    pub fn seen(&self, claims: &[Claim]) -> Vec<Seen> {
        let own = claims.iter().find(|claim| {
            claim.header == ClaimHeader::ArcAuthenticationResults && Some(claim.field) == self.results_field
        });
        let results = own.into_iter().flat_map(|claim| &claim.results);
        let seen = results.filter_map(|result| {
            let names: &[&str] = match result.method.as_str() {
                "spf" => &["smtp.mailfrom", "smtp.helo"],
                "dkim" => &["header.d", "header.i"],
                "dmarc" => &["header.from"],
                "arc" => &[],
                _ => return None,
            };
            let value = names.iter().find_map(|name| result.property(name)).map(|value| value.value.as_str());
            let name = value.map(|value| value.rsplit_once('@').map_or(value, |(_, name)| name));
            Some(Seen {
                method: result.method.clone(),
                result: result.result.clone(),
                domain: name.and_then(domain::normalize),
            })
        });
        seen.take(MAX_SEEN).collect()
    }
}
