//! The rules of mailbox providers: what is required, what it came to, and why.

use super::terms::{dkim_reason, dmarc_reason, policy_word, spf_result, stream};
use crate::auth::author_hosts::HostsState;
use crate::check::provider::{Audience, Basis, Bulk, ChosenBy, Effect, Level, Requirement, Rule, State, Status, Why};
use crate::path::ShownBy;
use crate::sender::StreamKind;
use crate::text::number;

#[expect(clippy::too_many_lines, reason = "one arm for each requirement")]
pub(in crate::text) fn requirement(rule: &Rule, provider: &str) -> String {
    let limit = rule.limit.unwrap_or_default();
    let (bytes, count) = (number::bytes(limit), number::grouped(&limit.to_string()));
    let fixed = match rule.requirement {
        Requirement::SpfOrDkim => "SPF or DKIM passes",
        Requirement::Spf => "SPF passes",
        Requirement::Dkim => "DKIM passes",
        Requirement::SpfAndDkim => "SPF and DKIM both pass",
        Requirement::SpfDkimOrDmarc => "One of SPF, DKIM and DMARC passes",
        Requirement::DmarcRecord => "The From domain publishes a DMARC record (p=none is enough)",
        Requirement::DmarcPass => "DMARC passes",
        Requirement::DmarcPolicy => "DMARC does not fail where the domain asks for quarantine or reject",
        Requirement::DmarcReject => "DMARC does not fail where the domain asks for reject",
        Requirement::DmarcReports => "The DMARC record names an address for reports (rua=)",
        Requirement::FromAligned => "The From domain matches a domain that SPF or DKIM passed for",
        Requirement::SpfNoHardFail => "SPF does not end in “fail” (-all)",
        Requirement::SpfTidy => "The SPF record is not too wide (+all, ?all, very large networks)",
        Requirement::SpfOfAuthor => "SPF passes for the From domain, too",
        Requirement::SpfOfHelo => "With the null sender (<>), SPF passes for the HELO name",
        Requirement::SpfIpv4 => "The SPF record lists the servers by IPv4",
        Requirement::SpfAsTxt => "The SPF record is published as TXT",
        Requirement::SpfSendsMail => "The domain's SPF record lets some server send mail",
        Requirement::DkimAllAligned => "Of several signatures of the From domain, all pass",
        Requirement::AuthorHosts => "The From domain has an MX or A record",
        Requirement::AuthorNotNullMx => "The From domain accepts mail (its MX is not “.”)",
        Requirement::MailFromExists => "The envelope From domain exists in DNS",
        Requirement::NotOwnDomain => {
            return format!("An address of {provider} in From is used only by {provider} itself");
        }
        Requirement::NotCarrierDomain => "Mobile carrier addresses in From come from that carrier",
        Requirement::ForwardAndReverseDns => "The sending address has a reverse name that points back to it",
        Requirement::ReverseDns => "The sending address has a reverse name",
        Requirement::ReverseNameOwn => "The reverse name contains the sender's own domain",
        Requirement::ReverseNameStatic => "The reverse name does not look like that of a dynamic address",
        Requirement::Tls => "The message is delivered over TLS",
        Requirement::Ipv6 => "Over IPv6: reverse name, and SPF or DKIM passes",
        Requirement::HeloFqdn => "HELO gives a full host name",
        Requirement::HeloNotReceiver => "HELO does not give the receiving server's own name",
        Requirement::OneAuthor => "There is exactly one From with one address",
        Requirement::AuthorPresent => "From is not empty",
        Requirement::AuthorDomainValid => "The From domain is a valid name",
        Requirement::MessageId => "There is a valid Message-ID",
        Requirement::MessageIdPresent => "Message-ID is not empty",
        Requirement::SingleFields => "Fields that may appear only once do so (From, To, Subject, Date …)",
        Requirement::WellFormed => "The header follows RFC 5322",
        Requirement::SubjectNotAnswer => "The subject begins with Re: or Fwd: only in a real answer or forward",
        Requirement::DisplayName => "The display name says who sends, and nothing else",
        Requirement::PlainDomains => "Domains do not mix scripts (UTS #39)",
        Requirement::Date => "Date is near the present (the limit is not published)",
        Requirement::Decodable => "From and Subject are written in the charset they name",
        Requirement::PlainAddresses => "The From address has no unusual characters (, $ % ? { } < >)",
        Requirement::FullAddresses => "From and To hold full addresses (name@domain)",
        Requirement::OneClickUri => "One click: List-Unsubscribe has an https address",
        Requirement::OneClickPost => "One click: List-Unsubscribe-Post is “List-Unsubscribe=One-Click”",
        Requirement::OneClickSigned => "One click: a valid DKIM signature covers both fields (RFC 8058)",
        Requirement::ListUnsubscribe => "List-Unsubscribe has an https or mailto address",
        Requirement::UnsubscribeMailto => "List-Unsubscribe has a mailto address",
        Requirement::UnsubscribeInBody => "The body shows a link to unsubscribe",
        Requirement::ReplyAddress => "From or Reply-To is a real address that takes replies",
        Requirement::NoScripts => "No scripts, and no links to bare IP addresses",
        Requirement::ForwarderCoversItself => "Forwarders rewrite the envelope sender, or their own SPF passes",
        Requirement::Arc => "Forwarded mail carries an ARC chain",
        Requirement::ListId => "Mailing lists add List-Id",
        Requirement::ListAuthor => "Lists put their own address in From, so that DMARC passes",
        Requirement::Bimi => "Logo (BIMI): a record, and DMARC with quarantine or reject",
        Requirement::BimiCertificate => {
            "Logo (BIMI): a record with a certificate (VMC or CMC), and DMARC with quarantine or reject"
        }
        Requirement::UnsubscribeAtOnce => "Unsubscribing takes effect at once",
        Requirement::TemporaryFailures => "Temporary refusals are respected: retry later and more slowly",
        Requirement::Quota => "Sending stays within quotas per address, domain and link",
        Requirement::SendingRate => "No bursts, no needlessly many or long connections",
        Requirement::Blocklists => "The sending address and the links are on no public blocklist",
        Requirement::MailClassesApart => "Marketing and transactional mail use separate domains or addresses",
        Requirement::SameFrom => "Each kind of mail keeps its From address",
        Requirement::SafeLinks => "No linked domain is listed as unsafe",
        Requirement::RecipientsKnown => "Few unknown recipients: lists are kept clean",
        Requirement::OptIn => "Only to people who asked for it; bounces are handled",
        Requirement::StaticHelo => "HELO stays the same for each address",
        Requirement::OfficialMark => "Enrolled senders get the official account mark",
        Requirement::PhishingMark => "Mail that looks like phishing is marked",
        Requirement::HeaderNotBig => "From, Subject and To are not oversized (the limit is not published)",
        Requirement::BareLineFeed => "Lines end in CRLF (no bare LF)",
        Requirement::VisibleContent => "No content is hidden by HTML or CSS",
        Requirement::ClearLinks => "Links are visible and say where they lead",
        Requirement::BlockedFiles => "No files of a blocked type, and not too many files",
        Requirement::BrandIcon => "Enrolled senders get a brand icon",
        Requirement::DkimKeySize => return format!("DKIM keys have at least {count} bits"),
        Requirement::HeaderTotal => return format!("The header is no larger than {bytes}"),
        Requirement::HeaderCount => return format!("There are no more than {count} header fields"),
        Requirement::HeaderValue => {
            return format!("One field's value is no longer than {bytes} (To, Cc, References excepted)");
        }
        Requirement::HeaderName => return format!("A field's name is no longer than {bytes}"),
        Requirement::MessageIdLength => return format!("Message-ID is no longer than {count} characters"),
        Requirement::SubjectLength => return format!("Subject is no longer than {count} characters"),
        Requirement::MessageSize => return format!("The message is no larger than {bytes}"),
        Requirement::LineLength => return format!("Lines are no longer than {count} bytes, line end included"),
        Requirement::Hops => return format!("The message passed no more than {count} servers"),
        Requirement::SpamRate => {
            return format!("Fewer than {}.{} % of recipients report spam", limit / 10, limit % 10);
        }
        Requirement::UnsubscribeHonoured => return format!("Unsubscribing takes effect within {count} hours"),
        Requirement::RecipientsPerMessage => return format!("No more than {count} recipients at a time"),
        Requirement::Connections => return format!("No more than {count} connections at the same time"),
    };
    fixed.to_owned()
}

