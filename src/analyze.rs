//! The whole program in one function: input, options, DNS and clock in, [`Analysis`] out.

mod filter;
mod fixes;
mod network;

use std::net::IpAddr;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::aggregate;
use crate::auth::claimed::{self, Claim, Compared};
use crate::auth::dkim::DkimResult;
use crate::auth::dkim2::Dkim2;
use crate::auth::dmarc::{Authentication, Candidate, Envelope, FromState, IdentifierSource};
use crate::auth::domainkeys::DomainKey;
use crate::auth::spf::SpfResult;
use crate::auth::{Moments, arc, author_hosts, bimi, dkim, dmarc, domain, iprev, second, spf};
use crate::bounce;
use crate::check::provider::{self, Bulk, Chosen, Need, Wanted};
use crate::check::{self, Finding, Headline};
use crate::dns::{Entry, Ledger, Origin, Provenance, Question, RecordType, Source};
use crate::facts::network::{NetworkCheck, NetworkFacts};
use crate::facts::{Facts, Identity, InputFacts, JudgedAt, MomentSource, Session, SessionSource, Sourced, SpfFacts};
use crate::fix::Fix;
use crate::message::address::Addresses;
use crate::message::form::Form;
use crate::message::wording::Wording;
use crate::message::{Fidelity, Message, Span, Spanned, address, decode};
use crate::notes;
use crate::path::{self, Dialect, Hop, Path, Recipient, Side};
use crate::sender::{Handling, Saved, Sender, Stream, Unsubscribe, passed_on_by};

/// What the user knows better than the header, and how to judge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The hop to take as the boundary, 0 = oldest.
    pub hop: Option<usize>,
    pub ip: Option<IpAddr>,
    pub helo: Option<String>,
    /// The envelope sender; empty for the null sender.
    pub mail_from: Option<String>,
    pub at: At,
    /// The provider whose rules are wanted.
    pub provider: Wanted,
    /// Whether the sender is known to send much.
    pub bulk: Bulk,
    /// The checks that ask others, those that are switched on.
    pub network: Vec<NetworkCheck>,
}

/// The moment to judge at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum At {
    /// When the receiving side took the message over.
    #[default]
    Receipt,
    Now,
    Given(Timestamp),
}

/// Everything that is known of one message and what we think of it. Never changed once made.
#[derive(Debug, Clone)]
pub struct Analysis {
    pub message: Message,
    pub options: Options,
    pub facts: Facts,
    pub findings: Vec<Finding>,
    pub headline: Headline,
    /// What to change, tried with the same engine.
    pub fixes: Vec<Fix>,
    /// Every question that was asked, by number.
    pub questions: Vec<Arc<Entry>>,
    pub origin: Origin,
    /// Who answered them, and when; the same for an analysis and its replay.
    pub provenance: Provenance,
    /// Personal data is masked in all of it.
    pub is_masked: bool,
}

impl Analysis {
    /// The answers that are not in DNS, but tried.
    pub fn what_if(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.questions.iter().filter(|entry| entry.source == Source::WhatIf)
    }

    /// Whether anything here rests on a record that is not in DNS.
    #[must_use]
    pub fn is_what_if(&self) -> bool {
        self.what_if().next().is_some()
    }

    /// The provider whose rules stand first, and why.
    #[must_use]
    pub fn provider(&self) -> Option<Chosen> {
        provider::choose(&self.facts.recipient, &self.options.provider)
    }
}

