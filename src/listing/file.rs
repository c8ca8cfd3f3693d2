//! Reads the table of blocklists. What is wrong with it is said with its line and the reason.

use std::collections::HashSet;
use std::net::Ipv4Addr;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::list::{Codes, Known, List, Meaning, Refusal, Takes, Terms, Weight};

/// What is wrong with the table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("assets/blocklists.toml:{line}: {reason}")]
pub struct FileError {
    pub line: usize,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    list: Vec<Spanned<WrittenList>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenList {
    id: String,
    name: String,
    zone: String,
    takes: Vec<Takes>,
    weight: Weight,
    terms: Terms,
    page: String,
    source: String,
    checked_on: Option<String>,
    known: Known,
    listed: Option<String>,
    unlisted: Option<String>,
    #[serde(default)]
    codes: Vec<WrittenCode>,
    #[serde(default)]
    bits: Vec<WrittenBit>,
    #[serde(default)]
    refusals: Vec<WrittenRefusal>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCode {
    code: Ipv4Addr,
    meaning: Meaning,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBit {
    bit: u8,
    meaning: Meaning,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRefusal {
    code: Ipv4Addr,
    why: Refusal,
}

/// Reads the whole table.
pub fn read(text: &str) -> Result<Vec<List>, FileError> {
    let error = |offset: usize, reason: String| FileError { line: line_at(text, offset), reason };
    let file: WrittenFile = toml::from_str(text).map_err(|fault| {
        let offset = fault.span().map_or(0, |span| span.start);
        error(offset, fault.message().to_owned())
    })?;
    let mut seen = HashSet::new();
    let mut lists = Vec::new();
    for spanned in file.list {
        let offset = spanned.span().start;
        let written = spanned.into_inner();
        let id = written.id.clone();
        if !seen.insert(id.clone()) || !seen.insert(written.zone.clone()) {
            return Err(error(offset, format!("list {id} or its zone stands there twice")));
        }
        lists.push(list(written).map_err(|reason| error(offset, format!("list {id}: {reason}")))?);
    }
    Ok(lists)
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

fn list(written: WrittenList) -> Result<List, String> {
    if !is_name(&written.zone) || ![&written.listed, &written.unlisted].into_iter().flatten().all(|name| is_name(name))
    {
        return Err("a zone or an entry is no name in small letters".to_owned());
    }
    if ![&written.page, &written.source].iter().all(|page| page.starts_with("https://")) {
        return Err("page or source is no https address".to_owned());
    }
    let is_address = |takes: &Takes| matches!(takes, Takes::Ip4 | Takes::Ip6);
    let addresses = written.takes.iter().filter(|takes| is_address(takes)).count();
    let is_of_domains = matches!(written.takes.as_slice(), [Takes::Name | Takes::Registered]);
    if !is_of_domains && (addresses == 0 || addresses != written.takes.len()) {
        return Err("it takes addresses, or domains in one form".to_owned());
    }
    if is_of_domains && written.listed.is_none() {
        return Err("a list of domains says which entry it has for tests".to_owned());
    }
    if written.checked_on.is_some() != (written.known == Known::Documented) {
        return Err("what is documented, and nothing else, has the day it was read".to_owned());
    }
    let date = |day: String| day.parse::<Date>().map_err(|_| format!("{day} is no date"));
    let checked_on = written.checked_on.map(date).transpose()?;
    let refusals: Vec<(Ipv4Addr, Refusal)> = written.refusals.into_iter().map(|row| (row.code, row.why)).collect();
    let codes = codes(written.codes, written.bits)?;
    if let Codes::Addresses(codes) = &codes {
        let is_both = |code: &Ipv4Addr| refusals.iter().any(|(refusal, _)| refusal == code);
        if let Some((code, _)) = codes.iter().find(|(code, _)| !code.is_loopback() || is_both(code)) {
            return Err(format!("{code} is outside of 127.0.0.0/8, or a refusal as well"));
        }
    }
    Ok(List {
        id: written.id,
        name: written.name,
        zone: written.zone,
        takes: written.takes,
        weight: written.weight,
        terms: written.terms,
        page: written.page,
        source: written.source,
        checked_on,
        known: written.known,
        listed: written.listed,
        unlisted: written.unlisted,
        codes,
        refusals,
    })
}

fn codes(codes: Vec<WrittenCode>, bits: Vec<WrittenBit>) -> Result<Codes, String> {
    match (codes.is_empty(), bits.is_empty()) {
        (false, true) => Ok(Codes::Addresses(codes.into_iter().map(|row| (row.code, row.meaning)).collect())),
        (true, false) if bits.iter().all(|row| row.bit.is_power_of_two()) => {
            Ok(Codes::Bits(bits.into_iter().map(|row| (row.bit, row.meaning)).collect()))
        }
        (true, false) => Err("a bit is a power of two".to_owned()),
        (true, true) | (false, false) => Err("it has codes, or bits".to_owned()),
    }
}

fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"[[list]]
id = "test"
name = "Test"
zone = "bl.example.com"
takes = ["ip4"]
weight = "narrow"
terms = "free"
page = "https://example.com/"
source = "https://example.com/codes"
checked_on = "2026-11-27"
known = "documented"
codes = [{ code = "127.0.0.2", meaning = "spam-source" }]
"#;

    #[test]
    fn the_table_is_read_whole() {
        let lists = read(include_str!("../../assets/blocklists.toml")).unwrap_or_else(|error| panic!("{error}"));
        assert!(lists.len() > 10);
        for list in &lists {
            assert!(!list.name.is_empty() && list.zone.contains('.'), "{}", list.id);
        }
    }

    #[test]
    fn a_bad_table_is_refused_with_line_and_reason() {
        for (from, to, line, reason) in [
            ("weight = \"narrow\"", "weight = \"thin\"", 6, "unknown variant"),
            ("weight = \"narrow\"", "weight = \"narrow\"\ncolour = 1", 7, "unknown field"),
            ("zone = \"bl.example.com\"", "zone = \"BL.example.com\"", 1, "no name in small letters"),
            ("https://example.com/codes", "http://example.com/codes", 1, "no https address"),
            ("[\"ip4\"]", "[\"ip4\", \"name\"]", 1, "it takes addresses, or domains"),
            ("[\"ip4\"]", "[\"name\"]", 1, "which entry it has for tests"),
            ("[\"ip4\"]", "[]", 1, "it takes addresses, or domains"),
            ("2026-11-27", "2026-13-27", 1, "2026-13-27 is no date"),
            ("\"documented\"", "\"reported\"", 1, "has the day it was read"),
            ("127.0.0.2", "192.0.2.2", 1, "outside of 127.0.0.0/8"),
            ("127.0.0.2", "127.0.0.256", 12, ""),
            ("codes = [", "bits = [{ bit = 3, meaning = \"spam-domain\" }]\nrefusals = []#", 1, "a power of two"),
            ("codes = [", "refusals = []#", 1, "it has codes, or bits"),
        ] {
            let error = read(&GOOD.replace(from, to)).unwrap_err();
            assert_eq!(error.line, line, "{error}");
            assert!(error.reason.contains(reason), "{error}");
        }
        assert_eq!(
            read(&format!("{GOOD}\n{GOOD}")).unwrap_err().to_string(),
            "assets/blocklists.toml:14: list test or its zone stands there twice"
        );
    }
}
