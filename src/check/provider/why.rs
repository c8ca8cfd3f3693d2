//! Why a rule is judged as it is, with the message's own values. The sentences stand in `text/`.

use std::net::IpAddr;

use jiff::civil::Date;

use crate::auth::author_hosts::HostsState;
use crate::auth::dkim;
use crate::auth::dmarc::{self, Policy};
use crate::auth::spf::SpfResult;
use crate::path::TlsVersion;
use crate::sender::StreamKind;

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Two reasons together.
    Both {
        one: Box<Self>,
        other: Box<Self>,
    },

    // SPF
    SpfPassed {
        domain: String,
        ip: IpAddr,
    },
    /// Some other result that was reached.
    SpfNotPassed {
        domain: String,
        ip: IpAddr,
        result: SpfResult,
    },
    /// No connecting address, or no identity.
    SpfNotJudged,
    /// It rests on a connecting address that may not be the one.
    AddressUnsure,
    SpfNoAnswer {
        domain: String,
    },
    SpfNoRecord {
        domain: String,
    },
    SpfLoose {
        domain: String,
        term: Option<String>,
    },
    SpfTidy {
        domain: String,
    },
    SpfIpv4 {
        domain: String,
    },
    SpfNoIpv4 {
        domain: String,
    },
    /// What the record lets pass cannot be counted.
    SpfNotCounted {
        domain: String,
    },
    SpfOldType {
        domain: String,
    },
    SpfIsTxt {
        domain: String,
    },
    SpfSendsNothing {
        domain: String,
    },
    SenderNotNull,
    /// The domain exists; whether it can get mail was not asked.
    EnvelopeHostsNotAsked {
        domain: String,
    },
    SenderNull,
    DomainExists {
        domain: String,
    },
    DomainMissing {
        domain: String,
    },
    /// The message was passed on, so the address is a forwarder's.
    PassedOn,
    /// It bears marks of that, which anybody can write.
    PassedOnNotProved,

    // DKIM
    DkimPassed {
        domain: String,
    },
    DkimNotPassed {
        domain: Option<String>,
        reason: dkim::Reason,
    },
    DkimUnknown {
        domain: Option<String>,
        reason: dkim::Reason,
    },
    NoSignature,
    KeyBits {
        domain: String,
        bits: u32,
    },
    /// Ed25519: every key has the same length.
    KeyNotRsa {
        domain: String,
    },
    KeyTooShort {
        domain: String,
        bits: Option<u32>,
    },
    NoKey,
    AlignedSignatures {
        passed: usize,
        count: usize,
    },
    FewAlignedSignatures {
        count: usize,
    },

    // DMARC
    DmarcRecord {
        at: String,
        policy: Option<Policy>,
    },
    DmarcNoRecord {
        domain: String,
    },
    DmarcWithoutPolicy {
        at: String,
    },
    DmarcPassed {
        domain: String,
    },
    DmarcFailed {
        domain: String,
        policy: Option<Policy>,
    },
    DmarcUnknown {
        reason: dmarc::Reason,
    },
    DmarcAsksNothing {
        domain: String,
    },
    Aligned {
        author: String,
        domain: String,
    },
    NotAligned {
        author: String,
        passed: Vec<String>,
    },
    Reports {
        to: String,
    },
    NoReports {
        at: String,
    },

    // The author domain
    NoAuthor,
    AuthorsFound {
        fields: usize,
        mailboxes: usize,
    },
    OneAuthor {
        domain: Option<String>,
    },
    DomainValid {
        domain: String,
    },
    DomainInvalid,
    OtherDomain {
        domain: String,
    },
    OwnDomainProved {
        domain: String,
    },
    OwnDomainUnproved {
        domain: String,
    },
    Hosts {
        domain: String,
        state: HostsState,
    },
    HostsNotAsked,

    // The connection
    NoAddress,
    ReverseConfirmed {
        ip: IpAddr,
        name: String,
    },
    ReverseNamed {
        ip: IpAddr,
        name: String,
    },
    ReverseMissing {
        ip: IpAddr,
    },
    ReverseMismatch {
        ip: IpAddr,
        name: String,
    },
    ReverseNoAnswer {
        ip: IpAddr,
    },
    ReverseOwn {
        name: String,
        domain: String,
    },
    ReverseOther {
        name: String,
    },
    ReverseGenerated {
        name: String,
    },
    ReverseChosen {
        name: String,
    },
    OverIpv4 {
        ip: IpAddr,
    },
    Ipv6Ready {
        ip: IpAddr,
    },
    Encrypted {
        by: Option<String>,
        version: Option<TlsVersion>,
    },
    NotEncrypted {
        by: Option<String>,
    },
    EncryptionNotStated,
    HeloFull {
        name: String,
    },
    HeloNotFull {
        name: String,
    },
    HeloUnknown,
    ListedNow {
        list: &'static str,
    },
    ListedNowhere,
    HeloIsReceiver {
        name: String,
    },

    // How it is written
    Rewritten,
    PartlyKept,
    NoBody,
    Absent {
        field: &'static str,
    },
    Repeated {
        field: &'static str,
    },
    NothingRepeated,
    WellFormed,
    UnreadableLine,
    RawBytes,
    Within {
        length: usize,
        limit: u64,
    },
    Beyond {
        length: usize,
        limit: u64,
    },
    MessageIdWhole,
    MessageIdBroken,
    FieldThere {
        field: &'static str,
    },
    AnswerWithoutReference,
    AnswerWithReference,
    SubjectPlain,
    NamePlain,
    NameHoldsAddress,
    NameLooksLikeThread,
    NameHasCheckMark,
    DomainsPlain,
    DomainNotPlain {
        domain: String,
    },
    DateNear {
        seconds: i64,
    },
    DateFar {
        seconds: i64,
    },
    DateMissing,
    NoReceipt,
    Decodes,
    Undecodable {
        field: &'static str,
    },
    AddressesPlain,
    AddressExotic,
    AddressesFull,
    AddressNotFull,

    // Unsubscribing
    NoListUnsubscribe,
    HttpsWay,
    OnlyOtherWays,
    PostRight,
    PostMissing,
    PostWrong,
    FieldsSigned {
        domain: String,
    },
    FieldsUnsigned,
    NoValidSignature,
    SomeWay,
    NoWay,
    MailtoWay,
    NoMailtoWay,
    BodyLink,
    BodyOtherLinks,
    BodyNoLink,
    RepliesToNobody,
    RepliesUntested,
    Script,
    AddressLink,
    NoScript,

    // Passing on
    ForwarderRewrote,
    ForwarderCovered {
        domain: String,
    },
    ForwarderNotCovered,
    ArcThere {
        instances: usize,
    },
    ArcMissing,

    // A logo
    BimiNotAsked,
    BimiUnasked {
        name: String,
    },
    BimiNoAnswer {
        name: String,
    },
    /// `ignored`, here and below: the selector that the message names, which receivers should ignore.
    BimiMissing {
        domain: String,
        ignored: Option<String>,
    },
    /// The policy counts for a share of the mail alone.
    BimiPolicyShare {
        domain: String,
    },
    BimiPolicyWeak {
        domain: String,
    },
    BimiReady {
        name: String,
        logo: Option<String>,
        ignored: Option<String>,
    },
    BimiNoCertificate {
        name: String,
        ignored: Option<String>,
    },
    BimiCertificate {
        name: String,
        certificate: String,
        ignored: Option<String>,
    },

    // What is beyond one message, or not for it
    OneMessage,
    NotJudged,
    LimitNotPublished,
    Withdrawn {
        on: Date,
    },
    NotBulk,
    OtherKind {
        kind: StreamKind,
    },
    NotForwarded,
    NotList,
}
