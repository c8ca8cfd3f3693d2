//! The two letters: one for the customer, one for whoever runs the domain. Both say what was proved and nothing more.

use std::fmt::Write as _;

use crate::check::{Finding, Severity, Verdict};
use crate::facts::Facts;
use crate::fix::Fix;

use super::{Words, fix, hidden};

/// What a letter is written from.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    pub facts: &'a Facts,
    pub findings: &'a [Finding],
    pub verdict: &'a Verdict,
    pub fixes: &'a [Fix],
    /// Records were tried that are not in DNS.
    pub what_if: bool,
}

impl Matter<'_> {
    /// A finding weighs more than a note.
    pub(super) fn has_warning(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity > Severity::Note)
    }

    /// Subject and date, as far as the message has them, each in the form that the language gives it.
    pub(super) fn named(&self) -> (Option<String>, Option<String>) {
        let identity = &self.facts.identity;
        let subject = identity.subject.as_deref().map(|subject| hidden::mark(&super::quoted(subject)));
        let date = identity.date.as_ref().map(|stamp| stamp.rfc3339().chars().take(DATE).collect());
        (subject.filter(|subject| !subject.is_empty()), date)
    }
}

/// The characters of an RFC 3339 time that are its date.
const DATE: usize = 10;

/// For the customer.
#[must_use]
pub fn customer(matter: &Matter<'_>, words: &dyn Words) -> String {
    marked(matter, words, words.customer(matter))
}

/// For whoever runs the domain: what was found, and what to change.
#[must_use]
pub fn administrator(matter: &Matter<'_>, words: &dyn Words) -> String {
    let panels = words.panels();
    let mut text = hidden::mark(&words.headline(matter.verdict)) + "\n\n";
    let spf = matter.facts.spf.mail_from.as_ref();
    let result = spf.map_or(panels.not_evaluated, |check| words.spf_result(check.result));
    let domain = spf.map_or_else(String::new, |check| format!(" ({}, {})", check.domain, check.ip));
    let _ = writeln!(text, "- SPF: {result}{}", hidden::mark(&domain));
    for signature in &matter.facts.dkim {
        let named =
            signature.named().map_or_else(String::new, |(domain, selector)| format!(" (d={domain}, s={selector})"));
        let _ = writeln!(text, "- DKIM: {}{}", words.dkim_result(signature.result), hidden::mark(&named));
    }
    let _ = writeln!(text, "- DMARC: {}", words.dmarc_result(matter.facts.dmarc.result));
    let told: Vec<&Finding> = matter.findings.iter().filter(|finding| finding.severity > Severity::Note).collect();
    if !told.is_empty() {
        let _ = writeln!(text, "\n{}:", panels.findings);
    }
    for finding in told {
        let _ = writeln!(text, "- {}", hidden::mark(&words.explain(&finding.problem).title));
    }
    for fix in matter.fixes {
        let said = words.fix(fix);
        let _ = writeln!(text, "\n{}", hidden::mark(&said.title));
        for change in fix.offer() {
            let _ = writeln!(text, "{} {}", hidden::mark(&fix::written(&change.name, words)), change.place.word());
            for current in change.current.records() {
                let _ = writeln!(text, "  {}: {}", panels.fix_current, hidden::mark(&fix::written(current, words)));
            }
            let _ = writeln!(text, "  {}: {}", panels.fix_new, hidden::mark(&fix::written(&change.new, words)));
        }
        for sentence in said.steps.iter().chain(&said.conditions) {
            let _ = writeln!(text, "  - {}", hidden::mark(sentence));
        }
        let _ = writeln!(text, "  {}", fix::outcome(fix, words));
    }
    marked(matter, words, text.trim_end().to_owned())
}

/// What rests on records that are not in DNS says so.
fn marked(matter: &Matter<'_>, words: &dyn Words, text: String) -> String {
    if matter.what_if { format!("{}\n\n{text}", words.panels().what_if_on) } else { text }
}
