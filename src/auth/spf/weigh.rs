//! What each term of a record costs and whether it is of use, also behind the point where an evaluation stops.

use std::collections::BTreeSet;

use serde::Serialize;

use super::draft::Worth;
use super::macros::MacroString;
use super::published::{self, Published};
use super::record::{self, Kind, Mechanism, Qualifier};
use super::{MAX_MX_HOSTS, Reason, target};
use crate::dns::{Data, Ledger, Question, RecordType};

/// The most records that are read for one record; one that needs more is beyond every limit.
const MAX_RECORDS: usize = 40;

/// One term that asks DNS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Weighed {
    pub term: String,
    /// Look-ups, those of the records it leads to included (RFC 7208 section 4.6.4).
    pub lookups: u32,
    pub worth: Worth,
}

/// Weighs every term of the record of `domain` that asks DNS; empty where it has none that can be read.
#[must_use]
pub fn weigh(domain: &str, dns: &Ledger<'_>) -> Vec<Weighed> {
    let mut scale = Scale {
        dns,
        first: domain,
        seen: BTreeSet::from([domain.to_ascii_lowercase()]),
        terms: BTreeSet::new(),
        read: 0,
    };
    let Some(text) = scale.text(domain).ok().flatten() else { return Vec::new() };
    let record = record::parse(&text);
    let is_reached = |term: &&record::Term| !matches!(term.kind, Ok(Kind::Directive(_, Mechanism::All)));
    // Nothing behind `all` is ever evaluated (section 5.1).
    let terms = record.terms.iter().take_while(is_reached).filter_map(|term| {
        let kind = term.kind.as_ref().ok()?;
        let (lookups, worth) = scale.kind(domain, kind)?;
        let is_new = scale.terms.insert(term.text.trim_start_matches('+').to_ascii_lowercase());
        Some(Weighed { term: term.text.clone(), lookups, worth: if is_new { worth } else { Worth::Repeated } })
    });
    terms.collect()
}

struct Scale<'a> {
    dns: &'a Ledger<'a>,
    first: &'a str,
    /// The records that were reached in a way that lets their servers pass.
    seen: BTreeSet<String>,
    terms: BTreeSet<String>,
    read: usize,
}

