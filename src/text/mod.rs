//! Every sentence a person reads, in every language. Nothing here computes; nothing elsewhere speaks.

mod administrator;
mod en;
mod findings;
pub mod fix;
pub mod glossary;
mod ja;
pub mod letter;
pub mod masked;
mod number;
pub mod panels;
mod plan;
mod speak;
mod time;

use std::fmt;
use std::str::FromStr;

pub use findings::Explanation;
use fix::FixText;
use glossary::{Entry, Term};
use jiff::SignedDuration;
use letter::{Addressee, AdministratorWords, Matter};
pub use number::{count, least};
pub use panels::{MailProgram, Panels};
use serde::{Deserialize, Serialize};
pub use time::{clock, moment, moment_in, stamp, zone};

use crate::aggregate;
use crate::auth::Alignment;
use crate::auth::arc::{self, ArcResult, PartState};
use crate::auth::claimed::{Agreement, Certainty, Deviation, Note, Subject, Trust, Why};
use crate::auth::dkim::cause::{Causes, Change, Edit, Search};
use crate::auth::dkim::coverage::Cover;
use crate::auth::dkim::key::KeyFault;
use crate::auth::dkim::lint::LintKind;
use crate::auth::dkim::tag;
use crate::auth::dkim::{self, BodyHash, DkimResult, HeaderSignature, KeyState};
use crate::auth::dkim2::{BodyChange, Numbering};
use crate::auth::dmarc::record::{ProblemKind, Record, TagName};
use crate::auth::dmarc::{self, Authentication, Compared, DmarcResult, Found, Permission, Policy, PolicyRequest};
use crate::auth::iprev::IprevResult;
use crate::auth::second::{self, Known, Part};
use crate::auth::spf::{self, SpfResult};
use crate::auth::trace::{Outcome, What};
use crate::bounce::{self, NoticeKind};
use crate::check::narrative::Event;
use crate::check::provider::{self, Audience, Bulk, Chosen, Effect, Level, Rule, Ruleset};
use crate::check::{self, Accepted, Actor, Confidence, Finding, Headline, Problem, Severity, Verdict};
use crate::dns::{Failure, Provenance, Source};
use crate::facts::network::{NetworkCheck, ToLists};
use crate::facts::{MomentSource, SessionSource, Standing};
use crate::fix::{Fix, Placeholder, Withheld};
use crate::listing;
use crate::message::container::{Form, Shortfall};
use crate::message::{RepairCode, hidden};
use crate::notes::{Meaning, Whose};
use crate::path::{BoundaryReason, Handover, PartKind, Side, TlsState};
use crate::samples::Sample;
use crate::sender::services::{Service, Setup};
use crate::sender::who::{Assurance, Attribution, Mark, Reason, Tie};
use crate::sender::{Sender, StreamKind};
use crate::transport::{self, MailDomain};

/// The one thing to do first, or that nothing is to be done.
#[must_use]
pub fn next_step(headline: &Headline, findings: &[Finding], words: &dyn Words) -> String {
    let first = findings.iter().find(|finding| Some(finding.problem.code()) == headline.first);
    first.map_or_else(
        || match headline.verdict {
            Verdict::AllWell { .. } | Verdict::ForwardedDkimCarries { .. } if findings.iter().any(improves) => {
                words.improvements().to_owned()
            }
            _ => words.next_step(&headline.verdict),
        },
        |finding| words.first_finding(&words.explain(&finding.problem).title),
    )
}

/// Somebody can make something better.
const fn improves(finding: &Finding) -> bool {
    match finding.actor {
        Actor::Sender | Actor::SendingService | Actor::Forwarder | Actor::Receiver => true,
        Actor::Reader | Actor::Nobody => false,
    }
}

