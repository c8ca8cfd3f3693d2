//! Where the rule behind a finding stands. The same in every language.

use crate::check::Problem;
use crate::message::LeftOut;

/// The clause or page that a finding rests on.
#[must_use]
pub const fn source(problem: &Problem) -> &'static str {
    match problem {
        Problem::ArrivalNotEncrypted { .. } => "RFC 3207; support.google.com/mail/answer/81126",
        Problem::ArrivalTlsOld { .. } | Problem::HopTlsWeak { version: Some(_), .. } => "RFC 8996",
        Problem::ClockSkew { .. }
        | Problem::SlowHop { .. }
        | Problem::NoConnectingAddress
        | Problem::HopDateFuture { .. }
        | Problem::HopDateMissing { .. }
        | Problem::ReceivedUnreadable { .. } => "RFC 5321 §4.4",
        Problem::HopGap { .. } => "RFC 5321 §7.2",
        Problem::HopLoop { .. } => "RFC 5321 §6.3",
        Problem::HopTlsWeak { version: None, .. } => "RFC 3207",
        Problem::SpfMissing { .. } | Problem::SpfSeveralRecords { .. } => "RFC 7208 §4.5",
        Problem::ConnectingAddressUnsure { .. } => "RFC 7208 §2.3, RFC 5321 §4.4",
        Problem::ClaimForged { .. } => "RFC 8601 §5, §7.1",
        Problem::ClaimDiffers { .. } => "RFC 8601 §2.7",
        Problem::CompauthFailed { .. } => "learn.microsoft.com/defender-office-365/message-headers-eop-mdo",
        Problem::SpfFail { .. } => "RFC 7208 §8.4",
        Problem::SpfSoftfail { .. } => "RFC 7208 §8.5",
        Problem::SpfForwarded { .. } => "RFC 7208 §D.2",
        Problem::SpfLookupLimit { .. } | Problem::SpfVoidLimit { .. } | Problem::SpfVoidReadingsDiffer { .. } => {
            "RFC 7208 §4.6.4"
        }
        Problem::SpfIncludeMissing { .. } => "RFC 7208 §5.2, §6.1",
        Problem::SpfPassAll { .. } => "RFC 7208 §5.1",
        Problem::SpfWideNetwork { .. } => "RFC 7208 §5.3, §5.6",
        Problem::SpfNeutralAll { .. } => "RFC 7208 §4.7, §8.2",
        Problem::SpfPtr { .. } => "RFC 7208 §5.5",
        Problem::SpfRecordLong { .. } => "RFC 7208 §3.4",
        Problem::SpfDeprecatedType { .. } => "RFC 7208 §3.1",
        Problem::SpfBroken { .. } => "RFC 7208 §4.6",
        Problem::DkimMissing { .. } | Problem::DkimExpired { .. } | Problem::DkimLengthBeyondBody { .. } => {
            "RFC 6376 §3.5"
        }
        Problem::CopyRewritten { .. } | Problem::DkimBodyChanged { .. } | Problem::DkimHeaderChanged { .. } => {
            "RFC 6376 §6.1.3"
        }
        Problem::DkimKeyMissing { .. } | Problem::DkimKeyMismatch { .. } => "RFC 6376 §6.1.2",
        Problem::DkimKeyRevoked { .. }
        | Problem::DkimKeyBroken { .. }
        | Problem::DkimKeyNotForEmail { .. }
        | Problem::DkimKeyStrictIdentity { .. }
        | Problem::DkimKeyUntidy { .. }
        | Problem::DkimTesting { .. } => "RFC 6376 §3.6.1",
        Problem::DkimKeySeveral { .. } => "RFC 6376 §3.6.2.2",
        Problem::DkimUnreadable { .. } => "RFC 6376 §6.1.1",
        Problem::DkimFieldsUnsigned { .. } => "RFC 6376 §5.4.1, RFC 8058 §4",
        Problem::DkimMany { .. } => "RFC 6376 §6.1",
        Problem::DkimSha1 { .. } => "RFC 8301 §3.1",
        Problem::DkimKeyShort { .. } | Problem::DkimKeyWeak { .. } | Problem::DkimKeyLong { .. } => "RFC 8301 §3.2",
        Problem::DkimPartialBody { .. } => "RFC 6376 §8.2",
        Problem::DmarcUnaligned { .. } => "RFC 9989 §4.4",
        Problem::DmarcUnauthenticated { .. } => "RFC 9989 §5.4",
        Problem::AuthorDomainMissing { .. } => "RFC 8020 §2, RFC 9989 §4.7",
        Problem::ReplyToElsewhere { .. } | Problem::SenderElsewhere { .. } | Problem::FromSeveralAuthors { .. } => {
            "RFC 5322 §3.6.2"
        }
        Problem::FromNameElsewhere { .. } => "RFC 9989 §11.4",
        Problem::AuthorDomainNotPublic { .. } => "RFC 6761 §6, RFC 6762 §G",
        Problem::AuthorDomainLookalike { .. } => "UTS 39 §4, §5.2",
        Problem::FieldRepeated { .. } => "RFC 5322 §3.6",
        Problem::DateMissing { .. } | Problem::DateFar { .. } => "RFC 5322 §3.6.1",
        Problem::MessageIdUnfit { .. } => "RFC 5322 §3.6.4",
        Problem::HeaderBytesOdd { .. } => "RFC 5322 §2.2, RFC 6532 §3",
        Problem::LineTooLong { .. } => "RFC 5322 §2.1.1",
        Problem::DmarcMissing { .. } | Problem::DmarcDuplicateRecords { .. } => "RFC 9989 §4.10",
        Problem::DmarcBroken { .. } => "RFC 9989 §4.7, §4.10.1",
        Problem::DmarcPolicyUnusable { .. } => "RFC 9989 §4.10.1",
        Problem::DmarcTesting { .. }
        | Problem::DmarcNoReports { .. }
        | Problem::DmarcSpWeaker { .. }
        | Problem::DmarcPolicyNone { .. } => "RFC 9989 §4.7",
        Problem::DmarcRejectOnSpfOnly { .. } => "RFC 9989 §7.4, §8",
        Problem::DmarcPctRemoved { .. } => "RFC 9989 §C.5.2",
        Problem::DmarcTagIgnored { .. } => "RFC 9989 §4.7, §4.8",
        Problem::DmarcUriBad { .. } => "RFC 9989 §4.6",
        Problem::DmarcReportUnauthorised { .. } => "RFC 9990 §4, RFC 9991 §5",
        Problem::SeveralMessages { left_out: LeftOut::Further } => "RFC 4155",
        Problem::SeveralMessages { left_out: LeftOut::Attached } => "RFC 2046 §5.2.1",
        Problem::DmarcNoAuthor { .. } => "RFC 9989 §5.3.1",
        Problem::ArcBroken { .. } => "RFC 8617 §5.2",
        Problem::ArcSawPass { .. } => "RFC 8617 §7.2.1, RFC 9989 §4.3",
        Problem::DmarcReadingsDiffer { .. } => "RFC 9989 §4.10.2, RFC 7489 §3.2",
        Problem::SecondEngineDiffers { .. } => "docs.rs/mail-auth",
        Problem::ReverseNameMissing { .. } | Problem::ReverseNameMismatch { .. } => "RFC 8601 §3",
        Problem::DnsUnreachable { .. } | Problem::DnsNotAsked { .. } => "RFC 9989 §5.3.6",
        Problem::HeadersOnly | Problem::BodyNotKept { .. } => "RFC 6376 §3.7",
        Problem::InputRepaired { .. } => "RFC 5322 §2",
    }
}
