//! Moments as text.

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::message::date::{Stamp, Zone};

/// A moment in UTC.
#[must_use]
pub fn moment(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// A moment in the zone in which a message is told of: `2026-11-22 09:00:00 UTC+9`.
#[must_use]
pub fn moment_in(moment: Timestamp, told_in: Zone) -> String {
    let stamp = Stamp { instant: moment, zone: told_in };
    format!("{} {}", clock(stamp), zone(stamp))
}

/// A stated moment with its offset as written; a question mark stands for an unknown zone.
#[must_use]
pub fn stamp(stamp: Stamp) -> String {
    let zone = match stamp.zone {
        Zone::Offset(_) => local(stamp).strftime("%z").to_string(),
        Zone::UtcOnly => "-0000".to_owned(),
        Zone::Unknown => "?".to_owned(),
    };
    format!("{} {zone}", clock(stamp))
}

/// What a clock in its zone shows, where the zone is told elsewhere.
#[must_use]
pub fn clock(stamp: Stamp) -> String {
    local(stamp).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Its zone in short: `UTC+9`, `UTC-3:30`, `UTC`.
#[must_use]
pub fn zone(stamp: Stamp) -> String {
    let seconds = offset(stamp).seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

fn offset(stamp: Stamp) -> Offset {
    match stamp.zone {
        Zone::Offset(seconds) => Offset::from_seconds(seconds).unwrap_or(Offset::UTC),
        Zone::UtcOnly | Zone::Unknown => Offset::UTC,
    }
}

/// Hour and minute of a stated moment, as written.
pub(super) fn time_of_day(stamp: Stamp) -> String {
    local(stamp).strftime("%H:%M").to_string()
}

/// Year, month and day of a stated moment, as written.
pub(super) fn day(stamp: Stamp) -> (i16, i8, i8) {
    let date = local(stamp).date();
    (date.year(), date.month(), date.day())
}

/// A stated moment where it was written.
fn local(stamp: Stamp) -> Zoned {
    stamp.instant.to_zoned(TimeZone::fixed(offset(stamp)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_stay_as_written() {
        let instant = Timestamp::from_second(1_763_769_600).unwrap();
        let shown = |zone| stamp(Stamp { instant, zone });
        assert_eq!(shown(Zone::Offset(32_400)), "2025-11-22 09:00:00 +0900");
        assert_eq!(shown(Zone::UtcOnly), "2025-11-22 00:00:00 -0000");
        assert_eq!(shown(Zone::Unknown), "2025-11-22 00:00:00 ?");
    }

    #[test]
    fn zones_in_short() {
        let instant = Timestamp::from_second(1_763_769_600).unwrap();
        let named = |zone_of| zone(Stamp { instant, zone: zone_of });
        assert_eq!(named(Zone::Offset(32_400)), "UTC+9");
        assert_eq!(named(Zone::Offset(-12_600)), "UTC-3:30");
        assert_eq!(named(Zone::Offset(0)), "UTC");
        assert_eq!(named(Zone::UtcOnly), "UTC");
        assert_eq!(moment_in(instant, Zone::Offset(32_400)), "2025-11-22 09:00:00 UTC+9");
        assert_eq!(clock(Stamp { instant, zone: Zone::Offset(-12_600) }), "2025-11-21 20:30:00");
    }
}
