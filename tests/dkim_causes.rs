//! Why a signature fails: each known change is made to a signed message, and exactly that change must be reported.

#![expect(clippy::unwrap_used, reason = "what cannot be signed must fail the test")]

mod support;

use std::sync::OnceLock;

use hopscope::auth::Moments;
use hopscope::auth::dkim::cause::{Causes, Change, Edit, Ended, NotSought, Search};
use hopscope::auth::dkim::{self, Signature, base64};
use hopscope::dns::{Ledger, Snapshot};
use hopscope::message::Message;
use proptest::prelude::*;
use support::sign::{Key, sign};

const NAMES: &str = "From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding";

const HEADER: &str = "From: \"Tanaka\" <tanaka@example.jp>\r\nTo: Sato <sato@example.net>, ito@example.net\r\n\
    Subject: Meeting on Tuesday\r\nDate: Fri, 20 Nov 2026 10:00:00 +0900\r\nMessage-ID: <1@example.jp>\r\n\
    MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n";

const BODY: &str = "Dear Sato,\r\n\r\nFrom Tuesday on we meet at ten.\r\n.. and no later.\r\n.\r\n  Bring 書類.\r\n\r\n-- \r\nTanaka\r\n";

/// How a message is signed.
struct Signer {
    key: Key,
    tags: String,
    zone: Snapshot,
}

impl Signer {
    fn new(key: Key, algorithm: &str, forms: &str, more: &str) -> Self {
        let record = key.record();
        let strings: Vec<_> = record.as_bytes().chunks(200).map(String::from_utf8_lossy).collect();
        let zone = format!("$default nxdomain\nsel._domainkey.example.jp. TXT \"{}\"\n", strings.join("\" \""));
        let tags = format!("v=1; a={algorithm}-sha256; c={forms}; d=example.jp; s=sel; {more} h={NAMES}");
        Self { key, tags, zone: Snapshot::parse(&zone, "test").unwrap() }
    }

    fn relaxed() -> Self {
        Self::new(Key::rsa(), "rsa", "relaxed/relaxed", "")
    }

    fn simple() -> Self {
        Self::new(Key::rsa(), "rsa", "simple/simple", "")
    }

    fn sign(&self, header: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
        let message = [header.as_bytes(), b"\r\n", body.as_ref()].concat();
        let sent = sign(&message, "DKIM-Signature", &self.tags, &self.key);
        assert_eq!(self.verify(&sent).reason, dkim::Reason::Verified);
        sent
    }

    fn verify(&self, message: &[u8]) -> Signature {
        let moment = "2026-11-22T00:00:00Z".parse().unwrap();
        let moments = Moments { judged_at: moment, now: moment };
        dkim::verify(&Message::read(message.to_vec()), moments, &Ledger::new(&self.zone)).remove(0)
    }

    fn causes(&self, message: &[u8]) -> Causes {
        self.verify(message).causes
    }
}

fn replaced(message: &[u8], from: impl AsRef<[u8]>, to: impl AsRef<[u8]>) -> Vec<u8> {
    let (from, to) = (from.as_ref(), to.as_ref());
    let at = message.windows(from.len()).position(|window| window == from);
    assert!(at.is_some(), "{} is not there", String::from_utf8_lossy(from));
    let at = at.unwrap();
    [&message[..at], to, &message[at + from.len()..]].concat()
}

fn every(message: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(message.to_vec()).unwrap().replace(from, to).into_bytes()
}

fn split(message: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let at = message.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    (message[..at + 2].to_vec(), message[at + 4..].to_vec())
}

fn with_body(message: &[u8], body: impl AsRef<[u8]>) -> Vec<u8> {
    [split(message).0.as_slice(), b"\r\n", body.as_ref()].concat()
}

fn changes(search: &Search) -> Vec<Change> {
    search.edits().iter().map(|edit| edit.change).collect()
}

fn bytes<'m>(message: &'m [u8], edit: &Edit) -> &'m [u8] {
    &message[edit.span.start..edit.span.end]
}

#[track_caller]
fn body_is(signer: &Signer, message: &[u8], expected: &[Change]) -> Vec<Edit> {
    let causes = signer.causes(message);
    assert_eq!(changes(&causes.body), expected, "{:?}", causes.body);
    assert_eq!(causes.header, Search::NotSought(NotSought::NotNeeded));
    causes.body.edits().to_vec()
}

#[track_caller]
fn header_is(signer: &Signer, message: &[u8], expected: &[Change]) -> Vec<Edit> {
    let causes = signer.causes(message);
    assert_eq!(changes(&causes.header), expected, "{:?}", causes.header);
    assert_eq!(causes.body, Search::NotSought(NotSought::NotNeeded));
    causes.header.edits().to_vec()
}

