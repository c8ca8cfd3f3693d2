//! `hopscope report`: one message, its report.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

#[cfg(not(feature = "gui"))]
use anyhow::bail;
use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};

use super::{
    ANALYSED, DNS_HELP, FOUND, KEY_HELP, WHAT_IF_HELP, canonical, input, now, open_dns, output, samples, what_if,
    with_keys,
};
use crate::analyze::{Analysis, At, Options, analyze};
use crate::check::Severity;
use crate::check::provider::{self, Bulk, Wanted};
use crate::dns::{self, Choice, Ledger, Lookup, Server};
use crate::export::{self, EXPORTS};
use crate::facts::network::NetworkCheck;
use crate::message::{Message, Pick};
use crate::report::redact;
use crate::samples::Sample;
use crate::text::Lang;
use crate::text::letter::Letter;

#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    /// The saved message; "-" reads standard input, where pasted headers are fine
    #[arg(required_unless_present = "sample")]
    file: Option<PathBuf>,
    /// An embedded sample in place of a file; its own answers stand for DNS unless --dns names others
    #[arg(long, value_name = "NAME", value_parser = samples::named, conflicts_with = "file")]
    sample: Option<Sample>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write a letter about the message in place of the report: what to tell whoever asked, or whoever can change something
    #[arg(long, value_enum, value_name = "TO", conflicts_with = "format")]
    letter: Option<LetterTo>,
    /// The file to write; standard output when left out (a picture needs a file)
    #[arg(short, value_name = "OUT", required_if_eq("format", "png"))]
    out: Option<PathBuf>,
    #[arg(long, value_name = "ja|en")]
    lang: Option<Lang>,
    #[arg(long, value_name = "SERVER", help = format!("{DNS_HELP} [default: system]"))]
    dns: Option<Choice>,
    #[arg(long, value_name = "FILE.dns", help = KEY_HELP)]
    key: Option<PathBuf>,
    #[arg(long, value_name = "FILE.dns", help = WHAT_IF_HELP)]
    what_if: Option<PathBuf>,
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
    /// Which message of the file: its number in an mbox or archive, or its layer (1 = outermost); N.M for both. When left out: the first, or the message that a forward brings as an attachment
    #[arg(long, value_name = "N")]
    message: Option<Pick>,
    /// The moment to judge at: receipt, now, or an RFC 3339 time
    #[arg(long, value_name = "receipt|now|TIME", default_value = "receipt")]
    at: At,
    /// Whose rules to show in full: a provider's name, or all; those of the recipient's provider when left out
    #[arg(long, value_name = "NAME|all", default_value = "recipient", hide_default_value = true)]
    provider: Wanted,
    /// Whether the sender sends thousands of messages a day, which one message does not show
    #[arg(long, value_name = "yes|no|unknown", default_value = "unknown")]
    bulk: Bulk,
    #[arg(long, value_name = "blocklists,transport", value_delimiter = ',', help = super::CHECK_HELP)]
    check: Vec<NetworkCheck>,
    /// Mask personal data
    #[arg(long)]
    redact: bool,
    /// Write the canonical bytes of every DKIM signature to files in DIR
    #[arg(long, value_name = "DIR", conflicts_with = "redact")]
    canonical: Option<PathBuf>,
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
enum LetterTo {
    Customer,
    Administrator,
}

impl From<LetterTo> for Letter {
    fn from(to: LetterTo) -> Self {
        match to {
            LetterTo::Customer => Self::Customer,
            LetterTo::Administrator => Self::Administrator,
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

impl FromStr for Bulk {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|bulk| bulk.name() == text).ok_or("it is yes, no or unknown")
    }
}

impl FromStr for NetworkCheck {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::named(text).ok_or_else(|| format!("the checks are {}", Self::ALL.map(Self::name).join(" and ")))
    }
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "recipient" => Ok(Self::Recipient),
            "all" => Ok(Self::All),
            name if provider::ruleset(name).is_some() => Ok(Self::Named(name.to_owned())),
            _ => {
                let known: Vec<&str> = provider::rulesets().iter().map(|ruleset| ruleset.id.as_str()).collect();
                Err(format!("the providers are {}, or all", known.join(", ")))
            }
        }
    }
}

