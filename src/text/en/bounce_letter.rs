//! What the letters say of a delivery report, and what they ask for.

use super::bounce::{advice, delivered_to, meaning, to_whom, who};
use super::letter::day;
use crate::bounce::{Meaning, Outcome};
use crate::check::{Delivered, DeliveryEnd, Refused};
use crate::message::date::{Stamp, Zone};
use crate::text::time;

/// What the report says, as the report's own word.
pub(in crate::text) fn for_customer(refused: &Refused) -> String {
    let (whom, who) = (to_whom(refused), who(refused));
    let why = refused.meaning.map_or("It gives no code that is known.", meaning);
    let foreign = if refused.perhaps_foreign {
        "The mail that came back was perhaps not sent by you: somebody else may have used your address. "
    } else {
        ""
    };
    let unproved = if refused.proved { "" } else { " Nothing proves that the report is genuine." };
    match refused.outcome {
        Outcome::Temporary => format!(
            "{foreign}The message is a delivery report. It says that the mail to {whom} has not been delivered yet, and that the server still tries. {why}{unproved}"
        ),
        Outcome::Final | Outcome::Delivered | Outcome::Unknown => {
            format!(
                "{foreign}The message is a delivery report. It says that {who} did not take the mail to {whom}. {why}{unproved}"
            )
        }
    }
}

/// What is asked of whoever got the report.
pub(in crate::text) fn asked(refused: &Refused) -> String {
    let remedy = remedy(refused);
    let genuine = if refused.proved {
        remedy
    } else {
        format!(
            "Please open no links or attachments of the report, and ask whoever runs the outgoing server whether its log shows the same. If it does: {remedy}"
        )
    };
    if refused.perhaps_foreign {
        return format!(
            "Please find out first whether you, or a service that you use, sent the mail that came back. If not, there is nothing to do. If so: {genuine}"
        );
    }
    genuine
}

fn remedy(refused: &Refused) -> String {
    let advised = match refused.meaning {
        Some(meaning) if meaning.is_shown_by_returned() && !refused.is_returned => {
            "The report brings no copy of the mail. Please send us another mail that was sent the same way, saved as an .eml file, and we will look there for what is wrong.".to_owned()
        }
        Some(meaning) => please(advice(meaning)),
        None => "Please read the reply as written, and ask whoever runs the server that refused.".to_owned(),
    };
    if refused.outcome != Outcome::Temporary {
        return advised;
    }
    let wait = refused.until.map_or_else(
        || "Please wait: the server goes on trying by itself, and reports again if it gives up.".to_owned(),
        |until| format!("Please wait until {}: the server goes on trying by itself.", moment(until)),
    );
    let wait = format!("{wait} Please do not send the mail again, or it may arrive twice.");
    if refused.meaning.is_some_and(Meaning::is_mended_by_sender) { format!("{wait} {advised}") } else { wait }
}

/// Every piece of advice begins with what to do.
fn please(advice: &str) -> String {
    let mut letters = advice.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    format!("Please {}{}", first.collect::<String>(), letters.as_str())
}

/// "26 November 2026, 10:00 (UTC+9)"
fn moment(at: Stamp) -> String {
    let zone = match at.zone {
        Zone::Offset(_) | Zone::UtcOnly => time::zone(at),
        Zone::Unknown => "time zone not stated".to_owned(),
    };
    format!("{}, {} ({zone})", day(time::day(at)), time::time_of_day(at))
}

/// What is asked of whoever got a report of a delivery.
pub(in crate::text) const fn after_delivery(end: DeliveryEnd) -> &'static str {
    match end {
        DeliveryEnd::Arrived => {
            "You do not have to do anything. If the recipient does not find the mail, please have them look in the spam folder and at their filter rules."
        }
        DeliveryEnd::HandedOn => {
            "If the recipient does not find the mail, please ask whoever runs the server that took it to look for it, with the time of sending and the Message-ID."
        }
    }
}

/// What the report says, as the report's own word.
pub(in crate::text) fn delivered_for_customer(delivered: &Delivered) -> String {
    let whom = delivered_to(delivered);
    match delivered.end {
        DeliveryEnd::Arrived => {
            format!("The message is a delivery report. It says that the mail to {whom} was delivered.")
        }
        DeliveryEnd::HandedOn => format!(
            "The message is a delivery report. It says that the mail to {whom} was handed to a server that reports no further."
        ),
    }
}
