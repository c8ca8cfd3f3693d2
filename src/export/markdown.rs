//! Markdown for issue trackers and chats.

use crate::report::{Block, Report};

pub(super) fn write(report: &Report) -> String {
    let panels = report.lang.words().panels();
    let headline = &report.headline;
    let mut parts: Vec<String> = report.what_if.iter().map(|what_if| format!("> **{}**", escaped(what_if))).collect();
    parts.push(format!("**{}**", escaped(&headline.sentence)));
    parts.extend(headline.accepted.as_ref().map(|accepted| escaped(accepted)));
    parts.extend([
        format!("{} ({} {})", escaped(&headline.next_step), panels.who_acts, headline.actor),
        format!("## {}", panels.findings),
    ]);
    if report.findings.is_empty() {
        parts.push(panels.no_findings.to_owned());
    }
    for item in &report.findings {
        let evidence = escaped(&item.evidence.join("; "));
        let sources = item.sources.iter().map(|source| format!("[{}]({})", escaped(&source.name), source.url));
        parts.push(format!(
            "- **{}: {}** `{}`\n  {}\n  → {}\n  {} {}\n  _{}: {evidence}; {}: {}_",
            item.mark,
            escaped(&item.title),
            item.code,
            escaped(&item.meaning),
            escaped(&item.remedy),
            panels.who_acts,
            item.actor,
            panels.evidence,
            panels.rule,
            sources.collect::<Vec<_>>().join(", "),
        ));
    }
    parts.push(format!("## {}", panels.narrative));
    let steps = report.narrative.iter().enumerate().map(|(index, step)| {
        format!("{}. {} _{}_", index + 1, escaped(&step.sentence), escaped(&step.evidence.join("; ")))
    });
    parts.push(steps.collect::<Vec<_>>().join("\n"));
    for section in &report.sections {
        parts.push(format!("## {}", section.title));
        parts.extend(section.blocks.iter().map(|block| block_text(block, panels.name, panels.value)));
    }
    parts.push(report.made_by.clone());
    parts.join("\n\n") + "\n"
}

fn block_text(block: &Block, name: &str, value: &str) -> String {
    match block {
        Block::Pairs(pairs) => {
            let rows = pairs.iter().map(|(name, value)| vec![name.clone(), value.clone()]);
            table(&[name.to_owned(), value.to_owned()], rows)
        }
        Block::Table { columns, rows } => table(columns, rows.iter().cloned()),
        Block::Note(text) => escaped(text),
        Block::Tree(branches) => {
            let lines =
                branches.iter().map(|branch| format!("{}- {}", "  ".repeat(branch.depth), escaped(&branch.text)));
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

fn table(columns: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("|{}", "---|".repeat(columns.len()));
    let rows: Vec<String> = rows.map(|row| line(&row)).collect();
    format!("{}\n{rule}\n{}", line(columns), rows.join("\n"))
}

/// A stranger's text, so that nothing in it is read as markup (`CommonMark` section 2.4), as HTML, or
/// as an address that some readers turn into a link.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '!' | '~' | '&' | ':' | '.' | '@'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
