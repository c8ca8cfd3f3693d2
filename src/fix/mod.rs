//! Findings → what to change, to the letter: the record as it is, the record as it shall be. No I/O, no prose.
//!
//! Nothing here is a promise yet: the analysis tries each proposal with the same engine, and only what helps is offered.

mod dmarc;
mod draft;
mod piece;
mod spf;

use std::net::IpAddr;
use std::sync::Arc;

use serde::Serialize;

use crate::auth::dmarc::{DmarcResult, Policy};
use crate::auth::spf::{SpfResult, Weighed};
use crate::check::{Actor, Finding, Verdict};
use crate::dns::{self, Data, Entry, Question, RecordType};
use crate::facts::Facts;

pub use piece::{Content, Piece, Placeholder};

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
    /// `None` where there is no change to offer, and the kind says why.
    pub change: Option<Change>,
    pub outcome: Outcome,
}

/// What is changed, with the values its sentences need. The words live in `text/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Kind {
    /// The SPF record of a domain.
    Spf { domain: String, steps: Vec<SpfStep> },
    /// An SPF record over the limit of look-ups that no change without loss brings under it. `costs`: its terms.
    SpfLimit { domain: String, lookups: u32, costs: Vec<Weighed> },
    /// The DMARC record of a domain. `asks`: the policy of the new record.
    Dmarc { domain: String, steps: Vec<DmarcStep>, asks: Policy },
    /// The permission for reports about one domain to go to a host of another.
    DmarcReports { record_at: String, host: String },
}

/// One step of a change to an SPF record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum SpfStep {
    /// There is no record yet.
    New,
    /// The record has the type that nobody reads any more.
    Retype,
    /// The records become one.
    Merge {
        records: usize,
    },
    /// The connecting server, shown by its confirmed reverse name to be the domain's own.
    AllowServer {
        ip: IpAddr,
        name: String,
    },
    /// The connecting server; the message does not show whose it is.
    AllowUnknown {
        ip: IpAddr,
    },
    Mend {
        before: String,
        after: String,
    },
    /// An earlier term lets the same servers pass.
    DropRepeated {
        term: String,
    },
    /// DNS has nothing where the term leads.
    DropEmpty {
        term: String,
    },
    DropPtr {
        term: String,
    },
    /// `all` lets everybody pass or says nothing; `None` where it is missing.
    Soften {
        before: Option<String>,
    },
}

/// One step of a change to a DMARC record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum DmarcStep {
    New,
    Merge {
        records: usize,
    },
    /// The version is put first, as the standard spells it.
    Version,
    /// `p` is added, or made readable.
    Policy {
        before: Option<String>,
    },
    /// The record counted for nothing until now, so that it begins without a demand.
    StartAtNone {
        written: Policy,
    },
    Mend {
        before: String,
        after: String,
    },
    /// Without effect: removed by RFC 9989, unknown, twice, or unreadable.
    Drop {
        part: String,
    },
    /// Several values of one tag become one.
    Once {
        tag: String,
        kept: String,
    },
    /// An address for reports is added.
    AskReports,
    /// The next step of the policy, by that tag.
    Raise {
        tag: &'static str,
        from: Policy,
        to: Policy,
    },
    /// Names below the domain get that policy.
    RaiseBelow {
        tag: &'static str,
        from: Policy,
        to: Policy,
    },
    /// The end of the test (`t=y`).
    EndTest {
        applied: Policy,
        published: Policy,
    },
}

/// Where a change is made and what it is, current and new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub place: Place,
    /// The name of the record; the marked part is new there.
    pub name: String,
    /// The records that are replaced; none where there is none yet.
    pub current: Vec<Vec<Piece>>,
    pub new: Vec<Piece>,
}

/// What a change is made to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Place {
    Txt,
}

impl Place {
    /// The record type, as a DNS panel calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Txt => "TXT",
        }
    }
}

/// What is known of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Outcome {
    /// The record was tried: the findings are gone, and this is what the message comes to.
    Proved { verdict: &'static str, dmarc: DmarcResult, spf: Option<SpfResult>, lookups: Option<u32> },
    /// The new record holds a part that only somebody else can give, so that it could not be tried.
    NeedsValue,
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
    /// Every term that is left lets servers pass that no other term does.
    NothingToSpare,
    /// The trial did not take the findings away.
    WouldNotHelp,
    /// The message passes now and would not any more.
    WouldBreak,
    /// SPF would still end in permerror.
    StillBroken,
    /// The message passes DMARC by nothing that proves it: everybody passes, or the connecting address is not sure.
    PassProvesNothing,
    /// This message itself does not pass DMARC, and a stricter policy would hit it.
    FailsItself,
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
}

