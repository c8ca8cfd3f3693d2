//! The mechanisms (RFC 7208 section 5): what each asks, and whether it matches.

use std::net::IpAddr;

use ipnet::IpNet;

use super::eval::Evaluation;
use super::explain::UNKNOWN;
use super::macros::{MacroString, reverse_name};
use super::record::{Mechanism, Prefixes};
use super::ruling::{Halt, Match};
use super::{MAX_MX_HOSTS, MAX_PTR_NAMES, Reason, Task, Tried, target};
use crate::auth::trace::{Outcome, Step, What};
use crate::dns::{Data, Failure, Question, RecordType};

/// A term that asks: the step that notes its questions, and whether it was counted as void.
pub(super) struct Asking<'s> {
    pub(super) step: &'s mut Step,
    voids: Voids,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voids {
    /// All questions so far had an answer.
    None,
    /// One had none, and the term was counted.
    Counted,
    /// Questions for an explanation count toward no limit (section 4.6.4).
    Exempt,
}

impl<'s> Asking<'s> {
    pub(super) const fn counted(step: &'s mut Step) -> Self {
        Self { step, voids: Voids::None }
    }

    pub(super) const fn exempt(step: &'s mut Step) -> Self {
        Self { step, voids: Voids::Exempt }
    }
}

/// A term and the domain whose record holds it.
#[derive(Clone, Copy)]
struct Origin<'t> {
    term: &'t str,
    domain: &'t str,
}

impl Origin<'_> {
    fn tried(self, network: IpNet, grants: bool) -> Tried {
        Tried { network, term: self.term.to_owned(), domain: self.domain.to_owned(), grants }
    }
}