pub(in crate::text) const fn state(state: State) -> &'static str {
    match state {
        State::Met => "met",
        State::NotMet => "not met",
        State::NotFirm => "worth a look",
        State::BulkOnly => "only for bulk senders",
        State::MarketingOnly => "only for marketing mail",
        State::CannotKnow => "cannot know",
        State::NotApplicable => "does not apply",
    }
}

pub(in crate::text) const fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::All => "all mail",
        Audience::Bulk => "bulk senders",
        Audience::Marketing => "marketing mail of bulk senders",
        Audience::Forwarded => "forwarded mail",
        Audience::Lists => "mailing lists",
    }
}

pub(in crate::text) const fn level(level: Level) -> Option<&'static str> {
    match level {
        Level::Required => None,
        Level::Advised => Some("advice"),
        Level::Optional => Some("optional"),
    }
}

pub(in crate::text) const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Refused => "refused",
        Effect::DeferredThenRefused => "deferred, then refused",
        Effect::RefusedOrSpam => "refused or marked as spam",
        Effect::Spam => "more likely spam",
        Effect::Dropped => "taken and never shown; nobody is told",
        Effect::RecipientSetting => "filtered, if the recipient's setting says so",
        Effect::MayNotArrive => "may not arrive",
        Effect::NoSupport => "no help from the provider's support",
        Effect::WarningShown => "a warning is shown to the recipient",
        Effect::WorseReputation => "worse reputation",
        Effect::MarkOnly => "a mark in the mail program only",
    }
}

