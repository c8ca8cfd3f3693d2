//! What a finding says is the case, with the values its sentences need. The words live in `text/`.

use std::net::IpAddr;

use serde::Serialize;

use super::{ChangedBy, HeaderPart, IdFault, ListedOn, OneClickFault, RecordFault, Refused, Tally};
use crate::auth::arc;
use crate::auth::claimed::{Certainty, Note, Subject as Checked, Why};
use crate::auth::dkim::FieldFault;
use crate::auth::dkim::cause::Causes;
use crate::auth::dkim::key::KeyFault;
use crate::auth::dkim::lint::LintKind;
use crate::auth::dmarc::{DmarcResult, Fault, Policy, PolicyTag};
use crate::auth::domain::LocalName;
use crate::auth::lookalike::Lookalike;
use crate::auth::second::{self, Part};
use crate::auth::spf::SpfResult;
use crate::listing::{Refusal, Role};
use crate::message::date::Stamp;
use crate::message::{HeaderByte, Kind, LeftOut, RepairCode};
use crate::notes::{Filter, Meaning};
use crate::path::TlsVersion;
use crate::sender::services::Service;
use crate::sender::{Marks, SavedBy};
use crate::transport::{TlsaFault, Whose};

/// Every kind of finding. The code of a variant is its name in kebab case, its check's file the same in snake case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Problem {
    /// The report says that recipients did not get the message, and that nobody tries again.
    BounceFinal { refused: Refused },
    /// It says that the message waits.
    BounceTemporary { refused: Refused },
    /// It was refused for how its sender proves itself.
    BounceSenderRules { refused: Refused },
    /// Nothing in the returned message but its From names the addressee's domain.
    BounceNotOurs { author: String },
    /// A DMARC aggregate report counts messages that did not pass.
    AggregateFailures { tally: Tally },
    /// The header states that the message reached the receiving side without TLS.
    ArrivalNotEncrypted { by: Option<String>, ip: Option<IpAddr> },
    /// It came over a TLS version that is no longer allowed (RFC 8996).
    ArrivalTlsOld { by: Option<String>, ip: Option<IpAddr>, version: TlsVersion },
    /// A hop is dated before the hop that it follows, or before an older one: `before`.
    ClockSkew { hop: usize, seconds: i64, date: Stamp, before: Stamp },
    /// A hop is dated so many seconds after the present, `now`.
    HopDateFuture { hop: usize, by: Option<String>, seconds: i64, date: Stamp, now: Stamp },
    /// A hop has no date; `written`: something stands in its place.
    HopDateMissing { hop: usize, by: Option<String>, written: bool },
    /// A hop that names a server of the author domain is followed by one whose client belongs elsewhere.
    HopGap { hop: usize, by: String, client: String },
    /// The message went from one server to the other more than once.
    HopLoop { from: String, to: String, times: usize },
    /// A hop other than the arrival was not encrypted, or by that version of TLS.
    HopTlsWeak { hop: usize, by: Option<String>, version: Option<TlsVersion> },
    /// Parts of so many Received fields could not be read; `hop` is the first.
    ReceivedUnreadable { hop: usize, hops: usize },
    /// A hop took more than [`super::slow_hop::LIMIT`].
    SlowHop { hop: usize, by: Option<String>, seconds: i64, until: Option<Stamp> },
    /// None of so many Received fields shows who connected.
    NoConnectingAddress { hops: usize },
    /// A hop newer than the boundary may be the real one; then the address is only what a stranger wrote.
    ConnectingAddressUnsure { ip: IpAddr, other: Option<IpAddr>, hop: usize, boundary: usize, is_public: bool },
    /// A field bears the receiving side's name, claims that something passed, and is not the receiving side's.
    ClaimForged { server: String, method: String },
    /// The receiving side recorded something else than we come to.
    ClaimDiffers { checked: Checked, recorded: String, ours: &'static str, why: Why, certainty: Certainty },
    /// Microsoft's composite authentication failed. `meaning`: of the reason code.
    CompauthFailed { author: Option<String>, reason: Option<String>, meaning: Option<Note> },
    /// A filter of the receiving side called the message spam; `meaning`: the word that says so.
    FilterMarkedSpam { filter: Filter, meaning: Meaning },
    /// It called it phishing or spoofed.
    FilterPhish { filter: Filter, meaning: Meaning },
    /// It did not judge it, because somebody of the receiving side allowed it. `suspect`: the message looks spoofed.
    FilterSkipped { filter: Filter, meaning: Meaning, suspect: bool },
    /// Microsoft's complaint level of the sender reaches the default threshold.
    BulkComplaintLevelHigh { level: u8 },
    /// The receiver's filter handed the message on from that address, which the mailbox provider judged: `theirs` is what it
    /// recorded of SPF, `ours` is judged where the filter took the message.
    FilterBeforeReceiver { service: String, ip: IpAddr, theirs: Option<String>, ours: Option<SpfResult> },
    /// No record for the envelope sender's domain. `suspect`, here and below: the message looks spoofed, so whoever sent
    /// it must get no advice on how to pass.
    /// `meant`: the text that is meant as one and is none.
    SpfMissing { domain: String, suspect: bool, meant: Option<String> },
    /// The record names other servers, with `-all`. `marks`, here and below: of passing on, which nothing proves.
    SpfFail { domain: String, ip: IpAddr, suspect: bool, marks: Option<Marks> },
    /// The record names other servers, with `~all`.
    SpfSoftfail { domain: String, ip: IpAddr, suspect: bool, marks: Option<Marks> },
    /// SPF fails at a forwarder's address, as it must.
    /// `by`: who is proved to have passed it on; without, it is the author domain that stands for the message.
    SpfForwarded { domain: String, ip: IpAddr, by: Option<String> },
    /// More than ten terms that ask DNS.
    SpfLookupLimit { domain: String, owner: String },
    /// More than two questions without an answer.
    SpfVoidLimit { domain: String, owner: String, term: Option<String> },
    /// A term cannot be evaluated, so that nothing can.
    SpfBroken { domain: String, owner: String, term: Option<String> },
    /// Several records, so that none counts.
    SpfSeveralRecords { domain: String, owner: String },
    /// A term leads to a domain without a record.
    SpfIncludeMissing { domain: String, owner: String, term: String },
    /// Every server passes.
    SpfPassAll { domain: String, owner: String, term: String },
    /// A very wide network passes.
    SpfWideNetwork { domain: String, owner: String, term: String },
    /// Nothing is said about servers that are not listed; `term` is what says so, `ip` the address it leaves open here.
    SpfNeutralAll { domain: String, term: Option<String>, ip: Option<IpAddr> },
    /// `ptr` is used.
    SpfPtr { owner: String, term: String },
    /// The record is too long for one DNS packet.
    SpfRecordLong { owner: String, bytes: usize },
    /// The record has a type that nobody reads any more.
    SpfDeprecatedType { domain: String, suspect: bool },
    /// The limit of void look-ups holds for terms and is passed for questions.
    SpfVoidReadingsDiffer { domain: String, terms: u32, questions: u32 },
    /// No DKIM signature at all.
    /// `taken_after`: who says under an intact ARC seal that a signature of the author domain was valid before.
    DkimMissing { author: Option<String>, suspect: bool, taken_after: Option<String> },
    /// The program that saved the message probably wrote it anew, so that no signature can verify.
    CopyRewritten { by: SavedBy },
    /// The signature of that domain does not fit the body. `causes`: what was undone to make it fit. `proved`: the domain did
    /// sign; otherwise the field may be anybody's.
    DkimBodyChanged { domain: String, selector: String, by: ChangedBy, causes: Causes, proved: bool, suspect: bool },
    /// The signature of that domain does not fit the header.
    DkimHeaderChanged { domain: String, selector: String, by: ChangedBy, causes: Causes },
    /// The key is not in DNS today, and nothing else keeps the signature from counting.
    DkimKeyMissing { domain: String, selector: String, suspect: bool },
    /// The key was revoked.
    DkimKeyRevoked { domain: String, selector: String },
    /// The key record cannot be read.
    /// `octets`: of what stands for an Ed25519 key and has not its length.
    DkimKeyBroken { domain: String, selector: String, fault: KeyFault, octets: Option<usize> },
    /// `k=` or `h=` of the key record do not fit the signature.
    DkimKeyMismatch { domain: String, selector: String, algorithm: String, limit: KeyLimit },
    /// `s=` of the key record does not allow e-mail.
    DkimKeyNotForEmail { domain: String, selector: String },
    /// `t=s` of the key record forbids the subdomain in `i=`.
    DkimKeyStrictIdentity { domain: String, selector: String, identity: String },
    /// Several TXT records at the name of the key.
    DkimKeySeveral { domain: String, selector: String, records: usize },
    /// An RSA key from 1024 to 2047 bits.
    DkimKeyWeak { domain: String, selector: String, bits: u32 },
    /// An RSA key that is longer than is computed with.
    DkimKeyLong { domain: String, selector: String, bits: u32 },
    /// The key record works, and some verifiers stumble over how it is written.
    DkimKeyUntidy { domain: String, selector: String, lints: Vec<LintKind> },
    /// `t=y`: the domain is testing DKIM.
    DkimTesting { domain: String, selector: String },
    /// The signature field cannot be read or breaks a rule. `tag`: the tag that is missing or wrong; `suspect`: the message
    /// looks spoofed.
    DkimUnreadable {
        domain: Option<String>,
        selector: Option<String>,
        fault: FieldFault,
        tag: Option<String>,
        suspect: bool,
    },
    /// `l=` is larger than the body.
    DkimLengthBeyondBody { domain: String, selector: String, length: u64, body: u64 },
    /// No valid signature covers these fields.
    DkimFieldsUnsigned { domain: String, selector: String, fields: Vec<&'static str> },
    /// Mail to many without one click to unsubscribe. `provider`: the recipient's, where it requires that.
    OneClickMissing { provider: Option<String> },
    /// One click is announced, and its fields are not as they have to be.
    /// `value`: what stands in List-Unsubscribe-Post.
    OneClickBroken { fault: OneClickFault, value: String },
    /// The author is at the receiving provider, and nothing proves it.
    ImpersonatesProvider { author: String, provider: String },
    /// The header is larger than the receiving provider takes it. `firm`: the limit stands on a present page of its own.
    HeaderTooLarge { provider: String, part: HeaderPart, length: usize, limit: u64, firm: bool },
    /// More signatures than are judged one by one.
    DkimMany { signatures: usize, judged: usize },
    /// rsa-sha1 (RFC 8301).
    DkimSha1 { domain: String, selector: String },
    /// An RSA key under 1024 bits (RFC 8301).
    DkimKeyShort { domain: String, selector: String, bits: u32 },
    /// `x=` was over at the moment that it is judged at.
    DkimExpired { domain: String, selector: String, expires: Option<Stamp>, judged_at: Stamp },
    /// `l=` leaves part of the body uncovered. `covers_none`: all of it.
    DkimPartialBody { domain: String, selector: String, uncovered: usize, covers_none: bool },
    /// Every identifier that passed belongs to another domain.
    /// `service`: where the message comes from, where that is proved and known to need settings.
    DmarcUnaligned { author: String, passed: Vec<String>, policy: Option<Policy>, service: Option<&'static Service> },
    /// No identifier passed at all.
    DmarcUnauthenticated { author: String, policy: Option<Policy>, suspect: bool },
    /// The domain in From is not in DNS.
    AuthorDomainMissing { author: String },
    /// The domain in From cannot be one of the Internet.
    AuthorDomainNotPublic { author: String, kind: LocalName },
    /// The domain in From looks like another.
    AuthorDomainLookalike { author: String, kind: Lookalike },
    /// The name in From shows an address or a domain of another organization. `via`: as lists and services write it.
    FromNameElsewhere { shown: String, own: String, via: bool, is_address: bool },
    /// The name in From holds characters that are not seen; `reorders`: some turn the order in which it is read.
    FromNameHidden { own: String, characters: Vec<String>, reorders: bool },
    /// From names several people of one domain; `has_sender`: Sender says who of them sent it.
    FromSeveralAuthors { author: String, authors: usize, has_sender: bool },
    /// Sender names another organization. `list`: a mailing list's marks are there; `proved`: it passed.
    SenderElsewhere { author: String, sender: String, list: bool, proved: bool },
    /// Fields that may stand once stand there several times.
    FieldRepeated { fields: Vec<String> },
    /// No Date; `written`: something stands in its place.
    DateMissing { written: bool },
    /// The Date is so many seconds after the arrival, or before it.
    DateFar { seconds: i64, date: Stamp, received: Stamp },
    /// The Message-ID names nothing in the world. `host`: what stands on its right side.
    MessageIdUnfit { fault: IdFault, host: Option<String> },
    /// Bytes in the header that may not be there.
    HeaderBytesOdd { kind: HeaderByte },
    /// So many lines are too long; the first has so many octets.
    LineTooLong { octets: usize, lines: usize },
    /// Answers go to a domain that has nothing to do with the author domain.
    ReplyToElsewhere { author: String, reply_to: String },
    /// Only marks that anybody can write name that service; `ip` is not known as one of its addresses.
    ServiceOnlyClaimed { service: &'static Service, ip: IpAddr },
    /// The message bears marks of mail to one person and of mail to many.
    StreamMixed { author: String },
    /// The file holds more than this message, and nobody said which one is meant.
    SeveralMessages { left_out: LeftOut },
    /// The program that saved the message did not keep its body as it was sent.
    BodyNotKept { program: Kind },
    /// The author domain has no record.
    DmarcMissing { author: String },
    /// Nothing is asked of the receivers.
    DmarcPolicyNone {
        author: String,
        record_at: String,
        /// The tag that asks for nothing.
        tag: &'static str,
    },
    /// The record at that domain is passed over. `text`: the part of it that is wrong.
    DmarcBroken { domain: String, fault: Fault, text: String },
    /// Several records at that domain, all passed over.
    DmarcDuplicateRecords { domain: String, records: usize },
    /// The record counts as `p=none`, because `part` cannot be read or, without one, because there is no `p`.
    DmarcPolicyUnusable { record_at: String, part: Option<String> },
    /// `t=y`: one level less is asked for than published.
    DmarcTesting { record_at: String, published: Policy, applied: Policy },
    /// Nothing is asked for, and no report wanted.
    DmarcNoReports { record_at: String },
    /// Names below the domain are protected less than itself, by that tag.
    DmarcSpWeaker { record_at: String, own: Policy, tag: PolicyTag, below: Policy },
    /// Reject is asked for, and only SPF speaks for the domain.
    DmarcRejectOnSpfOnly { author: String },
    /// A share that no longer counts.
    DmarcPctRemoved { record_at: String, pct: String, policy: Policy },
    /// Parts of the record without effect.
    DmarcTagIgnored { record_at: String, parts: Vec<String> },
    /// Entries that no report can be sent to.
    DmarcUriBad { record_at: String, entries: Vec<String> },
    /// Hosts that did not agree to receive reports.
    DmarcReportUnauthorised { record_at: String, hosts: Vec<String> },
    /// There is no single author domain.
    DmarcNoAuthor { domains: Vec<String> },
    /// The ARC chain is broken. `at`: the instance, `sealer` its domain; `next` sealed what it had changed, most likely.
    ArcBroken { reason: arc::Reason, at: Option<u32>, sealer: Option<String>, next: Option<String> },
    /// The first sealer writes that DMARC passed. `changed_by` sealed the message after it was changed.
    ArcSawPass { author: String, sealer: String, changed_by: Option<String>, trusted: bool },
    /// The public-suffix reading of RFC 7489 gives something else.
    DmarcReadingsDiffer {
        author: String,
        has_own_record: bool,
        result: DmarcResult,
        policy: Option<Policy>,
        older_result: DmarcResult,
        older_policy: Option<Policy>,
    },
    /// The second engine comes to another result, for no known reason.
    SecondEngineDiffers { part: Part, ours: second::Verdict, theirs: second::Verdict },
    /// The connecting address has no reverse name.
    ReverseNameMissing { ip: IpAddr, suspect: bool },
    /// Its reverse name does not point back.
    ReverseNameMismatch { ip: IpAddr, name: String, suspect: bool },
    /// The connecting address is on blocklists now. `suspect`: the message looks spoofed.
    IpListed { ip: IpAddr, lists: Vec<ListedOn>, suspect: bool },
    /// A domain that the message names is.
    DomainListed { domain: String, roles: Vec<Role>, lists: Vec<ListedOn>, suspect: bool },
    /// So many lists do not answer through this resolver; `why` is what the first of them says.
    BlocklistRefused { lists: Vec<&'static str>, why: Refusal },
    /// The MTA-STS record of a domain does not count. `part`: what of it is wrong.
    MtaStsRecordBroken { domain: String, whose: Whose, fault: RecordFault, part: Option<String> },
    /// The same for its record about TLS reports.
    TlsRptRecordBroken { domain: String, whose: Whose, fault: RecordFault, part: Option<String> },
    /// A server of a domain has TLSA records, and none can be used.
    DaneTlsaUnusable { domain: String, whose: Whose, host: String, faults: Vec<TlsaFault> },
    /// Questions that DNS did not answer; `names`: the first names of them.
    DnsUnreachable { questions: usize, names: Vec<String> },
    /// Questions that were not asked.
    /// `recorded`: what answered was a file, which lacks them.
    DnsNotAsked { questions: usize, names: Vec<String>, recorded: bool },
    /// Only a header block was given, of so many fields.
    HeadersOnly { fields: usize },
    /// The input was damaged and read all the same; `kinds`: what was done, each once.
    InputRepaired { repairs: usize, kinds: Vec<RepairCode> },
}

/// Which tag of a key record a signature does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyLimit {
    /// `k=`: another kind of key.
    Kind,
    /// `h=`: another hash.
    Hash,
}

impl Problem {
    /// The code: one stem for the finding, its check's file and its case folder.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one line for each finding")]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BounceFinal { .. } => "bounce-final",
            Self::BounceTemporary { .. } => "bounce-temporary",
            Self::BounceSenderRules { .. } => "bounce-sender-rules",
            Self::BounceNotOurs { .. } => "bounce-not-ours",
            Self::AggregateFailures { .. } => "aggregate-failures",
            Self::ArrivalNotEncrypted { .. } => "arrival-not-encrypted",
            Self::ArrivalTlsOld { .. } => "arrival-tls-old",
            Self::ClockSkew { .. } => "clock-skew",
            Self::HopDateFuture { .. } => "hop-date-future",
            Self::HopDateMissing { .. } => "hop-date-missing",
            Self::HopGap { .. } => "hop-gap",
            Self::HopLoop { .. } => "hop-loop",
            Self::HopTlsWeak { .. } => "hop-tls-weak",
            Self::ReceivedUnreadable { .. } => "received-unreadable",
            Self::SlowHop { .. } => "slow-hop",
            Self::NoConnectingAddress { .. } => "no-connecting-address",
            Self::ConnectingAddressUnsure { .. } => "connecting-address-unsure",
            Self::ClaimForged { .. } => "claim-forged",
            Self::ClaimDiffers { .. } => "claim-differs",
            Self::CompauthFailed { .. } => "compauth-failed",
            Self::FilterMarkedSpam { .. } => "filter-marked-spam",
            Self::FilterPhish { .. } => "filter-phish",
            Self::FilterSkipped { .. } => "filter-skipped",
            Self::BulkComplaintLevelHigh { .. } => "bulk-complaint-level-high",
            Self::FilterBeforeReceiver { .. } => "filter-before-receiver",
            Self::SpfMissing { .. } => "spf-missing",
            Self::SpfFail { .. } => "spf-fail",
            Self::SpfSoftfail { .. } => "spf-softfail",
            Self::SpfForwarded { .. } => "spf-forwarded",
            Self::SpfLookupLimit { .. } => "spf-lookup-limit",
            Self::SpfVoidLimit { .. } => "spf-void-limit",
            Self::SpfBroken { .. } => "spf-broken",
            Self::SpfSeveralRecords { .. } => "spf-several-records",
            Self::SpfIncludeMissing { .. } => "spf-include-missing",
            Self::SpfPassAll { .. } => "spf-pass-all",
            Self::SpfWideNetwork { .. } => "spf-wide-network",
            Self::SpfNeutralAll { .. } => "spf-neutral-all",
            Self::SpfPtr { .. } => "spf-ptr",
            Self::SpfRecordLong { .. } => "spf-record-long",
            Self::SpfDeprecatedType { .. } => "spf-deprecated-type",
            Self::SpfVoidReadingsDiffer { .. } => "spf-void-readings-differ",
            Self::DkimMissing { .. } => "dkim-missing",
            Self::CopyRewritten { .. } => "copy-rewritten",
            Self::DkimBodyChanged { .. } => "dkim-body-changed",
            Self::DkimHeaderChanged { .. } => "dkim-header-changed",
            Self::DkimKeyMissing { .. } => "dkim-key-missing",
            Self::DkimKeyRevoked { .. } => "dkim-key-revoked",
            Self::DkimKeyBroken { .. } => "dkim-key-broken",
            Self::DkimKeyMismatch { .. } => "dkim-key-mismatch",
            Self::DkimKeyNotForEmail { .. } => "dkim-key-not-for-email",
            Self::DkimKeyStrictIdentity { .. } => "dkim-key-strict-identity",
            Self::DkimKeySeveral { .. } => "dkim-key-several",
            Self::DkimKeyWeak { .. } => "dkim-key-weak",
            Self::DkimKeyLong { .. } => "dkim-key-long",
            Self::DkimKeyUntidy { .. } => "dkim-key-untidy",
            Self::DkimTesting { .. } => "dkim-testing",
            Self::DkimUnreadable { .. } => "dkim-unreadable",
            Self::DkimLengthBeyondBody { .. } => "dkim-length-beyond-body",
            Self::OneClickMissing { .. } => "one-click-missing",
            Self::OneClickBroken { .. } => "one-click-broken",
            Self::ImpersonatesProvider { .. } => "impersonates-provider",
            Self::HeaderTooLarge { .. } => "header-too-large",
            Self::DkimFieldsUnsigned { .. } => "dkim-fields-unsigned",
            Self::DkimMany { .. } => "dkim-many",
            Self::DkimSha1 { .. } => "dkim-sha1",
            Self::DkimKeyShort { .. } => "dkim-key-short",
            Self::DkimExpired { .. } => "dkim-expired",
            Self::DkimPartialBody { .. } => "dkim-partial-body",
            Self::DmarcUnaligned { .. } => "dmarc-unaligned",
            Self::DmarcUnauthenticated { .. } => "dmarc-unauthenticated",
            Self::DmarcBroken { .. } => "dmarc-broken",
            Self::DmarcDuplicateRecords { .. } => "dmarc-duplicate-records",
            Self::DmarcPolicyUnusable { .. } => "dmarc-policy-unusable",
            Self::DmarcTesting { .. } => "dmarc-testing",
            Self::DmarcNoReports { .. } => "dmarc-no-reports",
            Self::DmarcSpWeaker { .. } => "dmarc-sp-weaker",
            Self::DmarcRejectOnSpfOnly { .. } => "dmarc-reject-on-spf-only",
            Self::DmarcPctRemoved { .. } => "dmarc-pct-removed",
            Self::DmarcTagIgnored { .. } => "dmarc-tag-ignored",
            Self::DmarcUriBad { .. } => "dmarc-uri-bad",
            Self::DmarcReportUnauthorised { .. } => "dmarc-report-unauthorised",
            Self::AuthorDomainMissing { .. } => "author-domain-missing",
            Self::AuthorDomainNotPublic { .. } => "author-domain-not-public",
            Self::AuthorDomainLookalike { .. } => "author-domain-lookalike",
            Self::FromNameElsewhere { .. } => "from-name-elsewhere",
            Self::FromNameHidden { .. } => "from-name-hidden",
            Self::FromSeveralAuthors { .. } => "from-several-authors",
            Self::SenderElsewhere { .. } => "sender-elsewhere",
            Self::FieldRepeated { .. } => "field-repeated",
            Self::DateMissing { .. } => "date-missing",
            Self::DateFar { .. } => "date-far",
            Self::MessageIdUnfit { .. } => "message-id-unfit",
            Self::HeaderBytesOdd { .. } => "header-bytes-odd",
            Self::LineTooLong { .. } => "line-too-long",
            Self::ReplyToElsewhere { .. } => "reply-to-elsewhere",
            Self::ServiceOnlyClaimed { .. } => "service-only-claimed",
            Self::StreamMixed { .. } => "stream-mixed",
            Self::SeveralMessages { .. } => "several-messages",
            Self::BodyNotKept { .. } => "body-not-kept",
            Self::DmarcMissing { .. } => "dmarc-missing",
            Self::DmarcPolicyNone { .. } => "dmarc-policy-none",
            Self::DmarcNoAuthor { .. } => "dmarc-no-author",
            Self::ArcBroken { .. } => "arc-broken",
            Self::ArcSawPass { .. } => "arc-saw-pass",
            Self::DmarcReadingsDiffer { .. } => "dmarc-readings-differ",
            Self::SecondEngineDiffers { .. } => "second-engine-differs",
            Self::ReverseNameMissing { .. } => "reverse-name-missing",
            Self::ReverseNameMismatch { .. } => "reverse-name-mismatch",
            Self::IpListed { .. } => "ip-listed",
            Self::DomainListed { .. } => "domain-listed",
            Self::BlocklistRefused { .. } => "blocklist-refused",
            Self::MtaStsRecordBroken { .. } => "mta-sts-record-broken",
            Self::TlsRptRecordBroken { .. } => "tls-rpt-record-broken",
            Self::DaneTlsaUnusable { .. } => "dane-tlsa-unusable",
            Self::DnsUnreachable { .. } => "dns-unreachable",
            Self::DnsNotAsked { .. } => "dns-not-asked",
            Self::HeadersOnly { .. } => "headers-only",
            Self::InputRepaired { .. } => "input-repaired",
        }
    }
}
