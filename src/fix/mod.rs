//! Findings → what to change, to the letter: the record as it is, the record as it shall be. No I/O, no prose.
//!
//! Nothing here is a promise yet: the analysis tries each proposal with the same engine, and only what helps is offered.

mod bimi;
mod change;
mod dkim;
mod dmarc;
mod draft;
mod key;
mod kind;
mod one_click;
mod piece;
mod ptr;
mod service;
mod spf;
mod stream;

use std::sync::Arc;

use serde::Serialize;

use crate::auth::dkim::DkimResult;
use crate::auth::dmarc::{DmarcResult, is_same_organization};
use crate::auth::iprev::IprevResult;
use crate::auth::spf::{SpfResult, Weighed};
use crate::auth::{Alignment, domain};
use crate::check::{Actor, Finding, Verdict};
use crate::dns::{Data, Entry, Question, RecordType};
use crate::facts::Facts;
use crate::sender::who::{Assurance, Mark};

pub use change::{Change, Current, Place};
pub(crate) use dmarc::unproved;
pub use kind::{
    Apart, BimiStep, DmarcStep, KeyStep, Kind, OneClickStep, Replaced, ReverseStep, SendingService, SpfStep,
};
pub use piece::{Content, Piece, Placeholder};
pub use spf::MOVED;
pub use stream::instead;

/// One change, and what came of trying it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub kind: Kind,
    /// The findings it answers, by code.
    pub findings: Vec<&'static str>,
    /// The findings it brings nearer to their end, one safe step at a time.
    pub toward: Vec<&'static str>,
    /// Who can make it.
    pub actor: Actor,
    /// The records, in the order in which they are made. None where there is no change to offer and the kind says why, or
    /// where only a service can say which records it wants.
    pub changes: Vec<Change>,
    /// Where a CNAME record leads in place of the record that would be changed.
    pub kept_at: Option<String>,
    pub outcome: Outcome,
}

/// What is known of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Outcome {
    /// The record was tried: the findings are gone, and this is what the message comes to.
    Proved {
        verdict: &'static str,
        dmarc: DmarcResult,
        spf: Option<SpfResult>,
        lookups: Option<u32>,
        /// What the signature comes to whose key is changed.
        dkim: Option<DkimResult>,
        /// What the reverse name comes to, where that is changed.
        iprev: Option<IprevResult>,
    },
    /// The message was judged with the new lines: the same rules are met. Only the signature was left out.
    Met,
    /// Not tried: nobody but the system that signs can make the new signature.
    OnlySigner,
    /// The new record holds a part that only somebody else can give, so that it could not be tried.
    NeedsValue,
    /// Only mail that is sent after the change shows it: this message was signed, and sent from its envelope address, before.
    FutureMail,
    /// DNS did not say what the trial needs.
    NotTried,
    /// It is not offered.
    NotOffered { why: Withheld },
}

/// Withheld a change is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// SPF would need more than ten look-ups.
    OverLimit,
    /// The author domain is that of a mailbox provider, which alone can sign for it.
    ProviderDomain,
    /// The service signs for no domain but its own.
    ServiceCannot,
    /// The record is long by something else than networks that could stand elsewhere.
    NothingToMove,
    /// Which of the addresses send, only the owner knows.
    OwnerKnows,
    /// The record lies with somebody else, where a CNAME record leads.
    KeptElsewhere,
    /// Which address connected is not sure.
    AddressUnsure,
    /// An SPF record stands at the new name already.
    NameTaken,
    /// Every term that is left lets servers pass that no other term does.
    NothingToSpare,
    /// The trial did not take the findings away.
    WouldNotHelp,
    /// The message passes now and would not any more.
    WouldBreak,
    /// Of several records, one refuses servers by name that another may let pass.
    RefusesByName,
    /// SPF would still end in permerror.
    StillBroken,
    /// The message passes DMARC by nothing that proves it: everybody passes, or the connecting address is not sure.
    PassProvesNothing,
    /// This message itself does not pass DMARC, and a stricter policy would hit it.
    FailsItself,
    /// SPF alone stands for the message, which ends where it is forwarded.
    SpfAlone,
    /// The SPF record says that the domain sends no mail at all.
    SendsNothing,
    /// What a term leads to depends on the sender or the address of each message, by a macro.
    PerMessage,
}