/// What makes a rule less than certain.
pub(in crate::text) const fn caveat(status: Status, basis: Basis) -> Option<&'static str> {
    match (status, basis) {
        (Status::Withdrawn, _) => Some("withdrawn"),
        (_, Basis::PagesDiffer) => Some("the provider's pages differ"),
        (_, Basis::OldPage) => Some("reported: old page"),
        (Status::Reported, _) | (_, Basis::Others) => Some("reported by others"),
        (Status::Active, Basis::OwnPage | Basis::Archive) => None,
    }
}

pub(in crate::text) const fn bulk(bulk: Bulk) -> &'static str {
    match bulk {
        Bulk::Yes => "yes",
        Bulk::No => "no",
        Bulk::Unknown => "not known",
    }
}

pub(in crate::text) fn likely_bulk(kind: StreamKind) -> Option<&'static str> {
    (kind == StreamKind::Bulk).then_some(
        "This message carries marks of bulk mail, so the sender is likely a bulk sender. One message does not prove it.",
    )
}

pub(in crate::text) fn chosen(by: &ChosenBy, provider: &str) -> String {
    match by {
        ChosenBy::User => format!("{provider}: chosen by hand."),
        ChosenBy::Host { host } => format!("{provider}: {host} took the message over."),
        ChosenBy::HostOfOthers { host, domain } => format!(
            "{provider}: {host} took the message over. The mailbox is at {domain}, a company's own domain, where these rules may not be applied."
        ),
        ChosenBy::Domain { domain, shown_by: ShownBy::Received } => {
            format!("{provider}: the receiving server wrote that the message is for {domain}.")
        }
        ChosenBy::Domain { domain, shown_by: ShownBy::DeliveredTo } => {
            format!("{provider}: the message was delivered to {domain}.")
        }
        ChosenBy::Domain { domain, shown_by: ShownBy::To } => {
            format!("{provider}: the author addressed it to {domain}. Where it arrived is not shown.")
        }
    }
}

