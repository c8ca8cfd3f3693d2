//! What refusals mean, as `assets/refusals.toml` says: by provider, by well-known words, by the registry.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::meaning::{Actor, Confidence, Meaning};
use super::reply::{Codes, Status};

const TABLE: &str = include_str!("../../assets/refusals.toml");

static PROVIDERS: LazyLock<Vec<Provider>> =
    LazyLock::new(|| toml::from_str::<Table>(TABLE).map(|table| table.provider).unwrap_or_default());

/// The entries that are no provider, tried after every provider.
const GENERAL: [&str; 2] = ["any", "registry"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    provider: Vec<Provider>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Provider {
    name: String,
    title: String,
    hosts: Vec<String>,
    domains: Vec<String>,
    marks: Vec<String>,
    source: String,
    dated: String,
    confidence: Confidence,
    rows: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default)]
    reply: Vec<String>,
    code: Option<String>,
    #[serde(default)]
    text: Vec<String>,
    meaning: Meaning,
    actor: Actor,
    lasting: Option<Lasting>,
    source: Option<String>,
    dated: Option<String>,
    confidence: Option<Confidence>,
}

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lasting {
    Temporary,
    Final,
}

/// What a refusal was found to mean, and where that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decoded {
    pub meaning: Meaning,
    pub actor: Actor,
    pub basis: Basis,
    pub lasting: Option<Lasting>,
    pub source: &'static str,
    /// Of the text of the source.
    pub dated: &'static str,
    pub confidence: Confidence,
}

/// What the reading rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The provider's own list of replies.
    Provider,
    /// Words that say one thing wherever they stand.
    Words,
    /// The registry of enhanced status codes.
    Registry,
}

/// Who runs the server that refused, by what shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Host {
    /// The provider's name in the table, which is a code.
    pub code: &'static str,
    /// Its name as people write it.
    pub title: &'static str,
    pub by: KnownBy,
}

/// What shows the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnownBy {
    HostName,
    ReplyText,
    RecipientDomain,
}

/// What is known of one refusal. `text` is in lower case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refusal<'a> {
    pub(super) codes: Codes,
    pub(super) text: &'a str,
    pub(super) host: Option<&'a str>,
    pub(super) domain: Option<&'a str>,
}

/// The provider whose server refused: by its name, by a mark in its reply, else by the recipient's domain.
pub(super) fn host(refusal: Refusal<'_>) -> Option<Host> {
    let found = |by: KnownBy, fits: &dyn Fn(&Provider) -> bool| {
        let own = PROVIDERS.iter().filter(|provider| !GENERAL.contains(&provider.name.as_str()));
        let provider = own.into_iter().find(|provider| fits(provider))?;
        Some(Host { code: &provider.name, title: &provider.title, by })
    };
    let named = refusal.host.map(|name| name.trim_end_matches('.').to_ascii_lowercase());
    if let Some(name) = &named {
        let known = found(KnownBy::HostName, &|provider| provider.hosts.iter().any(|host| is_below(name, host)));
        if known.is_some() {
            return known;
        }
    }
    found(KnownBy::ReplyText, &|provider| provider.marks.iter().any(|mark| refusal.text.contains(mark.as_str())))
        .or_else(|| {
            // Another host that is named has its own meaning; a bare address names nobody.
            let is_named = named.as_ref().is_some_and(|name| name.parse::<std::net::IpAddr>().is_err());
            let domain = refusal.domain.filter(|_| !is_named)?.to_ascii_lowercase();
            found(KnownBy::RecipientDomain, &|provider| provider.domains.contains(&domain))
        })
}

/// Whether the reply bears the mark of another provider than the one whose server `host` is.
pub(super) fn is_of_another(text: &str, host: &str) -> bool {
    let is_its = |provider: &&Provider| provider.hosts.iter().any(|own| is_below(&host.to_ascii_lowercase(), own));
    let mut marked = PROVIDERS.iter().filter(|provider| provider.marks.iter().any(|mark| text.contains(mark.as_str())));
    let own: Vec<&str> = PROVIDERS.iter().filter(is_its).map(|provider| provider.name.as_str()).collect();
    marked.any(|provider| !own.contains(&provider.name.as_str()))
}

/// What the refusal means; `None` where no table knows it.
pub(super) fn decode(refusal: Refusal<'_>, host: Option<Host>) -> Option<Decoded> {
    let names = host.map(|host| (host.code, Basis::Provider)).into_iter();
    let general = [(GENERAL[0], Basis::Words), (GENERAL[1], Basis::Registry)];
    let found = |(name, basis): (&str, Basis)| {
        let provider = PROVIDERS.iter().find(|provider| provider.name == name)?;
        let row = provider.rows.iter().find(|row| row.fits(refusal))?;
        let by_domain = host.is_some_and(|host| host.by == KnownBy::RecipientDomain) && basis == Basis::Provider;
        let confidence = row.confidence.unwrap_or(provider.confidence);
        Some(Decoded {
            meaning: row.meaning,
            actor: row.actor,
            basis: if row.code.is_some() && basis == Basis::Words { Basis::Registry } else { basis },
            lasting: row.lasting,
            source: row.source.as_ref().unwrap_or(&provider.source),
            dated: row.dated.as_ref().unwrap_or(&provider.dated),
            confidence: if by_domain { confidence.min(Confidence::Likely) } else { confidence },
        })
    };
    let first = names.chain(general).find_map(found)?;
    // Where words and the registry say the same, the registry is the surer of the two.
    let registered = found(general[1]).filter(|known| first.basis == Basis::Words && known.meaning == first.meaning);
    Some(registered.unwrap_or(first))
}

