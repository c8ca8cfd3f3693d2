//! What was opened in this session: containers, their messages, and what is known of each. An mbox of a million messages
//! costs no more here than those that were looked at.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::open::Input;
use crate::analyze::Analysis;
use crate::check::headline::Tone;
use crate::dns::Lookup;
use crate::message::container::{self, Container, Heading, Letter};
use crate::view::{Entry, List, Name, Role, Row};

/// The most inputs that lie open.
pub(super) const MAX_INPUTS: usize = 1000;
/// The most headings that are remembered of messages which were only scrolled over.
const MAX_HEADINGS: usize = 20_000;
/// How many headings are read at a time.
const PEEK: usize = 64;

/// Names one message of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// The number of its input; none is given twice.
    pub(super) input: u64,
    /// Its place in the container, from 0.
    pub(super) message: usize,
    /// The layer within, from 0; `None` is the one that matters ([`preferred`]), until the message is read.
    pub(super) layer: Option<usize>,
}

/// One layer of a message that was read.
pub(super) struct Layer {
    heading: Heading,
    depth: usize,
    is_wrapper: bool,
}

impl Layer {
    pub(super) fn of(letter: &Letter) -> Self {
        Self { heading: Heading::of(&letter.message), depth: letter.depth, is_wrapper: letter.is_wrapper }
    }
}

/// The layer that a person is asking about.
pub(super) fn preferred(layers: &[Layer]) -> usize {
    container::preferred(layers.iter().map(|layer| layer.is_wrapper))
}

/// A message of which its layers are known.
struct Known {
    layers: Vec<Layer>,
    /// What was judged, by layer.
    judged: HashMap<usize, Noted>,
}

/// What the list says of a message that was judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted {
    tone: Tone,
    /// What is attached to it comes back.
    is_delivery_report: bool,
}

impl Noted {
    pub(super) fn of(analysis: &Analysis) -> Self {
        Self { tone: analysis.headline.tone(), is_delivery_report: analysis.facts.bounce.is_some() }
    }
}

/// One opened input.
pub(super) struct Opened {
    id: u64,
    input: Input,
    pub(super) name: Name,
    pub(super) container: Arc<Container>,
    /// Who answers for it, where it brings its own answers.
    pub(super) lookup: Option<Arc<dyn Lookup>>,
    known: BTreeMap<usize, Known>,
    headings: HashMap<usize, Heading>,
}

impl Opened {
    fn new(id: u64, input: Input, container: Container, lookup: Option<Arc<dyn Lookup>>) -> Self {
        Self {
            id,
            name: input.name(),
            input,
            container: Arc::new(container),
            lookup,
            known: BTreeMap::new(),
            headings: HashMap::new(),
        }
    }

    /// How many rows its messages have.
    fn message_rows(&self) -> usize {
        let more: usize = self.known.values().map(|known| known.layers.len().saturating_sub(1)).sum();
        self.container.messages() + more
    }
}

/// Rows that follow each other.
#[derive(Debug)]
struct Segment {
    /// The row of its first.
    first: usize,
    /// The place of its input.
    input: usize,
    holds: Holds,
}

#[derive(Debug)]
enum Holds {
    /// The name of the input.
    File,
    /// Messages without anything attached, from that one on.
    Messages(usize),
    /// One message with the layers in the order they are shown.
    Layers(usize, Vec<usize>),
}

