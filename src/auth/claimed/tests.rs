use std::path::{Path, PathBuf};

use super::*;

fn message(header: &str) -> Message {
    Message::read(format!("{}\r\n\r\nbody\r\n", header.trim_end().replace('\n', "\r\n")).into_bytes())
}

/// The claim of a single field that stands above the boundary.
fn claim(field: &str) -> Claim {
    let message =
        message(&format!("{field}\nReceived: from a.example.net by mx.example.jp; Sun, 22 Nov 2026 09:00:00 +0900"));
    let mut claims = read(&message, at(1));
    assert_eq!(claims.len(), 1);
    claims.remove(0)
}

/// A border without doubt.
fn at(boundary: usize) -> Border<'static> {
    Border { boundary: Some(boundary), host: Some("mx.example.jp"), doubt: None }
}

fn deviations(claim: &Claim) -> Vec<Deviation> {
    claim.deviations.iter().map(|deviation| deviation.value).collect()
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
    assert_eq!(claim.comments, [r"by (nested; \) =) us", "v", "x"]);
    assert!(claim.unread.is_empty() && claim.deviations.is_empty());
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
    assert_eq!(deviations(&claim), [Deviation::UnquotedValue, Deviation::EmptyValue]);
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
    assert!(claim.unread.is_empty());
    assert_eq!(deviations(&claim), [Deviation::NoServer, Deviation::BareDomain, Deviation::NoPropertyType]);
}

#[test]
fn what_looks_like_a_result_and_is_none_stays_unread() {
    let claim = claim(
        "Authentication-Results: mx.example.jp; header.from=a.example; dkim= header.d=x; spf=pass; smtp.mailfrom=a.example; a b; none x",
    );
    assert_eq!(results(&claim), [("spf", "pass")]);
    let own = [("header.from", "a.example"), ("smtp.mailfrom", "a.example")];
    assert_eq!(properties(&claim.results[0]), own);
    assert_eq!(claim.unread.len(), 3);
    assert!(deviations(&claim).contains(&Deviation::StrayProperty));
}

#[test]
fn yahoo_names_the_domain_before_the_result() {
    let claim = claim(
        "Authentication-Results: mta1.example.jp  from=example.com; domainkeys=neutral (no sig);  from=example.net; dkim=pass (ok)",
    );
    assert_eq!(claim.authserv_id.as_deref(), Some("mta1.example.jp"));
    assert_eq!(results(&claim), [("domainkeys", "neutral"), ("dkim", "pass")]);
    assert_eq!(properties(&claim.results[0]), [("from", "example.com")]);
    assert_eq!(properties(&claim.results[1]), [("from", "example.net")]);
    assert!(claim.unread.is_empty());
    assert_eq!(deviations(&claim), [Deviation::NoSemicolon, Deviation::EarlyProperty]);
    // A domain that no result follows is not lost.
    let alone = self::claim("Authentication-Results: mx.example.jp; spf=pass; from=example.com");
    assert_eq!((alone.results.len(), alone.unread.len()), (1, 1));
}

#[test]
fn forms_of_japanese_providers() {
    let nttpc = claim(
        "Authentication-Results: taro@example.jp; dkim=pass (2048-bit key)header.i=@example.com; x-dkim-adsp=none",
    );
    assert_eq!(nttpc.authserv_id.as_deref(), Some("taro@example.jp"));
    assert_eq!(results(&nttpc), [("dkim", "pass"), ("x-dkim-adsp", "none")]);
    assert_eq!(properties(&nttpc.results[0]), [("header.i", "@example.com")]);
    let enma = claim(
        "Authentication-Results: mx.example.jp; sender-id=none header.from=a@example.com; spf=hardfail smtp.mfrom=b@example.net",
    );
    assert_eq!(results(&enma), [("sender-id", "none"), ("spf", "hardfail")]);
    assert_eq!(mail_from(&enma.results[1]).map(|sender| sender.value).as_deref(), Some("b@example.net"));
    let summary = claim("X-Senderauth-Result: pass");
    assert_eq!((summary.header, results(&summary)), (ClaimHeader::SenderauthResult, vec![("senderauth", "pass")]));
    let short = claim("Received-SPF: PASS identity=mailfrom; envelope-from=\"a@example.com\"");
    assert_eq!(results(&short), [("spf", "pass")]);
    assert!(short.unread.is_empty() && short.deviations.is_empty());
}

