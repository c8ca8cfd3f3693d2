//! What is proposed for odd zones and hostile messages: `tests/odd/<name>.snap` holds each proposal as an administrator reads it.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read must fail the test")]

#[expect(dead_code, reason = "keys of one kind are enough here")]
#[path = "support/sign.rs"]
mod sign;

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::auth::bimi::Selector;
use hopscope::dns::{Ledger, Snapshot};
use hopscope::export::{self, EXPORTS};
use hopscope::fix::{Fix, Kind};
use hopscope::message::Message;
use hopscope::message::container::Container;
use hopscope::text::letter::Letter;
use hopscope::text::{Lang, fix};
use serde_json::Value;
use sign::Key;

/// A zone, and from whom the message comes that is judged by it.
struct Odd {
    name: &'static str,
    message: fn() -> Message,
    zone: String,
}

fn odd(name: &'static str, message: fn() -> Message, zone: &str) -> Odd {
    Odd { name, message, zone: format!("{zone}\n$default nxdomain\n") }
}

fn unsigned(envelope: &str, host: &str, author: &str) -> Message {
    let text = format!(
        "Return-Path: <{envelope}>\r\nReceived: from {host} ({host} [192.0.2.7]) by mx1.example.net (Postfix) with ESMTPS id 4gXa for <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: <support@{author}>\r\nTo: <sato@example.net>\r\nMessage-ID: <1@{author}>\r\nSubject: Notice\r\n\r\nHello\r\n"
    );
    Message::read(text.into_bytes())
}

/// From a server of its own, 192.0.2.7.
fn own() -> Message {
    unsigned("support@example.jp", "mail.example.jp", "example.jp")
}

/// From a server of a service that many use.
fn shared() -> Message {
    unsigned("support@example.jp", "a8-50.smtp-out.amazonses.com", "example.jp")
}

/// A server that gives a name of the author's in HELO, with the null sender.
fn null_sender() -> Message {
    unsigned("", "mail.example.jp", "example.jp")
}

/// Signed by the author domain, from 192.0.2.25.
fn signed() -> Message {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/dmarc-sp-weaker/message.eml");
    Message::read(fs::read(path).unwrap())
}

const OWN: &str =
    "7.2.0.192.in-addr.arpa. PTR mail.example.jp.\nmail.example.jp. A 192.0.2.7\nexample.jp. MX 10 mail.example.jp.";
