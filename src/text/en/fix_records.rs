//! What is set up at a service, with a key, for an address: step by step, and what must be true before.

use std::net::IpAddr;

use super::{dkim, sender};
use crate::fix::{Apart, Change, KeyStep, Placeholder, Replaced, ReverseStep, SendingService};
use crate::sender::services::{DkimSetup, EnvelopeSetup, Known, Setup};
use crate::text::fix::FixText;

const FILL_IN: &str =
    "Only the service shows what belongs in the angle brackets: copy it from there, do not make it up.";

/// The same beside a subdomain, which its owner chooses.
const FILL_IN_REST: &str = "Only the service shows what else belongs in angle brackets: copy it from there.";

pub(super) fn own_signature(author: &str, at: SendingService, changes: &[Change]) -> FixText {
    let SendingService { service, is_proved } = at;
    let name = &service.name;
    let setup = service.setup.as_ref();
    let way = setup.and_then(|setup| setup.dkim);
    let mut steps: Vec<String> = match setup.zip(way) {
        Some((setup, way)) => vec![sender::signing(way, name, setup, author)],
        None => vec![format!(
            "In the console of {name}: set up DKIM signing with {author} and publish the record that it shows."
        )],
    };
    let is_ready = way == Some(DkimSetup::Cname) && changes.is_empty();
    if is_ready {
        steps
            .push(format!("The CNAME records are in DNS already: what is left is to turn the signature on in {name}."));
    } else if way != Some(DkimSetup::Impossible) {
        steps.push(format!(
            "Have {name} check the records, and turn the signature on. From then on it signs with d={author}."
        ));
    }
    let mut conditions = vec![only_if_yours(name, author)];
    if !is_proved {
        conditions.push(format!("That {name} sent it is likely, not proved."));
    }
    conditions.extend(setup.and_then(reserve));
    if has_open_part(changes) {
        conditions.push(FILL_IN.to_owned());
    }
    if setup.is_some_and(|setup| setup.envelope == Some(EnvelopeSetup::Service)) {
        conditions.push(format!("The envelope sender stays with {name}. An SPF record of {author} is not asked for this mail, and an include in it changes nothing."));
    }
    conditions.extend(setup.and_then(|setup| setup.page.as_ref()).map(|page| format!("Its own guide: {page}")));
    FixText { title: format!("A DKIM signature of {author} at {name}"), steps, conditions }
}

fn only_if_yours(service: &str, author: &str) -> String {
    format!(
        "Only if this mail is really sent by {service} for {author}. If nobody there knows of it, change nothing: it may be spoofed."
    )
}

pub(super) fn signature_anywhere(author: &str, signer: Option<&str>, envelope: Option<&str>) -> FixText {
    let at = match signer.or(envelope) {
        Some(other) => format!("in the system that sends this mail ({other})"),
        None => "in the server or the service that sends this mail".to_owned(),
    };
    let mut conditions = vec![format!(
        "Only if this mail is really sent for {author}. If nobody there knows of it, change nothing: it may be spoofed."
    )];
    if let Some(envelope) = envelope {
        conditions.push(format!("SPF is asked about the envelope sender, which is at {envelope}: an include in the SPF record of {author} changes nothing for this mail."));
    }
    conditions.push("A key that you make yourself: RSA with 2048 bits.".to_owned());
    FixText {
        title: format!("A DKIM signature of {author}"),
        steps: vec![
            format!("Turn on DKIM signing with d={author} {at}. It shows a selector and a public key."),
            "Publish them as shown. Some services ask for CNAME records in place of a key: then publish those."
                .to_owned(),
        ],
        conditions,
    }
}

pub(super) fn own_envelope(author: &str, envelope: &str, at: SendingService, changes: &[Change]) -> FixText {
    let SendingService { service, is_proved: _ } = at;
    let name = &service.name;
    let setup = service.setup.as_ref();
    let way = setup.and_then(|setup| Some(sender::envelope_sender(setup.envelope?, name, setup, author)));
    let mut steps: Vec<String> = way.into_iter().collect();
    if !changes.is_empty() {
        steps.push(format!(
            "Choose a name below {author} that nothing else uses, such as bounce.{author}, and enter it in {name}."
        ));
    }
    let mut conditions = vec![
        only_if_yours(name, author),
        format!("A second way, beside the signature of {author}. It does not survive forwarding; the signature does."),
        format!(
            "SPF is asked about the envelope sender, which is at {envelope} today. An include in the SPF record of {author} changes nothing for this mail."
        ),
    ];
    conditions.extend(setup.and_then(reserve));
    if has_open_part(changes) {
        conditions.push(FILL_IN_REST.to_owned());
    }
    FixText { title: format!("An envelope sender of {author} at {name}"), steps, conditions }
}

