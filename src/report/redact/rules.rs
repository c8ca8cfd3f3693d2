//! The facts that rules of providers are judged on.

use super::mask::Mask;
use super::walk;
use crate::auth::author_hosts::AuthorHosts;
use crate::auth::bimi::{Bimi, Selector};
use crate::message::Spanned;
use crate::message::form::Form;
use crate::path::Recipient;
use crate::sender::Unsubscribe;

/// What the rules of providers are judged on: lengths, kinds and places, and the names of hosts.
pub(super) fn facts(form: &mut Form, unsubscribe: &mut Unsubscribe, recipient: &mut Recipient, mask: &Mask) {
    let Form {
        header_bytes: _,
        message_bytes: _,
        fields: _,
        longest_value: _,
        longest_name: _,
        message_id: _,
        subject: _,
        longest_line: _,
        repeated: _,
        eight_bit: _,
        unreadable: _,
        list_id: _,
        answers: _,
    } = form;
    let Unsubscribe { counts: _, field: _, ways: _, values, post, body: _, content: _ } = unsubscribe;
    // Such an address leads to one reader.
    values.iter_mut().flatten().for_each(Mask::hide);
    if let Some(Spanned { value, span: _ }) = post {
        mask.text(value);
    }
    let Recipient { hosts, domain, shown_by: _ } = recipient;
    for Spanned { value, span: _ } in hosts.iter_mut().chain(domain) {
        mask.text(value);
    }
}

/// Its sender names it as he likes.
pub(super) fn selector(selector: &mut Selector, mask: &Mask) {
    match selector {
        Selector::Default => {}
        Selector::Named(name) | Selector::Ignored(name) => mask.text(name),
    }
}

pub(super) fn dns(hosts: &mut Option<AuthorHosts>, bimi: &mut Option<Bimi>, mask: &Mask) {
    if let Some(AuthorHosts { domain, state: _, questions: _ }) = hosts {
        mask.text(domain);
    }
    if let Some(Bimi { name, selector, state: _, logo, certificate, questions: _ }) = bimi {
        mask.text(name);
        self::selector(selector, mask);
        walk::optional(logo, mask);
        walk::optional(certificate, mask);
    }
}
