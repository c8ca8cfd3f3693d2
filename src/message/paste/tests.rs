use proptest::prelude::*;

use super::super::Kind;
use super::*;
use crate::message::{container::Heading, decode};

fn pasted(text: &str) -> Message {
    from_clipboard(text.as_bytes().to_vec())
}

/// The fields as people read them.
fn fields(message: &Message) -> Vec<(&str, String)> {
    message.fields.iter().map(|field| (field.name.as_str(), decode::value(message, field).text)).collect()
}

fn codes(message: &Message) -> Vec<RepairCode> {
    let mut codes: Vec<RepairCode> = Vec::new();
    for repair in &message.repairs {
        if repair.code != RepairCode::LineEndings && !codes.contains(&repair.code) {
            codes.push(repair.code);
        }
    }
    codes
}

/// What each repair was made of.
fn originals(message: &Message, code: RepairCode) -> Vec<String> {
    let source = message.pasted.as_ref().unwrap();
    let repairs = message.repairs.iter().filter(|repair| repair.code == code);
    repairs.map(|repair| String::from_utf8_lossy(source.slice(repair.original.unwrap())).into_owned()).collect()
}

const CLEAN: &str = "Received: from mail.example.jp ([192.0.2.1])\n\tby mx.example.com with ESMTPS id 1;\n\tMon, 2 Nov 2026 10:00:00 +0900\nFrom: Taro <taro@example.jp>\nTo: hanako@example.com\nSubject: hello\n";

fn each_line(text: &str, before: &str, after: &str) -> String {
    text.lines().flat_map(|line| [before, line, after]).collect()
}

#[test]
fn what_is_whole_is_left_alone() {
    let message = pasted(CLEAN);
    assert_eq!((codes(&message), message.pasted.is_none(), message.kind), (vec![], true, Kind::Headers));
    assert_eq!(message.kept.header, Fidelity::AsSent);
    let tab = format!("{CLEAN}X-Note:\tsent with a tab\n");
    assert_eq!(codes(&pasted(&tab)), [], "one tab is what was sent");
}

#[test]
fn lost_folding_is_found_again() {
    let lost = "Received: from mail.example.jp ([192.0.2.1])\nby mx.example.com with ESMTPS id 1;\nMon, 2 Nov 2026 10:00:00 +0900\nDKIM-Signature: v=1; a=rsa-sha256; d=example.jp; s=s;\nh=from:to:subject;\nbh=AAAA;\nb=BBBB\nFrom: Taro <taro@example.jp>\nSubject: a long subject that was\nwrapped by the window\nAuthentication-Results: mx.example.com;\ndkim=pass header.d=example.jp;\n10:00 is no field\n";
    let message = pasted(lost);
    let names: Vec<&str> = message.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Received", "DKIM-Signature", "From", "Subject", "Authentication-Results"]);
    assert_eq!(fields(&message)[3].1, "a long subject that was wrapped by the window");
    assert_eq!(codes(&message), [RepairCode::LostFolding]);
    assert!(originals(&message, RepairCode::LostFolding)[1].starts_with("h=from:to:subject;\nbh=AAAA;"));
    assert_eq!((message.kept.header, message.headers_only()), (Fidelity::Rewritten, true));
}

#[test]
fn a_file_keeps_a_line_that_is_nobody_s() {
    let junk = "From: a@example.jp\nSubject: Meeting\nthis belongs to nobody\nTo: b@example.jp\n\nbody\n";
    let message = mended(Message::read(junk.into()), Copied::AsFile);
    assert_eq!((fields(&message)[1].1.as_str(), message.pasted.is_none()), ("Meeting", true));
}

#[test]
fn prose_after_the_header_is_no_folding() {
    let message = pasted("From: a@example.jp\nSubject: hi\nDear Hanako, this is the text\nof the letter.\n");
    assert_eq!(fields(&message).len(), 2);
    assert_eq!(fields(&message)[1].1, "hi");
}

