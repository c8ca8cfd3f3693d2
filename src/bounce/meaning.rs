//! What a refusal comes to, in one word. The sentences live in `text/`.

use serde::{Deserialize, Serialize};

/// What a reply of a mail server means: by the rules of a provider, or by the registry of RFC 3463 and RFC 5248.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    // The address
    NoSuchUser,
    NoSuchUserOrFiltered,
    NoSuchDomain,
    BadRecipientAddress,
    AmbiguousRecipient,
    MailboxMoved,
    BadSenderAddress,
    SenderDomainUnknown,
    RecipientTakesNoMail,
    SenderTakesNoMail,
    // The mailbox
    MailboxDisabled,
    MailboxFull,
    MailboxTooBusy,
    TooLarge,
    ListProblem,
    RecipientFilter,
    RecipientRestricted,
    // The systems and the way between them
    SystemFull,
    SystemUnavailable,
    FeatureUnsupported,
    Misconfigured,
    NoAnswer,
    ConnectionBroken,
    LookupFailed,
    NoRoute,
    Congestion,
    Loop,
    Expired,
    Greylisted,
    // The protocol and the content
    ProtocolError,
    TooManyRecipients,
    LineTooLong,
    ContentUnsupported,
    AddressCharacters,
    MalformedHeader,
    ContentRefused,
    AttachmentRefused,
    // Policy and reputation
    PolicyRefused,
    ListNotPermitted,
    RelayDenied,
    Blocklisted,
    LowReputation,
    DynamicAddress,
    RateLimited,
    SenderAccountBlocked,
    SenderLimit,
    BadHelo,
    Cryptography,
    LoginNeeded,
    EncryptionNeeded,
    // Sender authentication
    Unauthenticated,
    SpfFailed,
    SpfError,
    SpfSuspicious,
    DkimFailed,
    DkimNotOfAuthor,
    DmarcPolicy,
    DmarcMissing,
    Unaligned,
    BulkSenderRules,
    ReverseName,
    NotEncrypted,
    ArcFailed,
}

impl Meaning {
    /// Every one, for tests.
    pub const ALL: &[Self] = &[
        Self::NoSuchUser,
        Self::NoSuchUserOrFiltered,
        Self::NoSuchDomain,
        Self::BadRecipientAddress,
        Self::AmbiguousRecipient,
        Self::MailboxMoved,
        Self::BadSenderAddress,
        Self::SenderDomainUnknown,
        Self::RecipientTakesNoMail,
        Self::SenderTakesNoMail,
        Self::MailboxDisabled,
        Self::MailboxFull,
        Self::MailboxTooBusy,
        Self::TooLarge,
        Self::ListProblem,
        Self::RecipientFilter,
        Self::RecipientRestricted,
        Self::SystemFull,
        Self::SystemUnavailable,
        Self::FeatureUnsupported,
        Self::Misconfigured,
        Self::NoAnswer,
        Self::ConnectionBroken,
        Self::LookupFailed,
        Self::NoRoute,
        Self::Congestion,
        Self::Loop,
        Self::Expired,
        Self::Greylisted,
        Self::ProtocolError,
        Self::TooManyRecipients,
        Self::LineTooLong,
        Self::ContentUnsupported,
        Self::AddressCharacters,
        Self::MalformedHeader,
        Self::ContentRefused,
        Self::AttachmentRefused,
        Self::PolicyRefused,
        Self::ListNotPermitted,
        Self::RelayDenied,
        Self::Blocklisted,
        Self::LowReputation,
        Self::DynamicAddress,
        Self::RateLimited,
        Self::SenderAccountBlocked,
        Self::SenderLimit,
        Self::BadHelo,
        Self::Cryptography,
        Self::LoginNeeded,
        Self::EncryptionNeeded,
        Self::Unauthenticated,
        Self::SpfFailed,
        Self::SpfError,
        Self::SpfSuspicious,
        Self::DkimFailed,
        Self::DkimNotOfAuthor,
        Self::DmarcPolicy,
        Self::DmarcMissing,
        Self::Unaligned,
        Self::BulkSenderRules,
        Self::ReverseName,
        Self::NotEncrypted,
        Self::ArcFailed,
    ];

    /// The message was refused because of how its sender proves itself: what the other panels show in the returned message.
    #[must_use]
    pub const fn is_about_authentication(self) -> bool {
        matches!(
            self,
            Self::Unauthenticated
                | Self::SpfFailed
                | Self::SpfError
                | Self::SpfSuspicious
                | Self::DkimFailed
                | Self::DkimNotOfAuthor
                | Self::DmarcPolicy
                | Self::DmarcMissing
                | Self::Unaligned
                | Self::BulkSenderRules
                | Self::ReverseName
                | Self::NotEncrypted
                | Self::ArcFailed
        )
    }

    /// What is wrong stands in the message that came back.
    #[must_use]
    pub const fn is_shown_by_returned(self) -> bool {
        matches!(
            self,
            Self::Unauthenticated
                | Self::SpfError
                | Self::DkimFailed
                | Self::DkimNotOfAuthor
                | Self::DmarcPolicy
                | Self::Unaligned
                | Self::BulkSenderRules
                | Self::MalformedHeader
        )
    }

    /// What stays refused until somebody on the sending side mends it, however long the server tries.
    #[must_use]
    pub const fn is_mended_by_sender(self) -> bool {
        self.is_about_authentication()
            || matches!(
                self,
                Self::Blocklisted
                    | Self::LowReputation
                    | Self::DynamicAddress
                    | Self::SenderDomainUnknown
                    | Self::BadHelo
                    | Self::EncryptionNeeded
            )
    }
}

/// Who can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The sender, its DNS or its mail server.
    Sender,
    SendingService,
    Forwarder,
    /// The recipient, or who runs the recipient's server.
    Receiver,
    Nobody,
}

/// How sure the reading of a reply is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    Possible,
    Likely,
    Certain,
}
