//! What is asked of others only when somebody switches it on: blocklists, and what domains publish about TLS. It is known
//! before whom it would be about.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::listing::{Address, List, Listings, Subject, Subjects, lists};
use crate::transport::{MailDomain, Transport};

/// A check that asks others about this message, off until it is switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkCheck {
    /// Whether the connecting address and the domains stand on DNS blocklists.
    Blocklists,
    /// MTA-STS, TLS reports and DANE of the domains.
    Transport,
}

impl NetworkCheck {
    pub const ALL: [Self; 2] = [Self::Blocklists, Self::Transport];

    /// Its name on the command line, in settings and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blocklists => "blocklists",
            Self::Transport => "transport",
        }
    }

    /// The check of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.name() == name)
    }
}

/// Whom the checks are about, and what came of those that are on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NetworkFacts {
    pub subjects: Subjects,
    pub mail_domains: Vec<MailDomain>,
    /// `None` while it is off.
    pub listings: Option<Listings>,
    /// The same.
    pub transport: Option<Transport>,
}

impl NetworkFacts {
    /// What would leave the machine for the blocklists: the address with the lists that are asked about it, and the domains
    /// with theirs.
    #[must_use]
    pub fn to_lists(&self) -> ToLists {
        let mut leaving = ToLists { address: None, lists_of_address: 0, domains: Vec::new(), lists_of_domains: 0 };
        if let Address::Known(ip) = self.subjects.address {
            leaving.address = Some(ip);
        }
        for list in lists() {
            let subjects = self.subjects.of(list);
            if subjects.is_empty() {
                continue;
            }
            if list.takes_addresses() {
                leaving.lists_of_address += 1;
            } else {
                leaving.lists_of_domains += 1;
            }
            for subject in subjects {
                if let Subject::Domain { name, .. } = subject
                    && !leaving.domains.contains(&name)
                {
                    leaving.domains.push(name);
                }
            }
        }
        leaving
    }

    /// The lists that are asked about something of this message.
    #[must_use]
    pub fn lists_asked(&self) -> Vec<&'static List> {
        lists().iter().filter(|list| !self.subjects.of(list).is_empty()).collect()
    }
}

/// What leaves the machine for the blocklists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToLists {
    pub address: Option<IpAddr>,
    pub lists_of_address: usize,
    pub domains: Vec<String>,
    pub lists_of_domains: usize,
}
