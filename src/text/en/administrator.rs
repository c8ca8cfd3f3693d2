//! The letter to whoever can change something: whom it is for, what it is about, and what is asked for where no record can be
//! given to the letter.

use super::letter::named;
use super::{aggregate, bounce, bounce_letter, sender, story};
use crate::auth::dmarc::DmarcResult;
use crate::bounce::Meaning;
use crate::check::{Actor, ChangedBy, Refused, Verdict};
use crate::sender::services::Service;
use crate::text::hidden;
use crate::text::letter::{Addressee, AdministratorWords, Matter};

pub(in crate::text) const WORDS: AdministratorWords = AdministratorWords {
    found: "What we found",
    asked: "What we ask you to do",
    also: "Not urgent, but worth doing at the same time",
    nothing_asked: "Nothing has to be changed; this is for your information.",
    nothing_yet: "Nothing is asked of you yet: the check is not finished, and we will write again when it is.",
    whose: "First of all, please make sure that the message is yours: anybody can write a signature that names {}. If nobody there knows of it, change nothing and let us know; it may be forged. If it is yours, what follows is for you.",
    after: "And then",
    after_record: "A changed record is seen everywhere once the lifetime (TTL) of the old one has passed. Please tell us when it is done, or send us a new message in the same way; we will check it again and tell you the result.",
    after_change: "Please tell us when it is done, or send us a new message in the same way; we will check it again and tell you the result.",
    after_look: "Please tell us what you find, so that we can answer whoever asked us.",
    closing: "If you need more of what we have (the header of the message, each step of the check), please reply to this mail. Thank you for your help.\n\nKind regards",
    name: "Name",
    record_type: "Type",
    field: "Header field",
    current: "Current value",
    new: "New value",
    arrived: "Arrived",
    no_signature: "no signature",
    aligned: "aligned",
    not_aligned: "not aligned",
    colon: ": ",
    brackets: [" (", ")"],
    comma: ", ",
};

pub(in crate::text) fn to(addressee: Addressee<'_>) -> String {
    match addressee {
        Addressee::Owner(Some(domain)) => format!("To the administrators of mail and DNS of {domain}"),
        Addressee::Owner(None) => "To the administrators of the sending mail server".to_owned(),
        Addressee::Service => "To the support of the sending service".to_owned(),
        Addressee::PassedOn => {
            "To the administrators of the mailing list or server that passed the message on".to_owned()
        }
        Addressee::OnTheWay => "To the administrators of the mail servers on the way".to_owned(),
        Addressee::Receiver => "To the mail administrators of the receiving side".to_owned(),
        Addressee::Nobody => "To the mail administrators".to_owned(),
    }
}

pub(in crate::text) fn about(matter: &Matter<'_>) -> String {
    let from = matter.facts.dmarc.author_domain.as_deref();
    let from = from.map_or_else(String::new, |author| format!(", which bears {author} in From"));
    let headline = hidden::mark(&story::headline(matter.verdict()));
    if let Verdict::AggregateReport { tally } = matter.verdict()
        && matter.facts.is_report_alone()
    {
        return format!("We were asked about a DMARC report for {}. {headline}", aggregate::domain(tally));
    }
    format!("We were asked about the message{}{from}. {headline}", named(matter))
}

