//! The sentence on top, and the one thing to do first.

#![expect(clippy::too_many_lines, reason = "one arm for each verdict, so that the compiler asks for its words")]

use super::{aggregate, bounce, causes, claims, sender};
use crate::auth::dmarc::{DmarcResult, Policy};
use crate::check::headline::{Lacking, UnfitFrom};
use crate::check::{Accepted, ChangedBy, Verdict};
use crate::sender::Marks;
use crate::sender::services::Service;

pub(in crate::text) fn headline(verdict: &Verdict) -> String {
    match verdict {
        Verdict::AllWell { author, spf, dkim } => all_well(author, *spf, *dkim),
        Verdict::AuthorLookalike { author } => format!(
            "{author} is shown to be the sender, but this name is written so that it can look like another one. Treat the message with care."
        ),
        Verdict::NameElsewhere { author, shown } => format!(
            "{author} is shown to be the sender, but the name in From shows another address, {shown}. Treat the message with care."
        ),
        Verdict::FilterMarked { author, phishing: true } => format!(
            "{author} is shown to be the sender, but the filter of the receiving side took the message for phishing or spoofing."
        ),
        Verdict::FilterMarked { author, phishing: false } => {
            format!(
                "{author} is shown to be the sender, but the filter of the receiving side took the message for spam."
            )
        }
        Verdict::ForwardedDkimCarries { author } => format!(
            "The message was forwarded, so SPF does not fit; the DKIM signature of {author} is valid and DMARC passes."
        ),
        Verdict::ArrivalNotEncrypted { author, by: Some(by) } => format!(
            "{author} is shown to be the sender, but the message reached {by} without encryption. Gmail marks such mail \
             with a red open padlock."
        ),
        Verdict::ArrivalNotEncrypted { author, by: None } => format!(
            "{author} is shown to be the sender, but the message reached the receiving side without encryption. Gmail \
             marks such mail with a red open padlock."
        ),
        Verdict::SpfOverLimit { owner, passes: true, .. } => format!(
            "DMARC passes by DKIM, but the SPF record of {owner} needs more than ten DNS look-ups, so SPF ends in permerror."
        ),
        Verdict::SpfOverLimit { author, owner, passes: false } => format!(
            "The SPF record of {owner} needs more than ten DNS look-ups, so SPF ends in permerror and nothing speaks for \
             {author}."
        ),
        Verdict::ThirdPartySignature { author, signer, service: Some(service) } => format!(
            "Only {} ({signer}) signed this message, so DMARC of {author} fails. A signature of {author} itself is missing.",
            service.name
        ),
        Verdict::ThirdPartySignature { author, signer, service: None } => format!(
            "Only {signer} signed this message, not {author} that stands in From, so DMARC of {author} fails. Nothing shows whether {signer} sends for {author}."
        ),
        Verdict::ThirdPartyEnvelope { author, envelope, service: Some(service) } => format!(
            "{} sent this message: SPF passes for {envelope} only and there is no valid signature of {author}, so DMARC fails.",
            service.name
        ),
        Verdict::ThirdPartyEnvelope { author, envelope, service: None } => {
            format!("SPF passes for {envelope} only and there is no valid signature of {author}, so DMARC fails.")
        }
        Verdict::OtherDomainOnly { author, passed, related: true, .. } => format!(
            "The message proves {passed}, which by its name belongs with {author}; by what is published for DMARC it does not count for {author}, so DMARC fails."
        ),
        Verdict::OtherDomainOnly { author, passed, policy: Policy::None, related: false } => {
            format!("The message proves {passed}, not {author}, which is in From, so DMARC of {author} fails.")
        }
        Verdict::OtherDomainOnly { author, passed, policy, related: false } => format!(
            "The message proves {passed}, not {author}, which is in From. {author} asks receivers to {} such mail.",
            asks(*policy)
        ),
        Verdict::PartlySigned { author, uncovered } => format!(
            "{author} is shown to have signed the message, but its signature leaves the last {uncovered} bytes of the body uncovered: anybody may have added them."
        ),
        Verdict::BodyUnsigned { author } => format!(
            "{author} signed some header fields and nothing of the body (l=0): that {author} wrote this text is not proved, although DMARC passes."
        ),
        Verdict::ReadingsDiffer { author, suffix: Some(suffix), .. } => format!(
            "DMARC of {author} passes only because {suffix} publishes a record without psd=y: so would any other name below {suffix}. That {author} sent the message is not proved."
        ),
        Verdict::ReadingsDiffer { author, older_result, suffix: None } => {
            let older = if *older_result == DmarcResult::None { "find no DMARC record for it" } else { "see it fail" };
            format!(
                "DMARC of {author} passes as RFC 9989 reads it, but receivers that still use the Public Suffix List will {older}."
            )
        }
        Verdict::AnybodyPasses { author, owner, term, everybody: false } => format!(
            "DMARC passes only because the SPF record of {owner} lets a network of 16 million addresses or more pass ({term}). That {author} sent the message is not proved."
        ),
        Verdict::AnybodyPasses { author, owner, term, everybody: true } => format!(
            "DMARC passes only because the SPF record of {owner} lets every server pass ({term}). That {author} sent the message is not proved."
        ),
        Verdict::RepeatedField { author, name } => format!(
            "{author} is shown to be the sender, but the field {name} appears more than once: a mail program may show one that nobody signed."
        ),
        Verdict::ListModified { signer, proved: true, by_list: false, causes, .. } if causes.explain() => format!(
            "The message was changed: {} after {signer} had signed it, so the signature does not fit and DMARC fails. It bears the marks of a mailing list, which may have done so.",
            causes::edits(causes)
        ),
        Verdict::ListModified { signer, proved: true, by_list: false, .. } => format!(
            "The message was changed after {signer} had signed it, so the signature no longer fits and DMARC fails. It bears the marks of a mailing list, which may have done so."
        ),
        Verdict::ListModified { signer, proved: true, causes, .. } if causes.explain() => format!(
            "A mailing list changed the message: {} after {signer} had signed it, so the signature does not fit and DMARC fails.",
            causes::edits(causes)
        ),
        Verdict::ListModified { signer, proved: true, .. } => format!(
            "A mailing list changed the message after {signer} had signed it, so the signature no longer fits and DMARC fails."
        ),
        Verdict::ListModified { author, signer, proved: false, .. } => format!(
            "The message bears the marks of a mailing list, and the signature of {signer} does not fit, as happens when a list changes a message. That {author} wrote it is not proved: it cannot be told from a spoofed one."
        ),
        Verdict::Modified { signer, proved, by, causes, .. } => causes::headline(signer, *proved, *by, causes),
        Verdict::KeyMissing { author, selector, .. } => {
            format!("The signature of {author} cannot be checked: its key (selector {selector}) is not in DNS today.")
        }
        Verdict::SignatureUnusable { author, selector, fits: Some(_) } => {
            let selector = selector.as_ref().map_or_else(String::new, |selector| format!(" (selector {selector})"));
            format!("The signature of {author}{selector} was made with the key in DNS, but the record that holds the key is malformed, so it does not count and DMARC fails. Nothing else is wrong with the signature.")
        }
        Verdict::SignatureUnusable { author, selector: Some(selector), fits: None } => {
            format!("The signature of {author} (selector {selector}) does not count, so DMARC fails.")
        }
        Verdict::SignatureUnusable { author, selector: None, fits: None } => {
            format!("The signature of {author} does not count, so DMARC fails.")
        }
        Verdict::ForwardedUnsigned { author, marks, by: Some(by), proved: false, .. } => format!(
            "The message comes from {by}, which says that it {}. Nothing shows that {author} wrote it: it cannot be told from a spoofed one.",
            claimed(*marks)
        ),
        Verdict::ForwardedUnsigned { author, by: Some(by), saw_pass: Some(sealer), .. } => format!(
            "The message was passed on by {by}, and nothing in it now proves that {author} sent it. {sealer} says under an intact ARC seal that DMARC passed when it came there: that is its word, and no proof."
        ),
        Verdict::ForwardedUnsigned { author, by: Some(by), saw_pass: None, .. } => format!(
            "The message was passed on by {by} and carries no valid signature of {author}: it cannot be told from a spoofed one."
        ),
        Verdict::ForwardedUnsigned { author, marks, by: None, .. } => format!(
            "Nothing in the message proves {author}. It bears marks of {}, which anybody can write: it cannot be told from a spoofed one.",
            marks_of(*marks)
        ),
        Verdict::Spoofed { author, ip, policy, marks } => {
            let server = ip.map_or_else(String::new, |ip| format!("{ip} is not one of the servers of {author}, and "));
            let (how, marks) = match marks {
                Some(marks) => (
                    "may well be",
                    format!(" It bears marks of {}, which anybody can write; nothing proves them.", marks_of(*marks)),
                ),
                None => ("is probably", String::new()),
            };
            let asks = asks(*policy);
            format!(
                "This {how} spoofed: {server}nothing in the message proves {author}. The domain asks receivers to {asks} such mail.{marks}"
            )
        }
        Verdict::Bounced { refused, .. } => bounce::headline(refused),
        Verdict::Delivered { delivered, reporter } => bounce::delivered(delivered, reporter.as_deref()),
        Verdict::AggregateReport { tally } => aggregate::headline(tally),
        Verdict::AuthorDomainMissing { author } => {
            format!("The domain in From, {author}, does not exist in DNS. This is probably spoofed.")
        }
        Verdict::AuthorNotPublic { author } => format!(
            "The address in From ends in {author}, which is no domain of the Internet, so nothing can prove who sent the message."
        ),
        Verdict::Unauthenticated { author } => {
            format!("Nothing in the message proves {author}: neither SPF nor DKIM passes for it.")
        }
        Verdict::NoDmarcRecord { author, proved: true, .. } => {
            format!("{author} passes SPF or DKIM, but publishes no valid DMARC record.")
        }
        Verdict::NoDmarcRecord { author, proved: false, .. } => {
            format!("Nothing in the message proves {author}, and the domain publishes no valid DMARC record.")
        }
        Verdict::NoSingleAuthor { from: UnfitFrom::Absent } => {
            "The message has no From, so no sender can be proved.".to_owned()
        }
        Verdict::NoSingleAuthor { from: UnfitFrom::NoDomain } => {
            "From holds no domain, so no sender can be proved.".to_owned()
        }
        Verdict::NoSingleAuthor { from: UnfitFrom::Unreadable } => {
            "From cannot be read as one address, and mail programs may show different ones, so no sender can be proved. This is a known trick of spoofed mail.".to_owned()
        }
        Verdict::NoSingleAuthor { from: UnfitFrom::Several } => {
            "From names several senders, so DMARC cannot apply. This is a known trick of spoofed mail.".to_owned()
        }
        Verdict::DnsUnreachable { author } => {
            format!("Not decided: DNS gave no answer to a question that decides about {author}.")
        }
        Verdict::NotAsked { author: Some(author), recorded: true } => {
            format!("Not decided: the file that answers for DNS lacks what decides about {author}.")
        }
        Verdict::NotAsked { author: None, recorded: true } => {
            "Not decided: the file that answers for DNS lacks what decides.".to_owned()
        }
        Verdict::NotAsked { author: Some(author), recorded: false } => {
            format!("Not decided: DNS was not asked, so nothing can be proved about {author}.")
        }
        Verdict::NotAsked { author: None, recorded: false } => "Not decided: DNS was not asked, so nothing can be proved.".to_owned(),
        Verdict::HeadersOnlySigned { author } => format!(
            "The header signature of {author} is valid; the body as it was sent is not here, so it cannot be checked."
        ),
        Verdict::HeadersOnly { author } => {
            format!("Not decided: headers alone do not prove {author}.")
        }
        Verdict::NotEnough { author, lacking } => match lacking {
            Lacking::SureAddress { ip } => format!(
                "Not decided: SPF was judged for {ip}, and whether that really is the address that connected is not sure. Nothing else can prove {author}."
            ),
            Lacking::Address => format!(
                "Not decided: which address connected to the receiving side is not known, so SPF cannot be judged, and nothing else proves {author}."
            ),
            Lacking::EnvelopeSender => format!(
                "Not decided: the envelope From (Return-Path) is not known, so SPF cannot be judged, and nothing else proves {author}."
            ),
            Lacking::Key => format!("Not decided: DNS gave no answer for the key of the signature of {author}."),
            Lacking::Evaluation => format!("Not decided: what would prove {author} could not be evaluated."),
        },
    }
}