/// Everything that lies open.
#[derive(Default)]
pub(super) struct Shelf {
    inputs: Vec<Opened>,
    last_id: u64,
    segments: Vec<Segment>,
    rows: usize,
    chosen: Option<Key>,
    chosen_row: Option<usize>,
    /// The rows on show, as the view told.
    showing: Cell<(usize, usize)>,
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Shelf")
            .field("inputs", &self.inputs.len())
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl Shelf {
    /// Puts an input on the shelf; one that was opened before is replaced. `None` when there is no room.
    pub(super) fn add(&mut self, input: Input, container: Container, lookup: Option<Arc<dyn Lookup>>) -> Option<Key> {
        let same = self.inputs.iter().position(|opened| opened.input.is_same(&input));
        if same.is_none() && self.inputs.len() >= MAX_INPUTS {
            return None;
        }
        self.last_id += 1;
        let opened = Opened::new(self.last_id, input, container, lookup);
        match same.and_then(|place| self.inputs.get_mut(place)) {
            Some(place) => *place = opened,
            None => self.inputs.push(opened),
        }
        self.arrange();
        Some(Key { input: self.last_id, message: 0, layer: None })
    }

    pub(super) fn input(&self, key: Key) -> Option<&Opened> {
        self.inputs.iter().find(|opened| opened.id == key.input)
    }

    /// Marks a message as the chosen one.
    pub(super) fn choose(&mut self, key: Option<Key>) {
        self.chosen = key.map(|key| self.resolved(key));
        self.chosen_row = self.chosen.and_then(|key| self.row_of(key));
    }

    /// The key with its layer, where that is known.
    pub(super) fn resolved(&self, key: Key) -> Key {
        let known = self.input(key).and_then(|opened| opened.known.get(&key.message));
        Key { layer: key.layer.or_else(|| known.map(|known| preferred(&known.layers))), ..key }
    }

    /// The message that is attached to that one first.
    pub(super) fn below(&self, key: Key) -> Option<Key> {
        let key = self.resolved(key);
        let layer = key.layer.unwrap_or(0);
        let layers = &self.input(key)?.known.get(&key.message)?.layers;
        let (own, next) = (layers.get(layer)?, layers.get(layer + 1)?);
        (next.depth > own.depth).then_some(Key { layer: Some(layer + 1), ..key })
    }

    /// Takes note of what was read and judged.
    pub(super) fn learn(&mut self, key: Key, layers: Option<Vec<Layer>>, judged: Noted) {
        let Some(opened) = self.inputs.iter_mut().find(|opened| opened.id == key.input) else { return };
        if let Some(layers) = layers {
            let known = opened.known.remove(&key.message).map(|known| known.judged).unwrap_or_default();
            opened.known.insert(key.message, Known { layers, judged: known });
        }
        if let (Some(known), Some(layer)) = (opened.known.get_mut(&key.message), key.layer) {
            known.judged.insert(layer, judged);
        }
        self.arrange();
    }

    /// The message of a row; `None` for the name of an input.
    pub(super) fn key(&self, row: usize) -> Option<Key> {
        let segment = self.segment(row)?;
        let input = self.inputs.get(segment.input)?.id;
        match &segment.holds {
            Holds::File => None,
            Holds::Messages(from) => Some(Key { input, message: from + row - segment.first, layer: None }),
            Holds::Layers(message, order) => {
                Some(Key { input, message: *message, layer: order.get(row - segment.first).copied() })
            }
        }
    }

    /// Takes the input of a row away; says which, and which message comes into its place.
    pub(super) fn remove(&mut self, row: usize) -> Option<(u64, Option<Key>)> {
        let place = self.segment(row)?.input;
        let id = self.inputs.get(place)?.id;
        self.inputs.remove(place);
        self.arrange();
        let next = self.inputs.get(place).or_else(|| self.inputs.last());
        Some((id, next.map(|opened| Key { input: opened.id, message: 0, layer: None })))
    }

    pub(super) fn clear(&mut self) {
        self.inputs.clear();
        self.choose(None);
        self.arrange();
    }

    /// Messages on show of which nothing is known yet, with where they are read.
    pub(super) fn unread(&self) -> Option<(u64, Arc<Container>, Vec<usize>)> {
        let (from, to) = self.showing.get();
        let unread = |row: usize| {
            let key = self.key(row)?;
            let opened = self.input(key)?;
            let is_read = opened.known.contains_key(&key.message) || opened.headings.contains_key(&key.message);
            (!is_read).then_some((key.input, key.message))
        };
        let missing: Vec<(u64, usize)> = (from..to.min(self.rows)).filter_map(unread).take(PEEK).collect();
        let (input, _) = *missing.first()?;
        let container = self.inputs.iter().find(|opened| opened.id == input)?.container.clone();
        let of_input = missing.into_iter().filter(|(of, _)| *of == input).map(|(_, message)| message);
        Some((input, container, of_input.collect()))
    }

    /// Takes headings that were read.
    pub(super) fn take_headings(&mut self, input: u64, headings: Vec<(usize, Heading)>) {
        let Some(opened) = self.inputs.iter_mut().find(|opened| opened.id == input) else { return };
        if opened.headings.len() > MAX_HEADINGS {
            opened.headings.clear();
        }
        opened.headings.extend(headings);
    }

    /// Lays the rows out anew.
    fn arrange(&mut self) {
        self.segments.clear();
        let mut row = 0;
        for (input, opened) in self.inputs.iter().enumerate() {
            let rows = opened.message_rows();
            if rows > 1 {
                self.segments.push(Segment { first: row, input, holds: Holds::File });
                row += 1;
            }
            let mut message = 0;
            let wide = opened.known.iter().filter(|(_, known)| known.layers.len() > 1);
            for (&at, known) in wide {
                if at > message {
                    self.segments.push(Segment { first: row, input, holds: Holds::Messages(message) });
                    row += at - message;
                }
                let order = order(&known.layers);
                let count = order.len();
                self.segments.push(Segment { first: row, input, holds: Holds::Layers(at, order) });
                row += count;
                message = at + 1;
            }
            if message < opened.container.messages() {
                self.segments.push(Segment { first: row, input, holds: Holds::Messages(message) });
                row += opened.container.messages() - message;
            }
        }
        self.rows = row;
        self.choose(self.chosen);
    }

    fn segment(&self, row: usize) -> Option<&Segment> {
        let after = self.segments.partition_point(|segment| segment.first <= row);
        (row < self.rows).then(|| self.segments.get(after.checked_sub(1)?)).flatten()
    }

    fn row_of(&self, key: Key) -> Option<usize> {
        let input = self.inputs.iter().position(|opened| opened.id == key.input)?;
        let mut of_input = self.segments.iter().enumerate().filter(|(_, segment)| segment.input == input);
        of_input.find_map(|(place, segment)| {
            let end = self.segments.get(place + 1).map_or(self.rows, |next| next.first);
            let offset = match &segment.holds {
                Holds::Messages(from) => key.message.checked_sub(*from),
                Holds::Layers(message, order) if *message == key.message => {
                    order.iter().position(|layer| Some(*layer) == key.layer)
                }
                Holds::File | Holds::Layers(..) => None,
            };
            offset.map(|offset| segment.first + offset).filter(|row| *row < end)
        })
    }
}

impl Known {
    /// Whether the message that a layer is attached to is a delivery report.
    fn comes_back(&self, layer: usize) -> bool {
        let depth = self.layers.get(layer).map_or(0, |shown| shown.depth);
        let before = self.layers.iter().take(layer).enumerate().rev();
        let outer = before.into_iter().find(|(_, outer)| outer.depth < depth).map(|(index, _)| index);
        outer.and_then(|outer| self.judged.get(&outer)).is_some_and(|judged| judged.is_delivery_report)
    }
}

impl Opened {
    /// What is known of one of its messages.
    fn known_of(&self, message: usize, layer: Option<usize>) -> (Option<&Heading>, Option<Tone>, Role) {
        let Some(known) = self.known.get(&message) else { return (self.headings.get(&message), None, Role::Own) };
        let layer = layer.unwrap_or_else(|| preferred(&known.layers));
        let Some(shown) = known.layers.get(layer) else { return (None, None, Role::Own) };
        let role = match (shown.depth, shown.is_wrapper) {
            (0, true) => Role::Wrapper,
            (0, false) => Role::Own,
            _ if known.comes_back(layer) => Role::Returned,
            _ => Role::Attached,
        };
        (Some(&shown.heading), known.judged.get(&layer).map(|judged| judged.tone), role)
    }
}

/// Layers in the order they are shown: what a forward brings stands before the forward.
fn order(layers: &[Layer]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..layers.len()).collect();
    if preferred(layers) > 0 {
        order.rotate_left(1);
    }
    order
}

