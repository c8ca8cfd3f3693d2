//! A zone in memory, for the tests of the evaluators here.

use std::collections::BTreeMap;

use crate::dns::{Answer, Data, Failure, Lookup, Origin, Question, RecordType, Timed};

/// Names not listed do not exist; a name with any record answers NODATA for other types.
#[derive(Debug, Default)]
pub(super) struct Zone {
    answers: BTreeMap<(String, RecordType), Answer>,
}

impl Zone {
    pub(super) fn txt(self, name: &str, text: &str) -> Self {
        self.record(name, RecordType::Txt, Data::Text(vec![text.as_bytes().to_vec()]))
    }

    pub(super) fn a(self, name: &str, address: &str) -> Self {
        match address.parse().unwrap() {
            std::net::IpAddr::V4(v4) => self.record(name, RecordType::A, Data::A(v4)),
            std::net::IpAddr::V6(v6) => self.record(name, RecordType::Aaaa, Data::Aaaa(v6)),
        }
    }

    pub(super) fn ptr(self, name: &str, target: &str) -> Self {
        self.record(name, RecordType::Ptr, Data::Ptr(target.to_owned()))
    }

    pub(super) fn fails(mut self, name: &str, kind: RecordType, failure: Failure) -> Self {
        self.answers.insert((name.to_owned(), kind), Answer::failed(failure));
        self
    }

    /// An alias whose target does not exist.
    pub(super) fn dangling(mut self, name: &str, kind: RecordType, target: &str) -> Self {
        let answer = Answer { cname: vec![target.to_owned()], ..Answer::failed(Failure::NxDomain) };
        self.answers.insert((name.to_owned(), kind), answer);
        self
    }

    fn record(mut self, name: &str, kind: RecordType, data: Data) -> Self {
        let key = (name.to_owned(), kind);
        let empty = Answer { records: Ok(Vec::new()), cname: Vec::new(), ttl: Some(300), authentic: false };
        let answer = self.answers.entry(key).or_insert(empty);
        answer.records.as_mut().unwrap().push(data);
        self
    }

    fn answer(&self, question: &Question) -> Answer {
        let key = (question.name.clone(), question.kind);
        let below = format!(".{}", question.name);
        let exists = || self.answers.keys().any(|(name, _)| *name == question.name || name.ends_with(&below));
        self.answers
            .get(&key)
            .cloned()
            .unwrap_or_else(|| Answer::failed(if exists() { Failure::NoData } else { Failure::NxDomain }))
    }
}

impl Lookup for Zone {
    fn lookup(&self, questions: &[Question]) -> Vec<Timed> {
        questions.iter().map(|question| Timed { answer: self.answer(question), millis: Some(1) }).collect()
    }

    fn origin(&self) -> Origin {
        Origin::Snapshot("test".to_owned())
    }
}
