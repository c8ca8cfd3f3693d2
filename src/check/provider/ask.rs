//! The tests that decide rules: each looks at facts and answers with its reason. None looks at raw text.

use serde::{Deserialize, Serialize};

use super::ruleset::{Rule, Ruleset};
use super::why::Why;
use super::{authentication, author, connection, form, passing_on, unsubscribing};
use crate::check::Evidence;
use crate::facts::Facts;

/// What a rule asks of the facts. A provider file names one for each rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    SpfOrDkim,
    Spf,
    Dkim,
    SpfAndDkim,
    DmarcRecord,
    DmarcPass,
    /// DMARC does not fail where the domain asks for quarantine or reject.
    DmarcPolicy,
    /// The same for reject alone.
    DmarcReject,
    DmarcReports,
    FromAligned,
    SpfNoHardFail,
    SpfTidy,
    /// The record of the author domain passes the connecting address.
    SpfOfAuthor,
    /// For the null sender alone.
    SpfOfHelo,
    SpfIpv4,
    SpfAsTxt,
    SpfSendsMail,
    DkimKeySize,
    DkimAllAligned,
    AuthorHosts,
    AuthorNotNullMx,
    MailFromExists,
    MailFromHosts,
    /// The author domain is none of the provider's, or `domains`, or it is proved.
    NotOwnDomain,
    ForwardAndReverseDns,
    ReverseDns,
    ReverseNameOwn,
    ReverseNameStatic,
    Tls,
    Ipv6,
    HeloFqdn,
    HeloNotReceiver,
    OneAuthor,
    AuthorPresent,
    AuthorDomainValid,
    MessageId,
    MessageIdPresent,
    SingleFields,
    WellFormed,
    HeaderTotal,
    HeaderCount,
    HeaderValue,
    HeaderName,
    MessageIdLength,
    SubjectLength,
    MessageSize,
    LineLength,
    Hops,
    SubjectNotAnswer,
    DisplayName,
    PlainDomains,
    Date,
    Decodable,
    PlainAddresses,
    FullAddresses,
    OneClickUri,
    OneClickPost,
    OneClickSigned,
    ListUnsubscribe,
    UnsubscribeMailto,
    UnsubscribeInBody,
    ReplyAddress,
    NoScripts,
    ForwarderCoversItself,
    Arc,
    ListId,
    Bimi,
    BimiCertificate,
    /// What the blocklists say that were asked, where they were.
    Blocklists,
    /// Only many messages, or the provider, can show it.
    NotInOneMessage,
    /// It is about what people see; that is not judged here.
    NotJudged,
    /// The provider sets a limit and does not say which.
    NotPublished,
}

/// A further fact that a test needs DNS for, asked only where a ruleset wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    AuthorHosts,
    Bimi,
}

/// What a test comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) outcome: Outcome,
    pub(super) why: Why,
    /// Where it can be seen.
    pub(super) place: Option<Evidence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Met,
    NotMet,
    /// Something speaks against it, and does not show that the provider sees it so.
    Doubtful,
    Unknown,
    /// The rule is not about such a message.
    Exempt,
}

impl Answer {
    pub(super) const fn met(why: Why) -> Self {
        Self { outcome: Outcome::Met, why, place: None }
    }

    pub(super) const fn not_met(why: Why) -> Self {
        Self { outcome: Outcome::NotMet, why, place: None }
    }

    pub(super) const fn doubtful(why: Why) -> Self {
        Self { outcome: Outcome::Doubtful, why, place: None }
    }

    pub(super) const fn unknown(why: Why) -> Self {
        Self { outcome: Outcome::Unknown, why, place: None }
    }

    pub(super) const fn exempt(why: Why) -> Self {
        Self { outcome: Outcome::Exempt, why, place: None }
    }

    pub(super) fn at(mut self, place: impl Into<Option<Evidence>>) -> Self {
        self.place = place.into();
        self
    }
}

impl Ask {
    /// The further fact it needs.
    #[must_use]
    pub const fn need(self) -> Option<Need> {
        match self {
            Self::AuthorHosts | Self::AuthorNotNullMx | Self::MailFromHosts => Some(Need::AuthorHosts),
            Self::Bimi | Self::BimiCertificate => Some(Need::Bimi),
            _ => None,
        }
    }

    #[must_use]
    pub const fn is_never_known(self) -> bool {
        matches!(self, Self::NotInOneMessage | Self::NotJudged | Self::NotPublished)
    }

    /// Whether it compares with the rule's number.
    #[must_use]
    pub const fn wants_limit(self) -> bool {
        matches!(
            self,
            Self::DkimKeySize
                | Self::HeaderTotal
                | Self::HeaderCount
                | Self::HeaderValue
                | Self::HeaderName
                | Self::MessageIdLength
                | Self::SubjectLength
                | Self::MessageSize
                | Self::LineLength
                | Self::Hops
        )
    }

