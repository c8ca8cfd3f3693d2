//! One word or short phrase for each state.

use jiff::SignedDuration;

use crate::auth::Alignment;
use crate::auth::dkim::{self, BodyHash, DkimResult, HeaderSignature, KeyState};
use crate::auth::dmarc::{self, Authentication, DmarcResult, Found, Policy, PolicyTag};
use crate::auth::iprev::IprevResult;
use crate::auth::lookalike::Script;
use crate::auth::spf::{self, SpfResult};
use crate::check::{Actor, Confidence, Severity};
use crate::dns::Failure;
use crate::facts::{MomentSource, SessionSource};
use crate::message::RepairCode;
use crate::message::container::{Form, Shortfall};
use crate::path::{BoundaryReason, Handover, PartKind, Side, TlsState};
use crate::sender::StreamKind;

pub(in crate::text) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

pub(in crate::text) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "certain",
        Confidence::Likely => "likely",
        Confidence::Possible => "possible",
    }
}

pub(in crate::text) fn mark(severity: Severity, confidence: Confidence) -> String {
    let severity = self::severity(severity);
    match confidence {
        Confidence::Certain => severity.to_owned(),
        Confidence::Likely | Confidence::Possible => format!("{severity} ({})", self::confidence(confidence)),
    }
}

pub(in crate::text) const fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Sender => "the sender's administrator",
        Actor::SendingService => "the sending service",
        Actor::Forwarder => "whoever passed the message on",
        Actor::Receiver => "the receiving side (the recipient, or whoever runs their server)",
        Actor::Reader => "you, in this program",
        Actor::Nobody => "nobody, nothing needs to be done",
    }
}

pub(in crate::text) const fn spf_result(result: Option<SpfResult>) -> &'static str {
    match result {
        Some(SpfResult::Pass) => "pass",
        Some(SpfResult::Fail) => "fail",
        Some(SpfResult::SoftFail) => "softfail",
        Some(SpfResult::Neutral) => "neutral",
        Some(SpfResult::None) => "none",
        Some(SpfResult::TempError) => "temperror",
        Some(SpfResult::PermError) => "permerror",
        None => "not evaluated",
    }
}

pub(in crate::text) const fn spf_reason(result: Option<SpfResult>, reason: spf::Reason) -> &'static str {
    match reason {
        spf::Reason::Matched => match result {
            Some(SpfResult::Fail) => "The record says that the address may not send",
            Some(SpfResult::SoftFail) => "The record says that the address probably may not send",
            Some(SpfResult::Neutral) => "The record says nothing about the address",
            Some(SpfResult::Pass | SpfResult::None | SpfResult::TempError | SpfResult::PermError) | None => {
                "The record lists the address"
            }
        },
        spf::Reason::NothingMatched => "No term of the record matches the address",
        spf::Reason::NoRecord => "The domain has no SPF record",
        spf::Reason::NoSuchDomain => "The domain does not exist",
        spf::Reason::NotADomain => "There is no domain that could be asked",
        spf::Reason::SeveralRecords => "The domain has several SPF records",
        spf::Reason::SyntaxError => "The record cannot be read",
        spf::Reason::LookupLimit => "More than ten DNS look-ups",
        spf::Reason::VoidLookupLimit => "More than two look-ups that find nothing",
        spf::Reason::MxLimit => "More than ten MX hosts",
        spf::Reason::TargetHasNoRecord => "An included domain has no SPF record",
        spf::Reason::DnsTrouble => "DNS gave no answer",
        spf::Reason::NotAsked => "DNS was not asked",
    }
}

pub(in crate::text) const fn dkim_result(result: DkimResult) -> &'static str {
    match result {
        DkimResult::Pass => "pass",
        DkimResult::Fail => "fail",
        DkimResult::Policy => "policy",
        DkimResult::Neutral => "neutral",
        DkimResult::PermError => "permerror",
        DkimResult::TempError => "temperror",
        DkimResult::NotEvaluated => "not evaluated",
    }
}

