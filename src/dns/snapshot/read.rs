//! From the text of a snapshot to its answers, line by line.

use std::collections::HashMap;

use jiff::Timestamp;

use super::super::Recorded;
use super::super::{Data, Failure, Question, RecordType, Source};
use super::token::{Token, tokens};
use super::zone::{Fact, Unlisted, Zone};
use super::{AUTHENTIC, KEY_FILE, Recording, Snapshot, SnapshotError, WHAT_IF};

/// Types that a zone may hold beside those asked for, SOA and CNAME; they only show that the name exists.
const OTHER_TYPES: [&str; 16] = [
    "CAA",
    "CDNSKEY",
    "CDS",
    "DNSKEY",
    "DS",
    "HINFO",
    "HTTPS",
    "LOC",
    "NAPTR",
    "NSEC",
    "NSEC3",
    "NSEC3PARAM",
    "RRSIG",
    "SRV",
    "SSHFP",
    "SVCB",
];

/// A line's fault, or nothing.
type Line = Result<(), &'static str>;

pub(super) fn parse(text: &str, name: &str) -> Result<Snapshot, SnapshotError> {
    let snapshot = Snapshot {
        name: name.to_owned(),
        zone: Zone::default(),
        recordings: HashMap::new(),
        published: HashMap::new(),
        recorded: None,
    };
    let mut reader = Reader { snapshot, recording: None, published: None };
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        reader.line(line).map_err(|what| SnapshotError::Malformed { line: index + 1, what })?;
    }
    reader.close();
    Ok(reader.snapshot)
}

struct Reader {
    snapshot: Snapshot,
    /// The recording that the lines belong to, until an empty one.
    recording: Option<(Question, Recording)>,
    /// The same of what DNS said where a record was tried.
    published: Option<(Question, Zone)>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Line {
        if line.trim().is_empty() {
            self.close();
            return Ok(());
        }
        let tokens = tokens(line)?;
        match tokens.split_first() {
            None => Ok(()),
            Some((Token::Word(word), rest)) if word.starts_with('$') => self.directive(word, rest),
            Some((owner, rest)) => {
                let name = owner.name()?;
                let fact = record(rest)?;
                self.zone().add(name, fact)
            }
        }
    }

    fn directive(&mut self, word: &str, rest: &[Token<'_>]) -> Line {
        match (word, rest) {
            ("$answer", [name, kind, Token::Word(failure)]) => {
                let failure = Failure::from_word(failure).ok_or("an $answer that is not a failure's name")?;
                let Question { name, kind } = question(*name, *kind)?;
                self.zone().add(name, Fact::Failure(kind, failure))
            }
            ("$asked", [name, kind, Token::Word(millis), mark @ ..]) => {
                let question = question(*name, *kind)?;
                let (source, is_authentic) = match mark {
                    [] => (Source::Answers, false),
                    [Token::Word(AUTHENTIC)] => (Source::Answers, true),
                    [Token::Word(KEY_FILE)] => (Source::KeyFile, false),
                    [Token::Word(WHAT_IF)] => (Source::WhatIf, false),
                    _ => return Err("only authentic, key-file or what-if may stand behind the milliseconds"),
                };
                let millis = match *millis {
                    "-" => None,
                    millis => Some(millis.parse().map_err(|_| "not a number of milliseconds")?),
                };
                self.open(question, Recording { zone: Zone::default(), millis, source, is_authentic })
            }
            ("$published", [name, kind]) => {
                let question = question(*name, *kind)?;
                self.close();
                if self.snapshot.published.contains_key(&question) {
                    return Err("a second $published for this name and type");
                }
                self.published = Some((question, Zone::default()));
                Ok(())
            }
            ("$default", [Token::Word("unknown")]) => {
                self.snapshot.zone.unlisted = Unlisted::Unknown;
                Ok(())
            }
            ("$default", [Token::Word("nxdomain")]) => {
                self.snapshot.zone.unlisted = Unlisted::NxDomain;
                Ok(())
            }
            ("$recorded", [Token::Word(at), through]) => {
                let at = at.parse::<Timestamp>().map_err(|_| "not a time such as 2026-11-22T09:00:00Z")?;
                let through = String::from_utf8_lossy(&through.string()?).into_owned();
                self.snapshot.recorded = Some(Recorded { at, through });
                Ok(())
            }
            ("$answer", _) => Err("$answer takes NAME TYPE and nxdomain, nodata, servfail, refused or timeout"),
            ("$asked", _) => Err("$asked takes NAME TYPE and milliseconds or -"),
            ("$default", _) => Err("$default takes unknown or nxdomain"),
            ("$recorded", _) => Err("$recorded takes a time and an origin"),
            ("$published", _) => Err("$published takes NAME TYPE"),
            _ => Err("unknown directive: there are $answer, $asked, $default, $published and $recorded"),
        }
    }

    /// The zone that the line belongs to.
    const fn zone(&mut self) -> &mut Zone {
        match (&mut self.recording, &mut self.published) {
            (Some((_, recording)), _) => &mut recording.zone,
            (None, Some((_, zone))) => zone,
            (None, None) => &mut self.snapshot.zone,
        }
    }

    fn open(&mut self, question: Question, recording: Recording) -> Line {
        self.close();
        if self.snapshot.recordings.contains_key(&question) {
            return Err("a second $asked for this name and type");
        }
        self.recording = Some((question, recording));
        Ok(())
    }

    fn close(&mut self) {
        if let Some((question, recording)) = self.recording.take() {
            self.snapshot.recordings.insert(question, recording);
        }
        if let Some((question, zone)) = self.published.take() {
            self.snapshot.published.insert(question, zone);
        }
    }
}

fn question(name: Token<'_>, kind: Token<'_>) -> Result<Question, &'static str> {
    let kind = kind.word().and_then(RecordType::from_word).ok_or("not a type that the program asks for")?;
    Ok(Question { name: name.name()?, kind })
}

