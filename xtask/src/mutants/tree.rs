//! The copy in which the mutants live: the rule book, the shifts and what plays them, as a workspace of its own.
//!
//! It lies under target/, and nothing of it ever goes back to the checkout.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::checkout::Tree;

/// Texts by their path from the root.
pub(super) type Files = BTreeMap<String, String>;

/// Where the changed sources stand.
pub(super) const SOURCES: &str = "crates/incident/src/";
const MEMBERS: [&str; 2] = ["crates/incident", "crates/drill"];
/// Where shifts stand.
pub(super) const SHIFTS: &str = "tests/shifts";
const SHIFT_PLAYER: &str = "crates/drill/Cargo.toml";

/// Every mutant is run, and a survivor through all that reaches it: optimised a little, and nothing for a debugger.
const PROFILE: &str = "\n[workspace.lints.rust]\n[workspace.lints.clippy]\n
[profile.dev]\nopt-level = 1\ndebug = 0\n";

/// What the copy holds before anything is changed in it.
pub(super) fn taken(tree: &Tree) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for folder in MEMBERS.iter().chain([&SHIFTS]) {
        files.extend(tree.under(folder).map(|(path, text)| (path.to_owned(), text.to_owned())));
    }
    for (path, text) in tree.files().filter(|(path, _)| matches!(*path, "Cargo.toml" | "Cargo.lock")) {
        let text = if path == "Cargo.toml" { workspace(text) } else { text.to_owned() };
        files.insert(path.to_owned(), text);
    }
    let player = files.get_mut(SHIFT_PLAYER).with_context(|| format!("{SHIFT_PLAYER} is not there"))?;
    *player = without_the_world(player);
    ensure!(files.keys().any(|path| path.starts_with(SOURCES)), "{SOURCES} holds no file");
    Ok(files)
}

/// The root's manifest with two members, and with versions as they are.
fn workspace(manifest: &str) -> String {
    let members = MEMBERS.map(|member| format!("\"{member}\"")).join(", ");
    let mut text = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
    let mut is_kept = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_kept = matches!(line, "[workspace.package]" | "[workspace.dependencies]");
        }
        let is_ours = line.contains("path = \"");
        let is_absent = is_ours && !MEMBERS.iter().any(|member| line.contains(&format!("\"{member}\"")));
        if is_kept && !is_absent {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push_str(PROFILE);
    text
}

/// The drill's manifest with the shifts alone: no desks, no server, and none of what they need.
fn without_the_world(manifest: &str) -> String {
    let line = |line: &str| match line.split(" = ").next() {
        Some(feature @ ("default" | "world")) => format!("{feature} = []\n"),
        Some(_) | None if line.contains("optional = true") => String::new(),
        Some(_) | None => format!("{line}\n"),
    };
    manifest.lines().map(line).collect()
}

/// Puts the files in place; one that is as it was keeps its time, so that cargo builds only what changed.
pub(super) fn put(folder: &Path, files: &Files) -> anyhow::Result<()> {
    for path in files_under(&folder.join("crates"))?.iter().chain(&files_under(&folder.join("tests"))?) {
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
        if !files.contains_key(&name) {
            std::fs::remove_file(path).with_context(|| format!("removing {name} from the copy"))?;
        }
    }
    for (name, text) in files {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display()))?;
        }
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Recorded truth lies beside the checkout; the copy's tests look for it beside the copy.
pub(super) fn lend_recorded_truth(root: &Path, beside_the_copy: &Path) -> anyhow::Result<()> {
    let (lent, truth) = (beside_the_copy.join("shared"), root.join("../shared"));
    if lent.exists() || !truth.exists() {
        return Ok(());
    }
    std::os::unix::fs::symlink(&truth, &lent).with_context(|| format!("lending {}", truth.display()))
}

fn files_under(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let (mut found, mut waiting) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(here) = waiting.pop().filter(|here| here.is_dir()) {
        for entry in std::fs::read_dir(&here).with_context(|| format!("reading {}", here.display()))? {
            let path = entry.context("reading a folder")?.path();
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_has_two_members_and_the_same_versions() {
        let text = workspace(
            "[workspace]\nmembers = [\"crates/*\"]\n\n[workspace.dependencies]\nincident = { path = \"crates/incident\" }\n\
             server = { path = \"crates/server\" }\nserde = \"1.0.229\" # records\n\n[profile.dev]\ndebug = 2\n",
        );
        assert!(text.starts_with(
            "[workspace]\nresolver = \"3\"\nmembers = [\"crates/incident\", \"crates/drill\"]\n\
             [workspace.dependencies]\nincident = { path = \"crates/incident\" }\nserde = \"1.0.229\" # records\n"
        ));
        assert!(!text.contains("server") && !text.contains("debug = 2"));
    }

    #[test]
    fn the_player_needs_no_world() {
        let text = without_the_world(
            "[features]\ndefault = [\"world\"]\nworld = [\"dep:tokio\"]\n[[bin]]\nrequired-features = [\"world\"]\n\
             [dependencies]\ntokio = { workspace = true, optional = true }\nincident.workspace = true\n",
        );
        assert_eq!(
            text,
            "[features]\ndefault = []\nworld = []\n[[bin]]\nrequired-features = [\"world\"]\n\
             [dependencies]\nincident.workspace = true\n"
        );
    }

    #[test]
    fn only_what_changed_is_written_and_what_left_goes() {
        let folder = std::env::temp_dir().join(format!("xtask-{}-copy", std::process::id()));
        let files = |names: &[&str]| -> Files {
            names.iter().map(|name| ((*name).to_owned(), "1".to_owned())).collect()
        };
        put(&folder, &files(&["Cargo.toml", "crates/a/src/kept.rs", "crates/a/tests/gone.rs"])).unwrap();
        let kept = folder.join("crates/a/src/kept.rs");
        let written = kept.metadata().unwrap().modified().unwrap();
        put(&folder, &files(&["Cargo.toml", "crates/a/src/kept.rs"])).unwrap();
        assert_eq!(kept.metadata().unwrap().modified().unwrap(), written);
        assert!(folder.join("Cargo.toml").exists() && !folder.join("crates/a/tests/gone.rs").exists());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
