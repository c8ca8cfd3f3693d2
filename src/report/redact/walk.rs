//! Visits every text of an analysis. Each type is taken apart without `..`, so that the compiler names a field that is
//! new: whoever adds it decides here whether it may be shown.

use std::sync::Arc;

use super::mask::{Mask, overwrite};
use super::notes;
use super::reports;
use super::rules;
use super::senders;
use super::spf;
use super::values;
use super::{answers, arc, claims, drafts, listings};
use crate::analyze::{Analysis, Options};
use crate::auth::dkim::cause::{Causes, Edit, Search};
use crate::auth::dkim::coverage::{Coverage, SignedName};
use crate::auth::dkim::tag::{Tag, TagList};
use crate::auth::dkim::{KeyFacts, Signature};
use crate::auth::dmarc::record::{self, Record};
use crate::auth::dmarc::{Destination, Dmarc, Identifier, PslReading, Text, WalkStep, WouldBe};
use crate::auth::iprev::{Iprev, ReverseName};
use crate::auth::trace::Step;
use crate::check::Finding;
use crate::dns::{Origin, Provenance};
use crate::facts::{Facts, Identity, InputFacts, Session, Sourced, SpfFacts};
use crate::message::address::Mailbox;
use crate::message::{Field, Message, Spanned};
use crate::path::{Client, Hop, Path, Tls, Waypoint, WaypointKind};
use crate::sender::{Handling, PassedOnBy};

/// Masks every text; the bytes of the message are masked already.
pub(super) fn analysis(analysis: &mut Analysis, mask: &Mask) {
    let Analysis { message, options, facts, findings, headline, fixes, questions, origin, provenance, is_masked: _ } =
        analysis;
    let Message {
        source: _,
        kind: _,
        line_endings: _,
        fields,
        body: _,
        text: _,
        repairs: _,
        kept: _,
        place: _,
        pasted,
    } = message;
    // What was masked in the message stands in it as well.
    *pasted = None;
    for Field { name, span: _, value: _ } in fields {
        mask.text(name);
    }
    let Options { hop: _, ip, helo, mail_from, at: _, provider: _, bulk: _, network: _ } = options;
    if let Some(ip) = ip {
        mask.ip(ip);
    }
    if let Some(helo) = helo {
        mask.helo(helo);
    }
    if let Some(sender) = mail_from {
        mask.address(sender);
    }
    self::facts(facts, mask);
    for Finding { problem, severity: _, confidence: _, actor: _, evidence: _, more: _ } in findings {
        values::problem(problem, mask);
    }
    super::fixes::fixes(fixes, mask);
    values::headline(headline, mask);
    for entry in questions {
        answers::entry(Arc::make_mut(entry), mask);
    }
    match provenance {
        Provenance::Dns { at: _, through } => mask.text(through),
        Provenance::File => {}
    }
    match origin {
        // The folders above a file name its owner.
        Origin::Snapshot(name) => {
            *name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            mask.text(name);
        }
        Origin::Server(name) => mask.text(name),
        Origin::System | Origin::Offline => {}
    }
}

