//! Flags, headless runs and exit codes.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::analyze::{Analysis, At, Options, analyze};
use crate::check::Severity;
use crate::dns::{self, Choice, Ledger, Lookup, Offline, Server};
use crate::export::EXPORTS;
use crate::message::Message;
use crate::report::redact;
use crate::samples::Sample;
use crate::settings::Settings;
use crate::text::Lang;

/// The most bytes that are read: a message of this size is beyond what any provider accepts.
const MAX_INPUT: u64 = 256 * 1024 * 1024;

/// How a compound file begins, which Outlook stores a message in (MS-CFB section 2.2).
const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const DNS_HELP: &str =
    "Who answers DNS questions: system, IP[:PORT], tls://HOST[#NAME], https://URL, offline, or a .dns file";

const ANALYSED: u8 = 0;
const UNREADABLE: u8 = 1;
const FOUND: u8 = 3;

/// Explains why a saved mail was, or was not, trusted.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Saved messages to open in the window
    files: Vec<PathBuf>,
    /// Open an embedded sample
    #[arg(long, value_name = "NAME", value_parser = sample, conflicts_with = "files")]
    sample: Option<Sample>,
    /// Language of the window
    #[arg(long, value_name = "ja|en")]
    lang: Option<Lang>,
    #[arg(long, value_name = "SERVER", default_value = "system", help = DNS_HELP)]
    dns: Choice,
    /// Write what the program does to standard error (twice: more)
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Analyse one message and print the report
    Report(Box<ReportArguments>),
    /// List the embedded samples, or write one with its DNS snapshot
    Samples {
        #[arg(value_parser = sample)]
        name: Option<Sample>,
        /// The folder to write to
        #[arg(short, value_name = "DIR", default_value = ".")]
        out: PathBuf,
        #[arg(long, value_name = "ja|en")]
        lang: Option<Lang>,
    },
}

#[derive(Debug, Args)]
struct ReportArguments {
    /// The saved message; "-" reads standard input, where pasted headers are fine
    file: PathBuf,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The file to write; standard output when left out (a picture needs a file)
    #[arg(short, value_name = "OUT", required_if_eq("format", "png"))]
    out: Option<PathBuf>,
    #[arg(long, value_name = "ja|en")]
    lang: Option<Lang>,
    #[arg(long, value_name = "SERVER", default_value = "system", help = DNS_HELP)]
    dns: Choice,
    /// Write every question with its answer, to be replayed with --dns
    #[arg(long, value_name = "OUT.dns")]
    record_dns: Option<PathBuf>,
    /// The address that connected to the receiving side
    #[arg(long)]
    ip: Option<IpAddr>,
    /// The name it gave in HELO or EHLO
    #[arg(long, value_name = "NAME")]
    helo: Option<String>,
    /// The envelope sender; "" or "<>" for the null sender
    #[arg(long, value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Take hop N as the one where the receiving side begins (1 = oldest)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    hop: Option<u32>,
    /// Which message of the file (1 = the first)
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    message: u32,
    /// The moment to judge at: receipt, now, or an RFC 3339 time
    #[arg(long, value_name = "receipt|now|TIME", default_value = "receipt")]
    at: At,
    /// Mask personal data
    #[arg(long)]
    redact: bool,
    /// Of the picture
    #[arg(long, value_enum, default_value = "light")]
    theme: PictureTheme,
    /// Of the picture, in points
    #[arg(long, value_name = "PX", default_value_t = 1000, value_parser = clap::value_parser!(u16).range(320..=4000))]
    width: u16,
    /// Pixels per point of the picture
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=3))]
    scale: u8,
    /// Exit with 3 when a finding is at least this severe
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Html,
    Json,
    Png,
}

impl Format {
    /// The name in [`EXPORTS`].
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Png => "png",
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum PictureTheme {
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    Note,
    Warning,
    Error,
}

impl From<FailOn> for Severity {
    fn from(least: FailOn) -> Self {
        match least {
            FailOn::Note => Self::Note,
            FailOn::Warning => Self::Warning,
            FailOn::Error => Self::Error,
        }
    }
}

impl FromStr for At {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "receipt" => Ok(Self::Receipt),
            "now" => Ok(Self::Now),
            time => time.parse().map(Self::Given).map_err(|_| "the moment is receipt, now, or an RFC 3339 time"),
        }
    }
}

fn sample(name: &str) -> Result<Sample, String> {
    Sample::named(name).ok_or_else(|| {
        let names = Sample::ALL.map(Sample::name);
        format!("the samples are {}", names.join(", "))
    })
}

