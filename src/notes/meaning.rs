//! What one word of a filter means, as a code. A word that is in no table is unknown, and says so; nothing is guessed.

use serde::Serialize;

/// What is known of one entry of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// In no published list.
    Unknown,
    /// Encrypted or encoded: only the maker of the filter can read it.
    Opaque,
    /// The maker's own diagnosis, which is documented as such and as nothing else.
    Diagnostic,
    /// Known from messages; the maker documents no meaning.
    Undocumented,
    /// A number by which the maker finds the message again.
    TraceId,
    /// A score of which more is worse.
    Score,
    /// A score, and the limit of this site after it.
    ScoreOfLimit,
    /// The score from which the filter calls a message spam.
    Threshold,
    Engine,
    Scanned,
    NotScanned,

    // The connection, as the filter saw it.
    ConnectingAddress,
    Country,
    Language,
    Helo,
    ReverseName,
    ReverseNameNone,
    EnvelopeAddress,
    FilterTime,

    // Microsoft: X-Forefront-Antispam-Report and relatives.
    Inbound,
    Outbound,
    Internal,
    SclSkipped,
    SclNotSpam,
    SclUnused,
    SclSpam,
    SclSpamSure,
    BulkByFilter,
    NotBulkByFilter,
    AddressAllowed,
    AddressNotListed,
    VerdictNotSpam,
    VerdictSpam,
    SenderSafeForUser,
    SenderBlockedByUser,
    SenderAllowedByPolicy,
    SenderBlockedByPolicy,
    SkippedInternal,
    SkippedByRule,
    ReleasedFromQuarantine,
    MarkedByRule,
    TipDomainImpersonation,
    TipUserImpersonation,
    TipFirstContact,
    CategoryAntiMalware,
    CategoryMalware,
    CategoryBrand,
    CategoryBulk,
    CategoryDomain,
    CategoryAttachment,
    CategoryMailbox,
    CategoryPhishSure,
    CategorySpamSure,
    CategoryPhishInternal,
    CategoryOutboundSpam,
    CategoryPhish,
    CategorySafeAttachments,
    CategorySpam,
    CategorySpoof,
    CategoryUser,
    CategoryNone,
    CustomRaised,
    CustomHigh,
    CustomTest,
    BulkNone,
    BulkFewComplaints,
    BulkMixedComplaints,
    BulkManyComplaints,
    OlderPhishLevel,
    AuthAsAnonymous,
    AuthAsInternal,
    AuthAsExternal,
    AuthAsPartner,
    StampedBy,
    DeliveredToInbox,
    DeliveredToJunk,

    // SpamAssassin, rspamd, and appliances that write like them.
    CalledSpam,
    CalledNotSpam,
    Stars,
    Learning,
    TagLevel,
    QuarantineLevel,
    KillLevel,
    LearntClass,
    ActionNone,
    ActionGreylist,
    ActionAddHeader,
    ActionReject,
    SpfPass,
    SpfNone,
    SpfFail,
    SpfSoftfail,
    SpfNeutral,
    SpfPermerror,
    SpfTemperror,
    SpfAnybody,
    HeloSpfNone,
    HeloSpfPass,
    DkimSigned,
    DkimValid,
    DkimValidAuthor,
    DkimValidEnvelope,
    DkimInvalid,
    DkimPermerror,
    DkimTemperror,
    DkimNone,
    AuthorNotInDns,
    DmarcPass,
    DmarcFailReject,
    DmarcFailQuarantine,
    DmarcFailNone,
    DmarcMissing,
    ArcValid,
    ArcRejected,
    ArcInvalid,
    ArcNone,
    LearntHam,
    LearntUnsure,
    LearntSpam,
    LearntSpamSure,
    NoReverseName,
    DynamicReverseName,
    ReverseNameFailed,
    HeloOdd,
    ListedPolicy,
    ListedExploited,
    ListedSpamSource,
    ListedDropped,
    ListedElsewhere,
    ListedGood,
    ListedGoodNone,
    LinkListed,
    LinkPhishing,
    LinkSuspicious,
    QuotaExceeded,
    MessageIdMissing,
    MessageIdInvalid,
    DateMissing,
    DateInvalid,
    DateLongAgo,
    SubjectMissing,
    ToMissing,
    FromMissing,
    FromSeveral,
    FieldsMissing,
    FieldsRepeated,
    HeaderBroken,
    MimeVersionMissing,
    HtmlPart,
    HtmlOnly,
    TextPartMissing,
    PartsDiffer,
    MostlyImages,
    SubjectCapitals,
    FreeMailSender,
    FreeMailReplyTo,
    ChecksumListed,
    AllTrusted,
    NoRelays,
    AllowedForRecipient,
    ArrivedWithoutTls,
    EnvelopeDiffers,
    SenderForged,
    NameHoldsAddress,
    NameSpoofed,
    ReplyToDiffers,
    ScriptsMixed,
    TextHidden,
    ReplyFaked,
    Informational,

    // Proofpoint.
    RuleNotSpam,
    RuleSpam,
    RuleOutbound,
    RuleBulk,
    RuleOther,
    PolicyRoute,
    ClassScore,
    LowPriorityScore,
    HistoryScore,
    LearningScore,
    AddressScore,

    // Mimecast.
    SendingCustomer,
    BulkMatch,
    ImpersonationChecks,

    // Cisco.
    AvVersions,
    AvFileTypes,
    AvVirus,
    AvError,
    AvActions,
    FileClean,
    FileMalicious,
    FileUnscannable,
    FileVerdict,
    FileUploaded,
    OutbreakStatus,
    OutbreakDescription,
    SenderReputation,

    // Google, Apple and others.
    GoogleInternal,
    GoogleSignature,
    PolicyRecord,
    DmarcResult,
    DmarcPolicy,
    AlignedRelaxed,
    AlignedStrict,
    NotAligned,
    AlignmentUndetermined,
    PolicyDomain,
    JunkPlacement,
    TrendResult,
    SymantecReason,
    KasperskyVerdict,
    StateClean,
    StateCommercial,
    StateSpam,
}

