//! The letter to whoever can change something: what was found, what is asked for with every value, and what comes after.

use crate::auth::Alignment;
use crate::auth::dmarc::{IdentifierSource, Policy};
use crate::fix::{Change, Fix, Kind, Place};
use crate::message::date::Stamp;

use super::letter::{Addressee, Matter, Next};
use super::{Words, fix, hidden, stamp};

/// The fixed words of the letter, one value a language.
#[derive(Debug)]
pub struct AdministratorWords {
    pub found: &'static str,
    pub asked: &'static str,
    /// Above what is not urgent.
    pub also: &'static str,
    /// Nothing is asked for; nothing yet, because the check is not finished.
    pub nothing_asked: &'static str,
    pub nothing_yet: &'static str,
    pub after: &'static str,
    /// The first question, with the domain for `{}`, where nothing shows that the message is the addressee's.
    pub whose: &'static str,
    /// After a change to a record; after any other; after a look into logs.
    pub after_record: &'static str,
    pub after_change: &'static str,
    pub after_look: &'static str,
    pub closing: &'static str,
    pub name: &'static str,
    pub record_type: &'static str,
    pub field: &'static str,
    pub current: &'static str,
    pub new: &'static str,
    pub arrived: &'static str,
    pub no_signature: &'static str,
    pub aligned: &'static str,
    pub not_aligned: &'static str,
    /// Between a name and its value.
    pub colon: &'static str,
    /// Around what stands behind a result, and between its parts.
    pub brackets: [&'static str; 2],
    pub comma: &'static str,
}

/// The word of the record.
const fn policy_word(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "none",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    }
}

/// One thing that is asked for.
struct Item {
    first: String,
    lines: Vec<String>,
}

pub(super) fn write(matter: &Matter<'_>, words: &dyn Words) -> String {
    let letter = words.letter();
    let addressee = matter.addressee();
    let mut parts = vec![words.to_administrator(addressee), words.about(matter)];
    let found: Vec<String> = found(matter, words).iter().map(|line| format!("- {line}")).collect();
    parts.push(format!("{}\n{}", letter.found, found.join("\n")));
    let sentences = words.asked(matter);
    let has_words = !sentences.is_empty();
    let fixes = matter.fixes.iter().filter(|fix| is_for(matter, addressee, fix));
    let (urgent, lesser): (Vec<&Fix>, Vec<&Fix>) = fixes.partition(|fix| is_urgent(matter, fix));
    let remedies = if has_words { Vec::new() } else { remedies(matter, addressee, &urgent, words) };
    let whose = matter.perhaps_foreign().map(|domain| hidden::mark(&letter.whose.replace("{}", domain)));
    let sentences = whose.into_iter().chain(sentences).chain(remedies);
    let sentences = sentences.map(|first| Item { first, lines: Vec::new() });
    let asked: Vec<Item> = sentences.chain(urgent.iter().map(|fix| item(fix, words))).collect();
    let also: Vec<Item> = lesser.iter().map(|fix| item(fix, words)).collect();
    let mut number = 0;
    for (title, items) in [(letter.asked, &asked), (letter.also, &also)] {
        let written = items.iter().map(|item| {
            number += 1;
            item.written(number)
        });
        let written: Vec<String> = written.collect();
        if !written.is_empty() {
            parts.push(format!("{title}\n{}", written.join("\n")));
        }
    }
    if asked.is_empty() && also.is_empty() {
        let is_open = matches!(matter.plan().1, Next::CheckAgain | Next::CheckWhole);
        parts.push(if is_open { letter.nothing_yet } else { letter.nothing_asked }.to_owned());
    } else {
        let mut changes = urgent.iter().chain(&lesser).flat_map(|fix| fix.offer());
        let is_record = changes.any(|change| change.place != Place::Header);
        let after = match addressee {
            _ if is_record => letter.after_record,
            _ if matter.is_report() && matter.refused_domain().is_none() => letter.after_look,
            Addressee::Receiver | Addressee::Nobody => letter.after_look,
            Addressee::Owner(_) | Addressee::Service | Addressee::PassedOn | Addressee::OnTheWay => letter.after_change,
        };
        parts.push(format!("{}\n{after}", letter.after));
    }
    parts.push(letter.closing.to_owned());
    parts.join("\n\n")
}

/// Changes that whoever gets the letter can make; of those that are not offered, the ones that say what to do instead.
fn is_for(matter: &Matter<'_>, addressee: Addressee<'_>, fix: &Fix) -> bool {
    let has_words = fix.is_offered() || matches!(fix.kind, Kind::SpfLimit { .. });
    // The changes would mend the domain that sent the report, and not the one it is about.
    has_words && !matter.is_report() && matter.addressee_of(fix.actor) == addressee
}

/// What mends the findings that weigh more than a note and that no change answers, where the result itself asks for nothing.
fn remedies(matter: &Matter<'_>, addressee: Addressee<'_>, changes: &[&Fix], words: &dyn Words) -> Vec<String> {
    let is_open = matches!(matter.plan().1, Next::CheckAgain | Next::CheckWhole);
    let mut remedies: Vec<String> = Vec::new();
    for finding in matter.weighing() {
        let is_answered = changes.iter().any(|fix| fix.is_for(finding));
        if is_open || matter.is_report() || is_answered || matter.addressee_of(finding.actor) != addressee {
            continue;
        }
        let remedy = hidden::mark(&words.explain(&finding.problem).remedy);
        if !remedies.contains(&remedy) {
            remedies.push(remedy);
        }
    }
    remedies
}