/// Runs what the command line asks for, but for the window. Wrong usage ends the process with exit code 2.
#[must_use]
pub fn run() -> Next {
    let arguments = Arguments::parse();
    log(arguments.verbose);
    let done = match &arguments.command {
        Some(Command::Report(arguments)) => report(arguments),
        Some(Command::Samples { name, out, lang }) => samples(*name, out, *lang).map(|()| ANALYSED),
        None => match Opening::read(arguments) {
            Ok(opening) => return Next::OpenWindow(opening),
            Err(error) => Err(error),
        },
    };
    Next::Exit(exit(done))
}

fn exit(done: anyhow::Result<u8>) -> ExitCode {
    done.map_or_else(
        |error| {
            say(&format!("hopscope: {error:#}"));
            ExitCode::from(UNREADABLE)
        },
        ExitCode::from,
    )
}

/// The one clock of a headless run; the window is given the same.
#[expect(clippy::disallowed_methods, reason = "the clock enters here and is handed down")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn log(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => tracing::Level::INFO,
        2 => tracing::Level::DEBUG,
        _ => tracing::Level::TRACE,
    };
    tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).init();
}

/// Whom to ask. A system without a usable resolver is like one without a network: what rests on DNS is not known, and
/// everything else is.
fn open_dns(choice: &Choice) -> anyhow::Result<Box<dyn Lookup>> {
    match choice.open() {
        Err(error) if *choice == Choice::Server(Server::System) => {
            say(&format!("hopscope: working offline: {error}"));
            Ok(Box::new(Offline))
        }
        opened => opened.context("DNS cannot be asked"),
    }
}

fn report(arguments: &ReportArguments) -> anyhow::Result<u8> {
    let message = read(&arguments.file)?;
    ensure!(arguments.message == 1, "there is only one message in {}", arguments.file.display());
    let lookup = open_dns(&arguments.dns)?;
    let ledger = Ledger::new(lookup.as_ref());
    let options = Options {
        hop: arguments.hop.and_then(|hop| usize::try_from(hop - 1).ok()),
        ip: arguments.ip,
        helo: arguments.helo.clone(),
        mail_from: arguments.mail_from.as_deref().map(|sender| if sender == "<>" { "" } else { sender }.to_owned()),
        at: arguments.at,
    };
    let moment = now();
    let mut analysis = analyze(message, options, &ledger, moment);
    ensure!(
        arguments.hop.is_none_or(|hop| hop as usize <= analysis.facts.path.hops.len()),
        "there is no such hop: the message has {}",
        analysis.facts.path.hops.len()
    );
    for out in arguments.out.iter().chain(&arguments.record_dns) {
        let is_input =
            |input: &Path| out.canonicalize().is_ok_and(|out| input.canonicalize().is_ok_and(|input| input == out));
        ensure!(!is_input(&arguments.file), "{} is the message itself: name another file to write", out.display());
    }
    if let Some(out) = &arguments.record_dns {
        let snapshot = dns::write_snapshot(&ledger.entries(), moment, &ledger.origin());
        write(Some(out), snapshot.as_bytes())?;
    }
    if arguments.redact {
        analysis = redact::redact(&analysis);
    }
    let lang = Settings::load().language(arguments.lang);
    let bytes = match EXPORTS.iter().find(|export| export.name == arguments.format.name()) {
        Some(export) => export.write(&analysis, lang).into_bytes(),
        None => picture(&analysis, lang, arguments)?,
    };
    write(arguments.out.as_deref(), &bytes)?;
    let severe = |least| analysis.findings.iter().any(|finding| finding.severity >= Severity::from(least));
    Ok(if arguments.fail_on.is_some_and(severe) { FOUND } else { ANALYSED })
}

#[cfg(feature = "gui")]
fn picture(analysis: &Analysis, lang: Lang, arguments: &ReportArguments) -> anyhow::Result<Vec<u8>> {
    let theme = match arguments.theme {
        PictureTheme::Light => crate::picture::Theme::Light,
        PictureTheme::Dark => crate::picture::Theme::Dark,
    };
    let image = crate::picture::ticket(analysis, lang, theme, f32::from(arguments.width), f32::from(arguments.scale));
    image.png().context("the picture cannot be written")
}

#[cfg(not(feature = "gui"))]
fn picture(_: &Analysis, _: Lang, _: &ReportArguments) -> anyhow::Result<Vec<u8>> {
    bail!("this build has no pictures; choose another --format")
}

