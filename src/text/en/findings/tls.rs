//! Findings about encryption on the way, which each server states for itself.

use std::net::IpAddr;

use crate::path::TlsVersion;
use crate::text::Explanation;

pub(in crate::text) fn arrival_not_encrypted(by: Option<&str>, ip: Option<IpAddr>) -> Explanation {
    let from = ip.map_or_else(String::new, |ip| format!(" from {ip}"));
    let at = ip.map_or_else(String::new, |ip| format!(" at {ip}"));
    Explanation::new(
        "The message arrived without encryption",
        format!(
            "{} writes that it took the message over{from} without TLS. This is its word for this one hop. Gmail marks such mail with a red open padlock.",
            by.unwrap_or("The receiving server")
        ),
        format!(
            "Ask whoever runs the server{at} that handed the message over to turn on TLS (STARTTLS) for outgoing mail. If it is on, {} may not offer STARTTLS.",
            by.unwrap_or("the receiving server")
        ),
    )
}

pub(in crate::text) fn arrival_tls_old(by: Option<&str>, ip: Option<IpAddr>, version: TlsVersion) -> Explanation {
    let from = ip.map_or_else(String::new, |ip| format!(" from {ip}"));
    let server = ip.map_or_else(|| "the sending server".to_owned(), |ip| format!("the server at {ip}"));
    let (by, version) = (by.unwrap_or("The receiving server"), version.name());
    Explanation::new(
        format!("The message arrived over {version}, which is out of date"),
        format!(
            "{by} writes that it took the message over{from} with {version}, which must not be used any more. Some receivers refuse it."
        ),
        format!("Ask whoever runs {server} to allow TLS 1.2 and 1.3 for outgoing mail."),
    )
}

pub(in crate::text) fn hop_tls_weak(hop: usize, by: Option<&str>, version: Option<TlsVersion>) -> Explanation {
    let by = by.unwrap_or("The server");
    let (title, state) = match version.map(TlsVersion::name) {
        Some(version) => (
            format!("Hop {hop} used {version}, which is out of date"),
            format!("{by} writes that it took the message over with {version}, which must not be used any more."),
        ),
        None => {
            (format!("Hop {hop} was not encrypted"), format!("{by} writes that it took the message over without TLS."))
        }
    };
    Explanation::new(
        title,
        format!("{state} This is its word for this one hop, which is not the one into the receiving side."),
        "Nothing at the receiving side. Whoever runs that server can require TLS 1.2 or later.",
    )
}
