//! Findings about what SPF came to.

use std::net::IpAddr;

use crate::sender::Marks;
use crate::text::Explanation;
use crate::text::en::story::{known_marks, marks_of};

pub(in crate::text) fn missing(domain: &str, suspect: bool, meant: Option<&str>) -> Explanation {
    let remedy = if suspect {
        super::identity::leave_alone(domain)
    } else if meant.is_some() {
        format!("Ask whoever keeps the DNS of {domain} to correct that text.")
    } else {
        format!(
            "Ask whoever keeps the DNS of {domain} to publish one TXT record there that begins with v=spf1 and names the servers that send its mail."
        )
    };
    Explanation::new(
        format!("{domain} has no SPF record"),
        match meant {
            Some(text) => format!(
                "The TXT record \u{201c}{text}\u{201d} there may be meant as one. It does not count: a record begins with v=spf1 and a space. Receivers cannot tell which servers may send for {domain}."
            ),
            None => format!("Receivers cannot tell which servers may send for {domain}."),
        },
        remedy,
    )
}

pub(in crate::text) fn fail(domain: &str, ip: IpAddr, suspect: bool, marks: Option<Marks>) -> Explanation {
    Explanation::new(
        format!("SPF fails: {ip} is not allowed to send for {domain}"),
        format!(
            "The record of {domain} lists its servers and says that no other may send (-all).{}",
            after_forwarding(marks)
        ),
        listed(domain, ip, suspect, marks),
    )
}

pub(in crate::text) fn softfail(domain: &str, ip: IpAddr, suspect: bool, marks: Option<Marks>) -> Explanation {
    Explanation::new(
        format!("SPF softfail: {ip} is not listed for {domain}"),
        format!(
            "The record of {domain} lists its servers and says that others probably may not send (~all). For DMARC this is no pass.{}",
            after_forwarding(marks)
        ),
        listed(domain, ip, suspect, marks),
    )
}

/// What forwarding has to do with it.
fn after_forwarding(marks: Option<Marks>) -> String {
    match marks {
        Some(marks) => format!(
            " The message bears marks of {}, which anybody can write. If it was passed on, this is normal; nothing proves that it was.",
            marks_of(marks)
        ),
        None => " Forwarding without rewriting has the same effect.".to_owned(),
    }
}

/// What can be done about an address that is not listed.
fn listed(domain: &str, ip: IpAddr, suspect: bool, marks: Option<Marks>) -> String {
    let ask = marks.map(|marks| format!("Ask the recipient whether {}.", known_marks(marks)));
    if suspect {
        let alone = super::identity::leave_alone(domain);
        return ask.map_or_else(|| alone.clone(), |ask| format!("{ask} If not: {alone}"));
    }
    if let Some(ask) = ask {
        return format!("{ask} If not, ask the administrator of {domain} whether {ip} is a server of theirs.");
    }
    format!(
        "Ask the administrator of {domain} whether {ip} is a server of theirs. Only if it is: they add it (or the include of its operator) to the SPF record of {domain}."
    )
}

pub(in crate::text) fn forwarded(domain: &str, ip: IpAddr, by: Option<&str>) -> Explanation {
    let shown = by.map_or_else(
        || "It shows marks of forwarding, and the author domain vouches for it.".to_owned(),
        |by| format!("{by} passed it on, which SPF, DKIM or ARC of {by} proves."),
    );
    Explanation::new(
        format!("SPF of {domain} fails at {ip}, as is normal after forwarding"),
        format!(
            "{shown} A forwarder is not among the servers of {domain}. That is normal for forwarded mail; DKIM is what survives it."
        ),
        "Nothing. Whoever runs the forwarder can rewrite the envelope sender (SRS), so that SPF passes with their own domain.",
    )
}

pub(in crate::text) fn lookup_limit(domain: &str, owner: &str) -> Explanation {
    let meaning = if domain == owner {
        format!(
            "Receivers stop after ten look-ups and give permerror: servers listed behind the tenth never pass SPF of {domain}."
        )
    } else {
        format!(
            "Receivers stop after ten look-ups and give permerror. The limit is passed in the record of {owner}, to which the record of {domain} leads."
        )
    };
    Explanation::new(
        format!("The SPF record of {domain} needs more than ten DNS look-ups"),
        meaning,
        format!(
            "Ask whoever keeps the DNS of {domain} to remove include terms of services that are no longer used, or to give each sending service a subdomain of its own."
        ),
    )
}

pub(in crate::text) fn void_limit(domain: &str, owner: &str, term: Option<&str>) -> Explanation {
    let meaning = match term {
        Some(term) => format!(
            "More than two questions came back empty; the last is caused by {term} in the record of {owner}. Some receivers give permerror."
        ),
        None => format!(
            "More than two questions caused by the record of {owner} came back empty. Some receivers give permerror."
        ),
    };
    Explanation::new(
        format!("The SPF record of {domain} looks up too many names without finding anything"),
        meaning,
        format!("Ask whoever keeps the DNS of {owner} to remove names that lead to nothing from the SPF record there."),
    )
}

pub(in crate::text) fn broken(domain: &str, owner: &str, term: Option<&str>) -> Explanation {
    let (what, remedy) = match term {
        Some(term) => (
            format!("The part {term} in the record of {owner} cannot be evaluated"),
            format!("Ask whoever keeps the DNS of {owner} to correct {term} in its SPF record."),
        ),
        None => (
            format!("The record of {owner} cannot be evaluated"),
            format!("Ask whoever keeps the DNS of {owner} to correct its SPF record."),
        ),
    };
    Explanation::new(
        format!("The SPF record of {domain} cannot be used"),
        format!("{what}, so receivers give permerror and SPF passes for nobody."),
        remedy,
    )
}

pub(in crate::text) fn several_records(domain: &str, owner: &str) -> Explanation {
    let meaning = if domain == owner {
        "Receivers must not choose one of them. They give permerror, and SPF passes for nobody.".to_owned()
    } else {
        format!(
            "The record of {domain} leads to {owner}. Receivers must not choose one of its records and give permerror."
        )
    };
    Explanation::new(
        format!("{owner} has more than one SPF record"),
        meaning,
        format!(
            "Ask whoever keeps the DNS of {owner} to join them into one TXT record that begins with v=spf1 and to remove the others."
        ),
    )
}

pub(in crate::text) fn include_missing(domain: &str, owner: &str, term: &str) -> Explanation {
    Explanation::new(
        format!("The SPF record of {owner} leads to a domain without SPF record ({term})"),
        format!(
            "Receivers give permerror there: SPF of {domain} passes only for servers that are listed before this term."
        ),
        format!("Ask whoever keeps the DNS of {owner} to remove {term} from the record or to correct the name in it."),
    )
}
