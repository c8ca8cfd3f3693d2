//! What a finding is called, what it means for this message, and what can be done.

#![expect(clippy::too_many_lines, reason = "one arm for each finding, so that the compiler asks for its words")]

use jiff::SignedDuration;

use super::causes;
use super::claims;
use super::dkim;
use super::second;
use super::{arc, terms};
use crate::auth::claimed::{Note, Why};
use crate::auth::dmarc::{DmarcResult, Fault, Policy, PolicyTag};
use crate::auth::domain::LocalName;
use crate::auth::lookalike::Lookalike;
use crate::check::{IdFault, Problem};
use crate::message::{HeaderByte, Kind, LeftOut};

pub(in crate::text) fn title(problem: &Problem) -> String {
    match problem {
        Problem::ArrivalNotEncrypted { .. } => "The message arrived without encryption".to_owned(),
        Problem::ArrivalTlsOld { version, .. } => {
            format!("The message arrived over {}, which is out of date", version.name())
        }
        Problem::ClockSkew { hop, seconds } => {
            format!("Hop {hop} is dated {} before the hop it follows", span(-seconds))
        }
        Problem::HopDateFuture { hop, seconds, .. } => format!("Hop {hop} is dated {} in the future", span(*seconds)),
        Problem::HopDateMissing { hop, written: true, .. } => format!("The date of hop {hop} cannot be read"),
        Problem::HopDateMissing { hop, written: false, .. } => format!("Hop {hop} has no date"),
        Problem::HopGap { hop, by, .. } => format!("Hop {hop} names {by}, but the next hop came from elsewhere"),
        Problem::HopLoop { from, to, times } => format!("The message went from {from} to {to} {times} times"),
        Problem::HopTlsWeak { hop, version: Some(version), .. } => {
            format!("Hop {hop} used {}, which is out of date", version.name())
        }
        Problem::HopTlsWeak { hop, version: None, .. } => format!("Hop {hop} was not encrypted"),
        Problem::ReceivedUnreadable { hop, hops: 1 } => format!("Part of hop {hop} cannot be read"),
        Problem::ReceivedUnreadable { hop, hops } => {
            format!("Parts of {hops} hops cannot be read, the first in hop {hop}")
        }
        Problem::SlowHop { hop, by: Some(by), seconds } => format!("Hop {hop} ({by}) took {}", span(*seconds)),
        Problem::SlowHop { hop, by: None, seconds } => format!("Hop {hop} took {}", span(*seconds)),
        Problem::NoConnectingAddress => "The header does not show which address handed the message over".to_owned(),
        Problem::ConnectingAddressUnsure { ip, .. } => {
            format!("It is not certain that {ip} is the address that connected")
        }
        Problem::ClaimForged { server, method } => {
            format!("Somebody else wrote a record in the name of {server} ({method}=pass)")
        }
        Problem::ClaimDiffers { checked, recorded, ours, .. } => {
            format!("The receiving server recorded {recorded} for {}; here it is {ours}", claims::subject(*checked))
        }
        Problem::CompauthFailed { reason: Some(reason), .. } => {
            format!("Microsoft's composite authentication failed (reason {reason})")
        }
        Problem::CompauthFailed { reason: None, .. } => "Microsoft's composite authentication failed".to_owned(),
        Problem::SpfMissing { domain, .. } => format!("{domain} has no SPF record"),
        Problem::SpfFail { domain, ip, .. } => format!("SPF fails: {ip} is not allowed to send for {domain}"),
        Problem::SpfSoftfail { domain, ip, .. } => format!("SPF softfail: {ip} is not listed for {domain}"),
        Problem::SpfForwarded { domain, ip } => format!("SPF of {domain} fails at the forwarder {ip}, as expected"),
        Problem::SpfLookupLimit { domain, .. } => {
            format!("The SPF record of {domain} needs more than ten DNS look-ups")
        }
        Problem::SpfVoidLimit { domain, .. } => {
            format!("The SPF record of {domain} asks too many names that do not exist")
        }
        Problem::SpfBroken { domain, .. } => format!("The SPF record of {domain} cannot be used"),
        Problem::SpfSeveralRecords { owner, .. } => format!("{owner} has more than one SPF record"),
        Problem::SpfIncludeMissing { owner, term, .. } => {
            format!("The SPF record of {owner} leads to a domain without SPF record ({term})")
        }
        Problem::SpfPassAll { owner, term, .. } => {
            format!("The SPF record of {owner} lets every server pass ({term})")
        }
        Problem::SpfWideNetwork { owner, term, .. } => {
            format!("The SPF record of {owner} lets a very large network pass ({term})")
        }
        Problem::SpfNeutralAll { domain, ip: Some(ip), .. } => {
            format!("SPF is neutral: the record of {domain} says nothing about {ip}")
        }
        Problem::SpfNeutralAll { domain, term: Some(term), ip: None } => {
            format!("The SPF record of {domain} says nothing about servers that it does not list ({term})")
        }
        Problem::SpfNeutralAll { domain, term: None, ip: None } => {
            format!("The SPF record of {domain} says nothing about servers that it does not list (no all)")
        }
        Problem::SpfPtr { owner, term } => format!("The SPF record of {owner} uses ptr ({term})"),
        Problem::SpfRecordLong { owner, bytes } => format!("The SPF record of {owner} is long ({bytes} bytes)"),
        Problem::SpfDeprecatedType { domain, .. } => {
            format!("The SPF record of {domain} has a type that nobody reads any more (SPF, type 99)")
        }
        Problem::SpfVoidReadingsDiffer { domain, questions, .. } => {
            format!("Some receivers count {questions} void look-ups in SPF of {domain}")
        }
        Problem::DkimMissing { .. } => "The message has no DKIM signature".to_owned(),
        Problem::CopyRewritten { .. } => "This copy was probably rewritten by the program that saved it".to_owned(),
        Problem::DkimBodyChanged { domain, selector, causes, .. } => causes::body_title(domain, selector, causes),
        Problem::DkimHeaderChanged { domain, selector, causes, .. } => causes::header_title(domain, selector, causes),
        Problem::DkimKeyMissing { domain, selector } => format!("The key {selector} of {domain} is not in DNS today"),
        Problem::DkimKeyRevoked { domain, selector } => format!("The key {selector} of {domain} was revoked"),
        Problem::DkimKeyBroken { domain, selector, .. } => format!("The key {selector} of {domain} cannot be used"),
        Problem::DkimKeyMismatch { domain, selector, .. } => {
            format!("The key {selector} of {domain} does not fit the signature")
        }
        Problem::DkimKeyNotForEmail { domain, selector } => format!("The key {selector} of {domain} is not for e-mail"),
        Problem::DkimKeyStrictIdentity { domain, selector, .. } => {
            format!("The key {selector} of {domain} does not allow the identity of the signature")
        }
        Problem::DkimKeySeveral { domain, selector, records } => {
            format!("There are {records} TXT records for the key {selector} of {domain}")
        }
        Problem::DkimKeyWeak { domain, selector, bits } => {
            format!("The key {selector} of {domain} has {bits} bits; 2048 are recommended")
        }
        Problem::DkimKeyLong { domain, selector, bits } => {
            format!("The key {selector} of {domain} is too long to be checked ({bits} bits)")
        }
        Problem::DkimKeyUntidy { domain, selector, .. } => {
            format!("Some receivers may stumble over the key record {selector} of {domain}")
        }
        Problem::DkimTesting { domain, selector } => format!("{domain} is testing DKIM (t=y in the key {selector})"),
        Problem::DkimLengthBeyondBody { domain, .. } => {
            format!("The body is shorter than what the signature of {domain} covers")
        }
        Problem::DkimFieldsUnsigned { fields, .. } => format!("No valid signature covers {}", fields.join(", ")),
        Problem::DkimMany { signatures, .. } => format!("The message carries {signatures} DKIM signatures"),
        Problem::DkimUnreadable { domain: Some(domain), .. } => {
            format!("The DKIM signature of {domain} cannot be used")
        }
        Problem::DkimUnreadable { domain: None, .. } => "A DKIM signature cannot be read".to_owned(),
        Problem::DkimSha1 { domain, .. } => format!("The signature of {domain} uses rsa-sha1, which no longer counts"),
        Problem::DkimKeyShort { domain, bits, .. } => format!("The key of {domain} is too short ({bits} bits)"),
        Problem::DkimExpired { domain, .. } => {
            format!("The signature of {domain} had expired when the message arrived")
        }
        Problem::DkimPartialBody { domain, uncovered, .. } => {
            format!("The signature of {domain} leaves {uncovered} bytes of the body uncovered")
        }
        Problem::DmarcUnaligned { author, .. } => format!("DMARC fails: nothing that passed belongs to {author}"),
        Problem::DmarcUnauthenticated { author, .. } => {
            format!("DMARC fails: neither SPF nor DKIM passed for {author}")
        }
        Problem::DmarcBroken { domain, .. } => format!("The DMARC record of {domain} cannot be used"),
        Problem::DmarcDuplicateRecords { domain, records } => {
            format!("{domain} has {records} DMARC records, so none of them counts")
        }
        Problem::DmarcPolicyUnusable { record_at, part: Some(part) } => {
            format!("The policy in the DMARC record of {record_at} cannot be read ({part})")
        }
        Problem::DmarcPolicyUnusable { record_at, part: None } => {
            format!("The DMARC record of {record_at} names no policy (p=)")
        }
        Problem::DmarcTesting { record_at, .. } => format!("{record_at} is testing its DMARC policy (t=y)"),
        Problem::DmarcNoReports { record_at } => {
            format!("The DMARC record of {record_at} asks for nothing and wants no reports")
        }
        Problem::DmarcSpWeaker { record_at, tag, below, .. } => format!(
            "Subdomains of {record_at} are protected less than {record_at} itself ({}={})",
            terms::policy_tag(*tag),
            terms::policy_word(*below)
        ),
        Problem::DmarcRejectOnSpfOnly { author } => {
            format!("{author} asks for reject, but only SPF speaks for it here")
        }
        Problem::DmarcPctRemoved { record_at, pct, .. } => {
            format!("pct={pct} in the DMARC record of {record_at} no longer counts")
        }
        Problem::DmarcTagIgnored { record_at, parts } => {
            format!("Part of the DMARC record of {record_at} has no effect: {}", parts.join("; "))
        }
        Problem::DmarcUriBad { record_at, entries } => {
            format!("DMARC reports of {record_at} cannot be sent to {}", entries.join(", "))
        }
        Problem::DmarcReportUnauthorised { record_at, hosts } => {
            format!("{} has not agreed to receive DMARC reports of {record_at}", hosts.join(", "))
        }
        Problem::AuthorDomainMissing { author } => format!("The domain in From, {author}, does not exist in DNS"),
        Problem::ArcBroken { at: Some(i), sealer: Some(sealer), .. } => {
            format!("The ARC chain is broken at i={i} ({sealer})")
        }
        Problem::ArcBroken { at: Some(i), .. } => format!("The ARC chain is broken at i={i}"),
        Problem::ArcBroken { at: None, .. } => "The ARC fields are not a chain".to_owned(),
        Problem::ArcSawPass { author, sealer, .. } => {
            format!("{sealer} writes that DMARC of {author} passed when the message reached it")
        }
        Problem::AuthorDomainNotPublic { author, .. } => {
            format!("The domain in From, {author}, is no domain of the Internet")
        }
        Problem::AuthorDomainLookalike { author, kind: Lookalike::Mixed { shown, .. } } => {
            format!("The domain in From mixes letters of two scripts: {shown} ({author})")
        }
        Problem::AuthorDomainLookalike { author, kind: Lookalike::Whole { shown, .. } } => {
            format!("The domain in From is written in letters that look like Latin ones: {shown} ({author})")
        }
        Problem::FromNameElsewhere { shown, own, via: true, .. } => {
            format!("From shows {shown}, for whom {own} sent the message")
        }
        Problem::FromNameElsewhere { shown, own, is_address: true, .. } => {
            format!("The name in From is a mail address, {shown}, but the message is from {own}")
        }
        Problem::FromNameElsewhere { shown, own, .. } => {
            format!("The name in From is like a domain, {shown}, and the message is from {own}")
        }
        Problem::FromSeveralAuthors { authors, .. } => format!("From names {authors} people"),
        Problem::SenderElsewhere { sender, list: true, .. } => format!("Sender names the list ({sender})"),
        Problem::SenderElsewhere { sender, .. } => format!("Sender names another domain, {sender}"),
        Problem::FieldRepeated { fields } => {
            format!("Fields that may stand once stand there several times: {}", fields.join(", "))
        }
        Problem::DateMissing { written: true } => "The Date of the message cannot be read".to_owned(),
        Problem::DateMissing { written: false } => "The message has no Date".to_owned(),
        Problem::DateFar { seconds } if *seconds > 0 => {
            format!("The message is dated {} after it arrived", span(*seconds))
        }
        Problem::DateFar { seconds } => format!("The message is dated {} before it arrived", span(-seconds)),
        Problem::MessageIdUnfit { fault: IdFault::Missing, .. } => "The message has no Message-ID".to_owned(),
        Problem::MessageIdUnfit { fault: IdFault::NoDomain, .. } => "The Message-ID names no domain".to_owned(),
        Problem::MessageIdUnfit { fault: IdFault::Local, host } => {
            format!("The Message-ID ends in {}, which is no name of the Internet", host.as_deref().unwrap_or_default())
        }
        Problem::HeaderBytesOdd { kind } => match kind {
            HeaderByte::Nul => "There is a NUL byte in the header",
            HeaderByte::BareCarriageReturn => "There is a carriage return in the header that ends no line",
            HeaderByte::NotUtf8 => "The header holds bytes above 127 that are not encoded",
            HeaderByte::Utf8 => "The header holds UTF-8 that is not encoded",
        }
        .to_owned(),
        Problem::LineTooLong { lines: 1, octets } => format!("A line of the message has {octets} bytes"),
        Problem::LineTooLong { lines, octets } => {
            format!("{lines} lines of the message are too long, the first has {octets} bytes")
        }
        Problem::ReplyToElsewhere { reply_to, .. } => format!("Replies go to another domain, {reply_to}"),
        Problem::SeveralMessages { left_out: LeftOut::Further } => "The file holds more than one message".to_owned(),
        Problem::SeveralMessages { left_out: LeftOut::Attached } => {
            "Another message is attached to this one".to_owned()
        }
        Problem::BodyNotKept { program: Kind::Emlx } => {
            "Apple Mail saved this message without its attachments".to_owned()
        }
        Problem::BodyNotKept { .. } => "Outlook's .msg does not hold the body as it was sent".to_owned(),
        Problem::DmarcMissing { author } => format!("{author} has no DMARC record"),
        Problem::DmarcPolicyNone { author, tag, .. } => format!("DMARC of {author} only watches ({tag})"),
        Problem::DmarcNoAuthor { domains } if domains.len() > 1 => "From names several domains".to_owned(),
        Problem::DmarcNoAuthor { .. } => "From names no single sender".to_owned(),
        Problem::DmarcReadingsDiffer { author, .. } => format!("Receivers may judge DMARC of {author} differently"),
        Problem::SecondEngineDiffers { part, .. } => {
            format!("A second engine judges {} differently", second::part(*part))
        }
        Problem::ReverseNameMissing { ip } => format!("{ip} has no reverse name"),
        Problem::ReverseNameMismatch { ip, name } => format!("The reverse name of {ip} ({name}) does not point back"),
        Problem::DnsUnreachable { questions: 1 } => "DNS gave no answer to one of the questions".to_owned(),
        Problem::DnsUnreachable { questions } => format!("DNS gave no answer to {questions} of the questions"),
        Problem::DnsNotAsked { questions: 1 } => "One DNS question was not asked".to_owned(),
        Problem::DnsNotAsked { questions } => format!("{questions} DNS questions were not asked"),
        Problem::HeadersOnly => "Only headers were given".to_owned(),
        Problem::InputRepaired { repairs: 1 } => {
            "The input was damaged in one place and was read all the same".to_owned()
        }
        Problem::InputRepaired { repairs } => {
            format!("The input was damaged in {repairs} places and was read all the same")
        }
    }
}

