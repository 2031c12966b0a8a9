//! The steps that Node carries out.

use std::process::Command;
use std::time::Duration;

use super::{Outcome, Run};
use crate::system;

const LIMIT: Duration = Duration::from_secs(15 * 60);

/// A program of the screen's own packages; nothing is fetched.
fn tool(run: &Run, name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(run.root.join("ui/node_modules/.bin").join(name));
    command.args(arguments).current_dir(run.root.join("ui")).env("NO_COLOR", "1");
    command
}

fn passed(run: &Run, command: &Command) -> anyhow::Result<Outcome> {
    run.log.run(LIMIT, command)?;
    Ok(Outcome::Passed(String::new()))
}

pub(super) fn packages(run: &Run) -> anyhow::Result<Outcome> {
    if !run.root.join("ui/package.json").exists() {
        return Ok(Outcome::Absent("ui/package.json is not there".to_owned()));
    }
    system::screen_packages(run.root, "ui")?;
    Ok(Outcome::Passed(String::new()))
}

pub(super) fn types(run: &Run) -> anyhow::Result<Outcome> {
    passed(run, &tool(run, "tsc", &["--noEmit"]))
}

pub(super) fn lint(run: &Run) -> anyhow::Result<Outcome> {
    passed(run, &tool(run, "biome", &["ci", "--colors=off", "."]))
}

pub(super) fn tests(run: &Run) -> anyhow::Result<Outcome> {
    run.log.run(LIMIT, &tool(run, "vitest", &["run", "--reporter=default"]))?;
    let text = run.log.text();
    let counted = text.lines().map(str::trim).find(|line| line.starts_with("Tests ")).unwrap_or_default();
    Ok(Outcome::Passed(counted.split_whitespace().collect::<Vec<_>>().join(" ")))
}

pub(super) fn build(run: &Run) -> anyhow::Result<Outcome> {
    passed(run, &tool(run, "vite", &["build"]))
}
