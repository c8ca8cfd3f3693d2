//! The grammar of a DMARC record (RFC 9989 section 4.8).

use std::collections::HashSet;

use serde::Serialize;

use super::Policy;
use crate::message::{Span, Spanned};

mod part;
mod uri;

pub use part::{Part, TagName};
pub use uri::mail_host;

/// The most problems of one record that are kept; a hostile one has a problem in every byte.
pub const MAX_PROBLEMS: usize = 50;

/// One TXT text at a `_dmarc` name, read. Spans are bytes of the joined text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The joined text as it came.
    pub bytes: Vec<u8>,
    pub status: Status,
    /// Every tag with a well-formed name and value, in order, `v` first.
    pub tags: Vec<Tag>,
    pub problems: Vec<Problem>,
    pub p: Request,
    pub sp: Request,
    pub np: Request,
    pub psd: Psd,
    /// `t=y`.
    pub testing: bool,
    pub adkim: Mode,
    pub aspf: Mode,
    /// The valid URIs of `rua`, in order, size limits removed.
    pub rua: Vec<Spanned<String>>,
    pub ruf: Vec<Spanned<String>>,
}

/// One `name=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub name: Spanned<String>,
    pub value: Spanned<String>,
    /// From the first byte of the name to the last of the value.
    pub span: Span,
}

/// What a text at a `_dmarc` name is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// No DMARC record at all; the walk goes on as if it were not there (section 4.7 `v`).
    NotDmarc(Misfit),
    /// A tag occurs twice, which makes the tag list invalid (section 4.7, RFC 6376 section 3.2). Some receivers take a value.
    Unusable,
    /// Without a usable policy and without a valid `rua`: no DMARC processing (section 4.10.1).
    SwitchedOff,
    /// Without a usable policy but with a valid `rua`: read as `p=none` (section 4.10.1).
    ActsAsNone,
    Usable,
}

/// Why a text is no DMARC record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Misfit {
    /// `v` is somewhere else, or nowhere.
    VersionNotFirst,
    /// The value of `v` is not exactly `DMARC1`; a missing `;` after it looks like this too.
    WrongVersion,
    /// White space before `v`, which section 4.8 does not allow; readers differ.
    LeadingSpace,
}

/// What `p`, `sp` or `np` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    #[default]
    Absent,
    Policy(Policy),
    /// The tag is there and its value is none of the three words.
    Broken,
}

impl Request {
    /// The policy, when the tag is there and readable.
    #[must_use]
    pub const fn policy(self) -> Option<Policy> {
        match self {
            Self::Policy(policy) => Some(policy),
            Self::Absent | Self::Broken => None,
        }
    }
}

/// What `psd` says about the name of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Psd {
    /// `y`: a public suffix.
    PublicSuffix,
    /// `n`: an organizational domain.
    Organization,
    /// `u`, the default.
    #[default]
    Unstated,
}

/// How identifiers are compared (section 4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    #[default]
    Relaxed,
    Strict,
}

/// Something in a record that its publisher should put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Problem {
    pub kind: ProblemKind,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// Nothing between two semicolons.
    EmptyTag,
    /// Not `name=value`: no `=`, a name with other characters than letters, an empty value, or a value with other bytes than
    /// printable ASCII.
    MalformedTag,
    DuplicateTag,
    /// A tag that nobody registered. Names are case-sensitive (RFC 6376 section 3.2).
    UnknownTag,
    /// `pct`, `rf` or `ri`: removed (RFC 9989 appendix C.5.2).
    RemovedTag,
    /// The value is not one of those registered; the default is taken, or section 4.10.1 applies.
    BadValue,
    /// There is no `p`.
    NoPolicy,
    /// `p` does not follow `v` at once, as RFC 7489 section 6.3 wanted it; now the order is free.
    PolicyNotSecond,
    /// An entry of `rua` or `ruf` that is no URI; a bare address is one of them.
    BadUri,
    /// A URI with the size limit of RFC 7489 (`!10m`), which is ignored.
    SizeLimit,
    /// A valid URI of another scheme than `mailto`; reporters may ignore it.
    UnusualScheme,
    /// `fo` without `ruf` has no effect.
    FailureOptionsWithoutRuf,
    /// `ruf` together with `psd=y` is ignored unless agreed (RFC 9991 section 2).
    RufOnPublicSuffix,
}

