//! What is secret in one message, and how a text looks without it.

use std::collections::{BTreeSet, HashMap};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::local;
use super::network::Network;
use crate::analyze::Analysis;
use crate::dns::{Data, Entry, Question, RecordType};
use crate::message::address;
use crate::text::masked::HIDDEN;

/// Fields whose value is a list of addresses. Message-ID is none and has the same shape.
const ADDRESS_FIELDS: &[&str] = &[
    "Bcc",
    "Cc",
    "Delivered-To",
    "Disposition-Notification-To",
    "Envelope-To",
    "Errors-To",
    "From",
    "Message-ID",
    "Reply-To",
    "Resent-Bcc",
    "Resent-Cc",
    "Resent-From",
    "Resent-Sender",
    "Resent-To",
    "Return-Path",
    "Sender",
    "To",
    "X-Forwarded-For",
    "X-Forwarded-To",
    "X-Original-To",
];

/// The least characters of a display name or a Subject that is looked for elsewhere: shorter ones are words of any text.
const MIN_WORD: usize = 3;

/// Where SPF macros cut a local part (RFC 7208 section 7.1).
const MACRO_DELIMITERS: &[char] = &['.', '-', '+', ',', '/', '_', '='];

/// The secrets of one message.
#[derive(Debug, Default)]
pub(super) struct Mask {
    /// Display names and the Subject, by their first bytes in lower case: a message may name thousands of recipients.
    words: HashMap<[u8; MIN_WORD], Vec<String>>,
    /// The local parts of addresses, in lower case.
    locals: BTreeSet<String>,
    /// Names that SPF made from a local part, each with what is shown instead.
    names: Vec<(String, String)>,
    /// The computers that people sit at.
    network: Network,
}

impl Mask {
    pub(super) fn of(analysis: &Analysis) -> Self {
        let mut mask = Self { network: Network::of(analysis), ..Self::default() };
        let message = &analysis.message;
        let mut words: Vec<String> = analysis.facts.identity.subject.iter().cloned().collect();
        for field in message.fields.iter().filter(|field| has_addresses(&field.name)) {
            for mailbox in address::read(&message.unfold(field)).mailboxes {
                words.extend(mailbox.name);
                if !field.is("Message-ID") {
                    mask.add_address(&mailbox.address);
                }
            }
        }
        let facts = &analysis.facts;
        let hops = facts.path.hops.iter().flat_map(|hop| [&hop.recipient, &hop.envelope_from]);
        let stated = hops.flatten().map(|address| &address.value);
        let session = facts.session.mail_from.iter().map(|sender| &sender.value);
        for address in stated.chain(session).chain(&analysis.options.mail_from).chain(&facts.identity.return_path) {
            mask.add_address(address);
        }
        let reported = facts.bounce.iter().flat_map(|bounce| &bounce.recipients);
        for address in reported.flat_map(|recipient| recipient.address.iter().chain(&recipient.original)) {
            mask.add_address(address);
        }
        mask.locals.retain(|local| !local.is_empty() && local != "postmaster");
        let is_domain = |word: &str| facts.identity.from.iter().any(|mailbox| mailbox.domain.as_deref() == Some(word));
        words.retain(|word| word.chars().count() >= MIN_WORD && !is_domain(&word.to_ascii_lowercase()));
        for word in words {
            if let Some(start) = start_of(word.as_bytes()) {
                mask.words.entry(start).or_default().push(word);
            }
        }
        mask.names = mask.made_names(analysis);
        mask
    }

    fn add_address(&mut self, address: &str) {
        let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
        self.locals.insert(local.trim_matches('"').to_lowercase());
    }

    /// The names of questions in which a part of an address stands. What a macro made stands before what is written in the
    /// record; names that are written in the message or in an answer were made by none, and stay.
    fn made_names(&self, analysis: &Analysis) -> Vec<(String, String)> {
        let pieces: Vec<String> = self.pieces().map(|piece| Question::new(piece, RecordType::Txt).name).collect();
        let is_secret = |label: &str| {
            pieces.iter().any(|piece| piece == label || (piece.len() >= MIN_WORD && label.contains(piece.as_str())))
        };
        let written = Written::of(analysis);
        let mut names: Vec<(String, String)> = Vec::new();
        for entry in &analysis.questions {
            let name = &entry.question.name;
            if name.rsplit('.').next() == Some("arpa") || name.contains("._report._dmarc.") || written.holds(name) {
                continue;
            }
            let kept = written.longest_end(name);
            let made = name.get(..name.len() - kept.len()).unwrap_or_default();
            let labels = made.split('.').map(|label| if is_secret(label) { HIDDEN } else { label });
            let shown = format!("{}{kept}", labels.collect::<Vec<_>>().join("."));
            if shown != *name {
                names.push((name.clone(), shown));
            }
        }
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names
    }

