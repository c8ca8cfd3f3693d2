//! The program as a script sees it: formats, exit codes, one line for what went wrong.

#![expect(clippy::unwrap_used, reason = "what the program prints must be read, or the test fails")]

mod schema;

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use hopscope::auth::dkim::base64;
use hopscope::auth::dkim::canon::Sink;
use hopscope::auth::dkim::crypto::{Hash, Hasher};
use hopscope::samples::Sample;
use serde_json::Value;
use tempfile::TempDir;

const AT: &str = "2026-11-22T00:00:00Z";

/// A folder with one sample, and with no settings of the person who runs the tests.
struct Desk {
    folder: TempDir,
    sample: Sample,
}

impl Desk {
    fn new(sample: Sample) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), sample };
        let written = desk.run(["samples", sample.name(), "-o", "."]);
        assert_eq!((written.status.code(), written.stdout.as_slice()), (Some(0), b"".as_slice()));
        desk
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hopscope"));
        for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"] {
            command.env_remove(variable);
        }
        for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(variable, self.folder.path());
        }
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    fn message(&self) -> String {
        format!("{}.eml", self.sample.name())
    }

    fn answers(&self) -> String {
        format!("{}.dns", self.sample.name())
    }

    /// `report` on the sample with its answers, English where nothing else is said.
    fn report(&self, more: &[&str]) -> Output {
        let (message, answers) = (self.message(), self.answers());
        let mut arguments = vec!["report", &message, "--dns", &answers, "--at", AT];
        if !more.contains(&"--lang") {
            arguments.extend(["--lang", "en"]);
        }
        arguments.extend(more);
        self.run(arguments)
    }

    fn json(&self, more: &[&str]) -> Value {
        let arguments: Vec<&str> = ["--format", "json"].iter().chain(more).copied().collect();
        let output = self.report(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Exit code 1, nothing on standard output, one line that says what is wrong.
#[track_caller]
fn assert_refused(output: &Output, says: &str) {
    let error = stderr(output);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert_eq!(output.stdout, b"");
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.starts_with("hopscope: ") && error.contains(says), "{error}");
}

#[test]
fn every_sample_in_every_format() {
    for sample in Sample::ALL {
        let desk = Desk::new(sample);
        let report = desk.json(&[]);
        assert_eq!(schema::problems(&report), Vec::<String>::new(), "{}", sample.name());
        let sentence = report["headline"]["text"].as_str().unwrap();

        let text = stdout(&desk.report(&[]));
        assert!(text.starts_with(sentence), "{text}");
        assert!(text.chars().all(|character| character == '\n' || !character.is_control()));
        assert!(stdout(&desk.report(&["--format", "markdown"])).starts_with("**"));
        let page = stdout(&desk.report(&["--format", "html"]));
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
        for fetched in ["<script", "http://", "https://", "src=", "@import"] {
            assert!(!page.contains(fetched), "{fetched}");
        }
    }
}

#[cfg(feature = "gui")]
#[test]
fn a_picture_is_written_to_a_file() {
    let desk = Desk::new(Sample::OrderConfirmation);
    for theme in ["light", "dark"] {
        let more = ["--format", "png", "-o", "out.png", "--theme", theme, "--width", "800", "--scale", "1"];
        let output = desk.report(&more);
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"".as_slice()));
        let image = image::open(desk.path("out.png")).unwrap();
        assert_eq!(image.width(), 800);
        assert!(image.height() > 200);
    }
}

#[test]
fn a_file_takes_the_report() {
    let desk = Desk::new(Sample::Forwarded);
    let output = desk.report(&["-o", "out.txt"]);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"".as_slice()));
    assert_eq!(std::fs::read_to_string(desk.path("out.txt")).unwrap(), stdout(&desk.report(&[])));
}

