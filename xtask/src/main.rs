//! The project's own commands. Four to learn: `dev`, `check`, `drill`, `bindings`.
//!
//! It depends on light crates alone, so that it builds on a machine where
//! nothing else is installed yet and can then install the rest.

mod bench;
mod bindings;
mod check;
mod checkout;
mod dev;
mod documents;
mod drill;
mod mutants;
mod oracle;
mod process;
mod server;
mod system;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Build, run and check Holdfast.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, start a server with a demo, and open the desk
    Dev(dev::Options),
    /// Run everything that CI runs, and print a summary
    Check(check::Options),
    /// Write the TypeScript of every type that crosses the door to ui/src/bindings
    Bindings,
    /// Write docs/clauses.md and docs/commands.md from the code
    Clauses,
    /// Look for broken house rules, and say the cure of each
    Tidy,
    /// Measure speed against floors that run in the same minute
    Bench(bench::Options),
    /// Play desks and a server over a bad network, by seed
    Drill(drill::Options),
    /// Change the rule book in every way that cargo-mutants knows, and name what no test notices
    Mutants(mutants::Options),
    /// Compare the product with recorded truth
    #[command(subcommand)]
    Oracle(oracle::Oracle),
}

fn main() -> ExitCode {
    let root = checkout::root();
    let done = match Cli::parse().command {
        Task::Dev(options) => dev::run(&root, &options),
        Task::Check(options) => check::run(&root, &options),
        Task::Bindings => bindings::run(&root),
        Task::Clauses => documents::run(&root),
        Task::Tidy => tidy::run(&root),
        Task::Bench(options) => bench::run(&root, &options),
        Task::Drill(options) => drill::run(&root, &options),
        Task::Mutants(options) => mutants::run(&root, &options),
        Task::Oracle(oracle) => oracle::run(&root, &oracle),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
