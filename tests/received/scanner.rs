//! A second reading of a Received field, made of plain text search, to hold against the program's.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a field says, as far as both readers read it.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Every name of the client.
    pub(crate) hosts: BTreeSet<String>,
    pub(crate) ip: Option<IpAddr>,
    pub(crate) by: Option<String>,
    /// Seconds since 1970.
    pub(crate) date: Option<i64>,
    /// `None` where nothing is said.
    pub(crate) tls: Option<bool>,
}

/// The second reading, with the names that may stand for the client and the one that must.
pub(crate) struct Second {
    facts: Facts,
    must: Option<String>,
}

impl Second {
    /// What differs, in words.
    pub(crate) fn differences(&self, first: &Facts) -> Vec<String> {
        let mut differences = Vec::new();
        if self.facts.ip != first.ip {
            differences.push(format!("address {:?} against {:?}", first.ip, self.facts.ip));
        }
        if self.facts.by != first.by {
            differences.push(format!("by {:?} against {:?}", first.by, self.facts.by));
        }
        if self.facts.date != first.date {
            differences.push(format!("date {:?} against {:?}", first.date, self.facts.date));
        }
        let plain_at_google = first.tls == Some(false) && first.by.as_deref() == Some("mx.google.com");
        if self.facts.tls != first.tls && !plain_at_google {
            differences.push(format!("tls {:?} against {:?}", first.tls, self.facts.tls));
        }
        for host in first.hosts.difference(&self.facts.hosts) {
            differences.push(format!("host {host} is none"));
        }
        if let Some(must) = self.must.as_ref().filter(|must| !first.hosts.contains(*must)) {
            differences.push(format!("host {must} is missing"));
        }
        differences
    }
}

/// Text outside of brackets, or inside of the outermost pair.
enum Piece {
    Outside(String),
    Inside(String),
}

fn pieces(value: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut depth = 0;
    let balanced = value.matches('(').count() <= value.matches(')').count();
    for character in value.chars() {
        match character {
            '(' if depth == 0 => {
                pieces.push(Piece::Outside(std::mem::take(&mut text)));
                depth = 1;
            }
            ')' if depth == 1 => {
                pieces.push(Piece::Inside(std::mem::take(&mut text)));
                depth = 0;
            }
            '(' if depth > 0 && balanced => {
                depth += 1;
                text.push(' ');
            }
            ')' if depth > 1 => {
                depth -= 1;
                text.push(' ');
            }
            character if character.is_whitespace() => text.push(' '),
            character => text.push(character),
        }
    }
    pieces.push(if depth == 0 { Piece::Outside(text) } else { Piece::Inside(text) });
    pieces
}

const WORDS: [&str; 8] = ["from", "by", "with", "via", "id", "for", "over", "envelope-from"];

pub(crate) fn scan(value: &str) -> Second {
    let one_line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let (head, tail) = one_line.rsplit_once(';').unwrap_or((&one_line, ""));
    // A semicolon inside of brackets ends nothing.
    let (head, tail) = if tail.contains(')') && !tail.contains('(') { (one_line.as_str(), "") } else { (head, tail) };
    let date = date(tail).or_else(|| date(&one_line));
    let outside: String = pieces(head)
        .iter()
        .map(|piece| if let Piece::Outside(text) = piece { text.as_str() } else { " \u{1} " })
        .collect();
    let all: Vec<&str> = outside.split([' ', ';']).filter(|word| !word.is_empty()).collect();
    // IndiMail writes `by host mail.example.jp`.
    let by = after(&all, "by").filter(|by| *by != "host").or_else(|| after(&all, "host"));
    let by = by.filter(|by| *by != "\u{1}" && !WORDS.contains(&by.to_ascii_lowercase().as_str()));
    let by = by.map(|by| by.trim_end_matches(',').to_owned()).filter(|by| !by.contains(['<', '>', '"']));
    let client = client_part(head);
    let mut second = client.map_or_else(|| Second { facts: Facts::default(), must: None }, |client| from(&client));
    // Handed in on the server: a login in place of a host.
    if after(&all, "with") == Some("local") {
        second.must = None;
    }
    second.facts.by = by;
    second.facts.date = date;
    second.facts.tls = tls(&one_line, &all).then_some(true);
    second
}

fn after<'a>(words: &[&'a str], keyword: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| word.eq_ignore_ascii_case(keyword))?;
    words.get(at + 1).copied()
}