#[test]
fn fields_under_other_names() {
    for (name, header) in [
        ("X-ME-Authentication-Results", ClaimHeader::Vendor),
        ("x-aams-authentication-results", ClaimHeader::Vendor),
        ("Authentication-Results-Original", ClaimHeader::SetAside),
        ("X-Original-Authentication-Results", ClaimHeader::SetAside),
        ("Old-Authentication-Results", ClaimHeader::SetAside),
        ("X-SID-Result", ClaimHeader::SenderIdResult),
    ] {
        assert_eq!(ClaimHeader::of(name), Some(header), "{name}");
    }
    assert_eq!(ClaimHeader::of("Authentication-Results-X"), None);
    let aside = claim("Authentication-Results-Original: mx.example.jp; dmarc=pass");
    assert_eq!((aside.trust, results(&aside)), (Trust::Ignored(IgnoreReason::SetAside), vec![("dmarc", "pass")]));
}

#[test]
fn the_connecting_address_of_a_result() {
    let ip = |field: &str| client_ip(&claim(field).results[0]).map(|ip| ip.to_string());
    let field = |result: &str| format!("Authentication-Results: mx.example.jp; {result}");
    for (result, expected) in [
        ("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example", Some("192.0.2.1")),
        ("spf=pass (mx: a@a.example designates 2001:db8::1 as permitted sender)", Some("2001:db8::1")),
        ("iprev=pass policy.iprev=\"192.0.2.7\"", Some("192.0.2.7")),
        ("arc=pass smtp.remote-ip=192.0.2.8", Some("192.0.2.8")),
        ("spf=pass (ok) smtp.mailfrom=a.example", None),
    ] {
        assert_eq!(ip(&field(result)).as_deref(), expected, "{result}");
    }
}

#[test]
fn arc_results_have_an_instance() {
    let claim =
        claim("ARC-Authentication-Results: i=2; mx.example.jp 1; arc=pass (i=1 spf=pass) smtp.remote-ip=192.0.2.1");
    assert_eq!((claim.instance, claim.authserv_id.as_deref()), (Some(2), Some("mx.example.jp")));
    assert_eq!(results(&claim), [("arc", "pass")]);
    let broken = self::claim("ARC-Authentication-Results: mx.example.jp; spf=pass");
    assert_eq!((broken.instance, broken.authserv_id.as_deref()), (None, Some("mx.example.jp")));
    assert_eq!(deviations(&broken), [Deviation::NoInstance]);
    let joined = self::claim("ARC-Authentication-Results: i=3 mx.example.jp; spf=pass");
    assert_eq!((joined.instance, joined.authserv_id.as_deref()), (Some(3), Some("mx.example.jp")));
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
    let claims = read(&message, Border::default());
    let bytes = |span: Span| String::from_utf8_lossy(message.source.slice(span)).into_owned();
    assert_eq!(bytes(claims[0].results[0].span), "spf=pass\r\n smtp.mailfrom=例え.jp");
    assert_eq!(bytes(claims[0].results[0].properties[0].value.span), "例え.jp");
    assert_eq!(bytes(claims[0].results[1].span), "dkim=none");
}

const RECEIVED: &str = "Received: from out.example.com (out.example.com [192.0.2.1]) by mx.example.jp (Postfix) with ESMTPS id 1;\n Sun, 22 Nov 2026 09:00:00 +0900";

fn trusts(header: &str, border: Border<'_>) -> Vec<Trust> {
    read(&message(header), border).into_iter().map(|claim| claim.trust).collect()
}

const ABOVE: Trust = Trust::Trusted(TrustReason::AboveBoundary);
const STRANGER: Trust = Trust::Ignored(IgnoreReason::BelowBoundary);
const MAYBE: Trust = Trust::Unsure(UnsureReason::BoundaryHost);

#[test]
fn below_the_boundary_strangers_write() {
    let header = format!(
        "Authentication-Results: mx.example.jp; spf=pass\n{RECEIVED}\nAuthentication-Results: relay.example.com; dkim=pass\nReceived: from b by relay.example.com; Sun, 22 Nov 2026 08:59:00 +0900\nAuthentication-Results: mx.example.jp; dmarc=pass"
    );
    assert_eq!(trusts(&header, at(1)), [ABOVE, STRANGER, STRANGER]);
    assert_eq!(trusts(&header, Border::default()), [Trust::Ignored(IgnoreReason::NoBoundary); 3]);
    assert_eq!(trusts(&header, at(99)), [Trust::Ignored(IgnoreReason::NoBoundary); 3]);
}

