//! Date and Message-ID in the forms in which programs write the same value.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::{Undo, Wanted};
use crate::auth::dkim::cause::change::Change;
use crate::message::date::{self, Zone};

pub(super) fn undos(wanted: &Wanted<'_>) -> Vec<Undo> {
    dates(wanted).into_iter().chain(identifiers(wanted)).collect()
}

/// Offsets that a moment may have been written in: as it stands, UTC, and those that the servers on the way wrote.
fn dates(wanted: &Wanted<'_>) -> Vec<Undo> {
    let Some((index, field)) = wanted.field("date") else { return Vec::new() };
    let Some(stamp) = date::read(&wanted.message.unfold(field).text) else { return Vec::new() };
    let mut offsets = vec![0];
    let servers = wanted.message.named("Received").filter_map(|(_, received)| {
        let text = wanted.message.unfold(received).text;
        date::read(text.rsplit_once(';')?.1)
    });
    for zone in std::iter::once(stamp.zone).chain(servers.take(20).map(|stamp| stamp.zone)) {
        if let Zone::Offset(seconds) = zone
            && !offsets.contains(&seconds)
        {
            offsets.push(seconds);
        }
    }
    let forms = offsets.into_iter().flat_map(|offset| forms(stamp.instant, offset));
    forms.map(|form| wanted.changed(Change::FieldRewritten, (index, field), form.as_bytes(), 4)).collect()
}

/// The forms of RFC 5322 section 3.3 and of the clients that came before it.
fn forms(instant: Timestamp, seconds: i32) -> Vec<String> {
    let Ok(offset) = Offset::from_seconds(seconds) else { return Vec::new() };
    let local = instant.to_zoned(TimeZone::fixed(offset));
    let zones: &[&str] =
        if seconds == 0 { &["+0000", "-0000", "GMT", "UT", "UTC", "+0000 (UTC)", "+0000 (GMT)"] } else { &["%z"] };
    let japan: &[&str] = if seconds == 9 * 3_600 { &["%z (JST)"] } else { &[] };
    let days = ["%a, %d %b %Y %H:%M:%S", "%a, %-d %b %Y %H:%M:%S", "%d %b %Y %H:%M:%S", "%-d %b %Y %H:%M:%S"];
    let zones = zones.iter().chain(japan);
    zones.flat_map(|zone| days.map(|day| local.strftime(&format!("{day} {zone}")).to_string())).collect()
}

fn identifiers(wanted: &Wanted<'_>) -> Vec<Undo> {
    let Some((index, field)) = wanted.field("message-id") else { return Vec::new() };
    let value = wanted.value(field).trim_ascii();
    let inner = value.strip_prefix(b"<").and_then(|value| value.strip_suffix(b">"));
    let other = match inner {
        Some(inner) => inner.to_vec(),
        None => [b"<".as_slice(), value, b">"].concat(),
    };
    vec![wanted.changed(Change::FieldRewritten, (index, field), &other, 4)]
}
