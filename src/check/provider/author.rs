//! Tests of the author and of the domains that the message names.

use super::ask::{Answer, Outcome};
use super::authentication;
use super::ruleset::{Rule, Ruleset};
use super::why::Why;
use crate::auth::author_hosts::HostsState;
use crate::auth::bimi::{Bimi, BimiState, Selector};
use crate::auth::dmarc::{DmarcResult, Policy, WalkStep};
use crate::auth::domain;
use crate::auth::spf::{Reason, SpfResult};
use crate::check::Evidence;
use crate::facts::Facts;

pub(super) fn one(facts: &Facts) -> Answer {
    let identity = &facts.identity;
    let (fields, mailboxes) = (identity.from_fields, identity.from.len());
    let place = identity.from_span.map(Evidence::Bytes);
    let answer = match (fields, mailboxes) {
        (1, 1) => Answer::met(Why::OneAuthor { domain: facts.author_domain() }),
        (0, _) if facts.is_header_partial() => Answer::unknown(Why::PartlyKept),
        _ => Answer::not_met(Why::AuthorsFound { fields, mailboxes }),
    };
    answer.at(place)
}

pub(super) fn present(facts: &Facts) -> Answer {
    let place = facts.identity.from_span.map(Evidence::Bytes);
    let answer = if facts.identity.from.is_empty() {
        if facts.is_header_partial() {
            Answer::unknown(Why::PartlyKept)
        } else {
            Answer::not_met(Why::Absent { field: "From" })
        }
    } else {
        Answer::met(Why::FieldThere { field: "From" })
    };
    answer.at(place)
}

pub(super) fn domain_valid(facts: &Facts) -> Answer {
    let Some(mailbox) = facts.identity.from.first() else { return Answer::unknown(Why::NoAuthor) };
    let valid = mailbox.domain.as_deref().and_then(domain::normalize).filter(|name| name.contains('.'));
    let answer = valid.map_or(Answer::not_met(Why::DomainInvalid), |domain| Answer::met(Why::DomainValid { domain }));
    answer.at(Evidence::Bytes(mailbox.span))
}

/// The provider's own name in From, or one of those the rule names, needs proof.
pub(super) fn not_own_domain(facts: &Facts, rule: &Rule, ruleset: &Ruleset) -> Answer {
    let Some(domain) = facts.author_domain() else { return Answer::unknown(Why::NoAuthor) };
    let place = facts.identity.from_span.map(Evidence::Bytes);
    let is_named = |named: &String| domain::is_at_or_below(&domain, named);
    let is_own = if rule.domains.is_empty() { ruleset.owns(&domain) } else { rule.domains.iter().any(is_named) };
    if !is_own {
        return Answer::met(Why::OtherDomain { domain }).at(place);
    }
    let proved = authentication::from_aligned(facts);
    let answer = match proved.outcome {
        Outcome::Met => Answer::met(Why::OwnDomainProved { domain }),
        Outcome::Unknown => return proved,
        Outcome::NotMet | Outcome::Doubtful | Outcome::Exempt => Answer::not_met(Why::OwnDomainUnproved { domain }),
    };
    answer.at(place)
}

pub(super) fn hosts(facts: &Facts) -> Answer {
    judge_hosts(facts, |state| matches!(state, HostsState::Mx | HostsState::Address | HostsState::NullMx))
}

/// Neither the author domain nor the envelope sender's may say that it takes no mail.
pub(super) fn not_null_mx(facts: &Facts) -> Answer {
    let author = judge_hosts(facts, |state| state != HostsState::NullMx);
    if author.outcome == Outcome::Met { of_envelope(facts, author) } else { author }
}

/// The envelope sender's domain exists and has an MX record or an address.
pub(super) fn mail_from_hosts(facts: &Facts) -> Answer {
    let exists = mail_from_exists(facts);
    if exists.outcome == Outcome::Met { of_envelope(facts, hosts(facts)) } else { exists }
}

/// The answer for the author domain, where the envelope sender has the same; of another one only that it exists was asked.
fn of_envelope(facts: &Facts, author: Answer) -> Answer {
    let Some(check) = facts.spf.mail_from.as_ref().filter(|_| !facts.session.is_sender_null()) else { return author };
    if facts.author_hosts.as_ref().is_none_or(|hosts| hosts.domain == check.domain) {
        return author;
    }
    Answer::unknown(Why::EnvelopeHostsNotAsked { domain: check.domain.clone() })
}

fn judge_hosts(facts: &Facts, is_met: impl FnOnce(HostsState) -> bool) -> Answer {
    if facts.dmarc.author_domain.is_none() {
        return Answer::unknown(Why::NoAuthor);
    }
    let Some(hosts) = &facts.author_hosts else { return Answer::unknown(Why::HostsNotAsked) };
    let state = hosts.state;
    let why = Why::Hosts { domain: hosts.domain.clone(), state };
    let answer = match state {
        HostsState::Unreachable | HostsState::NotAsked => Answer::unknown(why),
        _ if is_met(state) => Answer::met(why),
        // The providers name MX and A; whether AAAA does as well, they do not say.
        HostsState::Ipv6Address => Answer::doubtful(why),
        _ => Answer::not_met(why),
    };
    answer.at(hosts.questions.last().copied().map(Evidence::Question))
}