fn span(seconds: i64) -> String {
    terms::duration(SignedDuration::from_secs(seconds))
}

#[expect(clippy::too_many_lines, reason = "one sentence for each problem, and no wildcard arm")]
pub(in crate::text) fn meaning(problem: &Problem) -> String {
    match problem {
        Problem::ArrivalNotEncrypted { by, ip } => {
            let by = by.as_deref().unwrap_or("the receiving server");
            let from = ip.map_or_else(String::new, |ip| format!(" from {ip}"));
            format!("The server {by} writes that it took the message over{from} without TLS. This is the word of that server for this one hop. Gmail marks such mail with a red open padlock.")
        }
        Problem::ArrivalTlsOld { version, .. } => {
            format!("{} has been deprecated since 2021; some receivers refuse it.", version.name())
        }
        Problem::ClockSkew { .. } => "One of the two clocks is wrong. Delays around this hop are not what they seem; nothing else follows from it.".to_owned(),
        Problem::HopDateFuture { by, .. } => format!("The clock of {} was wrong, or that of this computer is. Delays around this hop, and what was judged by its date, are not what they seem.", by.as_deref().unwrap_or("that server")),
        Problem::HopDateMissing { .. } => "How long the message took to this hop and from it cannot be told. Everything else is judged all the same.".to_owned(),
        Problem::HopGap { by, client, .. } => format!("The server that handed the message on calls itself {client}. Nothing shows that it got the message from {by}: a sender can add such a line to look genuine."),
        Problem::HopLoop { .. } => "Two servers pass the message to each other, mostly because of two forwarding rules. Servers give up after some dozens of hops, and the message bounces.".to_owned(),
        Problem::HopTlsWeak { version: Some(version), .. } => format!("{} has been deprecated since 2021. This is the word of that server for this one hop, and not the hop of the arrival.", version.name()),
        Problem::HopTlsWeak { version: None, .. } => "The server writes that it took the message over without TLS. This is the word of that server for this one hop, and not the hop of the arrival.".to_owned(),
        Problem::ReceivedUnreadable { .. } => "These words fit no form of a Received field that is known. What they say about the hop is not taken into account.".to_owned(),
        Problem::SlowHop { .. } => "The message waited before this server took it over: in a queue, because of greylisting, or because the server could not be reached.".to_owned(),
        Problem::NoConnectingAddress => "SPF and reverse DNS need the address that connected to the receiving side. It can be given by hand.".to_owned(),
        Problem::ConnectingAddressUnsure { ip, hop, .. } => format!("Hop {hop} is newer and shows no public address. If the receiving side begins there, what stands below it, {ip} included, is only the sender's word, and so is the SPF result."),
        Problem::ClaimForged { server, .. } => format!("The field bears the name of {server}, which belongs to the receiving side, but stands where a sender can write, or claims what the message does not hold. It was not counted."),
        Problem::ClaimDiffers { why, .. } => format!("{} The verdict here rests on what was proved, not on the record.", claims::why(*why)),
        Problem::CompauthFailed { meaning, .. } => claims::compauth(*meaning),
        Problem::SpfMissing { domain, .. } => format!("Receivers cannot tell which servers may send for {domain}."),
        Problem::SpfFail { domain, .. } => format!("The record of {domain} lists its servers and asks receivers to refuse every other (-all). Forwarding without rewriting has the same effect."),
        Problem::SpfSoftfail { domain, .. } => format!("The record of {domain} lists its servers and asks receivers to be wary of others (~all). For DMARC this is no pass."),
        Problem::SpfForwarded { domain, .. } => format!("A forwarder is not among the servers of {domain}. That is normal for forwarded mail; DKIM is what survives it."),
        Problem::SpfLookupLimit { domain, owner } if domain == owner => format!("Receivers stop after ten look-ups and give permerror: SPF of {domain} passes for nobody whose address stands behind the tenth."),
        Problem::SpfLookupLimit { domain, owner } => format!("Receivers stop after ten look-ups and give permerror. The limit is passed in the record of {owner}, which the record of {domain} includes."),
        Problem::SpfVoidLimit { owner, term: Some(term), .. } => format!("More than two questions came back empty; the last is caused by {term} in the record of {owner}. Some receivers give permerror."),
        Problem::SpfVoidLimit { owner, term: None, .. } => format!("More than two questions caused by the record of {owner} came back empty. Some receivers give permerror."),
        Problem::SpfBroken { owner, term: Some(term), .. } => format!("The part {term} in the record of {owner} cannot be evaluated, so receivers give permerror and SPF passes for nobody."),
        Problem::SpfBroken { owner, term: None, .. } => format!("The record of {owner} cannot be evaluated, so receivers give permerror and SPF passes for nobody."),
        Problem::SpfSeveralRecords { domain, owner } if domain == owner => "Receivers must not choose one of them. They give permerror, and SPF passes for nobody.".to_owned(),
        Problem::SpfSeveralRecords { domain, owner } => format!("The record of {domain} leads to {owner}. Receivers must not choose one of its records and give permerror."),
        Problem::SpfIncludeMissing { .. } => "Receivers give permerror there: SPF passes only for servers that the record lists before this term.".to_owned(),
        Problem::SpfPassAll { domain, .. } => format!("Anybody passes SPF for {domain}, so a pass proves nothing. DMARC counts it all the same."),
        Problem::SpfWideNetwork { domain, .. } => format!("A million addresses or more pass SPF for {domain}. Whoever can send from one of them passes too, and DMARC counts it."),
        Problem::SpfNeutralAll { term: Some(term), ip: Some(ip), .. } => format!("The record does not list {ip}, and {term} leaves open what is to become of such servers. This is no pass."),
        Problem::SpfNeutralAll { term: None, ip: Some(ip), .. } => format!("The record does not list {ip} and ends without all, which leaves open what is to become of such servers. This is no pass."),
        Problem::SpfNeutralAll { ip: None, .. } => "Servers that are not listed get neutral, as if there were no record. Spoofed mail gets the same.".to_owned(),
        Problem::SpfPtr { .. } => "ptr is slow, fails where reverse DNS fails, and should not be published. Nothing breaks by it today.".to_owned(),
        Problem::SpfRecordLong { .. } => "Name and record together are over 450 bytes, so that the answer may not fit into one DNS packet of 512 bytes. Where larger answers are blocked, the record is not found.".to_owned(),
        Problem::SpfDeprecatedType { domain, .. } => format!("Receivers have read TXT records alone since 2014. For them {domain} has no SPF record."),
        Problem::SpfVoidReadingsDiffer { terms, questions, .. } => format!("RFC 7208 limits the terms with a look-up without an answer to two; here there are {terms}. Receivers that count every question count {questions} and may give permerror. It happens where hosts of mx have no address of the kind (IPv4 or IPv6) that connected."),
        Problem::DkimMissing { .. } => "Only SPF can prove the sender, and SPF does not survive forwarding. Gmail and Yahoo ask bulk senders for DKIM.".to_owned(),
        Problem::CopyRewritten { by } => format!("{} No such copy can verify, so it says nothing for the message or against it. Probably written by: {}.", causes::saved_mark(*by), causes::saved_by(*by)),
        Problem::DkimBodyChanged { by, causes, .. } => causes::body_meaning(*by, causes),
        Problem::DkimHeaderChanged { domain, by, causes, .. } => causes::header_meaning(domain, *by, causes),
        Problem::DkimKeyMissing { .. } => "Without the key the signature cannot be checked today. It may well have been valid when the message was received: keys are replaced from time to time.".to_owned(),
        Problem::DkimKeyRevoked { .. } => "The owner has withdrawn the key (p= is empty), so signatures made with it do not count today.".to_owned(),
        Problem::DkimKeyBroken { fault, .. } => dkim::key_fault(*fault).to_owned(),
        Problem::DkimKeyMismatch { algorithm, limit, .. } => dkim::key_limit(*limit, algorithm),
        Problem::DkimKeyNotForEmail { .. } => "The record limits the key to other services (s=), so receivers do not accept the signature.".to_owned(),
        Problem::DkimKeyStrictIdentity { domain, identity, .. } => format!("The record has t=s, which allows an identity in {domain} itself only; the signature names {identity} (i=). Receivers do not accept it."),
        Problem::DkimKeySeveral { .. } => "Which of them a receiver takes is undefined. Some take the first they get, so the signature passes on one day and fails on the next.".to_owned(),
        Problem::DkimKeyWeak { .. } => "The signature is valid. Keys of 1024 bits are still accepted everywhere, and are within reach of an attacker with money.".to_owned(),
        Problem::DkimKeyLong { .. } => "Receivers must support keys of up to 4096 bits; many do not compute with longer ones and count such a signature as none.".to_owned(),
        Problem::DkimKeyUntidy { lints, .. } => {
            let odd: Vec<&str> = lints.iter().map(|kind| dkim::lint(*kind)).collect();
            format!("The key can be read. Noticed: {}.", odd.join("; "))
        }
        Problem::DkimTesting { .. } => "By the standard, receivers treat such mail like unsigned mail, whether the signature verifies or not. In practice most of them count it.".to_owned(),
        Problem::DkimUnreadable { fault, tag, .. } => dkim::field_fault(*fault, tag.as_deref()),
        Problem::DkimLengthBeyondBody { length, body, .. } => format!("The signature covers {length} bytes (l=), and the body has {body}. The end was cut off after signing, on the way or when the message was saved."),
        Problem::DkimFieldsUnsigned { fields, .. } if fields.contains(&"Subject") => "Anybody on the way can change these fields, or add them, and the signature stays valid.".to_owned(),
        Problem::DkimFieldsUnsigned { .. } => "Mail programs offer to unsubscribe with one click only where one valid signature covers both fields.".to_owned(),
        Problem::DkimMany { signatures, judged } => format!("No mail system makes so many. The findings here are about {judged} of the {signatures}: those of the author domain, those that verify, then the topmost."),
        Problem::DkimSha1 { .. } => "rsa-sha1 must not be used since 2018; receivers count it as no signature.".to_owned(),
        Problem::DkimKeyShort { .. } => "Keys of under 1024 bits must not be accepted; 2048 bits are recommended.".to_owned(),
        Problem::DkimExpired { .. } => "The signature named an end (x=) that was over when the message was received.".to_owned(),
        Problem::DkimPartialBody { .. } => "The l= tag lets anybody append text without breaking the signature.".to_owned(),
        Problem::DmarcUnaligned { author, passed, policy } => format!("Passed: {}. None of these is {author} or belongs to the same organisation, so DMARC does not count them.{}", passed.join(", "), policy_sentence(author, *policy)),
        Problem::DmarcUnauthenticated { author, policy, .. } => format!("Nothing in the message proves {author}.{}", policy_sentence(author, *policy)),
        Problem::DmarcBroken { fault, text, .. } => fault_sentence(*fault, text),
        Problem::DmarcDuplicateRecords { domain, .. } => format!("Where several DMARC records stand at one name, receivers ignore all of them. It is as if _dmarc.{domain} held none."),
        Problem::DmarcPolicyUnusable { part: Some(part), .. } => format!("{part} is none of the values none, quarantine and reject. Receivers then act as if the record said p=none, whatever its other tags say: it asks for nothing but reports."),
        Problem::DmarcPolicyUnusable { part: None, .. } => "Without p= receivers act as if the record said p=none: it asks for nothing but reports. Some older ones ignore the record.".to_owned(),
        Problem::DmarcTesting { published, applied, .. } => format!("The record says {}, but with t=y it asks receivers for one level less: {}. Receivers that still follow RFC 7489 do not know the tag and see {}.", terms::policy_word(*published), terms::policy_word(*applied), terms::policy_word(*published)),
        Problem::DmarcNoReports { record_at } => format!("With p=none and without an address for reports (rua=) it does what mailbox providers ask of bulk senders, but neither protects {record_at} nor shows its owner who sends in its name."),
        Problem::DmarcSpWeaker { record_at, own, tag, below } => {
            let whom = if *tag == PolicyTag::Np { "subdomains that do not exist" } else { "its subdomains" };
            format!("For {record_at} itself the record asks for {}, for {whom} for {}: a spoofed name below {record_at} is treated more leniently.", terms::policy_word(*own), terms::policy_word(*below))
        }
        Problem::DmarcRejectOnSpfOnly { author } => format!("A domain that asks for reject must sign with DKIM and must not rely on SPF alone. Without a signature of {author}, DMARC fails as soon as the message is forwarded."),
        Problem::DmarcPctRemoved { pct, policy, .. } => format!("The tag was removed with RFC 9989: {} is asked for all mail that fails, not for {pct} per cent of it. Older receivers may still go by the tag.", terms::policy_word(*policy)),
        Problem::DmarcTagIgnored { .. } => "Receivers ignore tags that they do not know, and take the default where a value is not one of those allowed.".to_owned(),
        Problem::DmarcUriBad { .. } => "Each destination must be a URI, and mailto: is the only kind that must be supported. Others are skipped, so no report arrives there. This message is not affected.".to_owned(),
        Problem::DmarcReportUnauthorised { .. } => "Reports may go to another organisation only where that one has published its consent in DNS; otherwise they must not be sent there. This message is not affected.".to_owned(),
        Problem::AuthorDomainMissing { author } => format!("DNS knows no name {author} (NXDOMAIN), so nobody can send from this domain or receive there."),
        Problem::ArcBroken { reason, next, .. } => {
            let next = next.as_ref().map_or_else(String::new, |next| format!(" Most likely {next} changed it."));
            format!("Reason: {}.{next} A receiver treats the message as if it had no ARC chain. DMARC is not affected.", arc::reason(*reason))
        }
        Problem::ArcSawPass { sealer, changed_by, .. } => {
            let by = changed_by.as_ref().map_or_else(String::new, |by| format!(", most likely by {by}"));
            format!("Its ARC chain is intact, so {sealer} did write this (i=1). Since then the message was forwarded or changed{by}. This is the word of {sealer}, worth no more than {sealer} is; it does not change the DMARC result.")
        }
        Problem::AuthorDomainNotPublic { kind: LocalName::SingleLabel, author } => format!("{author} is one word, as computers are called in their own network. Nobody can answer such an address, and neither SPF nor DKIM nor DMARC can speak for it."),
        Problem::AuthorDomainNotPublic { kind: LocalName::Reserved, author } => format!("{author} is kept for use inside a network. Nobody outside can answer such an address, and neither SPF nor DKIM nor DMARC can speak for it."),
        Problem::AuthorDomainLookalike { kind: Lookalike::Mixed { one, other, .. }, .. } => format!("One part of the name holds both {} and {} letters, some of which look the same. No language is written so; names that imitate others are.", terms::script(*one), terms::script(*other)),
        Problem::AuthorDomainLookalike { kind: Lookalike::Whole { script, seems, .. }, .. } => format!("All letters of one part are {}, and each of them looks like a Latin letter, so it reads as {seems}. It can be a genuine word.", terms::script(*script)),
        Problem::FromNameElsewhere { via: true, .. } => "Mailing lists and services write a name like this when they send what somebody else wrote. SPF, DKIM and DMARC speak for the address behind the name, not for the person it names.".to_owned(),
        Problem::FromNameElsewhere { own, is_address: true, .. } => format!("Many mail programs show the name alone, so that {own} is not seen. SPF, DKIM and DMARC say nothing about the name."),
        Problem::FromNameElsewhere { own, .. } => format!("Many mail programs show the name alone, so that {own} is not seen. Companies with several domains do this as well."),
        Problem::FromSeveralAuthors { author, has_sender: true, .. } => format!("All of them are of {author}. Sender says who sent it, as it must. Some receivers refuse several authors all the same."),
        Problem::FromSeveralAuthors { author, has_sender: false, .. } => format!("All of them are of {author}. With several authors a Sender field must say who sent it, and there is none. Some receivers refuse such mail."),
        Problem::SenderElsewhere { author, list: true, .. } => format!("That is how a list says who passed the message on. DMARC asks for the domain in From, {author}, alone."),
        Problem::SenderElsewhere { author, sender, proved: true, .. } => format!("{sender} did take part: SPF or DKIM passed for it. Some mail programs show \u{201c}{sender} on behalf of {author}\u{201d}. DMARC asks for the domain in From alone."),
        Problem::SenderElsewhere { author, sender, .. } => format!("Nothing proves that {sender} had to do with it. Some mail programs show \u{201c}{sender} on behalf of {author}\u{201d}. DMARC asks for the domain in From alone."),
        Problem::FieldRepeated { .. } => "Mail programs and filters do not agree which of them to show, so people may see something else than what was checked or signed.".to_owned(),
        Problem::DateMissing { .. } => "Every message must have one. Mail programs sort such a message by the time of its arrival, or to the very end, and some filters count it as a mark of spam.".to_owned(),
        Problem::DateFar { .. } => "The sender's clock was wrong, the message waited before it was sent, or it is an old message that was sent again. Mail programs may sort it where nobody looks.".to_owned(),
        Problem::MessageIdUnfit { fault: IdFault::Missing, .. } => "Answers cannot be put beside the message they answer, logs are hard to search, and some receivers (Gmail among them) refuse mail without one.".to_owned(),
        Problem::MessageIdUnfit { .. } => "An identifier must be the only one in the world, which a domain of its own makes sure of. Some filters count this as a mark of spam.".to_owned(),
        Problem::HeaderBytesOdd { kind: HeaderByte::Nul | HeaderByte::BareCarriageReturn } => "No message may hold it. Servers remove it, refuse the message, or read the line differently, and a signature may break.".to_owned(),
        Problem::HeaderBytesOdd { kind: HeaderByte::NotUtf8 } => "No standard says which characters these are. They were read in a guessed charset; other programs may show something else.".to_owned(),
        Problem::HeaderBytesOdd { kind: HeaderByte::Utf8 } => "Only servers that announce SMTPUTF8 may be given such a header, and no hop says that it was. Others may change the bytes, which breaks signatures, or refuse the message.".to_owned(),
        Problem::LineTooLong { .. } => "A line may have 998 bytes. Servers on the way may break longer ones, which breaks DKIM signatures, or refuse the message.".to_owned(),
        Problem::ReplyToElsewhere { author, reply_to } => format!("An answer goes to {reply_to}, not to {author}. Sending services and help desks do this; so do spoofed messages."),
        Problem::SeveralMessages { left_out: LeftOut::Further } => "This report is about the first. The others were not judged.".to_owned(),
        Problem::SeveralMessages { left_out: LeftOut::Attached } => "This report is about the message that was sent last, which may be a customer's forward. The attached one was not judged.".to_owned(),
        Problem::BodyNotKept { program: Kind::Emlx } => "A .partial.emlx file lacks parts of the body, so no DKIM signature can be checked against it. That is no fault of the message.".to_owned(),
        Problem::BodyNotKept { .. } => "Outlook keeps the header as it came and rewrites the body, so no DKIM signature can be checked against the body. That is no fault of the message.".to_owned(),
        Problem::DmarcMissing { author } => format!("Receivers are told neither how {author} protects its mail nor what to do with spoofed mail. Gmail, Yahoo and Microsoft require a record of bulk senders."),
        Problem::DmarcPolicyNone { record_at, .. } => format!("The record at {record_at} asks for nothing but reports: spoofed mail is handled like any other."),
        Problem::DmarcNoAuthor { domains } if domains.is_empty() => "DMARC needs exactly one sender domain in From, and there is none here that could be asked.".to_owned(),
        Problem::DmarcNoAuthor { .. } => "DMARC needs exactly one sender domain in From. Mail with several is a known form of attack.".to_owned(),
        Problem::DmarcReadingsDiffer { result, policy, older_result, older_policy, .. } => format!("RFC 9989 finds the organisation by asking DNS upwards: {}. Many receivers still use the Public Suffix List (RFC 7489): {}.", reading(*result, *policy), reading(*older_result, *older_policy)),
        Problem::SecondEngineDiffers { ours, theirs, .. } => format!("Hopscope says {}, mail-auth says {}, from the same DNS answers. Why is not known, so receivers may differ too.", second::verdict(*ours), second::verdict(*theirs)),
        Problem::ReverseNameMissing { .. } => "Gmail, docomo and others refuse or distrust servers without a reverse name (PTR).".to_owned(),
        Problem::ReverseNameMismatch { .. } => "The name does not lead back to the address, so large providers do not trust it.".to_owned(),
        Problem::DnsUnreachable { .. } => "What rests on these questions is not known: it is neither a pass nor a fail.".to_owned(),
        Problem::DnsNotAsked { .. } => "The check ran offline or with a snapshot that lacks the answers. What rests on them is not known.".to_owned(),
        Problem::HeadersOnly => "Signatures over the header can be checked; whether the body was changed cannot.".to_owned(),
        Problem::InputRepaired { .. } => "Every repair is listed with its place. The file itself was not changed.".to_owned(),
    }
}

