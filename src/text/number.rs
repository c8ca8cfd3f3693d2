//! Counts and sizes, so that they can be read.

use std::fmt::Display;

/// Digits in groups of three; from a thousand millions on the nearest power of two below, which is how people count IPv6.
pub(super) fn addresses(number: u128) -> String {
    const MANY: u128 = 1_000_000_000_000;
    if number < MANY {
        return grouped(&number.to_string());
    }
    let power = format!("2^{}", number.ilog2());
    if number.is_power_of_two() { power } else { format!("{power}+") }
}

/// Digits of a count in groups of three; not for numbers that name something, as those of hops.
#[must_use]
pub fn count(number: impl Display) -> String {
    grouped(&number.to_string())
}

/// A count; where there may be more, the sign for "at least" stands before it.
#[must_use]
pub fn least(number: u64, at_least: bool) -> String {
    let sign = if at_least && number > 0 { "≥ " } else { "" };
    format!("{sign}{}", count(number))
}

pub(super) fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A size as providers write their limits.
pub(super) fn bytes(size: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(1 << 20, "MB"), (1 << 10, "KB")];
    let whole = UNITS.iter().find(|(unit, _)| size >= *unit && size.is_multiple_of(*unit));
    match whole {
        Some((unit, name)) => format!("{} {name}", grouped(&(size / unit).to_string())),
        None if size >= 10_000 && size.is_multiple_of(1_000) => format!("{} KB", grouped(&(size / 1_000).to_string())),
        None => format!("{} B", grouped(&size.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_limits_are() {
        for (size, shown) in
            [(500, "500 B"), (1_024, "1 KB"), (32_768, "32 KB"), (500_000, "500 KB"), (3 << 20, "3 MB")]
        {
            assert_eq!(bytes(size), shown);
        }
    }

    #[test]
    fn digits_stand_in_groups() {
        for (digits, shown) in [("0", "0"), ("999", "999"), ("1000", "1,000"), ("4294967296", "4,294,967,296")] {
            assert_eq!(grouped(digits), shown);
        }
    }
}
