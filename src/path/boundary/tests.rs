use super::*;
use crate::message::Message;
use crate::path::{Path, Side, read};

/// Reads fields given newest first, as they stand in a message.
fn path(received: &[&str], chosen: Option<usize>) -> Path {
    let headers = received.join("\r\nReceived: ");
    let headers = if received.is_empty() { String::new() } else { format!("Received: {headers}\r\n") };
    read(&Message::read(format!("{headers}\r\n").into_bytes()), chosen, None)
}

/// The hop counted from the top (0 = newest) and the reason.
fn boundary(received: &[&str]) -> Option<(usize, BoundaryReason)> {
    path(received, None).boundary.map(|found| (received.len() - 1 - found.hop, found.reason))
}

const LOCAL: &str = "from localhost (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP id 1";
const AMAVIS: &str = "from out.example.net ([198.51.100.1]) by localhost (mx.example.com [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id 2";
const ARRIVAL: &str =
    "from out.example.net (out.example.net [198.51.100.1]) by mx.example.com (Postfix) with ESMTPS id 3";
const SUBMISSION: &str =
    "from [10.0.0.5] (home.example.org [203.0.113.5]) by out.example.net (Postfix) with ESMTPSA id 4";

/// by rules, not by count.
#[test]
fn r20_local_filters_and_deliveries_are_passed() {
    let lmtp = "from mx.example.com by mx.example.com with LMTP id 0";
    assert_eq!(boundary(&[lmtp, LOCAL, AMAVIS, ARRIVAL, SUBMISSION]), Some((3, BoundaryReason::NewestPublicAddress)));
    let private = "from mx.example.com (mx.example.com [10.0.0.2]) by store.example.com (Postfix) with ESMTP id 5";
    assert_eq!(boundary(&[private, ARRIVAL]), Some((1, BoundaryReason::NewestPublicAddress)));
    let list = "by lists.example.com (Postfix, from userid 500) id 6";
    assert_eq!(boundary(&[list, ARRIVAL]), Some((1, BoundaryReason::NewestPublicAddress)));
    let pulled = "from pop.example.com [203.0.113.9] by home.example.com with POP3 (fetchmail-6.3.17)";
    assert_eq!(boundary(&[pulled, ARRIVAL]), Some((1, BoundaryReason::NewestPublicAddress)));
}

/// SPF is not judged on a relay of the receiving side. The name alone does not settle it: a customer's line has one
/// in the provider's domain, too.
#[test]
fn r19_own_relays_are_passed_in_doubt_when_their_names_are_confirmed() {
    let relay = "from mx.example.com (mx.example.com [203.0.113.20]) by store.example.com (Postfix) with ESMTPS id 7";
    let path = path(&[relay, ARRIVAL], None);
    assert_eq!((path.doubtful_entry(), path.is_boundary_ambiguous()), (Some(1), true));
    let found = path.boundary.unwrap();
    assert_eq!((found.hop, found.reason), (0, BoundaryReason::BehindOwnServers));
    assert_eq!(found.alternatives, [(1, BoundaryReason::OwnServer)]);
}

/// A stranger who takes the receiver's name for HELO, or an unchecked reverse name, does not move the boundary down to
/// a field that he wrote himself.
#[test]
fn claimed_names_do_not_move_the_boundary() {
    let forged = "from bank.example.org (bank.example.org [192.0.2.80]) by mx.example.com (Postfix) with ESMTPS id 8";
    for top in [
        "from mx.example.com (unknown [203.0.113.66]) by mx.example.com (Postfix) with ESMTP id 9",
        "from mx.example.com (mx.example.com [203.0.113.66] (may be forged)) by mx.example.com (8.15.2/8.15.2) with ESMTP id 9",
        "from mx.example.com (mx.example.com. [203.0.113.66]) by mx.example.com with ESMTP id 9",
        "from mx.example.com (203.0.113.66) by mx.example.com (10.0.0.1) with Microsoft SMTP Server id 15.1",
    ] {
        assert_eq!(boundary(&[top, forged]), Some((0, BoundaryReason::NewestPublicAddress)), "{top}");
    }
}

#[test]
fn a_provider_that_mails_itself_is_judged_at_its_door() {
    let inner = "by 2002:a05:6214:1::2 with SMTP id a1csp1";
    let arrival = "from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41]) by mx.google.com with SMTPS id 1 for <a@example.com> (Google Transport Security)";
    assert_eq!(boundary(&[inner, arrival, inner]), Some((1, BoundaryReason::NewestPublicAddress)));
}