pub(in crate::text) fn remedy(problem: &Problem) -> String {
    match problem {
        Problem::ArrivalNotEncrypted { .. } => "Turn on TLS (STARTTLS) for outgoing mail on the sending server.".to_owned(),
        Problem::ArrivalTlsOld { .. } => "Allow TLS 1.2 and 1.3 on the sending server.".to_owned(),
        Problem::ClockSkew { .. } => "Nothing for this message. The operator of that server can synchronise its clock (NTP).".to_owned(),
        Problem::HopDateFuture { .. } => "Check the clock of this computer first. The operator of that server can synchronise theirs (NTP).".to_owned(),
        Problem::HopDateMissing { .. } | Problem::ReceivedUnreadable { .. } => "Nothing. The field stands under Path as it was written.".to_owned(),
        Problem::HopGap { .. } => "Do not take the older lines of the path for proof of where the message came from.".to_owned(),
        Problem::HopLoop { from, to, .. } => format!("Look for a forwarding rule at {from} and one at {to}, and remove one of them."),
        Problem::HopTlsWeak { .. } => "Nothing at the receiving side. The operator of that server can require TLS 1.2 or later.".to_owned(),
        Problem::SlowHop { .. } => "If it happens often, ask the operators of this server and of the one before it for their logs of this time.".to_owned(),
        Problem::NoConnectingAddress => "Choose another hop as the boundary, or give the address (--ip).".to_owned(),
        Problem::SpfMissing { domain, suspect: true } | Problem::SpfDeprecatedType { domain, suspect: true } | Problem::SpfFail { domain, suspect: true, .. } | Problem::SpfSoftfail { domain, suspect: true, .. } | Problem::DmarcUnauthenticated { author: domain, suspect: true, .. } => format!("Do not act on its content. Only the owner of {domain} can tell whether the server is theirs."),
        Problem::ConnectingAddressUnsure { hop, boundary, .. } => format!("If the server that wrote hop {boundary} is not yours, choose hop {hop} as the boundary, or give the address (--ip)."),
        Problem::ClaimForged { .. } => "Do not go by this field. The receiving server's administrator can let it remove foreign Authentication-Results fields that bear its name.".to_owned(),
        Problem::ClaimDiffers { why: Why::OtherAddress { theirs }, .. } => format!("If {theirs} is the address that connected, choose its hop as the boundary, or give the address (--ip)."),
        Problem::ClaimDiffers { .. } => "Nothing. For what happened at receipt, the record of the receiving server is the better witness; compare both under Claims.".to_owned(),
        Problem::CompauthFailed { meaning: Some(Note::CompauthForbiddenPair), .. } => "The recipient's administrator can change the list of allowed and blocked senders (spoof intelligence).".to_owned(),
        Problem::CompauthFailed { meaning: Some(Note::CompauthOwnDomain | Note::CompauthOwnDomainImplicit), .. } => "If the recipient's organisation sends this mail through another service: add that service to the SPF record, or sign with DKIM there.".to_owned(),
        Problem::CompauthFailed { .. } => "The owner of the domain in From publishes SPF, DKIM and DMARC so that one of them passes for that domain.".to_owned(),
        Problem::DkimMissing { suspect: true } => "Do not act on its content. Only the owner of the domain in From can tell whether the server is theirs.".to_owned(),
        Problem::SpfMissing { domain, .. } => format!("The owner of {domain} publishes one TXT record there that begins with v=spf1 and names their own servers."),
        Problem::SpfFail { domain, ip, .. } | Problem::SpfSoftfail { domain, ip, .. } => format!("Only if the owner of {domain} knows {ip} as a server of theirs: they add it (or the include of its operator) to the SPF record of {domain}."),
        Problem::SpfForwarded { .. } => "Nothing. A forwarder can rewrite the envelope sender (SRS) to pass SPF with its own domain.".to_owned(),
        Problem::SpfLookupLimit { domain, .. } => format!("Remove include terms that are no longer needed from the record of {domain}, or give each sending service a subdomain of its own."),
        Problem::SpfVoidLimit { owner, .. } => format!("Remove names that no longer exist from the record of {owner}."),
        Problem::SpfBroken { owner, .. } => format!("The owner of {owner} corrects the record."),
        Problem::SpfSeveralRecords { owner, .. } => format!("The owner of {owner} joins them into one TXT record that begins with v=spf1 and removes the others."),
        Problem::SpfIncludeMissing { owner, term, .. } => format!("The owner of {owner} removes {term} from the record or corrects the name in it."),
        Problem::SpfPassAll { owner, term, .. } => format!("The owner of {owner} lists the servers that send, and ends the record with -all or ~all in place of {term}."),
        Problem::SpfWideNetwork { owner, term, .. } => format!("The owner of {owner} lists the addresses that send in place of {term}."),
        Problem::SpfNeutralAll { domain, .. } => format!("The owner of {domain} lists all servers that send and ends the record with ~all or -all."),
        Problem::SpfPtr { owner, term } => format!("The owner of {owner} uses ip4, ip6, a or mx in place of {term}."),
        Problem::SpfRecordLong { owner, .. } => format!("The owner of {owner} removes what is no longer used, joins neighbouring networks, or moves a part into a record that this one includes."),
        Problem::SpfVoidReadingsDiffer { .. } => "By the rule nothing has to change. To be safe, list networks with ip4 and ip6 in place of mx or a.".to_owned(),
        Problem::SpfDeprecatedType { domain, .. } => format!("The owner of {domain} publishes the same text as a TXT record."),
        Problem::DkimMissing { .. } => "Turn on DKIM signing on the sending server or in the sending service.".to_owned(),
        Problem::DkimHeaderChanged { by, causes, .. } => causes::header_remedy(*by, causes),
        Problem::CopyRewritten { .. } => causes::ask_for_original(),
        Problem::DkimBodyChanged { by, causes, .. } => causes::body_remedy(*by, causes),
        Problem::DkimKeyMissing { domain, selector } => format!("For new mail, publish the TXT record {selector}._domainkey.{domain} again. For an old message nothing needs to be done."),
        Problem::DkimKeyRevoked { domain, .. } => format!("Sign with a current key of {domain}."),
        Problem::DkimKeyBroken { domain, selector, fault } => dkim::key_fault_remedy(*fault, &key_name(domain, selector)),
        Problem::DkimKeyMismatch { domain, selector, limit, .. } => dkim::key_limit_remedy(*limit, &key_name(domain, selector)),
        Problem::DkimKeyNotForEmail { domain, selector } => format!("Remove s= from the TXT record {}, or write s=email.", key_name(domain, selector)),
        Problem::DkimKeyStrictIdentity { domain, selector, .. } => format!("Remove s from t= in the TXT record {}, or let the server that signs write an i= in {domain} itself.", key_name(domain, selector)),
        Problem::DkimKeySeveral { domain, selector, .. } => format!("Keep exactly one TXT record at {}.", key_name(domain, selector)),
        Problem::DkimKeyWeak { domain, .. } => format!("At the next change of keys, make one of 2048 bits for {domain} and publish it under a new selector."),
        Problem::DkimKeyUntidy { domain, selector, .. } => format!("Tidy up the TXT record {} at the next occasion.", key_name(domain, selector)),
        Problem::DkimTesting { domain, selector } => format!("When signing works, remove y from t= in the TXT record {}.", key_name(domain, selector)),
        Problem::DkimUnreadable { fault, .. } => dkim::field_fault_remedy(*fault).to_owned(),
        Problem::DkimLengthBeyondBody { .. } => "Ask for the original, saved as .eml. If it is the same, find the server on the way that cuts messages.".to_owned(),
        Problem::DkimFieldsUnsigned { fields, .. } => format!("Add {} to the fields that the server signs (h=).", fields.join(", ")),
        Problem::DkimMany { .. } => "Do not rely on any of them without looking: signatures can be added to a message by anybody. See DKIM.".to_owned(),
        Problem::DkimSha1 { .. } => "Change the signing server to rsa-sha256.".to_owned(),
        Problem::DkimKeyShort { domain, .. } | Problem::DkimKeyLong { domain, .. } => format!("Make a key of 2048 bits for {domain}, publish it under a new selector, and sign with it."),
        Problem::DkimExpired { .. } => "If mail is often delivered late, let the signing server choose a later end or none.".to_owned(),
        Problem::DkimPartialBody { .. } => "Sign without l=.".to_owned(),
        Problem::DmarcUnaligned { author, .. } => format!("If {author} uses the service that sent this, set up DKIM signing with {author} there, or an envelope From below {author}. Through a forwarder only the signature helps."),
        Problem::DmarcUnauthenticated { author, .. } => format!("Only if the owner of {author} knows the server as theirs: they add it to the SPF record of {author} and sign with DKIM."),
        Problem::DmarcBroken { domain, fault: Fault::VersionNotFirst | Fault::WrongVersion | Fault::LeadingSpace, .. } => format!("Let the TXT record at _dmarc.{domain} begin with exactly v=DMARC1;"),
        Problem::DmarcBroken { domain, fault: Fault::TagTwice, .. } => format!("Keep each tag only once in the TXT record at _dmarc.{domain}."),
        Problem::DmarcBroken { domain, fault: Fault::PolicyMissing | Fault::PolicyBroken, .. } => format!("Write p=none, p=quarantine or p=reject into the TXT record at _dmarc.{domain}, and only these words after sp= and np=."),
        Problem::DmarcDuplicateRecords { domain, .. } => format!("Delete all but one of the TXT records at _dmarc.{domain} that begin with v=DMARC1."),
        Problem::DmarcPolicyUnusable { record_at, .. } => format!("Write p=none, p=quarantine or p=reject into the TXT record at _dmarc.{record_at}, and only these words after sp= and np=."),
        Problem::DmarcTesting { .. } => "When the reports show that all genuine mail passes, remove t=y from the record.".to_owned(),
        Problem::DmarcNoReports { record_at } => format!("Add an address for reports to the record at _dmarc.{record_at}: rua=mailto:…"),
        Problem::DmarcSpWeaker { tag: PolicyTag::Np, .. } => "Remove np= or raise it: names that do not exist send no genuine mail.".to_owned(),
        Problem::DmarcSpWeaker { own, .. } => format!("When the reports show that genuine mail of the subdomains passes, remove sp= or raise it to {}.", terms::policy_word(*own)),
        Problem::DmarcRejectOnSpfOnly { author } => format!("Set up DKIM signing with {author} on the sending server or in the sending service."),
        Problem::DmarcPctRemoved { .. } => "Remove pct= from the record. To try out a policy there is t=y.".to_owned(),
        Problem::DmarcTagIgnored { .. } => "Correct these parts of the record, or remove them.".to_owned(),
        Problem::DmarcUriBad { .. } => "Write each destination as mailto:… and separate several by commas.".to_owned(),
        Problem::DmarcReportUnauthorised { record_at, hosts } => {
            let host = hosts.first().map_or("…", String::as_str);
            format!("The operator of {host} publishes a TXT record at {record_at}._report._dmarc.{host} with v=DMARC1; or the record of {record_at} names another address.")
        }
        Problem::AuthorDomainMissing { .. } => "Do not act on its content. If it is mail of your own organisation, look for a mistyped From address or an expired domain.".to_owned(),
        Problem::ArcBroken { .. } => "Nothing for this message. A forwarder can add its seal after everything that changes the message.".to_owned(),
        Problem::ArcSawPass { sealer, .. } => format!("Only if you know {sealer} as a forwarder or list of yours: your mail system may accept its word (in Microsoft 365, a trusted ARC sealer). ARC is on its way out, so do not build on it."),
        Problem::AuthorDomainNotPublic { .. } => "The sender sets a public domain in From in the program or device that sends.".to_owned(),
        Problem::AuthorDomainLookalike { author, .. } => format!("Do not act on its content before you know that {author} is the domain you think it is."),
        Problem::FromNameElsewhere { via: true, .. } => "Nothing, when you know the list or service.".to_owned(),
        Problem::FromNameElsewhere { own, .. } => format!("Go by {own} alone, and do not act on the content if you do not know it."),
        Problem::FromSeveralAuthors { .. } => "Send with one address in From; the others can stand in Reply-To.".to_owned(),
        Problem::SenderElsewhere { list: true, .. } | Problem::SenderElsewhere { proved: true, .. } => "Nothing.".to_owned(),
        Problem::SenderElsewhere { sender, .. } => format!("Do not take {sender} for the one who sent it."),
        Problem::FieldRepeated { fields } => format!("The program or server that adds a second {} is set right.", fields.join(", ")),
        Problem::DateMissing { .. } => "The program that sends writes one Date field, in the form of RFC 5322.".to_owned(),
        Problem::DateFar { .. } => "Set the clock of the computer that sends. Nothing, where the message was sent again on purpose.".to_owned(),
        Problem::MessageIdUnfit { .. } => "The program or server that sends writes a Message-ID that ends in its own domain.".to_owned(),
        Problem::HeaderBytesOdd { kind: HeaderByte::Utf8 | HeaderByte::NotUtf8 } => "The program that sends encodes such text (RFC 2047).".to_owned(),
        Problem::HeaderBytesOdd { .. } => "The program that sends leaves it out.".to_owned(),
        Problem::LineTooLong { .. } => "The program that sends breaks long lines, or encodes the text as quoted-printable or base64.".to_owned(),
        Problem::ReplyToElsewhere { author, reply_to } => format!("Before you answer, make sure that {author} uses {reply_to}."),
        Problem::SeveralMessages { left_out: LeftOut::Further } => "Open the file in the window to choose one, or name it with --message N.".to_owned(),
        Problem::SeveralMessages { left_out: LeftOut::Attached } => "To look at the attached one, open the file in the window, or use --message 2.".to_owned(),
        Problem::BodyNotKept { program: Kind::Emlx } => "In Mail, let the message load whole, and save it with File → Save As, format Raw Message Source.".to_owned(),
        Problem::BodyNotKept { .. } => "To have DKIM checked, get the original: from the web version as .eml, from the mail server, or from another program that keeps it.".to_owned(),
        Problem::DmarcMissing { author } => format!("Publish a TXT record at _dmarc.{author}; begin with v=DMARC1; p=none; rua=mailto:…"),
        Problem::DmarcPolicyNone { .. } => "When the reports show that all genuine mail passes, change none to quarantine, later to reject.".to_owned(),
        Problem::DmarcNoAuthor { .. } => "Send with exactly one address in From.".to_owned(),
        Problem::DmarcReadingsDiffer { author, has_own_record: true, .. } => format!("Sign with d={author}; then both readings agree."),
        Problem::DmarcReadingsDiffer { author, .. } => format!("Publish a DMARC record at {author} itself and sign with d={author}; then both readings agree."),
        Problem::SecondEngineDiffers { .. } => "Look at the steps before you rely on this result. Please report the difference, with the message if you may.".to_owned(),
        Problem::ReverseNameMissing { ip } => format!("Have the operator of the network set a PTR record for {ip}."),
        Problem::ReverseNameMismatch { ip, name } => format!("Let {name} point to {ip} with an A or AAAA record, or correct the PTR record."),
        Problem::DnsUnreachable { .. } => "Run the check again later, or with another DNS server (--dns).".to_owned(),
        Problem::DnsNotAsked { .. } => "Allow DNS questions and run the check again.".to_owned(),
        Problem::HeadersOnly => "Ask for the whole message, saved as an .eml file.".to_owned(),
        Problem::InputRepaired { .. } => "If a signature fails, ask for a fresh copy of the original.".to_owned(),
    }
}

