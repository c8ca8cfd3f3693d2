//! How whoever sent the message stands to the author domain.

use std::sync::Arc;

use serde::Serialize;

use super::{Attribution, Place, Proof, Sender};
use crate::auth::dmarc::{Authentication, Identifier, IdentifierSource, is_same_organization};
use crate::auth::domain::is_at_or_below;
use crate::auth::iprev::ReverseName;
use crate::auth::spf::SpfResult;
use crate::dns::{Data, Entry, Question, RecordType};
use crate::facts::Facts;
use crate::sender::services::{Found, On, Service, ServiceKind, known};

/// Who sent it, seen from the author domain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relationship {
    pub kind: RelationKind,
    /// The author domain itself stands for the message: an identifier of its own passed.
    pub is_endorsed: bool,
    /// What shows it; empty where nothing does.
    pub evidence: Vec<Tie>,
}

impl Relationship {
    /// It bears marks of having been passed on, whether proved or not.
    #[must_use]
    pub fn bears_marks(&self) -> bool {
        self.evidence.iter().any(|tie| tie.kind == TieKind::PassedOn)
    }
}

/// The relations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// The author domain's own server, or the provider whose domain it is.
    Own,
    /// A service sends in the domain's name.
    ThirdParty,
    /// The same, and names of the domain are kept at the service: the key, or the envelope domain.
    Delegated,
    /// Somebody passed the message on, and nothing shows who sent it before.
    Forwarder,
    #[default]
    Unknown,
}

/// What ties the sender to the author domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    pub kind: TieKind,
    /// The name of the domain's, or of the service's, that shows it.
    pub name: String,
    pub place: Option<Place>,
}

/// The kinds of ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TieKind {
    /// A signature of the author domain was verified.
    Signature,
    /// Its key is kept at the service.
    Key,
    /// An envelope domain of the author's organization passed SPF.
    Envelope,
    /// That domain is kept at the service.
    EnvelopeHost,
    /// The name was handed over to the service's name servers (NS), with all below it.
    NameServers,
    /// The author domain is the service's own.
    ServiceDomain,
    /// The host that connected bears a name of the author's organization, which points back to it.
    HostName,
    /// It was passed on.
    PassedOn,
}

pub(super) fn of(sender: &Sender, facts: &Facts, questions: &[Arc<Entry>]) -> Relationship {
    let Some(author) = facts.dmarc.author_domain.as_deref() else { return Relationship::default() };
    let own = endorsements(facts, author);
    let is_endorsed = !own.is_empty();
    let with = |kind, evidence| Relationship { kind, is_endorsed, evidence };
    let Some(service) = &sender.service else {
        let tie = |span| Tie { kind: TieKind::PassedOn, name: author.to_owned(), place: Some(Place::Bytes(span)) };
        let passed_on = facts.handling.passed_on_at().map(tie);
        if passed_on.is_some() && facts.is_passing_on_shown() {
            return with(RelationKind::Forwarder, passed_on.into_iter().collect());
        }
        let hosts = own_hosts(facts, author);
        if hosts.is_empty() {
            return with(RelationKind::Unknown, passed_on.into_iter().chain(own).collect());
        }
        return with(RelationKind::Own, hosts.into_iter().chain(own).collect());
    };
    if belongs(service.service, author) {
        let tie = Tie { kind: TieKind::ServiceDomain, name: author.to_owned(), place: None };
        return with(RelationKind::Own, std::iter::once(tie).chain(own).collect());
    }
    let kept = kept_there(sender, facts, author, questions);
    let kind = if kept.is_empty() { RelationKind::ThirdParty } else { RelationKind::Delegated };
    with(kind, kept.into_iter().chain(own).collect())
}

/// Whether a domain is of the author's organization: as the tree walk found it (RFC 9989 section 4.10.2), else by the Public Suffix
/// List.
fn is_own(facts: &Facts, domain: &str, author: &str) -> bool {
    let walked = facts.dmarc.organizational_domain.as_deref();
    walked.map_or_else(|| is_same_organization(domain, author), |own| is_at_or_below(domain, own))
}

/// What of the author's organization passed.
fn endorsements(facts: &Facts, author: &str) -> Vec<Tie> {
    passed(facts, |own| own.is_aligned() || is_own(facts, &own.domain, author))
}

/// What passed of somebody else, a signature before an address, where no more than that is known of who sent it.
pub(super) fn outsider(sender: &Sender, facts: &Facts) -> Option<Tie> {
    let is_open = sender.service.is_none() && sender.via.is_none() && sender.claims.is_empty();
    let relationship = &sender.relationship;
    let is_unknown = relationship.kind == RelationKind::Unknown && !relationship.is_endorsed;
    let bears_bare_marks = relationship.bears_marks() && facts.handling.by.is_none();
    if !is_open || !is_unknown || bears_bare_marks {
        return None;
    }
    let mut passed = passed(facts, |_| true);
    let signed = passed.iter().position(|tie| tie.kind == TieKind::Signature).unwrap_or_default();
    (signed < passed.len()).then(|| passed.swap_remove(signed))
}

/// The identifiers of that kind that passed, but for SPF of an address that may not be the sender's.
fn passed(facts: &Facts, wanted: impl Fn(&Identifier) -> bool) -> Vec<Tie> {
    let is_sure = |own: &Identifier| own.source != IdentifierSource::Spf || !facts.is_address_unsure();
    let passed = facts.dmarc.identifiers.iter();
    let passed = passed.filter(|own| own.authentication == Authentication::Passed && is_sure(own));
    let wanted = passed.filter(|own| wanted(own));
    let tie = |identifier: &Identifier| {
        let (kind, place) = match identifier.source {
            IdentifierSource::Spf => {
                let check = facts.spf.mail_from.as_ref();
                (TieKind::Envelope, check.map(|check| Place::Step(check.trace.id.clone())))
            }
            IdentifierSource::Dkim(index) => {
                (TieKind::Signature, facts.dkim.get(index).map(|signature| Place::Bytes(signature.span)))
            }
        };
        Tie { kind, name: identifier.domain.clone(), place }
    };
    wanted.map(tie).collect()
}

