//! Chooses: command line or window.

use std::process::ExitCode;

fn main() -> ExitCode {
    hopscope::cli::run()
}