// The body

#[test]
fn text_added_at_the_end() {
    for signer in [Signer::relaxed(), Signer::simple()] {
        let sent = signer.sign(HEADER, BODY);
        for footer in ["_____\r\nusers mailing list\r\n", "\r\n\r\nThis message is confidential.", "x\r\n"] {
            let changed = [sent.as_slice(), footer.as_bytes()].concat();
            let edit = body_is(&signer, &changed, &[Change::FooterAdded]).remove(0);
            assert_eq!(bytes(&changed, &edit), footer.as_bytes());
            assert_eq!(edit.now.as_deref(), Some(footer.trim()));
        }
        let lf = every(&[sent.as_slice(), b"-- \r\nlist\r\n"].concat(), "\r\n", "\n");
        body_is(&signer, &lf, &[Change::FooterAdded]);
    }
}

/// Anybody can state the hash of an empty body, and then the whole text would be a footer.
#[test]
fn a_body_that_would_be_added_whole_is_no_cause() {
    for signer in [Signer::relaxed(), Signer::simple()] {
        for before in ["", "\r\n", "\r\n\r\n"] {
            let sent = signer.sign(HEADER, before);
            for text in ["Please use the new account.\r\n", "one\r\n-- \r\nlist\r\n", "\r\n\r\ntext\r\n"] {
                let causes = signer.causes(&with_body(&sent, text));
                assert!(matches!(causes.body, Search::NotFound { .. }), "{before:?} {text:?}: {:?}", causes.body);
            }
        }
        let sent = signer.sign(HEADER, "x\r\n");
        body_is(&signer, &with_body(&sent, "x\r\n-- \r\nlist\r\n"), &[Change::FooterAdded]);
    }
    let simple = Signer::simple();
    let blank = simple.sign(HEADER, " \r\n");
    assert_eq!(changes(&simple.causes(&with_body(&blank, " \r\ntext\r\n")).body), []);
}

#[test]
fn text_added_at_the_top() {
    for signer in [Signer::relaxed(), Signer::simple()] {
        let sent = signer.sign(HEADER, BODY);
        let banner = "CAUTION: this message is from outside.\r\nDo not open links.\r\n\r\n";
        let edit = body_is(&signer, &with_body(&sent, format!("{banner}{BODY}")), &[Change::BannerAdded]).remove(0);
        assert_eq!(edit.now.as_deref(), Some(banner.trim()));
        let both = with_body(&sent, format!("{banner}{BODY}\r\n--\r\nScanned.\r\n"));
        body_is(&signer, &both, &[Change::BannerAdded, Change::FooterAdded]);
    }
}

#[test]
fn text_added_inside() {
    let signer = Signer::relaxed();
    let sent = signer.sign(HEADER, BODY);
    let edit =
        body_is(&signer, &replaced(&sent, "  Bring", "An advertisement.\r\n  Bring"), &[Change::TextAdded]).remove(0);
    assert_eq!(edit.now.as_deref(), Some("An advertisement."));
}

#[test]
fn lines_changed_by_storage_and_transport() {
    for (signer, forms) in [(Signer::relaxed(), "relaxed"), (Signer::simple(), "simple")] {
        let sent = signer.sign(HEADER, BODY);
        for (from, to, change) in
            [("From Tuesday", ">From Tuesday", Change::FromQuoted), (".. and", "... and", Change::DotStuffing)]
        {
            let changed = replaced(&sent, from, to);
            let changed =
                if change == Change::DotStuffing { replaced(&changed, "\r\n.\r\n", "\r\n..\r\n") } else { changed };
            let edit = body_is(&signer, &changed, &[change]).remove(0);
            assert_eq!(bytes(&changed, &edit), &to.as_bytes()[..1], "{forms} {from}");
        }
        let lost = replaced(&replaced(&sent, ".. and", ". and"), "\r\n.\r\n", "\r\n\r\n");
        assert_eq!(changes(&signer.causes(&lost).body), [], "a line of one dot is gone");
        let no_lone_dot = signer.sign(HEADER, BODY.replace("\r\n.\r\n", "\r\n.x\r\n"));
        let lost = replaced(&replaced(&no_lone_dot, ".. and", ". and"), "\r\n.x", "\r\nx");
        assert_eq!(changes(&signer.causes(&lost).body), []);
        let marked = with_body(&sent, format!("\u{feff}{BODY}"));
        let edit = body_is(&signer, &marked, &[Change::ByteOrderMark]).remove(0);
        assert_eq!(bytes(&marked, &edit), "\u{feff}".as_bytes());
        body_is(&signer, &with_body(&sent, format!("\r\n{BODY}")), &[Change::BlankLines]);
        body_is(&signer, &replaced(&sent, "ten.\r\n", "ten.\r"), &[Change::LineEnds]);
        body_is(&signer, &replaced(&sent, "ten.\r\n", "ten.\r\r\n"), &[Change::LineEnds]);
        body_is(&signer, &replaced(&sent, "meet at", "meet\r at"), &[Change::LineEnds]);
    }
    let signer = Signer::relaxed();
    let marked = signer.sign(HEADER, format!("\u{feff}{BODY}"));
    let edit = body_is(&signer, &with_body(&marked, BODY), &[Change::ByteOrderMark]).remove(0);
    assert!(edit.span.is_empty());
    let blank = signer.sign(HEADER, format!("\r\n{BODY}"));
    body_is(&signer, &with_body(&blank, BODY), &[Change::BlankLines]);
    let quoted = signer.sign(HEADER, BODY.replace("From Tuesday", ">From Tuesday"));
    body_is(&signer, &with_body(&quoted, BODY), &[Change::FromQuoted]);
    let twice = BODY.replace("  Bring", "From one\r\n>From two\r\n  Bring");
    let sent = signer.sign(HEADER, &twice);
    let mboxo = twice.replace("\nFrom ", "\n>From ");
    body_is(&signer, &with_body(&sent, &mboxo), &[Change::FromQuoted]);
    let mboxrd = twice.replace("\n>From ", "\n>>From ").replace("\nFrom ", "\n>From ");
    let edit = body_is(&signer, &with_body(&sent, &mboxrd), &[Change::FromQuoted]).remove(0);
    assert_eq!(edit.places, 3);
}