/// The domain of the envelope sender exists in DNS, as the question for its SPF record shows.
pub(super) fn mail_from_exists(facts: &Facts) -> Answer {
    if facts.session.is_sender_null() {
        return Answer::exempt(Why::SenderNull);
    }
    let Some(check) = &facts.spf.mail_from else { return Answer::unknown(Why::SpfNotJudged) };
    let domain = check.domain.clone();
    let answer = match (check.reason, check.result) {
        (Reason::NoSuchDomain | Reason::NotADomain, _) => Answer::not_met(Why::DomainMissing { domain }),
        (Reason::DnsTrouble | Reason::NotAsked, _) | (_, Some(SpfResult::TempError) | None) => {
            Answer::unknown(Why::SpfNoAnswer { domain })
        }
        _ => Answer::met(Why::DomainExists { domain }),
    };
    answer.at(Evidence::Step(check.trace.id.clone()))
}

/// What a logo needs besides a record: DMARC passes, and the domain asks for quarantine or reject.
fn ready_for_logo<'a>(facts: &'a Facts, judge: impl FnOnce(&'a Bimi) -> Answer) -> Answer {
    if facts.dmarc.author_domain.is_none() {
        return Answer::unknown(Why::NoAuthor);
    }
    let Some(bimi) = &facts.bimi else { return Answer::unknown(Why::BimiNotAsked) };
    let domain = facts.author_domain().unwrap_or_default();
    let place = bimi.questions.last().copied().map(Evidence::Question);
    let answer = match bimi.state {
        BimiState::NotAsked => Answer::unknown(Why::BimiUnasked { name: bimi.name.clone() }),
        BimiState::Unreachable => Answer::unknown(Why::BimiNoAnswer { name: bimi.name.clone() }),
        // Nobody has to have a logo.
        BimiState::Missing | BimiState::Declined => Answer::exempt(Why::BimiMissing { domain, ignored: ignored(bimi) }),
        BimiState::Found if facts.dmarc.result != DmarcResult::Pass || facts.is_proof_unsure() => {
            return authentication::dmarc_pass(facts);
        }
        BimiState::Found => weak_policy(facts).map_or_else(|| judge(bimi), Answer::not_met),
    };
    answer.at(place)
}

/// Why the policy does not do for a logo: the author domain and its organization must ask for quarantine or reject, of all
/// their mail (draft-brand-indicators section 4.1; `pct`, which DMARC has no longer, counts for providers that read it).
fn weak_policy(facts: &Facts) -> Option<Why> {
    let dmarc = &facts.dmarc;
    let is_weak = |policy: Option<Policy>| policy.is_none_or(|policy| policy < Policy::Quarantine);
    let author = facts.author_domain().unwrap_or_default();
    if is_weak(dmarc.policy) {
        return Some(Why::BimiPolicyWeak { domain: author });
    }
    let is_of_organization = |step: &&WalkStep| dmarc.organizational_domain.as_ref() == Some(&step.domain);
    let organization = dmarc.walk.iter().find(is_of_organization);
    if let Some((step, text)) = organization.and_then(|step| Some((step, step.texts.first()?)))
        && is_weak(text.record.p.policy())
    {
        return Some(Why::BimiPolicyWeak { domain: step.domain.clone() });
    }
    let share = dmarc.applied_record()?.tag("pct")?;
    let is_part = share.value.value.parse::<u8>().is_ok_and(|percent| percent < 100);
    is_part.then(|| Why::BimiPolicyShare { domain: dmarc.record_at.clone().unwrap_or(author) })
}

/// The selector that the message names in vain.
fn ignored(bimi: &Bimi) -> Option<String> {
    match &bimi.selector {
        Selector::Ignored(name) => Some(name.clone()),
        Selector::Default | Selector::Named(_) => None,
    }
}

pub(super) fn bimi(facts: &Facts) -> Answer {
    ready_for_logo(facts, |bimi| {
        let (name, logo) = (bimi.name.clone(), bimi.logo.clone());
        Answer::met(Why::BimiReady { name, logo, ignored: ignored(bimi) })
    })
}

pub(super) fn bimi_certificate(facts: &Facts) -> Answer {
    ready_for_logo(facts, |bimi| {
        let (name, ignored) = (bimi.name.clone(), ignored(bimi));
        match &bimi.certificate {
            Some(certificate) => Answer::met(Why::BimiCertificate { name, certificate: certificate.clone(), ignored }),
            None => Answer::not_met(Why::BimiNoCertificate { name, ignored }),
        }
    })
}
