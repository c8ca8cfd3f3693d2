//! Nothing that names a person is left in a masked report, in any format, in the picture, or in the bytes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hopscope::analyze::{Analysis, Options, analyze};
use hopscope::dns::{Ledger, Lookup, Offline, Recorded, Snapshot, write_snapshot};
use hopscope::export::EXPORTS;
use hopscope::facts::network::NetworkCheck;
use hopscope::message::{Message, Source, address};
use hopscope::report::redact::redact;
use hopscope::samples::Sample;
use hopscope::text::Lang;
use jiff::Timestamp;

fn analysis(bytes: &[u8], dns: &dyn Lookup) -> Analysis {
    let now: Timestamp = "2026-11-22T00:00:00Z".parse().unwrap();
    analyze(Message::read(bytes.to_vec()), Options::default(), &Ledger::new(dns), now)
}

fn with_zone(message: &str, zone: &str) -> Analysis {
    analysis(message.as_bytes(), &Snapshot::parse(zone, "test.dns").unwrap())
}

/// Everything a person could read of an analysis, each with the name of the place.
fn readable(analysis: &Analysis) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for lang in [Lang::En, Lang::Ja] {
        texts.extend(EXPORTS.iter().map(|export| (export.name.to_owned(), export.write(analysis, lang))));
    }
    texts.push(("bytes".to_owned(), String::from_utf8_lossy(analysis.message.source.bytes()).into_owned()));
    #[cfg(feature = "gui")]
    texts.push(("picture".to_owned(), drawn(analysis)));
    texts
}

/// The texts that the picture for a ticket draws.
#[cfg(feature = "gui")]
fn drawn(analysis: &Analysis) -> String {
    fn collect(shape: &egui::Shape, text: &mut Vec<String>) {
        match shape {
            egui::Shape::Text(drawn) => text.push(drawn.galley.text().to_owned()),
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, text)),
            _ => {}
        }
    }
    let context = egui::Context::default();
    hopscope::view::theme::install(&context);
    let mut texts = Vec::new();
    for _ in 0..2 {
        let input = egui::RawInput {
            screen_rect: Some(egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1000.0, 20_000.0))),
            ..egui::RawInput::default()
        };
        let mut output = context.run_ui(input, |ui| hopscope::view::ticket(ui, analysis, Lang::En.words()));
        output.textures_delta.clear();
        texts.clear();
        output.shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut texts));
    }
    assert!(!texts.is_empty());
    texts.join("\n")
}

/// Display names of the corpus that are words of the report itself.
const WORDS: [&str; 5] = ["mail administrator", "nobody", "postmaster", "sender", "test"];

/// What the header says of people, gathered in another way than the masking does.
fn secrets(message: &Message) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    for name in ["From", "Sender", "Reply-To", "To", "Cc", "Return-Path", "Delivered-To"] {
        for (_, field) in message.named(name) {
            for mailbox in address::read(&message.unfold(field)).mailboxes {
                if let Some((local, domain)) = mailbox.address.rsplit_once('@')
                    && local.len() > 1
                    && !local.eq_ignore_ascii_case("postmaster")
                {
                    secrets.insert(format!("{local}@{domain}").to_lowercase());
                    secrets.insert(format!("{local}=40{domain}").to_lowercase());
                    secrets.insert(format!("{local}%40{domain}").to_lowercase());
                }
                let domain = mailbox.domain.unwrap_or_default().to_lowercase();
                let is_name = |name: &String| {
                    let name = name.to_lowercase();
                    name.chars().count() > 3 && !domain.contains(&name) && !WORDS.contains(&name.as_str())
                };
                secrets.extend(mailbox.name.filter(is_name).map(|name| name.to_lowercase()));
            }
        }
    }
    let subject = message.first("Subject").map(|field| hopscope::message::decode::value(message, field).text);
    secrets.extend(subject.filter(|subject| subject.chars().count() > 8).map(|subject| subject.to_lowercase()));
    secrets
}