#[test]
fn quoting_is_taken_off_and_the_letter_left_out() {
    let quoted: String = each_line(CLEAN, "> ", "\n");
    for letter in [quoted.clone(), format!("Hello support,\nhere it is:\n\n{quoted}\nRegards\nHanako\n")] {
        let message = pasted(&letter);
        assert_eq!(fields(&message), fields(&pasted(CLEAN)), "{letter}");
        assert!(codes(&message).contains(&RepairCode::Quoted));
    }
    let twice: String = each_line(&quoted, ">", "\n");
    assert_eq!(fields(&pasted(&twice)), fields(&pasted(CLEAN)));
}

#[test]
fn indentation_of_all_lines_goes() {
    let indented: String = each_line(CLEAN, "    ", "\n");
    let message = pasted(&indented);
    assert_eq!((fields(&message), codes(&message)), (fields(&pasted(CLEAN)), vec![RepairCode::Indented]));
}

#[test]
fn blank_lines_between_all_lines_go() {
    let spaced: String = each_line(CLEAN, "", "\n\n");
    let message = pasted(&spaced);
    assert_eq!((fields(&message), codes(&message)), (fields(&pasted(CLEAN)), vec![RepairCode::DoubleSpaced]));
}

#[test]
fn the_original_message_page_of_gmail() {
    let summaries = [
        "Original Message\nMessage ID\t<1@example.jp>\nCreated at:\tMon, Nov 2, 2026 at 10:00 AM (Delivered after 1 second)\nFrom:\tTaro <taro@example.jp>\nTo:\thanako@example.com\nSubject:\thello\nSPF:\tPASS with IP 192.0.2.1 Learn more\nDKIM:\t'PASS' with domain example.jp Learn more\nDMARC:\t'PASS' Learn more\n\nDownload Original\tCopy to clipboard\n\n",
        "元のメール\nメッセージ ID\t<1@example.jp>\n作成日:\t2026年11月2日 10:00（1 秒後に配信済み）\nFrom:\tTaro <taro@example.jp>\nTo:\thanako@example.com\n件名:\thello\nSPF:\tPASS（IP: 192.0.2.1）。 詳細\nDKIM:\t'PASS'（ドメイン: example.jp） 詳細\nDMARC:\t'PASS' 詳細\n\n元のメールをダウンロード\tクリップボードにコピー\n\n",
    ];
    let raw = format!("Delivered-To: hanako@example.com\n{CLEAN}\nbody\n");
    for summary in summaries {
        let message = pasted(&format!("{summary}{raw}"));
        assert_eq!(fields(&message), fields(&pasted(&raw)), "{summary}");
        assert_eq!(codes(&message), [RepairCode::Surroundings]);
        assert_eq!(message.source.slice(message.body.unwrap()), b"body\n");
        // The summary alone is what the page shows, and no header.
        let shown = pasted(summary);
        assert_eq!(Heading::of(&shown).subject.as_deref(), Some("hello"), "{summary}");
        assert_eq!(Heading::of(&shown).from.as_deref(), Some("Taro"));
        assert_eq!((shown.kept.header, shown.named("SPF").count()), (Fidelity::Partial, 0));
    }
}

#[test]
fn the_internet_headers_box_of_outlook() {
    let text = format!("Microsoft Mail Internet Headers Version 2.0\r\n{}", CLEAN.replace('\n', "\r\n"));
    let message = pasted(&text);
    assert_eq!((fields(&message), codes(&message)), (fields(&pasted(CLEAN)), vec![RepairCode::Surroundings]));
    assert_eq!(originals(&message, RepairCode::Surroundings), ["Microsoft Mail Internet Headers Version 2.0\r\n"]);
}

