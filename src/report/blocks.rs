//! The parts of the report, one function each.

use std::collections::HashSet;
use std::sync::Arc;

use super::{
    Block, Item, Origin, Passage, Report, Section, Summary, aggregate, bounce, claims, network, notes, rules, second,
};
use crate::analyze::Analysis;
use crate::bounce::Notice;
use crate::check::{self, Actor, Chapter, Evidence, Finding, Source};
use crate::dns::Entry;
use crate::message::address::Mailbox;
use crate::message::date::Stamp;
use crate::message::{Message, Repair, Span, hidden};
use crate::text::glossary::{Term, terms_in};
use crate::text::{self, Explanation, Lang, Panels, Words};

mod arc;
mod dkim;
mod dmarc;
mod fix;
mod path;
pub(super) mod spf;

pub(super) struct Writer<'a> {
    analysis: &'a Analysis,
    words: &'static dyn Words,
    panels: &'static Panels,
}

impl<'a> Writer<'a> {
    pub(super) fn new(analysis: &'a Analysis, lang: Lang) -> Self {
        let words = lang.words();
        Self { analysis, words, panels: words.panels() }
    }

    pub(super) fn report(&self) -> Report {
        let headline = &self.analysis.headline;
        let mut report = Report {
            lang: self.words.lang(),
            what_if: self.analysis.is_what_if().then(|| self.panels.what_if_on.to_owned()),
            headline: Summary {
                tone: headline.tone(),
                sentence: hidden::mark(&self.words.headline(&headline.verdict)),
                accepted: headline.accepted.as_ref().map(|accepted| hidden::mark(&self.words.accepted(accepted))),
                next_step: hidden::mark(&text::next_step(headline, &self.analysis.findings, self.words)),
                actor: (headline.actor != Actor::Nobody).then(|| self.words.actor(headline.actor).to_owned()),
            },
            findings: self.analysis.findings.iter().map(|finding| self.item(finding)).collect(),
            narrative: check::narrate(&self.analysis.facts, headline).iter().map(|step| self.passage(step)).collect(),
            sections: self.sections(),
            terms: Vec::new(),
            made_by: self.made_by(),
        };
        report.terms = self.terms(&report);
        report
    }

    fn made_by(&self) -> String {
        let program = format!("{} {}", self.panels.program, env!("CARGO_PKG_VERSION"));
        if self.analysis.is_masked { format!("{program} · {}", self.panels.masked) } else { program }
    }

