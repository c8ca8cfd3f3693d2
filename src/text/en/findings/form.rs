//! Findings about how the message is written.

use jiff::SignedDuration;

use crate::check::IdFault;
use crate::message::HeaderByte;
use crate::message::date::Stamp;
use crate::text::en::terms;
use crate::text::{Explanation, stamp};

pub(in crate::text) fn field_repeated(fields: &[String]) -> Explanation {
    let fields = fields.join(", ");
    Explanation::new(
        format!("Fields that may appear only once appear several times: {fields}"),
        "Mail programs and filters do not agree which of them to show, so people may see something else than what was checked or signed.",
        format!(
            "Ask whoever runs the program or server that adds a second {fields} to set it right. Until then look at each of them under Headers."
        ),
    )
}

pub(in crate::text) fn date_missing(written: bool) -> Explanation {
    let title = if written { "The Date of the message cannot be read" } else { "The message has no Date" };
    Explanation::new(
        title,
        "Every message must have one. Mail programs sort such a message by the time of its arrival, or to the very end, and some filters count it as a mark of spam.",
        "Ask whoever runs the program that sends to have it write one Date field, in the form of RFC 5322.",
    )
}

pub(in crate::text) fn date_far(seconds: i64, date: Stamp, received: Stamp) -> Explanation {
    let span = terms::duration(SignedDuration::from_secs(seconds.saturating_abs()));
    let side = if seconds > 0 { "after" } else { "before" };
    Explanation::new(
        format!("The message is dated {span} {side} it arrived"),
        format!(
            "Date says {}; the receiving side took it over at {}. The sender's clock was wrong, the message waited before it was sent, or it is an old message that was sent again. Mail programs may sort it where nobody looks.",
            stamp(date),
            stamp(received)
        ),
        "Ask the sender whether it was sent again on purpose. If not, ask whoever runs the computer that sends to set its clock.",
    )
}

pub(in crate::text) fn message_id_unfit(fault: IdFault, host: Option<&str>) -> Explanation {
    let unique = "An identifier must be the only one in the world, which a domain of its own makes sure of. Some filters count this as a mark of spam.";
    let (title, meaning) = match fault {
        IdFault::Missing => (
            "The message has no Message-ID".to_owned(),
            "Answers cannot be put beside the message they answer, logs are hard to search, and some receivers (Gmail among them) refuse mail without one.",
        ),
        IdFault::NoDomain => ("The Message-ID names no domain".to_owned(), unique),
        IdFault::Local => (
            format!(
                "The Message-ID ends in {}, which is not a name that exists on the Internet",
                host.unwrap_or_default()
            ),
            unique,
        ),
    };
    Explanation::new(
        title,
        meaning,
        "Ask whoever runs the program or server that sends to have it write a Message-ID that ends in its own domain.",
    )
}

pub(in crate::text) fn header_bytes_odd(kind: HeaderByte) -> Explanation {
    let forbidden = "No message may hold it. Servers remove it, refuse the message, or read the line differently, and a signature may break.";
    let (leave_out, encode) = (
        "Ask whoever runs the program that sends to leave it out.",
        "Ask whoever runs the program that sends to have it encode such text (RFC 2047).",
    );
    match kind {
        HeaderByte::Nul => Explanation::new("There is a NUL byte in the header", forbidden, leave_out),
        HeaderByte::BareCarriageReturn => {
            Explanation::new("There is a carriage return in the header that ends no line", forbidden, leave_out)
        }
        HeaderByte::NotUtf8 => Explanation::new(
            "The header holds bytes above 127 that are not encoded",
            "No standard says which characters these are. They were read in a guessed charset; other programs may show something else.",
            encode,
        ),
        HeaderByte::Utf8 => Explanation::new(
            "The header holds UTF-8 that is not encoded",
            "Only servers that announce SMTPUTF8 may be given such a header, and no hop says that it was. Others may change the bytes, which breaks signatures, or refuse the message.",
            encode,
        ),
    }
}

pub(in crate::text) fn line_too_long(octets: usize, lines: usize) -> Explanation {
    let title = match lines {
        1 => format!("A line of the message has {octets} bytes"),
        _ => format!("{lines} lines of the message are too long, the first has {octets} bytes"),
    };
    Explanation::new(
        title,
        "A line may have 998 bytes. Servers on the way may break longer ones, which breaks DKIM signatures, or refuse the message.",
        "Ask whoever runs the program that sends to have it break long lines, or encode the text as quoted-printable or base64.",
    )
}
