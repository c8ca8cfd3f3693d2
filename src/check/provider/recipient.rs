//! Which provider's rules are for the recipient, and how that was found.

use super::ruleset::{Ruleset, Scope, ruleset, rulesets};
use crate::path::{Recipient, ShownBy};

/// A provider and why its rules are shown first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub ruleset: &'static Ruleset,
    pub by: ChosenBy,
}

/// What chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChosenBy {
    /// The user.
    User,
    /// The server that took the message over.
    Host { host: String },
    /// The same, for a mailbox of a company that the provider runs: these rules may not be applied there.
    HostOfOthers { host: String, domain: String },
    /// The domain of the mailbox.
    Domain { domain: String, shown_by: ShownBy },
}

/// Whose rules are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Wanted {
    /// Those of the recipient's provider.
    #[default]
    Recipient,
    /// Those of the provider of that name ([`Ruleset::id`]).
    Named(String),
    /// All of them; the recipient's stand first.
    All,
}

/// The provider whose rules are surely applied to the recipient's mailbox.
#[must_use]
pub fn of_recipient(recipient: &Recipient) -> Option<&'static Ruleset> {
    let chosen = choose(recipient, &Wanted::Recipient)?;
    (!matches!(chosen.by, ChosenBy::HostOfOthers { .. })).then_some(chosen.ruleset)
}

/// The provider of the recipient: the one the user named, by the receiving server, by the domain of the mailbox. `None`
/// where none of them is known.
#[must_use]
pub fn choose(recipient: &Recipient, wanted: &Wanted) -> Option<Chosen> {
    if let Wanted::Named(name) = wanted
        && let Some(ruleset) = ruleset(name)
    {
        return Some(Chosen { ruleset, by: ChosenBy::User });
    }
    let domain = recipient.domain.as_ref().map(|domain| domain.value.as_str());
    let by_host = recipient.hosts.iter().find_map(|host| {
        let ruleset = rulesets().iter().find(|ruleset| ruleset.runs(&host.value))?;
        Some((ruleset, host.value.clone()))
    });
    if let Some((ruleset, host)) = by_host {
        let foreign = domain.filter(|domain| ruleset.scope == Scope::OwnDomains && !ruleset.owns(domain));
        let by = match foreign {
            Some(domain) => ChosenBy::HostOfOthers { host, domain: domain.to_owned() },
            None => ChosenBy::Host { host },
        };
        return Some(Chosen { ruleset, by });
    }
    let (domain, shown_by) = (domain?, recipient.shown_by?);
    let ruleset = rulesets().iter().find(|ruleset| ruleset.owns(domain))?;
    Some(Chosen { ruleset, by: ChosenBy::Domain { domain: domain.to_owned(), shown_by } })
}