impl Evaluation<'_> {
    /// Runs one mechanism of the record of `domain`.
    pub(super) fn run(
        &mut self,
        domain: &str,
        term: &str,
        mechanism: &Mechanism,
        step: &mut Step,
    ) -> Result<Match, Halt> {
        let mut asking = Asking::counted(step);
        let origin = Origin { term, domain };
        match mechanism {
            Mechanism::All => Ok(Match::Yes),
            Mechanism::Include(spec) => self.include(domain, spec, &mut asking),
            Mechanism::A(spec, prefixes) => self.a(origin, spec.as_ref(), *prefixes, &mut asking),
            Mechanism::Mx(spec, prefixes) => self.mx(origin, spec.as_ref(), *prefixes, &mut asking),
            Mechanism::Ptr(spec) => self.ptr(domain, spec.as_ref(), &mut asking),
            Mechanism::Exists(spec) => self.exists(domain, spec, &mut asking),
            Mechanism::Ip(network) => {
                self.tried.push(origin.tried(*network, self.grants));
                Ok(matched(network.contains(&self.ip)))
            }
        }
    }

    /// Section 5.3.
    fn a(
        &mut self,
        origin: Origin<'_>,
        spec: Option<&MacroString>,
        prefixes: Prefixes,
        asking: &mut Asking<'_>,
    ) -> Result<Match, Halt> {
        self.count_lookup()?;
        let Some(target) = self.target(origin.domain, spec, asking)? else { return Ok(Match::No) };
        let records = self.ask(&target, self.address_type(), asking)?;
        Ok(matched(self.compare(origin, &records, prefixes)))
    }

    /// Section 5.4. All hosts are asked at the same time and looked at in order of preference.
    fn mx(
        &mut self,
        origin: Origin<'_>,
        spec: Option<&MacroString>,
        prefixes: Prefixes,
        asking: &mut Asking<'_>,
    ) -> Result<Match, Halt> {
        self.count_lookup()?;
        let Some(target) = self.target(origin.domain, spec, asking)? else { return Ok(Match::No) };
        let hosts = mail_hosts(self.ask(&target, RecordType::Mx, asking)?);
        let asked = hosts.get(..MAX_MX_HOSTS).unwrap_or(&hosts);
        let mut found = None;
        for (mut child, answer) in self.ask_hosts(asked) {
            if found.is_none() {
                found = match answer {
                    Ok(records) if self.compare(origin, &records, prefixes) => {
                        child.outcome = Outcome::Match;
                        Some(Ok(Match::Yes))
                    }
                    Ok(_) => {
                        child.outcome = Outcome::NoMatch;
                        None
                    }
                    Err(failure) => {
                        child.outcome = outcome_of(failure);
                        self.note(failure, asking).err().map(Err)
                    }
                };
            }
            asking.step.children.push(child);
        }
        match found {
            Some(found) => found,
            // Section 4.6.4: an eleventh host would have to be asked.
            None if hosts.len() > MAX_MX_HOSTS => Err(Halt::Here(Reason::MxLimit)),
            None => Ok(Match::No),
        }
    }

    /// Section 5.5.
    fn ptr(&mut self, domain: &str, spec: Option<&MacroString>, asking: &mut Asking<'_>) -> Result<Match, Halt> {
        self.count_lookup()?;
        let Some(target) = self.target(domain, spec, asking)? else { return Ok(Match::No) };
        let validated = self.validate_names(asking)?;
        if validated.names.iter().any(|name| target::is_within(name, &target)) {
            return Ok(Match::Yes);
        }
        if validated.complete { Ok(Match::No) } else { Err(Halt::Here(Reason::NotAsked)) }
    }

    /// Section 5.7: an A record, whatever the family of the connection.
    fn exists(&mut self, domain: &str, spec: &MacroString, asking: &mut Asking<'_>) -> Result<Match, Halt> {
        self.count_lookup()?;
        let Some(target) = self.target(domain, Some(spec), asking)? else { return Ok(Match::No) };
        let records = self.ask(&target, RecordType::A, asking)?;
        Ok(matched(records.iter().any(|data| matches!(data, Data::A(_)))))
    }

    /// The value of `%{p}`: the domain itself, else a name below it, else any (section 7.3).
    pub(super) fn validated_name(&mut self, domain: &str, asking: &mut Asking<'_>) -> Result<String, Halt> {
        let Validated { names, complete } = self.validate_names(asking)?;
        let preferred = names
            .iter()
            .find(|name| name.eq_ignore_ascii_case(domain))
            .or_else(|| names.iter().find(|name| target::is_within(name, domain)))
            .or_else(|| names.first());
        match preferred {
            Some(name) => Ok(name.clone()),
            None if complete => Ok(UNKNOWN.to_owned()),
            None => Err(Halt::Here(Reason::NotAsked)),
        }
    }

    /// The reverse names of the connecting address that lead back to it (section 5.5). A failing question is no error
    /// there: it costs the names it would have given.
    fn validate_names(&mut self, asking: &mut Asking<'_>) -> Result<Validated, Halt> {
        let entry = self.dns.ask(&Question::new(&reverse_name(self.ip), RecordType::Ptr));
        asking.step.questions.push(entry.id);
        let mut validated = Validated { names: Vec::new(), complete: true };
        let records = match &entry.answer.records {
            Ok(records) => records,
            Err(failure) => {
                validated.complete = !failure.is_not_asked();
                self.note_void(*failure, asking)?;
                return Ok(validated);
            }
        };
        let reverse = records.iter().filter_map(|data| match data {
            Data::Ptr(name) => Some(name.trim_end_matches('.').to_owned()),
            _ => None,
        });
        let names: Vec<String> = reverse.take(MAX_PTR_NAMES).collect();
        // All were asked at once, so all have their step, even where one of them ends the evaluation.
        let mut goes_on = Ok(());
        for (mut child, answer) in self.ask_hosts(&names) {
            match answer {
                _ if goes_on.is_err() => {}
                Ok(records) if records.iter().filter_map(address).any(|address| address == self.ip) => {
                    child.outcome = Outcome::Match;
                    validated.names.extend(child.text.clone());
                }
                Ok(_) => child.outcome = Outcome::NoMatch,
                Err(failure) => {
                    child.outcome = outcome_of(failure);
                    validated.complete &= !failure.is_not_asked();
                    goes_on = self.note_void(failure, asking);
                }
            }
            asking.step.children.push(child);
        }
        goes_on?;
        Ok(validated)
    }

    /// Only addresses of the family of the connection are asked for (section 5).
    const fn address_type(&self) -> RecordType {
        if self.ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa }
    }

    /// Whether one of the addresses stands for a network that holds the connecting one.
    fn compare(&mut self, origin: Origin<'_>, records: &[Data], prefixes: Prefixes) -> bool {
        let mut any = false;
        for network in records.iter().filter_map(address).filter_map(|address| prefixes.network(address)) {
            any |= network.contains(&self.ip);
            self.tried.push(origin.tried(network, self.grants));
        }
        any
    }

    /// The records of a name; none when DNS says that there are none.
    fn ask(&mut self, name: &str, kind: RecordType, asking: &mut Asking<'_>) -> Result<Vec<Data>, Halt> {
        let entry = self.dns.ask(&Question::new(&target::escape(name), kind));
        asking.step.questions.push(entry.id);
        match &entry.answer.records {
            Ok(records) => Ok(records.clone()),
            Err(failure) => self.note(*failure, asking).map(|()| Vec::new()),
        }
    }

    /// The addresses of hosts that DNS named, each with the step of its question.
    fn ask_hosts(&self, hosts: &[String]) -> Vec<(Step, Result<Vec<Data>, Failure>)> {
        let kind = self.address_type();
        let questions: Vec<Question> = hosts.iter().map(|host| Question::new(host, kind)).collect();
        let entries = self.dns.ask_all(&questions);
        entries
            .iter()
            .map(|entry| {
                let step = Step::new(What::Spf(Task::SpfQuestion), Outcome::Skipped);
                (step.text(entry.question.name.as_str()).asked(entry.id), entry.answer.records.clone())
            })
            .collect()
    }

    /// Section 5: no records is no match, and a void look-up; any other failure is a temperror.
    fn note(&mut self, failure: Failure, asking: &mut Asking<'_>) -> Result<(), Halt> {
        if failure.is_not_asked() {
            Err(Halt::Here(Reason::NotAsked))
        } else if failure.is_absent() {
            self.note_void(failure, asking)
        } else {
            Err(Halt::Here(Reason::DnsTrouble))
        }
    }

    /// Section 4.6.4 limits "terms" for which a question has no answer: a term counts once, however many it asks.
    fn note_void(&mut self, failure: Failure, asking: &mut Asking<'_>) -> Result<(), Halt> {
        if !failure.is_absent() || asking.voids == Voids::Exempt {
            return Ok(());
        }
        self.counts.void_questions += 1;
        if asking.voids == Voids::Counted {
            return Ok(());
        }
        asking.voids = Voids::Counted;
        self.count_void_lookup()
    }
}

