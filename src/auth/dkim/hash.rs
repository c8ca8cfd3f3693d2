//! What is hashed (RFC 6376 section 3.7): the body once for all signatures, and the chosen fields with the signature's own.

use std::collections::HashMap;
use std::ops::Range;

use super::canon::{self, Form, Sink};
use super::crypto::{Digest, Hash, Hasher};
use crate::message::Message;

/// One way to hash a body: signatures with the same plan share the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BodyPlan {
    pub form: Form,
    pub hash: Hash,
    /// `l=`: how many bytes of the canonical body are hashed; all of them without it.
    pub length: Option<u64>,
}

/// A hashed body.
#[derive(Debug, Clone)]
pub struct BodyDigest {
    pub digest: Digest,
    /// Bytes of the whole canonical body.
    pub canonical: u64,
}

/// A hashed header.
#[derive(Debug, Clone)]
pub struct HeaderDigest {
    pub digest: Digest,
    /// Bytes of the canonical header.
    pub canonical: u64,
}

/// Hashes a body, given in any pieces, by every plan. It is read once per canonicalization and hash algorithm, however
/// many lengths are asked for. The answers stand in the order of the plans.
#[must_use]
pub fn body(pieces: &[&[u8]], plans: &[BodyPlan]) -> Vec<BodyDigest> {
    let mut done: HashMap<(Form, Hash), Prefixes> = HashMap::new();
    for plan in plans {
        done.entry((plan.form, plan.hash)).or_insert_with(|| {
            let same = plans.iter().filter(|other| (other.form, other.hash) == (plan.form, plan.hash));
            let mut prefixes = Prefixes::new(plan.hash, same.filter_map(|other| other.length).collect());
            let mut canonical = canon::Body::new(plan.form);
            for piece in pieces {
                canonical.push(piece, &mut prefixes);
            }
            canonical.finish(&mut prefixes);
            prefixes
        });
    }
    plans
        .iter()
        .filter_map(|plan| done.get(&(plan.form, plan.hash)).map(|prefixes| prefixes.digest(plan.length)))
        .collect()
}

/// How much of a body is canonicalized at a time while a length is looked for.
const STRIDE: usize = 4096;

/// Where the text after the first `length` bytes of a canonical body begins in the body as it stands, for each length in
/// order; the end where nothing but line ends and white space follows. The body is read once.
#[must_use]
pub fn locate(body: &[u8], form: Form, lengths: &[u64]) -> Vec<usize> {
    let mut wanted: Vec<(usize, u64)> = lengths.iter().copied().enumerate().collect();
    wanted.sort_by_key(|(_, length)| *length);
    let mut wanted = wanted.into_iter().peekable();
    let mut found = vec![body.len(); lengths.len()];
    let (mut canonical, mut written) = (canon::Body::new(form), Tally::default());
    for (index, stride) in body.chunks(STRIDE).enumerate() {
        if wanted.peek().is_none() {
            break;
        }
        let before = (canonical.clone(), written);
        canonical.push(stride, &mut written);
        if wanted.peek().is_none_or(|(_, length)| written.0 <= *length) {
            continue;
        }
        let (mut canonical, mut written) = before;
        for (at, byte) in stride.chunks(1).enumerate() {
            canonical.push(byte, &mut written);
            while let Some((place, _)) = wanted.next_if(|(_, length)| written.0 > *length) {
                if let Some(slot) = found.get_mut(place) {
                    *slot = index * STRIDE + at;
                }
            }
        }
    }
    found
}

/// Counts what is written.
#[derive(Debug, Clone, Copy, Default)]
struct Tally(u64);

impl Sink for Tally {
    fn write(&mut self, bytes: &[u8]) {
        self.0 += bytes.len() as u64;
    }
}

/// Hashes a text and, on the way, its beginnings of the wanted lengths.
struct Prefixes {
    hasher: Hasher,
    written: u64,
    /// Ascending.
    lengths: Vec<u64>,
    done: Vec<(u64, Digest)>,
}

impl Prefixes {
    fn new(hash: Hash, mut lengths: Vec<u64>) -> Self {
        lengths.sort_unstable();
        lengths.dedup();
        let mut prefixes = Self { hasher: Hasher::new(hash), written: 0, lengths, done: Vec::new() };
        prefixes.stop();
        prefixes
    }

    /// Keeps the hash of what was written so far when its length is wanted.
    fn stop(&mut self) {
        if self.lengths.get(self.done.len()) == Some(&self.written) {
            self.done.push((self.written, self.hasher.clone().finish()));
        }
    }

    /// The hash of the first `length` bytes; of everything when there are fewer.
    fn digest(&self, length: Option<u64>) -> BodyDigest {
        let prefix = self.done.iter().find(|(written, _)| Some(*written) == length);
        let digest = prefix.map_or_else(|| self.hasher.clone().finish(), |(_, digest)| digest.clone());
        BodyDigest { digest, canonical: self.written }
    }
}

