//! Words about DMARC aggregate reports.

use crate::aggregate::{Aggregate, Deviation, Method, OverrideKind};
use crate::check::{Shown, Tally};
use crate::text::number;

pub(in crate::text) fn counted(report: &Aggregate) -> String {
    let (all, not_passed) = (number::count(report.messages), number::count(report.failed()));
    match (report.failed(), report.is_at_least()) {
        (0, false) => format!("{all}, all of which passed DMARC"),
        (_, false) => format!("{all}, of which {not_passed} did not pass DMARC"),
        (0, true) => format!("at least {all}; what can be read of them passed DMARC"),
        (_, true) => format!("at least {all}, of which at least {not_passed} did not pass DMARC"),
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::Entities => "it defines entities, which were not followed",
        Deviation::Broken => "it breaks off, or is not well formed",
        Deviation::NoCount => "some counts cannot be read; each of these records stands for one message at least",
        Deviation::OtherAuthor => "records about other domains were not counted",
        Deviation::TooMuch => "deeper or longer than is read",
    }
}

/// Why the reporter did not do what the policy asks.
pub(in crate::text) const fn reason(kind: OverrideKind) -> &'static str {
    match kind {
        OverrideKind::LocalPolicy => "a rule of the receiver's own (local_policy)",
        OverrideKind::MailingList => "it came through a mailing list (mailing_list)",
        OverrideKind::TrustedForwarder => "a forwarder that the receiver trusts (trusted_forwarder)",
        OverrideKind::PolicyTestMode => "the domain only tests its policy (policy_test_mode, t=y)",
        OverrideKind::Other => "another reason (other)",
        OverrideKind::Forwarded => "the receiver took it for forwarded mail (forwarded)",
        OverrideKind::SampledOut => "left out by the percentage of the policy (sampled_out, pct)",
        OverrideKind::Unknown => "a reason that no standard names",
    }
}

pub(in crate::text) const fn method(method: Method) -> &'static str {
    match method {
        Method::Dkim => "DKIM (d=)",
        Method::SpfMailFrom => "SPF (envelope sender)",
        Method::SpfHelo => "SPF (HELO)",
    }
}

pub(in crate::text::en) fn domain(tally: &Tally) -> &str {
    tally.domain.as_deref().unwrap_or("a domain that is not named")
}

pub(in crate::text::en) fn reporter(tally: &Tally) -> &str {
    tally.reporter.as_deref().unwrap_or("a receiver that is not named")
}

/// " on 2026-11-20 (UTC)"
pub(in crate::text::en) fn days(tally: &Tally) -> String {
    match &tally.days {
        Some((first, last)) if first == last => format!(" on {first} (UTC)"),
        Some((first, last)) => format!(" from {first} to {last} (UTC)"),
        None => String::new(),
    }
}

/// "478 messages", "1 message"
pub(in crate::text::en) fn messages(count: u64) -> String {
    if count == 1 { "1 message".to_owned() } else { format!("{} messages", number::count(count)) }
}

/// Where the failed ones came from.
fn most(tally: &Tally) -> String {
    match (&tally.largest, tally.outstanding()) {
        (Some(source), _) if tally.at_least && tally.sources == 1 => {
            format!(" Those that can be read came from {}.", source.name)
        }
        (_, Some(source)) if tally.at_least => {
            format!(" Of those that can be read the most, {}, came from {}.", number::count(source.failed), source.name)
        }
        (Some(_), None) if tally.at_least => {
            format!(" Those that can be read came from {} sources.", number::count(tally.sources))
        }
        (Some(source), _) if tally.sources == 1 && tally.failed == 1 => format!(" It came from {}.", source.name),
        (Some(source), _) if tally.sources == 1 => format!(" They came from {}.", source.name),
        (_, Some(source)) => {
            let (failed, name) = (number::count(source.failed), &source.name);
            format!(" The largest source is {name}, with {failed} of them.")
        }
        (Some(_), None) => {
            format!(" They came from {} sources, none of which stands out.", number::count(tally.sources))
        }
        (None, None) => String::new(),
    }
}

