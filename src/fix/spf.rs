//! Changes to SPF records: one record, every term readable, at most ten look-ups, nobody left out who was let in.

use std::net::IpAddr;

use super::piece::{self, Content, Piece, Placeholder};
use super::service;
use super::{Case, Change, Current, Fix, Kind, Place, SendingService, SpfStep, Withheld};
use crate::auth::dmarc;
use crate::auth::domain;
use crate::auth::spf::{self, Check, DraftTerm, MAX_LOOKUPS, Role, SpfResult, Weighed, Worth};
use crate::check::{Actor, Finding, Problem};

/// So many bytes of networks leave room for the rest of a record that has to fit into one DNS packet (RFC 7208 section 3.4).
const MAX_MOVED: usize = 380;

/// How the names begin to which networks move.
pub const MOVED: &str = "_spf";

/// Every record of the envelope sender's organization that a finding is about.
pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    let Some(check) = case.facts.spf.mail_from.as_ref().filter(|_| !case.is_suspect() && !case.is_stranger()) else {
        return Vec::new();
    };
    // Whoever sends chooses the envelope's domain: while nothing proves the author, it may be the deceiver's own.
    let is_elsewhere = |author: &str| !dmarc::is_same_organization(author, &check.domain);
    if case.facts.dmarc.author_domain.as_deref().is_some_and(is_elsewhere) && !case.proves_author() {
        return Vec::new();
    }
    if is_name_alone(case, check) {
        return Vec::new();
    }
    let mut owners: Vec<&str> = vec![&check.domain];
    for owner in case.findings.iter().filter_map(owner) {
        if !owners.contains(&owner) && dmarc::is_same_organization(owner, &check.domain) {
            owners.push(owner);
        }
    }
    let records = owners.into_iter().map(|owner| record(case, check, owner)).filter(|fixes| !fixes.is_empty());
    records.chain(wide(case, check).map(|fix| vec![fix])).collect()
}

/// For the null sender the HELO name stands in (RFC 7208 section 2.4), and anybody gives any name there. Neither its record, nor
/// its DNS, nor anything else shows that the server is its own.
fn is_name_alone(case: Case<'_>, check: &Check) -> bool {
    let facts = case.facts;
    let is_null = facts.session.mail_from.as_ref().is_some_and(|sender| sender.value.is_empty());
    let is_listed = check.result == Some(SpfResult::Pass) && check.passed_as_anybody().is_none();
    let mut names = facts.iprev.iter().flat_map(|iprev| &iprev.names);
    let is_own = names.any(|name| {
        name.confirmed && !name.is_generated(check.ip) && domain::is_at_or_below(&name.name, &check.domain)
    });
    is_null && !is_listed && !is_own && !case.proves_author()
}

/// The domain whose record a finding is about.
fn owner(finding: &Finding) -> Option<&str> {
    match &finding.problem {
        Problem::SpfMissing { domain, .. }
        | Problem::SpfDeprecatedType { domain, .. }
        | Problem::SpfFail { domain, .. }
        | Problem::SpfSoftfail { domain, .. }
        | Problem::SpfNeutralAll { domain, .. }
        | Problem::SpfVoidReadingsDiffer { domain, .. }
        // What is over a limit is the whole of it, wherever the last term stands.
        | Problem::SpfLookupLimit { domain, .. }
        | Problem::SpfVoidLimit { domain, .. } => Some(domain),
        Problem::SpfSeveralRecords { owner, .. }
        | Problem::SpfIncludeMissing { owner, .. }
        | Problem::SpfBroken { owner, .. }
        | Problem::SpfPassAll { owner, .. }
        | Problem::SpfRecordLong { owner, .. }
        | Problem::SpfPtr { owner, .. } => Some(owner),
        _ => None,
    }
}

