//! What an RSA signature holds, read out of it with the public key (RFC 8017 sections 5.2.2 and 9.2). Nothing is judged
//! valid by it: it tells a hash of other text from a signature that another key made.

use super::Hash;

/// The longest public exponent that is computed with: 65537 is what everybody uses.
const MAX_EXPONENT: usize = 8;

/// Opens a signature: the hash algorithm it names and the hash; `None` when the key does not open it.
pub(super) fn open(modulus: &[u8], exponent: &[u8], signature: &[u8]) -> Option<(Option<Hash>, Vec<u8>)> {
    let encoded = Modulus::new(modulus)?.power(signature, trimmed(exponent))?;
    let padded = encoded.strip_prefix(&[0x00, 0x01])?;
    let padding = padded.iter().take_while(|&&byte| byte == 0xff).count();
    let info = padded.get(padding..)?.strip_prefix(&[0x00])?;
    // At least eight bytes of padding (RFC 8017 section 9.2).
    (padding >= 8).then(|| read_info(info))
}

/// `DigestInfo` (RFC 8017 section 9.2 note 1); a hash algorithm that DKIM does not know has no name here.
fn read_info(info: &[u8]) -> (Option<Hash>, Vec<u8>) {
    const SHA1: &[u8] = &[0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14];
    const SHA256: &[u8] = &[
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
        0x20,
    ];
    for (hash, prefix, length) in [(Hash::Sha1, SHA1, 20), (Hash::Sha256, SHA256, 32)] {
        if let Some(digest) = info.strip_prefix(prefix).filter(|digest| digest.len() == length) {
            return (Some(hash), digest.to_vec());
        }
    }
    (None, Vec::new())
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// An odd modulus, for Montgomery multiplication (limbs of 32 bits, lowest first).
struct Modulus {
    limbs: Vec<u32>,
    bytes: usize,
    /// −1 / the lowest limb, modulo 2³².
    inverse: u32,
}

impl Modulus {
    fn new(bytes: &[u8]) -> Option<Self> {
        let bytes = trimmed(bytes);
        let limbs = limbs(bytes);
        let lowest = *limbs.first().filter(|lowest| **lowest & 1 == 1)?;
        // Newton's iteration doubles the bits that are right: 3, 6, 12, 24, 48.
        let mut inverse = lowest;
        for _ in 0..4 {
            inverse = inverse.wrapping_mul(2_u32.wrapping_sub(lowest.wrapping_mul(inverse)));
        }
        Some(Self { limbs, bytes: bytes.len(), inverse: inverse.wrapping_neg() })
    }

    /// `base` to the power of `exponent`, as long as the modulus; `None` when the base is no number below it.
    fn power(&self, base: &[u8], exponent: &[u8]) -> Option<Vec<u8>> {
        let mut base = limbs(trimmed(base));
        let (first, rest) = exponent.split_first().filter(|_| exponent.len() <= MAX_EXPONENT)?;
        if base.len() > self.limbs.len() {
            return None;
        }
        base.resize(self.limbs.len(), 0);
        if !is_below(&base, &self.limbs) {
            return None;
        }
        for _ in 0..self.limbs.len() * 32 {
            self.double(&mut base);
        }
        let mut power = base.clone();
        let below_top = (0..u8::BITS - 1 - first.leading_zeros()).rev().map(|bit| first >> bit & 1);
        let bits = below_top.chain(rest.iter().flat_map(|byte| (0..u8::BITS).rev().map(move |bit| byte >> bit & 1)));
        for bit in bits {
            power = self.multiply(&power, &power);
            if bit == 1 {
                power = self.multiply(&power, &base);
            }
        }
        let mut one = vec![0; self.limbs.len()];
        one.iter_mut().take(1).for_each(|lowest| *lowest = 1);
        let power = self.multiply(&power, &one);
        let bytes: Vec<u8> = power.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
        bytes.get(bytes.len().checked_sub(self.bytes)?..).map(<[u8]>::to_vec)
    }

    /// Montgomery product: `a · b / 2³²ⁿ`.
    fn multiply(&self, a: &[u32], b: &[u32]) -> Vec<u32> {
        let mut sum = vec![0_u32; self.limbs.len()];
        let mut top = 0_u64;
        for factor in b {
            let carry = add_product(&mut sum, a, *factor);
            top += carry;
            let lowest = sum.first().copied().unwrap_or(0);
            let carry = add_product(&mut sum, &self.limbs, lowest.wrapping_mul(self.inverse));
            top += carry;
            // The lowest limb is zero now: divide by 2³².
            sum.rotate_left(1);
            sum.iter_mut().rev().take(1).for_each(|last| *last = low(top));
            top >>= 32;
        }
        if top > 0 || !is_below(&sum, &self.limbs) {
            subtract(&mut sum, &self.limbs);
        }
        sum
    }

    fn double(&self, number: &mut [u32]) {
        let mut carry = 0;
        for limb in number.iter_mut() {
            let doubled = u64::from(*limb) << 1 | carry;
            *limb = low(doubled);
            carry = doubled >> 32;
        }
        if carry > 0 || !is_below(number, &self.limbs) {
            subtract(number, &self.limbs);
        }
    }
}

/// `sum += number · factor`; what does not fit is given back.
fn add_product(sum: &mut [u32], number: &[u32], factor: u32) -> u64 {
    let mut carry = 0;
    for (to, limb) in sum.iter_mut().zip(number) {
        let product = u64::from(*limb) * u64::from(factor) + u64::from(*to) + carry;
        *to = low(product);
        carry = product >> 32;
    }
    carry
}

fn subtract(from: &mut [u32], number: &[u32]) {
    let mut borrow = 0;
    for (to, limb) in from.iter_mut().zip(number) {
        let difference = u64::from(*to).wrapping_sub(u64::from(*limb)).wrapping_sub(borrow);
        *to = low(difference);
        borrow = difference >> 63;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
const fn low(number: u64) -> u32 {
    number as u32
}

fn is_below(a: &[u32], b: &[u32]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

fn limbs(bytes: &[u8]) -> Vec<u32> {
    let limb = |chunk: &[u8]| chunk.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte));
    bytes.rchunks(4).map(limb).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_small_numbers() {
        let modulus = Modulus::new(&[0x01, 0x00, 0x00, 0x00, 0x0f]).unwrap();
        let number = |bytes: &[u8]| bytes.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        for (base, exponent) in [(2_u128, 10_u128), (0xffff_ffff, 3), (0x1_0000_0000, 65_537), (7, 1), (0, 5)] {
            let expected = (0..exponent).fold(1_u128, |product, _| product * base % 0x01_0000_000f);
            let coded = |value: u128| value.to_be_bytes();
            let power = modulus.power(&coded(base), trimmed(&coded(exponent))).unwrap();
            assert_eq!(number(&power), expected, "{base} ^ {exponent}");
            assert_eq!(power.len(), 5);
        }
        assert_eq!(modulus.power(&[0x01, 0x00, 0x00, 0x00, 0x0f], &[1]), None, "not below the modulus");
        assert!(Modulus::new(&[4]).is_none() && Modulus::new(&[0, 0]).is_none() && Modulus::new(&[]).is_none());
        assert_eq!(modulus.power(&[2], &[]), None);
    }

    #[test]
    fn what_is_not_padded_is_not_opened() {
        assert_eq!(open(&[0xff; 64], &[3], &[2]), None);
        assert_eq!(open(&[0xff; 64], &[1; 9], &[2]), None, "the exponent is too long");
        let mut padded = vec![0x00, 0x01];
        padded.extend([0xff; 20]);
        padded.push(0);
        padded.extend(b"other");
        // To the power of one the number stays what it is.
        assert_eq!(open(&vec![0xff; padded.len()], &[1], &padded), Some((None, Vec::new())));
    }
}
