//! What a record authorises, and what it should not say.

use super::*;

/// Number and bound for IPv4 and IPv6.
fn authorised(zone: &str, ip: &str) -> [(String, Bound); 2] {
    let (check, _) = evaluate(zone, "example.jp", ip);
    let survey = check.survey.unwrap();
    [survey.ipv4, survey.ipv6].map(|family| (family.digits(), family.bound))
}

#[test]
fn counts_each_authorised_address_once() {
    let zone = "example.jp TXT v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.64/26 include:b.example.jp a ip6:2001:db8::/126 -all
         b.example.jp TXT v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.7 -all
         example.jp A 203.0.113.5";
    let [ipv4, ipv6] = authorised(zone, "203.0.113.9");
    assert_eq!(ipv4, ("258".to_owned(), Bound::Exact));
    // The addresses of `a` were asked for IPv4 alone.
    assert_eq!(ipv6, ("4".to_owned(), Bound::AtLeast));
}

#[test]
fn counts_what_passes_and_not_what_is_refused_before() {
    for (record, ip, expected, bound) in [
        ("-ip4:192.0.2.0/25 ip4:192.0.2.0/24 -all", "203.0.113.9", "128", Bound::Exact),
        ("ip4:192.0.2.0/24 -ip4:192.0.2.0/25 -all", "203.0.113.9", "256", Bound::Exact),
        ("?ip4:192.0.2.0/24 ~all", "203.0.113.9", "0", Bound::Exact),
        ("-ip4:192.0.2.0/24 +all", "192.0.2.1", "4294967040", Bound::Exact),
        ("+all", "192.0.2.1", "4294967296", Bound::Exact),
        ("-all ip4:192.0.2.0/24", "192.0.2.1", "0", Bound::Exact),
        ("exists:%{i}.example.jp ip4:192.0.2.1 -all", "203.0.113.9", "1", Bound::AtLeast),
        ("-exists:%{i}.example.jp ip4:192.0.2.1 -all", "203.0.113.9", "1", Bound::AtMost),
        (
            "ip4:192.0.2.1 -exists:%{i}.example.jp ip4:192.0.2.0/31 -all",
            "203.0.113.9",
            "1",
            Bound::Between { at_most: 2 },
        ),
        ("ip4:192.0.2.1 -exists:%{i}.example.jp -all", "203.0.113.9", "1", Bound::Exact),
        ("ptr -all", "203.0.113.9", "0", Bound::AtLeast),
        ("ip4:192.0.2.1 include:never.example.jp -all", "192.0.2.1", "1", Bound::AtLeast),
        ("ip4:192.0.2.1 a:%{d} -all", "192.0.2.1", "1", Bound::AtLeast),
        // What stands behind an error passes for nobody.
        ("ip4:192.0.2.1 include:gone.example.jp ip4:192.0.2.2 -all", "203.0.113.9", "1", Bound::Exact),
        ("ip4:192.0.2.1 redirect=gone.example.jp", "203.0.113.9", "1", Bound::Exact),
        ("ip4:192.0.2.1 redirect=b.example.jp", "203.0.113.9", "3", Bound::Exact),
        ("-include:b.example.jp ip4:198.51.100.0/24 -all", "203.0.113.9", "254", Bound::Exact),
        ("ip4:192.0.2.1 ipv4:192.0.2.2 -all", "203.0.113.9", "0", Bound::Exact),
        ("include:example.jp +all", "203.0.113.9", "0", Bound::Exact),
        // Three questions without an answer end in an error, and nobody asked the third.
        ("a:g1.jp a:g2.jp ip4:192.0.2.1 a:g3.jp ip4:192.0.2.2 -all", "192.0.2.1", "1", Bound::AtLeast),
        ("exists:gone.example.jp exists:h.example.jp -all", "203.0.113.9", "4294967296", Bound::Exact),
    ] {
        let zone = format!(
            "example.jp TXT v=spf1 {record}\nb.example.jp TXT v=spf1 ip4:198.51.100.2/31 ~all\n\
             h.example.jp A 127.0.0.2\nnever.example.jp TXT unknown"
        );
        let [ipv4, _] = authorised(&zone, ip);
        assert_eq!(ipv4, (expected.to_owned(), bound), "{record}");
    }
    let [_, ipv6] = authorised("example.jp TXT v=spf1 +all", "192.0.2.1");
    assert_eq!(ipv6.0, "340282366920938463463374607431768211456");
}

#[test]
fn asks_nothing_for_the_survey() {
    let zone = "example.jp TXT v=spf1 ip4:192.0.2.1 include:b.example.jp mx -all";
    let (check, asked) = evaluate(zone, "example.jp", "192.0.2.1");
    assert_eq!(asked.len(), 1);
    assert_eq!(check.survey.unwrap().records.len(), 1);
}