impl Sink for Prefixes {
    fn write(&mut self, mut bytes: &[u8]) {
        while let Some(&next) = self.lengths.get(self.done.len()) {
            let missing = usize::try_from(next - self.written).unwrap_or(usize::MAX);
            let Some((before, after)) = bytes.split_at_checked(missing) else { break };
            self.hasher.write(before);
            self.written = next;
            self.stop();
            bytes = after;
        }
        self.hasher.write(bytes);
        self.written += bytes.len() as u64;
    }
}

/// The header of a message as it is signed: raw fields that can be looked up by name.
#[derive(Debug, Clone)]
pub struct Header<'a> {
    fields: Vec<&'a [u8]>,
    /// Lower-case name → indices, top to bottom.
    by_name: HashMap<String, Vec<usize>>,
}

impl<'a> Header<'a> {
    /// Takes fields, top to bottom, as pairs of name and raw bytes (name, colon, value, line end).
    #[must_use]
    pub fn new(fields: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut header = Self { fields: Vec::new(), by_name: HashMap::new() };
        for (index, (name, bytes)) in fields.into_iter().enumerate() {
            header.by_name.entry(name.to_ascii_lowercase()).or_default().push(index);
            header.fields.push(bytes);
        }
        header
    }

    /// The fields of a message; indices are those of [`Message::fields`].
    #[must_use]
    pub fn of(message: &'a Message) -> Self {
        let source = &message.source;
        let fields = message.fields.iter().map(|field| (field.name.as_str(), source.slice(field.span)));
        Self::new(fields)
    }

    /// The field that each name in `h=` stands for: from the bottom up when a name is repeated, `None` when no field is
    /// left (section 5.4.2). The signature's own field is never among them (section 3.7).
    #[must_use]
    pub fn select<'n>(&self, names: impl IntoIterator<Item = &'n str>, own: Option<usize>) -> Vec<Option<usize>> {
        let mut taken: HashMap<String, usize> = HashMap::new();
        let mut select = |name: &str| {
            let name = name.to_ascii_lowercase();
            let fields = self.by_name.get(&name)?;
            let taken = taken.entry(name).or_default();
            let field = fields.iter().rev().filter(|&&field| Some(field) != own).nth(*taken).copied();
            *taken += 1;
            field
        };
        names.into_iter().map(&mut select).collect()
    }

    /// The indices of the fields of that name, top to bottom, the signature's own left out.
    pub(super) fn places(&self, name: &str, own: usize) -> impl Iterator<Item = usize> {
        let fields = self.by_name.get(&name.to_ascii_lowercase());
        fields.into_iter().flatten().copied().filter(move |&field| field != own)
    }

    /// Writes one field in canonical form with its CRLF.
    pub fn write_field(&self, field: usize, form: Form, sink: &mut impl Sink) {
        if let Some(bytes) = self.fields.get(field) {
            let mut canonical = canon::Header::new(form);
            canonical.push(bytes, sink);
            canonical.finish(sink);
            sink.write(b"\r\n");
        }
    }

    /// Writes the input of the header hash: the selected fields, an absent one as nothing, then the signature's own field
    /// with its `b=` emptied and without its CRLF.
    pub fn write(&self, selected: &[Option<usize>], own: &OwnField<'_>, form: Form, sink: &mut impl Sink) {
        for field in selected.iter().flatten() {
            self.write_field(*field, form, sink);
        }
        own.write(form, sink);
    }

    /// The hash of [`Header::write`].
    #[must_use]
    pub fn digest(&self, selected: &[Option<usize>], own: &OwnField<'_>, form: Form, hash: Hash) -> HeaderDigest {
        let mut whole = Prefixes::new(hash, Vec::new());
        self.write(selected, own, form, &mut whole);
        HeaderDigest { canonical: whole.written, digest: whole.hasher.finish() }
    }
}

/// The signature's own field, with the value of `b=` to be left out.
#[derive(Debug, Clone, Copy)]
pub struct OwnField<'a> {
    before: &'a [u8],
    after: &'a [u8],
}

impl<'a> OwnField<'a> {
    /// Cuts `emptied`, the bytes between `b=` and the next `;` (white space included), out of a field. An empty range for
    /// a field that has no value there yet.
    #[must_use]
    pub fn new(field: &'a [u8], emptied: Range<usize>) -> Self {
        let before = field.get(..emptied.start).unwrap_or(field);
        Self { before, after: field.get(emptied.end..).unwrap_or_default() }
    }

    /// The field with its `b=` emptied, as it stands.
    #[must_use]
    pub fn raw(&self) -> Vec<u8> {
        [self.before, self.after].concat()
    }

    /// Writes the field in canonical form without a CRLF at its end.
    pub fn write(&self, form: Form, sink: &mut impl Sink) {
        let mut canonical = canon::Header::new(form);
        canonical.push(self.before, sink);
        canonical.push(self.after, sink);
        canonical.finish(sink);
    }
}

