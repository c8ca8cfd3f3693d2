//! What a failed DMARC comes to.

use std::sync::Arc;

use super::missing::not_asked;
use super::{Lacking, Verdict};
use crate::auth::dkim::{BodyHash, KeyState, Reason as DkimReason, Signature};
use crate::auth::dmarc::{self, Policy};
use crate::auth::spf::{Check, Reason as SpfReason, SpfResult};
use crate::check::{Actor, ChangedBy, change};
use crate::dns::Entry;
use crate::facts::Facts;
use crate::sender::saw_pass;

/// DMARC fails: the cause, the nearest to a remedy first.
pub(super) fn choose(facts: &Facts, questions: &[Arc<Entry>], author: &str) -> (Verdict, Actor) {
    let own_envelope = facts.spf.mail_from.as_ref().filter(|_| facts.dmarc.envelope_is_aligned());
    let author = author.to_owned();
    // A signature that does not verify is as none (RFC 6376 section 6.1): where another domain passed, that is what is
    // proved, unless something besides the field shows that the author domain signed.
    let counts = |signature: &&Signature| {
        // A list that changed it is no better an explanation than a spoof, and no worse a sentence.
        let is_of_list = signature.reason != DkimReason::KeyMissing && facts.handling.list.is_some();
        let is_claimed = facts.handling.is_claimed() && is_of_list;
        let is_explained = change::is_shown(facts, signature) || facts.is_passing_on_shown() || is_claimed;
        is_explained || facts.dmarc.passed_domains().is_empty()
    };
    if let Some(signature) = facts.author_signature().filter(counts) {
        let is_proved = signature.shows_signer();
        // A forwarder is never among the addresses, and a key that is gone today says nothing of the day of receipt.
        let may_have_been_right = signature.reason == DkimReason::KeyMissing && facts.is_passing_on_shown();
        // A field that cannot be read is as none (RFC 6376 section 6.1.1), so that nothing else is to explain it away.
        let is_as_none = signature.reason.field_fault().is_some()
            && !facts.is_passing_on_shown()
            && own_envelope.is_none_or(|check| check.result != Some(SpfResult::PermError));
        let is_sealed = !is_proved && signature.reason != DkimReason::KeyMissing;
        if let Some(forwarded) = is_sealed.then(|| sealed(facts, &author)).flatten() {
            return forwarded;
        }
        // Anybody can write a signature field, and marks of a list. Where nothing at all passes and the author domain's own
        // record refuses the address, they are no reason to speak of changes on the way.
        return match spoofed(facts, &author) {
            Some(verdict @ Verdict::Spoofed { ip, .. })
                if (ip.is_some() || is_as_none)
                    && !is_proved
                    && !may_have_been_right
                    && facts.dmarc.passed_domains().is_empty() =>
            {
                (verdict, Actor::Receiver)
            }
            _ => broken_signature(facts, questions, author, signature),
        };
    }
    if let Some(check) = own_envelope.filter(|check| check.reason == SpfReason::LookupLimit) {
        let owner = check.domain.clone();
        return (Verdict::SpfOverLimit { author, owner, passes: false }, Actor::Sender);
    }
    if let Some(forwarded) = sealed(facts, &author) {
        return forwarded;
    }
    let by = facts.handling.by.as_ref().filter(|_| !facts.arc_saw_fail());
    if let (Some(marks), Some(by)) = (facts.handling.marks(), by) {
        let proved = facts.is_passing_on_shown();
        // Whether anybody else passes mail on to them, only those who got it can know.
        let actor = if proved { Actor::Sender } else { Actor::Receiver };
        let by = Some(by.domain.clone());
        return (Verdict::ForwardedUnsigned { author, marks, by, proved, saw_pass: None }, actor);
    }
    let policy = facts.dmarc.policy.unwrap_or(Policy::None);
    if let Some(verdict) = other_domain(facts, &author, policy) {
        return (verdict, Actor::Sender);
    }
    let is_broken = own_envelope.is_some_and(|check| check.result == Some(SpfResult::PermError));
    match spoofed(facts, &author) {
        Some(verdict) if !is_broken => (verdict, Actor::Receiver),
        _ => match facts.handling.marks() {
            Some(marks) => {
                (Verdict::ForwardedUnsigned { author, marks, by: None, proved: false, saw_pass: None }, Actor::Receiver)
            }
            None => (Verdict::Unauthenticated { author }, Actor::Sender),
        },
    }
}

/// Passed on by a server whose own ARC seal is intact, and DMARC passed before, as the first sealer says. Whoever trusts that
/// sealer may take its word; it proves nothing of the author domain.
fn sealed(facts: &Facts, author: &str) -> Option<(Verdict, Actor)> {
    let saw_pass = Some(saw_pass(facts)?);
    let (marks, proved) = (facts.handling.marks()?, facts.is_passing_on_shown());
    let by = facts.handling.by.as_ref().map(|by| by.domain.clone());
    Some((Verdict::ForwardedUnsigned { author: author.to_owned(), marks, by, proved, saw_pass }, Actor::Receiver))
}

