//! Whether anything but marks shows that somebody passed the message on. Whoever sends a message can write marks into it.

use std::net::IpAddr;

use super::services::{Found, On, Service, ServiceKind, known};
use crate::auth::arc::{ArcResult, Instance};
use crate::auth::claimed::ClaimHeader;
use crate::auth::dkim::Reason;
use crate::auth::dmarc::DmarcResult;
use crate::auth::iprev::ReverseName;
use crate::auth::{dmarc, domain};
use crate::facts::{Facts, Whose};
use crate::message::{Field, Message, Span};
use crate::sender::{ForwardMark, PassedOnBy};

/// Somebody else than the author who is proved to have handled the message and to stand by its marks: by an intact ARC chain
/// (RFC 8617), a valid signature over the mark, or SPF or DKIM of a domain that the mark bears or to which the envelope sender
/// was rewritten.
#[must_use]
pub fn passed_on_by(message: &Message, facts: &Facts) -> Option<PassedOnBy> {
    let Some(mark) = facts.handling.passed_on_at() else {
        return sealing_client(facts).map(|domain| sealed(domain, facts));
    };
    let sender = || {
        signer(message, facts, mark)
            .or_else(|| rewriter(facts))
            .or_else(|| named_domains(message, facts).into_iter().find(|domain| is_passed(facts, domain)))
    };
    sealer(facts).map(|domain| sealed(domain, facts)).or_else(|| sender().map(sent))
}

/// Customers of a service sign and send under its names as well; its seal is its own, over what others sent and over what they do.
fn sealed(domain: String, facts: &Facts) -> PassedOnBy {
    let sealing = || known().by_name(On::Seal, &domain).first().map(|found| found.service);
    let service = sealing().or_else(|| relay(&domain, |kind| is_relay(kind) || kind == ServiceKind::OwnMail));
    let is_of_others = facts.arc.instances.first().is_some_and(|first| names_client(first, facts));
    PassedOnBy { service: service.filter(|_| is_of_others), domain }
}

fn sent(domain: String) -> PassedOnBy {
    let service = relay(&domain, is_relay);
    PassedOnBy { domain, service }
}

fn relay(domain: &str, fits: impl Fn(ServiceKind) -> bool) -> Option<&'static Service> {
    let found = [On::Dkim, On::Envelope].into_iter().flat_map(|on| known().by_name(on, domain));
    found.map(|found| found.service).find(|service| fits(service.kind))
}

/// It passes on what others wrote, and lets nobody else send under its own names.
const fn is_relay(kind: ServiceKind) -> bool {
    use ServiceKind::{Filter, Forwarder, ListHost, MailboxProvider};
    matches!(kind, Filter | Forwarder | ListHost | MailboxProvider)
}

fn sealer(facts: &Facts) -> Option<String> {
    let chain = Some(&facts.arc).filter(|chain| chain.result == ArcResult::Pass)?;
    chain.instances.last()?.seal.domain.clone().filter(|domain| !is_authors(facts, domain))
}

/// Without any mark: whoever sealed an intact chain that tells of a pass which is none any more, where its own server connected.
/// A service that seals all it sends is no forwarder.
fn sealing_client(facts: &Facts) -> Option<String> {
    let first = facts.arc_saw_pass().filter(|_| facts.dmarc.result == DmarcResult::Fail)?;
    let sealer = sealer(facts)?;
    let confirmed = facts.iprev.iter().flat_map(|iprev| &iprev.names).filter(|name| name.confirmed);
    let mut confirmed = confirmed.filter(|_| !facts.is_address_unsure());
    let is_its = |name: &ReverseName| {
        let by_service = || seals_for(&sealer, &name.name) && names_client(first, facts);
        dmarc::is_same_organization(&name.name, &sealer) || by_service()
    };
    confirmed.any(is_its).then_some(sealer)
}

/// The host is one of a service that is known to seal with that domain.
fn seals_for(sealer: &str, host: &str) -> bool {
    let sealing = known().by_name(On::Seal, sealer);
    let hosts = known().by_name(On::Host, host);
    let is_it = |found: &Found| {
        let is_host = |host: &Found| host.service == found.service && host.matcher.known.is_firm();
        found.matcher.known.is_firm() && hosts.iter().any(is_host)
    };
    sealing.iter().any(is_it)
}

/// The first sealer took the message from another server: its results, which the seal covers, name that server's address. Of
/// what its own customers write there is none to name.
fn names_client(first: &Instance, facts: &Facts) -> bool {
    let own = facts.claims.iter().find(|claim| {
        claim.header == ClaimHeader::ArcAuthenticationResults && Some(claim.field) == first.results_field
    });
    let comments = own.into_iter().flat_map(|claim| &claim.results).flat_map(|result| &result.comments);
    let is_address = |word: &str| word.trim_matches(|mark: char| "[](),;".contains(mark)).parse::<IpAddr>().is_ok();
    comments.flat_map(|comment| comment.split_whitespace()).any(is_address)
}

/// The domain that first sealed the message and says that DMARC passed for the author domain then, where the chain is intact and
/// the server of its last sealer brought the message. Its word: no proof of the author domain (RFC 8617 section 7.2.1).
#[must_use]
pub fn saw_pass(facts: &Facts) -> Option<String> {
    sealing_client(facts)?;
    facts.arc_saw_pass()?.seal.domain.clone()
}

fn signer(message: &Message, facts: &Facts, mark: Span) -> Option<String> {
    let field = message.fields.iter().find(|field| field.span == mark)?;
    let covers = |name: &String| name.eq_ignore_ascii_case(&field.name);
    let signature = facts.dkim.iter().enumerate().find(|(index, signature)| {
        let is_other = facts.standing(*index).is_some_and(|standing| standing.whose == Whose::Other);
        is_other && signature.reason == Reason::Verified && signature.signed_headers.iter().any(covers)
    });
    signature?.1.domain.clone()
}

fn rewriter(facts: &Facts) -> Option<String> {
    let is_rewritten = facts.handling.forwarded.is_some_and(|(mark, _)| mark == ForwardMark::RewrittenSender);
    let envelope = facts.spf.mail_from.as_ref().map(|check| check.domain.as_str());
    envelope
        .filter(|domain| is_rewritten && !facts.dmarc.envelope_is_aligned() && is_passed(facts, domain))
        .map(str::to_owned)
}

/// The domains of the addresses in the fields that show the list or the forwarding.
fn named_domains(message: &Message, facts: &Facts) -> Vec<String> {
    let marks = [facts.handling.list, facts.handling.forwarded.map(|(_, span)| span)];
    let fields = message.fields.iter().filter(|field| marks.contains(&Some(field.span)));
    fields.flat_map(|field| addresses(message, field)).collect()
}

fn addresses(message: &Message, field: &Field) -> Vec<String> {
    let value = message.unfold(field).text.replace("mailto:", "").replace("MAILTO:", "");
    let words = value.split(|character: char| character.is_whitespace() || "<>,;?".contains(character));
    words.filter_map(|word| domain::normalize(word.rsplit_once('@')?.1)).collect()
}

fn is_authors(facts: &Facts, domain: &str) -> bool {
    facts.dmarc.author_domain.as_deref().is_some_and(|author| dmarc::is_same_organization(domain, author))
}

fn is_passed(facts: &Facts, domain: &str) -> bool {
    let passed = facts.dmarc.passed_domains();
    let mut others = passed.iter().filter(|passed| !is_authors(facts, passed));
    others.any(|passed| dmarc::is_same_organization(passed, domain))
}