#[test]
fn hops_inside_other_providers_are_passed() {
    let scanned = "from [203.0.113.195] by server-5.bemta-3.messagelabs.com id 1A/2B-03456-7C8D9E0F";
    let arrival =
        "from out.example.net (HELO out.example.net) (198.51.100.1) by server-13.tower-171.messagelabs.com with SMTP";
    assert_eq!(boundary(&[scanned, arrival, SUBMISSION]), Some((1, BoundaryReason::NewestPublicAddress)));
}

#[test]
fn hops_inside_exchange_online_are_passed() {
    let mailbox = "from AA.outlook.office365.com (2603:10a6:20b:cafe::98) by BB.outlook.office365.com (2603:10a6:20b::1) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.4930.15 via Frontend Transport";
    let old = "from AA.prod.outlook.com (25.160.221.17) by BB.prod.outlook.com (25.160.221.18) with Microsoft SMTP Server (TLS) id 15.0.898.11";
    let door = "from mail.example.jp (198.51.100.7) by CC.mail.protection.outlook.com (10.13.0.1) with Microsoft SMTP Server id 15.20 via Frontend Transport";
    assert_eq!(boundary(&[mailbox, old, door]), Some((2, BoundaryReason::NewestPublicAddress)));
}

#[test]
fn tenants_of_exchange_online_are_not_one_organisation() {
    let mailbox = "from AA.prod.outlook.com (2603:10a6:20b:1::1) by BB.prod.outlook.com with HTTPS";
    let hub = "from CC.prod.outlook.com (2603:10a6:20b:2::1) by AA.prod.outlook.com (2603:10a6:20b:1::1) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_AES_256_GCM_SHA384) id 15.20";
    let door = "from mail.example.jp (198.51.100.7) by CC.mail.protection.outlook.com (10.13.0.1) with Microsoft SMTP Server id 15.20 via Frontend Transport";
    assert_eq!(boundary(&[mailbox, hub, door]), Some((2, BoundaryReason::NewestPublicAddress)));
    let tenant = "from EUR05.outbound.protection.outlook.com (40.107.1.1) by CC.mail.protection.outlook.com (10.13.0.1) with Microsoft SMTP Server id 15.20 via Frontend Transport";
    assert_eq!(boundary(&[hub, tenant, hub]), Some((1, BoundaryReason::NewestPublicAddress)));
}

#[test]
fn without_a_public_arrival_there_is_no_boundary_but_choices() {
    let private = "from pc (pc.example.com [192.168.1.2]) by mx.example.com (Postfix) with ESMTP id 1";
    let path = path(&[LOCAL, private, SUBMISSION], None);
    assert_eq!(path.boundary, None);
    assert_eq!(path.choices, [(0, BoundaryReason::Submission), (1, BoundaryReason::PrivateAddress)]);
    assert!(path.hops.iter().all(|hop| hop.side == Side::Receiving));
    assert_eq!(boundary(&[]), None);
}

#[test]
fn the_user_decides_within_range() {
    let chosen = path(&[LOCAL, ARRIVAL, SUBMISSION], Some(0));
    let found = chosen.boundary.as_ref().unwrap();
    assert_eq!((found.hop, found.reason, found.chosen_by), (0, BoundaryReason::Chosen, ChosenBy::User));
    assert_eq!(found.alternatives, [(1, BoundaryReason::NewestPublicAddress)]);
    let sides: Vec<_> = chosen.hops.iter().map(|hop| hop.side).collect();
    assert_eq!(sides, [Side::Boundary, Side::Receiving, Side::Receiving]);
    let out_of_range = path(&[LOCAL, ARRIVAL, SUBMISSION], Some(3)).boundary.unwrap();
    assert_eq!((out_of_range.hop, out_of_range.chosen_by), (1, ChosenBy::Rule));
}

#[test]
fn older_public_hops_are_alternatives() {
    let older = "from first.example.org (first.example.org [192.0.2.44]) by out.example.net (Postfix) with ESMTP id 1";
    let found = path(&[ARRIVAL, older], None).boundary.unwrap();
    assert_eq!((found.hop, found.alternatives), (1, vec![(0, BoundaryReason::OlderPublicAddress)]));
}