/// What is asked for besides the changes that are offered.
#[expect(clippy::too_many_lines, reason = "one arm for each verdict, so that the compiler asks for its words")]
pub(in crate::text) fn asked(matter: &Matter<'_>) -> Vec<String> {
    let one = |sentence: &str| vec![sentence.to_owned()];
    match matter.verdict() {
        Verdict::Bounced { .. } if matter.is_for_recipient() => Vec::new(),
        Verdict::Bounced { refused, .. } if matter.headline.actor == Actor::Receiver => vec![receiver(refused)],
        Verdict::Bounced { refused, .. } => vec![matter.refused_domain().map_or_else(
            || bounce_letter::asked(refused),
            |domain| format!("{}{} {}", returned(matter), mended(refused, domain), bounce::explained(refused)),
        )],
        Verdict::AggregateReport { tally } if tally.largest.is_some() => vec![aggregate::asked(tally)],
        Verdict::AuthorLookalike { author } | Verdict::NameElsewhere { author, .. } => vec![
            format!("Look in the logs whether other mailboxes got mail from {author}, and warn their owners."),
            format!("Consider blocking this sender; where {author} belongs to a mail provider, the address alone and not the domain."),
        ],
        Verdict::FilterMarked { phishing: true, .. } => vec![
            "Look up in the log of the filter why it took the message for phishing.".to_owned(),
            "Tell the recipient whether it may be opened; if not, take it out of every mailbox that got it.".to_owned(),
        ],
        Verdict::FilterMarked { phishing: false, .. } => {
            one("Look up in the log of the filter why it took the message for spam, and let it pass if that was wrong.")
        }
        Verdict::ArrivalNotEncrypted { .. } => one(
            "Turn on encryption (STARTTLS) for outgoing mail on the server that handed the message over, and have it use TLS 1.2 or newer.",
        ),
        Verdict::PartlySigned { .. } | Verdict::BodyUnsigned { .. } => {
            one("Sign without l=, so that the DKIM signature covers all of the body.")
        }
        Verdict::ReadingsDiffer { author, suffix: Some(suffix), .. } => vec![
            format!("Find out by another way than this mail whether it is of {author}: any name below {suffix} would have passed."),
            format!("If {author} is yours, publish a DMARC record at _dmarc.{author} with psd=n."),
        ],
        Verdict::ReadingsDiffer { author, older_result, suffix: None } => {
            let record = matches!(older_result, DmarcResult::None)
                .then(|| format!("Publish a DMARC record at _dmarc.{author} itself."));
            record.into_iter().chain([format!("Sign with DKIM with d={author}; then both readings agree.")]).collect()
        }
        Verdict::AnybodyPasses { author, owner, term, .. } => {
            let list = format!("List the servers that really send in the SPF record of {owner} in place of {term}.");
            let list = (!matter.is_answered(&["spf-pass-all"])).then_some(list);
            list.into_iter().chain([format!("Sign with DKIM with d={author}, so that SPF is not all that speaks for you.")]).collect()
        }
        Verdict::RepeatedField { name, .. } => vec![
            format!("Find out whether the sending program writes {name} twice, or somebody added one on the way."),
            format!("Name {name} in h= of the DKIM signature once more than it appears in the message, so that nobody can add one unnoticed."),
        ],
        Verdict::SpfOverLimit { owner, .. } if !matter.is_spf_limit_told() => {
            vec![format!("Bring the SPF record of {owner} down to ten DNS look-ups or fewer, those of included records among them.")]
        }
        Verdict::ThirdPartySignature { author, signer: other, service }
        | Verdict::ThirdPartyEnvelope { author, envelope: other, service } => third_party(matter, author, other, *service),
        Verdict::OtherDomainOnly { author, passed, .. } => third_party(matter, author, passed, None),
        Verdict::ListModified { author, proved: false, .. } => vec![
            "Tell us whether the recipient is subscribed to the mailing list that the message names. If not, treat the message as a possible forgery.".to_owned(),
            format!("If so, ask the operator of the list whether {author} sent the message to it, and whether the list changes Subject or body. From the message alone nobody can tell whether the list broke the signature or {author} never made it."),
        ],
        Verdict::ListModified { by_list: false, .. } => vec![
            "Tell us whether the recipient is subscribed to the mailing list that the message names.".to_owned(),
            "If not, treat the message as a possible forgery.".to_owned(),
        ],
        Verdict::ListModified { author, .. } => vec![format!("Have the list leave Subject and body as they are, or rewrite From to an address of the list. {author} has nothing to change.")],
        Verdict::Modified { author, proved, by, .. } => match by {
            ChangedBy::Storage | ChangedBy::Saving => Vec::new(),
            ChangedBy::ReceivingSide => one(
                "Look which of your servers changes messages after they have arrived (a subject tag, a disclaimer, a scanner); the sender has nothing to change.",
            ),
            _ if !*proved && matter.headline.actor == Actor::Receiver => forwarding(author),
            _ if *proved => one(
                "Find the server that changes the message after it is signed (a subject tag, a disclaimer, a scanner), and have it leave signed mail alone, or make its changes before the message is signed.",
            ),
            _ if matter.headline.actor == Actor::Forwarder => one(
                "Look whether one of your servers changes the header or the body of messages that it passes on; if so, have it leave signed mail alone. That this is what broke the signature is not proved.",
            ),
            _ => one(
                "Compare the key of the server that signs with the one in DNS, and look whether a server changes the header or the body after the message is signed.",
            ),
        },
        Verdict::KeyMissing { signer, selector, .. } if !matter.is_answered(&["dkim-key-missing"]) => vec![
            format!("Look whether a server or service still signs with the selector {selector}. If so, publish its public key at {selector}._domainkey.{signer} (TXT, or the CNAME that the service names)."),
            "If the key was replaced on purpose, keep the old one in DNS for some days after the last message that was signed with it.".to_owned(),
        ],
        Verdict::SignatureUnusable { fits: Some(_), .. } if matter.is_answered(&["dkim-key-broken"]) => Vec::new(),
        Verdict::SignatureUnusable { author, selector, .. } => {
            let selector = selector.as_ref().map_or_else(String::new, |selector| format!(" (selector {selector})"));
            vec![format!("Put right what is found above about the DKIM signature of {author}{selector}.")]
        }
        Verdict::ForwardedUnsigned { author, by: None, .. } if matter.headline.actor == Actor::Receiver => {
            forwarding(author)
        }
        Verdict::ForwardedUnsigned { author, marks, by: Some(by), proved: false, .. } => vec![
            format!("Tell us whether the recipients {}.", story::known_from(*marks, by)),
            format!("If they did not, treat the message as a possible forgery: nothing shows that {author} wrote it."),
        ],
        Verdict::ForwardedUnsigned { author, saw_pass: Some(sealer), .. } => vec![
            "Tell us whether forwarding to this mailbox, from another address or server, is set up.".to_owned(),
            format!("If it is, decide whether your server takes the word of {sealer} (a trusted ARC sealer), or have the forwarder leave messages as they are, so that the signature of {author} stays valid."),
            format!("If it is not, treat the message as a possible forgery: nothing proves that {author} sent it."),
        ],
        Verdict::ForwardedUnsigned { author, .. } => {
            vec![format!("Sign all outgoing mail with DKIM with d={author}: after forwarding, SPF cannot pass, and a signature can.")]
        }
        Verdict::Spoofed { author, ip, policy, .. } => {
            let search = ip.map_or_else(
                || format!("Look in the logs for other mail that names {author} and passes neither SPF nor DKIM, and take it out of the mailboxes."),
                |ip| format!("Look in the logs for other mail from {ip}, and take what is forged out of the mailboxes."),
            );
            let enforce = format!("Find out why your server took the message in: {author} asks receivers to {} such mail (DMARC).", story::asks(*policy));
            vec![search, enforce]
        }
        Verdict::AuthorNotPublic { author } => vec![
            format!("Tell us whether a program or device of yours sent the message. If none did, treat it as a possible forgery; {author} says nothing about who wrote it."),
            "If one did, set an address of a public domain of yours as its sender (From).".to_owned(),
        ],
        Verdict::AuthorDomainMissing { author } => vec![
            format!("Look in the logs for other mail that names {author}, and take it out of the mailboxes."),
            "Have the server refuse mail whose domain in From does not exist.".to_owned(),
            "If it is mail of your own, correct the address in From.".to_owned(),
        ],
        Verdict::Unauthenticated { author } | Verdict::NoDmarcRecord { author, proved: false, .. } => {
            let ip = matter.facts.session.ip.as_ref().map(|ip| ip.value);
            let whose = ip.map_or_else(
                || "Tell us whether the message is yours.".to_owned(),
                |ip| format!("Tell us whether the message is yours, and whether {ip} is a server that sends for you."),
            );
            vec![whose, format!("If it is yours: have its sender sign with DKIM with d={author}, and list its servers in the SPF record of the envelope domain.")]
        }
        Verdict::NoDmarcRecord { broken: Some(domain), .. } if !matter.is_dmarc_answered() => {
            vec![format!("Correct the DMARC record at _dmarc.{domain}, which receivers ignore as it stands.")]
        }
        Verdict::NoDmarcRecord { author, broken: None, .. } if !matter.is_dmarc_answered() => {
            vec![format!("Publish a DMARC record at _dmarc.{author}, to begin with: v=DMARC1; p=none; rua=mailto:<your address for reports>")]
        }
        Verdict::NoSingleAuthor { .. } => one("Have every message bear exactly one address in From; where several people write it, name one of them in Sender."),
        Verdict::NotEnough { .. } if matter.waits_for().is_some() => Vec::new(),
        Verdict::NotEnough { .. } => one("Tell us which of your servers took the message over from outside, and from which address; its log shows both."),
        Verdict::AggregateReport { .. }
        | Verdict::Delivered { .. }
        | Verdict::AllWell { .. }
        | Verdict::ForwardedDkimCarries { .. }
        | Verdict::DnsUnreachable { .. }
        | Verdict::NotAsked { .. }
        | Verdict::HeadersOnlySigned { .. }
        | Verdict::HeadersOnly { .. }
        | Verdict::SpfOverLimit { .. }
        | Verdict::NoDmarcRecord { .. }
        | Verdict::KeyMissing { .. } => Vec::new(),
    }
}

