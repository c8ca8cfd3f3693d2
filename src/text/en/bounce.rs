//! What refusals mean, and what to do about each.

use crate::bounce::{Basis, Deviation, Form, KnownBy, Meaning, NoticeKind, Outcome};
use crate::check::{Delivered, DeliveryEnd, Refused};
use crate::message::date::Stamp;
use crate::text::stamp;

pub(in crate::text) const fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::NoSuchUser => "The address does not exist there.",
        Meaning::NoSuchUserOrFiltered => {
            "The address does not exist, or the recipient's own filter refused the message: this provider answers the same for both."
        }
        Meaning::NoSuchDomain => "The domain of the recipient does not exist or cannot be found.",
        Meaning::BadRecipientAddress => "The recipient's address is not written as an address must be.",
        Meaning::AmbiguousRecipient => "The address fits more than one mailbox.",
        Meaning::MailboxMoved => "The mailbox has moved, or belongs to somebody else now.",
        Meaning::BadSenderAddress => "The sender's address is not written as an address must be.",
        Meaning::SenderDomainUnknown => "The domain of the sender's address was not found in DNS.",
        Meaning::RecipientTakesNoMail => "The recipient's domain says in DNS that it takes no mail.",
        Meaning::SenderTakesNoMail => {
            "The sender's domain says in DNS that it takes no mail, so no answer could reach it."
        }
        Meaning::MailboxDisabled => "The mailbox is there and takes no mail: it is disabled or inactive.",
        Meaning::MailboxFull => "The recipient's mailbox is full.",
        Meaning::MailboxTooBusy => "The mailbox gets more mail at the moment than its limit allows.",
        Meaning::TooLarge => "The message is larger than the recipient's side accepts.",
        Meaning::ListProblem => "The mailing list behind the address could not be worked off.",
        Meaning::RecipientFilter => "A filter that the recipient set refused the message.",
        Meaning::RecipientRestricted => "The recipient's side takes mail for this address from allowed senders only.",
        Meaning::SystemFull => "The recipient's server has no room left.",
        Meaning::SystemUnavailable => "The recipient's server takes no mail at the moment.",
        Meaning::FeatureUnsupported => "The recipient's server lacks something that the message needs.",
        Meaning::Misconfigured => "The recipient's server is not set up right.",
        Meaning::NoAnswer => "The recipient's server does not answer.",
        Meaning::ConnectionBroken => "The connection to the recipient's server broke off.",
        Meaning::LookupFailed => "A directory or DNS look-up failed on the way.",
        Meaning::NoRoute => "No server takes mail for the recipient's domain.",
        Meaning::Congestion => "The recipient's side is overloaded.",
        Meaning::Loop => "The message goes in circles between servers.",
        Meaning::Expired => "The server tried until its time was up, and gave up.",
        Meaning::Greylisted => "The recipient's server defers senders it does not know yet (greylisting).",
        Meaning::ProtocolError => "The two servers did not understand each other.",
        Meaning::TooManyRecipients => "The message names more recipients at once than the server takes.",
        Meaning::LineTooLong => "A line of the message is longer than the server takes.",
        Meaning::ContentUnsupported => "The recipient's side cannot take this kind of content.",
        Meaning::AddressCharacters => "The server cannot handle addresses or headers beyond ASCII.",
        Meaning::MalformedHeader => "The message is not built as the standard asks (RFC 5322).",
        Meaning::ContentRefused => "The content was taken for spam or malware.",
        Meaning::AttachmentRefused => "An attachment or link is of a kind that is blocked there.",
        Meaning::PolicyRefused => "Refused for a rule or a security reason that the code does not name.",
        Meaning::ListNotPermitted => "The sender may not write to this list.",
        Meaning::RelayDenied => "The server does not take mail for this address from this sender.",
        Meaning::Blocklisted => "The sending address is on a blocklist.",
        Meaning::LowReputation => "The sending address or domain has a poor reputation there.",
        Meaning::DynamicAddress => "Mail from this kind of address, as Internet access lines have it, is not taken.",
        Meaning::RateLimited => "Too much mail came from this sender in a short time.",
        Meaning::SenderAccountBlocked => "The sender's own provider blocked the account or domain for sending.",
        Meaning::SenderLimit => "The sender has reached the sending limit of its own provider.",
        Meaning::BadHelo => "The sending server gave a wrong name for itself (HELO).",
        Meaning::Cryptography => "An encrypted or verified connection could not be made.",
        Meaning::LoginNeeded => "The server asks the sender to log in first, or did not accept the login.",
        Meaning::EncryptionNeeded => "The connection must be encrypted.",
        Meaning::Unauthenticated => "Neither SPF nor DKIM passed.",
        Meaning::SpfFailed => "SPF did not pass: the sending server is not allowed for the envelope sender's domain.",
        Meaning::SpfError => "The SPF record could not be evaluated.",
        Meaning::SpfSuspicious => "The SPF record holds suspicious entries.",
        Meaning::DkimFailed => "No DKIM signature passed.",
        Meaning::DkimNotOfAuthor => "No DKIM signature of the author's domain passed.",
        Meaning::DmarcPolicy => "DMARC failed, and the author's domain itself asks to refuse such mail.",
        Meaning::DmarcMissing => "The author's domain publishes no DMARC record.",
        Meaning::Unaligned => "SPF and DKIM pass for another domain than the author's.",
        Meaning::BulkSenderRules => {
            "The domain does not meet the provider's rules for senders of much mail: SPF, DKIM and DMARC."
        }
        Meaning::ReverseName => "The sending address has no reverse name that points back to it.",
        Meaning::NotEncrypted => "The message came without TLS.",
        Meaning::ArcFailed => "The ARC chain of a forwarded message could not be verified.",
    }
}