/// One record on its way to be another.
#[derive(Default)]
struct Work {
    findings: Vec<&'static str>,
    steps: Vec<SpfStep>,
    terms: Vec<DraftTerm>,
    /// The term that lets servers in and that is not known as a whole.
    open: Option<Vec<Piece>>,
    /// The service that the connecting server belongs to, where an include of its can be tried.
    service: Option<SendingService>,
    /// The networks move to records of their own.
    moves: bool,
    /// The text was no record, for what stands around it.
    is_begun: bool,
}

/// The new record; a second one where the first rests on what a service is said to publish.
fn record(case: Case<'_>, check: &Check, owner: &str) -> Vec<Fix> {
    let service = service::of_server(case, check);
    let first = with(case, check, owner, service);
    let leans = |fix: &Fix| matches!(&fix.kind, Kind::Spf { steps, .. } if steps.iter().any(|step| matches!(step, SpfStep::AllowService { .. })));
    let second = first.as_ref().filter(|fix| leans(fix)).and_then(|_| with(case, check, owner, None));
    first.into_iter().chain(second).collect()
}

fn with(case: Case<'_>, check: &Check, owner: &str, service: Option<SendingService>) -> Option<Fix> {
    let mut texts: Vec<String> = spf_texts(case, owner);
    let begun = if texts.is_empty() { meant(case, owner) } else { None };
    let terms = begun.as_ref().map(|(_, text)| text).or(texts.first());
    let terms = terms.map(|text| spf::draft(text.as_bytes())).unwrap_or_default();
    let is_begun = begun.is_some();
    texts.extend(begun.map(|(written, _)| written));
    let mut work = Work { terms, service, is_begun, ..Work::default() };
    let about = case.findings.iter().filter(|finding| self::owner(finding) == Some(owner));
    for finding in about {
        if let Some(not_offered) = work.answer(case, check, finding, &texts) {
            return Some(not_offered);
        }
    }
    if work.steps.is_empty() && !work.moves {
        return None;
    }
    let lets_in = |step: &SpfStep| matches!(step, SpfStep::AllowUnknown { .. } | SpfStep::AllowService { .. });
    if work.steps.iter().any(lets_in) && sends_nothing(case, owner) {
        let kind = Kind::Spf { domain: owner.to_owned(), steps: Vec::new() };
        return Some(Fix::not_offered(kind, work.findings, Actor::Sender, Withheld::SendsNothing));
    }
    // One record stays one: whatever else stands in its way is mended with it.
    work.mend();
    let moved = if work.moves { work.move_networks(owner) } else { Vec::new() };
    let kind = Kind::Spf { domain: owner.to_owned(), steps: work.steps };
    let mut parts = vec![vec![Content::Text("v=spf1".to_owned())]];
    let at = work.terms.iter().position(DraftTerm::is_last).unwrap_or(work.terms.len());
    let (first, last) = work.terms.split_at(at);
    let written = |term: &DraftTerm| vec![Content::Text(term.text.clone())];
    parts.extend(first.iter().map(written));
    parts.extend(work.open.map(|open| open.into_iter().map(|piece| piece.content).collect()));
    parts.extend(last.iter().map(written));
    let (current, new) = piece::sides(&texts, &parts, ' ');
    let change = Change::at(Place::Txt, owner, Current::Records(current), new);
    Some(Fix::new(kind, work.findings, Actor::Sender, [vec![change], moved].concat()))
}

/// The record of a domain says that nobody sends for it (RFC 7208 section 5.1), and nothing proves otherwise.
pub(super) fn sends_nothing(case: Case<'_>, domain: &str) -> bool {
    let is_refusal = |text: &String| {
        let terms = spf::draft(text.as_bytes());
        matches!(terms.as_slice(), [only] if only.role == Role::All(SpfResult::Fail))
    };
    matches!(spf_texts(case, domain).as_slice(), [only] if is_refusal(only)) && !case.proves_author()
}

/// The one text of a domain that is meant as a record and is none; as it is, and as it is meant.
fn meant(case: Case<'_>, domain: &str) -> Option<(String, String)> {
    let read = |text: Vec<u8>| {
        let text = String::from_utf8_lossy(&text).into_owned();
        spf::meant(&text).map(|meant| (text, meant))
    };
    let mut texts = case.texts(domain).into_iter().filter_map(read);
    texts.next().filter(|_| texts.next().is_none())
}

