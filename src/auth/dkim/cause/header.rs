//! The search for what was done to the signed fields: edits undone until the signature verifies. What RSA signed can be read
//! out of the signature, so a try costs one hash; with Ed25519 it costs a verification.

mod address;
mod author;
mod copies;
mod date;
mod mime;
mod repeated;
mod spacing;
mod subject;
mod words;

use std::collections::HashMap;

use super::budget::{Budget, CHECK};
use super::change::{Change, Edit};
use super::part::Part;
use crate::auth::dkim::canon::{self, Form, Sink};
use crate::auth::dkim::crypto::{Digest, Hash, Hasher};
use crate::auth::dkim::hash::{Header, OwnField};
use crate::auth::dkim::signature::Parameters;
use crate::message::{Field, Message, Span, decode};

/// A header signature that does not verify.
pub(super) struct Wanted<'a> {
    pub(super) message: &'a Message,
    pub(super) header: &'a Header<'a>,
    pub(super) parameters: &'a Parameters,
    /// The signature's own field.
    pub(super) own: OwnField<'a>,
    pub(super) own_index: usize,
    pub(super) form: Form,
    pub(super) hash: Hash,
    /// The parts of the body, in whose headers fields of an earlier header may stand.
    pub(super) parts: &'a [Part],
    pub(super) body: &'a [u8],
    /// What was signed, where the signature shows it.
    pub(super) opened: Option<Vec<u8>>,
    /// Verifies the signature over a hash.
    pub(super) verifies: &'a dyn Fn(&Digest) -> bool,
}

/// What is done to the list of fields.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Act {
    /// Another text for a field, in canonical form.
    Replace(usize, Vec<u8>),
    Drop(usize),
    /// A field of that name (in lower case) below all others of it.
    Add(String, Vec<u8>),
    /// Another text for the signature's own field.
    Own(Vec<u8>),
}

impl Act {
    /// What no two acts of one try may touch both.
    fn touches(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Replace(left, _) | Self::Drop(left), Self::Replace(right, _) | Self::Drop(right)) => left == right,
            (Self::Add(left, _), Self::Add(right, _)) => left == right,
            (Self::Own(_), Self::Own(_)) => true,
            _ => false,
        }
    }
}

/// One change, undone.
#[derive(Debug, Clone)]
struct Undo {
    change: Change,
    acts: Vec<Act>,
    span: Span,
    field: String,
    now: Option<String>,
    before: Option<String>,
    /// Lower is likelier.
    doubt: u8,
}

impl Undo {
    fn touches(&self, other: &Self) -> bool {
        self.acts.iter().any(|act| other.acts.iter().any(|theirs| act.touches(theirs)))
    }
}

/// How many of the likeliest undos are combined, two, three, four and five at a time: tens of thousands of tries where a try
/// costs a hash, hundreds where it costs a verification.
const COMBINED: [usize; 4] = [150, 44, 25, 18];
const COMBINED_VERIFYING: [usize; 4] = [34, 14, 11, 9];

/// Undoes known changes, one at a time and then several, until the signature verifies.
pub(super) fn seek(wanted: &Wanted<'_>, budget: &mut Budget<'_>) -> Option<Vec<Edit>> {
    let mut search = Search { layout: Layout::of(wanted), wanted, budget };
    let found = search.run()?;
    for undo in &found {
        search.budget.found(undo.change);
    }
    let edit = |undo: Undo| Edit {
        change: undo.change,
        span: undo.span,
        places: 1,
        field: Some(undo.field),
        now: undo.now.as_deref().and_then(Edit::text),
        before: undo.before.as_deref().and_then(Edit::text),
    };
    Some(found.into_iter().map(edit).collect())
}

struct Search<'s, 'a, 'b> {
    wanted: &'s Wanted<'a>,
    layout: Layout,
    budget: &'s mut Budget<'b>,
}