pub(in crate::text) const fn advice(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::NoSuchUser => {
            "Check the address letter by letter; if it is right, ask the recipient another way and take it off your lists."
        }
        Meaning::NoSuchUserOrFiltered => {
            "Check the address; if it is right, ask the recipient to allow the sender's domain in the filter settings."
        }
        Meaning::NoSuchDomain | Meaning::NoRoute => {
            "Check the part of the address after the @; if it is right, the recipient's DNS needs to be fixed."
        }
        Meaning::BadRecipientAddress | Meaning::AmbiguousRecipient => "Write the recipient's address again.",
        Meaning::MailboxMoved => "Ask the recipient for the address that is valid now.",
        Meaning::BadSenderAddress => "Correct the sender's address in the mail program or system.",
        Meaning::SenderDomainUnknown => "See to it that the sender's domain has MX or A records that answer.",
        Meaning::RecipientTakesNoMail => "Use another address: no mail can reach this one.",
        Meaning::SenderTakesNoMail => "Send from a domain that takes mail, or remove its null MX.",
        Meaning::MailboxDisabled => "Reach the recipient another way; take the address off your lists if it stays so.",
        Meaning::MailboxFull => "Ask the recipient another way to make room, then send again.",
        Meaning::MailboxTooBusy | Meaning::Congestion | Meaning::SystemUnavailable | Meaning::SystemFull => {
            "Wait and send again later."
        }
        Meaning::TooLarge => "Make the message smaller, or hand the files over another way.",
        Meaning::ListProblem => "Tell the owner of the list.",
        Meaning::RecipientFilter => {
            "Ask the recipient to allow the sender's domain in the filter settings (for carriers also the spoofing filter)."
        }
        Meaning::RecipientRestricted => "Ask the recipient's administrator to allow the sender.",
        Meaning::FeatureUnsupported
        | Meaning::Misconfigured
        | Meaning::ListNotPermitted
        | Meaning::AddressCharacters => "Pass the text of the reply to the recipient's administrator.",
        Meaning::NoAnswer | Meaning::ConnectionBroken | Meaning::LookupFailed => {
            "Send again later; if it does not help, the recipient's server needs to be fixed."
        }
        Meaning::Loop => "Pass the report to whoever runs the forwarding or the recipient's server.",
        Meaning::Expired => "Look at the reply below for what kept it waiting, then send again.",
        Meaning::Greylisted => {
            "Send it again later: the second attempt is often taken. If it is not, reach the recipient another way."
        }
        Meaning::ProtocolError => "Pass the text of the reply to whoever runs the sending server.",
        Meaning::TooManyRecipients => "Split the recipients into smaller groups.",
        Meaning::LineTooLong => "Have lines wrapped, or the body sent as quoted-printable or base64.",
        Meaning::ContentUnsupported => "Send it in another format.",
        Meaning::MalformedHeader => "Fix the program that makes the message; the returned message shows what is wrong.",
        Meaning::ContentRefused => "Look through links, wording and attachments, and send again.",
        Meaning::AttachmentRefused => "Leave the attachment out and hand the file over another way.",
        Meaning::PolicyRefused => {
            "Read the reply as written: it usually names the rule. Otherwise ask the recipient's administrator."
        }
        Meaning::RelayDenied => "Check the address and the outgoing server; log in at your own server for sending.",
        Meaning::Blocklisted => {
            "Find out why the address was listed, fix that, and ask for removal at the page in the reply."
        }
        Meaning::LowReputation => "Check authentication first, then send less and only to people who want the mail.",
        Meaning::DynamicAddress => "Send through your provider's or company's mail server.",
        Meaning::RateLimited => "Slow down and spread the sending; what was refused can be sent again later.",
        Meaning::SenderAccountBlocked => "Secure the account, then ask the sender's own provider to unblock it.",
        Meaning::SenderLimit => "Wait until the limit is lifted, or use a sending service for this much mail.",
        Meaning::BadHelo => "Have the sending server give its own full name in HELO.",
        Meaning::Cryptography => {
            "Pass the reply to whoever runs the recipient's server: its certificate or DANE record does not fit."
        }
        Meaning::LoginNeeded => "Turn on SMTP authentication for the outgoing server and check name and password.",
        Meaning::EncryptionNeeded | Meaning::NotEncrypted => "Turn on TLS (STARTTLS) for outgoing mail.",
        Meaning::Unauthenticated => {
            "Set up SPF and DKIM for the author's domain; open the returned message to see which is missing."
        }
        Meaning::SpfFailed => {
            "Add the sending server to the SPF record of the envelope sender's domain, or send through a server that is listed."
        }
        Meaning::SpfError => "Fix the SPF record; the SPF result of the returned message shows where it breaks.",
        Meaning::SpfSuspicious => "Take wide or permissive entries (such as +all) out of the SPF record.",
        Meaning::DkimFailed | Meaning::DkimNotOfAuthor => {
            "Sign with DKIM as the author's domain; open the returned message to see what became of the signature."
        }
        Meaning::DmarcPolicy | Meaning::Unaligned => {
            "Make SPF or DKIM pass for the domain in From; open the returned message to see which is nearest."
        }
        Meaning::DmarcMissing => "Publish a DMARC record (p=none is enough to begin with).",
        Meaning::BulkSenderRules => {
            "Make SPF and DKIM pass and publish DMARC; open the returned message to see what is missing."
        }
        Meaning::ReverseName => "Have whoever owns the address set a reverse name (PTR) that resolves back to it.",
        Meaning::ArcFailed => {
            "Ask whoever forwards the message to fix the ARC seals, or to leave the message unchanged."
        }
    }
}