impl Record {
    /// Whether a receiver counts this text as a DMARC record at all (section 4.10 steps 2 and 6).
    #[must_use]
    pub const fn is_dmarc(&self) -> bool {
        !matches!(self.status, Status::NotDmarc(_))
    }

    /// Whether a text that is no record was meant to be one: its publisher wrote `DMARC1` where a version stands, in another
    /// case or place, or without the separator.
    #[must_use]
    pub fn is_meant_as_dmarc(&self) -> bool {
        let is_version = |part: &[u8]| {
            let part: Vec<u8> = part.iter().filter(|byte| !byte.is_ascii_whitespace()).copied().collect();
            part.get(..VERSION.len()).is_some_and(|start| start.eq_ignore_ascii_case(VERSION))
        };
        self.is_dmarc() || self.bytes.split(|&byte| byte == b';').any(is_version)
    }

    /// The text, with U+FFFD for bytes that are not UTF-8.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// What stands at a span of it.
    #[must_use]
    pub fn at(&self, span: Span) -> String {
        String::from_utf8_lossy(slice(&self.bytes, span)).into_owned()
    }

    /// The tag of that name.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.name.value == name)
    }
}

const VERSION: &[u8] = b"v=DMARC1";

/// Reads the joined text of one TXT record.
#[must_use]
pub fn read(text: &[u8]) -> Record {
    let mut reader = Reader { record: Record::new(text), seen: HashSet::new(), duplicate: false };
    let mut parts = split(text, Span::new(0, text.len()), b';').into_iter();
    let version = parts.next().unwrap_or_default();
    if let Some(misfit) = misfit(text, version) {
        reader.record.status = Status::NotDmarc(misfit);
        return reader.record;
    }
    reader.tag(text, trim(text, version));
    let parts: Vec<Span> = parts.map(|part| trim(text, part)).collect();
    for (index, &part) in parts.iter().enumerate() {
        match (part.is_empty(), index + 1 == parts.len()) {
            (false, _) => reader.tag(text, part),
            (true, false) => reader.problem(ProblemKind::EmptyTag, part),
            // A separator at the end is part of the grammar.
            (true, true) => {}
        }
    }
    reader.finish(text)
}

/// Whether the first part is not the version tag (section 4.8 `dmarc-version`).
fn misfit(text: &[u8], part: Span) -> Option<Misfit> {
    let bytes = slice(text, part);
    let Some(equals) = bytes.iter().position(|&byte| byte == b'=') else { return Some(Misfit::VersionNotFirst) };
    let name = trim(text, Span::new(part.start, part.start + equals));
    let value = trim(text, Span::new(part.start + equals + 1, part.end));
    if !slice(text, name).eq_ignore_ascii_case(b"v") {
        Some(Misfit::VersionNotFirst)
    } else if slice(text, value) != b"DMARC1" {
        Some(Misfit::WrongVersion)
    } else if name.start > part.start {
        Some(Misfit::LeadingSpace)
    } else {
        None
    }
}

struct Reader {
    record: Record,
    seen: HashSet<String>,
    duplicate: bool,
}

impl Reader {
    fn problem(&mut self, kind: ProblemKind, span: Span) {
        if self.record.problems.len() < MAX_PROBLEMS {
            self.record.problems.push(Problem { kind, span });
        }
    }

