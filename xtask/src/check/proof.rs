//! The steps that put the product itself to the proof.

use std::process::Command;
use std::time::Duration;

use super::{Outcome, Run, summary};
use crate::{drill as drilling, system};

/// Longer than any of these takes, shorter than CI waits.
const LIMIT: Duration = Duration::from_secs(25 * 60);

const END_TO_END: &str = "tests/end-to-end/run.mjs";

/// An oracle, run as a person would.
fn oracle(run: &Run, name: &str, input: &str) -> anyhow::Result<Outcome> {
    let input = run.root.join(&run.options.shared).join(input);
    if !input.exists() {
        return Ok(Outcome::Absent(format!(
            "{} is not there; give its folder with --shared",
            input.display()
        )));
    }
    let mut oracle = Command::new("cargo");
    oracle.args(["xtask", "oracle", name]).arg(&input).current_dir(run.root);
    run.log.run(LIMIT, &oracle)?;
    Ok(Outcome::Passed(summary::counted(&run.log.text()).unwrap_or_default()))
}

pub(super) fn business_time(run: &Run) -> anyhow::Result<Outcome> {
    oracle(run, "business-time", "business-time/business-time-cases.json")
}

pub(super) fn on_call(run: &Run) -> anyhow::Result<Outcome> {
    oracle(run, "on-call", "on-call/oncall-cases.json")
}

pub(super) fn alerts(run: &Run) -> anyhow::Result<Outcome> {
    oracle(run, "alerts", "alert-payloads")
}

pub(super) fn drill(run: &Run) -> anyhow::Result<Outcome> {
    let mut play = drilling::command(run.root);
    play.args(["--", "--seeds", &run.options.seeds.to_string()]);
    run.log.run(LIMIT, &play)?;
    Ok(Outcome::Passed(format!("{} seeds", run.options.seeds)))
}

pub(super) fn end_to_end(run: &Run) -> anyhow::Result<Outcome> {
    if !run.root.join(END_TO_END).exists() {
        return Ok(Outcome::Absent(format!("{END_TO_END} is not there")));
    }
    if run.root.join("tests/end-to-end/package-lock.json").exists() {
        system::screen_packages(run.root, "tests/end-to-end")?;
    }
    let mut story = Command::new("node");
    story.arg(END_TO_END).current_dir(run.root);
    story.env("PATH", system::path_with_tools(run.root, &run.options.path));
    run.log.run(LIMIT, &story)?;
    Ok(Outcome::Passed(summary::counted(&run.log.text()).unwrap_or_default()))
}
