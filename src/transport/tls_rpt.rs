//! The record that says where reports about TLS go (RFC 8460 section 3).

use super::record::{Dialect, Field, Problem};
use crate::message::{Span, Spanned};

pub(super) const DIALECT: Dialect = Dialect { version: "v=TLSRPTv1;", field: "rua", check };

/// Where the record of a domain stands.
pub(super) fn owner(domain: &str) -> String {
    format!("_smtp._tls.{domain}")
}

/// Commas and `!` within an address have to be escaped there, so every comma divides.
fn check(rua: Option<&Field>) -> Vec<Spanned<Problem>> {
    let Some(rua) = rua else { return vec![Spanned::new(Problem::MissingRua, Span::new(0, 0))] };
    let mut problems = Vec::new();
    let mut at = rua.value.span.start;
    for entry in rua.value.value.split(',') {
        let start = at + entry.len() - entry.trim_start().len();
        at += entry.len() + 1;
        let uri = entry.trim();
        let span = Span::new(start, start + uri.len());
        match uri.split_once(':') {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => {
                let has_sides = rest.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty());
                if !has_sides || !is_uri(uri) {
                    problems.push(Spanned::new(Problem::BadUri, span));
                }
            }
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => {
                if !rest.starts_with("//") || rest.len() <= "//".len() || !is_uri(uri) {
                    problems.push(Spanned::new(Problem::BadUri, span));
                }
            }
            Some((scheme, _)) if is_scheme(scheme) && is_uri(uri) => {
                problems.push(Spanned::new(Problem::UnusualScheme, span));
            }
            Some(_) | None => problems.push(Spanned::new(Problem::BadUri, span)),
        }
    }
    problems
}

/// RFC 3986 section 3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn is_uri(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}!".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::super::record::{Record, choose};
    use super::*;

    fn read(text: &str) -> (State, Vec<(Problem, String)>) {
        let (state, record) = choose(&DIALECT, &[text.as_bytes().to_vec()]);
        let named = |record: &Record| {
            let problems = record.problems.iter();
            problems.map(|problem| (problem.value, record.at(problem.span))).collect::<Vec<_>>()
        };
        let problems = record.iter().flat_map(named);
        (state, problems.collect())
    }

    #[test]
    fn addresses_for_reports_are_read() {
        for text in [
            "v=TLSRPTv1; rua=mailto:tls@example.jp",
            "v=TLSRPTv1;rua=mailto:a@example.jp , https://example.jp/tls?x=1;",
            "v=TLSRPTv1; rua=MAILTO:a%21b@example.jp",
        ] {
            assert_eq!(read(text), (State::Found, Vec::new()), "{text}");
        }
        let unusual = read("v=TLSRPTv1; rua=mailto:a@example.jp,ftp://example.jp/");
        assert_eq!(unusual, (State::Found, vec![(Problem::UnusualScheme, "ftp://example.jp/".to_owned())]));
    }

    #[test]
    fn what_breaks_it_is_named() {
        for (text, problem, part) in [
            ("v=TLSRPTv1;", Problem::MissingRua, ""),
            ("v=TLSRPTv1; ruf=mailto:a@example.jp", Problem::MissingRua, ""),
            ("v=TLSRPTv1; rua=tls@example.jp", Problem::BadUri, "tls@example.jp"),
            ("v=TLSRPTv1; rua=mailto:example.jp", Problem::BadUri, "mailto:example.jp"),
            ("v=TLSRPTv1; rua=mailto:a@example.jp,", Problem::BadUri, ""),
            ("v=TLSRPTv1; rua=https:example.jp", Problem::BadUri, "https:example.jp"),
            ("v=TLSRPTv1; rua=mailto:a!b@example.jp", Problem::BadUri, "mailto:a!b@example.jp"),
            ("v=TLSRPTV1; rua=mailto:a@example.jp", Problem::BadVersion, "v=TLSRPTV1"),
        ] {
            let (state, problems) = read(text);
            assert_eq!((state, &problems[0]), (State::Broken, &(problem, part.to_owned())), "{text}");
        }
    }
}