/// The SPF records among the texts of a domain.
fn spf_texts(case: Case<'_>, domain: &str) -> Vec<String> {
    let texts = case.texts(domain).into_iter().filter(|text| spf::is_record(text));
    texts.map(|text| String::from_utf8_lossy(&text).into_owned()).collect()
}

impl Work {
    /// Takes up what answers one finding; a fix that cannot be offered ends it.
    fn answer(&mut self, case: Case<'_>, check: &Check, finding: &Finding, texts: &[String]) -> Option<Fix> {
        let steps = self.steps.len();
        match &finding.problem {
            Problem::SpfMissing { .. } if self.is_begun => {
                self.steps.push(SpfStep::Begin);
                self.allow(case, check);
            }
            Problem::SpfMissing { .. } => {
                self.steps.push(SpfStep::New);
                self.soften();
                self.allow(case, check);
            }
            Problem::SpfDeprecatedType { .. } => {
                let record = check.deprecated.as_ref()?;
                self.terms = spf::draft(record.record.as_bytes());
                self.steps.push(SpfStep::Retype);
            }
            Problem::SpfSeveralRecords { owner, .. } => {
                if texts.iter().any(|text| refuses_by_name(text)) {
                    let kind = Kind::Spf { domain: owner.clone(), steps: Vec::new() };
                    let codes = vec![finding.problem.code()];
                    return Some(Fix::not_offered(kind, codes, Actor::Sender, Withheld::RefusesByName));
                }
                self.merge(case, texts);
            }
            Problem::SpfIncludeMissing { term, owner, .. } if has_macro(term) => {
                let kind = Kind::Spf { domain: owner.clone(), steps: Vec::new() };
                let codes = vec![finding.problem.code()];
                return Some(Fix::not_offered(kind, codes, Actor::Sender, Withheld::PerMessage));
            }
            Problem::SpfIncludeMissing { term, .. } => {
                let is_redirect = |other: &DraftTerm| other.text == *term && other.role == Role::Redirect;
                let is_end = self.terms.iter().any(is_redirect);
                self.drop(|other| other.text == *term, |term| SpfStep::DropEmpty { term });
                self.drop_dead_includes(case);
                // Without the record that it led to, nothing would be said of anybody.
                if is_end {
                    self.soften();
                    self.allow(case, check);
                }
            }
            Problem::SpfVoidLimit { .. } | Problem::SpfVoidReadingsDiffer { .. } => {
                self.drop_by_worth(case, &check.domain, &[Worth::LeadsNowhere]);
            }
            Problem::SpfLookupLimit { domain, .. } => return self.lighten(case, domain),
            Problem::SpfBroken { .. } => self.mend(),
            Problem::SpfPassAll { term, .. } => {
                if !self.terms.iter().any(|other| other.text == *term && matches!(other.role, Role::All(_))) {
                    return None;
                }
                self.soften();
                if check.passed_as_anybody().is_some() {
                    self.allow(case, check);
                }
            }
            Problem::SpfNeutralAll { ip, .. } => {
                self.soften();
                if ip.is_some() {
                    self.allow(case, check);
                }
            }
            Problem::SpfPtr { .. } => {
                // Who passed by a reverse name alone has to be listed by its address.
                let by_name = check.matched.as_ref().map(|matched| &matched.innermost().term);
                let is_by_name = self.terms.iter().any(|term| term.role == Role::Ptr && Some(&term.text) == by_name);
                self.drop(|other| other.role == Role::Ptr, |term| SpfStep::DropPtr { term });
                if is_by_name {
                    self.allow(case, check);
                }
            }
            Problem::SpfFail { .. } | Problem::SpfSoftfail { .. } => self.allow(case, check),
            Problem::SpfRecordLong { owner, .. } => {
                self.moves = self.can_move();
                if !self.moves && self.steps.is_empty() {
                    let kind = Kind::Spf { domain: owner.clone(), steps: Vec::new() };
                    return Some(Fix::not_offered(
                        kind,
                        vec![finding.problem.code()],
                        Actor::Sender,
                        Withheld::NothingToMove,
                    ));
                }
            }
            _ => return None,
        }
        if self.steps.len() > steps || self.moves && matches!(finding.problem, Problem::SpfRecordLong { .. }) {
            self.findings.push(finding.problem.code());
        }
        None
    }

