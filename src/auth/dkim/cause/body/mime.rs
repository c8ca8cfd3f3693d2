//! What is done to the structure of a body: a part added, the whole put into a new multipart, the lines around the parts.

use super::coded::Decoded;
use super::{Undo, Wanted};
use crate::auth::dkim::cause::change::Change;
use crate::auth::dkim::cause::part::Part;

/// What programs write before the first part, for readers without MIME.
const PREAMBLES: &[&str] = &[
    "This is a multi-part message in MIME format.\r\n",
    "This is a multi-part message in MIME format.\r\n\r\n",
    "This is a multipart message in MIME format.\r\n\r\n",
    "This is a multipart message in MIME format.\r\n",
    "This is a MIME-formatted message.\r\n",
    "This is a cryptographically signed message in MIME format.\r\n\r\n",
    "\r\n",
];

pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    wrapped(wanted).into_iter().chain(added(wanted)).chain(frames(wanted)).collect()
}

/// The body is one part of what stands there now. Mailing lists do this to add a footer to what is no plain text.
fn wrapped(wanted: &Wanted<'_>) -> Vec<Undo> {
    let end = wanted.body.len();
    let inside = wanted.parts.iter().skip(1);
    inside
        .filter_map(|part| {
            let around = vec![(0..part.content.start, Vec::new()), (part.content.end..end, Vec::new())];
            let mut undo = Undo::replacing(Change::PartWrapped, around)?;
            let is_beside = |other: &&Part| other.is_text() && other.content.start >= part.content.end;
            let beside = wanted.parts.iter().find(is_beside);
            let text = beside.map(|beside| {
                let raw = wanted.body.get(beside.content.clone()).unwrap_or_default();
                Wanted::shown(Decoded::of(beside, raw).text(), beside).trim().to_owned()
            });
            undo.now = Some(text.unwrap_or_default());
            Some(undo)
        })
        .collect()
}

/// One part was added: from its delimiter to the next one.
fn added(wanted: &Wanted<'_>) -> Vec<Undo> {
    let parts = wanted.parts;
    let end_of = |at: usize, part: &Part| {
        let next = parts.iter().skip(at + 1).find(|other| other.parent == part.parent);
        let close = || part.parent.and_then(|parent| parts.get(parent)?.close.clone());
        next.map(|next| next.delimiter.start).or_else(|| close().map(|close| close.start))
    };
    let inside = parts.iter().enumerate().skip(1);
    inside.filter_map(|(at, part)| Undo::removal(Change::PartAdded, part.delimiter.start..end_of(at, part)?)).collect()
}

/// The text before the first part, and the line that closes the last.
fn frames(wanted: &Wanted<'_>) -> Vec<Undo> {
    let Some((root, boundary)) = wanted.parts.first().and_then(|root| Some((root, root.boundary.as_ref()?))) else {
        return Vec::new();
    };
    let first = wanted.parts.iter().find(|part| part.parent == Some(0)).map(|part| part.delimiter.start);
    let before = |start: usize| {
        let empty = Undo::removal(Change::MimeFrame, 0..start);
        let others = PREAMBLES.iter().filter(move |text| wanted.body.get(..start) != Some(text.as_bytes()));
        let others = others
            .filter_map(move |text| Undo::replacing(Change::MimeFrame, vec![(0..start, text.as_bytes().to_vec())]));
        empty.into_iter().chain(others)
    };
    let mut undos: Vec<Undo> = first.into_iter().flat_map(before).collect();
    if root.close.is_none() {
        let end = wanted.body.len();
        for text in [format!("--{boundary}--\r\n"), format!("\r\n--{boundary}--\r\n")] {
            undos.extend(Undo::replacing(Change::MimeFrame, vec![(end..end, text.into_bytes())]));
        }
    }
    undos
}