fn receiver(refused: &Refused) -> String {
    if matches!(refused.meaning, Some(Meaning::NoAnswer | Meaning::ConnectionBroken)) {
        let host = refused.host.as_deref().unwrap_or("your server");
        return format!(
            "Please look whether {host} answers connections from outside, and tell us when it takes mail again."
        );
    }
    format!(
        "Please look up in the log of {} why this mail was not taken, and tell us when the recipient can get mail again. {}",
        refused.host.as_deref().unwrap_or("the server that refused"),
        bounce::explained(refused)
    )
}

fn forwarding(author: &str) -> Vec<String> {
    vec![
        "Tell us whether forwarding to this mailbox, from another address or server, is set up.".to_owned(),
        format!("If it is not, treat the message as a possible forgery: nothing shows that {author} sent it."),
    ]
}

fn returned(matter: &Matter<'_>) -> String {
    let [subject, id] = matter.returned();
    let subject = subject.map_or_else(String::new, |subject| format!(" \"{subject}\""));
    let id = id.map_or_else(String::new, |id| format!(" (Message-ID {id})"));
    format!("For mail that is sent in the same way as the one that came back{subject}{id}: ")
}

fn mended(refused: &Refused, domain: &str) -> String {
    match refused.meaning {
        Some(Meaning::DkimFailed | Meaning::DkimNotOfAuthor) => {
            format!("have it bear a valid DKIM signature with d={domain}.")
        }
        Some(Meaning::SpfError) => "correct the SPF record of the envelope domain.".to_owned(),
        Some(Meaning::BulkSenderRules) => {
            format!("have it pass both SPF and DKIM as {domain}, and publish a DMARC record at _dmarc.{domain}.")
        }
        Some(Meaning::Unauthenticated | Meaning::DmarcPolicy | Meaning::Unaligned) | None => format!(
            "sign with DKIM with d={domain}, or send with an envelope sender of {domain} from a server that its SPF record lists."
        ),
        Some(meaning) => bounce::advice(meaning).to_owned(),
    }
}

fn third_party(matter: &Matter<'_>, author: &str, other: &str, service: Option<&'static Service>) -> Vec<String> {
    let named = sender::named_domain(other, service);
    let whose = format!(
        "Tell us whether you use {named} to send this mail. If you do not, somebody else sent it in your name, and there is nothing to change. If you do, the following makes it pass."
    );
    let setup = service.and_then(|service| Some((service, service.setup.as_ref()?)));
    let steps = match setup {
        _ if matter.is_answered(&["dmarc-unaligned"]) => Vec::new(),
        Some((service, setup)) => sender::setup(service, setup, author),
        None => vec![format!(
            "Set up DKIM signing with d={author} there, and publish the key that it names in the DNS of {author}."
        )],
    };
    std::iter::once(whose).chain(steps).collect()
}
