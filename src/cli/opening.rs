//! What the command line leaves to the window, and what is printed where there is none.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use jiff::Timestamp;

use super::{ANALYSED, Arguments, exit, input, now, open_dns, output, with_keys};
use crate::analyze::{Options, analyze};
use crate::dns::{Ledger, Lookup};
use crate::export::EXPORTS;
use crate::facts::network::NetworkCheck;
use crate::message::Message;
use crate::samples::Sample;
use crate::settings::Settings;
use crate::text::Lang;

/// What the window shall open with.
pub struct Opening {
    pub files: Vec<PathBuf>,
    pub sample: Option<Sample>,
    pub lookup: Arc<dyn Lookup>,
    pub lang: Lang,
    pub settings: Settings,
    /// The checks that ask others: those of the flag, else none here. The window knows those that were saved.
    pub checks: Vec<NetworkCheck>,
    pub clock: fn() -> Timestamp,
}

impl fmt::Debug for Opening {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Opening").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Opening {
    pub(super) fn read(arguments: Arguments) -> anyhow::Result<Self> {
        let settings = super::settings();
        Ok(Self {
            files: arguments.files,
            sample: arguments.sample,
            lookup: with_keys(arguments.key.as_deref(), open_dns(&arguments.dns)?)?,
            lang: settings.language(arguments.lang),
            settings,
            checks: arguments.check,
            clock: now,
        })
    }

    /// Prints the reports of what would have been in the window, and says why there is none.
    #[must_use]
    pub fn report(&self, why: &str) -> ExitCode {
        output::say(&format!("hopscope: no window: {why}"));
        exit(self.print())
    }

    fn print(&self) -> anyhow::Result<u8> {
        if self.files.is_empty() && self.sample.is_none() {
            bail!("nothing to report: name a saved message, or see hopscope --help");
        }
        if let Some(sample) = self.sample {
            let snapshot = sample.snapshot().context("the sample is damaged")?;
            self.print_one(Message::read(sample.message().to_vec()), &snapshot)?;
        }
        for file in &self.files {
            let message = input::message(&input::open(file)?, None, file)?;
            self.print_one(message, self.lookup.as_ref())?;
        }
        Ok(ANALYSED)
    }

    fn print_one(&self, message: Message, lookup: &dyn Lookup) -> anyhow::Result<()> {
        let options = Options { network: self.checks.clone(), ..Options::default() };
        let analysis = analyze(message, options, &Ledger::new(lookup), now());
        let text = EXPORTS.first().map(|export| export.write(&analysis, self.lang)).unwrap_or_default();
        output::write(None, text.as_bytes())
    }
}
