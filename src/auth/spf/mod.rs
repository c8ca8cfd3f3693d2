//! Sender Policy Framework (RFC 7208), evaluated term by term with a trace.

use std::iter;
use std::net::IpAddr;

pub use draft::{DraftTerm, Role, Worth, draft, is_record, is_sound, meant, written};
use ipnet::IpNet;
pub use remarks::{ReadRecord, Relation, Remark, RemarkKind};
use serde::Serialize;
pub use survey::{Authorised, Bound, Survey};
pub use weigh::{Weighed, weigh};

use super::trace::{Place, Step};
use crate::dns::{Data, Ledger, Question, QuestionId, RecordType};

mod draft;
mod eval;
mod explain;
mod macros;
mod mechanism;
mod published;
mod ranges;
mod record;
mod remarks;
mod ruling;
mod sorted;
mod survey;
mod target;
#[cfg(test)]
mod tests;
mod walk;
mod weigh;

/// Terms that ask DNS, in one evaluation (section 4.6.4).
pub const MAX_LOOKUPS: u32 = 10;
/// Terms whose questions may come back without an answer (section 4.6.4).
pub const MAX_VOID_LOOKUPS: u32 = 2;
/// Hosts that one `mx` term may ask about (section 4.6.4).
pub const MAX_MX_HOSTS: usize = 10;
/// Reverse names that are looked at; further ones are ignored (section 4.6.4).
pub const MAX_PTR_NAMES: usize = 10;

/// The steps of this evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// One `check_host()` (RFC 7208 section 4); the text is the domain.
    SpfCheck,
    /// Finding the record of a domain (section 4.5); the text is the record.
    SpfRecord,
    /// One mechanism; the text is the term as written.
    SpfMechanism,
    /// One modifier.
    SpfModifier,
    /// One further question of a term: an MX host, a PTR name.
    SpfQuestion,
}

/// The seven results of RFC 7208 section 2.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SpfResult {
    None,
    Neutral,
    Pass,
    Fail,
    SoftFail,
    TempError,
    PermError,
}

/// Why the result is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A mechanism matched.
    Matched,
    /// No mechanism matched and there is no redirect (section 4.7).
    NothingMatched,
    /// The domain publishes no record.
    NoRecord,
    /// The domain does not exist.
    NoSuchDomain,
    /// The identity has no domain that could be asked (section 4.3).
    NotADomain,
    /// Two or more records (section 4.5).
    SeveralRecords,
    /// The record cannot be parsed (section 4.6).
    SyntaxError,
    /// More than ten terms that ask DNS (section 4.6.4).
    LookupLimit,
    /// More than two terms with a question without an answer (section 4.6.4).
    VoidLookupLimit,
    /// More than ten MX hosts in one `mx` term (section 4.6.4).
    MxLimit,
    /// The target of an include or a redirect has no record (sections 5.2 and 6.1).
    TargetHasNoRecord,
    /// A DNS question had no answer in time, or the server failed.
    DnsTrouble,
    /// Nobody was asked: offline, or the snapshot lacks the question.
    NotAsked,
}

/// One evaluated identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The domain whose record was evaluated first.
    pub domain: String,
    /// The connecting address; an IPv4-mapped one as the IPv4 address that it stands for (section 5).
    pub ip: IpAddr,
    /// The identity: an address, with `postmaster@` before a bare domain (sections 2.4 and 4.3).
    pub sender: String,
    /// `None` when nobody could be asked; the reason is then [`Reason::NotAsked`].
    pub result: Option<SpfResult>,
    pub reason: Reason,
    /// Terms that asked DNS; the one beyond the limit of ten is counted and asked nothing (section 4.6.4).
    pub lookups: u32,
    /// Terms with a question without an answer, of at most two: the reading of section 4.6.4 that decides here.
    pub void_lookups: u32,
    /// Questions without an answer: what software counts that counts each of them. It differs from `void_lookups` where
    /// one term asks several names, such as an `mx` whose hosts have no address of the family of `ip`.
    pub void_questions: u32,
    /// The term that matched, as written, and the domain whose record holds it.
    pub matched: Option<Matched>,
    /// The domain that must act on an error: the owner of the record that a permerror or temperror stems from.
    pub culprit: Option<Culprit>,
    /// What the domain says about a fail (`exp=`, section 6.2), macros expanded.
    pub explanation: Option<String>,
    /// Every syntax error in the records that were read.
    pub faults: Vec<Fault>,
    /// The networks that `ip` was compared with, in order.
    pub tried: Vec<Tried>,
    /// What the whole record allows; `None` without a record that is known.
    pub survey: Option<Survey>,
    /// A record of the type SPF (99), which nobody reads any more; looked for by [`find_deprecated`] alone.
    pub deprecated: Option<Deprecated>,
    pub trace: Step,
}