/// It answers a finding that weighs more than a note.
fn is_urgent(matter: &Matter<'_>, fix: &Fix) -> bool {
    matter.weighing().any(|finding| fix.is_for(finding))
}

impl Item {
    fn written(&self, number: usize) -> String {
        let lines = self.lines.iter().map(|line| format!("   {line}"));
        std::iter::once(format!("{number}. {}", self.first)).chain(lines).collect::<Vec<_>>().join("\n")
    }
}

fn item(fix: &Fix, words: &dyn Words) -> Item {
    let said = words.fix(fix);
    let mut lines = Vec::new();
    let several = fix.offer().len() > 1;
    for (index, change) in fix.offer().iter().enumerate() {
        let values = values(change, words);
        let mark = |place: usize| match (several, place) {
            (false, _) => String::new(),
            (true, 0) => format!("({}) ", index + 1),
            (true, _) => "    ".to_owned(),
        };
        lines.extend(values.into_iter().enumerate().map(|(place, value)| format!("{}{value}", mark(place))));
    }
    lines.extend(said.steps.iter().chain(&said.conditions).map(|sentence| format!("- {}", hidden::mark(sentence))));
    if fix.is_offered() {
        lines.push(format!("- {}", fix::outcome(fix, words)));
    }
    Item { first: hidden::mark(&said.title), lines }
}

/// Name, type, and the value as it is and as it shall be.
fn values(change: &Change, words: &dyn Words) -> Vec<String> {
    let letter = words.letter();
    let pair = |name: &str, value: &str| format!("{name}{}{}", letter.colon, hidden::mark(value));
    let name = fix::written(&change.name, words);
    let mut lines = match change.place {
        Place::Header => vec![pair(letter.field, &name)],
        place => vec![pair(letter.name, &name), pair(letter.record_type, place.word())],
    };
    let current = fix::current(change, words);
    lines.extend(current.iter().map(|(name, value)| {
        let name = if *name == words.panels().fix_current { letter.current } else { name };
        pair(name, value)
    }));
    lines.extend(fix::after(change, words).iter().map(|value| pair(letter.new, value)));
    lines
}

/// What was found, line by line: which message, what was proved, and the findings that weigh more than a note.
fn found(matter: &Matter<'_>, words: &dyn Words) -> Vec<String> {
    let (letter, facts) = (words.letter(), matter.facts);
    let pair = |name: &str, value: &str| format!("{name}{}{}", letter.colon, hidden::mark(value));
    let mut lines: Vec<String> = facts.identity.message_id.iter().map(|id| pair("Message-ID", id)).collect();
    if let Some(hop) = facts.path.boundary_hop() {
        let parts = [
            hop.date.map(|date| {
                // In the zone of the message's own date, which the letter names.
                let zone = facts.identity.date.map_or(date.value.zone, |own| own.zone);
                stamp(Stamp { zone, ..date.value })
            }),
            hop.from.ip.map(|ip| ip.value.to_string()),
            hop.by.as_ref().map(|by| format!("→ {}", by.value)),
        ];
        lines.push(pair(letter.arrived, &parts.into_iter().flatten().collect::<Vec<_>>().join(" ")));
    }
    // Of a delivery report, what it says counts, and not how it came.
    if !matter.is_report() {
        lines.extend(results(matter, words));
    }
    lines.extend(matter.accepted().map(|accepted| hidden::mark(&words.accepted(accepted))));
    lines.extend(matter.weighing().map(|finding| hidden::mark(&words.explain(&finding.problem).title)));
    lines
}

/// What SPF, DKIM and DMARC came to, line by line.
fn results(matter: &Matter<'_>, words: &dyn Words) -> Vec<String> {
    let (letter, panels, facts) = (words.letter(), words.panels(), matter.facts);
    let line = |name: &str, result: &str, details: Vec<String>| {
        let [open, close] = letter.brackets;
        let details = if details.is_empty() {
            String::new()
        } else {
            format!("{open}{}{close}", hidden::mark(&details.join(letter.comma)))
        };
        format!("{name}{}{result}{details}", letter.colon)
    };
    let alignment = |source: IdentifierSource| {
        let of_it = facts.dmarc.identifiers.iter().find(|identifier| identifier.source == source);
        let is_aligned = of_it.and_then(|identifier| identifier.alignment)? != Alignment::No;
        Some(if is_aligned { letter.aligned } else { letter.not_aligned }.to_owned())
    };
    let mut lines = Vec::new();
    match &facts.spf.mail_from {
        Some(check) => {
            let named = [check.domain.clone(), check.ip.to_string()];
            let details = named.into_iter().chain(alignment(IdentifierSource::Spf)).collect();
            lines.push(line("SPF", words.spf_result(check.result), details));
        }
        None => lines.push(line("SPF", panels.not_evaluated, Vec::new())),
    }
    for (index, signature) in facts.dkim.iter().enumerate() {
        let named = signature.named().map(|(domain, selector)| [format!("d={domain}"), format!("s={selector}")]);
        let details = named.into_iter().flatten().chain(alignment(IdentifierSource::Dkim(index))).collect();
        lines.push(line("DKIM", words.dkim_result(signature.result), details));
    }
    if facts.dkim.is_empty() {
        lines.push(line("DKIM", letter.no_signature, Vec::new()));
    }
    let dmarc = &facts.dmarc;
    let policy = dmarc.policy.map(|policy| format!("p={}", policy_word(policy)));
    let details = dmarc.author_domain.iter().cloned().chain(policy).collect();
    lines.push(line("DMARC", words.dmarc_result(dmarc.result), details));
    lines
}