fn leaks(analysis: &Analysis) -> Vec<String> {
    let secrets = secrets(&analysis.message);
    let texts = readable(&redact(analysis));
    let mut leaks = Vec::new();
    for (place, text) in texts {
        let text = text.to_lowercase();
        leaks.extend(secrets.iter().filter(|secret| text.contains(*secret)).map(|secret| format!("{place}: {secret}")));
    }
    leaks
}

#[test]
fn samples_name_nobody() {
    for sample in Sample::ALL {
        let analysis = analysis(sample.message(), &sample.snapshot().unwrap());
        assert!(secrets(&analysis.message).len() > 3, "{}", sample.name());
        assert_eq!(leaks(&analysis), Vec::<String>::new(), "{}", sample.name());
    }
}

#[test]
fn what_the_ticket_is_about_stays() {
    let sample = Sample::NewsletterThirdParty;
    let masked = redact(&analysis(sample.message(), &sample.snapshot().unwrap()));
    let text = EXPORTS[0].write(&masked, Lang::En);
    for kept in ["tabi-coffee.example", "mailwing.example", "mw2026a", "203.0.113.61", "n●●●@tabi-coffee.example"]
    {
        assert!(text.contains(kept), "{kept} in\n{text}");
    }
    let bytes = String::from_utf8_lossy(masked.message.source.bytes()).into_owned();
    for kept in [
        "Received: from mta61.mailwing.example (mta61.mailwing.example. [203.0.113.61])",
        "for <s*****@example.jp>",
        "Return-Path: <b************************@bounce.mailwing.example>",
        "smtp.mailfrom=\"b************************@bounce.mailwing.example\"",
        "header.i=@mailwing.example header.s=mw2026a",
        "Message-ID: <c*************@mailwing.example>",
    ] {
        assert!(bytes.contains(kept), "{kept} in\n{bytes}");
    }
    assert!(!bytes.contains("9f0c2e"), "a token of unsubscription");
}

#[test]
fn bytes_keep_their_number_and_lines() {
    for sample in Sample::ALL {
        let plain = analysis(sample.message(), &sample.snapshot().unwrap());
        let masked = redact(&plain);
        let ends = |source: &Source| -> Vec<usize> {
            source.bytes().iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect()
        };
        assert_eq!(masked.message.source.bytes().len(), plain.message.source.bytes().len());
        assert_eq!(ends(&masked.message.source), ends(&plain.message.source));
        assert_eq!(masked.headline.evidence, plain.headline.evidence);
    }
}

/// `%{l}` puts the local part into names that are asked for; `exp=` puts it into a sentence.
#[test]
fn names_made_by_macros_are_masked() {
    let message = "Return-Path: <taro.suzuki@example.jp>\r\n\
                   Received: from mx.example.com (mx.example.com [192.0.2.9]) by mail.example.net (Postfix) with ESMTP id 1\r\n\
                   \tfor <hanako@example.net>; Mon, 02 Nov 2026 10:00:00 +0900\r\n\
                   From: =?UTF-8?B?6Yi05pyo?= <taro.suzuki@example.jp>\r\nSubject: =?UTF-8?B?6Yi05pyo?= secret\r\n\r\nhi\r\n";
    let zone = "example.jp. 60 IN TXT \"v=spf1 exists:%{l}._spf.example.jp exists:%{lr-}.%{i}.x.example.jp -all exp=why.example.jp\"\n\
                why.example.jp. 60 IN TXT \"%{l} may not send from %{i}: http://www.example.jp/?s=%{S}\"\n\
                mail.suzuki.example.jp. 60 IN A 192.0.2.1\n\
                $default nxdomain\n";
    let plain = with_zone(message, zone);
    let asked = |analysis: &Analysis| -> String {
        let names = analysis.questions.iter().map(|entry| entry.question.name.clone());
        names.collect::<Vec<_>>().join(" ")
    };
    assert!(asked(&plain).contains("taro.suzuki._spf.example.jp"), "{}", asked(&plain));
    let masked = redact(&plain);
    assert!(asked(&masked).contains("●●●.●●●._spf.example.jp"), "{}", asked(&masked));
    assert!(asked(&masked).contains("_dmarc.example.jp"));
    let explanation = masked.facts.spf.mail_from.as_ref().unwrap().explanation.clone().unwrap();
    assert!(explanation.contains("may not send from 192.0.2.9"), "{explanation}");
    for (place, text) in readable(&masked) {
        for secret in ["suzuki", "hanako", "鈴木", "6Yi05pyo"] {
            assert!(!text.contains(secret), "{secret} in {place}:\n{text}");
        }
    }
}

