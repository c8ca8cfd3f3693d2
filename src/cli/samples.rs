//! `hopscope samples`: lists the embedded messages, or writes one with its answers.

use std::path::PathBuf;

use clap::Args;

use super::output;
use crate::samples::Sample;
use crate::text::Lang;

#[derive(Debug, Args)]
pub(super) struct SamplesArguments {
    #[arg(value_parser = named)]
    name: Option<Sample>,
    /// The folder to write to
    #[arg(short, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    #[arg(long, value_name = "ja|en")]
    lang: Option<Lang>,
}

/// The sample of that name, or which there are.
pub(super) fn named(name: &str) -> Result<Sample, String> {
    Sample::named(name).ok_or_else(|| {
        let names = Sample::ALL.map(Sample::name);
        format!("the samples are {}", names.join(", "))
    })
}

pub(super) fn run(arguments: &SamplesArguments) -> anyhow::Result<()> {
    let Some(sample) = arguments.name else {
        let words = super::settings().language(arguments.lang).words();
        let lines = Sample::ALL.map(|sample| format!("{:26}{}\n", sample.name(), words.sample(sample)));
        return output::write(None, lines.concat().as_bytes());
    };
    let [message, answers] = ["eml", "dns"].map(|ending| arguments.out.join(format!("{}.{ending}", sample.name())));
    output::write(Some(&message), sample.message())?;
    output::write(Some(&answers), sample.answers().as_bytes())?;
    output::say(&format!("hopscope: wrote {} and {}", message.display(), answers.display()));
    Ok(())
}
