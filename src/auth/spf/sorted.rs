//! All addresses of a family at once, by what becomes of them as a record's terms go by.

use ipnet::IpNet;

use super::Bound;
use super::ranges::Ranges;
use super::record::Qualifier;

/// All addresses, by what becomes of them.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) passes: Ranges,
    /// Those that end in an error (permerror).
    errors: Ranges,
    /// Those that any term ruled on, the former two among them.
    pub(super) ruled: Ranges,
    pub(super) bound: Bound,
    /// A term that is not counted could have refused some of those that are left, or given them an error.
    pub(super) in_doubt: bool,
}

/// Networks of consecutive terms with the same qualifier, so that long records are sorted once.
#[derive(Default)]
pub(super) struct Batch(Option<(Qualifier, Vec<IpNet>)>);

impl Sorted {
    /// What nobody ruled on before now has its result.
    pub(super) fn rule(&mut self, qualifier: Qualifier, set: &Ranges) {
        let fresh = set.without(&self.ruled);
        if qualifier == Qualifier::Pass && !fresh.is_empty() {
            self.passes.add(&fresh);
            if self.in_doubt {
                self.bound = Bound::About;
            }
        }
        self.ruled.add(&fresh);
    }

    pub(super) fn rule_networks(&mut self, batch: &mut Batch) {
        if let Some((qualifier, networks)) = batch.0.take() {
            self.rule(qualifier, &Ranges::of(&networks));
        }
    }

    /// A term of which it is not known whom it matches.
    pub(super) fn leave_open(&mut self, qualifier: Qualifier) {
        if qualifier == Qualifier::Pass {
            self.bound = self.bound.max(Bound::AtLeast);
        } else {
            self.in_doubt = true;
        }
    }

    /// Those that are left get an error.
    pub(super) fn end_in_error(&mut self, everything: &Ranges) {
        self.errors.add(&everything.without(&self.ruled));
        self.ruled = everything.clone();
    }

    /// Section 5.2: whoever passes there matches here; an error there is one here.
    pub(super) fn include(&mut self, qualifier: Qualifier, inner: &Self) {
        let errors = inner.errors.without(&self.ruled);
        self.rule(qualifier, &inner.passes);
        self.errors.add(&errors);
        self.ruled.add(&errors);
        self.in_doubt |= inner.in_doubt;
        match inner.bound {
            Bound::Exact => {}
            Bound::AtLeast => self.leave_open(qualifier),
            Bound::About => {
                self.leave_open(qualifier);
                self.bound = if qualifier == Qualifier::Pass { Bound::About } else { self.bound };
            }
        }
    }

    /// Section 6.1: for those that are left, what the other record says is what this one says.
    pub(super) fn redirect(&mut self, inner: &Self) {
        self.rule(Qualifier::Pass, &inner.passes);
        self.bound = self.bound.max(inner.bound);
        self.errors.add(&inner.errors.without(&self.ruled));
        self.ruled.add(&inner.ruled);
    }
}

impl Batch {
    /// Takes the networks in, or hands them back when those before have another qualifier.
    pub(super) fn take(&mut self, qualifier: Qualifier, networks: Vec<IpNet>, sorted: &mut Sorted) {
        if self.0.as_ref().is_some_and(|(other, _)| *other != qualifier) {
            sorted.rule_networks(self);
        }
        self.0.get_or_insert((qualifier, Vec::new())).1.extend(networks);
    }
}
