//! Findings about DKIM signatures.

use crate::auth::dkim::FieldFault;
use crate::auth::dkim::cause::Causes;
use crate::check::ChangedBy;
use crate::message::date::Stamp;
use crate::sender::SavedBy;
use crate::text::en::{causes, dkim};
use crate::text::{Explanation, stamp};

/// What to do where the message looks spoofed.
pub(in crate::text::en::findings) const ASK_THE_OWNER: &str = "Do not act on its content. Only the owner of the domain in From can tell whether the server is theirs: ask them by another way than this mail.";

pub(in crate::text) fn missing(author: Option<&str>, suspect: bool) -> Explanation {
    let remedy = match author {
        _ if suspect => ASK_THE_OWNER.to_owned(),
        Some(author) => format!(
            "Ask whoever runs the sending server or the sending service of {author} to turn on DKIM signing with {author}."
        ),
        None => "Ask whoever runs the sending server to turn on DKIM signing with the domain in From.".to_owned(),
    };
    let whom = author.unwrap_or("the sender");
    Explanation::new(
        "The message has no DKIM signature",
        format!(
            "Only SPF can prove {whom}, and SPF does not survive forwarding. Gmail and Yahoo ask bulk senders for DKIM."
        ),
        remedy,
    )
}

/// A signature that was there before somebody passed the message on.
pub(in crate::text) fn taken(author: Option<&str>, sealer: &str) -> Explanation {
    let whom = author.unwrap_or("the sender");
    Explanation::new(
        "The message has no DKIM signature any more",
        format!(
            "{sealer} says under an intact ARC seal that a signature of {whom} was valid when the message came there. It was taken out after that, so nothing proves {whom} now."
        ),
        "Ask those who passed the message on to leave DKIM-Signature fields in it. The sender has nothing to change.",
    )
}

pub(in crate::text) fn copy_rewritten(by: SavedBy) -> Explanation {
    Explanation::new(
        "This copy was probably rewritten by the program that saved it",
        format!(
            "{} No such copy can verify, so it says nothing for the message or against it. Probably written by: {}.",
            causes::saved_mark(by),
            causes::saved_by(by)
        ),
        causes::ask_for_original(),
    )
}

pub(in crate::text) fn body_changed(domain: &str, selector: &str, by: ChangedBy, causes: &Causes) -> Explanation {
    Explanation::new(
        causes::body_title(domain, selector, causes),
        causes::body_meaning(by, causes),
        causes::body_remedy(by, causes),
    )
}

/// A body that does not fit a signature whose maker nothing shows.
pub(in crate::text) fn body_unproved(domain: &str, selector: &str, suspect: bool) -> Explanation {
    let remedy = if suspect {
        ASK_THE_OWNER.to_owned()
    } else {
        format!(
            "No record in DNS mends this. Ask for the original, saved as .eml. If it is the same, ask whoever runs the server that signs for {domain} whether the message is theirs."
        )
    };
    Explanation::new(
        format!("The body does not fit the DKIM signature of {domain} ({selector})"),
        format!(
            "The body does not have the hash that the signature names, so the signature does not count, whatever its key. That {domain} made it is not proved: anybody can write such a field."
        ),
        remedy,
    )
}

pub(in crate::text) fn header_changed(domain: &str, selector: &str, by: ChangedBy, causes: &Causes) -> Explanation {
    Explanation::new(
        causes::header_title(domain, selector, causes),
        causes::header_meaning(domain, by, causes),
        causes::header_remedy(domain, by, causes),
    )
}

pub(in crate::text) fn unreadable(
    domain: Option<&str>,
    selector: Option<&str>,
    fault: FieldFault,
    tag: Option<&str>,
    suspect: bool,
) -> Explanation {
    let title = match (domain, selector) {
        (Some(domain), Some(selector)) => format!("The DKIM signature of {domain} ({selector}) cannot be used"),
        (Some(domain), None) => format!("The DKIM signature of {domain} cannot be used"),
        (None, _) => "A DKIM signature cannot be read".to_owned(),
    };
    let remedy = if suspect { ASK_THE_OWNER.to_owned() } else { dkim::field_fault_remedy(fault, domain) };
    Explanation::new(title, dkim::field_fault(fault, tag), remedy)
}

pub(in crate::text) fn length_beyond_body(domain: &str, selector: &str, length: u64, body: u64) -> Explanation {
    Explanation::new(
        format!("The body is shorter than what the signature of {domain} covers"),
        format!(
            "The signature ({selector}) covers {length} bytes (l=), and the body has {body}. The end was cut off after signing, on the way or when the message was saved."
        ),
        "Ask for the original, saved as .eml. If it is the same, ask those who run the servers on the way which of them cuts messages.",
    )
}

pub(in crate::text) fn fields_unsigned(domain: &str, selector: &str, fields: &[&str]) -> Explanation {
    let meaning = if fields == ["Subject"] {
        "Anybody on the way can change this field, or add one, and the signature stays valid."
    } else if fields.contains(&"Subject") {
        "Anybody on the way can change these fields, or add them, and the signature stays valid."
    } else {
        "Mail programs offer to unsubscribe with one click only where one valid signature covers both fields."
    };
    let fields = fields.join(", ");
    Explanation::new(
        format!("No valid signature covers {fields}"),
        meaning,
        format!(
            "Ask whoever runs the server that signs for {domain} ({selector}) to add {fields} to the fields that it signs (h=)."
        ),
    )
}

pub(in crate::text) fn many(signatures: usize, judged: usize) -> Explanation {
    Explanation::new(
        format!("The message carries {signatures} DKIM signatures"),
        format!(
            "No mail system makes so many. The findings here are about {judged} of the {signatures}: those of the author domain, those that verify, then the topmost."
        ),
        "Do not rely on any of them without looking: signatures can be added to a message by anybody. See DKIM.",
    )
}

pub(in crate::text) fn sha1(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("The signature of {domain} uses rsa-sha1, which no longer counts"),
        format!("rsa-sha1 must not be used since 2018; receivers count the signature with the key {selector} as none."),
        format!("Ask whoever runs the server that signs for {domain} to change it to rsa-sha256. The key can stay."),
    )
}

pub(in crate::text) fn expired(domain: &str, selector: &str, expires: Option<Stamp>, judged_at: Stamp) -> Explanation {
    let end = expires.map_or_else(|| "an earlier moment".to_owned(), stamp);
    Explanation::new(
        format!("The signature of {domain} had expired when the message arrived"),
        format!(
            "The signature ({selector}) was valid until {end} (x=); the message was received at {}.",
            stamp(judged_at)
        ),
        format!(
            "If mail is often delivered late, ask whoever runs the server that signs for {domain} to choose a later end or none, and to look at the clock of that server. Otherwise look under Path for the hop that took long."
        ),
    )
}

pub(in crate::text) fn no_body(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("The signature of {domain} covers nothing of the body"),
        format!(
            "The signature ({selector}) covers header fields alone (l=0). Anybody can put another text in the place of the body without breaking it."
        ),
        format!(
            "Ask whoever runs the server that signs for {domain} to sign without l=. Do not take the text for that of {domain}."
        ),
    )
}

pub(in crate::text) fn partial_body(domain: &str, selector: &str, uncovered: usize) -> Explanation {
    Explanation::new(
        format!("The signature of {domain} leaves {uncovered} bytes of the body uncovered"),
        format!(
            "The signature ({selector}) covers the start of the body alone (l=). Anybody can append text without breaking it."
        ),
        format!(
            "Ask whoever runs the server that signs for {domain} to sign without l=. Do not trust the end of the body."
        ),
    )
}
