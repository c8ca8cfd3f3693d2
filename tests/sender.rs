//! Who sent it: each rank of proof, and everything that is no proof.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[expect(dead_code, reason = "keys of one kind are enough here")]
#[path = "support/sign.rs"]
mod sign;

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::message::Message;
use hopscope::sender::services::known;
use hopscope::sender::who::{Assurance, Attribution, Proof, RelationKind, TieKind};
use hopscope::text::Lang;

use sign::Key;

const RECEIVED: &str = "Received: from {helo} ({name} [192.0.2.7]) by mx1.example.net (Postfix) with ESMTPS id 4gXa for <sato@example.net>; Fri, 20 Nov 2026 10:00:05 +0900";
const AUTHOR: &str = "Date: Fri, 20 Nov 2026 10:00:00 +0900\r\nFrom: Shop <news@example.jp>\r\nTo: <sato@example.net>\r\nSubject: News\r\n";

/// A message from a host of that HELO and reverse name, with `header` below the Received field of the arrival.
#[derive(Clone, Copy)]
struct Case<'a> {
    helo: &'a str,
    name: &'a str,
    return_path: &'a str,
    header: &'a str,
    /// The tags of a signature, without its list of fields.
    signed: &'a str,
    zone: &'a str,
}

const PLAIN: Case<'_> = Case {
    helo: "mail.example.org",
    name: "unknown",
    return_path: "bounce@example.jp",
    header: "",
    signed: "",
    zone: "",
};

impl Case<'_> {
    fn analyze(&self) -> Analysis {
        let mut message = format!("{}{AUTHOR}\r\nHello\r\n", self.header).into_bytes();
        let mut zone = format!("{}\n$default nxdomain\n", self.zone);
        if !self.signed.is_empty() {
            let key = Key::ed25519();
            let tags = format!("v=1; a=ed25519-sha256; c=relaxed/relaxed; s=s1; h=From:Date:Subject; {}", self.signed);
            message = sign::sign(&message, "DKIM-Signature", &tags, &key);
            zone = zone.replace("{key}", &key.record());
        }
        let received = RECEIVED.replace("{helo}", self.helo).replace("{name}", self.name);
        let top = format!("Return-Path: <{}>\r\n{received}\r\n", self.return_path);
        let message = Message::read([top.as_bytes(), &message].concat());
        let snapshot = Snapshot::parse(&zone, "dns").unwrap();
        analyze(message, Options::default(), &Ledger::new(&snapshot), "2026-11-22T00:00:00Z".parse().unwrap())
    }
}

fn shown(found: Option<&Attribution>) -> Option<(&'static str, Assurance, Proof)> {
    found.map(|found| (found.service.id.as_str(), found.assurance, found.marks[0].proof))
}

#[track_caller]
fn assert_service(case: &Case<'_>, expected: Option<(&str, Assurance, Proof)>) -> Analysis {
    let analysis = case.analyze();
    assert_eq!(shown(analysis.facts.sender.service.as_ref()), expected);
    analysis
}

fn claims(analysis: &Analysis) -> Vec<(&'static str, Proof)> {
    let claims = analysis.facts.sender.claims.iter();
    claims.map(|claim| (claim.service.id.as_str(), claim.marks[0].proof)).collect()
}

const REVERSE: &str = "7.2.0.192.in-addr.arpa. PTR o1.ptr1.outbound-mail.sendgrid.net.\n";
const FORWARD: &str = "o1.ptr1.outbound-mail.sendgrid.net. A 192.0.2.7\n";

#[test]
fn a_verified_signature_proves() {
    let case = Case { signed: "d=sendgrid.net", zone: "s1._domainkey.sendgrid.net. TXT \"{key}\"", ..PLAIN };
    let analysis = assert_service(&case, Some(("sendgrid", Assurance::Proved, Proof::Signature)));
    assert_eq!(analysis.facts.sender.relationship.kind, RelationKind::ThirdParty);
    assert!(!analysis.facts.sender.relationship.is_endorsed);
}

