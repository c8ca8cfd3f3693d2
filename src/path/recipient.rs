//! Where the message arrived and for whom: the host that took it over, and the domain of the mailbox. Names of people are
//! not kept.

use serde::Serialize;

use super::{Path, Side};
use crate::message::{Message, Spanned, address};

/// The receiving host and the domain of the recipient, as far as the message shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recipient {
    /// The servers of the receiving side that wrote Received fields, the boundary first; small letters.
    pub hosts: Vec<Spanned<String>>,
    pub domain: Option<Spanned<String>>,
    /// Where the domain stands.
    pub shown_by: Option<ShownBy>,
}

/// What shows the domain of the recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShownBy {
    /// `for` in a Received field of the receiving side.
    Received,
    /// Written at delivery, above the arrival.
    DeliveredTo,
    /// What the author wrote.
    To,
}

/// The most hosts that are kept.
const MAX_HOSTS: usize = 10;

impl Recipient {
    #[must_use]
    pub fn of(message: &Message, path: &Path) -> Self {
        let receiving = || path.hops.iter().filter(|hop| path.boundary.is_some() && hop.side != Side::Sending);
        let lower = |by: &Spanned<String>| Spanned::new(by.value.trim_end_matches('.').to_ascii_lowercase(), by.span);
        let hosts = receiving().filter_map(|hop| hop.by.as_ref()).take(MAX_HOSTS).map(lower).collect();
        let in_received =
            receiving().filter_map(|hop| hop.recipient.as_ref()).find_map(|written| domain_of(&written.value, written));
        let top = path.boundary_hop().map_or(0, |hop| hop.field);
        let above = message.fields.get(..top).unwrap_or_default();
        let delivered = ["Delivered-To", "X-Original-To"].iter().find_map(|name| {
            let field = above.iter().find(|field| field.is(name))?;
            let value = message.unfold(field).text;
            domain_of(value.trim(), &Spanned::new(String::new(), field.span))
        });
        let to = || {
            let field = message.first("To")?;
            let mailboxes = address::read(&message.unfold(field)).mailboxes;
            mailboxes
                .iter()
                .find_map(|mailbox| Some(Spanned::new(mailbox.domain.as_deref()?.to_ascii_lowercase(), mailbox.span)))
        };
        let found = (in_received.map(|domain| (domain, ShownBy::Received)))
            .or_else(|| delivered.map(|domain| (domain, ShownBy::DeliveredTo)))
            .or_else(|| to().map(|domain| (domain, ShownBy::To)));
        let (domain, shown_by) = found.unzip();
        Self { hosts, domain, shown_by }
    }
}

fn domain_of(address: &str, at: &Spanned<String>) -> Option<Spanned<String>> {
    let (_, domain) = address.trim_matches(['<', '>']).rsplit_once('@')?;
    Some(Spanned::new(domain.trim_end_matches('.').to_ascii_lowercase(), at.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipient(text: &str) -> Recipient {
        let message = Message::read(text.as_bytes().to_vec());
        Recipient::of(&message, &crate::path::read(&message, None, None))
    }

    const ARRIVAL: &str =
        "Received: from mail.example.jp (mail.example.jp [192.0.2.1]) by MX.Google.com with ESMTPS id x";

    #[test]
    fn the_receiving_side_says_it_best() {
        let text = format!("{ARRIVAL} for <a@gmail.com>; Fri, 20 Nov 2026 10:00:00 +0900\nTo: b@example.net\n\n");
        let found = recipient(&text);
        assert_eq!(found.hosts[0].value, "mx.google.com");
        assert_eq!((found.domain.unwrap().value.as_str(), found.shown_by), ("gmail.com", Some(ShownBy::Received)));
    }

    #[test]
    fn then_the_delivery_then_the_author() {
        let date = "; Fri, 20 Nov 2026 10:00:00 +0900";
        let found = recipient(&format!("Delivered-To: a@example.com\n{ARRIVAL}{date}\nTo: b@example.net\n\n"));
        assert_eq!((found.domain.unwrap().value.as_str(), found.shown_by), ("example.com", Some(ShownBy::DeliveredTo)));
        let found = recipient(&format!("{ARRIVAL}{date}\nDelivered-To: a@example.com\nTo: b@Example.NET\n\n"));
        assert_eq!((found.domain.unwrap().value.as_str(), found.shown_by), ("example.net", Some(ShownBy::To)));
        assert_eq!(recipient("Subject: x\n\n"), Recipient::default());
    }
}
