//! Markdown for issue trackers and chats.

use crate::report::{Block, Report};

pub(super) fn write(report: &Report) -> String {
    let words = report.lang.words();
    let panels = words.panels();
    let colon = words.letter().colon;
    let headline = &report.headline;
    let mut parts: Vec<String> = report.what_if.iter().map(|what_if| format!("> **{}**", escaped(what_if))).collect();
    parts.push(format!("**{}**", escaped(&headline.sentence)));
    parts.extend(headline.accepted.as_ref().map(|accepted| escaped(accepted)));
    let actor = headline.actor.as_ref();
    let actor = actor.map_or_else(String::new, |actor| format!(" ({}{colon}{actor})", panels.who_acts));
    parts.extend([format!("{}{actor}", escaped(&headline.next_step)), format!("## {}", panels.findings)]);
    if report.findings.is_empty() {
        parts.push(panels.no_findings.to_owned());
    }
    for item in &report.findings {
        let evidence = escaped(&item.evidence.join("; "));
        let sources = item.sources.iter().map(|source| format!("[{}]({})", escaped(&source.name), source.url));
        parts.push(format!(
            "- **{}: {}** `{}`\n  {}\n  → {}\n  {}{colon}{}\n  _{}: {evidence}; {}: {}_",
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

/// A stranger's text, so that nothing in it is read as markup (`CommonMark` section 2.4) or as HTML, and no address of a page
/// becomes a link in readers that make some of bare ones.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, character) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        let is_markup = matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&');
        // Only at the beginning are these a heading, a list or a rule (`CommonMark` sections 4.2, 4.3 and 5.2).
        let begins_block = at == 0 && matches!(character, '#' | '-' | '+' | '=');
        let ends_number = number > 0 && at == number && matches!(character, '.' | ')');
        let before = text.get(..at).unwrap_or_default();
        let begins_link = rest.starts_with("://")
            || (character == '.'
                && before.as_bytes().last_chunk::<3>().is_some_and(|word| word.eq_ignore_ascii_case(b"www")));
        if is_markup || begins_block || (ends_number && is_list_mark(rest)) || begins_link {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A full stop or a bracket that makes a number the mark of a list: white space or nothing follows.
fn is_list_mark(rest: &str) -> bool {
    rest.chars().nth(1).is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_markup_is_escaped() {
        for (text, expected) in [
            ("203.0.113.199, a@example.jp: 10:00", "203.0.113.199, a@example.jp: 10:00"),
            ("*a* _b_ <b> | [c](d)", r"\*a\* \_b\_ \<b\> \| \[c\](d)"),
            ("# no heading #", r"\# no heading #"),
            ("- no list", r"\- no list"),
            ("1. no list", r"1\. no list"),
            ("1.5 s", "1.5 s"),
            ("https://example.jp/ and www.example.jp", r"https\://example.jp/ and www\.example.jp"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
