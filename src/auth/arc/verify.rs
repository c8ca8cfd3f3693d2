//! The validation of a chain (RFC 8617 section 5.2).

use super::chain::{Chain, Complete, Fault, Set, Signed};
use super::{Arc, ArcResult, ChainValidation, Instance, Part, PartState, Reason, steps};
use crate::auth::Moments;
use crate::auth::dkim::canon::Form;
use crate::auth::dkim::crypto::{Digest, Hash, Hasher};
use crate::auth::dkim::hash::{self, BodyDigest, BodyPlan, Header};
use crate::auth::dkim::key::{Fetched, Use};
use crate::auth::dkim::signature::{Algorithm, Parameters, Value};
use crate::auth::dkim::verify::{HeaderCheck, key_state};
use crate::auth::dkim::{self, BodyHash, HeaderSignature, KeyState};
use crate::dns::{Ledger, Question, QuestionId, RecordType};
use crate::message::{Fidelity, Message, Span};

pub(super) fn check(message: &Message, moments: Moments, dns: &Ledger<'_>) -> Arc {
    let chain = Chain::read(message);
    let examined = match chain.fault() {
        // A chain that its newest sealer found broken is sealed by that instance alone (section 5.1.2).
        Some(Fault { reason: Reason::MarkedFailed, .. }) => {
            examine(message, &chain, Covered::NewestAlone, moments, dns)
        }
        Some(_) => Vec::new(),
        None if chain.cut => Vec::new(),
        None => examine(message, &chain, Covered::Everything, moments, dns),
    };
    let (result, reason, broken_at) = verdict(&chain, &examined);
    let oldest_pass = if result == ArcResult::Fail { None } else { oldest_pass(&examined) };
    let instances = chain.sets.iter().map(|(i, set)| {
        let examined = examined.iter().find(|examined| examined.i == *i);
        instance(*i, set, examined)
    });
    let mut arc =
        Arc { result, reason, broken_at, instances: instances.collect(), oldest_pass, trace: steps::placeholder() };
    arc.trace = steps::trace(&arc, &chain, &examined);
    arc
}

pub(super) fn key_questions(chain: &Chain<'_>) -> Vec<Question> {
    let parts = chain.complete().flat_map(|(_, set)| [set.signature, set.seal]);
    parts.filter_map(|part| part.parameters.key_name()).map(|name| Question::new(&name, RecordType::Txt)).collect()
}

/// One instance, computed.
pub(super) struct Examined {
    pub(super) i: u32,
    pub(super) signature: Checked,
    pub(super) seal: Checked,
}

/// A signature or seal, computed.
#[derive(Clone)]
pub(super) struct Checked {
    pub(super) state: PartState,
    pub(super) reason: Option<dkim::Reason>,
    pub(super) key: KeyState,
    pub(super) key_name: Option<String>,
    pub(super) question: Option<QuestionId>,
    /// `None` for a seal.
    pub(super) body: Option<BodyHash>,
    pub(super) forms: Option<(Form, Form)>,
}

/// What the seals cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Covered {
    /// All instances up to their own.
    Everything,
    /// The newest covers its own instance alone, and no other is judged.
    NewestAlone,
}

/// Computes every instance, oldest first.
fn examine(
    message: &Message,
    chain: &Chain<'_>,
    covered: Covered,
    moments: Moments,
    dns: &Ledger<'_>,
) -> Vec<Examined> {
    dns.ask_all(&key_questions(chain));
    let newest = chain.sets.last_key_value().map(|(i, _)| *i);
    let sets = chain.complete().filter(|(i, _)| covered == Covered::Everything || Some(*i) == newest);
    let sets: Vec<(u32, Complete<'_, '_>)> = sets.collect();
    let signatures = sets.iter().map(|(_, set)| &set.signature.parameters);
    let bodies = Bodies::hash(message, signatures);
    let checker = Checker { message, header: Header::of(message), bodies, moments, dns };
    // What the seals before cover, hashed once for all of them.
    let mut before = Hasher::new(Hash::Sha256);
    let mut examined = Vec::new();
    for (i, set) in sets {
        checker.header.write_field(set.results.index, Form::Relaxed, &mut before);
        checker.header.write_field(set.signature.index, Form::Relaxed, &mut before);
        let signature = checker.signature(set.signature);
        let seal = checker.seal(before.clone(), set.seal);
        checker.header.write_field(set.seal.index, Form::Relaxed, &mut before);
        examined.push(Examined { i, signature, seal });
    }
    examined
}