#[test]
fn a_signature_that_does_not_verify_is_a_claim() {
    let other =
        "s1._domainkey.sendgrid.net. TXT \"v=DKIM1; k=ed25519; p=B8RtF1iR6leLMDPMbQ/pfgeGAMY/FIkJowMTgDKNm1Q=\"";
    for zone in [other, ""] {
        let analysis = assert_service(&Case { signed: "d=sendgrid.net", zone, ..PLAIN }, None);
        assert_eq!(claims(&analysis), [("sendgrid", Proof::UnverifiedSignature)]);
    }
}

#[test]
fn a_key_that_is_kept_at_the_service_proves_and_delegates() {
    let zone = "s1._domainkey.example.jp. CNAME s1.domainkey.u12.wl3.sendgrid.net.\n\
                s1.domainkey.u12.wl3.sendgrid.net. TXT \"{key}\"\n_dmarc.example.jp. TXT \"v=DMARC1; p=reject\"";
    let analysis = assert_service(
        &Case { signed: "d=example.jp", zone, ..PLAIN },
        Some(("sendgrid", Assurance::Proved, Proof::SignatureKey)),
    );
    let relation = &analysis.facts.sender.relationship;
    assert_eq!((relation.kind, relation.is_endorsed), (RelationKind::Delegated, true));
    assert_eq!(relation.evidence[0].kind, TieKind::Key);
    assert_eq!(relation.evidence[0].name, "s1._domainkey.example.jp");
}

#[test]
fn an_envelope_proves_where_it_passed() {
    let return_path = "bounces+1-a=example.net@sendgrid.net";
    let zone = "sendgrid.net. TXT \"v=spf1 ip4:192.0.2.0/24 -all\"";
    assert_service(&Case { return_path, zone, ..PLAIN }, Some(("sendgrid", Assurance::Proved, Proof::Envelope)));
    for zone in ["sendgrid.net. TXT \"v=spf1 -all\"", "sendgrid.net. TXT \"v=spf1 +all\"", ""] {
        let analysis = assert_service(&Case { return_path, zone, ..PLAIN }, None);
        assert_eq!(claims(&analysis), [("sendgrid", Proof::UnverifiedEnvelope)], "{zone}");
    }
}

#[test]
fn an_envelope_domain_that_leads_there_proves_and_delegates() {
    let zone =
        "em1.example.jp. CNAME u12.wl3.sendgrid.net.\nu12.wl3.sendgrid.net. TXT \"v=spf1 ip4:192.0.2.0/24 -all\"";
    let analysis = assert_service(
        &Case { return_path: "b@em1.example.jp", zone, ..PLAIN },
        Some(("sendgrid", Assurance::Proved, Proof::EnvelopeHost)),
    );
    let relation = &analysis.facts.sender.relationship;
    assert_eq!((relation.kind, relation.evidence[0].kind), (RelationKind::Delegated, TieKind::EnvelopeHost));
}

#[test]
fn an_address_of_the_service_proves_whoever_includes_it() {
    let zone =
        "example.jp. TXT \"v=spf1 include:amazonses.com -all\"\namazonses.com. TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"";
    let analysis =
        assert_service(&Case { zone, ..PLAIN }, Some(("amazon-ses", Assurance::Proved, Proof::AddressRange)));
    assert!(analysis.facts.sender.relationship.is_endorsed);
    // To include its record is not to be there.
    let zone = "example.jp. TXT \"v=spf1 include:amazonses.com ip4:192.0.2.7 -all\"\namazonses.com. TXT \"v=spf1 ip4:198.51.100.0/24 ~all\"";
    assert_service(&Case { zone, ..PLAIN }, None);
}

