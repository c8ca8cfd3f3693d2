//! Masks what a change says: addresses for reports stand in DMARC records, and SPF terms may name people.

use super::mask::Mask;
use super::walk::optional;
use crate::auth::spf::Weighed;
use crate::fix::{
    BimiStep, Change, Content, Current, DmarcStep, Fix, KeyStep, Kind, OneClickStep, Piece, Place, Placeholder,
    ReverseStep, SpfStep,
};
use crate::text::masked::HIDDEN;

pub(super) fn fixes(fixes: &mut [Fix], mask: &Mask) {
    for fix in fixes {
        self::fix(fix, mask);
    }
}

fn fix(fix: &mut Fix, mask: &Mask) {
    let Fix { kind, findings: _, toward: _, actor: _, changes, kept_at, outcome: _ } = fix;
    optional(kept_at, mask);
    self::kind(kind, mask);
    for Change { place, name, current, new } in changes {
        let mut values: Vec<&mut Piece> = new.iter_mut().collect();
        match current {
            Current::Unknown => {}
            Current::Records(records) | Current::Beside(records) => values.extend(records.iter_mut().flatten()),
            Current::Tried { published, records } => {
                for record in published.iter_mut().flatten() {
                    mask.text(record);
                }
                values.extend(records.iter_mut().flatten());
            }
        }
        if *place == Place::Header {
            for piece in &mut values {
                hide_paths(piece);
            }
        }
        pieces(values.into_iter().chain(name), mask);
    }
}

/// Leaves of an address of the web its host: behind it stands who the reader is.
fn hide_paths(piece: &mut Piece) {
    let Content::Text(text) = &mut piece.content else { return };
    let mut parts = text.split("://");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let host = part.find(['/', '?', '#', '>', ',']).unwrap_or(part.len());
        let end = part.find(['>', ',', ' ']).unwrap_or(part.len()).max(host);
        let (host, path) = (part.get(..host).unwrap_or_default(), part.get(host..end).unwrap_or_default());
        let hidden = if path.is_empty() { String::new() } else { format!("/{HIDDEN}") };
        shown = format!("{shown}://{host}{hidden}{}", part.get(end..).unwrap_or_default());
    }
    *text = shown;
}

fn pieces<'a>(pieces: impl Iterator<Item = &'a mut Piece>, mask: &Mask) {
    for Piece { content, changed: _ } in pieces {
        match content {
            Content::Text(text)
            | Content::Placeholder(
                Placeholder::ReportAddress { domain: text }
                | Placeholder::UnsubscribePage { domain: text }
                | Placeholder::UnsubscribeAddress { domain: text },
            ) => mask.text(text),
            // Nothing of the message stands there.
            Content::Placeholder(
                Placeholder::Servers
                | Placeholder::Logo
                | Placeholder::Certificate
                | Placeholder::Include
                | Placeholder::Selector
                | Placeholder::PublicKey
                | Placeholder::Target
                | Placeholder::Shown { part: _ }
                | Placeholder::Subdomain
                | Placeholder::HostName,
            ) => {}
        }
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
        Kind::SpfWide { domain, term } => {
            mask.text(domain);
            mask.text(term);
        }
        Kind::OwnSignature { author, service: _, signer, envelope } => {
            mask.text(author);
            optional(signer, mask);
            optional(envelope, mask);
        }
        Kind::Subdomain { author, service: _, apart: _ } => mask.text(author),
        Kind::OwnEnvelope { author, envelope, service: _ } => {
            mask.text(author);
            mask.text(envelope);
        }
        Kind::DkimKey { domain, selector, cname, steps } => {
            mask.text(domain);
            mask.text(selector);
            optional(cname, mask);
            for step in steps {
                key_step(step, mask);
            }
        }
        Kind::ReverseName { ip: _, step } => match step {
            ReverseStep::AsHelo { name } | ReverseStep::Forward { name } => mask.text(name),
            ReverseStep::Choose => {}
        },
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
        Kind::Bimi { domain, steps, policy: _, selector } => {
            mask.text(domain);
            super::rules::selector(selector, mask);
            for step in steps {
                match step {
                    BimiStep::Version
                    | BimiStep::Separate
                    | BimiStep::LowerCase
                    | BimiStep::Logo
                    | BimiStep::Certificate => {}
                    BimiStep::Drop { part: text } | BimiStep::Format { before: text } => mask.text(text),
                    BimiStep::Secure { before, after } => {
                        mask.text(before);
                        mask.text(after);
                    }
                }
            }
        }
        Kind::OneClick { steps, unproved } => {
            for step in steps {
                one_click_step(step, mask);
            }
            optional(unproved, mask);
        }
    }
}

