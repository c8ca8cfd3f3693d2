//! What a mail filter of the receiving side made of the message, and where it stands.

use std::net::IpAddr;

use crate::auth::spf::SpfResult;
use crate::notes::{Filter, Meaning};
use crate::text::Explanation;
use crate::text::en::{notes, terms};

pub(in crate::text) fn marked_spam(filter: Filter, meaning: Meaning) -> Explanation {
    let remedy = match meaning {
        Meaning::SenderBlockedByUser => "Ask the recipient to remove the sender from the list of blocked senders.",
        Meaning::SenderBlockedByPolicy | Meaning::MarkedByRule => {
            "Ask the recipient's administrator to look at the list of blocked senders and the mail flow rules."
        }
        _ => {
            "First fix what the other findings name. If nothing is left, the recipient's administrator can report the message as not spam; the filter's own log says more."
        }
    };
    Explanation::new(
        format!("The receiving side's filter marked this message as spam ({})", filter.name()),
        decided(meaning),
        remedy,
    )
}

pub(in crate::text) fn phish(filter: Filter, meaning: Meaning) -> Explanation {
    Explanation::new(
        format!("The receiving side's filter took this message for phishing or spoofing ({})", filter.name()),
        decided(meaning),
        "If the message is genuine: fix what the other findings name, then the recipient's administrator can allow this sender. If not, leave it where it is.",
    )
}

fn decided(meaning: Meaning) -> String {
    let word = notes::meaning(meaning);
    format!("What the filter wrote: {word} SPF, DKIM and DMARC are only a part of what it weighs.")
}

pub(in crate::text) fn skipped(filter: Filter, meaning: Meaning, suspect: bool) -> Explanation {
    let word = notes::meaning(meaning);
    let (meaning, remedy) = if suspect {
        (
            format!("{word} So a message that nothing proves came through."),
            "Ask the recipient's administrator to look at the rule or list that let it through, and to demand a pass of SPF, DKIM or DMARC there.",
        )
    } else {
        (format!("{word} That it arrived says nothing about what a filter would make of it."), "Nothing.")
    };
    Explanation::new(
        format!("The receiving side's filter did not check this message ({})", filter.name()),
        meaning,
        remedy,
    )
}

pub(in crate::text) fn bulk_complaint_level_high(level: u8) -> Explanation {
    Explanation::new(
        format!("Microsoft knows this bulk sender for complaints (BCL {level})"),
        "From level 7 on, Microsoft 365 treats bulk mail as spam unless the recipient's organisation has set another threshold (5 and 6 are common).",
        "Ask the sender to mail only those who asked for it, and to make unsubscribing easy. The recipient can list the sender as safe.",
    )
}

pub(in crate::text) fn before_receiver(
    service: &str,
    ip: IpAddr,
    theirs: Option<&str>,
    ours: Option<SpfResult>,
) -> Explanation {
    let ours = terms::spf_result(ours);
    let judged = match theirs {
        Some(theirs) => format!("The mailbox provider judged that address and recorded SPF {theirs}."),
        None => "The mailbox provider saw that address.".to_owned(),
    };
    Explanation::new(
        format!("The recipient's mail filter ({service}) sits in front of the mailbox provider"),
        format!(
            "{service} took the message in and handed it on from {ip}. {judged} Here SPF is judged where the filter took the message in: {ours}."
        ),
        "Ask the recipient's administrator to tell the mailbox provider about the filter: enhanced filtering for connectors (skip listing) in Microsoft 365, an inbound gateway in Google Workspace. The sender need not act.",
    )
}
