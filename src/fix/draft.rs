//! A DMARC record as its tags, to be mended and written again (RFC 9989 sections 4.7 and 4.8).

use super::DmarcStep;
use super::piece::{Content, Placeholder};
use crate::auth::dmarc::Policy;
use crate::auth::dmarc::record::{self, ProblemKind};

/// Every tag that means something, in the order in which a new one is put in.
const KNOWN: &[&str] = &["p", "sp", "np", "psd", "t", "adkim", "aspf", "fo", "rua", "ruf"];
/// Removed by RFC 9989 appendix C.5.2.
const REMOVED: &[&str] = &["pct", "rf", "ri"];
/// A word with so many other letters is still the word that was meant.
const MAX_SLIPS: usize = 2;

/// The tags of a record, `v` left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    tags: Vec<(String, String)>,
    /// The address for reports of that domain is to be filled in.
    reports: Option<String>,
}

impl Draft {
    /// Takes the tags of a text as they are.
    pub(super) fn take(&mut self, text: &str) {
        for part in text.split(';').map(str::trim) {
            if let Some((name, value)) = part.split_once('=').filter(|(name, _)| !name.trim().eq_ignore_ascii_case("v"))
            {
                self.tags.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }

    /// Takes the tags of a text, mended, and says what was done to them.
    pub(super) fn read(&mut self, text: &str) -> Vec<DmarcStep> {
        let mut steps = Vec::new();
        let rest = match version(text) {
            Some((rest, true)) => rest,
            Some((rest, false)) => {
                steps.push(DmarcStep::Version);
                rest
            }
            None => {
                steps.push(DmarcStep::Version);
                text
            }
        };
        let mut broken_policy = None;
        for part in rest.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            self.part(part, &mut steps, &mut broken_policy);
        }
        if !self.tags.iter().any(|(name, _)| name == "p") {
            self.demand(Policy::None);
            steps.push(DmarcStep::Policy { before: broken_policy });
        }
        steps
    }

    fn part(&mut self, part: &str, steps: &mut Vec<DmarcStep>, broken_policy: &mut Option<String>) {
        let drop = || DmarcStep::Drop { part: part.to_owned() };
        let Some((name, value)) = part.split_once('=') else { return steps.push(drop()) };
        let (written, value) = (name.trim(), value.trim());
        let name = written.to_ascii_lowercase();
        if name == "v" {
            return;
        }
        if !KNOWN.contains(&name.as_str()) || REMOVED.contains(&name.as_str()) {
            return steps.push(drop());
        }
        let is_policy = matches!(name.as_str(), "p" | "sp" | "np");
        let Some(mended) = mended(&name, value) else {
            if name == "p" {
                *broken_policy = Some(part.to_owned());
            } else {
                steps.push(drop());
            }
            return;
        };
        if let Some((_, kept)) = self.tags.iter_mut().find(|(kept, _)| *kept == name) {
            // Of two demands the milder one is safe; of two lists of addresses both count.
            match (policy(kept), policy(&mended)) {
                (Some(one), Some(other)) if is_policy => {
                    word(one.min(other)).clone_into(kept);
                }
                _ if matches!(name.as_str(), "rua" | "ruf") => {
                    let more: Vec<&str> =
                        mended.split(',').filter(|uri| !kept.split(',').any(|old| old == *uri)).collect();
                    *kept = [&[kept.as_str()], more.as_slice()].concat().join(",");
                    return steps.push(DmarcStep::Mend { before: part.to_owned(), after: format!("{name}={kept}") });
                }
                _ => {}
            }
            return steps.push(DmarcStep::Once { tag: name, kept: kept.clone() });
        }
        if written != name || value != mended {
            steps.push(DmarcStep::Mend { before: part.to_owned(), after: format!("{name}={mended}") });
        }
        self.tags.push((name, mended));
    }

    /// The policy of the record.
    pub(super) fn policy(&self) -> Policy {
        self.tags.iter().find(|(name, _)| name == "p").and_then(|(_, value)| policy(value)).unwrap_or(Policy::None)
    }

    /// Sets `p`, which stands first.
    pub(super) fn demand(&mut self, policy: Policy) {
        self.set("p", policy);
    }

    pub(super) fn set(&mut self, tag: &str, policy: Policy) {
        let value = word(policy).to_owned();
        match self.tags.iter_mut().find(|(name, _)| name == tag) {
            Some((_, old)) => *old = value,
            None if tag == "p" => self.tags.insert(0, (tag.to_owned(), value)),
            None => self.tags.push((tag.to_owned(), value)),
        }
    }

    pub(super) fn remove(&mut self, tag: &str) {
        self.tags.retain(|(name, _)| name != tag);
    }

    pub(super) fn ask_reports(&mut self, domain: &str) {
        self.reports = Some(domain.to_owned());
    }

    /// The parts of the record, `v` first and `p` behind it, as older readers want it (RFC 7489 section 6.3).
    pub(super) fn parts(&self) -> Vec<Vec<Content>> {
        let text = |text: String| vec![Content::Text(text)];
        let (first, rest): (Vec<_>, Vec<_>) = self.tags.iter().partition(|(name, _)| name == "p");
        let mut parts = vec![text("v=DMARC1".to_owned())];
        parts.extend(first.into_iter().chain(rest).map(|(name, value)| text(format!("{name}={value}"))));
        if let Some(domain) = &self.reports {
            let address = Placeholder::ReportAddress { domain: domain.clone() };
            parts.push(vec![Content::Text("rua=mailto:".to_owned()), Content::Placeholder(address)]);
        }
        parts
    }
}

/// What follows the version at the beginning of a text, and whether it is written as it must be.
fn version(text: &str) -> Option<(&str, bool)> {
    const VERSION: &str = "dmarc1";
    let start = text.trim_start();
    let value = start.strip_prefix(['v', 'V'])?.trim_start().strip_prefix('=')?.trim_start();
    let found = value.get(..VERSION.len()).filter(|found| found.eq_ignore_ascii_case(VERSION))?;
    let rest = value.get(VERSION.len()..).unwrap_or_default();
    let after = rest.trim_start();
    let is_ended = after.is_empty() || after.starts_with(';');
    let is_right = found == "DMARC1" && is_ended && start.len() == text.len();
    Some((after.trim_start_matches([';', ',', ':', '.']), is_right))
}

/// The value as it must be written; `None` where nobody can say what was meant.
fn mended(name: &str, value: &str) -> Option<String> {
    let lower = value.trim_matches(['"', '\'']).to_ascii_lowercase();
    let one_of = |words: &[&str]| words.iter().find(|word| lower == **word).map(|_| value.to_owned());
    match name {
        "p" | "sp" | "np" => match policy(value) {
            Some(_) => Some(value.to_owned()),
            None => meant(&lower).map(|policy| word(policy).to_owned()),
        },
        "psd" => one_of(&["y", "n", "u"]),
        "t" => one_of(&["y", "n"]),
        "adkim" | "aspf" => one_of(&["r", "s"]).or_else(|| match lower.as_str() {
            "relaxed" => Some("r".to_owned()),
            "strict" => Some("s".to_owned()),
            _ => None,
        }),
        "rua" | "ruf" => {
            let uris: Vec<String> = value.split(',').filter_map(|uri| destination(uri.trim())).collect();
            (!uris.is_empty()).then(|| uris.join(","))
        }
        "fo" => {
            let read = record::read(format!("v=DMARC1; p=none; ruf=mailto:a@example.com; fo={value}").as_bytes());
            (!read.problems.iter().any(|problem| problem.kind == ProblemKind::BadValue)).then(|| value.to_owned())
        }
        _ => None,
    }
}

/// An entry of `rua` or `ruf` that reports can go to.
fn destination(uri: &str) -> Option<String> {
    let is_bare = uri.contains('@') && !uri.contains(':');
    let uri = if is_bare { format!("mailto:{uri}") } else { uri.to_owned() };
    let read = record::read(format!("v=DMARC1; p=none; rua={uri}").as_bytes());
    read.rua.first().map(|uri| uri.value.clone())
}

fn policy(value: &str) -> Option<Policy> {
    let policies = [Policy::None, Policy::Quarantine, Policy::Reject];
    policies.into_iter().find(|policy| value.eq_ignore_ascii_case(word(*policy)))
}

const fn word(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "none",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    }
}