/// What proposals are made from.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub facts: &'a Facts,
    pub findings: &'a [Finding],
    pub verdict: &'a Verdict,
    /// Every question that was asked, by number.
    pub questions: &'a [Arc<Entry>],
    /// The terms of the envelope sender's SPF record, where it needs weighing.
    pub costs: &'a [Weighed],
    /// The HELO name, where it leads to the connecting address; looked at where the reverse name does not.
    pub helo: Option<&'a str>,
}

impl Case<'_> {
    /// The message looks spoofed: a change that lets its server pass would be one for the attacker.
    const fn is_suspect(&self) -> bool {
        matches!(
            self.verdict,
            Verdict::Spoofed { .. }
                | Verdict::AuthorDomainMissing { .. }
                | Verdict::ReadingsDiffer { suffix: Some(_), .. }
        )
    }

    /// Nothing proves whose server this is: a list that nobody vouches for, a notice that anybody can write.
    fn is_stranger(&self) -> bool {
        match self.verdict {
            Verdict::ListModified { by_list: false, .. } | Verdict::ForwardedUnsigned { proved: false, .. } => true,
            Verdict::Bounced { .. } | Verdict::Delivered { .. } => self.facts.dmarc.result != DmarcResult::Pass,
            _ => false,
        }
    }

    /// A report is about other mail: what could be better at the domain of whoever wrote it is none of its reader's work.
    const fn is_report(&self) -> bool {
        matches!(self.verdict, Verdict::AggregateReport { .. })
    }

    /// The author domain is none of the Internet: nothing can be published for it.
    const fn has_no_domain(&self) -> bool {
        matches!(self.verdict, Verdict::AuthorNotPublic { .. })
    }

    /// Whoever runs the domain may be the one who deceives: nothing of it is to be made better.
    const fn is_deceptive(&self) -> bool {
        matches!(self.verdict, Verdict::AuthorLookalike { .. } | Verdict::NameElsewhere { .. })
    }

    /// Something shows that the message is the author domain's.
    fn proves_author(&self) -> bool {
        [true, false].into_iter().any(|dkim| self.facts.dmarc.best_alignment(dkim) != Alignment::No)
    }

    /// Something shows whose server connected: the message is proved by more than a record that lets everybody pass, the
    /// domain's own DNS names the server, or it is that of a service that is known.
    fn is_server_shown(&self) -> bool {
        let facts = self.facts;
        let is_proved = self.proves_author() && unproved(facts) != Some(Withheld::PassProvesNothing);
        let author = facts.dmarc.author_domain.as_deref();
        let is_named = author.zip(self.helo).is_some_and(|(author, helo)| is_same_organization(author, helo));
        let roles = [&facts.sender.service, &facts.sender.carrier, &facts.sender.via];
        let marks = roles.into_iter().flatten().flat_map(|role| &role.marks);
        let is_known = |mark: &Mark| mark.proof.is_transport() && mark.assurance() == Assurance::Proved;
        is_proved || is_named || marks.into_iter().any(is_known)
    }

    fn has(&self, code: &str) -> bool {
        self.findings.iter().any(|finding| finding.problem.code() == code)
    }

    /// The addresses of a name, as far as DNS told them.
    fn addresses(&self, name: &str) -> Vec<String> {
        let is_it = |entry: &&Arc<Entry>| {
            entry.question.name == name && matches!(entry.question.kind, RecordType::A | RecordType::Aaaa)
        };
        let records = self.questions.iter().filter(is_it).flat_map(|entry| entry.answer.records.iter().flatten());
        let address = |data: &Data| match data {
            Data::A(address) => Some(address.to_string()),
            Data::Aaaa(address) => Some(address.to_string()),
            _ => None,
        };
        records.filter_map(address).collect()
    }

    /// The texts at a name, as far as DNS told them.
    fn texts(&self, name: &str) -> Vec<Vec<u8>> {
        let wanted = Question::new(name, RecordType::Txt);
        let entry = self.questions.iter().find(|entry| entry.question == wanted);
        entry.into_iter().flat_map(|entry| entry.answer.records.iter().flatten().filter_map(Data::joined)).collect()
    }
}

