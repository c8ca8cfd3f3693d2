//! Visits what delivery reports say: recipients, and replies in which their addresses stand again.

use super::mask::Mask;
use super::reply;
use super::walk::optional;
use crate::aggregate::{Aggregate, Identifier, Override, Source};
use crate::bounce::{Bounce, Notice, Recipient, Returned};

pub(super) fn bounce(bounce: &mut Bounce, mask: &Mask) {
    let Bounce { form: _, writer: _, reporter, arrived: _, recipients, left_out: _, returned, deviations: _, span: _ } =
        bounce;
    optional(reporter, mask);
    for recipient in recipients {
        self::recipient(recipient, mask);
    }
    if let Some(returned) = returned {
        let Returned { header_only: _, subject, author, message_id, signers, named } = returned;
        if let Some(subject) = subject {
            Mask::hide(subject);
        }
        for text in [author, message_id] {
            optional(text, mask);
        }
        for domain in signers.iter_mut().chain(named) {
            mask.text(domain);
        }
    }
}

fn recipient(recipient: &mut Recipient, mask: &Mask) {
    let Recipient {
        address,
        original,
        action: _,
        outcome: _,
        host,
        // Names and pages of the table, no text of the message.
        provider: _,
        reply: _,
        status: _,
        text,
        decoded: _,
        last_attempt: _,
        retried_until: _,
        span: _,
    } = recipient;
    for address in [address, original].into_iter().flatten() {
        mask.address(address);
    }
    optional(host, mask);
    if let Some(text) = text {
        mask.sentence(text);
        *text = reply::known_words(text);
    }
}

pub(super) fn notice(notice: &mut Notice, mask: &Mask) {
    let Notice { kind: _, span: _, word } = notice;
    optional(word, mask);
}

/// Sources are servers, but for a computer that a person sits at.
pub(super) fn aggregate(report: &mut Aggregate, mask: &Mask) {
    let Aggregate {
        reporter,
        contact,
        report_id,
        begin: _,
        end: _,
        domain,
        policies,
        messages: _,
        passed: _,
        sources,
        left_out: _,
        deviations: _,
        span: _,
    } = report;
    for text in [reporter, report_id, domain] {
        optional(text, mask);
    }
    if let Some(contact) = contact {
        mask.address(contact);
    }
    for (_, value) in policies {
        mask.text(value);
    }
    for source in sources {
        self::source(source, mask);
    }
}

fn source(source: &mut Source, mask: &Mask) {
    let Source {
        name,
        ip,
        messages: _,
        at_least: _,
        spf: _,
        dkim: _,
        failed: _,
        quarantined: _,
        rejected: _,
        identifiers,
        overrides,
    } = source;
    match ip {
        Some(ip) => {
            mask.ip(ip);
            *name = ip.to_string();
        }
        None => mask.text(name),
    }
    for Identifier { method: _, domain, selector, outcome: _, messages: _ } in identifiers {
        for text in [domain, selector] {
            optional(text, mask);
        }
    }
    for Override { kind: _, comment, messages: _ } in overrides {
        if let Some(comment) = comment {
            mask.sentence(comment);
        }
    }
}
