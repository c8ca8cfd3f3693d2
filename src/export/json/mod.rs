//! The JSON report, schema 1: the Analysis itself, with nothing left out that a number rests on.

mod aggregate;
mod arc;
mod auth;
mod bounce;
mod claimed;
mod dkim;
mod dmarc;
mod drafts;
mod facts;
mod fix;
mod layout;
mod network;
mod notes;
mod providers;
mod second;
mod sender;
mod spf;

use std::fmt::Write;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::analyze::Analysis;
use crate::auth::spf::Check;
use crate::check::{self, Chapter, Evidence, Finding, Source};
use crate::dns::{Answer, Data, Entry, Provenance};
use crate::message::hidden;
use crate::text::{self, Explanation, Lang};

/// The version of the schema; it changes when a name changes its meaning or goes.
const SCHEMA: u32 = 1;

/// Writes the report. The language matters for the sentences of headline and findings alone.
pub(super) fn write(analysis: &Analysis, lang: Lang) -> String {
    escaped(&layout::write(&report(analysis, lang))) + "\n"
}

/// Writes one SPF evaluation: a check of the report, with the questions that its steps name beside it.
pub(super) fn spf_check(check: &Check, questions: &[Arc<Entry>]) -> String {
    let mut value = spf::check(check);
    value["dns"] = questions.iter().map(|entry| question(entry)).collect();
    escaped(&layout::write(&value)) + "\n"
}

/// Writes characters that are not seen, or that a terminal obeys, as `\uXXXX`. Beyond ASCII they stand in strings alone.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() || !hidden::is_hidden(character, None) {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

fn report(analysis: &Analysis, lang: Lang) -> Value {
    let facts = &analysis.facts;
    json!({
        "schema": SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "judged_at": facts.judged_at.moment.to_string(),
        "judged_at_source": word(&facts.judged_at.from),
        "input": facts::input(facts),
        "headline": headline(analysis, lang),
        "narrative": narrative(analysis, lang),
        "message": facts::message(facts),
        "notice": facts.notice.as_ref().map(bounce::notice),
        "aggregate_report": facts.aggregate.as_ref().map(aggregate::aggregate),
        "bounce": facts.bounce.as_ref().map(bounce::bounce),
        "path": facts::path(facts),
        "session": facts::session(facts),
        "spf": spf::spf(&facts.spf),
        "dkim": dkim::dkim(facts),
        "dkim2": drafts::dkim2(&facts.dkim2),
        "domainkeys": drafts::domainkeys(&facts.domainkeys),
        "arc": arc::arc(&facts.arc, &facts.claims),
        "dmarc": dmarc::dmarc(&facts.dmarc),
        "iprev": facts.iprev.as_ref().map(auth::iprev),
        "claimed": facts.claims.iter().map(claimed::claim).collect::<Vec<_>>(),
        "comparison": claimed::comparison(facts),
        "notes": facts.notes.list.iter().map(notes::note).collect::<Vec<_>>(),
        "notes_left_out": facts.notes.left_out,
        "network_checks": network::network(&facts.network),
        "sender": sender::sender(&facts.sender),
        "bulk": analysis.options.bulk.name(),
        "providers": providers::providers(analysis, lang),
        "findings": analysis.findings.iter().map(|item| finding(item, lang)).collect::<Vec<_>>(),
        "fixes": fix::fixes(analysis, lang),
        "letters": fix::letters(analysis, lang),
        "what_if": analysis.what_if().map(|entry| entry.id).map(|id| word(&id)).collect::<Vec<_>>(),
        "dns_origin": dns_origin(&analysis.provenance),
        "dns": analysis.questions.iter().map(|entry| question(entry)).collect::<Vec<_>>(),
        "second_engine": second::second(&facts.second),
    })
}

/// Who answered the questions, and when; the same for an analysis and its replay.
fn dns_origin(provenance: &Provenance) -> Value {
    match provenance {
        Provenance::Dns { at, through } => json!({"kind": "dns", "at": at.to_string(), "through": text(Some(through))}),
        Provenance::File => json!({"kind": "file"}),
    }
}

fn headline(analysis: &Analysis, lang: Lang) -> Value {
    let headline = &analysis.headline;
    let words = lang.words();
    json!({
        "code": headline.verdict.code(),
        "actor": word(&headline.actor),
        "text": words.headline(&headline.verdict),
        "accepted": headline.accepted.as_ref().map(|accepted| json!({
            "record": accepted.record,
            "span": word(&accepted.span),
            "text": words.accepted(accepted),
        })),
        "next_step": text::next_step(headline, &analysis.findings, words),
        "first": headline.first,
        "values": word(&headline.verdict),
        "evidence": headline.evidence.iter().map(place).collect::<Vec<_>>(),
    })
}

/// What happened, step by step.
fn narrative(analysis: &Analysis, lang: Lang) -> Value {
    let words = lang.words();
    let step = |chapter: &Chapter<'_>| {
        json!({
            "code": chapter.event.code(),
            "text": words.event(&chapter.event),
            "evidence": chapter.evidence.iter().map(place).collect::<Vec<_>>(),
        })
    };
    check::narrate(&analysis.facts, &analysis.headline).iter().map(step).collect()
}

fn finding(finding: &Finding, lang: Lang) -> Value {
    let Explanation { title, meaning, remedy } = lang.words().explain(&finding.problem);
    let sources = check::sources(&finding.problem);
    let evidence = std::iter::once(&finding.evidence).chain(&finding.more);
    json!({
        "code": finding.problem.code(),
        "severity": word(&finding.severity),
        "confidence": word(&finding.confidence),
        "actor": word(&finding.actor),
        "title": title,
        "meaning": meaning,
        "remedy": remedy,
        "source": sources.iter().map(Source::to_string).collect::<Vec<_>>().join(", "),
        "sources": sources.iter().map(|source| origin(*source)).collect::<Vec<_>>(),
        "values": word(&finding.problem),
        "evidence": evidence.map(place).collect::<Vec<_>>(),
    })
}

/// Where a rule stands: its short name, its address, and for a page the day on which it was read.
fn origin(source: Source) -> Value {
    json!({"name": source.to_string(), "url": source.url(), "checked_on": source.checked_on()})
}

fn place(evidence: &Evidence) -> Value {
    match evidence {
        Evidence::Bytes(span) => json!({ "span": word(span) }),
        Evidence::Step(id) => json!({ "step": word(id) }),
        Evidence::Question(id) => json!({ "dns": word(id) }),
    }
}

fn question(entry: &Entry) -> Value {
    let (status, records) = told(&entry.answer);
    let published = entry.published.as_ref().map(|answer| {
        let (status, records) = told(answer);
        json!({ "status": status, "records": records })
    });
    json!({
        "id": word(&entry.id),
        "name": entry.question.name,
        "type": entry.question.kind.word(),
        "status": status,
        "source": word(&entry.source),
        "records": records,
        "ttl": entry.answer.ttl,
        "ms": entry.millis,
        "cname": entry.answer.cname,
        "published": published,
    })
}

/// What came back, and the records as text.
fn told(answer: &Answer) -> (&'static str, Vec<String>) {
    match &answer.records {
        Ok(records) => ("answer", records.iter().map(Data::to_string).collect()),
        Err(failure) => (failure.word(), Vec::new()),
    }
}

/// The word or number that a type serialises to.
fn word(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// An absent or empty text is null.
fn text(value: Option<&String>) -> Value {
    value.filter(|value| !value.is_empty()).map_or(Value::Null, |value| Value::String(value.clone()))
}
