//! DKIM: every signature with its sentence, its key and what it covers; then the draft after it and its forerunner.

use super::super::{Block, Section};
use super::Writer;
use crate::auth::dkim::coverage::Cover;
use crate::auth::dkim::{KeyFacts, KeyState, Signature};
use crate::auth::dkim2::{HopSignature, Instance};
use crate::message::hidden;
use crate::text::count;

/// The most signatures that are described; a hostile message can have thousands.
const DESCRIBED: usize = 30;
/// The most names of fields in one line.
const NAMES: usize = 60;

impl Writer<'_> {
    pub(super) fn dkim(&self) -> Section {
        let signatures = &self.analysis.facts.dkim;
        let mut blocks = Vec::new();
        if signatures.is_empty() {
            blocks.push(Block::Note(self.panels.no_signature.to_owned()));
        }
        for (index, signature) in signatures.iter().enumerate().take(DESCRIBED) {
            let sentence = self.analysis.facts.standing(index).map(|standing| self.words.standing(&standing));
            let number = self.panels.signature_number.replace("{}", &(index + 1).to_string());
            blocks.push(note(&format!("{number}: {}", sentence.unwrap_or_default())));
            blocks.push(Block::Pairs(self.signature(signature)));
        }
        blocks.extend(self.rest(signatures.len(), DESCRIBED));
        Section { title: "DKIM".to_owned(), blocks }
    }

    fn signature(&self, signature: &Signature) -> Vec<(String, String)> {
        let panels = self.panels;
        let result =
            format!("{}: {}", self.words.dkim_result(signature.result), self.words.dkim_reason(signature.reason));
        let mut pairs = vec![
            self.pair(panels.signing_domain, signature.domain.clone()),
            self.pair(panels.selector, signature.selector.clone()),
            (panels.result.to_owned(), result),
            (panels.body_hash.to_owned(), self.body_hash(signature)),
            (panels.header_signature.to_owned(), self.words.header_signature(signature.header_signature).to_owned()),
        ];
        for edit in signature.causes.edits() {
            pairs.push((panels.changed_after_signing.to_owned(), hidden::mark(&self.words.edit(edit))));
        }
        let searches = [&signature.causes.body, &signature.causes.header].map(|search| self.words.search(search));
        let searches = searches.into_iter().filter(|sentence| !sentence.is_empty());
        pairs.extend(searches.map(|sentence| (panels.cause.to_owned(), sentence)));
        pairs.extend(self.key(&signature.key));
        pairs.push(self.pair(panels.algorithm, signature.algorithm.clone()));
        pairs.push(self.pair(panels.canonicalization, signature.canonicalization.clone()));
        // What stands there by default says nothing.
        let is_stated = signature.tags.get("i").is_some();
        pairs.extend(is_stated.then(|| self.pair(panels.identity_tag, signature.identity.clone())));
        if let Some(at) = signature.signed_at {
            pairs.push((panels.signed_at.to_owned(), format!("{at:.0}")));
        }
        pairs.extend(self.expiry(signature));
        pairs.extend(self.coverage(signature));
        for fault in signature.tags.faults.iter().take(3) {
            pairs.push((panels.tags.to_owned(), self.words.tag_fault(fault.value).to_owned()));
        }
        pairs
    }

    /// Both hashes where they differ, and what `l=` leaves out.
    fn body_hash(&self, signature: &Signature) -> String {
        let panels = self.panels;
        let mut text = self.words.body_hash(signature.body_hash).to_owned();
        if let (Some(stated), Some(computed)) = (&signature.body_hash_stated, &signature.body_hash_computed)
            && stated != computed
        {
            text = format!("{text}; {} {stated}; {} {computed}", panels.hash_stated, panels.hash_computed);
        }
        if let Some(uncovered) = signature.uncovered_bytes.filter(|bytes| *bytes > 0) {
            text = format!("{text}; {}", panels.uncovered.replace("{}", &count(uncovered)));
            if let Some(from) = signature.uncovered_from {
                text = format!("{text} {}", panels.uncovered_from.replace("{}", &from.to_string()));
            }
        }
        text
    }

    fn key(&self, key: &KeyFacts) -> Vec<(String, String)> {
        let panels = self.panels;
        let bits = key.bits.map(|bits| panels.bits.replace("{}", &bits.to_string()));
        let parts = [Some(self.words.key_state(key.state).to_owned()), key.name.clone(), bits];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let mut pairs = vec![(panels.key.to_owned(), hidden::mark(&parts.join(", ")))];
        if !matches!(key.state, KeyState::NotAsked | KeyState::Unreachable) {
            let source = self.words.key_source(key.source, &self.analysis.provenance);
            pairs.push((panels.key_from.to_owned(), hidden::mark(&source)));
        }
        let fault = key.fault.map(|fault| self.words.key_fault(fault));
        let odd = fault.into_iter().chain(key.lints.iter().map(|lint| self.words.lint(lint.kind)));
        pairs.extend(odd.map(|words| (panels.key_record.to_owned(), words.to_owned())));
        if !key.cname.is_empty() {
            pairs.push((panels.key_leads_over.to_owned(), hidden::mark(&key.cname.join(" → "))));
        }
        pairs
    }

    fn expiry(&self, signature: &Signature) -> Option<(String, String)> {
        let panels = self.panels;
        let since = if signature.expired_at_receipt {
            format!(" ({})", panels.expired_at_receipt)
        } else if signature.expired_now {
            format!(" ({})", panels.expired_since)
        } else {
            String::new()
        };
        Some((panels.expires.to_owned(), format!("{:.0}{since}", signature.expires?)))
    }

    fn coverage(&self, signature: &Signature) -> Vec<(String, String)> {
        let coverage = &signature.coverage;
        let of = |cover: Cover| {
            let names = coverage.covered(cover);
            (!names.is_empty()).then(|| (self.words.cover(cover).to_owned(), self.names(&names)))
        };
        let mut pairs: Vec<_> = Cover::ALL.into_iter().filter_map(of).collect();
        let open: Vec<&str> = coverage.open.iter().map(|open| open.name).collect();
        if !open.is_empty() {
            pairs.push((self.panels.not_signed.to_owned(), self.names(&open)));
        }
        pairs
    }

    fn names(&self, names: &[&str]) -> String {
        let shown = names.iter().take(NAMES).copied().collect::<Vec<_>>().join(", ");
        let rest = names.len().saturating_sub(NAMES);
        let rest = (rest > 0).then(|| format!(" {}", self.panels.more.replace("{}", &count(rest))));
        hidden::mark(&format!("{shown}{}", rest.unwrap_or_default()))
    }

    pub(super) fn dkim2(&self) -> Option<Section> {
        let dkim2 = &self.analysis.facts.dkim2;
        if dkim2.is_absent() {
            return None;
        }
        let panels = self.panels;
        let mut blocks = vec![note(panels.dkim2_hint)];
        let counted = |count: usize, numbering| format!("{count}, {}", self.words.numbering(numbering));
        blocks.push(Block::Pairs(vec![
            (panels.dkim2_hops.to_owned(), counted(dkim2.signatures.len(), dkim2.hops())),
            (panels.dkim2_revisions.to_owned(), counted(dkim2.instances.len(), dkim2.revisions())),
        ]));
        for hop in &dkim2.signatures {
            blocks.push(note(&panels.dkim2_hop.replace("{}", &number(hop.i))));
            blocks.push(Block::Pairs(self.hop_signature(hop)));
        }
        for instance in &dkim2.instances {
            blocks.push(note(&panels.dkim2_revision.replace("{}", &number(instance.m))));
            blocks.push(Block::Pairs(self.instance(instance)));
        }
        if dkim2.left_out > 0 {
            blocks.push(note(&panels.more.replace("{}", &count(dkim2.left_out))));
        }
        Some(Section { title: panels.dkim2.to_owned(), blocks })
    }

    fn hop_signature(&self, hop: &HopSignature) -> Vec<(String, String)> {
        let panels = self.panels;
        let keys = hop.keys.iter();
        let keys = keys.map(|key| format!("{} {}", key.selector, key.algorithm.as_deref().unwrap_or("–")));
        let mut pairs = vec![
            self.pair(panels.signing_domain, hop.domain.clone()),
            self.pair(panels.selector, joined(&keys.collect::<Vec<_>>())),
            self.pair(panels.signed_at, hop.signed_at.map(|at| format!("{at:.0}"))),
            self.pair(panels.envelope_from, hop.mail_from.clone()),
        ];
        let more = [
            (panels.dkim2_recipients, joined(&hop.recipients)),
            (panels.dkim2_next, hop.next_domain.clone()),
            (panels.dkim2_flags, joined(&hop.flags)),
        ];
        pairs.extend(more.into_iter().filter(|(_, value)| value.is_some()).map(|(name, value)| self.pair(name, value)));
        pairs
    }

    fn instance(&self, instance: &Instance) -> Vec<(String, String)> {
        let body = self.words.body_change(instance.body).to_owned();
        let changed: Vec<String> = joined(&instance.headers).into_iter().chain([body]).collect();
        vec![self.pair(self.panels.dkim2_changed, Some(changed.join("; ")))]
    }

    pub(super) fn domainkeys(&self) -> Option<Section> {
        let keys = &self.analysis.facts.domainkeys;
        if keys.is_empty() {
            return None;
        }
        let panels = self.panels;
        let mut blocks = vec![note(panels.domainkeys_hint)];
        blocks.extend(keys.iter().map(|key| {
            Block::Pairs(vec![
                self.pair(panels.signing_domain, key.domain.clone()),
                self.pair(panels.selector, key.selector.clone()),
                self.pair(panels.algorithm, key.algorithm.clone()),
            ])
        }));
        Some(Section { title: panels.domainkeys.to_owned(), blocks })
    }

    /// Says how many of a list are not described.
    fn rest(&self, all: usize, described: usize) -> Option<Block> {
        let rest = all.checked_sub(described).filter(|rest| *rest > 0)?;
        Some(Block::Note(self.panels.more.replace("{}", &count(rest))))
    }
}

fn note(text: &str) -> Block {
    Block::Note(hidden::mark(text))
}

fn joined(texts: &[String]) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(", "))
}

fn number(number: Option<u32>) -> String {
    number.map_or_else(|| "?".to_owned(), |number| number.to_string())
}