/// The author domain asks to quarantine or refuse what does not pass, and does not list the address that connected. Its
/// own record says whether it may send; that is no DMARC identifier.
fn spoofed(facts: &Facts, author: &str) -> Option<Verdict> {
    let policy = facts.dmarc.policy.filter(|&policy| policy != Policy::None)?;
    let named = facts.spf.header_from.as_ref();
    let is_refused = |check: &&Check| matches!(check.result, Some(SpfResult::Fail | SpfResult::SoftFail));
    let is_listed = named.is_some_and(|check| check.result == Some(SpfResult::Pass));
    let is_own_server = change::is_server_of(facts, author);
    let ip = named.filter(is_refused).map(|check| check.ip);
    let marks = facts.unproved_marks();
    (!is_listed && !is_own_server).then(|| Verdict::Spoofed { author: author.to_owned(), ip, policy, marks })
}

/// Another domain passed. Without a mark of bulk or automatic mail, and where nothing proves a sending service that is known,
/// it is not for us to call it one.
fn other_domain(facts: &Facts, author: &str, policy: Policy) -> Option<Verdict> {
    let author = author.to_owned();
    let signer = facts.dkim.iter().find(|signature| signature.reason == DkimReason::Verified);
    let signer = signer.and_then(|signature| signature.domain.clone());
    let envelope = facts.spf.mail_from.as_ref().filter(|check| check.result == Some(SpfResult::Pass));
    let envelope = envelope.map(|check| check.domain.clone());
    let service = facts.sender.proved_service();
    let is_sending = service.is_some_and(|service| service.kind.sends_for_customers());
    match (signer, envelope) {
        (Some(passed), _) | (None, Some(passed)) if !is_sending && !facts.stream.is_sent_by_program() => {
            let related = dmarc::is_same_organization(&passed, &author);
            Some(Verdict::OtherDomainOnly { author, passed, policy, related })
        }
        (Some(signer), _) => Some(Verdict::ThirdPartySignature { author, signer, service }),
        (None, Some(envelope)) => Some(Verdict::ThirdPartyEnvelope { author, envelope, service }),
        (None, None) => None,
    }
}

/// A signature field names the author domain, and does not count. Only a header signature that fits proves that the domain
/// did sign; otherwise the field may be anybody's.
pub(super) fn broken_signature(
    facts: &Facts,
    questions: &[Arc<Entry>],
    author: String,
    signature: &Signature,
) -> (Verdict, Actor) {
    let signer = signature.domain.clone().unwrap_or_default();
    let proved = signature.shows_signer();
    let causes = signature.causes.clone();
    match signature.key.state {
        // What does not count for another reason would not with a key, either.
        KeyState::Missing if signature.reason == DkimReason::KeyMissing => {
            let selector = signature.selector.clone().unwrap_or_default();
            return (Verdict::KeyMissing { author, signer, selector }, Actor::Sender);
        }
        KeyState::Unreachable => return (Verdict::NotEnough { author, lacking: Lacking::Key }, Actor::Reader),
        KeyState::NotAsked => return (not_asked(Some(author), questions), Actor::Reader),
        KeyState::Found | KeyState::Missing | KeyState::Revoked | KeyState::Broken => {}
    }
    match signature.reason {
        DkimReason::BodyHashMismatch | DkimReason::HeaderSignatureInvalid | DkimReason::BodyAndHeaderMismatch => {
            match ChangedBy::of(facts, signature) {
                ChangedBy::List => {
                    let by_list = facts.is_passing_on_shown();
                    // Anybody can run a list: what nothing proves is for whoever got it to know.
                    let actor = if by_list && proved { Actor::Forwarder } else { Actor::Receiver };
                    (Verdict::ListModified { author, signer, proved, by_list, causes }, actor)
                }
                by @ (ChangedBy::ReceivingSide | ChangedBy::Storage | ChangedBy::Saving) => {
                    (Verdict::Modified { author, signer, proved, by, causes }, Actor::Receiver)
                }
                ChangedBy::Forwarder | ChangedBy::Unknown if signature.key.state == KeyState::Missing => (
                    Verdict::SignatureUnusable { author, selector: signature.selector.clone(), fits: None },
                    Actor::Sender,
                ),
                by @ (ChangedBy::Forwarder | ChangedBy::Unknown) => {
                    let actor = if change::is_of_other_key(signature) {
                        Actor::Sender
                    } else {
                        by.actor(proved, facts.is_passing_on_shown())
                    };
                    (Verdict::Modified { author, signer, proved, by, causes }, actor)
                }
            }
        }
        _ => {
            let fits = signature.key.fault.filter(|_| proved && signature.body_hash == BodyHash::Match);
            (Verdict::SignatureUnusable { author, selector: signature.selector.clone(), fits }, Actor::Sender)
        }
    }
}
