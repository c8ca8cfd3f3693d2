//! What a list shows of a message.

use super::super::{Message, address, date, decode};

/// Subject, author and date, decoded for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    pub subject: Option<String>,
    /// The display name of the author, or the address where there is none.
    pub from: Option<String>,
    pub date: Option<date::Stamp>,
}

impl Heading {
    /// The longest text that is kept of a value: a list has one line for it.
    const MAX: usize = 400;

    #[must_use]
    pub fn of(message: &Message) -> Self {
        let text = |name| message.first(name).map(|field| cut(decode::value(message, field).text));
        let author = message.first("From").and_then(|field| {
            let mailbox = address::read(&message.unfold(field)).mailboxes.into_iter().next()?;
            Some(cut(mailbox.name.unwrap_or(mailbox.address)))
        });
        let date = message.first("Date").and_then(|field| date::read(&message.unfold(field).text));
        let present = |text: &String| !text.is_empty();
        Self { subject: text("Subject").filter(present), from: author.or_else(|| text("From")).filter(present), date }
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(Heading::MAX) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text,
    }
}