#[test]
fn white_space_and_long_lines() {
    let signer = Signer::simple();
    let sent = signer.sign(HEADER, BODY);
    body_is(&signer, &replaced(&sent, "-- \r\n", "--\r\n"), &[Change::WhiteSpace]);
    let plain = signer.sign(HEADER, BODY.replace("-- \r\n", ""));
    body_is(&signer, &replaced(&plain, "ten.\r\n", "ten. \t\r\n"), &[Change::WhiteSpace]);
    let signer = Signer::relaxed();
    let long = format!("{}\r\nend\r\n", "word ".repeat(500));
    let sent = signer.sign(HEADER, &long);
    let broken =
        [&long.as_bytes()[..998], b"\r\n ", &long.as_bytes()[998..1996], b"\r\n ", &long.as_bytes()[1996..]].concat();
    body_is(&signer, &with_body(&sent, broken), &[Change::LongLines]);
    let broken = [&long.as_bytes()[..990], b"!\r\n ", &long.as_bytes()[990..]].concat();
    body_is(&signer, &with_body(&sent, broken), &[Change::LongLines]);
}

#[test]
fn the_end_of_a_body_as_some_signers_hash_it() {
    let signer = Signer::relaxed();
    let hash = |text: &[u8]| {
        use hopscope::auth::dkim::canon::Sink;
        use hopscope::auth::dkim::crypto::{Hash, Hasher};
        let mut hasher = Hasher::new(Hash::Sha256);
        hasher.write(text);
        base64::encode(hasher.finish().bytes())
    };
    for (hashed, change) in
        [("Hello.", Change::EndOfBody), ("Hello.\r\n\r\n", Change::EndOfBody), ("Hello.\n", Change::LineEnds)]
    {
        let tags = format!("{}; bh={}", signer.tags, hash(hashed.as_bytes()));
        let message = format!("{HEADER}\r\nHello.\r\n\r\n");
        let sent = sign(message.as_bytes(), "DKIM-Signature", &tags, &signer.key);
        body_is(&signer, &sent, &[change]);
    }
}

const ALTERNATIVE: &str = "--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHello,\r\n会議です。\r\n\
    --b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    <html><body><p>Hello,=20</p><p>=E4=BC=9A=E8=AD=B0=E3=81=A7=E3=81=99=E3=80=82 One long line=\r\n that goes on and on and on and on</p></body></html>\r\n--b--\r\n";

fn alternative() -> String {
    HEADER.replace("text/plain; charset=\"utf-8\"", "multipart/alternative; boundary=b")
}

