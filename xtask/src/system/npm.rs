//! Node and the packages of the screen.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use crate::process;

/// The oldest Node that the screen's tools run on.
const NODE_MAJOR_MIN: u32 = 20;

/// Beside the packages: the lock file that they were installed from.
const STAMP: &str = "node_modules/.installed-from-lock";

/// Installs the packages of a folder when its lock file has changed.
pub(crate) fn settle(root: &Path, folder: &str) -> anyhow::Result<()> {
    node_is_new_enough()?;
    let folder_path = root.join(folder);
    let lock = std::fs::read_to_string(folder_path.join("package-lock.json"))
        .with_context(|| format!("reading {folder}/package-lock.json; the checkout is not whole"))?;
    if std::fs::read_to_string(folder_path.join(STAMP)).is_ok_and(|stamp| stamp == lock) {
        return Ok(());
    }
    println!("Installing the npm packages of {folder}, as its package-lock.json names them.");
    let mut install = Command::new("npm");
    install
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder_path)
        .stdout(Stdio::null());
    process::shown(&mut install).or_else(|first| {
        println!("  {first:#}; once more");
        process::shown(&mut install)
    })?;
    std::fs::write(folder_path.join(STAMP), lock).context("noting which lock file was installed")
}

fn node_is_new_enough() -> anyhow::Result<()> {
    let Ok(version) = process::answer(Command::new("node").arg("--version")) else {
        bail!(
            "Node is not installed, and the screen is built with it. Install Node {NODE_MAJOR_MIN} or newer, with npm."
        );
    };
    let major = major(&version).with_context(|| format!("`node --version` says `{version}`"))?;
    ensure!(
        major >= NODE_MAJOR_MIN,
        "Node is {version}; the screen's tools need {NODE_MAJOR_MIN} or newer. Install a newer Node and run this again."
    );
    ensure!(
        process::is_there("npm"),
        "Node {version} is here but npm is not. Install npm and run this again."
    );
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("node"), None);
    }
}