impl Check {
    /// Another identity was evaluated with the same steps, so that nothing new is to be said.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.domain == other.domain
            && self.ip == other.ip
            && self.explanation == other.explanation
            && self.trace.says_the_same(&other.trace)
    }

    /// The networks of the family of the address that would have let it pass, had they held it.
    pub fn missed(&self) -> impl Iterator<Item = &Tried> {
        let is_near = |tried: &&Tried| tried.grants && tried.network.addr().is_ipv4() == self.ip.is_ipv4();
        self.tried.iter().filter(|tried| !tried.network.contains(&self.ip)).filter(is_near)
    }

    /// Of these, the one whose nearest address is the least number of addresses away.
    #[must_use]
    pub fn nearest(&self) -> Option<&Tried> {
        let ip = ranges::number(self.ip);
        let distance = |tried: &&Tried| {
            let (first, last) = (ranges::number(tried.network.network()), ranges::number(tried.network.broadcast()));
            if ip < first { first - ip } else { ip.saturating_sub(last) }
        };
        // Of equals the first: it is the one that a reader of the record meets first.
        self.missed().min_by_key(distance)
    }

    /// No term that names the address matched it: it ended at `all`, or at the end of the record.
    #[must_use]
    pub fn is_unlisted(&self) -> bool {
        let is_decided = matches!(self.result, Some(SpfResult::Fail | SpfResult::SoftFail | SpfResult::Neutral));
        is_decided && self.matched.as_ref().is_none_or(|matched| matched.innermost().is_all())
    }

    /// The term that let the address pass, where it lets anybody pass: the innermost, or an include or a redirect on the way
    /// to it that leads wherever the client wants.
    #[must_use]
    pub fn passed_as_anybody(&self) -> Option<&Remark> {
        let matched = self.matched.as_ref().filter(|_| self.result == Some(SpfResult::Pass))?;
        let survey = self.survey.as_ref()?;
        let open = |wanted: &dyn Fn(&Remark) -> bool| {
            survey.remarks.iter().find(|remark| remark.kind == RemarkKind::PassAll && wanted(remark))
        };
        let at_term = iter::successors(Some(matched), |matched| matched.inside.as_deref()).filter_map(|matched| {
            open(&|remark| remark.domain == matched.domain && remark.term.as_ref() == Some(&matched.term))
        });
        let is_elsewhere = survey.records.iter().all(|record| record.domain != matched.domain);
        at_term.last().or_else(|| open(&|remark| is_elsewhere && remark.is_redirect))
    }

    /// The network that let the address pass, where it is wider than any that one organization sends mail from, so that a pass
    /// shows nobody: /8 is the most that IANA gave to one organization, and the widest that mailbox providers list is /14.
    #[must_use]
    pub fn passed_by_width(&self) -> Option<&Tried> {
        const IPV4: u8 = 8;
        const IPV6: u8 = 16;
        let matched = self.matched.as_ref().filter(|_| self.result == Some(SpfResult::Pass))?.innermost();
        let is_wide = |network: &IpNet| network.prefix_len() <= if network.addr().is_ipv4() { IPV4 } else { IPV6 };
        self.tried.iter().find(|tried| {
            let is_it = tried.domain == matched.domain && tried.term == matched.term;
            is_it && tried.network.contains(&self.ip) && is_wide(&tried.network)
        })
    }

    /// It passes, and so would nearly everybody.
    #[must_use]
    pub fn shows_nobody(&self) -> bool {
        self.passed_as_anybody().is_some() || self.passed_by_width().is_some()
    }

    /// What a receiver that counts each question without an answer, not each term, would have stopped at.
    #[must_use]
    pub const fn is_over_void_questions(&self) -> bool {
        self.void_lookups <= MAX_VOID_LOOKUPS && self.void_questions > MAX_VOID_LOOKUPS
    }
}

/// The term that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matched {
    pub term: String,
    pub domain: String,
    /// For an include, the term in the included record that matched.
    pub inside: Option<Box<Self>>,
}

