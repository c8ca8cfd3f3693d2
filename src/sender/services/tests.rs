//! The file of services as it is, and what the reader says of files that are wrong.

use super::*;

#[test]
fn the_file_keeps_its_rules() {
    let (services, faults) = Services::read(include_str!("../../../assets/senders.toml"));
    let told: Vec<String> = faults.iter().map(Fault::to_string).collect();
    assert!(told.is_empty(), "assets/senders.toml:\n{}", told.join("\n"));
    assert!(services.all().len() >= 150, "{} services", services.all().len());
}

const GOOD: &str = r#"
[[service]]
id = "one"
name = "One"
kind = "sending-service"
source = "https://one.example/"
matchers = [
    { on = "host", is = "out.one.example", known = "seen" },
    { on = "header", is = "X-Mailer", value = "One *", known = "hint" },
]
[service.setup]
dkim = "cname"
known = "documented"

[[service]]
id = "two"
name = "Two"
kind = "application"
source = "memory"
matchers = [{ on = "dkim", is = "two.example", known = "hint" }]
"#;

#[track_caller]
fn fault(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let (_, faults) = Services::read(&GOOD.replacen(from, to, 1));
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    assert_eq!(Services::read(GOOD).1, []);
    for (from, to, line, reason) in [
        ("id = \"two\"", "id = \"one\"", 15, "the id stands there twice"),
        ("id = \"two\"", "id = \"Two\"", 15, "small letters"),
        ("source = \"memory\"", "source = \" \"", 15, "no source"),
        ("source = \"memory\"\n", "", 15, "missing field `source`"),
        ("name = \"Two\"", "name = \"\"", 15, "no name"),
        ("name = \"Two\"", "name = \"Two\"\nnick = \"x\"", 18, "unknown field `nick`"),
        ("known = \"hint\" },", "known = \"hint\", sure = true },", 9, "unknown field `sure`"),
        ("dkim = \"cname\"", "dkim = \"magic\"", 12, "unknown variant `magic`"),
        ("known = \"documented\"", "known = \"documented\"\npage = \"http://one.example/\"", 2, "no https address"),
        ("is = \"two.example\"", "is = \"mail.*\"", 20, "two labels"),
        ("is = \"two.example\"", "is = \"Two.example\"", 20, "small letters"),
        ("on = \"dkim\", is = \"two.example\"", "on = \"host\", is = \"out.one.example\"", 20, "`one`'s as well"),
        ("kind = \"application\"", "kind = \"application\"\ncarried-by = [\"three\"]", 15, "no other service"),
        ("on = \"dkim\"", "on = \"dkim\", value = \"x\"", 20, "only a field of the header"),
    ] {
        let told = fault(from, to);
        assert!(told.starts_with(&format!("line {line}: ")) && told.contains(reason), "{from} -> {to}: {told}");
    }
}

#[test]
fn a_layer_lets_two_services_share_a_mark() {
    let shared = "on = \"host\", is = \"out.one.example\"";
    let text = GOOD.replacen("on = \"dkim\", is = \"two.example\"", shared, 1);
    let layered = text.replacen("kind = \"application\"", "kind = \"application\"\ncarried-by = [\"one\"]", 1);
    assert_eq!(Services::read(&text).1.len(), 1);
    assert_eq!(Services::read(&layered).1, []);
}

#[test]
fn a_wrong_service_costs_no_other() {
    let text = GOOD.replacen("is = \"two.example\"", "is = \"mail.*\"", 1);
    let (services, _) = Services::read(&text);
    assert_eq!(services.all().iter().map(|service| service.id.as_str()).collect::<Vec<_>>(), ["one"]);
}

fn ids(found: &[Found]) -> Vec<&'static str> {
    found.iter().map(|found| found.service.id.as_str()).collect()
}

#[test]
fn names_are_found_by_their_longest_suffix() {
    for (on, name, expected) in [
        (On::Host, "o1.ptr1234.outbound-mail.sendgrid.net", &["sendgrid"][..]),
        (On::Host, "a8-1.smtp-out.AMAZONSES.com.", &["amazon-ses"]),
        (On::Host, "outbound-mail.sendgrid.net.example.com", &[]),
        (On::Host, "evilsendgrid.net", &[]),
        (On::Host, "mail-wm1-f44.google.com", &["google"]),
        (On::Dkim, "gmail.com", &["gmail"]),
        (On::Dkim, "example-com.20230601.gappssmtp.com", &["google"]),
        (On::Dkim, "contoso.onmicrosoft.com", &["microsoft-365"]),
        (On::Spf, "_spf.google.com", &["google"]),
        (On::Cname, "s1.domainkey.u1234.wl.sendgrid.net", &["sendgrid"]),
        (On::Cname, "abc.dkim.amazonses.com", &["amazon-ses"]),
        (On::Envelope, "trix.bounces.google.com", &["google-forms"]),
        (On::Envelope, "gaia.bounces.google.com", &["google-services"]),
        (On::Host, "", &[]),
        (On::Host, "...", &[]),
    ] {
        assert_eq!(ids(&known().by_name(on, name)), expected, "{on:?} {name}");
    }
}

#[test]
fn fields_are_found_by_name_and_value() {
    assert_eq!(ids(&known().by_field("x-ses-outgoing", "2026.11.20-192.0.2.1")), ["amazon-ses"]);
    assert_eq!(ids(&known().by_field("X-Mailer", "Zendesk Mailer")), ["zendesk"]);
    assert_eq!(ids(&known().by_field("X-Mailer", "Apple Mail")), [""; 0]);
    assert_eq!(ids(&known().by_feedback_id("AmazonSES")), ["amazon-ses"]);
    assert!(known().knows_field("X-MAILER") && !known().knows_field("X-Nobody"));
}

#[test]
fn services_of_japan_are_known() {
    for id in [
        "spiral-v1",
        "spiral-v2",
        "haihai-mail",
        "cuenote-fc",
        "cuenote-srs",
        "repica",
        "will-mail",
        "blastengine",
        "blastmail",
        "customers-mail-cloud",
        "mailpublisher",
        "benchmark-email",
        "kairos3",
        "kagoya",
        "sakura",
        "xserver",
        "onamae",
        "au-kddi",
        "docomo",
        "softbank",
        "bizmail-ntt",
        "ocn",
        "nttpc-suitex",
        "iij-securemx",
        "hennge-one",
        "lolipop",
        "conoha",
        "synergy",
        "orange-mail",
        "combz-mail",
        "yahoo-japan",
        "biglobe",
        "nifty",
    ] {
        assert!(known().get(id).is_some(), "{id}");
    }
}
