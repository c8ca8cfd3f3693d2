//! Records and stated failures by name, and how a question is answered from them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::{Answer, Data, Failure, MAX_CHAIN, Question, RecordType};

/// What a name that is not listed means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Unlisted {
    /// Nothing is known about it.
    #[default]
    Unknown,
    /// It does not exist.
    NxDomain,
}

/// Everything known about some names.
#[derive(Debug, Default)]
pub(super) struct Zone {
    nodes: HashMap<String, Node>,
    /// Names that exist because a listed name stands below them (RFC 8020 section 2).
    parents: HashSet<String>,
    pub(super) unlisted: Unlisted,
}

/// Everything known about one name.
#[derive(Debug, Default)]
struct Node {
    cname: Option<(String, Option<u32>)>,
    records: BTreeMap<RecordType, Vec<(Data, Option<u32>)>>,
    failures: BTreeMap<RecordType, Failure>,
    /// It has a record that the program never asks for.
    has_others: bool,
}

/// What one line says about its name.
#[derive(Debug)]
pub(super) enum Fact {
    Cname(String, Option<u32>),
    Record(RecordType, Data, Option<u32>),
    /// A record of a type that the program never asks for.
    Other,
    Failure(RecordType, Failure),
}

impl Zone {
    pub(super) fn add(&mut self, name: String, fact: Fact) -> Result<(), &'static str> {
        if !matches!(fact, Fact::Failure(_, Failure::NxDomain)) {
            self.add_parents(&name);
        }
        self.nodes.entry(name).or_default().add(fact)
    }

    fn add_parents(&mut self, name: &str) {
        let mut name = name;
        while let Some(parent) = parent(name) {
            if !self.parents.insert(parent.to_owned()) {
                break;
            }
            name = parent;
        }
    }

    /// Whether a line says something about that name and type.
    pub(super) fn lists(&self, question: &Question) -> bool {
        let says = |node: &Node| {
            let kind = question.kind;
            node.cname.is_some() || node.records.contains_key(&kind) || node.failures.contains_key(&kind)
        };
        self.nodes.get(&question.name).is_some_and(says)
    }

    /// Answers a question, along CNAME records.
    pub(super) fn answer(&self, question: &Question) -> Answer {
        // A loop, or a chain without end, is what a resolver makes of it: a failure of the server.
        let mut answer = Answer::failed(Failure::ServFail);
        let mut name = &question.name;
        loop {
            match self.step(name, question.kind) {
                Step::End(records, ttl) => {
                    let ttl = smallest(answer.ttl, ttl);
                    return Answer { records, ttl, ..answer };
                }
                Step::Cname(target, ttl) => {
                    if answer.cname.len() == MAX_CHAIN || *target == question.name || answer.cname.contains(target) {
                        return answer;
                    }
                    answer.ttl = smallest(answer.ttl, ttl);
                    answer.cname.push(target.clone());
                    name = target;
                }
            }
        }
    }

    fn step(&self, name: &str, kind: RecordType) -> Step<'_> {
        let absent = |failure| Step::End(Err(failure), None);
        let Some(node) = self.nodes.get(name) else { return absent(self.unlisted_failure(name)) };
        if let Some(failure) = node.failures.get(&kind) {
            absent(*failure)
        } else if let Some(records) = node.records.get(&kind) {
            let ttl = records.iter().fold(None, |ttl, record| smallest(ttl, record.1));
            Step::End(Ok(records.iter().map(|record| record.0.clone()).collect()), ttl)
        } else if let Some((target, ttl)) = &node.cname {
            Step::Cname(target, *ttl)
        } else if node.has_others || !node.records.is_empty() {
            absent(Failure::NoData)
        } else if node.failures.values().any(|failure| *failure == Failure::NxDomain) {
            // RCODE 3 is about the name, whatever type was asked (RFC 2308 section 5).
            absent(Failure::NxDomain)
        } else if self.unlisted == Unlisted::NxDomain {
            absent(Failure::NoData)
        } else {
            absent(Failure::NotInSnapshot)
        }
    }

    fn unlisted_failure(&self, name: &str) -> Failure {
        match self.unlisted {
            Unlisted::Unknown => Failure::NotInSnapshot,
            Unlisted::NxDomain if self.parents.contains(name) => Failure::NoData,
            Unlisted::NxDomain => Failure::NxDomain,
        }
    }
}

/// What one name says about a question.
enum Step<'a> {
    End(Result<Vec<Data>, Failure>, Option<u32>),
    Cname(&'a String, Option<u32>),
}

impl Node {
    fn add(&mut self, fact: Fact) -> Result<(), &'static str> {
        match fact {
            Fact::Cname(..) if self.cname.is_some() => return Err("a second CNAME record for this name"),
            Fact::Cname(..) if !self.records.is_empty() => {
                return Err("a CNAME record for a name that has other records (RFC 1034 section 3.6.2)");
            }
            Fact::Record(..) if self.cname.is_some() => {
                return Err("a record for a name that has a CNAME record (RFC 1034 section 3.6.2)");
            }
            Fact::Cname(target, ttl) => self.cname = Some((target, ttl)),
            Fact::Record(kind, data, ttl) => self.records.entry(kind).or_default().push((data, ttl)),
            Fact::Other => self.has_others = true,
            Fact::Failure(kind, failure) => {
                if self.failures.insert(kind, failure).is_some() {
                    return Err("a second $answer for this name and type");
                }
            }
        }
        Ok(())
    }
}

/// The name one label up; `None` for a name of one label.
fn parent(name: &str) -> Option<&str> {
    let mut is_escaped = false;
    for (index, byte) in name.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'.' => return name.get(index + 1..).filter(|parent| !parent.is_empty()),
            _ => {}
        }
    }
    None
}

fn smallest(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
