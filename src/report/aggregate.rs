//! A DMARC aggregate report: who counted, and which sources passed.

use super::{Block, Section};
use crate::aggregate::{Aggregate, Source};
use crate::analyze::Analysis;
use crate::message::hidden;
use crate::text::{Words, count, least};

/// The most sources that a report lists.
const SOURCES: usize = 50;
/// The most identifiers, and reasons, that it lists.
const DETAILS: usize = 100;

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
        (panels.counted.to_owned(), words.aggregate_counted(report)),
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
        let told = |number| least(number, source.at_least);
        vec![
            hidden::mark(&source.name),
            told(source.messages),
            told(source.spf),
            told(source.dkim),
            told(source.failed),
            format!("quarantine {} / reject {}", told(source.quarantined), told(source.rejected)),
        ]
    });
    let table = Block::Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() };
    let mut blocks = vec![Block::Pairs(pairs), table];
    let (identifiers, overrides) = (identifiers(report, words), overrides(report, words));
    blocks.extend(identifiers.into_iter().flatten().chain(overrides));
    let most =
        |details: fn(&Source) -> usize| report.sources.iter().map(details).sum::<usize>().saturating_sub(DETAILS);
    let unlisted = most(|source| source.identifiers.len()) + most(|source| source.overrides.len());
    if unlisted > 0 {
        blocks.push(Block::Note(panels.more.replace("{}", &count(unlisted))));
    }
    if report.sources.len() > SOURCES || report.left_out > 0 {
        blocks.push(Block::Note(panels.more.replace("{}", &count(report.sources.len().saturating_sub(SOURCES)))));
    }
    blocks.push(Block::Note(panels.aggregate_hint.to_owned()));
    if !analysis.facts.is_report_alone() {
        blocks.push(Block::Note(panels.about_counted.to_owned()));
    }
    Some(Section { title: panels.aggregate.to_owned(), blocks })
}

/// What each identifier came to, and what that counts for. `None` where the report names none.
fn identifiers(report: &Aggregate, words: &dyn Words) -> Option<[Block; 2]> {
    let panels = words.panels();
    let columns = [panels.source_address, panels.method, panels.domain, panels.result, panels.counted];
    let all = report.sources.iter().flat_map(|source| source.identifiers.iter().map(move |one| (source, one)));
    let rows: Vec<Vec<String>> = all
        .take(DETAILS)
        .map(|(source, one)| {
            vec![
                hidden::mark(&source.name),
                words.aggregate_method(one.method).to_owned(),
                one.domain.as_deref().map_or_else(|| panels.absent.to_owned(), hidden::mark),
                one.outcome.word().unwrap_or(panels.no_result).to_owned(),
                least(one.messages, source.at_least),
            ]
        })
        .collect();
    let table = Block::Table { columns: columns.map(str::to_owned).to_vec(), rows };
    let has_rows = report.sources.iter().any(|source| !source.identifiers.is_empty());
    has_rows.then(|| [table, Block::Note(panels.by_identifier_hint.to_owned())])
}

/// Why the reporter did not do what the policy asks. `None` where it always did.
fn overrides(report: &Aggregate, words: &dyn Words) -> Option<Block> {
    let panels = words.panels();
    let columns = [panels.source_address, panels.override_reason, panels.override_comment, panels.counted];
    let all = report.sources.iter().flat_map(|source| source.overrides.iter().map(move |one| (source, one)));
    let rows: Vec<Vec<String>> = all
        .take(DETAILS)
        .map(|(source, one)| {
            vec![
                hidden::mark(&source.name),
                words.aggregate_reason(one.kind).to_owned(),
                one.comment.as_deref().map_or_else(|| "–".to_owned(), hidden::mark),
                least(one.messages, source.at_least),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Block::Table { columns: columns.map(str::to_owned).to_vec(), rows })
}