#[expect(clippy::too_many_lines, reason = "one line for each fact, so that a new one has to be decided on")]
fn facts(facts: &mut Facts, mask: &Mask) {
    let Facts {
        input,
        identity,
        stream: _,
        handling: Handling { list: _, forwarded: _, by: passed_on_by },
        sender,
        saved: _,
        path,
        session,
        spf,
        dkim,
        dkim2,
        domainkeys,
        arc,
        dmarc,
        // Results and reasons, no text.
        second: _,
        iprev,
        claims,
        compared,
        notes,
        judged_at: _,
        bounce,
        aggregate,
        notice,
        form,
        wording: _,
        unsubscribe,
        recipient,
        author_hosts,
        bimi,
        network,
    } = facts;
    if let Some(PassedOnBy { domain, service: _ }) = passed_on_by {
        mask.text(domain);
    }
    if let Some(report) = aggregate {
        reports::aggregate(report, mask);
    }
    if let Some(bounce) = bounce {
        reports::bounce(bounce, mask);
    }
    if let Some(notice) = notice {
        reports::notice(notice, mask);
    }
    values::compared(compared, mask);
    rules::facts(form, unsubscribe, recipient, mask);
    rules::dns(author_hosts, bimi, mask);
    listings::network(network, mask);
    let InputFacts {
        kind: _,
        bytes: _,
        headers_only: _,
        line_endings: _,
        repairs: _,
        repeated: _,
        kept: _,
        place: _,
        flaws: _,
    } = input;
    self::identity(identity, mask);
    let Path { hops, waypoints, boundary: _, choices: _, total: _ } = path;
    for hop in hops {
        self::hop(hop, mask);
    }
    for Waypoint { field: _, name, span: _, kind, after: _, text, ip, date: _ } in waypoints {
        mask.text(name);
        if let Some(ip) = ip {
            mask.ip(&mut ip.value);
        }
        match (kind, text) {
            (WaypointKind::Delivered | WaypointKind::Resent, Some(Spanned { value, span: _ })) => mask.address(value),
            (WaypointKind::Passed | WaypointKind::OriginatingIp, Some(Spanned { value, span: _ })) => mask.text(value),
            (_, None) => {}
        }
    }
    let Session { ip, helo, mail_from } = session;
    if let Some(ip) = ip {
        mask.ip(&mut ip.value);
    }
    if let Some(Sourced { value, from: _, span: _ }) = helo {
        mask.helo(value);
    }
    if let Some(Sourced { value, from: _, span: _ }) = mail_from {
        mask.address(value);
    }
    let SpfFacts { mail_from, helo, header_from } = spf;
    [mail_from, helo, header_from].into_iter().flatten().for_each(|check| spf::check(check, mask));
    for signature in dkim {
        self::signature(signature, mask);
    }
    senders::sender(sender, mask);
    drafts::dkim2(dkim2, mask);
    drafts::domainkeys(domainkeys, mask);
    arc::chain(arc, mask);
    self::dmarc(dmarc, mask);
    for claim in claims {
        claims::hide(claim, mask);
    }
    notes::hide(notes, mask);
    if let Some(Iprev { ip, result: _, names, trace }) = iprev {
        mask.ip(ip);
        for ReverseName { name, confirmed: _ } in names {
            mask.text(name);
        }
        step(trace, mask);
    }
}

fn identity(identity: &mut Identity, mask: &Mask) {
    let Identity {
        from,
        from_fields: _,
        from_span: _,
        to,
        reply_to,
        sender,
        subject,
        subject_span: _,
        date: _,
        date_span: _,
        message_id,
        message_id_span: _,
        one_click: _,
        return_path,
    } = identity;
    for Mailbox { name, address, domain, span: _ } in from.iter_mut().chain(to).chain(reply_to).chain(sender) {
        name.iter_mut().for_each(Mask::hide);
        mask.address(address);
        optional(domain, mask);
    }
    subject.iter_mut().for_each(Mask::hide);
    message_id.iter_mut().chain(return_path).for_each(|id| {
        let inner = id.trim_matches(['<', '>']).len();
        if inner == id.len() { mask.address(id) } else { bracketed(id, mask) }
    });
}

/// An address in angle brackets.
fn bracketed(id: &mut String, mask: &Mask) {
    let mut address = id.trim_matches(['<', '>']).to_owned();
    mask.address(&mut address);
    *id = format!("<{address}>");
}

fn hop(hop: &mut Hop, mask: &Mask) {
    let Hop {
        field: _,
        span: _,
        dialect: _,
        operator: _,
        from,
        by,
        via,
        with,
        id,
        recipient,
        envelope_from,
        authenticated: _,
        date: _,
        delay: _,
        handover: _,
        tls,
        side: _,
        parts: _,
    } = hop;
    let Client { helo, name, ip, other, doubt: _ } = from;
    for Spanned { value, span: _ } in [ip, other].into_iter().flatten() {
        mask.ip(value);
    }
    if let Some(Spanned { value, span: _ }) = helo {
        mask.helo(value);
    }
    for Spanned { value, span: _ } in [name, by, via, with, id].into_iter().flatten() {
        mask.text(value);
    }
    for Spanned { value, span: _ } in [recipient, envelope_from].into_iter().flatten() {
        mask.address(value);
    }
    let Tls { state: _, version: _, cipher, bits: _, span: _ } = tls;
    optional(cipher, mask);
}

