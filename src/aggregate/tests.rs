use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const REPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">
 <report_metadata><org_name>mail.example.net</org_name><email>dmarc@example.net</email><report_id>1&amp;2</report_id>
  <date_range><begin>1795132800</begin><end>1795219199</end></date_range></report_metadata>
 <policy_published><domain>Example.jp</domain><p>quarantine</p><sp>none</sp><discovery_method>treewalk</discovery_method></policy_published>
 <record><row><source_ip>192.0.2.1</source_ip><count>90</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row></record>
 <record><row><source_ip>192.0.2.2</source_ip><count>7</count><policy_evaluated><disposition>quarantine</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row></record>
 <record><row><source_ip>192.0.2.1</source_ip><count>3</count><policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>pass</spf></policy_evaluated></row></record>
</feedback>"#;

fn attached(kind: &str, name: &str, content: &[u8]) -> Message {
    let coded = mail_base64(content);
    let text = format!(
        "From: reports@example.net\nTo: dmarc@example.jp\nSubject: Report Domain: example.jp\nContent-Type: {kind}; name=\"{name}\"\nContent-Transfer-Encoding: base64\n\n{coded}\n"
    );
    Message::read(text.into_bytes())
}

fn mail_base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for index in 0..4 {
            let sign = SIGNS.get((number >> (18 - 6 * index)) as usize & 63).copied().map_or('=', char::from);
            text.push(if index <= three.len() { sign } else { '=' });
        }
    }
    text
}

/// One stored file.
fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut packed);
    let method = rawzip::CompressionMethod::STORE;
    let (mut entry, config) = archive.new_file(name).compression_method(method).start().unwrap();
    let mut writer = config.wrap(&mut entry);
    writer.write_all(bytes).unwrap();
    let descriptor = writer.finish().unwrap().1;
    entry.finish(descriptor).unwrap();
    archive.finish().unwrap();
    packed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_report_is_counted_by_source() {
    for message in [
        attached("application/gzip", "example.net!example.jp!1795132800!1795219199.xml.gz", &gzip(REPORT.as_bytes())),
        attached("application/zip", "report.zip", &zip("report.xml", REPORT.as_bytes())),
        attached("application/x-zip-compressed", "report", &zip("a/report.xml", REPORT.as_bytes())),
        attached("text/xml", "report.xml", REPORT.as_bytes()),
        attached("application/octet-stream", "report.xml.gz", &gzip(REPORT.as_bytes())),
    ] {
        let report = read(&message).expect("it is a report");
        assert_eq!(
            (report.reporter.as_deref(), report.domain.as_deref()),
            (Some("mail.example.net"), Some("example.jp"))
        );
        assert_eq!((report.messages, report.passed, report.failed()), (100, 93, 7));
        assert_eq!(report.report_id.as_deref(), Some("1&2"));
        assert_eq!(report.policies, [("p", "quarantine".to_owned()), ("sp", "none".to_owned())]);
        let counts: Vec<_> = report
            .sources
            .iter()
            .map(|one| (one.name.as_str(), one.messages, one.spf, one.dkim, one.failed, one.quarantined))
            .collect();
        assert_eq!(counts, [("192.0.2.1", 93, 93, 90, 0, 0), ("192.0.2.2", 7, 0, 0, 7, 7)]);
        assert_eq!(report.deviations, []);
    }
}

#[test]
fn identifiers_and_reasons_are_counted_by_source() {
    let record = |ip: &str, count: u64, rest: &str| {
        format!(
            "<record><row><source_ip>{ip}</source_ip><count>{count}</count><policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf><reason><type>Mailing_List</type><comment> arc=pass </comment></reason><reason><type>magic</type></reason></policy_evaluated></row><auth_results>{rest}</auth_results></record>"
        )
    };
    let dkim = "<dkim><domain>List.example.com</domain><selector>l</selector><result>pass</result></dkim>";
    let first =
        format!("{dkim}{dkim}<spf><domain>list.example.com</domain><scope>helo</scope><result>hardfail</result></spf>");
    let second = format!("{dkim}<spf><domain>x.example</domain><result>sparkling</result></spf>");
    let text = format!(
        "<feedback><policy_published><domain>example.jp</domain></policy_published>{}{}</feedback>",
        record("192.0.2.1", 5, &first),
        record("192.0.2.1", 2, &second)
    );
    let report = xml::read(&text).expect("it is a report");
    let source = report.sources.first().expect("there is a source");
    let told: Vec<_> =
        source.identifiers.iter().map(|one| (one.method, one.domain.as_deref(), one.outcome, one.messages)).collect();
    assert_eq!(
        told,
        [
            (Method::Dkim, Some("list.example.com"), Outcome::Pass, 7),
            (Method::SpfHelo, Some("list.example.com"), Outcome::Fail, 5),
            (Method::SpfMailFrom, Some("x.example"), Outcome::Unknown, 2),
        ]
    );
    let reasons: Vec<_> = source.overrides.iter().map(|one| (one.kind, one.comment.as_deref(), one.messages)).collect();
    assert_eq!(reasons, [(OverrideKind::MailingList, Some("arc=pass"), 7), (OverrideKind::Unknown, None, 7)]);
    assert_eq!(report.deviations, []);
    let one = |n: usize| format!("<dkim><domain>d{n}.example</domain><result>fail</result></dkim>");
    let many = (0..200).map(one).collect::<Vec<_>>().concat();
    let text = format!("<feedback>{}</feedback>", record("192.0.2.1", 1, &many));
    let report = xml::read(&text).expect("it is a report");
    assert_eq!(report.sources.first().map(|source| source.identifiers.len()), Some(results::MAX));
    assert_eq!(report.deviations, [Deviation::TooMuch]);
}

