//! The verification of one signature after the other (RFC 6376 section 6).

use super::canon::Form;
use super::cause::{self, Causes, Tried};
use super::coverage::Coverage;
use super::crypto::{Check, Digest};
use super::hash::{self, BodyDigest, BodyPlan, Header};
use super::key::{Fetched, KeyRecord, Use};
use super::lint::{Lint, LintKind};
use super::signature::{Algorithm, Fault, Parameters};
use super::{BodyHash, DkimResult, HeaderSignature, KeyFacts, KeyState, Reason, Signature, base64, steps};
use crate::auth::{Moments, domain};
use crate::dns::{Ledger, Question, RecordType};
use crate::message::{Fidelity, Field, Kept, Message, RepairCode, address};

/// The most author domains that signatures are held against for their order.
const MAX_AUTHORS: usize = 10;

pub(super) fn verify(message: &Message, moments: Moments, dns: &Ledger<'_>) -> Vec<Signature> {
    let mut drafts: Vec<Draft<'_>> = (message.named("DKIM-Signature").enumerate())
        .map(|(position, (index, field))| Draft::read(message, index, field, position))
        .collect();
    let authors = author_domains(message);
    drafts.sort_by_key(|draft| !speaks_for(&draft.parameters, &authors));
    for (rank, draft) in drafts.iter_mut().enumerate() {
        draft.rank = rank;
    }
    let checked = drafts.len().min(Signature::MAX_VERIFIED);
    if let Some(drafts) = drafts.get_mut(..checked) {
        fetch_keys(drafts, dns);
        hash_bodies(drafts, message);
        check_headers(drafts, message);
        cause::seek(drafts, message, dns.watch());
    }
    drafts.sort_by_key(|draft| draft.position);
    drafts.into_iter().map(|draft| draft.finish(message, moments)).collect()
}

/// The domains in From, for which signatures are verified first: a message may carry more than are verified, and junk
/// above must not keep the author's own from being looked at.
fn author_domains(message: &Message) -> Vec<String> {
    let fields = message.named("From").take(1);
    let mailboxes = fields.flat_map(|(_, field)| address::read(&message.unfold(field)).mailboxes);
    mailboxes.filter_map(|mailbox| domain::normalize(mailbox.domain.as_deref()?)).take(MAX_AUTHORS).collect()
}

/// Whether `d=` is an author domain, above one, or below one: no other can be aligned with it but a sibling.
fn speaks_for(parameters: &Parameters, authors: &[String]) -> bool {
    let Some(signer) = parameters.domain.get() else { return false };
    authors.iter().any(|author| domain::is_at_or_below(author, signer) || domain::is_at_or_below(signer, author))
}

/// What [`verify`] will ask for the keys of `message`.
pub(super) fn key_questions(message: &Message) -> Vec<Question> {
    let authors = author_domains(message);
    let mut signatures: Vec<_> = message.named("DKIM-Signature").map(|(_, field)| read(message, field)).collect();
    signatures.sort_by_key(|parameters| !speaks_for(parameters, &authors));
    let first = signatures.iter().take(Signature::MAX_VERIFIED);
    first.filter_map(Parameters::key_name).map(|name| question(&name)).collect()
}

fn read(message: &Message, field: &Field) -> Parameters {
    Parameters::read(message.source.slice(field.value), field.value.start)
}

fn question(key_name: &str) -> Question {
    Question::new(key_name, RecordType::Txt)
}

/// One signature on its way to a verdict.
pub(super) struct Draft<'a> {
    pub(super) index: usize,
    pub(super) field: &'a Field,
    /// Place among the signatures, from 0.
    pub(super) position: usize,
    /// Place in the order of verification, from 0.
    rank: usize,
    /// Whether every field of the header is known: one that was left out may be a signed one.
    header_whole: bool,
    kept: Kept,
    pub(super) parameters: Parameters,
    pub(super) fault: Option<Fault>,
    pub(super) key_name: Option<String>,
    pub(super) key: Option<Fetched>,
    pub(super) body: Option<BodyDigest>,
    /// Where the body begins that `l=` leaves uncovered.
    uncovered_from: Option<usize>,
    /// The field for each name in `h=`.
    pub(super) selected: Vec<Option<usize>>,
    coverage: Coverage,
    canonical_header: Option<u64>,
    pub(super) check: HeaderCheck,
    pub(super) causes: Causes,
    pub(super) tried: Tried,
}