    pub(super) fn of(self, facts: &Facts, rule: &Rule, ruleset: &Ruleset) -> Answer {
        match self {
            Self::SpfOrDkim => authentication::spf_or_dkim(facts),
            Self::Spf => authentication::spf(facts),
            Self::Dkim => authentication::dkim(facts),
            Self::SpfAndDkim => authentication::spf_and_dkim(facts),
            Self::DmarcRecord => authentication::dmarc_record(facts),
            Self::DmarcPass => authentication::dmarc_pass(facts),
            Self::DmarcPolicy => authentication::dmarc_policy(facts, crate::auth::dmarc::Policy::Quarantine),
            Self::DmarcReject => authentication::dmarc_policy(facts, crate::auth::dmarc::Policy::Reject),
            Self::DmarcReports => authentication::dmarc_reports(facts),
            Self::FromAligned => authentication::from_aligned(facts),
            Self::SpfNoHardFail => authentication::spf_no_hard_fail(facts),
            Self::SpfTidy => authentication::spf_tidy(facts),
            Self::SpfOfAuthor => authentication::spf_of_author(facts),
            Self::SpfOfHelo => authentication::spf_of_helo(facts),
            Self::SpfIpv4 => authentication::spf_ipv4(facts),
            Self::SpfAsTxt => authentication::spf_as_txt(facts),
            Self::SpfSendsMail => authentication::spf_sends_mail(facts),
            Self::DkimKeySize => authentication::dkim_key_size(facts, rule),
            Self::DkimAllAligned => authentication::dkim_all_aligned(facts),
            Self::AuthorHosts => author::hosts(facts),
            Self::AuthorNotNullMx => author::not_null_mx(facts),
            Self::MailFromExists => author::mail_from_exists(facts),
            Self::MailFromHosts => author::mail_from_hosts(facts),
            Self::NotOwnDomain => author::not_own_domain(facts, rule, ruleset),
            Self::ForwardAndReverseDns => connection::forward_and_reverse_dns(facts),
            Self::ReverseDns => connection::reverse_dns(facts),
            Self::ReverseNameOwn => connection::reverse_name_own(facts),
            Self::ReverseNameStatic => connection::reverse_name_static(facts),
            Self::Tls => connection::tls(facts),
            Self::Ipv6 => connection::ipv6(facts),
            Self::HeloFqdn => connection::helo_fqdn(facts),
            Self::HeloNotReceiver => connection::helo_not_receiver(facts),
            Self::OneAuthor => author::one(facts),
            Self::AuthorPresent => author::present(facts),
            Self::AuthorDomainValid => author::domain_valid(facts),
            Self::MessageId => form::message_id(facts),
            Self::MessageIdPresent => form::message_id_present(facts),
            Self::SingleFields => form::single_fields(facts),
            Self::WellFormed => form::well_formed(facts),
            Self::HeaderTotal => form::header_total(facts, rule),
            Self::HeaderCount => form::header_count(facts, rule),
            Self::HeaderValue => form::header_value(facts, rule),
            Self::HeaderName => form::header_name(facts, rule),
            Self::MessageIdLength => form::message_id_length(facts, rule),
            Self::SubjectLength => form::subject_length(facts, rule),
            Self::MessageSize => form::message_size(facts, rule),
            Self::LineLength => form::line_length(facts, rule),
            Self::Hops => form::hops(facts, rule),
            Self::SubjectNotAnswer => form::subject_not_answer(facts),
            Self::DisplayName => form::display_name(facts),
            Self::PlainDomains => form::plain_domains(facts),
            Self::Date => form::date(facts),
            Self::Decodable => form::decodable(facts),
            Self::PlainAddresses => form::plain_addresses(facts),
            Self::FullAddresses => form::full_addresses(facts),
            Self::OneClickUri => unsubscribing::one_click_uri(facts),
            Self::OneClickPost => unsubscribing::one_click_post(facts),
            Self::OneClickSigned => unsubscribing::one_click_signed(facts),
            Self::ListUnsubscribe => unsubscribing::list_unsubscribe(facts),
            Self::UnsubscribeMailto => unsubscribing::mailto(facts),
            Self::UnsubscribeInBody => unsubscribing::in_body(facts),
            Self::ReplyAddress => unsubscribing::reply_address(facts),
            Self::NoScripts => unsubscribing::no_scripts(facts),
            Self::ForwarderCoversItself => passing_on::forwarder_covers_itself(facts),
            Self::Arc => passing_on::arc(facts),
            Self::ListId => passing_on::list_id(facts),
            Self::Bimi => author::bimi(facts),
            Self::BimiCertificate => author::bimi_certificate(facts),
            Self::Blocklists => connection::blocklists(facts),
            Self::NotInOneMessage => Answer::unknown(Why::OneMessage),
            Self::NotJudged => Answer::unknown(Why::NotJudged),
            Self::NotPublished => Answer::unknown(Why::LimitNotPublished),
        }
    }
}