/// Reverse names that lead back to the address.
struct Validated {
    names: Vec<String>,
    /// Whether every question could be asked.
    complete: bool,
}

/// The hosts in order of preference; a null MX names none (RFC 7505).
pub(super) fn mail_hosts(records: Vec<Data>) -> Vec<String> {
    let exchanges = records.into_iter().filter_map(|data| match data {
        Data::Mx { preference, exchange } => Some((preference, exchange)),
        _ => None,
    });
    let mut exchanges: Vec<(u16, String)> =
        exchanges.filter(|(_, exchange)| !exchange.trim_end_matches('.').is_empty()).collect();
    exchanges.sort_by_key(|(preference, _)| *preference);
    exchanges.into_iter().map(|(_, exchange)| exchange).collect()
}

pub(super) const fn address(data: &Data) -> Option<IpAddr> {
    match data {
        Data::A(ip) => Some(IpAddr::V4(*ip)),
        Data::Aaaa(ip) => Some(IpAddr::V6(*ip)),
        _ => None,
    }
}

const fn matched(does: bool) -> Match {
    if does { Match::Yes } else { Match::No }
}

/// How a step shows a failed question.
pub(super) const fn outcome_of(failure: Failure) -> Outcome {
    if failure.is_absent() {
        Outcome::Absent
    } else if failure.is_not_asked() {
        Outcome::NotEvaluated
    } else {
        Outcome::Unreachable
    }
}
