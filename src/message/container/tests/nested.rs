//! Messages in messages.

use super::*;

pub(super) fn forward(attachment: &str) -> String {
    format!(
        "{HEAD}Subject: Fw: look\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\nSee below\r\n--b\r\nContent-Type: text/plain\r\n\r\nIs this real?\r\n--b\r\n{attachment}\r\n--b--\r\n"
    )
}

const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(57) {
        let mut line = Vec::new();
        for three in chunk.chunks(3) {
            let word = three.iter().chain(&[0, 0]).take(3).fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
            for place in 0..4 {
                let digit = DIGITS[(word >> (18 - 6 * place) & 63) as usize];
                line.push(if place > three.len() { b'=' } else { digit });
            }
        }
        text.push_str(std::str::from_utf8(&line).unwrap());
        text.push_str("\r\n");
    }
    text
}

#[test]
fn a_forward_brings_its_attachment() {
    let inner = mail("inner", "hello");
    let as_is = forward(&format!("Content-Type: message/rfc822\r\n\r\n{inner}"));
    let encoded = forward(&format!(
        "Content-Type: message/rfc822; name=\"x.eml\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        base64(inner.as_bytes())
    ));
    let file = forward(&format!(
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n filename*=UTF-8''%E8%AB%8B.eml\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        base64(inner.as_bytes())
    ));
    for text in [&as_is, &encoded, &file] {
        let container = open(text);
        assert_eq!(subjects(&container), listed(&[(0, "Fw: look"), (1, "inner")]), "{text}");
        let letters = container.read(0).unwrap();
        assert!(letters[0].is_wrapper && !letters[1].is_wrapper);
        assert_eq!((letters[1].message.kind, body(&letters[1].message)), (Kind::Nested, "hello\r\n".to_owned()));
        assert_eq!(letters[1].message.kept, Kept::default());
        assert_eq!(subject(&container.pick("2".parse().unwrap()).unwrap()), "inner");
        let first = container.first().unwrap();
        assert_eq!((first.kind, first.place.unwrap().left_out), (Kind::Nested, Some(LeftOut::Wrapper)));
    }
    let offset = open(&as_is).read(0).unwrap()[1].message.place.unwrap().offset;
    assert_eq!(offset, None, "a file that is one message has no offsets of its own");
}

#[test]
fn a_forward_in_an_mbox_has_a_number_and_a_layer() {
    let inner = mail("inner", "hello").replace("\r\n", "\n");
    let forward = forward(&format!("Content-Type: message/rfc822\n\n{inner}")).replace("\r\n", "\n");
    let from = "From a@example.jp Mon Nov  2 10:00:00 2026\n";
    let container = open(format!("{from}From: a\nSubject: first\n\nx\n\n{from}{forward}\n"));
    let picked = container.pick("2.2".parse().unwrap()).unwrap();
    assert_eq!((subject(&picked), picked.place.unwrap().pick.to_string()), ("inner".to_owned(), "2.2".to_owned()));
    let offset = usize::try_from(picked.place.unwrap().offset.unwrap()).unwrap();
    assert!(format!("{from}From: a\nSubject: first\n\nx\n\n{from}{forward}\n")[offset..].starts_with("Received:"));
}

#[test]
fn reports_and_digests_wrap_nothing() {
    let report = format!(
        "{HEAD}Subject: failed\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nsorry\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{HEAD}Subject: sent\r\n\r\n--b--\r\n"
    );
    let letters = open(report).read(0).unwrap();
    assert_eq!((letters.len(), letters[0].is_wrapper), (2, false));
    assert!(letters[1].message.headers_only());
    let digest = format!(
        "{HEAD}Subject: digest\r\nContent-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n{}\r\n--b\r\n\r\n{}\r\n--b--\r\n",
        mail("one", "1"),
        mail("two", "2")
    );
    let container = open(digest);
    assert_eq!(subjects(&container), listed(&[(0, "digest"), (1, "one"), (1, "two")]));
    assert!(!container.read(0).unwrap()[0].is_wrapper);
}

#[test]
fn what_exchange_attached_is_not_what_was_sent() {
    let inner = mail("inner", "hello");
    let forward = forward(&format!("Content-Type: message/rfc822\r\n\r\n{inner}"));
    let letters = open(format!("X-MS-Has-Attach: yes\r\n{forward}")).read(0).unwrap();
    let rewritten = Kept { header: Fidelity::Rewritten, body: Fidelity::Rewritten };
    assert_eq!((letters[0].message.kept, letters[1].message.kept), (Kept::default(), rewritten));
}

#[test]
fn nesting_and_numbers_end_at_their_limits() {
    let mut text = mail("deepest", "x");
    for depth in 0..40 {
        text = format!(
            "{HEAD}Subject: {depth}\r\nContent-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\nContent-Type: message/rfc822\r\n\r\n{text}\r\n--b{depth}--\r\n"
        );
    }
    assert_eq!(open(&text).read(0).unwrap().len(), Container::MAX_DEPTH + 1);
    let part = format!("--b\r\nContent-Type: message/rfc822\r\n\r\n{}\r\n", mail("part", "x"));
    let many = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n", part.repeat(5_000));
    assert!(open(&many).read(0).unwrap().len() <= Container::MAX_ATTACHED + 1);
    let parts = "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".repeat(20_000);
    open(format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}"));
    let encoded = format!(
        "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        "QUFB".repeat(4 << 20)
    );
    open(format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{encoded}"));
}
