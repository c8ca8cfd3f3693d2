//! Visits the values that the sentences of findings and headline are made with.

use super::mask::Mask;
use super::walk::{self, optional};
use crate::auth::claimed::{Compared, Comparison, Reason, Why};
use crate::auth::lookalike::Lookalike;
use crate::check::headline::Lacking;
use crate::check::{Accepted, Delivered, FailingSource, Headline, Problem, Refused, Shown, Tally, Verdict};

#[expect(clippy::too_many_lines, reason = "one arm for each problem, and none left out")]
pub(super) fn problem(problem: &mut Problem, mask: &Mask) {
    match problem {
        Problem::BounceFinal { refused }
        | Problem::BounceTemporary { refused }
        | Problem::BounceSenderRules { refused } => {
            self::refused(refused, mask);
        }
        Problem::AggregateFailures { tally } => self::tally(tally, mask),
        Problem::ArrivalNotEncrypted { by, ip } | Problem::ArrivalTlsOld { by, ip, version: _ } => {
            optional(by, mask);
            if let Some(ip) = ip {
                mask.ip(ip);
            }
        }
        Problem::SlowHop { hop: _, by, seconds: _, until: _ }
        | Problem::HopDateFuture { hop: _, by, seconds: _, date: _, now: _ }
        | Problem::HopDateMissing { hop: _, by, written: _ }
        | Problem::HopTlsWeak { hop: _, by, version: _ } => {
            optional(by, mask);
        }
        Problem::HopGap { hop: _, by: one, client: other } | Problem::HopLoop { from: one, to: other, times: _ } => {
            for text in [one, other] {
                mask.text(text);
            }
        }
        Problem::BounceNotOurs { author: domain }
        | Problem::DomainListed { domain, roles: _, lists: _, suspect: _ }
        | Problem::SpfDeprecatedType { domain, suspect: _ }
        | Problem::SpfVoidReadingsDiffer { domain, terms: _, questions: _ } => mask.text(domain),
        Problem::SpfMissing { domain, suspect: _, meant } => {
            mask.text(domain);
            if let Some(text) = meant {
                mask.text(text);
            }
        }
        Problem::SpfFail { domain, ip, suspect: _, marks: _ }
        | Problem::SpfSoftfail { domain, ip, suspect: _, marks: _ } => {
            mask.text(domain);
            mask.ip(ip);
        }
        Problem::SpfForwarded { domain, ip, by } => {
            mask.text(domain);
            mask.ip(ip);
            optional(by, mask);
        }
        Problem::SpfLookupLimit { domain, owner } | Problem::SpfSeveralRecords { domain, owner } => {
            for text in [domain, owner] {
                mask.text(text);
            }
        }
        Problem::SpfVoidLimit { domain, owner, term } | Problem::SpfBroken { domain, owner, term } => {
            for text in [domain, owner] {
                mask.text(text);
            }
            optional(term, mask);
        }
        Problem::SpfIncludeMissing { domain, owner, term }
        | Problem::SpfPassAll { domain, owner, term }
        | Problem::SpfWideNetwork { domain, owner, term } => {
            for text in [domain, owner, term] {
                mask.text(text);
            }
        }
        Problem::SpfNeutralAll { domain, term, ip } => {
            if let Some(ip) = ip {
                mask.ip(ip);
            }
            mask.text(domain);
            optional(term, mask);
        }
        Problem::SpfPtr { owner, term } => {
            for text in [owner, term] {
                mask.text(text);
            }
        }
        Problem::SpfRecordLong { owner, bytes: _ } => mask.text(owner),
        Problem::DkimBodyChanged { domain, selector, by: _, causes, proved: _, suspect: _ }
        | Problem::DkimHeaderChanged { domain, selector, by: _, causes } => {
            for text in [domain, selector] {
                mask.text(text);
            }
            walk::causes(causes, mask);
        }
        Problem::DkimKeyMissing { domain, selector, suspect: _ }
        | Problem::DkimKeyRevoked { domain, selector }
        | Problem::DkimKeyBroken { domain, selector, fault: _, octets: _ }
        | Problem::DkimKeyNotForEmail { domain, selector }
        | Problem::DkimKeySeveral { domain, selector, records: _ }
        | Problem::DkimKeyWeak { domain, selector, bits: _ }
        | Problem::DkimKeyLong { domain, selector, bits: _ }
        | Problem::DkimKeyUntidy { domain, selector, lints: _ }
        | Problem::DkimTesting { domain, selector }
        | Problem::DkimFieldsUnsigned { domain, selector, fields: _ }
        | Problem::DkimLengthBeyondBody { domain, selector, length: _, body: _ }
        | Problem::DkimSha1 { domain, selector }
        | Problem::DkimKeyShort { domain, selector, bits: _ }
        | Problem::DkimExpired { domain, selector, expires: _, judged_at: _ }
        | Problem::DkimPartialBody { domain, selector, uncovered: _, covers_none: _ } => {
            for text in [domain, selector] {
                mask.text(text);
            }
        }
        Problem::DkimUnreadable { domain, selector, fault: _, tag, suspect: _ } => {
            for text in [domain, selector, tag] {
                optional(text, mask);
            }
        }
        Problem::DkimKeyMismatch { domain, selector, algorithm, limit: _ } => {
            for text in [domain, selector, algorithm] {
                mask.text(text);
            }
        }
        Problem::DkimKeyStrictIdentity { domain, selector, identity } => {
            for text in [domain, selector, identity] {
                mask.text(text);
            }
        }
        Problem::DmarcUnaligned { author, passed, policy: _, service: _ } => {
            mask.text(author);
            for text in passed {
                mask.text(text);
            }
        }
        Problem::DmarcUnauthenticated { author, policy: _, suspect: _ }
        | Problem::AuthorDomainMissing { author }
        | Problem::DmarcMissing { author }
        | Problem::AuthorDomainNotPublic { author, kind: _ }
        | Problem::FromSeveralAuthors { author, authors: _, has_sender: _ }
        | Problem::DmarcRejectOnSpfOnly { author }
        | Problem::ImpersonatesProvider { author, provider: _ }
        | Problem::StreamMixed { author }
        | Problem::DmarcReadingsDiffer {
            author,
            has_own_record: _,
            result: _,
            policy: _,
            older_result: _,
            older_policy: _,
        } => {
            mask.text(author);
        }
        Problem::ArcBroken { reason: _, at: _, sealer, next } => {
            optional(sealer, mask);
            optional(next, mask);
        }
        Problem::ArcSawPass { author, sealer, changed_by, trusted: _ } => {
            for text in [author, sealer] {
                mask.text(text);
            }
            optional(changed_by, mask);
        }
        Problem::AuthorDomainLookalike { author, kind } => {
            mask.text(author);
            let (Lookalike::Mixed { shown, one: _, other: _ } | Lookalike::Whole { shown, script: _, seems: _ }) = kind;
            mask.text(shown);
        }
        Problem::FromNameHidden { own, characters: _, reorders: _ } => mask.text(own),
        Problem::FromNameElsewhere { shown, own, via: _, is_address: _ } => {
            if shown.contains('@') {
                mask.address(shown);
            } else {
                mask.text(shown);
            }
            mask.text(own);
        }
        Problem::SenderElsewhere { author, sender, list: _, proved: _ } => {
            for text in [author, sender] {
                mask.text(text);
            }
        }
        Problem::MessageIdUnfit { fault: _, host } => optional(host, mask),
        Problem::ReplyToElsewhere { author, reply_to } => {
            for text in [author, reply_to] {
                mask.text(text);
            }
        }
        Problem::DmarcBroken { domain, fault: _, text } => {
            for text in [domain, text] {
                mask.text(text);
            }
        }
        Problem::DmarcDuplicateRecords { domain: name, records: _ }
        | Problem::DmarcTesting { record_at: name, published: _, applied: _ }
        | Problem::DmarcNoReports { record_at: name }
        | Problem::DmarcSpWeaker { record_at: name, own: _, tag: _, below: _ }
        | Problem::DmarcPctRemoved { record_at: name, pct: _, policy: _ } => mask.text(name),
        Problem::DmarcPolicyUnusable { record_at, part } => {
            mask.text(record_at);
            optional(part, mask);
        }
        Problem::DmarcTagIgnored { record_at, parts: texts }
        | Problem::DmarcUriBad { record_at, entries: texts }
        | Problem::DmarcReportUnauthorised { record_at, hosts: texts } => {
            mask.text(record_at);
            for text in texts {
                mask.text(text);
            }
        }
        Problem::DmarcPolicyNone { author, record_at, tag: _ } => {
            for text in [author, record_at] {
                mask.text(text);
            }
        }
        Problem::DmarcNoAuthor { domains } => {
            for text in domains {
                mask.text(text);
            }
        }
        Problem::ClaimForged { server, method } => {
            for text in [server, method] {
                mask.text(text);
            }
        }
        Problem::ClaimDiffers { checked: _, recorded, ours: _, why, certainty: _ } => {
            mask.text(recorded);
            self::why(why, mask);
        }
        Problem::CompauthFailed { author, reason, meaning: _ } => {
            optional(author, mask);
            optional(reason, mask);
        }
        Problem::ReverseNameMismatch { ip, name, suspect: _ } => {
            mask.ip(ip);
            mask.text(name);
        }
        Problem::ReverseNameMissing { ip, suspect: _ }
        | Problem::ServiceOnlyClaimed { service: _, ip }
        | Problem::IpListed { ip, lists: _, suspect: _ } => mask.ip(ip),
        Problem::MtaStsRecordBroken { domain, whose: _, fault: _, part }
        | Problem::TlsRptRecordBroken { domain, whose: _, fault: _, part } => {
            mask.text(domain);
            optional(part, mask);
        }
        Problem::DaneTlsaUnusable { domain, whose: _, host, faults: _ } => {
            mask.text(domain);
            mask.text(host);
        }
        Problem::DkimMissing { author, suspect: _, taken_after } => {
            optional(author, mask);
            optional(taken_after, mask);
        }
        Problem::DnsUnreachable { questions: _, names } | Problem::DnsNotAsked { questions: _, names, recorded: _ } => {
            for name in names {
                mask.text(name);
            }
        }
        Problem::OneClickBroken { fault: _, value } => mask.text(value),
        Problem::ConnectingAddressUnsure { ip, other, hop: _, boundary: _, is_public: _ } => {
            std::iter::once(ip).chain(other).for_each(|ip| mask.ip(ip));
        }
        Problem::FilterBeforeReceiver { service, ip, theirs, ours: _ } => {
            mask.ip(ip);
            mask.text(service);
            optional(theirs, mask);
        }
        Problem::NoConnectingAddress { hops: _ }
        | Problem::OneClickMissing { provider: _ }
        | Problem::HeaderTooLarge { provider: _, part: _, length: _, limit: _, firm: _ }
        | Problem::FilterMarkedSpam { filter: _, meaning: _ }
        | Problem::FilterPhish { filter: _, meaning: _ }
        | Problem::FilterSkipped { filter: _, meaning: _, suspect: _ }
        | Problem::BulkComplaintLevelHigh { level: _ }
        | Problem::CopyRewritten { by: _ }
        | Problem::SeveralMessages { left_out: _ }
        | Problem::BodyNotKept { program: _ }
        | Problem::DkimMany { signatures: _, judged: _ }
        | Problem::SecondEngineDiffers { part: _, ours: _, theirs: _ }
        | Problem::HeadersOnly { fields: _ }
        | Problem::ClockSkew { hop: _, seconds: _, date: _, before: _ }
        | Problem::ReceivedUnreadable { hop: _, hops: _ }
        | Problem::BlocklistRefused { lists: _, why: _ }
        | Problem::FieldRepeated { fields: _ }
        | Problem::DateMissing { written: _ }
        | Problem::DateFar { seconds: _, date: _, received: _ }
        | Problem::HeaderBytesOdd { kind: _ }
        | Problem::LineTooLong { octets: _, lines: _ }
        | Problem::InputRepaired { repairs: _, kinds: _ } => {}
    }
}