/// What the sealers of the drafts before the RFC meant by an ARC-Message-Signature without `c=`.
const DRAFT_FORMS: (Form, Form) = (Form::Relaxed, Form::Relaxed);

/// The body, hashed once for all message signatures.
struct Bodies {
    plans: Vec<BodyPlan>,
    digests: Vec<BodyDigest>,
}

impl Bodies {
    fn hash<'p>(message: &Message, signatures: impl Iterator<Item = &'p Parameters>) -> Self {
        let plans = signatures.flat_map(|parameters| {
            let draft = (parameters.canonicalization == Value::Absent).then_some(DRAFT_FORMS);
            let forms = parameters.forms().into_iter().chain(draft);
            forms.filter_map(|(_, form)| parameters.body_plan_in(form))
        });
        let plans: Vec<BodyPlan> = plans.collect();
        let body = message.body.map(|body| hash::body(&[message.source.slice(body)], &plans));
        Self { plans, digests: body.unwrap_or_default() }
    }

    fn get(&self, plan: BodyPlan) -> Option<&BodyDigest> {
        self.digests.get(self.plans.iter().position(|other| *other == plan)?)
    }
}

/// Checks signatures and seals of one message.
struct Checker<'a> {
    message: &'a Message,
    header: Header<'a>,
    bodies: Bodies,
    moments: Moments,
    dns: &'a Ledger<'a>,
}

impl Checker<'_> {
    /// Checks an ARC-Message-Signature. Without `c=` the forms are simple, as in DKIM (section 4.1.2); one that verifies in
    /// [`DRAFT_FORMS`] was made in them.
    fn signature(&self, signed: &Signed<'_>) -> Checked {
        let checked = self.signature_in(signed, signed.parameters.forms());
        if checked.state == PartState::Valid || signed.parameters.canonicalization != Value::Absent {
            return checked;
        }
        let draft = self.signature_in(signed, Some(DRAFT_FORMS));
        if draft.state == PartState::Valid { draft } else { checked }
    }

    /// A DKIM signature without `v=`, whose `i=` is the instance and which need not cover From (section 4.1.2).
    fn signature_in(&self, signed: &Signed<'_>, forms: Option<(Form, Form)>) -> Checked {
        let parameters = &signed.parameters;
        let body = forms.and_then(|(_, form)| self.bodies.get(parameters.body_plan_in(form)?));
        let kept = self.message.kept.body;
        let body_hash = BodyHash::of(body, parameters).in_body(kept);
        let digest = forms.and_then(|(form, _)| {
            let names = parameters.signed.get()?.iter().take(Parameters::MAX_SIGNED_FIELDS);
            let selected = self.header.select(names.map(|name| name.value.as_str()), Some(signed.index));
            let own = parameters.own_field(signed.field, self.message)?;
            Some(self.header.digest(&selected, &own, form, parameters.algorithm.get()?.hash()).digest)
        });
        let fault = parameters.shared_fault().or_else(|| parameters.message_fault()).map(|fault| fault.reason);
        let too_many = parameters.signed.get().is_some_and(|names| names.len() > Parameters::MAX_SIGNED_FIELDS);
        let length = parameters.length.get().filter(|_| kept == Fidelity::AsSent);
        let beyond = length.is_some_and(|length| body.is_some_and(|body| body.canonical < *length));
        let expired = parameters.expires.get().is_some_and(|expires| self.moments.judged_at > *expires);
        let fault = fault
            .or(too_many.then_some(dkim::Reason::LimitExceeded))
            .or(beyond.then_some(dkim::Reason::LengthBeyondBody))
            .or(expired.then_some(dkim::Reason::ExpiredAtReceipt));
        Checked { forms, ..self.judge(parameters, fault, digest, Some(body_hash)) }
    }

    /// Checks an ARC-Seal, `before` having hashed all that stands before its own field (section 5.1.1).
    fn seal(&self, mut before: Hasher, seal: &Signed<'_>) -> Checked {
        let fault = seal.parameters.shared_fault().map(|fault| fault.reason);
        let digest = seal.parameters.own_field(seal.field, self.message).map(|own| {
            own.write(Form::Relaxed, &mut before);
            before.finish()
        });
        self.judge(&seal.parameters, fault, digest, None)
    }

    fn judge(
        &self,
        parameters: &Parameters,
        fault: Option<dkim::Reason>,
        digest: Option<Digest>,
        body: Option<BodyHash>,
    ) -> Checked {
        let key_name = parameters.key_name();
        let question = key_name.as_deref().map(|name| Question::new(name, RecordType::Txt));
        let fetched = question.map(|question| Fetched::read(&self.dns.ask(&question)));
        let sha1 = parameters.algorithm.get() == Some(&Algorithm::RsaSha1);
        let mut check = HeaderCheck::NOT_DONE;
        if let (Some(key), Some(algorithm), Some(domain), Some(digest)) =
            (&fetched, parameters.algorithm.get(), parameters.domain.get(), digest.filter(|_| !sha1))
        {
            let wanted = Use { algorithm: *algorithm, domain, identity_domain: None };
            check = HeaderCheck::of(key, &wanted, &digest, parameters.signature.get().map(Vec::as_slice));
            check = check.in_header(self.message.kept.header);
        }
        let record = fetched.as_ref().and_then(|key| key.records.as_ref().ok()?.get(check.record));
        let key = key_state(fetched.as_ref(), record);
        let fault = fault.or(sha1.then_some(dkim::Reason::Sha1NotValid)).or(check.objection);
        let (state, reason) = state(fault, body, check.header, key);
        let question = fetched.map(|key| key.question);
        Checked { state, reason, key, key_name, question, body, forms: None }
    }
}

