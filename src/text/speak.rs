//! Makes a language of its folder, so that each language is nothing but its sentences.

use jiff::SignedDuration;

use super::findings::{Explanation, explain};
use super::fix::FixText;
use super::glossary::{Entry, Term};
use super::letter::{Addressee, AdministratorWords, Matter};
use super::{Lang, Panels, Words, en, ja};
use crate::aggregate;
use crate::auth::Alignment;
use crate::auth::arc::{self, ArcResult, PartState};
use crate::auth::claimed::{Agreement, Certainty, Deviation, Note, Subject, Trust, Why};
use crate::auth::dkim::cause::{Causes, Change, Edit, Search};
use crate::auth::dkim::coverage::Cover;
use crate::auth::dkim::key::KeyFault;
use crate::auth::dkim::lint::LintKind;
use crate::auth::dkim::tag;
use crate::auth::dkim::{self, BodyHash, DkimResult, HeaderSignature, KeyState};
use crate::auth::dkim2::{BodyChange, Numbering};
use crate::auth::dmarc::record::{ProblemKind, Record, TagName};
use crate::auth::dmarc::{self, Authentication, Compared, DmarcResult, Found, Permission, Policy, PolicyRequest};
use crate::auth::iprev::IprevResult;
use crate::auth::second::{self, Known, Part};
use crate::auth::spf::{self, SpfResult};
use crate::auth::trace::{Outcome, What};
use crate::bounce::{self, NoticeKind};
use crate::check::narrative::Event;
use crate::check::provider::{self, Audience, Bulk, Chosen, Effect, Level, Rule, Ruleset};
use crate::check::{Accepted, Actor, Confidence, Problem, Severity, Verdict};
use crate::dns::{Failure, Provenance, Source};
use crate::facts::network::{NetworkCheck, ToLists};
use crate::facts::{MomentSource, SessionSource, Standing};
use crate::fix::{Fix, Placeholder, Withheld};
use crate::listing;
use crate::message::RepairCode;
use crate::message::container::{Form, Shortfall};
use crate::notes::{Meaning, Whose};
use crate::path::{BoundaryReason, Handover, PartKind, Side, TlsState};
use crate::samples::Sample;
use crate::sender::services::{Service, Setup};
use crate::sender::who::{Attribution, Mark, Tie};
use crate::sender::{Sender, StreamKind};
use crate::transport::{self, MailDomain};