/// How long a key that is missing today was surely there: senders that replace keys keep the old one for as long as mail
/// may wait in a queue (RFC 6376 section 3.6.1 and RFC 5321 section 4.5.4.1, which names four to five days).
const KEY_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Analyses one message. `now` is the clock: nothing below reads another.
#[must_use]
pub fn analyze(message: Message, options: Options, dns: &Ledger<'_>, now: Timestamp) -> Analysis {
    let authserv = claimed::newest_authserv_id(&message).map(|(field, id)| path::Authserv { field, id });
    let mut path = path::read(&message, options.hop, authserv.as_ref());
    let identity = identity(&message);
    if let Some(filter) = filter::of_receiver(&path, &identity, dns) {
        path.begin_at_filter(&filter);
    }
    let boundary_field = path.boundary_hop().map(|hop| hop.field);
    let claims = claimed::read(&message, border(&path));
    let notes = notes::read(&message, &notes_border(&path));
    let session = session(&message, &path, &claims, &options);
    let judged_at = judged_at(&path, options.at, now);
    let moments = Moments { judged_at: judged_at.moment, now };
    dns.ask_all(&first_questions(&message, &identity, &session));

    let spf = spf_facts(&identity, &session, &path, judged_at.moment, dns);
    let dkim = dkim::verify(&message, moments, dns);
    let arc = arc::check(&message, moments, dns);
    let dmarc = dmarc(&message, &session, &spf, &dkim, moments, dns);
    let iprev = session.ip.as_ref().map(|ip| iprev::check(ip.value, dns));
    let recipient = Recipient::of(&message, &path);
    let provider = provider::choose(&recipient, &options.provider);
    let needs = |need| {
        let rules = |chosen: &provider::Chosen| chosen.ruleset.rules.iter().any(|rule| rule.needs(need));
        options.provider == Wanted::All || provider.as_ref().is_some_and(rules)
    };
    let second = second::compare(&second::Input {
        message: &message,
        moments,
        helo: session.helo.as_ref().map(|helo| helo.value.as_str()),
        receiver: receiver(&path),
        mail_from: spf.mail_from.as_ref(),
        helo_check: spf.helo.as_ref(),
        header_from: spf.header_from.as_ref(),
        dkim: &dkim,
        arc: &arc,
        dmarc: &dmarc,
        entries: &dns.entries(),
    });
    let aggregate = aggregate::read(&message);
    let (bounce, notice) = bounce::read(&message, aggregate.is_some());
    let author = dmarc.author_domain.as_deref();
    let author_hosts = author.filter(|_| needs(Need::AuthorHosts)).map(|author| author_hosts::check(author, dns));
    let organization = dmarc.organizational_domain.as_deref();
    let bimi = author
        .filter(|_| needs(Need::Bimi))
        .map(|author| bimi::check(author, organization, bimi::Selector::of(&message, &dkim, &dmarc), dns));
    let mut facts = Facts {
        input: InputFacts::of(&message),
        identity,
        form: Form::of(&message, boundary_field),
        wording: Wording::of(&message),
        unsubscribe: Unsubscribe::of(&message),
        recipient,
        author_hosts,
        bimi,
        stream: Stream::of(&message, bounce.as_ref().map(|bounce| bounce.span)),
        handling: Handling::of(&message, boundary_field),
        sender: Sender::default(),
        saved: saved(&message, &path, now),
        path,
        session,
        spf,
        dkim,
        dkim2: Dkim2::read(&message),
        domainkeys: DomainKey::read(&message),
        arc,
        dmarc,
        second,
        claims,
        notes,
        compared: Compared::default(),
        iprev,
        judged_at,
        bounce,
        aggregate,
        notice,
        network: NetworkFacts::default(),
    };
    facts.handling.by = passed_on_by(&message, &facts);
    facts.compared = compared(&facts, moments);
    number_steps(&mut facts);

    let questions = find_sender(&message, &mut facts, dns);
    let headline = check::headline::choose(&facts, &questions);
    // Asked last: no verdict rests on it, and no limit of questions is reached for it.
    facts.network = network::ask(&facts, &options.network, dns);
    let findings = check::run(&facts, &questions, &headline.verdict);
    let headline = headline.completed(&findings);
    let before = fixes::Before {
        message: &message,
        facts: &facts,
        findings: &findings,
        headline: &headline,
        moments,
        questions: questions.len(),
    };
    let fixes = fixes::fixes(before, dns);
    // The trials may have asked more.
    let questions = dns.entries();
    let (origin, provenance) = (dns.origin(), dns.provenance(now));
    let is_masked = false;
    Analysis { message, options, facts, findings, headline, fixes, questions, origin, provenance, is_masked }
}