/// The one policy that a misspelt word can mean.
fn meant(value: &str) -> Option<Policy> {
    let policies = [Policy::None, Policy::Quarantine, Policy::Reject];
    let mut near = policies.into_iter().filter(|policy| slips(value, word(*policy)) <= MAX_SLIPS);
    let found = near.next();
    found.filter(|_| near.next().is_none() && value.len() > MAX_SLIPS)
}

/// How many letters have to be put in, taken out or changed (Levenshtein).
fn slips(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, a) in one.bytes().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (cell, b) in row.iter_mut().zip(std::iter::once(0).chain(other.bytes())).skip(1) {
            let up = *cell;
            let next = (left + 1).min(up + 1).min(diagonal + usize::from(a != b));
            diagonal = up;
            left = next;
            *cell = next;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> (String, usize) {
        let mut draft = Draft::default();
        let steps = draft.read(text);
        let written = draft.parts().into_iter().flatten().map(|content| match content {
            Content::Text(text) => text,
            Content::Placeholder(_) => "?".to_owned(),
        });
        (written.collect::<Vec<_>>().join("; "), steps.len())
    }

    #[test]
    fn what_is_right_stays() {
        for text in ["v=DMARC1; p=none", "v=DMARC1; p=reject; sp=quarantine; adkim=s; rua=mailto:a@example.jp"] {
            assert_eq!(mended(text), (text.to_owned(), 0));
        }
    }

    #[test]
    fn each_fault_is_mended() {
        for (text, expected) in [
            ("p=reject; v=DMARC1", "v=DMARC1; p=reject"),
            ("v=dmarc1; p=reject", "v=DMARC1; p=reject"),
            ("v=DMARC1 p=reject", "v=DMARC1; p=reject"),
            (" v=DMARC1; p=reject", "v=DMARC1; p=reject"),
            ("v=DMARC1; p=none; p=reject", "v=DMARC1; p=none"),
            ("v=DMARC1; p=rejct", "v=DMARC1; p=reject"),
            ("v=DMARC1; p=quarentine", "v=DMARC1; p=quarantine"),
            ("v=DMARC1; p=please", "v=DMARC1; p=none"),
            ("v=DMARC1; p=reject; sp=", "v=DMARC1; p=reject"),
            ("v=DMARC1; adkim=strict", "v=DMARC1; p=none; adkim=s"),
            ("v=DMARC1; p=none; pct=50; rf=afrf; ri=86400; x=y", "v=DMARC1; p=none"),
            ("v=DMARC1; p=none; rua=a@example.jp", "v=DMARC1; p=none; rua=mailto:a@example.jp"),
            ("v=DMARC1; p=none; rua=mailto:a@example.jp!10m,x", "v=DMARC1; p=none; rua=mailto:a@example.jp"),
            ("v=DMARC1; P=reject", "v=DMARC1; p=reject"),
        ] {
            let (written, steps) = mended(text);
            assert_eq!(written, expected, "{text}");
            assert!(steps > 0, "{text}");
        }
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!((slips("rejct", "reject"), slips("none", "reject"), slips("", "none")), (1, 5, 4));
    }
}