fn signed(received: &[&str], results: &str) -> Option<BoundaryReason> {
    let received: Vec<_> = received.iter().map(|value| format!("Received: {value}\r\n")).collect();
    let headers = results.replacen("HERE", &received.concat(), 1);
    let message = Message::read(format!("{headers}\r\n").into_bytes());
    let results = message.named("Authentication-Results").next();
    let authserv = results.map(|(field, found)| Authserv {
        field,
        id: message.unfold(found).text.split(';').next().unwrap().trim().to_owned(),
    });
    read(&message, None, authserv.as_ref()).boundary.map(|found| found.reason)
}

/// the results that the receiving side wrote speak for the hop of their server, never against the order of the hops.
#[test]
fn r20_results_speak_for_their_server() {
    for (results, reason) in [
        ("Authentication-Results: mx.example.com; spf=pass\r\nHERE", BoundaryReason::AuthservHost),
        ("Authentication-Results: example.com; spf=pass\r\nHERE", BoundaryReason::AuthservHost),
        ("Authentication-Results: MX.Example.com; spf=pass\r\nHERE", BoundaryReason::AuthservHost),
        ("Authentication-Results: com; spf=pass\r\nHERE", BoundaryReason::NewestPublicAddress),
        ("Authentication-Results: x.example.com; spf=pass\r\nHERE", BoundaryReason::NewestPublicAddress),
        ("HEREAuthentication-Results: mx.example.com; spf=pass\r\n", BoundaryReason::NewestPublicAddress),
        ("HERE", BoundaryReason::NewestPublicAddress),
    ] {
        assert_eq!(signed(&[ARRIVAL, SUBMISSION], results), Some(reason), "{results}");
    }
    let gmail = "HEREAuthentication-Results: mx.example.com; spf=pass\r\n";
    assert_eq!(signed(&[ARRIVAL], gmail), Some(BoundaryReason::AuthservHost));
}

/// a filter in front is offered, not assumed: nothing tells an inbound filter from an outbound one.
#[test]
fn r19_a_mail_filter_in_front_is_offered() {
    let handed = "from us-smtp-delivery-1.mimecast.com (us-smtp-delivery-1.mimecast.com [203.0.113.124]) by mx.example.com (Postfix) with ESMTPS id 1";
    let taken = "from out.example.net (out.example.net [198.51.100.1]) by relay.mimecast.com with ESMTP id us-mta-1";
    let first = "from app.example.net (app.example.net [198.51.100.9]) by out.example.net (Postfix) with ESMTP id 2";
    let found = path(&[handed, taken, first], None).boundary.unwrap();
    assert_eq!((found.hop, found.reason), (2, BoundaryReason::NewestPublicAddress));
    assert_eq!(found.alternatives, [(1, BoundaryReason::FilterService), (0, BoundaryReason::OlderPublicAddress)]);
    assert!(found.is_ambiguous());
    let chosen = path(&[handed, taken, first], Some(1)).boundary.unwrap();
    assert!(!chosen.is_ambiguous());
    assert_eq!(chosen.alternatives[0], (2, BoundaryReason::NewestPublicAddress));
}

#[test]
fn a_message_that_left_and_came_back_is_offered_where_it_came_first() {
    let back =
        "from filter.example.org (filter.example.org [203.0.113.50]) by store.example.com (Postfix) with ESMTPS id 1";
    let found = path(&[back, ARRIVAL], None).boundary.unwrap();
    assert_eq!((found.hop, found.alternatives.clone()), (1, vec![(0, BoundaryReason::SameOrganisation)]));
    assert!(!found.is_ambiguous());
}

/// Behind a load balancer the sender's address is not in the header, and the hop below is the sender's own.
#[test]
fn a_foreign_name_at_a_private_address_is_offered() {
    let balanced = "from out.example.net (unknown [10.0.0.5]) by mx.example.com (Postfix) with ESMTPS id 1";
    let inside = "from pc.example.net (pc.example.net [203.0.113.7]) by out.example.net (Postfix) with ESMTP id 2";
    let found = path(&[balanced, inside], None).boundary.unwrap();
    assert_eq!((found.hop, found.reason), (0, BoundaryReason::NewestPublicAddress));
    assert_eq!(found.alternatives, [(1, BoundaryReason::TranslatedAddress)]);
    assert!(found.is_ambiguous());
    let relayed = "from mx2.example.com (mx2.example.com [10.0.0.5]) by store.example.com (Postfix) with ESMTPS id 1";
    assert_eq!(path(&[relayed, ARRIVAL], None).boundary.unwrap().alternatives, [(1, BoundaryReason::PrivateAddress)]);
}