/// The first thing to set at a service that is known.
fn at_service(service: &'static Service, author: &str) -> String {
    let setup = service.setup.as_ref();
    let step = setup.and_then(|setup| sender::setup(service, setup, author).into_iter().next());
    let step = step.unwrap_or_else(|| format!("Set up DKIM signing with {author} in {}.", service.name));
    let name = &service.name;
    format!(
        "Ask the administrator of {author} whether they use {name}. If so: {step} If not, treat the message as spoofed."
    )
}

/// The author domain is proved, and by what.
fn all_well(author: &str, spf: bool, dkim: bool) -> String {
    match (spf, dkim) {
        (true, true) => {
            format!("{author} is shown to be the sender: SPF and DKIM both pass and are aligned.")
        }
        (false, true) => {
            format!("{author} is shown to be the sender by its DKIM signature. DMARC passes.")
        }
        (_, false) => {
            format!("{author} is shown to be the sender by SPF. DMARC passes.")
        }
    }
}

/// What the receiving side recorded all the same.
pub(in crate::text) fn accepted(accepted: &Accepted) -> String {
    let who = accepted.server.as_ref().map_or_else(String::new, |server| format!(" ({server})"));
    let meaning = accepted.meaning.map_or_else(String::new, |note| format!(" {}", claims::note(note)));
    format!("The receiving side{who} accepted it all the same: {}.{meaning}", accepted.record)
}