    /// Lets the connecting server in. Only a name that points to it and back, and was chosen for it, shows that it is the domain's own.
    fn allow(&mut self, case: Case<'_>, check: &Check) {
        let is_done = |step: &SpfStep| matches!(step, SpfStep::AllowServer { .. } | SpfStep::AllowService { .. });
        if self.open.is_some() || self.steps.iter().any(is_done) {
            return;
        }
        let ip = check.ip;
        self.mend();
        self.move_all();
        if self.lets_pass(ip) {
            return;
        }
        let names = case.facts.iprev.iter().flat_map(|iprev| &iprev.names);
        let own = names
            .filter(|_| !case.facts.is_address_unsure())
            // At a provider of access, the lines of its customers bear such names as well.
            .filter(|name| {
                name.confirmed && domain::is_at_or_below(&name.name, &check.domain) && !name.is_generated(ip)
            })
            .map(|name| &name.name);
        if let Some((name, Some(term))) = own.map(|name| (name, DraftTerm::new(&network(ip)))).next() {
            let at = self.terms.iter().position(DraftTerm::is_last).unwrap_or(self.terms.len());
            self.terms.insert(at, term);
            self.steps.push(SpfStep::AllowServer { ip, name: name.clone() });
        } else if !self.allow_service(&check.domain) {
            self.open = Some(vec![Piece::placeholder(Placeholder::Servers)]);
            self.steps.push(SpfStep::AllowUnknown { ip, lookups: check.lookups });
        }
    }

    /// What stands behind `all` is never reached (RFC 7208 section 5.1): the first `all`, which counts, ends the record.
    fn move_all(&mut self) {
        let is_all = |term: &DraftTerm| matches!(term.role, Role::All(_));
        let Some(at) = self.terms.iter().position(is_all) else { return };
        let behind: Vec<&str> =
            self.terms.iter().skip(at).filter(|term| !term.is_last()).map(|term| term.text.as_str()).collect();
        if behind.is_empty() {
            return;
        }
        let behind = behind.join(", ");
        let (ends, mut terms): (Vec<_>, Vec<_>) = std::mem::take(&mut self.terms).into_iter().partition(is_all);
        if let Some(end) = ends.into_iter().next() {
            self.steps.push(SpfStep::MoveAll { term: end.text.clone(), behind });
            let place = terms.iter().rposition(|term| !term.is_last()).map_or(0, |last| last + 1);
            terms.insert(place, end);
        }
        self.terms = terms;
    }

    /// A network in the record as it is now lets the address pass, and nothing before it does otherwise.
    fn lets_pass(&self, ip: IpAddr) -> bool {
        let is_it = |term: &&DraftTerm| match &term.role {
            Role::Network(network) => network.contains(&ip),
            Role::All(_) => true,
            _ => false,
        };
        let first = self.terms.iter().find(is_it);
        first.is_some_and(|term| matches!(term.role, Role::Network(_)) && !term.text.starts_with(['-', '~', '?']))
    }

    /// Lets the service in that the connecting server belongs to, as well as its record is known.
    fn allow_service(&mut self, domain: &str) -> bool {
        let Some(at) = self.service else { return false };
        let Some(setup) = at.service.setup.as_ref() else { return false };
        let term = service::include(setup, domain);
        match Piece::whole(&term) {
            Some(text) => {
                let Some(term) = DraftTerm::new(&text) else { return false };
                if self.terms.iter().any(|other| other.matches() == term.matches()) {
                    return false;
                }
                let place = self.terms.iter().position(DraftTerm::is_last).unwrap_or(self.terms.len());
                self.terms.insert(place, term);
            }
            None => self.open = Some(term),
        }
        self.steps.push(SpfStep::AllowService { service: at, known: setup.known });
        true
    }

