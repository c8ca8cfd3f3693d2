//! ARC: one row an instance, and where the message was changed.

use super::super::{Block, Section};
use super::Writer;
use crate::auth::arc::{ArcResult, ChainValidation, Instance, Part};
use crate::message::hidden;

impl Writer<'_> {
    pub(super) fn arc(&self) -> Option<Section> {
        let (arc, panels) = (&self.analysis.facts.arc, self.panels);
        if arc.instances.is_empty() && arc.result == ArcResult::None {
            return None;
        }
        let at = arc.broken_at.map_or_else(String::new, |i| format!("i={i}: "));
        let result = format!("{}: {at}{}", self.words.arc_result(arc.result), self.words.arc_reason(arc.reason));
        let columns = [
            "i",
            panels.sealed_by,
            panels.selector,
            "cv=",
            panels.arc_seal,
            panels.arc_message_signature,
            panels.arc_moment,
            panels.arc_results_seen,
        ];
        let rows = arc.instances.iter().map(|instance| self.arc_instance(instance)).collect();
        let mut blocks = vec![
            Block::Pairs(vec![(panels.result.to_owned(), result)]),
            Block::Table { columns: columns.map(str::to_owned).to_vec(), rows },
        ];
        let oldest = arc.oldest_pass.map(|oldest| self.words.arc_oldest_pass(oldest));
        let change = arc.change().map(|change| self.words.arc_change(change));
        let fixed = [panels.arc_hint, panels.arc_status].map(str::to_owned);
        blocks.extend(oldest.into_iter().chain(change).chain(fixed).map(|text| Block::Note(hidden::mark(&text))));
        Some(Section { title: "ARC".to_owned(), blocks })
    }

    fn arc_instance(&self, instance: &Instance) -> Vec<String> {
        let text = |value: Option<&String>| value.map_or_else(|| "–".to_owned(), |value| hidden::mark(value));
        let part = |part: &Part| match part.reason {
            Some(reason) => format!("{}: {}", self.words.arc_part(part.state), self.words.dkim_reason(reason)),
            None => self.words.arc_part(part.state).to_owned(),
        };
        let validation = instance.chain_validation.map_or("–", |validation| match validation {
            ChainValidation::None => "none",
            ChainValidation::Pass => "pass",
            ChainValidation::Fail => "fail",
        });
        let seen = instance.seen(&self.analysis.facts.claims).into_iter().map(|seen| {
            let domain = seen.domain.map_or_else(String::new, |domain| format!(" {domain}"));
            format!("{}={}{domain}", seen.method, seen.result)
        });
        let seen: Vec<String> = seen.collect();
        let mark = if self.analysis.facts.arc.broken_at == Some(instance.i) { "▶" } else { "" };
        vec![
            format!("{mark}{}", instance.i),
            text(instance.seal.domain.as_ref()),
            text(instance.seal.selector.as_ref()),
            validation.to_owned(),
            part(&instance.seal),
            part(&instance.message_signature),
            instance.seal.signed_at.map_or_else(|| "–".to_owned(), |at| format!("{at:.0}")),
            if seen.is_empty() { "–".to_owned() } else { hidden::mark(&seen.join("; ")) },
        ]
    }
}
