//! Writing results to a file or standard output, and words to the person on standard error.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

/// Writes to a file, or to standard output. A reader that has seen enough (`| head`) is no error.
pub(super) fn write(out: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    let Some(path) = out else {
        return match io::stdout().lock().write_all(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done.context("standard output cannot be written"),
        };
    };
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

/// Says one line to the person, on standard error.
pub(super) fn say(line: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{line}");
}