#[test]
fn parts_added_and_wrapped() {
    let signer = Signer::relaxed();
    let sent = signer.sign(&alternative(), ALTERNATIVE);
    let part = "--b\r\nContent-Type: text/plain\r\n\r\nusers mailing list\r\n";
    let changed = replaced(&sent, "--b--", format!("{part}--b--"));
    let edit = body_is(&signer, &changed, &[Change::PartAdded]).remove(0);
    assert_eq!(bytes(&changed, &edit), part.as_bytes());
    body_is(
        &signer,
        &with_body(&sent, format!("This is a multi-part message in MIME format.\r\n{ALTERNATIVE}")),
        &[Change::MimeFrame],
    );
    let framed =
        signer.sign(&alternative(), format!("This is a multi-part message in MIME format.\r\n\r\n{ALTERNATIVE}"));
    body_is(&signer, &with_body(&framed, ALTERNATIVE), &[Change::MimeFrame]);
    body_is(&signer, &replaced(&sent, "--b--\r\n", ""), &[Change::MimeFrame]);
    // What Mailman makes of a plain message.
    let sent = signer.sign(HEADER, BODY);
    let (header, body) = split(&sent);
    let header = replaced(
        &header,
        "Content-Type: text/plain; charset=\"utf-8\"",
        "Content-Type: multipart/mixed; boundary=\"===1==\"",
    );
    let header = replaced(&header, "Content-Transfer-Encoding: 8bit\r\n", "");
    let wrapped = [
        header.as_slice(),
        b"\r\n--===1==\r\nContent-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\nContent-Disposition: inline\r\n\r\n",
        &body,
        b"\r\n--===1==\r\nContent-Type: text/plain; charset=\"us-ascii\"\r\nMIME-Version: 1.0\r\n\r\n_____\r\nusers list\r\n\r\n--===1==--\r\n",
    ]
    .concat();
    let causes = signer.causes(&wrapped);
    assert_eq!(changes(&causes.body), [Change::PartWrapped]);
    assert_eq!(causes.body.edits()[0].now.as_deref(), Some("_____\r\nusers list"));
    assert_eq!(changes(&causes.header), [Change::FieldRewritten, Change::FieldMissing], "{:?}", causes.header);
    assert!(causes.explain());
}

#[test]
fn text_added_to_parts() {
    let signer = Signer::relaxed();
    let sent = signer.sign(&alternative(), ALTERNATIVE);
    let text = replaced(&sent, "会議です。\r\n", "会議です。\r\n\r\n-- \r\nScanned for viruses.\r\n");
    let edit = body_is(&signer, &text, &[Change::FooterAdded]).remove(0);
    assert_eq!(edit.now.as_deref(), Some("-- \r\nScanned for viruses."));
    let html = replaced(&sent, "<body>", "<body><div>CAUTION: external</div>");
    let edit = body_is(&signer, &html, &[Change::BannerAdded]).remove(0);
    assert_eq!(edit.now.as_deref(), Some("CAUTION: external"));
    let both = replaced(&html, "Hello,\r\n", "CAUTION: external\r\n\r\nHello,\r\n");
    body_is(&signer, &both, &[Change::BannerAdded, Change::BannerAdded]);
    let footers = replaced(&text, "</body>", "<hr>\r\n<p>Scanned for viruses.</p></body>");
    body_is(&signer, &footers, &[Change::FooterAdded, Change::FooterAdded]);
    let coded = |text: &str| {
        let lines: Vec<String> = base64::encode(text.as_bytes())
            .as_bytes()
            .chunks(76)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect();
        lines.join("\r\n") + "\r\n"
    };
    let header = HEADER.replace("8bit", "base64");
    let long = BODY.repeat(3);
    let sent = signer.sign(&header, coded(&long));
    let changed = with_body(&sent, coded(&format!("{long}\r\n_____\r\nusers list\r\n")));
    let edit = body_is(&signer, &changed, &[Change::FooterAdded]).remove(0);
    assert_eq!(edit.now.as_deref(), Some("_____\r\nusers list"));
}