#[test]
fn ends_the_count_where_the_limits_do() {
    let names: Vec<String> = (0..12).map(|n| format!("h{n}.example.jp")).collect();
    let hosts: Vec<String> = (0..12).map(|n| format!("h{n}.example.jp A 192.0.2.{n}")).collect();
    let zone = format!("example.jp TXT v=spf1 a:{} -all\n{}", names.join(" a:"), hosts.join("\n"));
    let [ipv4, _] = authorised(&zone, "203.0.113.9");
    assert_eq!(ipv4, ("10".to_owned(), Bound::Exact));
}

/// Whoever is refused by an included record never sees its later terms, and has more of its limits left.
#[test]
fn holds_the_limits_for_each_address_by_itself() {
    let zone = "example.jp TXT v=spf1 include:b.example.jp include:c.example.jp -all
         b.example.jp TXT v=spf1 a:gone.example.jp -ip4:192.0.2.0/24 include:c.example.jp -all
         c.example.jp TXT v=spf1 a:gone.example.jp ip4:192.0.2.0/24 redirect=gone.example.jp";
    for ip in ["192.0.2.1", "203.0.113.9"] {
        let [ipv4, _] = authorised(zone, ip);
        let bound = if ip == "192.0.2.1" { Bound::AtLeast } else { Bound::Exact };
        assert_eq!(ipv4, ("256".to_owned(), bound), "{ip}");
    }
    // Nine look-ups lie behind whoever comes to the end of the first include, one behind the others.
    let nine = "include:d.example.jp ".repeat(9);
    let zone = format!(
        "example.jp TXT v=spf1 include:b.example.jp include:d.example.jp ip4:192.0.2.0/24 -all
         b.example.jp TXT v=spf1 -ip4:192.0.2.0/25 {nine}-all
         d.example.jp TXT v=spf1 -all"
    );
    assert_eq!(authorised(&zone, "203.0.113.9")[0], ("128".to_owned(), Bound::Exact));
}

/// 255 records, each of which one address at least comes to: the bits of an address say at which include each record before
/// had not refused it yet.
#[test]
fn leaves_the_count_open_in_a_maze() {
    let network = |bits: &str| {
        let last = u8::from_str_radix(&format!("{bits:0<8}"), 2).unwrap();
        format!("192.0.2.{last}/{}", 24 + bits.len())
    };
    let (mut zone, mut todo) = (String::new(), vec![String::new()]);
    while let Some(bits) = todo.pop() {
        let below = (0..8 - bits.len()).map(|ones| format!("{bits}{}0", "1".repeat(ones))).collect::<Vec<_>>();
        let terms = below.iter().map(|name| format!("include:n{name}.jp -ip4:{}", network(name)));
        let rest =
            bits.strip_suffix('0').map_or_else(String::new, |bits| format!("-ip4:{}", network(&format!("{bits}1"))));
        let terms = terms.collect::<Vec<_>>().join(" ");
        zone.extend(["n", &bits, ".jp TXT v=spf1 ", &rest, " ", &terms, " -all\n"]);
        todo.extend(below);
    }
    let zone = Zone::new(&zone.replacen("n.jp TXT v=spf1", "n.jp TXT v=spf1 ip4:198.51.100.7", 1));
    let ledger = Ledger::new(&zone);
    let results = (0..=255).map(|last| check("n.jp", &session(&format!("192.0.2.{last}")), &ledger));
    let last = results.last().unwrap();
    assert!(ledger.entries().len() > 200, "{}", ledger.entries().len());
    let ipv4 = last.survey.unwrap().ipv4;
    assert_eq!((ipv4.addresses(), ipv4.bound), (1, Bound::AtLeast));
}

