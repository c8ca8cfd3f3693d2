//! Plain text for a terminal and a ticket. Columns line up where wide characters take two cells.

use unicode_width::UnicodeWidthStr;

use crate::report::{Block, Item, Report, Section};
use crate::text::Lang;

pub(super) fn write(report: &Report) -> String {
    let panels = report.lang.words().panels();
    let mut lines: Vec<String> = report.what_if.iter().map(|what_if| format!("!! {what_if}")).collect();
    lines.push(report.headline.sentence.clone());
    lines.extend(report.headline.accepted.clone());
    lines.push(format!("→ {}", report.headline.next_step));
    lines.extend(report.headline.actor.iter().map(|actor| format!("  {}", who_acts(actor, report.lang))));
    lines.extend([String::new(), heading(panels.findings)]);
    if report.findings.is_empty() {
        lines.push(panels.no_findings.to_owned());
    }
    for item in &report.findings {
        lines.extend(finding(item, report.lang));
    }
    lines.push(String::new());
    lines.push(heading(panels.narrative));
    lines.extend(
        report
            .narrative
            .iter()
            .enumerate()
            .map(|(index, step)| format!("{}. {} [{}]", index + 1, step.sentence, step.evidence.join("; "))),
    );
    lines.push(String::new());
    lines.extend(section_lines(&report.sections));
    lines.push(report.made_by.clone());
    lines.join("\n") + "\n"
}

/// Sections alone.
pub(super) fn sections(sections: &[Section]) -> String {
    section_lines(sections).join("\n")
}

/// Each section with an empty line behind it.
fn section_lines(sections: &[Section]) -> Vec<String> {
    let lines = |section: &Section| {
        let blocks = section.blocks.iter().flat_map(block_lines);
        [heading(&section.title)].into_iter().chain(blocks).chain([String::new()]).collect::<Vec<_>>()
    };
    sections.iter().flat_map(lines).collect()
}

fn who_acts(actor: &str, lang: Lang) -> String {
    let words = lang.words();
    format!("{}{}{actor}", words.panels().who_acts, words.letter().colon)
}

fn heading(title: &str) -> String {
    format!("── {title} ──")
}

fn finding(item: &Item, lang: Lang) -> Vec<String> {
    let panels = lang.words().panels();
    let sources: Vec<&str> = item.sources.iter().map(|source| source.name.as_str()).collect();
    vec![
        format!("[{}] {}", item.mark, item.title),
        format!("    {}", item.meaning),
        format!("    → {}", item.remedy),
        format!("    {}", who_acts(&item.actor, lang)),
        format!(
            "    {}: {}  {}: {}  ({})",
            panels.evidence,
            item.evidence.join("; "),
            panels.rule,
            sources.join(", "),
            item.code
        ),
    ]
}

fn block_lines(block: &Block) -> Vec<String> {
    match block {
        Block::Pairs(pairs) => {
            let width = pairs.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
            pairs.iter().map(|(name, value)| format!("{}  {value}", padded(name, width))).collect()
        }
        Block::Table { columns, rows } => {
            let widths: Vec<usize> = (0..columns.len())
                .map(|index| {
                    let cells = std::iter::once(columns).chain(rows).filter_map(|row| row.get(index));
                    cells.map(|cell| cell.width()).max().unwrap_or(0)
                })
                .collect();
            std::iter::once(columns).chain(rows).map(|row| table_line(row, &widths)).collect()
        }
        Block::Note(text) => vec![text.clone()],
        Block::Tree(branches) => {
            branches.iter().map(|branch| format!("{}{}", "  ".repeat(branch.depth), branch.text)).collect()
        }
    }
}

fn table_line(row: &[String], widths: &[usize]) -> String {
    let cells: Vec<String> = row.iter().zip(widths).map(|(cell, &width)| padded(cell, width)).collect();
    cells.join("  ").trim_end().to_owned()
}

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}