    /// Whether the order of the terms says nothing: each that names addresses lets them pass.
    fn can_move(&self) -> bool {
        let passes = |term: &DraftTerm| !term.text.starts_with(['-', '~', '?']);
        let named = self.terms.iter().filter(|term| !term.is_last());
        named.clone().all(passes) && named.filter(|term| matches!(term.role, Role::Network(_))).count() > 1
    }

    /// Moves the networks to records that are short enough, which the record includes in their place.
    fn move_networks(&mut self, owner: &str) -> Vec<Change> {
        let is_network = |term: &DraftTerm| matches!(term.role, Role::Network(_));
        let first = self.terms.iter().position(is_network).unwrap_or(0);
        let (networks, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.terms).into_iter().partition(is_network);
        self.terms = kept;
        let mut records: Vec<Vec<DraftTerm>> = vec![Vec::new()];
        let mut length = 0;
        for term in networks {
            length += term.text.len() + 1;
            if length > MAX_MOVED {
                length = term.text.len() + 1;
                records.push(Vec::new());
            }
            if let Some(last) = records.last_mut() {
                last.push(term);
            }
        }
        let mut changes = Vec::new();
        for (number, networks) in records.iter().enumerate() {
            let name = format!("{MOVED}{}.{owner}", number + 1);
            let text = format!("{} ~all", spf::written(networks));
            changes.push(Change::at(Place::Txt, &name, Current::Records(Vec::new()), vec![Piece::text(&text, true)]));
            if let Some(term) = DraftTerm::new(&format!("include:{name}")) {
                self.terms.insert((first + number).min(self.terms.len()), term);
            }
            self.steps.push(SpfStep::MoveNetworks { name, networks: networks.len() });
        }
        changes
    }

    /// Everybody who is not listed is to be doubted, not refused: what is missing in the record shows before it hurts.
    fn soften(&mut self) {
        let Some(soft) = DraftTerm::new("~all") else { return };
        let is_open = |term: &DraftTerm| matches!(term.role, Role::All(SpfResult::Pass | SpfResult::Neutral));
        if let Some(at) = self.terms.iter().position(is_open) {
            // Nothing behind `all` is ever reached: the record gets one end, behind everything that it lists.
            let is_all = |term: &DraftTerm| matches!(term.role, Role::All(_));
            let (ends, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.terms).into_iter().partition(is_all);
            self.terms = kept;
            let behind = self.terms.iter().rposition(|term| !term.is_last()).map_or(0, |last| last + 1);
            self.terms.insert(behind.max(at).min(self.terms.len()), soft);
            let before: Vec<String> = ends.into_iter().map(|term| term.text).collect();
            self.steps.push(SpfStep::Soften { before: Some(before.join(", ")) });
        } else if !self.terms.iter().any(|term| matches!(term.role, Role::All(_) | Role::Redirect)) {
            // A new record is written whole; that `all` is in it needs no word.
            if !self.steps.contains(&SpfStep::New) {
                self.steps.push(SpfStep::Soften { before: None });
            }
            let at =
                self.terms.iter().position(|term| matches!(term.role, Role::Explanation)).unwrap_or(self.terms.len());
            self.terms.insert(at, soft);
        }
    }

    fn drop(&mut self, unwanted: impl Fn(&DraftTerm) -> bool, step: impl Fn(String) -> SpfStep) {
        let (gone, kept) = std::mem::take(&mut self.terms).into_iter().partition(unwanted);
        self.terms = kept;
        let gone: Vec<DraftTerm> = gone;
        self.steps.extend(gone.into_iter().map(|term| step(term.text)));
    }

