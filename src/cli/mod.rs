//! Flags, headless runs and exit codes.

mod canonical;
mod input;
mod opening;
mod output;
mod report;
mod samples;
mod spf;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Parser, Subcommand};
use jiff::Timestamp;

pub use self::opening::Opening;
use self::report::ReportArguments;
use self::samples::SamplesArguments;
use self::spf::SpfArguments;
use crate::dns::{Choice, Lookup, Offline, Overlay, Server, Snapshot};
use crate::facts::network::NetworkCheck;
use crate::samples::Sample;
use crate::settings::Settings;
use crate::text::Lang;

const DNS_HELP: &str =
    "Who answers DNS questions: system, IP[:PORT], tls://HOST[#NAME], https://URL, offline, or a .dns file";

const KEY_HELP: &str = "A .dns file that answers before anybody is asked: a key that is no longer in DNS";

const WHAT_IF_HELP: &str = "A .dns file of records that are not in DNS: every verdict is judged as if they were, and says so. For a name and type in it only its records \
     are used, so list those that stay as well";

const CHECK_HELP: &str = "Checks that ask others, off by default: blocklists (sends the connecting address and the domains to the operators of \
                          DNS blocklists), transport (asks for MTA-STS, TLS-RPT and TLSA records of the domains)";

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
    #[arg(long, value_name = "NAME", value_parser = samples::named, conflicts_with = "files")]
    sample: Option<Sample>,
    /// Language of the window
    #[arg(long, value_name = "ja|en")]
    lang: Option<Lang>,
    #[arg(long, value_name = "SERVER", default_value = "system", help = DNS_HELP)]
    dns: Choice,
    #[arg(long, value_name = "FILE.dns", help = KEY_HELP)]
    key: Option<PathBuf>,
    #[arg(long, value_name = "blocklists,transport", value_delimiter = ',', help = CHECK_HELP)]
    check: Vec<NetworkCheck>,
    /// Write what the program does to standard error (twice: more)
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Analyse one message and print the report
    Report(Box<ReportArguments>),
    /// Evaluate SPF for a domain and an address, and print every step
    Spf(SpfArguments),
    /// List the embedded samples, or write one with its DNS snapshot
    Samples(SamplesArguments),
}

/// Runs what the command line asks for, but for the window. Wrong usage ends the process with exit code 2.
#[must_use]
pub fn run() -> Next {
    let arguments = Arguments::parse();
    log(arguments.verbose);
    let done = match &arguments.command {
        Some(Command::Report(arguments)) => report::run(arguments),
        Some(Command::Spf(arguments)) => spf::run(arguments),
        Some(Command::Samples(arguments)) => samples::run(arguments).map(|()| ANALYSED),
        None => match Opening::read(arguments) {
            Ok(opening) => return Next::OpenWindow(opening),
            Err(error) => Err(error),
        },
    };
    Next::Exit(exit(done))
}

/// What the command line leaves to be done.
#[derive(Debug)]
pub enum Next {
    Exit(ExitCode),
    OpenWindow(Opening),
}

fn exit(done: anyhow::Result<u8>) -> ExitCode {
    done.map_or_else(
        |error| {
            output::say(&format!("hopscope: {error:#}"));
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

/// What is saved; a name in it that has no effect is told.
fn settings() -> Settings {
    let settings = Settings::load();
    for name in &settings.unknown {
        output::say(&format!("hopscope: settings.toml: there is no setting called \"{}\"", name.escape_debug()));
    }
    settings
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
fn open_dns(choice: &Choice) -> anyhow::Result<Arc<dyn Lookup>> {
    match choice.open() {
        Err(error) if *choice == Choice::Server(Server::System) => {
            output::say(&format!("hopscope: working offline: {error}"));
            Ok(Arc::new(Offline))
        }
        opened => Ok(opened.context("DNS cannot be asked")?.into()),
    }
}

/// The same, with keys before it that are gone from DNS.
fn with_keys(path: Option<&Path>, rest: Arc<dyn Lookup>) -> anyhow::Result<Arc<dyn Lookup>> {
    let Some(path) = path else { return Ok(rest) };
    let keys = Snapshot::read_typed(path).with_context(|| format!("{} cannot be used", path.display()))?;
    Ok(Arc::new(Overlay::keys(Arc::new(keys), rest)))
}

/// The same, with records before it that are tried.
fn what_if(path: Option<&Path>, rest: Arc<dyn Lookup>) -> anyhow::Result<Arc<dyn Lookup>> {
    let Some(path) = path else { return Ok(rest) };
    let changes = Snapshot::read_typed(path).with_context(|| format!("{} cannot be used", path.display()))?;
    Ok(Arc::new(Overlay::what_if(Arc::new(changes), rest)))
}