    fn sections(&self) -> Vec<Section> {
        let aggregate = aggregate::section(self.analysis, self.words);
        // Nothing else is said of what is no message.
        if self.analysis.facts.is_report_alone() {
            return fix::section(self.analysis, self.words).into_iter().chain(aggregate).collect();
        }
        [
            fix::tried(self.analysis, self.words),
            fix::section(self.analysis, self.words),
            Some(self.message()),
            bounce::section(self.analysis, self.words),
            aggregate,
            Some(self.path()),
            Some(spf::section(&self.analysis.facts.spf, self.words)),
            Some(self.dkim()),
            self.dkim2(),
            self.domainkeys(),
            self.arc(),
            Some(self.dmarc()),
            claims::section(self.analysis, self.words),
            notes::section(self.analysis, self.words),
            network::section(self.analysis, self.words),
            Some(rules::section(self.analysis, self.words)),
            Some(dns(&self.analysis.questions, self.words)),
            Some(second::section(&self.analysis.facts.second, self.words)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The terms in headline, findings and what happened.
    fn terms(&self, report: &Report) -> Vec<Term> {
        let findings = report.findings.iter().flat_map(|item| [&item.title, &item.meaning, &item.remedy]);
        let sentences = [&report.headline.sentence, &report.headline.next_step].into_iter().chain(findings);
        let sentences = sentences.chain(report.narrative.iter().map(|passage| &passage.sentence));
        let used: HashSet<Term> =
            sentences.flat_map(|sentence| terms_in(sentence, self.words)).map(|(_, term)| term).collect();
        Term::ALL.into_iter().filter(|term| used.contains(term)).collect()
    }

    fn passage(&self, chapter: &Chapter<'_>) -> Passage {
        Passage {
            sentence: hidden::mark(&self.words.event(&chapter.event)),
            evidence: chapter.evidence.iter().map(|place| self.place(place)).collect(),
        }
    }

    fn item(&self, finding: &Finding) -> Item {
        let evidence = std::iter::once(&finding.evidence).chain(&finding.more);
        let Explanation { title, meaning, remedy } = self.words.explain(&finding.problem);
        Item {
            severity: finding.severity,
            mark: self.words.mark(finding.severity, finding.confidence),
            title: hidden::mark(&title),
            code: finding.problem.code(),
            actor: self.words.actor(finding.actor).to_owned(),
            meaning: hidden::mark(&meaning),
            remedy: hidden::mark(&remedy),
            sources: check::sources(&finding.problem).iter().map(|source| self.source(*source)).collect(),
            evidence: evidence.map(|place| self.place(place)).collect(),
        }
    }

    /// Where a rule stands.
    fn source(&self, source: Source) -> Origin {
        Origin { name: self.words.source(source), url: source.url() }
    }

    /// Where a finding can be seen: a field with its bytes, a step, or a question.
    fn place(&self, evidence: &Evidence) -> String {
        match evidence {
            Evidence::Bytes(span) => {
                let field = field_at(&self.analysis.message, *span).unwrap_or_default();
                format!("{field} [{}–{}]", span.start, span.end).trim_start().to_owned()
            }
            Evidence::Step(id) => id.0.clone(),
            Evidence::Question(id) => {
                let entry = self.analysis.questions.iter().find(|entry| entry.id == *id);
                let asked = entry.map_or_else(String::new, |entry| {
                    format!(" {} {}", hidden::mark(&entry.question.name), entry.question.kind.word())
                });
                format!("DNS {}{asked}", id.0)
            }
        }
    }

    fn message(&self) -> Section {
        let (facts, panels) = (&self.analysis.facts, self.panels);
        let identity = &facts.identity;
        let sender = facts.session.mail_from.as_ref().map(|sender| {
            let address = if sender.value.is_empty() { "<>" } else { &sender.value };
            format!("{address} ({})", self.words.session_source(sender.from))
        });
        let moment = format!("{:.0} ({})", facts.judged_at.moment, self.words.moment_source(facts.judged_at.from));
        let mut pairs = vec![
            self.pair(panels.from, mailboxes(&identity.from)),
            self.pair(panels.subject, identity.subject.clone()),
            self.pair(panels.date, identity.date.map(Stamp::rfc3339)),
            self.pair(panels.envelope_from, sender),
            self.pair(panels.kind_of_mail, Some(self.kind_of_mail())),
            self.pair(panels.judged_at, Some(moment)),
        ];
        pairs.splice(5..5, self.sent_by());
        if let Some(answers) = mailboxes(&identity.reply_to) {
            pairs.insert(1, ("Reply-To".to_owned(), hidden::mark(&answers)));
        }
        if let Some(sender) = mailboxes(&identity.sender) {
            pairs.insert(1, ("Sender".to_owned(), hidden::mark(&sender)));
        }
        if facts.input.headers_only {
            pairs.push((panels.input.to_owned(), panels.headers_only.to_owned()));
        }
        let repairs = facts.input.repairs.iter();
        let repairs = repairs.map(|repair| {
            let span = repair.span;
            let before = self.before(repair).map_or_else(String::new, |text| format!(": {text}"));
            Block::Note(format!("{} [{}–{}]{before}", self.words.repair(repair.code), span.start, span.end))
        });
        let blocks = std::iter::once(Block::Pairs(pairs)).chain(repairs).collect();
        Section { title: panels.identity.to_owned(), blocks }
    }

    /// A notice by its own name, with its own word; other mail by its stream.
    fn kind_of_mail(&self) -> String {
        let facts = &self.analysis.facts;
        match &facts.notice {
            Some(Notice { kind, word: Some(word), .. }) => format!("{} ({word})", self.words.notice(*kind)),
            Some(notice) => self.words.notice(notice.kind).to_owned(),
            None => self.words.stream(facts.stream.kind).to_owned(),
        }
    }

    /// Who sent it, what shows it, and what is only claimed beside it.
    fn sent_by(&self) -> Vec<(String, String)> {
        let (facts, panels) = (&self.analysis.facts, self.panels);
        let sender = &facts.sender;
        let sentence = self.words.sent_by(sender, facts.dmarc.author_domain.as_deref());
        let mut pairs = vec![self.pair(panels.sent_by, Some(sentence))];
        for reason in sender.reasons() {
            pairs.push(self.pair(panels.shown_by, Some(self.words.sender_reason(reason))));
        }
        if !sender.claims.is_empty() && !sender.is_only_claimed() {
            pairs.push(self.pair(panels.only_claimed, Some(self.words.claimed_services(&sender.claims))));
        }
        pairs
    }

    /// The text that a repair was made of, in one line.
    fn before(&self, repair: &Repair) -> Option<String> {
        const MAX: usize = 120;
        let bytes = self.analysis.message.pasted.as_ref()?.slice(repair.original?);
        let text = String::from_utf8_lossy(bytes);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = line.chars().take(MAX).collect();
        let more = if cut.len() < line.len() { " …" } else { "" };
        Some(hidden::mark(&format!("{cut}{more}")))
    }

    /// A name and a stranger's value, made safe to print; or that it is absent.
    fn pair(&self, name: &str, value: Option<String>) -> (String, String) {
        let value = value.map_or_else(|| self.panels.absent.to_owned(), |value| hidden::mark(&value));
        (name.to_owned(), value)
    }
}

/// Every question with what came of it.
pub(super) fn dns(questions: &[Arc<Entry>], words: &dyn Words) -> Section {
    let panels = words.panels();
    let rows = questions.iter().map(|entry| {
        let status = match &entry.answer.records {
            Ok(records) => format!("{} ({})", panels.answered, records.len()),
            Err(failure) => words.dns_failure(*failure).to_owned(),
        };
        vec![entry.id.0.to_string(), hidden::mark(&entry.question.name), entry.question.kind.word().to_owned(), status]
    });
    let columns = ["#", panels.name, panels.record_type, panels.status].map(str::to_owned);
    let table = Block::Table { columns: columns.to_vec(), rows: rows.collect() };
    Section { title: "DNS".to_owned(), blocks: vec![table] }
}

/// Mailboxes as people write them; `None` where there are none.
fn mailboxes(mailboxes: &[Mailbox]) -> Option<String> {
    let written: Vec<String> = mailboxes
        .iter()
        .map(|mailbox| match &mailbox.name {
            Some(name) => format!("{name} <{}>", mailbox.address),
            None => mailbox.address.clone(),
        })
        .collect();
    (!written.is_empty()).then(|| written.join(", "))
}

/// The name of the field that a span lies in.
fn field_at(message: &Message, span: Span) -> Option<&str> {
    let field = message.fields.iter().find(|field| field.span.start <= span.start && span.end <= field.span.end)?;
    Some(&field.name)
}