/// What others were asked, and what they said, may name people, too.
#[test]
fn what_others_were_asked_names_nobody() {
    let message = "Return-Path: <taro.suzuki@example.jp>\r\n\
        Received: from taro-pc.example.jp (taro-pc.example.jp [203.0.113.77]) by mail.example.net (Postfix) with ESMTPSA id 1\r\n\
        \t(Authenticated sender: taro.suzuki) for <hanako@example.net>; Mon, 02 Nov 2026 10:00:00 +0900\r\n\
        From: taro.suzuki@example.jp\r\nTo: hanako@example.net\r\nSubject: x\r\n\r\nhi\r\n";
    let zone = "77.113.0.203.zen.spamhaus.org. 60 IN A 127.0.0.4\n\
                77.113.0.203.zen.spamhaus.org. 60 IN TXT \"https://check.spamhaus.org/query/ip/203.0.113.77\"\n\
                taro-pc.example.jp.dbl.spamhaus.org. 60 IN A 127.0.1.2\n\
                _smtp._tls.example.net. 60 IN TXT \"v=TLSRPTv1; rua=mailto:hanako@example.net,x\"\n\
                $default nxdomain\n";
    let now: Timestamp = "2026-11-22T00:00:00Z".parse().unwrap();
    let options = Options {
        ip: Some("203.0.113.77".parse().unwrap()),
        helo: Some("taro-pc.example.jp".to_owned()),
        network: NetworkCheck::ALL.to_vec(),
        ..Options::default()
    };
    let snapshot = Snapshot::parse(zone, "test.dns").unwrap();
    let plain = analyze(Message::read(message.as_bytes().to_vec()), options, &Ledger::new(&snapshot), now);
    let codes: Vec<&str> = plain.findings.iter().map(|finding| finding.problem.code()).collect();
    for code in ["ip-listed", "domain-listed", "tls-rpt-record-broken"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    for (place, text) in readable(&redact(&plain)) {
        for secret in ["suzuki", "hanako", "taro-pc", "203.0.113.77", "77.113.0.203"] {
            assert!(!text.contains(secret), "{secret} in {place}:\n{text}");
        }
    }
}

/// What a server answered is a stranger's text: who left, and whom to call instead, is nobody's business.
#[test]
fn the_answer_of_a_server_names_nobody() {
    let message = "From: <MAILER-DAEMON@mx.example.jp>\r\nTo: <x@example.jp>\r\nSubject: Undelivered\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
        --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.jp\r\n\r\n\
        Final-Recipient: rfc822; h@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\
        Diagnostic-Code: smtp; 550 5.1.1 Hanako Suzuki has left, call 03-1234-5678\r\n\r\n--b--\r\n";
    let plain = analysis(message.as_bytes(), &Offline);
    assert!(EXPORTS[0].write(&plain, Lang::En).contains("Suzuki"));
    for (place, text) in readable(&redact(&plain)) {
        for secret in ["Hanako", "Suzuki", "1234"] {
            assert!(!text.contains(secret), "{secret} in {place}:\n{text}");
        }
    }
}

#[test]
fn accounts_and_devices_in_notes_are_masked() {
    let message = "X-Forefront-Antispam-Report: CIP:192.0.2.9;SCL:5;SFV:SPM;H:KAEDE-PC;PTR:KAEDE-NOTE;CAT:SPM;\r\n\
        Received-SPF: Pass (mx.example.jp: domain of example.com) client-ip=192.0.2.9; x-sender=kaedesecret; helo=mx.example.com\r\n\
        Received: from mx.example.com (mx.example.com [192.0.2.9]) by mx.example.jp (Postfix) with ESMTP id 1; Mon, 02 Nov 2026 10:00:00 +0900\r\n\
        From: <x@example.com>\r\nSubject: Hello\r\n\r\nHello\r\n";
    for (place, text) in readable(&redact(&analysis(message.as_bytes(), &Offline))) {
        for secret in ["kaede-pc", "kaede-note", "kaedesecret"] {
            assert!(!text.to_lowercase().contains(secret), "{secret} in {place}:\n{text}");
        }
    }
}

#[test]
fn every_shape_of_an_address_is_masked() {
    let message = "Return-Path: <SRS0=ab=cd=example.jp=suzuki@fwd.example.net>\r\n\
        Received: from suzuki by host.example.jp with local (Exim 4.96) (envelope-from <suzuki@example.jp>) id 1; Mon, 02 Nov 2026 10:00:00 +0900\r\n\
        Received: from [192.0.2.1] (Authenticated sender: suzuki) by mx.example.jp (Postfix) with ESMTPSA id 2 for suzuki; Mon, 02 Nov 2026 10:00:00 +0900\r\n\
        Authentication-Results: mx.example.jp; auth=pass smtp.auth=suzuki smtp.mailfrom=\"a suzuki\"@example.jp; dkim=fail header.i=suzuki@example.jp\r\n\
        DKIM-Signature: v=1; a=rsa-sha256; d=example.jp; s=s; i=suzuki@example.jp; h=from; z=From:suzuki=20x|To:suzuki; bh=AAAA; b=AAAA\r\n\
        suzuki@example.jp: odd\r\nX-Anything: suzuki\r\nUnreadable suzuki line\r\n\
        From: \"suzuki, \\\"x\\\"\" <\"taro suzuki\"@example.jp>, suzuki (suzuki) @ example.jp\r\nSubject: suzuki\r\n\
        Content-Type: text/plain; name=suzuki.pdf\r\n\r\nsuzuki\r\n";
    for (place, text) in readable(&redact(&analysis(message.as_bytes(), &Offline))) {
        let leak = text.lines().find(|line| line.contains("suzuki"));
        assert_eq!(leak, None, "{place}");
    }
}

/// The word stands wherever a message can name a person; numbers stand for computers that people sit at.
const HOSTILE: &str = "Return-Path: <bounce+kaede-ito=example.jp@bounce.example.com>\r\n\
    Delivered-To: kaede-ito@example.net\r\n\
    Received: by mail.example.net with LMTP id 1 for <kaede-ito@example.net>; Mon, 02 Nov 2026 10:00:03 +0900\r\n\
    Received: from KAEDE-MAIL (mta.example.com [192.0.2.9]) by mx.example.net (Postfix) with ESMTPS id 2\r\n\
    \tfor <kaede-ito@example.net>; Mon, 02 Nov 2026 10:00:02 +0900 (envelope-from <bounce+kaede-ito=example.jp@bounce.example.com>)\r\n\
    Received: from kaede-pc.local (p203-0-113-77.kaede.isp.example.org [203.0.113.77])\r\n\
    \t(Authenticated sender: kaede-ito) by mta.example.com (Postfix) with ESMTPSA id 3;\r\n\
    \tMon, 02 Nov 2026 10:00:01 +0900\r\n\
    Received: from [192.168.77.5] ([IPv6:fd00::77]) by smtp.example.com with ESMTPA id 4; Mon, 02 Nov 2026 10:00:00 +0900\r\n\
    Received-SPF: pass (mx.example.net: domain of bounce+kaede-ito=example.jp@bounce.example.com) client-ip=192.0.2.9;\r\n\
    \tenvelope-from=\"bounce+kaede-ito=example.jp@bounce.example.com\"; helo=KAEDE-MAIL; x-internal=10.77.0.1\r\n\
    Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=bounce+kaede-ito=example.jp@bounce.example.com\r\n\
    \tsmtp.helo=KAEDE-MAIL; dkim=fail header.i=kaede-ito@example.com; auth=pass smtp.auth=kaede-ito;\r\n\
    \tiprev=pass policy.iprev=203.0.113.77\r\n\
    X-Originating-IP: [198.51.100.77]\r\nX-Mailer-Ref: 198.51.100.77 kaede-ito\r\n\
    DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; i=kaede-ito@example.com; h=from:subject;\r\n\
    \tz=From:kaede-ito=20x|Subject:kaede; bh=AAAA; b=AAAA\r\n\
    List-Unsubscribe: <mailto:off+kaede-ito@example.com>, <https://example.com/u/kaede-ito?t=kaede>\r\n\
    List-Id: kaede <kaede.example.com>\r\nFeedback-ID: kaede:campaign:example\r\n\
    In-Reply-To: <kaede-ito.1@example.net>\r\nReferences: <kaede-ito.0@example.net>\r\n\
    Message-ID: <kaede-ito.2026@KAEDE-PC>\r\nDate: Mon, 02 Nov 2026 10:00:00 +0900\r\n\
    From: \"Kaede Ito (kaede@bank.example)\" <kaede-ito@example.com>\r\nSender: Kaede <kaede-ito@other.example.org>\r\n\
    Reply-To: Kaede <kaede-ito@other.example.org>\r\nTo: Kaede <kaede-ito@example.net>\r\nCc: kaede@example.net\r\n\
    Subject: =?UTF-8?Q?kaede's_order?=\r\nSubject: kaede\r\n\r\nDear kaede\r\n";

/// A zone in which macros put the envelope sender, the HELO name and the address into names and sentences.
const HOSTILE_ZONE: &str = "bounce.example.com. TXT \"v=spf1 exists:%{l}.l.example.com exists:%{l1r+}.%{i}.p.example.com exists:%{h}.h.example.com \
    exists:%{L}.%{d}.u.example.com -all exp=why.example.com\"\n\
    why.example.com. TXT \"%{l} (%{l1r+}) at %{h} [%{i}] may not send: http://example.com/%{S}\"\n\
    $default nxdomain\n";

#[test]
fn a_hostile_message_names_nobody_and_no_computer_of_anybody() {
    let plain = with_zone(HOSTILE, HOSTILE_ZONE);
    let asked = |analysis: &Analysis| {
        let names = analysis.questions.iter().map(|entry| entry.question.name.clone());
        names.collect::<Vec<_>>().join(" ")
    };
    assert!(asked(&plain).contains("bounce+kaede-ito=example.jp.l.example.com"), "{}", asked(&plain));
    let masked = redact(&plain);
    let recorded = Recorded { at: "2026-11-22T00:00:00Z".parse().unwrap(), through: "system".to_owned() };
    let snapshot = write_snapshot(&masked.questions, &recorded);
    let mut texts = readable(&masked);
    texts.push(("recorded DNS".to_owned(), snapshot.clone()));
    for (place, text) in texts {
        let text = text.to_lowercase();
        for secret in
            ["kaede", "203.0.113.77", "203-0-113-77", "198.51.100.77", "192.168.77.5", "fd00::77", "10.77.0.1"]
        {
            let leak = text.lines().find(|line| line.contains(secret));
            assert_eq!(leak, None, "{secret} in {place}");
        }
        // What stands for an address is named; the recording alone must hold addresses.
        for stand_in in ["0.0.0.", "100::"] {
            let unnamed = text.lines().find(|line| line.contains(stand_in)).filter(|_| place != "recorded DNS");
            assert_eq!(unnamed, None, "{place}");
        }
    }
    // What is masked is the same in every place, and the recording can be read again.
    assert_eq!(Snapshot::parse(&snapshot, "again.dns").err().map(|error| error.to_string()), None, "{snapshot}");
    let text = EXPORTS[0].write(&masked, Lang::En);
    for kept in ["192.0.2.9", "mta.example.com", "bounce.example.com", "k●●●@example.com", "IP●●●1"] {
        assert!(text.contains(kept), "{kept} in\n{text}");
    }
}

#[test]
fn corpus_messages_name_nobody() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    let Ok(snapshot) = Snapshot::read(&root.join("dns.zone")) else {
        println!("skipped: no corpus");
        return;
    };
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in std::fs::read_dir(root.join("msgs")).unwrap().flatten() {
        files.extend(std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path()));
    }
    files.retain(|path| path.is_file());
    files.sort();
    let mut found = Vec::new();
    let chosen: Vec<_> = files.iter().step_by(3).collect();
    for file in &chosen {
        let analysis = analysis(&std::fs::read(file).unwrap(), &snapshot);
        found.extend(leaks(&analysis).into_iter().map(|leak| format!("{}: {leak}", file.display())));
    }
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
    println!("{} messages", chosen.len());
}

