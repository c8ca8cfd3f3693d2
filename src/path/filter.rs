//! A mail filter in front of the boundary: whether it may be the receiver's, and beginning the receiving side there.

use std::net::IpAddr;

use super::network::{filter_service, is_one_company};
use super::{Boundary, BoundaryReason, ChosenBy, Hop, Path, hops};

/// A hop where a filtering service took the message in, and the address from which it handed the message on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterInFront {
    /// Where the filter took the message, 0 = oldest.
    pub hop: usize,
    /// Where the server behind it took it over.
    pub behind: usize,
    /// The service, by its domain.
    pub service: &'static str,
    /// The address that the server behind it saw.
    pub ip: IpAddr,
    /// The domain of the recipient, where a hop from the filter on names it.
    pub recipient: Option<String>,
}

impl Path {
    /// The filter that may be the receiver's: the newest one, where the rule did not begin there itself and nobody chose.
    #[must_use]
    pub fn filter_in_front(&self) -> Option<FilterInFront> {
        let boundary = self.boundary.as_ref().filter(|boundary| boundary.chosen_by == ChosenBy::Rule)?;
        let offered = boundary.alternatives.iter().filter(|(_, reason)| *reason == BoundaryReason::FilterService);
        self.in_front(offered.map(|(hop, _)| *hop).max()?, boundary.hop)
    }

    /// The filter at which the receiving side begins, by DNS or because the person chose it.
    #[must_use]
    pub fn filter_at_boundary(&self) -> Option<FilterInFront> {
        let boundary = self.boundary.as_ref()?;
        let decided = [BoundaryReason::FilterIsMx, BoundaryReason::Chosen].contains(&boundary.reason);
        let service = filter_service(&self.hops.get(boundary.hop)?.by.as_ref()?.value).filter(|_| decided)?;
        let is_behind = |hop: &Hop| {
            let by = hop.by.as_ref().map(|by| by.value.as_str()).unwrap_or_default();
            let mut client = [&hop.from.name, &hop.from.helo].into_iter().flatten();
            filter_service(by) != Some(service) && client.any(|name| filter_service(&name.value) == Some(service))
        };
        let behind = self.hops.iter().enumerate().skip(boundary.hop + 1).find(|(_, hop)| is_behind(hop))?;
        self.in_front(boundary.hop, behind.0)
    }

    fn in_front(&self, hop: usize, behind: usize) -> Option<FilterInFront> {
        let service = filter_service(&self.hops.get(hop)?.by.as_ref()?.value)?;
        let ip = self.hops.get(behind)?.from.ip.as_ref()?.value;
        let newest_first = self.hops.iter().skip(hop).rev();
        let recipient = newest_first.filter_map(|hop| hop.recipient.as_ref()).find_map(|address| {
            let (_, domain) = address.value.rsplit_once('@')?;
            Some(domain.to_owned())
        });
        Some(FilterInFront { hop, behind, service, ip, recipient })
    }

    /// Begins the receiving side where the filter took the message: DNS names it as the recipient's way in. Behind hosts
    /// that were passed for their names alone it changes nothing: one of them may have written what the filter is said to
    /// have.
    pub fn begin_at_filter(&mut self, filter: &FilterInFront) {
        use BoundaryReason::{AuthservHost, BehindOwnServers, NewestPublicAddress};
        let is_rule = |reason| matches!(reason, NewestPublicAddress | AuthservHost);
        if self.boundary.as_ref().is_some_and(|boundary| boundary.reason == BehindOwnServers) {
            return;
        }
        for (hop, reason) in &mut self.choices {
            if *hop == filter.hop {
                *reason = BoundaryReason::FilterIsMx;
            } else if *hop > filter.hop && is_rule(*reason) {
                *reason = BoundaryReason::OwnServer;
            } else if *reason == BoundaryReason::FilterService {
                *reason = BoundaryReason::OlderPublicAddress;
            }
        }
        self.choices.sort_by_key(|(_, reason)| reason.place());
        let alternatives = self.choices.iter().copied().filter(|(hop, _)| *hop != filter.hop).collect();
        self.boundary = Some(Boundary {
            hop: filter.hop,
            reason: BoundaryReason::FilterIsMx,
            chosen_by: ChosenBy::Rule,
            alternatives,
        });
        hops::set_sides(&mut self.hops, self.boundary.as_ref());
    }
}

/// Whether two hosts of a filtering service serve one customer: they are one host, or their names carry the number of one
/// customer, as in `mx0a-00123401.pphosted.com` and `mx0b-00123401.pphosted.com`.
#[must_use]
pub fn is_one_customer(host: &str, other: &str) -> bool {
    let customer = |host: &str| {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let (label, domain) = host.split_once('.')?;
        let (_, number) = label.split_once('-').filter(|_| NUMBERED.contains(&domain))?;
        Some((number.to_owned(), domain.to_owned()))
    };
    let is_host = host.trim_end_matches('.').eq_ignore_ascii_case(other.trim_end_matches('.'));
    is_host || customer(host).is_some_and(|number| customer(other) == Some(number))
}

/// Domains of filtering services whose hosts carry the number of a customer after the first hyphen.
const NUMBERED: [&str; 1] = ["pphosted.com"];

/// Whether a host is run by that filtering service.
#[must_use]
pub fn is_of_filter(host: &str, service: &str) -> bool {
    filter_service(host).is_some_and(|of| of == service || is_one_company(of, service))
}