#[test]
fn remarks_on_what_a_record_should_not_say() {
    let remarks = |record: &str| {
        let zone = format!(
            "example.jp TXT v=spf1 {record}\nb.example.jp TXT v=spf1 ip4:198.0.0.0/8 ?all\nexample.jp MX mx.example.jp\n\
             mx.example.jp A 192.0.2.25\nsix.example.jp MX six.example.jp\nsix.example.jp AAAA 2001:db8::25\n\
             null.example.jp MX ."
        );
        let (check, _) = evaluate(&zone, "example.jp", "203.0.113.9");
        let remarks = check.survey.unwrap().remarks;
        remarks.into_iter().map(|remark| (remark.kind, remark.term.unwrap_or_default())).collect::<Vec<_>>()
    };
    let one = |kind, term: &str| vec![(kind, term.to_owned())];
    for record in
        ["-all", "~all", "-all +all", "ip4:198.0.0.0/13 -all", "?ip4:198.0.0.0/8 -all", "include:c.example.jp -all"]
    {
        assert_eq!(remarks(record), [], "{record}");
    }
    assert_eq!(remarks("+all"), one(RemarkKind::PassAll, "+all"));
    assert_eq!(remarks("ip4:0.0.0.0/0 -all"), one(RemarkKind::PassAll, "ip4:0.0.0.0/0"));
    assert_eq!(remarks("?all"), one(RemarkKind::NeutralAll, "?all"));
    assert_eq!(remarks("ip4:192.0.2.1"), one(RemarkKind::NoAll, ""));
    assert_eq!(remarks("ip6:2001:db8::/24 -all"), one(RemarkKind::Wide, "ip6:2001:db8::/24"));
    assert_eq!(remarks("mx/8 -all"), one(RemarkKind::Wide, "mx/8"));
    assert_eq!(remarks("mx/0 -all"), one(RemarkKind::PassAll, "mx/0"));
    assert_eq!(remarks("a:mx.example.jp/0 -all"), one(RemarkKind::PassAll, "a:mx.example.jp/0"));
    // A network is that of an address, and a host without one lets nobody pass.
    for record in [
        "a/0 -all",
        "a/8 -all",
        "a:gone.example.jp/0 -all",
        "a:six.example.jp/0 -all",
        "a:mx.example.jp//0 -all",
        "mx:six.example.jp/0 -all",
        "mx:gone.example.jp/0 -all",
        "mx:null.example.jp/0 -all",
        "-a:mx.example.jp/0 -all",
    ] {
        assert_eq!(remarks(record), [], "{record}");
    }
    assert_eq!(remarks("-ptr -all"), one(RemarkKind::Ptr, "-ptr"));
    // In an included record, `?all` is no word about this domain; a wide network lets it pass all the same.
    assert_eq!(remarks("include:b.example.jp -all"), one(RemarkKind::Wide, "ip4:198.0.0.0/8"));
    assert_eq!(remarks("-include:b.example.jp -all"), []);
    assert_eq!(remarks("redirect=b.example.jp").len(), 2);
    assert_eq!(remarks("+all ipv4:192.0.2.1"), []);
}

#[test]
fn knows_what_lets_anybody_pass_without_saying_all() {
    let open = |record: &str, client: &str| {
        let zone = format!(
            "example.jp TXT v=spf1 {record}\nexample.jp A 192.0.2.80\nclient.jp A 203.0.113.9\nclient.jp TXT v=spf1 +all\n1.open.example.jp TXT v=spf1 +all\n\
             b.example.jp TXT v=spf1 ip4:128.0.0.0/1 -all\n1.example.jp A 127.0.0.2\n\
             203.0.113.9.example.jp A 127.0.0.2\n9.113.0.203.in-addr.arpa PTR client.jp"
        );
        let zone = Zone::new(&zone);
        let session = Session { helo: Some("client.jp".to_owned()), ..session(client) };
        let check = check("1@example.jp", &session, &Ledger::new(&zone));
        assert_eq!(check.result, Some(SpfResult::Pass), "{record}");
        check.passed_as_anybody().map(|remark| remark.term.clone().unwrap())
    };
    for (record, term) in [
        ("+all", "+all"),
        ("ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all", "ip4:128.0.0.0/1"),
        ("ip4:0.0.0.0/1 include:b.example.jp -all", "ip4:128.0.0.0/1"),
        // What no server connects from may be left out.
        ("-ip4:10.0.0.0/8 ip4:0.0.0.0/1 ip4:128.0.0.0/2 ip4:192.0.0.0/3 -all", "ip4:192.0.0.0/3"),
        ("exists:%{d} -all", "exists:%{d}"),
        ("exists:%{o} -all", "exists:%{o}"),
        // A client writes the sender as it likes.
        ("exists:%{l}.%{d} -all", "exists:%{l}.%{d}"),
        ("include:%{l}.open.%{d} -all", "+all"),
        ("exists:%{h} -all", "exists:%{h}"),
        ("a:%{h} -all", "a:%{h}"),
        ("a:%{h2} -all", "a:%{h2}"),
        ("ptr:%{h} -all", "ptr:%{h}"),
        ("ptr:%{p} -all", "ptr:%{p}"),
        ("include:%{h} -all", "include:%{h}"),
        ("redirect=%{h}", "redirect=%{h}"),
    ] {
        assert_eq!(open(record, "203.0.113.9").as_deref(), Some(term), "{record}");
    }
    for record in [
        "ip4:203.0.113.9 +all",
        "ip4:0.0.0.0/2 ip4:192.0.0.0/2 -all",
        "ip4:192.0.0.0/2 -all",
        // One address in the whole Internet is refused first.
        "-ip4:8.8.8.8 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all",
        "exists:%{i}.%{d} -all",
        "exists:%{l}.%{i}.%{d} ip4:203.0.113.9 -all",
        "ptr:client.jp -all",
    ] {
        assert_eq!(open(record, "203.0.113.9"), None, "{record}");
    }
}

#[test]
fn measures_the_record_and_what_dns_sends_with_it() {
    let long = format!("v=spf1 {}-all", "ip4:192.0.2.1 ".repeat(40));
    let (check, _) = evaluate(&format!("example.jp TXT {long}\nexample.jp TXT other"), "example.jp", "203.0.113.9");
    let survey = check.survey.unwrap();
    let record = &survey.records[0];
    assert_eq!((record.bytes, record.answer_bytes, record.relation), (long.len(), long.len() + 5 + 10, Relation::Own));
}
