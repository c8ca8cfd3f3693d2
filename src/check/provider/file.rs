//! Reads a provider file. What is wrong with one is said with its line and the reason.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::ask::Ask;
use super::requirement::Requirement;
use super::ruleset::{Audience, Basis, Effect, Level, Names, Rule, Ruleset, Scope, Source, Status};

/// What is wrong with a provider file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("assets/providers/{file}.toml:{line}: {reason}")]
pub struct FileError {
    pub file: String,
    pub line: usize,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    order: u32,
    name: Names,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    domains: Vec<Spanned<String>>,
    #[serde(default)]
    scope: Scope,
    source: BTreeMap<String, Spanned<WrittenSource>>,
    rule: Vec<Spanned<WrittenRule>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSource {
    url: String,
    date: Option<String>,
    checked_on: String,
    basis: Basis,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    requirement: Requirement,
    ask: Ask,
    applies: Audience,
    #[serde(default)]
    level: Level,
    #[serde(default)]
    status: Status,
    /// Overrides that of the first source.
    basis: Option<Basis>,
    sources: Vec<String>,
    since: Option<String>,
    withdrawn_on: Option<String>,
    #[serde(default)]
    codes: Vec<String>,
    effect: Option<Effect>,
    limit: Option<u64>,
    #[serde(default)]
    domains: Vec<String>,
}

/// Reads the file of the provider `stem`.
pub fn read(stem: &str, text: &str) -> Result<Ruleset, FileError> {
    let error =
        |offset: usize, reason: String| FileError { file: stem.to_owned(), line: line_at(text, offset), reason };
    let file: WrittenFile = toml::from_str(text).map_err(|fault| {
        let offset = fault.span().map_or(0, |span| span.start);
        error(offset, fault.message().to_owned())
    })?;
    let mut sources = BTreeMap::new();
    for (key, written) in &file.source {
        let (offset, written) = (written.span().start, written.get_ref());
        let source = source(written).map_err(|reason| error(offset, format!("source {key}: {reason}")))?;
        sources.insert(key.as_str(), (source, written.basis));
    }
    let mut seen = HashSet::new();
    let mut rules = Vec::new();
    for spanned in file.rule {
        let offset = spanned.span().start;
        let written = spanned.into_inner();
        let id = written.id.clone();
        if !seen.insert(id.clone()) {
            return Err(error(offset, format!("rule {id} stands there twice")));
        }
        rules.push(rule(written, &sources).map_err(|reason| error(offset, format!("rule {id}: {reason}")))?);
    }
    if file.hosts.is_empty() && file.domains.is_empty() {
        return Err(error(0, "neither hosts nor domains: nothing would choose it".to_owned()));
    }
    for domain in &file.domains {
        if domain.get_ref().to_ascii_lowercase() != *domain.get_ref() {
            return Err(error(domain.span().start, "a domain is written in small letters".to_owned()));
        }
    }
    let unused = sources.keys().find(|key| !rules.iter().any(|rule| rule.sources.contains(&sources[*key].0)));
    if let Some(key) = unused {
        let offset = file.source.get(*key).map_or(0, |written| written.span().start);
        return Err(error(offset, format!("source {key} is used by no rule")));
    }
    Ok(Ruleset {
        id: stem.to_owned(),
        name: file.name,
        order: file.order,
        hosts: file.hosts,
        domains: file.domains.into_iter().map(Spanned::into_inner).collect(),
        scope: file.scope,
        rules,
    })
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

fn source(written: &WrittenSource) -> Result<Source, String> {
    if !["https://", "http://"].iter().any(|scheme| written.url.starts_with(scheme)) {
        return Err("url is no https address".to_owned());
    }
    let date = written.date.as_deref().map(date).transpose()?;
    Ok(Source { url: written.url.clone(), date, checked_on: self::date(&written.checked_on)? })
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("{text} is no date"))
}

fn rule(written: WrittenRule, known: &BTreeMap<&str, (Source, Basis)>) -> Result<Rule, String> {
    let found = |key: &String| known.get(key.as_str()).ok_or_else(|| format!("there is no source {key}"));
    let sources = written.sources.iter().map(found).collect::<Result<Vec<_>, _>>()?;
    let basis = sources.first().map(|(_, basis)| *basis).ok_or("it names no source")?;
    let withdrawn_on = written.withdrawn_on.as_deref().map(date).transpose()?;
    if (written.status == Status::Withdrawn) != withdrawn_on.is_some() {
        return Err("a withdrawn rule has the day in withdrawn_on, and no other does".to_owned());
    }
    if (written.requirement.wants_limit() || written.ask.wants_limit()) && written.limit.is_none() {
        return Err("it needs a limit".to_owned());
    }
    if written.requirement.is_of_one_message() == written.ask.is_never_known() {
        let fits = if written.requirement.is_of_one_message() { "must not" } else { "must" };
        return Err(format!("its requirement {fits} be asked as what one message cannot show"));
    }
    let is_code = |code: &String| code.len() >= 3 && code.bytes().take(3).all(|byte| byte.is_ascii_digit());
    if let Some(code) = written.codes.iter().find(|code| !is_code(code)) {
        return Err(format!("{code} is no SMTP code"));
    }
    Ok(Rule {
        id: written.id,
        requirement: written.requirement,
        ask: written.ask,
        applies: written.applies,
        level: written.level,
        status: written.status,
        basis: written.basis.unwrap_or(basis),
        sources: sources.into_iter().map(|(source, _)| source.clone()).collect(),
        since: written.since,
        withdrawn_on,
        codes: written.codes,
        effect: written.effect,
        limit: written.limit,
        domains: written.domains,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"order = 1
name = { en = "Test", ja = "テスト" }
hosts = ["mx.example.com"]

[source.A]
url = "https://example.com/rules"
date = "2026-01-02"
checked_on = "2026-11-22"
basis = "own-page"

[[rule]]
id = "t-spf"
requirement = "spf"
ask = "spf"
applies = "all"
sources = ["A"]
codes = ["550-5.7.1"]
"#;

    #[test]
    fn a_good_file_is_read() {
        let ruleset = read("test", GOOD).unwrap();
        assert_eq!((ruleset.id.as_str(), ruleset.rules.len()), ("test", 1));
        assert_eq!(ruleset.rules[0].basis, Basis::OwnPage);
        assert!(ruleset.runs("in1.mx.example.com") && !ruleset.runs("mx.example.org"));
    }

    #[test]
    fn a_bad_file_is_refused_with_line_and_reason() {
        for (from, to, line, reason) in [
            ("requirement = \"spf\"", "requirement = \"spv\"", 13, "unknown variant"),
            ("applies = \"all\"", "applies = \"all\"\ncolour = 1", 16, "unknown field"),
            ("sources = [\"A\"]", "sources = [\"B\"]", 11, "there is no source B"),
            ("sources = [\"A\"]", "sources = []", 11, "it names no source"),
            ("date = \"2026-01-02\"", "date = \"2026-13-02\"", 5, "2026-13-02 is no date"),
            ("https://example.com/rules", "example.com/rules", 5, "url is no https address"),
            ("ask = \"spf\"", "ask = \"not-in-one-message\"", 11, "must not be asked"),
            ("requirement = \"spf\"", "requirement = \"spam-rate\"\nlimit = 3", 11, "must be asked"),
            ("ask = \"spf\"", "ask = \"header-total\"", 11, "it needs a limit"),
            ("applies = \"all\"", "applies = \"all\"\nstatus = \"withdrawn\"", 11, "withdrawn_on"),
            ("550-5.7.1", "refused", 11, "refused is no SMTP code"),
            ("hosts = [\"mx.example.com\"]", "", 1, "nothing would choose it"),
            ("order = 1", "order = 1 1", 1, ""),
        ] {
            let error = read("test", &GOOD.replace(from, to)).unwrap_err();
            assert_eq!(error.line, line, "{error}");
            assert!(error.reason.contains(reason), "{error}");
        }
        let twice =
            format!("{GOOD}\n{}", GOOD.split_once("[[rule]]").map(|(_, rule)| format!("[[rule]]{rule}")).unwrap());
        assert_eq!(
            read("test", &twice).unwrap_err().to_string(),
            "assets/providers/test.toml:19: rule t-spf stands there twice"
        );
    }
}