fn state(
    fault: Option<dkim::Reason>,
    body: Option<BodyHash>,
    header: HeaderSignature,
    key: KeyState,
) -> (PartState, Option<dkim::Reason>) {
    let (state, reason) = match (fault, body, header, key) {
        (Some(dkim::Reason::HeaderRewritten), ..) => (PartState::NotChecked, dkim::Reason::HeaderRewritten),
        (Some(reason), ..) => (PartState::Invalid, reason),
        (None, Some(BodyHash::Mismatch), HeaderSignature::Invalid, _) => {
            (PartState::Invalid, dkim::Reason::BodyAndHeaderMismatch)
        }
        (None, Some(BodyHash::Mismatch), ..) => (PartState::Invalid, dkim::Reason::BodyHashMismatch),
        (None, _, HeaderSignature::Invalid, _) => (PartState::Invalid, dkim::Reason::HeaderSignatureInvalid),
        (None, _, HeaderSignature::NotChecked, KeyState::Missing) => (PartState::NotChecked, dkim::Reason::KeyMissing),
        (None, _, HeaderSignature::NotChecked, KeyState::Unreachable) => {
            (PartState::NotChecked, dkim::Reason::KeyUnreachable)
        }
        (None, _, HeaderSignature::NotChecked, _) => (PartState::NotChecked, dkim::Reason::KeyNotAsked),
        (None, Some(BodyHash::NotAvailable), HeaderSignature::Valid, _) => {
            (PartState::NotChecked, dkim::Reason::HeaderVerifiedBodyNotAvailable)
        }
        (None, _, HeaderSignature::Valid, _) => return (PartState::Valid, None),
    };
    (state, Some(reason))
}

/// The result: what is proved wrong goes before what cannot be checked, the newest message signature before the seals,
/// and those from the newest down (section 5.2 steps 4 and 6).
fn verdict(chain: &Chain<'_>, examined: &[Examined]) -> (ArcResult, Reason, Option<u32>) {
    if chain.cut {
        return (ArcResult::NotEvaluated, Reason::LimitExceeded, None);
    }
    if chain.sets.is_empty() && chain.stray.is_none() {
        return (ArcResult::None, Reason::NoChain, None);
    }
    if let Some(fault) = chain.fault() {
        if chain.kept != Fidelity::AsSent && fault.reason != Reason::MarkedFailed {
            return (ArcResult::NotEvaluated, Reason::HeaderRewritten, fault.i);
        }
        return (ArcResult::Fail, fault.reason, fault.i);
    }
    let newest = examined.last().map(|newest| (newest.i, &newest.signature)).into_iter();
    let parts: Vec<(u32, &Checked)> = newest.chain(examined.iter().rev().map(|one| (one.i, &one.seal))).collect();
    let first = |wanted: fn(&Checked) -> bool| parts.iter().find(|(_, part)| wanted(part));
    if let Some((i, part)) = first(|part| part.state == PartState::Invalid) {
        return (ArcResult::Fail, invalid(part), Some(*i));
    }
    // All errors are permanent, those of DNS as well (section 5.2.1); the reason keeps them apart.
    if let Some((i, _)) = first(|part| part.reason == Some(dkim::Reason::KeyMissing)) {
        return (ArcResult::Fail, Reason::KeyMissing, Some(*i));
    }
    if let Some((i, _)) = first(|part| part.reason == Some(dkim::Reason::KeyUnreachable)) {
        return (ArcResult::Fail, Reason::KeyUnreachable, Some(*i));
    }
    match first(|part| part.state != PartState::Valid) {
        None => (ArcResult::Pass, Reason::Verified, None),
        Some((i, part)) if part.reason == Some(dkim::Reason::HeaderVerifiedBodyNotAvailable) => {
            (ArcResult::NotEvaluated, Reason::BodyNotAvailable, Some(*i))
        }
        Some((i, part)) if part.reason == Some(dkim::Reason::HeaderRewritten) => {
            (ArcResult::NotEvaluated, Reason::HeaderRewritten, Some(*i))
        }
        Some((i, _)) => (ArcResult::NotEvaluated, Reason::KeyNotAsked, Some(*i)),
    }
}

