//! Reads and checks the file of services. What is wrong in it is told with its line; a service that is wrong is left out.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use super::{Matcher, On, Service, ServiceKind, Services, Setup};

/// What is wrong in the file, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.reason)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    service: Vec<Spanned<Entry>>,
}

/// A [`Service`] whose matchers still know their line.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    name_ja: Option<String>,
    kind: ServiceKind,
    #[serde(default)]
    carried_by: Vec<String>,
    source: String,
    matchers: Vec<Spanned<Matcher>>,
    setup: Option<Setup>,
}

impl Entry {
    fn into_service(self) -> Service {
        let Self { id, name, name_ja, kind, carried_by, source, matchers, setup } = self;
        let matchers = matchers.into_iter().map(Spanned::into_inner).collect();
        Service { id, name, name_ja, kind, carried_by, source, matchers, setup }
    }
}

impl Services {
    /// The services of a file, and what is wrong in it.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<Fault>) {
        let line = |offset: usize| text.get(..offset).map_or(0, |before| before.matches('\n').count()) + 1;
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                let fault =
                    Fault { line: error.span().map_or(1, |span| line(span.start)), reason: error.message().to_owned() };
                return (Self::default(), vec![fault]);
            }
        };
        let found = wrong(&file.service);
        let is_good = |id: &str| found.iter().all(|wrong| wrong.id != id);
        let entries = file.service.into_iter().map(Spanned::into_inner).filter(|entry| is_good(&entry.id));
        let services = Self::new(entries.map(Entry::into_service).collect());
        let told = |wrong: Wrong| Fault { line: line(wrong.at), reason: format!("`{}`: {}", wrong.id, wrong.reason) };
        (services, found.into_iter().map(told).collect())
    }
}

/// What breaks a rule: the service, and where in the file.
struct Wrong {
    id: String,
    at: usize,
    reason: String,
}

/// Every rule that the types do not hold by themselves.
fn wrong(entries: &[Spanned<Entry>]) -> Vec<Wrong> {
    let ids: HashSet<&str> = entries.iter().map(|entry| entry.get_ref().id.as_str()).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut claims: HashMap<(On, &str, Option<&str>), &Entry> = HashMap::new();
    let mut found = Vec::new();
    for entry in entries {
        let (at, entry) = (entry.span().start, entry.get_ref());
        let wrong = |at: usize, reason: String| Wrong { id: entry.id.clone(), at, reason };
        found.extend(of_entry(entry, &ids, !seen.insert(&entry.id)).into_iter().map(|reason| wrong(at, reason)));
        for matcher in &entry.matchers {
            let (at, matcher) = (matcher.span().start, matcher.get_ref());
            let Matcher { on, is, value, .. } = matcher;
            found.extend(shape(matcher).map(|reason| wrong(at, format!("{on:?} `{is}`: {reason}"))));
            if let Some(other) = claims.insert((*on, is, value.as_deref()), entry)
                && !is_layered(other, entry)
            {
                found.push(wrong(
                    at,
                    format!("{on:?} `{is}` is `{}`'s as well, and neither is carried by the other", other.id),
                ));
            }
        }
    }
    found
}

fn of_entry(entry: &Entry, ids: &HashSet<&str>, is_again: bool) -> Vec<String> {
    let id = &entry.id;
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let page = entry.setup.as_ref().and_then(|setup| setup.page.as_deref());
    let rules = [
        (is_again, "the id stands there twice"),
        (id.is_empty() || !id.chars().all(is_plain), "an id has small letters, digits and hyphens"),
        (entry.name.trim().is_empty(), "no name"),
        (entry.source.trim().is_empty(), "no source"),
        (entry.matchers.is_empty(), "nothing shows it"),
        (
            entry.setup.as_ref().is_some_and(is_uneven),
            "as many targets as selectors, or one where the console shows both",
        ),
        (page.is_some_and(|page| !page.starts_with("https://")), "its page is no https address"),
    ];
    let is_stranger = |carrier: &&String| *carrier == id || !ids.contains(carrier.as_str());
    let strangers = entry.carried_by.iter().filter(is_stranger);
    let strangers = strangers.map(|carrier| format!("carried by `{carrier}`, which is no other service of the file"));
    rules
        .into_iter()
        .filter(|(is_broken, _)| *is_broken)
        .map(|(_, reason)| reason.to_owned())
        .chain(strangers)
        .collect()
}

/// A record leads to one place: each selector has its target.
fn is_uneven(setup: &Setup) -> bool {
    !setup.targets.is_empty() && setup.targets.len() != setup.selectors.len().max(1)
}

/// Two services may share a mark where one is the product and the other its carrier.
fn is_layered(one: &Entry, other: &Entry) -> bool {
    one.carried_by.contains(&other.id) || other.carried_by.contains(&one.id)
}

/// What is wrong with how a matcher is written.
fn shape(matcher: &Matcher) -> Option<&'static str> {
    if matcher.source.as_ref().is_some_and(|source| source.trim().is_empty()) {
        return Some("an empty source");
    }
    if matcher.value.is_some() && matcher.on != On::Header {
        return Some("only a field of the header has a value");
    }
    if matcher.is.is_empty() || matcher.is.contains(char::is_whitespace) {
        return Some("empty, or with a space");
    }
    let is_name = !matches!(matcher.on, On::FeedbackId | On::Header);
    if is_name && matcher.is != matcher.is.to_lowercase() {
        return Some("a name is written in small letters");
    }
    if is_name && super::index::key(&matcher.is).is_none() {
        return Some("a name ends with two labels without `*`");
    }
    if !is_name && matcher.is.contains('*') {
        return Some("a field is named in full");
    }
    None
}
