//! Facts → findings. No I/O, no prose.

mod accepted;
mod aggregate_failures;
mod arc_broken;
mod arc_saw_pass;
mod arrival_not_encrypted;
mod arrival_tls_old;
mod author_domain_lookalike;
mod author_domain_missing;
mod author_domain_not_public;
mod blocklist_refused;
mod body_not_kept;
mod bounce_final;
mod bounce_not_ours;
mod bounce_sender_rules;
mod bounce_temporary;
mod bulk_complaint_level_high;
mod change;
mod claim_differs;
mod claim_forged;
mod clock_skew;
mod compauth_failed;
mod connecting_address_unsure;
mod copy_rewritten;
mod dane_tlsa_unusable;
mod date_far;
mod date_missing;
mod dkim_body_changed;
mod dkim_expired;
mod dkim_fields_unsigned;
mod dkim_header_changed;
mod dkim_key_broken;
mod dkim_key_long;
mod dkim_key_mismatch;
mod dkim_key_missing;
mod dkim_key_not_for_email;
mod dkim_key_revoked;
mod dkim_key_several;
mod dkim_key_short;
mod dkim_key_strict_identity;
mod dkim_key_untidy;
mod dkim_key_weak;
mod dkim_length_beyond_body;
mod dkim_many;
mod dkim_missing;
mod dkim_partial_body;
mod dkim_sha1;
mod dkim_testing;
mod dkim_unreadable;
mod dmarc_broken;
mod dmarc_duplicate_records;
mod dmarc_missing;
mod dmarc_no_author;
mod dmarc_no_reports;
mod dmarc_pct_removed;
mod dmarc_policy_none;
mod dmarc_policy_unusable;
mod dmarc_readings_differ;
mod dmarc_reject_on_spf_only;
mod dmarc_report_unauthorised;
mod dmarc_sp_weaker;
mod dmarc_tag_ignored;
mod dmarc_testing;
mod dmarc_unaligned;
mod dmarc_unauthenticated;
mod dmarc_uri_bad;
mod dns_not_asked;
mod dns_unreachable;
mod domain_listed;
mod field_repeated;
mod filter_before_receiver;
mod filter_marked_spam;
mod filter_phish;
mod filter_skipped;
mod finding;
mod from_name_elsewhere;
mod from_name_hidden;
mod from_several_authors;
mod header_bytes_odd;
mod header_too_large;
mod headers_only;
pub mod headline;
mod hop_date_future;
mod hop_date_missing;
mod hop_gap;
mod hop_loop;
mod hop_tls_weak;
mod impersonates_provider;
mod input_repaired;
mod ip_listed;
mod line_too_long;
mod message_id_unfit;
mod mta_sts_record_broken;
pub mod narrative;
mod no_connecting_address;
mod one_click_broken;
mod one_click_missing;
mod problem;
pub mod provider;
mod received_unreadable;
mod refused;
mod reply_to_elsewhere;
mod reverse_name_mismatch;
mod reverse_name_missing;
mod second_engine_differs;
mod sender_elsewhere;
mod service_only_claimed;
mod several_messages;
mod signatures;
mod silence;
mod slow_hop;
mod source;
mod spf_broken;
mod spf_deprecated_type;
mod spf_fail;
mod spf_forwarded;
mod spf_include_missing;
mod spf_lookup_limit;
mod spf_missing;
mod spf_neutral_all;
mod spf_pass_all;
mod spf_ptr;
mod spf_record_long;
mod spf_several_records;
mod spf_softfail;
mod spf_void_limit;
mod spf_void_readings_differ;
mod spf_wide_network;
mod stream_mixed;
mod tally;
mod tls_rpt_record_broken;

use std::sync::Arc;

