//! The bytes of a masked message: everything is hidden but what is known to name no person.

use super::local;
use super::mask::{Mask, has_addresses, overwrite};
use crate::analyze::Analysis;
use crate::message::{Field, Message, Source, Span, address};

/// Fields that servers write about servers. Addresses in them are masked, the rest stays.
const TRACE_FIELDS: &[&str] = &[
    "ARC-Authentication-Results",
    "ARC-Message-Signature",
    "ARC-Seal",
    "Authentication-Results",
    "Auto-Submitted",
    "Content-Transfer-Encoding",
    "DKIM-Signature",
    "Date",
    "DomainKey-Signature",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Precedence",
    "Received",
    "Received-SPF",
    "Resent-Date",
    "X-Google-DKIM-Signature",
    "X-Received",
];

/// The message as long as it was, with `*` for what is hidden. What is not a field, the body too, is hidden whole.
pub(super) fn masked(analysis: &Analysis, mask: &Mask) -> Source {
    let message = &analysis.message;
    let original = message.source.bytes();
    let mut bytes = original.to_vec();
    for byte in bytes.iter_mut().filter(|byte| !matches!(byte, b'\r' | b'\n')) {
        *byte = b'*';
    }
    for field in &message.fields {
        let name = Span::new(field.span.start, field.value.start);
        copy(&mut bytes, original, name);
        hide_secrets(&mut bytes, name, mask);
        write_value(&mut bytes, message, field, mask);
    }
    for hop in &analysis.facts.path.hops {
        let addresses = [&hop.recipient, &hop.envelope_from].into_iter().flatten();
        let users = hop.from.helo.iter().filter(|helo| mask.is_local(&helo.value));
        for stated in addresses.filter(|address| !address.value.contains('@')).chain(users) {
            overwrite(part(&mut bytes, stated.span));
        }
    }
    Source::new(bytes)
}

fn write_value(bytes: &mut [u8], message: &Message, field: &Field, mask: &Mask) {
    let original = message.source.bytes();
    let is_trace = TRACE_FIELDS.iter().any(|known| field.is(known));
    if has_addresses(&field.name) {
        show_domains(bytes, message, field, mask);
    } else if is_trace {
        copy(bytes, original, field.value);
        hide_secrets(bytes, field.value, mask);
        hide_logins(bytes, field.value);
        hide_copied_fields(bytes, field.value);
    } else if field.is("Content-Type") {
        // File names stand among the parameters.
        let value = message.source.slice(field.value);
        let end = value.iter().position(|&byte| byte == b';').unwrap_or(value.len());
        copy(bytes, original, Span::new(field.value.start, field.value.start + end));
        hide_secrets(bytes, field.value, mask);
    }
}

/// Shows the brackets, the domains and the first character of each local part.
fn show_domains(bytes: &mut [u8], message: &Message, field: &Field, mask: &Mask) {
    let original = message.source.bytes();
    for at in field.value.start..field.value.end {
        if original.get(at).is_some_and(|byte| b" \t<>,@".contains(byte)) {
            copy(bytes, original, Span::new(at, at + 1));
        }
    }
    for mailbox in address::read(&message.unfold(field)).mailboxes {
        let Some(domain) = &mailbox.domain else { continue };
        let raw = message.source.slice(mailbox.span);
        let address = mailbox.address.as_bytes();
        let Some(start) = raw.windows(address.len()).rposition(|window| window == address) else { continue };
        let start = mailbox.span.start + start;
        let end = start + address.len();
        let local = address.len() - domain.len() - 1;
        copy(bytes, original, Span::new(end - domain.len(), end));
        hide_computers(bytes, Span::new(end - domain.len(), end), mask);
        if local > 1 && address[0].is_ascii_alphanumeric() {
            copy(bytes, original, Span::new(start, start + 1));
        }
    }
}

fn hide_secrets(bytes: &mut [u8], span: Span, mask: &Mask) {
    let part = part(bytes, span);
    for range in mask.secrets(part) {
        overwrite(&mut part[range]);
    }
}

fn hide_computers(bytes: &mut [u8], span: Span, mask: &Mask) {
    let part = part(bytes, span);
    for range in mask.computers(part).collect::<Vec<_>>() {
        overwrite(&mut part[range]);
    }
}

fn hide_logins(bytes: &mut [u8], span: Span) {
    let part = part(bytes, span);
    for range in local::logins(part) {
        overwrite(&mut part[range]);
    }
}

/// The tag `z=` holds copies of header fields (RFC 6376 section 3.5).
fn hide_copied_fields(bytes: &mut [u8], span: Span) {
    for tag in part(bytes, span).split_mut(|&byte| byte == b';') {
        let name = tag.iter().position(|&byte| byte == b'=');
        if let Some(equals) = name.filter(|&equals| tag[..equals].trim_ascii() == b"z") {
            overwrite(&mut tag[equals + 1..]);
        }
    }
}

fn copy(bytes: &mut [u8], original: &[u8], span: Span) {
    if let (Some(to), Some(from)) = (bytes.get_mut(span.start..span.end), original.get(span.start..span.end)) {
        to.copy_from_slice(from);
    }
}

fn part(bytes: &mut [u8], span: Span) -> &mut [u8] {
    bytes.get_mut(span.start..span.end).unwrap_or_default()
}
