//! Everything known about one message, no opinion yet.

pub mod network;

use std::net::IpAddr;

use jiff::Timestamp;
use serde::Serialize;

use self::network::NetworkFacts;
use crate::aggregate::Aggregate;
use crate::auth::Alignment;
use crate::auth::arc::{Arc, ArcResult, Instance, Seen};
use crate::auth::author_hosts::AuthorHosts;
use crate::auth::bimi::Bimi;
use crate::auth::claimed::{Claim, Compared};
use crate::auth::dkim::Signature;
use crate::auth::dkim2::Dkim2;
use crate::auth::dmarc::{Dmarc, DmarcResult, Identifier, IdentifierSource};
use crate::auth::domainkeys::DomainKey;
use crate::auth::iprev::Iprev;
use crate::auth::second::Second;
use crate::auth::{dkim, domain, spf};
use crate::bounce::{Bounce, Notice};
use crate::dns::QuestionId;
use crate::message::address::Mailbox;
use crate::message::form::Form;
use crate::message::wording::Wording;
use crate::message::{Fidelity, Flaws, Kept, Kind, LineEndings, Message, Place, Repair, Span};
use crate::notes::Notes;
use crate::path::{Path, Recipient};
use crate::sender::{Handling, Marks, PassedOnBy, Saved, Sender, Stream, Unsubscribe};

/// The facts of one message.
#[derive(Debug, Clone)]
pub struct Facts {
    pub input: InputFacts,
    pub identity: Identity,
    pub stream: Stream,
    pub handling: Handling,
    /// Who sent it, as far as it shows.
    pub sender: Sender,
    /// A program that probably wrote this copy anew.
    pub saved: Option<Saved>,
    pub path: Path,
    pub session: Session,
    pub spf: SpfFacts,
    /// Every DKIM signature, top to bottom.
    pub dkim: Vec<Signature>,
    /// The draft after DKIM, shown and not judged.
    pub dkim2: Dkim2,
    /// The forerunner of DKIM, historic.
    pub domainkeys: Vec<DomainKey>,
    /// The chain of those who handled the message. It never changes the DMARC result.
    pub arc: Arc,
    pub dmarc: Dmarc,
    /// What the second engine makes of the same. It decides nothing.
    pub second: Second,
    /// What others claim, top to bottom. Never mixed with what was proved.
    pub claims: Vec<Claim>,
    /// What spam filters wrote.
    pub notes: Notes,
    /// What the receiving side recorded beside what was proved.
    pub compared: Compared,
    /// `None` when no connecting address is known.
    pub iprev: Option<Iprev>,
    pub form: Form,
    pub wording: Wording,
    pub unsubscribe: Unsubscribe,
    pub recipient: Recipient,
    /// Whether mail can be sent to the author domain; asked only where the recipient's provider has a rule about it.
    pub author_hosts: Option<AuthorHosts>,
    /// The same for a logo.
    pub bimi: Option<Bimi>,
    pub judged_at: JudgedAt,
    /// What a delivery report says. A claim by whoever wrote it.
    pub bounce: Option<Bounce>,
    /// A DMARC aggregate report that is attached.
    pub aggregate: Option<Aggregate>,
    /// What kind of notice of a program the message is.
    pub notice: Option<Notice>,
    /// What others are asked only when it is switched on. No verdict rests on it.
    pub network: NetworkFacts,
}

impl Facts {
    /// That the message was passed on rests on more than the word of whoever sent it: the author domain stands for the message,
    /// or somebody else stands by the marks and is a service that passes mail on, or has what the author domain signed.
    #[must_use]
    pub fn is_passing_on_shown(&self) -> bool {
        let is_signed = || self.author_signature().is_some_and(dkim::Signature::shows_signer);
        let is_vouched = |by: &PassedOnBy| by.service.is_some() || is_signed();
        let is_known = self.handling.by.as_ref().is_some_and(is_vouched);
        self.handling.passed_on() && (is_known || self.dmarc.result == DmarcResult::Pass)
    }

    /// That SPF and DKIM fail now follows from having been passed on: nobody who stands by that says that they failed before.
    #[must_use]
    pub fn is_failure_explained(&self) -> bool {
        self.is_passing_on_shown() && !self.arc_saw_fail()
    }

    /// Marks of passing on that nothing proves: whoever sent the message may have written them.
    #[must_use]
    pub fn unproved_marks(&self) -> Option<Marks> {
        self.handling.marks().filter(|_| !self.is_passing_on_shown())
    }

    /// The first instance of the ARC chain, where it tells that DMARC passed for the author domain.
    #[must_use]
    pub fn arc_saw_pass(&self) -> Option<&Instance> {
        self.arc_saw("pass")
    }

    /// The chain is intact, and its first instance tells that DMARC failed for the author domain already then.
    #[must_use]
    pub fn arc_saw_fail(&self) -> bool {
        self.arc.result == ArcResult::Pass && self.arc_saw("fail").is_some()
    }