#[test]
fn a_reverse_name_proves_where_it_points_back() {
    let name = "o1.ptr1.outbound-mail.sendgrid.net";
    let zone = format!("{REVERSE}{FORWARD}");
    assert_service(&Case { name, zone: &zone, ..PLAIN }, Some(("sendgrid", Assurance::Proved, Proof::ReverseName)));
    // Whoever rents an address chooses its reverse name.
    let analysis = assert_service(&Case { name, zone: REVERSE, ..PLAIN }, None);
    assert_eq!(claims(&analysis), [("sendgrid", Proof::UnconfirmedName)]);
    // DNS may not be asked; the receiving server was there.
    let zone = "$default unknown";
    let likely = Some(("sendgrid", Assurance::Likely, Proof::RecordedName));
    let case = Case { name, zone: "", ..PLAIN };
    let message = case.analyze().message;
    let snapshot = Snapshot::parse(zone, "dns").unwrap();
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let analysis = analyze(message, Options::default(), &Ledger::new(&snapshot), now);
    assert_eq!(shown(analysis.facts.sender.service.as_ref()), likely);
}

#[test]
fn a_name_of_the_host_is_its_own_claim() {
    for helo in ["a8-1.smtp-out.amazonses.com", "amazonses.com"] {
        let analysis = assert_service(&Case { helo, ..PLAIN }, None);
        assert_eq!(claims(&analysis), [("amazon-ses", Proof::Helo)]);
    }
    let zone = "a8-1.smtp-out.amazonses.com. TXT \"v=spf1 ip4:192.0.2.7 -all\"";
    let helo = "a8-1.smtp-out.amazonses.com";
    assert_service(&Case { helo, zone, ..PLAIN }, Some(("amazon-ses", Assurance::Proved, Proof::AddressRange)));
}

#[test]
fn fields_of_the_header_are_claims() {
    for (header, expected) in [
        ("X-SES-Outgoing: 2026.11.20-192.0.2.7\r\n", ("amazon-ses", Proof::Field)),
        ("Feedback-ID: 1.us-east-1.abc=:AmazonSES\r\n", ("amazon-ses", Proof::FeedbackId)),
        ("Message-ID: <0100@email.amazonses.com>\r\n", ("amazon-ses", Proof::MessageId)),
        ("Message-ID: <abc@geopod-ismtpd-1>\r\n", ("sendgrid", Proof::MessageId)),
        ("X-Mailer: Zendesk Mailer\r\n", ("zendesk", Proof::Field)),
    ] {
        let analysis = assert_service(&Case { header, ..PLAIN }, None);
        assert_eq!(claims(&analysis), [expected], "{header}");
    }
}

#[test]
fn marks_that_mean_nothing_alone_name_nobody() {
    for header in [
        // Postmark's and Proton's names are the same but for the rest of the name.
        "X-Pm-Origin: internal\r\n",
        // What receivers write.
        "X-MS-Exchange-Organization-SCL: 1\r\nX-Forefront-Antispam-Report: x\r\nX-Proofpoint-Spam-Details: x\r\n",
        // Copied by everybody.
        "X-SFMC-Stack: 7\r\nX-CM-MessageId: 1\r\nX-MSFBL: a\r\n",
        "Feedback-ID: 1:2:3:bme\r\n",
        "X-MC-Unique: abc\r\nX-Mailer: PHPMailer 5.2\r\n",
    ] {
        let analysis = assert_service(&Case { header, ..PLAIN }, None);
        assert_eq!(claims(&analysis), [], "{header}");
    }
}

#[test]
fn what_stands_above_the_arrival_is_the_receivers() {
    let case = Case { name: "unknown", ..PLAIN };
    let message = case.analyze().message;
    let bytes = [b"X-SES-Outgoing: 1\r\nX-SG-EID: a\r\n".as_slice(), message.source.bytes()].concat();
    let snapshot = Snapshot::parse("$default nxdomain", "dns").unwrap();
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let analysis = analyze(Message::read(bytes), Options::default(), &Ledger::new(&snapshot), now);
    assert_eq!(claims(&analysis), []);
}

