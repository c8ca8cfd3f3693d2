//! Domain names as the evaluators compare them.

/// A domain as DNS and comparisons want it: A-labels, lower case, no trailing dot (RFC 9989 section 5.3.1, RFC 4343).
/// `None` when the text cannot be a DNS name (a domain literal, an empty or over-long label, white space).
#[must_use]
pub fn normalize(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    if text.is_empty() || text.starts_with('[') {
        return None;
    }
    let ascii = idna::domain_to_ascii_cow(text.as_bytes(), idna::AsciiDenyList::EMPTY).ok()?.to_ascii_lowercase();
    let well_formed = ascii.len() <= 253
        && ascii.split('.').all(|label| !label.is_empty() && label.len() <= 63 && !label.contains(char::is_whitespace));
    well_formed.then_some(ascii)
}
