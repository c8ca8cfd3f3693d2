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
    case.facts.bimi.as_ref().filter(|_| !case.is_suspect())?;
    let dmarc = &case.facts.dmarc;
    let owners = [&dmarc.author_domain, &dmarc.organizational_domain].into_iter().flatten();
    let (owner, text) = owners.into_iter().find_map(|owner| Some((owner, meant(case, owner)?)))?;
    let wants =
        |ask| of_recipient(&case.facts.recipient).is_some_and(|own| own.rules.iter().any(|rule| rule.ask == ask));
    let (steps, parts) = mended(&text, wants(Ask::BimiCertificate));
    if steps.is_empty() {
        return None;
    }
    let (current, new) = piece::sides(&[text], &parts, ';');
    let change = Change::at(Place::Txt, &format!("default._bimi.{owner}"), Current::Records(current), new);
    let kind = Kind::Bimi { domain: owner.clone(), steps, policy: dmarc.policy };
    Some(Fix::new(kind, Vec::new(), Actor::Sender, vec![change]))
}

/// The text that is meant as the record of a domain.
fn meant(case: Case<'_>, owner: &str) -> Option<String> {
    let texts = case.texts(&format!("default._bimi.{owner}")).into_iter();
    let mut texts = texts.map(|text| String::from_utf8_lossy(&text).into_owned());
    texts.find(|text| text.to_ascii_lowercase().contains(MEANT))
}

/// The parts of the record as they shall be, and what was done to them; nothing where the domain declines a logo.
fn mended(text: &str, wants_certificate: bool) -> (Vec<BimiStep>, Vec<Vec<Content>>) {
    let written: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut steps = Vec::new();
    let mut tags: Vec<(String, String)> = Vec::new();
    if !written.first().is_some_and(|first| first.eq_ignore_ascii_case(VERSION)) {
        steps.push(BimiStep::Version);
    }
    for part in &written {
        let Some((name, value)) = part.split_once('=') else {
            if !part.to_ascii_lowercase().contains(MEANT) {
                steps.push(BimiStep::Drop { part: (*part).to_owned() });
            }
            continue;
        };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if name == "v" {
            continue;
        }
        let is_name = name.chars().all(|character| character.is_ascii_alphanumeric());
        if !is_name || tags.iter().any(|(known, _)| *known == name) {
            steps.push(BimiStep::Drop { part: (*part).to_owned() });
            continue;
        }
        if name == "l" && is_other_format(value) {
            steps.push(BimiStep::Format { before: value.to_owned() });
            tags.push((name, String::new()));
            continue;
        }
        let secure = value.strip_prefix("http://").map(|rest| format!("https://{rest}"));
        if let Some(after) = secure.as_ref().filter(|_| matches!(name.as_str(), "l" | "a")) {
            steps.push(BimiStep::Secure { before: value.to_owned(), after: after.clone() });
            tags.push((name, after.clone()));
        } else {
            tags.push((name, value.to_owned()));
        }
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
            ("v=bimi1; l=http://example.jp/l.svg", false, "v=BIMI1; l=https://example.jp/l.svg", 1),
            ("l=https://example.jp/l.svg; v=BIMI1", false, "v=BIMI1; l=https://example.jp/l.svg", 1),
            ("BIMI1 l=x", false, "v=BIMI1; l=?", 3),
            ("v=BIMI1; l=; a=", true, "", 0),
            ("v=BIMI1; l=https://example.jp/logo.PNG", false, "v=BIMI1; l=?", 1),
            ("v=BIMI1; l=http://example.jp/logo.png?v=1; a=", true, "v=BIMI1; l=?; a=?", 2),
            ("v=BIMI1; a=https://example.jp/c.pem", true, "v=BIMI1; l=?; a=https://example.jp/c.pem", 1),
        ] {
            assert_eq!(written(text, certificate), (expected.to_owned(), steps), "{text}");
        }
    }
}