pub(in crate::text) const fn dkim_reason(reason: dkim::Reason) -> &'static str {
    match reason {
        dkim::Reason::Verified => "Body and header are as they were signed",
        dkim::Reason::HeaderVerifiedBodyNotAvailable => {
            "The header is as it was signed; the body as it was sent is not here"
        }
        dkim::Reason::HeaderRewritten => "The header was not kept as it was sent, so this cannot be checked",
        dkim::Reason::BodyHashMismatch => "The body was changed after signing",
        dkim::Reason::HeaderSignatureInvalid => {
            "It does not fit the header: a signed field was changed, or the key is not the signer's"
        }
        dkim::Reason::BodyAndHeaderMismatch => "It fits neither the body nor the header",
        dkim::Reason::TagMissing => "A required tag is missing",
        dkim::Reason::TagBroken => "A tag cannot be read",
        dkim::Reason::VersionUnknown => "Unknown version (v=)",
        dkim::Reason::AlgorithmUnknown => "Unknown algorithm (a=)",
        dkim::Reason::CanonicalizationUnknown => "Unknown canonicalization (c=)",
        dkim::Reason::QueryMethodUnknown => "Unknown query method (q=)",
        dkim::Reason::FromNotSigned => "From is not signed",
        dkim::Reason::IdentityOutsideDomain => "i= lies outside d=",
        dkim::Reason::ExpiredAtReceipt => "Expired when the message was received",
        dkim::Reason::LengthBeyondBody => "l= is larger than the body",
        dkim::Reason::Sha1NotValid => "rsa-sha1 no longer counts",
        dkim::Reason::KeyTooShort => "The key is shorter than 1024 bits",
        dkim::Reason::KeyTooLong => "The key is longer than 8192 bits and is not checked here",
        dkim::Reason::LimitExceeded => "Beyond the number of signatures or fields that are verified",
        dkim::Reason::KeyMissing => "The key is not in DNS today",
        dkim::Reason::KeyRevoked => "The key was revoked",
        dkim::Reason::KeyBroken => "The key record cannot be read",
        dkim::Reason::KeyMismatch => "The key does not fit the signature's algorithm",
        dkim::Reason::KeyNotForEmail => "The key is not for e-mail",
        dkim::Reason::KeyStrictIdentity => "The key forbids the subdomain in i=",
        dkim::Reason::KeyUnreachable => "DNS gave no answer for the key",
        dkim::Reason::KeyNotAsked => "DNS was not asked for the key",
    }
}

pub(in crate::text) const fn key_state(state: KeyState) -> &'static str {
    match state {
        KeyState::Found => "found",
        KeyState::Missing => "not in DNS today",
        KeyState::Revoked => "revoked",
        KeyState::Broken => "cannot be read",
        KeyState::Unreachable => "no answer from DNS",
        KeyState::NotAsked => "not asked",
    }
}

pub(in crate::text) const fn body_hash(state: BodyHash) -> &'static str {
    match state {
        BodyHash::Match => "unchanged",
        BodyHash::Mismatch => "changed after signing",
        BodyHash::NotAvailable => "cannot be checked",
    }
}

pub(in crate::text) const fn header_signature(state: HeaderSignature) -> &'static str {
    match state {
        HeaderSignature::Valid => "valid",
        HeaderSignature::Invalid => "invalid",
        HeaderSignature::NotChecked => "not checked",
    }
}

pub(in crate::text) const fn dmarc_result(result: DmarcResult) -> &'static str {
    match result {
        DmarcResult::Pass => "pass",
        DmarcResult::Fail => "fail",
        DmarcResult::None => "none",
        DmarcResult::TempError => "temperror",
        DmarcResult::PermError => "permerror",
        DmarcResult::NotApplicable => "not applicable",
        DmarcResult::NotEvaluated => "not evaluated",
    }
}

pub(in crate::text) const fn dmarc_reason(reason: dmarc::Reason) -> &'static str {
    match reason {
        dmarc::Reason::Aligned => "An identifier passed and is aligned with From",
        dmarc::Reason::NothingAligned => "No identifier passed that is aligned with From",
        dmarc::Reason::NoRecord => "No DMARC record applies",
        dmarc::Reason::SwitchedOff => "The record has neither a usable p= nor rua=",
        dmarc::Reason::NoFrom => "There is no From field",
        dmarc::Reason::SeveralFrom => "There are several From fields",
        dmarc::Reason::SeveralAuthorDomains => "From names several domains",
        dmarc::Reason::FromUnreadable => "Part of From cannot be read",
        dmarc::Reason::NoAuthorDomain => "From holds no domain",
        dmarc::Reason::DnsTrouble => "DNS gave no answer",
        dmarc::Reason::NotAsked => "DNS was not asked",
        dmarc::Reason::IdentifierNotEvaluated => "An identifier that could pass was not evaluated",
    }
}

pub(in crate::text) const fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "none (do nothing)",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    }
}

/// The word of the record.
pub(in crate::text) const fn policy_word(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "none",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    }
}

pub(in crate::text) const fn policy_tag(tag: PolicyTag) -> &'static str {
    match tag {
        PolicyTag::P => "p",
        PolicyTag::Sp => "sp",
        PolicyTag::Np => "np",
    }
}

pub(in crate::text) const fn alignment(alignment: Option<Alignment>) -> &'static str {
    match alignment {
        Some(Alignment::Strict) => "same domain",
        Some(Alignment::Relaxed) => "same organisation",
        Some(Alignment::No) => "not aligned",
        None => "not known",
    }
}

