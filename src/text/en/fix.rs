//! What to change, what must be true before, and what comes next.

use super::{aggregate, fix_header, fix_logo, fix_records};
use crate::auth::dmarc::Policy;
use crate::auth::spf::{MAX_LOOKUPS, Weighed, Worth};
use crate::check::Verdict;
use crate::fix::{DmarcStep, Fix, Kind, Outcome, Placeholder, SendingService, SpfStep, Withheld};
use crate::sender::services::Known;
use crate::text::fix::{FixText, is_long, once};

pub(in crate::text) fn fix(fix: &Fix) -> FixText {
    let FixText { title, steps, mut conditions } = match &fix.kind {
        Kind::Spf { domain, steps } => text(
            format!("SPF record of {domain}"),
            steps.iter().map(spf_step).collect(),
            steps.iter().filter_map(spf_condition).collect(),
        ),
        Kind::SpfLimit { domain, lookups, costs } => text(
            format!("SPF record of {domain}: {lookups} DNS look-ups, 10 are allowed"),
            costs.iter().map(cost).collect(),
            vec![
                "Take out the terms of services that no longer send for the domain. A service that still does can get its own subdomain as envelope From, with a record of its own.".to_owned(),
                "Writing the addresses in place of an include (flattening) is not proposed: the service changes them without a word, and its mail fails from that day on.".to_owned(),
            ],
        ),
        Kind::Dmarc { domain, steps, .. } => text(
            format!("DMARC record of {domain}"),
            steps.iter().map(dmarc_step).collect(),
            steps.iter().filter_map(dmarc_condition).collect(),
        ),
        Kind::DmarcReports { record_at, host } => text(
            format!("Permission for the reports about {record_at} to go to {host}"),
            vec![format!("{host} agrees to receive them (RFC 9990 section 4).")],
            vec![format!("Only the owner of {host} can publish this record.")],
        ),
        Kind::SpfWide { domain, term } => fix_records::spf_wide(domain, term),
        Kind::OwnSignature { author, service: Some(service), .. } => {
            fix_records::own_signature(author, *service, &fix.changes)
        }
        Kind::OwnSignature { author, service: None, signer, envelope } => {
            fix_records::signature_anywhere(author, signer.as_deref(), envelope.as_deref())
        }
        Kind::OwnEnvelope { author, envelope, service } => {
            fix_records::own_envelope(author, envelope, *service, &fix.changes)
        }
        Kind::DkimKey { domain, selector, cname, steps } => {
            fix_records::dkim_key(domain, selector, cname.as_deref(), steps)
        }
        Kind::Subdomain { author, service: None, .. } => fix_records::subdomain(author),
        Kind::Subdomain { author, service: Some(service), apart } => {
            fix_records::subdomain_for(author, *service, *apart, &fix.changes)
        }
        Kind::ReverseName { ip, step } => fix_records::reverse_name(*ip, step),
        Kind::OneClick { steps, unproved } => fix_header::one_click(steps, unproved.as_deref()),
        Kind::Bimi { domain, steps, policy, selector } => fix_logo::bimi(domain, steps, *policy, selector),
    };
    if let Some(target) = &fix.kept_at {
        let only = format!("The name leads to {target} by CNAME, where the record stands. Ask whoever keeps it there.");
        return FixText { title, steps: vec![only], conditions: Vec::new() };
    }
    if is_long(fix.offer()) {
        conditions.push("The value is longer than 255 octets. Most DNS panels split it by themselves; in a zone file it has to be written as several quoted strings.".to_owned());
    }
    // Nobody else than the provider can do it.
    if fix.outcome == (Outcome::NotOffered { why: Withheld::ProviderDomain }) {
        return FixText { title, steps: Vec::new(), conditions: Vec::new() };
    }
    FixText { title, steps, conditions: once(conditions) }
}

const fn text(title: String, steps: Vec<String>, conditions: Vec<String>) -> FixText {
    FixText { title, steps, conditions }
}

