//! The path: every hop, where the receiving side begins, and the fields beside the hops.

use super::super::{Block, Section};
use super::Writer;
use crate::check::Problem;
use crate::message::hidden;
use crate::path::{BoundaryReason, Hop, Side, TlsVersion, Waypoint};
use crate::text::count;

/// The most other hops that could be the boundary which are named.
const CHOICES: usize = 4;

impl Writer<'_> {
    pub(super) fn path(&self) -> Section {
        let (path, panels) = (&self.analysis.facts.path, self.panels);
        if path.hops.is_empty() {
            return Section { title: panels.path.to_owned(), blocks: vec![Block::Note(panels.no_hops.to_owned())] };
        }
        let columns =
            ["#", panels.address, panels.reverse_name, panels.helo, panels.by, panels.delay, "TLS", panels.date]
                .map(str::to_owned)
                .to_vec();
        let listed = path.hops.iter().enumerate().filter(|(index, _)| path.is_listed(*index));
        let rows = listed.map(|(index, hop)| self.hop(index, hop)).collect();
        let mut blocks = vec![Block::Table { columns, rows }];
        if path.unlisted() > 0 {
            blocks.push(Block::Note(panels.hops_left_out.replace("{}", &count(path.unlisted()))));
        }
        blocks.push(Block::Note(match &path.boundary {
            Some(boundary) => self.choice(boundary.hop, boundary.reason, panels.boundary),
            None => panels.no_boundary.to_owned(),
        }));
        if path.is_boundary_ambiguous() {
            blocks.push(Block::Note(panels.ambiguous_boundary.to_owned()));
            let others: Vec<_> = path.boundary.iter().flat_map(|boundary| &boundary.alternatives).collect();
            let named = others.iter().take(CHOICES);
            blocks.extend(named.map(|&&(hop, reason)| Block::Note(self.choice(hop, reason, panels.other_boundary))));
            if others.len() > CHOICES {
                blocks.push(Block::Note(panels.more.replace("{}", &count(others.len() - CHOICES))));
            }
        }
        if let Some(total) = path.total {
            blocks.push(Block::Note(panels.total_time.replace("{}", &self.words.duration(total))));
        }
        if !path.waypoints.is_empty() {
            let columns = [panels.other_traces, panels.value, panels.date, ""].map(str::to_owned).to_vec();
            blocks.push(Block::Table {
                columns,
                rows: path.waypoints.iter().map(|waypoint| self.waypoint(waypoint)).collect(),
            });
        }
        blocks.push(Block::Pairs(vec![(panels.reverse_dns.to_owned(), self.iprev())]));
        Section { title: panels.path.to_owned(), blocks }
    }

    /// A hop that is or could be the boundary, and what speaks for it.
    fn choice(&self, hop: usize, reason: BoundaryReason, what: &str) -> String {
        let number = self.panels.hop_number.replace("{}", &(hop + 1).to_string());
        format!("{number} {what}: {}", self.words.boundary_reason(reason))
    }

    /// A field beside the hops, and after which of them it was written.
    fn waypoint(&self, waypoint: &Waypoint) -> Vec<String> {
        let text = waypoint.text.as_ref().map(|text| hidden::mark(&text.value));
        let value = text.or_else(|| waypoint.ip.map(|ip| ip.value.to_string()));
        let absent = || "–".to_owned();
        vec![
            hidden::mark(&waypoint.name),
            value.unwrap_or_else(absent),
            waypoint.date.map_or_else(absent, |date| date.value.rfc3339()),
            self.panels.after_hop.replace("{}", &waypoint.after.to_string()),
        ]
    }

    /// Reverse DNS, with the reason where it was not evaluated.
    fn iprev(&self) -> String {
        let Some(iprev) = &self.analysis.facts.iprev else {
            return format!(
                "{}: {}",
                self.panels.not_evaluated,
                self.words.explain(&Problem::NoConnectingAddress { hops: self.analysis.facts.path.hops.len() }).title
            );
        };
        let names: Vec<_> = iprev.names.iter().map(|name| name.name.as_str()).collect();
        let mut asked = iprev.trace.children.iter().flat_map(|step| &step.questions);
        let why = asked.find_map(|id| {
            let entry = self.analysis.questions.iter().find(|entry| entry.id == *id)?;
            entry.answer.records.as_ref().err().filter(|failure| !failure.is_absent())
        });
        let why = why.map_or_else(String::new, |failure| format!(": {}", self.words.dns_failure(*failure)));
        let parts = [iprev.ip.to_string(), names.join(", "), self.words.iprev_result(iprev.result).to_owned()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        hidden::mark(&format!("{}{why}", parts.join(" ")))
    }

    fn hop(&self, index: usize, hop: &Hop) -> Vec<String> {
        let text = |value: Option<&String>| value.map_or_else(|| "–".to_owned(), |value| hidden::mark(value));
        let mark = if hop.side == Side::Boundary { "▶" } else { "" };
        let tls = hop.tls.version.map_or_else(|| self.words.tls_state(hop.tls.state), TlsVersion::name).to_owned();
        vec![
            format!("{mark}{}", index + 1),
            hop.from.address_text().unwrap_or_else(|| "–".to_owned()),
            text(hop.from.name.as_ref().map(|name| &name.value)),
            text(hop.from.helo.as_ref().map(|helo| &helo.value)),
            text(hop.by.as_ref().map(|by| &by.value)),
            hop.delay.map_or_else(|| "–".to_owned(), |delay| self.words.duration(delay)),
            tls,
            hop.date.map_or_else(|| "–".to_owned(), |date| date.value.rfc3339()),
        ]
    }
}