/// Names of the author's organization that DNS confirms for the address that connected, the lines of its customers left out.
fn own_hosts(facts: &Facts, author: &str) -> Vec<Tie> {
    if facts.path.doubtful_hop().is_some() {
        return Vec::new();
    }
    let names = facts.iprev.iter().flat_map(|iprev| &iprev.names);
    let is_server = |name: &&ReverseName| {
        let ip = facts.iprev.as_ref().map(|iprev| iprev.ip);
        name.confirmed && ip.is_some_and(|ip| !name.is_generated(ip))
    };
    let own = names.filter(is_server).filter(|name| is_own(facts, &name.name, author));
    let place = facts.iprev.as_ref().map(|iprev| Place::Step(iprev.trace.id.clone()));
    own.map(|name| Tie { kind: TieKind::HostName, name: name.name.clone(), place: place.clone() }).collect()
}

/// The author domain is one of those that the service sends its own mail from, or keeps mailboxes under: by itself, or by
/// a product of its own that it carries.
pub(super) fn belongs(service: &'static Service, author: &str) -> bool {
    use ServiceKind::{BusinessMail, MailboxProvider, OwnMail};
    let keeps_own = matches!(service.kind, BusinessMail | MailboxProvider | OwnMail);
    let is_it = |found: &Found| {
        let Found { service: other, .. } = found;
        let is_own = matches!(other.kind, OwnMail | MailboxProvider) && other.carried_by.contains(&service.id);
        *other == service || keeps_own && is_own
    };
    [On::Dkim, On::Envelope, On::Host].into_iter().any(|on| known().by_name(on, author).iter().any(is_it))
}

/// The most names that are asked for name servers.
const MAX_DELEGATIONS: usize = 3;

/// The names of the author's organization that a service which sends may keep whole: those that passed, and those between them
/// and the organization. Only where nothing else shows that a name is kept there, and the service is known to do so.
pub(super) fn delegations(sender: &Sender, facts: &Facts) -> Vec<Question> {
    let keeps =
        sender.service.as_ref().is_some_and(|service| service.service.matchers.iter().any(|own| own.on == On::Ns));
    let is_open = keeps && sender.relationship.kind == RelationKind::ThirdParty;
    let Some(author) = facts.dmarc.author_domain.as_deref().filter(|_| is_open) else { return Vec::new() };
    let mut names: Vec<String> = Vec::new();
    for tie in endorsements(facts, author) {
        let mut name = tie.name.as_str();
        // The organization itself is nobody's to hand over.
        while let Some((_, parent)) = name.split_once('.').filter(|(_, parent)| is_same_organization(parent, author)) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
            name = parent;
        }
    }
    names.truncate(MAX_DELEGATIONS);
    names.iter().map(|name| Question::new(name, RecordType::Ns)).collect()
}

/// Names of the author's organization whose name servers are the service's.
fn handed_over(sender: &Sender, author: &str, questions: &[Arc<Entry>]) -> Vec<Tie> {
    let Some(service) = &sender.service else { return Vec::new() };
    let is_its = |data: &Data| {
        let Data::Ns(server) = data else { return false };
        known().by_name(On::Ns, server).iter().any(|found| found.service == service.service)
    };
    let asked = questions.iter().filter(|entry| entry.question.kind == RecordType::Ns);
    let own = asked.filter(|entry| is_same_organization(&entry.question.name, author));
    let kept = own.filter(|entry| entry.answer.records.iter().flatten().any(is_its));
    let tie = |entry: &Arc<Entry>| Tie {
        kind: TieKind::NameServers,
        name: entry.question.name.clone(),
        place: Some(Place::Question(entry.id)),
    };
    kept.map(tie).collect()
}

/// Names of the author's organization that lead to the service.
fn kept_there(sender: &Sender, facts: &Facts, author: &str, questions: &[Arc<Entry>]) -> Vec<Tie> {
    let named: Vec<&Attribution> = [&sender.service, &sender.carrier].into_iter().flatten().collect();
    let is_kept = |chain: &[String], proof: Proof| {
        let marks = named.iter().flat_map(|named| &named.marks);
        marks.filter(|mark| mark.proof == proof).any(|mark| chain.contains(&mark.name))
    };
    let mut ties = Vec::new();
    for signature in &facts.dkim {
        let own = signature.domain.as_deref().filter(|domain| is_own(facts, domain, author));
        if own.is_some() && is_kept(&signature.key.cname, Proof::SignatureKey) {
            let name = signature.key.name.clone().unwrap_or_default();
            ties.push(Tie { kind: TieKind::Key, name, place: signature.key.question.map(Place::Question) });
        }
    }
    let check = facts.spf.mail_from.as_ref().filter(|check| check.result == Some(SpfResult::Pass));
    if let Some(check) = check.filter(|check| is_own(facts, &check.domain, author)) {
        let is_it = |entry: &&Arc<Entry>| entry.question.kind == RecordType::Txt && entry.question.name == check.domain;
        if let Some(entry) =
            questions.iter().find(is_it).filter(|entry| is_kept(&entry.answer.cname, Proof::EnvelopeHost))
        {
            let (name, place) = (check.domain.clone(), Some(Place::Question(entry.id)));
            ties.push(Tie { kind: TieKind::EnvelopeHost, name, place });
        }
    }
    ties.extend(handed_over(sender, author, questions));
    ties
}
