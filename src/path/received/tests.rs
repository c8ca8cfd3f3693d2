//! What holds for every dialect; the lines themselves, one or more for each, stand in tests/received.

use std::net::IpAddr;

use super::*;

fn hop(value: &str) -> Hop {
    let message = Message::read(format!("Received: {value}\r\n\r\n").into_bytes());
    read(&message, 0, &message.fields[0])
}

fn text(value: Option<&Spanned<String>>) -> &str {
    value.map_or("-", |spanned| spanned.value.as_str())
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
    assert_eq!(hop.unread().next(), None);
}

#[test]
fn what_stays_on_the_host_is_local() {
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
    let unread: Vec<_> = path.hops[1].unread().map(|span| message.source.slice(span)).collect();
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
    assert_eq!(bare.unread().next(), None);
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
    assert_eq!((text(escaped.by.as_ref()), escaped.unread().count()), ("b", 0));
    let stray = hop(
        "from jgh by b with local (Exim 4.9) envelope-from <j@example.com>) 1dt a@example.com; 2 Nov 2026 01:00:00 +0000",
    );
    assert_eq!((text(stray.envelope_from.as_ref()), stray.unread().count()), ("j@example.com", 1));
}
