//! Links that a filter rewrote so that they lead through it, and what they were before.

use super::coded::{self, Decoded};
use super::{Undo, Wanted};
use crate::auth::dkim::cause::change::Change;
use crate::auth::dkim::cause::part::{Encoding, Part};

/// Where the address stands in a link of a filter.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// Percent-encoded in that parameter.
    Parameter(&'static str),
    /// Between `__` and `__;` (Proofpoint URL Defense 3).
    Underscores,
    /// In the parameter `u`, with `-` for `%` and `_` for `/` (Proofpoint URL Defense 2).
    Dashes,
    /// Percent-encoded at the end of the path.
    Path,
}

/// Hosts of filters, by their last labels, and the form of their links.
const FILTERS: &[(&str, Form)] = &[
    ("safelinks.protection.outlook.com", Form::Parameter("url")),
    ("urldefense.com", Form::Underscores),
    ("urldefense.us", Form::Underscores),
    ("urldefense.proofpoint.com", Form::Dashes),
    ("linkprotect.cudasvc.com", Form::Parameter("a")),
    ("ctp.trendmicro.com", Form::Parameter("url")),
    ("secure-web.cisco.com", Form::Path),
    ("clicktime.symantec.com", Form::Parameter("u")),
    ("protect.checkpoint.com", Form::Underscores),
    ("avanan.click", Form::Underscores),
];

/// The most links that are looked at.
const MAX_LINKS: usize = 2_000;

/// Every rewritten link of all text parts turned back.
pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    let texts = wanted.parts.iter().filter(|part| part.is_text());
    let replaced = texts.flat_map(|part| in_part(wanted, part)).collect();
    Undo::replacing(Change::LinksRewritten, replaced).into_iter().collect()
}

fn in_part(wanted: &Wanted<'_>, part: &Part) -> Vec<(std::ops::Range<usize>, Vec<u8>)> {
    let raw = wanted.body.get(part.content.clone()).unwrap_or_default();
    if part.encoding == Encoding::Base64 {
        return Vec::new();
    }
    let decoded = Decoded::of(part, raw);
    let links = links(decoded.text(), part.is_html());
    let replaced = decoded.replaced(&links).into_iter();
    replaced.map(|(range, with)| (part.content.start + range.start..part.content.start + range.end, with)).collect()
}

/// The links of filters in a text, and what each was.
fn links(text: &[u8], is_html: bool) -> Vec<(std::ops::Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.windows(8).position(|window| window == b"https://")) {
        let start = at + start;
        let rest = text.get(start..).unwrap_or_default();
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"<>\"'()".contains(byte);
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let link = String::from_utf8_lossy(rest.get(..length).unwrap_or_default());
        let link = if is_html { link.replace("&amp;", "&") } else { link.into_owned() };
        if let Some(before) = unwrapped(&link) {
            let before = if is_html { before.replace('&', "&amp;") } else { before };
            found.push((start..start + length, before));
        }
        at = start + length.max(8);
        if found.len() >= MAX_LINKS {
            break;
        }
    }
    found
}

/// What a link of a filter leads to.
fn unwrapped(link: &str) -> Option<String> {
    let (host, path) = link.strip_prefix("https://")?.split_once('/')?;
    let is_of = |known: &str| host == known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with(['.', '-']));
    let (_, form) = FILTERS.iter().find(|(known, _)| is_of(known))?;
    let parameter = |name: &str| {
        let (_, query) = path.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    };
    let before = match form {
        Form::Parameter(name) => percent_decoded(parameter(name)?),
        Form::Dashes => percent_decoded(&parameter("u")?.replace('-', "%").replace('_', "/")),
        Form::Underscores => path.split_once("__")?.1.split_once("__")?.0.to_owned(),
        Form::Path => percent_decoded(path.rsplit_once('/')?.1),
    };
    (before.starts_with("http://") || before.starts_with("https://")).then_some(before)
}

fn percent_decoded(text: &str) -> String {
    let quoted = text.replace('=', "=3D").replace('%', "=");
    String::from_utf8_lossy(&coded::unquoted(quoted.as_bytes()).0).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_filters_say_where_they_lead() {
        for (link, before) in [
            (
                "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.jp%2Fa%3Fb%3D1&data=05&reserved=0",
                Some("https://example.jp/a?b=1"),
            ),
            ("https://urldefense.com/v3/__https://example.jp/a__;!!abc$", Some("https://example.jp/a")),
            ("https://urldefense.proofpoint.com/v2/url?u=https-3A__example.jp_a&d=x", Some("https://example.jp/a")),
            ("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexample.jp&c=E", Some("https://example.jp")),
            ("https://secure-web.cisco.com/1abc/https%3A%2F%2Fexample.jp%2F", Some("https://example.jp/")),
            ("https://example.com/?url=https%3A%2F%2Fexample.jp", None),
            ("https://notsafelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.jp", None),
            ("https://urldefense.com/v3/", None),
        ] {
            assert_eq!(unwrapped(link).as_deref(), before, "{link}");
        }
        let text = b"see https://urldefense.com/v3/__https://example.jp/a__;!!abc$ and <https://example.jp>";
        assert_eq!(links(text, false), [(4..61, "https://example.jp/a".to_owned())]);
    }
}
