//! What is wrong with a signature field or a key, case by case, and what is odd about a key record.

use super::terms;
use crate::auth::dkim::coverage::Cover;
use crate::auth::dkim::key::KeyFault;
use crate::auth::dkim::lint::LintKind;
use crate::auth::dkim::{DkimResult, FieldFault, tag};
use crate::auth::dkim2::{BodyChange, Numbering};
use crate::check::KeyLimit;
use crate::dns::{Provenance, Source};
use crate::facts::{Standing, Whose};

/// Whose signature it is, whether it counts, and why.
pub(in crate::text) fn standing(standing: &Standing<'_>) -> String {
    let whose = match (standing.domain, standing.whose) {
        (None, _) => "Signature without a readable domain.".to_owned(),
        (Some(domain), Whose::Author) => format!("Signature of the author domain, {domain}."),
        (Some(domain), Whose::Other) => format!("Signature of {domain}, which is not the author domain."),
        (Some(domain), Whose::Unknown) => format!("Signature of {domain}."),
    };
    let reason = terms::dkim_reason(standing.reason);
    let counts = match (standing.result, standing.whose) {
        (DkimResult::Pass, Whose::Author) => "It is valid and counts for DMARC.".to_owned(),
        (DkimResult::Pass, Whose::Other) => "It is valid and does not count for DMARC.".to_owned(),
        (DkimResult::Pass, Whose::Unknown) => "It is valid.".to_owned(),
        (DkimResult::NotEvaluated, _) => format!("Whether it is valid is not known. {reason}."),
        (DkimResult::TempError, _) => format!("It could not be checked. {reason}."),
        (DkimResult::Fail | DkimResult::Policy | DkimResult::Neutral | DkimResult::PermError, _) => {
            format!("It does not count. {reason}.")
        }
    };
    format!("{whose} {counts}")
}

/// Where a key was taken from.
pub(in crate::text) fn key_source(source: Source, provenance: &Provenance) -> String {
    match (source, provenance) {
        (Source::WhatIf, _) => "the record that is tried (what-if), not DNS".to_owned(),
        (Source::KeyFile, _) => "the file of keys that was given, not DNS".to_owned(),
        (Source::Answers, Provenance::File) => "a file that does not say when DNS answered".to_owned(),
        (Source::Answers, Provenance::Dns { at, through }) => {
            format!("DNS on {} ({through})", at.strftime("%Y-%m-%d %H:%M UTC"))
        }
    }
}

/// How a signature treats the fields of one name.
pub(in crate::text) const fn cover(cover: Cover) -> &'static str {
    match cover {
        Cover::Signed => "Signed",
        Cover::OverSigned => "Signed, and protected against additions",
        Cover::SignedAbsent => "Signed as absent",
        Cover::Partly => "Signed, but for those on top",
    }
}

/// What is wrong in a list of tags.
pub(in crate::text) const fn tag_fault(fault: tag::Fault) -> &'static str {
    match fault {
        tag::Fault::Duplicate => "a tag that appears twice makes the list invalid",
        tag::Fault::Empty => "an empty tag",
        tag::Fault::NoEquals => "text without =",
        tag::Fault::BadName => "no name of a tag",
        tag::Fault::BadValue => "a control character in a value",
        tag::Fault::TooMany => "more tags than are read",
    }
}

pub(in crate::text) const fn numbering(numbering: Numbering) -> &'static str {
    match numbering {
        Numbering::Whole => "numbered without a gap",
        Numbering::Broken => "the numbers have gaps",
    }
}

pub(in crate::text) const fn body_change(change: BodyChange) -> &'static str {
    match change {
        BodyChange::Unchanged => "body unchanged",
        BodyChange::Changed => "body changed",
        BodyChange::Lost => "body changed, and the earlier one is lost",
        BodyChange::Unreadable => "the recipe cannot be read",
    }
}

