//! The desktop in a real window under Xvfb: what a person waits for.
//!
//! The script that drives the window stands with the other window tests, in tests/end-to-end.

use std::path::Path;
use std::process::Command;

use super::measured::findings;
use super::table::Finding;
use super::{Options, SERVICENOW_LOG};
use crate::{process, system};

const SCRIPT: &str = "tests/end-to-end/measure.mjs";
/// What must be on the machine; `cargo xtask check` installs it.
const PROGRAMS: [&str; 3] = ["/usr/bin/Xvfb", "/usr/bin/WebKitWebDriver", "/usr/bin/openbox"];

/// Builds the desktop and an empty window with the same settings, and measures both.
pub(super) fn measured(root: &Path, options: &Options) -> anyhow::Result<Vec<Finding>> {
    if let Some(missing) = PROGRAMS.iter().find(|program| !Path::new(program).exists()) {
        return Ok(absent(format!("{missing} is not installed; `cargo xtask check` installs it")));
    }
    let driver = system::tauri_driver(root)?;
    system::screen_packages(root, "ui")?;
    system::screen_packages(root, "tests/end-to-end")?;
    let mut screen = Command::new(root.join("ui/node_modules/.bin/vite"));
    process::shown(screen.args(["build", "--logLevel", "warn"]).current_dir(root.join("ui")))?;
    for product in [
        ["--package", "server", "--bin", "holdfast-server"].as_slice(),
        &["--package", "drill", "--bin", "measure"],
        &[
            "--package",
            "holdfast",
            "--features",
            "custom-protocol",
            "--bin",
            "holdfast",
            "--example",
            "empty-window",
        ],
    ] {
        let mut build = Command::new("cargo");
        process::shown(build.args(["build", "--release"]).args(product).current_dir(root))?;
    }
    let mut script = Command::new("node");
    script.arg(SCRIPT).arg("--log").arg(root.join(&options.shared).join(SERVICENOW_LOG));
    script.env("TAURI_DRIVER", driver).env("PATH", system::path_with_tools(root, &options.path));
    findings(&process::told(script.current_dir(root))?)
}

fn absent(why: String) -> Vec<Finding> {
    vec![Finding::Absent { name: "the desktop in its window".to_owned(), why }]
}