#[test]
fn tables_become_fields() {
    let tabbed = "From\tTaro <taro@example.jp>\nTo\thanako@example.com\nSubject\thello\nReceived\tfrom a by b; Mon, 2 Nov 2026 10:00:00 +0900\n";
    let bars = "| Header | Value |\n|---|---|\n| From | Taro <taro@example.jp> |\n| To | hanako@example.com |\n| Subject | hello |\n";
    let html = "<html><body><table>\n<tr><th>From</th><td>Taro &lt;taro@example.jp&gt;</td></tr>\n<tr><th>To</th>\n<td>hanako@example.com</td></tr><tr><th>Subject</th><td>hello &amp; good-bye</td></tr></table></body></html>";
    for text in [tabbed, bars, html] {
        let message = pasted(text);
        assert_eq!(Heading::of(&message).from.as_deref(), Some("Taro"), "{text}: {:?}", fields(&message));
        assert_eq!(message.first("To").map(|_| ()), Some(()), "{text}");
        assert!(Heading::of(&message).subject.unwrap().starts_with("hello"));
        assert!(codes(&message).contains(&RepairCode::TableRow), "{:?}", codes(&message));
    }
    assert_eq!(Heading::of(&pasted(html)).subject.as_deref(), Some("hello & good-bye"));
}

#[test]
fn a_source_page_saved_as_html() {
    let escaped = CLEAN.replace('<', "&lt;").replace('>', "&gt;");
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>source</title></head><body><pre>\n{escaped}</pre></body></html>\n"
    );
    assert_eq!(fields(&pasted(&page)), fields(&pasted(CLEAN)));
}

#[test]
fn tabs_after_every_colon_come_from_a_table() {
    let message = pasted("From:\tTaro <taro@example.jp>\nTo:\thanako@example.com\nSubject:\thello\n");
    assert_eq!(codes(&message), [RepairCode::TabAfterColon]);
    assert_eq!(message.source.slice(message.fields[0].value), b" Taro <taro@example.jp>");
}

#[test]
fn labels_of_mail_programs() {
    let texts = [
        "差出人: 山田 <taro@example.jp>\n送信日時: 2026年11月2日 10:00\n宛先: 花子 <hanako@example.com>\n件名: お見積り\n\n本文です。\n",
        "差出人：山田 <taro@example.jp>\n送信日時：2026年11月2日 10:00\n宛先：花子 <hanako@example.com>\n件名：お見積り\n",
        "-----元のメッセージ-----\n差出人:　山田 <taro@example.jp>\n宛先:　花子 <hanako@example.com>\n件名:　お見積り\n",
        "From: 山田 <taro@example.jp>\nSent: Monday, November 2, 2026 10:00 AM\nTo: 花子 <hanako@example.com>\nSubject: お見積り\n",
        "*From:* 山田 <taro@example.jp>\n*Sent:* Monday\n*To:* 花子 <hanako@example.com>\n*Subject:* お見積り\n",
        "**From:** 山田 <taro@example.jp>\n**Sent:** Monday\n**To:** 花子 <hanako@example.com>\n**Subject:** お見積り\n",
    ];
    for text in texts {
        let message = pasted(text);
        let heading = Heading::of(&message);
        assert_eq!(
            (heading.from.as_deref(), heading.subject.as_deref()),
            (Some("山田"), Some("お見積り")),
            "{text}: {:?}",
            fields(&message)
        );
        assert_eq!(message.kept.header, Fidelity::Partial, "{text}");
    }
}

#[test]
fn odd_spaces_are_plain_ones() {
    let text = "Received: from mail.example.jp ([192.0.2.1])\n　　by mx.example.com with ESMTPS id 1;\n\u{A0}\u{A0}Mon, 2 Nov 2026 10:00:00 +0900\n\u{FEFF}From:　Taro <taro@example.jp>\nTo:\u{A0}hanako@example.com\nSubject:　お見積り　の件\n";
    let message = pasted(text);
    assert_eq!(
        fields(&message)[0].1,
        "from mail.example.jp ([192.0.2.1])  by mx.example.com with ESMTPS id 1;  Mon, 2 Nov 2026 10:00:00 +0900"
    );
    assert_eq!(fields(&message)[3].1, "お見積り　の件", "inside a value it is text");
    assert_eq!(codes(&message), [RepairCode::OddSpaces]);
}