fn cost(weighed: &Weighed) -> String {
    let Weighed { term, lookups, worth } = weighed;
    let remark = match worth {
        Worth::Used => "",
        Worth::Repeated => " (repeats an earlier term: can go)",
        Worth::LeadsNowhere => " (DNS has nothing there: can go)",
        Worth::Unknown => " (DNS did not answer)",
    };
    format!("{term}: {lookups}{remark}")
}

fn spf_step(step: &SpfStep) -> String {
    match step {
        SpfStep::New => "Publish a first record.".to_owned(),
        SpfStep::Retype => "Publish the same text as a TXT record; nobody reads the type SPF any more.".to_owned(),
        SpfStep::Merge { records } => format!("Make the {records} records one, and delete the others."),
        SpfStep::AllowServer { ip, name } => {
            format!("List {ip}: its reverse name {name} lies in the domain and points back to it.")
        }
        SpfStep::AllowUnknown { ip, .. } => {
            format!("List the servers that really send. The message does not show whose server {ip} is.")
        }
        SpfStep::Begin => {
            "Write the text as shown: as it stands it is no SPF record, which begins with v=spf1 and a space and has nothing but spaces between its terms (RFC 7208 section 4.5).".to_owned()
        }
        SpfStep::MoveAll { term, behind } => {
            format!("Put {term} at the end: what stands behind it has no effect ({behind}; RFC 7208 section 5.1).")
        }
        SpfStep::DropRedirect { term } => format!("Remove {term}: beside all it has no effect (RFC 7208 section 6.1)."),
        SpfStep::DropLoop { term } => format!("Remove {term}, by which the record includes itself."),
        SpfStep::Mend { before, after } => format!("Correct {before} to {after}."),
        SpfStep::AllowService { service, known: _ } => {
            format!("List the servers of {}, which sent this message.", service.service.name)
        }
        SpfStep::MoveNetworks { name, networks } => {
            format!("Move {networks} networks to a record of their own, {name}, and include it.")
        }
        SpfStep::DropRepeated { term } => format!("Remove {term}: an earlier term lets the same servers pass."),
        SpfStep::DropEmpty { term } => format!("Remove {term}: DNS has nothing where it leads."),
        SpfStep::DropPtr { term } => format!("Remove {term}, which should not be used (RFC 7208 section 5.5)."),
        SpfStep::Soften { before: Some(before) } => format!("End with ~all in place of {before}."),
        SpfStep::Soften { before: None } => "End with ~all.".to_owned(),
    }
}

fn spf_condition(step: &SpfStep) -> Option<String> {
    match step {
        SpfStep::New => Some("Before: add every other server and service that sends with this domain.".to_owned()),
        SpfStep::AllowServer { ip, .. } => Some(format!("Before: make sure that {ip} is meant to send mail of this domain.")),
        SpfStep::AllowUnknown { ip, lookups } => Some(format!("If {ip} is a server of your own, write it as ip4: or ip6:; if it is a service's, the include that the service names. If you do not know it, change nothing.{}", room(*lookups))),
        SpfStep::Begin => Some("From then on the record counts: make sure that every server and service that sends is in it.".to_owned()),
        SpfStep::MoveAll { behind, .. } => Some(format!("Before: make sure that all of this is still meant, and leave out what is not: {behind}. From then on it counts.")),
        SpfStep::DropRedirect { .. } => Some("Before: look whether the servers that it leads to send as well. If they do, write include: in place of redirect=, before all.".to_owned()),
        SpfStep::Merge { .. } => Some("Before: make sure that both are still meant. Whatever server one of them allows will pass; where they end differently, the milder end was taken.".to_owned()),
        SpfStep::Mend { .. } => Some("Before: make sure that this is what was meant.".to_owned()),
        SpfStep::DropEmpty { term } => Some(format!("Before: look whether {term} is misspelt. If it is, correct it in place of removing it.")),
        SpfStep::DropPtr { .. } => Some("Before: list the other servers that passed by their reverse name.".to_owned()),
        SpfStep::Soften { .. } => Some("Before: list every server and service that sends. Afterwards: once DMARC reports show that all of them pass, -all can follow.".to_owned()),
        SpfStep::AllowService { service, known } => Some(allowed(*service, *known)),
        SpfStep::MoveNetworks { .. } => Some("Publish the new records first, then change the old one. The same servers pass as before.".to_owned()),
        SpfStep::Retype | SpfStep::DropRepeated { .. } | SpfStep::DropLoop { .. } => None,
    }
}

