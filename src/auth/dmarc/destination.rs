//! Where a record wants its reports, and whether somebody else agreed to receive them (RFC 9990 section 4, RFC 9991
//! section 5). Shown for the owner's sake: it never changes the result.

use serde::Serialize;

use super::discover::{self, Gap};
use super::record::{self, Record, mail_host};
use super::{Dmarc, DmarcResult, Task};
use crate::auth::domain;
use crate::auth::trace::{Outcome, Place, Step, What};
use crate::dns::{Entry, Ledger, Question, QuestionId, RecordType};
use crate::message::Spanned;

/// The most URIs that are looked at; reporters have limits of their own (RFC 9990 section 3.5).
pub const MAX_DESTINATIONS: usize = 10;

/// One URI of `rua` or `ruf`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    pub tag: ReportTag,
    /// Its place is in the record that applies.
    pub uri: Spanned<String>,
    /// The host part, normalized.
    pub host: Option<String>,
    pub permission: Permission,
    /// The question for the permission, where one was asked.
    pub question: Option<QuestionId>,
}

/// Which reports go there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReportTag {
    /// Aggregate reports.
    Rua,
    /// Failure reports.
    Ruf,
}

/// Whether reports may go to a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// It belongs to the organization of the record, so no permission is needed.
    Internal,
    /// The other domain agreed.
    Authorised,
    /// It agreed, and names another address of its own for them.
    Replaced,
    /// It did not agree, so reports must not be sent there.
    NotAuthorised,
    /// It agreed with an address at a third host, so reports go to neither.
    ReplacedElsewhere,
    Unreachable,
    NotAsked,
    /// Another scheme than `mailto`, which reporters need not support.
    NotMail,
    /// The host is no name, or too long to be asked for.
    NotAName,
    /// Beyond [`MAX_DESTINATIONS`].
    BeyondLimit,
}

/// Looks at the destinations of the record that applies.
pub(super) fn ask(dmarc: &mut Dmarc, dns: &Ledger<'_>) {
    let (Some(record), Some(record_at)) = (dmarc.applied_record(), dmarc.record_at.clone()) else { return };
    // Switched off means no DMARC processing at all (section 4.10.1).
    if dmarc.result == DmarcResult::None {
        return;
    }
    let known = dns.entries().last().map_or(0, |entry| entry.id.0);
    let mut destinations = listed(record);
    let organization = organization_of_record(dmarc, &record_at);
    sort_out(&mut destinations, organization.as_deref(), dns);
    ask_the_external(&mut destinations, &record_at, dns);

    let place = dmarc.question.zip(dmarc.record.as_ref().map(|text| text.index));
    for destination in &destinations {
        let mut step = Step::new(What::Dmarc(Task::DmarcReportTo), destination.permission.outcome());
        step.text = Some(destination.uri.value.clone());
        step.place = place.map(|(question, record)| Place::Answer { question, record, span: destination.uri.span });
        step.questions.extend(destination.question);
        dmarc.trace.children.push(step);
    }
    dmarc.destinations = destinations;
    dmarc.report_questions = dns.entries().iter().map(|entry| entry.id).filter(|id| id.0 > known).collect();
}

/// Every valid URI, none of them judged yet.
fn listed(record: &Record) -> Vec<Destination> {
    let of = |tag, uris: &[Spanned<String>]| {
        let destination = move |uri: &Spanned<String>| Destination {
            tag,
            uri: uri.clone(),
            host: mail_host(&uri.value).and_then(domain::normalize),
            permission: if mail_host(&uri.value).is_some() { Permission::NotAName } else { Permission::NotMail },
            question: None,
        };
        uris.iter().map(destination).collect::<Vec<_>>()
    };
    let mut all = of(ReportTag::Rua, &record.rua);
    all.extend(of(ReportTag::Ruf, &record.ruf));
    for beyond in all.iter_mut().skip(MAX_DESTINATIONS) {
        beyond.permission = Permission::BeyondLimit;
    }
    all.truncate(MAX_DESTINATIONS * 2);
    all
}

/// The organizational domain of the name that holds the record: the author's own, or that name where it stands above.
fn organization_of_record(dmarc: &Dmarc, record_at: &str) -> Option<String> {
    let is_authors = dmarc.author_domain.as_deref() == Some(record_at);
    if is_authors { dmarc.organizational_domain.clone() } else { Some(record_at.to_owned()) }
}