fn reserve(setup: &Setup) -> Option<String> {
    match setup.known {
        Known::Documented | Known::Seen => None,
        Known::Reported => Some("These values are reported by others, not by the service's own pages: compare them with what its console shows before you publish them.".to_owned()),
        Known::Hint => Some("How this service does it is not confirmed by its own pages: follow what its console shows.".to_owned()),
    }
}

fn has_open_part(changes: &[Change]) -> bool {
    changes.iter().any(|change| !change.is_whole())
}

pub(super) fn dkim_key(domain: &str, selector: &str, cname: Option<&str>, steps: &[KeyStep]) -> FixText {
    let title = if *steps == [KeyStep::SignSha256] {
        format!("DKIM signing algorithm of {domain}, selector {selector}")
    } else {
        format!("DKIM key {selector} of {domain}")
    };
    if let Some(cname) = cname {
        return FixText {
            title,
            steps: vec![format!(
                "Ask whoever runs {cname} to fix the key there: {selector}._domainkey.{domain} leads to it by CNAME."
            )],
            conditions: vec![format!(
                "If the service changed its names, it shows the new CNAME records in its console."
            )],
        };
    }
    let conditions = steps.iter().flat_map(|step| key_conditions(step, domain)).collect();
    FixText { title, steps: steps.iter().map(key_step).collect(), conditions }
}

fn key_step(step: &KeyStep) -> String {
    match step {
        KeyStep::Publish => {
            "Publish the public key that belongs to the private key of the signing server.".to_owned()
        }
        KeyStep::Rewrite => {
            "Write the record again, with the public key that belongs to the private key of the signing server: the present one cannot be read.".to_owned()
        }
        KeyStep::PublishProved => {
            "Publish the record from the key file: with it the signature of this message is right.".to_owned()
        }
        KeyStep::Replace { why: Replaced::Revoked } => {
            "Make a new pair of keys under a new selector: this one was revoked (empty p=).".to_owned()
        }
        KeyStep::Replace { why: Replaced::Short { bits } } => {
            format!("Make a new RSA key of 2048 bits under a new selector: this one has {bits}.")
        }
        KeyStep::Replace { why: Replaced::Long { bits } } => format!(
            "Make a new RSA key of 2048 bits under a new selector: this one has {bits}, more than receivers have to compute with."
        ),
        KeyStep::SignSha256 => {
            "Set the signing server to rsa-sha256 (a=rsa-sha256). The key in DNS can stay.".to_owned()
        }
        KeyStep::KeepOne { records } => {
            format!("Keep one of the {records} records and delete the others: which one a receiver takes is chance.")
        }
        KeyStep::Unquote => {
            "Remove the quotation marks and backslashes, which are left over from a zone file.".to_owned()
        }
        KeyStep::NotEd25519 { octets } => dkim::wrong_length(*octets),
        KeyStep::Unwrap => "Remove the lines BEGIN and END of the PEM file from p=.".to_owned(),
        KeyStep::Version => "Begin with v=DKIM1, written exactly so.".to_owned(),
        KeyStep::Mend { before, after } => format!("Correct {before} to {after}."),
        KeyStep::Drop { part } => format!("Remove {part}, which has no effect."),
        KeyStep::Add { part } => format!("Add {part}."),
        KeyStep::Lift { part } => format!("Remove {part}, which forbids this signature."),
        KeyStep::EndTest => "Remove t=y, by which the domain says that it is only testing DKIM.".to_owned(),
    }
}

fn key_conditions(step: &KeyStep, domain: &str) -> Vec<String> {
    match step {
        KeyStep::Publish => vec![
            "Of an old message the key may be gone for good reason: keys are replaced. Then there is nothing to do.".to_owned(),
            "If the private key is lost: make a new pair under a new selector, publish it, have the server sign with it, and keep an old key in DNS for 7 days after the change.".to_owned(),
        ],
        KeyStep::PublishProved => vec![format!("Only if the servers of {domain} still sign with this selector. A key that was replaced is not published again.")],
        KeyStep::Replace { why } => {
            let keep = match why {
                Replaced::Short { .. } | Replaced::Long { .. } => "Publish the new key first, then have the server sign with it, and delete the old key 7 days later at the earliest: mail may wait so long in a queue.",
                Replaced::Revoked => "Publish the new key first, then have the server sign with it.",
            };
            vec![keep.to_owned()]
        }
        KeyStep::Lift { .. } => vec!["Before: make sure that the limit was not meant, and that this server may sign for the domain.".to_owned()],
        KeyStep::EndTest => vec!["Before: reports show that genuine mail passes.".to_owned()],
        KeyStep::Rewrite
        | KeyStep::SignSha256
        | KeyStep::KeepOne { .. }
        | KeyStep::Unquote
        | KeyStep::NotEd25519 { .. }
        | KeyStep::Unwrap
        | KeyStep::Version
        | KeyStep::Mend { .. }
        | KeyStep::Drop { .. }
        | KeyStep::Add { .. } => Vec::new(),
    }
}