impl Matched {
    /// The term that matched the address itself, in the innermost record.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        self.inside.as_ref().map_or(self, |inside| inside.innermost())
    }

    /// The term is `all`, which matches everybody.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.term.trim_start_matches(['+', '-', '~', '?']).eq_ignore_ascii_case("all")
    }
}

/// A network that the connecting address was compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    pub network: IpNet,
    pub term: String,
    /// The domain whose record holds the term.
    pub domain: String,
    /// An address in it passes: no qualifier says otherwise.
    pub grants: bool,
}

impl Tried {
    /// The network as people write it: a single address without its length.
    #[must_use]
    pub fn written(&self) -> String {
        let network = self.network.trunc();
        if network.prefix_len() == network.max_prefix_len() { network.addr().to_string() } else { network.to_string() }
    }
}

/// A record of the type SPF (99), which RFC 7208 section 3.1 took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecated {
    pub question: QuestionId,
    pub record: String,
}

/// One syntax error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The domain that publishes the record.
    pub domain: String,
    pub term: String,
    pub place: Place,
    pub error: SyntaxError,
}

/// What is wrong with a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SyntaxError {
    /// A byte that is not visible US-ASCII (section 3.1).
    Character,
    /// The name of a mechanism that does not exist (section 4.6.1).
    UnknownMechanism,
    /// A modifier without a name, or with one that starts with no letter (section 4.6.1).
    ModifierName,
    /// A second `redirect` or `exp` (section 6).
    RepeatedModifier,
    /// `all` with anything behind it (section 5.1).
    UnexpectedArgument,
    /// A mechanism or modifier that needs a domain stands without one.
    MissingDomain,
    /// The domain does not end in a top label or a macro (section 7.1).
    DomainSpec,
    /// An address where a domain belongs: `a:192.0.2.1` instead of `ip4:192.0.2.1`.
    AddressAsDomain,
    /// `ip4` or `ip6` without an address.
    MissingAddress,
    /// Not an address of that family (section 5.6).
    Address,
    /// A prefix length that is no number, too large, or has a leading zero (sections 5.3 and 5.6).
    PrefixLength,
    /// Not a macro (section 7.1).
    Macro,
    /// `%{c}`, `%{r}` or `%{t}` in a term (section 7.2).
    MacroOnlyInExplanation,
}

/// What a term cost, nested records included, and what the evaluation had cost when it was through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Cost {
    #[serde(flatten)]
    pub own: Counts,
    pub so_far: Counts,
}

/// Numbers that are limited (section 4.6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Counts {
    /// Terms that asked DNS.
    pub lookups: u32,
    /// Terms with a question without an answer.
    pub void_lookups: u32,
    /// Questions without an answer.
    pub void_questions: u32,
}

/// Where an error comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Culprit {
    /// The domain that publishes the record.
    pub domain: String,
    /// The term, when the error lies in one.
    pub term: Option<String>,
}

/// The facts of the SMTP session that an evaluation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The connecting address.
    pub ip: IpAddr,
    /// The name given in HELO or EHLO, for `%{h}`.
    pub helo: Option<String>,
    /// The name of the checking host, for `%{r}`; `unknown` when there is none (section 7.3).
    pub receiver: Option<String>,
    /// Seconds since 1970, for `%{t}`.
    pub timestamp: i64,
}

/// Evaluates `check_host()` for one sender, an address or a bare domain.
#[must_use]
pub fn check(sender: &str, session: &Session, dns: &Ledger<'_>) -> Check {
    eval::check(sender, session, dns)
}

/// Looks for a record of the type SPF where a domain that exists has none of the type TXT: its owner may think that it is
/// protected. The answer never changes the result (RFC 7208 section 3.1), and nothing is asked for any other check.
pub fn find_deprecated(check: &mut Check, dns: &Ledger<'_>) {
    if check.reason != Reason::NoRecord {
        return;
    }
    let entry = dns.ask(&Question::new(&target::escape(&check.domain), RecordType::Spf));
    let texts = entry.answer.records.iter().flatten().filter_map(Data::joined);
    let record =
        texts.filter(|text| record::is_spf(text)).map(|text| String::from_utf8_lossy(&text).into_owned()).next();
    check.deprecated = record.map(|record| Deprecated { question: entry.id, record });
}