/// Tells apart what lies within the organization. A name below its domain has to be walked from, because `psd=n` may make
/// it another organization.
fn sort_out(destinations: &mut [Destination], organization: Option<&str>, dns: &Ledger<'_>) {
    let open = |destination: &Destination| destination.permission == Permission::NotAName;
    let is_below = |host: &str| organization.is_some_and(|organization| domain::is_below(host, organization));
    let mut walked: Vec<String> = Vec::new();
    for host in destinations.iter().filter(|one| open(one)).filter_map(|one| one.host.as_ref()) {
        if is_below(host) && !walked.contains(host) {
            walked.push(host.clone());
        }
    }
    let walks = discover::walk_all(&walked.iter().map(String::as_str).collect::<Vec<_>>(), dns);
    for destination in destinations.iter_mut().filter(|destination| open(destination)) {
        let Some(host) = &destination.host else { continue };
        let walk = walked.iter().position(|walked| walked == host).and_then(|index| walks.get(index));
        destination.permission = match (organization, walk) {
            (Some(organization), _) if host == organization => Permission::Internal,
            (Some(organization), Some(walk)) if walk.organizational_domain() == Some(organization) => {
                Permission::Internal
            }
            (Some(_), Some(walk)) if walk.gap == Some(Gap::Unreachable) => Permission::Unreachable,
            (Some(_), Some(walk)) if walk.gap == Some(Gap::NotAsked) => Permission::NotAsked,
            (Some(_), _) => Permission::NotAuthorised,
            // Without the organizational domain it cannot be told who is external.
            (None, _) => Permission::NotAsked,
        };
    }
}

/// Asks those outside of the organization (RFC 9990 section 4 steps 2 to 7), all at the same time.
fn ask_the_external(destinations: &mut [Destination], record_at: &str, dns: &Ledger<'_>) {
    let mut external: Vec<(&mut Destination, Question)> = Vec::new();
    for destination in destinations.iter_mut().filter(|one| one.permission == Permission::NotAuthorised) {
        let name = destination.host.as_ref().map(|host| format!("{record_at}._report._dmarc.{host}"));
        match name.filter(|name| name.len() <= domain::MAX_NAME) {
            Some(name) => external.push((destination, Question::new(&name, RecordType::Txt))),
            None => destination.permission = Permission::NotAName,
        }
    }
    let questions: Vec<Question> = external.iter().map(|(_, question)| question.clone()).collect();
    for ((destination, _), entry) in external.into_iter().zip(dns.ask_all(&questions)) {
        destination.question = Some(entry.id);
        destination.permission = permission(destination.tag, destination.host.as_deref(), &entry);
    }
}

/// What the answer says. Several records do no harm here; one is enough.
fn permission(tag: ReportTag, host: Option<&str>, entry: &Entry) -> Permission {
    let records = match &entry.answer.records {
        Ok(records) => records,
        Err(failure) if failure.is_absent() => return Permission::NotAuthorised,
        Err(failure) if failure.is_not_asked() => return Permission::NotAsked,
        Err(_) => return Permission::Unreachable,
    };
    let read = records.iter().filter_map(|data| Some(record::read(&data.joined()?)));
    let agreeing = read.filter(|record| record.is_dmarc() && record.status != record::Status::Unusable);
    let Some(record) = agreeing.into_iter().next() else { return Permission::NotAuthorised };
    let replacing = if tag == ReportTag::Rua { &record.rua } else { &record.ruf };
    let hosts: Vec<Option<String>> =
        replacing.iter().map(|uri| mail_host(&uri.value).and_then(domain::normalize)).collect();
    if hosts.is_empty() {
        Permission::Authorised
    } else if hosts.iter().any(|other| other.as_deref() == host) {
        Permission::Replaced
    } else {
        Permission::ReplacedElsewhere
    }
}

impl Permission {
    const fn outcome(self) -> Outcome {
        match self {
            Self::Internal => Outcome::Skipped,
            Self::Authorised | Self::Replaced => Outcome::Found,
            Self::NotAuthorised | Self::ReplacedElsewhere => Outcome::Absent,
            Self::Unreachable => Outcome::Unreachable,
            Self::NotAsked | Self::BeyondLimit => Outcome::NotEvaluated,
            Self::NotMail | Self::NotAName => Outcome::Ignored,
        }
    }
}

#[cfg(test)]
mod tests;