pub(super) fn headline(headline: &mut Headline, mask: &Mask) {
    let Headline { verdict, actor: _, first: _, accepted, evidence: _ } = headline;
    self::verdict(verdict, mask);
    if let Some(Accepted { server, record, meaning: _, span: _ }) = accepted {
        optional(server, mask);
        mask.text(record);
    }
}

/// The address in a reason may be one that a person sits at.
pub(super) fn compared(compared: &mut Compared, mask: &Mask) {
    let Compared { rows, left_out: _ } = compared;
    for Comparison { subject: _, recorded: _, ours: _, agreement: _, reasons } in rows {
        for Reason { why, certainty: _ } in reasons {
            self::why(why, mask);
        }
    }
}

fn why(why: &mut Why, mask: &Mask) {
    if let Why::OtherAddress { theirs } = why {
        mask.ip(theirs);
    }
}

/// Sources are servers, but for a computer that a person sits at.
fn tally(tally: &mut Tally, mask: &Mask) {
    let Tally {
        reporter,
        domain,
        days: _,
        messages: _,
        failed: _,
        at_least: _,
        sources: _,
        largest,
        equals: _,
        proved: _,
    } = tally;
    optional(reporter, mask);
    optional(domain, mask);
    let Some(FailingSource { name, ip, failed: _, shown }) = largest else { return };
    match ip {
        Some(ip) => {
            mask.ip(ip);
            *name = ip.to_string();
        }
        None => mask.text(name),
    }
    match shown {
        Shown::OtherDomain(domain) => mask.text(domain),
        Shown::NoPass | Shown::Unknown => {}
    }
}

