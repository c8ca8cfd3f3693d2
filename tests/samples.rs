//! Each sample teaches one thing: here is which, and that its snapshot answers every question.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::Alignment;
use hopscope::auth::dkim::{DkimResult, Reason as DkimReason};
use hopscope::auth::dmarc::{DmarcResult, Policy};
use hopscope::auth::spf::{Reason as SpfReason, SpfResult};
use hopscope::check::Actor;
use hopscope::dns::{Failure, Ledger, Snapshot};
use hopscope::message::{LineEndings, Message};
use hopscope::path::TlsState;

fn sample(name: &str) -> Analysis {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let message = std::fs::read(folder.join(name).with_extension("eml")).unwrap();
    let snapshot = Snapshot::read(&folder.join(name).with_extension("dns")).unwrap();
    let now = "2026-12-01T00:00:00Z".parse().unwrap();
    let analysis = analyze(Message::read(message), Options::default(), &Ledger::new(&snapshot), now);
    let missing: Vec<_> =
        analysis.questions.iter().filter(|entry| entry.answer.records == Err(Failure::NotInSnapshot)).collect();
    assert!(missing.is_empty(), "{name}.dns lacks {missing:#?}");
    assert!(analysis.facts.input.repairs.is_empty(), "{:?}", analysis.facts.input.repairs);
    assert_eq!(analysis.facts.input.line_endings, LineEndings::Crlf);
    analysis
}

/// What a person reads first.
fn verdict(analysis: &Analysis) -> (&'static str, Actor) {
    (analysis.headline.verdict.code(), analysis.headline.actor)
}

/// The SPF result for the envelope, each DKIM result, the DMARC result.
fn results(analysis: &Analysis) -> (Option<SpfResult>, Vec<DkimResult>, DmarcResult) {
    let facts = &analysis.facts;
    let envelope = facts.spf.mail_from.as_ref().expect("an envelope sender and a connecting address");
    (envelope.result, facts.dkim.iter().map(|signature| signature.result).collect(), facts.dmarc.result)
}

/// The best alignment of SPF and of DKIM.
fn alignment(analysis: &Analysis) -> (Alignment, Alignment) {
    (analysis.facts.dmarc.best_alignment(false), analysis.facts.dmarc.best_alignment(true))
}

fn connecting_address(analysis: &Analysis) -> String {
    analysis.facts.session.ip.as_ref().expect("a connecting address").value.to_string()
}

fn arrival(analysis: &Analysis) -> TlsState {
    analysis.facts.path.boundary_hop().expect("a boundary").tls.state
}

#[test]
fn an_order_confirmation_sent_directly_is_aligned_throughout() {
    let analysis = sample("order-confirmation");
    assert_eq!(verdict(&analysis), ("all-well", Actor::Nobody));
    assert_eq!(results(&analysis), (Some(SpfResult::Pass), vec![DkimResult::Pass; 2], DmarcResult::Pass));
    assert_eq!(alignment(&analysis), (Alignment::Strict, Alignment::Strict));
    assert_eq!(connecting_address(&analysis), "198.51.100.25");
    assert_eq!(arrival(&analysis), TlsState::Encrypted);
    assert_eq!(
        analysis.facts.identity.subject.as_deref(),
        Some("【はなみず雑貨店】ご注文ありがとうございます（ご注文番号 20261109-0147）")
    );
    assert_eq!(analysis.facts.identity.from[0].name.as_deref(), Some("はなみず雑貨店"));
    assert_eq!(analysis.facts.path.hops.len(), 4);
}

#[test]
fn a_newsletter_with_only_the_services_signature_fails_dmarc() {
    let analysis = sample("newsletter-third-party");
    assert_eq!(verdict(&analysis), ("third-party-signature", Actor::Sender));
    assert_eq!(results(&analysis), (Some(SpfResult::Pass), vec![DkimResult::Pass], DmarcResult::Fail));
    assert_eq!(alignment(&analysis), (Alignment::No, Alignment::No));
    assert_eq!(analysis.facts.dmarc.policy, Some(Policy::Quarantine));
    assert_eq!(connecting_address(&analysis), "203.0.113.61");
}

#[test]
fn the_same_newsletter_with_the_authors_signature_passes() {
    let analysis = sample("newsletter-author-signed");
    assert_eq!(verdict(&analysis), ("all-well", Actor::Nobody));
    assert_eq!(results(&analysis), (Some(SpfResult::Pass), vec![DkimResult::Pass; 2], DmarcResult::Pass));
    assert_eq!(alignment(&analysis), (Alignment::No, Alignment::Strict));
}

#[test]
fn after_forwarding_spf_fails_and_dkim_carries() {
    let analysis = sample("forwarded");
    assert_eq!(verdict(&analysis), ("forwarded-dkim-carries", Actor::Nobody));
    assert_eq!(results(&analysis), (Some(SpfResult::Fail), vec![DkimResult::Pass], DmarcResult::Pass));
    assert_eq!(connecting_address(&analysis), "203.0.113.9");
}

#[test]
fn a_mailing_list_broke_the_authors_signature_and_sealed_what_it_saw() {
    let analysis = sample("mailing-list");
    assert_eq!(verdict(&analysis), ("list-modified", Actor::Forwarder));
    assert_eq!(
        results(&analysis),
        (Some(SpfResult::Pass), vec![DkimResult::Pass, DkimResult::Fail], DmarcResult::Fail)
    );
    assert_eq!(alignment(&analysis), (Alignment::No, Alignment::No));
    assert_eq!(analysis.facts.dkim[1].domain.as_deref(), Some("nordwind.example"));
    assert_eq!(analysis.facts.dkim[1].reason, DkimReason::BodyAndHeaderMismatch);
    assert_eq!(connecting_address(&analysis), "203.0.113.50");
    assert_eq!(arrival(&analysis), TlsState::Encrypted);
}

#[test]
fn a_spoofed_invoice_proves_nothing_at_all() {
    let analysis = sample("spoofed-invoice");
    assert_eq!(verdict(&analysis), ("spoofed", Actor::Receiver));
    assert_eq!(results(&analysis), (Some(SpfResult::Fail), vec![], DmarcResult::Fail));
    assert_eq!(analysis.facts.dmarc.policy, Some(Policy::Reject));
    assert_eq!(connecting_address(&analysis), "203.0.113.199");
}

#[test]
fn a_last_hop_without_tls_is_all_that_is_wrong() {
    let analysis = sample("last-hop-plaintext");
    assert_eq!(verdict(&analysis), ("arrival-not-encrypted", Actor::Sender));
    assert_eq!(results(&analysis), (Some(SpfResult::Pass), vec![DkimResult::Pass], DmarcResult::Pass));
    assert_eq!(arrival(&analysis), TlsState::NotEncrypted);
}

#[test]
fn the_eleventh_look_up_ends_spf_before_the_sender_is_reached() {
    let analysis = sample("spf-too-many-lookups");
    assert_eq!(verdict(&analysis), ("spf-over-limit", Actor::Sender));
    assert_eq!(results(&analysis), (Some(SpfResult::PermError), vec![], DmarcResult::Fail));
    let envelope = analysis.facts.spf.mail_from.as_ref().unwrap();
    assert_eq!((envelope.reason, envelope.lookups), (SpfReason::LookupLimit, 11));
    assert_eq!(connecting_address(&analysis), "192.0.2.47");
}