/// The from clause, its comments included: up to the next keyword outside of brackets.
fn client_part(head: &str) -> Option<Vec<Piece>> {
    let mut found: Option<Vec<Piece>> = None;
    let mut last = String::new();
    for piece in pieces(head) {
        match piece {
            Piece::Inside(text) => {
                if let Some(found) = &mut found {
                    found.push(Piece::Inside(text));
                }
                last.clear();
            }
            Piece::Outside(text) => {
                for word in text.split([' ', ';']).filter(|word| !word.is_empty()) {
                    let lower = word.to_ascii_lowercase();
                    let is_keyword = WORDS.contains(&lower.as_str());
                    match &mut found {
                        None if lower == "from" && !matches!(last.as_str(), "from" | "by") => found = Some(Vec::new()),
                        Some(_) if is_keyword => return found,
                        Some(found) => found.push(Piece::Outside(word.to_owned())),
                        None => {}
                    }
                    last = lower;
                }
            }
        }
    }
    found
}

fn from(client: &[Piece]) -> Second {
    let mut facts = Facts::default();
    let (mut bracketed, mut word, mut bare, mut helo) = (None, None, None, None);
    let mut first: Option<String> = None;
    for piece in client {
        match piece {
            Piece::Outside(text) => {
                let text = text.trim_end_matches(',');
                match first {
                    None => first = Some(text.to_owned()),
                    Some(_) if text.starts_with('[') => word = word.or_else(|| ip(text)),
                    Some(_) => {}
                }
            }
            Piece::Inside(text) => {
                let words: Vec<&str> = text.split([' ', ',', '"']).filter(|word| !word.is_empty()).collect();
                for (at, item) in words.iter().enumerate() {
                    let before = at.checked_sub(1).map(|at| words[at].to_ascii_lowercase()).unwrap_or_default();
                    let says_helo = matches!(before.as_str(), "helo" | "ehlo" | "lhlo");
                    if says_helo || item.to_ascii_lowercase().starts_with("helo=") {
                        let name = item.get(5..).filter(|_| !says_helo).unwrap_or(item);
                        helo = helo.or_else(|| Some(name.to_owned()));
                        facts.hosts.insert(name.to_owned());
                        continue;
                    }
                    for name in names(item) {
                        facts.hosts.insert(name);
                    }
                    if let Some(open) = item.find('[') {
                        bracketed = bracketed.or_else(|| ip(&item[open..]));
                    } else if words.len() == 1 || (words.len() == 2 && at == 1) || (at == 0 && item.contains('@')) {
                        bare = bare.or_else(|| ip(item.rsplit('@').next().unwrap_or_default()));
                    }
                }
            }
        }
    }
    let first_ip = first.as_deref().and_then(ip);
    facts.ip = bracketed.or(word).or(bare).or(first_ip);
    if let Some(first) = &first {
        facts.hosts.insert(first.clone());
    }
    let is_name = |name: &String| !name.eq_ignore_ascii_case("unknown") && !name.is_empty();
    // A channel of Oracle's server.
    let first = first.filter(|first| !first.contains("-daemon."));
    let must = helo.or(first.filter(|_| first_ip.is_none() || facts.ip != first_ip)).filter(is_name);
    Second { facts, must: must.filter(|must| must.contains('.')) }
}

/// How a word inside of brackets may name a host: whole, behind an ident, before an address, without the root's dot.
fn names(item: &str) -> Vec<String> {
    let head = item.split('[').next().unwrap_or_default();
    let name = head.rsplit('@').next().unwrap_or_default().trim_end_matches('.');
    if name.is_empty() || ip(name).is_some() { Vec::new() } else { vec![name.to_owned()] }
}

fn ip(text: &str) -> Option<IpAddr> {
    let mut text = text.trim_end_matches(',');
    if let Some((inside, port)) = text.strip_prefix('[').and_then(|text| text.rsplit_once(']')) {
        if !(port.is_empty() || port.starts_with(':') || port.starts_with(']')) {
            return None;
        }
        text = inside.trim_start_matches('[').trim_end_matches(']');
    }
    let text = text.strip_prefix("IPv6:").or_else(|| text.strip_prefix("IPV6:")).unwrap_or(text);
    let text = text.split('%').next().unwrap_or_default();
    let four = |text: &str| text.parse::<Ipv4Addr>().ok().map(IpAddr::V4);
    if let Ok(six) = text.parse::<Ipv6Addr>() {
        return Some(six.to_ipv4_mapped().map_or(IpAddr::V6(six), IpAddr::V4));
    }
    four(text).or_else(|| {
        let (host, port) = text.split_once(':')?;
        port.parse::<u16>().ok().and_then(|_| four(host))
    })
}