/// Says who sent it, asking what is open about that; gives every question that was asked so far.
fn find_sender(message: &Message, facts: &mut Facts, dns: &Ledger<'_>) -> Vec<Arc<Entry>> {
    let questions = dns.entries();
    facts.sender = Sender::of(message, facts, &questions);
    let open = facts.sender.open_questions(facts);
    if open.is_empty() {
        return questions;
    }
    dns.ask_all(&open);
    let questions = dns.entries();
    facts.sender = Sender::of(message, facts, &questions);
    questions
}

/// Where the receiving side begins, for those who know of no path.
fn border(path: &Path) -> claimed::Border<'_> {
    let boundary = path.boundary_hop();
    claimed::Border {
        boundary: boundary.map(|hop| hop.field),
        host: boundary.and_then(|hop| hop.by.as_ref()).map(|by| by.value.as_str()),
        doubt: path.doubtful_entry().and_then(|index| path.hops.get(index)).map(|hop| hop.field),
    }
}

/// The same for notes of filters, which also depend on the servers of the receiving side.
fn notes_border(path: &Path) -> notes::Border<'_> {
    let border = border(path);
    let servers = path.hops.iter().filter(|hop| border.boundary.is_some() && hop.side != Side::Sending);
    let servers = servers.filter_map(|hop| {
        Some(notes::Server {
            host: &hop.by.as_ref()?.value,
            client: hop.from.ip.as_ref().map(|ip| ip.value),
            is_exchange: hop.dialect == Dialect::Exchange,
        })
    });
    notes::Border { boundary: border.boundary, doubt: border.doubt, servers: servers.collect() }
}

/// A program that wrote the message anew, as its marks are younger than the message.
fn saved(message: &Message, path: &Path, now: Timestamp) -> Option<Saved> {
    let dated = || crate::message::date::read(&message.unfold(message.first("Date")?).text);
    let moment = path.received_at().map(|stamp| stamp.value.instant).or_else(|| dated().map(|stamp| stamp.instant));
    Saved::of(message, moment, now)
}

/// Who and what the message says it is.
fn identity(message: &Message) -> Identity {
    let mailboxes = |name: &str| -> Vec<_> {
        let fields = message.named(name);
        fields.flat_map(|(_, field)| address::read(&message.unfold(field)).mailboxes).collect()
    };
    let text = |name: &str| message.first(name).map(|field| decode::value(message, field).text);
    Identity {
        from: mailboxes("From"),
        from_fields: message.named("From").count(),
        from_span: message.first("From").map(|field| field.value),
        to: mailboxes("To"),
        reply_to: mailboxes("Reply-To"),
        sender: mailboxes("Sender"),
        subject: text("Subject"),
        subject_span: message.first("Subject").map(|field| field.value),
        date: message.first("Date").and_then(|field| crate::message::date::read(&message.unfold(field).text)),
        date_span: message.first("Date").map(|field| field.value),
        message_id: text("Message-ID"),
        message_id_span: message.first("Message-ID").map(|field| field.value),
        one_click: ["List-Unsubscribe", "List-Unsubscribe-Post"].iter().all(|name| message.first(name).is_some()),
        return_path: message.first("Return-Path").map(|field| without_brackets(&message.unfold(field).text)),
    }
}

fn without_brackets(text: &str) -> String {
    let text = text.trim();
    text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text).trim().to_owned()
}