#[test]
fn standard_input_may_hold_pasted_headers() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let pasted = |input: &[u8]| -> Output {
        let mut child = desk
            .command()
            .args(["report", "-", "--format", "json", "--at", AT, "--dns", &desk.answers()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    };
    let whole: Value = serde_json::from_slice(&pasted(desk.sample.message()).stdout).unwrap();
    assert_eq!(whole["dmarc"]["result"], "pass");
    let message = String::from_utf8_lossy(desk.sample.message()).into_owned();
    let end = message.find("\r\n\r\n").unwrap() + 4;
    let headers: Value = serde_json::from_slice(&pasted(&message.as_bytes()[..end]).stdout).unwrap();
    assert_eq!(headers["input"]["kind"], "headers");
    assert_eq!(schema::problems(&headers), Vec::<String>::new());
    assert_refused(&pasted(b""), "standard input is empty");
    assert_refused(&pasted(b"good morning\n"), "holds no mail");
}

#[test]
fn the_session_can_be_given() {
    let desk = Desk::new(Sample::Forwarded);
    let given = desk.json(&["--ip", "192.0.2.77", "--helo", "given.example.net", "--mail-from", "x@given.example.net"]);
    assert_eq!(given["session"]["ip"]["value"], "192.0.2.77");
    assert_eq!(given["session"]["helo"]["value"], "given.example.net");
    assert_eq!(given["spf"]["mail_from"]["sender"], "x@given.example.net");
    for null in ["", "<>"] {
        let bounce = desk.json(&["--mail-from", null]);
        assert_eq!(bounce["session"]["mail_from"]["value"], "<>");
        assert_eq!(schema::problems(&bounce), Vec::<String>::new());
    }
}

#[test]
fn a_hop_can_be_chosen() {
    let desk = Desk::new(Sample::Forwarded);
    let chosen = desk.json(&["--hop", "2"]);
    assert_eq!(chosen["path"]["boundary"]["hop"], 2);
    assert_eq!(chosen["path"]["boundary"]["chosen_by"], "user");
    assert_eq!(chosen["spf"]["mail_from"]["result"], "pass", "the sender's own server");
    assert_refused(&desk.report(&["--hop", "99"]), "no such hop");
}

#[test]
fn the_moment_can_be_given() {
    let desk = Desk::new(Sample::OrderConfirmation);
    assert_eq!(desk.json(&[])["judged_at"], AT);
    let message = desk.message();
    let receipt = stdout(&desk.run(["report", &message, "--dns", "offline", "--format", "json"]));
    let receipt: Value = serde_json::from_str(&receipt).unwrap();
    assert_eq!(receipt["judged_at_source"], "receipt");
}

#[test]
fn a_written_sample_is_named() {
    let desk = Desk::new(Sample::Forwarded);
    let written = desk.run(["samples", "forwarded", "-o", "."]);
    let said = stderr(&written);
    assert!(said.contains(&desk.message()) && said.contains(&desk.answers()), "{said}");
    assert_eq!(said.lines().count(), 1);
}

/// What nobody asked DNS for is not said to be absent, and why it was not evaluated is said.
/// The window takes `--sample`, and so does the report, with the answers that belong to it.
#[test]
fn a_sample_is_reported_without_a_file() {
    let desk = Desk::new(Sample::NewsletterThirdParty);
    let report = desk.run(["report", "--sample", "forwarded", "--format", "json"]);
    assert_eq!(report.status.code(), Some(0), "{}", stderr(&report));
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["headline"]["code"], "forwarded-dkim-carries");
    assert_eq!(report["dns_origin"]["kind"], "file");
    let offline = desk.run(["report", "--sample", "forwarded", "--format", "json", "--dns", "offline"]);
    let offline: Value = serde_json::from_slice(&offline.stdout).unwrap();
    assert_eq!(offline["headline"]["code"], "not-asked");
    for wrong in
        [&["report"][..], &["report", "--sample", "nothing-like-it"], &["report", "--sample", "forwarded", "a.eml"]]
    {
        assert_eq!(desk.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}

/// A report that came without its mail: as XML, packed by gzip, and in a zip.
#[test]
fn an_aggregate_report_is_read_as_it_is() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let xml = include_bytes!("mail/headline-aggregate-report/message.eml");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(xml).unwrap();
    let mut zip = rawzip::ZipArchiveWriter::new(Vec::new());
    let (mut entry, config) = zip.new_file("example.jp.xml").start().unwrap();
    let mut writer = config.wrap(&mut entry);
    writer.write_all(xml).unwrap();
    let (_, descriptor) = writer.finish().unwrap();
    entry.finish(descriptor).unwrap();
    for (name, bytes) in
        [("a.xml", xml.to_vec()), ("a.xml.gz", gzip.finish().unwrap()), ("a.zip", zip.finish().unwrap())]
    {
        std::fs::write(desk.path(name), bytes).unwrap();
        let json = desk.run(["report", name, "--format", "json", "--dns", "offline"]);
        assert_eq!(json.status.code(), Some(0), "{name}: {}", stderr(&json));
        let json: Value = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!(schema::problems(&json), Vec::<String>::new(), "{name}");
        assert_eq!(json["input"]["kind"], "aggregate-report");
        assert_eq!(json["headline"]["code"], "aggregate-report");
        assert_eq!(json["aggregate_report"]["domain"], "example.jp");
        let findings = json["findings"].as_array().unwrap();
        let codes: Vec<_> = findings.iter().map(|finding| finding["code"].as_str()).collect();
        assert_eq!(codes, [Some("aggregate-failures")], "nothing is said of a sender");
        let text = stdout(&desk.run(["report", name, "--dns", "offline", "--lang", "en"]));
        assert!(text.contains("192.0.2.") && !text.contains("DKIM signature"), "{text}");
    }
}

#[test]
fn what_was_not_asked_is_not_absent() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let message = desk.message();
    let text = stdout(&desk.run(["report", &message, "--dns", "offline", "--lang", "ja"]));
    let dmarc = text.split("── DMARC ──").nth(1).unwrap().split("──").next().unwrap();
    assert!(!dmarc.contains("なし") && dmarc.contains("問い合わせていません"), "{dmarc}");
    let reverse = text.lines().find(|line| line.contains("198.51.100.25 評価していません")).unwrap();
    assert!(reverse.contains("オフライン"), "{reverse}");
}