pub(in crate::text) const fn authentication(authentication: Authentication) -> &'static str {
    match authentication {
        Authentication::Passed => "pass",
        Authentication::NotPassed => "not passed",
        Authentication::TempError => "temporary error",
        Authentication::NotEvaluated => "not evaluated",
    }
}

pub(in crate::text) const fn found(found: Found) -> &'static str {
    match found {
        Found::Record => "record found",
        Found::Nothing => "no record",
        Found::OtherText => "other texts, no DMARC record",
        Found::UnusableDropped => "a record that cannot be used, ignored",
        Found::SeveralDropped => "several records, all ignored",
        Found::Unreachable => "no answer",
        Found::NotAsked => "not asked",
    }
}

pub(in crate::text) const fn iprev_result(result: IprevResult) -> &'static str {
    match result {
        IprevResult::Pass => "The name points back to the address",
        IprevResult::Fail => "The name does not point back",
        IprevResult::None => "No reverse name",
        IprevResult::NotEvaluated => "Not evaluated",
        IprevResult::TempError => "No answer from DNS",
    }
}

pub(in crate::text) const fn tls_state(state: TlsState) -> &'static str {
    match state {
        TlsState::Encrypted => "encrypted",
        TlsState::NotEncrypted => "not encrypted",
        TlsState::NotStated => "not stated",
        TlsState::Local => "local",
    }
}

pub(in crate::text) const fn side(side: Side) -> &'static str {
    match side {
        Side::Sending => "sending side",
        Side::Boundary => "boundary",
        Side::Receiving => "receiving side",
    }
}

pub(in crate::text) const fn handover(handover: Handover) -> &'static str {
    match handover {
        Handover::First => "there is no hop before it",
        Handover::SameHost => "the client goes by the name of the server of hop {}",
        Handover::SameOrganisation => "the client goes by a name of the same organisation as the server of hop {}",
        Handover::NotComparable => "the names here and in hop {} cannot be compared",
        Handover::Elsewhere => "the client goes by a name of another organisation than the server of hop {}",
    }
}

/// The keywords are those of the field itself.
pub(in crate::text) const fn part_kind(kind: PartKind) -> &'static str {
    match kind {
        PartKind::From => "from",
        PartKind::By => "by",
        PartKind::Via => "via",
        PartKind::With => "with",
        PartKind::Id => "id",
        PartKind::For => "for",
        PartKind::Tls => "tls",
        PartKind::Group => "group",
        PartKind::State => "state",
        PartKind::Priority => "priority",
        PartKind::EnvelopeFrom => "envelope-from",
        PartKind::Over => "over",
        PartKind::Comment => "comment",
        PartKind::Date => "date",
        PartKind::Mark => "punctuation",
        PartKind::Wording => "words of this software",
        PartKind::UnreadDate => "date, not readable",
        PartKind::Unread => "not readable",
    }
}

pub(in crate::text) const fn boundary_reason(reason: BoundaryReason) -> &'static str {
    match reason {
        BoundaryReason::NewestPublicAddress => "the newest hop that came from a public address",
        BoundaryReason::BehindOwnServers => {
            "the newest hop from a public address whose client has no name in the receiver's domain"
        }
        BoundaryReason::AuthservHost => {
            "the newest hop from a public address; the receiving side signed its results with the name of this server"
        }
        BoundaryReason::TranslatedAddress => {
            "came from a private address under the name of another organisation, as behind a load balancer"
        }
        BoundaryReason::FilterService => {
            "where the mail filter took the message in; choose it if it is a filter of the receiver"
        }
        BoundaryReason::SameOrganisation => "an older hop written by a server of the same organisation",
        BoundaryReason::OwnServer => "came from a host with a name in the receiver's domain",
        BoundaryReason::OlderPublicAddress => "an older hop from a public address",
        BoundaryReason::Submission => "a client that logged in to send",
        BoundaryReason::PrivateAddress => "came from a private address",
        BoundaryReason::FilterIsMx => {
            "where the mail filter took the message in; the recipient's MX record leads to that filter"
        }
        BoundaryReason::Chosen => "chosen by hand",
    }
}

pub(in crate::text) const fn stream(kind: StreamKind) -> &'static str {
    match kind {
        StreamKind::Person => "person to person",
        StreamKind::Transactional => "transactional",
        StreamKind::Bulk => "bulk",
        StreamKind::List => "mailing list",
        StreamKind::Bounce => "bounce or report",
        StreamKind::Calendar => "invitation or answer of a calendar",
        StreamKind::Unknown => "not known",
    }
}

