//! Findings about what mailbox providers ask of senders.

use crate::check::{HeaderPart, OneClickFault, provider};
use crate::text::{Explanation, number};

fn name(provider: &str) -> &str {
    provider::ruleset(provider).map_or(provider, |ruleset| &ruleset.name.en)
}

pub(in crate::text) fn one_click_missing(provider: Option<&str>) -> Explanation {
    let wanted = match provider.map(name) {
        Some(name) => format!(
            "{name} requires it of those who send much, in mail that people subscribed to. Whether this sender does, one message cannot show."
        ),
        None => "Gmail requires it of those who send much, in mail that people subscribed to, and Yahoo advises it. Without it more people use the spam button.".to_owned(),
    };
    Explanation::new(
        "It looks like mail to many, and offers no one-click unsubscribe",
        format!(
            "List-Unsubscribe is there, List-Unsubscribe-Post is not, so mail programs show no button that acts at once (RFC 8058). {wanted}"
        ),
        "If people subscribed to it, ask whoever runs the sending service to add List-Unsubscribe-Post: List-Unsubscribe=One-Click, with an https address in List-Unsubscribe, and to sign both fields with DKIM.",
    )
}

pub(in crate::text) fn one_click_broken(fault: OneClickFault, value: &str) -> Explanation {
    let title = match fault {
        OneClickFault::Value => format!("List-Unsubscribe-Post does not have its one allowed value, but: {value}"),
        OneClickFault::NoField => "List-Unsubscribe-Post is there without List-Unsubscribe".to_owned(),
        OneClickFault::NoHttps => "One-click unsubscribe is announced without an https address".to_owned(),
    };
    Explanation::new(
        title,
        "One click needs an https address in List-Unsubscribe, and List-Unsubscribe=One-Click in List-Unsubscribe-Post (RFC 8058). Mail programs may show no button here, or one that does nothing.",
        "Ask whoever runs the sending service to write both fields that way, and to sign both with DKIM.",
    )
}

pub(in crate::text) fn impersonated(author: &str, provider: &str) -> Explanation {
    let name = name(provider);
    Explanation::new(
        format!("The author is at {author}, a domain of {name} itself, and nothing proves it"),
        format!(
            "The message came to {name} from outside. Mail that people write there leaves by the servers of {name}, and neither SPF nor DKIM shows that of this one. Such mail is often refused or marked as spam."
        ),
        format!(
            "Do not act on its content. If you know the author, ask them by another way than this mail. Whoever sends with an address at {author} sends it through {name}."
        ),
    )
}

pub(in crate::text) fn header_too_large(
    provider: &str,
    part: HeaderPart,
    (length, limit): (usize, u64),
    firm: bool,
) -> Explanation {
    let name = name(provider);
    let (length, limit) = (number::grouped(&length.to_string()), number::grouped(&limit.to_string()));
    let title = match part {
        HeaderPart::Whole => format!("The header has {length} bytes; {name} allows {limit}"),
        HeaderPart::Fields => format!("The header has {length} fields; {name} allows {limit}"),
        HeaderPart::Value => format!("A field of the header has {length} bytes; {name} allows {limit}"),
        HeaderPart::Name => format!("The name of a header field has {length} bytes; {name} allows {limit}"),
    };
    Explanation::new(
        title,
        if firm {
            format!(
                "{name} publishes this limit, and may refuse what is larger. What the receiving side added itself is not counted."
            )
        } else {
            format!(
                "{name} named this limit once; whether it still holds is not known. Mail beyond it may not arrive. What the receiving side added itself is not counted."
            )
        },
        "Ask whoever runs the program or the servers that send to shorten the header: long lists of recipients or references, and fields that filters and programs added.",
    )
}
