//! Why a signature fails: known changes are undone one at a time and the signature is verified again. What is reported was
//! proved so; nothing is guessed.

mod body;
mod budget;
mod change;
mod header;
mod part;
mod patch;

use serde::{Serialize, Serializer};

use super::BodyHash;
use super::HeaderSignature;
use super::crypto::Opened;
use super::hash::{BodyPlan, Header};
use super::key::Use;
use super::verify::{Draft, HeaderCheck};
use crate::auth::trace::Step;
use crate::dns::Watch;
use crate::message::Message;
use budget::Budget;
pub use budget::Ended;
pub use change::{Change, Edit};

/// What the search for causes came to, body and header apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Causes {
    pub body: Search,
    pub header: Search,
}

/// What the search in one half came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search {
    NotSought(NotSought),
    /// No known change undone makes it fit.
    NotFound {
        tried: u32,
        ended: Ended,
    },
    /// With these undone it fits; with fewer of them it does not.
    Found {
        edits: Vec<Edit>,
        tried: u32,
    },
}

/// Why no cause was sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotSought {
    /// This half fits, or could not be checked at all.
    NotNeeded,
    /// The signature cannot be read, or its key may not be used: nothing verifies.
    Unusable,
    /// Another key made the signature, or its bytes were damaged: no change undone can make it verify. An RSA signature
    /// shows this.
    OtherKey,
    /// Causes are sought for the first signatures alone.
    TooMany,
    /// The signed fields are longer than [`Causes::MAX_SIGNED_BYTES`].
    TooLong,
}

impl Causes {
    /// How many signatures of a message causes are sought for.
    pub const MAX_SIGNATURES: usize = 4;
    /// How many bytes of signed fields are searched: each try reads them all, and no mail system signs as many.
    pub const MAX_SIGNED_BYTES: usize = 64 * 1024;

    pub(super) const NOT_NEEDED: Self =
        Self { body: Search::NotSought(NotSought::NotNeeded), header: Search::NotSought(NotSought::NotNeeded) };

    /// Everything that was proved, of the body first.
    pub fn edits(&self) -> impl Iterator<Item = &Edit> {
        [&self.body, &self.header].into_iter().flat_map(Search::edits)
    }

    /// What is worth a sentence: that MIME fields were changed along with the body goes without saying.
    pub fn telling(&self) -> impl Iterator<Item = &Edit> {
        let is_of_mime = |edit: &&Edit| {
            let name = edit.field.as_deref().unwrap_or_default().to_ascii_lowercase();
            name.starts_with("content-") || name == "mime-version"
        };
        let body = !self.body.edits().is_empty();
        self.edits().filter(move |edit| !(body && is_of_mime(edit)))
    }

    /// Whether all that does not fit is explained.
    #[must_use]
    pub fn explain(&self) -> bool {
        let explains =
            |search: &Search| matches!(search, Search::Found { .. } | Search::NotSought(NotSought::NotNeeded));
        explains(&self.body) && explains(&self.header) && self.edits().next().is_some()
    }
}

/// As values of a finding: what was proved.
impl Serialize for Causes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.edits())
    }
}

impl Search {
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        match self {
            Self::Found { edits, .. } => edits,
            Self::NotSought(_) | Self::NotFound { .. } => &[],
        }
    }
}

/// What was tried for a signature, for its trace: one step a kind of change.
#[derive(Debug, Default)]
pub(super) struct Tried {
    pub(super) body: Vec<Step>,
    pub(super) header: Vec<Step>,
}

