//! One HTML page without scripts, links or anything to fetch.

use std::fmt::Write;

use crate::check::headline::Tone;
use crate::report::{Block, Branch, Item, Passage, Report};
use crate::text::Lang;
use crate::text::glossary::{Term, terms_in};

const STYLE: &str = "body{font-family:sans-serif;line-height:1.6;max-width:64em;margin:2em auto;padding:0 1em}\
table{border-collapse:collapse;margin:.5em 0}td,th{border:1px solid;padding:.2em .6em;text-align:left;overflow-wrap:anywhere}\
.headline{border-left:.5em solid;padding:.2em 1em}code{font-family:monospace}dt{font-weight:bold}";

pub(super) fn write(report: &Report) -> String {
    let words = report.lang.words();
    let panels = words.panels();
    let headline = &report.headline;
    let tone = match headline.tone {
        Tone::Good => "good",
        Tone::Caution => "caution",
        Tone::Bad => "bad",
        Tone::Unknown => "unknown",
    };
    let mut body: Vec<String> =
        report.what_if.iter().map(|what_if| format!("<p><strong>{}</strong></p>", escaped(what_if))).collect();
    body.extend([
        format!("<div class=\"headline {tone}\"><h1>{}</h1>", marked(&headline.sentence, report.lang)),
        headline
            .accepted
            .as_ref()
            .map_or_else(String::new, |accepted| format!("<p>{}</p>", marked(accepted, report.lang))),
        format!(
            "<p>{}</p>{}</div>",
            marked(&headline.next_step, report.lang),
            headline.actor.as_ref().map_or_else(String::new, |actor| {
                format!("<p>{}{}{}</p>", escaped(panels.who_acts), words.letter().colon, escaped(actor))
            })
        ),
        format!("<h2>{}</h2>", escaped(panels.findings)),
    ]);
    if report.findings.is_empty() {
        body.push(format!("<p>{}</p>", escaped(panels.no_findings)));
    }
    body.extend(report.findings.iter().map(|item| finding(item, report.lang)));
    let step = |step: &Passage| {
        format!(
            "<li>{} <small>{}</small></li>",
            marked(&step.sentence, report.lang),
            escaped(&step.evidence.join("; "))
        )
    };
    let steps: String = report.narrative.iter().map(step).collect();
    body.push(format!("<h2>{}</h2><ol>{steps}</ol>", escaped(panels.narrative)));
    for section in &report.sections {
        body.push(format!("<h2>{}</h2>", escaped(&section.title)));
        body.extend(section.blocks.iter().map(block_html));
    }
    if !report.terms.is_empty() {
        body.push(glossary(report));
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head>\n\
         <body>\n{}\n<p>{}</p>\n</body></html>\n",
        report.lang,
        escaped(&headline.sentence),
        body.join("\n"),
        escaped(&report.made_by)
    )
}

fn finding(item: &Item, lang: Lang) -> String {
    let words = lang.words();
    let panels = words.panels();
    let sources: Vec<String> = item.sources.iter().map(|source| escaped(&source.name)).collect();
    format!(
        "<h3>{}: {} <code>{}</code></h3><p>{}</p><p>→ {}</p><p><small>{}{}{}<br>{}: {}<br>{}: {}</small></p>",
        escaped(&item.mark),
        marked(&item.title, lang),
        item.code,
        marked(&item.meaning, lang),
        marked(&item.remedy, lang),
        escaped(panels.who_acts),
        words.letter().colon,
        escaped(&item.actor),
        escaped(panels.evidence),
        escaped(&item.evidence.join("; ")),
        escaped(panels.rule),
        sources.join(", ")
    )
}

fn block_html(block: &Block) -> String {
    match block {
        Block::Pairs(pairs) => {
            let rows: Vec<String> = pairs
                .iter()
                .map(|(name, value)| format!("<tr><th>{}</th><td>{}</td></tr>", escaped(name), escaped(value)))
                .collect();
            format!("<table>{}</table>", rows.concat())
        }
        Block::Table { columns, rows } => {
            let line = |row: &[String], tag: &str| {
                let cells: Vec<String> = row.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect();
                format!("<tr>{}</tr>", cells.concat())
            };
            let rows: Vec<String> = rows.iter().map(|row| line(row, "td")).collect();
            format!("<table>{}{}</table>", line(columns, "th"), rows.concat())
        }
        Block::Note(text) => format!("<p>{}</p>", escaped(text)),
        Block::Tree(branches) => {
            let line = |branch: &Branch| {
                format!("<div style=\"margin-left:{}em\">{}</div>", branch.depth * 2, escaped(&branch.text))
            };
            format!("<div>{}</div>", branches.iter().map(line).collect::<String>())
        }
    }
}

/// A sentence of ours, each term in it with what it means.
fn marked(text: &str, lang: Lang) -> String {
    let words = lang.words();
    let mut page = String::new();
    let mut end = 0;
    for (range, term) in terms_in(text, words) {
        page.push_str(&escaped(text.get(end..range.start).unwrap_or_default()));
        let (meaning, word) = (escaped(words.term(term).meaning), escaped(text.get(range.clone()).unwrap_or_default()));
        let _ = write!(page, "<abbr title=\"{meaning}\">{word}</abbr>");
        end = range.end;
    }
    page + &escaped(text.get(end..).unwrap_or_default())
}

/// What the terms mean, for those who cannot hover: on paper, on a telephone, with a screen reader.
fn glossary(report: &Report) -> String {
    let words = report.lang.words();
    let entry = |term: &Term| {
        let entry = words.term(*term);
        format!("<dt>{}</dt><dd>{}</dd>", escaped(entry.name), escaped(entry.meaning))
    };
    let entries: String = report.terms.iter().map(entry).collect();
    format!("<section><h2>{}</h2><dl>{entries}</dl></section>", escaped(words.panels().terms))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