impl<'a> Draft<'a> {
    fn read(message: &Message, index: usize, field: &'a Field, position: usize) -> Self {
        let parameters = read(message, field);
        Self {
            index,
            field,
            position,
            rank: position,
            header_whole: !message.repairs.iter().any(|repair| repair.code == RepairCode::TooManyFields),
            kept: message.kept,
            fault: parameters.dkim_fault(),
            key_name: parameters.key_name(),
            parameters,
            key: None,
            body: None,
            uncovered_from: None,
            selected: Vec::new(),
            coverage: Coverage::default(),
            canonical_header: None,
            check: HeaderCheck::NOT_DONE,
            causes: Causes::NOT_NEEDED,
            tried: Tried::default(),
        }
    }

    /// Whether the work stopped at a limit before this signature was judged.
    pub(super) fn over_limit(&self) -> bool {
        let names = self.parameters.signed.get().map_or(0, Vec::len);
        self.rank >= Signature::MAX_VERIFIED || names > Parameters::MAX_SIGNED_FIELDS || !self.header_whole
    }

    pub(super) fn body_hash(&self) -> BodyHash {
        BodyHash::of(self.body.as_ref(), &self.parameters).in_body(self.kept.body)
    }

    /// The record that the verdict rests on.
    fn record(&self) -> Option<&KeyRecord> {
        self.key.as_ref()?.records.as_ref().ok()?.get(self.check.record)
    }

    fn key_facts(&self) -> KeyFacts {
        let record = self.record();
        let fault = record.and_then(|record| record.key.as_ref().err().copied());
        let key = record.and_then(|record| record.key.as_ref().ok());
        let records = self.key.as_ref().and_then(|key| key.records.as_ref().ok()).map_or(0, Vec::len);
        let cname = self.key.as_ref().map(|key| key.cname.clone()).unwrap_or_default();
        let mut lints = record.map(KeyRecord::lints).unwrap_or_default();
        let of_answer = [(records > 1, LintKind::SeveralRecords), (!cname.is_empty(), LintKind::Delegated)];
        lints.extend(of_answer.into_iter().filter(|(is_so, _)| *is_so).map(|(_, kind)| Lint { kind, span: None }));
        lints.sort_by_key(|lint| std::cmp::Reverse(lint.kind.weight()));
        KeyFacts {
            state: key_state(self.key.as_ref(), record),
            name: self.key_name.clone(),
            question: self.key.as_ref().map(|key| key.question),
            source: self.key.as_ref().map(|key| key.source).unwrap_or_default(),
            kind: key.map(|key| key.kind),
            bits: key.map(|key| key.bits),
            wrapping: key.map(|key| key.wrapping),
            testing: record.is_some_and(KeyRecord::testing),
            record: record.map(|record| record.text.clone()),
            tags: record.map(|record| record.list.clone()).unwrap_or_default(),
            record_index: record.map(|_| self.check.record),
            records,
            fault,
            lints,
            cname,
        }
    }

