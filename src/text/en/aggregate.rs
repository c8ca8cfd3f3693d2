//! Words about DMARC aggregate reports.

use crate::aggregate::Deviation;

pub(in crate::text) fn counted(messages: u64, failed: u64) -> String {
    match failed {
        0 => format!("{messages}, all of which passed DMARC"),
        failed => format!("{messages}, of which {failed} did not pass DMARC"),
    }
}

pub(in crate::text) const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::Entities => "it defines entities, which were not followed",
        Deviation::Broken => "it breaks off, or is not well formed",
        Deviation::NoCount => "a record without a count was counted once",
        Deviation::TooMuch => "deeper than is read",
    }
}
