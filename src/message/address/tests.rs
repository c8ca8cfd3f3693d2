use super::*;

fn addresses(raw: &[u8]) -> Addresses {
    read(&Unfolded::new(raw, 0))
}

type Listed = (Option<String>, String, Option<String>, String);

/// Name, address, domain and the bytes of each mailbox; then the unreadable parts.
fn listed(raw: &str) -> (Vec<Listed>, Vec<String>) {
    let found = addresses(raw.as_bytes());
    let part = |span: Span| raw[span.start..span.end].to_owned();
    let mailboxes = found.mailboxes.into_iter();
    (
        mailboxes.map(|mailbox| (mailbox.name, mailbox.address, mailbox.domain, part(mailbox.span))).collect(),
        found.unreadable.into_iter().map(part).collect(),
    )
}

/// A value that is one mailbox and nothing else.
fn one(raw: &str) -> (Option<String>, String, Option<String>) {
    let (mut mailboxes, unreadable) = listed(raw);
    assert_eq!((mailboxes.len(), unreadable.len()), (1, 0), "{raw}: {mailboxes:?} {unreadable:?}");
    let (name, address, domain, _) = mailboxes.remove(0);
    (name, address, domain)
}

#[test]
fn reads_single_mailboxes() {
    let cases = [
        ("a@example.jp", None, "a@example.jp", Some("example.jp")),
        ("Mary Smith <m@example.jp>", Some("Mary Smith"), "m@example.jp", Some("example.jp")),
        ("\"Smith, \\\"M\\\"\" <m@example.jp>", Some("Smith, \"M\""), "m@example.jp", Some("example.jp")),
        ("\"a@b\"@example.jp", None, "\"a@b\"@example.jp", Some("example.jp")),
        ("a@b@example.jp", None, "a@b@example.jp", Some("example.jp")),
        (
            "Pete(A \\) wonderful (nested) one) <pete(x)@(y)example.net(z)> (end)",
            Some("Pete"),
            "pete@example.net",
            Some("example.net"),
        ),
        (
            "1234   @   local(blah)  .machine .example",
            None,
            "1234@local.machine.example",
            Some("local.machine.example"),
        ),
        ("<@a.example,@b.example:user@c.example>", None, "user@c.example", Some("c.example")),
        ("a@[192.0.2.1]", None, "a@[192.0.2.1]", Some("[192.0.2.1]")),
        ("a@[IPv6:2001:db8::1]", None, "a@[IPv6:2001:db8::1]", Some("[IPv6:2001:db8::1]")),
        ("送信者 <送信@例え.jp>", Some("送信者"), "送信@例え.jp", Some("例え.jp")),
        ("Shop <shop@example.jp", Some("Shop"), "shop@example.jp", Some("example.jp")),
        ("root", None, "root", None),
        ("<root>", None, "root", None),
        ("a@", None, "a@", None),
        ("<>", None, "", None),
        ("\"\" <a@example.jp>", None, "a@example.jp", Some("example.jp")),
        ("x..y.@docomo.example", None, "x..y.@docomo.example", Some("docomo.example")),
        (
            "=?UTF-8?B?44GU5rOo?=\r\n =?UTF-8?B?5paH?= <a@example.jp>",
            Some("ご注文"),
            "a@example.jp",
            Some("example.jp"),
        ),
        ("\"=?UTF-8?B?44GU5rOo5paH?=\" <a@example.jp>", Some("ご注文"), "a@example.jp", Some("example.jp")),
        (
            "\"billing@bank.example\" <x@evil.example>",
            Some("billing@bank.example"),
            "x@evil.example",
            Some("evil.example"),
        ),
        ("John Q. Public <j@example.com>", Some("John Q. Public"), "j@example.com", Some("example.com")),
    ];
    for (raw, name, address, domain) in cases {
        assert_eq!(one(raw), (name.map(str::to_owned), address.to_owned(), domain.map(str::to_owned)), "{raw}");
    }
}