/// The SMTP session at the boundary: what the user gave wins, then what the receiving side wrote.
fn session(message: &Message, path: &Path, claims: &[Claim], options: &Options) -> Session {
    let boundary = path.boundary_hop();
    let recorded = claimed::session(claims);
    let recorded = recorded.as_ref();
    let ip = given(options.ip)
        .or_else(|| Some(sourced(&boundary?.from.ip?, SessionSource::Received)))
        .or_else(|| Some(sourced(&recorded?.client_ip?, SessionSource::ReceivedSpf)));
    let helo = given(options.helo.clone())
        .or_else(|| Some(sourced(boundary?.from.helo.as_ref()?, SessionSource::Received)))
        .or_else(|| Some(sourced(recorded?.helo.as_ref()?, SessionSource::ReceivedSpf)));
    let mail_from = given(options.mail_from.clone())
        .or_else(|| Some(sourced(boundary?.envelope_from.as_ref()?, SessionSource::Received)))
        .or_else(|| return_path(message, boundary, claims))
        .or_else(|| Some(sourced(recorded?.envelope_from.as_ref()?, SessionSource::ReceivedSpf)))
        .or_else(|| {
            // Only the domain may be named here, which is all that is checked.
            Some(sourced(&claimed::mail_from_domain(claims)?, SessionSource::AuthenticationResults))
        });
    Session { ip, helo, mail_from }
}

/// The envelope sender in Return-Path, which the receiving side writes at delivery (RFC 5321 section 4.4). One above the
/// boundary is its own. One below counts where the receiving side's results name the same domain: Exchange Online writes
/// it there. Any other was in the message when it arrived, and is a claim by strangers.
fn return_path(message: &Message, boundary: Option<&Hop>, claims: &[Claim]) -> Option<Sourced<String>> {
    let (index, field) = message.named("Return-Path").next()?;
    let value = without_brackets(&message.unfold(field).text);
    let is_above = boundary.is_none_or(|hop| index < hop.field);
    let is_confirmed = || {
        let (_, name) = value.rsplit_once('@')?;
        Some(domain::normalize(name)? == claimed::mail_from_domain(claims)?.value)
    };
    (is_above || is_confirmed() == Some(true)).then(|| Sourced {
        value: value.clone(),
        from: SessionSource::ReturnPath,
        span: Some(field.value),
    })
}

fn given<T>(value: Option<T>) -> Option<Sourced<T>> {
    value.map(|value| Sourced { value, from: SessionSource::Given, span: None })
}

fn sourced<T: Clone>(value: &Spanned<T>, from: SessionSource) -> Sourced<T> {
    Sourced { value: value.value.clone(), from, span: Some(value.span) }
}

fn judged_at(path: &Path, at: At, now: Timestamp) -> JudgedAt {
    let (moment, from) = match at {
        At::Now => (now, MomentSource::Now),
        At::Given(moment) => (moment, MomentSource::Given),
        At::Receipt => match path.received_at() {
            Some(stamp) => (stamp.value.instant, MomentSource::Receipt),
            None => (now, MomentSource::NowForLackOfDate),
        },
    };
    JudgedAt { moment, from, now }
}

/// What can be asked before any answer is known, all at the same time.
fn first_questions(message: &Message, identity: &Identity, session: &Session) -> Vec<Question> {
    let author = identity.from.first().and_then(|mailbox| domain::normalize(mailbox.domain.as_deref()?));
    let mut questions = Vec::new();
    if let Some(ip) = &session.ip {
        let envelope = session.mail_from.as_ref().and_then(|sender| sender.value.rsplit_once('@'));
        let senders = [
            envelope.and_then(|(_, name)| domain::normalize(name)),
            session.helo.as_ref().and_then(|helo| domain::normalize(&helo.value)),
            author.clone(),
        ];
        questions.extend(senders.into_iter().flatten().map(|name| Question::new(&name, RecordType::Txt)));
        questions.push(iprev::reverse_question(ip.value));
    }
    questions.extend(dkim::key_questions(message));
    questions.extend(arc::key_questions(message));
    questions.extend(author.map(|author| Question::new(&format!("_dmarc.{author}"), RecordType::Txt)));
    questions
}

