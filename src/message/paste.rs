//! Headers that somebody copied: what mail programs, web pages and letters do to them is taken back, step by step, and each
//! step is listed with the text as it was.

mod dressing;
mod folding;
mod labels;
pub(in crate::message) mod markup;
mod text;

use text::Text;

use super::line::{Shape, is_mail_field};
use super::repair::Repair;
use super::{Fidelity, Message, RepairCode, Source, Span, line};

/// The largest text that is mended; a larger one was not copied by hand.
const MAX: usize = 8 << 20;

/// How a text came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copied {
    /// Through somebody's clipboard.
    ByHand,
    /// As a file.
    AsFile,
}

/// Reads what stood in the clipboard.
pub(super) fn from_clipboard(bytes: Vec<u8>) -> Message {
    let mut message = mended(Message::read_pasted(bytes), Copied::ByHand);
    // Copying keeps neither the charset of a body nor the spaces at its line ends.
    message.kept.body = message.kept.body.max(Fidelity::Rewritten);
    if is_shown(&message) {
        message.kept.header = Fidelity::Partial;
    }
    message
}

/// The message as it is, where it can be read; else what the steps below make of it, where that is better.
pub(super) fn mended(message: Message, copied: Copied) -> Message {
    let is_large = message.source.bytes().len() > MAX;
    // The first blank line of many seems to end the header, and everything looks well.
    let is_spaced = || copied == Copied::ByHand && dressing::is_double_spaced(message.source.bytes());
    if is_large || !is_damaged(&message) && !is_spaced() {
        return message;
    }
    let Some(mended) = mend(&message.source, copied) else { return message };
    let better = mended.is_mail_like()
        && (!message.is_mail_like()
            || damage(&mended) < damage(&message)
            || mended.fields.len() > message.fields.len() && damage(&mended) == damage(&message));
    if better { mended } else { message }
}

/// Whether a file that begins like this holds mail, as it is or mended.
pub(super) fn is_mail(prefix: &[u8]) -> bool {
    mended(Message::read(prefix.to_vec()), Copied::AsFile).is_mail_like()
}

/// The header that a mail program kept as text, without what stands after it; `None` where there is no field in it.
pub(super) fn header_of(text: &[u8]) -> Option<Vec<u8>> {
    let message = mended(Message::read_pasted(text.to_vec()), Copied::AsFile);
    let is_header = message.fields.iter().any(|field| is_mail_field(&field.name));
    is_header.then(|| message.source.slice(message.header()).to_vec())
}

/// How much of a header could not be read, or looks as no mail system writes it.
fn damage(message: &Message) -> usize {
    let unread = message.repairs.iter().filter(|repair| {
        matches!(
            repair.code,
            RepairCode::UnreadableHeaderLine | RepairCode::OrphanContinuation | RepairCode::MissingBlankLine
        )
    });
    unread.count() + message.fields.iter().filter(|field| is_odd(message, field)).count()
}

fn is_damaged(message: &Message) -> bool {
    !message.is_mail_like() || damage(message) > 0
}

/// A field that is none: a piece of a value whose folding was lost, a row of a page, a label, or a tab from a table.
fn is_odd(message: &Message, field: &super::Field) -> bool {
    let value = message.source.slice(field.value);
    !is_mail_field(&field.name)
        && (folding::is_piece(&field.name, value)
            || labels::field_of(&field.name).is_some()
            || dressing::is_page_row(&field.name))
        || value.starts_with(b"\t") && !value.starts_with(b"\t\r") && !value.starts_with(b"\t\n")
        || value.starts_with("\u{3000}".as_bytes())
        || value.starts_with("\u{A0}".as_bytes())
}

/// Takes the steps. `None` where there was nothing to do.
fn mend(source: &Source, copied: Copied) -> Option<Message> {
    let mut text = Text::of(source.bytes());
    markup::strip(&mut text);
    dressing::odd_spaces(&mut text);
    dressing::quoting(&mut text);
    dressing::indentation(&mut text);
    dressing::double_spacing(&mut text);
    dressing::surroundings(&mut text);
    labels::tables(&mut text);
    labels::labels(&mut text);
    labels::tabs(&mut text);
    folding::restore(&mut text, copied);
    if text.is_as_given() {
        return None;
    }
    let (bytes, repairs) = text.into_bytes();
    let mut message = Message::read_pasted(bytes);
    message.repairs.extend(repairs);
    message.repairs.sort_by_key(|repair| repair.span);
    message.pasted = Some(source.clone());
    let is_part = is_shown(&message) || !is_whole(&message);
    message.kept.header = if is_part { Fidelity::Partial } else { Fidelity::Rewritten };
    message.kept.body = Fidelity::Rewritten;
    Some(message)
}

/// Whether this is what a program shows of a message rather than its header, which says how it was made and received.
fn is_shown(message: &Message) -> bool {
    message.first("Received").is_none() && message.first("MIME-Version").is_none()
}

/// Whether a header can be all that was sent: it has what every message has (RFC 5322 section 3.6), and no field before its
/// first was cut.
fn is_whole(message: &Message) -> bool {
    let first = message.fields.first().map_or(0, |field| field.span.start);
    let cut = |repair: &Repair| {
        repair.span.start < first
            && matches!(repair.code, RepairCode::OrphanContinuation | RepairCode::UnreadableHeaderLine)
    };
    message.first("From").is_some() && !message.repairs.iter().any(cut)
}

/// The shape of a line of text.
fn shape(text: &[u8]) -> Shape<'_> {
    line::Line { span: Span::new(0, text.len()), content: text }.shape()
}

/// The name and the value of a line that is certainly a field of mail.
fn mail_field(text: &[u8]) -> Option<(&str, &[u8])> {
    match shape(text) {
        Shape::Field { name, value } if is_mail_field(name) => Some((name, text.get(value..).unwrap_or_default())),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