pub(in crate::text) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Final => "not delivered, for good",
        Outcome::Temporary => "not delivered yet, still tried",
        Outcome::Delivered => "delivered or passed on",
        Outcome::Unknown => "not stated",
    }
}

pub(in crate::text) const fn form(form: Form) -> &'static str {
    match form {
        Form::DeliveryStatus => "the part for programs (RFC 3464)",
        Form::Words => "text of the mail server",
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::NoBlankLine => "no blank line between two recipients",
        Deviation::UnreadableLine => "a line that is no field",
        Deviation::NoReporter => "the reporting server is not named",
        Deviation::FieldMissing => "a required field is missing",
        Deviation::UnknownAction => "an unknown action",
        Deviation::UnreadableStatus => "a status that cannot be read",
    }
}

pub(in crate::text) const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Provider => "by the replies that this provider documents",
        Basis::Words => "by the words of the reply",
        Basis::Registry => "by the registry of status codes",
    }
}

pub(in crate::text) const fn known_by(known: KnownBy) -> &'static str {
    match known {
        KnownBy::HostName => "by the host name",
        KnownBy::ReplyText => "by the text of the reply",
        KnownBy::RecipientDomain => "by the recipient's domain",
    }
}

pub(in crate::text) const fn notice(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::DeliveryReport => "delivery report",
        NoticeKind::ReadReceipt => "read receipt, not a bounce",
        NoticeKind::AutoReply => "automatic reply, not a bounce",
        NoticeKind::FeedbackReport => "complaint or failure report (ARF), not a bounce",
        NoticeKind::AggregateReport => "DMARC aggregate report",
        NoticeKind::TlsReport => "TLS report (RFC 8460), not a bounce",
    }
}