#[test]
fn recipients_of_a_report_are_masked_wherever_they_stand() {
    let message = include_bytes!("mail/bounce-final/message.eml");
    let texts = readable(&redact(&analysis(message, &Offline)));
    for (place, text) in texts {
        for secret in ["hanako", "jiro@", "Estimate"] {
            assert!(!text.contains(secret), "{place}: {secret}");
        }
    }
}

/// Sources are servers and stay, as do domains; who reads the reports, and a computer behind an address of this message, do not.
#[test]
fn an_aggregate_report_keeps_its_servers_and_names_nobody() {
    let report = "<feedback><report_metadata><org_name>mail.example.net</org_name><email>kaede-ito@example.net</email>\
        <report_id>kaede-ito@example.net</report_id></report_metadata><policy_published><domain>example.jp</domain><p>none</p></policy_published>\
        <record><row><source_ip>198.51.100.40</source_ip><count>2</count><policy_evaluated><disposition>none</disposition>\
        <reason><type>local_policy</type><comment>asked by kaede-ito@example.net</comment></reason></policy_evaluated></row>\
        <auth_results><dkim><domain>mailwing.example</domain><selector>k2</selector><result>pass</result></dkim></auth_results></record>\
        <record><row><source_ip>203.0.113.77</source_ip><count>1</count></row></record></feedback>";
    let header = "Received: from kaede-pc.local ([203.0.113.77]) (Authenticated sender: kaede-ito) by mta.example.com with ESMTPSA id 3;\r\n\
        \tMon, 02 Nov 2026 10:00:01 +0900\r\nFrom: kaede-ito@example.net\r\nTo: dmarc@example.jp\r\nSubject: Report\r\n\
        Content-Type: text/xml; name=report.xml\r\n\r\n";
    let plain = analysis(format!("{header}{report}\r\n").as_bytes(), &Offline);
    assert!(plain.facts.aggregate.as_ref().is_some_and(|report| report.sources.len() == 2));
    let masked = redact(&plain);
    for (place, text) in readable(&masked) {
        for secret in ["kaede", "203.0.113.77"] {
            let leak = text.lines().find(|line| line.contains(secret));
            assert_eq!(leak, None, "{secret} in {place}");
        }
    }
    let text = EXPORTS[0].write(&masked, Lang::En);
    for kept in ["198.51.100.40", "mailwing.example", "example.jp", "mail.example.net", "local_policy"] {
        assert!(text.contains(kept), "{kept} in\n{text}");
    }
}