/// The reason of the chain for a part that is not valid.
fn invalid(part: &Checked) -> Reason {
    match part.reason {
        Some(dkim::Reason::BodyHashMismatch | dkim::Reason::BodyAndHeaderMismatch | dkim::Reason::LengthBeyondBody) => {
            Reason::BodyHashMismatch
        }
        Some(dkim::Reason::HeaderSignatureInvalid) if part.body.is_some() => Reason::MessageSignatureInvalid,
        Some(dkim::Reason::HeaderSignatureInvalid) => Reason::SealInvalid,
        Some(
            dkim::Reason::KeyRevoked
            | dkim::Reason::KeyBroken
            | dkim::Reason::KeyMismatch
            | dkim::Reason::KeyNotForEmail
            | dkim::Reason::KeyTooShort
            | dkim::Reason::KeyTooLong
            | dkim::Reason::Sha1NotValid
            | dkim::Reason::ExpiredAtReceipt,
        ) => Reason::KeyNotUsable,
        _ => Reason::TagsBroken,
    }
}

fn oldest_pass(examined: &[Examined]) -> Option<u32> {
    let broken = examined.iter().rev().find(|one| one.signature.state != PartState::Valid);
    match broken {
        None => (!examined.is_empty()).then_some(0),
        Some(one) if examined.last().is_some_and(|newest| newest.i == one.i) => None,
        Some(one) => match one.signature.reason {
            Some(
                dkim::Reason::KeyNotAsked
                | dkim::Reason::HeaderVerifiedBodyNotAvailable
                | dkim::Reason::HeaderRewritten,
            ) => None,
            _ => Some(one.i + 1),
        },
    }
}

fn instance(i: u32, set: &Set<'_>, examined: Option<&Examined>) -> Instance {
    let single = |fields: &[Signed<'_>], checked: Option<&Checked>| match fields {
        [field] => part(field, checked),
        _ => Part {
            state: PartState::Absent,
            reason: None,
            field: None,
            span: None,
            domain: None,
            selector: None,
            algorithm: None,
            signed_at: None,
            question: None,
            covers_from: false,
            forms: None,
        },
    };
    let validation: Option<ChainValidation> = match set.seals.as_slice() {
        [seal] => seal.chain_validation(),
        _ => None,
    };
    let results: Option<Span> = match set.results.as_slice() {
        [results] => Some(results.payload),
        _ => None,
    };
    let results_field = match set.results.as_slice() {
        [results] => Some(results.index),
        _ => None,
    };
    Instance {
        i,
        seal: single(&set.seals, examined.map(|examined| &examined.seal)),
        message_signature: single(&set.signatures, examined.map(|examined| &examined.signature)),
        chain_validation: validation,
        authentication_results: results,
        results_field,
    }
}

fn part(signed: &Signed<'_>, checked: Option<&Checked>) -> Part {
    Part {
        state: checked.map_or(PartState::NotChecked, |checked| checked.state),
        reason: checked.and_then(|checked| checked.reason),
        field: Some(signed.index),
        span: Some(signed.field.span),
        domain: signed.parameters.domain.get().cloned(),
        selector: signed.parameters.selector.get().cloned(),
        algorithm: signed.parameters.list.get("a").map(|tag| tag.value.clone()),
        signed_at: signed.parameters.signed_at.get().copied(),
        question: checked.and_then(|checked| checked.question),
        covers_from: signed
            .parameters
            .signed
            .get()
            .into_iter()
            .flatten()
            .any(|name| name.value.eq_ignore_ascii_case("from")),
        forms: checked.and_then(|checked| checked.forms),
    }
}