impl List for Shelf {
    fn rows(&self) -> usize {
        self.rows
    }

    fn chosen(&self) -> Option<usize> {
        self.chosen_row
    }

    fn row(&self, row: usize) -> Option<Row<'_>> {
        let segment = self.segment(row)?;
        let opened = self.inputs.get(segment.input)?;
        let is_alone = opened.message_rows() == 1;
        let entry = |message: usize, layer: Option<usize>| {
            let (heading, tone, role) = opened.known_of(message, layer);
            let member = opened.container.member_name(message);
            Row::Message(Entry { name: &opened.name, member, number: message + 1, heading, tone, role, is_alone })
        };
        Some(match &segment.holds {
            Holds::File => Row::File {
                name: &opened.name,
                form: opened.container.form(),
                messages: opened.container.messages(),
                shortfall: opened.container.shortfall(),
            },
            Holds::Messages(from) => entry(from + row - segment.first, None),
            Holds::Layers(message, order) => entry(*message, order.get(row - segment.first).copied()),
        })
    }

    fn showing(&self, rows: Range<usize>) {
        self.showing.set((rows.start, rows.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forward() -> String {
        "From: customer@example.com\nSubject: Fw\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nFrom: a@example.jp\nSubject: inner\n\nx\n--b--\n".to_owned()
    }

    fn put(shelf: &mut Shelf, name: &str, text: &str) -> Key {
        let container = Container::of_bytes(text.as_bytes().to_vec()).unwrap();
        shelf.add(Input::File(name.into()), container, None).unwrap()
    }

    fn read(shelf: &mut Shelf, key: Key) -> Key {
        let layers: Vec<Layer> =
            shelf.input(key).unwrap().container.read(key.message).unwrap().iter().map(Layer::of).collect();
        let key = Key { layer: Some(key.layer.unwrap_or_else(|| preferred(&layers))), ..key };
        shelf.learn(key, Some(layers), Noted { tone: Tone::Bad, is_delivery_report: true });
        shelf.choose(Some(key));
        key
    }

    /// Each row in short.
    fn rows(shelf: &Shelf) -> Vec<String> {
        (0..List::rows(shelf))
            .map(|row| match shelf.row(row).unwrap() {
                Row::File { name: Name::Given(name), messages, .. } => format!("{name} {messages}"),
                Row::File { .. } => "pasted".to_owned(),
                Row::Message(entry) => {
                    let subject = entry.heading.and_then(|heading| heading.subject.clone());
                    format!("{:?} {}", entry.role, subject.unwrap_or_else(|| format!("#{}", entry.number)))
                }
            })
            .collect()
    }

    #[test]
    fn what_a_forward_brings_stands_first_and_is_chosen() {
        let mut shelf = Shelf::default();
        let key = put(&mut shelf, "fw.eml", &forward());
        assert_eq!(rows(&shelf), ["Own #1"]);
        let key = read(&mut shelf, key);
        assert_eq!(rows(&shelf), ["fw.eml 1", "Attached inner", "Wrapper Fw"]);
        assert_eq!((key.layer, shelf.chosen()), (Some(1), Some(1)));
        assert_eq!(shelf.key(2), Some(Key { layer: Some(0), ..key }));
        assert_eq!(shelf.key(0), None);
        assert!(matches!(shelf.row(1), Some(Row::Message(Entry { tone: Some(Tone::Bad), .. }))));
        assert!(matches!(shelf.row(2), Some(Row::Message(Entry { tone: None, .. }))));
    }

    #[test]
    fn rows_and_messages_lead_to_each_other() {
        let mut shelf = Shelf::default();
        let from = "From a Mon Nov  2 10:00:00 2026\n";
        let one = |subject: &str| format!("{from}From: a@example.jp\nSubject: {subject}\n\nx\n\n");
        let mbox = [one("1"), one("2"), format!("{from}{}\n", forward()), one("4")].concat();
        put(&mut shelf, "one.eml", "From: a@example.jp\nSubject: x\n\n");
        let key = put(&mut shelf, "mbox", &mbox);
        read(&mut shelf, Key { message: 2, ..key });
        assert_eq!(rows(&shelf), ["Own #1", "mbox 4", "Own #1", "Own #2", "Attached inner", "Wrapper Fw", "Own #4"]);
        for row in 0..List::rows(&shelf) {
            let Some(key) = shelf.key(row) else { continue };
            assert_eq!(shelf.row_of(shelf.resolved(key)), Some(row), "{row}");
        }
        shelf.showing(2..20);
        let (input, _, messages) = shelf.unread().unwrap();
        assert_eq!((input, messages), (key.input, vec![0, 1, 3]));
        shelf.take_headings(input, vec![(0, Heading::default()), (1, Heading::default()), (3, Heading::default())]);
        assert!(shelf.unread().is_none());
        let (removed, next) = shelf.remove(3).unwrap();
        assert_eq!((removed, next.map(|key| key.input), rows(&shelf).len()), (key.input, Some(1), 1));
    }

    #[test]
    fn what_is_opened_again_takes_its_place() {
        let mut shelf = Shelf::default();
        let first = put(&mut shelf, "a.eml", "From: a@example.jp\n\n");
        put(&mut shelf, "b.eml", "From: b@example.jp\n\n");
        let again = put(&mut shelf, "a.eml", "From: c@example.jp\n\n");
        assert_eq!((List::rows(&shelf), shelf.row_of(again)), (2, Some(0)));
        assert!(shelf.input(first).is_none());
    }
}