impl Case<'_> {
    /// The message looks spoofed: a change that lets its server pass would be one for the attacker.
    const fn is_suspect(&self) -> bool {
        matches!(self.verdict, Verdict::Spoofed { .. } | Verdict::AuthorDomainMissing { .. })
    }

    /// Whoever runs the domain may be the one who deceives: nothing of it is to be made better.
    const fn is_deceptive(&self) -> bool {
        matches!(self.verdict, Verdict::AuthorLookalike { .. } | Verdict::NameElsewhere { .. })
    }

    /// The texts at a name, as far as DNS told them.
    fn texts(&self, name: &str) -> Vec<Vec<u8>> {
        let wanted = Question::new(name, RecordType::Txt);
        let entry = self.questions.iter().find(|entry| entry.question == wanted);
        entry.into_iter().flat_map(|entry| entry.answer.records.iter().flatten().filter_map(Data::joined)).collect()
    }
}

/// The findings that only a look at every term of the SPF record answers.
#[must_use]
pub fn needs_weighing(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| {
        matches!(finding.problem.code(), "spf-lookup-limit" | "spf-void-limit" | "spf-void-readings-differ")
    })
}

/// Every change that might help, and for each what to try instead where it does not.
#[must_use]
pub fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    if case.is_deceptive() {
        return Vec::new();
    }
    spf::propose(case).into_iter().chain(dmarc::propose(case)).collect()
}

impl Fix {
    fn new(kind: Kind, findings: Vec<&'static str>, actor: Actor, change: Option<Change>) -> Self {
        Self { kind, findings, toward: Vec::new(), actor, change, outcome: Outcome::NotTried }
    }

    fn not_offered(kind: Kind, findings: Vec<&'static str>, actor: Actor, why: Withheld) -> Self {
        Self { kind, findings, toward: Vec::new(), actor, change: None, outcome: Outcome::NotOffered { why } }
    }

    /// The change, where one is offered.
    #[must_use]
    pub fn offer(&self) -> Option<&Change> {
        self.change.as_ref().filter(|_| !matches!(self.outcome, Outcome::NotOffered { .. }))
    }
}

impl Change {
    /// The question whose answer changes.
    #[must_use]
    pub fn question(&self) -> Question {
        let kind = match self.place {
            Place::Txt => RecordType::Txt,
        };
        Question::new(&self.name, kind)
    }

    /// The new value with what can stand in for its placeholders in a trial; `None` where one has no stand-in.
    #[must_use]
    pub fn trial_value(&self) -> Option<String> {
        self.new.iter().map(Piece::trial).collect()
    }

    /// The records at the name after the change: those that it does not replace stay. `None` where a placeholder has no
    /// stand-in, or where a record that is to be replaced is not among them.
    #[must_use]
    pub fn applied(&self, before: &[Data]) -> Option<Vec<Data>> {
        let current: Vec<String> = self.current.iter().map(|record| Piece::plain(record)).collect();
        let text = |data: &Data| data.joined().map(|text| String::from_utf8_lossy(&text).into_owned());
        let is_replaced = |data: &&Data| text(data).is_some_and(|text| current.contains(&text));
        let (replaced, kept): (Vec<&Data>, Vec<&Data>) = before.iter().partition(is_replaced);
        if replaced.len() != current.len() {
            return None;
        }
        Some(kept.into_iter().cloned().chain([Data::text(&self.trial_value()?)]).collect())
    }

    /// The lines of a snapshot with which the change can be tried; `None` as in [`Change::applied`].
    #[must_use]
    pub fn snapshot(&self, questions: &[Arc<Entry>]) -> Option<String> {
        let question = self.question();
        let known = questions.iter().find(|entry| entry.question == question);
        let before: Vec<Data> =
            known.into_iter().flat_map(|entry| entry.answer.records.iter().flatten().cloned()).collect();
        Some(dns::write_records(&question, &self.applied(&before)?))
    }
}
