//! Changes to the records of DKIM keys: the record mended where it shows what was meant, a new key where it does not.

use super::change::{Change, Current, Place};
use super::key::KeyDraft;
use super::piece::{self, Content, Piece, Placeholder};
use super::{Case, Fix, KeyStep, Kind, Outcome, Replaced, Withheld};
use crate::auth::dkim::crypto::KeyKind;
use crate::auth::dkim::key::{KeyFault, wrong_length};
use crate::auth::dkim::lint::LintKind;
use crate::auth::dkim::{Reason, Signature};
use crate::auth::dmarc::DmarcResult;
use crate::auth::spf::{Check, SpfResult};
use crate::check::{Actor, Finding, Problem, is_signer_shown};
use crate::dns::Source;

pub(super) fn propose(case: Case<'_>) -> Vec<Vec<Fix>> {
    if case.is_suspect() {
        return Vec::new();
    }
    let mut fixes: Vec<Vec<Fix>> = Vec::new();
    for signature in &case.facts.dkim {
        // The key of a service is not the author's to change; a signature of its own is the way.
        let is_own = |finding: &&Finding| finding.actor != Actor::SendingService && is_about(finding, signature);
        let about: Vec<&Finding> = case.findings.iter().filter(is_own).collect();
        let alternatives = match about.first() {
            Some(first) => record(case, signature, &about, first.actor),
            None => proved_by_file(case, signature).into_iter().collect(),
        };
        // Two signatures with one key have one record.
        let is_there = |fix: &Fix| fixes.iter().flatten().any(|other| other.kind == fix.kind);
        if alternatives.first().is_some_and(|fix| !is_there(fix)) {
            fixes.push(alternatives);
        }
    }
    fixes
}

/// The finding is about the key of this signature.
fn is_about(finding: &Finding, signature: &Signature) -> bool {
    let is_it = |domain: &String, selector: &String| {
        signature.domain.as_ref() == Some(domain) && signature.selector.as_ref() == Some(selector)
    };
    match &finding.problem {
        Problem::DkimKeyMissing { domain, selector, .. }
        | Problem::DkimKeyRevoked { domain, selector }
        | Problem::DkimKeyBroken { domain, selector, .. }
        | Problem::DkimKeyMismatch { domain, selector, .. }
        | Problem::DkimKeyNotForEmail { domain, selector }
        | Problem::DkimKeyStrictIdentity { domain, selector, .. }
        | Problem::DkimKeySeveral { domain, selector, .. }
        | Problem::DkimKeyShort { domain, selector, .. }
        | Problem::DkimKeyWeak { domain, selector, .. }
        | Problem::DkimKeyLong { domain, selector, .. }
        | Problem::DkimKeyUntidy { domain, selector, .. }
        | Problem::DkimTesting { domain, selector }
        | Problem::DkimSha1 { domain, selector } => is_it(domain, selector),
        _ => false,
    }
}

/// What is to be done about one key; the first that helps is taken.
fn record(case: Case<'_>, signature: &Signature, about: &[&Finding], actor: Actor) -> Vec<Fix> {
    let codes: Vec<&'static str> = about.iter().map(|finding| finding.problem.code()).collect();
    let work = Work { case, signature, codes: &codes, actor };
    if let Some(kept) = signature.key.cname.last() {
        return work.fix(Some(kept.clone()), vec![], vec![]).map(|fix| vec![withheld(fix)]).unwrap_or_default();
    }
    let has = |code: &str| codes.contains(&code);
    if (has("dkim-key-missing") || has("dkim-key-revoked")) && is_named_only(case, signature) {
        return Vec::new();
    }
    let bits = signature.key.bits.unwrap_or_default();
    let new_key = |why| work.fix(None, vec![KeyStep::Replace { why }], vec![work.new_key()]).map(future);
    let alternatives = if has("dkim-key-missing") {
        vec![work.fix(None, vec![KeyStep::Publish], vec![work.same_key()])]
    } else if has("dkim-key-revoked") {
        vec![new_key(Replaced::Revoked)]
    } else if has("dkim-key-short") || has("dkim-key-weak") {
        vec![new_key(Replaced::Short { bits })]
    } else if has("dkim-key-long") {
        vec![new_key(Replaced::Long { bits })]
    } else if has("dkim-sha1") {
        vec![work.fix(None, vec![KeyStep::SignSha256], vec![]).map(future)]
    } else {
        let mut mended: Vec<Option<Fix>> = work.mended().into_iter().map(Some).collect();
        // Of a record that nobody can read, the signer's key is left.
        if has("dkim-key-broken") {
            mended.push(work.fix(None, work.flaws(), vec![work.same_key()]));
        }
        mended
    };
    alternatives.into_iter().flatten().collect()
}

/// Only the message names this selector, and what else is known speaks against it: SPF fails, or another domain passed.
fn is_named_only(case: Case<'_>, signature: &Signature) -> bool {
    let facts = case.facts;
    let is_refused = |check: &Check| matches!(check.result, Some(SpfResult::Fail | SpfResult::SoftFail));
    let is_against = facts.spf.mail_from.as_ref().is_some_and(is_refused) || !facts.dmarc.passed_domains().is_empty();
    is_against && facts.dmarc.result != DmarcResult::Pass && !is_signer_shown(facts, signature)
}