    fn arc_saw(&self, result: &str) -> Option<&Instance> {
        self.arc.instances.first().filter(|first| self.saw(first, "dmarc", result))
    }

    /// The instance tells of that result of that method for the author domain.
    #[must_use]
    pub fn saw(&self, instance: &Instance, method: &str, result: &str) -> bool {
        let author = self.dmarc.author_domain.as_ref();
        let is_it = |seen: &Seen| seen.method == method && seen.result == result && seen.domain.as_ref() == author;
        author.is_some() && instance.seen(&self.claims).iter().any(is_it)
    }

    /// The domain of the first author, as DNS and comparisons want it.
    #[must_use]
    pub fn author_domain(&self) -> Option<String> {
        domain::normalize(self.identity.from.first()?.domain.as_deref()?)
    }

    /// It is no message, but a DMARC aggregate report as a file of its own: nothing about a sender can be judged.
    #[must_use]
    pub fn is_report_alone(&self) -> bool {
        self.input.kind == Kind::AggregateReport
    }

    /// Parts of the header are not there, so that what is absent may have been sent.
    #[must_use]
    pub fn is_header_partial(&self) -> bool {
        self.input.kept.header == Fidelity::Partial
    }

    /// The address that SPF and the reverse name were judged for may be one that a stranger wrote.
    #[must_use]
    pub fn is_address_unsure(&self) -> bool {
        let is_found = self.session.ip.as_ref().is_some_and(|ip| ip.from != SessionSource::Given);
        is_found && self.path.doubtful_hop().is_some()
    }

    /// Nothing but such an address can prove the author domain, so DMARC is not decided.
    #[must_use]
    pub fn is_proof_unsure(&self) -> bool {
        self.is_address_unsure() && self.dmarc.best_alignment(true) == Alignment::No
    }

    /// The questions that were asked for rules of providers alone; no verdict rests on them.
    pub fn provider_questions(&self) -> impl Iterator<Item = QuestionId> {
        let hosts = self.author_hosts.iter().flat_map(|hosts| hosts.questions.iter());
        hosts.chain(self.bimi.iter().flat_map(|bimi| bimi.questions.iter())).copied()
    }

    /// What of the body every valid signature of the author domain leaves uncovered (`l=`); `None` when one covers all of it.
    #[must_use]
    pub fn uncovered(&self) -> Option<Uncovered> {
        let own = self.dmarc.identifiers.iter().filter(|identifier| identifier.is_aligned());
        let valid = own.filter_map(|identifier| match identifier.source {
            IdentifierSource::Dkim(index) => self.dkim.get(index).filter(|own| own.reason == dkim::Reason::Verified),
            IdentifierSource::Spf => None,
        });
        let least = valid.min_by_key(|signature| signature.uncovered_bytes.unwrap_or(0))?;
        match least.uncovered_bytes {
            None | Some(0) => None,
            Some(_) if least.length == Some(0) => Some(Uncovered::Everything),
            Some(bytes) => Some(Uncovered::Rest(bytes)),
        }
    }

    /// What a signature comes to, by its place in [`Facts::dkim`].
    #[must_use]
    pub fn standing(&self, index: usize) -> Option<Standing<'_>> {
        let signature = self.dkim.get(index)?;
        let of_this = |identifier: &&Identifier| identifier.source == IdentifierSource::Dkim(index);
        let alignment = self.dmarc.identifiers.iter().find(of_this).and_then(|identifier| identifier.alignment);
        let whose = match alignment {
            Some(Alignment::Strict | Alignment::Relaxed) => Whose::Author,
            Some(Alignment::No) => Whose::Other,
            None => Whose::Unknown,
        };
        let domain = signature.domain.as_deref();
        Some(Standing { whose, domain, result: signature.result, reason: signature.reason })
    }

    /// The author domain's own signature (RFC 9989 section 4.4): aligned, whether it counts or not; one that was
    /// verified wins, then one that fails for the most telling reason, which is the topmost.
    #[must_use]
    pub fn author_signature(&self) -> Option<&Signature> {
        let own = || {
            self.dmarc.identifiers.iter().filter(|identifier| identifier.is_aligned()).filter_map(|identifier| {
                match identifier.source {
                    IdentifierSource::Dkim(index) => self.dkim.get(index),
                    IdentifierSource::Spf => None,
                }
            })
        };
        own().find(|signature| signature.reason == dkim::Reason::Verified).or_else(|| own().next())
    }
}

/// What of a body a signature leaves uncovered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncovered {
    Everything,
    /// So many bytes at its end.
    Rest(usize),
}

/// Whose signature it is, whether it counts, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<'a> {
    pub whose: Whose,
    /// `d=`.
    pub domain: Option<&'a str>,
    pub result: dkim::DkimResult,
    pub reason: dkim::Reason,
}

/// To whom the signing domain belongs, as DMARC compares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// To the author domain (RFC 9989 section 4.4).
    Author,
    Other,
    /// DMARC could not compare.
    Unknown,
}

