//! Numbers of addresses, short enough to be read.

/// Digits in groups of three; from a thousand millions on the nearest power of two below, which is how people count IPv6.
pub(super) fn addresses(number: u128) -> String {
    const MANY: u128 = 1_000_000_000_000;
    if number < MANY {
        return grouped(&number.to_string());
    }
    let power = format!("2^{}", number.ilog2());
    if number.is_power_of_two() { power } else { format!("{power}+") }
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        for (digits, shown) in [("0", "0"), ("999", "999"), ("1000", "1,000"), ("4294967296", "4,294,967,296")] {
            assert_eq!(grouped(digits), shown);
        }
    }
}
