//! What the machine needs before anything of ours is built, run or checked.
//!
//! Each need is installed once, says what it is and why, and is looked for
//! first: a machine that has everything is not touched.

mod apt;
mod npm;
mod tools;

use std::path::{Path, PathBuf};

use anyhow::Context;

pub(crate) use apt::settle as packages;
pub(crate) use npm::settle as screen_packages;
pub(crate) use tools::{cargo_deny, path_with_tools, tauri_driver};

/// What the packages are needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To build the server and the desktop, and to run them.
    Build,
    /// To prove the product in real windows: everything above, and more.
    Proof,
}

/// Where tools of our own choice live, apart from the person's.
fn tools_folder(root: &Path) -> PathBuf {
    root.join("target/tools")
}

/// The desktop's build embeds the screen; where none is built yet, a page that says so.
pub(crate) fn screen_stub(root: &Path) -> anyhow::Result<()> {
    let page = root.join("ui/dist/index.html");
    if page.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(root.join("ui/dist")).context("making ui/dist")?;
    let text = "<!doctype html><title>Holdfast</title><p>The screen is not built. Run: cargo xtask dev\n";
    std::fs::write(&page, text).context("writing ui/dist/index.html")
}
