//! From as it was before a mailing list put its own address there (`Name via list <list@…>`), from the places where lists
//! keep the author's address.

use super::{Undo, Wanted};
use crate::message::address::{self, Mailbox};
use crate::message::decode;

/// Fields in which the author's address may stand.
const KEPT: &[&str] = &[
    "Reply-To",
    "X-Original-From",
    "X-Original-Sender",
    "X-Google-Original-From",
    "Original-From",
    "X-MailFrom",
    "Cc",
    "Sender",
    "X-Sender",
    "Return-Path",
    "X-Envelope-From",
    "Mail-Followup-To",
    "Mail-Reply-To",
];
/// The most addresses of one field that are taken.
const ADDRESSES: usize = 6;

pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let Some((_, from)) = wanted.field("from") else { return Vec::new() };
    let message = wanted.message;
    let own = address::read(&message.unfold(from)).mailboxes;
    let Some(own) = own.first() else { return Vec::new() };
    let phrase = phrase(wanted.value(from), own);
    let mut values: Vec<Vec<u8>> = Vec::new();
    for name in KEPT {
        let Some(field) = message.first(name) else { continue };
        let mailboxes = address::read(&message.unfold(field)).mailboxes;
        if mailboxes.len() == 1 {
            values.push(wanted.value(field).to_vec());
        }
        for mailbox in mailboxes.iter().filter(|mailbox| mailbox.address != own.address).take(ADDRESSES) {
            values.push(message.source.slice(mailbox.span).to_vec());
            values.extend(with_names(&phrase, &mailbox.address));
        }
    }
    // The address itself was made the name.
    if own.name.as_deref().is_some_and(|name| name.contains('@')) {
        values.extend(phrase.iter().flat_map(|name| with_names(&[], &String::from_utf8_lossy(name).replace('"', ""))));
    }
    values.dedup();
    values.iter().filter_map(|value| wanted.rewritten("from", value, 1)).collect()
}

/// The name of the author as it may have stood there: without what the list added, and without or with quotes.
fn phrase(value: &[u8], own: &Mailbox) -> Vec<Vec<u8>> {
    let end = value.windows(own.address.len().max(1)).rposition(|window| window == own.address.as_bytes());
    let before = value.get(..end.unwrap_or(value.len())).unwrap_or_default().trim_ascii();
    let name = before.strip_suffix(b"<").unwrap_or(before).trim_ascii();
    let quoted = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\""));
    let bare = quoted.unwrap_or(name);
    let mut names = vec![name.to_vec()];
    for mark in [b" via ".as_slice(), b" (via ", b" on behalf of ", "（".as_bytes(), b" through "] {
        if let Some(at) = bare.windows(mark.len()).rposition(|window| window.eq_ignore_ascii_case(mark)) {
            names.push(bare.get(..at).unwrap_or_default().to_vec());
        }
    }
    names.push(bare.to_vec());
    let decoded = decode::text(bare).text;
    if let Some((author, _)) = decoded.rsplit_once(" via ") {
        names.push(author.as_bytes().to_vec());
    }
    let unquoted =
        |name: &Vec<u8>| name.strip_prefix(b"'").and_then(|name| name.strip_suffix(b"'")).map(<[u8]>::to_vec);
    let more: Vec<Vec<u8>> = names.iter().filter_map(unquoted).collect();
    names.extend(more);
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

/// A mailbox with each of the names, quoted and not, and without a name.
fn with_names(names: &[Vec<u8>], address: &str) -> Vec<Vec<u8>> {
    let address = address.as_bytes();
    let mut values = Vec::new();
    for name in names {
        values.push([name.as_slice(), b" <", address, b">"].concat());
        values.push([b"\"".as_slice(), name, b"\" <", address, b">"].concat());
        values.push([address, b" (", name, b")"].concat());
    }
    values.push([b"<".as_slice(), address, b">"].concat());
    values.push(address.to_vec());
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Unfolded;

    #[test]
    fn the_author_is_named_without_the_list() {
        let names = |value: &str| {
            let own = address::read(&Unfolded::new(value.as_bytes(), 0)).mailboxes.remove(0);
            let names = phrase(value.as_bytes(), &own);
            names.into_iter().map(|name| String::from_utf8(name).unwrap()).collect::<Vec<_>>()
        };
        assert!(names(" \"Tanaka via Users\" <users@example.com>").contains(&"Tanaka".to_owned()));
        assert!(names(" Tanaka via Users <users@example.com>").contains(&"Tanaka".to_owned()));
        assert!(names(" 'Tanaka' via Users <users@example.com>").contains(&"Tanaka".to_owned()));
        assert_eq!(names(" users@example.com"), [""; 0]);
        assert!(with_names(&[b"A".to_vec()], "a@x").contains(&b"\"A\" <a@x>".to_vec()));
    }
}
