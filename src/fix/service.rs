//! What the author domain sets up where its mail is sent: a signature of its own, an envelope sender of its own. Values are
//! those that the service documents; what only its console shows stays a placeholder.

use super::change::{Change, Current, Place};
use super::kind::{Kind, SendingService};
use super::piece::{Piece, Placeholder};
use super::{Case, Fix, Outcome, Withheld};
use crate::auth::dkim::crypto::KeyKind;
use crate::auth::dmarc::{Authentication, Identifier, IdentifierSource};
use crate::auth::domain;
use crate::auth::spf::{self, SpfResult};
use crate::check::Actor;
use crate::sender::services::{DkimSetup, EnvelopeSetup, Known, On, ServiceKind, Setup, for_domain, known};
use crate::sender::who::{Assurance, Attribution, RelationKind};

/// The preference of the only MX record of a name; any number does.
const PREFERENCE: &str = "10 ";

pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    let Some(author) = case.facts.dmarc.author_domain.as_deref().filter(|_| !case.is_suspect()) else {
        return Vec::new();
    };
    // A domain that sends from other envelopes alone may well list no server.
    if case.facts.dmarc.envelope_is_aligned() && super::spf::sends_nothing(case, author) {
        return Vec::new();
    }
    let is_wanted = |code: &&'static str| case.has(code);
    let findings: Vec<&'static str> =
        ["dmarc-unaligned", "dkim-missing", "dmarc-reject-on-spf-only"].into_iter().filter(is_wanted).collect();
    if findings.is_empty() {
        return Vec::new();
    }
    let service = sending_service(case);
    let mut fixes = vec![vec![signature(case, author, service, findings)]];
    fixes.extend(envelope(case, author, service).map(|fix| vec![fix]));
    fixes
}

/// The service at which the author sets something up. A message that was passed on shows the one that passed it on.
pub(super) fn sending_service(case: Case<'_>) -> Option<SendingService> {
    let sender = &case.facts.sender;
    if sender.relationship.kind == RelationKind::Own {
        return None;
    }
    let has_setup = |attribution: &&Attribution| attribution.service.setup.is_some();
    let found = match &sender.service {
        Some(service) => Some(service).filter(has_setup),
        None => sender.carrier.as_ref().filter(has_setup),
    }?;
    (found.assurance > Assurance::Claimed)
        .then_some(SendingService { service: found.service, is_proved: found.assurance == Assurance::Proved })
}

/// A signature with the author domain in `d=`.
fn signature(case: Case<'_>, author: &str, service: Option<SendingService>, findings: Vec<&'static str>) -> Fix {
    // Who passed a message on says nothing of where it was sent.
    let passed = |is_signature: bool| {
        let others = case.facts.dmarc.identifiers.iter().filter(|_| !case.facts.handling.passed_on());
        let is_near = |one: &Identifier| {
            domain::is_at_or_below(&one.domain, author) || domain::is_at_or_below(author, &one.domain)
        };
        let mut passed = others.filter(|one| one.authentication == Authentication::Passed && !is_near(one));
        passed.find(|one| matches!(one.source, IdentifierSource::Dkim(_)) == is_signature).map(|one| one.domain.clone())
    };
    let kind = Kind::OwnSignature { author: author.to_owned(), service, signer: passed(true), envelope: passed(false) };
    let setup = service.and_then(|at| at.service.setup.as_ref());
    let way = setup.and_then(|setup| setup.dkim);
    // Nobody but the provider can sign for the domain of its mailboxes.
    if is_of_provider(author) {
        return Fix::not_offered(kind, findings, Actor::Sender, Withheld::ProviderDomain);
    }
    if way == Some(DkimSetup::Impossible) {
        return Fix::not_offered(kind, findings, Actor::Sender, Withheld::ServiceCannot);
    }
    let changes = match (setup, way) {
        (Some(setup), Some(way)) => records(author, setup, way),
        // What the service asks for is not known: what every key record has.
        _ => vec![key(author, &[])],
    };
    Fix { outcome: Outcome::FutureMail, ..Fix::new(kind, findings, Actor::Sender, changes) }
}

/// The records that the service wants for the signature.
fn records(author: &str, setup: &Setup, way: DkimSetup) -> Vec<Change> {
    let is_hint = setup.known == Known::Hint;
    let selectors: &[String] = if is_hint { &[] } else { &setup.selectors };
    let targets: &[String] = if is_hint { &[] } else { &setup.targets };
    match way {
        DkimSetup::Cname if selectors.is_empty() => vec![alias(author, None, targets.first())],
        DkimSetup::Cname => {
            let at = |(place, selector)| alias(author, Some(selector), targets.get(place));
            selectors.iter().enumerate().map(at).collect()
        }
        DkimSetup::Txt | DkimSetup::KeyPair => vec![key(author, selectors)],
        DkimSetup::Delegation
        | DkimSetup::Setting
        | DkimSetup::Application
        | DkimSetup::Upstream
        | DkimSetup::Automatic
        | DkimSetup::Impossible => Vec::new(),
    }
}

/// A CNAME record to a key that the service keeps.
fn alias(author: &str, selector: Option<&String>, target: Option<&String>) -> Change {
    let name = match (selector, target.and_then(|target| target.split_once('.'))) {
        (Some(selector), _) => vec![Piece::text(selector, false)],
        // The same token stands on both sides.
        (None, Some((token, _))) if token.starts_with('<') => pieces(token, author),
        (None, _) => vec![Piece::placeholder(Placeholder::Selector)],
    };
    let target = target.map_or_else(|| vec![Piece::placeholder(Placeholder::Target)], |target| pieces(target, author));
    Change {
        place: Place::Cname,
        name: below(name, &format!("_domainkey.{author}")),
        current: Current::Unknown,
        new: target,
    }
}