    fn finish(self, message: &Message, moments: Moments) -> Signature {
        let parameters = &self.parameters;
        let expires = parameters.expires.get().copied();
        let key = self.key_facts();
        let expired_at_receipt = expires.is_some_and(|expires| moments.judged_at > expires);
        let (result, reason) = self.verdict(key.state, expired_at_receipt);
        let text = |name: &str| parameters.list.get(name).map(|tag| tag.value.clone());
        let forms = parameters.forms().map(|(header, body)| format!("{}/{}", header.name(), body.name()));
        let names = parameters.signed.get().into_iter().flatten();
        let mut signature = Signature {
            field: self.index,
            span: self.field.span,
            tags: parameters.list.clone(),
            fault: self.fault.and_then(|fault| fault.span),
            domain: parameters.domain.get().cloned(),
            selector: parameters.selector.get().cloned(),
            identity: parameters.identity(),
            algorithm: text("a"),
            canonicalization: forms.or_else(|| text("c")),
            key,
            body_hash: self.body_hash(),
            body_hash_stated: parameters.body_hash.get().map(|hash| base64::encode(hash)),
            body_hash_computed: self.body.as_ref().map(|body| base64::encode(body.digest.bytes())),
            header_signature: self.check.header,
            result,
            reason,
            signed_at: parameters.signed_at.get().copied(),
            expires,
            expired_at_receipt,
            expired_now: expires.is_some_and(|expires| moments.now > expires),
            signed_headers: names.map(|name| name.value.clone()).collect(),
            coverage: self.coverage.clone(),
            canonical_header: self.canonical_header,
            canonical_body: self.body.as_ref().map(|body| body.canonical),
            length: parameters.length.get().copied(),
            uncovered_bytes: self.uncovered_bytes(),
            uncovered_from: self.uncovered_from,
            causes: self.causes.clone(),
            trace: steps::placeholder(),
        };
        signature.trace = steps::trace(&self, &signature, message);
        signature
    }

    fn uncovered_bytes(&self) -> Option<usize> {
        let uncovered = self.body.as_ref()?.canonical.saturating_sub(*self.parameters.length.get()?);
        usize::try_from(uncovered).ok()
    }

    /// The result and its first reason, in the order of sections 6.1.1 to 6.1.3, with one exception: that the body is not
    /// the one that was signed is proved without any key, so it goes before a key that could not be had.
    fn verdict(&self, key: KeyState, expired_at_receipt: bool) -> (DkimResult, Reason) {
        if self.over_limit() {
            return (DkimResult::NotEvaluated, Reason::LimitExceeded);
        }
        let algorithm = self.parameters.algorithm.get();
        if let Some(reason) = self.unusable() {
            (DkimResult::PermError, reason)
        } else if let Some(reason) = self.proved_wrong() {
            (DkimResult::Fail, reason)
        } else if expired_at_receipt {
            // This and the next cannot count even where the key is not known.
            (DkimResult::Policy, Reason::ExpiredAtReceipt)
        } else if algorithm == Some(&Algorithm::RsaSha1) {
            (DkimResult::Policy, Reason::Sha1NotValid)
        } else {
            self.not_wrong(key)
        }
    }

    /// The field, or what its key allows, makes this no signature at all.
    pub(super) fn unusable(&self) -> Option<Reason> {
        let open =
            |reason: &Reason| matches!(reason, Reason::KeyTooShort | Reason::KeyTooLong | Reason::HeaderRewritten);
        let beyond = || {
            let length = self.parameters.length.get().filter(|_| self.kept.body == Fidelity::AsSent)?;
            (self.body.as_ref()?.canonical < *length).then_some(Reason::LengthBeyondBody)
        };
        (self.fault.map(|fault| fault.reason))
            .or_else(|| self.check.objection.filter(|reason| !open(reason)))
            .or_else(beyond)
    }

    pub(super) fn proved_wrong(&self) -> Option<Reason> {
        match (self.body_hash(), self.check.header) {
            (BodyHash::Mismatch, HeaderSignature::Invalid) => Some(Reason::BodyAndHeaderMismatch),
            (BodyHash::Mismatch, _) => Some(Reason::BodyHashMismatch),
            (_, HeaderSignature::Invalid) => Some(Reason::HeaderSignatureInvalid),
            _ => None,
        }
    }

