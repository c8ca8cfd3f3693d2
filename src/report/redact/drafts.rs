//! Visits what the fields before and after DKIM say: envelope addresses, and recipes that hold removed text.

use super::mask::Mask;
use super::walk::{optional, tag_list};
use crate::auth::dkim::tag::{Tag, TagList};
use crate::auth::dkim2::{Dkim2, HopSignature, Instance, Key};
use crate::auth::domainkeys::DomainKey;

pub(super) fn dkim2(dkim2: &mut Dkim2, mask: &Mask) {
    let Dkim2 { signatures, instances, left_out: _ } = dkim2;
    for HopSignature {
        span: _,
        tags,
        i: _,
        m: _,
        signed_at: _,
        domain,
        keys,
        mail_from,
        recipients,
        next_domain,
        flags,
    } in signatures
    {
        hide_coded(tags, mask);
        for text in [domain, next_domain] {
            optional(text, mask);
        }
        for Key { selector, algorithm } in keys {
            mask.text(selector);
            optional(algorithm, mask);
        }
        for address in recipients.iter_mut().chain(mail_from) {
            let mut inner = address.trim_matches(['<', '>']).to_owned();
            if !inner.is_empty() {
                mask.address(&mut inner);
            }
            *address = format!("<{inner}>");
        }
        for flag in flags {
            mask.text(flag);
        }
    }
    for Instance { span: _, tags, m: _, algorithms, headers, body: _ } in instances {
        hide_coded(tags, mask);
        for text in algorithms.iter_mut().chain(headers) {
            mask.text(text);
        }
    }
}

/// Addresses and text stand in base64 there.
fn hide_coded(list: &mut TagList, mask: &Mask) {
    let TagList { tags, faults: _ } = list;
    for Tag { name, value, span: _, value_span: _, slot: _ } in tags {
        if matches!(name.as_str(), "mf" | "rt" | "r" | "n") {
            Mask::hide(value);
        }
    }
    tag_list(list, mask);
}

pub(super) fn domainkeys(keys: &mut [DomainKey], mask: &Mask) {
    for DomainKey { span: _, tags, domain, selector, algorithm } in keys {
        tag_list(tags, mask);
        for text in [domain, selector, algorithm] {
            optional(text, mask);
        }
    }
}