fn tls(line: &str, words: &[&str]) -> bool {
    let with = after(words, "with").unwrap_or_default().trim_end_matches(',').to_ascii_lowercase();
    let keyword =
        ["smtps", "smtpsa", "lmtps", "lmtpsa", "https", "pop3s", "imaps"].iter().any(|end| with.ends_with(end));
    let lower = line.to_ascii_lowercase();
    let marks = ["using tls", "(tls", "cipher tls", "tls secured", "encrypted smtp", "encrypted)", "via ssl", "/tls/"];
    let named = ["version=tls", "version=ssl", "cipher="].iter().any(|mark| {
        lower.match_indices(mark).any(|(at, _)| {
            let rest = &lower[at + mark.len()..];
            !rest.starts_with([' ', ')', '\t', ',']) && !rest.is_empty() && !rest.starts_with("none")
        })
    });
    keyword || named || marks.iter().any(|mark| lower.contains(mark)) || lower.contains("google transport security")
}

/// Seconds since 1970 of the first date in a text.
fn date(text: &str) -> Option<i64> {
    let mut plain = String::new();
    let mut depth = 0;
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' => plain.push(' '),
            character if depth <= 0 => plain.push(character),
            _ => {}
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let clock = words.iter().position(|word| word.contains(':') && seconds(word).is_some())?;
    let before = |back: usize| clock.checked_sub(back).map_or("", |at| words[at]);
    let (year, month, day, zone) = if let Some(month) = month(before(2)) {
        (number(before(1))?, month, number(before(3))?, words.get(clock + 1))
    } else if let Some(month) = month(before(2).split('-').nth(1).unwrap_or_default()) {
        (number(before(1))?, month, number(before(2).split('-').next()?)?, words.get(clock + 1))
    } else if let Some(month) = month(before(1).split('-').nth(1).unwrap_or_default()) {
        let parts: Vec<&str> = before(1).split('-').collect();
        (number(parts.get(2)?)?, month, number(parts[0])?, words.get(clock + 1))
    } else if before(1).len() == 10 && before(1).matches('-').count() == 2 {
        let parts: Vec<&str> = before(1).split('-').collect();
        (number(parts[0])?, number(parts[1])?, number(parts[2])?, words.get(clock + 1))
    } else {
        // What C's asctime writes.
        let month = month(before(2).trim()).or_else(|| month(before(2)))?;
        (number(words.get(clock + 1)?)?, month, number(before(1))?, words.get(clock + 2))
    };
    let year = match year {
        0..=49 => year + 2000,
        50..=999 => year + 1900,
        _ => year,
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    Some(days(year, month, day) * 86_400 + seconds(words[clock])? - zone.map_or(0, |zone| offset(zone)))
}

fn number(text: &str) -> Option<i64> {
    text.parse().ok()
}

fn month(text: &str) -> Option<i64> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_ascii_lowercase();
    let at = names.iter().position(|name| lower.starts_with(name))?;
    i64::try_from(at + 1).ok()
}

fn seconds(clock: &str) -> Option<i64> {
    let parts: Vec<&str> = clock.split(':').collect();
    let whole = parts.get(2).unwrap_or(&"0").split('.').next()?;
    let (hour, minute, second) = (number(parts[0])?, number(parts[1])?, number(whole)?);
    (hour < 24 && minute < 60 && second < 61).then_some(hour * 3600 + minute * 60 + second.min(59))
}

fn offset(zone: &str) -> i64 {
    let names = [
        ("EST", -5),
        ("EDT", -4),
        ("CST", -6),
        ("CDT", -5),
        ("MST", -7),
        ("MDT", -6),
        ("PST", -8),
        ("PDT", -7),
        ("JST", 9),
    ];
    if let Some((_, hours)) = names.iter().find(|(name, _)| zone == *name) {
        return hours * 3600;
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.trim_start_matches(['+', '-']);
    match (digits.len(), number(digits)) {
        (4, Some(value)) if digits.len() < zone.len() => sign * (value / 100 * 3600 + value % 100 * 60),
        _ => 0,
    }
}

/// Days since 1970 of a day of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let years: i64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let months: i64 = lengths.iter().take(usize::try_from(month - 1).unwrap_or_default()).sum();
    years + months + day - 1
}