impl Row {
    fn fits(&self, refusal: Refusal<'_>) -> bool {
        let reply = refusal.codes.reply.map(|code| code.to_string());
        let by_reply = self.reply.is_empty() || reply.is_some_and(|reply| self.reply.contains(&reply));
        let by_code =
            self.code.as_ref().is_none_or(|pattern| refusal.codes.status.is_some_and(|code| fits(code, pattern)));
        let by_text = self.text.is_empty() || self.text.iter().any(|words| refusal.text.contains(words.as_str()));
        by_reply && by_code && by_text
    }
}

/// `x.7.26`, `5.7.606-649`: x is 4 or 5.
fn fits(status: Status, pattern: &str) -> bool {
    let mut parts = pattern.split('.');
    let class =
        parts.next().is_some_and(|class| class == "x" && status.class != 2 || class == status.class.to_string());
    let subject = parts.next().is_some_and(|subject| subject == status.subject.to_string());
    let detail = parts.next().is_some_and(|detail| {
        let (from, to) = detail.split_once('-').unwrap_or((detail, detail));
        let within = |from: u16, to: u16| (from..=to).contains(&status.detail);
        from.parse().ok().zip(to.parse().ok()).is_some_and(|(from, to)| within(from, to))
    });
    class && subject && detail
}

fn is_below(name: &str, domain: &str) -> bool {
    name == domain || name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line in the table where a text first stands after a provider's name.
    fn line(name: &str, part: &str) -> usize {
        let start = TABLE.find(&format!("name = \"{name}\"")).unwrap_or(0);
        let at = TABLE.get(start..).and_then(|rest| rest.find(part)).unwrap_or(0) + start;
        TABLE.get(..at).unwrap_or_default().lines().count()
    }

    #[test]
    fn the_table_can_be_read_and_every_row_can_fit() {
        let table: Table = match toml::from_str(TABLE) {
            Ok(table) => table,
            Err(error) => panic!("assets/refusals.toml: {error}"),
        };
        let mut wrong = Vec::new();
        for provider in &table.provider {
            let mut say = |part: &str, why: &str| {
                wrong.push(format!(
                    "assets/refusals.toml:{}: {}: {why}: {part}",
                    line(&provider.name, part),
                    provider.name
                ));
            };
            for row in &provider.rows {
                let code = row.code.as_deref().unwrap_or_default();
                let parts: Vec<&str> = code.split('.').collect();
                let is_number = |part: &str| part.split('-').all(|end| end.parse::<u16>().is_ok());
                let known = matches!(parts.as_slice(), ["x" | "4" | "5", subject, detail] if is_number(subject) && is_number(detail));
                if row.code.is_some() && !known {
                    say(code, "a code is x.1.1, 5.7.26 or 5.7.606-649");
                }
                if row.reply.is_empty() && row.code.is_none() && row.text.is_empty() {
                    say("meaning", "a row names a reply, a code or a text");
                }
                for text in row.text.iter().filter(|text| text.is_empty() || **text != text.to_lowercase()) {
                    say(text, "texts are in lower case and not empty");
                }
                for reply in
                    row.reply.iter().filter(|reply| reply.len() != 3 || !reply.bytes().all(|b| b.is_ascii_digit()))
                {
                    say(reply, "a reply code has three digits");
                }
                for date in
                    row.dated.iter().chain([&provider.dated]).filter(|date| date.parse::<jiff::civil::Date>().is_err())
                {
                    say(date, "a date is 2026-11-22");
                }
                for source in
                    row.source.iter().chain([&provider.source]).filter(|source| !source.starts_with("https://"))
                {
                    say(source, "a source is the address of a page");
                }
            }
            for name in provider
                .hosts
                .iter()
                .chain(&provider.domains)
                .filter(|name| name.starts_with('.') || !name.contains('.'))
            {
                say(name, "a host is a domain name without a dot before it");
            }
        }
        assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    }

    #[test]
    fn the_remote_host_decides_before_the_registry() {
        let status = |text: &str| Codes { reply: Some(550), status: Status::read(text) };
        let meaning = |host: Option<&str>, code: &str, text: &str| {
            let refusal = Refusal { codes: status(code), text, host, domain: None };
            decode(refusal, super::host(refusal)).map(|decoded| decoded.meaning)
        };
        for (host, code, text, expected) in [
            (Some("gmail-smtp-in.l.google.com"), "5.7.27", "", Some(Meaning::SpfFailed)),
            (Some("mx.example.net"), "5.7.27", "", Some(Meaning::SenderTakesNoMail)),
            (Some("gmail-smtp-in.l.google.com"), "5.7.29", "", Some(Meaning::NotEncrypted)),
            (Some("mx.example.net"), "5.7.29", "", Some(Meaning::ArcFailed)),
            (Some("x.olc.protection.outlook.com"), "5.7.515", "", Some(Meaning::BulkSenderRules)),
            (Some("mx.example.net"), "5.7.515", "", None),
            (Some("mx.example.net"), "5.0.0", "something else", None),
            (Some("notgoogle.com"), "5.7.27", "", Some(Meaning::SenderTakesNoMail)),
            (None, "5.7.26", "550-5.7.26 … gsmtp", Some(Meaning::Unauthenticated)),
        ] {
            assert_eq!(meaning(host, code, text), expected, "{host:?} {code}");
        }
    }
}
