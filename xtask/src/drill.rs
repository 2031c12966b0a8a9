//! Desks and a server in one process, over a network that loses, delays and doubles.

use std::path::Path;
use std::process::Command;

use crate::process;

/// What to play.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Arguments after `--` go to the drill as they are; `cargo xtask drill -- --help` lists them."
)]
pub(crate) struct Options {
    /// Play this seed alone, step by step
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// Play this many seeds
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// Build with optimisations first: for thousands of seeds
    #[arg(long)]
    release: bool,
    /// Further arguments for the drill
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Plays; true when every invariant held.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<bool> {
    let mut play = command(root);
    if options.release {
        play.arg("--release");
    }
    play.arg("--");
    match options.seed {
        Some(seed) => play.args(["--seed", &seed.to_string()]),
        None => play.args(["--seeds", &options.seeds.to_string()]),
    };
    play.args(&options.rest);
    process::shown(&mut play)?;
    Ok(true)
}

/// `cargo run` of the drill, before its own arguments.
pub(crate) fn command(root: &Path) -> Command {
    let mut play = Command::new("cargo");
    play.args(["run", "--quiet", "--package", "drill", "--bin", "drill"]).current_dir(root);
    play
}