fn room(lookups: u32) -> String {
    match lookups {
        0 => String::new(),
        1..MAX_LOOKUPS => format!(
            " The record needs {lookups} of the {MAX_LOOKUPS} DNS look-ups that are allowed; an include adds at least one."
        ),
        _ => " The record has no DNS look-up left: an address can be added, an include cannot.".to_owned(),
    }
}

fn allowed(at: SendingService, known: Known) -> String {
    let name = &at.service.name;
    let likely = if at.is_proved { "" } else { " That the server is its is likely, not proved." };
    let said = format!(
        "Only if the domain really sends by {name}. Everybody with an account there sends by the same servers, and they all pass from then on: if nobody knows of this mail, change nothing, it may be spoofed."
    );
    let value = match known {
        Known::Documented | Known::Seen => String::new(),
        Known::Reported => {
            " Before: compare the include with what its console shows. It is reported by others, not by its own pages."
                .to_owned()
        }
        Known::Hint => format!(" Which include {name} asks for, its console shows."),
    };
    format!("{said}{value}{likely}")
}

fn dmarc_step(step: &DmarcStep) -> String {
    match step {
        DmarcStep::New => "Publish a first record, which asks for reports only.".to_owned(),
        DmarcStep::Merge { records } => format!("Make the {records} records one, and delete the others."),
        DmarcStep::Version => "Begin with v=DMARC1, written exactly so and closed by a semicolon.".to_owned(),
        DmarcStep::Policy { before: Some(before) } => {
            format!("Write p=none in place of {before}, which cannot be read.")
        }
        DmarcStep::Policy { before: None } => "Add the policy that is missing: p=none.".to_owned(),
        DmarcStep::StartAtNone { written } => format!(
            "Begin with p=none in place of p={}: until now the record counted for nothing, and this message, or a forwarded copy of it, would be hit.",
            policy(*written)
        ),
        DmarcStep::WaitBelow { part } => format!(
            "Leave out {part} for now: until now the record counted for nothing, and mail of names below the domain would be hit."
        ),
        DmarcStep::Mend { before, after } => format!("Correct {before} to {after}."),
        DmarcStep::Drop { part } => format!("Remove {part}, which has no effect."),
        DmarcStep::Once { tag, kept, written } if written.len() < 2 => {
            format!("Write {tag} only once: {tag}={kept}.")
        }
        DmarcStep::Once { tag, kept, written } => {
            format!("Write {tag} only once: {tag}={kept}. It is given as {}.", written.join(" and as "))
        }
        DmarcStep::DropPercent { part } => format!("Remove {part}: RFC 9989 took that tag away."),
        DmarcStep::TestForPercent { part } => {
            format!(
                "Write t=y in place of {part}: RFC 9989 took that tag away, and t=y asks for the same, one level less."
            )
        }
        DmarcStep::Counts { asks } => format!("From then on the record counts, and asks for {}.", policy(*asks)),
        DmarcStep::AskReports => "Add an address for reports.".to_owned(),
        DmarcStep::Raise { tag, from, to } | DmarcStep::RaiseBelow { tag, from, to, .. } => {
            format!("Change {tag}={} to {tag}={}.", policy(*from), policy(*to))
        }
        DmarcStep::StaysBelow { tag, policy: stays } => {
            format!("{tag}={} stays as it is: names below the domain are a step of their own.", policy(*stays))
        }
        DmarcStep::EndTest { applied, published } => {
            format!("Remove t=y, so that {} is asked for in place of {}.", policy(*published), policy(*applied))
        }
    }
}

