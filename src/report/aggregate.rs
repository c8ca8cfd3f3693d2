//! A DMARC aggregate report: who counted, and which sources passed.

use super::{Block, Section};
use crate::analyze::Analysis;
use crate::message::hidden;
use crate::text::Words;

/// The most sources that a report lists.
const SOURCES: usize = 50;

/// `None` where no such report is attached.
pub(super) fn section(analysis: &Analysis, words: &dyn Words) -> Option<Section> {
    let panels = words.panels();
    let report = analysis.facts.aggregate.as_ref()?;
    let shown =
        |value: &Option<String>| value.as_ref().map_or_else(|| panels.absent.to_owned(), |value| hidden::mark(value));
    let moment = |at: Option<jiff::Timestamp>| at.map_or_else(|| "–".to_owned(), |at| at.to_string());
    let policies: Vec<String> = report.policies.iter().map(|(tag, value)| format!("{tag}={value}")).collect();
    let mut pairs = vec![
        (panels.reported_by.to_owned(), shown(&report.reporter)),
        (panels.domain.to_owned(), shown(&report.domain)),
        (panels.policy.to_owned(), hidden::mark(&policies.join("; "))),
        (panels.period.to_owned(), format!("{} – {}", moment(report.begin), moment(report.end))),
        (panels.counted.to_owned(), words.aggregate_counted(report.messages, report.failed())),
    ];
    if !report.deviations.is_empty() {
        let texts: Vec<&str> = report.deviations.iter().map(|one| words.aggregate_deviation(*one)).collect();
        pairs.push((panels.irregular.to_owned(), texts.join(" · ")));
    }
    let columns = [
        panels.source_address,
        panels.counted,
        panels.spf_aligned,
        panels.dkim_aligned,
        panels.neither,
        panels.dispositions,
    ];
    let rows = report.sources.iter().take(SOURCES).map(|source| {
        vec![
            hidden::mark(&source.name),
            source.messages.to_string(),
            source.spf.to_string(),
            source.dkim.to_string(),
            source.failed.to_string(),
            format!("quarantine {} / reject {}", source.quarantined, source.rejected),
        ]
    });
    let table = Block::Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() };
    let mut blocks = vec![Block::Pairs(pairs), table];
    if report.sources.len() > SOURCES || report.left_out > 0 {
        blocks.push(Block::Note(panels.more.replace("{}", &report.sources.len().saturating_sub(SOURCES).to_string())));
    }
    blocks.push(Block::Note(panels.aggregate_hint.to_owned()));
    Some(Section { title: panels.aggregate.to_owned(), blocks })
}
