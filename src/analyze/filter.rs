//! Whether the mail filter in front of the mailbox provider is the receiver's own, by DNS.

use crate::auth::{domain, iprev};
use crate::dns::{Data, Ledger, Question, RecordType};
use crate::facts::Identity;
use crate::path::{self, FilterInFront, Path};

/// How many hosts of a filter among the MX records are looked at.
const MAX_HOSTS: usize = 10;

/// A mail filter in front that is the receiver's, where DNS shows it: the MX records of the recipient lead to that service,
/// and the address that handed the message on is one of theirs or bears a confirmed name of the same customer there. A
/// name in the header alone moves nothing: anybody can claim one. Nor does the company alone: its other customers send
/// through it, too.
pub(super) fn of_receiver(path: &Path, identity: &Identity, dns: &Ledger<'_>) -> Option<FilterInFront> {
    let filter = path.filter_in_front()?;
    let recipient = filter.recipient.clone().or_else(|| sole_recipient(identity))?;
    let question = Question::new(&domain::normalize(&recipient)?, RecordType::Mx);
    let is_of_filter = |host: &str| path::is_of_filter(host, filter.service);
    let entry = dns.ask(&question);
    let records = entry.answer.records.as_ref().ok()?;
    let exchange = |data: &Data| match data {
        Data::Mx { exchange, .. } if is_of_filter(exchange) => Some(exchange.clone()),
        _ => None,
    };
    let exchanges: Vec<String> = records.iter().filter_map(exchange).take(MAX_HOSTS).collect();
    if exchanges.is_empty() {
        return None;
    }
    let names = iprev::check(filter.ip, dns).names;
    let mut own = names.iter().filter(|name| name.confirmed && is_of_filter(&name.name));
    let is_customers = own.any(|name| exchanges.iter().any(|host| path::is_one_customer(host, &name.name)));
    let has_address =
        |host: &String| domain::normalize(host).is_some_and(|name| iprev::leads_to(&name, filter.ip, dns));
    (is_customers || exchanges.iter().any(has_address)).then_some(filter)
}

/// The domain of all recipients in To, where it is one.
fn sole_recipient(identity: &Identity) -> Option<String> {
    let mut domains = identity.to.iter().map(|mailbox| mailbox.domain.as_deref());
    let first = domains.next()??;
    domains.all(|domain| domain.is_some_and(|domain| domain.eq_ignore_ascii_case(first))).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::analyze::{Options, analyze};
    use crate::dns::{Ledger, Lookup, Offline, RecordType, Snapshot};
    use crate::message::Message;
    use crate::path::BoundaryReason;

    /// A message that a filtering service handed to the mailbox provider from 203.0.113.10.
    const FILTERED: &str = "Received: from mx0b-00123401.pphosted.com (203.0.113.10) by aa.mail.protection.outlook.com (10.1.1.1)\r\n with Microsoft SMTP Server id 15.20; Fri, 20 Nov 2026 01:00:07 +0000\r\n\
    Received: from mail.example.jp (mail.example.jp [192.0.2.25]) by mx0a-00123401.pphosted.com (PPS) with ESMTPS id 1\r\n for <sato@example.net>; Fri, 20 Nov 2026 01:00:05 +0000\r\n\
        From: tanaka@example.jp\r\nTo: sato@example.net\r\nSubject: x\r\n\r\nx\r\n";

    const REVERSE: &str = "10.113.0.203.in-addr.arpa. PTR mx0b-00123401.pphosted.com.\nmx0b-00123401.pphosted.com. A 203.0.113.10\n$default nxdomain\n";

    /// Where the receiving side begins, and whether that stays open.
    fn boundary(message: &str, dns: &dyn Lookup) -> (usize, BoundaryReason, bool) {
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let analysis = analyze(Message::read(message.as_bytes().to_vec()), Options::default(), &Ledger::new(dns), now);
        let found = analysis.facts.path.boundary.unwrap();
        let is_offered = found.alternatives.iter().any(|(_, reason)| *reason == BoundaryReason::FilterService);
        (found.hop + 1, found.reason, is_offered)
    }

    fn zone(records: &str) -> Snapshot {
        Snapshot::parse(&format!("{records}{REVERSE}"), "test.dns").unwrap()
    }

    /// the recipient's MX leads to the filter, and the filter's address bears its name.
    #[test]
    fn r19_a_filter_that_is_the_recipients_way_in_begins_the_receiving_side() {
        let dns = zone("example.net. MX 10 mx0a-00123401.pphosted.com.\n");
        assert_eq!(boundary(FILTERED, &dns), (1, BoundaryReason::FilterIsMx, false));
        // The service has several domains; the address shows that it is the same customer.
        let family = zone("example.net. MX 10 mx1-eu1.ppe-hosted.com.\nmx1-eu1.ppe-hosted.com. A 203.0.113.10\n");
        assert_eq!(boundary(FILTERED, &family), (1, BoundaryReason::FilterIsMx, false));
    }

    /// another customer of the recipient's filter sends through it, too, and can write the line below.
    #[test]
    fn r19_another_customer_of_the_filter_does_not_move_the_boundary() {
        for records in [
            "example.net. MX 10 mx0a-00999901.pphosted.com.\nmx0a-00999901.pphosted.com. A 203.0.113.9\n",
            "example.net. MX 10 mx1-eu1.ppe-hosted.com.\nmx1-eu1.ppe-hosted.com. A 203.0.113.9\n",
        ] {
            assert_eq!(boundary(FILTERED, &zone(records)), (2, BoundaryReason::NewestPublicAddress, true), "{records}");
        }
    }

    /// a filter that the sender uses on the way out is offered, and nothing more; so is every filter where DNS is not asked.
    #[test]
    fn r19_a_filter_of_the_sender_does_not_move_the_boundary() {
        let elsewhere = zone("example.net. MX 10 example-net.mail.protection.outlook.com.\n");
        assert_eq!(boundary(FILTERED, &elsewhere), (2, BoundaryReason::NewestPublicAddress, true));
        assert_eq!(boundary(FILTERED, &Offline), (2, BoundaryReason::NewestPublicAddress, true));
    }

    /// a stranger can claim the filter's name and write its line, and has another address.
    #[test]
    fn r19_a_claimed_filter_does_not_move_the_boundary() {
        let dns = zone("example.net. MX 10 mx0a-00123401.pphosted.com.\n");
        let forged = FILTERED.replace("203.0.113.10", "203.0.113.66");
        assert_eq!(boundary(&forged, &dns), (2, BoundaryReason::NewestPublicAddress, true));
        // A reverse name that does not point back is a claim as well.
        let claimed = zone(
            "example.net. MX 10 mx0a-00123401.pphosted.com.\n66.113.0.203.in-addr.arpa. PTR mx0b-00123401.pphosted.com.\n",
        );
        assert_eq!(boundary(&forged, &claimed), (2, BoundaryReason::NewestPublicAddress, true));
    }

    /// The person decides, whatever DNS says.
    #[test]
    fn a_chosen_hop_stays_chosen() {
        let dns = zone("example.net. MX 10 mx0a-00123401.pphosted.com.\n");
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let options = Options { hop: Some(1), ..Options::default() };
        let analysis = analyze(Message::read(FILTERED.as_bytes().to_vec()), options, &Ledger::new(&dns), now);
        assert_eq!(analysis.facts.path.boundary.unwrap().reason, BoundaryReason::Chosen);
        assert!(
            analysis
                .questions
                .iter()
                .all(|entry| entry.question.kind != RecordType::Mx || entry.question.name != "example.net")
        );
    }
}
