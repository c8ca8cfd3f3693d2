//! All addresses of a family at once, by what becomes of them as a record's terms go by.
//!
//! Where an answer is not known, an address stands in several places: in each that it may come to. Those that stand in
//! one alone are certain.

use std::collections::BTreeMap;

use ipnet::IpNet;

use super::ranges::{Family, Ranges};
use super::record::Qualifier;
use super::{MAX_LOOKUPS, MAX_VOID_LOOKUPS};

/// What an address has cost so far (section 4.6.4). Addresses differ in it: whoever is refused by an included record never
/// sees its later terms, and goes on behind the include.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Spent {
    lookups: u32,
    voids: u32,
}

/// Addresses by what they have cost.
#[derive(Debug, Clone, Default)]
pub(super) struct Crowd(BTreeMap<Spent, Ranges>);

impl Crowd {
    pub(super) fn everything(family: Family) -> Self {
        Self(BTreeMap::from([(Spent::default(), Ranges::everything(family))]))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn addresses(&self) -> Ranges {
        self.0.values().fold(Ranges::default(), |mut all, ranges| {
            all.add(ranges);
            all
        })
    }

    fn add(&mut self, spent: Spent, addresses: &Ranges) {
        if !addresses.is_empty() {
            self.0.entry(spent).or_default().add(addresses);
        }
    }

    fn join(&mut self, other: &Self) {
        other.0.iter().for_each(|(spent, addresses)| self.add(*spent, addresses));
    }

    /// Those of the set leave, with what they have cost.
    fn take(&mut self, set: &Ranges) -> Self {
        let mut taken = Self::default();
        for (spent, addresses) in &mut self.0 {
            let rest = addresses.without(set);
            taken.add(*spent, &addresses.without(&rest));
            *addresses = rest;
        }
        self.0.retain(|_, addresses| !addresses.is_empty());
        taken
    }

    /// One more of something that is limited; whoever is over a limit is handed back apart.
    fn spend(self, more: Spent) -> (Self, Ranges) {
        let (mut within, mut over) = (Self::default(), Ranges::default());
        for (Spent { lookups, voids }, addresses) in self.0 {
            let spent = Spent { lookups: lookups + more.lookups, voids: voids + more.voids };
            if spent.lookups > MAX_LOOKUPS || spent.voids > MAX_VOID_LOOKUPS {
                over.add(&addresses);
            } else {
                within.add(spent, &addresses);
            }
        }
        (within, over)
    }
}

/// All addresses that came to one record, by what becomes of them there.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) passes: Crowd,
    /// Those with another result of the record: fail, softfail, neutral.
    pub(super) refused: Crowd,
    /// Those that end in an error (permerror).
    pub(super) errors: Ranges,
    /// Those of which nothing is known.
    pub(super) unknown: Ranges,
    /// Those that no term has ruled on so far.
    pub(super) left: Crowd,
    /// Of these, those for which the term at hand has counted as void already.
    void: Crowd,
    /// Some pass, or may, by a term of which it is not known whom it matches.
    pub(super) is_open: bool,
}

impl Sorted {
    pub(super) fn of(left: Crowd) -> Self {
        Self { left, ..Self::default() }
    }

    /// Those of the set match a term.
    pub(super) fn rule(&mut self, qualifier: Qualifier, set: &Ranges) {
        for matched in [self.left.take(set), self.void.take(set)] {
            self.side(qualifier).join(&matched);
        }
    }

    /// Everybody who is left matches.
    pub(super) fn rule_all(&mut self, qualifier: Qualifier) {
        for matched in [std::mem::take(&mut self.left), std::mem::take(&mut self.void)] {
            self.side(qualifier).join(&matched);
        }
    }

    /// Everybody who is left may match.
    pub(super) fn may_match(&mut self, qualifier: Qualifier) {
        self.is_open |= qualifier == Qualifier::Pass;
        for matched in [self.left.clone(), self.void.clone()] {
            self.side(qualifier).join(&matched);
        }
    }

    const fn side(&mut self, qualifier: Qualifier) -> &mut Crowd {
        match qualifier {
            Qualifier::Pass => &mut self.passes,
            Qualifier::Fail | Qualifier::SoftFail | Qualifier::Neutral => &mut self.refused,
        }
    }

    /// Everybody who is left ends in an error.
    pub(super) fn fail(&mut self) {
        self.may_fail();
        (self.left, self.void) = (Crowd::default(), Crowd::default());
    }

    pub(super) fn may_fail(&mut self) {
        self.errors.add(&self.left.addresses());
        self.errors.add(&self.void.addresses());
    }

    /// Anything may become of those who are left.
    pub(super) fn give_up(&mut self) {
        self.unknown.add(&self.left.addresses());
        self.left = Crowd::default();
    }

    /// A term that asks begins.
    pub(super) fn spend_lookup(&mut self) {
        let (within, over) = std::mem::take(&mut self.left).spend(Spent { lookups: 1, voids: 0 });
        self.left = within;
        self.errors.add(&over);
    }

    /// A question of the term at hand has no answer. A term counts once, however many it asks.
    pub(super) fn spend_void(&mut self) {
        let left = std::mem::take(&mut self.left);
        self.count_void(left);
    }

    pub(super) fn may_spend_void(&mut self) {
        self.count_void(self.left.clone());
    }

    fn count_void(&mut self, crowd: Crowd) {
        let (within, over) = crowd.spend(Spent { lookups: 0, voids: 1 });
        self.void.join(&within);
        self.errors.add(&over);
    }

    /// The term at hand is through; what it cost stays.
    pub(super) fn end_term(&mut self) {
        let void = std::mem::take(&mut self.void);
        self.left.join(&void);
    }

    /// Section 5.2: whoever passes there matches here; an error there is one here; the rest goes on.
    pub(super) fn include(&mut self, qualifier: Qualifier, inner: Self) {
        self.is_open |= inner.is_open && qualifier == Qualifier::Pass;
        self.side(qualifier).join(&inner.passes);
        self.errors.add(&inner.errors);
        self.unknown.add(&inner.unknown);
        self.left = inner.refused;
    }

    /// Section 6.1: what the other record says is what this one says.
    pub(super) fn redirect(&mut self, inner: &Self) {
        self.is_open |= inner.is_open;
        self.passes.join(&inner.passes);
        self.refused.join(&inner.refused);
        self.errors.add(&inner.errors);
        self.unknown.add(&inner.unknown);
    }
}

/// Networks of consecutive terms with the same qualifier, so that long records are sorted once.
#[derive(Default)]
pub(super) struct Batch(Option<(Qualifier, Vec<IpNet>)>);

impl Batch {
    /// Takes a network in; those before it are ruled on first when they have another qualifier.
    pub(super) fn take(&mut self, qualifier: Qualifier, network: IpNet, sorted: &mut Sorted) {
        if self.0.as_ref().is_some_and(|(other, _)| *other != qualifier) {
            self.rule(sorted);
        }
        self.0.get_or_insert((qualifier, Vec::new())).1.push(network);
    }

    pub(super) fn rule(&mut self, sorted: &mut Sorted) {
        if let Some((qualifier, networks)) = self.0.take() {
            sorted.rule(qualifier, &Ranges::of(&networks));
        }
    }
}
