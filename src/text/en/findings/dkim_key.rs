//! Findings about the keys of DKIM signatures.

use super::dkim::ASK_THE_OWNER;
use crate::auth::dkim::key::KeyFault;
use crate::auth::dkim::lint::LintKind;
use crate::check::KeyLimit;
use crate::text::Explanation;
use crate::text::en::dkim;

pub(in crate::text) fn missing(domain: &str, selector: &str, suspect: bool) -> Explanation {
    if suspect {
        return Explanation::new(
            format!("The key {selector} of {domain} is not in DNS"),
            format!(
                "The message names a key that {domain} does not publish, so the signature proves nothing: anybody can write such a field."
            ),
            ASK_THE_OWNER,
        );
    }
    Explanation::new(
        format!("The key {selector} of {domain} is not in DNS today"),
        format!(
            "Without the key the signature of {domain} cannot be checked today. It may well have been valid when the message was received: keys are replaced from time to time."
        ),
        format!(
            "If the message is new, ask whoever keeps the DNS of {domain} whether their mail is signed with this key; if so, the TXT record {} must be published again. For an old message nothing needs to be done.",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn revoked(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("The key {selector} of {domain} was revoked"),
        "The owner has withdrawn the key (p= is empty), so signatures made with it do not count today.",
        format!(
            "If the message is new, ask whoever runs the server that signs for {domain} whether they know of it. If so, they have it use a current key. For an old one nothing needs to be done."
        ),
    )
}

pub(in crate::text) fn broken(domain: &str, selector: &str, fault: KeyFault, octets: Option<usize>) -> Explanation {
    Explanation::new(
        format!("The key {selector} of {domain} cannot be used"),
        [Some(dkim::key_fault(fault).to_owned()), octets.map(dkim::wrong_length)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        dkim::key_fault_remedy(fault, domain, &name(domain, selector)),
    )
}

pub(in crate::text) fn mismatch(domain: &str, selector: &str, algorithm: &str, limit: KeyLimit) -> Explanation {
    Explanation::new(
        format!("The key {selector} of {domain} does not fit the signature"),
        dkim::key_limit(limit, algorithm),
        dkim::key_limit_remedy(limit, domain, &name(domain, selector)),
    )
}

pub(in crate::text) fn not_for_email(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("The key {selector} of {domain} is not for e-mail"),
        "The record limits the key to other services (s=), so receivers do not accept the signature.",
        format!(
            "Ask whoever keeps the DNS of {domain} to remove s= from the TXT record {}, or to write s=email.",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn strict_identity(domain: &str, selector: &str, identity: &str) -> Explanation {
    Explanation::new(
        format!("The key {selector} of {domain} does not allow the identity of the signature"),
        format!(
            "The record has t=s, which allows an identity in {domain} itself only; the signature names {identity} (i=). Receivers do not accept it."
        ),
        format!(
            "Ask whoever keeps the DNS of {domain} to remove s from t= in the TXT record {}, or whoever runs the server that signs to write an i= in {domain} itself.",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn several(domain: &str, selector: &str, records: usize) -> Explanation {
    Explanation::new(
        format!("There are {records} TXT records for the key {selector} of {domain}"),
        "Which of them a receiver takes is undefined. Some take the first they get, so the signature passes on one day and fails on the next.",
        format!(
            "Ask whoever keeps the DNS of {domain} to leave exactly one TXT record at {}: the one with the key that signs now.",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn weak(domain: &str, selector: &str, bits: u32) -> Explanation {
    Explanation::new(
        format!("The key {selector} of {domain} has {bits} bits; 2048 are recommended"),
        format!(
            "The signature is valid. Keys of {bits} bits are still accepted, but an attacker with enough money may break them."
        ),
        format!("{} Nothing is urgent: the next change of keys will do.", new_key(domain)),
    )
}

pub(in crate::text) fn short(domain: &str, selector: &str, bits: u32) -> Explanation {
    Explanation::new(
        format!("The key {selector} of {domain} is too short ({bits} bits)"),
        "Signatures with keys of under 1024 bits must not be accepted; 2048 bits are recommended.",
        new_key(domain),
    )
}

pub(in crate::text) fn long(domain: &str, selector: &str, bits: u32) -> Explanation {
    Explanation::new(
        format!("The key {selector} of {domain} is too long to be checked ({bits} bits)"),
        "Receivers must support keys of up to 4096 bits; many do not compute with longer ones and count such a signature as none.",
        new_key(domain),
    )
}

pub(in crate::text) fn untidy(domain: &str, selector: &str, lints: &[LintKind]) -> Explanation {
    let odd: Vec<&str> = lints.iter().map(|kind| dkim::lint(*kind)).collect();
    Explanation::new(
        format!("Some receivers may stumble over the key record {selector} of {domain}"),
        format!("The key can be read. Noticed: {}.", odd.join("; ")),
        format!(
            "Ask whoever keeps the DNS of {domain} to tidy up the TXT record {} at the next occasion.",
            name(domain, selector)
        ),
    )
}

pub(in crate::text) fn testing(domain: &str, selector: &str) -> Explanation {
    Explanation::new(
        format!("{domain} is testing DKIM (t=y in the key {selector})"),
        "By the standard, receivers treat such mail like unsigned mail, whether the signature verifies or not. In practice most of them count it.",
        format!(
            "When signing works, ask whoever keeps the DNS of {domain} to remove y from t= in the TXT record {}.",
            name(domain, selector)
        ),
    )
}

fn new_key(domain: &str) -> String {
    format!(
        "Ask whoever runs the server that signs for {domain} to make a key of 2048 bits, have it published under a new selector, and sign with it."
    )
}

fn name(domain: &str, selector: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}