    /// Takes one part between semicolons, white space around it removed.
    fn tag(&mut self, text: &[u8], part: Span) {
        let Some(equals) = slice(text, part).iter().position(|&byte| byte == b'=') else {
            return self.problem(ProblemKind::MalformedTag, part);
        };
        let name = trim(text, Span::new(part.start, part.start + equals));
        let value = trim(text, Span::new(part.start + equals + 1, part.end));
        let is_name = !name.is_empty() && slice(text, name).iter().all(u8::is_ascii_alphabetic);
        if !is_name {
            return self.problem(ProblemKind::MalformedTag, part);
        }
        let name_text = String::from_utf8_lossy(slice(text, name)).into_owned();
        // `v` is an ABNF literal, which has no case (RFC 5234 section 2.3).
        let name_text = if self.seen.is_empty() { name_text.to_ascii_lowercase() } else { name_text };
        if !self.seen.insert(name_text.clone()) {
            self.duplicate = true;
            return self.problem(ProblemKind::DuplicateTag, part);
        }
        let is_value = !value.is_empty() && slice(text, value).iter().all(|byte| (0x20..=0x7E).contains(byte));
        if !is_value {
            self.problem(ProblemKind::MalformedTag, part);
            return self.break_request(&name_text);
        }
        let value_text = String::from_utf8_lossy(slice(text, value)).into_owned();
        self.take(text, &name_text, &value_text, value, part);
        self.record.tags.push(Tag {
            name: Spanned::new(name_text, name),
            value: Spanned::new(value_text, value),
            span: part,
        });
    }

    /// Gives a well-formed tag its meaning (section 4.7).
    fn take(&mut self, text: &[u8], name: &str, value: &str, span: Span, part: Span) {
        match name {
            "p" => self.record.p = self.request(value, span),
            "sp" => self.record.sp = self.request(value, span),
            "np" => self.record.np = self.request(value, span),
            "psd" => {
                let words = [("y", Psd::PublicSuffix), ("n", Psd::Organization), ("u", Psd::Unstated)];
                self.record.psd = self.word(&words, value, span).unwrap_or_default();
            }
            "t" => self.record.testing = self.word(&[("y", true), ("n", false)], value, span).unwrap_or_default(),
            "adkim" => self.record.adkim = self.mode(value, span),
            "aspf" => self.record.aspf = self.mode(value, span),
            "rua" => self.record.rua = self.uris(text, span),
            "ruf" => self.record.ruf = self.uris(text, span),
            "fo" if !is_failure_options(value) => self.problem(ProblemKind::BadValue, span),
            // The version was read before; `fo` matters to those who report.
            "v" | "fo" => {}
            "pct" | "rf" | "ri" => self.problem(ProblemKind::RemovedTag, part),
            _ => self.problem(ProblemKind::UnknownTag, part),
        }
    }

    /// A value word; these are ABNF literals, hence without case.
    fn word<T: Copy>(&mut self, words: &[(&str, T)], value: &str, span: Span) -> Option<T> {
        let found = words.iter().find(|(word, _)| value.eq_ignore_ascii_case(word)).map(|&(_, meaning)| meaning);
        if found.is_none() {
            self.problem(ProblemKind::BadValue, span);
        }
        found
    }

    fn request(&mut self, value: &str, span: Span) -> Request {
        let words = [("none", Policy::None), ("quarantine", Policy::Quarantine), ("reject", Policy::Reject)];
        self.word(&words, value, span).map_or(Request::Broken, Request::Policy)
    }

    fn mode(&mut self, value: &str, span: Span) -> Mode {
        self.word(&[("r", Mode::Relaxed), ("s", Mode::Strict)], value, span).unwrap_or_default()
    }

    fn break_request(&mut self, name: &str) {
        match name {
            "p" => self.record.p = Request::Broken,
            "sp" => self.record.sp = Request::Broken,
            "np" => self.record.np = Request::Broken,
            _ => {}
        }
    }