    /// Nothing is wrong, as far as it could be checked.
    fn not_wrong(&self, key: KeyState) -> (DkimResult, Reason) {
        match (key, self.check.objection, self.check.header, self.body_hash()) {
            (KeyState::Missing, ..) => (DkimResult::PermError, Reason::KeyMissing),
            (KeyState::Unreachable, ..) => (DkimResult::TempError, Reason::KeyUnreachable),
            (_, Some(Reason::KeyTooShort), ..) => (DkimResult::Policy, Reason::KeyTooShort),
            (_, Some(reason), ..) => (DkimResult::NotEvaluated, reason),
            (_, None, HeaderSignature::Valid, BodyHash::Match) => (DkimResult::Pass, Reason::Verified),
            (_, None, HeaderSignature::Valid, _) => (DkimResult::NotEvaluated, Reason::HeaderVerifiedBodyNotAvailable),
            (_, None, ..) => (DkimResult::NotEvaluated, Reason::KeyNotAsked),
        }
    }
}

impl BodyHash {
    /// Compares a computed hash with `bh=`.
    pub(in crate::auth) fn of(body: Option<&BodyDigest>, parameters: &Parameters) -> Self {
        match (body, parameters.body_hash.get()) {
            (Some(body), Some(stated)) if body.digest.bytes() == stated => Self::Match,
            (Some(_), Some(_)) => Self::Mismatch,
            _ => Self::NotAvailable,
        }
    }

    /// Another hash over a body that was rewritten since tells nothing of the one that was sent.
    pub(in crate::auth) const fn in_body(self, kept: Fidelity) -> Self {
        match (self, kept) {
            (Self::Mismatch, Fidelity::Rewritten | Fidelity::Partial) => Self::NotAvailable,
            _ => self,
        }
    }
}

pub(in crate::auth) fn key_state(fetched: Option<&Fetched>, record: Option<&KeyRecord>) -> KeyState {
    match (fetched.map(|fetched| &fetched.records), record.map(|record| &record.key)) {
        (Some(Err(state)), _) => *state,
        (_, Some(Ok(_))) => KeyState::Found,
        (_, Some(Err(super::key::KeyFault::Revoked))) => KeyState::Revoked,
        (_, Some(Err(_))) => KeyState::Broken,
        (_, None) => KeyState::NotAsked,
    }
}