#[test]
fn every_reason_has_its_place_in_the_order() {
    let mut seen = std::collections::HashSet::new();
    assert!(BoundaryReason::ORDER.iter().all(|reason| seen.insert(*reason)));
    assert!(BoundaryReason::RULES.iter().all(|reason| BoundaryReason::ORDER.contains(reason)));
}

/// The hop in doubt, counted from the top (0 = newest).
fn doubt(received: &[&str], chosen: Option<usize>) -> Option<usize> {
    path(received, chosen).doubtful_hop().map(|hop| received.len() - 1 - hop)
}

#[test]
fn a_newer_hop_that_may_be_the_arrival_is_in_doubt() {
    let translated = "from out.example.org (unknown [172.17.0.1]) by mx.example.com (Postfix) with ESMTP id 1";
    assert_eq!(doubt(&[translated, ARRIVAL], None), Some(0));
    assert_eq!(doubt(&[translated, ARRIVAL], Some(0)), None, "the person knows");
    let unstated = "from out.example.org by mx.example.com with ESMTP id 1";
    assert_eq!(doubt(&[unstated, ARRIVAL], None), Some(0));
    assert_eq!(doubt(&[LOCAL, translated, ARRIVAL], None), Some(1));
    // HELO is the client's own word.
    let claimed = "from mx.example.com (unknown [172.17.0.1]) by mx.example.com (Postfix) with ESMTP id 1";
    assert_eq!(doubt(&[claimed, ARRIVAL], None), Some(0));
}

/// A line that no connection from outside made stands on what it joins; without that, anybody may have written what follows.
#[test]
fn a_newer_hop_that_nothing_joins_to_the_next_is_in_doubt() {
    let strange = "from bank.example.org (bank.example.org [192.0.2.80]) by mx.example.org (Postfix) with ESMTP id 1";
    for top in [
        "from apache by mx.example.com with local (Exim 4.96) id 1",
        "by mx.example.com (Postfix, from userid 1000) id 1",
        "by mx.example.com (8.14.4/8.14.4/Submit) id 1",
        "from mx.example.com by mx.example.com with LMTP id 1",
        "from mx.example.com ([unix socket]) by mx.example.com (Cyrus v2) with LMTPA",
        "(qmail 123 invoked by uid 1000)",
        "(qmail 123 invoked from network)",
        "from localhost (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP id 1",
        "from [10.1.2.3] by mx.example.com with HTTP",
        "from mx-MTA by mx.example.com with Novell_GroupWise",
        "by 10.1.2.3 with SMTP id k3csp2230702wrd; Fri, 20 Nov 2026 01:00:00 -0800 (PST)",
    ] {
        assert_eq!(doubt(&[top, strange], None), Some(0), "{top}");
        assert_eq!(doubt(&[top, strange], Some(1)), None, "the person knows: {top}");
    }
    let gmail = "by 2002:adf:b343:0:0:0:0:0 with SMTP id k3csp2230702wrd; Fri, 20 Nov 2026 01:00:00 -0800 (PST)";
    let at_google = "from out.example.net (out.example.net. [198.51.100.1]) by mx.google.com with ESMTPS id o61si4302827pld.48.2026.11.20.01.00.00; Fri, 20 Nov 2026 01:00:00 -0800 (PST)";
    let qmail = "from unknown (HELO out.example.net) (198.51.100.1) by mx.example.com with SMTP";
    for (top, below) in [
        ("from apache by mx.example.com with local (Exim 4.96) id 1", ARRIVAL),
        ("from mx.example.com by store.example.com with LMTP id 1", ARRIVAL),
        ("from mx.example.com by store.local with LMTP id 1", ARRIVAL),
        ("(qmail 123 invoked from network)", qmail),
        (LOCAL, ARRIVAL),
        (gmail, at_google),
    ] {
        assert_eq!(doubt(&[top, below], None), None, "{top}");
    }
    assert_eq!(doubt(&[LOCAL, AMAVIS, ARRIVAL], None), None);
}

