//! The checks that ask others, each only where it is switched on.

use crate::auth::dkim::DkimResult;
use crate::auth::domain;
use crate::dns::Ledger;
use crate::facts::network::{NetworkCheck, NetworkFacts};
use crate::facts::{Facts, SessionSource};
use crate::listing::{self, Address, Role, Subjects};
use crate::path::{client_is_public, organisation};
use crate::transport::{self, MailDomain, Whose};

/// Whom the checks are about, and the answers of those that are on. Without one nothing is asked.
pub(super) fn ask(facts: &Facts, checks: &[NetworkCheck], dns: &Ledger<'_>) -> NetworkFacts {
    let is_on = |check| checks.contains(&check);
    let subjects = subjects(facts);
    let mail_domains = mail_domains(facts);
    let listings = is_on(NetworkCheck::Blocklists).then(|| listing::check(&subjects, dns));
    let transport = is_on(NetworkCheck::Transport).then(|| transport::check(&mail_domains, dns));
    NetworkFacts { subjects, mail_domains, listings, transport }
}

/// The connecting address where it is sure, and the domains that the message names; of signatures those that verified: anybody
/// can write the others.
fn subjects(facts: &Facts) -> Subjects {
    let mut subjects = Subjects { address: address(facts), ..Subjects::default() };
    let session = &facts.session;
    let envelope = session.mail_from.as_ref().and_then(|sender| sender.value.rsplit_once('@')).map(|(_, name)| name);
    let helo = session.helo.as_ref().map(|helo| helo.value.as_str());
    let signatures = facts.dkim.iter().filter(|signature| signature.result == DkimResult::Pass);
    let author = facts.author_domain();
    let named = author.as_deref().map(|name| (name, Role::Author)).into_iter();
    let named = named.chain(envelope.map(|name| (name, Role::Envelope))).chain(helo.map(|name| (name, Role::Helo)));
    let named = named.chain(signatures.filter_map(|signature| Some((signature.domain.as_deref()?, Role::Signature))));
    for (name, role) in named {
        let Some(name) = public(name) else { continue };
        if let Some(registered) = organisation(&name) {
            subjects.add(&name, &registered, role);
        }
    }
    subjects
}

fn address(facts: &Facts) -> Address {
    let Some(ip) = &facts.session.ip else { return Address::Unknown };
    let value = ip.value.to_canonical();
    if !client_is_public(value) {
        Address::Private(value)
    } else if ip.from != SessionSource::Given && facts.is_address_unsure() {
        Address::Unsure(value)
    } else {
        Address::Known(value)
    }
}

/// The recipient's domain and the author's.
fn mail_domains(facts: &Facts) -> Vec<MailDomain> {
    let recipient = facts.recipient.domain.as_ref().and_then(|domain| public(&domain.value));
    let author = facts.author_domain().and_then(|author| public(&author));
    match (recipient, author) {
        (Some(recipient), Some(author)) if recipient == author => {
            vec![MailDomain { name: recipient, whose: Whose::Both }]
        }
        (recipient, author) => {
            let own = |name: Option<String>, whose| name.map(|name| MailDomain { name, whose });
            own(recipient, Whose::Recipient).into_iter().chain(own(author, Whose::Author)).collect()
        }
    }
}

/// A name that may be one of the Internet: others would only tell strangers about a network inside.
fn public(name: &str) -> Option<String> {
    let name = domain::normalize(name)?;
    (domain::local_name(&name).is_none() && organisation(&name).is_some()).then_some(name)
}
