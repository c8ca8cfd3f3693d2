//! Report → bytes, one file per format.

mod html;
mod json;
mod markdown;
mod text;

use std::sync::Arc;

use crate::analyze::Analysis;
use crate::auth::spf;
use crate::dns::Entry;
use crate::report;
use crate::text::Lang;
use crate::text::letter::{Letter, Matter};
use crate::text::masked;

/// One format.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    /// The word for it on the command line.
    pub name: &'static str,
    write: fn(&Analysis, Lang) -> String,
}

impl Export {
    /// Writes the analysis in this format.
    #[must_use]
    pub fn write(&self, analysis: &Analysis, lang: Lang) -> String {
        told((self.write)(analysis, lang), analysis)
    }
}

/// One SPF evaluation with its questions, for a terminal.
#[must_use]
pub fn spf_text(check: &spf::Check, questions: &[Arc<Entry>], lang: Lang) -> String {
    text::sections(&report::spf_check(check, questions, lang))
}

/// The same as JSON: one check of the report, and the questions that its steps name.
#[must_use]
pub fn spf_json(check: &spf::Check, questions: &[Arc<Entry>]) -> String {
    json::spf_check(check, questions)
}

/// A letter about the message, ready to send.
#[must_use]
pub fn letter(analysis: &Analysis, letter: Letter, lang: Lang) -> String {
    let Analysis { facts, findings, headline, fixes, .. } = analysis;
    let matter = Matter { facts, findings, headline, fixes, what_if: analysis.is_what_if() };
    told(letter.write(&matter, lang.words()), analysis)
}

/// What stands for a masked address, by its name.
fn told(text: String, analysis: &Analysis) -> String {
    if analysis.is_masked { masked::named(&text).into_owned() } else { text }
}

/// Every format that is text. A picture is drawn, not written: see `picture`.
pub const EXPORTS: &[Export] = &[
    Export { name: "text", write: |analysis, lang| text::write(&report::write(analysis, lang)) },
    Export { name: "markdown", write: |analysis, lang| markdown::write(&report::write(analysis, lang)) },
    Export { name: "html", write: |analysis, lang| html::write(&report::write(analysis, lang)) },
    Export { name: "json", write: json::write },
];
