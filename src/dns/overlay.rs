//! Answers before anybody is asked: a key that is no longer in DNS, a record that is not there yet.

use std::fmt;
use std::sync::Arc;

use super::{Answer, Failure, Ledger, Lookup, Origin, Question, Recorded, Snapshot, Source, Timed};

/// Takes what a file lists from there, and asks for the rest.
pub struct Overlay {
    file: Arc<Snapshot>,
    source: Source,
    rest: Arc<dyn Lookup>,
}

impl Overlay {
    /// Keys that are no longer in DNS.
    #[must_use]
    pub const fn keys(file: Arc<Snapshot>, rest: Arc<dyn Lookup>) -> Self {
        Self { file, source: Source::KeyFile, rest }
    }

    /// Records that are tried: each name and type that the file lists is answered by it alone.
    #[must_use]
    pub const fn what_if(file: Arc<Snapshot>, rest: Arc<dyn Lookup>) -> Self {
        Self { file, source: Source::WhatIf, rest }
    }
}

impl Overlay {
    /// An alias of the file leads to what the rest says of its target.
    fn followed(&self, question: &Question, timed: Timed) -> Timed {
        let Some(target) = timed.answer.cname.last() else { return timed };
        let target = Question::new(target, question.kind);
        if timed.answer.records != Err(Failure::NotInSnapshot) || self.file.lists(&target) {
            return timed;
        }
        let Some(rest) = self.rest.lookup(&[target]).pop() else { return timed };
        let cname = timed.answer.cname.into_iter().chain(rest.answer.cname).collect();
        Timed { answer: Answer { cname, authentic: false, ..rest.answer }, millis: rest.millis }
    }
}

impl fmt::Debug for Overlay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Overlay")
            .field("file", &self.file)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl Lookup for Overlay {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let listed = |question: &Question| {
            let answered = self.file.lists(question).then(|| self.file.lookup(std::slice::from_ref(question)).pop());
            answered.flatten().map(|timed| self.followed(question, timed))
        };
        merged(questions, listed, |open| self.rest.lookup(open))
    }

    fn origin(&self) -> Origin {
        self.rest.origin()
    }

    fn recorded(&self) -> Option<Recorded> {
        self.rest.recorded()
    }

    fn source(&self, question: &Question) -> Source {
        if self.file.lists(question) { self.source } else { self.rest.source(question) }
    }

    fn published(&self, question: &Question) -> Option<Answer> {
        match (self.source, self.file.lists(question)) {
            (Source::WhatIf, true) => self.rest.lookup(std::slice::from_ref(question)).pop().map(|timed| timed.answer),
            (_, true) => None,
            (_, false) => self.rest.published(question),
        }
    }

    fn keys(&self) -> Option<Arc<Snapshot>> {
        if self.source == Source::KeyFile { Some(Arc::clone(&self.file)) } else { self.rest.keys() }
    }

    fn what_if(&self) -> Option<Arc<Snapshot>> {
        if self.source == Source::WhatIf { Some(Arc::clone(&self.file)) } else { self.rest.what_if() }
    }
}

/// What a ledger says, with some answers changed. Whatever else is asked is asked, numbered and kept there.
#[derive(Debug)]
pub struct Trial<'a> {
    changes: Vec<(Question, Answer)>,
    ledger: &'a Ledger<'a>,
}

impl<'a> Trial<'a> {
    #[must_use]
    pub const fn new(changes: Vec<(Question, Answer)>, ledger: &'a Ledger<'a>) -> Self {
        Self { changes, ledger }
    }
}

impl Lookup for Trial<'_> {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let changed = |question: &Question| {
            let change = self.changes.iter().find(|(name, _)| name == question);
            change.map(|(_, answer)| Timed { answer: answer.clone(), millis: None })
        };
        let ask = |open: &[Question]| {
            let entries = self.ledger.ask_all(open);
            entries.iter().map(|entry| Timed { answer: entry.answer.clone(), millis: entry.millis }).collect()
        };
        merged(questions, changed, ask)
    }

    fn origin(&self) -> Origin {
        self.ledger.origin()
    }
}