#[test]
fn records_about_other_domains_are_not_counted() {
    let of = |domains: [&str; 3]| {
        let named = |text: String, domain| {
            text.replacen(
                "</row></",
                &format!("</row><identifiers><header_from>{domain}</header_from></identifiers></"),
                1,
            )
        };
        xml::read(&domains.into_iter().fold(REPORT.to_owned(), named)).expect("it is a report")
    };
    let report = of(["example.jp", "Mail.Example.JP.", "example.jp"]);
    assert_eq!((report.messages, report.deviations), (100, vec![]));
    let report = of(["example.jp", "notexample.jp", "example.jp"]);
    assert_eq!((report.messages, report.failed(), report.deviations), (93, 0, vec![Deviation::OtherAuthor]));
}

/// A record without a count that can be read was written for one message at least, and more is not guessed.
#[test]
fn counts_that_cannot_be_read_are_lower_bounds() {
    for count in ["x", "-7", "", "7.5", "0x7", "99999999999999999999999", "18446744073709551615"] {
        let text = REPORT.replace("<count>7<", &format!("<count>{count}<"));
        let report = xml::read(&text).expect("it is a report");
        assert_eq!((report.messages, report.failed(), report.is_at_least()), (94, 1, true), "{count}");
        let told: Vec<_> = report.sources.iter().map(|one| (one.name.as_str(), one.failed, one.at_least)).collect();
        assert_eq!(told, [("192.0.2.1", 0, false), ("192.0.2.2", 1, true)], "{count}");
        assert_eq!(report.deviations, [Deviation::NoCount], "{count}");
    }
    assert!(!xml::read(REPORT).expect("it is a report").is_at_least());
    let cut = xml::read(REPORT.get(..REPORT.len() - 200).unwrap()).expect("it is a report");
    assert!(cut.is_at_least() && cut.sources.iter().all(|source| !source.at_least));
}

#[test]
fn no_value_breaks_its_line() {
    let text = REPORT.replace("mail.example.net<", "mail&#10;\u{2028}example.net <");
    let report = xml::read(&text).expect("it is a report");
    assert_eq!(report.reporter.as_deref(), Some("mail example.net"));
}

#[test]
fn hostile_and_broken_xml_is_bounded() {
    let bomb = REPORT.replace("<feedback", "<!DOCTYPE f [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]><feedback").replace("mail.example.net<", "&b;&x;<");
    let report = xml::read(&bomb).expect("it is a report");
    assert_eq!((report.reporter, report.deviations), (None, vec![Deviation::Entities]));
    let cut = REPORT.get(..REPORT.len() - 200).unwrap();
    assert!(
        xml::read(cut).is_some_and(|report| report.deviations.contains(&Deviation::Broken) && report.messages >= 90)
    );
    let deep = format!("<feedback>{}", "<a>".repeat(100_000));
    assert_eq!(xml::read(&deep), None);
    assert_eq!(xml::read("<html><body>feedback</body></html>"), None);
    let zeros = attached("application/gzip", "x.xml.gz", &gzip(&vec![b' '; 80 << 20]));
    assert_eq!(read(&zeros), None);
}

proptest::proptest! {
    #[test]
    fn nothing_breaks_the_reader(cut in 0_usize..1500, junk in "[ -~]{0,60}") {
        let (before, after) = REPORT.split_at(cut.min(REPORT.len()));
        let _ = xml::read(&format!("{before}{junk}{after}"));
        let _ = xml::read(before);
    }
}