fn one_click_step(step: &mut OneClickStep, mask: &Mask) {
    match step {
        OneClickStep::New
        | OneClickStep::AddHttps
        | OneClickStep::OneHttps
        | OneClickStep::Brackets
        | OneClickStep::DropOther
        | OneClickStep::Once { name: _ }
        | OneClickStep::AddPost
        | OneClickStep::SignBoth => {}
        OneClickStep::Secure { host: text } | OneClickStep::Post { before: text } => mask.text(text),
        OneClickStep::Sign { domain, selector, names: _ } => {
            mask.text(domain);
            mask.text(selector);
        }
    }
}

fn spf_step(step: &mut SpfStep, mask: &Mask) {
    match step {
        SpfStep::New
        | SpfStep::Retype
        | SpfStep::Merge { records: _ }
        | SpfStep::Begin
        | SpfStep::AllowUnknown { ip: _, lookups: _ }
        | SpfStep::AllowService { service: _, known: _ } => {}
        SpfStep::AllowServer { ip: _, name: text }
        | SpfStep::MoveNetworks { name: text, networks: _ }
        | SpfStep::DropRepeated { term: text }
        | SpfStep::DropEmpty { term: text }
        | SpfStep::DropRedirect { term: text }
        | SpfStep::DropLoop { term: text }
        | SpfStep::DropPtr { term: text } => mask.text(text),
        SpfStep::Mend { before, after } | SpfStep::MoveAll { term: before, behind: after } => {
            mask.text(before);
            mask.text(after);
        }
        SpfStep::Soften { before } => optional(before, mask),
    }
}

fn key_step(step: &mut KeyStep, mask: &Mask) {
    match step {
        KeyStep::Publish
        | KeyStep::Rewrite
        | KeyStep::PublishProved
        | KeyStep::Replace { why: _ }
        | KeyStep::SignSha256
        | KeyStep::KeepOne { records: _ }
        | KeyStep::Unquote
        | KeyStep::NotEd25519 { octets: _ }
        | KeyStep::Unwrap
        | KeyStep::Version
        | KeyStep::EndTest => {}
        KeyStep::Mend { before, after } => {
            mask.text(before);
            mask.text(after);
        }
        KeyStep::Drop { part } | KeyStep::Add { part } | KeyStep::Lift { part } => mask.text(part),
    }
}

fn dmarc_step(step: &mut DmarcStep, mask: &Mask) {
    match step {
        DmarcStep::New
        | DmarcStep::Merge { records: _ }
        | DmarcStep::Version
        | DmarcStep::StartAtNone { written: _ }
        | DmarcStep::AskReports
        | DmarcStep::Counts { asks: _ }
        | DmarcStep::Raise { tag: _, from: _, to: _ }
        | DmarcStep::StaysBelow { tag: _, policy: _ }
        | DmarcStep::RaiseBelow { tag: _, from: _, to: _, own: _ }
        | DmarcStep::EndTest { applied: _, published: _ } => {}
        DmarcStep::Policy { before } => optional(before, mask),
        DmarcStep::Mend { before, after } => {
            mask.text(before);
            mask.text(after);
        }
        DmarcStep::Drop { part }
        | DmarcStep::WaitBelow { part }
        | DmarcStep::DropPercent { part }
        | DmarcStep::TestForPercent { part } => mask.text(part),
        DmarcStep::Once { tag: _, kept, written } => {
            written.iter_mut().chain([kept]).for_each(|value| mask.text(value));
        }
    }
}
