//! Everything that CI runs, in one command, with a summary.
//!
//! A step that fails does not hide the ones after it. What a step prints is
//! kept in target/check, and shown where it failed.

mod proof;
mod rust;
mod screen;
mod summary;

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::builder::FalseyValueParser;

use crate::process::{Log, Stopwatch};
use crate::system::{self, Purpose};
use crate::{documents, tidy};
pub(crate) use rust::{LAWS_SEED, LAWS_SEED_FROM};
use summary::{Line, Verdict};

/// Which steps, and with what.
#[derive(clap::Args, Debug)]
#[command(after_help = "What each step prints is kept in target/check/STEP.log.")]
pub(crate) struct Options {
    /// Run these steps alone (repeat, or separate by commas)
    #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = step_named)]
    only: Vec<&'static str>,
    /// Leave out the tests in real windows
    #[arg(long)]
    skip_e2e: bool,
    /// Seeds that the drill plays
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// The folder of recorded truth and real inputs
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    shared: PathBuf,
    /// Fail where an input is absent, as CI does
    #[arg(long, env = "CI", value_parser = FalseyValueParser::new())]
    ci: bool,
    /// The search path for programs
    #[arg(long, env = "PATH", default_value = "", hide = true)]
    path: String,
}

/// What a step has at hand.
struct Run<'a> {
    root: &'a Path,
    options: &'a Options,
    log: Log,
}

/// How a step ended, when it did not fail.
enum Outcome {
    /// With a word for the summary; it may be empty.
    Passed(String),
    /// Its input is not in this checkout.
    Absent(String),
}

struct Step {
    name: &'static str,
    about: &'static str,
    run: fn(&Run) -> anyhow::Result<Outcome>,
}

const fn step(name: &'static str, about: &'static str, run: fn(&Run) -> anyhow::Result<Outcome>) -> Step {
    Step { name, about, run }
}

const END_TO_END: &str = "end-to-end";

/// Cheap answers first; each step leaves the next one a warmer build.
const STEPS: [Step; 20] = [
    step("system", "Debian packages and tools", system_step),
    step("tidy", "house rules", tidy_step),
    step("documents", "documents agree with the code they are made from", documents_step),
    step("format", "rustfmt", rust::format),
    step("npm", "packages of the screen", screen::packages),
    step("types", "the screen's types", screen::types),
    step("lint", "the screen's lints and format", screen::lint),
    step("screen-tests", "the screen's tests", screen::tests),
    step("screen", "the screen, built", screen::build),
    step("bindings", "TypeScript agrees with Rust", rust::bindings),
    step("clippy", "Rust lints", rust::clippy),
    step("deny", "dependencies, licences, sources", rust::deny),
    step("tests", "Rust tests and doc examples", rust::tests),
    step("snapshots", "every snapshot has its test", rust::snapshots),
    step("business-time", "clocks against recorded truth", proof::business_time),
    step("on-call", "rotas and escalations against recorded truth", proof::on_call),
    step("alerts", "real alerts through the real route", proof::alerts),
    step("drill", "desks over a bad network", proof::drill),
    step("build", "server and desktop, as they ship", rust::build),
    step(END_TO_END, "real windows, server, Alertmanager, notifications", proof::end_to_end),
];

fn step_named(name: &str) -> Result<&'static str, String> {
    let names = || STEPS.iter().map(|step| step.name);
    names().find(|known| *known == name).ok_or_else(|| {
        let names: Vec<&str> = names().collect();
        format!("the steps are: {}", names.join(", "))
    })
}

/// Runs the steps; true when none failed.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<bool> {
    let mut lines = Vec::new();
    let wanted = |step: &&Step| {
        let asked = options.only.is_empty() || options.only.contains(&step.name);
        asked && !(options.skip_e2e && step.name == END_TO_END)
    };
    for step in STEPS.iter().filter(wanted) {
        println!("── {}: {}", step.name, step.about);
        let line = one(root, options, step)?;
        println!("   {line}");
        lines.push(line);
    }
    println!("\n{}", summary::table(&lines));
    println!("{}", summary::closing(&lines));
    Ok(lines.iter().all(|line| !line.verdict.is_failure()))
}

fn one(root: &Path, options: &Options, step: &Step) -> anyhow::Result<Line> {
    let log = Log::begin(root.join("target/check").join(format!("{}.log", step.name)))?;
    let watch = Stopwatch::start();
    let run = Run { root, options, log };
    let verdict = match (step.run)(&run) {
        Ok(Outcome::Passed(word)) => Verdict::Passed(word),
        Ok(Outcome::Absent(why)) if options.ci => Verdict::Failed(why),
        Ok(Outcome::Absent(why)) => Verdict::Skipped(why),
        Err(error) => {
            println!("{}", summary::last_lines(&run.log.text()));
            Verdict::Failed(format!("{error:#}"))
        }
    };
    Ok(Line { step: step.name, seconds: watch.seconds(), verdict })
}

fn system_step(run: &Run) -> anyhow::Result<Outcome> {
    system::packages(Purpose::Proof)?;
    system::cargo_deny(run.root)?;
    if !run.options.skip_e2e {
        system::tauri_driver(run.root)?;
    }
    Ok(Outcome::Passed(String::new()))
}

fn tidy_step(run: &Run) -> anyhow::Result<Outcome> {
    if !tidy::run(run.root)? {
        bail!("see the cures above");
    }
    Ok(Outcome::Passed(String::new()))
}

fn documents_step(run: &Run) -> anyhow::Result<Outcome> {
    let drift = documents::drift(run.root)?;
    if !drift.is_empty() {
        bail!("run `cargo xtask clauses`: {}", drift.join(", "));
    }
    Ok(Outcome::Passed(String::new()))
}
