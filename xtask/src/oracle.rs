//! Comparisons with recorded truth: files that say what is right, case by case.

mod alerts;
mod business_time;
mod on_call;

use std::path::{Path, PathBuf};

/// A recorded truth.
#[derive(clap::Subcommand, Debug)]
pub(crate) enum Oracle {
    /// Play a file of service calendars and clocks against the rule book
    ///
    /// A failing case is printed with what was expected and what came; the last
    /// line is `N passed, N failed`.
    BusinessTime {
        /// The cases, as JSON
        file: PathBuf,
    },
    /// Play a file of rotas, overrides and escalations against the rule book
    ///
    /// A failing case is printed with what was expected and what came; the last
    /// line is `N passed, N failed`.
    OnCall {
        /// The cases, as JSON
        file: PathBuf,
    },
    /// Send a folder of monitoring alerts through the HTTP route of a server started for it
    ///
    /// The folder holds `index.json` and the bodies that it names; the last line
    /// is `N passed, N failed`.
    Alerts {
        /// The folder of bodies
        folder: PathBuf,
    },
}

/// Compares; true when nothing differs.
pub(crate) fn run(root: &Path, oracle: &Oracle) -> anyhow::Result<bool> {
    match oracle {
        Oracle::BusinessTime { file } => business_time::run(file),
        Oracle::OnCall { file } => on_call::run(file),
        Oracle::Alerts { folder } => alerts::run(root, folder),
    }
}