/// A language the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Ja,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::Ja];

    /// The words of this language.
    #[must_use]
    pub const fn words(self) -> &'static dyn Words {
        match self {
            Self::En => &speak::English,
            Self::Ja => &speak::Japanese,
        }
    }

    /// The language's own name for itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ja => "日本語",
        }
    }

    /// The language of a POSIX locale name such as `ja_JP.UTF-8`; English for every other.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        if locale.starts_with("ja") { Self::Ja } else { Self::En }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::En => "en",
            Self::Ja => "ja",
        })
    }
}

/// A word that names no language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a language is \"ja\" or \"en\"")]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|lang| lang.to_string() == text).ok_or(UnknownLang)
    }
}

/// One language. A new language implements this, and the compiler lists every missing sentence.
pub trait Words: Sync + fmt::Debug {
    fn lang(&self) -> Lang;
    /// The fixed words of window and report.
    fn panels(&self) -> &'static Panels;

    /// The one sentence on top.
    fn headline(&self, verdict: &Verdict) -> String;
    /// What the receiving side recorded all the same.
    fn accepted(&self, accepted: &Accepted) -> String;
    /// The one thing to do first, or that nothing is to be done.
    fn next_step(&self, verdict: &Verdict) -> String;
    /// The same, where all is well and the findings name what could be better.
    fn improvements(&self) -> &'static str;
    /// The same, where all is well but for a finding with that title.
    fn first_finding(&self, title: &str) -> String;
    /// What a person reads about a finding, with its values filled in.
    fn explain(&self, problem: &Problem) -> Explanation;