    /// The local parts, and what SPF macros can cut out of them.
    fn pieces(&self) -> impl Iterator<Item = &str> {
        let cut = self.locals.iter().flat_map(|local| local.split(MACRO_DELIMITERS).chain([local.as_str()]));
        cut.filter(|piece| !piece.is_empty())
    }

    /// What is secret in bytes that stand for themselves: a field of the message, the text of a record.
    pub(super) fn secrets(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut ranges = local::parts(text);
        for at in 0..text.len() {
            let words = start_of(&text[at..]).and_then(|start| self.words.get(&start)).into_iter().flatten();
            ranges.extend(words.filter_map(|word| alone_at(text, at, word.as_bytes())));
        }
        ranges.extend(self.computers(text));
        merged(ranges)
    }

    /// The computers of people in a text.
    pub(super) fn computers(&self, text: &[u8]) -> impl Iterator<Item = Range<usize>> {
        self.network.find(text).into_iter().map(|(range, _)| range)
    }

    /// Masks the addresses and names in a text that may hold some.
    pub(super) fn text(&self, text: &mut String) {
        for (name, shown) in &self.names {
            let found: Vec<_> = standing_alone(text.as_bytes(), name.as_bytes()).collect();
            for range in found.into_iter().rev() {
                text.replace_range(range, shown);
            }
        }
        for (range, shown) in self.network.find(text.as_bytes()).into_iter().rev() {
            text.replace_range(range, &shown);
        }
        *text = without(text, &self.secrets(text.as_bytes()));
    }

    /// Masks a sentence that a stranger wrote about this message, in which a local part may stand alone.
    pub(super) fn sentence(&self, text: &mut String) {
        self.text(text);
        let bytes = text.as_bytes();
        let words = self.locals.iter().map(String::as_str).chain(self.pieces().filter(|piece| piece.len() >= MIN_WORD));
        let alone = words.flat_map(|word| standing_alone(bytes, word.as_bytes()));
        *text = without(text, &merged(alone.collect()));
    }

    /// Masks what should be one address; a word alone is a local user.
    pub(super) fn address(&self, address: &mut String) {
        let (local, domain) = match address.rsplit_once('@') {
            Some((local, domain)) => (local, Some(domain)),
            None => (address.as_str(), None),
        };
        let shown = if local == "postmaster" { local.to_owned() } else { short(local) };
        *address = match domain {
            Some(domain) => {
                // What is no domain after the `@` is not known to be harmless.
                let is_odd = |character: char| character.is_whitespace() || "<>(),;\"".contains(character);
                let (domain, rest) = domain.find(is_odd).map_or((domain, ""), |end| (&domain[..end], HIDDEN));
                let mut domain = domain.to_owned();
                self.text(&mut domain);
                format!("{shown}@{domain}{rest}")
            }
            None => shown,
        };
    }

    /// Masks the name that a client gave, where it is a user's: programs on the same host name their user there.
    pub(super) fn helo(&self, helo: &mut String) {
        if self.is_local(helo) {
            *helo = short(helo);
        } else {
            self.text(helo);
        }
    }

    /// Masks the address of a computer that a person sits at.
    pub(super) fn ip(&self, ip: &mut IpAddr) {
        self.network.ip(ip);
    }

    pub(super) fn ipv4(&self, ip: &mut Ipv4Addr) {
        let mut any = IpAddr::V4(*ip);
        self.ip(&mut any);
        if let IpAddr::V4(shown) = any {
            *ip = shown;
        }
    }

    pub(super) fn ipv6(&self, ip: &mut Ipv6Addr) {
        let mut any = IpAddr::V6(*ip);
        self.ip(&mut any);
        if let IpAddr::V6(shown) = any {
            *ip = shown;
        }
    }

