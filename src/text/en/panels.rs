//! The fixed words of window and report.

use crate::text::Panels;

pub(in crate::text) const PANELS: Panels =
    Panels { program: "Hopscope", summary: "Summary", path: "Path", headers: "Headers", findings: "Findings" };
