//! The steps that cargo carries out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail};

use super::summary;
use super::{Outcome, Run};
use crate::checkout::Tree;
use crate::{bindings, system};

/// A cold build of everything on two cores takes minutes; more is a hang.
const LIMIT: Duration = Duration::from_secs(45 * 60);

/// The laws are tried on the same histories in every check: what failed once fails again. `cargo test` alone
/// tries new ones each time, and so does a check that is given another seed.
pub(crate) const LAWS_SEED: &str = "20261125";
/// Where the laws read it.
pub(crate) const LAWS_SEED_FROM: &str = "PROPTEST_RNG_SEED";

/// Names which snapshots the tests have read.
const REFERENCES: &str = "target/check/snapshots-read.txt";

fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(root).env("CARGO_TERM_COLOR", "never");
    command
}

pub(super) fn format(run: &Run) -> anyhow::Result<Outcome> {
    run.log
        .run(LIMIT, &cargo(run.root, &["fmt", "--all", "--check", "--", "--color=never"]))
        .context("run `cargo fmt --all`")?;
    Ok(Outcome::Passed(String::new()))
}

pub(super) fn bindings(run: &Run) -> anyhow::Result<Outcome> {
    let drift = bindings::drift(run.root, &run.log)?;
    if !drift.is_empty() {
        bail!("ui/src/bindings is not what the types say; run `cargo xtask bindings`: {}", drift.join(", "));
    }
    Ok(Outcome::Passed(String::new()))
}

pub(super) fn clippy(run: &Run) -> anyhow::Result<Outcome> {
    system::screen_stub(run.root)?;
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    run.log.run(LIMIT, &cargo(run.root, &arguments))?;
    Ok(Outcome::Passed(String::new()))
}

pub(super) fn deny(run: &Run) -> anyhow::Result<Outcome> {
    let mut check = Command::new(system::cargo_deny(run.root)?);
    check.args(["check", "bans", "licenses", "sources"]).current_dir(run.root);
    run.log.run(LIMIT, &check)?;
    Ok(Outcome::Passed(String::new()))
}

pub(super) fn tests(run: &Run) -> anyhow::Result<Outcome> {
    system::screen_stub(run.root)?;
    let references = run.root.join(REFERENCES);
    if references.exists() {
        std::fs::remove_file(&references).context("clearing the list of snapshots that were read")?;
    }
    let mut tests = cargo(run.root, &["test", "--workspace", "--no-fail-fast"]);
    // A snapshot that differs fails, and leaves no file behind.
    tests.env("INSTA_UPDATE", "no").env("INSTA_SNAPSHOT_REFERENCES_FILE", &references);
    if std::env::var_os(LAWS_SEED_FROM).is_none() {
        tests.env(LAWS_SEED_FROM, LAWS_SEED);
    }
    run.log.run(LIMIT, &tests)?;
    Ok(Outcome::Passed(summary::cargo_tests(&run.log.text())))
}

/// A snapshot that no test reads tells a story that nobody checks.
pub(super) fn snapshots(run: &Run) -> anyhow::Result<Outcome> {
    let tree = Tree::read(run.root)?;
    let kept: Vec<&str> = tree.files().map(|(path, _)| path).filter(|path| path.ends_with(".snap")).collect();
    let Ok(list) = std::fs::read_to_string(run.root.join(REFERENCES)) else {
        if kept.is_empty() {
            return Ok(Outcome::Passed("none are kept".to_owned()));
        }
        return Ok(Outcome::Absent("the tests have not run; run the step `tests` first".to_owned()));
    };
    let read: BTreeSet<PathBuf> = list.lines().map(|line| settled(Path::new(line))).collect();
    let unread: Vec<&str> =
        kept.iter().filter(|path| !read.contains(&settled(&run.root.join(path)))).copied().collect();
    if !unread.is_empty() {
        bail!("no test reads these snapshots; delete them: {}", unread.join(", "));
    }
    Ok(Outcome::Passed(format!("{} snapshots", kept.len())))
}

/// The one name of a file that is there.
fn settled(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

pub(super) fn build(run: &Run) -> anyhow::Result<Outcome> {
    system::screen_stub(run.root)?;
    run.log.run(LIMIT, &shipped(run.root))?;
    Ok(Outcome::Passed(String::new()))
}

/// Builds the two programs with the screen inside, as they ship.
pub(crate) fn shipped(root: &Path) -> Command {
    cargo(root, &["build", "--workspace", "--bins", "--features", "holdfast/custom-protocol"])
}
