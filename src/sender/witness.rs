//! Whether anything but marks shows that somebody passed the message on. Whoever sends a message can write marks into it.

use std::net::IpAddr;

use super::services::{Found, On, Service, ServiceKind, known};
use crate::auth::arc::{ArcResult, Instance};
use crate::auth::claimed::ClaimHeader;
use crate::auth::dkim::Reason;
use crate::auth::dmarc::DmarcResult;
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

/// A message signature that leaves From out proves nothing of who is shown there: RFC 8617 section 4.1.2 allows it.
fn sealer(facts: &Facts) -> Option<String> {
    let chain = Some(&facts.arc).filter(|chain| chain.result == ArcResult::Pass)?;
    let newest = chain.instances.last().filter(|newest| newest.message_signature.covers_from)?;
    newest.seal.domain.clone().filter(|domain| !is_authors(facts, domain))
}

/// The names of the host that brought the message.
fn client_names(facts: &Facts) -> impl Iterator<Item = &str> {
    let names = facts.iprev.iter().flat_map(|iprev| &iprev.names);
    let sure = names.filter(|name| name.confirmed && !facts.is_address_unsure());
    sure.map(|name| name.name.as_str())
}

/// Without any mark: whoever sealed an intact chain that tells of a pass which is none any more, where its own server connected.
/// A service that seals all it sends is no forwarder.
fn sealing_client(facts: &Facts) -> Option<String> {
    if let Some(service) = saw_pass(facts) {
        return Some(service);
    }
    facts.arc_saw_pass().filter(|_| facts.dmarc.result == DmarcResult::Fail)?;
    let sealer = sealer(facts)?;
    client_names(facts).any(|name| dmarc::is_same_organization(name, &sealer)).then_some(sealer)
}

/// The domain of a service that is known to seal with it, whose server brought the message, and whose seal over an intact chain
/// says that DMARC passed for the author domain when the service took the message from another server. Its word: no proof of the
/// author domain (RFC 8617 section 7.2.1). What a seal of anybody else says, anybody can say.
#[must_use]
pub fn saw_pass(facts: &Facts) -> Option<String> {
    let sealer = sealer(facts).filter(|_| facts.dmarc.result == DmarcResult::Fail)?;
    let newest = facts.arc.instances.last()?;
    let is_its = client_names(facts).any(|name| seals_for(&sealer, name));
    (is_its && facts.saw(newest, "dmarc", "pass") && names_client(newest, facts)).then_some(sealer)
}

/// Such a service says as well that a signature of the author domain was valid then.
#[must_use]
pub fn saw_signature(facts: &Facts) -> Option<String> {
    saw_pass(facts).filter(|_| facts.arc.instances.last().is_some_and(|newest| facts.saw(newest, "dkim", "pass")))
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

/// The sealer took the message from another server: its results, which the seal covers, name that server's address. Of what its
/// own customers write there is none to name.
fn names_client(instance: &Instance, facts: &Facts) -> bool {
    let own = facts.claims.iter().find(|claim| {
        claim.header == ClaimHeader::ArcAuthenticationResults && Some(claim.field) == instance.results_field
    });
    let comments = own.into_iter().flat_map(|claim| &claim.results).flat_map(|result| &result.comments);
    let is_address = |word: &str| word.trim_matches(|mark: char| "[](),;".contains(mark)).parse::<IpAddr>().is_ok();
    comments.flat_map(|comment| comment.split_whitespace()).any(is_address)
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
