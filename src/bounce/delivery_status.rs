//! message/delivery-status (RFC 3464): one group of fields about the message, then one for each recipient.

use super::{Action, Deviation};
use crate::message::Span;
use crate::message::parts::Part;

/// The fields of one group.
#[derive(Debug, Default)]
pub(super) struct Group {
    fields: Vec<(String, String, Span)>,
}

impl Group {
    /// The value of the first field of that name.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        field.map(|(_, value, _)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The value behind the type (RFC 3464 section 2.1.2); values without a type occur.
    pub(super) fn typed(&self, name: &str) -> Option<String> {
        let value = self.value(name)?;
        let (kind, rest) = value.split_once(';').unwrap_or(("", value));
        let is_type = kind.len() <= 20 && kind.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let text = if is_type { rest } else { value };
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Where the field stands.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.fields.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).map(|(.., span)| *span)
    }

    /// All of it.
    pub(super) fn place(&self) -> Option<Span> {
        let (first, last) = (self.fields.first()?.2, self.fields.last()?.2);
        Some(Span::new(first.start.min(last.start), last.end.max(first.end)))
    }

    fn is_about_recipient(&self) -> bool {
        ["Final-Recipient", "Original-Recipient", "Action"].iter().any(|name| self.value(name).is_some())
    }
}

/// A part that was read: the group about the message, those about recipients, and what is irregular.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) message: Group,
    pub(super) recipients: Vec<Group>,
    pub(super) deviations: Vec<Deviation>,
}

/// The most fields that are read.
const MAX_FIELDS: usize = 20_000;

/// Fields with which the group of a recipient begins (RFC 3464 section 2.3).
const STARTS: [&str; 2] = ["Final-Recipient", "Original-Recipient"];

pub(super) fn read(part: &Part) -> Read {
    let mut read = Read::default();
    let mut groups = split(part, &mut read.deviations);
    if groups.first().is_some_and(|group| !group.is_about_recipient()) {
        read.message = groups.remove(0);
    }
    // Groups without a recipient, as gateways leave them: their fields are about the message.
    for group in groups {
        if group.is_about_recipient() { read.recipients.push(group) } else { read.message.fields.extend(group.fields) }
    }
    // RFC 3464 sections 2.2.2 and 2.3.2 to 2.3.4: what must be there.
    let lacks = |name| read.recipients.iter().any(|group| group.value(name).is_none());
    if read.message.value("Reporting-MTA").is_none() {
        read.deviations.push(Deviation::NoReporter);
    }
    if lacks("Final-Recipient") || lacks("Action") || lacks("Status") {
        read.deviations.push(Deviation::FieldMissing);
    }
    read.deviations.dedup();
    read
}

fn split(part: &Part, deviations: &mut Vec<Deviation>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut group = Group::default();
    let (mut at, mut seen) = (0, 0);
    for line in part.bytes().split_inclusive(|&byte| byte == b'\n') {
        let (start, end) = (at, at + line.trim_ascii_end().len());
        at += line.len();
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end();
        if text.is_empty() {
            if !group.fields.is_empty() {
                groups.push(std::mem::take(&mut group));
            }
            continue;
        }
        if text.starts_with([' ', '\t']) {
            if let Some((_, value, span)) = group.fields.last_mut() {
                value.push(' ');
                value.push_str(text.trim_start());
                *span = Span::new(span.start.min(part.place(start, end).start), part.place(start, end).end);
            }
            continue;
        }
        let named = text.split_once(':').filter(|(name, _)| !name.is_empty() && !name.contains([' ', '\t']));
        let Some((name, value)) = named else {
            deviations.push(Deviation::UnreadableLine);
            continue;
        };
        seen += 1;
        if seen > MAX_FIELDS {
            break;
        }
        // The blank line between two groups is missing.
        let begins = STARTS.iter().any(|start| name.eq_ignore_ascii_case(start));
        let again = group.value(name).is_some() && (begins || name.eq_ignore_ascii_case("Action"));
        let after_message = begins && !group.fields.is_empty() && !group.is_about_recipient();
        if again || after_message {
            deviations.push(Deviation::NoBlankLine);
            groups.push(std::mem::take(&mut group));
        }
        group.fields.push((name.to_owned(), value.trim().to_owned(), part.place(start, end)));
    }
    if !group.fields.is_empty() {
        groups.push(group);
    }
    groups
}

/// RFC 3464 section 2.3.3; a comment may follow.
pub(super) fn action(value: &str) -> Option<Action> {
    let word = value.split([' ', '\t', '(', ';']).next().unwrap_or_default().to_ascii_lowercase();
    match word.as_str() {
        "failed" | "failure" => Some(Action::Failed),
        "delayed" => Some(Action::Delayed),
        "delivered" | "deliverable" => Some(Action::Delivered),
        "relayed" => Some(Action::Relayed),
        "expanded" => Some(Action::Expanded),
        _ => None,
    }
}