pub use accepted::Accepted;
pub use change::{ChangedBy, is_shown as is_signer_shown};
pub use finding::{Actor, Confidence, Evidence, Finding, Severity};
pub use header_too_large::HeaderPart;
pub use headline::{Headline, Verdict};
pub use ip_listed::ListedOn;
pub use message_id_unfit::IdFault;
pub use mta_sts_record_broken::RecordFault;
pub use narrative::{Chapter, narrate};
pub use one_click_broken::OneClickFault;
pub use problem::{KeyLimit, Problem};
pub use provider::{Bulk, Wanted};
pub use refused::{Delivered, DeliveryEnd, Refused};
pub use source::Source;
pub use tally::{FailingSource, Shown, Tally};

use crate::auth::Alignment;
use crate::auth::dkim::Signature;
use crate::auth::dmarc::{self, DmarcResult, Identifier, IdentifierSource, record};
use crate::auth::spf::{self, Remark, RemarkKind, SpfResult};
use crate::auth::trace::{Place, What};
use crate::dns::{Entry, QuestionId, RecordType};
use crate::facts::Facts;
use crate::message::Span;

/// What a check looks at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub facts: &'a Facts,
    /// The DKIM signatures that findings are made about.
    pub signatures: &'a [&'a Signature],
    /// Every question that was asked, by number.
    pub questions: &'a [Arc<Entry>],
    /// What the message comes to.
    pub verdict: &'a Verdict,
}

impl<'a> Subject<'a> {
    /// The message looks spoofed: a remedy that lets its server pass would be one for the attacker.
    const fn is_suspect(self) -> bool {
        matches!(
            self.verdict,
            Verdict::Spoofed { .. }
                | Verdict::AuthorDomainMissing { .. }
                | Verdict::ReadingsDiffer { suffix: Some(_), .. }
        )
    }

    /// The server that connected is nobody's whom the message concerns: it looks spoofed, or brought a notice or a report that
    /// nothing proves.
    const fn is_unproved_server(self) -> bool {
        match self.verdict {
            Verdict::Bounced { refused, .. } => !refused.proved,
            Verdict::AggregateReport { tally } => !tally.proved,
            _ => self.is_suspect(),
        }
    }

    /// Who is to act on that server.
    fn actor_on_client(self) -> Actor {
        if self.is_unproved_server() { Actor::Receiver } else { self.operator_of_client() }
    }

    /// Who is to act on a server that nothing proves: the domain it names, but whoever got the message where it looks
    /// spoofed.
    const fn judge_of_server(self) -> Actor {
        if self.is_suspect() { Actor::Receiver } else { Actor::Sender }
    }

    /// Nothing proves the author domain, and that is certain.
    fn is_unproved(self) -> bool {
        let dmarc = &self.facts.dmarc;
        let aligned = |dkim| dmarc.best_alignment(dkim) != Alignment::No;
        let is_decided = matches!(dmarc.result, DmarcResult::Fail | DmarcResult::None | DmarcResult::PermError);
        is_decided && !aligned(true) && !aligned(false)
    }

    /// Whether this signature is the author domain's: aligned, whether it counts or not.
    fn is_own(self, signature: &Signature) -> bool {
        let is_own = |identifier: &Identifier| {
            let IdentifierSource::Dkim(index) = identifier.source else { return false };
            identifier.is_aligned() && self.facts.dkim.get(index).is_some_and(|own| own.field == signature.field)
        };
        self.facts.dmarc.identifiers.iter().any(is_own)
    }

    /// Who runs the server that made this signature. What nothing ties to the author domain is another's.
    fn signer(self, signature: &Signature) -> Actor {
        let is_other = self.facts.dmarc.author_domain.is_some() && !self.is_own(signature);
        if is_other { Actor::SendingService } else { Actor::Sender }
    }

    /// What it weighs that this signature does not count: an error where it would have proved the author domain and
    /// nothing else does.
    fn weight_of_signature(self, signature: &Signature) -> Severity {
        if self.decides(signature) {
            Severity::Error
        } else if self.is_own(signature) {
            Severity::Warning
        } else {
            Severity::Note
        }
    }

