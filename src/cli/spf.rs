//! `hopscope spf`: one traced evaluation, of a domain and an address.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ANALYSED, DNS_HELP, now, open_dns, output};
use crate::auth::spf::{self, Session};
use crate::dns::{self, Choice, Ledger};
use crate::export;
use crate::text::Lang;

#[derive(Debug, Args)]
pub(super) struct SpfArguments {
    /// The envelope sender, or its domain
    #[arg(value_name = "ADDRESS|DOMAIN")]
    sender: String,
    /// The address that connects
    ip: IpAddr,
    /// The name it gives in HELO or EHLO, for %{h}
    #[arg(long, value_name = "NAME")]
    helo: Option<String>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[arg(long, value_name = "ja|en")]
    lang: Option<Lang>,
    #[arg(long, value_name = "SERVER", default_value = "system", help = DNS_HELP)]
    dns: Choice,
    /// Write every question with its answer, to be replayed with --dns
    #[arg(long, value_name = "OUT.dns")]
    record_dns: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(arguments: &SpfArguments) -> anyhow::Result<u8> {
    let lookup = open_dns(&arguments.dns)?;
    let ledger = Ledger::new(lookup.as_ref());
    let moment = now();
    let session =
        Session { ip: arguments.ip, helo: arguments.helo.clone(), receiver: None, timestamp: moment.as_second() };
    let mut check = spf::check(&arguments.sender, &session, &ledger);
    spf::find_deprecated(&mut check, &ledger);
    check.trace.number("spf");
    let questions = ledger.entries();
    if let Some(out) = &arguments.record_dns {
        output::write(Some(out), dns::write_snapshot(&questions, &ledger.recording(moment)).as_bytes())?;
    }
    let lang = super::settings().language(arguments.lang);
    let text = match arguments.format {
        Format::Text => export::spf_text(&check, &questions, lang),
        Format::Json => export::spf_json(&check, &questions),
    };
    output::write(None, text.as_bytes())?;
    Ok(ANALYSED)
}
