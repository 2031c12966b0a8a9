//! Recorded alerts, sent through the real HTTP route of a server started for them.
//!
//! The server compares, because it alone knows what its route made of a body;
//! here it is built, and given an empty folder that goes afterwards.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::{process, server};

/// Sends every body that the folder's index names; true when each was read as expected.
pub(super) fn run(root: &Path, folder: &Path) -> anyhow::Result<bool> {
    let index = folder.join("index.json");
    ensure!(
        index.is_file(),
        "{} is not there: it names each body and what is expected of it",
        index.display()
    );
    eprintln!("building the server …");
    let mut build = Command::new("cargo");
    build.args(["build", "--quiet", "--package", "server", "--bin", "holdfast-server"]);
    process::shown(build.current_dir(root))?;
    let data = root.join("target/oracle-alerts");
    clear(&data)?;
    let mut compare = server::bound_to_us(&server::program(root, "holdfast-server"));
    compare.arg("compare-alerts").arg("--data").arg(&data).arg(folder);
    let compared = compare.status().context("the server could not be started")?;
    clear(&data)?;
    Ok(compared.success())
}

fn clear(data: &Path) -> anyhow::Result<()> {
    if data.exists() {
        std::fs::remove_dir_all(data).with_context(|| format!("clearing {}", data.display()))?;
    }
    Ok(())
}