/// The answers in the order of the questions: known ones, and the rest asked together. Cut where an answer is missing: the
/// ledger settles the rest as failed.
fn merged(
    questions: &[Question],
    known: impl Fn(&Question) -> Option<Timed>,
    ask: impl FnOnce(&[Question]) -> Vec<Timed>,
) -> Vec<Timed> {
    let answers: Vec<Option<Timed>> = questions.iter().map(known).collect();
    let open = questions.iter().zip(&answers).filter(|(_, answer)| answer.is_none());
    let open: Vec<Question> = open.map(|(question, _)| question.clone()).collect();
    let mut asked = if open.is_empty() { Vec::new() } else { ask(&open) }.into_iter();
    answers.into_iter().map_while(|answer| answer.or_else(|| asked.next())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Failure, Ledger, Offline, Provenance, RecordType};
    use super::*;

    #[test]
    fn listed_names_are_taken_from_the_file_and_marked() {
        let keys = Snapshot::parse("s._domainkey.example.jp. TXT \"p=x\"\n", "key.dns").unwrap();
        let lookup = Overlay::keys(Arc::new(keys), Arc::new(Offline));
        let ledger = Ledger::new(&lookup);
        let ask = |name: &str| ledger.ask(&Question::new(name, RecordType::Txt));
        let key = ask("S._domainkey.example.jp");
        assert_eq!((key.source, key.answer.records.is_ok()), (Source::KeyFile, true));
        let other = ask("example.jp");
        assert_eq!((other.source, other.answer.records.clone()), (Source::Answers, Err(Failure::Offline)));
        assert!(
            matches!(ledger.provenance(jiff::Timestamp::UNIX_EPOCH), Provenance::Dns { through, .. } if through == "offline")
        );
        // The mark outlives a recording.
        let at = ledger.recording(jiff::Timestamp::UNIX_EPOCH);
        let text = super::super::write_snapshot(&ledger.entries(), &at);
        let replay = Snapshot::parse(&text, "replay.dns").unwrap();
        assert_eq!(Ledger::new(&replay).ask(&key.question).source, Source::KeyFile);
    }

    #[test]
    fn an_alias_that_is_tried_leads_to_what_dns_has() {
        let changes = Snapshot::parse("s._domainkey.example.jp. CNAME k.example.com.\n", "try.dns").unwrap();
        let zone = Snapshot::parse("k.example.com. CNAME l.example.com.\nl.example.com. TXT \"p=x\"\n", "dns").unwrap();
        let lookup = Overlay::what_if(Arc::new(changes), Arc::new(zone));
        let entry = Ledger::new(&lookup).ask(&Question::new("s._domainkey.example.jp", RecordType::Txt));
        assert_eq!(entry.answer.cname, ["k.example.com", "l.example.com"]);
        assert_eq!((entry.answer.records.is_ok(), entry.source), (true, Source::WhatIf));
    }

    #[test]
    fn a_recording_keeps_its_day() {
        let provenance = |text: &str| {
            let snapshot = Snapshot::parse(text, "case.dns").unwrap();
            let ledger = Ledger::new(&snapshot);
            (ledger.provenance(jiff::Timestamp::UNIX_EPOCH), ledger.recording(jiff::Timestamp::UNIX_EPOCH).through)
        };
        let at = "2026-11-22T09:00:00Z".parse().unwrap();
        let dns = Provenance::Dns { at, through: "system".to_owned() };
        assert_eq!(provenance("$recorded 2026-11-22T09:00:00Z system\n"), (dns, "system".to_owned()));
        assert_eq!(
            provenance("$recorded 2026-11-22T09:00:00Z \"old.dns\"\n"),
            (Provenance::File, "old.dns".to_owned())
        );
        assert_eq!(provenance("$default nxdomain\n"), (Provenance::File, "case.dns".to_owned()));
    }

    #[test]
    fn a_record_that_is_tried_is_marked_also_in_a_recording() {
        let changes = Snapshot::parse("_dmarc.example.jp. TXT \"v=DMARC1; p=none\"\n", "try.dns").unwrap();
        let lookup = Overlay::what_if(Arc::new(changes), Arc::new(Offline));
        let ledger = Ledger::new(&lookup);
        let entry = ledger.ask(&Question::new("_dmarc.example.jp", RecordType::Txt));
        assert_eq!((entry.source, entry.answer.records.is_ok()), (Source::WhatIf, true));
        assert_eq!(entry.published, Some(Answer::failed(Failure::Offline)));
        assert!(lookup.what_if().is_some() && lookup.keys().is_none());
        let at = ledger.recording(jiff::Timestamp::UNIX_EPOCH);
        let text = super::super::write_snapshot(&ledger.entries(), &at);
        let replay = Snapshot::parse(&text, "replay.dns").unwrap();
        assert_eq!(Ledger::new(&replay).ask(&entry.question).as_ref(), entry.as_ref());
    }

    #[test]
    fn a_trial_changes_one_answer_and_asks_its_ledger_for_the_rest() {
        let zone = Snapshot::parse("a.example. TXT \"old\"\nb.example. TXT \"other\"\n", "zone.dns").unwrap();
        let ledger = Ledger::new(&zone);
        let question = |name: &str| Question::new(name, RecordType::Txt);
        let text = |text: &str| Ok(vec![super::super::Data::Text(vec![text.as_bytes().to_vec()])]);
        let new = Answer { records: text("new"), cname: Vec::new(), ttl: None, authentic: false };
        let trial = Trial::new(vec![(question("a.example"), new)], &ledger);
        let answers = Ledger::new(&trial).ask_all(&[question("a.example"), question("b.example")]);
        assert_eq!(answers[0].answer.records, text("new"));
        assert_eq!(answers[1].answer.records, text("other"));
        assert_eq!(ledger.entries().len(), 1);
        assert_eq!(ledger.ask(&question("a.example")).answer.records, text("old"));
    }
}
