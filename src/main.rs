//! Chooses: command line or window.

use std::process::ExitCode;

use hopscope::cli::{self, Next, Opening};

fn main() -> ExitCode {
    match cli::run() {
        Next::Exit(code) => code,
        Next::OpenWindow(opening) => open(&opening),
    }
}

#[cfg(feature = "gui")]
fn open(opening: &Opening) -> ExitCode {
    use hopscope::analyze::Options;
    use hopscope::window::{self, Input, Launch};

    let files = opening.files.iter().cloned().map(Input::File);
    let launch = Launch {
        inputs: files.chain(opening.sample.map(Input::Sample)).collect(),
        lookup: opening.lookup.clone(),
        options: Options { network: opening.checks.clone(), ..Options::default() },
        lang: opening.lang,
        settings: opening.settings.clone(),
        save: hopscope::settings::Settings::save,
        clock: opening.clock,
    };
    match window::run(&launch) {
        Ok(()) => ExitCode::SUCCESS,
        Err(unavailable) => opening.report(&unavailable.to_string()),
    }
}

#[cfg(not(feature = "gui"))]
fn open(opening: &Opening) -> ExitCode {
    opening.report("this build has none")
}