#[test]
fn product_and_carrier_are_two_layers() {
    let zone = "s1._domainkey.mg1.substack.com. TXT \"{key}\"\n7.2.0.192.in-addr.arpa. PTR m1-2.mailgun.net.\nm1-2.mailgun.net. A 192.0.2.7";
    let analysis = assert_service(
        &Case { signed: "d=mg1.substack.com", zone, ..PLAIN },
        Some(("substack", Assurance::Proved, Proof::Signature)),
    );
    let carrier = analysis.facts.sender.carrier.as_ref();
    assert_eq!(shown(carrier), Some(("mailgun", Assurance::Proved, Proof::ReverseName)));
    // The carrier's own marks are no further claim beside it.
    let header = "X-Mailgun-Sid: WyIx\r\n";
    let analysis = Case { header, signed: "d=mg1.substack.com", zone, ..PLAIN }.analyze();
    assert_eq!(claims(&analysis), []);
    // A product that only claims to be one, on a carrier that is proved.
    let zone = "7.2.0.192.in-addr.arpa. PTR m1-2.mailgun.net.\nm1-2.mailgun.net. A 192.0.2.7";
    let header = "X-Mailer: Customer.io (dgTQ1wUDAN==)\r\n";
    let analysis =
        assert_service(&Case { header, zone, ..PLAIN }, Some(("mailgun", Assurance::Proved, Proof::ReverseName)));
    assert_eq!(claims(&analysis), [("customer-io", Proof::Field)]);
}

#[test]
fn a_service_of_which_nothing_is_read_is_named_with_reserve() {
    let zone = "7.2.0.192.in-addr.arpa. PTR mo-csw1.securemx.jp.\nmo-csw1.securemx.jp. A 192.0.2.7";
    let analysis = assert_service(&Case { zone, ..PLAIN }, None);
    let via = analysis.facts.sender.via.as_ref();
    assert_eq!(shown(via), Some(("iij-securemx", Assurance::Likely, Proof::ReverseName)));
}

#[test]
fn a_host_of_the_author_is_its_own() {
    let zone = "7.2.0.192.in-addr.arpa. PTR mail.example.jp.\nmail.example.jp. A 192.0.2.7";
    let analysis = assert_service(&Case { zone, ..PLAIN }, None);
    let relation = &analysis.facts.sender.relationship;
    assert_eq!((relation.kind, relation.evidence[0].kind), (RelationKind::Own, TieKind::HostName));
    assert_eq!(PLAIN.analyze().facts.sender.relationship.kind, RelationKind::Unknown);
}

#[test]
fn after_marks_of_forwarding_the_host_is_only_on_the_way() {
    let zone = format!("{REVERSE}{FORWARD}");
    let header = "X-Forwarded-To: sato@example.net\r\n";
    let analysis = assert_service(&Case { header, zone: &zone, ..PLAIN }, None);
    let sender = &analysis.facts.sender;
    assert_eq!(shown(sender.via.as_ref()), Some(("sendgrid", Assurance::Proved, Proof::ReverseName)));
    // Anybody can write the mark, and nobody stands by it.
    assert_eq!(sender.relationship.kind, RelationKind::Unknown);
}

#[test]
fn a_line_of_a_provider_is_not_its_mail_service() {
    let host = "dhcp-7.dti.ne.jp";
    let zone = format!("7.2.0.192.in-addr.arpa. PTR {host}.\n{host}. A 192.0.2.7");
    let analysis = assert_service(&Case { name: host, helo: host, zone: &zone, ..PLAIN }, None);
    assert_eq!(analysis.facts.sender.rented_at.as_ref().map(|rented| rented.service.id.as_str()), Some("dti"));
    let host = "p7123-ipbf1402.example.jp";
    let zone = format!("7.2.0.192.in-addr.arpa. PTR {host}.\n{host}. A 192.0.2.7");
    let analysis = assert_service(&Case { name: host, helo: host, zone: &zone, ..PLAIN }, None);
    assert_eq!(analysis.facts.sender.relationship.kind, RelationKind::Unknown);
}

