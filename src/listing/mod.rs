//! DNS blocklists (RFC 5782): whether the connecting address and the domains of a message stand on them now. They say
//! nothing about the moment of receipt, and no verdict rests on them.

mod ask;
mod file;
mod list;
mod question;
mod standing;

use std::net::IpAddr;

use serde::Serialize;

pub use ask::check;
pub use file::{FileError, read};
pub use list::{Codes, Known, List, Meaning, Refusal, Takes, Terms, Weight, lists};
pub use standing::{Code, Listings, Row, Standing, Tested};

/// The most domains that lists are asked about.
pub const MAX_DOMAINS: usize = 6;

/// What lists can be asked about one message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subjects {
    pub address: Address,
    /// Each name once, the author's first.
    pub domains: Vec<Named>,
    /// How many more there are than [`MAX_DOMAINS`].
    pub left_out: usize,
}

/// The address that connected, and whether lists may be asked about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Address {
    /// The message shows none.
    #[default]
    Unknown,
    Known(IpAddr),
    /// It may be one that a stranger wrote.
    Unsure(IpAddr),
    /// No client on the Internet has it, so no list does.
    Private(IpAddr),
}

/// A domain that the message names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    /// The domain that somebody registered, at or above the name.
    pub registered: String,
    pub roles: Vec<Role>,
}

/// As what a message names a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Author,
    Envelope,
    Helo,
    /// `d=` of a signature that verified.
    Signature,
}

/// What one question is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Address(IpAddr),
    Domain { name: String, roles: Vec<Role> },
}

impl Subjects {
    /// Puts in a name, or one more role of a name that is there.
    pub fn add(&mut self, name: &str, registered: &str, role: Role) {
        if let Some(known) = self.domains.iter_mut().find(|known| known.name == name) {
            if !known.roles.contains(&role) {
                known.roles.push(role);
            }
        } else if self.domains.len() < MAX_DOMAINS {
            let (name, registered) = (name.to_owned(), registered.to_owned());
            self.domains.push(Named { name, registered, roles: vec![role] });
        } else {
            self.left_out += 1;
        }
    }

    /// What that list is asked about.
    #[must_use]
    pub fn of(&self, list: &List) -> Vec<Subject> {
        let mut subjects: Vec<Subject> = Vec::new();
        for takes in &list.takes {
            match (takes, self.address) {
                (Takes::Ip4, Address::Known(ip)) if ip.to_canonical().is_ipv4() => subjects.push(Subject::Address(ip)),
                (Takes::Ip6, Address::Known(ip)) if ip.to_canonical().is_ipv6() => subjects.push(Subject::Address(ip)),
                (Takes::Ip4 | Takes::Ip6, _) => {}
                (Takes::Name, _) => {
                    let domain =
                        |named: &Named| Subject::Domain { name: named.name.clone(), roles: named.roles.clone() };
                    subjects.extend(self.domains.iter().map(domain));
                }
                (Takes::Registered, _) => self.registered(&mut subjects),
            }
        }
        subjects
    }

    /// The registered domains, each once with the roles of all names below it.
    fn registered(&self, subjects: &mut Vec<Subject>) {
        for named in &self.domains {
            let known = subjects.iter_mut().find_map(|subject| match subject {
                Subject::Domain { name, roles } if *name == named.registered => Some(roles),
                Subject::Domain { .. } | Subject::Address(_) => None,
            });
            if let Some(roles) = known {
                roles.extend(named.roles.iter().filter(|role| !roles.contains(role)).copied().collect::<Vec<_>>());
            } else {
                subjects.push(Subject::Domain { name: named.registered.clone(), roles: named.roles.clone() });
            }
        }
    }
}
