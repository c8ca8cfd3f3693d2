//! Findings about the way the message went.

use std::net::IpAddr;

use jiff::SignedDuration;

use crate::message::date::Stamp;
use crate::text::en::terms;
use crate::text::{Explanation, clock, stamp};

pub(in crate::text) fn clock_skew(hop: usize, seconds: i64, date: Stamp, before: Stamp) -> Explanation {
    Explanation::new(
        format!("Hop {hop} is dated {} before the hop it follows", span(-seconds)),
        format!(
            "It bears {}, and the message had already been seen at {}. One of the two clocks is wrong. Delays around this hop are not what they seem; nothing else follows from it.",
            stamp(date),
            clock(before)
        ),
        "Nothing for this message. Whoever runs the server with the wrong clock can synchronise it (NTP).",
    )
}

pub(in crate::text) fn hop_date_future(
    hop: usize,
    by: Option<&str>,
    seconds: i64,
    (date, now): (Stamp, Stamp),
) -> Explanation {
    Explanation::new(
        format!("Hop {hop} is dated {} in the future", span(seconds)),
        format!(
            "It bears {}; this computer shows {}. The clock of {} was wrong, or that of this computer is. Delays around this hop, and what was judged by its date, are not what they seem.",
            stamp(date),
            clock(now),
            by.unwrap_or("that server")
        ),
        "Check the clock of this computer first. If it is right, the clock of that server was not: whoever runs it can synchronise it (NTP).",
    )
}

pub(in crate::text) fn hop_date_missing(hop: usize, by: Option<&str>, written: bool) -> Explanation {
    let title =
        if written { format!("The date of hop {hop} cannot be read") } else { format!("Hop {hop} has no date") };
    let by = by.unwrap_or("the server");
    Explanation::new(
        title,
        format!(
            "How long the message took until {by} had it, and from there on, cannot be told. Everything else is judged all the same."
        ),
        "Nothing. Path shows the field as it was written.",
    )
}

pub(in crate::text) fn hop_gap(hop: usize, by: &str, client: &str) -> Explanation {
    Explanation::new(
        format!("Hop {hop} names {by}, but the next hop came from elsewhere"),
        format!(
            "The server that handed the message on calls itself {client}. Nothing shows that it got the message from {by}: a sender can add such a line to look genuine."
        ),
        format!(
            "Do not take hop {hop} and the older ones for proof of where the message came from. Whoever runs {by} can tell from its logs whether it sent the message."
        ),
    )
}

pub(in crate::text) fn hop_loop(from: &str, to: &str, times: usize) -> Explanation {
    Explanation::new(
        format!("The message went from {from} to {to} {times} times"),
        "Two servers pass the message to each other, mostly because of two forwarding rules. Servers give up after some dozens of hops, and the message bounces.",
        format!(
            "Ask those who run {from} and {to} to look for a forwarding rule that points to the other, and to remove one of the two."
        ),
    )
}

pub(in crate::text) fn received_unreadable(hop: usize, hops: usize) -> Explanation {
    let title = match hops {
        1 => format!("Part of hop {hop} cannot be read"),
        _ => format!("Parts of {hops} hops cannot be read, the first in hop {hop}"),
    };
    Explanation::new(
        title,
        "These words fit no form of a Received field that is known. What they say about the hop is not taken into account.",
        "Nothing. Path shows the field as it was written.",
    )
}

pub(in crate::text) fn slow_hop(hop: usize, by: Option<&str>, seconds: i64, until: Option<Stamp>) -> Explanation {
    let title = match by {
        Some(by) => format!("Hop {hop} ({by}) took {}", span(seconds)),
        None => format!("Hop {hop} took {}", span(seconds)),
    };
    let by = by.unwrap_or("this server");
    Explanation::new(
        title,
        format!(
            "The message waited before {by} took it over{}: in a queue, because of greylisting, or because the server could not be reached.",
            until.map_or_else(String::new, |until| format!(" at {}", stamp(until)))
        ),
        format!("If it happens often, ask those who run {by} and the server before it for their logs of this time."),
    )
}

pub(in crate::text) fn no_connecting_address(hops: usize) -> Explanation {
    let lines = match hops {
        0 => "There is no Received line".to_owned(),
        1 => "The one Received line does not name it".to_owned(),
        _ => format!("None of the {hops} Received lines names it for certain"),
    };
    Explanation::new(
        "The header does not show which address handed the message over",
        format!(
            "{lines}. SPF and reverse DNS are judged for the address that connected to the receiving side, so neither was. It can be given by hand."
        ),
        if hops > 1 {
            "Choose another hop as the boundary, or look the address up in the log of the receiving server and give it."
        } else {
            "Look the address up in the log of the receiving server and give it."
        },
    )
}

pub(in crate::text) fn connecting_address_unsure(ip: IpAddr, hop: usize, boundary: usize) -> Explanation {
    Explanation::new(
        format!("It is not certain that {ip} is the address that connected"),
        format!(
            "Hop {hop} is newer and shows no public address. If the receiving side begins there, everything below it, {ip} included, is only the sender's word, and so is the SPF result."
        ),
        format!(
            "If the server that wrote hop {boundary} is not yours, choose hop {hop} as the boundary, or give the address."
        ),
    )
}

pub(in crate::text) fn connecting_host_unsure(ip: IpAddr, hop: usize, boundary: usize) -> Explanation {
    Explanation::new(
        format!("It is not certain that {ip} is the address that connected"),
        format!(
            "Hop {hop} is newer and came from a host with a name in the receiver's own domain. It may be a server of the receiver, or a customer's line or rented server there. If the receiving side begins at hop {hop}, everything below it, {ip} included, is only the sender's word, and so is the SPF result."
        ),
        format!(
            "If the server that wrote hop {boundary} is yours, choose hop {boundary} as the boundary; if it is not, choose hop {hop}."
        ),
    )
}

pub(in crate::text) fn two_connecting_addresses(ip: IpAddr, other: IpAddr, hop: usize) -> Explanation {
    Explanation::new(
        format!("Hop {hop} names two addresses, {ip} and {other}"),
        format!(
            "Only one of them connected to the receiving side, and the field does not tell which. SPF and reverse DNS were judged for {ip}; for {other} they may come to something else."
        ),
        format!(
            "Look up in the log of the server that wrote hop {hop} which of the two connected, and give that address."
        ),
    )
}

pub(in crate::text) fn reverse_name_missing(ip: IpAddr, suspect: bool) -> Explanation {
    Explanation::new(
        format!("{ip} has no reverse name"),
        "Gmail, docomo and others refuse or distrust servers without a reverse name (PTR).",
        if suspect {
            strange_server(ip)
        } else {
            format!(
                "Ask whoever runs the server at {ip} to have a PTR record set for it; mostly the network or hosting provider does that."
            )
        },
    )
}

pub(in crate::text) fn reverse_name_mismatch(ip: IpAddr, name: &str, suspect: bool) -> Explanation {
    Explanation::new(
        format!("The reverse name of {ip} ({name}) does not point back"),
        format!(
            "{name} does not lead back to {ip}, and anybody can write any name into a PTR record. So large providers do not trust it."
        ),
        if suspect {
            strange_server(ip)
        } else {
            format!(
                "Ask whoever runs the server at {ip} to point {name} to it with an A or AAAA record, or to have the PTR record corrected."
            )
        },
    )
}

/// A server that nothing shows to be entitled to send this.
fn strange_server(ip: IpAddr) -> String {
    format!("Nothing needs to be done about it: nothing shows that {ip} may send such a message.")
}

fn span(seconds: i64) -> String {
    terms::duration(SignedDuration::from_secs(seconds))
}