/// Whether a reverse name is asked for, so that it matters where the HELO name leads.
#[must_use]
pub fn needs_helo(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| ptr::FINDINGS.contains(&finding.problem.code()))
}

/// The findings that only a look at every term of the SPF record answers.
#[must_use]
pub fn needs_weighing(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| {
        matches!(
            finding.problem.code(),
            "spf-lookup-limit" | "spf-void-limit" | "spf-void-readings-differ" | "spf-include-missing"
        )
    })
}

/// Every change that might help, and for each what to try instead where it does not.
#[must_use]
pub fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    if case.is_deceptive() || case.is_report() || case.has_no_domain() {
        return Vec::new();
    }
    let proposals = [
        service::propose(case),
        dkim::propose(case),
        spf::propose(case),
        dmarc::propose(case),
        ptr::propose(case),
        stream::propose(case),
        one_click::propose(case),
        bimi::propose(case),
    ];
    let is_ours = |fix: &Fix| {
        // Nobody but the provider changes anything in the domain of its mailboxes; what to do instead is said once.
        let is_said = matches!(fix.outcome, Outcome::NotOffered { why: Withheld::ProviderDomain });
        is_said || fix.kind.owner().is_none_or(|owner| !service::is_of_provider(owner) && is_public(owner))
    };
    let proposals = proposals.into_iter().flatten();
    let ours = proposals.map(|alternatives| alternatives.into_iter().filter(is_ours).collect::<Vec<_>>());
    ours.filter(|alternatives| !alternatives.is_empty()).collect()
}

/// Records can be published for that name: it is none that is kept for use at home (RFC 6761 section 6).
fn is_public(name: &str) -> bool {
    domain::local_name(name).is_none()
}

impl Fix {
    fn new(kind: Kind, findings: Vec<&'static str>, actor: Actor, changes: Vec<Change>) -> Self {
        Self { kind, findings, toward: Vec::new(), actor, changes, kept_at: None, outcome: Outcome::NotTried }
    }

    fn not_offered(kind: Kind, findings: Vec<&'static str>, actor: Actor, why: Withheld) -> Self {
        Self { outcome: Outcome::NotOffered { why }, ..Self::new(kind, findings, actor, Vec::new()) }
    }

    /// The findings that it answers or brings nearer to their end, by code.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.findings.iter().chain(&self.toward).copied()
    }

    /// It answers the finding, or brings it nearer to its end.
    #[must_use]
    pub fn is_for(&self, finding: &Finding) -> bool {
        self.codes().any(|code| code == finding.problem.code())
    }

    #[must_use]
    pub const fn is_offered(&self) -> bool {
        !matches!(self.outcome, Outcome::NotOffered { .. })
    }

    /// The records, where they are offered.
    #[must_use]
    pub fn offer(&self) -> &[Change] {
        if self.is_offered() { &self.changes } else { &[] }
    }

    /// The lines of a snapshot with which what is offered can be tried; `None` where a part of it cannot.
    #[must_use]
    pub fn snapshot(&self, questions: &[Arc<Entry>]) -> Option<String> {
        let offer = Some(self.offer()).filter(|offer| !offer.is_empty())?;
        offer.iter().map(|change| change.snapshot(questions)).collect()
    }
}