fn count(tally: &Tally) -> String {
    let (reporter, domain, days) = (reporter(tally), domain(tally), days(tally));
    let (all, failed) = (number::count(tally.messages), number::count(tally.failed));
    match (tally.messages, tally.failed) {
        _ if tally.at_least => lower_bound(tally),
        (0, _) => format!("{reporter} counted no message in the name of {domain}{days}."),
        (1, 0) => format!("the one message in the name of {domain} that {reporter} counted{days} passed DMARC."),
        (1, _) => {
            format!(
                "the one message in the name of {domain} that {reporter} counted{days} did not pass DMARC.{}",
                most(tally)
            )
        }
        (_, 0) => format!("all {all} messages in the name of {domain} that {reporter} counted{days} passed DMARC."),
        (counted, failed) if counted == failed => format!(
            "none of the {all} messages in the name of {domain} that {reporter} counted{days} passed DMARC.{}",
            most(tally)
        ),
        _ => format!(
            "of {all} messages in the name of {domain} that {reporter} counted{days}, {failed} did not pass DMARC.{}",
            most(tally)
        ),
    }
}

/// The same, where not all of the report can be read.
fn lower_bound(tally: &Tally) -> String {
    let (reporter, domain, days) = (reporter(tally), domain(tally), days(tally));
    let all = messages(tally.messages);
    let known = match (tally.messages, tally.failed) {
        (0, _) => format!("it is from {reporter}{days}, and no message in the name of {domain} can be read from it."),
        (_, 0) => format!(
            "{reporter} counted{days} at least {all} in the name of {domain}, and what can be read of them passed DMARC."
        ),
        (_, failed) => format!(
            "of at least {all} in the name of {domain} that {reporter} counted{days}, at least {} did not pass DMARC.{}",
            number::count(failed),
            most(tally)
        ),
    };
    format!("{known} Not all of the report can be read, so there may be more.")
}

pub(in crate::text) fn headline(tally: &Tally) -> String {
    let lead = if tally.proved { "DMARC report" } else { "A DMARC report that nothing proves says" };
    format!("{lead}: {}", count(tally))
}

/// For the letter: the report's own word.
pub(in crate::text) fn for_customer(tally: &Tally) -> String {
    let unproved = if tally.proved { "" } else { " Nothing proves that the report is genuine." };
    format!("The DMARC aggregate report says: {}{unproved}", count(tally))
}

pub(in crate::text) fn next_step(tally: &Tally) -> String {
    let genuine = remedy(tally, &format!("Ask the administrator of {} whether", domain(tally)));
    if tally.proved || tally.largest.is_none() {
        genuine
    } else {
        format!("Compare it with other reports before you change anything. If they show the same: {genuine}")
    }
}

/// For the letters: to whoever asked.
pub(in crate::text) fn asked_of_customer(tally: &Tally) -> String {
    remedy(tally, &format!("{} ask the administrator of {} whether", please(tally), domain(tally)))
}

/// For the letters: to whoever runs the domain.
pub(in crate::text) fn asked(tally: &Tally) -> String {
    remedy(tally, &format!("{} look up whether", please(tally)))
}

const fn please(tally: &Tally) -> &'static str {
    if tally.proved {
        "Please"
    } else {
        "Please compare the report with others before you change anything. If they show the same, please"
    }
}

fn remedy(tally: &Tally, lead: &str) -> String {
    let domain = domain(tally);
    let setup = format!("sign with {domain} (DKIM) or send with an envelope sender of {domain} (SPF)");
    match (&tally.largest, tally.outstanding()) {
        (None, _) if tally.at_least => {
            "Get the report once more, or wait for the next: not all of this one can be read.".to_owned()
        }
        (None, _) => {
            "Nothing needs to be done for this report. It shows what one receiver counted, and no more.".to_owned()
        }
        (Some(_), None) => format!(
            "{lead} any of the {} sources in the report sends mail in the name of {domain}. If so, have it {setup}. Leave the others alone: DMARC lets receivers tell such mail apart.",
            number::count(tally.sources)
        ),
        (_, Some(source)) => {
            let name = &source.name;
            let seen = match &source.shown {
                Shown::OtherDomain(other) => format!("{name}, where {other} passed,"),
                Shown::NoPass | Shown::Unknown => name.clone(),
            };
            format!(
                "{lead} {seen} sends mail in the name of {domain}. If so, have it {setup}. If not, leave it: DMARC lets receivers tell such mail apart."
            )
        }
    }
}

/// Why no change to a record follows from a report.
pub(in crate::text::en) fn no_record(source: &str) -> String {
    format!(
        "No record can be worked out from a DMARC report: it counts what came from {source}, and does not show which service or server of the domain sent it. Open one message that came from {source}: for it, the record is worked out and tried here. If {source} is nobody's whom the domain knows, no record is to be changed."
    )
}
