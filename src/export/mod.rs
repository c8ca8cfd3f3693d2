//! Report → bytes, one file per format.

mod html;
mod json;
mod markdown;
mod text;

use crate::analyze::Analysis;
use crate::report;
use crate::text::Lang;

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
        (self.write)(analysis, lang)
    }
}

/// Every format that is text. A picture is drawn, not written: see `picture`.
pub const EXPORTS: &[Export] = &[
    Export { name: "text", write: |analysis, lang| text::write(&report::write(analysis, lang)) },
    Export { name: "markdown", write: |analysis, lang| markdown::write(&report::write(analysis, lang)) },
    Export { name: "html", write: |analysis, lang| html::write(&report::write(analysis, lang)) },
    Export { name: "json", write: json::write },
];