    /// Takes the terms away that the weighing found to be of no use.
    fn drop_by_worth(&mut self, case: Case<'_>, owner: &str, unwanted: &[Worth]) {
        let is_unwanted = |weighed: &&Weighed| unwanted.contains(&weighed.worth) && !has_macro(&weighed.term);
        for weighed in case.costs.iter().filter(is_unwanted) {
            // Of equal terms, the last one goes.
            let Some(at) = self.terms.iter().rposition(|term| term.text == weighed.term) else { continue };
            let DraftTerm { text: term, role } = self.terms.remove(at);
            if matches!(role, Role::Redirect) {
                self.soften();
            }
            let is_loop = term.split_once([':', '=']).is_some_and(|(_, target)| target.eq_ignore_ascii_case(owner));
            self.steps.push(match weighed.worth {
                Worth::Repeated if is_loop => SpfStep::DropLoop { term },
                Worth::Repeated => SpfStep::DropRepeated { term },
                Worth::Used | Worth::LeadsNowhere | Worth::Unknown => SpfStep::DropEmpty { term },
            });
        }
    }

    /// Each include that leads nowhere ends the check, so that they go together.
    fn drop_dead_includes(&mut self, case: Case<'_>) {
        let is_dead = |term: &DraftTerm| {
            let has_term = |weighed: &&Weighed| weighed.term == term.text && weighed.worth == Worth::LeadsNowhere;
            term.role == Role::Include && !has_macro(&term.text) && case.costs.iter().any(|weighed| has_term(&weighed))
        };
        self.drop(is_dead, |term| SpfStep::DropEmpty { term });
    }

    /// Brings the record under the limit by what loses nobody; where that is not enough, says what costs how much.
    fn lighten(&mut self, case: Case<'_>, domain: &str) -> Option<Fix> {
        self.drop_by_worth(case, domain, &[Worth::Repeated, Worth::LeadsNowhere]);
        let lookups: u32 = case.costs.iter().map(|weighed| weighed.lookups).sum();
        let is_left = |weighed: &&spf::Weighed| self.terms.iter().any(|term| term.text == weighed.term);
        let mut left: u32 = case.costs.iter().filter(is_left).map(|weighed| weighed.lookups).sum();
        let is_ptr = |term: &DraftTerm| term.role == Role::Ptr;
        if left > MAX_LOOKUPS && self.terms.iter().any(is_ptr) {
            left -= u32::try_from(self.terms.iter().filter(|term| is_ptr(term)).count()).unwrap_or(0);
            self.drop(is_ptr, |term| SpfStep::DropPtr { term });
        }
        self.findings.push("spf-lookup-limit");
        if left <= MAX_LOOKUPS {
            return None;
        }
        let kind = Kind::SpfLimit { domain: domain.to_owned(), lookups, costs: case.costs.to_vec() };
        Some(Fix::not_offered(kind, self.findings.clone(), Actor::Sender, Withheld::NothingToSpare))
    }

    /// One record of several: every term once, and the milder of their ends.
    fn merge(&mut self, case: Case<'_>, texts: &[String]) {
        let mut all: Vec<DraftTerm> = Vec::new();
        for text in texts {
            let terms = spf::draft(text.as_bytes());
            // Beside `all` it let nobody in (RFC 7208 section 6.1).
            let is_idle = terms.iter().any(|term| matches!(term.role, Role::All(_)));
            let (idle, counting): (Vec<_>, Vec<_>) =
                terms.into_iter().partition(|term| is_idle && term.role == Role::Redirect);
            self.steps.extend(idle.into_iter().map(|term| SpfStep::DropRedirect { term: term.text }));
            all.extend(counting);
        }
        let is_strict = texts.iter().all(|text| is_strict(case, text));
        let mut terms: Vec<DraftTerm> = Vec::new();
        for term in &all {
            let term = match &term.role {
                Role::All(_) => continue,
                // Two redirects cannot stand in one record; an include lets the same servers in.
                Role::Redirect => {
                    let target = term.text.split_once('=').map_or("", |(_, target)| target);
                    DraftTerm::new(&format!("include:{target}"))
                }
                Role::Explanation if terms.iter().any(|other| other.role == Role::Explanation) => continue,
                _ => Some(term.clone()),
            };
            terms.extend(term.filter(|term| !terms.iter().any(|other| other.matches() == term.matches())));
        }
        let (last, first): (Vec<_>, Vec<_>) = terms.into_iter().partition(DraftTerm::is_last);
        let end = DraftTerm::new(if is_strict { "-all" } else { "~all" });
        self.terms = first.into_iter().chain(end).chain(last).collect();
        self.steps.push(SpfStep::Merge { records: texts.len() });
    }