pub(super) fn reverse_name(ip: IpAddr, step: &ReverseStep) -> FixText {
    let provider = "Only whoever runs the address can set this record: the hosting or network provider. Ask it, or use its control panel.";
    let (said, conditions) = match step {
        ReverseStep::AsHelo { name } => (
            format!(
                "Give {ip} the reverse name {name}. The server introduces itself so, and that name leads to the address already."
            ),
            vec![provider.to_owned()],
        ),
        ReverseStep::Choose => (
            format!("Choose a name for the mail server, point it to {ip}, and have it set as the reverse name."),
            vec![provider.to_owned(), "Use the same name in HELO.".to_owned()],
        ),
        ReverseStep::Forward { name } => (
            format!("Point {name} to {ip}. It is the reverse name already."),
            vec![format!(
                "Before: make sure that {name} is meant to be this server. Addresses that the name has today stay."
            )],
        ),
    };
    FixText { title: format!("Reverse name of {ip}"), steps: vec![said], conditions }
}

pub(super) fn subdomain(author: &str) -> FixText {
    FixText {
        title: format!("A subdomain of {author} for mail to many"),
        steps: vec![
            format!(
                "Send one of the two kinds, mail to many or mail to one person, from a subdomain such as news.{author}, in From and in the envelope."
            ),
            "Give the subdomain its own SPF record and its own DKIM key.".to_owned(),
        ],
        conditions: vec![
            "Before: make sure that both kinds are really sent from one domain. One message cannot show that."
                .to_owned(),
            inherited(author),
        ],
    }
}

fn inherited(author: &str) -> String {
    format!("Without a DMARC record of its own, the subdomain has what the record of {author} asks for (sp, or p).")
}

pub(super) fn subdomain_for(author: &str, at: SendingService, apart: Apart, changes: &[Change]) -> FixText {
    let SendingService { service, is_proved } = at;
    let name = &service.name;
    let setup = service.setup.as_ref();
    let why = match apart {
        Apart::Streams => "Before: make sure that mail to many and mail to one person are really sent from one domain. One message cannot show that.".to_owned(),
        Apart::LookupLimit => format!("The SPF record of {author} has no look-up left of the ten that are allowed. The subdomain has its own ten."),
    };
    let mut conditions = vec![only_if_yours(name, author), why];
    if !is_proved {
        conditions.push(format!("That {name} sent it is likely, not proved."));
    }
    conditions.extend(setup.and_then(reserve));
    let is_open = |change: &Change| change.placeholders().any(|open| *open != Placeholder::Subdomain);
    if changes.iter().any(is_open) {
        conditions.push(FILL_IN_REST.to_owned());
    }
    conditions.push(inherited(author));
    match apart {
        Apart::Streams => {}
        Apart::LookupLimit => conditions.push(format!("Afterwards: once nothing is sent by {name} from {author} itself, take its include out of the SPF record there, if it has one.")),
    }
    let is_own_envelope = setup.is_some_and(|setup| setup.envelope == Some(EnvelopeSetup::Author));
    let addresses = if is_own_envelope { "in From and in the envelope" } else { "in From" };
    FixText {
        title: format!("A subdomain of {author} for {name}"),
        steps: vec![
            format!(
                "Choose a name below {author} that nothing else uses, such as news.{author}, and enter it in {name} as a domain to send from."
            ),
            "Publish the records, and compare them with what its console shows for the subdomain.".to_owned(),
            format!("Then send what goes through {name} from that subdomain, {addresses}."),
        ],
        conditions,
    }
}

pub(super) fn spf_wide(domain: &str, term: &str) -> FixText {
    FixText {
        title: format!("SPF record of {domain}: {term}"),
        steps: vec![format!("Replace {term} by the addresses of the servers that send.")],
        conditions: vec!["DMARC reports list the addresses that really send. Until then, leave the record: a network that is cut too short refuses genuine mail.".to_owned()],
    }
}