    pub(super) fn is_local(&self, word: &str) -> bool {
        self.locals.contains(&word.to_lowercase())
    }

    /// Masks all of a text.
    pub(super) fn hide(text: &mut String) {
        if !text.is_empty() {
            HIDDEN.clone_into(text);
        }
    }
}

pub(super) fn has_addresses(name: &str) -> bool {
    ADDRESS_FIELDS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The first character, where that does not give the rest away, and a mark for the rest.
pub(super) fn short(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().filter(|first| first.is_alphanumeric() && characters.next().is_some());
    match (text, first) {
        ("", _) => String::new(),
        (_, Some(first)) => format!("{first}{HIDDEN}"),
        (_, None) => HIDDEN.to_owned(),
    }
}

fn without(text: &str, secrets: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for secret in secrets {
        shown.push_str(text.get(at..secret.start).unwrap_or_default());
        shown.push_str(&short(text.get(secret.clone()).unwrap_or(HIDDEN)));
        at = secret.end;
    }
    shown.push_str(text.get(at..).unwrap_or_default());
    shown
}

/// Hides bytes and keeps their number: the first stays where it is a letter or digit of several, and so does white space.
pub(super) fn overwrite(bytes: &mut [u8]) {
    let skip = usize::from(bytes.len() > 1 && bytes[0].is_ascii_alphanumeric());
    for byte in bytes.iter_mut().skip(skip).filter(|byte| !byte.is_ascii_whitespace()) {
        *byte = b'*';
    }
}

/// The bytes by which words are found.
fn start_of(text: &[u8]) -> Option<[u8; MIN_WORD]> {
    let mut start: [u8; MIN_WORD] = text.get(..MIN_WORD)?.try_into().ok()?;
    start.make_ascii_lowercase();
    Some(start)
}

/// Every place where a word stands alone.
fn standing_alone<'a>(text: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = Range<usize>> + use<'a> {
    (0..text.len()).filter_map(move |at| alone_at(text, at, word))
}

/// The range of a word at that place, unless it is a part of a longer word or a name.
fn alone_at(text: &[u8], at: usize, word: &[u8]) -> Option<Range<usize>> {
    let range = at..at + word.len();
    let stands = !word.is_empty() && text.get(range.clone())?.eq_ignore_ascii_case(word);
    let joins = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte));
    // A full stop behind which nothing follows ends a sentence.
    let ends_sentence = text.get(range.end) == Some(&b'.')
        && !text.get(range.end + 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte));
    let alone =
        !joins(at.checked_sub(1).and_then(|before| text.get(before))) && (ends_sentence || !joins(text.get(range.end)));
    (stands && alone).then_some(range)
}

/// Sorted, and those that touch made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Everything in which a domain name is public.
struct Written(String);

impl Written {
    fn of(analysis: &Analysis) -> Self {
        let message = &analysis.message;
        let mut text = String::from_utf8_lossy(message.source.slice(message.header())).to_lowercase();
        for entry in &analysis.questions {
            let Entry { answer, .. } = entry.as_ref();
            for data in answer.records.iter().flatten() {
                text.push(' ');
                text.push_str(&match data {
                    Data::A(_) | Data::Aaaa(_) | Data::Tlsa { .. } => String::new(),
                    Data::Mx { exchange, .. } => exchange.clone(),
                    Data::Ns(name) | Data::Ptr(name) => name.clone(),
                    Data::Text(strings) => String::from_utf8_lossy(&strings.concat()).to_lowercase(),
                });
            }
            text.push_str(&answer.cname.join(" "));
        }
        Self(text)
    }

    /// The longest end of a name that is written somewhere, from a dot on.
    fn longest_end<'a>(&self, name: &'a str) -> &'a str {
        let ends = name.match_indices('.').filter_map(|(dot, _)| name.get(dot..));
        ends.into_iter().find(|end| self.0.contains(end)).unwrap_or_default()
    }

    fn holds(&self, name: &str) -> bool {
        let name = name.split_once("._domainkey.").map_or(name, |(_, domain)| domain);
        self.0.contains(name.strip_prefix("_dmarc.").unwrap_or(name))
    }
}