/// Postfix puts what its filters add right below its own field; a sender can put the same there.
#[test]
fn a_field_right_below_with_the_name_of_the_host_may_be_a_strangers() {
    let own = format!(
        "{RECEIVED}\nReceived-SPF: pass (example.jp: domain of a@example.com designates 192.0.2.1) client-ip=192.0.2.1;\nAuthentication-Results: mx.example.jp; spf=pass\nAuthentication-Results: jp; spf=pass\nReceived: from b by out.example.com; Sun, 22 Nov 2026 08:59:00 +0900\nAuthentication-Results: mx.example.jp; dmarc=pass"
    );
    assert_eq!(trusts(&own, at(0)), [MAYBE, MAYBE, STRANGER, STRANGER]);
}

const GOOGLE: &str = "Received: from out.example.com (out.example.com. [192.0.2.1]) by mx.google.com with ESMTPS id 1 for <a@example.jp>; Sun, 22 Nov 2026 09:00:00 +0900";

#[test]
fn gmail_writes_below_its_own_field_and_once() {
    let header = format!(
        "{GOOGLE}\nReceived-SPF: pass (google.com: b) client-ip=192.0.2.1;\nAuthentication-Results: mx.google.com; spf=pass\nAuthentication-Results: mx.google.com; dmarc=pass\nReceived-SPF: pass (google.com: b) client-ip=192.0.2.9;"
    );
    let own = Trust::Trusted(TrustReason::ProviderWritesBelow);
    let google = Border { host: Some("mx.google.com"), ..at(0) };
    assert_eq!(trusts(&header, google), [own, own, MAYBE, MAYBE]);
    assert_eq!(trusts(&header, Border { doubt: Some(0), ..google }), [MAYBE; 4]);
}

#[test]
fn what_a_seal_above_repeats_is_the_receiving_sides() {
    let sealed = "ARC-Authentication-Results: i=1; mx.example.jp; spf=pass smtp.mailfrom=a@example.com; dkim=none";
    let header = |below: &str| format!("{sealed}\n{RECEIVED}\nAuthentication-Results: mx.example.jp; {below}");
    let same = header("spf=pass (with another comment) smtp.mailfrom=a@example.com; dkim=none");
    assert_eq!(trusts(&same, at(1)), [ABOVE, Trust::Trusted(TrustReason::RepeatedAbove)]);
    let more = header("spf=pass smtp.mailfrom=a@example.com; dkim=none; dmarc=pass");
    assert_eq!(trusts(&more, at(1)), [ABOVE, MAYBE]);
}

#[test]
fn above_a_boundary_in_doubt_nothing_is_sure() {
    let header = format!(
        "Authentication-Results: in.example.jp; spf=none\nReceived: from x (x [10.0.0.1]) by in.example.jp; Sun, 22 Nov 2026 09:00:01 +0900\nAuthentication-Results: mx.example.jp; dmarc=pass\n{RECEIVED}"
    );
    let unsure = Trust::Unsure(UnsureReason::BoundaryUnsure);
    assert_eq!(trusts(&header, Border { doubt: Some(1), ..at(3) }), [ABOVE, unsure]);
    assert_eq!(trusts(&header, at(3)), [ABOVE, ABOVE]);
}

#[test]
fn the_newest_server_is_the_one_that_counts() {
    let header = format!(
        "Authentication-Results: spf.mail.example.jp; spf=pass\nAuthentication-Results: DKIM.mail.example.jp; dkim=pass\nAuthentication-Results: filter.example.net; dkim=fail\nReceived-SPF: pass client-ip=192.0.2.1\nAuthentication-Results: spf=pass\n{RECEIVED}"
    );
    let other = Trust::Ignored(IgnoreReason::OtherServer);
    assert_eq!(trusts(&header, at(5)), [ABOVE, ABOVE, other, ABOVE, other]);
}

