//! Collects what shows a service: from what was evaluated, from the arrival, and from the header below it.

use std::sync::Arc;

use super::{Attribution, Mark, Place, Proof};
use crate::auth::dkim::{DkimResult, HeaderSignature, Reason, Signature};
use crate::auth::iprev::IprevResult;
use crate::auth::spf::{Check, Matched, SpfResult};
use crate::auth::trace::Step;
use crate::dns::{Entry, QuestionId, RecordType};
use crate::facts::{Facts, SessionSource};
use crate::message::{Field, Message, Span};
use crate::sender::services::{Found, On, Services, known};

/// The most fields that are looked at; a hostile message can have thousands.
const MAX_FIELDS: usize = 500;

/// Every service that anything shows, with its marks, the strongest first.
pub(super) fn attributions(message: &Message, facts: &Facts, questions: &[Arc<Entry>]) -> Vec<Attribution> {
    let mut reader = Reader { facts, questions, services: known(), found: Vec::new() };
    let boundary = facts.path.boundary_hop().map(|hop| hop.field);
    // What stands above the Received field of the arrival, the receiving side wrote.
    let below = boundary.map_or(0, |field| field + 1);
    for signature in facts.dkim.iter().filter(|signature| signature.field >= below) {
        reader.signature(signature);
    }
    reader.envelope();
    reader.ranges();
    reader.hosts();
    for field in message.fields.iter().skip(below).take(MAX_FIELDS) {
        reader.field(message, field);
    }
    let mut found = reader.found;
    for attribution in &mut found {
        let rank = |mark: &Mark| (std::cmp::Reverse(mark.assurance()), mark.proof);
        attribution.marks.sort_by_key(rank);
    }
    found
}

struct Reader<'a> {
    facts: &'a Facts,
    questions: &'a [Arc<Entry>],
    services: &'static Services,
    found: Vec<Attribution>,
}