/// Reads what stands behind the owner name: `[TTL] [IN] TYPE RDATA`.
fn record(tokens: &[Token<'_>]) -> Result<Fact, &'static str> {
    let (ttl, tokens) = match tokens {
        [Token::Word(ttl), rest @ ..] if ttl.starts_with(|char: char| char.is_ascii_digit()) => {
            (Some(ttl.parse().map_err(|_| "not a TTL in seconds")?), rest)
        }
        _ => (None, tokens),
    };
    let tokens = match tokens {
        [Token::Word(class), rest @ ..] if class.eq_ignore_ascii_case("IN") => rest,
        _ => tokens,
    };
    let [Token::Word(kind), rdata @ ..] = tokens else { return Err("a record without a type") };
    if let Some(kind) = RecordType::from_word(kind) {
        return Ok(Fact::Record(kind, data(kind, rdata)?, ttl));
    }
    match (kind.to_ascii_uppercase().as_str(), rdata) {
        ("CNAME", [target]) => Ok(Fact::Cname(target.name()?, ttl)),
        ("CNAME", _) => Err("CNAME takes one name"),
        ("SOA", [server, mailbox, numbers @ ..]) => {
            let is_number = |token: &Token<'_>| token.word().is_some_and(|word| word.parse::<u32>().is_ok());
            if numbers.len() != 5 || !numbers.iter().all(is_number) {
                return Err("SOA takes two names and five numbers");
            }
            server.name().and(mailbox.name()).map(|_| Fact::Other)
        }
        ("SOA", _) => Err("SOA takes two names and five numbers"),
        (kind, _) if !OTHER_TYPES.contains(&kind) => Err("neither a TTL, nor IN, nor a known record type"),
        (_, []) => Err("a record without data"),
        _ => Ok(Fact::Other),
    }
}

fn data(kind: RecordType, rdata: &[Token<'_>]) -> Result<Data, &'static str> {
    match (kind, rdata) {
        (RecordType::A, [Token::Word(address)]) => address.parse().map(Data::A).map_err(|_| "not an IPv4 address"),
        (RecordType::Aaaa, [Token::Word(address)]) => {
            address.parse().map(Data::Aaaa).map_err(|_| "not an IPv6 address")
        }
        (RecordType::Mx, [Token::Word(preference), exchange]) => {
            let preference = preference.parse().map_err(|_| "not an MX preference (0 to 65535)")?;
            Ok(Data::Mx { preference, exchange: exchange.name()? })
        }
        (RecordType::Ns, [server]) => server.name().map(Data::Ns),
        (RecordType::Ptr, [name]) => name.name().map(Data::Ptr),
        (RecordType::Tlsa, [usage, selector, matching, octets @ ..]) if !octets.is_empty() => {
            let number = |token: &Token<'_>| {
                token.word().and_then(|word| word.parse().ok()).ok_or("not a TLSA parameter (0 to 255)")
            };
            let (usage, selector, matching) = (number(usage)?, number(selector)?, number(matching)?);
            Ok(Data::Tlsa { usage, selector, matching, data: hexadecimal(octets)? })
        }
        (RecordType::Txt | RecordType::Spf, [_, ..]) => {
            rdata.iter().map(|token| token.string()).collect::<Result<_, _>>().map(Data::Text)
        }
        (RecordType::A, _) => Err("A takes one IPv4 address"),
        (RecordType::Aaaa, _) => Err("AAAA takes one IPv6 address"),
        (RecordType::Mx, _) => Err("MX takes a preference and a name"),
        (RecordType::Ns, _) => Err("NS takes one name"),
        (RecordType::Ptr, _) => Err("PTR takes one name"),
        (RecordType::Tlsa, _) => Err("TLSA takes three numbers and octets in hexadecimal"),
        (RecordType::Txt | RecordType::Spf, _) => Err("TXT takes one or more strings"),
    }
}

/// Octets that may be cut into several words (RFC 6698 section 2.2); none at all are an empty string in quotes.
fn hexadecimal(words: &[Token<'_>]) -> Result<Vec<u8>, &'static str> {
    let digits = words.iter().map(|(Token::Word(digits) | Token::Quoted(digits))| *digits).collect::<String>();
    let octet = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let is_even = digits.len().is_multiple_of(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let octets = digits.as_bytes().chunks(2).map(octet).collect::<Option<Vec<u8>>>();
    octets.filter(|_| is_even).ok_or("not octets in hexadecimal")
}
