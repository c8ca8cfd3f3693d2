use std::path::{Path, PathBuf};

use super::*;

fn message(header: &str) -> Message {
    Message::read(format!("{}\r\n\r\nbody\r\n", header.trim_end().replace('\n', "\r\n")).into_bytes())
}

/// The claim of a single field that stands above the boundary.
fn claim(field: &str) -> Claim {
    let message =
        message(&format!("{field}\nReceived: from a.example.net by mx.example.jp; Sun, 22 Nov 2026 09:00:00 +0900"));
    let mut claims = read(&message, Some(1));
    assert_eq!(claims.len(), 1);
    claims.remove(0)
}

fn results(claim: &Claim) -> Vec<(&str, &str)> {
    claim.results.iter().map(|result| (result.method.as_str(), result.result.as_str())).collect()
}

fn properties(result: &ClaimedResult) -> Vec<(&str, &str)> {
    result.properties.iter().map(|property| (property.name.as_str(), property.value.value.as_str())).collect()
}

#[test]
fn the_plain_form_of_rfc_8601() {
    let claim = claim(
        "Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom=example.com;\n\tdkim=fail reason=\"bad signature\" header.d=example.com header.s=s1",
    );
    assert_eq!(claim.authserv_id.as_deref(), Some("mx.example.jp"));
    assert_eq!(claim.trust, Trust::Trusted(TrustReason::AboveBoundary));
    assert_eq!(results(&claim), [("spf", "pass"), ("dkim", "fail")]);
    assert_eq!(properties(&claim.results[0]), [("smtp.mailfrom", "example.com")]);
    assert_eq!(claim.results[1].reason.as_deref(), Some("bad signature"));
    assert_eq!(properties(&claim.results[1]), [("header.d", "example.com"), ("header.s", "s1")]);
    assert!(claim.unread.is_empty());
}

#[test]
fn none_and_the_version_token() {
    let empty = claim("Authentication-Results: mx.example.jp 1; none");
    assert_eq!((empty.authserv_id.as_deref(), empty.results.len(), empty.unread.len()), (Some("mx.example.jp"), 0, 0));
    let unknown = claim("Authentication-Results: mx.example.jp 2; spf=pass");
    assert_eq!(unknown.trust, Trust::Ignored(IgnoreReason::UnknownVersion));
    assert!(unknown.results.is_empty());
    let method = claim("Authentication-Results: mx.example.jp; dkim/2 = pass header.d=example.com");
    assert_eq!((method.results[0].version.as_deref(), method.results[0].result.as_str()), (Some("2"), "pass"));
}

#[test]
fn comments_and_quotes_may_stand_anywhere() {
    let claim = claim(
        "Authentication-Results: (by (nested; \\) =) us) \"mx.example.jp\" (v) 1 (x); DKIM (a) = (b) Pass (2048-bit key; ok)\n  header (c) . (d) I (e) = (f) @Example.com header.b=\"a;b=\"; ",
    );
    assert_eq!(claim.authserv_id.as_deref(), Some("mx.example.jp"));
    assert_eq!(results(&claim), [("dkim", "pass")]);
    assert_eq!(properties(&claim.results[0]), [("header.i", "@Example.com"), ("header.b", "a;b=")]);
    assert!(claim.results[0].comments.contains(&"2048-bit key; ok".to_owned()));
    assert!(claim.unread.is_empty());
}

#[test]
fn values_outside_the_grammar_are_kept_to_the_next_space() {
    let claim = claim(
        "Authentication-Results: mx.example.jp; dkim=pass header.b=ab/cd+e=; iprev=pass policy.iprev=2001:db8::1; spf=none smtp.mailfrom= smtp.helo=a.example; spf=pass smtp.mailfrom=\"two words\"@example.com; dkim=none smtp.mailfrom=<>",
    );
    let values: Vec<Vec<(&str, &str)>> = claim.results.iter().map(properties).collect();
    assert_eq!(values[0], [("header.b", "ab/cd+e=")]);
    assert_eq!(values[1], [("policy.iprev", "2001:db8::1")]);
    assert_eq!(values[2], [("smtp.mailfrom", ""), ("smtp.helo", "a.example")]);
    assert_eq!(values[3], [("smtp.mailfrom", "two words@example.com")]);
    assert_eq!(values[4], [("smtp.mailfrom", "<>")]);
}

