//! Reading a message: from a file, or from standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, ensure};

use crate::message::Message;

/// The most bytes that are read: a message of this size is beyond what any provider accepts.
const MAX_INPUT: u64 = 256 * 1024 * 1024;

/// How a compound file begins, which Outlook stores a message in (MS-CFB section 2.2).
const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads one message, from standard input for `-`.
pub(super) fn read(path: &Path) -> anyhow::Result<Message> {
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