#[test]
fn encodings_rewrapped_and_changed() {
    let signer = Signer::relaxed();
    let wrapped = |width: usize| {
        let text = base64::encode(BODY.repeat(4).as_bytes());
        let lines: Vec<_> = text.as_bytes().chunks(width).map(String::from_utf8_lossy).collect();
        lines.join("\r\n") + "\r\n"
    };
    let sent = signer.sign(&HEADER.replace("8bit", "base64"), wrapped(76));
    body_is(&signer, &with_body(&sent, wrapped(72)), &[Change::Rewrapped]);
    let sent = signer.sign(&HEADER.replace("8bit", "base64"), wrapped(60));
    body_is(&signer, &with_body(&sent, wrapped(76)), &[Change::Rewrapped]);
    // Quoted-printable, its soft line ends elsewhere.
    let sent = signer.sign(&alternative(), ALTERNATIVE);
    let moved = replaced(&sent, "One long line=\r\n that", "One long=\r\n line that");
    assert_eq!(changes(&signer.causes(&moved).body), [], "no program breaks lines at that place");
    let line = "=E4=BC=9A=E8=AD=B0=E3=81=A7=E3=81=99=E3=80=82 One long line that goes on and=\r\n on and on";
    let own = ALTERNATIVE.replace(
        "=E4=BC=9A=E8=AD=B0=E3=81=A7=E3=81=99=E3=80=82 One long line=\r\n that goes on and on and on and on",
        line,
    );
    let _ = own;
    // 8 bits made 7 on the way.
    let sent = signer.sign(HEADER, BODY);
    let (header, _) = split(&sent);
    let quoted = BODY.replace("書類", "=E6=9B=B8=E9=A1=9E").replace("-- \r\n", "--=20\r\n");
    let recoded = [replaced(&header, "8bit", "quoted-printable").as_slice(), b"\r\n", quoted.as_bytes()].concat();
    let causes = signer.causes(&recoded);
    assert_eq!(changes(&causes.body), [Change::Recoded]);
    assert_eq!(changes(&causes.header), [Change::FieldRewritten]);
    let text = base64::encode(BODY.as_bytes());
    let lines: Vec<_> = text.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
    let recoded = [replaced(&header, "8bit", "base64").as_slice(), b"\r\n", lines.join("\r\n").as_bytes()].concat();
    assert_eq!(changes(&signer.causes(&recoded).body), [Change::Recoded]);
    // In a part, whose own header names the encoding.
    let sent = signer.sign(&alternative(), ALTERNATIVE);
    let part = replaced(
        &sent,
        "8bit\r\n\r\nHello,\r\n会議です。",
        "quoted-printable\r\n\r\nHello,\r\n=E4=BC=9A=E8=AD=B0=E3=81=A7=E3=81=99=E3=80=82",
    );
    body_is(&signer, &part, &[Change::Recoded]);
}

#[test]
fn links_that_lead_through_a_filter() {
    let signer = Signer::relaxed();
    let sent = signer.sign(HEADER, "See https://example.jp/a?b=1 and\r\n<https://example.jp/>.\r\n");
    let filter = "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.jp%2F";
    let changed =
        with_body(&sent, format!("See {filter}a%3Fb%3D1&data=05&reserved=0 and\r\n<{filter}&data=05&reserved=0>.\r\n"));
    let edit = body_is(&signer, &changed, &[Change::LinksRewritten]).remove(0);
    assert_eq!((edit.places, edit.before.as_deref()), (2, Some("https://example.jp/a?b=1")));
}

#[test]
fn a_length_hides_what_is_added_behind_it() {
    let signer = Signer::new(Key::rsa(), "rsa", "relaxed/relaxed", "l=20;");
    let sent = signer.sign(HEADER, BODY);
    let banner = with_body(&sent, format!("CAUTION\r\n\r\n{BODY}"));
    body_is(&signer, &banner, &[Change::BannerAdded]);
}

// The header

#[test]
fn tags_in_the_subject() {
    for signer in [Signer::relaxed(), Signer::simple(), Signer::new(Key::ed25519(), "ed25519", "relaxed/relaxed", "")] {
        let sent = signer.sign(HEADER, BODY);
        for (subject, tag) in [
            ("[EXT] Meeting on Tuesday", "[EXT] "),
            ("[users 12] Meeting on Tuesday", "[users 12] "),
            ("***SPAM*** Meeting on Tuesday", "***SPAM*** "),
            ("【社外】Meeting on Tuesday", "【社外】"),
            ("SPAM: Meeting on Tuesday", "SPAM: "),
            ("Meeting on Tuesday [EXT]", "[EXT]"),
            ("Meeting on Tuesday (external)", "(external)"),
        ] {
            let changed = replaced(&sent, "Meeting on Tuesday", subject);
            let edit = header_is(&signer, &changed, &[Change::SubjectTag]).remove(0);
            assert_eq!(edit.now.as_deref(), Some(tag), "{subject}");
            assert_eq!(String::from_utf8_lossy(bytes(&changed, &edit)).trim(), tag.trim());
            assert_eq!(edit.field.as_deref(), Some("Subject"));
        }
    }
    let signer = Signer::relaxed();
    let sent = signer.sign(&HEADER.replace("Meeting", "Re: Meeting"), BODY);
    header_is(&signer, &replaced(&sent, "Re: Meeting", "Re: [list] Meeting"), &[Change::SubjectTag]);
}

