//! The record that names a logo, mended (draft-brand-indicators-for-message-identification section 4).
//!
//! Only what is there and meant as one is mended: a domain that shows no wish for a logo is offered none, which would be
//! noise on every message that is in order.

use super::piece::{self, Content, Placeholder};
use super::{BimiStep, Case, Change, Current, Fix, Kind, Place};
use crate::check::Actor;
use crate::check::provider::{Ask, of_recipient};

const VERSION: &str = "v=BIMI1";
/// How the addresses of pictures end that no logo can be.
const OTHER_FORMATS: [&str; 5] = [".png", ".jpg", ".jpeg", ".gif", ".webp"];
/// By these letters a text is meant as such a record, however it is written.
const MEANT: &str = "bimi1";

pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    record(case).map(|fix| vec![fix]).into_iter().collect()
}

fn record(case: Case<'_>) -> Option<Fix> {
    let selector = &case.facts.bimi.as_ref().filter(|_| !case.is_suspect())?.selector;
    let dmarc = &case.facts.dmarc;
    let owners = [&dmarc.author_domain, &dmarc.organizational_domain].into_iter().flatten();
    let (owner, text) = owners.into_iter().find_map(|owner| Some((owner, meant(case, &selector.name_at(owner))?)))?;
    let wants =
        |ask| of_recipient(&case.facts.recipient).is_some_and(|own| own.rules.iter().any(|rule| rule.ask == ask));
    let (steps, parts) = mended(&text, wants(Ask::BimiCertificate));
    if steps.is_empty() {
        return None;
    }
    let (current, new) = piece::sides(&[text], &parts, ';');
    let change = Change::at(Place::Txt, &selector.name_at(owner), Current::Records(current), new);
    let kind = Kind::Bimi { domain: owner.clone(), steps, policy: dmarc.policy, selector: selector.clone() };
    Some(Fix::new(kind, Vec::new(), Actor::Sender, vec![change]))
}

/// The text at a name that is meant as its record.
fn meant(case: Case<'_>, name: &str) -> Option<String> {
    let texts = case.texts(name).into_iter();
    let mut texts = texts.map(|text| String::from_utf8_lossy(&text).into_owned());
    texts.find(|text| text.to_ascii_lowercase().contains(MEANT))
}

/// The parts of a text. Where a space or a comma stands in place of a semicolon, the next tag shows where a part ends.
fn parts(text: &str, steps: &mut Vec<BimiStep>) -> Vec<String> {
    let is_tag = |word: &str| {
        let name = word.split_once('=').map_or("", |(name, _)| name);
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric())
    };
    let mut parts: Vec<String> = Vec::new();
    for chunk in spaced(text).split(';') {
        let mut words: Vec<&str> = Vec::new();
        for word in chunk.split_whitespace() {
            if !words.is_empty() && is_tag(word) {
                parts.push(words.join(" "));
                words.clear();
                if !steps.contains(&BimiStep::Separate) {
                    steps.push(BimiStep::Separate);
                }
            }
            words.push(word);
        }
        parts.extend((!words.is_empty()).then(|| words.join(" ")));
    }
    parts
}

/// The same text with a space where the version ends in another mark than a semicolon.
fn spaced(text: &str) -> String {
    let end = text.to_ascii_lowercase().find(MEANT).map_or(0, |start| start + MEANT.len());
    let (version, rest) = text.split_at(end);
    match rest.strip_prefix([',', ':', '.']) {
        Some(rest) => format!("{version} {rest}"),
        None => text.to_owned(),
    }
}

/// The parts of the record as they shall be, and what was done to them; nothing where the domain declines a logo.
fn mended(text: &str, wants_certificate: bool) -> (Vec<BimiStep>, Vec<Vec<Content>>) {
    let mut steps = Vec::new();
    let mut tags: Vec<(String, String)> = Vec::new();
    let written = parts(text, &mut steps);
    let cut = |part: &str| part.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    if written.first().and_then(|first| cut(first)) != Some(("v".to_owned(), "BIMI1".to_owned())) {
        steps.push(BimiStep::Version);
    }
    for part in &written {
        let drop = || BimiStep::Drop { part: part.clone() };
        let Some((name, value)) = cut(part) else {
            steps.extend((!part.to_ascii_lowercase().contains(MEANT)).then(drop));
            continue;
        };
        let lower = name.to_ascii_lowercase();
        if lower == "v" {
            continue;
        }
        let is_name = name.chars().all(|character| character.is_ascii_alphanumeric());
        if !is_name || tags.iter().any(|(known, _)| *known == lower) {
            steps.push(drop());
            continue;
        }
        if lower != name && !steps.contains(&BimiStep::LowerCase) {
            steps.push(BimiStep::LowerCase);
        }
        let value = match (lower.as_str(), address(&value)) {
            ("l", _) if is_other_format(&value) => {
                steps.push(BimiStep::Format { before: value });
                String::new()
            }
            ("l" | "a", Address::Mended(after)) => {
                steps.push(BimiStep::Secure { before: value, after: after.clone() });
                after
            }
            ("l" | "a", Address::None) => {
                steps.push(drop());
                continue;
            }
            _ => value,
        };
        tags.push((lower, value));
    }
    let value = |wanted: &str| tags.iter().find(|(name, value)| name == wanted && !value.is_empty());
    // Both empty: the domain says that it wants none.
    let is_replaced = steps.iter().any(|step| matches!(step, BimiStep::Format { .. }));
    if !is_replaced && value("l").is_none() && value("a").is_none() && tags.iter().any(|(name, _)| name == "l") {
        return (Vec::new(), Vec::new());
    }
    let mut parts = vec![vec![Content::Text(VERSION.to_owned())]];
    let asked = [
        ("l", true, Placeholder::Logo, BimiStep::Logo),
        ("a", wants_certificate, Placeholder::Certificate, BimiStep::Certificate),
    ];
    for (name, is_wanted, placeholder, step) in asked {
        match value(name) {
            Some((_, value)) => parts.push(vec![Content::Text(format!("{name}={value}"))]),
            None if is_wanted => {
                parts.push(vec![Content::Text(format!("{name}=")), Content::Placeholder(placeholder)]);
                if !(is_replaced && step == BimiStep::Logo) {
                    steps.push(step);
                }
            }
            None => {}
        }
    }
    let rest = tags.iter().filter(|(name, _)| name != "l" && name != "a");
    parts.extend(rest.map(|(name, value)| vec![Content::Text(format!("{name}={value}"))]));
    (steps, parts)
}