/// Who answered: the provider, and its host.
pub(in crate::text) fn who(refused: &Refused) -> String {
    match (refused.provider, &refused.host) {
        (Some(provider), Some(host)) => format!("{provider} ({host})"),
        (Some(provider), None) => provider.to_owned(),
        (None, Some(host)) => host.clone(),
        (None, None) => "an unnamed server".to_owned(),
    }
}

/// At the start of a sentence; names of hosts stay as they are.
fn capital(who: &str) -> String {
    who.strip_prefix("an unnamed").map_or_else(|| who.to_owned(), |rest| format!("An unnamed{rest}"))
}

pub(super) fn to_whom(refused: &Refused) -> String {
    let first = refused.recipient.as_deref().unwrap_or("a recipient");
    let more = match refused.more {
        0 => String::new(),
        1 => " and one more".to_owned(),
        more => format!(" and {more} more"),
    };
    let others = match refused.others {
        0 => String::new(),
        1 => " (and one more for another reason)".to_owned(),
        others => format!(" (and {others} more for other reasons)"),
    };
    format!("{first}{more}{others}")
}

fn why(refused: &Refused) -> &'static str {
    refused.meaning.map_or("The report gives no code that is known; read the reply as written.", meaning)
}

pub(in crate::text) fn headline(refused: &Refused) -> String {
    let (whom, who, why) = (to_whom(refused), who(refused), why(refused));
    let sentence = match (refused.outcome, refused.proved) {
        (Outcome::Temporary, true) => {
            format!(
                "Delayed: the mail to {whom} has not been delivered yet, and is still tried. {}: {why}",
                capital(&who)
            )
        }
        (Outcome::Temporary, false) => format!(
            "A report that nothing proves says that the mail to {whom} has not been delivered yet, and is still tried. {}: {why}",
            capital(&who)
        ),
        (Outcome::Final | Outcome::Delivered | Outcome::Unknown, true) => {
            format!("Bounced: {who} did not take the mail to {whom}. {why}")
        }
        (Outcome::Final | Outcome::Delivered | Outcome::Unknown, false) => {
            format!("A report that nothing proves says that {who} did not take the mail to {whom}. {why}")
        }
    };
    if refused.perhaps_foreign { format!("Perhaps not your mail. {sentence}") } else { sentence }
}

pub(in crate::text) fn next_step(refused: &Refused) -> String {
    let remedy = remedy(refused.meaning, refused.outcome, refused.until, refused.is_returned);
    let genuine = if refused.proved {
        remedy
    } else {
        format!(
            "Open no links or attachments of the report; ask whoever runs the outgoing server whether its log shows the same. If it does: {remedy}"
        )
    };
    if refused.perhaps_foreign {
        return format!(
            "Ask first whether anybody, or any service, of the domain sent that mail; if not, nothing is to be done. If so: {genuine}"
        );
    }
    genuine
}

/// What to do, by what became of the mail.
pub(in crate::text) fn remedy(
    meaning: Option<Meaning>,
    outcome: Outcome,
    until: Option<Stamp>,
    is_returned: bool,
) -> String {
    let advised = match meaning {
        Some(meaning) if meaning.is_shown_by_returned() && !is_returned => {
            "The report brings no copy of the mail: save another mail that was sent the same way, and look there for what is wrong."
        }
        Some(meaning) => advice(meaning),
        None => "Read the reply as written, and ask whoever runs the server that refused.",
    };
    if outcome != Outcome::Temporary {
        return advised.to_owned();
    }
    let wait = until.map_or_else(
        || "Wait: the server goes on trying by itself, and reports again if it gives up.".to_owned(),
        |until| format!("Wait until {}: the server goes on trying by itself.", stamp(until)),
    );
    let wait = format!("{wait} Do not send it again, or it may arrive twice.");
    if meaning.is_some_and(Meaning::is_mended_by_sender) { format!("{wait} {advised}") } else { wait }
}

