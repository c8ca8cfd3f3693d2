//! The fixed words of window and report: one field a word, one value a language.

/// Words that take no values. A language that lacks one does not compile.
#[derive(Debug)]
pub struct Panels {
    pub program: &'static str,
    pub summary: &'static str,
    pub path: &'static str,
    pub headers: &'static str,
    pub findings: &'static str,
}
