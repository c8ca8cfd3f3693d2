//! A record cut into its parts, each with its meaning and its problems, so that it can be shown whole.

use serde::Serialize;

use super::{ProblemKind, Record, slice, split, trim};
use crate::message::Span;

/// What stands between two semicolons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// White space around it left out.
    pub span: Span,
    pub name: TagName,
    pub problems: Vec<ProblemKind>,
}

/// The tags of the DMARC Tags registry (RFC 9989 section 9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TagName {
    V,
    P,
    Sp,
    Np,
    Psd,
    T,
    Adkim,
    Aspf,
    Fo,
    Rua,
    Ruf,
    /// Removed: `pct`, `rf` and `ri` (appendix C.5.2).
    Pct,
    Rf,
    Ri,
    /// Well-formed, and registered by nobody.
    Unknown,
    /// Not `name=value`.
    Malformed,
}

impl TagName {
    /// Names are compared with case (RFC 6376 section 3.2).
    fn of(name: &[u8]) -> Self {
        match name {
            b"p" => Self::P,
            b"sp" => Self::Sp,
            b"np" => Self::Np,
            b"psd" => Self::Psd,
            b"t" => Self::T,
            b"adkim" => Self::Adkim,
            b"aspf" => Self::Aspf,
            b"fo" => Self::Fo,
            b"rua" => Self::Rua,
            b"ruf" => Self::Ruf,
            b"pct" => Self::Pct,
            b"rf" => Self::Rf,
            b"ri" => Self::Ri,
            _ => Self::Unknown,
        }
    }
}

impl Record {
    /// The most parts that [`Record::parts`] gives; a record has a dozen at worst.
    pub const MAX_PARTS: usize = 40;

    /// Its parts in order. None for a text that is no record.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        if !self.is_dmarc() {
            return Vec::new();
        }
        let text = self.bytes.as_slice();
        let spans = split(text, Span::new(0, text.len()), b';').into_iter().map(|part| trim(text, part));
        let spans = spans.enumerate().filter(|(_, span)| !span.is_empty());
        spans.take(Self::MAX_PARTS).map(|(index, span)| self.part(index, span)).collect()
    }

    fn part(&self, index: usize, span: Span) -> Part {
        let inside = |place: Span| span.start <= place.start && place.end <= span.end;
        let own = self.problems.iter().filter(|problem| problem.kind != ProblemKind::NoPolicy && inside(problem.span));
        let problems = own.map(|problem| problem.kind).collect();
        let bytes = slice(&self.bytes, span);
        let equals = bytes.iter().position(|&byte| byte == b'=');
        let name = equals.map(|equals| trim(&self.bytes, Span::new(span.start, span.start + equals)));
        let name = match name {
            _ if index == 0 => TagName::V,
            Some(name) if slice(&self.bytes, name).iter().all(u8::is_ascii_alphabetic) && !name.is_empty() => {
                TagName::of(slice(&self.bytes, name))
            }
            Some(_) | None => TagName::Malformed,
        };
        Part { span, name, problems }
    }
}