pub(in crate::text) fn next_step(verdict: &Verdict) -> String {
    match verdict {
        Verdict::AllWell { .. } | Verdict::ForwardedDkimCarries { .. } => "Nothing needs to be changed: its authentication is in order.".to_owned(),
        Verdict::AuthorLookalike { .. } | Verdict::NameElsewhere { .. } => {
            "Do not act on its content before the sender you know has confirmed it by another way than mail.".to_owned()
        }
        Verdict::FilterMarked { phishing: true, .. } => {
            "Do not act on its content until the recipient's administrator has looked at what the filter found.".to_owned()
        }
        Verdict::FilterMarked { phishing: false, .. } => {
            "Authentication passed. Ask the recipient's administrator to look up the reason in the log of the filter.".to_owned()
        }
        Verdict::ArrivalNotEncrypted { .. } => {
            "Ask whoever runs the server that handed the message over to turn on TLS (STARTTLS) for outgoing mail.".to_owned()
        }
        Verdict::SpfOverLimit { owner, .. } => {
            format!("Ask whoever keeps the DNS of {owner} to reduce the include, a, mx, ptr, exists and redirect terms of its SPF record to ten or fewer, those of included records among them.")
        }
        Verdict::ThirdPartySignature { author, service: Some(service), .. }
        | Verdict::ThirdPartyEnvelope { author, service: Some(service), .. } => at_service(service, author),
        Verdict::ThirdPartySignature { author, signer, service: None } => format!(
            "Ask the administrator of {author} whether they send this mail through {signer}. If so, they set up DKIM signing with \
             {author} there (author signature) and publish the key it names in the DNS of {author}. If not, treat the message as spoofed."
        ),
        Verdict::ThirdPartyEnvelope { author, envelope, service: None } => format!(
            "Ask the administrator of {author} to sign with DKIM as {author}, or to use an envelope From below {author}. If they \
             do not use {envelope}, treat the message as spoofed."
        ),
        Verdict::OtherDomainOnly { author, passed, related: true, .. } => format!(
            "Ask the administrator of {author} whether servers of {passed} send for it. If so, they let them sign with DKIM with d={author}. If not, treat the message as spoofed."
        ),
        Verdict::OtherDomainOnly { author, passed, .. } => format!(
            "Ask the administrator of {author} whether they use {passed}. If so, they set up DKIM signing with {author} there. \
             If not, treat the message as spoofed."
        ),
        Verdict::PartlySigned { author, .. } => format!("Do not trust the end of the body. Ask whoever runs the server that signs for {author} to sign without l=."),
        Verdict::BodyUnsigned { author } => format!(
            "Ask the sender by another way whether the text is genuine. The administrator of {author} can sign without l=."
        ),
        Verdict::ReadingsDiffer { author, suffix: Some(suffix), .. } => format!(
            "Ask by another way than this mail whether it is genuine. Who keeps the DNS of {author} can put psd=n into its own DMARC record; then no other name below {suffix} passes for it."
        ),
        Verdict::ReadingsDiffer { author, older_result: DmarcResult::None, suffix: None } => format!(
            "Ask the administrator of {author} to publish a DMARC record at {author} itself and to sign with d={author}; then both readings agree."
        ),
        Verdict::ReadingsDiffer { author, suffix: None, .. } => {
            format!("Ask the administrator of {author} to sign with d={author}; then both readings agree.")
        }
        Verdict::AnybodyPasses { author, owner, .. } => format!(
            "Ask the sender by another way whether it is genuine. The owner of {owner} can list the real servers and end the record with -all; DKIM signing would prove {author}."
        ),
        Verdict::RepeatedField { name, .. } => format!(
            "Look at every {name} under Headers. Whoever runs the server that signs can keep others from adding one: by signing the field once more than it appears."
        ),
        Verdict::ListModified { proved: false, .. } => "Ask the recipient whether they know the list. If not, treat the message as spoofed; if so, its operator can rewrite From or leave Subject and body unchanged.".to_owned(),
        Verdict::ListModified { author, by_list: false, .. } => format!(
            "Anybody can write such marks. If you do not know the list, treat the message as spoofed; if you do, its operator can rewrite From or leave Subject and body unchanged, and {author} has nothing to change."
        ),
        Verdict::ListModified { author, .. } => format!(
            "Ask the operator of the list to have it rewrite From, or leave Subject and body unchanged. {author} has nothing to change."
        ),
        Verdict::Modified { author, proved: false, by: by @ (ChangedBy::Forwarder | ChangedBy::Unknown), causes, .. } => format!(
            "{} If the administrator of {author} does not know of such mail, treat it as spoofed.",
            causes::next_step(false, *by, causes)
        ),
        Verdict::Modified { proved, by, causes, .. } => causes::next_step(*proved, *by, causes),
        Verdict::KeyMissing { signer, selector, .. } => format!(
            "If the message is new, ask whoever keeps the DNS of {signer} whether they know of such mail. If so, they publish \
             {selector}._domainkey.{signer} again; if not, treat the message as spoofed. For an old one a missing key is normal: \
             keys are replaced from time to time."
        ),
        Verdict::SignatureUnusable { author, fits: Some(_), .. } => format!(
            "Ask whoever keeps the DNS of {author} to correct the record of the key, as the finding about it says."
        ),
        Verdict::SignatureUnusable { author, .. } => format!(
            "Ask whoever runs the server that signs for {author} whether they know of such mail. If so, they put right what the \
             finding about the signature names; if not, treat the message as spoofed."
        ),
        Verdict::ForwardedUnsigned { marks, by: None, .. } | Verdict::Spoofed { marks: Some(marks), .. } => format!(
            "Ask the recipient whether {}. If not, do not act on its content and do not reply.",
            known_marks(*marks)
        ),
        Verdict::ForwardedUnsigned { author, marks, by: Some(by), proved: false, .. } => format!(
            "Ask the recipient whether they {}. If not, treat the message as spoofed. Whether {author} wrote it, only {author} can tell: ask by another way than this mail.",
            known_from(*marks, by)
        ),
        Verdict::ForwardedUnsigned { saw_pass: Some(sealer), by: Some(_), .. } => format!(
            "Ask the recipient whether such forwarding was set up. Whether the word of {sealer} counts is for the recipient's mail server to decide; to be sure, ask the sender by another way than this mail."
        ),
        Verdict::ForwardedUnsigned { author, by: Some(_), saw_pass: None, .. } => format!(
            "Ask the sender by another way whether it is genuine. The owner of {author} can sign with DKIM, which survives forwarding."
        ),
        Verdict::Spoofed { author, .. } => format!(
            "Do not act on its content and do not reply. Only the owner of {author} can tell whether the server is theirs: ask \
             by other means than mail."
        ),
        Verdict::Bounced { refused, .. } => bounce::next_step(refused),
        Verdict::Delivered { delivered, .. } => bounce::after_delivery(delivered.end).to_owned(),
        Verdict::AggregateReport { tally } => aggregate::next_step(tally),
        Verdict::AuthorDomainMissing { .. } => {
            "Do not act on its content and do not reply. If it is mail of your own organisation, look for a mistyped From address.".to_owned()
        }
        Verdict::AuthorNotPublic { .. } => "Programs and devices send with such an address when nobody has set one. Ask whoever runs yours whether one of them sent it; if so, they set an address of a public domain there. If nobody knows of one, do not act on its content and do not reply.".to_owned(),
        Verdict::Unauthenticated { author } | Verdict::NoDmarcRecord { author, proved: false, .. } => format!(
            "Ask the sender by another way whether it is genuine. The owner of {author} can set up SPF, DKIM and DMARC."
        ),
        Verdict::NoDmarcRecord { proved: true, broken: Some(domain), .. } => {
            format!("Ask whoever keeps the DNS of {domain} to correct the DMARC record at _dmarc.{domain}, which receivers ignore as it stands.")
        }
        Verdict::NoDmarcRecord { author, proved: true, broken: None } => {
            format!("Ask whoever keeps the DNS of {author} to publish a DMARC record at _dmarc.{author}, to begin with: v=DMARC1; p=none; rua=mailto:…")
        }
        Verdict::NoSingleAuthor { .. } => "Ask the sender by another way than this mail whether it is theirs. Mail that can be proved bears exactly one address in From.".to_owned(),
        Verdict::DnsUnreachable { .. } | Verdict::NotEnough { lacking: Lacking::Key, .. } => "Run the check again later, or ask another DNS server.".to_owned(),
        Verdict::NotAsked { recorded: true, .. } => "Run the check again with DNS itself in place of the file, or with a file that holds the names under DNS.".to_owned(),
        Verdict::NotAsked { recorded: false, .. } => "Allow DNS questions and run the check again.".to_owned(),
        Verdict::HeadersOnlySigned { .. } | Verdict::HeadersOnly { .. } => {
            "Ask whoever has the message for all of it, saved as an .eml file.".to_owned()
        }
        Verdict::NotEnough { lacking: Lacking::EnvelopeSender, .. } => "Ask whoever has the message for all of it, saved as an .eml file. If Return-Path is missing there as well, the administrator of the receiving side finds the envelope From in the log.".to_owned(),
        Verdict::NotEnough { .. } => "The findings below say what is missing, and how to get it.".to_owned(),
    }
}

