//! TLSA records of mail servers: whether a sender that checks DANE can use them (RFC 6698, RFC 7672).

use serde::Serialize;

/// One record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tlsa {
    pub usage: u8,
    pub selector: u8,
    pub matching: u8,
    /// How many octets of data it has.
    pub octets: usize,
    /// Why it cannot be used; the first reason.
    pub fault: Option<TlsaFault>,
}

/// Why a record cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsaFault {
    /// PKIX-TA(0) and PKIX-EE(1), which have no meaning for mail (RFC 7672 section 3.1.3).
    PkixUsage,
    UnknownUsage,
    UnknownSelector,
    UnknownMatching,
    /// A digest of another length than its kind has (RFC 6698 section 2.1.3).
    DigestLength,
    Empty,
}

const SHA_256: usize = 32;
const SHA_512: usize = 64;

impl Tlsa {
    pub(super) const fn of(usage: u8, selector: u8, matching: u8, octets: usize) -> Self {
        let fault = match (usage, selector, matching, octets) {
            (0 | 1, ..) => Some(TlsaFault::PkixUsage),
            (4.., ..) => Some(TlsaFault::UnknownUsage),
            (_, 2.., ..) => Some(TlsaFault::UnknownSelector),
            (_, _, 3.., _) => Some(TlsaFault::UnknownMatching),
            (.., 0) => Some(TlsaFault::Empty),
            (_, _, 0, _) | (_, _, 1, SHA_256) | (_, _, 2, SHA_512) => None,
            (_, _, 1 | 2, _) => Some(TlsaFault::DigestLength),
        };
        Self { usage, selector, matching, octets, fault }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usable_records_and_others() {
        for (record, fault) in [
            ((3, 1, 1, 32), None),
            ((2, 0, 2, 64), None),
            ((3, 0, 0, 700), None),
            ((1, 1, 1, 32), Some(TlsaFault::PkixUsage)),
            ((0, 0, 0, 700), Some(TlsaFault::PkixUsage)),
            ((4, 1, 1, 32), Some(TlsaFault::UnknownUsage)),
            ((3, 2, 1, 32), Some(TlsaFault::UnknownSelector)),
            ((3, 1, 3, 32), Some(TlsaFault::UnknownMatching)),
            ((3, 1, 1, 31), Some(TlsaFault::DigestLength)),
            ((3, 1, 2, 32), Some(TlsaFault::DigestLength)),
            ((3, 1, 0, 0), Some(TlsaFault::Empty)),
        ] {
            let (usage, selector, matching, octets) = record;
            assert_eq!(Tlsa::of(usage, selector, matching, octets).fault, fault, "{record:?}");
        }
    }
}
