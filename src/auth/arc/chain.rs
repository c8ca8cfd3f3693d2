//! ARC fields gathered into instances (RFC 8617 section 4.2), and whether they form a chain.

use std::collections::BTreeMap;

use super::{Arc, ChainValidation, Reason};
use crate::auth::dkim::signature::Parameters;
use crate::message::{Fidelity, Field, Message, RepairCode, Span};

/// The ARC fields of a message.
pub(super) struct Chain<'a> {
    /// By number; only numbers from 1 to [`Arc::MAX_INSTANCES`].
    pub(super) sets: BTreeMap<u32, Set<'a>>,
    /// The topmost field that belongs to no instance, and why.
    pub(super) stray: Option<(Reason, Span)>,
    /// The message has more fields than are listed, so that some may be missing here.
    pub(super) cut: bool,
    /// Whether the header is the one that was sent: else fields may be missing or changed.
    pub(super) kept: Fidelity,
}

/// The fields of one instance: one of each, when all is well.
#[derive(Default)]
pub(super) struct Set<'a> {
    pub(super) results: Vec<Results>,
    pub(super) signatures: Vec<Signed<'a>>,
    pub(super) seals: Vec<Signed<'a>>,
}

/// An ARC-Authentication-Results field.
pub(super) struct Results {
    pub(super) index: usize,
    pub(super) span: Span,
    /// What stands after `i=N;`.
    pub(super) payload: Span,
}

/// An ARC-Message-Signature or ARC-Seal field.
pub(super) struct Signed<'a> {
    pub(super) index: usize,
    pub(super) field: &'a Field,
    pub(super) parameters: Parameters,
}

impl Signed<'_> {
    pub(super) fn chain_validation(&self) -> Option<ChainValidation> {
        match self.parameters.list.get("cv")?.value.to_ascii_lowercase().as_str() {
            "none" => Some(ChainValidation::None),
            "pass" => Some(ChainValidation::Pass),
            "fail" => Some(ChainValidation::Fail),
            _ => None,
        }
    }
}

/// One of each field.
#[derive(Clone, Copy)]
pub(super) struct Complete<'c, 'a> {
    pub(super) results: &'c Results,
    pub(super) signature: &'c Signed<'a>,
    pub(super) seal: &'c Signed<'a>,
}

impl<'a> Set<'a> {
    pub(super) fn complete(&self) -> Option<Complete<'_, 'a>> {
        match (self.results.as_slice(), self.signatures.as_slice(), self.seals.as_slice()) {
            ([results], [signature], [seal]) => Some(Complete { results, signature, seal }),
            _ => None,
        }
    }
}

impl<'a> Chain<'a> {
    pub(super) fn read(message: &'a Message) -> Self {
        let mut chain = Self {
            sets: BTreeMap::new(),
            stray: None,
            cut: message.repairs.iter().any(|repair| repair.code == RepairCode::TooManyFields),
            kept: message.kept.header,
        };
        for (index, field) in message.fields.iter().enumerate() {
            let value = message.source.slice(field.value);
            if field.is("ARC-Authentication-Results") {
                let (i, payload) = read_results(value, field.value.start);
                if let Some(set) = chain.set(i, field) {
                    set.results.push(Results { index, span: field.span, payload });
                }
            } else if field.is("ARC-Message-Signature") || field.is("ARC-Seal") {
                let parameters = Parameters::read(value, field.value.start);
                let i = parameters.list.get("i").and_then(|tag| read_instance(tag.value.as_bytes()));
                if let Some(set) = chain.set(i, field) {
                    let list = if field.is("ARC-Seal") { &mut set.seals } else { &mut set.signatures };
                    list.push(Signed { index, field, parameters });
                }
            }
        }
        chain
    }

    fn set(&mut self, i: Option<u32>, field: &Field) -> Option<&mut Set<'a>> {
        let reason = match i {
            Some(i @ 1..=Arc::MAX_INSTANCES) => return Some(self.sets.entry(i).or_default()),
            Some(0) | None => Reason::InstanceBroken,
            Some(_) => Reason::TooManyInstances,
        };
        self.stray.get_or_insert((reason, field.span));
        None
    }

    /// The instances with one field each; [`Chain::fault`] says when one is missing here.
    pub(super) fn complete(&self) -> impl DoubleEndedIterator<Item = (u32, Complete<'_, 'a>)> {
        self.sets.iter().filter_map(|(i, set)| Some((*i, set.complete()?)))
    }

    /// The seal that was added last, when there is exactly one.
    pub(super) fn newest_seal(&self) -> Option<&Signed<'a>> {
        match self.sets.last_key_value()?.1.seals.as_slice() {
            [seal] => Some(seal),
            _ => None,
        }
    }

    /// The first thing that keeps the fields from being a chain (section 5.2 steps 1 to 3), and the instance.
    pub(super) fn fault(&self) -> Option<Fault> {
        if let Some((reason, span)) = self.stray {
            return Some(Fault { reason, i: None, span: Some(span) });
        }
        if let (Some((i, _)), Some(seal)) = (self.sets.last_key_value(), self.newest_seal())
            && seal.chain_validation() == Some(ChainValidation::Fail)
        {
            let span = seal.parameters.list.get("cv").map(|tag| tag.span);
            return Some(Fault { reason: Reason::MarkedFailed, i: Some(*i), span });
        }
        (1..).zip(&self.sets).find_map(|(expected, (&i, set))| {
            let fault = |reason, span| Some(Fault { reason, i: Some(i), span });
            if i != expected {
                return fault(Reason::InstanceGap, None);
            }
            let Some(set) = set.complete() else { return fault(Reason::InstanceIncomplete, None) };
            let wanted = if i == 1 { ChainValidation::None } else { ChainValidation::Pass };
            if set.seal.chain_validation() != Some(wanted) {
                let span = set.seal.parameters.list.get("cv").map_or(set.seal.field.span, |tag| tag.span);
                return fault(Reason::ChainValidationWrong, Some(span));
            }
            if let Some(tag) = set.seal.parameters.list.get("h") {
                return fault(Reason::SealWithHeaderList, Some(tag.span));
            }
            let names = set.signature.parameters.signed.get().into_iter().flatten();
            let sealed = names.into_iter().find(|name| name.value.eq_ignore_ascii_case("arc-seal"));
            sealed.and_then(|name| fault(Reason::SealSigned, Some(name.span)))
        })
    }
}

/// Why the fields are no chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fault {
    pub(super) reason: Reason,
    pub(super) i: Option<u32>,
    pub(super) span: Option<Span>,
}

/// One or two digits (section 4.2.1).
fn read_instance(text: &[u8]) -> Option<u32> {
    let digits = text.trim_ascii();
    let well_formed = (1..=2).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    well_formed.then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

/// The number before the first `;` and the rest of the field; the whole value when there is no number.
fn read_results(value: &[u8], start: usize) -> (Option<u32>, Span) {
    let whole = Span::new(start, start + value.len());
    let Some(end) = value.iter().position(|&byte| byte == b';') else { return (None, whole) };
    let mut parts = value.get(..end).unwrap_or_default().splitn(2, |&byte| byte == b'=');
    let named = parts.next().is_some_and(|name| name.trim_ascii() == b"i");
    match parts.next().and_then(read_instance).filter(|_| named) {
        Some(i) => (Some(i), Span::new(start + end + 1, whole.end)),
        None => (None, whole),
    }
}