#[test]
fn a_messenger_is_carried_by_a_sending_service() {
    let zone = "s1._domainkey.slack.com. TXT \"{key}\"\n7.2.0.192.in-addr.arpa. PTR a27-7.smtp-out.us-west-2.amazonses.com.\na27-7.smtp-out.us-west-2.amazonses.com. A 192.0.2.7";
    let analysis = assert_service(
        &Case { signed: "d=slack.com", zone, ..PLAIN },
        Some(("slack", Assurance::Likely, Proof::Signature)),
    );
    let carrier = analysis.facts.sender.carrier.as_ref();
    assert_eq!(shown(carrier), Some(("amazon-ses", Assurance::Proved, Proof::ReverseName)));
}

/// Services of Japan that have to be known, and what their customers set there in words, where they send for customers.
#[test]
fn the_services_of_japan_are_known_with_their_setup() {
    for (id, is_set_up) in [
        ("spiral-v1", true),
        ("spiral-v2", true),
        ("haihai-mail", true),
        ("cuenote-fc", true),
        ("cuenote-srs", true),
        ("repica", true),
        ("will-mail", true),
        ("blastengine", true),
        ("customers-mail-cloud", true),
        ("mailpublisher", true),
        ("benchmark-email", true),
        ("kairos3", true),
        ("kagoya", true),
        ("sakura", true),
        ("xserver", true),
        ("onamae", true),
        ("cpi", true),
        ("nttpc-suitex", true),
        ("bizmail-ntt", true),
        ("au-kddi", false),
        ("docomo", false),
        ("ocn", false),
    ] {
        let service = known().all().iter().find(|service| service.id == id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(service.setup.is_some(), is_set_up, "{id}");
        let Some(setup) = &service.setup else { continue };
        for lang in Lang::ALL {
            let steps = lang.words().setup(service, setup, "example.jp");
            assert!(!steps.is_empty() && steps.iter().all(|step| step.chars().count() > 6), "{id} {lang}: {steps:?}");
        }
    }
}

/// What another organization proves, where no service is known: a signature before an envelope, and nothing where something of
/// the author's, a service, or marks of passing on explain it.
#[test]
fn an_outsider_is_named_by_what_passed() {
    let key = "s1._domainkey.example.org. TXT \"{key}\"";
    let envelope = "example.org. TXT \"v=spf1 ip4:192.0.2.7 -all\"";
    let both = format!("{key}\n{envelope}");
    let outsider = |case: Case<'_>| {
        let sender = case.analyze().facts.sender;
        sender.outsider.map(|tie| (tie.kind, tie.name, tie.place.is_some()))
    };
    let named = |kind| Some((kind, "example.org".to_owned(), true));
    let foreign = Case { return_path: "bounce@example.org", ..PLAIN };
    assert_eq!(outsider(Case { zone: envelope, ..foreign }), named(TieKind::Envelope));
    assert_eq!(outsider(Case { signed: "d=example.org", zone: &both, ..foreign }), named(TieKind::Signature));
    assert_eq!(outsider(Case { zone: "", ..foreign }), None);
    let own = "s1._domainkey.example.jp. TXT \"{key}\"";
    assert_eq!(outsider(Case { signed: "d=example.jp", zone: &format!("{own}\n{envelope}"), ..foreign }), None);
    let service = format!("{envelope}\n{REVERSE}{FORWARD}");
    let host = "o1.ptr1.outbound-mail.sendgrid.net";
    assert_eq!(outsider(Case { helo: host, name: host, zone: &service, ..foreign }), None);
    let marks = "X-Forwarded-To: sato@example.net\r\nX-Forwarded-For: suzuki@example.org sato@example.net\r\n";
    assert_eq!(outsider(Case { header: marks, zone: envelope, ..foreign }), None);
}