#[test]
fn a_spoofed_message_gets_no_advice_to_add_its_server() {
    let desk = Desk::new(Sample::SpoofedInvoice);
    for lang in ["ja", "en"] {
        let text = stdout(&desk.report(&["--lang", lang]));
        for advice in ["追加", "include を", " add ", "Turn on DKIM", "F5"] {
            assert!(!text.contains(advice), "{advice}: {text}");
        }
    }
    assert_eq!(desk.json(&[])["headline"]["actor"], "receiver");
}

/// A file of several messages: the first is reported and the others are told of, or the one that was named.
/// What stands in reports that a message brings keeps to the schema, however broken they are.
#[test]
fn reports_within_a_message_keep_to_the_schema() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let read = |case: &str| -> Value {
        let folder = format!("{}/tests/mail/{case}", env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(format!("{folder}/dns"), desk.path("case.dns")).unwrap();
        let (message, at) = (format!("{folder}/message.eml"), "2026-11-22T00:00:00Z");
        let output = desk.run(["report", &message, "--dns", "case.dns", "--at", at, "--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(schema::problems(&report), Vec::<String>::new(), "{case}");
        report
    };
    let report = read("aggregate-failures");
    let source = &report["aggregate_report"]["sources"][2];
    assert_eq!(source["ip"], "203.0.113.9");
    assert_eq!(source["overrides"][0]["type"], "mailing-list");
    assert_eq!(source["identifiers"].as_array().map(Vec::len), Some(3));
    let hostile = read("headline-aggregate-report-hostile");
    assert_eq!(hostile["aggregate_report"]["deviations"], serde_json::json!(["entities", "no-count", "broken"]));
    assert_eq!(read("headline-bounced-html")["bounce"]["recipients"][0]["status"], "5.7.515");
    assert_eq!(read("headline-delivered")["headline"]["code"], "delivered");
}

#[test]
fn a_message_of_several_can_be_named() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let one = |subject: &str, body: &str| format!("From: a@example.jp\nSubject: {subject}\n{body}\n\n");
    let forward = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nFrom: c@example.com\nSubject: inner\n\nhi\n--b--\n";
    let separator = "From a@example.jp Mon Nov  2 10:00:00 2026\n";
    let mbox = [separator, &one("first", "\nx"), separator, &one("second", forward)].concat();
    std::fs::write(desk.path("box"), mbox).unwrap();
    std::fs::write(desk.path("forward.eml"), one("outer", forward)).unwrap();
    let report = |file: &str, more: &[&str]| {
        let arguments = ["report", file, "--dns", "offline", "--format", "json"];
        desk.run(arguments.iter().chain(more))
    };
    let read = |file: &str, more: &[&str]| -> (String, String, bool) {
        let report: Value = serde_json::from_slice(&report(file, more).stdout).unwrap();
        assert_eq!(schema::problems(&report), Vec::<String>::new());
        let findings = report["findings"].as_array().unwrap();
        let others = findings.iter().any(|finding| finding["code"] == "several-messages");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&report["message"]["subject"]), text(&report["input"]["kind"]), others)
    };
    let is = |subject: &str, kind: &str, others| (subject.to_owned(), kind.to_owned(), others);
    assert_eq!(read("box", &[]), is("first", "mbox", true));
    assert_eq!(read("box", &["--message", "1"]), is("first", "mbox", false));
    assert_eq!(read("box", &["--message", "2"]), is("second", "mbox", false));
    assert_eq!(read("box", &["--message", "2.2"]), is("inner", "nested", false));
    // As in the window, what a forward brings is what is asked about.
    assert_eq!(read("forward.eml", &[]), is("inner", "nested", true));
    assert_eq!(read("forward.eml", &["--message", "1"]), is("outer", "eml", false));
    assert_eq!(read("forward.eml", &["--message", "2"]), is("inner", "nested", false));
    assert_refused(&report("box", &["--message", "3"]), "there are 2 messages in box");
    assert_refused(&report("forward.eml", &["--message", "3"]), "there are 2 messages");
}

