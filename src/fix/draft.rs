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
            let tags = apart(part);
            if tags.len() > 1 {
                steps.push(DmarcStep::Mend { before: part.to_owned(), after: tags.join("; ") });
            }
            for tag in tags {
                self.part(tag, &mut steps, &mut broken_policy);
            }
        }
        match (self.get("p").map(str::to_owned), broken_policy) {
            (None, before) => {
                self.demand(Policy::None);
                steps.push(DmarcStep::Policy { before });
            }
            // Of a policy that can be read and one that cannot, nobody but the owner knows which was meant.
            (Some(kept), Some(broken)) => {
                let written = broken.split_once('=').map_or("", |(_, value)| value.trim()).to_owned();
                self.demand(Policy::None);
                once(&mut steps, "p", word(Policy::None), [kept, written]);
            }
            (Some(_), None) => {}
        }
        self.percent(&mut steps);
        steps
    }

    /// `pct` had a meaning for whoever follows RFC 7489 still: without it the policy is for all mail. What `pct=0` asked for is
    /// `t=y` now (RFC 9989 appendix A.6).
    fn percent(&mut self, steps: &mut [DmarcStep]) {
        let percent = |step: &DmarcStep| match step {
            DmarcStep::Drop { part } => {
                let (name, value) = part.split_once('=')?;
                let number = value.trim().parse::<u8>().ok().filter(|_| name.trim().eq_ignore_ascii_case("pct"))?;
                Some((part.clone(), number)).filter(|(_, number)| *number < 100)
            }
            _ => None,
        };
        let asks = self.policy();
        let place = steps.iter().position(|step| percent(step).is_some()).filter(|_| asks > Policy::None);
        let Some(step) = place.and_then(|place| steps.get_mut(place)) else { return };
        let Some((part, number)) = percent(step) else { return };
        if number > 0 {
            *step = DmarcStep::DropPercent { part };
        } else {
            *step = DmarcStep::TestForPercent { part };
            self.put("t", "y");
        }
    }

    /// Of several records the mildest reading, also of what one of them leaves to its default; tells where they differ.
    pub(super) fn soften(&mut self, records: &[Self], steps: &mut Vec<DmarcStep>) {
        for tag in ["adkim", "aspf"] {
            if records.iter().any(|record| record.get(tag) != Some("s")) && self.get(tag) == Some("s") {
                self.put(tag, "r");
                once(steps, tag, "r", ["s".to_owned(), "r".to_owned()]);
            }
        }
        for tag in ["p", "sp", "np"] {
            let below = |record: &Self| record.below(tag);
            let Some(mildest) = records.iter().map(below).min() else { continue };
            if self.below(tag) != mildest {
                let written = [self.below(tag), mildest].map(|policy| word(policy).to_owned());
                self.set(tag, mildest);
                once(steps, tag, word(mildest), written);
            }
        }
    }

    /// What the record asks for by that tag, or by the one that stands in for it: `sp` for `np`, `p` for `sp` (RFC 9989 section 4.7).
    pub(super) fn below(&self, tag: &str) -> Policy {
        let order = ["np", "sp", "p"];
        let order = order.iter().skip_while(|first| **first != tag);
        order.into_iter().find_map(|tag| self.get(tag).and_then(policy)).unwrap_or(Policy::None)
    }

    /// Takes out what is asked for names below the domain, where that is anything, and says so.
    pub(super) fn wait_below(&mut self) -> Vec<DmarcStep> {
        let is_demand = |(name, value): &&(String, String)| {
            matches!(name.as_str(), "sp" | "np") && policy(value) > Some(Policy::None)
        };
        let demands = self.tags.iter().filter(is_demand);
        let steps = demands.map(|(name, value)| DmarcStep::WaitBelow { part: format!("{name}={value}") }).collect();
        self.tags.retain(|tag| !is_demand(&tag));
        steps
    }

    /// What is asked for names below the domain, where it is less than for the domain itself.
    pub(super) fn stays_below(&self) -> Vec<DmarcStep> {
        let stays = ["sp", "np"].into_iter().filter_map(|tag| {
            let policy = self.get(tag).and_then(policy).filter(|below| *below < self.policy())?;
            Some(DmarcStep::StaysBelow { tag, policy })
        });
        stays.collect()
    }

    fn get(&self, tag: &str) -> Option<&str> {
        self.tags.iter().find(|(name, _)| name == tag).map(|(_, value)| value.as_str())
    }

    fn put(&mut self, tag: &str, value: &str) {
        match self.tags.iter_mut().find(|(name, _)| name == tag) {
            Some((_, old)) => value.clone_into(old),
            None if tag == "p" => self.tags.insert(0, (tag.to_owned(), value.to_owned())),
            None => self.tags.push((tag.to_owned(), value.to_owned())),
        }
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
        let Some(mended) = mended(&name, value) else {
            if name == "p" {
                *broken_policy = Some(part.to_owned());
            } else {
                steps.push(drop());
            }
            return;
        };
        if let Some(kept) = self.get(&name).map(str::to_owned) {
            if matches!(name.as_str(), "rua" | "ruf") {
                // Of two lists of addresses both count.
                let more: Vec<&str> = mended.split(',').filter(|uri| !kept.split(',').any(|old| old == *uri)).collect();
                let both = [&[kept.as_str()], more.as_slice()].concat().join(",");
                self.put(&name, &both);
                return steps.push(DmarcStep::Mend { before: part.to_owned(), after: format!("{name}={both}") });
            }
            let mildest = milder(&name, &kept, &mended).to_owned();
            self.put(&name, &mildest);
            return once(steps, &name, &mildest, [kept, mended]);
        }
        if written != name || value != mended {
            steps.push(DmarcStep::Mend { before: part.to_owned(), after: format!("{name}={mended}") });
        }
        self.tags.push((name, mended));
    }

    /// The policy of the record.
    pub(super) fn policy(&self) -> Policy {
        self.get("p").and_then(policy).unwrap_or(Policy::None)
    }

    /// Sets `p`, which stands first.
    pub(super) fn demand(&mut self, policy: Policy) {
        self.set("p", policy);
    }

    pub(super) fn set(&mut self, tag: &str, policy: Policy) {
        self.put(tag, word(policy));
    }

    pub(super) fn remove(&mut self, tag: &str) {
        self.tags.retain(|(name, _)| name != tag);
    }

    pub(super) fn asks_no_reports(&self) -> bool {
        self.reports.is_none() && self.get("rua").is_none()
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

/// The tags of a part in which a comma stands for the semicolon.
fn apart(part: &str) -> Vec<&str> {
    let is_tag = |text: &str| {
        let name = text.split_once('=').map_or("", |(name, _)| name.trim());
        KNOWN.iter().chain(REMOVED).any(|known| name.eq_ignore_ascii_case(known))
    };
    let mut tags = Vec::new();
    let mut start = 0;
    for (at, _) in part.match_indices(',') {
        if part.get(at + 1..).is_some_and(is_tag) {
            tags.extend(part.get(start..at).map(str::trim));
            start = at + 1;
        }
    }
    tags.extend(part.get(start..).map(str::trim));
    tags
}

/// Of two values of one tag the one that refuses less; where neither does, the first.
fn milder<'a>(tag: &str, one: &'a str, other: &'a str) -> &'a str {
    let is_other_milder = match tag {
        "p" | "sp" | "np" => policy(other) < policy(one),
        "adkim" | "aspf" => other.eq_ignore_ascii_case("r"),
        "t" => other.eq_ignore_ascii_case("y"),
        _ => false,
    };
    if is_other_milder { other } else { one }
}

/// Tells that of several values of a tag one is kept, and which they are, each once.
fn once(steps: &mut Vec<DmarcStep>, tag: &str, kept: &str, values: [String; 2]) {
    let is_it = |step: &&mut DmarcStep| matches!(step, DmarcStep::Once { tag: told, .. } if told == tag);
    if let Some(DmarcStep::Once { kept: told, written, .. }) = steps.iter_mut().find(is_it) {
        kept.clone_into(told);
        for value in values {
            if !written.iter().any(|other| other.eq_ignore_ascii_case(&value)) {
                written.push(value);
            }
        }
    } else {
        let [first, second] = values;
        let written = if first.eq_ignore_ascii_case(&second) { vec![first] } else { vec![first, second] };
        steps.push(DmarcStep::Once { tag: tag.to_owned(), kept: kept.to_owned(), written });
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
            ("v=DMARC1; p=quarantine; p=reject", "v=DMARC1; p=quarantine"),
            ("v=DMARC1; p=please; p=reject", "v=DMARC1; p=none"),
            ("v=DMARC1; p=reject; adkim=s; adkim=r", "v=DMARC1; p=reject; adkim=r"),
            ("v=DMARC1; p=reject; t=n; t=y", "v=DMARC1; p=reject; t=y"),
            ("v=DMARC1; p=reject; pct=0", "v=DMARC1; p=reject; t=y"),
            ("v=DMARC1; p=reject; pct=25", "v=DMARC1; p=reject"),
        ] {
            let (written, steps) = mended(text);
            assert_eq!(written, expected, "{text}");
            assert!(steps > 0, "{text}");
        }
    }

    fn told(text: &str) -> Vec<DmarcStep> {
        Draft::default().read(text)
    }

    #[test]
    fn values_that_differ_are_all_named() {
        let once = |kept: &str, written: &[&str]| DmarcStep::Once {
            tag: "p".to_owned(),
            kept: kept.to_owned(),
            written: written.iter().map(|&value| value.to_owned()).collect(),
        };
        assert_eq!(told("v=DMARC1; p=reject; p=reject"), [once("reject", &["reject"])]);
        assert_eq!(told("v=DMARC1; p=quarantine; p=reject"), [once("quarantine", &["quarantine", "reject"])]);
        assert_eq!(told("v=DMARC1; p=reject; p=please"), [once("none", &["reject", "please"])]);
        assert_eq!(told("v=DMARC1; p=reject; p=none; p=quarantine"), [once("none", &["reject", "none", "quarantine"])]);
    }

    #[test]
    fn a_percentage_is_no_tag_without_meaning_to_everybody() {
        let part = |text: &str| text.to_owned();
        assert_eq!(told("v=DMARC1; p=reject; pct=25"), [DmarcStep::DropPercent { part: part("pct=25") }]);
        assert_eq!(told("v=DMARC1; pct=0; p=quarantine"), [DmarcStep::TestForPercent { part: part("pct=0") }]);
        for idle in ["v=DMARC1; p=reject; pct=100", "v=DMARC1; p=none; pct=5", "v=DMARC1; p=reject; pct=x"] {
            assert!(matches!(told(idle).as_slice(), [DmarcStep::Drop { .. }]), "{idle}");
        }
    }

    #[test]
    fn of_several_records_the_mildest_reading_is_taken() {
        let merged = |texts: &[&str]| {
            let (mut draft, mut steps) = (Draft::default(), Vec::new());
            let mut records = Vec::new();
            for text in texts {
                steps.extend(draft.read(text));
                let mut record = Draft::default();
                record.read(text);
                records.push(record);
            }
            draft.soften(&records, &mut steps);
            let text = |content| match content {
                Content::Text(text) => text,
                Content::Placeholder(_) => "?".to_owned(),
            };
            draft.parts().into_iter().flatten().map(text).collect::<Vec<_>>().join("; ")
        };
        for (texts, expected) in [
            (["v=DMARC1; p=reject; adkim=s", "v=DMARC1; p=reject"], "v=DMARC1; p=reject; adkim=r"),
            (["v=DMARC1; p=reject; sp=reject", "v=DMARC1; p=none"], "v=DMARC1; p=none; sp=none"),
            (["v=DMARC1; p=reject", "v=DMARC1; p=reject; sp=none"], "v=DMARC1; p=reject; sp=none"),
            (["v=DMARC1; p=none; np=reject", "v=DMARC1; p=none"], "v=DMARC1; p=none; np=none"),
            (["v=DMARC1; p=reject; np=reject", "v=DMARC1; p=reject"], "v=DMARC1; p=reject; np=reject"),
        ] {
            assert_eq!(merged(&texts), expected, "{texts:?}");
        }
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!((slips("rejct", "reject"), slips("none", "reject"), slips("", "none")), (1, 5, 4));
    }
}
