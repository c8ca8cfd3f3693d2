//! Whatever an SPF record says: the one that is proposed for it lets in whom it let in, and needs ten look-ups at most.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::net::IpAddr;
use std::sync::Arc;

use hopscope::analyze::{Options, analyze};
use hopscope::auth::spf::{self, MAX_LOOKUPS, Session, SpfResult};
use hopscope::dns::{Ledger, Lookup, Overlay, Snapshot};
use hopscope::fix::{Fix, Kind, Outcome, SpfStep};
use hopscope::message::Message;
use proptest::prelude::*;

const MESSAGE: &str = "Return-Path: <support@example.jp>\r\nReceived: from mail2.example.jp (mail2.example.jp [192.0.2.7]) by mx1.example.net (Postfix) with ESMTPS id 4gXa for <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: <support@example.jp>\r\nTo: <sato@example.net>\r\nSubject: Notice\r\n\r\nHello\r\n";

const ZONE: &str = "
7.2.0.192.in-addr.arpa. PTR mail2.example.jp.
mail2.example.jp. A 192.0.2.7
example.jp. A 192.0.2.1
example.jp. MX 10 mx.example.jp.
mx.example.jp. A 192.0.2.2
one.example. TXT \"v=spf1 ip4:203.0.113.0/28 -all\"
two.example. TXT \"v=spf1 include:one.example ip4:198.51.100.64/26 ~all\"
not.example. TXT \"v=spf1 -ip4:203.0.113.5 ip4:203.0.113.0/24 -all\"
deep.example. TXT \"v=spf1 include:two.example a:h1.example a:h2.example a:h3.example ~all\"
h1.example. A 198.51.100.1
h2.example. A 198.51.100.2
h3.example. A 198.51.100.3
$default nxdomain
";

const TERMS: &[&str] = &[
    "ip4:192.0.2.3",
    "ip4:192.0.2.4/31",
    "ip4:203.0.113.20",
    "-ip4:203.0.113.21",
    "ipv4:192.0.2.6",
    "a:192.0.2.8",
    "a",
    "mx",
    "+mx",
    "ptr",
    "a:gone.example",
    "include:gone.example",
    "include:one.example",
    "include:two.example",
    "include:not.example",
    "include:deep.example",
    "~include:one.example",
    "exists:%{i}.gone.example",
    "a:h1.example",
    "a:h2.example",
    "a:h3.example",
];

const ENDS: &[&str] = &["-all", "~all", "?all", "+all", "", "redirect=one.example", "redirect=deep.example"];

const ADDRESSES: &[&str] = &[
    "192.0.2.1",
    "192.0.2.2",
    "192.0.2.3",
    "192.0.2.5",
    "192.0.2.6",
    "192.0.2.7",
    "192.0.2.8",
    "192.0.2.200",
    "203.0.113.1",
    "203.0.113.5",
    "203.0.113.20",
    "203.0.113.21",
    "203.0.113.99",
    "198.51.100.1",
    "198.51.100.2",
    "198.51.100.3",
    "198.51.100.70",
    "198.51.100.200",
];

fn record() -> impl Strategy<Value = String> {
    // Long ones as well, which do not fit into one packet.
    let networks = (0u8..40)
        .prop_map(|count| (0..count).map(|number| format!("ip4:198.51.100.{}", 100 + number)).collect::<Vec<_>>());
    let terms = prop::collection::vec(prop::sample::select(TERMS).prop_map(str::to_owned), 0..12);
    let terms =
        (terms, prop_oneof![3 => Just(Vec::new()), 1 => networks]).prop_map(|(terms, more)| [terms, more].concat());
    (terms, prop::sample::select(ENDS))
        .prop_map(|(terms, end)| format!("v=spf1 {} {end}", terms.join(" ")).trim().to_owned())
}

fn quoted(record: &str) -> String {
    record
        .as_bytes()
        .chunks(200)
        .map(|part| format!("\"{}\"", String::from_utf8_lossy(part)))
        .collect::<Vec<_>>()
        .join(" ")
}

fn passes(ip: &str, dns: &dyn Lookup) -> (bool, u32) {
    let session = Session { ip: ip.parse::<IpAddr>().unwrap(), helo: None, receiver: None, timestamp: 0 };
    let check = spf::check("support@example.jp", &session, &Ledger::new(dns));
    (check.result == Some(SpfResult::Pass), check.lookups)
}

/// What a step says that it takes away.
fn takes_away(fix: &Fix) -> bool {
    let Kind::Spf { steps, .. } = &fix.kind else { return false };
    let is_told = |step: &SpfStep| match step {
        SpfStep::DropPtr { .. } => true,
        SpfStep::Soften { before } => before.as_deref().is_some_and(|before| before.trim_start_matches('+') == "all"),
        _ => false,
    };
    steps.iter().any(is_told)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_left_out(records in prop::collection::vec(record(), 1..3)) {
        let lines: Vec<String> = records.iter().map(|record| format!("example.jp. TXT {}", quoted(record))).collect();
        let zone = format!("{}\n{ZONE}", lines.join("\n"));
        let zone: Arc<dyn Lookup> = Arc::new(Snapshot::parse(&zone, "zone").unwrap());
        let message = Message::read(MESSAGE.as_bytes().to_vec());
        let now = "2026-11-22T00:00:00Z".parse().unwrap();
        let analysis = analyze(message, Options::default(), &Ledger::new(zone.as_ref()), now);
        for fix in analysis.fixes.iter().filter(|fix| matches!(fix.kind, Kind::Spf { .. })) {
            let Outcome::Proved { lookups, .. } = &fix.outcome else { continue };
            prop_assert!(lookups.is_none_or(|lookups| lookups <= MAX_LOOKUPS), "{fix:?}");
            let changes = fix.snapshot(&analysis.questions).unwrap();
            let after = Overlay::what_if(Arc::new(Snapshot::parse(&changes, "fix").unwrap()), Arc::clone(&zone));
            for ip in ADDRESSES {
                let (before, (now, lookups)) = (passes(ip, zone.as_ref()), passes(ip, &after));
                prop_assert!(lookups <= MAX_LOOKUPS, "{ip}: {lookups} look-ups\n{changes}");
                prop_assert!(!before.0 || now || takes_away(fix), "{ip} passed\n{lines:?}\n{changes}");
            }
        }
    }
}