struct Work<'a> {
    case: Case<'a>,
    signature: &'a Signature,
    codes: &'a [&'static str],
    actor: Actor,
}

impl Work<'_> {
    fn fix(&self, cname: Option<String>, steps: Vec<KeyStep>, changes: Vec<Change>) -> Option<Fix> {
        let (domain, selector) = self.signature.named()?;
        let kind = Kind::DkimKey { domain, selector, cname, steps };
        // What another signature has as well does not go by this one's key.
        let is_shared = |code: &&'static str| {
            self.case.findings.iter().filter(|finding| finding.problem.code() == *code).count() > 1
        };
        let (toward, gone): (Vec<_>, Vec<_>) = self.codes.iter().copied().partition(is_shared);
        Some(Fix { toward, ..Fix::new(kind, gone, self.actor, changes) })
    }

    fn name(&self) -> String {
        self.signature.key.name.clone().unwrap_or_default()
    }

    fn texts(&self) -> Vec<String> {
        let texts = self.case.texts(&self.name());
        texts.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect()
    }

    /// What the finding says of the record, and that it has to be written again.
    fn flaws(&self) -> Vec<KeyStep> {
        let key = &self.signature.key;
        let is_quoted = matches!(key.fault, Some(KeyFault::ZoneFileQuoting | KeyFault::QuotedAndNoKey));
        let quotes = is_quoted.then_some(KeyStep::Unquote);
        let length = key.record.as_deref().and_then(wrong_length).map(|octets| KeyStep::NotEd25519 { octets });
        quotes.into_iter().chain(length).chain([KeyStep::Rewrite]).collect()
    }

    /// The key with which the signer signs already; the record alone is missing or cannot be read.
    fn same_key(&self) -> Change {
        let texts = self.texts();
        let current = texts.iter().map(|text| vec![Piece::text(text, true)]).collect();
        Change::at(Place::Txt, &self.name(), Current::Records(current), self.empty_record())
    }

    /// A key under a selector of its own, so that the old one can stay until nothing signed with it is on its way.
    fn new_key(&self) -> Change {
        let domain = self.signature.domain.as_deref().unwrap_or_default();
        let name =
            super::service::below(vec![Piece::placeholder(Placeholder::Selector)], &format!("_domainkey.{domain}"));
        Change { place: Place::Txt, name, current: Current::Unknown, new: self.empty_record() }
    }

    fn empty_record(&self) -> Vec<Piece> {
        let is_ed25519 = self.signature.algorithm.as_deref().is_some_and(|algorithm| algorithm.starts_with("ed25519"));
        let kind = if is_ed25519 { KeyKind::Ed25519 } else { KeyKind::Rsa };
        vec![Piece::text(super::service::key_record(kind), true), Piece::placeholder(Placeholder::PublicKey)]
    }

    /// The record as it was meant; of several, each in turn.
    fn mended(&self) -> Vec<Fix> {
        let texts = self.texts();
        if texts.is_empty() || self.signature.key.source != Source::Answers {
            return Vec::new();
        }
        // The one that the signature was judged by stands first.
        let first = self.signature.key.record_index.unwrap_or(0);
        let order = texts
            .get(first)
            .into_iter()
            .chain(texts.iter().enumerate().filter(|(at, _)| *at != first).map(|(_, text)| text));
        order.filter_map(|text| self.mend(text, &texts)).collect()
    }

    fn mend(&self, text: &str, texts: &[String]) -> Option<Fix> {
        let mut draft = KeyDraft::read(text)?;
        if texts.len() > 1 {
            draft.steps.insert(0, KeyStep::KeepOne { records: texts.len() });
        }
        if matches!(self.signature.reason, Reason::KeyMismatch | Reason::KeyNotForEmail | Reason::KeyStrictIdentity) {
            draft.lift(self.signature.reason);
        }
        if self.codes.contains(&"dkim-testing") {
            draft.end_test();
        }
        if self.signature.has_lint(LintKind::Granularity) {
            draft.tidy();
        }
        if draft.steps.is_empty() {
            return None;
        }
        let parts: Vec<Vec<Content>> = draft.parts().into_iter().map(|part| vec![Content::Text(part)]).collect();
        let (current, new) = piece::sides(texts, &parts, ';');
        let change = Change::at(Place::Txt, &self.name(), Current::Records(current), new);
        self.fix(None, draft.steps, vec![change])
    }
}

/// A key that is not asked of DNS, and with which the author domain's signature is right: that is the record to publish.
fn proved_by_file(case: Case<'_>, signature: &Signature) -> Option<Fix> {
    let is_proved = signature.key.source == Source::KeyFile && signature.reason == Reason::Verified;
    let record = signature.key.record.as_deref().filter(|_| is_proved)?;
    let work = Work { case, signature, codes: &[], actor: Actor::Sender };
    let change = Change::at(Place::Txt, &work.name(), Current::Unknown, vec![Piece::text(record, true)]);
    work.fix(None, vec![KeyStep::PublishProved], vec![change])
}

/// The signer has to do something before it can show.
fn future(fix: Fix) -> Fix {
    Fix { outcome: Outcome::FutureMail, ..fix }
}

/// The record lies where the sender's name leads, and whoever keeps it there is to be asked.
fn withheld(fix: Fix) -> Fix {
    Fix { outcome: Outcome::NotOffered { why: Withheld::KeptElsewhere }, ..fix }
}