pub(in crate::text) const fn session_source(source: SessionSource) -> &'static str {
    match source {
        SessionSource::Given => "given by hand",
        SessionSource::ReturnPath => "from Return-Path",
        SessionSource::Received => "from Received",
        SessionSource::AuthenticationResults => "from Authentication-Results",
        SessionSource::ReceivedSpf => "from Received-SPF",
    }
}

pub(in crate::text) const fn moment_source(source: MomentSource) -> &'static str {
    match source {
        MomentSource::Receipt => "when it was received",
        MomentSource::NowForLackOfDate => "now, as no date of receipt can be read",
        MomentSource::Now => "now",
        MomentSource::Given => "given by hand",
    }
}

pub(in crate::text) const fn repair(code: RepairCode) -> &'static str {
    match code {
        RepairCode::ByteOrderMark => "a byte order mark at the beginning, left out",
        RepairCode::MboxFromLine => "an mbox separator line at the beginning, left out",
        RepairCode::LeadingBlankLines => "blank lines before the first field, left out",
        RepairCode::UnreadableHeaderLine => "a header line without a colon, left out",
        RepairCode::OrphanContinuation => "a continuation line before any field, left out",
        RepairCode::MissingBlankLine => "no blank line between header and body",
        RepairCode::LineEndings => "lines end in LF; hashed as CRLF, as on the wire",
        RepairCode::BareCarriageReturn => "carriage returns without line feed",
        RepairCode::NulByte => "NUL bytes",
        RepairCode::RawEightBitHeader => "raw 8-bit bytes in the header, read in a guessed charset",
        RepairCode::QuotedFromLines => "the mbox file's marks on lines that begin with “From ” are taken off",
        RepairCode::LengthWrong => "the length that Apple Mail wrote does not fit the message",
        RepairCode::HeaderFromProperties => "there was no Internet header; this one is made of what Outlook shows",
        RepairCode::Utf16 => "UTF-16 text, read as what it says",
        RepairCode::Markup => "HTML tags are taken out",
        RepairCode::OddSpaces => "full-width or unbreakable spaces and colons are read as plain ones",
        RepairCode::Quoted => "quoting marks (>) are taken off",
        RepairCode::Indented => "white space that all lines began with is taken off",
        RepairCode::DoubleSpaced => "blank lines between all lines are left out",
        RepairCode::Surroundings => "words around the header are left out",
        RepairCode::TableRow => "a table row is read as a field",
        RepairCode::TabAfterColon => "a tab after the colon is read as a space",
        RepairCode::Label => "a mail program's label is read as the field it stands for",
        RepairCode::LostFolding => "a line without white space before it continues the field above",
        RepairCode::TooManyFields => "more header fields than can be listed",
    }
}

pub(in crate::text) const fn form(form: Form) -> &'static str {
    match form {
        Form::Text | Form::Piped => "message",
        Form::Pasted => "pasted text",
        Form::Mbox => "mbox",
        Form::Emlx => "Apple Mail",
        Form::Msg => "Outlook .msg",
        Form::Report => "DMARC report",
        Form::Zip => "zip",
        Form::Gzip => "gzip",
    }
}

pub(in crate::text) const fn shortfall(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::Messages => "more messages than can be listed",
        Shortfall::Members => "some files in it could not be read",
    }
}

pub(in crate::text) const fn dns_failure(failure: Failure) -> &'static str {
    match failure {
        Failure::NxDomain => "no such name (NXDOMAIN)",
        Failure::NoData => "no such record (NODATA)",
        Failure::NotAName => "not a domain name",
        Failure::OverLimit => "not asked (too many questions)",
        Failure::Cancelled => "not asked (cancelled)",
        Failure::ServFail => "server failure (SERVFAIL)",
        Failure::Refused => "refused (REFUSED)",
        Failure::Timeout => "no answer in time",
        Failure::Untrusted => "the DNS server's certificate does not prove who it is",
        Failure::NotInSnapshot => "not in the snapshot",
        Failure::Offline => "not asked (offline)",
    }
}

pub(in crate::text) fn duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().unsigned_abs();
    let sign = if duration.is_negative() { "−" } else { "" };
    match (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0, s) => format!("{sign}{s} s"),
        (0, 0, m, s) => format!("{sign}{m} min {s} s"),
        (0, h, m, _) => format!("{sign}{h} h {m} min"),
        (d, h, ..) => format!("{sign}{d} d {h} h"),
    }
}

/// The letters of a script.
pub(in crate::text) const fn script(script: Script) -> &'static str {
    match script {
        Script::Latin => "Latin",
        Script::Greek => "Greek",
        Script::Cyrillic => "Cyrillic",
        Script::Armenian => "Armenian",
        Script::Cherokee => "Cherokee",
    }
}
