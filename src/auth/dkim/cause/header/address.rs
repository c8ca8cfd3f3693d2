//! Address fields in the forms in which programs write the same addresses, with an address more or less, or with one that
//! stands in another field.

use super::{Undo, Wanted};
use crate::auth::dkim::cause::change::Change;
use crate::message::address::{self, Mailbox};
use crate::message::{Field, decode};

const FIELDS: &[&str] = &["from", "sender", "reply-to", "to", "cc"];
/// Fields in which the address may stand that To held.
const RECIPIENTS: &[&str] = &[
    "X-Original-To",
    "Delivered-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
    "X-RCPT-To",
    "X-Apparently-To",
];
/// What programs write where there is nobody to name.
const NOBODY: &[&str] = &[
    "undisclosed-recipients:;",
    "undisclosed-recipients: ;",
    "undisclosed recipients:;",
    "Undisclosed recipients:;",
    "Undisclosed-recipients:;",
    "\"undisclosed-recipients:\";",
    "<undisclosed-recipients:;>",
];
/// The most addresses of a field that is written anew.
const ADDRESSES: usize = 50;
/// The most addresses that are taken out one by one.
const SINGLE: usize = 10;

pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let mut undos = Vec::new();
    for name in FIELDS {
        let Some((index, field)) = wanted.field(name) else { continue };
        for value in forms(wanted, field) {
            undos.push(wanted.changed(Change::FieldRewritten, (index, field), &value, 3));
        }
    }
    let recipients = RECIPIENTS.iter().filter_map(|name| wanted.message.first(name));
    for field in recipients {
        for mailbox in address::read(&wanted.message.unfold(field)).mailboxes.iter().take(2) {
            let forms = [mailbox.address.clone(), format!("<{}>", mailbox.address)];
            undos.extend(forms.iter().filter_map(|form| other_recipient(wanted, form, 2)));
        }
    }
    undos.extend(NOBODY.iter().filter_map(|form| other_recipient(wanted, form, 4)));
    undos
}

fn other_recipient(wanted: &Wanted<'_>, value: &str, doubt: u8) -> Option<Undo> {
    match wanted.field("to") {
        Some(_) => wanted.rewritten("to", value.as_bytes(), doubt),
        None => wanted.missing("to", value.as_bytes(), doubt),
    }
}

/// One way of writing a mailbox; `None` where it does not apply.
type Form = fn(&Mailbox, &[u8]) -> Option<Vec<u8>>;

/// The same addresses written otherwise, and all but one.
fn forms(wanted: &Wanted<'_>, field: &Field) -> Vec<Vec<u8>> {
    let mailboxes = address::read(&wanted.message.unfold(field)).mailboxes;
    if mailboxes.is_empty() || mailboxes.len() > ADDRESSES {
        return Vec::new();
    }
    let raw: Vec<&[u8]> = mailboxes.iter().map(|mailbox| wanted.message.source.slice(mailbox.span)).collect();
    let ways: [Form; 6] = [without_name, bare, without_quotes, with_quotes, name_is_address, without_apostrophes];
    let mut forms = vec![raw.join(b", ".as_slice()), raw.join(b",".as_slice())];
    for way in ways {
        let mailboxes = mailboxes.iter().zip(&raw);
        let written: Vec<Vec<u8>> =
            mailboxes.map(|(mailbox, raw)| way(mailbox, raw).unwrap_or_else(|| raw.to_vec())).collect();
        forms.push(written.join(b", ".as_slice()));
        forms.push(written.join(b",".as_slice()));
    }
    if raw.len() > 1 {
        for left_out in 0..raw.len().min(SINGLE) {
            let others = raw.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, raw)| *raw);
            forms.push(others.collect::<Vec<_>>().join(b", ".as_slice()));
        }
    }
    forms
}

fn without_name(mailbox: &Mailbox, _: &[u8]) -> Option<Vec<u8>> {
    (!mailbox.address.is_empty()).then(|| format!("<{}>", mailbox.address).into_bytes())
}

fn bare(mailbox: &Mailbox, raw: &[u8]) -> Option<Vec<u8>> {
    let names_itself = mailbox.name.as_deref().is_none_or(|name| name.trim_matches('\'') == mailbox.address);
    (names_itself || raw.starts_with(b"<")).then(|| mailbox.address.clone().into_bytes())
}

fn without_quotes(mailbox: &Mailbox, raw: &[u8]) -> Option<Vec<u8>> {
    let name = name(mailbox, raw)?.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    Some([name, b" <", mailbox.address.as_bytes(), b">"].concat())
}

fn with_quotes(mailbox: &Mailbox, raw: &[u8]) -> Option<Vec<u8>> {
    let name = name(mailbox, raw)?;
    (!name.starts_with(b"\"")).then(|| [b"\"".as_slice(), name, b"\" <", mailbox.address.as_bytes(), b">"].concat())
}

/// `"a@example.jp" <a@example.jp>`, as Outlook writes a name that it does not know.
fn name_is_address(mailbox: &Mailbox, _: &[u8]) -> Option<Vec<u8>> {
    mailbox.name.is_none().then(|| format!("\"{0}\" <{0}>", mailbox.address).into_bytes())
}

fn without_apostrophes(mailbox: &Mailbox, raw: &[u8]) -> Option<Vec<u8>> {
    let name = decode::text(name(mailbox, raw)?).text;
    let inner = name.trim_matches('"').strip_prefix('\'')?.strip_suffix('\'')?.to_owned();
    Some(format!("\"{inner}\" <{}>", mailbox.address).into_bytes())
}

/// What stands before the angle bracket.
fn name<'a>(mailbox: &Mailbox, raw: &'a [u8]) -> Option<&'a [u8]> {
    let bracket = raw.iter().rposition(|&byte| byte == b'<')?;
    let name = raw.get(..bracket)?.trim_ascii();
    (mailbox.name.is_some() && !name.is_empty()).then_some(name)
}