/// What stands where an address belongs.
enum Address {
    /// It begins with https, or nothing stands there.
    Right,
    /// As https, which is all that can be meant.
    Mended(String),
    /// It is none.
    None,
}

/// Schemes have no case (RFC 3986 section 3.1).
fn address(value: &str) -> Address {
    let after = |scheme: &str| {
        let is_it = value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        value.get(scheme.len()..).filter(|_| is_it)
    };
    match (after("https://"), after("http://")) {
        (Some(_), _) => Address::Right,
        (None, Some(rest)) => Address::Mended(format!("https://{rest}")),
        (None, None) if value.is_empty() => Address::Right,
        (None, None) => Address::None,
    }
}

/// The address says itself that no SVG file lies there.
fn is_other_format(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    OTHER_FORMATS.iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, wants_certificate: bool) -> (String, usize) {
        let (steps, parts) = mended(text, wants_certificate);
        let piece = |content: &Content| match content {
            Content::Text(text) => text.clone(),
            Content::Placeholder(_) => "?".to_owned(),
        };
        let parts: Vec<String> = parts.iter().map(|part| part.iter().map(piece).collect()).collect();
        (parts.join("; "), steps.len())
    }

    #[test]
    fn each_fault_is_mended_and_what_is_right_stays() {
        let right = "v=BIMI1; l=https://example.jp/l.svg; a=https://example.jp/c.pem";
        for (text, certificate, expected, steps) in [
            (right, true, right, 0),
            ("v=BIMI1; l=https://example.jp/l.svg; a=", false, "v=BIMI1; l=https://example.jp/l.svg", 0),
            ("v=BIMI1; l=https://example.jp/l.svg; a=", true, "v=BIMI1; l=https://example.jp/l.svg; a=?", 1),
            ("v=bimi1; l=http://example.jp/l.svg", false, "v=BIMI1; l=https://example.jp/l.svg", 2),
            ("l=https://example.jp/l.svg; v=BIMI1", false, "v=BIMI1; l=https://example.jp/l.svg", 1),
            ("BIMI1 l=x", false, "v=BIMI1; l=?", 4),
            ("v=BIMI1 l=https://example.jp/l.svg", false, "v=BIMI1; l=https://example.jp/l.svg", 1),
            ("v=BIMI1, l=https://example.jp/l.svg", false, "v=BIMI1; l=https://example.jp/l.svg", 1),
            (
                "v=BIMI1; l=https://example.jp/l.svg a=https://example.jp/c.pem",
                true,
                "v=BIMI1; l=https://example.jp/l.svg; a=https://example.jp/c.pem",
                1,
            ),
            ("v=BIMI1; l=HTTP://example.jp/l.svg", false, "v=BIMI1; l=https://example.jp/l.svg", 1),
            ("v=BIMI1; l=HTTPS://example.jp/l.svg", false, "v=BIMI1; l=HTTPS://example.jp/l.svg", 0),
            ("v = BIMI1; L = https://example.jp/l.svg", false, "v=BIMI1; l=https://example.jp/l.svg", 1),
            ("v=BIMI1; l=; a=", true, "", 0),
            ("v=BIMI1; l=https://example.jp/logo.PNG", false, "v=BIMI1; l=?", 1),
            ("v=BIMI1; l=http://example.jp/logo.png?v=1; a=", true, "v=BIMI1; l=?; a=?", 2),
            ("v=BIMI1; a=https://example.jp/c.pem", true, "v=BIMI1; l=?; a=https://example.jp/c.pem", 1),
        ] {
            assert_eq!(written(text, certificate), (expected.to_owned(), steps), "{text}");
        }
    }
}
