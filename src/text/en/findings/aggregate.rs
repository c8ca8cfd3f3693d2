//! Findings about DMARC aggregate reports.

use crate::check::{FailingSource, Shown, Tally};
use crate::text::en::aggregate::{days, domain, messages, next_step, reporter};
use crate::text::{Explanation, number};

/// What the report shows of the source of most of the failed ones.
fn shown(source: &FailingSource, lead: &str, domain: &str) -> String {
    let (name, failed) = (&source.name, messages(source.failed));
    match &source.shown {
        Shown::OtherDomain(other) => format!(
            "{lead} is {name} ({failed}). SPF or DKIM passed there for {other}, so a sending service, a forwarder or a mailing list that does not prove {domain} may be behind it."
        ),
        Shown::NoPass => format!(
            "{lead} is {name} ({failed}). Nothing passed there: it is a server that is not set up for {domain}, or somebody who forges the domain. The report does not tell which."
        ),
        Shown::Unknown => {
            format!("{lead} is {name} ({failed}). The report names no other domain that passed there.")
        }
    }
}

pub(in crate::text) fn failures(tally: &Tally) -> Explanation {
    let domain = domain(tally);
    let (all, failed) = (number::count(tally.messages), number::count(tally.failed));
    let title = match tally.messages {
        _ if tally.at_least => format!("At least {failed} of the messages in the name of {domain} did not pass DMARC"),
        counted if counted > 1 && counted == tally.failed => {
            format!("None of the {all} messages in the name of {domain} passed DMARC")
        }
        1 => format!("The one message in the name of {domain} did not pass DMARC"),
        _ => format!("{failed} of {all} messages in the name of {domain} did not pass DMARC"),
    };
    let title = if tally.proved { title } else { format!("A report that nothing proves says: {title}") };
    let sources = match tally.sources {
        0 | 1 => String::new(),
        sources => format!(" The failed ones came from {sources} sources."),
    };
    let largest = match tally.outstanding() {
        Some(source) if tally.sources == 1 => format!(" {}", shown(source, "Their source", domain)),
        Some(source) => format!(" {}", shown(source, "The largest source", domain)),
        None => " None of them stands out; the report lists each.".to_owned(),
    };
    let rest = if tally.at_least { " Not all of the report can be read, so there may be more." } else { "" };
    let meaning = format!("{} counted this{}.{sources}{largest}{rest}", reporter(tally), days(tally));
    Explanation::new(title, meaning, next_step(tally))
}