fn dmarc_condition(step: &DmarcStep) -> Option<String> {
    match step {
        DmarcStep::AskReports => Some("Afterwards: read the reports for some weeks; each further step of the policy rests on them. An address in another domain needs that domain's permission.".to_owned()),
        DmarcStep::New => Some("Afterwards: read the reports for some weeks. Once all genuine mail passes, p=quarantine can follow. An address in another domain needs that domain's permission.".to_owned()),
        DmarcStep::Raise { to, .. } | DmarcStep::EndTest { published: to, .. } => Some(raised(*to)),
        DmarcStep::RaiseBelow { tag, to, own, .. } => Some(raised_below(tag, *to, *own)),
        DmarcStep::StartAtNone { .. } => Some("Afterwards: once all genuine mail passes, the policy can be raised step by step.".to_owned()),
        DmarcStep::WaitBelow { part } => Some(format!("Afterwards: once all genuine mail of the names below the domain passes, {part} can follow.")),
        DmarcStep::StaysBelow { tag, .. } => Some(format!("Afterwards: the finding that {tag} is weaker appears. It can be raised once reports show that genuine mail of those names passes too.")),
        DmarcStep::Mend { .. } => Some("Before: make sure that this is what was meant.".to_owned()),
        DmarcStep::Merge { .. } => Some("Where the records differed, the milder demand was taken. Which of them was meant, only the owner knows.".to_owned()),
        DmarcStep::Once { tag, kept, written } if written.len() > 1 => Some(chosen(tag, kept, written)),
        DmarcStep::DropPercent { part } => Some(format!("Before: receivers that still follow RFC 7489 apply the policy to all mail once {part} is gone. Reports of some weeks show that all genuine mail passes.")),
        DmarcStep::TestForPercent { .. } => Some("Receivers that still follow RFC 7489 do not know t=y: they apply the policy in full. If the test is over, leave t=y out.".to_owned()),
        DmarcStep::Counts { asks } => Some(format!("Before: reports of some weeks show that all genuine mail passes, by a DKIM signature as well. If they do not, or if there are none yet, publish it with p=none in place of p={} first.", policy(*asks))),
        DmarcStep::Version | DmarcStep::Policy { .. } | DmarcStep::Drop { .. } | DmarcStep::Once { .. } => None,
    }
}

fn chosen(tag: &str, kept: &str, written: &[String]) -> String {
    let why = match tag {
        "p" | "sp" | "np" | "adkim" | "aspf" | "t" => "the mildest",
        _ => "the first",
    };
    format!(
        "Before: ask the owner which was meant for {tag}, {}. Nobody else can know; {tag}={kept} is proposed because it is {why}.",
        written.join(" or ")
    )
}

fn raised_below(tag: &str, to: Policy, own: Policy) -> String {
    let shown = if tag == "np" {
        "no genuine mail comes from names below the domain that are not in DNS. A name that sends gets its records first"
    } else {
        "all genuine mail from names below the domain passes, by a DKIM signature and not by SPF alone. This message is none of it"
    };
    format!("Before: reports of some weeks show that {shown}.{}", if to < own { next(to) } else { "" })
}

fn raised(to: Policy) -> String {
    format!(
        "Before: reports of some weeks show that all genuine mail passes, from every service, every office and every name below the domain that the record speaks for, and by a DKIM signature: SPF alone ends where mail is forwarded. This message does; one message cannot show the others.{}",
        next(to)
    )
}

const fn next(to: Policy) -> &'static str {
    match to {
        Policy::Quarantine => " Afterwards, in the same way: reject.",
        Policy::None | Policy::Reject => "",
    }
}

const fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::None => "none",
        Policy::Quarantine => "quarantine",
        Policy::Reject => "reject",
    }
}