#[test]
fn tags_in_encoded_subjects() {
    let signer = Signer::relaxed();
    let word = |text: &str| format!("=?UTF-8?B?{}?=", base64::encode(text.as_bytes()));
    let sent = signer.sign(&HEADER.replace("Meeting on Tuesday", &word("火曜日の会議")), BODY);
    for (subject, tag) in [
        (word("[EXT] 火曜日の会議"), "[EXT] "),
        (format!("[EXT] {}", word("火曜日の会議")), "[EXT] "),
        (word("【社外】火曜日の会議"), "【社外】"),
        (format!("=?utf-8?q?=5BEXT=5D_?= {}", word("火曜日の会議")), "[EXT] "),
    ] {
        let changed = replaced(&sent, word("火曜日の会議"), &subject);
        let edit = header_is(&signer, &changed, &[Change::SubjectTag]).remove(0);
        assert_eq!(edit.now.as_deref().map(str::trim), Some(tag.trim()), "{subject}");
    }
    // Plain when it was signed, encoded with its tag.
    let sent = signer.sign(HEADER, BODY);
    header_is(
        &signer,
        &replaced(&sent, "Meeting on Tuesday", word("【社外】Meeting on Tuesday")),
        &[Change::SubjectTag],
    );
}

#[test]
fn fields_added_removed_and_swapped() {
    let signer = Signer::relaxed();
    let sent = signer.sign(HEADER, BODY);
    let below = replaced(&sent, "\r\n\r\nDear", "\r\nTo: b@example.org\r\n\r\nDear");
    let edit = header_is(&signer, &below, &[Change::FieldAdded]).remove(0);
    assert_eq!(bytes(&below, &edit), b"To: b@example.org\r\n");
    header_is(&signer, &replaced(&sent, "MIME-Version: 1.0\r\n", ""), &[Change::FieldMissing]);
    let over = Signer { tags: signer.tags.replace("Subject:", "Subject:subject:Reply-To:"), ..Signer::relaxed() };
    let over = Signer { key: over.key, ..over };
    let sent = over.sign(HEADER, BODY);
    header_is(
        &over,
        &replaced(&sent, "\r\nSubject:", "\r\nReply-To: c@example.org\r\nSubject:"),
        &[Change::FieldAdded],
    );
    header_is(&over, &replaced(&sent, "\r\nSubject:", "\r\nSubject: other\r\nSubject:"), &[Change::FieldAdded]);
    let tags = signer.tags.replace("h=From", "h=X-A:X-A:From");
    let twice = Signer { tags, ..Signer::relaxed() };
    let sent = twice.sign(&format!("X-A: 1\r\nX-A: 2\r\n{HEADER}"), BODY);
    header_is(&twice, &replaced(&sent, "X-A: 1\r\nX-A: 2", "X-A: 2\r\nX-A: 1"), &[Change::FieldOrder]);
}

#[test]
fn rewritten_addresses() {
    let signer = Signer::relaxed();
    let sent = signer.sign(HEADER, BODY);
    let from = "From: \"Tanaka\" <tanaka@example.jp>";
    for munged in [
        "From: \"Tanaka via Users\" <users@lists.example.com>\r\nReply-To: \"Tanaka\" <tanaka@example.jp>",
        "From: Tanaka via Users <users@lists.example.com>\r\nReply-To: tanaka@example.jp",
        "From: 'Tanaka' via Users <users@lists.example.com>\r\nX-Original-Sender: tanaka@example.jp",
        "From: Users <users@lists.example.com>\r\nX-Original-From: \"Tanaka\" <tanaka@example.jp>",
    ] {
        let edit = header_is(&signer, &replaced(&sent, from, munged), &[Change::FieldRewritten]).remove(0);
        assert_eq!(edit.field.as_deref(), Some("From"));
        assert_eq!(edit.before.as_deref(), Some("\"Tanaka\" <tanaka@example.jp>"), "{munged}");
    }
    let to = "To: Sato <sato@example.net>, ito@example.net";
    for other in [
        "To: \"Sato\" <sato@example.net>, ito@example.net",
        "To: Sato <sato@example.net>, ito@example.net, more@example.net",
    ] {
        header_is(&signer, &replaced(&sent, to, other), &[Change::FieldRewritten]);
    }
    let id = "Message-ID: <1@example.jp>";
    let other = "Message-ID: <new@example.net>\r\nX-Microsoft-Original-Message-ID: <1@example.jp>";
    header_is(&signer, &replaced(&sent, id, other), &[Change::FieldRewritten]);
    let date = "Fri, 20 Nov 2026 10:00:00 +0900";
    header_is(
        &signer,
        &replaced(&sent, date, "Fri, 20 Nov 2026 01:00:00 +0000\r\nReceived: a; Fri, 20 Nov 2026 10:00:01 +0900"),
        &[Change::FieldRewritten],
    );
}