    /// What the list of terms says of a term.
    fn term(&self, term: Term) -> Entry;
    /// What happened, one step of it.
    fn event(&self, event: &Event<'_>) -> String;

    /// Where a rule stands; of a page also when it was read.
    fn source(&self, source: check::Source) -> String {
        source.checked_on().map_or_else(
            || source.to_string(),
            |date| self.panels().documented.replace("{page}", &source.to_string()).replace("{date}", date),
        )
    }

    /// What a change does, step by step, and what must be true before.
    fn fix(&self, fix: &Fix) -> FixText;
    fn not_offered(&self, why: Withheld) -> &'static str;
    /// Why there is no change.
    fn fix_nothing(&self, verdict: &Verdict) -> String;
    /// What somebody else must fill in, in angle brackets.
    fn placeholder(&self, placeholder: &Placeholder) -> String;
    /// The letter to the customer.
    fn customer(&self, matter: &Matter<'_>) -> String;
    /// The fixed words of the letter to the administrator.
    fn letter(&self) -> &'static AdministratorWords;
    /// Whom it is for.
    fn to_administrator(&self, addressee: Addressee<'_>) -> String;
    /// Which message it is about, and what that comes to.
    fn about(&self, matter: &Matter<'_>) -> String;
    /// What it asks for besides the changes that are offered.
    fn asked(&self, matter: &Matter<'_>) -> Vec<String>;

    /// What an embedded message shows, in one line.
    fn sample(&self, sample: Sample) -> &'static str;

    fn severity(&self, severity: Severity) -> &'static str;
    fn confidence(&self, confidence: Confidence) -> &'static str;
    /// How much a finding matters, and how sure it is unless that is certain.
    fn mark(&self, severity: Severity, confidence: Confidence) -> String;
    fn actor(&self, actor: Actor) -> &'static str;

    fn spf_result(&self, result: Option<SpfResult>) -> &'static str;
    fn spf_reason(&self, result: Option<SpfResult>, reason: spf::Reason) -> &'static str;
    /// The result of a check with its reason, in one sentence.
    fn spf_sentence(&self, check: &spf::Check) -> String;
    /// Why an address that no term lists was not found.
    fn spf_why_not(&self, check: &spf::Check) -> Option<String>;
    /// How many addresses a record lets pass.
    fn spf_authorised(&self, survey: &spf::Survey) -> String;
    /// What a term cost, and what the evaluation had cost by then.
    fn spf_cost(&self, cost: spf::Cost) -> String;
    /// How receivers count void look-ups that read the limit otherwise.
    fn spf_voids_by_question(&self, check: &spf::Check) -> Option<String>;
    /// What is wrong with a term.
    fn spf_fault(&self, error: spf::SyntaxError) -> &'static str;
    fn dkim_result(&self, result: DkimResult) -> &'static str;
    fn dkim_reason(&self, reason: dkim::Reason) -> &'static str;
    /// The name of a kind of change.
    fn change(&self, change: Change) -> &'static str;
    /// What was done to a signed message, as a clause.
    fn edit(&self, edit: &Edit) -> String;
    /// All of it.
    fn edits(&self, causes: &Causes) -> String;
    /// How the search for causes in one half ended; empty where none was needed.
    fn search(&self, search: &Search) -> String;
    /// Whose signature it is, whether it counts, and why.
    fn standing(&self, standing: &Standing<'_>) -> String;
    /// Why a key record cannot be used.
    fn key_fault(&self, fault: KeyFault) -> &'static str;
    /// Where a key was taken from.
    fn key_source(&self, source: Source, provenance: &Provenance) -> String;
    /// What is odd about a key record, and what follows from it.
    fn lint(&self, kind: LintKind) -> &'static str;
    /// What is wrong in a list of tags.
    fn tag_fault(&self, fault: tag::Fault) -> &'static str;
    /// How a signature treats the fields of one name.
    fn cover(&self, cover: Cover) -> &'static str;
    /// Whether the numbers of hops or revisions run on.
    fn numbering(&self, numbering: Numbering) -> &'static str;
    fn body_change(&self, change: BodyChange) -> &'static str;
    fn key_state(&self, state: KeyState) -> &'static str;
    fn body_hash(&self, state: BodyHash) -> &'static str;
    fn header_signature(&self, state: HeaderSignature) -> &'static str;
    fn arc_result(&self, result: ArcResult) -> &'static str;
    fn arc_reason(&self, reason: arc::Reason) -> &'static str;
    /// The state of a seal or message signature.
    fn arc_part(&self, state: PartState) -> &'static str;
    /// Since which instance the message is unchanged; 0 for all of them.
    fn arc_oldest_pass(&self, oldest: u32) -> String;
    /// Where the message or its chain was changed, and by whom most likely.
    fn arc_change(&self, change: arc::Change<'_>) -> String;
    fn dmarc_result(&self, result: DmarcResult) -> &'static str;
    fn dmarc_reason(&self, reason: dmarc::Reason) -> &'static str;
    fn policy(&self, policy: Policy) -> &'static str;
    /// What the owner asks receivers to do, in one or two sentences.
    fn policy_request(&self, request: PolicyRequest<'_>) -> String;
    /// Why an identifier is aligned with the author domain, or is not.
    fn relation(&self, compared: Compared<'_>) -> String;
    /// What a part of a DMARC record says.
    fn record_part(&self, name: TagName, record: &Record) -> String;
    /// What is wrong with a part of a DMARC record, in few words.
    fn record_problem(&self, kind: ProblemKind) -> &'static str;
    /// Whether reports may go to a destination.
    fn permission(&self, permission: Permission) -> &'static str;
    fn alignment(&self, alignment: Option<Alignment>) -> &'static str;
    fn authentication(&self, authentication: Authentication) -> &'static str;
    fn found(&self, found: Found) -> &'static str;
    fn iprev_result(&self, result: IprevResult) -> &'static str;

    /// Why a field is believed, or not.
    fn claim_trust(&self, trust: Trust) -> &'static str;
    fn claim_deviation(&self, deviation: Deviation) -> &'static str;
    /// What a word in a result means.
    fn claim_note(&self, note: Note) -> &'static str;
    fn claim_subject(&self, subject: Subject) -> String;
    fn claim_agreement(&self, agreement: Agreement) -> &'static str;
    /// Why a record and our verdict differ.
    fn claim_why(&self, why: Why) -> String;
    fn claim_certainty(&self, certainty: Certainty) -> &'static str;

    /// Why a filter's note is the receiving side's, or is not.
    fn note_whose(&self, whose: Whose) -> &'static str;
    /// What one word of a filter means.
    fn note_meaning(&self, meaning: Meaning) -> &'static str;

    /// What the second opinion comes to, in one sentence.
    fn second_agreement(&self, agreement: second::Agreement) -> &'static str {
        let panels = self.panels();
        match agreement {
            second::Agreement::Full => panels.second_agrees,
            second::Agreement::Explained => panels.second_explained,
            second::Agreement::Open => panels.second_differs,
            second::Agreement::Nothing => panels.second_nothing,
        }
    }
    /// What the second engine judges, within a sentence.
    /// What a refusal means.
    fn bounce_meaning(&self, meaning: bounce::Meaning) -> &'static str;
    /// What to do about it.
    fn bounce_remedy(&self, recipient: &bounce::Recipient, is_returned: bool) -> String;
    fn bounce_outcome(&self, outcome: bounce::Outcome) -> &'static str;
    fn bounce_form(&self, form: bounce::Form) -> &'static str;
    fn bounce_deviation(&self, deviation: bounce::Deviation) -> &'static str;
    fn bounce_basis(&self, basis: bounce::Basis) -> &'static str;
    fn bounce_known_by(&self, known: bounce::KnownBy) -> &'static str;
    /// How many messages a report counts, and how many of them failed.
    fn aggregate_counted(&self, report: &aggregate::Aggregate) -> String;
    fn aggregate_deviation(&self, deviation: aggregate::Deviation) -> &'static str;
    fn aggregate_method(&self, method: aggregate::Method) -> &'static str;
    fn aggregate_reason(&self, kind: aggregate::OverrideKind) -> &'static str;
    fn notice(&self, kind: NoticeKind) -> &'static str;

    fn second_part(&self, part: Part) -> String;
    fn second_verdict(&self, verdict: second::Verdict) -> &'static str;
    /// Why it comes to something else.
    fn second_reason(&self, known: Known) -> &'static str;
    /// That it comes to something else, and why, where that is known.
    fn second_says(&self, part: Part, theirs: second::Verdict, known: &[Known]) -> String {
        let says = self.panels().second_says;
        let says = says.replace("{part}", &self.second_part(part)).replace("{result}", self.second_verdict(theirs));
        let reasons = known.iter().map(|known| self.second_reason(*known));
        std::iter::once(says.as_str()).chain(reasons).collect::<Vec<_>>().join(self.panels().between_sentences)
    }

    fn tls_state(&self, state: TlsState) -> &'static str;
    fn side(&self, side: Side) -> &'static str;
    /// How a hop joins the one before, whose number stands for `{}`.
    fn handover(&self, handover: Handover) -> &'static str;
    fn part_kind(&self, kind: PartKind) -> &'static str;
    fn boundary_reason(&self, reason: BoundaryReason) -> &'static str;
    fn stream(&self, kind: StreamKind) -> &'static str;
    fn service_name(&self, service: &'static Service) -> &'static str;
    /// Who sent the message, as one sentence. `author`: the author domain.
    fn sent_by(&self, sender: &Sender, author: Option<&str>) -> String;
    /// The services that only the header names.
    fn claimed_services(&self, claims: &[Attribution]) -> String;
    /// One thing that shows a service.
    fn service_mark(&self, mark: &Mark) -> String;
    /// One thing that ties the sender to the author domain.
    fn tie(&self, tie: &Tie) -> String;
    /// One thing that the sentence about the sender rests on.
    fn sender_reason(&self, reason: Reason<'_>) -> String {
        match reason {
            Reason::Mark(mark) => {
                let panels = self.panels();
                let assurance = match mark.assurance() {
                    Assurance::Proved => panels.proved,
                    Assurance::Likely => panels.likely,
                    Assurance::Claimed => panels.claimed,
                };
                assurance.replace("{}", &self.service_mark(mark))
            }
            Reason::Tie(tie) => self.tie(tie),
        }
    }
    /// What a customer sets at a service so that its mail proves the customer's domain, step by step.
    fn setup(&self, service: &'static Service, setup: &Setup, author: &str) -> Vec<String>;
    fn session_source(&self, source: SessionSource) -> &'static str;
    fn moment_source(&self, source: MomentSource) -> &'static str;
    fn repair(&self, code: RepairCode) -> &'static str;
    /// What kind of file messages came in.
    fn form(&self, form: Form) -> &'static str;
    fn shortfall(&self, shortfall: Shortfall) -> &'static str;
    fn dns_failure(&self, failure: Failure) -> &'static str;

    /// What a step of an evaluation did.
    fn step(&self, what: What) -> &'static str;
    fn outcome(&self, outcome: Outcome) -> &'static str;

    /// A signed length of time, in words short enough for a table.
    fn duration(&self, duration: SignedDuration) -> String;

    /// What a provider is called.
    fn provider<'r>(&self, ruleset: &'r Ruleset) -> &'r str {
        match self.lang() {
            Lang::En => &ruleset.name.en,
            Lang::Ja => &ruleset.name.ja,
        }
    }
    /// What a rule asks for.
    fn requirement(&self, rule: &Rule, ruleset: &Ruleset) -> String;
    fn rule_state(&self, state: provider::State) -> &'static str;
    fn audience(&self, audience: Audience) -> &'static str;
    /// Nothing where it is required.
    fn rule_level(&self, level: Level) -> Option<&'static str>;
    fn rule_effect(&self, effect: Effect) -> &'static str;
    /// What makes a rule less than certain.
    fn rule_caveat(&self, rule: &Rule) -> Option<&'static str>;
    fn rule_why(&self, why: &provider::Why) -> String;
    fn bulk(&self, bulk: Bulk) -> &'static str;
    /// That the message looks like one of many, and what that means.
    fn likely_bulk(&self, kind: StreamKind) -> Option<&'static str>;
    /// Why that provider's rules stand first.
    fn chosen_provider(&self, chosen: &Chosen) -> String;

    fn network_check(&self, check: NetworkCheck) -> &'static str;
    /// What leaves the machine for the blocklists.
    fn leaves_for_lists(&self, leaving: &ToLists) -> String;
    /// The same for the records about TLS.
    fn leaves_for_transport(&self, domains: &[MailDomain]) -> String;
    /// Why no list is asked about the connecting address.
    fn address_left_out(&self, address: listing::Address) -> Option<String>;
    fn listing(&self, standing: listing::Standing) -> &'static str;
    /// What else is to be known of it.
    fn listing_note(&self, standing: listing::Standing) -> Option<&'static str>;
    fn listing_meaning(&self, meaning: listing::Meaning) -> &'static str;
    /// Whom a list answers, where it is not everybody.
    fn listing_terms(&self, terms: listing::Terms) -> Option<&'static str>;
    fn listing_role(&self, role: listing::Role) -> &'static str;
    /// Whose a domain is, and what its records have to do with this message.
    fn transport_whose(&self, whose: transport::Whose) -> &'static str;
    fn transport_state(&self, state: transport::State) -> String;
    fn transport_problem(&self, problem: transport::Problem) -> &'static str;
    fn exchange(&self, exchange: transport::Exchange) -> &'static str;
    fn tlsa_state(&self, state: transport::HostState) -> &'static str;
    fn tlsa(&self, record: transport::Tlsa) -> String;
}

/// The first words of a stranger's text, short enough to stand in a sentence.
fn quoted(text: &str) -> String {
    const LENGTH: usize = 40;
    cut(text, LENGTH)
}

/// The words of a stranger's text, without lines that are drawn, as far as `length` characters go.
fn cut(text: &str, length: usize) -> String {
    let is_rule = |word: &&str| word.len() > 3 && word.chars().all(|character| "-_=*~#+".contains(character));
    let mut words = text.split_whitespace().filter(|word| !is_rule(word)).collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(length) {
        words.truncate(end);
        words.push('…');
    }
    words
}
