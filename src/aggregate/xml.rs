//! The XML of a report (RFC 9990 appendix A, and the older forms). Entities are never followed: the reader hands them over
//! unread, and only the five of XML itself and character numbers are taken.

use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::results::{self, Counted};
use super::{Aggregate, Deviation, Identifier, Method, Outcome, Override, OverrideKind, Record, Sources};

/// How deep elements may be inside each other; a report needs six.
const MAX_DEPTH: usize = 32;
/// The longest value that is kept.
const MAX_VALUE: usize = 1_000;
/// The longest comment that is kept.
const MAX_COMMENT: usize = 200;

/// `None` where the text is no report.
pub(super) fn read(text: &str) -> Option<Aggregate> {
    const LOOKED_AT: usize = 4_096;
    let beginning: String = text.chars().take(LOOKED_AT).collect();
    if !beginning.contains("<feedback") && !beginning.contains(":feedback") {
        return None;
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut walk = Walk::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if walk.path.len() >= MAX_DEPTH {
                    walk.report.note(Deviation::TooMuch);
                    break;
                }
                walk.open(&String::from_utf8_lossy(tag.local_name().as_ref()));
            }
            Ok(Event::Text(part)) => walk.text(&String::from_utf8_lossy(part.as_ref())),
            Ok(Event::CData(part)) => walk.text(&String::from_utf8_lossy(part.as_ref())),
            Ok(Event::GeneralRef(name)) => walk.reference(&String::from_utf8_lossy(name.as_ref())),
            Ok(Event::End(_)) => walk.close(),
            Ok(Event::DocType(_)) => walk.report.note(Deviation::Entities),
            Ok(Event::Eof) => break,
            Ok(Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            Err(_) => {
                walk.report.note(Deviation::Broken);
                break;
            }
        }
    }
    if !walk.path.is_empty() {
        walk.report.note(Deviation::Broken);
    }
    let Walk { mut report, mut sources, is_report, .. } = walk;
    sources.all.sort_by_key(|source| std::cmp::Reverse(source.messages));
    for source in &mut sources.all {
        source.identifiers.sort_by_key(|one| std::cmp::Reverse(one.messages));
        source.overrides.sort_by_key(|one| std::cmp::Reverse(one.messages));
    }
    report.sources = sources.all;
    is_report.then_some(report)
}

/// The fields of one result, or of one reason, while it is read.
#[derive(Default)]
struct Fields {
    domain: Option<String>,
    selector: Option<String>,
    scope: String,
    result: String,
    kind: String,
    comment: Option<String>,
}

#[derive(Default)]
struct Walk {
    path: Vec<String>,
    value: String,
    record: Record,
    part: Fields,
    report: Aggregate,
    sources: Sources,
    /// Something of a report was there.
    is_report: bool,
}

impl Walk {
    fn open(&mut self, name: &str) {
        self.value.clear();
        let parent = self.path.last().map(String::as_str);
        match (parent, name) {
            (_, "record") => self.record = Record::default(),
            (Some("auth_results"), _) | (Some("policy_evaluated"), "reason") => self.part = Fields::default(),
            _ => {}
        }
        self.path.push(name.chars().take(MAX_VALUE).collect());
    }

    fn text(&mut self, text: &str) {
        if self.value.len() < MAX_VALUE {
            self.value.extend(text.chars().take(MAX_VALUE));
        }
    }

    fn reference(&mut self, name: &str) {
        let character = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix('#').and_then(|number| {
                let code = match number.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16).ok(),
                    None => number.parse().ok(),
                };
                char::from_u32(code?)
            }),
        };
        match character {
            Some(character) => self.text(character.encode_utf8(&mut [0; 4])),
            None => self.report.note(Deviation::Entities),
        }
    }

    fn close(&mut self) {
        // No value of the schema has a line break of its own.
        let value = self.value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.value.clear();
        let name = self.path.pop().unwrap_or_default();
        let parent = self.path.last().map(String::as_str).unwrap_or_default();
        let text = || Some(value.clone()).filter(|value| !value.is_empty());
        let seconds = || value.parse().ok().and_then(|second| Timestamp::from_second(second).ok());
        match (parent, name.as_str()) {
            ("report_metadata", "org_name") => self.report.reporter = text(),
            ("report_metadata", "email") => self.report.contact = text(),
            ("report_metadata", "report_id") => self.report.report_id = text(),
            ("date_range", "begin") => self.report.begin = seconds(),
            ("date_range", "end") => self.report.end = seconds(),
            ("policy_published", "domain") => {
                self.is_report = true;
                self.report.domain = text().map(|domain| domain.to_ascii_lowercase());
            }
            ("policy_published", "p") => self.policy("p", text()),
            ("policy_published", "sp") => self.policy("sp", text()),
            ("policy_published", "np") => self.policy("np", text()),
            ("row", "source_ip") => self.record.source = value,
            ("row", "count") => {
                self.record.count = value.parse().ok().filter(|count| *count <= Aggregate::MAX_COUNT);
            }
            ("identifiers", "header_from") => self.record.author = value.trim_end_matches('.').to_ascii_lowercase(),
            ("policy_evaluated", "disposition") => self.record.disposition = value.to_ascii_lowercase(),
            ("policy_evaluated", "dkim") => self.record.dkim = value.eq_ignore_ascii_case("pass"),
            ("policy_evaluated", "spf") => self.record.spf = value.eq_ignore_ascii_case("pass"),
            ("dkim" | "spf", "domain") => self.part.domain = text().map(|domain| domain.to_ascii_lowercase()),
            ("dkim", "selector") => self.part.selector = text(),
            ("spf", "scope") => self.part.scope = value,
            ("dkim" | "spf", "result") => self.part.result = value,
            ("reason", "type") => self.part.kind = value,
            ("reason", "comment") => self.part.comment = text().map(|text| text.chars().take(MAX_COMMENT).collect()),
            ("auth_results", "dkim") => self.identifier(false),
            ("auth_results", "spf") => self.identifier(true),
            ("policy_evaluated", "reason") => self.reason(),
            (_, "record") => {
                self.is_report = true;
                let record = std::mem::take(&mut self.record);
                self.report.add(&record, &mut self.sources);
            }
            _ => {}
        }
    }

    fn policy(&mut self, tag: &'static str, value: Option<String>) {
        self.report.policies.extend(value.map(|value| (tag, value)));
    }

    fn identifier(&mut self, is_spf: bool) {
        let Fields { domain, selector, scope, result, .. } = std::mem::take(&mut self.part);
        let method = match (is_spf, scope.eq_ignore_ascii_case("helo")) {
            (false, _) => Method::Dkim,
            (true, true) => Method::SpfHelo,
            (true, false) => Method::SpfMailFrom,
        };
        let outcome = Outcome::read(&result);
        self.keep(|record| &mut record.identifiers, Identifier { method, domain, selector, outcome, messages: 1 });
    }

    fn reason(&mut self) {
        let Fields { kind, comment, .. } = std::mem::take(&mut self.part);
        let reason = Override { kind: OverrideKind::read(&kind), comment, messages: 1 };
        self.keep(|record| &mut record.overrides, reason);
    }

    /// A record counts for each identifier once, however often it is written there.
    fn keep<T: Counted>(&mut self, list: fn(&mut Record) -> &mut Vec<T>, new: T) {
        let list = list(&mut self.record);
        if list.iter().any(|known| known.is_same(&new)) {
            return;
        }
        if list.len() < results::MAX {
            list.push(new);
        } else {
            self.report.note(Deviation::TooMuch);
        }
    }
}