fn length(length: usize, limit: u64) -> String {
    let group = |digits: String| number::grouped(&digits);
    format!("{} of {}", group(length.to_string()), group(limit.to_string()))
}

fn by_server(by: Option<&String>) -> &str {
    by.map_or("The receiving server", String::as_str)
}

#[expect(clippy::too_many_lines, reason = "one arm a reason")]
pub(in crate::text) fn why(why: &Why) -> String {
    let fixed = match why {
        Why::Both { one, other } => return format!("{} {}", self::why(one), self::why(other)),

        Why::SpfPassed { domain, ip } => return format!("SPF of {domain} lists {ip}."),
        Why::SpfNotPassed { domain, ip, result } => {
            return format!("SPF of {domain} for {ip}: {}.", spf_result(Some(*result)));
        }
        Why::SpfNotJudged => "SPF was not judged: the connecting address or the sender is not known.",
        Why::AddressUnsure => "It is not certain which address connected, and this depends on it.",
        Why::SpfNoAnswer { domain } => return format!("DNS gave no answer for the SPF record of {domain}."),
        Why::SpfNoRecord { domain } => return format!("{domain} publishes no SPF record."),
        Why::SpfLoose { domain, term } => {
            let term = term.as_ref().map_or_else(String::new, |term| format!(" ({term})"));
            return format!("The SPF record of {domain} is very wide{term}.");
        }
        Why::SpfTidy { domain } => return format!("Nothing unusual in the SPF record of {domain}."),
        Why::SpfIpv4 { domain } => return format!("The SPF record of {domain} lists IPv4 addresses."),
        Why::SpfNoIpv4 { domain } => return format!("The SPF record of {domain} lists no IPv4 address."),
        Why::SpfNotCounted { domain } => {
            return format!("The addresses that the SPF record of {domain} lets pass cannot be counted.");
        }
        Why::SpfOldType { domain } => return format!("{domain} has its SPF record under the old type SPF (99) only."),
        Why::SpfIsTxt { domain } => return format!("{domain} publishes its SPF record as TXT."),
        Why::SpfSendsNothing { domain } => return format!("The SPF record of {domain} lets no server send mail."),
        Why::SenderNull => "The envelope sender is empty, as in delivery reports, so it has no domain.",
        Why::EnvelopeHostsNotAsked { domain } => {
            return format!("{domain} exists in DNS; its MX and addresses were not asked for.");
        }
        Why::SenderNotNull => "The envelope sender is not empty.",
        Why::DomainExists { domain } => return format!("{domain} exists in DNS."),
        Why::DomainMissing { domain } => return format!("{domain} does not exist in DNS."),
        Why::PassedOnNotProved => "The message bears marks of forwarding, but nothing proves that it was passed on.",
        Why::PassedOn => "The message was passed on, so the connecting address is the forwarder's.",

        Why::DkimPassed { domain } => return format!("The DKIM signature of {domain} is valid."),
        Why::DkimNotPassed { domain, reason } | Why::DkimUnknown { domain, reason } => {
            let domain = domain.as_ref().map_or_else(String::new, |domain| format!(" of {domain}"));
            return format!("DKIM signature{domain}: {}.", dkim_reason(*reason).trim_end_matches('.'));
        }
        Why::NoSignature => "There is no DKIM signature.",
        Why::KeyBits { domain, bits } => return format!("The key of {domain} has {bits} bits."),
        Why::KeyNotRsa { domain } => return format!("The key of {domain} is not an RSA key; its length is fixed."),
        Why::KeyTooShort { domain, bits } => {
            let bits = bits.map_or_else(String::new, |bits| format!(" ({bits} bits)"));
            return format!("The key of {domain} is too short{bits}.");
        }
        Why::NoKey => "The key is not known.",
        Why::AlignedSignatures { passed, count } => {
            return format!("{passed} of {count} signatures of the From domain pass.");
        }
        Why::FewAlignedSignatures { count: 0 } => "The From domain has no signature here.",
        Why::FewAlignedSignatures { .. } => "The From domain has one signature here.",

        Why::DmarcRecord { at, policy } => {
            return policy.map_or_else(
                || format!("{at} publishes DMARC."),
                |policy| format!("{at} publishes DMARC: p={}.", policy_word(policy)),
            );
        }
        Why::DmarcNoRecord { domain } => return format!("No DMARC record applies to {domain}."),
        Why::DmarcWithoutPolicy { at } => return format!("The DMARC record of {at} has no usable p=."),
        Why::DmarcPassed { domain } => return format!("DMARC passes for {domain}."),
        Why::DmarcFailed { domain, policy } => {
            let asks = policy.map_or_else(String::new, |policy| format!("; it asks for {}", policy_word(policy)));
            return format!("DMARC fails for {domain}{asks}.");
        }
        Why::DmarcUnknown { reason } => return format!("{}.", dmarc_reason(*reason).trim_end_matches('.')),
        Why::DmarcAsksNothing { domain } => {
            return format!("DMARC fails for {domain}, which does not ask for that.");
        }
        Why::Aligned { author, domain } => return format!("{domain} passed and matches {author}."),
        Why::NotAligned { author, passed } if passed.is_empty() => {
            return format!("Nothing passed that matches {author}.");
        }
        Why::NotAligned { author, passed } => {
            return format!("Passed for {}, which does not match {author}.", passed.join(", "));
        }
        Why::Reports { to } => return format!("Reports go to {to}."),
        Why::NoReports { at } => return format!("The DMARC record of {at} names no address for reports."),

        Why::NoAuthor => "From names no domain that could be judged.",
        Why::AuthorsFound { fields, mailboxes } => {
            return format!("From fields: {fields}, addresses in them: {mailboxes}.");
        }
        Why::OneAuthor { domain } => {
            return domain.as_ref().map_or_else(
                || "One From with one address.".to_owned(),
                |domain| format!("One From with one address, at {domain}."),
            );
        }
        Why::DomainValid { domain } => return format!("{domain} is a valid name."),
        Why::DomainInvalid => "The From domain is no valid name.",
        Why::OtherDomain { domain } => return format!("From is at {domain}."),
        Why::OwnDomainProved { domain } => return format!("From is at {domain}, and SPF or DKIM proves it."),
        Why::OwnDomainUnproved { domain } => {
            return format!("From is at {domain}, and nothing proves that it came from there.");
        }
        Why::Hosts { domain, state } => {
            return match state {
                HostsState::Mx => format!("{domain} has an MX record."),
                HostsState::Address => format!("{domain} has an address and no MX record."),
                HostsState::Ipv6Address => format!("{domain} has an IPv6 address, and neither an MX nor an A record."),
                HostsState::NullMx => format!("{domain} says that it takes no mail (MX “.”)."),
                HostsState::Nothing => format!("{domain} has neither MX nor A."),
                HostsState::Unreachable => format!("DNS gave no answer for the MX of {domain}."),
                HostsState::NotAsked => format!("DNS was not asked for the MX of {domain}."),
            };
        }
        Why::HostsNotAsked => {
            "The MX of the From domain is looked up only when this provider is the recipient's, or chosen."
        }

        Why::NoAddress => "The message does not show where the receiving side begins.",
        Why::ReverseConfirmed { ip, name } => return format!("{ip} is {name}, and {name} points back."),
        Why::ReverseNamed { ip, name } => return format!("{ip} is {name}."),
        Why::ReverseMissing { ip } => return format!("{ip} has no reverse name."),
        Why::ReverseMismatch { ip, name } => return format!("{ip} is {name}, which does not point back."),
        Why::ReverseNoAnswer { ip } => return format!("DNS gave no answer for the reverse name of {ip}."),
        Why::ReverseOwn { name, domain } => return format!("{name} is of the same organisation as {domain}."),
        Why::ReverseOther { name } => return format!("{name} is in another domain."),
        Why::ReverseGenerated { name } => return format!("{name} looks generated from the address."),
        Why::ReverseChosen { name } => return format!("{name} does not look generated."),
        Why::OverIpv4 { ip } => return format!("It came over IPv4 ({ip})."),
        Why::Ipv6Ready { ip } => return format!("{ip} has a reverse name, and the message is authenticated."),
        Why::Encrypted { by, version } => {
            let version = version.map_or_else(String::new, |version| format!(" ({})", version.name()));
            return format!("{} wrote that the transfer was encrypted{version}.", by_server(by.as_ref()));
        }
        Why::NotEncrypted { by } => {
            return format!("{} wrote that the transfer was not encrypted.", by_server(by.as_ref()));
        }
        Why::EncryptionNotStated => "The receiving server did not write whether the transfer was encrypted.",
        Why::HeloFull { name } => return format!("HELO gave {name}."),
        Why::HeloNotFull { name } => return format!("HELO gave {name}, which is no full name."),
        Why::HeloUnknown => "The message does not show what HELO gave.",
        Why::HeloIsReceiver { name } => return format!("HELO gave {name}, the receiving server's own name."),

        Why::Rewritten => "A program wrote this copy anew, so it does not show how the message was sent.",
        Why::PartlyKept => "Parts of the header are missing in this copy.",
        Why::NoBody => "The body is not available.",
        Why::Absent { field } => return format!("There is no {field}."),
        Why::Repeated { field } => return format!("{field} appears more than once."),
        Why::NothingRepeated => "No such field is repeated.",
        Why::WellFormed => "Of what is looked at here, nothing departs from the standard.",
        Why::UnreadableLine => "A line in the header is no field.",
        Why::RawBytes => "A field holds bytes that are not ASCII and not encoded.",
        Why::Within { length, limit } => return format!("{}.", self::length(*length, *limit)),
        Why::Beyond { length, limit } => return format!("{}: over the limit.", self::length(*length, *limit)),
        Why::MessageIdWhole => "Message-ID is well formed.",
        Why::MessageIdBroken => "Message-ID is not of the form <left@right>.",
        Why::FieldThere { field } => return format!("{field} is there."),
        Why::AnswerWithoutReference => "The subject begins like an answer, and no field refers to another message.",
        Why::AnswerWithReference => "The subject begins like an answer, and the message refers to another.",
        Why::SubjectPlain => "The subject does not begin like an answer.",
        Why::NamePlain => "Nothing unusual in the display name. Whether it names the sender is not judged.",
        Why::NameHoldsAddress => "The display name holds an address.",
        Why::NameLooksLikeThread => "The display name ends in a number, like a thread.",
        Why::NameHasCheckMark => "The display name holds a check mark.",
        Why::DomainsPlain => "All domains are plain ASCII.",
        Why::DomainNotPlain { domain } => return format!("{domain} has other letters; how they mix is not judged."),
        Why::DateNear { seconds } => return format!("Date is {seconds} s from the arrival."),
        Why::DateFar { seconds } => {
            return format!("Date is {seconds} s from the arrival; the limit is not published.");
        }
        Why::DateMissing => "There is no Date that can be read.",
        Why::NoReceipt => "The moment of arrival is not known.",
        Why::Decodes => "From and Subject can be decoded.",
        Why::Undecodable { field } => return format!("{field} is not in the charset it names."),
        Why::AddressesPlain => "The From address has no such character.",
        Why::AddressExotic => "The From address has an unusual character.",
        Why::AddressesFull => "Every address is a full one.",
        Why::AddressNotFull => "An address has no full domain.",

        Why::NoListUnsubscribe => "There is no List-Unsubscribe.",
        Why::HttpsWay => "List-Unsubscribe has an https address. It was not called.",
        Why::OnlyOtherWays => "List-Unsubscribe has no https address.",
        Why::PostRight => "List-Unsubscribe-Post has the right value.",
        Why::PostMissing => "There is no List-Unsubscribe-Post.",
        Why::PostWrong => "List-Unsubscribe-Post has another value.",
        Why::FieldsSigned { domain } => return format!("The signature of {domain} covers both fields."),
        Why::FieldsUnsigned => "No valid signature covers both fields.",
        Why::NoValidSignature => "There is no valid signature that could cover the fields.",
        Why::SomeWay => "List-Unsubscribe has an https or mailto address.",
        Why::NoWay => "List-Unsubscribe has neither an https nor a mailto address.",
        Why::MailtoWay => "List-Unsubscribe has a mailto address.",
        Why::NoMailtoWay => "List-Unsubscribe has no mailto address.",
        Why::BodyLink => "The body has a link beside words for unsubscribing.",
        Why::BodyOtherLinks => "The body has links; whether one of them unsubscribes is not known.",
        Why::BodyNoLink => "The body has no link.",
        Why::RepliesToNobody => "The address says that nobody reads replies.",
        Why::RepliesUntested => "Whether anybody reads replies cannot be seen here.",
        Why::Script => "The HTML holds a script.",
        Why::AddressLink => "A link leads to a bare IP address.",
        Why::NoScript => "Neither was found.",

        Why::ForwarderRewrote => "The envelope sender was rewritten.",
        Why::ForwarderCovered { domain } => return format!("SPF passes for the forwarder's {domain}."),
        Why::ForwarderNotCovered => "The envelope sender was kept, and SPF does not pass at the forwarder's address.",
        Why::ArcThere { instances } => return format!("ARC instances: {instances}."),
        Why::ArcMissing => "There is no ARC chain.",

        Why::BimiNotAsked => "The BIMI record is looked up only when this provider is the recipient's, or chosen.",
        Why::BimiUnasked { name } => return format!("DNS was not asked for {name}."),
        Why::BimiNoAnswer { name } => return format!("DNS gave no answer for {name}."),
        Why::BimiMissing { domain, ignored } => {
            return format!("{domain} publishes no BIMI record with a logo.{}", selector(ignored.as_ref()));
        }
        Why::BimiPolicyShare { domain } => {
            return format!("The DMARC record of {domain} says, with pct, that its policy is for a part of the mail.");
        }
        Why::BimiPolicyWeak { domain } => return format!("The DMARC policy of {domain} is weaker than quarantine."),
        Why::BimiReady { name, logo, ignored } => {
            let logo = logo.as_ref().map_or_else(String::new, |logo| format!(": {logo}"));
            return format!("Record at {name}{logo}. Nothing was fetched.{}", selector(ignored.as_ref()));
        }
        Why::BimiNoCertificate { name, ignored } => {
            return format!("The record at {name} names no certificate (a=).{}", selector(ignored.as_ref()));
        }
        Why::BimiCertificate { name, certificate, ignored } => {
            return format!(
                "Record at {name}, certificate {certificate}. Nothing was fetched.{}",
                selector(ignored.as_ref())
            );
        }

        Why::ListedNow { list } => {
            return format!("{list} has an entry now. Whether the provider reads that list is not known.");
        }
        Why::ListedNowhere => "No list that answered has an entry now; others, and the day of receipt, are not known.",
        Why::OneMessage => "One message cannot show it.",
        Why::NotJudged => "It is about content, which is not judged here.",
        Why::LimitNotPublished => "The provider does not publish the limit.",
        Why::Withdrawn { on } => return format!("The provider withdrew this rule on {on}."),
        Why::NotBulk => "The sender is no bulk sender.",
        Why::OtherKind { kind } => return format!("This looks like other mail: {}.", stream(*kind)),
        Why::NotForwarded => "Nothing shows that the message was forwarded.",
        Why::NotList => "Nothing shows a mailing list.",
    };
    fixed.to_owned()
}

/// Of a selector that does not count.
fn selector(ignored: Option<&String>) -> String {
    ignored.map_or_else(String::new, |name| {
        format!(" The message names the selector {name}, which no valid signature of the author domain covers: it does not count.")
    })
}