pub(in crate::text) const fn not_offered(why: Withheld) -> &'static str {
    match why {
        Withheld::OverLimit => "Not offered: with this change SPF would need more than ten DNS look-ups.",
        Withheld::NothingToSpare => {
            "No record is proposed: every term that costs look-ups lets servers pass that no other does. Which of them still send, only the owner knows."
        }
        Withheld::ProviderDomain => {
            "No record is proposed: only the mailbox provider can sign for this domain. Send with a From address of a domain of your own, or through the servers of the provider."
        }
        Withheld::ServiceCannot => {
            "No record is proposed: this service signs with its own domain only. Send through a server or a service that can sign for the author domain."
        }
        Withheld::NothingToMove => {
            "No record is proposed: the record is long because of terms that cannot be moved without changing their meaning. Take out what no longer sends."
        }
        Withheld::OwnerKnows => {
            "No record is proposed: which addresses of the network really send, only the owner knows."
        }
        Withheld::KeptElsewhere => {
            "No record is proposed: the record lies where the CNAME record leads, and only whoever keeps it there can change it."
        }
        Withheld::AddressUnsure => "No record is proposed: it is not sure that this is the address that connected.",
        Withheld::NameTaken => "Not offered: the new name already has another record.",
        Withheld::WouldNotHelp => "Not offered: tried, and the finding stays.",
        Withheld::WouldBreak => "Not offered: tried, and this message, which passes now, would not any more.",
        Withheld::RefusesByName => {
            "No record is proposed: one of the records refuses servers by name, and another may let the same ones pass. Which of them is meant, only the owner knows."
        }
        Withheld::StillBroken => "Not offered: tried, and the SPF record would still end in permerror.",
        Withheld::PassProvesNothing => {
            "Not yet: this message passes DMARC, but by nothing that proves it (anybody passes SPF, or the connecting address is not sure), so it does not show that genuine mail would survive a stricter policy."
        }
        Withheld::SpfAlone => {
            "Not yet: nothing but SPF shows that this message is the domain's. Forwarded, it would pass no more, and a stricter policy would hit it. Sign the mail with the domain's DKIM key first."
        }
        Withheld::SendsNothing => {
            "No record is proposed: the SPF record (-all alone) says that the domain sends no mail. If that is still so, this message is not its own and nothing is to be changed."
        }
        Withheld::PerMessage => {
            "No record is proposed: the term holds a macro, so that what it leads to is another name for each message. That DNS has nothing there for this one does not show that it is of no use."
        }
        Withheld::FailsItself => {
            "Not yet: this message itself does not pass DMARC, and a stricter policy would hit it. Fix SPF or DKIM first."
        }
    }
}

/// Why there is no change.
pub(in crate::text) fn nothing(verdict: &Verdict) -> String {
    if let Verdict::AggregateReport { tally } = verdict
        && let Some(source) = &tally.largest
    {
        return aggregate::no_record(&source.name);
    }
    "No DNS change can be worked out from what is here. The summary and its findings say what to do.".to_owned()
}

pub(in crate::text) fn placeholder(placeholder: &Placeholder) -> String {
    match placeholder {
        Placeholder::ReportAddress { domain } => format!("<your address for reports, best at {domain}>"),
        Placeholder::Servers => "<ip4:… or include:… of the servers that send>".to_owned(),
        Placeholder::Include => "<include:… that the service names>".to_owned(),
        Placeholder::Selector => "<selector>".to_owned(),
        Placeholder::PublicKey => "<public key>".to_owned(),
        Placeholder::Target => "<target that the service shows>".to_owned(),
        Placeholder::Shown { part } => format!("<{part}>"),
        Placeholder::Subdomain => "<subdomain>".to_owned(),
        Placeholder::HostName => "<name of the mail server>".to_owned(),
        Placeholder::Logo => "<https address of the logo (SVG Tiny PS)>".to_owned(),
        Placeholder::Certificate => "<https address of the certificate (VMC or CMC)>".to_owned(),
        Placeholder::UnsubscribePage { domain } => {
            format!("https://(your page for unsubscribing, for example at {domain})")
        }
        Placeholder::UnsubscribeAddress { domain } => format!("(your address for unsubscribing at {domain})"),
    }
}
