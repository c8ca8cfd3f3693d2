//! Answers from a file before anybody is asked: a key that is no longer in DNS.

use std::fmt;
use std::sync::Arc;

use super::{Lookup, Origin, Question, Recorded, Snapshot, Source, Timed};

/// Takes what the file lists from there, and asks for the rest.
pub struct WithKeys {
    keys: Arc<Snapshot>,
    rest: Arc<dyn Lookup>,
}

impl WithKeys {
    #[must_use]
    pub const fn new(keys: Arc<Snapshot>, rest: Arc<dyn Lookup>) -> Self {
        Self { keys, rest }
    }
}

impl fmt::Debug for WithKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WithKeys").field("keys", &self.keys).finish_non_exhaustive()
    }
}

impl Lookup for WithKeys {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        let open: Vec<Question> = questions.iter().filter(|question| !self.keys.lists(question)).cloned().collect();
        let mut asked = if open.is_empty() { Vec::new() } else { self.rest.lookup(&open) }.into_iter();
        let answer = |question: &Question| {
            let listed = self.keys.lists(question);
            if listed { self.keys.lookup(std::slice::from_ref(question)).pop() } else { asked.next() }
        };
        // Cut where an answer is missing: the ledger settles the rest as failed.
        questions.iter().map_while(answer).collect()
    }

    fn origin(&self) -> Origin {
        self.rest.origin()
    }

    fn recorded(&self) -> Option<Recorded> {
        self.rest.recorded()
    }

    fn source(&self, question: &Question) -> Source {
        if self.keys.lists(question) { Source::KeyFile } else { self.rest.source(question) }
    }

    fn keys(&self) -> Option<Arc<Snapshot>> {
        Some(Arc::clone(&self.keys))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Failure, Ledger, Offline, Provenance, RecordType};
    use super::*;

    #[test]
    fn listed_names_are_taken_from_the_file_and_marked() {
        let keys = Snapshot::parse("s._domainkey.example.jp. TXT \"p=x\"\n", "key.dns").unwrap();
        let lookup = WithKeys::new(Arc::new(keys), Arc::new(Offline));
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
}