fn samples(name: Option<Sample>, out: &Path, lang: Option<Lang>) -> anyhow::Result<()> {
    let Some(sample) = name else {
        let words = Settings::load().language(lang).words();
        let lines = Sample::ALL.map(|sample| format!("{:26}{}\n", sample.name(), words.sample(sample)));
        return write(None, lines.concat().as_bytes());
    };
    let [message, answers] = ["eml", "dns"].map(|ending| out.join(format!("{}.{ending}", sample.name())));
    write(Some(&message), sample.message())?;
    write(Some(&answers), sample.answers().as_bytes())?;
    say(&format!("hopscope: wrote {} and {}", message.display(), answers.display()));
    Ok(())
}

/// What the command line leaves to be done.
#[derive(Debug)]
pub enum Next {
    Exit(ExitCode),
    OpenWindow(Opening),
}

/// What the window shall open with.
pub struct Opening {
    pub files: Vec<PathBuf>,
    pub sample: Option<Sample>,
    pub lookup: Arc<dyn Lookup>,
    pub lang: Lang,
    pub settings: Settings,
    pub clock: fn() -> Timestamp,
}

impl fmt::Debug for Opening {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Opening").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Opening {
    fn read(arguments: Arguments) -> anyhow::Result<Self> {
        let settings = Settings::load();
        Ok(Self {
            files: arguments.files,
            sample: arguments.sample,
            lookup: open_dns(&arguments.dns)?.into(),
            lang: settings.language(arguments.lang),
            settings,
            clock: now,
        })
    }

    /// Prints the reports of what would have been in the window, and says why there is none.
    #[must_use]
    pub fn report(&self, why: &str) -> ExitCode {
        say(&format!("hopscope: no window: {why}"));
        exit(self.print())
    }

    fn print(&self) -> anyhow::Result<u8> {
        if self.files.is_empty() && self.sample.is_none() {
            bail!("nothing to report: name a saved message, or see hopscope --help");
        }
        if let Some(sample) = self.sample {
            let snapshot = sample.snapshot().context("the sample is damaged")?;
            print(Message::read(sample.message().to_vec()), &snapshot, self.lang)?;
        }
        for file in &self.files {
            print(read(file)?, self.lookup.as_ref(), self.lang)?;
        }
        Ok(ANALYSED)
    }
}

fn print(message: Message, lookup: &dyn Lookup, lang: Lang) -> anyhow::Result<()> {
    let analysis = analyze(message, Options::default(), &Ledger::new(lookup), now());
    let text = EXPORTS.first().map(|export| export.write(&analysis, lang)).unwrap_or_default();
    write(None, text.as_bytes())
}

/// Reads one message, from standard input for `-`.
fn read(path: &Path) -> anyhow::Result<Message> {
    if path == Path::new("-") {
        let message = Message::read_pasted(read_all(io::stdin().lock(), path)?);
        ensure!(message.is_mail_like(), "standard input holds no mail: save the message as .eml, or copy its headers");
        return Ok(message);
    }
    let shown = path.display();
    ensure!(!path.is_dir(), "{shown} is a folder: name one saved message");
    let file = File::open(path).with_context(|| format!("{shown} cannot be opened"))?;
    let message = Message::read(read_all(file, path)?);
    ensure!(message.is_mail_like(), "{shown} holds no mail: save the message as .eml, or copy its headers");
    Ok(message)
}

fn read_all(input: impl Read, path: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
    let mut bytes = Vec::new();
    input.take(MAX_INPUT + 1).read_to_end(&mut bytes).with_context(|| format!("{shown} cannot be read"))?;
    ensure!(!bytes.is_empty(), "{shown} is empty: save the message again");
    ensure!(
        !bytes.starts_with(COMPOUND_FILE),
        "{shown} is an Outlook .msg file: save the message as .eml, or copy its Internet headers (File, Properties) and pipe \
         them into \"hopscope report -\""
    );
    ensure!(bytes.len() as u64 <= MAX_INPUT, "{shown} is larger than {} MiB", MAX_INPUT >> 20);
    Ok(bytes)
}

/// Writes to a file, or to standard output. A reader that has seen enough (`| head`) is no error.
fn write(out: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    let Some(path) = out else {
        return match io::stdout().lock().write_all(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done.context("standard output cannot be written"),
        };
    };
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

/// Says one line to the person, on standard error.
fn say(line: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{line}");
}
