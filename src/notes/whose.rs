//! Whose a note is: by where it stands, and by what the receiving side's servers do with such fields.

use std::net::IpAddr;

use serde::Serialize;

use crate::message::Message;

/// The receiving side, as far as notes depend on it; fields are indexes in [`Message::fields`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Border<'a> {
    /// The Received field of the boundary hop.
    pub boundary: Option<usize>,
    /// A newer hop that may be the real boundary.
    pub doubt: Option<usize>,
    /// The servers of the receiving side, the boundary's own first.
    pub servers: Vec<Server<'a>>,
}

/// One server of the receiving side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server<'a> {
    pub host: &'a str,
    /// The address of its client.
    pub client: Option<IpAddr>,
    /// Whether it runs Exchange.
    pub is_exchange: bool,
}

/// Whose a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "why")]
pub enum Whose {
    Receiver(OwnReason),
    /// It may be the receiving side's, and a stranger could have written it there just as well.
    Unsure(UnsureReason),
    Stranger(StrangerReason),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnReason {
    /// It stands above the Received field of the boundary, where only the receiving side writes.
    AboveBoundary,
    /// Exchange appends it to the end of the header, and removes or renames what arrives under that name.
    ExchangeReplaces,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnsureReason {
    /// It stands right below the Received field of the boundary, where filters of the receiving server write too.
    RightBelow,
    /// It stands above the boundary, and below a hop that may be the real one.
    BoundaryUnsure,
    /// Exchange Online would have written it, and nothing in the message confirms that it did.
    Unconfirmed,
    /// It is not known where the receiving side begins.
    NoBoundary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StrangerReason {
    /// It was in the message when the receiving side took it over.
    BelowBoundary,
    /// A server gave it another name because it was in the message when it arrived there.
    SetAside,
}

impl Whose {
    #[must_use]
    pub const fn is_receiver(self) -> bool {
        matches!(self, Self::Receiver(_))
    }
}

/// Who takes care that nobody else writes a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// Nobody: the place alone decides.
    Place,
    /// Exchange Online, which renames what arrives (seen as `…-Untrusted` in its messages, 2026-11-22).
    ExchangeOnline,
    /// Every Exchange: its header firewall removes these names from what outsiders send.
    HeaderFirewall,
}

/// The ending that Exchange Online gives to a field that was there on arrival.
pub(super) const SET_ASIDE: [&str; 2] = ["-untrusted", "-original"];

/// Under which servers of Exchange Online take mail in.
const EXCHANGE_ONLINE: &str = ".protection.outlook.com";

/// The beginning of the names that the header firewall keeps for Exchange.
const FIREWALLED: &str = "x-ms-exchange-organization-";

/// Judges notes by where they stand.
pub(super) struct Judge<'a> {
    message: &'a Message,
    border: &'a Border<'a>,
    /// The next Received field below the boundary.
    next: Option<usize>,
    /// The first field of Exchange's own: what it appends stands from here on.
    appended: Option<usize>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(message: &'a Message, border: &'a Border<'a>) -> Self {
        let received = || message.named("Received").map(|(at, _)| at);
        let next = border.boundary.and_then(|boundary| received().find(|&at| at > boundary));
        let is_own =
            |name: &str| name.get(..FIREWALLED.len()).is_some_and(|start| start.eq_ignore_ascii_case(FIREWALLED));
        // A part of the message's own way ends here: what stands above the last Received field was not appended.
        let last = received().next_back().unwrap_or(0);
        let appended = message.fields.iter().enumerate().skip(last).find(|(_, field)| is_own(&field.name));
        Self { message, border, next, appended: appended.map(|(at, _)| at) }
    }

    /// `address`: the connecting address that the note itself names.
    pub(super) fn whose(&self, field: usize, guard: Guard, is_set_aside: bool, address: Option<IpAddr>) -> Whose {
        let Some(boundary) = self.border.boundary else { return Whose::Unsure(UnsureReason::NoBoundary) };
        if is_set_aside {
            Whose::Stranger(StrangerReason::SetAside)
        } else if field < boundary {
            let is_doubtful = self.border.doubt.is_some_and(|doubt| doubt < field);
            if is_doubtful {
                Whose::Unsure(UnsureReason::BoundaryUnsure)
            } else {
                Whose::Receiver(OwnReason::AboveBoundary)
            }
        } else if let Some(is_confirmed) = self.is_replaced(field, guard, address) {
            match (is_confirmed, self.border.doubt) {
                (true, None) => Whose::Receiver(OwnReason::ExchangeReplaces),
                (true, Some(_)) => Whose::Unsure(UnsureReason::BoundaryUnsure),
                (false, _) => Whose::Unsure(UnsureReason::Unconfirmed),
            }
        } else if self.next.is_none_or(|next| field < next) && self.is_before_the_letter(field) {
            Whose::Unsure(UnsureReason::RightBelow)
        } else {
            Whose::Stranger(StrangerReason::BelowBoundary)
        }
    }

    /// Whether a server of the receiving side keeps the name for itself, and then whether this field is surely its own.
    fn is_replaced(&self, field: usize, guard: Guard, address: Option<IpAddr>) -> Option<bool> {
        let online = || self.border.servers.iter().filter(|server| is_online(server.host));
        let is_kept = match guard {
            Guard::Place => false,
            Guard::ExchangeOnline => online().next().is_some(),
            Guard::HeaderFirewall => {
                online().next().is_some() || self.border.servers.first().is_some_and(|server| server.is_exchange)
            }
        };
        let own = self.message.fields.get(field).map_or("", |field| field.name.as_str());
        let mut later = self.message.fields.iter().skip(field + 1);
        let is_last = !later.any(|other| other.is(own));
        let is_appended = self.appended.is_some_and(|first| first <= field);
        let is_of_client = address.is_some() && online().any(|server| server.client == address);
        // A report that names another client is about another delivery.
        let names_another = address.is_some() && !is_of_client;
        is_kept.then_some(is_last && (is_of_client || (is_appended && !names_another)))
    }

    /// Whether it stands among the trace fields, before what the author wrote.
    fn is_before_the_letter(&self, field: usize) -> bool {
        let letter = ["From", "To", "Subject", "Date", "Message-ID"];
        let first = self.message.fields.iter().position(|field| letter.iter().any(|name| field.is(name)));
        first.is_none_or(|first| field < first)
    }
}

fn is_online(host: &str) -> bool {
    host.trim_end_matches('.').to_ascii_lowercase().ends_with(EXCHANGE_ONLINE)
}