/// The zone of the newsletter: `include:_spf.mailwing.example ~all`, which lists two networks.
fn spf(desk: &Desk, more: &[&str]) -> Output {
    let answers = desk.answers();
    let arguments = ["spf", "news@tabi-coffee.example", "203.0.113.80", "--dns", &answers];
    desk.run(arguments.iter().chain(more))
}

#[test]
fn spf_is_evaluated_for_a_domain_and_an_address() {
    let desk = Desk::new(Sample::NewsletterThirdParty);
    let english = stdout(&spf(&desk, &["--lang", "en"]));
    let lines: Vec<&str> = english.lines().collect();
    assert_eq!(lines[0], "── SPF ──");
    assert!(
        lines[1].starts_with("softfail: 203.0.113.80 ") && lines[2].contains("Nearest: 203.0.113.64/28"),
        "{english}"
    );
    for line in [
        "SPF check of tabi-coffee.example: softfail",
        "  mechanism include:_spf.mailwing.example: no match; 1 look-up (1/10)  DNS 1 [7–36]",
        "      mechanism ip4:203.0.113.64/28: no match; no look-up (1/10)  DNS 2 [27–46]",
        "  mechanism ~all: match; no look-up (1/10)  DNS 1 [37–41]",
        "2  _spf.mailwing.example  TXT   answered (1)",
    ] {
        assert!(lines.contains(&line), "{line}\n{english}");
    }
    let japanese = stdout(&spf(&desk, &["--lang", "ja"]));
    assert!(japanese.contains("参照1回（計1/10）") && japanese.contains("最も近いのは 203.0.113.64/28"), "{japanese}");

    let output = spf(&desk, &["--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(check_problems(&check), Vec::<String>::new());
    assert_eq!(check["result"], "softfail");
    assert_eq!(check["nearest"]["network"], "203.0.113.64/28");
    assert_eq!(check["survey"]["ipv4"]["addresses"], "24");
    assert_eq!(check["trace"]["children"][1]["counts"]["so_far"]["lookups"], 1);
}

/// The null sender's identity is that of HELO, and a macro sees it.
#[test]
fn spf_takes_the_name_given_in_helo() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let zone =
        "example.jp. TXT \"v=spf1 exists:%{h}.ok.example.jp -all\"\nmail.example.jp.ok.example.jp. A 127.0.0.2\n";
    std::fs::write(desk.path("helo.dns"), format!("{zone}$default nxdomain\n")).unwrap();
    let result = |more: &[&str]| -> Value {
        let arguments = ["spf", "example.jp", "2001:db8::1", "--dns", "helo.dns", "--format", "json"];
        serde_json::from_slice(&desk.run(arguments.iter().chain(more)).stdout).unwrap()
    };
    assert_eq!(result(&["--helo", "mail.example.jp"])["result"], "pass");
    let without = result(&[]);
    assert_eq!((&without["result"], &without["sender"]), (&"fail".into(), &"postmaster@example.jp".into()));
}

#[test]
fn spf_says_what_could_not_be_judged() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let judged = |sender: &str, dns: &str| {
        let output = desk.run(["spf", sender, "192.0.2.1", "--dns", dns, "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let check: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(check_problems(&check), Vec::<String>::new());
        (check["result"].clone(), check["reason"].clone())
    };
    assert_eq!(judged("example.jp", "offline"), (Value::Null, "not-asked".into()));
    assert_eq!(judged("localhost", "offline"), ("none".into(), "not-a-domain".into()));
    assert_eq!(judged("", "offline"), ("none".into(), "not-a-domain".into()));
    assert_refused(&desk.run(["spf", "example.jp", "192.0.2.1", "--dns", "missing.dns"]), "missing.dns");
}

/// Replaying the answers gives the same text, byte for byte.
#[test]
fn spf_can_be_replayed() {
    let desk = Desk::new(Sample::SpfTooManyLookups);
    let run = |sender: &str, dns: &str, record: &str, format: &str| {
        let arguments =
            ["spf", sender, "192.0.2.47", "--dns", dns, "--record-dns", record, "--format", format, "--lang", "en"];
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let answers = desk.answers();
    for sender in ["kumo-note.example", "mta7.postbridge.example", "nobody.example"] {
        for format in ["text", "json"] {
            let first = run(sender, &answers, "first.dns", format);
            assert_eq!(run(sender, "first.dns", "second.dns", format), first);
        }
    }
}

#[test]
fn findings_can_fail_a_script() {
    let spoofed = Desk::new(Sample::SpoofedInvoice);
    for least in ["note", "warning", "error"] {
        let output = spoofed.report(&["--fail-on", least]);
        assert_eq!(output.status.code(), Some(3));
        assert!(!output.stdout.is_empty(), "the report is written all the same");
    }
    assert_eq!(Desk::new(Sample::OrderConfirmation).report(&["--fail-on", "error"]).status.code(), Some(0));
}

#[test]
fn what_cannot_be_read_is_said_in_one_line() {
    let desk = Desk::new(Sample::OrderConfirmation);
    std::fs::write(desk.path("empty.eml"), "").unwrap();
    std::fs::write(desk.path("picture.eml"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").unwrap();
    std::fs::write(desk.path("outlook.msg"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0From: a@example.jp\r\n").unwrap();
    std::fs::write(desk.path("bad.dns"), "this is no snapshot\n").unwrap();
    let report = |file: &str| desk.run(["report", file, "--dns", "offline"]);
    assert_refused(&report("missing.eml"), "missing.eml cannot be opened");
    assert_refused(&report("."), "is a folder");
    assert_refused(&report("empty.eml"), "empty.eml is empty");
    assert_refused(&report("picture.eml"), "picture.eml is a document or a picture");
    assert_refused(&report("outlook.msg"), "outlook.msg is a compound file without an Outlook message");
    let message = desk.message();
    assert_refused(&desk.run(["report", &message, "--dns", "bad.dns"]), "bad.dns");
    assert_refused(&desk.run(["report", &message, "--dns", "missing.dns"]), "missing.dns");
    assert_refused(&desk.run(["report", &message, "--dns", "offline", "-o", "no/such/folder"]), "cannot be written");
    assert_refused(&desk.run(["report", &message, "--dns", "offline", "--message", "2"]), "only one message");
}

#[test]
fn wrong_usage_is_told_from_bad_input() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let message = desk.message();
    for arguments in [
        &["report"] as &[&str],
        &["report", &message, "--format", "pdf"],
        &["report", &message, "--format", "png"],
        &["report", &message, "--hop", "0"],
        &["report", &message, "--ip", "300.1.1.1"],
        &["report", &message, "--at", "yesterday"],
        &["report", &message, "--lang", "tlh"],
        &["report", &message, "--fail-on", "all"],
        &["report", &message, "--scale", "9"],
        &["report", &message, "--dns", "ftp://x"],
        &["report", &message, "--check", "ports"],
        &["report", &message, "--unknown"],
        &["report", &message, "--message", "0"],
        &["report", &message, "--message", "last"],
        &["samples", "nothing-like-it"],
        &["spf", "example.jp"],
        &["spf", "example.jp", "300.1.1.1"],
        &["spf", "example.jp", "192.0.2.1", "--format", "html"],
    ] {
        let output = desk.run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {}", stderr(&output));
        assert!(!output.stderr.is_empty());
    }
}

/// Nobody is asked about the message until a flag says so; the words for what came of it stand in the report.
#[test]
fn others_are_asked_only_by_flag() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let off = desk.json(&[]);
    assert_eq!(off["network_checks"]["on"], Value::Array(Vec::new()));
    assert!(off["network_checks"]["blocklists"].is_null() && off["network_checks"]["transport"].is_null());
    let on = desk.json(&["--check", "blocklists,transport"]);
    assert_eq!(schema::problems(&on), Vec::<String>::new());
    let rows = on["network_checks"]["blocklists"]["rows"].as_array().unwrap();
    assert!(rows.len() > 10, "{rows:#?}");
    for row in rows {
        assert_eq!((&row["result"], &row["why"]), (&Value::from("not-asked"), &Value::from("not-in-snapshot")));
    }
    assert_eq!(off["headline"]["code"], on["headline"]["code"]);
    let text = stdout(&desk.report(&["--check", "blocklists"]));
    assert!(
        text.contains("The address 198.51.100.25 is sent in DNS questions to the operators of 11 lists."),
        "{text}"
    );
    assert!(!stdout(&desk.report(&[])).contains("Network checks"));
}

/// A fix of the report, tried: the verdict comes out as promised and says that it rests on no DNS.
#[test]
fn a_fix_can_be_tried_before_it_is_published() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let case = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/spf-several-records");
    let message = case.join("message.eml").display().to_string();
    let dns = case.join("dns").display().to_string();
    let report = |more: &[&str]| -> Value {
        let arguments = [&["report", &message, "--dns", &dns, "--format", "json", "--at", AT], more].concat();
        serde_json::from_slice(&desk.run(arguments).stdout).unwrap()
    };
    let before = report(&[]);
    assert_eq!(before["what_if"], Value::Array(Vec::new()));
    std::fs::write(desk.path("new.dns"), before["fixes"][0]["what_if"].as_str().unwrap()).unwrap();
    let after = report(&["--what-if", "new.dns", "--record-dns", "tried.dns"]);
    assert_eq!(after["headline"]["code"], before["fixes"][0]["outcome"]["verdict"]);
    let spf = |report: &Value| report["spf"]["mail_from"]["result"].as_str().unwrap().to_owned();
    assert_eq!((spf(&before).as_str(), spf(&after).as_str()), ("permerror", "pass"));
    let question = &after["dns"][usize::try_from(after["what_if"][0].as_u64().unwrap()).unwrap() - 1];
    assert_eq!((question["name"].as_str(), question["source"].as_str()), (Some("example.jp"), Some("what-if")));
    let text = desk.run(["report", &message, "--dns", "tried.dns", "--lang", "en"]);
    assert!(String::from_utf8_lossy(&text.stdout).starts_with("!! What-if"), "a recording keeps the mark");
    std::fs::write(desk.path("other.dns"), "nobody.example. TXT \"v=spf1 -all\"\n").unwrap();
    let other = desk.run(["report", &message, "--dns", &dns, "--what-if", "other.dns"]);
    assert!(String::from_utf8_lossy(&other.stderr).contains("none of the --what-if records"));
    assert_refused(&desk.run(["report", &message, "--what-if", "missing.dns"]), "missing.dns");
    // A text without quotation marks is one text, as in the window's box.
    std::fs::write(desk.path("bare.dns"), "example.jp. TXT v=spf1 ip4:203.0.113.9 -all\n").unwrap();
    let bare = report(&["--what-if", "bare.dns"]);
    let tried = &bare["dns"][usize::try_from(bare["what_if"][0].as_u64().unwrap()).unwrap() - 1];
    assert!(tried["records"].to_string().contains("v=spf1 ip4:203.0.113.9 -all"), "{tried}");
}

/// a key that is gone from DNS is taken from a file, and said to be.
#[test]
fn a_key_can_be_given_in_a_file() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let answers = std::fs::read_to_string(desk.path(&desk.answers())).unwrap();
    let key: Vec<&str> = answers.lines().filter(|line| line.contains("._domainkey.")).collect();
    std::fs::write(desk.path("key.dns"), key.join("\n")).unwrap();
    let report = |dns: &str, more: &[&str]| {
        let message = desk.message();
        let arguments = ["report", &message, "--at", AT, "--format", "json", "--dns", dns];
        let output = desk.run(arguments.iter().chain(more));
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_str::<Value>(&stdout(&output)).unwrap()
    };
    let source = |report: &Value| report["dkim"][0]["key"]["source"].as_str().unwrap().to_owned();
    let given = report("offline", &["--key", "key.dns", "--record-dns", "given.dns"]);
    assert_eq!((given["dkim"][0]["result"].as_str(), source(&given).as_str()), (Some("pass"), "key-file"));
    assert_eq!(source(&report("given.dns", &[])), "key-file", "a recording keeps the mark");
    let file = report(&desk.answers(), &["--record-dns", "copy.dns"]);
    assert_eq!((&file["dns_origin"]["kind"], source(&file).as_str()), (&"file".into(), "answers"));
    assert_eq!(report("copy.dns", &[])["dns_origin"], file["dns_origin"]);
    std::fs::write(desk.path("live.dns"), format!("$recorded 2026-01-02T03:04:05Z system\n{answers}")).unwrap();
    let live = report("live.dns", &["--record-dns", "again.dns"]);
    assert_eq!(live["dns_origin"]["at"], "2026-01-02T03:04:05Z");
    assert_eq!(report("again.dns", &[])["dns_origin"], live["dns_origin"], "the day of the answers is kept");
    assert_refused(&desk.run(["report", &desk.message(), "--key", "missing.dns"]), "missing.dns");
}

/// What a macro made of an address is masked in the recording as well.
#[test]
fn a_recording_of_a_masked_report_is_masked() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let message = "Return-Path: <bounce+hanako=example.net@example.jp>\r\nReceived: from mx.example.com (mx.example.com [192.0.2.9])\r\n\
        \tby mail.example.net with ESMTP id 1; Mon, 02 Nov 2026 10:00:00 +0900\r\nFrom: a@example.jp\r\n\r\nhi\r\n";
    std::fs::write(desk.path("macro.eml"), message).unwrap();
    let zone = "example.jp. TXT \"v=spf1 exists:%{l}.l.example.jp -all\"\n$default nxdomain\n";
    std::fs::write(desk.path("macro.dns"), zone).unwrap();
    let recorded = |more: &[&str]| {
        let arguments = ["report", "macro.eml", "--dns", "macro.dns", "--record-dns", "out.dns"];
        assert_eq!(desk.run(arguments.iter().chain(more)).status.code(), Some(0));
        std::fs::read_to_string(desk.path("out.dns")).unwrap()
    };
    assert!(recorded(&[]).contains("hanako"));
    assert!(!recorded(&["--redact"]).contains("hanako"));
}

/// Other tools can hash and verify what is written: the body has the hash that was signed.
#[test]
fn canonical_bytes_are_written() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let output = desk.report(&["--canonical", "bytes", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let signature = &serde_json::from_str::<Value>(&stdout(&output)).unwrap()["dkim"][0];
    let body = std::fs::read(desk.path("bytes/body.relaxed")).unwrap();
    assert_eq!(signature["canonical_body_bytes"], body.len());
    let mut hasher = Hasher::new(Hash::Sha256);
    hasher.write(&body);
    assert_eq!(signature["body_hash_stated"], base64::encode(hasher.finish().bytes()));
    let header = std::fs::read_to_string(desk.path("bytes/dkim-1.header")).unwrap();
    assert_eq!(signature["canonical_header_bytes"], header.len());
    assert!(header.ends_with("b=") && header.contains("\r\ndkim-signature:v=1;"), "{header}");
    assert!(stderr(&output).contains("dkim-1.header"));
    let masked = desk.report(&["--canonical", "bytes", "--redact"]);
    assert_eq!(masked.status.code(), Some(2), "the bytes cannot be masked");
}

/// Replaying what was recorded gives the same report to the byte.
#[test]
fn a_recorded_snapshot_gives_the_same_report() {
    for sample in Sample::ALL {
        let desk = Desk::new(sample);
        let again = |dns: &str, record: &str| {
            let message = desk.message();
            let arguments = ["report", &message, "--at", AT, "--lang", "en", "--format", "json"];
            let output = desk.run(arguments.iter().chain(&["--dns", dns, "--record-dns", record]));
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            output.stdout
        };
        again(&desk.answers(), "first.dns");
        let first = again("first.dns", "second.dns");
        assert_eq!(
            String::from_utf8(first.clone()).unwrap(),
            String::from_utf8(again("first.dns", "third.dns")).unwrap()
        );
        let origin = |text: Vec<u8>| {
            let mut report: Value = serde_json::from_slice(&text).unwrap();
            report["dns_origin"].take();
            report
        };
        let live = desk.json(&[]);
        assert_eq!(origin(first), origin(live.to_string().into_bytes()), "{}", sample.name());
    }
}

#[test]
fn without_a_display_the_report_is_printed() {
    let desk = Desk::new(Sample::NewsletterThirdParty);
    let message = desk.message();
    let output = desk.run([message.as_str(), "--dns", &desk.answers(), "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).starts_with("hopscope: no window: "), "{}", stderr(&output));
    assert_eq!(stderr(&output).lines().count(), 1);
    assert!(stdout(&output).contains("mailwing.example"));
    let sample = desk.run(["--sample", "forwarded", "--lang", "ja"]);
    assert_eq!(sample.status.code(), Some(0));
    assert!(stdout(&sample).contains("midori-dental.example"));
    assert_eq!(desk.run(["missing.eml"]).status.code(), Some(1));
    assert_eq!(desk.run::<&str>([]).status.code(), Some(1), "nothing to show and nothing to report");
}

#[test]
fn the_report_speaks_two_languages() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let is_japanese = |text: &str| text.lines().next().unwrap().chars().any(|c| ('\u{3041}'..='\u{30FF}').contains(&c));
    assert!(is_japanese(&stdout(&desk.report(&["--lang", "ja"]))));
    assert!(!is_japanese(&stdout(&desk.report(&["--lang", "en"]))));
    let named = |lang: &str| stdout(&desk.run(["samples", "--lang", lang]));
    assert!(is_japanese(&named("ja")) && !is_japanese(&named("en")));
    assert_eq!(named("en").lines().count(), Sample::ALL.len());
}

#[test]
fn a_masked_report_names_nobody() {
    let desk = Desk::new(Sample::NewsletterThirdParty);
    let text = stdout(&desk.report(&["--redact", "--format", "json"]));
    assert!(!text.contains("suzuki") && text.contains("n●●●@tabi-coffee.example"), "{text}");
    assert_eq!(schema::problems(&serde_json::from_str(&text).unwrap()), Vec::<String>::new());
}

/// `hopscope report … | head -1`: the reader goes away while the report is written.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let header = std::fs::read(desk.path(&desk.message())).unwrap();
    let many = b"Received: by b.example.net; Mon, 02 Nov 2026 10:00:00 +0900\r\n".repeat(5_000);
    std::fs::write(desk.path("long.eml"), [many, header].concat()).unwrap();
    let mut child = desk
        .command()
        .args(["report", "long.eml", "--dns", "offline"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let desk = Desk::new(Sample::OrderConfirmation);
    let hostile = "Received: from \x1b[31m ([192.0.2.1]) by \x07\u{202e}b; Mon, 02 Nov 2026 10:00:00 +0900\r\n\
                   From: \"\x1b]0;x\x07\" <a\x1b@exam\x1bple.jp>\r\nSubject: \x1b[2J\r\n=?utf-8?q?=1B[2J=0A?=\r\n\r\nhi\r\n";
    std::fs::write(desk.path("hostile.eml"), hostile).unwrap();
    for format in ["text", "markdown", "html"] {
        let text = stdout(&desk.run(["report", "hostile.eml", "--dns", "offline", "--format", format]));
        let bad =
            text.chars().find(|&character| (character != '\n' && character.is_control()) || character == '\u{202e}');
        assert_eq!(bad, None, "{format}");
    }
}

/// Everything that is wrong with one SPF evaluation that stands alone, its questions beside it.
fn check_problems(check: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let questions = schema::RULES.iter().filter(|(path, _)| path.starts_with("dns[]"));
    for (path, kind) in schema::CHECK_RULES.iter().chain(questions) {
        schema::hold(check, path, kind, path, &mut problems);
    }
    schema::empty_strings(check, "check", &mut problems);
    schema::references(check, &mut problems);
    problems
}