impl Scale<'_> {
    /// What a term costs; `None` where it asks nothing.
    fn kind(&mut self, domain: &str, kind: &Kind) -> Option<(u32, Worth)> {
        match kind {
            Kind::Directive(qualifier, Mechanism::Include(spec)) => Some(self.follow(domain, spec, *qualifier)),
            Kind::Redirect(spec) => Some(self.follow(domain, spec, Qualifier::Fail)),
            Kind::Directive(_, Mechanism::A(spec, _)) => Some((1, self.host(domain, spec.as_ref()))),
            Kind::Directive(_, Mechanism::Mx(spec, _)) => Some((1, self.exchanges(domain, spec.as_ref()))),
            Kind::Directive(_, Mechanism::Ptr(_) | Mechanism::Exists(_)) => Some((1, Worth::Used)),
            Kind::Directive(_, Mechanism::All | Mechanism::Ip(_)) | Kind::Explanation(_) | Kind::UnknownModifier => {
                None
            }
        }
    }

    fn follow(&mut self, domain: &str, spec: &MacroString, qualifier: Qualifier) -> (u32, Worth) {
        let Some(target) = spec.fixed(domain, self.first).and_then(|text| target::name(&text)) else {
            return (1, Worth::Unknown);
        };
        let is_new = !self.seen.contains(&target);
        match self.text(&target) {
            Ok(None) => (1, Worth::LeadsNowhere),
            Err(_) => (1, Worth::Unknown),
            Ok(Some(text)) => {
                let passes = qualifier == Qualifier::Pass;
                let lookups = 1 + self.inside(&target, &text, passes, &mut BTreeSet::new());
                (lookups, if is_new || !passes { Worth::Used } else { Worth::Repeated })
            }
        }
    }

    /// The look-ups that a record needs from its first to its last term.
    fn inside(&mut self, domain: &str, text: &[u8], passes: bool, path: &mut BTreeSet<String>) -> u32 {
        if !path.insert(domain.to_owned()) {
            return 0;
        }
        if passes {
            self.seen.insert(domain.to_owned());
        }
        let mut lookups = 0;
        // Behind a term that refuses addresses, some of those it leads to may never get there.
        let mut passes = passes;
        for term in &record::parse(text).terms {
            if let Ok(Kind::Directive(qualifier, _)) = &term.kind {
                passes &= *qualifier == Qualifier::Pass;
            }
            let spec = match &term.kind {
                Ok(Kind::Directive(_, Mechanism::All)) => break,
                Ok(Kind::Directive(_, Mechanism::Include(spec)) | Kind::Redirect(spec)) => spec,
                Ok(Kind::Directive(
                    _,
                    Mechanism::A(..) | Mechanism::Mx(..) | Mechanism::Ptr(_) | Mechanism::Exists(_),
                )) => {
                    lookups += 1;
                    continue;
                }
                _ => continue,
            };
            lookups += 1;
            let target = spec.fixed(domain, self.first).and_then(|text| target::name(&text));
            if let Some(target) = target
                && let Ok(Some(text)) = self.text(&target)
            {
                lookups += self.inside(&target, &text, passes, path);
            }
        }
        path.remove(domain);
        lookups
    }

    /// The record of a domain; `Ok(None)` where DNS says that there is none that counts.
    fn text(&mut self, domain: &str) -> Result<Option<Vec<u8>>, Reason> {
        self.read += 1;
        if self.read > MAX_RECORDS {
            return Err(Reason::NotAsked);
        }
        if !target::is_domain(domain) {
            return Ok(None);
        }
        let entry = self.dns.ask(&published::question(domain));
        match Published::of(domain, &entry) {
            Ok(published) => Ok(Some(published.text)),
            Err(reason @ (Reason::NotAsked | Reason::DnsTrouble)) => Err(reason),
            Err(_) => Ok(None),
        }
    }

    /// Whether a host has an address of either family.
    fn host(&self, domain: &str, spec: Option<&MacroString>) -> Worth {
        match self.name_of(domain, spec) {
            Some(name) => self.addresses(&name),
            None => Worth::Unknown,
        }
    }

    fn exchanges(&self, domain: &str, spec: Option<&MacroString>) -> Worth {
        let Some(name) = self.name_of(domain, spec) else { return Worth::Unknown };
        let entry = self.dns.ask(&Question::new(&target::escape(&name), RecordType::Mx));
        match &entry.answer.records {
            Err(failure) if failure.is_absent() => Worth::LeadsNowhere,
            Err(_) => Worth::Unknown,
            Ok(records) => {
                let hosts = super::mechanism::mail_hosts(records.clone());
                let worth: Vec<Worth> = hosts.iter().take(MAX_MX_HOSTS).map(|host| self.addresses(host)).collect();
                let all = |wanted| worth.iter().all(|one| *one == wanted);
                if all(Worth::LeadsNowhere) { Worth::LeadsNowhere } else { Worth::Used }
            }
        }
    }

    /// The name that a term asks about; `None` where a macro makes it of the sender.
    fn name_of(&self, domain: &str, spec: Option<&MacroString>) -> Option<String> {
        match spec {
            None => Some(domain.to_owned()),
            Some(spec) => spec.fixed(domain, self.first).and_then(|text| target::name(&text)),
        }
    }

    fn addresses(&self, host: &str) -> Worth {
        let questions = [RecordType::A, RecordType::Aaaa].map(|kind| Question::new(&target::escape(host), kind));
        let entries = self.dns.ask_all(&questions);
        let has = |data: &Data| matches!(data, Data::A(_) | Data::Aaaa(_));
        if entries.iter().any(|entry| entry.answer.records.iter().flatten().any(has)) {
            Worth::Used
        } else if entries.iter().all(|entry| entry.answer.records.as_ref().is_err_and(|failure| failure.is_absent())) {
            Worth::LeadsNowhere
        } else {
            Worth::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::zone::Zone;

    #[test]
    fn every_term_is_weighed_with_what_it_leads_to() {
        let zone = Zone::default()
            .txt(
                "example.jp",
                "v=spf1 a mx include:one.example include:two.example include:gone.example ip4:192.0.2.1 -all",
            )
            .txt("one.example", "v=spf1 include:two.example exists:%{i}.example ~all")
            .txt("two.example", "v=spf1 ip4:198.51.100.0/24 ~all");
        let weighed = weigh("example.jp", &Ledger::new(&zone));
        let seen: Vec<_> = weighed.iter().map(|one| (one.term.as_str(), one.lookups, one.worth)).collect();
        assert_eq!(
            seen,
            [
                ("a", 1, Worth::LeadsNowhere),
                ("mx", 1, Worth::LeadsNowhere),
                ("include:one.example", 3, Worth::Used),
                ("include:two.example", 1, Worth::Repeated),
                ("include:gone.example", 1, Worth::LeadsNowhere),
            ]
        );
    }

    #[test]
    fn a_loop_ends() {
        let zone = Zone::default()
            .txt("example.jp", "v=spf1 include:one.example -all")
            .txt("one.example", "v=spf1 include:two.example -all")
            .txt("two.example", "v=spf1 include:one.example -all");
        assert_eq!(weigh("example.jp", &Ledger::new(&zone))[0].lookups, 3);
    }
}