/// Why a key record cannot be used.
pub(in crate::text) const fn key_fault(fault: KeyFault) -> &'static str {
    match fault {
        KeyFault::NoTagList => "The record cannot be read as a list of tags (name=value, separated by semicolons).",
        KeyFault::Version => "v= is not the first tag or not DKIM1, so this is no key record.",
        KeyFault::KindUnknown => "k= names a kind of key that is not in use; rsa and ed25519 are.",
        KeyFault::KeyMissing => "The record has no p=, the tag that holds the key.",
        KeyFault::Revoked => "p= is empty: the key was revoked.",
        KeyFault::ZoneFileQuoting => {
            "There are quotation marks or backslashes inside the record. They belong to zone files; most DNS panels add them by themselves."
        }
        KeyFault::QuotedAndNoKey => {
            "There are quotation marks or backslashes inside the record, where they do not belong. Without them it holds no key either."
        }
        KeyFault::PemFile => "p= holds the lines around a PEM file (-----BEGIN PUBLIC KEY-----).",
        KeyFault::NotBase64 => "p= is no base64: a character was lost or added when the key was copied.",
        KeyFault::NoKey => "p= holds no key of the kind that k= names; often its end was cut off when it was copied.",
    }
}

/// How long what stands for an Ed25519 key is.
pub(in crate::text) fn wrong_length(octets: usize) -> String {
    format!("Its value has {octets} octets, quotation marks aside; an Ed25519 key has 32 (RFC 8463 section 4.2).")
}

/// What to do about it, with the name of the record filled in.
pub(in crate::text) fn key_fault_remedy(fault: KeyFault, domain: &str, name: &str) -> String {
    let ask = format!("Ask whoever keeps the DNS of {domain} to");
    match fault {
        KeyFault::ZoneFileQuoting => {
            format!("{ask} enter the TXT record {name} without quotation marks and backslashes.")
        }
        KeyFault::PemFile => {
            format!("{ask} keep only what is between the BEGIN and END lines in the TXT record {name}, in one piece.")
        }
        KeyFault::QuotedAndNoKey => format!(
            "{ask} publish the TXT record {name} again, copied whole from the server that signs, without quotation marks and backslashes."
        ),
        KeyFault::Version => format!("{ask} let the TXT record {name} begin with v=DKIM1, written exactly so."),
        KeyFault::NoTagList
        | KeyFault::KindUnknown
        | KeyFault::KeyMissing
        | KeyFault::Revoked
        | KeyFault::NotBase64
        | KeyFault::NoKey => {
            format!("{ask} publish the TXT record {name} again, copied whole from the server that signs.")
        }
    }
}

pub(in crate::text) fn key_limit(limit: KeyLimit, algorithm: &str) -> String {
    match limit {
        KeyLimit::Kind => {
            format!("The signature was made with {algorithm}; the record holds another kind of key (k=).")
        }
        KeyLimit::Hash => format!("The signature was made with {algorithm}; the record allows other hashes only (h=)."),
    }
}

pub(in crate::text) fn key_limit_remedy(limit: KeyLimit, domain: &str, name: &str) -> String {
    match limit {
        KeyLimit::Kind => format!(
            "Ask whoever runs the server that signs for {domain} to have its key published as {name}, or to sign with the one that is there."
        ),
        KeyLimit::Hash => format!(
            "Ask whoever keeps the DNS of {domain} to remove h= from the TXT record {name}, or to name sha256 there."
        ),
    }
}