    /// A finding about the key of a signature, which is seen in the answer of DNS.
    fn key_finding(self, signature: &Signature, problem: Problem) -> Finding {
        let place = signature.key.question.map_or(Evidence::Bytes(signature.span), Evidence::Question);
        let severity = self.weight_of_signature(signature);
        Finding::certain(problem, severity, self.signer(signature), place).also([Evidence::Bytes(signature.span)])
    }

    fn decides(self, signature: &Signature) -> bool {
        self.is_unproved() && self.facts.author_signature().is_some_and(|own| own.field == signature.field)
    }

    /// What it weighs that SPF does not pass: an error where it would have proved the author domain and nothing else does.
    fn weight_of_envelope(self) -> Severity {
        let decides = self.is_unproved() && self.facts.dmarc.envelope_is_aligned();
        if decides { Severity::Error } else { Severity::Warning }
    }

    /// What it weighs that a DMARC record does not count: an error where none applies for it.
    fn weight_of_lost_record(self) -> Severity {
        if self.facts.dmarc.result == DmarcResult::None { Severity::Error } else { Severity::Warning }
    }

    /// The steps about such problems of the record that applies.
    fn parts_of_record(self, wanted: impl Fn(&record::Problem) -> bool) -> Vec<Evidence> {
        let dmarc = &self.facts.dmarc;
        let (Some(question), Some(text)) = (dmarc.question, &dmarc.record) else { return Vec::new() };
        let problems = text.record.problems.iter().filter(|problem| wanted(problem));
        let places = problems.map(|problem| Place::Answer { question, record: text.index, span: problem.span });
        let step = |place| dmarc.trace.find_at(What::Dmarc(dmarc::Task::DmarcTag), place);
        let mut steps: Vec<Evidence> = Vec::new();
        for id in places.filter_map(step).map(|step| Evidence::Step(step.id.clone())) {
            if !steps.contains(&id) {
                steps.push(id);
            }
        }
        steps
    }

    /// The questions that a verdict can rest on: not those about DMARC reports or for rules of providers, nor those for the
    /// type SPF (99) and for name servers.
    fn deciding_questions(self) -> impl Iterator<Item = &'a Arc<Entry>> {
        let for_reports = &self.facts.dmarc.report_questions;
        let for_rules: Vec<QuestionId> = self.facts.provider_questions().collect();
        let decides = move |entry: &&Arc<Entry>| {
            let is_aside = for_reports.contains(&entry.id) || for_rules.contains(&entry.id);
            !matches!(entry.question.kind, RecordType::Spf | RecordType::Ns) && !is_aside
        };
        self.questions.iter().filter(decides)
    }

    /// The check of the envelope sender, where its record could be evaluated.
    fn evaluated_record(self) -> Option<&'a spf::Check> {
        let is_evaluated = |check: &&spf::Check| {
            use SpfResult::{Fail, Neutral, Pass, SoftFail};
            matches!(check.result, Some(Pass | Fail | SoftFail | Neutral))
        };
        self.facts.spf.mail_from.as_ref().filter(is_evaluated)
    }

    /// Remarks of these kinds on that record and those it leads to, in the order in which they are read.
    fn remarks(self, kinds: &'static [RemarkKind]) -> impl Iterator<Item = (&'a spf::Check, &'a Remark)> {
        let survey = self.evaluated_record().and_then(|check| Some((check, check.survey.as_ref()?)));
        survey.into_iter().flat_map(move |(check, survey)| {
            let wanted = survey.remarks.iter().filter(move |remark| kinds.contains(&remark.kind));
            wanted.map(move |remark| (check, remark))
        })
    }

    /// What a field that is not there would stand beside.
    fn header_place(self) -> Span {
        self.facts.identity.from_span.unwrap_or(Span::new(0, self.facts.input.bytes))
    }

    /// Who runs the server that connected to the receiving side.
    fn operator_of_client(self) -> Actor {
        if self.facts.handling.is_claimed() { Actor::Forwarder } else { Actor::Sender }
    }
}

