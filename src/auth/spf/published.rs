//! Finding the one record of a domain (RFC 7208 sections 4.4 and 4.5) in what DNS said.

use super::{Reason, record, target};
use crate::auth::trace::Place;
use crate::dns::{Data, Entry, Failure, Ledger, Question, QuestionId, RecordType};
use crate::message::Span;

/// A record and where it was found.
pub(super) struct Published<'d> {
    pub(super) domain: &'d str,
    pub(super) question: QuestionId,
    index: usize,
    pub(super) text: Vec<u8>,
    /// The name and the text of all its TXT records: what section 3.4 wants small.
    pub(super) answer_bytes: usize,
}

impl<'d> Published<'d> {
    /// The one SPF record among the TXT records of the answer.
    pub(super) fn of(domain: &'d str, entry: &Entry) -> Result<Self, Reason> {
        let records = entry.answer.records.as_ref().map_err(|failure| reason_of(*failure))?;
        let texts = records.iter().map(Data::joined);
        let (index, text) = select(texts)?;
        let answer_bytes = domain.len() + records.iter().filter_map(Data::joined).map(|text| text.len()).sum::<usize>();
        Ok(Self { domain, question: entry.id, index, text, answer_bytes })
    }

    /// The record as far as it is known without asking; [`Reason::NotAsked`] when nobody asked for it yet.
    pub(super) fn known(domain: &'d str, dns: &Ledger<'_>) -> Result<Self, Reason> {
        if !target::is_domain(domain) {
            return Err(Reason::NotADomain);
        }
        let entry = dns.known(&question(domain)).ok_or(Reason::NotAsked)?;
        Self::of(domain, &entry)
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::Answer { question: self.question, record: self.index, span }
    }

    /// The whole record.
    pub(super) fn whole(&self) -> Place {
        self.place(Span::new(0, self.text.len()))
    }
}

/// The question for the record of a domain.
pub(super) fn question(domain: &str) -> Question {
    Question::new(&target::escape(domain), RecordType::Txt)
}

/// The one SPF record among the texts (section 4.5), and which of them it is.
fn select(texts: impl Iterator<Item = Option<Vec<u8>>>) -> Result<(usize, Vec<u8>), Reason> {
    let mut published =
        texts.enumerate().filter_map(|(index, text)| Some((index, text?))).filter(|(_, text)| record::is_spf(text));
    let first = published.next().ok_or(Reason::NoRecord)?;
    if published.next().is_some() { Err(Reason::SeveralRecords) } else { Ok(first) }
}

/// What the failed question for a record means (section 4.4).
const fn reason_of(failure: Failure) -> Reason {
    match failure {
        Failure::NxDomain => Reason::NoSuchDomain,
        Failure::NoData => Reason::NoRecord,
        Failure::NotAName => Reason::NotADomain,
        Failure::NotInSnapshot | Failure::Offline | Failure::OverLimit | Failure::Cancelled => Reason::NotAsked,
        Failure::ServFail | Failure::Refused | Failure::Timeout | Failure::Untrusted => Reason::DnsTrouble,
    }
}
