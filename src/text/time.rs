//! Moments as text.

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::message::date::{Stamp, Zone};

/// A moment in UTC.
#[must_use]
pub fn moment(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// A stated moment with its offset as written; a question mark stands for an unknown zone.
#[must_use]
pub fn stamp(stamp: Stamp) -> String {
    let local = local(stamp);
    let zone = match stamp.zone {
        Zone::Offset(_) => local.strftime("%z").to_string(),
        Zone::UtcOnly => "-0000".to_owned(),
        Zone::Unknown => "?".to_owned(),
    };
    format!("{} {zone}", local.strftime("%Y-%m-%d %H:%M:%S"))
}

/// Year, month and day of a stated moment, as written.
pub(super) fn day(stamp: Stamp) -> (i16, i8, i8) {
    let date = local(stamp).date();
    (date.year(), date.month(), date.day())
}

/// A stated moment where it was written.
fn local(stamp: Stamp) -> Zoned {
    let offset = match stamp.zone {
        Zone::Offset(seconds) => Offset::from_seconds(seconds).unwrap_or(Offset::UTC),
        Zone::UtcOnly | Zone::Unknown => Offset::UTC,
    };
    stamp.instant.to_zoned(TimeZone::fixed(offset))
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
}