/// How the record of a key begins (RFC 6376 section 3.6.1, RFC 8463 section 4).
pub(super) const fn key_record(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Rsa => "v=DKIM1; k=rsa; p=",
        KeyKind::Ed25519 => "v=DKIM1; k=ed25519; p=",
    }
}

/// A TXT record with a key.
fn key(author: &str, selectors: &[String]) -> Change {
    let selector = selectors
        .first()
        .map_or_else(|| Piece::placeholder(Placeholder::Selector), |selector| Piece::text(selector, false));
    let new = vec![Piece::text(key_record(KeyKind::Rsa), true), Piece::placeholder(Placeholder::PublicKey)];
    let name = below(vec![selector], &format!("_domainkey.{author}"));
    Change { place: Place::Txt, name, current: Current::Unknown, new }
}

/// An envelope sender below the author domain, where SPF passes for one of the service's today.
fn envelope(case: Case<'_>, author: &str, at: Option<SendingService>) -> Option<Fix> {
    let facts = case.facts;
    let check = facts.spf.mail_from.as_ref().filter(|check| check.result == Some(SpfResult::Pass))?;
    if facts.dmarc.envelope_is_aligned() || !case.has("dmarc-unaligned") {
        return None;
    }
    let at = at?;
    let setup = at.service.setup.as_ref()?;
    let target = setup.envelope_target.as_ref().filter(|_| setup.known != Known::Hint);
    let target =
        || target.map_or_else(|| vec![Piece::placeholder(Placeholder::Target)], |target| pieces(target, author));
    let name = || below(vec![Piece::placeholder(Placeholder::Subdomain)], author);
    let change = |place, new| Change { place, name: name(), current: Current::Unknown, new };
    let changes = match setup.envelope? {
        EnvelopeSetup::Cname => vec![change(Place::Cname, target())],
        EnvelopeSetup::Mx => {
            let exchange = [vec![Piece::text(PREFERENCE, true)], target()].concat();
            vec![change(Place::Mx, exchange), change(Place::Txt, own_record(setup, author))]
        }
        EnvelopeSetup::Delegation | EnvelopeSetup::Setting | EnvelopeSetup::Application => Vec::new(),
        // It is the author's already, or can never be.
        EnvelopeSetup::Author | EnvelopeSetup::Service => return None,
    };
    let kind = Kind::OwnEnvelope { author: author.to_owned(), envelope: check.domain.clone(), service: at };
    let fix = Fix::new(kind, vec!["dmarc-unaligned"], Actor::Sender, changes);
    Some(Fix { outcome: Outcome::FutureMail, ..fix })
}

/// The whole SPF record of a name that the service alone sends from.
fn own_record(setup: &Setup, author: &str) -> Vec<Piece> {
    [vec![Piece::text("v=spf1 ", true)], include(setup, author), vec![Piece::text(" ~all", true)]].concat()
}

/// The term that lets a service's servers in, as well as it is known.
pub(super) fn include(setup: &Setup, author: &str) -> Vec<Piece> {
    match setup.spf.as_ref().filter(|_| setup.known != Known::Hint) {
        Some(host) => [vec![Piece::text("include:", true)], pieces(host, author)].concat(),
        None => vec![Piece::placeholder(Placeholder::Include)],
    }
}

/// A name of which the first part is given.
pub(super) fn below(mut first: Vec<Piece>, domain: &str) -> Vec<Piece> {
    first.push(Piece::text(&format!(".{domain}"), false));
    first
}

/// A name as the service documents it, its parts in angle brackets filled in or left to its console.
fn pieces(template: &str, author: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let filled = for_domain(template, author);
    let mut rest = filled.as_str();
    while let Some((before, (part, after))) =
        rest.split_once('<').and_then(|(before, rest)| Some((before, rest.split_once('>')?)))
    {
        pieces.extend((!before.is_empty()).then(|| Piece::text(before, true)));
        pieces.push(Piece::placeholder(Placeholder::Shown { part: part.to_owned() }));
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then(|| Piece::text(rest, true)));
    pieces
}

/// The service whose server connected, where that is shown and its own record is known: an include lets it in.
pub(super) fn of_server(case: Case<'_>, check: &spf::Check) -> Option<SendingService> {
    let sender = &case.facts.sender;
    if case.facts.is_address_unsure() || case.facts.handling.passed_on() {
        return None;
    }
    let at = [&sender.carrier, &sender.service, &sender.via].into_iter().flatten().find(|attribution| {
        let is_there =
            attribution.marks.iter().any(|mark| mark.proof.is_transport() && mark.assurance() > Assurance::Claimed);
        is_there
            && !is_of(attribution, &check.domain)
            && attribution.service.setup.as_ref().is_some_and(|setup| setup.spf.is_some())
    })?;
    let is_proved = at.marks.iter().any(|mark| mark.proof.is_transport() && mark.assurance() == Assurance::Proved);
    Some(SendingService { service: at.service, is_proved })
}

/// The domain is one of those in which a mailbox provider gives everybody an address.
pub(super) fn is_of_provider(domain: &str) -> bool {
    let mut keepers = known().by_name(On::Envelope, domain).into_iter();
    keepers.any(|found| found.service.kind == ServiceKind::MailboxProvider)
}

/// Whether a domain is one of the service's own, in which no customer changes anything.
fn is_of(attribution: &Attribution, domain: &str) -> bool {
    known().by_name(On::Envelope, domain).iter().any(|found| found.service == attribution.service)
}