#[test]
fn microsofts_form_has_no_server_and_loose_words() {
    let claim = claim(
        "Authentication-Results: spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=example.com; dkim=pass (signature was verified)\n header.d=example.com;example.net;dmarc=pass action=none\n header.from=example.com;compauth=pass reason=100",
    );
    assert_eq!(claim.authserv_id, None);
    assert_eq!(results(&claim), [("spf", "pass"), ("dkim", "pass"), ("dmarc", "pass"), ("compauth", "pass")]);
    assert_eq!(claim.results[0].comments, ["sender IP is 192.0.2.1"]);
    assert_eq!(properties(&claim.results[1]), [("header.d", "example.com")]);
    assert_eq!(properties(&claim.results[2]), [("action", "none"), ("header.from", "example.com")]);
    assert_eq!(claim.results[3].reason.as_deref(), Some("100"));
    // The recipient's domain, which stands between the results, is no second signing domain.
    assert_eq!(claim.unread.len(), 1);
}

#[test]
fn what_looks_like_a_result_and_is_none_stays_unread() {
    let claim = claim(
        "Authentication-Results: mx.example.jp  from=example.com; domainkeys=neutral (no sig); from=example.com; dkim= header.d=x; spf=pass; smtp.mailfrom=a.example",
    );
    assert_eq!(results(&claim), [("domainkeys", "neutral"), ("spf", "pass")]);
    assert_eq!(properties(&claim.results[1]), [("smtp.mailfrom", "a.example")]);
    assert_eq!(claim.unread.len(), 3);
}

#[test]
fn arc_results_have_an_instance() {
    let claim =
        claim("ARC-Authentication-Results: i=2; mx.example.jp 1; arc=pass (i=1 spf=pass) smtp.remote-ip=192.0.2.1");
    assert_eq!((claim.instance, claim.authserv_id.as_deref()), (Some(2), Some("mx.example.jp")));
    assert_eq!(results(&claim), [("arc", "pass")]);
    let broken = self::claim("ARC-Authentication-Results: mx.example.jp; spf=pass");
    assert_eq!((broken.instance, broken.authserv_id.as_deref()), (None, Some("mx.example.jp")));
}

#[test]
fn received_spf_gives_the_session() {
    let header = "Received-SPF: Pass (mx.example.jp: domain of a@example.com designates 192.0.2.1 as permitted sender)\n\tclient-ip=192.0.2.1; envelope-from=\"a@example.com\"; helo=out.example.com; identity=mailfrom; receiver=mx.example.jp";
    let claim = claim(header);
    assert_eq!(results(&claim), [("spf", "pass")]);
    assert_eq!(claim.results[0].property("identity").map(|value| value.value.as_str()), Some("mailfrom"));
    let session = session(std::slice::from_ref(&claim)).unwrap();
    assert_eq!(session.client_ip.map(|ip| ip.value.to_string()).as_deref(), Some("192.0.2.1"));
    assert_eq!(session.envelope_from.map(|sender| sender.value).as_deref(), Some("a@example.com"));
    assert_eq!(session.helo.map(|helo| helo.value).as_deref(), Some("out.example.com"));
}

#[test]
fn received_spf_with_a_null_sender_and_a_broken_address() {
    let claim = claim("Received-SPF: none client-ip=[IPv6:2001:db8::1]; envelope-from=<>; helo=; problem=x");
    let session = session(std::slice::from_ref(&claim)).unwrap();
    assert_eq!(session.client_ip.map(|ip| ip.value.to_string()).as_deref(), Some("2001:db8::1"));
    assert_eq!(session.envelope_from.map(|sender| sender.value).as_deref(), Some(""));
    assert_eq!(session.helo, None);
    let broken = self::claim("Received-SPF: pass client-ip=300.1.2.3");
    assert_eq!(self::session(&[broken]).unwrap().client_ip, None);
}

#[test]
fn spans_lead_back_to_the_bytes() {
    let message = message("Authentication-Results: mx.example.jp;\n spf=pass\n smtp.mailfrom=例え.jp;\n dkim=none");
    let claims = read(&message, None);
    let bytes = |span: Span| String::from_utf8_lossy(message.source.slice(span)).into_owned();
    assert_eq!(bytes(claims[0].results[0].span), "spf=pass\r\n smtp.mailfrom=例え.jp");
    assert_eq!(bytes(claims[0].results[0].properties[0].value.span), "例え.jp");
    assert_eq!(bytes(claims[0].results[1].span), "dkim=none");
}

const RECEIVED: &str = "Received: from out.example.com (out.example.com [192.0.2.1]) by mx.example.jp (Postfix) with ESMTPS id 1;\n Sun, 22 Nov 2026 09:00:00 +0900";

fn trusts(header: &str, boundary: Option<usize>) -> Vec<Trust> {
    read(&message(header), boundary).into_iter().map(|claim| claim.trust).collect()
}

