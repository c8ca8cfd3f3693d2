//! Who sent the message, what shows it, and what is set at a service.

use crate::sender::Sender;
use crate::sender::services::{DkimSetup, EnvelopeSetup, Known, Service, ServiceKind, Setup, for_domain};
use crate::sender::who::{Assurance, Attribution, Mark, Proof, RelationKind, Tie, TieKind};

pub(in crate::text) fn service_name(service: &'static Service) -> &'static str {
    &service.name
}

pub(in crate::text) fn sent_by(sender: &Sender, author: Option<&str>) -> String {
    let mut sentence = match &sender.service {
        Some(service) => by_service(service, sender, author),
        None => by_nobody_known(sender, author),
    };
    if let Some(carrier) = &sender.carrier {
        sentence = format!("{sentence}, carried by {}", named(carrier));
    }
    if let Some(via) = sender.via.as_ref().filter(|_| sender.relationship.kind != RelationKind::Forwarder) {
        sentence = format!("{sentence}; handed over by {}", named(via));
    }
    if let Some(rented) = &sender.rented_at {
        let what = if rented.service.kind == ServiceKind::ServerRental { "machine" } else { "line or machine" };
        sentence = format!("{sentence}; the {what} is rented at {}", named(rented));
    }
    sentence
}

pub(in crate::text) fn claimed_services(claims: &[Attribution]) -> String {
    listed(claims)
}

pub(in crate::text) fn service_mark(mark: &Mark) -> String {
    let name = &mark.name;
    let shown = match mark.proof {
        Proof::Signature => format!("the DKIM signature d={name} is valid"),
        Proof::SignatureKey => format!("the key of the valid DKIM signature is kept at {name}"),
        Proof::Envelope => format!("SPF passes for the envelope sender at {name}"),
        Proof::EnvelopeHost => format!("the envelope domain, which passes SPF, leads to {name}"),
        Proof::AddressRange => format!("the SPF record of {name} lists the address that connected"),
        Proof::HeloPassed => format!("SPF passes for the HELO name {name}"),
        Proof::ReverseName => format!("the reverse name {name} points back to the address that connected"),
        Proof::RecordedName => format!("the receiving server recorded the reverse name {name}"),
        Proof::UnconfirmedName => {
            format!("the reverse name {name} does not point back; anybody can choose such a name")
        }
        Proof::Helo => format!("the host called itself {name}; anybody can say that"),
        Proof::UnverifiedSignature => format!("a DKIM signature names {name} and is not proved to be valid"),
        Proof::UnverifiedEnvelope => format!("the envelope sender is at {name}, which is not proved by SPF"),
        Proof::MessageId => format!("Message-ID has the form {name}; anybody can write that"),
        Proof::FeedbackId => format!("Feedback-ID ends in {name}; anybody can write that"),
        Proof::Field => format!("the field {name} is in the header; anybody can write that"),
    };
    let backed = mark.proof.assurance(Known::Seen) > Assurance::Claimed;
    match mark.known {
        Known::Reported if backed => format!("{shown} (that this name is the service's, others report)"),
        Known::Hint if backed => format!("{shown} (that this name is the service's is not confirmed by a source)"),
        Known::Seen | Known::Documented | Known::Reported | Known::Hint => shown,
    }
}

pub(in crate::text) fn tie(tie: &Tie) -> String {
    let name = &tie.name;
    match tie.kind {
        TieKind::Signature => format!("the DKIM signature of {name} is valid"),
        TieKind::Key => format!("the key {name} is kept at the service"),
        TieKind::Envelope => format!("SPF passes for the envelope sender at {name}"),
        TieKind::EnvelopeHost => format!("the envelope domain {name} is kept at the service"),
        TieKind::NameServers => format!("{name} was handed over to the service's name servers (NS)"),
        TieKind::ServiceDomain => format!("{name} is a domain of the service itself"),
        TieKind::HostName => format!("the server that connected is called {name}, which points back to it"),
        TieKind::PassedOn => "the message bears marks of having been passed on".to_owned(),
    }
}

pub(in crate::text) fn setup(service: &'static Service, setup: &Setup, author: &str) -> Vec<String> {
    let name = &service.name;
    let reserve = if setup.known.is_firm() { "" } else { " (not confirmed by its own pages)" };
    let dkim = setup.dkim.map(|dkim| signing(dkim, name, setup, author));
    let target = setup
        .targets
        .first()
        .map(|target| format!("The records lead to names such as {}.", for_domain(target, author)));
    let envelope = setup.envelope.map(|envelope| envelope_sender(envelope, name, setup, author));
    let include = setup.spf.as_ref().filter(|_| setup.envelope.is_none());
    let include = include.map(|host| format!("Add include:{host} to the SPF record of the envelope domain."));
    let page = setup.page.as_ref().map(|page| format!("Its own guide says how ({page})."));
    let steps = dkim.into_iter().chain(target).chain(envelope).chain(include);
    steps.map(|step| format!("{}{reserve}.", step.trim_end_matches('.'))).chain(page).collect()
}
/// A domain, and whose it is where that is known.
pub(super) fn named_domain(domain: &str, service: Option<&'static Service>) -> String {
    service.map_or_else(|| domain.to_owned(), |service| format!("{} ({domain})", service.name))
}

fn named(attribution: &Attribution) -> String {
    let name = &attribution.service.name;
    match attribution.assurance {
        Assurance::Proved => name.clone(),
        Assurance::Likely => format!("probably {name}"),
        Assurance::Claimed => format!("claimed to be {name}"),
    }
}

fn listed(claims: &[Attribution]) -> String {
    claims.iter().map(|claim| claim.service.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn by_service(service: &Attribution, sender: &Sender, author: Option<&str>) -> String {
    let name = named(service);
    let Some(author) = author else { return name };
    let relation = &sender.relationship;
    match (relation.kind, relation.is_endorsed) {
        (RelationKind::Own, _) if service.service.kind == ServiceKind::MailboxProvider => {
            format!("{name}, from a mailbox at {author}")
        }
        (RelationKind::Own, _) => format!("{name}, from {author}, a domain of its own"),
        (RelationKind::Delegated, _) => {
            format!("{name} on behalf of {author}, with names of that domain kept at the service")
        }
        (_, true) => format!("{name} on behalf of {author}"),
        (_, false) => format!("{name} in the name of {author}; nothing from that domain confirms it"),
    }
}

fn by_nobody_known(sender: &Sender, author: Option<&str>) -> String {
    match (sender.relationship.kind, author) {
        (RelationKind::Own, Some(author)) => format!("A server of {author}"),
        (RelationKind::Unknown, Some(author)) if sender.relationship.is_endorsed => {
            format!("{author} vouches for it; whose server sent it is not shown")
        }
        (RelationKind::Forwarder, _) => match &sender.via {
            Some(via) => format!("Passed on by {}; who sent it before is not shown", named(via)),
            None => "Passed on; who sent it before is not shown".to_owned(),
        },
        (RelationKind::Unknown, _) if sender.relationship.bears_marks() => sender.outsider.as_ref().map_or_else(
            || "Not known: the message bears marks of having been passed on, and nothing proves that it was".to_owned(),
            |outsider| {
                format!("{}, which is proved; that it only passed the message on is its own word", outsider.name)
            },
        ),
        _ if sender.is_only_claimed() => {
            format!("Not proved; claims to be {}", listed(&sender.claims))
        }
        _ => sender.outsider.as_ref().map_or_else(
            || "Not shown".to_owned(),
            |outsider| format!("{}, which is proved and is no sending service known here", outsider.name),
        ),
    }
}

pub(super) fn signing(dkim: DkimSetup, name: &str, setup: &Setup, author: &str) -> String {
    let selectors = match setup.selectors.as_slice() {
        [] => String::new(),
        [selector] => format!(" (selector {selector})"),
        selectors => format!(" (selectors {})", selectors.join(", ")),
    };
    let records = |kind: &str| match setup.records {
        None | Some(1) => format!("the {kind} record"),
        Some(records) => format!("the {records} {kind} records"),
    };
    match dkim {
        DkimSetup::Cname => {
            let records = records("CNAME");
            format!("Add the domain {author} in {name} and publish {records} that it shows{selectors}.")
        }
        DkimSetup::Txt => {
            let records = records("TXT");
            format!("Add the domain {author} in {name} and publish {records} with the key that it shows{selectors}.")
        }
        DkimSetup::Delegation => {
            format!(
                "Hand a subdomain of {author} over to {name} with the NS or CNAME records that it names, and send from there."
            )
        }
        DkimSetup::KeyPair => {
            format!(
                "Make a pair of keys, give the private one to {name} and publish the public one in the DNS of {author}."
            )
        }
        DkimSetup::Setting => {
            format!(
                "Turn on DKIM signing with {author} in the settings of {name} and publish the record that it shows{selectors}."
            )
        }
        DkimSetup::Application => {
            format!(
                "Apply to {name} for DKIM signing with {author} (author signature) and publish the record that it names."
            )
        }
        DkimSetup::Upstream => {
            format!("{name} does not sign: turn on DKIM signing with {author} on the server that hands the mail to it.")
        }
        DkimSetup::Automatic => format!("{name} signs with {author} by itself as soon as the domain is set up there."),
        DkimSetup::Impossible => {
            format!("{name} cannot sign with {author}: have it send through a mail server that does.")
        }
    }
}

pub(super) fn envelope_sender(envelope: EnvelopeSetup, name: &str, setup: &Setup, author: &str) -> String {
    let include = setup.spf.as_ref().map(|host| format!("include:{host}"));
    let target = setup.envelope_target.as_ref();
    match (envelope, include) {
        (EnvelopeSetup::Author, Some(include)) => {
            format!("Add its servers to the SPF record of {author}: {include}.")
        }
        (EnvelopeSetup::Author, None) => format!("Add the server that {name} names to the SPF record of {author}."),
        (EnvelopeSetup::Cname, _) => match target {
            Some(target) => format!(
                "For SPF, set the return path in {name} to a name below {author}, with a CNAME record to {target}."
            ),
            None => format!(
                "For SPF, set the return path in {name} to a name below {author}, with the CNAME record that it shows."
            ),
        },
        (EnvelopeSetup::Mx, include) => {
            let host = target.map_or("the host that it shows", String::as_str);
            let record = include.map(|include| format!(" and an SPF record with {include}")).unwrap_or_default();
            format!(
                "For SPF, set the return path in {name} to a name below {author}, with an MX record to {host}{record}."
            )
        }
        (EnvelopeSetup::Delegation, _) => {
            "With the subdomain, the envelope sender becomes the domain's own as well.".to_owned()
        }
        (EnvelopeSetup::Setting, include) => {
            let record = include.map(|include| format!(", with {include} in its SPF record")).unwrap_or_default();
            format!("For SPF, set the envelope sender in {name} to an address at {author}{record}.")
        }
        (EnvelopeSetup::Application, include) => {
            let record = include.map(|include| format!(", with {include} in its SPF record")).unwrap_or_default();
            format!(
                "An envelope sender at {author} has to be applied for at {name}, or comes with a higher plan{record}."
            )
        }
        (EnvelopeSetup::Service, _) => {
            format!(
                "The envelope sender stays with {name}, so SPF never speaks for {author}: the signature alone counts."
            )
        }
    }
}
