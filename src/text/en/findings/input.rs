//! Findings about what was given, and about DNS that could not be asked.

use crate::message::{Kind, LeftOut, RepairCode};
use crate::text::Explanation;
use crate::text::en::terms;

pub(in crate::text) fn several_messages(left_out: LeftOut) -> Explanation {
    match left_out {
        LeftOut::Further => Explanation::new(
            "The file holds more than one message",
            "This report is about the first. The others were not judged.",
            "Choose the other one: in the list of the window, or by its number.",
        ),
        LeftOut::Attached => Explanation::new(
            "Another message is attached to this one",
            "This report is about the message that was sent last, which may be a customer's forward. The attached one was not judged.",
            "To look at the attached one, choose it in the list of the window, or name number 2.",
        ),
        LeftOut::Wrapper => Explanation::new(
            "This message was attached to another",
            "This report is about the message that a forward brings. The forward itself was not judged.",
            "To look at the forward, choose it in the list of the window, or name number 1.",
        ),
    }
}

pub(in crate::text) fn body_not_kept(program: Kind) -> Explanation {
    match program {
        Kind::Emlx => Explanation::new(
            "Apple Mail saved this message without its attachments",
            "A .partial.emlx file lacks parts of the body, so no DKIM signature can be checked against it. That is no fault of the message.",
            "Ask whoever has the message to load it whole in Mail, and to save it with File → Save As, format Raw Message Source.",
        ),
        Kind::Msg | Kind::Eml | Kind::Headers | Kind::Mbox | Kind::Nested | Kind::AggregateReport => Explanation::new(
            "Outlook's .msg does not hold the body as it was sent",
            "Outlook keeps the header as it came and rewrites the body, so no DKIM signature can be checked against the body. That is no fault of the message.",
            "To have DKIM checked, ask whoever has the message for the original: from the web version as .eml, from the mail server, or from another program that keeps it.",
        ),
    }
}

pub(in crate::text) fn headers_only(fields: usize) -> Explanation {
    Explanation::new(
        format!("Only headers were given ({fields} fields, no body)"),
        "Signatures over the header can be checked; whether the body was changed cannot.",
        "Ask whoever has the message for all of it, saved as an .eml file.",
    )
}

pub(in crate::text) fn input_repaired(repairs: usize, kinds: &[RepairCode]) -> Explanation {
    let kinds: Vec<&str> = kinds.iter().map(|code| terms::repair(*code)).collect();
    let title = match repairs {
        1 => "The input was damaged in one place and was read all the same".to_owned(),
        _ => format!("The input was damaged in {repairs} places and was read all the same"),
    };
    Explanation::new(
        title,
        format!("Found: {}. The file itself was not changed.", kinds.join("; ")),
        "If a signature fails, ask whoever has the message for a fresh copy of the original.",
    )
}

pub(in crate::text) fn dns_unreachable(questions: usize, names: &[String]) -> Explanation {
    let title = match questions {
        1 => "DNS gave no answer to one of the questions".to_owned(),
        _ => format!("DNS gave no answer to {questions} of the questions"),
    };
    Explanation::new(
        title,
        format!(
            "What rests on these questions is not known: it is neither a pass nor a fail. {}",
            asked(questions, names)
        ),
        "Run the check again later, or with another DNS server. If it stays so, tell whoever keeps the DNS of the domain that its servers do not answer.",
    )
}

pub(in crate::text) fn dns_not_asked(questions: usize, names: &[String], recorded: bool) -> Explanation {
    let title = match questions {
        1 => "One DNS question was not asked".to_owned(),
        _ => format!("{questions} DNS questions were not asked"),
    };
    Explanation::new(
        title,
        format!(
            "{} What rests on them is not known. {}",
            if recorded {
                "The answers come from a file, which lacks these."
            } else {
                "The check ran without asking DNS, or ended before."
            },
            asked(questions, names)
        ),
        if recorded {
            "Run the check again with DNS itself in place of the file, or with a file that holds these names."
        } else {
            "Allow DNS questions and run the check again."
        },
    )
}

/// Which names were asked for.
fn asked(questions: usize, names: &[String]) -> String {
    let more = if questions > names.len() { " and more" } else { "" };
    let what = if questions == 1 { "Name" } else { "Names" };
    format!("{what}: {}{more}.", names.join(", "))
}