    /// Puts right what can mean one thing only.
    fn mend(&mut self) {
        for term in &mut self.terms {
            if let Some(mended) = term.mended() {
                self.steps.push(SpfStep::Mend { before: term.text.clone(), after: mended.text.clone() });
                *term = mended;
            }
        }
        if self.terms.iter().any(|term| matches!(term.role, Role::All(_))) {
            self.drop(|term| matches!(term.role, Role::Redirect), |term| SpfStep::DropRedirect { term });
        }
        // What was taken for a modifier may stand behind the end.
        let at = self.terms.iter().position(DraftTerm::is_last).unwrap_or(self.terms.len());
        let is_moved = |term: &DraftTerm| {
            self.steps.iter().any(
                |step| matches!(step, SpfStep::Mend { before, after } if *after == term.text && was_modifier(before)),
            )
        };
        let behind = self.terms.split_off(at);
        let (moved, last): (Vec<_>, Vec<_>) = behind.into_iter().partition(is_moved);
        self.terms.extend(moved.into_iter().chain(last));
    }
}

/// A network that is wider than what anybody runs for mail: which part of it sends, the record does not show.
fn wide(case: Case<'_>, check: &Check) -> Option<Fix> {
    let wide = case.findings.iter().find_map(|finding| match &finding.problem {
        Problem::SpfWideNetwork { owner, term, .. } => Some((finding, owner, term)),
        _ => None,
    });
    let (finding, owner, term) = wide.filter(|(_, owner, _)| dmarc::is_same_organization(owner, &check.domain))?;
    let kind = Kind::SpfWide { domain: owner.clone(), term: term.clone() };
    Some(Fix::not_offered(kind, vec![finding.problem.code()], finding.actor, Withheld::OwnerKnows))
}

/// What the term leads to is another name for each message (RFC 7208 section 7).
fn has_macro(term: &str) -> bool {
    term.contains('%')
}

/// Whether a term reads as a modifier that nobody knows.
fn was_modifier(term: &str) -> bool {
    DraftTerm::new(term).is_some_and(|term| term.role == Role::Unknown)
}

/// Whether a record names servers that do not pass.
fn refuses_by_name(text: &str) -> bool {
    let is_refusal = |term: &DraftTerm| term.text.starts_with(['-', '~', '?']) && !term.is_last();
    spf::draft(text.as_bytes()).iter().any(is_refusal)
}

/// Whether a record refuses whom it does not list, by itself or at the end of its redirect (RFC 7208 section 6.1).
fn is_strict(case: Case<'_>, text: &str) -> bool {
    let end = |text: &str| {
        let all = |term: DraftTerm| if let Role::All(result) = term.role { Some(result) } else { None };
        spf::draft(text.as_bytes()).into_iter().find_map(all)
    };
    let redirect = || {
        let term = spf::draft(text.as_bytes()).into_iter().find(|term| term.role == Role::Redirect)?;
        let (_, target) = term.text.split_once('=')?;
        match spf_texts(case, target).as_slice() {
            [only] => end(only),
            _ => None,
        }
    };
    end(text).or_else(redirect) == Some(SpfResult::Fail)
}

/// The term for one address.
fn network(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(v4) => format!("ip4:{v4}"),
        IpAddr::V6(v6) => format!("ip6:{v6}"),
    }
}