#[cfg(test)]
mod tests {
    use super::super::base64;
    use super::*;

    fn plan(form: Form, length: Option<u64>) -> BodyPlan {
        BodyPlan { form, hash: Hash::Sha256, length }
    }

    fn sha256(text: &[u8]) -> String {
        let mut hasher = Hasher::new(Hash::Sha256);
        hasher.write(text);
        base64::encode(hasher.finish().bytes())
    }

    #[test]
    fn a_body_is_hashed_by_every_plan() {
        let text = b" C \r\nD \t E\r\n\r\n\r\n";
        let lengths = [None, Some(0), Some(5), Some(12), Some(13), Some(99)];
        let plans: Vec<_> = lengths.iter().map(|&length| plan(Form::Relaxed, length)).collect();
        let digests = body(&[&text[..7], &text[7..]], &plans);
        let canonical = b" C\r\nD E\r\n";
        for (digest, length) in digests.iter().zip(lengths) {
            let end = length.map_or(canonical.len(), |length| usize::try_from(length).unwrap().min(canonical.len()));
            assert_eq!(base64::encode(digest.digest.bytes()), sha256(&canonical[..end]), "{length:?}");
            assert_eq!(digest.canonical, 9);
        }
    }

    #[test]
    fn a_length_is_found_in_the_body_as_it_stands() {
        let text = b" C \r\nD \t E\r\n\r\n\r\n";
        // Canonical: " C\r\nD E\r\n".
        for (length, rest) in
            [(0, 1), (1, 1), (2, 5), (4, 5), (5, 9), (7, text.len()), (9, text.len()), (99, text.len())]
        {
            assert_eq!(locate(text, Form::Relaxed, &[length]), [rest], "{length}");
        }
        let long = "word  and word\n".repeat(2_000);
        let lengths = [15 * 1_000, 0, 15 * 1_999];
        assert_eq!(locate(long.as_bytes(), Form::Simple, &[16 * 1_000, 0]), [15 * 1_000, 0]);
        assert_eq!(
            locate(long.as_bytes(), Form::Relaxed, &lengths),
            lengths.map(|length| usize::try_from(length).unwrap())
        );
        assert_eq!(locate(b"", Form::Simple, &[0]), [0]);
    }

    #[test]
    fn the_hashes_of_an_empty_body_are_those_of_section_3_4() {
        let mut plans = vec![plan(Form::Simple, None), plan(Form::Relaxed, None)];
        plans.extend(plans.clone().into_iter().map(|plan| BodyPlan { hash: Hash::Sha1, ..plan }));
        let digests = body(&[b""], &plans);
        let coded: Vec<_> = digests.iter().map(|digest| base64::encode(digest.digest.bytes())).collect();
        assert_eq!(
            coded,
            [
                "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "uoq1oCgLlTqpdDX/iUbLy7J1Wic=",
                "2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
            ]
        );
    }

    const FIELDS: [(&str, &[u8]); 5] = [
        ("Received", b"Received: top\r\n"),
        ("X", b"X: 1\r\n"),
        ("Received", b"RECEIVED: middle\r\n"),
        ("x", b"x: 2\r\n"),
        ("Received", b"Received : bottom\r\n"),
    ];

    #[test]
    fn repeated_names_are_taken_from_the_bottom_and_absent_ones_are_nothing() {
        let header = Header::new(FIELDS);
        let names = ["received", "Subject", "Received", "X", "x", "X", "received", "received"];
        let selected = header.select(names, None);
        assert_eq!(selected, [Some(4), None, Some(2), Some(3), Some(1), None, Some(0), None]);
        assert_eq!(header.select(["received", "x", "x"], Some(3)), [Some(4), Some(1), None], "not its own field");
    }

    #[test]
    fn the_own_field_comes_last_with_its_signature_emptied() {
        let header = Header::new(FIELDS);
        let own = b"DKIM-Signature: v=1; b= ab\r\n cd ; h=x\r\n";
        let own = OwnField::new(own, 23..32);
        let write = |form| {
            let mut out = Vec::new();
            header.write(&header.select(["x", "none", "received"], None), &own, form, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(write(Form::Relaxed), "x:2\r\nreceived:bottom\r\ndkim-signature:v=1; b=; h=x");
        assert_eq!(write(Form::Simple), "x: 2\r\nReceived : bottom\r\nDKIM-Signature: v=1; b=; h=x");
    }

    #[test]
    fn a_signature_at_the_end_of_its_field_leaves_nothing_behind() {
        let own = b"DKIM-Signature: v=1; b=abcd\r\n efgh\r\n";
        let mut out = Vec::new();
        OwnField::new(own, 23..own.len() - 2).write(Form::Simple, &mut out);
        assert_eq!(out, b"DKIM-Signature: v=1; b=");
    }
}
