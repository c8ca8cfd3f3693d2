//! Masks what a change says: addresses for reports stand in DMARC records, and SPF terms may name people.

use super::mask::Mask;
use super::walk::optional;
use crate::auth::spf::Weighed;
use crate::fix::{Change, Content, DmarcStep, Fix, Kind, Piece, Placeholder, SpfStep};

pub(super) fn fixes(fixes: &mut [Fix], mask: &Mask) {
    for fix in fixes {
        self::fix(fix, mask);
    }
}

fn fix(fix: &mut Fix, mask: &Mask) {
    let Fix { kind, findings: _, toward: _, actor: _, change, outcome: _ } = fix;
    self::kind(kind, mask);
    if let Some(Change { place: _, name, current, new }) = change {
        mask.text(name);
        for piece in current.iter_mut().flatten().chain(new) {
            self::piece(piece, mask);
        }
    }
}

fn piece(piece: &mut Piece, mask: &Mask) {
    let Piece { content, changed: _ } = piece;
    match content {
        Content::Text(text) | Content::Placeholder(Placeholder::ReportAddress { domain: text }) => mask.text(text),
        Content::Placeholder(Placeholder::Servers) => {}
    }
}

fn kind(kind: &mut Kind, mask: &Mask) {
    match kind {
        Kind::Spf { domain, steps } => {
            mask.text(domain);
            for step in steps {
                spf_step(step, mask);
            }
        }
        Kind::SpfLimit { domain, lookups: _, costs } => {
            mask.text(domain);
            for Weighed { term, lookups: _, worth: _ } in costs {
                mask.text(term);
            }
        }
        Kind::Dmarc { domain, steps, asks: _ } => {
            mask.text(domain);
            for step in steps {
                dmarc_step(step, mask);
            }
        }
        Kind::DmarcReports { record_at, host } => {
            mask.text(record_at);
            mask.text(host);
        }
    }
}

fn spf_step(step: &mut SpfStep, mask: &Mask) {
    match step {
        SpfStep::New | SpfStep::Retype | SpfStep::Merge { records: _ } | SpfStep::AllowUnknown { ip: _ } => {}
        SpfStep::AllowServer { ip: _, name: text }
        | SpfStep::DropRepeated { term: text }
        | SpfStep::DropEmpty { term: text }
        | SpfStep::DropPtr { term: text } => mask.text(text),
        SpfStep::Mend { before, after } => {
            mask.text(before);
            mask.text(after);
        }
        SpfStep::Soften { before } => optional(before, mask),
    }
}

fn dmarc_step(step: &mut DmarcStep, mask: &Mask) {
    match step {
        DmarcStep::New
        | DmarcStep::Merge { records: _ }
        | DmarcStep::Version
        | DmarcStep::StartAtNone { written: _ }
        | DmarcStep::AskReports
        | DmarcStep::Raise { tag: _, from: _, to: _ }
        | DmarcStep::RaiseBelow { tag: _, from: _, to: _ }
        | DmarcStep::EndTest { applied: _, published: _ } => {}
        DmarcStep::Policy { before } => optional(before, mask),
        DmarcStep::Mend { before, after } => {
            mask.text(before);
            mask.text(after);
        }
        DmarcStep::Drop { part } => mask.text(part),
        DmarcStep::Once { tag: _, kept } => mask.text(kept),
    }
}
