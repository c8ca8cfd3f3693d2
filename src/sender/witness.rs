//! Whether anything but marks shows that somebody passed the message on. Whoever sends a message can write marks into it.

use crate::auth::arc::ArcResult;
use crate::auth::dkim::Reason;
use crate::auth::{dmarc, domain};
use crate::facts::{Facts, Whose};
use crate::message::{Message, Span};
use crate::sender::ForwardMark;

/// Somebody else than the author domain is proved to have handled the message and to stand by its marks: an intact ARC chain
/// (RFC 8617), a valid signature of another domain over the mark, or SPF or DKIM of the domain that the list bears or to which
/// the envelope sender was rewritten.
#[must_use]
pub fn is_passing_on_proved(message: &Message, facts: &Facts) -> bool {
    let Some(mark) = facts.handling.passed_on_at() else { return false };
    facts.arc.result == ArcResult::Pass
        || is_signed(message, facts, mark)
        || is_rewritten_sender_proved(facts)
        || list_domains(message, facts).iter().any(|list| is_passed(facts, list))
}

fn is_signed(message: &Message, facts: &Facts, mark: Span) -> bool {
    let Some(field) = message.fields.iter().find(|field| field.span == mark) else { return false };
    let covers = |name: &String| name.eq_ignore_ascii_case(&field.name);
    facts.dkim.iter().enumerate().any(|(index, signature)| {
        let is_other = facts.standing(index).is_some_and(|standing| standing.whose == Whose::Other);
        is_other && signature.reason == Reason::Verified && signature.signed_headers.iter().any(covers)
    })
}

fn is_rewritten_sender_proved(facts: &Facts) -> bool {
    let is_rewritten = facts.handling.forwarded.is_some_and(|(mark, _)| mark == ForwardMark::RewrittenSender);
    let envelope = facts.spf.mail_from.as_ref().map(|check| check.domain.as_str());
    is_rewritten && !facts.dmarc.envelope_is_aligned() && envelope.is_some_and(|domain| is_passed(facts, domain))
}

/// The domains of the addresses in the field that shows the list.
fn list_domains(message: &Message, facts: &Facts) -> Vec<String> {
    let field = message.fields.iter().find(|field| Some(field.span) == facts.handling.list);
    let Some(field) = field else { return Vec::new() };
    let value = message.unfold(field).text.replace("mailto:", "").replace("MAILTO:", "");
    let words = value.split(|character: char| character.is_whitespace() || "<>,;?".contains(character));
    words.filter_map(|word| domain::normalize(word.rsplit_once('@')?.1)).collect()
}

fn is_passed(facts: &Facts, domain: &str) -> bool {
    let author = facts.dmarc.author_domain.as_deref().unwrap_or_default();
    let passed = facts.dmarc.passed_domains();
    let mut others = passed.iter().filter(|passed| !dmarc::is_same_organization(passed, author));
    others.any(|passed| dmarc::is_same_organization(passed, domain))
}