impl Search<'_, '_, '_> {
    fn run(&mut self) -> Option<Vec<Undo>> {
        let wanted = self.wanted;
        let mut undos: Vec<Undo> = Vec::new();
        for group in copies::of_signature(wanted).into_iter().chain(spacing::everywhere(wanted)) {
            if group.len() > 1 && self.verifies(Change::Several, &group) {
                return Some(self.without_needless(group));
            }
            undos.extend(group);
        }
        let makers: [fn(&Wanted<'_>) -> Vec<Undo>; 9] = [
            copies::undos,
            subject::undos,
            author::undos,
            repeated::undos,
            mime::undos,
            spacing::undos,
            words::undos,
            address::undos,
            date::undos,
        ];
        undos.extend(makers.iter().flat_map(|make| make(wanted)));
        undos.sort_by_key(|undo| undo.doubt);
        let mut seen = std::collections::HashSet::new();
        undos.retain(|undo| self.layout.is_change(&undo.acts) && seen.insert(undo.acts.clone()));
        for undo in &undos {
            if self.verifies(undo.change, std::slice::from_ref(undo)) {
                return Some(vec![undo.clone()]);
            }
        }
        let combined = if wanted.opened.is_some() { COMBINED } else { COMBINED_VERIFYING };
        (2..).zip(combined).find_map(|(size, limit)| {
            let likeliest = undos.get(..undos.len().min(limit)).unwrap_or_default();
            self.combined(likeliest, size, &mut Vec::new())
        })
    }

    /// All combinations of that many, the likeliest first.
    fn combined(&mut self, undos: &[Undo], size: usize, chosen: &mut Vec<Undo>) -> Option<Vec<Undo>> {
        if size == 0 {
            return self.verifies(Change::Several, chosen).then(|| chosen.clone());
        }
        for (at, undo) in undos.iter().enumerate() {
            if self.budget.is_over() {
                return None;
            }
            if chosen.iter().any(|other| other.touches(undo)) {
                continue;
            }
            chosen.push(undo.clone());
            let found = self.combined(undos.get(at + 1..).unwrap_or_default(), size - 1, chosen);
            chosen.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn verifies(&mut self, change: Change, undos: &[Undo]) -> bool {
        let cost = if self.wanted.opened.is_some() { self.layout.length } else { CHECK };
        if !self.budget.spend(change, cost) {
            return false;
        }
        let digest = self.layout.digest(undos, self.wanted.hash);
        match &self.wanted.opened {
            Some(signed) => digest.bytes() == signed && (self.wanted.verifies)(&digest),
            None => (self.wanted.verifies)(&digest),
        }
    }

    /// What is left when everything is taken out that the signature verifies without.
    fn without_needless(&mut self, mut undos: Vec<Undo>) -> Vec<Undo> {
        let mut at = 0;
        while at < undos.len() && undos.len() > 1 {
            let mut fewer = undos.clone();
            fewer.remove(at);
            if self.verifies(Change::Several, &fewer) {
                undos = fewer;
            } else {
                at += 1;
            }
        }
        undos
    }
}

/// The signed fields in canonical form, in the order in which they are hashed.
#[derive(Debug)]
struct Layout {
    /// For each name in `h=`, its place in `lists`.
    slots: Vec<usize>,
    names: Vec<String>,
    /// The fields of each name, from the bottom up, with their text.
    lists: Vec<Vec<(usize, Vec<u8>)>>,
    own: Vec<u8>,
    /// Bytes of all signed fields together.
    length: u64,
}

impl Layout {
    fn of(wanted: &Wanted<'_>) -> Self {
        let (mut slots, mut names): (Vec<usize>, Vec<String>) = (Vec::new(), Vec::new());
        let mut known: HashMap<String, usize> = HashMap::new();
        for name in wanted.parameters.signed.get().into_iter().flatten() {
            let name = name.value.to_ascii_lowercase();
            let slot = *known.entry(name.clone()).or_insert_with(|| {
                names.push(name);
                names.len() - 1
            });
            slots.push(slot);
        }
        let list = |name: &String| {
            let fields = wanted.fields(name).into_iter().rev();
            fields.map(|(index, _)| (index, wanted.canonical_field(index))).collect()
        };
        let lists: Vec<Vec<(usize, Vec<u8>)>> = names.iter().map(list).collect();
        let mut own = Vec::new();
        wanted.own.write(wanted.form, &mut own);
        let mut layout = Self { slots, names, lists, own, length: 0 };
        let mut counted = Counted(0);
        layout.write(&[], &mut counted);
        layout.length = counted.0;
        layout
    }

    /// Whether an act changes anything of what is hashed.
    fn is_change(&self, acts: &[Act]) -> bool {
        let text = |index: usize| self.lists.iter().flatten().find(|(field, _)| *field == index).map(|(_, text)| text);
        acts.iter().any(|act| match act {
            Act::Replace(index, new) => text(*index).is_some_and(|old| old != new),
            Act::Drop(index) => text(*index).is_some(),
            Act::Add(name, _) => self.names.contains(name),
            Act::Own(new) => self.own != *new,
        })
    }

    fn digest(&self, undos: &[Undo], hash: Hash) -> Digest {
        let mut hasher = Hasher::new(hash);
        self.write(undos, &mut hasher);
        hasher.finish()
    }

    fn write(&self, undos: &[Undo], sink: &mut impl Sink) {
        let acts = || undos.iter().flat_map(|undo| &undo.acts);
        let lists: Vec<Vec<&[u8]>> = self
            .lists
            .iter()
            .zip(&self.names)
            .map(|(list, name)| {
                let added = acts().filter_map(|act| match act {
                    Act::Add(to, text) if to == name => Some(text.as_slice()),
                    _ => None,
                });
                let kept = list.iter().filter_map(|(index, text)| {
                    let act = acts().find(|act| matches!(act, Act::Replace(of, _) | Act::Drop(of) if of == index));
                    match act {
                        Some(Act::Replace(_, new)) => Some(new.as_slice()),
                        Some(_) => None,
                        None => Some(text.as_slice()),
                    }
                });
                added.chain(kept).collect()
            })
            .collect();
        let mut taken = vec![0_usize; lists.len()];
        for &slot in &self.slots {
            let Some((list, taken)) = lists.get(slot).zip(taken.get_mut(slot)) else { continue };
            if let Some(text) = list.get(*taken) {
                sink.write(text);
            }
            *taken += 1;
        }
        let own = acts().find_map(|act| match act {
            Act::Own(text) => Some(text),
            _ => None,
        });
        sink.write(own.unwrap_or(&self.own));
    }
}

/// Counts what is written.
struct Counted(u64);

impl Sink for Counted {
    fn write(&mut self, bytes: &[u8]) {
        self.0 += bytes.len() as u64;
    }
}

impl Wanted<'_> {
    /// The fields of that name but the signature's own, top to bottom.
    fn fields(&self, name: &str) -> Vec<(usize, &Field)> {
        let fields = self.message.fields.iter().enumerate();
        fields.filter(|(index, field)| field.is(name) && *index != self.own_index).collect()
    }

    /// Names in `h=`, each once, in lower case.
    fn signed_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.parameters.signed.get().into_iter().flatten() {
            let name = name.value.to_ascii_lowercase();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn signs(&self, name: &str) -> bool {
        let names = self.parameters.signed.get().into_iter().flatten();
        names.into_iter().any(|signed| signed.value.eq_ignore_ascii_case(name))
    }

    /// The field of that name that is hashed first: the lowest.
    fn field(&self, name: &str) -> Option<(usize, &Field)> {
        self.fields(name).pop().filter(|_| self.signs(name))
    }

    /// Every signed field.
    fn signed_fields(&self) -> Vec<(usize, &Field)> {
        self.signed_names().iter().flat_map(|name| self.fields(name)).collect()
    }

    /// What stands after the colon, without the last line end.
    fn value(&self, field: &Field) -> &[u8] {
        self.message.source.slice(field.value)
    }

    fn canonical_field(&self, index: usize) -> Vec<u8> {
        let mut text = Vec::new();
        self.header.write_field(index, self.form, &mut text);
        text
    }

    fn canonical(&self, raw: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        let mut canonical = canon::Header::new(self.form);
        canonical.push(raw, &mut text);
        canonical.finish(&mut text);
        text.extend(b"\r\n");
        text
    }

    /// A field with another value, its name and colon as they stand.
    fn replace(&self, index: usize, field: &Field, value: &[u8]) -> Act {
        let name = self.message.source.slice(Span::new(field.span.start, field.value.start));
        Act::Replace(index, self.canonical(&[name, value].concat()))
    }

    /// A field whose whole value was another one.
    fn rewritten(&self, name: &str, value: &[u8], doubt: u8) -> Option<Undo> {
        let (index, field) = self.field(name)?;
        Some(self.changed(Change::FieldRewritten, (index, field), value, doubt))
    }

    fn changed(&self, change: Change, (index, field): (usize, &Field), value: &[u8], doubt: u8) -> Undo {
        let space = if value.first().is_some_and(u8::is_ascii_whitespace) { b"".as_slice() } else { b" " };
        Undo {
            change,
            acts: vec![self.replace(index, field, &[space, value].concat())],
            span: trimmed(self.message, field.value),
            field: field.name.clone(),
            now: Some(decode::text(self.value(field)).text),
            before: Some(decode::text(value).text),
            doubt,
        }
    }

    /// A signed field that is missing, with the value that it may have had. It shows where `h=` names it.
    fn missing(&self, name: &str, value: &[u8], doubt: u8) -> Option<Undo> {
        let named = self.parameters.signed.get()?.iter().find(|signed| signed.value.eq_ignore_ascii_case(name))?;
        let raw = [named.value.as_bytes(), b": ", value.trim_ascii_start()].concat();
        // In the simple form the case of the name counts, and `h=` need not show it.
        let spelled = spelled(name).unwrap_or(&named.value);
        let raw = if self.form == Form::Simple { [spelled.as_bytes(), raw.get(name.len()..)?].concat() } else { raw };
        Some(Undo {
            change: Change::FieldMissing,
            acts: vec![Act::Add(name.to_ascii_lowercase(), self.canonical(&raw))],
            span: named.span,
            field: spelled.to_owned(),
            now: None,
            before: Some(decode::text(value).text),
            doubt,
        })
    }
}

/// How a name is usually written.
fn spelled(name: &str) -> Option<&'static str> {
    const NAMES: &[&str] = &[
        "From",
        "Sender",
        "Reply-To",
        "To",
        "Cc",
        "Bcc",
        "Subject",
        "Date",
        "Message-ID",
        "In-Reply-To",
        "References",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Language",
    ];
    NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)).copied()
}

/// A span without the white space around its bytes.
fn trimmed(message: &Message, span: Span) -> Span {
    let bytes = message.source.slice(span);
    let start = span.start + bytes.len() - bytes.trim_ascii_start().len();
    Span::new(start, start + bytes.trim_ascii().len())
}