impl Meaning {
    /// Whether a published list, or many messages, say what it means.
    #[must_use]
    pub const fn is_known(self) -> bool {
        !matches!(self, Self::Unknown)
    }

    /// Whether it says nothing that a reader could use.
    #[must_use]
    pub const fn is_mute(self) -> bool {
        matches!(
            self,
            Self::Unknown
                | Self::Opaque
                | Self::Diagnostic
                | Self::Undocumented
                | Self::TraceId
                | Self::Engine
                | Self::GoogleInternal
                | Self::GoogleSignature
        )
    }

    /// That the filter took the message for spam; the more telling word first. Bulk alone is none: whether it counts as spam
    /// is the organisation's choice, and shows in the level.
    pub const SPAM: &'static [Self] = &[
        Self::VerdictSpam,
        Self::MarkedByRule,
        Self::SenderBlockedByPolicy,
        Self::SenderBlockedByUser,
        Self::CalledSpam,
        Self::CategorySpamSure,
        Self::CategorySpam,
        Self::SclSpamSure,
        Self::SclSpam,
        Self::RuleSpam,
        Self::ActionReject,
        Self::ActionAddHeader,
        Self::StateSpam,
        Self::DeliveredToJunk,
    ];

    /// That a filter did not judge the message, because somebody allowed it.
    pub const SKIPPED: &'static [Self] = &[
        Self::SenderAllowedByPolicy,
        Self::SkippedByRule,
        Self::SenderSafeForUser,
        Self::ReleasedFromQuarantine,
        Self::AddressAllowed,
        Self::AllowedForRecipient,
        Self::SclSkipped,
    ];

    /// That a filter took it for somebody else's name or a theft of passwords.
    pub const PHISH: &'static [Self] = &[
        Self::CategorySpoof,
        Self::CategoryDomain,
        Self::CategoryUser,
        Self::CategoryBrand,
        Self::CategoryMailbox,
        Self::CategoryPhishSure,
        Self::CategoryPhish,
        Self::CategoryPhishInternal,
        Self::TipDomainImpersonation,
        Self::TipUserImpersonation,
    ];
}