pub(in crate::text) fn title(refused: &Refused) -> String {
    let whom = to_whom(refused);
    let sentence = match refused.outcome {
        Outcome::Temporary => format!("Not delivered yet to {whom}"),
        Outcome::Final | Outcome::Delivered | Outcome::Unknown => format!("Not delivered to {whom}"),
    };
    if refused.proved { sentence } else { format!("A report that nothing proves says: {sentence}") }
}

/// What a finding says: the codes, and what they mean there.
pub(in crate::text) fn explained(refused: &Refused) -> String {
    let codes = codes(refused).unwrap_or_else(|| "no code".to_owned());
    format!("{} answered {codes}. {}", capital(&who(refused)), why(refused))
}

fn codes(refused: &Refused) -> Option<String> {
    let codes = [refused.reply.map(|reply| reply.to_string()), refused.status.map(|status| status.to_string())];
    let codes: Vec<String> = codes.into_iter().flatten().collect();
    (!codes.is_empty()).then(|| codes.join(" "))
}

pub(super) fn delivered_to(delivered: &Delivered) -> String {
    let first = delivered.recipient.as_deref().unwrap_or("a recipient");
    match delivered.more {
        0 => first.to_owned(),
        1 => format!("{first} and one more"),
        more => format!("{first} and {more} more"),
    }
}

pub(in crate::text) fn delivered(delivered: &Delivered, reporter: Option<&str>) -> String {
    let (whom, reporter) = (delivered_to(delivered), reporter.unwrap_or("the server that reports"));
    match (delivered.end, &delivered.host) {
        (DeliveryEnd::Arrived, _) => format!("Delivered: {reporter} reports that the mail to {whom} was delivered."),
        (DeliveryEnd::HandedOn, Some(host)) => format!(
            "Handed on: {reporter} reports that {host} took the mail to {whom}. What became of it there is not reported."
        ),
        (DeliveryEnd::HandedOn, None) => format!(
            "Handed on: {reporter} reports that the next server took the mail to {whom}. What became of it there is not reported."
        ),
    }
}

pub(in crate::text) const fn after_delivery(end: DeliveryEnd) -> &'static str {
    match end {
        DeliveryEnd::Arrived => {
            "Nothing needs to be done. If the recipient does not find the mail, look in the spam folder and at the filter rules there."
        }
        DeliveryEnd::HandedOn => {
            "If the recipient does not find the mail, ask whoever runs the server that took it to look for it, with the time and the Message-ID."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::date;
    use crate::text::ja;

    #[test]
    fn the_remedy_follows_the_outcome() {
        let until = date::read("26 Nov 2026 10:00:00 +0900");
        assert!(until.is_some());
        let english = |outcome, until| remedy(Some(Meaning::Greylisted), outcome, until, true);
        let japanese = |outcome, until| ja::bounce::remedy(Some(Meaning::Greylisted), outcome, until, true);
        assert!(english(Outcome::Final, None).starts_with("Send it again later"));
        assert!(japanese(Outcome::Final, None).contains("送り直してください"));
        assert!(english(Outcome::Temporary, until).starts_with("Wait until 2026-11-26 10:00:00 +0900"));
        assert!(english(Outcome::Temporary, None).contains("Do not send it again"));
        assert!(japanese(Outcome::Temporary, until).contains("2026-11-26 10:00:00 +0900 まで"));
        assert!(japanese(Outcome::Temporary, until).contains("送り直さないでください"));
    }

    #[test]
    fn no_remedy_leads_to_a_copy_that_is_not_there() {
        for meaning in Meaning::ALL {
            let (english, japanese) = (
                remedy(Some(*meaning), Outcome::Final, None, false),
                ja::bounce::remedy(Some(*meaning), Outcome::Final, None, false),
            );
            assert!(!english.contains("returned message"), "{meaning:?}: {english}");
            assert!(!japanese.contains("返送された元のメール"), "{meaning:?}: {japanese}");
            assert!(!japanese.contains('「'), "{meaning:?}: {japanese}");
        }
    }
}
