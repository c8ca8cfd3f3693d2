use super::TlsState::{Encrypted, NotEncrypted, NotStated};
use super::*;
use crate::message::Message;

fn tls(value: &str) -> Tls {
    let message = Message::read(format!("Received: {value}\r\n\r\n").into_bytes());
    crate::path::read(&message, None, None).hops[0].tls.clone()
}

/// A field, and its state, version, cipher and bits.
type Row = (&'static str, TlsState, Option<TlsVersion>, Option<&'static str>, Option<u32>);

const NOTATIONS: &[Row] = &[
    (
        "from a (192.0.2.1) by b with Microsoft SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15",
        Encrypted,
        Some(TlsVersion::Tls12),
        Some("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
        None,
    ),
    ("from a (192.0.2.1) by b with Microsoft SMTP Server (TLS) id 14.3.361.1", Encrypted, None, None, None),
    ("from a (a [192.0.2.1]) by b.example.com with HTTPS; Mon, 2 Nov 2026 01:00:00 +0000", Encrypted, None, None, None),
    ("from a (a [192.0.2.1]) by b.example.com with ESMTPSA id 1", Encrypted, None, None, None),
    ("from a (a [192.0.2.1]) by b.example.com with UTF8SMTPS id 1", Encrypted, None, None, None),
    ("from a (a [192.0.2.1]) by b.example.com with SMTPS id 1", Encrypted, None, None, None),
    (
        "from a (a. [192.0.2.1]) by mx.google.com with ESMTPS id 1 for <x@example.com> (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128)",
        Encrypted,
        Some(TlsVersion::Tls13),
        Some("TLS_AES_128_GCM_SHA256"),
        Some(128),
    ),
    (
        "from a (a. [192.0.2.1]) by mx.google.com with SMTPS id 1 for <x@example.com> (Google Transport Security)",
        Encrypted,
        None,
        None,
        None,
    ),
    (
        "from a (a [192.0.2.1]) (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)) (No client certificate requested) by b (Postfix) with ESMTPS id 1",
        Encrypted,
        Some(TlsVersion::Tls12),
        Some("ECDHE-RSA-AES256-GCM-SHA384"),
        Some(256),
    ),
    (
        "from a (a [192.0.2.1]) (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits)) by b (Postfix) with ESMTPS id 1",
        Encrypted,
        Some(TlsVersion::Tls13),
        Some("TLS_AES_256_GCM_SHA384"),
        Some(256),
    ),
    (
        "from a (a [192.0.2.1]) by b (8.14.4/8.14.4) with ESMTP id 1 (version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-SHA bits=256 verify=NO)",
        Encrypted,
        None,
        Some("DHE-RSA-AES256-SHA"),
        Some(256),
    ),
    (
        "from a (a [192.0.2.1]) by b with ESMTP id 1 (cipher=TLS_AES_256_GCM_SHA384)",
        Encrypted,
        None,
        Some("TLS_AES_256_GCM_SHA384"),
        None,
    ),
    (
        "from a ([192.0.2.1]) by b with esmtps (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96) id 1",
        Encrypted,
        Some(TlsVersion::Tls13),
        Some("TLS_AES_256_GCM_SHA384"),
        None,
    ),
    (
        "from a ([192.0.2.1]) by b with esmtps (TLSv1:DHE-RSA-AES256-SHA:256) (Exim 4.81) id 1",
        Encrypted,
        Some(TlsVersion::Tls10),
        Some("DHE-RSA-AES256-SHA"),
        Some(256),
    ),
    (
        "from a ([192.0.2.1]) by b with esmtps (TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256) (Exim 4.92) id 1",
        Encrypted,
        Some(TlsVersion::Tls12),
        Some("ECDHE_RSA_AES_256_GCM_SHA384"),
        Some(256),
    ),
    (
        "from a ([192.0.2.1]) by b over TLS secured channel with Microsoft SMTPSVC(7.5.7601.22751); Mon, 2 Nov 2026 01:00:00 +0000",
        Encrypted,
        None,
        None,
        None,
    ),
    (
        "from a ([192.0.2.1])  by b with ESMTP/TLS/DHE-RSA-AES256-SHA; 2 Nov 2026 01:00:00 +0000",
        Encrypted,
        None,
        Some("DHE-RSA-AES256-SHA"),
        None,
    ),
    (
        "from a (HELO a) (192.0.2.1) by b with DHE-RSA-AES256-GCM-SHA384 encrypted SMTP; 2 Nov 2026 01:00:00 -0000",
        Encrypted,
        None,
        Some("DHE-RSA-AES256-GCM-SHA384"),
        None,
    ),
    (
        "from a (HELO a) (192.0.2.1) by b with (AES256-SHA encrypted) SMTP; 2 Nov 2026 01:00:00 -0000",
        Encrypted,
        None,
        Some("AES256-SHA"),
        None,
    ),
    ("from a ([192.0.2.1]) by b with ESMTP via SSL; 2 Nov 2026 01:00:00 -0000", Encrypted, None, None, None),
    (
        "from a (a [192.0.2.1]) by b (OpenSMTPD) with ESMTPS id 1 (TLSv1.3:AEAD-AES256-GCM-SHA384:256:NO)",
        Encrypted,
        Some(TlsVersion::Tls13),
        Some("AEAD-AES256-GCM-SHA384"),
        Some(256),
    ),
    (
        "from a (a [192.0.2.1]) (TLS: TLSv1.2,256bits,ECDHE_RSA_AES_256_GCM_SHA384) by b with ESMTPS id 1",
        Encrypted,
        Some(TlsVersion::Tls12),
        Some("ECDHE_RSA_AES_256_GCM_SHA384"),
        Some(256),
    ),
    (
        "from a ([192.0.2.1]) by b ([192.0.2.2]) via tcp with ESMTPS id 1 (TLS1.3 TLS_AES_128_GCM_SHA256) for <x@example.com>",
        Encrypted,
        Some(TlsVersion::Tls13),
        Some("TLS_AES_128_GCM_SHA256"),
        None,
    ),
    (
        "from a ([192.0.2.1]) by b with Microsoft SMTPSVC(6.0.3790.211); Mon, 2 Nov 2026 01:00:00 +0000",
        NotStated,
        None,
        None,
        None,
    ),
    (
        "from a (192.0.2.1) by b with Microsoft SMTP Server (version=NONE, cipher=NONE) id 15",
        NotEncrypted,
        None,
        None,
        None,
    ),
    ("from a (a [192.0.2.1]) by b (Postfix) with ESMTP id 1", NotStated, None, None, None),
    (
        "from a (a [192.0.2.1]) by b (8.14.4/8.14.4) with ESMTP id 1 (version= cipher= bits= verify=NOT)",
        NotStated,
        None,
        None,
        None,
    ),
];

#[test]
fn notations() {
    for (value, state, version, cipher, bits) in NOTATIONS {
        let tls = tls(value);
        let found = (tls.state, tls.version, tls.cipher.as_deref(), tls.bits);
        assert_eq!(found, (*state, *version, *cipher, *bits), "{value}");
        assert_eq!(tls.span.is_some(), *state != NotStated, "{value}");
    }
}

/// Google's arrival server is the one that always says so when there was TLS; its inner hops say nothing.
#[test]
fn google_states_plain_arrival_only() {
    for (value, state) in [
        ("from a (a. [192.0.2.1]) by mx.google.com with ESMTP id 1 for <x@example.com>", NotEncrypted),
        ("from a (a. [10.0.0.1]) by mx.google.com with ESMTP id 1", NotStated),
        ("by mx.google.com with SMTP id 1", NotStated),
        ("from a (a. [192.0.2.1]) by smtp.gmail.com with ESMTP id 1", NotStated),
        ("by 2002:a05:6214:: with SMTP id 1", NotStated),
    ] {
        assert_eq!(tls(value).state, state, "{value}");
    }
}

#[test]
fn versions_below_1_2_are_deprecated() {
    assert!(TlsVersion::Tls11.is_deprecated() && TlsVersion::Ssl3.is_deprecated());
    assert!(!TlsVersion::Tls12.is_deprecated() && !TlsVersion::Tls13.is_deprecated());
}