fn fault_sentence(fault: Fault, text: &str) -> String {
    match fault {
        Fault::VersionNotFirst => format!("A DMARC record begins with v=DMARC1. Here that stands elsewhere, so receivers ignore all of it: {text}"),
        Fault::WrongVersion => format!("A DMARC record begins with exactly v=DMARC1 and a semicolon. This one does not, so receivers ignore all of it: {text}"),
        Fault::LeadingSpace => "There is a space before v=DMARC1. By the standard this is no DMARC record; some receivers read it all the same.".to_owned(),
        Fault::TagTwice => format!("A tag occurs twice ({text}), which makes the record invalid. Some receivers ignore the record, others take one of the two values."),
        Fault::PolicyMissing => "The record names neither a policy (p=) nor a valid address for reports (rua=), so receivers do nothing with it.".to_owned(),
        Fault::PolicyBroken => format!("{text} is none of the values none, quarantine and reject, and there is no valid address for reports (rua=). Receivers do nothing with such a record: DMARC is switched off."),
    }
}

/// What a way of reading DMARC comes to.
fn reading(result: DmarcResult, policy: Option<Policy>) -> String {
    let result = terms::dmarc_result(result);
    policy.map_or_else(|| result.to_owned(), |policy| format!("{result}, policy {}", terms::policy_word(policy)))
}

fn key_name(domain: &str, selector: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}

fn policy_sentence(author: &str, policy: Option<Policy>) -> String {
    match policy {
        Some(Policy::Reject) => format!(" {author} asks receivers to reject such mail."),
        Some(Policy::Quarantine) => format!(" {author} asks receivers to quarantine such mail."),
        Some(Policy::None) => format!(" {author} asks for reports only (p=none)."),
        None => String::new(),
    }
}
