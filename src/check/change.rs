//! Who changed a signed message, as far as the message shows it.

use serde::Serialize;

use super::{Actor, Evidence, Severity, Subject};
use crate::auth::claimed::Subject as Checked;
use crate::auth::dkim::cause::{Change, Edit, NotSought, Search};
use crate::auth::dkim::{Reason, Signature};
use crate::auth::domain;
use crate::auth::iprev::ReverseName;
use crate::facts::Facts;

/// Who changed a message after it was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangedBy {
    /// A mailing list.
    List,
    /// Somebody who passed it on.
    Forwarder,
    /// The receiving side, whose own record says that the signature was right when the message arrived.
    ReceivingSide,
    /// Whatever stored the copy: the change is one that only storing makes.
    Storage,
    /// Probably the program that saved this copy, which wrote it anew.
    Saving,
    /// The message does not show it.
    Unknown,
}

impl ChangedBy {
    /// Who changed what this signature covers.
    pub(super) fn of(facts: &Facts, signature: &Signature) -> Self {
        let is_stored = |edit: &Edit| {
            matches!(edit.change, Change::FromQuoted | Change::ByteOrderMark | Change::DotStuffing | Change::LineEnds)
        };
        if signature.shows_signer() && signature.causes.explain() && signature.causes.edits().all(is_stored) {
            Self::Storage
        } else if was_right_at_arrival(facts, signature) {
            Self::ReceivingSide
        } else if facts.handling.list.is_some() {
            Self::List
        } else if facts.handling.passed_on() {
            Self::Forwarder
        } else if facts.saved.is_some() && fails(signature) && !signature.causes.explain() {
            Self::Saving
        } else {
            Self::Unknown
        }
    }

    /// Who can change it. Marks of a list or a forwarder can be anybody's: without proof whoever got the message must know. Where nothing shows who did, and nothing is proved, the signer itself may have erred.
    pub(super) const fn actor(self, proved: bool, passing_on_is_shown: bool) -> Actor {
        match self {
            Self::List | Self::Forwarder if passing_on_is_shown => Actor::Forwarder,
            Self::List | Self::Forwarder | Self::ReceivingSide | Self::Storage | Self::Saving => Actor::Receiver,
            Self::Unknown if proved => Actor::Forwarder,
            Self::Unknown => Actor::Sender,
        }
    }
}

/// Whether what was signed is not what stands there, as far as that can be told.
pub(super) const fn fails(signature: &Signature) -> bool {
    matches!(
        signature.reason,
        Reason::BodyHashMismatch | Reason::HeaderSignatureInvalid | Reason::BodyAndHeaderMismatch
    )
}

/// Whether something besides the field, which anybody can write, shows that the author domain signed: the header signature, the
/// receiving side's own record, or the author domain's own server.
#[must_use]
pub fn is_shown(facts: &Facts, signature: &Signature) -> bool {
    let author = facts.dmarc.author_domain.as_deref();
    signature.shows_signer()
        || matches!(ChangedBy::of(facts, signature), ChangedBy::ReceivingSide | ChangedBy::Storage)
        || author.is_some_and(|author| is_server_of(facts, author))
}

/// Whether the connecting address has a name in this domain that points back to it: only whoever runs the domain can make one.
pub(super) fn is_server_of(facts: &Facts, domain: &str) -> bool {
    let is_own = |name: &ReverseName| name.confirmed && domain::is_at_or_below(&name.name, domain);
    facts.iprev.as_ref().is_some_and(|iprev| iprev.names.iter().any(is_own))
}

/// Whether the signature was made with another key than the one that is published.
pub(super) fn is_of_other_key(signature: &Signature) -> bool {
    signature.causes.header == Search::NotSought(NotSought::OtherKey)
}

/// Whether the receiving side wrote down that this signature passed.
fn was_right_at_arrival(facts: &Facts, signature: &Signature) -> bool {
    let is_about = |checked: &Checked| {
        let Checked::Dkim { signature: Some(index) } = checked else { return false };
        facts.dkim.get(*index).is_some_and(|own| own.field == signature.field)
    };
    let rows = facts.compared.rows.iter().filter(|row| is_about(&row.subject));
    let mut recorded = rows.flat_map(|row| &row.recorded).filter_map(|place| place.find(&facts.claims));
    recorded.any(|(claim, result)| claim.trust.is_trusted() && result.result == "pass")
}

/// What is seen first: the change that was proved, else the evaluation of the signature. Without a header signature that
/// fits, the body hash may be anybody's, and says nothing about who changed what.
pub(super) fn place(signature: &Signature) -> Evidence {
    let edits = signature.causes.edits().filter(|_| signature.shows_signer());
    let mut places = edits.map(|edit| edit.span).filter(|span| !span.is_empty());
    places.next().map_or_else(|| Evidence::Step(signature.trace.id.clone()), Evidence::Bytes)
}

/// The evaluation, every further change, and the field of the signature.
pub(super) fn more_places(signature: &Signature) -> Vec<Evidence> {
    let first = place(signature);
    let changes = signature.causes.edits().map(|edit| edit.span).filter(|span| !span.is_empty()).map(Evidence::Bytes);
    let key = signature.key.question.filter(|_| is_of_other_key(signature)).map(Evidence::Question);
    let places = [Evidence::Step(signature.trace.id.clone())].into_iter().chain(changes).chain(key);
    places.chain([Evidence::Bytes(signature.span)]).filter(|place| *place != first).collect()
}

impl Subject<'_> {
    /// What it weighs that a signed message was changed, and who can change that: nothing when something else proves
    /// the author domain. What happened only after the arrival decided nothing there.
    pub(super) fn weight_of_change(self, signature: &Signature, by: ChangedBy) -> (Severity, Actor) {
        if !self.decides(signature) {
            return (Severity::Note, Actor::Nobody);
        }
        let severity = match by {
            ChangedBy::ReceivingSide | ChangedBy::Storage | ChangedBy::Saving => Severity::Warning,
            ChangedBy::List | ChangedBy::Forwarder | ChangedBy::Unknown => Severity::Error,
        };
        (severity, by.actor(signature.shows_signer(), self.facts.is_passing_on_shown()))
    }
}