impl Reader<'_> {
    fn add(&mut self, found: Vec<Found>, proof: Proof, name: &str, place: Option<&Place>) {
        for Found { service, matcher } in found {
            let mark = Mark { proof, name: name.to_owned(), known: matcher.known, place: place.cloned() };
            let assurance = proof.assurance(matcher.known);
            match self.found.iter_mut().find(|attribution| attribution.service == service) {
                Some(attribution) => {
                    let is_new = |other: &Mark| other.proof != mark.proof || other.name != mark.name;
                    attribution.assurance = attribution.assurance.max(assurance);
                    if attribution.marks.iter().all(is_new) {
                        attribution.marks.push(mark);
                    }
                }
                None => self.found.push(Attribution { service, assurance, marks: vec![mark] }),
            }
        }
    }

    fn signature(&mut self, signature: &Signature) {
        let Some(domain) = &signature.domain else { return };
        let is_verified = is_verified(signature);
        let proof = if is_verified { Proof::Signature } else { Proof::UnverifiedSignature };
        self.add(self.services.by_name(On::Dkim, domain), proof, domain, Some(&Place::Bytes(signature.span)));
        if is_verified {
            let place = signature.key.question.map(Place::Question);
            self.at_service(&signature.key.cname, Proof::SignatureKey, place.as_ref());
        }
    }

    /// What a chain of CNAME records leads to.
    fn at_service(&mut self, chain: &[String], proof: Proof, place: Option<&Place>) {
        for name in chain {
            self.add(self.services.by_name(On::Cname, name), proof, name, place);
        }
    }

    /// The address that connected is the one the receiving side saw, or that the user gave.
    fn is_address_sure(&self) -> bool {
        let ip = self.facts.session.ip.as_ref();
        ip.is_some_and(|ip| ip.from == SessionSource::Given || self.facts.path.doubtful_hop().is_none())
    }

    fn envelope(&mut self) {
        let facts = self.facts;
        let Some(sender) = &facts.session.mail_from else { return };
        let Some((_, domain)) = sender.value.rsplit_once('@') else { return };
        let passed = facts.spf.mail_from.as_ref().filter(|check| self.is_address_sure() && is_passed(check));
        let proof = if passed.is_some() { Proof::Envelope } else { Proof::UnverifiedEnvelope };
        let step = passed.map(|check| Place::Step(check.trace.id.clone()));
        let place = step.or(sender.span.map(Place::Bytes));
        self.add(self.services.by_name(On::Envelope, domain), proof, domain, place.as_ref());
        if passed.is_some()
            && let Some(entry) = self.asked(domain, RecordType::Txt)
        {
            let (chain, place) = (entry.answer.cname.clone(), Place::Question(entry.id));
            self.at_service(&chain, Proof::EnvelopeHost, Some(&place));
        }
    }

    fn asked(&self, name: &str, kind: RecordType) -> Option<&Arc<Entry>> {
        let name = name.trim_end_matches('.');
        let is_it = |entry: &&Arc<Entry>| entry.question.kind == kind && entry.question.name.eq_ignore_ascii_case(name);
        self.questions.iter().find(is_it)
    }

    /// The records that list the address: whoever evaluated them, the address is the service's.
    fn ranges(&mut self) {
        if !self.is_address_sure() {
            return;
        }
        let spf = &self.facts.spf;
        let checks = [&spf.mail_from, &spf.helo, &spf.header_from].into_iter().flatten();
        for check in checks.filter(|check| is_passed(check)) {
            let mut next = check.matched.as_ref();
            while let Some(Matched { domain, inside, .. }) = next {
                let found = self.services.by_name(On::Spf, domain);
                let place = self.question_of(domain, &check.trace);
                self.add(found, Proof::AddressRange, domain, Some(&place));
                next = inside.as_deref();
            }
        }
    }

    fn question_of(&self, domain: &str, trace: &Step) -> Place {
        let asked = self.asked(domain, RecordType::Txt);
        asked.map_or_else(|| Place::Step(trace.id.clone()), |entry| Place::Question(entry.id))
    }

    /// The names of the host that connected.
    fn hosts(&mut self) {
        let facts = self.facts;
        let is_sure = self.is_address_sure();
        let iprev = facts.iprev.as_ref();
        let question: Option<QuestionId> =
            iprev.and_then(|iprev| iprev.trace.children.first()?.questions.first().copied());
        for name in iprev.iter().flat_map(|iprev| &iprev.names).filter(|name| name.confirmed && is_sure) {
            let found = self.services.by_name(On::Host, &name.name);
            self.add(found, Proof::ReverseName, &name.name, question.map(Place::Question).as_ref());
        }
        // Where DNS says otherwise today, or the server itself had its doubts, the name is a claim.
        let is_open = iprev.is_none_or(|iprev| {
            matches!(iprev.result, IprevResult::Pass | IprevResult::TempError | IprevResult::NotEvaluated)
        });
        let client = facts.path.boundary_hop().map(|hop| &hop.from);
        if let Some(client) = client
            && let Some(name) = &client.name
        {
            let is_confirmed = iprev.is_some_and(|iprev| {
                iprev
                    .names
                    .iter()
                    .any(|own| own.confirmed && own.name.eq_ignore_ascii_case(name.value.trim_end_matches('.')))
            });
            let is_recorded = is_sure && is_open && client.doubt.is_none();
            let proof = if is_recorded { Proof::RecordedName } else { Proof::UnconfirmedName };
            if !(is_confirmed && is_sure) {
                self.add(
                    self.services.by_name(On::Host, &name.value),
                    proof,
                    &name.value,
                    Some(&Place::Bytes(name.span)),
                );
            }
        }
        if let Some(helo) = &facts.session.helo {
            let passed = facts.spf.helo.as_ref().filter(|check| is_sure && is_passed(check));
            let proof = if passed.is_some() { Proof::HeloPassed } else { Proof::Helo };
            let place = helo.span.map(Place::Bytes);
            self.add(self.services.by_name(On::Host, &helo.value), proof, &helo.value, place.as_ref());
        }
    }

    fn field(&mut self, message: &Message, field: &Field) {
        let place = |span: Span| Some(Place::Bytes(span));
        if field.is("Feedback-ID") {
            let value = message.unfold(field).text;
            let last = value.rsplit(':').next().unwrap_or_default().trim();
            self.add(self.services.by_feedback_id(last), Proof::FeedbackId, last, place(field.span).as_ref());
        }
        let is_id = field.is("Message-ID");
        if is_id {
            let value = message.unfold(field).text;
            if let Some((_, domain)) = value.trim().trim_end_matches('>').rsplit_once('@') {
                self.add(
                    self.services.by_name(On::MessageId, domain),
                    Proof::MessageId,
                    domain,
                    place(field.span).as_ref(),
                );
            }
        }
        if self.services.knows_field(&field.name) {
            let value = message.unfold(field).text;
            let proof = if is_id { Proof::MessageId } else { Proof::Field };
            self.add(self.services.by_field(&field.name, &value), proof, &field.name, place(field.span).as_ref());
        }
    }
}

/// The signer signed this header, whatever became of the body since.
fn is_verified(signature: &Signature) -> bool {
    let is_header_right = signature.header_signature == HeaderSignature::Valid
        && matches!(signature.reason, Reason::HeaderVerifiedBodyNotAvailable | Reason::BodyHashMismatch);
    signature.result == DkimResult::Pass || is_header_right
}

/// SPF passed, and not because everybody does.
fn is_passed(check: &Check) -> bool {
    check.result == Some(SpfResult::Pass) && !check.shows_nobody()
}