/// What is wrong with a signature field.
pub(in crate::text) fn field_fault(fault: FieldFault, tag: Option<&str>) -> String {
    let sentence = match (fault, tag) {
        (FieldFault::TagMissing, Some(tag)) => return format!("The tag {tag}= is missing. {IGNORED}"),
        (FieldFault::TagBroken, Some(tag)) => {
            return format!("The value of {tag}= is not one that the standard allows. {IGNORED}");
        }
        (FieldFault::TagMissing, None) => "A required tag is missing.",
        (FieldFault::TagBroken, None) => "Its list of tags cannot be read.",
        (FieldFault::VersionUnknown, _) => "v= is not 1.",
        (FieldFault::AlgorithmUnknown, _) => {
            "a= names an algorithm that is not in use; rsa-sha256 and ed25519-sha256 are."
        }
        (FieldFault::CanonicalizationUnknown, _) => "c= names a form other than simple and relaxed.",
        (FieldFault::QueryMethodUnknown, _) => "q= names no known way to the key; dns/txt is the one in use.",
        (FieldFault::FromNotSigned, _) => "h= does not list From, so the signature does not cover the sender.",
        (FieldFault::IdentityOutsideDomain, _) => "The identity in i= lies outside the signing domain d=.",
    };
    format!("{sentence} {IGNORED}")
}

const IGNORED: &str = "Receivers ignore such a signature.";

pub(in crate::text) fn field_fault_remedy(fault: FieldFault, domain: Option<&str>) -> String {
    let of = domain.map_or_else(String::new, |domain| format!(" for {domain}"));
    let what = match fault {
        FieldFault::TagMissing | FieldFault::TagBroken => {
            "correct its settings. If its signatures are right elsewhere, look for a server on the way that damages the DKIM-Signature field"
        }
        FieldFault::VersionUnknown => "have it write v=1",
        FieldFault::AlgorithmUnknown => "have it use rsa-sha256",
        FieldFault::CanonicalizationUnknown => "have it use c=relaxed/relaxed",
        FieldFault::QueryMethodUnknown => "have it write q=dns/txt, or no q= at all",
        FieldFault::FromNotSigned => "add From to the fields that it signs",
        FieldFault::IdentityOutsideDomain => "have it write an i= in the domain d= or below it, or none",
    };
    format!("Ask whoever runs the server that signs{of} to {what}.")
}

/// What is odd about a key record, and what follows from it.
pub(in crate::text) const fn lint(kind: LintKind) -> &'static str {
    match kind {
        LintKind::SeveralRecords => "several TXT records at this name: which one a receiver takes is undefined",
        LintKind::Delegated => "the name is a CNAME: whoever it leads to publishes the key",
        LintKind::Testing => "t=y: the domain is testing DKIM",
        LintKind::StrictIdentity => "t=s: i= must not be a subdomain of d=",
        LintKind::UnknownFlag => "a flag in t= that nobody registered; it is ignored",
        LintKind::NoSha256 => "h= does not allow sha256: no signature with this key counts",
        LintKind::HashLimit => "h= names the hashes that are allowed",
        LintKind::NotForEmail => "s= does not allow e-mail: no signature with this key counts",
        LintKind::Granularity => {
            "g= limits the key by an old rule (RFC 4871): old receivers refuse it, others ignore the tag"
        }
        LintKind::GranularityAny => "g=* is left over from an old rule (RFC 4871); it can go",
        LintKind::ShortKey => "under 1024 bits: no signature with this key counts",
        LintKind::WeakKey => "under the recommended 2048 bits",
        LintKind::LongKey => "over 4096 bits: receivers need not support it",
        LintKind::BareRsa => {
            "the key is published without its usual wrapping (PKCS #1 instead of SubjectPublicKeyInfo): some receivers cannot read it"
        }
        LintKind::WrappedEd25519 => {
            "the Ed25519 key is in a wrapping (SubjectPublicKeyInfo) that some receivers cannot read"
        }
        LintKind::NoVersion => "v=DKIM1 is missing; it is recommended",
        LintKind::SpaceInFront => "white space before the first tag",
        LintKind::SpaceInKey => "white space within p=; it is passed over",
        LintKind::EmptyTag => "an empty tag (two semicolons in a row): some receivers do not accept the record",
        LintKind::UnknownTag => "a tag that nobody registered; it is ignored",
    }
}
