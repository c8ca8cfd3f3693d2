//! One line or more for every dialect and notation, in the shapes that servers write, with example names.

use std::net::IpAddr;

use super::*;

fn hop(value: &str) -> Hop {
    let message = Message::read(format!("Received: {value}\r\n\r\n").into_bytes());
    read(&message, 0, &message.fields[0])
}

fn text(value: Option<&Spanned<String>>) -> &str {
    value.map_or("-", |spanned| spanned.value.as_str())
}

/// Dialect, HELO, reverse name, address, server.
fn client(value: &str) -> (Dialect, String, String, String, String) {
    let hop = hop(value);
    let ip = hop.from.ip.as_ref().map_or_else(|| "-".to_owned(), |ip| ip.value.to_string());
    let owned = |value: &Option<Spanned<String>>| text(value.as_ref()).to_owned();
    (hop.dialect, owned(&hop.from.helo), owned(&hop.from.name), ip, owned(&hop.by))
}

fn check_clients(table: &[(&str, Dialect, [&str; 4])]) {
    for (value, dialect, [helo, name, ip, by]) in table {
        let expected = (*dialect, (*helo).to_owned(), (*name).to_owned(), (*ip).to_owned(), (*by).to_owned());
        assert_eq!(client(value), expected, "{value}");
    }
}

#[test]
fn every_clause_is_read_with_its_place() {
    let value = "from mail.example.jp (gate.example.jp [192.0.2.1])\r\n\t(using TLSv1.3 with cipher \
                 TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n\t(No client certificate requested)\r\n\tby mx.example.com \
                 (Postfix) with ESMTPS id 4XyZ1\r\n\tfor <support@example.com>; Mon,  2 Nov 2026 10:00:00 +0900 (JST)";
    let input = format!("Received: {value}\r\n\r\n");
    let message = Message::read(input.clone().into_bytes());
    let hop = read(&message, 0, &message.fields[0]);
    let at = |span: Span| &input[span.start..span.end];
    for (spanned, expected) in [
        (&hop.from.helo, "mail.example.jp"),
        (&hop.from.name, "gate.example.jp"),
        (&hop.by, "mx.example.com"),
        (&hop.with, "ESMTPS"),
        (&hop.id, "4XyZ1"),
        (&hop.recipient, "support@example.com"),
    ] {
        let spanned = spanned.as_ref().unwrap();
        assert_eq!((spanned.value.as_str(), at(spanned.span)), (expected, expected));
    }
    assert_eq!(at(hop.from.ip.unwrap().span), "[192.0.2.1]");
    assert_eq!(at(hop.date.unwrap().span), "Mon,  2 Nov 2026 10:00:00 +0900 (JST)");
    assert_eq!(hop.date.unwrap().value.instant.to_string(), "2026-11-02T01:00:00Z");
    assert!(at(hop.tls.span.unwrap()).starts_with("using TLSv1.3"));
    assert_eq!(hop.unread, []);
}