/// What was read.
#[derive(Debug, Clone)]
pub struct InputFacts {
    pub kind: Kind,
    pub bytes: usize,
    /// Nothing of a body was given.
    pub headers_only: bool,
    pub line_endings: LineEndings,
    pub repairs: Vec<Repair>,
    pub kept: Kept,
    /// Which message of its file it is.
    pub place: Option<Place>,
    /// Fields that may stand once (RFC 5322 section 3.6) and stand there again: the name, and where the second one is.
    pub repeated: Vec<(String, Span)>,
    /// Bytes that the format does not allow; none are looked for where the header was copied from somewhere.
    pub flaws: Flaws,
}

impl InputFacts {
    #[must_use]
    pub fn of(message: &Message) -> Self {
        Self {
            kind: message.kind,
            bytes: message.source.bytes().len(),
            headers_only: message.headers_only(),
            line_endings: message.line_endings,
            repairs: message.repairs.clone(),
            kept: message.kept,
            place: message.place,
            repeated: repeated(message),
            flaws: if message.pasted.is_some() { Flaws::default() } else { Flaws::of(message) },
        }
    }
}

/// From is left out: several of it are no single author, which says more.
const ONCE: [&str; 8] = ["Subject", "To", "Cc", "Date", "Reply-To", "Sender", "Message-ID", "Content-Type"];

fn repeated(message: &Message) -> Vec<(String, Span)> {
    let second = |name: &'static str| message.named(name).nth(1).map(|(_, field)| (name.to_owned(), field.span));
    ONCE.into_iter().filter_map(second).collect()
}

/// Who and what the message says it is, decoded for people.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// The mailboxes of every From field.
    pub from: Vec<Mailbox>,
    /// How many From fields there are.
    pub from_fields: usize,
    /// Where the first From field stands.
    pub from_span: Option<Span>,
    pub to: Vec<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    pub sender: Vec<Mailbox>,
    pub subject: Option<String>,
    pub subject_span: Option<Span>,
    pub date: Option<crate::message::date::Stamp>,
    /// Where the first Date field stands, readable or not.
    pub date_span: Option<Span>,
    pub message_id: Option<String>,
    pub message_id_span: Option<Span>,
    /// Whether one click is offered to unsubscribe (RFC 8058): both fields are there.
    pub one_click: bool,
    /// The address in Return-Path; empty for the null sender.
    pub return_path: Option<String>,
}

/// The SMTP session at the boundary, and where each fact was taken from.
#[derive(Debug, Clone, Default)]
pub struct Session {
    pub ip: Option<Sourced<IpAddr>>,
    pub helo: Option<Sourced<String>>,
    /// The envelope sender; empty for the null sender.
    pub mail_from: Option<Sourced<String>>,
}

impl Session {
    /// The envelope sender is empty (RFC 5321 section 4.5.5).
    #[must_use]
    pub fn is_sender_null(&self) -> bool {
        self.mail_from.as_ref().is_some_and(|sender| sender.value.is_empty())
    }

    /// The MAIL FROM identity: the envelope sender, or `postmaster` at the HELO name for the null sender (RFC 7208
    /// section 2.4).
    #[must_use]
    pub fn envelope_identity(&self) -> Option<String> {
        let sender = &self.mail_from.as_ref()?.value;
        if sender.is_empty() {
            let helo = self.helo.as_ref()?;
            return Some(format!("postmaster@{}", helo.value));
        }
        Some(sender.clone())
    }
}

/// A fact and where it was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    pub value: T,
    pub from: SessionSource,
    /// The bytes it stands in; `None` when the user gave it.
    pub span: Option<Span>,
}

/// Where a fact of the SMTP session was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionSource {
    /// The user gave it.
    Given,
    /// The Return-Path field, written at delivery (RFC 5321 section 4.4).
    ReturnPath,
    /// The Received field of the boundary hop.
    Received,
    /// A Received-SPF field (RFC 7208 section 9.1) of the receiving side.
    ReceivedSpf,
    /// An Authentication-Results field (RFC 8601) of the receiving side, which may name the domain alone.
    AuthenticationResults,
}

/// SPF for the identities of the session. `None` when an identity or the connecting address is not known.
#[derive(Debug, Clone, Default)]
pub struct SpfFacts {
    pub mail_from: Option<spf::Check>,
    pub helo: Option<spf::Check>,
    /// The record of the author domain, for receivers that look there; it never enters DMARC.
    pub header_from: Option<spf::Check>,
}

/// The moment the message was judged at and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JudgedAt {
    pub moment: Timestamp,
    pub from: MomentSource,
    /// Now, for what has changed since.
    pub now: Timestamp,
}

/// How the moment was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MomentSource {
    /// The newest Received date of the receiving side.
    Receipt,
    /// No Received date of the receiving side could be read, so now was taken.
    NowForLackOfDate,
    Now,
    Given,
}
