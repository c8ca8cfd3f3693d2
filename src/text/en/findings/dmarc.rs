//! Findings about what DMARC came to.

use crate::auth::dmarc::{DmarcResult, Policy};
use crate::sender::services::Service;
use crate::text::Explanation;
use crate::text::en::{sender, terms};

pub(in crate::text) fn unaligned(
    author: &str,
    passed: &[String],
    policy: Option<Policy>,
    service: Option<&'static Service>,
) -> Explanation {
    let steps = service.and_then(|service| Some((service, sender::setup(service, service.setup.as_ref()?, author))));
    let remedy = steps.map_or_else(
        || {
            format!(
                "Ask the administrator of {author} whether they use the service that sent this. If not, treat the message as spoofed. If they do, they set up DKIM signing with {author} there, or an envelope From below {author}. Through a forwarder only the signature helps."
            )
        },
        |(service, steps)| {
            format!(
                "Ask the administrator of {author} whether they use {}. If not, treat the message as spoofed. If they do: {}",
                service.name,
                steps.join(" ")
            )
        },
    );
    let strange = if passed.len() == 1 {
        format!("It is neither {author} nor of the same organisation, so DMARC does not count it.")
    } else {
        format!("None of these is {author} or belongs to the same organisation, so DMARC does not count them.")
    };
    Explanation::new(
        format!("DMARC fails: nothing that passed belongs to {author}"),
        format!("Passed: {}. {strange}{}", passed.join(", "), asked(author, policy)),
        remedy,
    )
}

pub(in crate::text) fn unauthenticated(author: &str, policy: Option<Policy>, suspect: bool) -> Explanation {
    let remedy = if suspect {
        super::identity::leave_alone(author)
    } else {
        format!(
            "Ask the administrator of {author} whether the server is theirs. Only if it is: they add it to the SPF record of {author} and sign with DKIM."
        )
    };
    Explanation::new(
        format!("DMARC fails: neither SPF nor DKIM passed for {author}"),
        format!("Nothing in the message proves {author}.{}", asked(author, policy)),
        remedy,
    )
}

pub(in crate::text) fn no_author(domains: &[String]) -> Explanation {
    let title = if domains.len() > 1 { "From names several domains" } else { "From names no single sender" };
    let meaning = match domains {
        [] => "DMARC needs exactly one sender domain in From, and there is none here that could be asked.".to_owned(),
        [only] => format!(
            "DMARC needs exactly one sender domain in From, in one From field that can be read; {only} is not named that way. Mail like this is a known form of attack."
        ),
        [..] => format!(
            "DMARC needs exactly one sender domain in From; here there are {}. Mail with several is a known form of attack.",
            domains.join(", ")
        ),
    };
    Explanation::new(
        title,
        meaning,
        "Ask the sender, by another way than this mail, whether it is theirs. If it is, ask whoever runs the program that wrote it to have it send with exactly one address in From.",
    )
}

pub(in crate::text) fn missing(author: &str) -> Explanation {
    Explanation::new(
        format!("{author} has no DMARC record"),
        format!(
            "Receivers are told neither how {author} protects its mail nor what to do with spoofed mail. Gmail, Yahoo and Microsoft require a record of bulk senders."
        ),
        format!(
            "Ask whoever keeps the DNS of {author} to publish a TXT record at _dmarc.{author}; to begin with v=DMARC1; p=none; rua=mailto:…"
        ),
    )
}

pub(in crate::text) fn reject_on_spf_only(author: &str) -> Explanation {
    Explanation::new(
        format!("{author} asks for reject, but only SPF speaks for it here"),
        format!(
            "A domain that asks for reject must sign with DKIM and must not rely on SPF alone. Without a signature of {author}, DMARC fails as soon as the message is forwarded."
        ),
        format!(
            "Ask the administrator of {author} to set up DKIM signing with {author} on the sending server or in the sending service."
        ),
    )
}

/// A result with the policy that goes with it.
type Reading = (DmarcResult, Option<Policy>);

pub(in crate::text) fn readings_differ(
    author: &str,
    has_own_record: bool,
    now: Reading,
    older: Reading,
) -> Explanation {
    let remedy = if has_own_record {
        format!("Ask the administrator of {author} to sign with d={author}; then both readings agree.")
    } else {
        format!(
            "Ask the administrator of {author} to publish a DMARC record at {author} itself and to sign with d={author}; then both readings agree."
        )
    };
    Explanation::new(
        format!("Receivers may judge DMARC of {author} differently"),
        format!(
            "RFC 9989 finds the organisation by asking DNS upwards: {}. Many receivers still use the Public Suffix List (RFC 7489): {}.",
            reading(now),
            reading(older)
        ),
        remedy,
    )
}

/// What a way of reading DMARC comes to.
fn reading((result, policy): Reading) -> String {
    let result = terms::dmarc_result(result);
    policy.map_or_else(|| result.to_owned(), |policy| format!("{result}, policy {}", terms::policy_word(policy)))
}

/// What the owner asks receivers to do with such mail.
fn asked(author: &str, policy: Option<Policy>) -> String {
    match policy {
        Some(Policy::Reject) => format!(" {author} asks receivers to reject such mail."),
        Some(Policy::Quarantine) => format!(" {author} asks receivers to quarantine such mail."),
        Some(Policy::None) => format!(" {author} asks for reports only (p=none)."),
        None => String::new(),
    }
}