#[test]
fn postfix() {
    use Dialect::Postfix;
    check_clients(&[
        (
            "from mail.example.jp (gate.example.jp [192.0.2.1]) by mx.example.com (Postfix) with ESMTP id 1A2B3C for <a@example.com>; Mon, 2 Nov 2026 10:00:00 +0900 (JST)",
            Postfix,
            ["mail.example.jp", "gate.example.jp", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from mail.example.jp (unknown [IPv6:2001:db8::25]) by mx.example.com (Postfix) with ESMTP id 1",
            Postfix,
            ["mail.example.jp", "-", "2001:db8::25", "mx.example.com"],
        ),
        (
            "from [10.1.1.1] (home.example.net [203.0.113.9]) (using TLSv1 with cipher AES128-SHA (128/128 bits)) (No client certificate requested) (Authenticated sender: taro) by mail.example.com (Internet Inbound) with ESMTPSA id 1",
            Postfix,
            ["[10.1.1.1]", "home.example.net", "203.0.113.9", "mail.example.com"],
        ),
        (
            "from unknown (unknown [192.0.2.3]) by mx.example.com (Postfix) with SMTP id 1",
            Postfix,
            ["-", "-", "192.0.2.3", "mx.example.com"],
        ),
        (
            "by mail.example.com (Postfix, from userid 0) id 9FEA95869; Mon, 2 Nov 2026 10:00:00 +0900",
            Postfix,
            ["-", "-", "-", "mail.example.com"],
        ),
    ]);
    assert_eq!(hop("by mail.example.com (Postfix, from userid 0) id 9FEA95869").tls.state, TlsState::Local);
    assert_eq!(hop("by mail.example.com (Postfix) id 9FEA95869").tls.state, TlsState::NotStated);
}

#[test]
fn exim() {
    use Dialect::Exim;
    check_clients(&[
        (
            "from gate.example.jp ([192.0.2.1] helo=mail.example.jp) by mx.example.com with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <a@example.jp>) id 1qW-0001 for b@example.com; Mon, 02 Nov 2026 10:00:00 +0900",
            Exim,
            ["mail.example.jp", "gate.example.jp", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from [192.0.2.1] (port=40000 helo=mail.example.jp) by mx.example.com with esmtp (Exim 4.80) id 1",
            Exim,
            ["mail.example.jp", "-", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from gate.example.jp ([192.0.2.1]:4711) by mx.example.com with esmtp (Exim 4.80) id 1",
            Exim,
            ["gate.example.jp", "gate.example.jp", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from gate.example.jp ([2001:db8::1]:4711 helo=x) by mx.example.com with esmtps (TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256) (MTA 2.20) id 1",
            Exim,
            ["x", "gate.example.jp", "2001:db8::1", "mx.example.com"],
        ),
        (
            "from www by web.example.com with local (Exim 4.88) id 1 for a@example.com",
            Exim,
            ["-", "-", "-", "web.example.com"],
        ),
    ]);
    let local = hop("from www by web.example.com with local (Exim 4.88) (envelope-from <www@example.com>) id 1");
    assert_eq!((local.tls.state, text(local.envelope_from.as_ref())), (TlsState::Local, "www@example.com"));
}

#[test]
fn sendmail() {
    use Dialect::Sendmail;
    check_clients(&[
        (
            "from mail.example.jp (gate.example.jp [192.0.2.1]) by mx.example.com (8.15.2/8.15.2) with ESMTPS id a1 (version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NOT) for <a@example.com>; Mon, 2 Nov 2026 10:00:00 +0900",
            Sendmail,
            ["mail.example.jp", "gate.example.jp", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from mail.example.jp (gate.example.jp [192.0.2.1] (may be forged)) by mx.example.com (V8/cf) with ESMTP id a1",
            Sendmail,
            ["mail.example.jp", "gate.example.jp", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from mail.example.jp (taro@gate.example.jp [192.0.2.1]) by mx (8.9.3/8.9.3) with SMTP id a",
            Sendmail,
            ["mail.example.jp", "gate.example.jp", "192.0.2.1", "mx"],
        ),
        (
            "from localhost (localhost) by mx.example.com (8.14.4/8.14.4) id a; Mon, 2 Nov 2026 10:00:00 +0900",
            Sendmail,
            ["localhost", "localhost", "-", "mx.example.com"],
        ),
    ]);
    assert!(hop("from a (b.example [192.0.2.1] (may be forged)) by c (8.15.2/8.15.2)").from.doubt.is_some());
    assert_eq!(hop("from localhost (localhost) by c (8.14.4/8.14.4) id a").tls.state, TlsState::Local);
    assert_eq!(hop("(from root@localhost) by c (8.14.4/8.14.4/Submit) id a").tls.state, TlsState::Local);
}

#[test]
fn qmail() {
    use Dialect::Qmail;
    check_clients(&[
        (
            "from unknown (HELO mail.example.jp) (192.0.2.1) by mx.example.com with SMTP; 2 Nov 2026 01:00:00 -0000",
            Qmail,
            ["mail.example.jp", "-", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from gate.example.jp (HELO mail.example.jp) (taro@192.0.2.1) by mx.example.com with ESMTPA; 2 Nov 2026 01:00:00 -0000",
            Qmail,
            ["mail.example.jp", "gate.example.jp", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from gate.example.jp (HELO [10.0.0.1]) (192.0.2.1) by mx.example.com with SMTP",
            Qmail,
            ["[10.0.0.1]", "gate.example.jp", "192.0.2.1", "mx.example.com"],
        ),
        ("(qmail 1234 invoked by uid 1001); 2 Nov 2026 01:00:00 -0000", Qmail, ["-", "-", "-", "-"]),
        ("(qmail 1234 invoked from network); 2 Nov 2026 01:00:00 -0000", Qmail, ["-", "-", "-", "-"]),
    ]);
    assert_eq!(hop("(qmail 1234 invoked by uid 1001)").tls.state, TlsState::Local);
    assert_eq!(hop("(qmail 1234 invoked for bounce)").tls.state, TlsState::Local);
    assert_eq!(hop("(qmail 1234 invoked from network)").tls.state, TlsState::NotStated);
}

#[test]
fn exchange() {
    use Dialect::Exchange;
    check_clients(&[
        (
            "from mail.example.jp (192.0.2.1) by AB1EUR01FT001.mail.protection.outlook.com (10.152.42.102) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.4930.15 via Frontend Transport; Mon, 2 Nov 2026 01:00:00 +0000",
            Exchange,
            ["mail.example.jp", "-", "192.0.2.1", "AB1EUR01FT001.mail.protection.outlook.com"],
        ),
        (
            "from AA.example.prod.outlook.com (2603:10a6:20b:1::1) by BB.example.prod.outlook.com (2603:10a6:20b:2::2) with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.1.1; Mon, 2 Nov 2026 01:00:00 +0000",
            Exchange,
            ["AA.example.prod.outlook.com", "-", "2603:10a6:20b:1::1", "BB.example.prod.outlook.com"],
        ),
        (
            "from AA.example.prod.outlook.com ([fe80::1:2:3:4]) by AA.example.prod.outlook.com ([fe80::1:2:3:4%4]) with mapi id 15.20.1.1; Mon, 2 Nov 2026 01:00:00 +0000",
            Exchange,
            ["AA.example.prod.outlook.com", "-", "fe80::1:2:3:4", "AA.example.prod.outlook.com"],
        ),
        (
            "from ex.example.com ([::ffff:192.0.2.1]) by hub.example.com ([fe80::1%22]) with Microsoft SMTP Server id 14.2.318.4",
            Exchange,
            ["ex.example.com", "-", "192.0.2.1", "hub.example.com"],
        ),
        (
            "from AA.prod.outlook.com (2603:10a6::1) by BB.prod.outlook.com with HTTPS; Mon, 2 Nov 2026 01:00:00 +0000",
            Exchange,
            ["AA.prod.outlook.com", "-", "2603:10a6::1", "BB.prod.outlook.com"],
        ),
    ]);
    let spaced = hop("from a (192.0.2.1) by b (10.0.0.1) with Microsoft\r\n    SMTP Server (TLS) id 15.1");
    assert_eq!((spaced.dialect, text(spaced.with.as_ref())), (Exchange, "Microsoft SMTP Server"));
    let frontend =
        hop("from a (192.0.2.1) by b (10.0.0.1) with Microsoft SMTP Server (TLS) id 15.1 via Frontend Transport");
    assert_eq!(text(frontend.with.as_ref()), "Microsoft SMTP Server");
    assert_eq!(text(frontend.via.as_ref()), "Frontend Transport");
    assert_eq!(text(frontend.id.as_ref()), "15.1");
    assert_eq!(hop("from a ([fe80::1]) by A ([fe80::1%4]) with mapi id 15.20").tls.state, TlsState::Local);
    assert_eq!(hop("from a ([fe80::1]) by b ([fe80::2%4]) with mapi id 15.20").tls.state, TlsState::NotStated);
    assert_eq!(
        hop("from a (192.0.2.1) by b (10.0.0.1) with Microsoft SMTP Server id 8.3").tls.state,
        TlsState::NotStated
    );
}

#[test]
fn google() {
    use Dialect::Google;
    check_clients(&[
        (
            "from mail.example.jp (gate.example.jp. [192.0.2.1]) by mx.google.com with ESMTPS id p1si1.2026.11.02 for <a@example.com> (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); Sun, 01 Nov 2026 17:00:00 -0800 (PST)",
            Google,
            ["mail.example.jp", "gate.example.jp", "192.0.2.1", "mx.google.com"],
        ),
        (
            "from mail.example.jp ([2001:db8::1]) by mx.google.com with ESMTP id 1; Sun, 01 Nov 2026 17:00:00 -0800 (PST)",
            Google,
            ["mail.example.jp", "-", "2001:db8::1", "mx.google.com"],
        ),
        (
            "by 2002:a05:6214:1::2 with SMTP id a1csp1; Sun, 01 Nov 2026 17:00:00 -0800 (PST)",
            Google,
            ["-", "-", "-", "2002:a05:6214:1::2"],
        ),
        ("by 10.36.5.10 with HTTP; Sun, 01 Nov 2026 17:00:00 -0800 (PST)", Google, ["-", "-", "-", "10.36.5.10"]),
        (
            "by mail-pg1-f206.google.com with SMTP id 37so2 for <a@example.com>; Sun, 01 Nov 2026 17:00:00 -0800",
            Google,
            ["-", "-", "-", "mail-pg1-f206.google.com"],
        ),
        (
            "from 1234 named unknown by gmailapi.google.com with HTTPREST; Sun, 1 Nov 2026 17:00:00 -0800",
            Google,
            ["1234", "-", "-", "gmailapi.google.com"],
        ),
        (
            "from a (b [192.0.2.1]) by notgoogle.com with ESMTP id 1",
            Dialect::Generic,
            ["a", "b", "192.0.2.1", "notgoogle.com"],
        ),
    ]);
}

#[test]
fn amazon_ses() {
    check_clients(&[
        (
            "from mail.example.jp (gate.example.jp [192.0.2.1]) by inbound-smtp.us-east-1.amazonaws.com with SMTP id abc for a@example.com; Mon, 02 Nov 2026 01:00:00 +0000 (UTC)",
            Dialect::AmazonSes,
            ["mail.example.jp", "gate.example.jp", "192.0.2.1", "inbound-smtp.us-east-1.amazonaws.com"],
        ),
        (
            "from app.example.com (app.example.com [192.0.2.1]) by email-smtp.amazonaws.com with SMTP (SimpleEmailService-d-1) id abc for a@example.com; Mon, 02 Nov 2026 01:00:00 +0000 (UTC)",
            Dialect::AmazonSes,
            ["app.example.com", "app.example.com", "192.0.2.1", "email-smtp.amazonaws.com"],
        ),
    ]);
    assert!(hop("from a (a [192.0.2.1]) by email-smtp.amazonaws.com with SMTP id 1").authenticated.is_some());
    assert!(hop("from a (a [192.0.2.1]) by inbound-smtp.x.amazonaws.com with SMTP id 1").authenticated.is_none());
}

#[test]
fn amavis_and_lmtp_stay_on_the_host() {
    check_clients(&[
        (
            "from mail.example.jp ([192.0.2.1]) by localhost (mx.example.com [127.0.0.1]) (amavisd-new, port 10024) with ESMTP id C2; Mon, 2 Nov 2026 01:00:00 +0000",
            Dialect::Amavis,
            ["mail.example.jp", "-", "192.0.2.1", "localhost"],
        ),
        (
            "from mx.example.com by mx.example.com with LMTP id abc for <a@example.com>; Mon, 2 Nov 2026 01:00:00 +0000",
            Dialect::Lmtp,
            ["mx.example.com", "-", "-", "mx.example.com"],
        ),
        (
            "from front.example.com (front.example.com [10.0.0.2]) by store (Cyrus 3.9.0-1) with LMTPA; Mon, 2 Nov 2026 01:00:00 +0000",
            Dialect::Lmtp,
            ["front.example.com", "front.example.com", "10.0.0.2", "store"],
        ),
        (
            "from localhost by mx.example.com with LMTP; Mon, 2 Nov 2026 01:00:00 +0000",
            Dialect::Lmtp,
            ["localhost", "-", "-", "mx.example.com"],
        ),
    ]);
    for (value, state) in [
        ("from a ([192.0.2.1]) by localhost (mx [127.0.0.1]) (amavis, port 10024) with ESMTP id C2", TlsState::Local),
        ("from a ([127.0.0.1]) by mx.example.com with LMTP id 1", TlsState::Local),
        ("from a ([::1]) by mx.example.com with LMTP id 1", TlsState::Local),
        ("from mx.example.com by mx.example.com with LMTP id 1", TlsState::Local),
        ("from a ([10.0.0.2]) by b with LMTPS id 1", TlsState::Encrypted),
        ("from a ([10.0.0.2]) by b with LMTP id 1", TlsState::NotStated),
        ("from localhost (localhost [127.0.0.1]) by b (Postfix) with ESMTP id 1", TlsState::Local),
        ("from a ([unix socket]) by b (Cyrus v2.3) with LMTPA", TlsState::Local),
        ("from b (b [local]) by b (OpenSMTPD) with ESMTPA id 1", TlsState::Local),
    ] {
        assert_eq!(hop(value).tls.state, state, "{value}");
    }
}

#[test]
fn generic_forms() {
    use Dialect::Generic;
    check_clients(&[
        (
            "from [203.0.113.225] by mx.example.com id B2/EE; Mon, 2 Nov 2026 01:00:00 +0000",
            Generic,
            ["-", "-", "203.0.113.225", "mx.example.com"],
        ),
        (
            "from client.example.com  [192.0.2.1] by mx.example.com with SUBMISSION; Mon, 2 Nov 2026 01:00:00 +0000",
            Generic,
            ["client.example.com", "-", "192.0.2.1", "mx.example.com"],
        ),
        (
            "from 127.0.0.1  (EHLO out.example.jp) (192.0.2.1) by mta1.example.com with SMTPS; Mon, 2 Nov 2026 01:00:00 +0000",
            Generic,
            ["out.example.jp", "-", "192.0.2.1", "mta1.example.com"],
        ),
        (
            "from relay.example.jp (HELO mx.example.jp) ([192.0.2.1]) by gate.example.com with ESMTP",
            Generic,
            ["mx.example.jp", "relay.example.jp", "192.0.2.1", "gate.example.com"],
        ),
        (
            "from [192.0.2.9] (account taro HELO pc.example.jp [192.0.2.1]) by mail.example.com (CommuniGate Pro SMTP 6.1) with ESMTPSA id 1",
            Generic,
            ["pc.example.jp", "-", "192.0.2.1", "mail.example.com"],
        ),
        (
            "from machine.example by x.example.com; 21 Nov 1997 10:01:22 -0600",
            Generic,
            ["machine.example", "-", "-", "x.example.com"],
        ),
        (
            "from [10.0.0.1] (really [192.0.2.1]) by mx.example.com with ESMTP id 1",
            Generic,
            ["[10.0.0.1]", "-", "192.0.2.1", "mx.example.com"],
        ),
        ("by 192.0.2.9 with SMTP id 1; Mon, 2 Nov 2026 01:00:00 +0000", Generic, ["-", "-", "-", "192.0.2.9"]),
        ("BY x.example.com FROM machine.example", Generic, ["machine.example", "-", "-", "x.example.com"]),
    ]);
}

#[test]
fn envelope_senders() {
    for (value, sender) in [
        ("from a by b with ESMTP (envelope-from <x@example.com>); Mon, 2 Nov 2026 01:00:00 +0000", "x@example.com"),
        ("from a by b (envelope-from MAILER-DAEMON) (8.14.2/8.14.2) id 1", "MAILER-DAEMON"),
        ("from a by b with ESMTPS id 1 envelope-from <x@example.com> (cipher=TLS_AES_256_GCM_SHA384)", "x@example.com"),
        ("by b id 1; Mon, 2 Nov 2026 01:00:00 +0000 (envelope-from <x@example.com>)", "x@example.com"),
        ("from a by b (envelope-from <>) with ESMTP", ""),
        ("from a by b (envelope-from <x@example.com>, uid 1001) with qmail-scanner", "x@example.com"),
        ("from a by b", "-"),
    ] {
        assert_eq!(text(hop(value).envelope_from.as_ref()), sender, "{value}");
    }
}

#[test]
fn recipients() {
    for (value, recipient) in [
        ("by b for <x@example.com>; Mon, 2 Nov 2026 01:00:00 +0000", "x@example.com"),
        ("by b for x@example.com; Mon, 2 Nov 2026 01:00:00 +0000", "x@example.com"),
        ("by b for <\"a>b;c\"@example.com>; Mon, 2 Nov 2026 01:00:00 +0000", "\"a>b;c\"@example.com"),
        ("by b for root", "root"),
        ("by b with SMTP Server for Windows NT", "-"),
    ] {
        assert_eq!(text(hop(value).recipient.as_ref()), recipient, "{value}");
    }
}

/// R-13: a comment is never a host, and a field without from and by is valid.
#[test]
fn r13_a_comment_is_never_a_host() {
    for value in [
        "(qmail 34245 invoked by uid 1001); 2 Nov 2026 01:00:00 -0000",
        "(from by uid 1001) (by example.com)",
        "from (by mail.example.com) by (from example.com)",
        "; Mon, 2 Nov 2026 01:00:00 +0000",
        "",
        "(((((",
        ")))) from",
    ] {
        let hop = hop(value);
        assert_eq!((hop.from.helo, hop.from.name, hop.by), (None, None, None), "{value}");
    }
}

/// R-14: addresses come from the from clause alone.
#[test]
fn r14_addresses_come_from_the_from_clause() {
    for value in [
        "from a by b (192.0.2.9) with Microsoft SMTP Server id 15.20.1.2",
        "from a by b with ESMTP id 192.0.2.9 for <x@[192.0.2.8]>",
        "from a (Exim 4.4.4.4) by b (version 10.1.1.1 [192.0.2.7])",
        "by 192.0.2.9 with SMTP id 1",
        "from a (port=25 helo=192.0.2.6) by b",
    ] {
        assert_eq!(hop(value).from.ip, None, "{value}");
    }
}

/// R-15: what the server wrote in brackets wins over HELO.
#[test]
fn r15_tcp_info_wins_over_helo() {
    for (value, ip, helo) in [
        ("from [198.51.100.1] (gate.example.jp [192.0.2.1]) by b", "192.0.2.1", "[198.51.100.1]"),
        ("from 198.51.100.1 (192.0.2.1) by b", "192.0.2.1", "198.51.100.1"),
        ("from [198.51.100.1] (HELO [198.51.100.2]) (192.0.2.1) by b", "192.0.2.1", "[198.51.100.2]"),
        ("from x (HELO [198.51.100.2] [192.0.2.1]) by b", "192.0.2.1", "[198.51.100.2]"),
        ("from x ([192.0.2.1] helo=[198.51.100.2]) by b", "192.0.2.1", "[198.51.100.2]"),
    ] {
        let hop = hop(value);
        assert_eq!(hop.from.ip.map(|ip| ip.value), ip.parse().ok(), "{value}");
        assert_eq!(text(hop.from.helo.as_ref()), helo, "{value}");
    }
}

/// R-16: scopes, doubled brackets, bare addresses in round brackets, tags, mapped addresses.
#[test]
fn r16_odd_addresses() {
    for (written, ip) in [
        ("[fe80::1%22]", "fe80::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("[[2001:db8::1]]", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("192.0.2.1", "192.0.2.1"),
        ("[IPv6:2001:db8::1]", "2001:db8::1"),
        ("[ipv6:::ffff:192.0.2.1]", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[192.0.2.1]:4711", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("gate.example.jp[192.0.2.1]", "192.0.2.1"),
    ] {
        let hop = hop(&format!("from mail.example.jp ({written}) by mx.example.com"));
        assert_eq!(hop.from.ip.map(|ip| ip.value), ip.parse::<IpAddr>().ok(), "{written}");
    }
}

/// R-18: one bad field never spoils the rest.
#[test]
fn r18_damage_is_listed_as_unread() {
    let message = Message::read(b"Received:\tfrom a by b what is this; never\r\nReceived: by c\r\n\r\n".to_vec());
    let path = crate::path::read(&message, None, None);
    let unread: Vec<_> = path.hops[1].unread.iter().map(|&span| message.source.slice(span)).collect();
    assert_eq!(unread, [b"what is this".as_slice(), b"never"]);
    assert_eq!(text(path.hops[1].by.as_ref()), "b");
    assert_eq!(path.hops[1].date, None);
    assert_eq!(text(path.hops[0].by.as_ref()), "c");
}

/// R-21: the state is what the field says and where; nothing said is neither good nor bad.
#[test]
fn r21_nothing_said_is_its_own_state() {
    assert_eq!(hop("from a (a [192.0.2.1]) by b with ESMTP id 1").tls, Tls::not_stated());
}

#[test]
fn dates_without_a_semicolon_and_semicolons_without_a_date() {
    let undated = hop("by mx.example.com; (5.65/1.37) id 0000000");
    assert_eq!((text(undated.id.as_ref()), undated.date), ("0000000", None));
    let dated = hop("by mx.example.com; (5.65/1.37) id 0000000;  Mon, 2 Nov 2026 01:00:00 +0000");
    assert_eq!((text(dated.id.as_ref()), dated.date.is_some()), ("0000000", true));
    let bare = hop("from a by mx.example.com id 1 Mon, 2 Nov 2026 01:00:00 +0000");
    assert_eq!((text(bare.id.as_ref()), bare.date.is_some()), ("1", true));
    assert_eq!(bare.unread, []);
    let inner = hop("from a (x; Mon, 1 Jan 2001 00:00:00 +0000) by b; Mon, 2 Nov 2026 01:00:00 +0000");
    assert_eq!(inner.date.unwrap().value.instant.to_string(), "2026-11-02T01:00:00Z");
}

#[test]
fn unbalanced_brackets_keep_what_can_be_read() {
    let open = hop("from a (gate [192.0.2.1] by b with SMTP; Mon, 2 Nov 2026 01:00:00 +0000");
    assert!(open.date.is_some() && open.by.is_none());
    assert_eq!(open.from.ip.map(|ip| ip.value), "192.0.2.1".parse().ok());
    let nested = hop("from a ((gate [192.0.2.1]) by b; Mon, 2 Nov 2026 01:00:00 +0000");
    assert_eq!(text(nested.by.as_ref()), "b");
    let escaped = hop(r"from a (x \) y (z \( w)) by b");
    assert_eq!((text(escaped.by.as_ref()), escaped.unread.len()), ("b", 0));
    let stray = hop(
        "from jgh by b with local (Exim 4.9) envelope-from <j@example.com>) 1dt a@example.com; 2 Nov 2026 01:00:00 +0000",
    );
    assert_eq!((text(stray.envelope_from.as_ref()), stray.unread.len()), ("j@example.com", 1));
}