const SHARED: &str = "7.2.0.192.in-addr.arpa. PTR a8-50.smtp-out.amazonses.com.\na8-50.smtp-out.amazonses.com. A 192.0.2.7\namazonses.com. TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\nexample.jp. MX 10 mail.example.jp.\nmail.example.jp. A 192.0.2.99\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"";
const SIGNED: &str = "s1._domainkey.example.jp. TXT \"v=DKIM1; k=ed25519; p=B8RtF1iR6leLMDPMbQ/pfgeGAMY/FIkJowMTgDKNm1Q=\"\n25.2.0.192.in-addr.arpa. PTR mail.example.jp.\nmail.example.jp. A 192.0.2.25\nexample.jp. TXT \"v=spf1 ip4:192.0.2.25 -all\"";

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Odd> {
    let includes: Vec<String> = (1..=10).map(|number| format!("include:s{number}.example.jp")).collect();
    let records: Vec<String> =
        (1..=10).map(|number| format!("s{number}.example.jp. TXT \"v=spf1 ip4:198.51.100.{number} -all\"")).collect();
    let full = format!("example.jp. TXT \"v=spf1 {}\" \" -all\"\n{}\n{SHARED}", includes.join(" "), records.join("\n"));
    let networks: Vec<String> = (1..=26).map(|number| format!("ip4:198.51.100.{number}")).collect();
    let (first, second) = networks.split_at(13);
    let long =
        format!("\"v=spf1 include:s1.example.jp {}\" \" {} ip4:192.0.2.25 -all\"", first.join(" "), second.join(" "));
    let signed_dmarc = |dmarc: &str| format!("{SIGNED}\n_dmarc.example.jp. TXT \"{dmarc}\"");
    vec![
        odd(
            "spf-several-redirect",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 redirect=_spf.example.jp\"\nexample.jp. TXT \"v=spf1 ip4:192.0.2.7 ~all\"\n_spf.example.jp. TXT \"v=spf1 ip4:198.51.100.1 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-redirect-nowhere",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 redirect=nx.example.jp\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-behind-all",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 ip4:192.0.2.99 -all ip4:192.0.2.7 include:b.example\"\nb.example. TXT \"v=spf1 ip4:198.51.100.1 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-two-strings",
            own,
            &format!(
                "example.jp. TXT \"v=spf1\" \"ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-commas",
            own,
            &format!(
                "example.jp. TXT \"v=spf1, ip4:192.0.2.7, -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-version-misspelt",
            own,
            &format!(
                "example.jp. TXT \"v=spf ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "reserved-name",
            || {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/dmarc-sp-weaker/message.eml");
                let text = fs::read_to_string(path).unwrap();
                Message::read(text.replacen("<tanaka@example.jp>", "<tanaka@mail.test>", 1).into_bytes())
            },
            &signed_dmarc("v=DMARC1; p=reject; rua=mailto:d@example.jp"),
        ),
        odd("dmarc-comma", signed, &signed_dmarc("v=DMARC1; p=quarantine, rua=mailto:d@example.jp")),
        odd(
            "dmarc-broken-and-sp",
            signed,
            &signed_dmarc("v=DMARC1; rua=mailto:d@example.jp; p=reject; p=none; sp=reject"),
        ),
        odd("dmarc-raise-above-sp", signed, &signed_dmarc("v=DMARC1; p=none; sp=none; rua=mailto:d@example.jp")),
        odd(
            "spf-several-redirect-and-all",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 redirect=_spf.example.jp -all\"\nexample.jp. TXT \"v=spf1 ip4:192.0.2.7 ~all\"\n_spf.example.jp. TXT \"v=spf1 ip4:198.51.100.1 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-no-mail-own-envelope-elsewhere",
            || unsigned("bounce@a8-50.amazonses.com", "a8-50.smtp-out.amazonses.com", "example.jp"),
            &format!(
                "example.jp. TXT \"v=spf1 -all\"\na8-50.amazonses.com. TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n{SHARED}"
            ),
        ),
        odd(
            "dmarc-several",
            signed,
            &format!(
                "{SIGNED}\n_dmarc.example.jp. TXT \"v=DMARC1; p=reject; sp=reject; adkim=s; rua=mailto:d@example.jp\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=quarantine; np=none; rua=mailto:e@example.jp\""
            ),
        ),
        odd("dmarc-broken-and-reject", signed, &signed_dmarc("v=DMARC1 p=reject; sp=nonee; rua=d@example.jp; pct=10")),
        odd(
            "dmarc-broken-unsigned",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1 p=reject\"\n{OWN}"
            ),
        ),
        odd(
            "spf-macro",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 exists:%{{i}}._i.%{{d2}} include:%{{l}}._l.example.jp -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-redirect-and-all",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 redirect=_spf.example.jp ~all\"\n_spf.example.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd("spf-full-for-service", shared, &full),
        odd(
            "spf-limit-with-service",
            || unsigned("support@example.jp", "out1.cybermail.jp", "example.jp"),
            &full
                .replace("\" -all\"", "\" include:spfcm.cybermail.jp -all\"")
                .replace("a8-50.smtp-out.amazonses.com", "out1.cybermail.jp")
                .replace("amazonses.com. TXT", "spfcm.cybermail.jp. TXT"),
        ),
        odd(
            "spf-full-for-own-envelope",
            || unsigned("support@example.jp", "out1.cybermail.jp", "example.jp"),
            &full
                .replace("a8-50.smtp-out.amazonses.com", "out1.cybermail.jp")
                .replace("amazonses.com. TXT", "spfcm.cybermail.jp. TXT"),
        ),
        odd("spf-shared-service", shared, &format!("example.jp. TXT \"v=spf1 ip4:192.0.2.99 -all\"\n{SHARED}")),
        odd(
            "spf-long",
            signed,
            &format!(
                "{}\nexample.jp. TXT {long}\ns1.example.jp. TXT \"v=spf1 ip4:198.51.100.200 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=reject; rua=mailto:d@example.jp\"",
                SIGNED.replace("\nexample.jp. TXT \"v=spf1 ip4:192.0.2.25 -all\"", "")
            ),
        ),
        odd(
            "spf-long-name-taken",
            signed,
            &format!(
                "{}\nexample.jp. TXT {long}\n_spf1.example.jp. TXT \"v=spf1 ip4:198.51.100.77 -all\"\ns1.example.jp. TXT \"v=spf1 ip4:198.51.100.200 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=reject; rua=mailto:d@example.jp\"",
                SIGNED.replace("\nexample.jp. TXT \"v=spf1 ip4:192.0.2.25 -all\"", "")
            ),
        ),
        odd(
            "streams-of-a-service",
            || {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/stream-mixed/message.eml");
                let text = fs::read_to_string(path).unwrap();
                let host = "a8-50.smtp-out.amazonses.com";
                let text = text.replace("mail.example.jp (mail.example.jp", &format!("{host} ({host}"));
                Message::read(text.into_bytes())
            },
            &format!(
                "{}\n25.2.0.192.in-addr.arpa. PTR a8-50.smtp-out.amazonses.com.\na8-50.smtp-out.amazonses.com. A 192.0.2.25\n_dmarc.example.jp. TXT \"v=DMARC1; p=reject; rua=mailto:d@example.jp\"",
                SIGNED.lines().filter(|line| !line.contains("mail.example.jp")).collect::<Vec<_>>().join("\n")
            ),
        ),
        odd(
            "spf-at-a-cname",
            || unsigned("bounce@bounce.example.jp", "mail.example.jp", "example.jp"),
            &format!(
                "bounce.example.jp. CNAME bounce.mailwing.example.\nbounce.mailwing.example. TXT \"v=spf1 ip4:198.51.100.9 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-wildcard",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 ip4:192.0.2.99 ?all\"\n_dmarc.example.jp. TXT \"v=spf1 -all\"\n_spf1.example.jp. TXT \"v=spf1 -all\"\n{OWN}"
            ),
        ),
        odd(
            "spf-in-quotes",
            own,
            &format!(
                "example.jp. TXT \"\\\"v=spf1 ip4:192.0.2.7 -all\\\"\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-no-mail",
            own,
            "example.jp. TXT \"v=spf1 -all\"\nexample.jp. MX 0 .\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n7.2.0.192.in-addr.arpa. PTR host7.isp.example.\nhost7.isp.example. A 192.0.2.7",
        ),
        odd(
            "spf-include-itself",
            own,
            &format!(
                "example.jp. TXT \"v=spf1 include:example.jp ip4:192.0.2.7 -all\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"\n{OWN}"
            ),
        ),
        odd(
            "spf-null-sender",
            null_sender,
            "example.jp. TXT \"v=spf1 -all\"\nmail.example.jp. A 192.0.2.99\nexample.jp. MX 10 mail.example.jp.\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"",
        ),
        odd(
            "idn",
            || unsigned("support@例え.jp", "mail.xn--r8jz45g.jp", "例え.jp"),
            "xn--r8jz45g.jp. TXT \"v=spf1 ip4:192.0.2.99 ~all\"\nxn--r8jz45g.jp. MX 10 mail.xn--r8jz45g.jp.\n7.2.0.192.in-addr.arpa. PTR mail.xn--r8jz45g.jp.\nmail.xn--r8jz45g.jp. A 192.0.2.7",
        ),
        odd(
            "dmarc-public-suffix",
            || unsigned("support@alice.pages.example", "mail.alice.pages.example", "alice.pages.example"),
            "alice.pages.example. TXT \"v=spf1 ip4:192.0.2.7 -all\"\nalice.pages.example. MX 10 mail.alice.pages.example.\n_dmarc.pages.example. TXT \"v=DMARC1; p=none; sp=none; psd=y; pct=5; rua=mailto:d@pages.example\"\n7.2.0.192.in-addr.arpa. PTR mail.alice.pages.example.\nmail.alice.pages.example. A 192.0.2.7",
        ),
        odd(
            "dmarc-cname",
            signed,
            &format!(
                "{SIGNED}\n_dmarc.example.jp. CNAME example.jp._dmarc.vendor.example.\nexample.jp._dmarc.vendor.example. TXT \"v=DMARC1; p=none; pct=5; rua=mailto:d@vendor.example\"\nexample.jp._report._dmarc.vendor.example. TXT \"v=DMARC1;\""
            ),
        ),
        odd("dmarc-repeated", signed, &signed_dmarc("v=DMARC1; p=quarantine; p=reject; rua=mailto:d@example.jp")),
        odd("dmarc-percent-zero", signed, &signed_dmarc("v=DMARC1; p=reject; pct=0; rua=mailto:d@example.jp")),
        odd(
            "dmarc-sp-and-np",
            signed,
            &signed_dmarc("v=DMARC1; p=quarantine; sp=none; np=none; rua=mailto:d@example.jp"),
        ),
        odd("dmarc-np", signed, &signed_dmarc("v=DMARC1; p=reject; np=quarantine; rua=mailto:d@example.jp")),
        odd("dmarc-test-and-sp", signed, &signed_dmarc("v=DMARC1; p=reject; sp=none; t=y; rua=mailto:d@example.jp")),
        odd("dmarc-next-step", signed, &signed_dmarc("v=DMARC1; p=none; rua=mailto:d@example.jp")),
        odd(
            "dmarc-subdomain-without-record",
            || unsigned("support@news.example.jp", "mail.news.example.jp", "news.example.jp"),
            "news.example.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\nnews.example.jp. MX 10 mail.news.example.jp.\n7.2.0.192.in-addr.arpa. PTR mail.news.example.jp.\nmail.news.example.jp. A 192.0.2.7",
        ),
        odd(
            "dkim-cname-to-service",
            signed,
            &format!(
                "{}\ns1._domainkey.example.jp. CNAME s1.example-jp.dkim.mailwing.example.\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"",
                SIGNED.lines().skip(1).collect::<Vec<_>>().join("\n")
            ),
        ),
        odd(
            "dkim-test-flag",
            signed,
            &format!(
                "{}\n_dmarc.example.jp. TXT \"v=DMARC1; p=none; rua=mailto:d@example.jp\"",
                SIGNED.replace("k=ed25519; p", "k=ed25519; t=y:s; p")
            ),
        ),
        odd(
            "provider-domain",
            || unsigned("tanaka@gmail.com", "mail.example.jp", "gmail.com"),
            "gmail.com. TXT \"v=spf1 ip4:198.51.100.0/24 ~all\"\ngmail.com. MX 10 mx.gmail.example.\n_dmarc.gmail.com. TXT \"v=DMARC1; p=none; rua=mailto:d@gmail.com\"\n7.2.0.192.in-addr.arpa. PTR mail.example.jp.\nmail.example.jp. A 192.0.2.7",
        ),
    ]
}

fn analysis(case: &Odd) -> Analysis {
    let lookup = Snapshot::parse(&case.zone, case.name).unwrap();
    analyze((case.message)(), Options::default(), &Ledger::new(&lookup), "2026-11-22T00:00:00Z".parse().unwrap())
}

/// The proposal as the card shows it.
fn told(given: &Fix) -> String {
    let words = Lang::En.words();
    let said = words.fix(given);
    let mut text = format!("# {}\n", said.title);
    for change in given.offer() {
        let _ = writeln!(text, "{} {}", fix::written(&change.name, words), change.place.word());
        for (name, value) in fix::current(change, words) {
            let _ = writeln!(text, "  {name}: {value}");
        }
        for value in fix::after(change, words) {
            let _ = writeln!(text, "  new: {value}");
        }
    }
    for sentence in [vec![fix::outcome(given, words)], said.steps, said.conditions].concat() {
        let _ = writeln!(text, "- {sentence}");
    }
    text
}

#[test]
fn every_proposal_reads_as_its_snapshot() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/odd"));
    let mut differing = Vec::new();
    for case in cases() {
        let analysis = analysis(&case);
        let found: Vec<&str> = analysis.findings.iter().map(|finding| finding.problem.code()).collect();
        let proposals: Vec<String> = analysis.fixes.iter().map(|fix| format!("\n{}", told(fix))).collect();
        let proposals = proposals.concat();
        let text = format!("{}: {}\n{proposals}", analysis.headline.verdict.code(), found.join(", "));
        let compare = AssertUnwindSafe(|| settings.bind(|| insta::assert_snapshot!(case.name, text)));
        if catch_unwind(compare).is_err() {
            differing.push(case.name);
        }
    }
    assert!(differing.is_empty(), "these cases differ: {}", differing.join(", "));
}

/// Without the breaks of lines.
fn flat(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn case(name: &str) -> Analysis {
    analysis(cases().iter().find(|case| case.name == name).unwrap())
}

/// Anybody with an account at a service passes by its include: that stands wherever the change does.
#[test]
fn an_include_says_whom_it_lets_in_everywhere() {
    let analysis = case("spf-shared-service");
    for (lang, sentence) in
        [(Lang::En, "Everybody with an account there"), (Lang::Ja, "利用者は誰でも同じサーバーから送信でき")]
    {
        let card = analysis.fixes.iter().find(|fix| matches!(fix.kind, Kind::Spf { .. })).unwrap();
        assert!(lang.words().fix(card).conditions.join(" ").contains(sentence));
        for export in EXPORTS {
            assert!(flat(&export.write(&analysis, lang)).contains(&flat(sentence)), "{}", export.name);
        }
        assert!(export::letter(&analysis, Letter::Administrator, lang).contains(sentence));
    }
}

/// An address is added to those that the name has: all of them are what the name shall have.
#[test]
fn the_json_report_names_every_record_that_stands_afterwards() {
    let zone = "example.jp. TXT \"v=spf1 ip4:192.0.2.7 -all\"\n7.2.0.192.in-addr.arpa. PTR mx.example.jp.\nmx.example.jp. A 192.0.2.8\nexample.jp. MX 10 mx.example.jp.\n_dmarc.example.jp. TXT \"v=DMARC1; p=none\"";
    let json = EXPORTS.iter().find(|export| export.name == "json").unwrap();
    let report: Value = serde_json::from_str(&json.write(&analysis(&odd("address", own, zone)), Lang::En)).unwrap();
    let mut changes = report["fixes"].as_array().unwrap().iter().flat_map(|fix| fix["changes"].as_array().unwrap());
    let change = changes.find(|change| change["type"] == "A").unwrap();
    let written = |side: &str| {
        let records = change[side].as_array().unwrap().iter();
        records.map(|record| record[0]["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (written("current"), written("new")),
        (vec!["192.0.2.8".to_owned()], vec!["192.0.2.8".to_owned(), "192.0.2.7".to_owned()])
    );
    assert_eq!(change["value"], "192.0.2.7");
}

/// A report of failures shows sources, and no service to let in: that is said where a change would stand.
#[test]
fn of_an_aggregate_report_it_is_said_why_there_is_no_change() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/headline-aggregate-report");
    let message = Container::of_bytes(fs::read(folder.join("message.eml")).unwrap());
    let message = message.and_then(|container| container.first()).unwrap();
    let lookup = Snapshot::read(&folder.join("dns")).unwrap();
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let analysis = analyze(message, Options::default(), &Ledger::new(&lookup), now);
    assert!(analysis.fixes.is_empty());
    for lang in Lang::ALL {
        let sentence = lang.words().fix_nothing(&analysis.headline.verdict);
        assert!(sentence.contains("198.51.100.40"), "{sentence}");
        let markdown = EXPORTS.iter().find(|export| export.name == "text").unwrap().write(&analysis, lang);
        assert!(flat(&markdown).contains(&flat(&sentence)), "{markdown}");
    }
}

/// The selector that a message names is followed where a signature of the author domain covers it, and only then.
#[test]
fn a_logo_selector_counts_where_it_is_signed() {
    let bimi = |fields: &str, signs: &str| {
        let key = Key::ed25519();
        let header = format!(
            "{fields}Date: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: <news@example.jp>\r\nTo: <sato@gmail.com>\r\nSubject: News\r\nMessage-ID: <1@example.jp>\r\n\r\nHello\r\n"
        );
        let tags = format!("v=1; a=ed25519-sha256; c=relaxed/relaxed; d=example.jp; s=s1; h=From:Date:Subject{signs}");
        let signed = sign::sign(header.as_bytes(), "DKIM-Signature", &tags, &key);
        let top = "Return-Path: <news@example.jp>\r\nReceived: from mail.example.jp (mail.example.jp. [192.0.2.7])\r\n by mx.google.com with ESMTPS id a1 for <sato@gmail.com>\r\n (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128); Fri, 20 Nov 2026 10:00:05 +0900\r\n";
        let zone = format!(
            "s1._domainkey.example.jp. TXT \"{}\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"\nbrand._bimi.example.jp. TXT \"v=BIMI1 l=https://example.jp/brand.svg\"\ndefault._bimi.example.jp. TXT \"v=BIMI1 l=https://example.jp/l.svg\"\n$default nxdomain\n",
            key.record()
        );
        let lookup = Snapshot::parse(&zone, "dns").unwrap();
        let message = Message::read([top.as_bytes(), &signed].concat());
        let analysis =
            analyze(message, Options::default(), &Ledger::new(&lookup), "2026-11-22T00:00:00Z".parse().unwrap());
        let card = analysis.fixes.iter().find(|fix| matches!(fix.kind, Kind::Bimi { .. })).map(told).unwrap();
        (analysis.facts.bimi.unwrap().selector, card)
    };
    let field = "BIMI-Selector: v=BIMI1; s=brand;\r\n";
    let (selector, card) = bimi(field, ":BIMI-Selector");
    assert_eq!(selector, Selector::Named("brand".to_owned()));
    assert!(
        card.contains("brand._bimi.example.jp TXT")
            && card.contains("new: v=BIMI1; l=https://example.jp/brand.svg; a="),
        "{card}"
    );
    let (selector, card) = bimi(field, "");
    assert_eq!(selector, Selector::Ignored("brand".to_owned()));
    assert!(card.contains("default._bimi.example.jp TXT") && card.contains("should ignore it"), "{card}");
    // A second field above the one that is covered.
    let (selector, _) = bimi(&format!("BIMI-Selector: v=BIMI1; s=other\r\n{field}"), ":BIMI-Selector");
    assert_eq!(selector, Selector::Ignored("brand".to_owned()));
    assert_eq!(bimi("", "").0, Selector::Default);
}
