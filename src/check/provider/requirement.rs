//! What providers require, each as a code; the sentences stand in `text/`.

use serde::{Deserialize, Serialize};

/// A requirement. Several providers have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    SpfOrDkim,
    Spf,
    Dkim,
    SpfAndDkim,
    SpfDkimOrDmarc,
    DmarcRecord,
    DmarcPass,
    DmarcPolicy,
    DmarcReject,
    DmarcReports,
    FromAligned,
    SpfNoHardFail,
    SpfTidy,
    SpfOfAuthor,
    SpfOfHelo,
    SpfIpv4,
    SpfAsTxt,
    SpfSendsMail,
    DkimKeySize,
    DkimAllAligned,
    AuthorHosts,
    AuthorNotNullMx,
    MailFromExists,
    NotOwnDomain,
    NotCarrierDomain,
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
    ListAuthor,
    Bimi,
    BimiCertificate,
    // What one message cannot show
    SpamRate,
    UnsubscribeHonoured,
    UnsubscribeAtOnce,
    TemporaryFailures,
    Quota,
    SendingRate,
    Blocklists,
    MailClassesApart,
    SameFrom,
    SafeLinks,
    RecipientsPerMessage,
    RecipientsKnown,
    Connections,
    OptIn,
    StaticHelo,
    OfficialMark,
    PhishingMark,
    HeaderNotBig,
    BareLineFeed,
    VisibleContent,
    ClearLinks,
    BlockedFiles,
    BrandIcon,
}

impl Requirement {
    /// Whether one message can show it.
    #[must_use]
    pub const fn is_of_one_message(self) -> bool {
        !matches!(
            self,
            Self::SpamRate
                | Self::UnsubscribeHonoured
                | Self::UnsubscribeAtOnce
                | Self::TemporaryFailures
                | Self::Quota
                | Self::SendingRate
                | Self::MailClassesApart
                | Self::SameFrom
                | Self::SafeLinks
                | Self::RecipientsPerMessage
                | Self::RecipientsKnown
                | Self::Connections
                | Self::OptIn
                | Self::StaticHelo
                | Self::OfficialMark
                | Self::PhishingMark
                | Self::HeaderNotBig
                | Self::BareLineFeed
                | Self::VisibleContent
                | Self::ClearLinks
                | Self::BlockedFiles
                | Self::BrandIcon
        )
    }

    /// Whether its sentence has a number in it.
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
                | Self::SpamRate
                | Self::UnsubscribeHonoured
                | Self::RecipientsPerMessage
                | Self::Connections
        )
    }
}