/// Seeks causes for what fails, for the signatures that were verified first.
pub(super) fn seek(drafts: &mut [Draft<'_>], message: &Message, watch: &Watch) {
    let failing: Vec<&mut Draft<'_>> =
        drafts.iter_mut().filter(|draft| draft.proved_wrong().is_some() && !draft.over_limit()).collect();
    if failing.is_empty() {
        return;
    }
    let body = message.source.slice(message.body.unwrap_or_default());
    let parts = part::read(message, body);
    let header = Header::of(message);
    let mut budget = Budget::new(watch);
    let mut known: Vec<(BodyPlan, Vec<u8>, Search)> = Vec::new();
    let count = failing.len().min(Causes::MAX_SIGNATURES) as u64;
    for (place, draft) in failing.into_iter().enumerate() {
        let unsought = if draft.unusable().is_some() {
            NotSought::Unusable
        } else if place >= Causes::MAX_SIGNATURES {
            NotSought::TooMany
        } else {
            let to_come = (count - place as u64 - 1) * 2;
            draft.causes.header = in_header(draft, message, &header, (&parts, body), &mut budget, to_come + 1);
            draft.causes.body = in_body(draft, message, (&parts, body), &mut budget, to_come, &mut known);
            continue;
        };
        let fails = |is_wrong: bool| {
            if is_wrong { Search::NotSought(unsought) } else { Search::NotSought(NotSought::NotNeeded) }
        };
        draft.causes = Causes {
            body: fails(draft.body_hash() == BodyHash::Mismatch),
            header: fails(draft.check.header == HeaderSignature::Invalid),
        };
    }
}

fn in_body(
    draft: &mut Draft<'_>,
    message: &Message,
    (parts, body): (&[part::Part], &[u8]),
    budget: &mut Budget<'_>,
    to_come: u64,
    known: &mut Vec<(BodyPlan, Vec<u8>, Search)>,
) -> Search {
    let (Some(plan), Some(stated), Some(span), BodyHash::Mismatch) =
        (draft.parameters.body_plan(), draft.parameters.body_hash.get(), message.body, draft.body_hash())
    else {
        return Search::NotSought(NotSought::NotNeeded);
    };
    // Several signatures of one sender state the same hash.
    if let Some((.., search)) = known.iter().find(|(other, hash, _)| *other == plan && hash == stated) {
        return search.clone();
    }
    budget.begin(to_come);
    let wanted = body::Wanted { body, start: span.start, parts, plan, stated };
    let found = body::seek(&wanted, budget);
    let search = ended(found, budget, &mut draft.tried.body);
    known.push((plan, stated.clone(), search.clone()));
    search
}

fn in_header(
    draft: &mut Draft<'_>,
    message: &Message,
    header: &Header<'_>,
    (parts, body): (&[part::Part], &[u8]),
    budget: &mut Budget<'_>,
    to_come: u64,
) -> Search {
    let parameters = &draft.parameters;
    let (
        Some(own),
        Some(algorithm),
        Some((form, _)),
        Some(key),
        Some(domain),
        Some(signature),
        HeaderSignature::Invalid,
    ) = (
        parameters.own_field(draft.field, message),
        parameters.algorithm.get(),
        parameters.forms(),
        &draft.key,
        parameters.domain.get(),
        parameters.signature.get(),
        draft.check.header,
    )
    else {
        return Search::NotSought(NotSought::NotNeeded);
    };
    let signed_fields = draft.selected.iter().flatten().filter_map(|&index| message.fields.get(index));
    if signed_fields.map(|field| field.span.end - field.span.start).sum::<usize>() > Causes::MAX_SIGNED_BYTES {
        return Search::NotSought(NotSought::TooLong);
    }
    let hash = algorithm.hash();
    let keys = key.records.iter().flatten().filter_map(|record| record.key.as_ref().ok());
    let keys = keys.filter(|key| key.kind == algorithm.key_kind());
    let opened: Vec<Opened> = keys.map(|key| key.open(hash, signature)).collect();
    let signed = opened.iter().find_map(|opened| match opened {
        Opened::Hash(hash) => Some(hash.clone()),
        _ => None,
    });
    if signed.is_none() && !opened.contains(&Opened::NotShown) {
        return Search::NotSought(NotSought::OtherKey);
    }
    let identity = parameters.identity_domain();
    let wanted = Use { algorithm: *algorithm, domain, identity_domain: identity.as_deref() };
    let verifies = |digest: &_| HeaderCheck::of(key, &wanted, digest, Some(signature)).header == HeaderSignature::Valid;
    budget.begin(to_come);
    let wanted = header::Wanted {
        message,
        header,
        parameters,
        own,
        own_index: draft.index,
        form,
        hash,
        parts,
        body,
        opened: signed,
        verifies: &verifies,
    };
    let found = header::seek(&wanted, budget);
    ended(found, budget, &mut draft.tried.header)
}

fn ended(found: Option<Vec<Edit>>, budget: &mut Budget<'_>, steps: &mut Vec<Step>) -> Search {
    let (ended, tries) = budget.end();
    *steps = tries.steps().collect();
    let total = tries.total();
    match found {
        Some(edits) => Search::Found { edits, tried: total },
        None => Search::NotFound { tried: total, ended },
    }
}