/// Asks for all keys at once.
fn fetch_keys(drafts: &mut [Draft<'_>], dns: &Ledger<'_>) {
    let wanted: Vec<&mut Draft<'_>> = drafts.iter_mut().filter(|draft| draft.key_name.is_some()).collect();
    let names = wanted.iter().filter_map(|draft| draft.key_name.as_deref());
    let questions: Vec<Question> = names.map(question).collect();
    for (draft, entry) in wanted.into_iter().zip(dns.ask_all(&questions)) {
        draft.key = Some(Fetched::read(&entry));
    }
}

fn hash_bodies(drafts: &mut [Draft<'_>], message: &Message) {
    let Some(body) = message.body else { return };
    let (wanted, plans): (Vec<&mut Draft<'_>>, Vec<BodyPlan>) = drafts
        .iter_mut()
        .filter_map(|draft| {
            let plan = draft.parameters.body_plan()?;
            Some((draft, plan))
        })
        .unzip();
    let source = &message.source;
    for (draft, digest) in wanted.into_iter().zip(hash::body(&[source.slice(body)], &plans)) {
        draft.body = Some(digest);
    }
    find_uncovered(drafts, source.slice(body), body.start);
}

/// Finds the places at which `l=` ends, all of one form at once.
fn find_uncovered(drafts: &mut [Draft<'_>], body: &[u8], start: usize) {
    for form in [Form::Simple, Form::Relaxed] {
        let mut cut: Vec<&mut Draft<'_>> = drafts
            .iter_mut()
            .filter(|draft| draft.parameters.body_plan().is_some_and(|plan| plan.form == form))
            .filter(|draft| draft.uncovered_bytes().is_some_and(|bytes| bytes > 0))
            .collect();
        if cut.is_empty() {
            continue;
        }
        let lengths: Vec<u64> = cut.iter().filter_map(|draft| draft.parameters.length.get().copied()).collect();
        for (draft, place) in cut.iter_mut().zip(hash::locate(body, form, &lengths)) {
            draft.uncovered_from = Some(start + place);
        }
    }
}

fn check_headers(drafts: &mut [Draft<'_>], message: &Message) {
    let header = Header::of(message);
    for draft in drafts.iter_mut().filter(|draft| !draft.over_limit()) {
        let names = draft.parameters.signed.get().into_iter().flatten();
        draft.selected = header.select(names.map(|name| name.value.as_str()), Some(draft.index));
        if let Some(names) = draft.parameters.signed.get() {
            draft.coverage = Coverage::of(names, &header, draft.index, message);
        }
        let own = draft.parameters.own_field(draft.field, message);
        let (Some(own), Some(&algorithm), Some(forms)) =
            (own, draft.parameters.algorithm.get(), draft.parameters.forms())
        else {
            continue;
        };
        let digest = header.digest(&draft.selected, &own, forms.0, algorithm.hash());
        draft.canonical_header = Some(digest.canonical);
        let (Some(key), Some(domain)) = (&draft.key, draft.parameters.domain.get()) else { continue };
        let identity = draft.parameters.identity_domain();
        let wanted = Use { algorithm, domain, identity_domain: identity.as_deref() };
        let signature = draft.parameters.signature.get();
        let check = HeaderCheck::of(key, &wanted, &digest.digest, signature.map(Vec::as_slice));
        draft.check = check.in_header(message.kept.header);
    }
}

/// A header signature checked with the records of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::auth) struct HeaderCheck {
    pub(in crate::auth) header: HeaderSignature,
    /// What the record says against this use of the key.
    pub(in crate::auth) objection: Option<Reason>,
    /// Which record this is about.
    pub(in crate::auth) record: usize,
}

impl HeaderCheck {
    pub(in crate::auth) const NOT_DONE: Self = Self { header: HeaderSignature::NotChecked, objection: None, record: 0 };

    /// Tries each record and keeps the one that is best for the signature: what several records at one name mean is
    /// undefined (section 3.6.2.2), and a signature that one of them verifies was made with its private key.
    pub(in crate::auth) fn of(key: &Fetched, wanted: &Use<'_>, digest: &Digest, signature: Option<&[u8]>) -> Self {
        let attempt = |(index, record): (usize, &KeyRecord)| {
            let matches_kind = |key: &&super::crypto::PublicKey| key.kind == wanted.algorithm.key_kind();
            let check = |key: Option<&super::crypto::PublicKey>| match (key.filter(matches_kind), signature) {
                (Some(key), Some(signature)) => key.check(wanted.algorithm.hash(), digest, signature),
                _ => Check::NotPossible,
            };
            let header = match (check(record.key.as_ref().ok()), check(record.misplaced.as_ref())) {
                (Check::Valid, _) | (_, Check::Valid) => HeaderSignature::Valid,
                (Check::Invalid, _) => HeaderSignature::Invalid,
                (Check::NotPossible, _) => HeaderSignature::NotChecked,
            };
            Self { header, objection: record.objection(wanted), record: index }
        };
        let records = key.records.iter().flatten().enumerate();
        let best = records.map(attempt).min_by_key(|check| match (check.header, check.objection) {
            (HeaderSignature::Valid, None) => 0,
            (HeaderSignature::Valid, Some(_)) => 1,
            (_, None) => 2,
            (_, Some(_)) => 3,
        });
        best.unwrap_or(Self::NOT_DONE)
    }

    /// A signature that does not fit a header which was rewritten since may fit the one that was sent.
    pub(in crate::auth) fn in_header(self, kept: Fidelity) -> Self {
        match (self.header, kept) {
            (HeaderSignature::Invalid, Fidelity::Rewritten | Fidelity::Partial) => {
                let objection = self.objection.or(Some(Reason::HeaderRewritten));
                Self { header: HeaderSignature::NotChecked, objection, ..self }
            }
            _ => self,
        }
    }
}