/// It passes, and something could be better.
pub(in crate::text) const IMPROVEMENTS: &str = "Nothing is urgent. The findings below say what could be improved.";

pub(in crate::text) fn first_finding(title: &str) -> String {
    format!("Look at this first: {title}.")
}

/// What the marks of passing on are marks of.
pub(super) const fn marks_of(marks: Marks) -> &'static str {
    match marks {
        Marks::List => "a mailing list",
        Marks::Forwarding => "forwarding",
    }
}

/// What whoever sent it says, after "says that it".
const fn claimed(marks: Marks) -> &'static str {
    match marks {
        Marks::List => "sent it on as a mailing list",
        Marks::Forwarding => "forwarded it",
    }
}

/// What the recipient knows about such mail of that domain, after "whether they".
pub(super) fn known_from(marks: Marks, by: &str) -> String {
    match marks {
        Marks::List => format!("subscribed to a mailing list of {by}"),
        Marks::Forwarding => format!("have mail forwarded to this mailbox by {by}"),
    }
}

/// What the recipient knows about them.
pub(super) const fn known_marks(marks: Marks) -> &'static str {
    match marks {
        Marks::List => "they subscribed to this mailing list",
        Marks::Forwarding => "they have mail forwarded to this mailbox",
    }
}

/// What a policy asks receivers to do, after "asks receivers to".
pub(super) const fn asks(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "do nothing about",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    }
}