pub(super) fn run(arguments: &ReportArguments) -> anyhow::Result<u8> {
    let message = message(arguments)?;
    let lookup = with_keys(arguments.key.as_deref(), asked(arguments)?)?;
    let lookup = what_if(arguments.what_if.as_deref(), lookup)?;
    let ledger = Ledger::new(lookup.as_ref());
    let options = Options {
        hop: arguments.hop.and_then(|hop| usize::try_from(hop - 1).ok()),
        ip: arguments.ip,
        helo: arguments.helo.clone(),
        mail_from: arguments.mail_from.as_deref().map(|sender| if sender == "<>" { "" } else { sender }.to_owned()),
        at: arguments.at,
        provider: arguments.provider.clone(),
        bulk: arguments.bulk,
        network: arguments.check.clone(),
    };
    let moment = now();
    let mut analysis = analyze(message, options, &ledger, moment);
    ensure!(
        arguments.hop.is_none_or(|hop| hop as usize <= analysis.facts.path.hops.len()),
        "there is no such hop: the message has {}",
        analysis.facts.path.hops.len()
    );
    if arguments.what_if.is_some() && !analysis.is_what_if() {
        output::say("hopscope: none of the --what-if records was asked for: nothing here rests on them");
    }
    for out in arguments.out.iter().chain(&arguments.record_dns) {
        let is_input =
            |input: &Path| out.canonicalize().is_ok_and(|out| input.canonicalize().is_ok_and(|input| input == out));
        let is_message = arguments.file.as_deref().is_some_and(is_input);
        ensure!(!is_message, "{} is the message itself: name another file to write", out.display());
    }
    if let Some(folder) = &arguments.canonical {
        canonical::write(&analysis, folder)?;
    }
    if arguments.redact {
        analysis = redact::redact(&analysis);
    }
    if let Some(out) = &arguments.record_dns {
        let snapshot = dns::write_snapshot(&analysis.questions, &ledger.recording(moment));
        output::write(Some(out), snapshot.as_bytes())?;
    }
    let lang = super::settings().language(arguments.lang);
    let bytes = match (arguments.letter, EXPORTS.iter().find(|export| export.name == arguments.format.name())) {
        (Some(to), _) => format!("{}\n", export::letter(&analysis, to.into(), lang)).into_bytes(),
        (None, Some(export)) => export.write(&analysis, lang).into_bytes(),
        (None, None) => picture(&analysis, lang, arguments)?,
    };
    output::write(arguments.out.as_deref(), &bytes)?;
    let severe = |least| analysis.findings.iter().any(|finding| finding.severity >= Severity::from(least));
    Ok(if arguments.fail_on.is_some_and(severe) { FOUND } else { ANALYSED })
}

fn message(arguments: &ReportArguments) -> anyhow::Result<Message> {
    match (arguments.sample, &arguments.file) {
        (Some(sample), _) => {
            let name = Path::new(sample.name());
            input::message(&input::of_sample(sample)?, arguments.message, name)
        }
        (None, file) => {
            let file = file.as_deref().unwrap_or(Path::new("-"));
            input::message(&input::open(file)?, arguments.message, file)
        }
    }
}

/// Who answers: whoever was named, or the sample itself, or the system.
fn asked(arguments: &ReportArguments) -> anyhow::Result<Arc<dyn Lookup>> {
    match (&arguments.dns, arguments.sample) {
        (None, Some(sample)) => Ok(Arc::new(sample.snapshot().context("the sample is damaged")?)),
        (named, _) => open_dns(named.as_ref().unwrap_or(&Choice::Server(Server::System))),
    }
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