/// Makes a language of its folder, so that each language is nothing but its sentences.
macro_rules! speak {
    ($language:ident, $lang:expr, $words:ident) => {
        #[derive(Debug)]
        pub(super) struct $language;

        impl Words for $language {
            fn lang(&self) -> Lang {
                $lang
            }

            fn panels(&self) -> &'static Panels {
                &$words::panels::PANELS
            }

            fn accepted(&self, accepted: &Accepted) -> String {
                $words::story::accepted(accepted)
            }
            fn headline(&self, verdict: &Verdict) -> String {
                $words::story::headline(verdict)
            }

            fn next_step(&self, verdict: &Verdict) -> String {
                $words::story::next_step(verdict)
            }

            fn improvements(&self) -> &'static str {
                $words::story::IMPROVEMENTS
            }

            fn first_finding(&self, title: &str) -> String {
                $words::story::first_finding(title)
            }

            fn explain(&self, problem: &Problem) -> Explanation {
                use $words::findings as found;
                explain!(problem, found)
            }

            fn term(&self, term: Term) -> Entry {
                $words::glossary::entry(term)
            }

            fn event(&self, event: &Event<'_>) -> String {
                $words::narrative::event(event)
            }

            fn fix(&self, fix: &Fix) -> FixText {
                $words::fix::fix(fix)
            }

            fn not_offered(&self, why: Withheld) -> &'static str {
                $words::fix::not_offered(why)
            }

            fn fix_nothing(&self, verdict: &Verdict) -> String {
                $words::fix::nothing(verdict)
            }

            fn placeholder(&self, placeholder: &Placeholder) -> String {
                $words::fix::placeholder(placeholder)
            }

            fn customer(&self, matter: &Matter<'_>) -> String {
                $words::letter::customer(matter)
            }

            fn letter(&self) -> &'static AdministratorWords {
                &$words::administrator::WORDS
            }

            fn to_administrator(&self, addressee: Addressee<'_>) -> String {
                $words::administrator::to(addressee)
            }

            fn about(&self, matter: &Matter<'_>) -> String {
                $words::administrator::about(matter)
            }

            fn asked(&self, matter: &Matter<'_>) -> Vec<String> {
                $words::administrator::asked(matter)
            }

            fn sample(&self, sample: Sample) -> &'static str {
                $words::samples::sample(sample)
            }

            fn severity(&self, severity: Severity) -> &'static str {
                $words::terms::severity(severity)
            }

            fn confidence(&self, confidence: Confidence) -> &'static str {
                $words::terms::confidence(confidence)
            }

            fn mark(&self, severity: Severity, confidence: Confidence) -> String {
                $words::terms::mark(severity, confidence)
            }

            fn actor(&self, actor: Actor) -> &'static str {
                $words::terms::actor(actor)
            }

            fn spf_result(&self, result: Option<SpfResult>) -> &'static str {
                $words::terms::spf_result(result)
            }

            fn spf_reason(&self, result: Option<SpfResult>, reason: spf::Reason) -> &'static str {
                $words::terms::spf_reason(result, reason)
            }

            fn spf_sentence(&self, check: &spf::Check) -> String {
                $words::spf::sentence(check)
            }

            fn spf_why_not(&self, check: &spf::Check) -> Option<String> {
                $words::spf::why_not(check)
            }

            fn spf_authorised(&self, survey: &spf::Survey) -> String {
                $words::spf::authorised(survey)
            }

            fn spf_cost(&self, cost: spf::Cost) -> String {
                $words::spf::cost(cost)
            }

            fn spf_voids_by_question(&self, check: &spf::Check) -> Option<String> {
                $words::spf::voids_by_question(check)
            }

            fn spf_fault(&self, error: spf::SyntaxError) -> &'static str {
                $words::spf::fault(error)
            }

            fn dkim_result(&self, result: DkimResult) -> &'static str {
                $words::terms::dkim_result(result)
            }

            fn dkim_reason(&self, reason: dkim::Reason) -> &'static str {
                $words::terms::dkim_reason(reason)
            }

            fn change(&self, change: Change) -> &'static str {
                $words::causes::change(change)
            }

            fn edit(&self, edit: &Edit) -> String {
                $words::causes::edit(edit)
            }

            fn edits(&self, causes: &Causes) -> String {
                $words::causes::edits(causes)
            }

            fn search(&self, search: &Search) -> String {
                $words::causes::search(search)
            }

            fn standing(&self, standing: &Standing<'_>) -> String {
                $words::dkim::standing(standing)
            }

            fn key_fault(&self, fault: KeyFault) -> &'static str {
                $words::dkim::key_fault(fault)
            }

            fn key_source(&self, source: Source, provenance: &Provenance) -> String {
                $words::dkim::key_source(source, provenance)
            }

            fn lint(&self, kind: LintKind) -> &'static str {
                $words::dkim::lint(kind)
            }

            fn tag_fault(&self, fault: tag::Fault) -> &'static str {
                $words::dkim::tag_fault(fault)
            }

            fn cover(&self, cover: Cover) -> &'static str {
                $words::dkim::cover(cover)
            }

            fn numbering(&self, numbering: Numbering) -> &'static str {
                $words::dkim::numbering(numbering)
            }

            fn body_change(&self, change: BodyChange) -> &'static str {
                $words::dkim::body_change(change)
            }

            fn key_state(&self, state: KeyState) -> &'static str {
                $words::terms::key_state(state)
            }

            fn body_hash(&self, state: BodyHash) -> &'static str {
                $words::terms::body_hash(state)
            }

            fn header_signature(&self, state: HeaderSignature) -> &'static str {
                $words::terms::header_signature(state)
            }

            fn arc_result(&self, result: ArcResult) -> &'static str {
                $words::arc::result(result)
            }

            fn arc_reason(&self, reason: arc::Reason) -> &'static str {
                $words::arc::reason(reason)
            }

            fn arc_part(&self, state: PartState) -> &'static str {
                $words::arc::part(state)
            }

            fn arc_oldest_pass(&self, oldest: u32) -> String {
                $words::arc::oldest_pass(oldest)
            }

            fn arc_change(&self, change: arc::Change<'_>) -> String {
                $words::arc::change(change)
            }

            fn dmarc_result(&self, result: DmarcResult) -> &'static str {
                $words::terms::dmarc_result(result)
            }

            fn dmarc_reason(&self, reason: dmarc::Reason) -> &'static str {
                $words::terms::dmarc_reason(reason)
            }

            fn policy(&self, policy: Policy) -> &'static str {
                $words::terms::policy(policy)
            }

            fn policy_request(&self, request: PolicyRequest<'_>) -> String {
                $words::dmarc::policy_request(request)
            }

            fn relation(&self, compared: Compared<'_>) -> String {
                $words::dmarc::relation(compared)
            }

            fn record_part(&self, name: TagName, record: &Record) -> String {
                $words::dmarc::record_part(name, record)
            }

            fn record_problem(&self, kind: ProblemKind) -> &'static str {
                $words::dmarc::record_problem(kind)
            }

            fn permission(&self, permission: Permission) -> &'static str {
                $words::dmarc::permission(permission)
            }

            fn alignment(&self, alignment: Option<Alignment>) -> &'static str {
                $words::terms::alignment(alignment)
            }

            fn authentication(&self, authentication: Authentication) -> &'static str {
                $words::terms::authentication(authentication)
            }

            fn found(&self, found: Found) -> &'static str {
                $words::terms::found(found)
            }

            fn bounce_meaning(&self, meaning: bounce::Meaning) -> &'static str {
                $words::bounce::meaning(meaning)
            }

            fn bounce_remedy(&self, recipient: &bounce::Recipient, is_returned: bool) -> String {
                $words::bounce::remedy(recipient.meaning(), recipient.outcome, recipient.retried_until, is_returned)
            }

            fn bounce_outcome(&self, outcome: bounce::Outcome) -> &'static str {
                $words::bounce::outcome(outcome)
            }

            fn bounce_form(&self, form: bounce::Form) -> &'static str {
                $words::bounce::form(form)
            }

            fn bounce_deviation(&self, deviation: bounce::Deviation) -> &'static str {
                $words::bounce::deviation(deviation)
            }

            fn bounce_basis(&self, basis: bounce::Basis) -> &'static str {
                $words::bounce::basis(basis)
            }

            fn bounce_known_by(&self, known: bounce::KnownBy) -> &'static str {
                $words::bounce::known_by(known)
            }

            fn aggregate_counted(&self, report: &aggregate::Aggregate) -> String {
                $words::aggregate::counted(report)
            }

            fn aggregate_deviation(&self, deviation: aggregate::Deviation) -> &'static str {
                $words::aggregate::deviation(deviation)
            }

            fn aggregate_method(&self, method: aggregate::Method) -> &'static str {
                $words::aggregate::method(method)
            }

            fn aggregate_reason(&self, kind: aggregate::OverrideKind) -> &'static str {
                $words::aggregate::reason(kind)
            }

            fn notice(&self, kind: NoticeKind) -> &'static str {
                $words::bounce::notice(kind)
            }

            fn second_part(&self, part: Part) -> String {
                $words::second::part(part)
            }

            fn second_verdict(&self, verdict: second::Verdict) -> &'static str {
                $words::second::verdict(verdict)
            }

            fn second_reason(&self, known: Known) -> &'static str {
                $words::second::reason(known)
            }

            fn iprev_result(&self, result: IprevResult) -> &'static str {
                $words::terms::iprev_result(result)
            }

            fn claim_trust(&self, trust: Trust) -> &'static str {
                $words::claims::trust(trust)
            }

            fn claim_deviation(&self, deviation: Deviation) -> &'static str {
                $words::claims::deviation(deviation)
            }

            fn claim_note(&self, note: Note) -> &'static str {
                $words::claims::note(note)
            }

            fn claim_subject(&self, subject: Subject) -> String {
                $words::claims::subject(subject)
            }

            fn claim_agreement(&self, agreement: Agreement) -> &'static str {
                $words::claims::agreement(agreement)
            }

            fn claim_why(&self, why: Why) -> String {
                $words::claims::why(why)
            }

            fn claim_certainty(&self, certainty: Certainty) -> &'static str {
                $words::claims::certainty(certainty)
            }

            fn note_whose(&self, whose: Whose) -> &'static str {
                $words::notes::whose(whose)
            }

            fn note_meaning(&self, meaning: Meaning) -> &'static str {
                $words::notes::meaning(meaning)
            }

            fn tls_state(&self, state: TlsState) -> &'static str {
                $words::terms::tls_state(state)
            }

            fn side(&self, side: Side) -> &'static str {
                $words::terms::side(side)
            }

            fn handover(&self, handover: Handover) -> &'static str {
                $words::terms::handover(handover)
            }

            fn part_kind(&self, kind: PartKind) -> &'static str {
                $words::terms::part_kind(kind)
            }

            fn boundary_reason(&self, reason: BoundaryReason) -> &'static str {
                $words::terms::boundary_reason(reason)
            }

            fn stream(&self, kind: StreamKind) -> &'static str {
                $words::terms::stream(kind)
            }

            fn service_name(&self, service: &'static Service) -> &'static str {
                $words::sender::service_name(service)
            }

            fn sent_by(&self, sender: &Sender, author: Option<&str>) -> String {
                $words::sender::sent_by(sender, author)
            }

            fn claimed_services(&self, claims: &[Attribution]) -> String {
                $words::sender::claimed_services(claims)
            }

            fn service_mark(&self, mark: &Mark) -> String {
                $words::sender::service_mark(mark)
            }

            fn tie(&self, tie: &Tie) -> String {
                $words::sender::tie(tie)
            }

            fn setup(&self, service: &'static Service, setup: &Setup, author: &str) -> Vec<String> {
                $words::sender::setup(service, setup, author)
            }

            fn session_source(&self, source: SessionSource) -> &'static str {
                $words::terms::session_source(source)
            }

            fn moment_source(&self, source: MomentSource) -> &'static str {
                $words::terms::moment_source(source)
            }

            fn repair(&self, code: RepairCode) -> &'static str {
                $words::terms::repair(code)
            }

            fn form(&self, form: Form) -> &'static str {
                $words::terms::form(form)
            }

            fn shortfall(&self, shortfall: Shortfall) -> &'static str {
                $words::terms::shortfall(shortfall)
            }

            fn dns_failure(&self, failure: Failure) -> &'static str {
                $words::terms::dns_failure(failure)
            }

            fn step(&self, what: What) -> &'static str {
                $words::steps::step(what)
            }

            fn outcome(&self, outcome: Outcome) -> &'static str {
                $words::steps::outcome(outcome)
            }

            fn duration(&self, duration: SignedDuration) -> String {
                $words::terms::duration(duration)
            }

            fn requirement(&self, rule: &Rule, ruleset: &Ruleset) -> String {
                $words::rules::requirement(rule, self.provider(ruleset))
            }

            fn rule_state(&self, state: provider::State) -> &'static str {
                $words::rules::state(state)
            }

            fn audience(&self, audience: Audience) -> &'static str {
                $words::rules::audience(audience)
            }

            fn rule_level(&self, level: Level) -> Option<&'static str> {
                $words::rules::level(level)
            }

            fn rule_effect(&self, effect: Effect) -> &'static str {
                $words::rules::effect(effect)
            }

            fn rule_caveat(&self, rule: &Rule) -> Option<&'static str> {
                $words::rules::caveat(rule.status, rule.basis)
            }

            fn rule_why(&self, why: &provider::Why) -> String {
                $words::rules::why(why)
            }

            fn bulk(&self, bulk: Bulk) -> &'static str {
                $words::rules::bulk(bulk)
            }

            fn likely_bulk(&self, kind: StreamKind) -> Option<&'static str> {
                $words::rules::likely_bulk(kind)
            }

            fn chosen_provider(&self, chosen: &Chosen) -> String {
                $words::rules::chosen(&chosen.by, self.provider(chosen.ruleset))
            }

            fn network_check(&self, check: NetworkCheck) -> &'static str {
                $words::network::check(check)
            }

            fn leaves_for_lists(&self, leaving: &ToLists) -> String {
                $words::network::leaves_for_lists(leaving)
            }

            fn leaves_for_transport(&self, domains: &[MailDomain]) -> String {
                $words::network::leaves_for_transport(domains)
            }

            fn address_left_out(&self, address: listing::Address) -> Option<String> {
                $words::network::address_left_out(address)
            }

            fn listing(&self, standing: listing::Standing) -> &'static str {
                $words::network::listing(standing)
            }

            fn listing_note(&self, standing: listing::Standing) -> Option<&'static str> {
                $words::network::listing_note(standing)
            }

            fn listing_meaning(&self, meaning: listing::Meaning) -> &'static str {
                $words::network::listing_meaning(meaning)
            }

            fn listing_terms(&self, terms: listing::Terms) -> Option<&'static str> {
                $words::network::listing_terms(terms)
            }

            fn listing_role(&self, role: listing::Role) -> &'static str {
                $words::network::role(role)
            }

            fn transport_whose(&self, whose: transport::Whose) -> &'static str {
                $words::network::whose(whose)
            }

            fn transport_state(&self, state: transport::State) -> String {
                $words::network::published(state)
            }

            fn transport_problem(&self, problem: transport::Problem) -> &'static str {
                $words::network::problem(problem)
            }

            fn exchange(&self, exchange: transport::Exchange) -> &'static str {
                $words::network::exchange(exchange)
            }

            fn tlsa_state(&self, state: transport::HostState) -> &'static str {
                $words::network::tlsa_state(state)
            }

            fn tlsa(&self, record: transport::Tlsa) -> String {
                $words::network::tlsa(record)
            }
        }
    };
}

speak!(English, Lang::En, en);
speak!(Japanese, Lang::Ja, ja);
