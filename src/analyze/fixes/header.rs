//! Tries a change to lines of the header: the message is read anew with them, and judged by the same rules.
//!
//! The signatures stay as they were judged: only the system that signs can make new ones.

use super::Before;
use crate::check;
use crate::dns::Ledger;
use crate::facts::Facts;
use crate::fix::{Change, Fix, Outcome, Withheld};
use crate::message::Message;
use crate::sender::{Unsubscribe, Way};

pub(super) fn outcome(before: Before<'_>, fix: &Fix, dns: &Ledger<'_>) -> Outcome {
    let lines: Option<Vec<String>> = fix.changes.iter().map(Change::trial_value).collect();
    let Some(lines) = lines else { return Outcome::NeedsValue };
    let message = rewritten(before.message, &lines);
    let unsubscribe = Unsubscribe::of(&message);
    let is_whole = unsubscribe.has(Way::Https) && unsubscribe.post_is_right() == Some(true);
    let facts = Facts { unsubscribe, ..before.facts.clone() };
    let findings = check::run(&facts, &dns.entries(), &before.headline.verdict);
    let is_left = |code: &&str| findings.iter().any(|finding| finding.problem.code() == *code);
    if is_whole && !fix.findings.iter().any(is_left) {
        Outcome::Met
    } else {
        Outcome::NotOffered { why: Withheld::WouldNotHelp }
    }
}

/// The message with these lines in the place of every field of their names, or on top where it has none.
fn rewritten(message: &Message, lines: &[String]) -> Message {
    let names: Vec<&str> = lines.iter().filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
    let bytes = message.source.bytes();
    let mut written = Vec::with_capacity(bytes.len());
    let mut end = message.fields.first().map_or(0, |field| field.span.start);
    written.extend(bytes.get(..end).unwrap_or_default());
    for line in lines {
        written.extend(line.as_bytes());
        written.extend(b"\r\n");
    }
    for field in message.fields.iter().filter(|field| names.iter().any(|name| field.is(name))) {
        written.extend(bytes.get(end..field.span.start).unwrap_or_default());
        end = field.span.end;
    }
    written.extend(bytes.get(end..).unwrap_or_default());
    Message::read(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_take_the_place_of_their_fields() {
        let text = "From a Mon\nA: 1\r\nList-Unsubscribe: <http://example.jp/>\r\n\t,<mailto:a@example.jp>\r\nB: 2\r\n\r\nbody\r\n";
        let message = Message::read(text.as_bytes().to_vec());
        let lines = ["List-Unsubscribe: <https://example.jp/>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
            .map(str::to_owned);
        let written = rewritten(&message, &lines);
        let names: Vec<&str> = written.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["List-Unsubscribe", "List-Unsubscribe-Post", "A", "B"]);
        assert!(written.source.bytes().ends_with(b"B: 2\r\n\r\nbody\r\n"));
        assert_eq!(Unsubscribe::of(&written).ways, [Way::Https]);
    }
}