fn spf_facts(identity: &Identity, session: &Session, path: &Path, at: Timestamp, dns: &Ledger<'_>) -> SpfFacts {
    let Some(ip) = &session.ip else { return SpfFacts::default() };
    let receiver = receiver(path).map(str::to_owned);
    let helo = session.helo.as_ref().map(|helo| helo.value.clone());
    let connection = spf::Session { ip: ip.value, helo: helo.clone(), receiver, timestamp: at.as_second() };
    let check = |sender: &str| spf::check(sender, &connection, dns);
    let postmaster = helo.map(|name| format!("postmaster@{name}"));
    let mut mail_from = session.envelope_identity().as_deref().map(check);
    if let Some(check) = &mut mail_from {
        spf::find_deprecated(check, dns);
    }
    SpfFacts {
        mail_from,
        helo: postmaster.as_deref().map(check),
        header_from: identity.from.first().map(|mailbox| check(&mailbox.address)),
    }
}

/// The name of the checking host, as it gave it.
fn receiver(path: &Path) -> Option<&str> {
    Some(&path.boundary_hop()?.by.as_ref()?.value)
}

/// Hands the identifiers of SPF and DKIM to DMARC.
fn dmarc(
    message: &Message,
    session: &Session,
    spf: &SpfFacts,
    dkim: &[dkim::Signature],
    moments: Moments,
    dns: &Ledger<'_>,
) -> dmarc::Dmarc {
    let from_fields = message.named("From").map(|(_, field)| {
        let mailboxes = address::read(&message.unfold(field)).mailboxes;
        mailboxes.into_iter().map(|mailbox| mailbox.domain).collect()
    });
    let sender = session.envelope_identity();
    let envelope = match (&spf.mail_from, &sender) {
        (Some(check), _) => Some((check.domain.clone(), result_of(check))),
        (None, Some(sender)) => {
            let name = sender.rsplit_once('@').map_or(sender.as_str(), |(_, name)| name);
            Some((name.to_owned(), Authentication::NotEvaluated))
        }
        (None, None) => None,
    };
    let envelope =
        envelope.map(|(domain, authentication)| Candidate { source: IdentifierSource::Spf, domain, authentication });
    let signatures = dkim.iter().enumerate().filter_map(|(index, signature)| {
        Some(Candidate {
            source: IdentifierSource::Dkim(index),
            domain: signature.domain.clone()?,
            authentication: authentication(signature, moments),
        })
    });
    let identifiers = envelope.into_iter().chain(signatures).collect();
    let from = if from_is_whole(message) { FromState::Whole } else { FromState::PartlyUnreadable };
    // Of a header that is not there whole, any identifier may be missing.
    let is_whole = message.kept.header != Fidelity::Partial;
    let envelope = if sender.is_some() && is_whole { Envelope::Known } else { Envelope::Unknown };
    dmarc::check(&dmarc::Input { from_fields: from_fields.collect(), from, identifiers, envelope }, dns)
}

/// Whether every address in From could be read. A word beside a mailbox (an unquoted comma in a name) names nobody; what
/// holds an `@` may name another author.
fn from_is_whole(message: &Message) -> bool {
    message.named("From").all(|(_, field)| {
        let addresses = address::read(&message.unfold(field));
        let names_somebody = |span: &Span| message.source.slice(*span).contains(&b'@');
        addresses.mailboxes.len() < Addresses::MAX_MAILBOXES && !addresses.unreadable.iter().any(names_somebody)
    })
}

/// What the check of the envelope sender proves for DMARC.
const fn result_of(check: &spf::Check) -> Authentication {
    match check.result {
        None => Authentication::NotEvaluated,
        Some(SpfResult::TempError) => Authentication::TempError,
        Some(SpfResult::Pass) => Authentication::Passed,
        Some(_) => Authentication::NotPassed,
    }
}

/// What a signature proves for DMARC. A key that is gone proves nothing about a message received long ago: keys are
/// replaced, so whether the signature was right then cannot be found out any more.
fn authentication(signature: &dkim::Signature, moments: Moments) -> Authentication {
    let age = moments.now.duration_since(moments.judged_at);
    match signature.result {
        DkimResult::Pass => Authentication::Passed,
        DkimResult::TempError => Authentication::TempError,
        DkimResult::NotEvaluated => Authentication::NotEvaluated,
        DkimResult::PermError if signature.reason == dkim::Reason::KeyMissing && age > KEY_LIFETIME => {
            Authentication::NotEvaluated
        }
        DkimResult::Fail | DkimResult::Policy | DkimResult::Neutral | DkimResult::PermError => {
            Authentication::NotPassed
        }
    }
}