#[test]
fn lists_several_with_positions() {
    let (mailboxes, unreadable) = listed(" a@example.jp, ,\"B, C\" <b@example.net>\r\n ; <c@example.com>");
    let spans: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.3.as_str()).collect();
    assert_eq!(spans, ["a@example.jp", "\"B, C\" <b@example.net>", "<c@example.com>"]);
    assert!(unreadable.is_empty());
}

#[test]
fn reads_groups() {
    let (mailboxes, unreadable) = listed("Team: Ann <a@example.jp>, b@example.jp; , c@example.net");
    let found: Vec<&str> = mailboxes.iter().map(|mailbox| mailbox.1.as_str()).collect();
    assert_eq!((found, unreadable.len()), (vec!["a@example.jp", "b@example.jp", "c@example.net"], 0));
    assert_eq!(addresses(b"Undisclosed recipients:;"), Addresses::default());
}

#[test]
fn names_what_it_cannot_read() {
    let cases = [
        ("Mary Smith", 0, "Mary Smith"),
        ("<a@example.jp> trailing <b@example.net>", 1, "trailing <b@example.net>"),
        ("<a b@example.jp>", 0, "<a b@example.jp>"),
        ("Mary m@example.jp, <b@example.jp>", 1, "Mary m@example.jp"),
        ("<mailto:a@example.jp>", 0, "<mailto:a@example.jp>"),
        ("a@example.jp:b@example.jp", 1, "a@example.jp:"),
        ("a@example.jp>", 0, "a@example.jp>"),
    ];
    for (raw, mailboxes, unreadable) in cases {
        let found = listed(raw);
        assert_eq!((found.0.len(), found.1), (mailboxes, vec![unreadable.to_owned()]), "{raw}");
    }
    assert_eq!(addresses(b""), Addresses::default());
    assert_eq!(addresses(b" (only a comment"), Addresses::default());
}

#[test]
fn decodes_raw_names() {
    let cases: [(&[u8], &str); 5] = [
        (b"\x83\x65\x83\x58\x83\x67 <a@example.jp>", "テスト"),
        (b"\"\x83\x5c\x83\x5c\" <a@example.jp>", "ソソ"),
        (b"\xa5\xc6\xa5\xb9\xa5\xc8 <a@example.jp>", "テスト"),
        (b"\x1b$B%F%9%H\x1b(B <a@example.jp>", "テスト"),
        // The pairs of 「店長」 are 45 39 and 44 39; those of 「、。」 are 21 22 and 21 23, a quote among them.
        (b"\x1b$BE9D9!\"!#\x1b(B <a@example.jp>", "店長、。"),
    ];
    for (raw, name) in cases {
        let found = addresses(raw);
        assert_eq!(found.unreadable, [], "{}", raw.escape_ascii());
        let mailbox = &found.mailboxes[0];
        assert_eq!((mailbox.name.as_deref(), mailbox.address.as_str()), (Some(name), "a@example.jp"));
    }
}

#[test]
fn long_lists_are_cut() {
    let found = addresses("a@example.jp,".repeat(Addresses::MAX_MAILBOXES + 5).as_bytes());
    assert_eq!((found.mailboxes.len(), found.unreadable.len()), (Addresses::MAX_MAILBOXES, 1));
    let found = addresses("x y,".repeat(1000).as_bytes());
    assert_eq!(found.unreadable.len(), Addresses::MAX_UNREADABLE);
    for unit in ["(", "\"", "<", "[", "@", "a:", "\\", "<@", "\x1b$"] {
        let found = addresses(unit.repeat(500_000).as_bytes());
        assert!(found.unreadable.len() <= Addresses::MAX_UNREADABLE);
    }
}

proptest::proptest! {
    #[test]
    fn takes_any_bytes(raw: Vec<u8>, dressed in "[a<>@(),;:\"\\\\\\[\\]. \u{1b}$]{0,40}") {
        for raw in [raw.as_slice(), dressed.as_bytes()] {
            for mailbox in addresses(raw).mailboxes {
                proptest::prop_assert!(mailbox.span.end <= raw.len() && !mailbox.span.is_empty());
            }
        }
    }
}
