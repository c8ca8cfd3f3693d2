//! The program against a name server: by UDP and TCP, by TLS, by HTTPS, and again from what it recorded.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use hopscope::samples::Sample;
use serde_json::Value;
use tempfile::TempDir;

use super::nameserver::{NameServer, authority};

const AT: &str = "2026-11-22T00:00:00Z";

/// A folder with a sample, whose DNS a server on this machine serves.
struct Desk {
    folder: TempDir,
    server: NameServer,
}

/// Whether the program knows the authority that issued the server's certificate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Authority {
    Known,
    Unknown,
}

impl Desk {
    fn new(sample: Sample) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("message.eml"), sample.message()).unwrap();
        std::fs::write(folder.path().join("answers.dns"), sample.answers()).unwrap();
        let zone: String =
            sample.answers().lines().filter(|line| !line.starts_with('$')).flat_map(|line| [line, "\n"]).collect();
        Self { folder, server: NameServer::of_master_file(&zone) }
    }

    fn report(&self, dns: &str, authority: Authority, more: &[&str]) -> String {
        let output = self.run(dns, authority, more);
        assert_eq!(output.status.code(), Some(0), "{dns}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn run(&self, dns: &str, known: Authority, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hopscope"));
        for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(variable, self.folder.path());
        }
        command.env_remove("SSL_CERT_DIR");
        if known == Authority::Known {
            command.env("SSL_CERT_FILE", authority());
        } else {
            command.env_remove("SSL_CERT_FILE");
        }
        command.args(["report", "message.eml", "--lang", "en", "--at", AT, "--dns", dns]).args(more);
        command.current_dir(self.folder.path()).stdin(Stdio::null()).output().unwrap()
    }

    fn json(&self, dns: &str, known: Authority) -> Value {
        serde_json::from_str(&self.report(dns, known, &["--format", "json"])).unwrap()
    }
}

fn tls(address: SocketAddr, name: &str) -> String {
    format!("tls://{address}#{name}")
}

fn https(address: SocketAddr) -> String {
    format!("https://{address}/dns-query")
}

/// What does not depend on who answered, and how fast.
fn without_origin(mut report: Value) -> Value {
    report["dns_origin"].take();
    for question in report["dns"].as_array_mut().unwrap() {
        question["ms"].take();
    }
    report
}

fn statuses(report: &Value) -> Vec<&str> {
    report["dns"].as_array().unwrap().iter().map(|question| question["status"].as_str().unwrap()).collect()
}

#[test]
fn every_sample_reads_the_same_from_a_server_as_from_its_snapshot() {
    for sample in Sample::ALL {
        let desk = Desk::new(sample);
        let expected = without_origin(desk.json("answers.dns", Authority::Unknown));
        let live = without_origin(desk.json(&desk.server.plain.to_string(), Authority::Unknown));
        assert_eq!(live, expected, "{}", sample.name());
    }
}

#[test]
fn tls_and_https_give_the_same_answers() {
    let desk = Desk::new(Sample::NewsletterThirdParty);
    let expected = without_origin(desk.json("answers.dns", Authority::Unknown));
    for dns in [tls(desk.server.tls, "dns.example.jp"), tls(desk.server.tls, "127.0.0.1"), https(desk.server.https)] {
        assert_eq!(without_origin(desk.json(&dns, Authority::Known)), expected, "{dns}");
    }
}

/// A server that cannot prove its name is asked nothing, and what rests on DNS is not known.
#[test]
fn a_server_without_proof_is_not_asked() {
    let desk = Desk::new(Sample::NewsletterThirdParty);
    for (dns, known) in [
        (tls(desk.server.tls, "dns.example.jp"), Authority::Unknown),
        (tls(desk.server.tls, "dns.example.com"), Authority::Known),
        (https(desk.server.https), Authority::Unknown),
    ] {
        let report = desk.json(&dns, known);
        assert!(statuses(&report).iter().all(|status| *status == "untrusted"), "{dns}: {:?}", statuses(&report));
        assert_eq!(report["dmarc"]["result"], "temperror", "{dns}");
        assert_eq!(report["headline"]["code"], "dns-unreachable", "{dns}");
    }
}

#[test]
fn a_recording_of_a_server_replays_to_the_byte() {
    let desk = Desk::new(Sample::MailingList);
    for server in [desk.server.plain.to_string(), tls(desk.server.tls, "dns.example.jp"), https(desk.server.https)] {
        let record = ["--format", "json", "--record-dns", "live.dns"];
        let live = desk.report(&server, Authority::Known, &record);
        let replay = |to: &str| desk.report("live.dns", Authority::Unknown, &["--format", "json", "--record-dns", to]);
        let first = replay("first.dns");
        assert_eq!(first, replay("second.dns"), "{server}");
        let read = |report: &str| without_origin(serde_json::from_str(report).unwrap());
        assert_eq!(read(&first), read(&live), "{server}");
        let lines = |file: &str| -> Vec<String> {
            let text = std::fs::read_to_string(desk.folder.path().join(Path::new(file))).unwrap();
            text.lines().filter(|line| !line.starts_with("$recorded")).map(str::to_owned).collect()
        };
        assert_eq!(lines("live.dns"), lines("first.dns"), "{server}");
    }
}