fn verdict(verdict: &mut Verdict, mask: &Mask) {
    match verdict {
        Verdict::Bounced { refused, reporter } => {
            self::refused(refused, mask);
            optional(reporter, mask);
        }
        Verdict::Delivered { delivered: Delivered { recipient, more: _, end: _, host }, reporter } => {
            if let Some(recipient) = recipient {
                mask.address(recipient);
            }
            optional(host, mask);
            optional(reporter, mask);
        }
        Verdict::AggregateReport { tally } => self::tally(tally, mask),
        Verdict::AllWell { author, spf: _, dkim: _ }
        | Verdict::AuthorLookalike { author }
        | Verdict::FilterMarked { author, phishing: _ }
        | Verdict::ForwardedDkimCarries { author }
        | Verdict::PartlySigned { author, uncovered: _ }
        | Verdict::BodyUnsigned { author }
        | Verdict::RepeatedField { author, name: _ }
        | Verdict::AuthorDomainMissing { author }
        | Verdict::Unauthenticated { author }
        | Verdict::DnsUnreachable { author }
        | Verdict::HeadersOnlySigned { author }
        | Verdict::AuthorNotPublic { author }
        | Verdict::HeadersOnly { author } => {
            mask.text(author);
        }
        Verdict::NameElsewhere { author, shown } => {
            mask.text(author);
            mask.address(shown);
        }
        Verdict::NotEnough { author, lacking } => {
            mask.text(author);
            match lacking {
                Lacking::SureAddress { ip } => mask.ip(ip),
                Lacking::Address | Lacking::EnvelopeSender | Lacking::Key | Lacking::Evaluation => {}
            }
        }
        Verdict::Spoofed { author, ip, policy: _, marks: _ } => {
            mask.text(author);
            if let Some(ip) = ip {
                mask.ip(ip);
            }
        }
        Verdict::NoDmarcRecord { author, proved: _, broken: name } => {
            mask.text(author);
            optional(name, mask);
        }
        Verdict::ReadingsDiffer { author, older_result: _, suffix } => {
            mask.text(author);
            optional(suffix, mask);
        }
        Verdict::ForwardedUnsigned { author, marks: _, by, proved: _, saw_pass } => {
            mask.text(author);
            optional(by, mask);
            optional(saw_pass, mask);
        }
        Verdict::ArrivalNotEncrypted { author, by } => {
            mask.text(author);
            optional(by, mask);
        }
        Verdict::AnybodyPasses { author, owner, term, everybody: _ } => {
            for text in [author, owner, term] {
                mask.text(text);
            }
        }
        Verdict::SpfOverLimit { author, owner: other, passes: _ }
        | Verdict::ThirdPartySignature { author, signer: other, service: _ }
        | Verdict::ThirdPartyEnvelope { author, envelope: other, service: _ }
        | Verdict::OtherDomainOnly { author, passed: other, policy: _, related: _ } => {
            for text in [author, other] {
                mask.text(text);
            }
        }
        Verdict::ListModified { author, signer, proved: _, by_list: _, causes }
        | Verdict::Modified { author, signer, proved: _, by: _, causes } => {
            for text in [author, signer] {
                mask.text(text);
            }
            walk::causes(causes, mask);
        }
        Verdict::KeyMissing { author, signer, selector } => {
            for text in [author, signer, selector] {
                mask.text(text);
            }
        }
        Verdict::SignatureUnusable { author, selector, fits: _ } => {
            mask.text(author);
            optional(selector, mask);
        }
        Verdict::NotAsked { author, recorded: _ } => {
            optional(author, mask);
        }
        Verdict::NoSingleAuthor { from: _ } => {}
    }
}

fn refused(refused: &mut Refused, mask: &Mask) {
    let Refused {
        recipient,
        more: _,
        others: _,
        host,
        provider: _,
        reply: _,
        status: _,
        meaning: _,
        outcome: _,
        until: _,
        proved: _,
        is_returned: _,
        perhaps_foreign: _,
    } = refused;
    if let Some(recipient) = recipient {
        mask.address(recipient);
    }
    optional(host, mask);
}