#[test]
fn several_fields_at_once() {
    let signer = Signer::relaxed();
    let sent = signer.sign(HEADER, BODY);
    let changed = replaced(&sent, "Meeting on", "[users] Meeting on");
    let changed = replaced(
        &changed,
        "From: \"Tanaka\" <tanaka@example.jp>",
        "From: Tanaka via Users <users@lists.example.com>\r\nReply-To: \"Tanaka\" <tanaka@example.jp>",
    );
    let changed = replaced(&changed, "\"utf-8\"", "utf-8; format=flowed");
    let causes = signer.causes(&changed);
    let found = changes(&causes.header);
    assert_eq!(found.len(), 2 + 1, "{:?}", causes.header);
    assert!(found.contains(&Change::SubjectTag) && found.contains(&Change::FieldRewritten));
}

#[test]
fn words_decoded_and_encoded() {
    let signer = Signer::relaxed();
    let word = format!("=?UTF-8?B?{}?=", base64::encode("火曜日の会議".as_bytes()));
    let sent = signer.sign(&HEADER.replace("Meeting on Tuesday", &word), BODY);
    for form in ["火曜日の会議", "=?utf-8?Q?=E7=81=AB=E6=9B=9C=E6=97=A5=E3=81=AE=E4=BC=9A=E8=AD=B0?="] {
        header_is(&signer, &replaced(&sent, &word, form), &[Change::WordsRecoded]);
    }
    let sent = signer.sign(&HEADER.replace("Meeting on Tuesday", "火曜日の会議"), BODY);
    header_is(&signer, &replaced(&sent, "火曜日の会議", &word), &[Change::WordsRecoded]);
    let name = format!("=?UTF-8?B?{}?= <tanaka@example.jp>", base64::encode("田中".as_bytes()));
    let sent = signer.sign(&HEADER.replace("\"Tanaka\" <tanaka@example.jp>", &name), BODY);
    header_is(&signer, &replaced(&sent, &name, "田中 <tanaka@example.jp>"), &[Change::WordsRecoded]);
}

#[test]
fn folding_and_white_space() {
    let signer = Signer::simple();
    let folded = HEADER.replace(">, ito", ">,\r\n\tito").replace("on Tuesday", "on\r\n Tuesday");
    let sent = signer.sign(&folded, BODY);
    for (from, to) in
        [(">,\r\n\tito", ">,\r\n ito"), ("on\r\n Tuesday", "on Tuesday"), ("\r\nMessage-ID: <", "\r\nMessage-Id: <")]
    {
        let causes = signer.causes(&replaced(&sent, from, to));
        assert_eq!(changes(&causes.header), [Change::Folding], "{to}: {:?}", causes.header);
    }
    let signer = Signer::relaxed();
    let sent = signer.sign(HEADER, BODY);
    for (from, to) in [("net>, ito", "net>,ito"), ("<1@example.jp>", "<1@exam\r\n ple.jp>"), ("; s=sel; ", ";s=sel; ")]
    {
        let causes = signer.causes(&replaced(&sent, from, to));
        assert_eq!(causes.header.edits().len(), 1, "{from}: {:?}", causes.header);
    }
}

#[test]
fn copies_that_the_signer_kept() {
    let copies = "z=From:=22Tanaka=22=20<tanaka@example.jp>|To:=20Sato=20<sato@example.net>,=20ito@example.net|\
        Subject:=20Meeting=20on=20Tuesday|Date:=20Fri,=2020=20Nov=202026=2010:00:00=20+0900;";
    let signer = Signer::new(Key::ed25519(), "ed25519", "relaxed/relaxed", copies);
    let sent = signer.sign(HEADER, BODY);
    let changed = replaced(&sent, "Meeting on Tuesday", "Quite another subject");
    let changed =
        replaced(&changed, "\r\nFrom: \"Tanaka\" <tanaka@example.jp>", "\r\nFrom: Someone <else@example.org>");
    let edits = header_is(&signer, &changed, &[Change::FieldRewritten, Change::FieldRewritten]);
    assert_eq!(edits[0].before.as_deref(), Some("\"Tanaka\" <tanaka@example.jp>"));
    assert_eq!(edits[1].before.as_deref(), Some("Meeting on Tuesday"));
}

// What is no known change

#[test]
fn other_changes_are_no_cause() {
    for signer in [Signer::relaxed(), Signer::simple(), Signer::new(Key::ed25519(), "ed25519", "relaxed/relaxed", "")] {
        let sent = signer.sign(HEADER, BODY);
        for (from, to) in [("at ten", "at eleven"), ("Dear Sato", "Dear Ito"), ("Bring", "Burn")] {
            let causes = signer.causes(&replaced(&sent, from, to));
            assert!(
                matches!(causes.body, Search::NotFound { tried: 10.., ended: Ended::Complete }),
                "{:?}",
                causes.body
            );
        }
        for (from, to) in [("Meeting on Tuesday", "Meeting on Wednesday"), ("sato@", "saito@")] {
            let causes = signer.causes(&replaced(&sent, from, to));
            assert!(
                matches!(causes.header, Search::NotFound { tried: 100.., ended: Ended::Complete }),
                "{:?}",
                causes.header
            );
        }
    }
}

