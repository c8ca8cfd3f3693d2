//! Marks that a mailing list or a forwarder left on the message.

use serde::Serialize;

use crate::message::{Message, Span};

/// What was done to the message on the way, as its header shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Handling {
    /// A field of a list that people post to (RFC 2369 section 3.4) or of list software. `List-Id` and
    /// `List-Unsubscribe` alone are no mark: newsletters carry them too.
    pub list: Option<Span>,
    /// The first mark of forwarding.
    pub forwarded: Option<(ForwardMark, Span)>,
}

/// How forwarding shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardMark {
    /// The envelope sender was rewritten by the Sender Rewriting Scheme (`SRS0=`, `SRS1=`).
    RewrittenSender,
    /// `X-Forwarded-To`, `X-Forwarded-For` or `X-MS-Exchange-ForwardingLoop`.
    ForwardingField,
    /// `Resent-From` or `Resent-To` (RFC 5322 section 3.6.6).
    Resent,
    /// An ARC set: an intermediary handled the message (RFC 8617).
    ArcSet,
    /// More than one `Delivered-To`: delivered once, then sent on.
    DeliveredTwice,
}

impl Handling {
    #[must_use]
    pub fn of(message: &Message) -> Self {
        let first = |names: &[&str]| names.iter().find_map(|name| message.first(name)).map(|field| field.span);
        let rewritten = message.first("Return-Path").filter(|field| {
            let value = message.unfold(field).text.to_ascii_uppercase();
            let address = value.trim().trim_start_matches('<');
            ["SRS0=", "SRS0+", "SRS0-", "SRS1=", "SRS1+", "SRS1-"].iter().any(|prefix| address.starts_with(prefix))
        });
        let delivered_before = message.named("Delivered-To").nth(1).map(|(_, field)| field.span);
        let forwarded = [
            (ForwardMark::RewrittenSender, rewritten.map(|field| field.span)),
            (
                ForwardMark::ForwardingField,
                first(&["X-Forwarded-To", "X-Forwarded-For", "X-MS-Exchange-ForwardingLoop"]),
            ),
            (ForwardMark::Resent, first(&["Resent-From", "Resent-To"])),
            (ForwardMark::DeliveredTwice, delivered_before),
            (ForwardMark::ArcSet, first(&["ARC-Seal"])),
        ]
        .into_iter()
        .find_map(|(mark, span)| Some((mark, span?)));
        Self { list: first(&["List-Post", "Mailing-List", "X-Mailman-Version", "X-BeenThere"]), forwarded }
    }

    /// Somebody between the sender and the receiver passed the message on.
    #[must_use]
    pub const fn passed_on(&self) -> bool {
        self.list.is_some() || self.forwarded.is_some()
    }
}
