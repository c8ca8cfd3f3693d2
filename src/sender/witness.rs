//! Whether anything but marks shows that somebody passed the message on. Whoever sends a message can write marks into it.

use crate::auth::arc::ArcResult;
use crate::auth::dkim::Reason;
use crate::auth::dmarc::DmarcResult;
use crate::auth::iprev::ReverseName;
use crate::auth::{dmarc, domain};
use crate::facts::{Facts, Whose};
use crate::message::{Field, Message, Span};
use crate::sender::ForwardMark;

/// The domain of somebody else than the author who is proved to have handled the message and to stand by its marks: by an intact
/// ARC chain (RFC 8617), a valid signature over the mark, or SPF or DKIM of a domain that the mark bears or to which the envelope
/// sender was rewritten.
#[must_use]
pub fn passed_on_by(message: &Message, facts: &Facts) -> Option<String> {
    let Some(mark) = facts.handling.passed_on_at() else { return sealing_client(facts) };
    sealer(facts)
        .or_else(|| signer(message, facts, mark))
        .or_else(|| rewriter(facts))
        .or_else(|| named_domains(message, facts).into_iter().find(|domain| is_passed(facts, domain)))
}

fn sealer(facts: &Facts) -> Option<String> {
    let chain = Some(&facts.arc).filter(|chain| chain.result == ArcResult::Pass)?;
    chain.instances.last()?.seal.domain.clone().filter(|domain| !is_authors(facts, domain))
}

/// Without any mark: whoever sealed an intact chain that tells of a pass which is none any more, where its own server connected.
/// A service that seals all it sends is no forwarder.
fn sealing_client(facts: &Facts) -> Option<String> {
    facts.arc_saw_pass().filter(|_| facts.dmarc.result == DmarcResult::Fail)?;
    let sealer = sealer(facts)?;
    let is_its = |name: &ReverseName| name.confirmed && dmarc::is_same_organization(&name.name, &sealer);
    facts.iprev.as_ref()?.names.iter().any(is_its).then_some(sealer)
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