/// Holds what the receiving side recorded against what was proved.
fn compared(facts: &Facts, moments: Moments) -> Compared {
    let proved = claimed::Proved {
        spf_mail_from: facts.spf.mail_from.as_ref(),
        spf_helo: facts.spf.helo.as_ref(),
        dkim: &facts.dkim,
        arc: &facts.arc,
        dmarc: &facts.dmarc,
        iprev: facts.iprev.as_ref(),
        ip: facts.session.ip.as_ref().map(|ip| ip.value),
        sender: facts.session.mail_from.as_ref().map(|sender| sender.value.as_str()),
        boundary: facts.path.boundary_hop().map(|hop| hop.field),
        moments,
    };
    claimed::compare(&facts.claims, &proved)
}

/// Gives every step its name, so that findings and the report can point at it.
fn number_steps(facts: &mut Facts) {
    let checks = [
        ("mail-from", &mut facts.spf.mail_from),
        ("helo", &mut facts.spf.helo),
        ("header-from", &mut facts.spf.header_from),
    ];
    for (root, check) in checks {
        if let Some(check) = check {
            check.trace.number(root);
        }
    }
    for (index, signature) in facts.dkim.iter_mut().enumerate() {
        signature.trace.number(&format!("dkim-{}", index + 1));
    }
    facts.arc.trace.number("arc");
    facts.dmarc.trace.number("dmarc");
    if let Some(iprev) = &mut facts.iprev {
        iprev.trace.number("iprev");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::provider::{Ask, State};
    use crate::dns::Snapshot;

    /// Where it is not certain which address connected, nothing that rests on it is said to be met or not.
    #[test]
    fn no_rule_is_judged_by_an_unsure_address() {
        let message = "Return-Path: <a@example.jp>\r\n\
            Received: from mail.example.jp (unknown [10.0.0.1]) by mx.example.net (Postfix) with ESMTPS id 2; Fri, 20 Nov 2026 01:00:06 +0000\r\n\
            Received: from mail.example.jp (mail.example.jp [192.0.2.25]) by gw.example.org (Postfix) with ESMTPS id 1; Fri, 20 Nov 2026 01:00:05 +0000\r\n\
            From: a@example.jp\r\nTo: sato@example.net\r\nSubject: x\r\n\r\nx\r\n";
        let dns = Snapshot::parse(
            "example.jp. TXT \"v=spf1 ip4:192.0.2.25 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"\n25.2.0.192.in-addr.arpa. PTR mail.example.jp.\nmail.example.jp. A 192.0.2.25\n$default nxdomain\n",
            "test.dns",
        )
        .unwrap();
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let of = |options| analyze(Message::read(message.as_bytes().to_vec()), options, &Ledger::new(&dns), now).facts;
        let state = |facts: &Facts, ask| {
            let cards = provider::rulesets().iter().map(|ruleset| provider::judge(facts, ruleset, Bulk::Yes));
            cards.flat_map(|card| card.rows).find(|row| row.rule.ask == ask).unwrap().state
        };
        let asks = [Ask::Spf, Ask::DmarcPass, Ask::FromAligned, Ask::ForwardAndReverseDns, Ask::Tls];
        let unsure = of(Options::default());
        let sure = of(Options { hop: Some(0), ..Options::default() });
        for ask in asks {
            assert_eq!(state(&unsure, ask), State::CannotKnow, "{ask:?}");
            assert_eq!(state(&sure, ask), State::Met, "{ask:?}");
        }
        let endorsed = |facts: &Facts| facts.sender.relationship.is_endorsed;
        assert!(!endorsed(&unsure) && endorsed(&sure));
    }
}