#[test]
fn a_signature_of_another_key_is_told_apart() {
    let signer = Signer::relaxed();
    let sent = signer.sign(HEADER, BODY);
    let other = Signer { zone: Signer::relaxed().zone, ..signer };
    assert_eq!(other.causes(&sent).header, Search::NotSought(NotSought::OtherKey));
    let footer = [sent.as_slice(), b"footer\r\n"].concat();
    let causes = other.causes(&footer);
    assert_eq!(
        (changes(&causes.body), causes.header),
        (vec![Change::FooterAdded], Search::NotSought(NotSought::OtherKey))
    );
}

/// Every failing signature of the corpus: what was found, for a person to read.
#[test]
fn causes_over_the_corpus() {
    const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");
    let Ok(manifest) = std::fs::read_to_string(format!("{CORPUS}/MANIFEST.tsv")) else {
        println!("skipped: no corpus");
        return;
    };
    let zone = std::fs::read_to_string(format!("{CORPUS}/dns.zone")).unwrap();
    let snapshot = Snapshot::parse(&format!("$default nxdomain\n{zone}"), "dns.zone").unwrap();
    let moment = "2026-11-22T00:00:00Z".parse().unwrap();
    let moments = Moments { judged_at: moment, now: moment };
    let (mut sought, mut explained) = (0, 0);
    for file in manifest.lines().skip(1).filter_map(|row| row.split('\t').next()) {
        let message = Message::read(std::fs::read(format!("{CORPUS}/{file}")).unwrap());
        for signature in dkim::verify(&message, moments, &Ledger::new(&snapshot)) {
            for (half, search) in [("body", &signature.causes.body), ("header", &signature.causes.header)] {
                let key = signature.key.state;
                match search {
                    Search::NotSought(NotSought::NotNeeded) => continue,
                    Search::Found { edits, tried } => {
                        explained += 1;
                        println!("{half:6} {file} {key:?}: {tried} {edits:?}");
                    }
                    other => println!("{half:6} {file} {key:?} {:?}: {other:?}", signature.reason),
                }
                sought += 1;
            }
        }
    }
    println!("{sought} halves do not fit, {explained} explained");
    assert!(explained > 0);
}

// Whatever was done to it

/// Bytes put in, taken out or overwritten at some places: what no known change looks like, and some that do.
fn damaged(message: &[u8], damage: &[(usize, usize, Vec<u8>)]) -> Vec<u8> {
    let mut message = message.to_vec();
    for (at, gone, new) in damage {
        let at = at % (message.len() + 1);
        let end = (at + gone).min(message.len());
        message.splice(at..end, new.iter().copied());
    }
    message
}

fn damage() -> impl Strategy<Value = (usize, usize, Vec<u8>)> {
    let pieces: Vec<&[u8]> = vec![
        b"",
        b"\r\n",
        b"\n",
        b"\r",
        b" ",
        b">",
        b".",
        b"\0",
        b"\xff",
        b"--",
        b"--\r\n",
        b"Subject: [x] \r\n",
        b"[list] ",
        b"=\r\n",
        b"=?utf-8?B?4pyT?=",
        b"<html>",
        b"\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n",
        b"\xEF\xBB\xBF",
    ];
    (any::<usize>(), 0_usize..40, prop::sample::select(pieces).prop_map(<[u8]>::to_vec))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// No damage makes the search panic or try without an end, and every change that it reports lies in the message.
    #[test]
    fn no_damage_breaks_the_search(damage in prop::collection::vec(damage(), 1..4)) {
        let signer = SIGNER.get_or_init(Signer::relaxed);
        let sent = SENT.get_or_init(|| signer.sign(HEADER, BODY));
        let message = Message::read(damaged(sent, &damage));
        let moment = "2026-11-22T00:00:00Z".parse().unwrap();
        let ledger = Ledger::new(&signer.zone);
        for signature in dkim::verify(&message, Moments { judged_at: moment, now: moment }, &ledger) {
            for edit in signature.causes.edits() {
                prop_assert!(edit.span.start <= edit.span.end && edit.span.end <= message.source.bytes().len());
            }
            if signature.reason == dkim::Reason::Verified {
                prop_assert_eq!(signature.causes.edits().count(), 0);
            }
        }
    }
}

static SIGNER: OnceLock<Signer> = OnceLock::new();
static SENT: OnceLock<Vec<u8>> = OnceLock::new();