    /// The valid entries of a URI list (sections 4.6 and 4.8).
    fn uris(&mut self, text: &[u8], list: Span) -> Vec<Spanned<String>> {
        let mut uris = Vec::new();
        for part in split(text, list, b',') {
            let entry = trim(text, part);
            let whole = String::from_utf8_lossy(slice(text, entry)).into_owned();
            let uri = uri::without_size_limit(&whole);
            if uri.len() < whole.len() {
                self.problem(ProblemKind::SizeLimit, Span::new(entry.start + uri.len(), entry.end));
            }
            let span = Span::new(entry.start, entry.start + uri.len());
            match uri::scheme(uri) {
                None => self.problem(ProblemKind::BadUri, span),
                Some(scheme) => {
                    if !scheme.eq_ignore_ascii_case("mailto") {
                        self.problem(ProblemKind::UnusualScheme, span);
                    }
                    uris.push(Spanned::new(uri.to_owned(), span));
                }
            }
        }
        uris
    }

    /// What the record as a whole is good for (section 4.10.1).
    fn finish(mut self, text: &[u8]) -> Record {
        if self.record.p == Request::Absent {
            self.problem(ProblemKind::NoPolicy, Span::new(0, text.len()));
        }
        if let Some(p) = self.record.tag("p").map(|tag| tag.span)
            && self.record.tags.get(1).is_none_or(|second| second.name.value != "p")
        {
            self.problem(ProblemKind::PolicyNotSecond, p);
        }
        if let Some(fo) = self.record.tag("fo").map(|tag| tag.span).filter(|_| self.record.tag("ruf").is_none()) {
            self.problem(ProblemKind::FailureOptionsWithoutRuf, fo);
        }
        if let Some(ruf) = self.record.tag("ruf").map(|tag| tag.span).filter(|_| self.record.psd == Psd::PublicSuffix) {
            self.problem(ProblemKind::RufOnPublicSuffix, ruf);
        }
        let Record { p, sp, np, .. } = self.record;
        let policy_is_usable = p.policy().is_some() && sp != Request::Broken && np != Request::Broken;
        self.record.status = if self.duplicate {
            Status::Unusable
        } else if policy_is_usable {
            Status::Usable
        } else if self.record.rua.is_empty() {
            Status::SwitchedOff
        } else {
            Status::ActsAsNone
        };
        self.record
    }
}

impl Record {
    fn new(text: &[u8]) -> Self {
        Self {
            bytes: text.to_vec(),
            status: Status::Usable,
            tags: Vec::new(),
            problems: Vec::new(),
            p: Request::Absent,
            sp: Request::Absent,
            np: Request::Absent,
            psd: Psd::Unstated,
            testing: false,
            adkim: Mode::Relaxed,
            aspf: Mode::Relaxed,
            rua: Vec::new(),
            ruf: Vec::new(),
        }
    }
}

/// `fo`: `0`, `1`, `d` and `s` by colons, each once, `0` and `1` never together (section 4.8 `dmarc-fo`).
fn is_failure_options(value: &str) -> bool {
    let mut seen = HashSet::new();
    let each_known_once = value.split(':').all(|option| {
        let option = option.trim().to_ascii_lowercase();
        matches!(option.as_str(), "0" | "1" | "d" | "s") && seen.insert(option)
    });
    each_known_once && !(seen.contains("0") && seen.contains("1"))
}

fn slice(text: &[u8], span: Span) -> &[u8] {
    text.get(span.start..span.end).unwrap_or_default()
}

/// The span without spaces and tabs around it.
fn trim(text: &[u8], span: Span) -> Span {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    let bytes = slice(text, span);
    let start = bytes.iter().position(|byte| !is_space(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_space(byte)).map_or(start, |last| last + 1);
    Span::new(span.start + start, span.start + end)
}

fn split(text: &[u8], span: Span, separator: u8) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start;
    for part in slice(text, span).split(|&byte| byte == separator) {
        parts.push(Span::new(start, start + part.len()));
        start += part.len() + 1;
    }
    parts
}

#[cfg(test)]
mod tests;