fn signature(signature: &mut Signature, mask: &Mask) {
    let Signature {
        field: _,
        span: _,
        tags,
        fault: _,
        domain,
        selector,
        identity,
        algorithm,
        canonicalization,
        key,
        body_hash: _,
        body_hash_stated: _,
        body_hash_computed: _,
        header_signature: _,
        result: _,
        reason: _,
        signed_at: _,
        expires: _,
        expired_at_receipt: _,
        expired_now: _,
        signed_headers,
        coverage,
        canonical_header: _,
        canonical_body: _,
        length: _,
        uncovered_bytes: _,
        uncovered_from: _,
        causes,
        trace,
    } = signature;
    self::causes(causes, mask);
    let KeyFacts {
        state: _,
        name,
        question: _,
        source: _,
        kind: _,
        bits: _,
        wrapping: _,
        testing: _,
        record,
        tags: key_tags,
        record_index: _,
        records: _,
        fault: _,
        lints: _,
        cname,
    } = key;
    for text in [domain, selector, identity, algorithm, canonicalization, name, record] {
        optional(text, mask);
    }
    for name in signed_headers.iter_mut().chain(cname) {
        mask.text(name);
    }
    tag_list(tags, mask);
    tag_list(key_tags, mask);
    // What is left open is named by the standard.
    let Coverage { signed, open: _ } = coverage;
    for SignedName { name, span: _, named: _, present: _ } in signed {
        mask.text(name);
    }
    step(trace, mask);
}

pub(super) fn tag_list(list: &mut TagList, mask: &Mask) {
    let TagList { tags, faults: _ } = list;
    for Tag { name, value, span: _, value_span: _, slot: _ } in tags {
        // Copies of header fields (RFC 6376 section 3.5).
        if name == "z" {
            Mask::hide(value);
        } else {
            mask.text(value);
        }
        mask.text(name);
    }
}

pub(super) fn causes(causes: &mut Causes, mask: &Mask) {
    let Causes { body, header } = causes;
    for search in [body, header] {
        match search {
            Search::Found { edits, tried: _ } => edits.iter_mut().for_each(|edit| self::edit(edit, mask)),
            Search::NotSought(_) | Search::NotFound { tried: _, ended: _ } => {}
        }
    }
}

/// What was added or changed is content, or names people.
fn edit(edit: &mut Edit, mask: &Mask) {
    let Edit { change: _, span: _, places: _, field, now, before } = edit;
    optional(field, mask);
    [now, before].into_iter().flatten().for_each(Mask::hide);
}

fn dmarc(dmarc: &mut Dmarc, mask: &Mask) {
    let Dmarc {
        result: _,
        reason: _,
        author_domain,
        organizational_domain,
        record_at,
        record,
        question: _,
        policy: _,
        policy_published: _,
        policy_tag: _,
        testing: _,
        adkim_strict: _,
        aspf_strict: _,
        identifiers,
        walk,
        psl,
        would_be,
        authors_left_out: _,
        destinations,
        report_questions: _,
        trace,
    } = dmarc;
    for text in [author_domain, organizational_domain, record_at] {
        optional(text, mask);
    }
    for identifier in identifiers {
        let Identifier { source: _, domain, authentication: _, alignment: _, relation: _, organizational_domain } =
            identifier;
        mask.text(domain);
        optional(organizational_domain, mask);
    }
    for WalkStep { domain, question: _, found: _, texts } in walk {
        mask.text(domain);
        for Text { index: _, record } in texts {
            dmarc_record(record, mask);
        }
    }
    if let Some(Text { index: _, record }) = record {
        dmarc_record(record, mask);
    }
    for WouldBe { domain, result: _, reason: _, policy: _, record_at } in would_be {
        mask.text(domain);
        optional(record_at, mask);
    }
    for Destination { tag: _, uri: Spanned { value, span: _ }, host, permission: _, question: _ } in destinations {
        mask.text(value);
        optional(host, mask);
    }
    if let Some(PslReading { organizational_domain, result: _, policy: _ }) = psl {
        optional(organizational_domain, mask);
    }
    step(trace, mask);
}

fn dmarc_record(record: &mut Record, mask: &Mask) {
    let Record {
        bytes,
        status: _,
        tags,
        problems: _,
        p: _,
        sp: _,
        np: _,
        psd: _,
        testing: _,
        adkim: _,
        aspf: _,
        rua,
        ruf,
    } = record;
    for range in mask.secrets(bytes) {
        overwrite(&mut bytes[range]);
    }
    for record::Tag { name, value, span: _ } in tags {
        mask.text(&mut name.value);
        mask.text(&mut value.value);
    }
    for Spanned { value, span: _ } in rua.iter_mut().chain(ruf) {
        mask.text(value);
    }
}

pub(super) fn step(step: &mut Step, mask: &Mask) {
    let Step { id: _, what: _, place: _, text, questions: _, cost: _, tries: _, outcome: _, children } = step;
    optional(text, mask);
    for child in children {
        self::step(child, mask);
    }
}

pub(super) fn optional(text: &mut Option<String>, mask: &Mask) {
    if let Some(text) = text {
        mask.text(text);
    }
}