#[test]
fn what_is_over_a_limit_is_listed() {
    let many = format!("{}{RECEIVED}", "Authentication-Results: a; b=c\n".repeat(MAX_CLAIMS + 2));
    let claims = read(&message(&many), at(MAX_CLAIMS + 2));
    assert_eq!(claims.len(), MAX_CLAIMS + 2);
    let last = claims.last().unwrap();
    assert_eq!((last.trust, last.unread.len()), (Trust::Ignored(IgnoreReason::LimitExceeded), 1));
    let wide =
        claim(&format!("Authentication-Results: a; b=c {} ; d=e", "x.y=z ".repeat(grammar::MAX_PROPERTIES + 500)));
    assert_eq!((wide.results.len(), wide.results[0].properties.len()), (2, grammar::MAX_PROPERTIES));
    assert_eq!(wide.unread.len(), grammar::MAX_UNREAD);
    assert!(wide.unread.last().unwrap().end > wide.results[1].span.start - 8, "the last one takes in the rest");
}

/// Versions (RFC 8601 section 2.6), nested comments, quoted strings and repeated methods of section 2.2.
#[test]
fn pitfalls_of_the_grammar() {
    let versioned = claim(
        "Authentication-Results: mx.example.jp 1; dkim/1=pass header.d=a.example; dkim/9=pass header.d=b.example",
    );
    let unknown: Vec<bool> = versioned.results.iter().map(ClaimedResult::is_unknown_version).collect();
    assert_eq!(unknown, [false, true]);
    let two = claim(
        "Authentication-Results: \"mx one.example.jp\"; dkim=pass header.d=a.example header.b=Ab12; dkim=fail reason=expired header.d=a.example header.b=\"c/d=\";",
    );
    assert_eq!(two.authserv_id.as_deref(), Some("mx one.example.jp"));
    assert_eq!(results(&two), [("dkim", "pass"), ("dkim", "fail")]);
    assert_eq!(two.results[1].reason.as_deref(), Some("expired"));
    assert!(two.deviations.is_empty(), "{:?}", two.deviations);
    let odd = claim(
        "Authentication-Results: mx.example.jp; SPF=Pass SMTP.MailFrom=\"\"; x-vs=a:b score=1; policy.dmarc=reject",
    );
    assert_eq!(results(&odd), [("spf", "pass"), ("x-vs", "a:b")]);
    assert_eq!(properties(&odd.results[0]), [("smtp.mailfrom", "")]);
    assert_eq!(properties(&odd.results[1]), [("score", "1"), ("policy.dmarc", "reject")]);
    let nothing = claim("Authentication-Results: ;;");
    assert_eq!((nothing.authserv_id, nothing.results.len()), (None, 0));
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
        "Received-SPF: client-ip=192.0.2.1",
        "X-Senderauth-Result:",
        "X-Senderauth-Result: ;pass;x",
    ] {
        let _ = claim(field);
    }
    let long = format!("Authentication-Results: a;{}", "x=y z=1;".repeat(50_000));
    assert_eq!(claim(&long).results.len(), grammar::MAX_RESULTS);
    let deep = format!("Authentication-Results: a;x=y {}", "(".repeat(200_000));
    assert_eq!(claim(&deep).results.len(), 1);
    for piece in ["x . ", "x(y).", "x . y = ", "= ", "\"", "a/", "()", "x=\\", ". = ", "a;b=c d "] {
        let _ = claim(&format!("Authentication-Results: a; b=c {}", piece.repeat(1_000_000 / piece.len())));
        let _ = claim(&format!("Received-SPF: pass {}", piece.repeat(1_000_000 / piece.len())));
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_with_spans_inside(text in "[ -~\\t()\";=.]{0,120}", which in 0_usize..NAMES.len()) {
        let name = NAMES[which];
        let message = Message::read(format!("{name}: {text}\r\n\r\n").into_bytes());
        check_spans(&message);
    }
}

const NAMES: [&str; 5] = [
    "Authentication-Results",
    "ARC-Authentication-Results",
    "Received-SPF",
    "X-Senderauth-Result",
    "X-ME-Authentication-Results",
];

/// Every span lies inside its field.
fn check_spans(message: &Message) -> usize {
    let boundary = message.named("Received").next_back().map(|(index, _)| index);
    let claims = read(message, Border { boundary, ..Border::default() });
    for claim in &claims {
        let properties = claim.results.iter().flat_map(|result| &result.properties);
        let spans =
            claim.results.iter().map(|result| result.span).chain(properties.map(|property| property.value.span));
        let noted = claim.deviations.iter().map(|deviation| deviation.span);
        for span in spans.chain(claim.unread.iter().copied()).chain(noted) {
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
        for claim in read(&message, Border::default()) {
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
