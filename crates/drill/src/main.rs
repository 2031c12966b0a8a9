//! The drill: plays seeds, says what did not hold and how to see it again.

use std::process::ExitCode;

use clap::Parser;
use drill::world::{Played, Script, Tally, play};

/// Plays desks and a server over a bad network, by virtual clocks. Everything follows from the seed.
#[derive(Debug, Parser)]
#[command(name = "drill")]
struct Options {
    /// Play this seed alone
    #[arg(long, conflicts_with = "seeds")]
    seed: Option<u64>,
    /// Play this many seeds
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// The first of them
    #[arg(long, default_value_t = 1)]
    first: u64,
    /// Deeds and faults in each
    #[arg(long, default_value_t = 120)]
    ops: u32,
    /// Tell everything that happens
    #[arg(long)]
    trace: bool,
    /// Play every seed twice and compare; the first one always is
    #[arg(long)]
    doublecheck: bool,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let seeds = match options.seed {
        Some(seed) => seed..=seed,
        None => options.first..=options.first.saturating_add(options.seeds).saturating_sub(1),
    };
    let first = *seeds.start();
    let (mut passed, mut failed, mut tally) = (0_u64, 0_u64, Tally::default());
    for seed in seeds {
        let is_twice = options.doublecheck || seed == first;
        let script = Script { seed, ops: options.ops, plant: None };
        let played = run(script, options.trace, is_twice);
        played.lines.iter().for_each(|line| println!("{line}"));
        tally += played.tally;
        match played.broken {
            None => passed += 1,
            Some(broken) => {
                failed += 1;
                println!("seed {seed} failed {broken}");
                println!("  again: cargo xtask drill --seed {seed} -- --ops {} --trace", options.ops);
            }
        }
        if options.seed.is_some() {
            println!("seed {seed}: trace {:016x}", played.hash);
        }
    }
    let Tally { commands, refused, frames, lost, crashes } = tally;
    println!(
        "{commands} commands, {refused} refused, {frames} frames, {lost} messages lost, {crashes} crashes"
    );
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Plays a seed, perhaps twice: both must tell the same.
fn run(script: Script, is_told: bool, is_twice: bool) -> Played {
    let mut played = play(script, is_told);
    if is_twice && played.broken.is_none() {
        let again = play(script, false);
        if again.hash != played.hash {
            let what =
                format!("when it was played again: trace {:016x}, not {:016x}", again.hash, played.hash);
            played.broken = Some(what);
        }
    }
    played
}