/// A line that cannot be read may hold the address that connected, and one without a protocol hides it.
#[test]
fn a_newer_hop_that_may_hold_the_client_is_in_doubt() {
    for top in [
        "mx.example.org [203.0.113.66] at mx.example.com",
        "203.0.113.66 (mx.example.org) by mx.example.com",
        "SMTP mx.example.org 203.0.113.66 -> mx.example.com",
        "",
        "(garbage line here",
        "from mx.example.org by mx.example.com",
    ] {
        assert_eq!(doubt(&[&format!("{top}; Fri, 20 Nov 2026 10:00:05 +0900"), ARRIVAL], None), Some(0), "{top}");
    }
}

#[test]
fn a_boundary_that_names_two_addresses_is_in_doubt() {
    let two = "from out.example.net ([198.51.100.1]) ([203.0.113.7]) by mx.example.com with ESMTP id 1";
    let found = path(&[LOCAL, two], None);
    assert_eq!((found.doubtful_hop(), found.doubtful_entry(), found.is_boundary_ambiguous()), (Some(0), None, false));
    assert_eq!(doubt(&[two], Some(0)), Some(0), "the hop is known and its address is not");
    let text = |received: &str| path(&[received], None).hops[0].from.address_text();
    assert_eq!(text(two).as_deref(), Some("198.51.100.1 / 203.0.113.7"));
    for (client, expected) in [
        ("(out.example.net [198.51.100.1] [203.0.113.7])", "198.51.100.1 / 203.0.113.7"),
        ("(198.51.100.1) (203.0.113.7)", "198.51.100.1 / 203.0.113.7"),
        ("([10.0.0.1]) ([203.0.113.7])", "203.0.113.7 / 10.0.0.1"),
        ("([203.0.113.7]) ([10.0.0.1])", "203.0.113.7 / 10.0.0.1"),
        ("([198.51.100.1]) ([198.51.100.1])", "198.51.100.1"),
        ("([198.51.100.1]) ([IPv6:::ffff:198.51.100.1])", "198.51.100.1"),
        ("(EHLO [192.0.2.2]) ([198.51.100.1])", "198.51.100.1"),
        ("([198.51.100.1] helo=[192.0.2.2])", "198.51.100.1"),
        ("([198.51.100.1]) (203.0.113.7)", "198.51.100.1"),
    ] {
        let field = format!("from out.example.net {client} by mx.example.com with ESMTP id 1");
        assert_eq!(text(&field).as_deref(), Some(expected), "{field}");
        assert_eq!(doubt(&[&field], None).is_some(), expected.contains('/'), "{field}");
    }
    // The name of one of two addresses confirms nothing.
    let relay = "from mx.example.com (mx.example.com [203.0.113.20]) ([203.0.113.66]) by store.example.com (Postfix) with ESMTPS id 7";
    assert_eq!(boundary(&[relay, ARRIVAL]), Some((0, BoundaryReason::NewestPublicAddress)));
    let literal = "from [192.0.2.2] (out.example.net [198.51.100.1]) by mx.example.com (Postfix) with ESMTP id 1";
    assert_eq!(doubt(&[literal], None), None);
}

#[test]
fn hops_inside_the_receiving_side_are_not_in_doubt() {
    let exchange = "from EX02.corp.example.com (10.1.1.34) by EX01.corp.example.com (10.1.1.33) with Microsoft SMTP Server (TLS) id 15.1.2507.44";
    for inner in [
        LOCAL,
        "from mx.example.com (mx.example.com [10.0.0.5]) by store.example.com (Postfix) with ESMTPS id 1",
        "from mx1.example.com (mx1.example.com [10.0.0.5]) by mx.example.com with esmtps id 1",
        "from mx.example.com ([10.0.0.5]) by store.example.com with LMTP id 1",
        "from mx3 ([10.202.2.202]) by compute5.internal (LMTPProxy)",
        "from AA.eurprd03.prod.outlook.com (10.167.242.170) by BB.outlook.office365.com (10.167.240.33) with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.1.1 via Frontend Transport",
        exchange,
    ] {
        assert_eq!(doubt(&[inner, ARRIVAL], None), None, "{inner}");
    }
    let front = format!("{exchange} via Frontend Transport");
    assert_eq!(doubt(&[exchange, &front, ARRIVAL], None), Some(1));
}