#[test]
fn half_a_header_is_only_a_part() {
    let cut = "\tby mx.example.com with ESMTPS id 1;\n\tMon, 2 Nov 2026 10:00:00 +0900\nTo: hanako@example.com\nSubject:　hello\n";
    let message = pasted(cut);
    assert_eq!((message.kind, message.kept.header), (Kind::Headers, Fidelity::Partial));
    assert!(codes(&message).contains(&RepairCode::OrphanContinuation));
}

#[test]
fn utf16_of_an_editor() {
    let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(CLEAN.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let message = mended(Message::read(bytes), Copied::AsFile);
    assert_eq!((fields(&message), codes(&message)), (fields(&pasted(CLEAN)), vec![RepairCode::Utf16]));
}

#[test]
fn fences_of_a_ticket() {
    let message = pasted(&format!("```\n{CLEAN}```\n"));
    assert_eq!(fields(&message), fields(&pasted(CLEAN)));
}

/// One bad line never costs the others (a tab, an odd break, a full-width colon).
#[test]
fn every_field_around_a_bad_line_is_read() {
    for bad in ["", "junk", "Subject\tx", "X:\ty", ":", "\u{3000}", "<b>", ">", "> x", "10:00", "h=from:to"] {
        let text = format!(
            "Received: by a\nFrom: a@example.jp\n{bad}\nTo: b@example.jp\nDate: Mon, 2 Nov 2026 10:00:00 +0900\n"
        );
        let message = pasted(&text);
        let names = ["Received", "From"];
        assert!(names.iter().all(|name| message.first(name).is_some()), "{bad}: {:?}", fields(&message));
    }
}

#[test]
fn hostile_text_takes_linear_time() {
    for unit in [
        "> ",
        "<td>",
        "&lt;",
        "a:\tb\n",
        "件名：",
        "\u{3000}",
        "From: a\n\n",
        "x\ty\n",
        "h=from:to\n",
        "| a | b |\n",
        "```\n",
    ] {
        let text = format!("From: a\nTo: b\n{}", unit.repeat((1 << 18) / unit.len()));
        let _ = pasted(&text);
        let _ = pasted(&unit.repeat((1 << 18) / unit.len()));
    }
}

fn copied() -> impl Strategy<Value = String> {
    let lines = [
        "From: a@example.jp",
        "Subject\thello",
        "件名：x",
        "> To: b",
        "\tby c;",
        "h=from:to",
        "",
        "<tr><td>From</td>",
        "&lt;",
        "SPF:\tPASS",
        "```",
        "Received: from a",
        "by b",
        "*Sent:* x",
        "| To | x |",
        "\u{3000}y",
        "Delivered-To: a",
        "prose without end",
    ];
    let ends = ["\n", "\r\n", "\r", ""];
    let line = (prop::sample::select(lines.to_vec()), prop::sample::select(ends.to_vec()));
    prop::collection::vec(line, 0..24).prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end]).collect())
}

proptest! {
    #[test]
    fn any_text_is_survived(text in copied(), bytes: Vec<u8>) {
        for message in [pasted(&text), from_clipboard(bytes.clone()), mended(Message::read(bytes), Copied::AsFile)] {
            let length = message.source.bytes().len();
            for repair in &message.repairs {
                prop_assert!(repair.span.start < repair.span.end && repair.span.end <= length, "{:?}", repair);
                if let (Some(original), Some(source)) = (repair.original, &message.pasted) {
                    prop_assert!(original.start <= original.end && original.end <= source.bytes().len());
                }
            }
        }
    }
}
