//! What a whole record allows: how many addresses pass, and what in it deserves a word.
//!
//! An evaluation ends where the connecting address matches; this goes on behind that term, for all addresses at once. It
//! asks nothing: it knows what the evaluations before it asked. A term whose answer nobody needed, a macro that depends on
//! the message and `ptr` leave the count open, and the count says which way. It is about what DNS says, not about whether
//! its servers answer: that a question may fail for a time leaves nothing open.

use super::ranges::{Family, Ranges};
use super::remarks::{self, ReadRecord, Remark};
use super::sorted::{Crowd, Sorted};
use super::walk::Walk;
use crate::dns::Ledger;

/// What a record allows as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub ipv4: Authorised,
    pub ipv6: Authorised,
    /// The records that were read, that of the domain first.
    pub records: Vec<ReadRecord>,
    pub remarks: Vec<Remark>,
}

/// How many addresses of one family pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authorised {
    /// Each address once, however many networks hold it.
    addresses: u128,
    /// Every address there is.
    pub everybody: bool,
    /// Every address that a server on the Internet can have.
    pub anybody: bool,
    pub bound: Bound,
}

/// How far a count can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Exact,
    /// Open terms could let any further address pass.
    AtLeast,
    /// Open terms could refuse any address that is listed, or end in an error for it.
    AtMost,
    /// Open terms could refuse some of the addresses that are listed, or end in an error for them: no more than these.
    Between {
        at_most: u128,
    },
}

impl Authorised {
    fn new(sorted: &Sorted, family: Family) -> Self {
        let (mut may_pass, mut may_not) = (sorted.passes.addresses(), sorted.refused.addresses());
        may_pass.add(&sorted.unknown);
        may_not.add(&sorted.errors);
        may_not.add(&sorted.unknown);
        let passes = may_pass.without(&may_not);
        let (bound, counted) = if passes == may_pass {
            (Bound::Exact, &passes)
        } else if sorted.is_open || !sorted.unknown.is_empty() {
            (Bound::AtLeast, &passes)
        } else if passes.is_empty() {
            (Bound::AtMost, &may_pass)
        } else {
            (Bound::Between { at_most: may_pass.count() }, &passes)
        };
        let anybody = Ranges::public(family).without(&passes).is_empty();
        Self { addresses: counted.count(), everybody: passes.is_everything(family), anybody, bound }
    }

    /// The number in decimal digits: the whole of IPv6 is more than any integer holds.
    #[must_use]
    pub fn digits(self) -> String {
        const ALL_OF_IPV6: &str = "340282366920938463463374607431768211456";
        if self.everybody && self.addresses == u128::MAX { ALL_OF_IPV6.to_owned() } else { self.addresses.to_string() }
    }

    /// The number that the bound is about, the lower one of two; all of IPv6 is one less than it is.
    #[must_use]
    pub const fn addresses(self) -> u128 {
        self.addresses
    }
}

/// Surveys the record of a domain for senders with this local part; `None` when it has none that is known.
pub(super) fn survey(domain: &str, local_part: &str, dns: &Ledger<'_>) -> Option<Survey> {
    let count = |family: Family| {
        let sorted = Walk::new(domain, dns, family).record(domain, Crowd::everything(family)).ok()?;
        Some(Authorised::new(&sorted, family))
    };
    let (ipv4, ipv6) = (count(Family::V4)?, count(Family::V6)?);
    let open = [(Family::V4, ipv4), (Family::V6, ipv6)].into_iter().filter(|(_, count)| count.anybody);
    let open: Vec<Family> = open.map(|(family, _)| family).collect();
    let (records, remarks) = remarks::read(domain, local_part, &open, dns);
    Some(Survey { ipv4, ipv6, records, remarks })
}
