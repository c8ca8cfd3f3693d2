//! The URIs of `rua` and `ruf` (RFC 9989 sections 4.6 and 4.8).

/// A URI without the obsolete size limit at its end (section 4.8 `obs-dmarc-report-size`).
pub(super) fn without_size_limit(uri: &str) -> &str {
    let Some((before, limit)) = uri.rsplit_once('!') else { return uri };
    let digits = limit.strip_suffix(['k', 'm', 'g', 't', 'K', 'M', 'G', 'T']).unwrap_or(limit);
    let is_limit = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_limit { before } else { uri }
}

/// The scheme of a URI (RFC 3986 section 3.1); `None` when it is no URI, or a `mailto` without an address (RFC 6068).
pub(super) fn scheme(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    // Section 4.8 wants `!` encoded, so it is not among the sub-delimiters here.
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@$&'()*+;=%".contains(&byte);
    let is_target = !rest.is_empty() && rest.bytes().all(is_allowed) && percents_are_encodings(rest.as_bytes());
    let is_address = || {
        let path = rest.split('?').next().unwrap_or_default();
        path.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
    };
    (is_scheme && is_target && (!scheme.eq_ignore_ascii_case("mailto") || is_address())).then_some(scheme)
}

/// Every `%` begins an encoded byte (RFC 3986 section 2.1).
fn percents_are_encodings(bytes: &[u8]) -> bool {
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    bytes.iter().enumerate().all(|(at, &byte)| byte != b'%' || (is_hex(at + 1) && is_hex(at + 2)))
}

/// The host part of a valid `mailto` URI: where its reports go (RFC 9990 section 4). `None` for every other scheme.
#[must_use]
pub fn mail_host(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once(':')?;
    let path = rest.split('?').next().unwrap_or_default();
    let (_, host) = path.rsplit_once('@').filter(|_| scheme.eq_ignore_ascii_case("mailto"))?;
    Some(host)
}