/// The most characters of a stranger's text that a finding quotes.
const MAX_QUOTED: usize = 100;

/// How many further places a finding about the path names.
const MAX_PLACES: usize = 5;

fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Who keeps a record: the sender, or the service whose record the sender's includes.
fn keeper(owner: &str, check: &spf::Check) -> Actor {
    if dmarc::is_same_organization(owner, &check.domain) { Actor::Sender } else { Actor::SendingService }
}

/// Where a part of a record can be seen: the step about it, or the question that brought it where no step is.
fn place_in(check: &spf::Check, place: Place) -> Evidence {
    let tasks = [spf::Task::SpfMechanism, spf::Task::SpfRecord];
    let step = tasks.into_iter().find_map(|task| check.trace.find_at(What::Spf(task), place));
    match (step, place) {
        (Some(step), _) => Evidence::Step(step.id.clone()),
        (None, Place::Answer { question, .. }) => Evidence::Question(question),
        (None, Place::Message(span)) => Evidence::Bytes(span),
    }
}

/// One check: its code, where its rule stands, and what it looks at.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    pub code: &'static str,
    pub sources: &'static [Source],
    run: Run,
}

#[derive(Debug, Clone, Copy)]
enum Run {
    /// Once for the message.
    Message(fn(Subject<'_>) -> Option<Finding>),
    /// For each DKIM signature that is judged.
    Signature(fn(Subject<'_>, &Signature) -> Option<Finding>),
}

impl Check {
    const fn message(code: &'static str, sources: &'static [Source], run: fn(Subject<'_>) -> Option<Finding>) -> Self {
        Self { code, sources, run: Run::Message(run) }
    }

    const fn signature(
        code: &'static str,
        sources: &'static [Source],
        run: fn(Subject<'_>, &Signature) -> Option<Finding>,
    ) -> Self {
        Self { code, sources, run: Run::Signature(run) }
    }

    fn findings(&self, subject: Subject<'_>) -> Vec<Finding> {
        match self.run {
            Run::Message(run) => run(subject).into_iter().collect(),
            Run::Signature(run) => subject.signatures.iter().filter_map(|signature| run(subject, signature)).collect(),
        }
    }
}

/// Where the rule behind a finding stands.
#[must_use]
pub fn sources(problem: &Problem) -> &'static [Source] {
    CHECKS.iter().find(|check| check.code == problem.code()).map_or(&[], |check| check.sources)
}

/// Every check, in the order in which equally severe findings are shown: what decides about the message first.
pub const CHECKS: &[Check] = &[
    Check::message("author-domain-missing", author_domain_missing::SOURCES, author_domain_missing::check),
    Check::message("bounce-sender-rules", bounce_sender_rules::SOURCES, bounce_sender_rules::check),
    Check::message("bounce-final", bounce_final::SOURCES, bounce_final::check),
    Check::message("bounce-temporary", bounce_temporary::SOURCES, bounce_temporary::check),
    Check::message("aggregate-failures", aggregate_failures::SOURCES, aggregate_failures::check),
    Check::message("author-domain-not-public", author_domain_not_public::SOURCES, author_domain_not_public::check),
    Check::message("author-domain-lookalike", author_domain_lookalike::SOURCES, author_domain_lookalike::check),
    Check::message("dmarc-unaligned", dmarc_unaligned::SOURCES, dmarc_unaligned::check),
    Check::message("dmarc-unauthenticated", dmarc_unauthenticated::SOURCES, dmarc_unauthenticated::check),
    Check::message("dmarc-no-author", dmarc_no_author::SOURCES, dmarc_no_author::check),
    Check::message("impersonates-provider", impersonates_provider::SOURCES, impersonates_provider::check),
    Check::message("from-name-elsewhere", from_name_elsewhere::SOURCES, from_name_elsewhere::check),
    Check::message("from-name-hidden", from_name_hidden::SOURCES, from_name_hidden::check),
    Check::message("spf-lookup-limit", spf_lookup_limit::SOURCES, spf_lookup_limit::check),
    Check::message("spf-void-limit", spf_void_limit::SOURCES, spf_void_limit::check),
    Check::message("spf-several-records", spf_several_records::SOURCES, spf_several_records::check),
    Check::message("spf-include-missing", spf_include_missing::SOURCES, spf_include_missing::check),
    Check::message("spf-broken", spf_broken::SOURCES, spf_broken::check),
    Check::message("spf-fail", spf_fail::SOURCES, spf_fail::check),
    Check::message("spf-softfail", spf_softfail::SOURCES, spf_softfail::check),
    Check::message("spf-forwarded", spf_forwarded::SOURCES, spf_forwarded::check),
    Check::message("spf-deprecated-type", spf_deprecated_type::SOURCES, spf_deprecated_type::check),
    Check::message("spf-missing", spf_missing::SOURCES, spf_missing::check),
    Check::message("spf-pass-all", spf_pass_all::SOURCES, spf_pass_all::check),
    Check::message("spf-wide-network", spf_wide_network::SOURCES, spf_wide_network::check),
    Check::message("spf-neutral-all", spf_neutral_all::SOURCES, spf_neutral_all::check),
    Check::message("spf-void-readings-differ", spf_void_readings_differ::SOURCES, spf_void_readings_differ::check),
    Check::message("spf-ptr", spf_ptr::SOURCES, spf_ptr::check),
    Check::message("spf-record-long", spf_record_long::SOURCES, spf_record_long::check),
    Check::message("copy-rewritten", copy_rewritten::SOURCES, copy_rewritten::check),
    Check::signature("dkim-body-changed", dkim_body_changed::SOURCES, dkim_body_changed::check),
    Check::signature("dkim-header-changed", dkim_header_changed::SOURCES, dkim_header_changed::check),
    Check::signature("dkim-key-missing", dkim_key_missing::SOURCES, dkim_key_missing::check),
    Check::signature("dkim-key-revoked", dkim_key_revoked::SOURCES, dkim_key_revoked::check),
    Check::signature("dkim-key-broken", dkim_key_broken::SOURCES, dkim_key_broken::check),
    Check::signature("dkim-key-mismatch", dkim_key_mismatch::SOURCES, dkim_key_mismatch::check),
    Check::signature("dkim-key-not-for-email", dkim_key_not_for_email::SOURCES, dkim_key_not_for_email::check),
    Check::signature("dkim-key-strict-identity", dkim_key_strict_identity::SOURCES, dkim_key_strict_identity::check),
    Check::signature("dkim-unreadable", dkim_unreadable::SOURCES, dkim_unreadable::check),
    Check::signature("dkim-length-beyond-body", dkim_length_beyond_body::SOURCES, dkim_length_beyond_body::check),
    Check::signature("dkim-sha1", dkim_sha1::SOURCES, dkim_sha1::check),
    Check::signature("dkim-key-short", dkim_key_short::SOURCES, dkim_key_short::check),
    Check::signature("dkim-key-long", dkim_key_long::SOURCES, dkim_key_long::check),
    Check::signature("dkim-expired", dkim_expired::SOURCES, dkim_expired::check),
    Check::signature("dkim-partial-body", dkim_partial_body::SOURCES, dkim_partial_body::check),
    Check::message("dkim-fields-unsigned", dkim_fields_unsigned::SOURCES, dkim_fields_unsigned::check),
    Check::message("one-click-broken", one_click_broken::SOURCES, one_click_broken::check),
    Check::message("one-click-missing", one_click_missing::SOURCES, one_click_missing::check),
    Check::signature("dkim-key-several", dkim_key_several::SOURCES, dkim_key_several::check),
    Check::signature("dkim-key-untidy", dkim_key_untidy::SOURCES, dkim_key_untidy::check),
    Check::signature("dkim-key-weak", dkim_key_weak::SOURCES, dkim_key_weak::check),
    Check::signature("dkim-testing", dkim_testing::SOURCES, dkim_testing::check),
    Check::message("dkim-many", dkim_many::SOURCES, dkim_many::check),
    Check::message("dkim-missing", dkim_missing::SOURCES, dkim_missing::check),
    Check::message("arrival-not-encrypted", arrival_not_encrypted::SOURCES, arrival_not_encrypted::check),
    Check::message("arrival-tls-old", arrival_tls_old::SOURCES, arrival_tls_old::check),
    Check::message("reverse-name-missing", reverse_name_missing::SOURCES, reverse_name_missing::check),
    Check::message("reverse-name-mismatch", reverse_name_mismatch::SOURCES, reverse_name_mismatch::check),
    Check::message("ip-listed", ip_listed::SOURCES, ip_listed::check),
    Check::message("domain-listed", domain_listed::SOURCES, domain_listed::check),
    Check::message("dmarc-duplicate-records", dmarc_duplicate_records::SOURCES, dmarc_duplicate_records::check),
    Check::message("dmarc-broken", dmarc_broken::SOURCES, dmarc_broken::check),
    Check::message("dmarc-policy-unusable", dmarc_policy_unusable::SOURCES, dmarc_policy_unusable::check),
    Check::message("dmarc-missing", dmarc_missing::SOURCES, dmarc_missing::check),
    Check::message("dmarc-reject-on-spf-only", dmarc_reject_on_spf_only::SOURCES, dmarc_reject_on_spf_only::check),
    Check::message("dmarc-policy-none", dmarc_policy_none::SOURCES, dmarc_policy_none::check),
    Check::message("dmarc-no-reports", dmarc_no_reports::SOURCES, dmarc_no_reports::check),
    Check::message("dmarc-testing", dmarc_testing::SOURCES, dmarc_testing::check),
    Check::message("dmarc-sp-weaker", dmarc_sp_weaker::SOURCES, dmarc_sp_weaker::check),
    Check::message("dmarc-pct-removed", dmarc_pct_removed::SOURCES, dmarc_pct_removed::check),
    Check::message("dmarc-tag-ignored", dmarc_tag_ignored::SOURCES, dmarc_tag_ignored::check),
    Check::message("dmarc-uri-bad", dmarc_uri_bad::SOURCES, dmarc_uri_bad::check),
    Check::message("dmarc-report-unauthorised", dmarc_report_unauthorised::SOURCES, dmarc_report_unauthorised::check),
    Check::message("dmarc-readings-differ", dmarc_readings_differ::SOURCES, dmarc_readings_differ::check),
    Check::message("arc-saw-pass", arc_saw_pass::SOURCES, arc_saw_pass::check),
    Check::message("arc-broken", arc_broken::SOURCES, arc_broken::check),
    Check::message("second-engine-differs", second_engine_differs::SOURCES, second_engine_differs::check),
    Check::message("bounce-not-ours", bounce_not_ours::SOURCES, bounce_not_ours::check),
    Check::message("reply-to-elsewhere", reply_to_elsewhere::SOURCES, reply_to_elsewhere::check),
    Check::message("sender-elsewhere", sender_elsewhere::SOURCES, sender_elsewhere::check),
    Check::message("service-only-claimed", service_only_claimed::SOURCES, service_only_claimed::check),
    Check::message("stream-mixed", stream_mixed::SOURCES, stream_mixed::check),
    Check::message("from-several-authors", from_several_authors::SOURCES, from_several_authors::check),
    Check::message("field-repeated", field_repeated::SOURCES, field_repeated::check),
    Check::message("claim-forged", claim_forged::SOURCES, claim_forged::check),
    Check::message("compauth-failed", compauth_failed::SOURCES, compauth_failed::check),
    Check::message("filter-phish", filter_phish::SOURCES, filter_phish::check),
    Check::message("filter-marked-spam", filter_marked_spam::SOURCES, filter_marked_spam::check),
    Check::message("bulk-complaint-level-high", bulk_complaint_level_high::SOURCES, bulk_complaint_level_high::check),
    Check::message("filter-before-receiver", filter_before_receiver::SOURCES, filter_before_receiver::check),
    Check::message("filter-skipped", filter_skipped::SOURCES, filter_skipped::check),
    Check::message("claim-differs", claim_differs::SOURCES, claim_differs::check),
    Check::message("connecting-address-unsure", connecting_address_unsure::SOURCES, connecting_address_unsure::check),
    Check::message("no-connecting-address", no_connecting_address::SOURCES, no_connecting_address::check),
    Check::message("hop-loop", hop_loop::SOURCES, hop_loop::check),
    Check::message("hop-gap", hop_gap::SOURCES, hop_gap::check),
    Check::message("hop-date-future", hop_date_future::SOURCES, hop_date_future::check),
    Check::message("clock-skew", clock_skew::SOURCES, clock_skew::check),
    Check::message("slow-hop", slow_hop::SOURCES, slow_hop::check),
    Check::message("hop-tls-weak", hop_tls_weak::SOURCES, hop_tls_weak::check),
    Check::message("hop-date-missing", hop_date_missing::SOURCES, hop_date_missing::check),
    Check::message("received-unreadable", received_unreadable::SOURCES, received_unreadable::check),
    Check::message("date-missing", date_missing::SOURCES, date_missing::check),
    Check::message("date-far", date_far::SOURCES, date_far::check),
    Check::message("message-id-unfit", message_id_unfit::SOURCES, message_id_unfit::check),
    Check::message("header-bytes-odd", header_bytes_odd::SOURCES, header_bytes_odd::check),
    Check::message("header-too-large", header_too_large::SOURCES, header_too_large::check),
    Check::message("line-too-long", line_too_long::SOURCES, line_too_long::check),
    Check::message("mta-sts-record-broken", mta_sts_record_broken::SOURCES, mta_sts_record_broken::check),
    Check::message("tls-rpt-record-broken", tls_rpt_record_broken::SOURCES, tls_rpt_record_broken::check),
    Check::message("dane-tlsa-unusable", dane_tlsa_unusable::SOURCES, dane_tlsa_unusable::check),
    Check::message("blocklist-refused", blocklist_refused::SOURCES, blocklist_refused::check),
    Check::message("dns-unreachable", dns_unreachable::SOURCES, dns_unreachable::check),
    Check::message("dns-not-asked", dns_not_asked::SOURCES, dns_not_asked::check),
    Check::message("headers-only", headers_only::SOURCES, headers_only::check),
    Check::message("body-not-kept", body_not_kept::SOURCES, body_not_kept::check),
    Check::message("several-messages", several_messages::SOURCES, several_messages::check),
    Check::message("input-repaired", input_repaired::SOURCES, input_repaired::check),
];

/// Runs every check; what a worse finding explains is left out, and the worst stands first, among equals what the sentence on top
/// speaks of.
#[must_use]
pub fn run(facts: &Facts, questions: &[Arc<Entry>], verdict: &Verdict) -> Vec<Finding> {
    let signatures = signatures::judged(facts);
    let subject = Subject { facts, signatures: &signatures, questions, verdict };
    // Of what is no message nothing can be said but what the report counts.
    let fits = |check: &&Check| !facts.is_report_alone() || check.code == "aggregate-failures";
    let mut findings: Vec<Finding> = CHECKS.iter().filter(fits).flat_map(|check| check.findings(subject)).collect();
    silence::consequences(&mut findings, verdict);
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), !verdict.is_about(finding.problem.code())));
    findings
}