#[test]
fn below_the_boundary_strangers_write() {
    let header = format!(
        "Authentication-Results: mx.example.jp; spf=pass\n{RECEIVED}\nAuthentication-Results: relay.example.com; dkim=pass\nReceived: from b by relay.example.com; Sun, 22 Nov 2026 08:59:00 +0900\nAuthentication-Results: mx.example.jp; dmarc=pass"
    );
    let stranger = Trust::Ignored(IgnoreReason::BelowBoundary);
    assert_eq!(trusts(&header, Some(1)), [Trust::Trusted(TrustReason::AboveBoundary), stranger, stranger]);
    assert_eq!(trusts(&header, None), [Trust::Ignored(IgnoreReason::NoBoundary); 3]);
    assert_eq!(trusts(&header, Some(99)), [Trust::Ignored(IgnoreReason::NoBoundary); 3]);
}

#[test]
fn the_boundary_host_may_write_right_below_its_own_field() {
    let own = format!(
        "{RECEIVED}\nReceived-SPF: pass (example.jp: domain of a@example.com designates 192.0.2.1) client-ip=192.0.2.1;\nAuthentication-Results: mx.example.jp; spf=pass\nAuthentication-Results: jp; spf=pass\nReceived: from b by out.example.com; Sun, 22 Nov 2026 08:59:00 +0900\nAuthentication-Results: mx.example.jp; dmarc=pass"
    );
    let host = Trust::Trusted(TrustReason::BoundaryHost);
    let stranger = Trust::Ignored(IgnoreReason::BelowBoundary);
    assert_eq!(trusts(&own, Some(0)), [host, host, stranger, stranger]);
}

#[test]
fn the_newest_server_is_the_one_that_counts() {
    let header = format!(
        "Authentication-Results: mail.example.jp; spf=pass\nAuthentication-Results: MAIL.example.jp; dkim=pass\nAuthentication-Results: filter.example.net; dkim=fail\nReceived-SPF: pass client-ip=192.0.2.1\n{RECEIVED}"
    );
    let above = Trust::Trusted(TrustReason::AboveBoundary);
    assert_eq!(trusts(&header, Some(4)), [above, above, Trust::Ignored(IgnoreReason::OtherServer), above]);
}

#[test]
fn hostile_fields_have_an_end() {
    for field in [
        "Authentication-Results:",
        "Authentication-Results: =;=;(((((((",
        "Authentication-Results: a; b=\"unclosed",
        "Authentication-Results: a; b==; =c; ;;; d e f; none none",
        "Authentication-Results: a;b=c .=. ..=.. x.=y (\\",
        "ARC-Authentication-Results: i=;i=x;",
        "Received-SPF: ;;=;\"",
        "Received-SPF: (only a comment)",
    ] {
        let _ = claim(field);
    }
    let long = format!("Authentication-Results: a;{}", "x=y z=1;".repeat(50_000));
    assert_eq!(claim(&long).results.len(), grammar::MAX_RESULTS);
    let deep = format!("Authentication-Results: a;x=y {}", "(".repeat(200_000));
    assert_eq!(claim(&deep).results.len(), 1);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_with_spans_inside(text in "[ -~\\t()\";=.]{0,120}", which in 0_usize..3) {
        let name = ClaimHeader::ALL[which].name();
        let message = Message::read(format!("{name}: {text}\r\n\r\n").into_bytes());
        check_spans(&message);
    }
}

/// Every span lies inside its field.
fn check_spans(message: &Message) -> usize {
    let claims = read(message, message.named("Received").next_back().map(|(index, _)| index));
    for claim in &claims {
        let properties = claim.results.iter().flat_map(|result| &result.properties);
        let spans =
            claim.results.iter().map(|result| result.span).chain(properties.map(|property| property.value.span));
        for span in spans.chain(claim.unread.iter().copied()) {
            assert!(
                claim.span.start <= span.start && span.start <= span.end && span.end <= claim.span.end,
                "{claim:?}"
            );
        }
    }
    claims.len()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_field_of_the_corpus_is_read() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    let mut paths = Vec::new();
    files(&corpus.join("msgs"), &mut paths);
    files(&corpus.join("conformance/arc"), &mut paths);
    if paths.is_empty() {
        println!("skipped: no corpus");
        return;
    }
    paths.sort();
    let (mut fields, mut unread, mut empty) = (0, 0, 0);
    for path in paths {
        let message = Message::read(std::fs::read(&path).unwrap());
        fields += check_spans(&message);
        for claim in read(&message, None) {
            if !claim.unread.is_empty() {
                unread += 1;
                let texts: Vec<String> = claim
                    .unread
                    .iter()
                    .map(|&span| String::from_utf8_lossy(message.source.slice(span)).into_owned())
                    .collect();
                println!("{}: {:?} {texts:?}", path.display(), claim.header);
            }
            empty += usize::from(claim.results.is_empty());
        }
    }
    println!("{fields} fields, {unread} with unread parts, {empty} without results");
    assert!(fields > 0);
}
