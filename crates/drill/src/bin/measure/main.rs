//! Measures what a user would feel, each beside a floor that the same machine sets in the same minute.
//!
//! `cargo xtask bench` runs it in the release profile and reads what it prints: one JSON object a line.
//! It asserts nothing: a number is printed as it came out, and what could not be measured is said.

mod alerts;
mod commands;
mod desk;
mod finding;
mod floor;
mod house;
mod import;
mod live;
mod postgres;
mod register;
mod story;

use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use incident::Timestamp;

/// What to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// One body of 41,000 alerts through each kind of hook
    Alerts,
    /// Commands settled on disk, in one process and over HTTP
    Commands,
    /// The ServiceNow log into a new desk
    Import,
    /// Every clause over every incident of the ServiceNow log
    Register,
    /// From one desk to another through a server
    Live,
    /// Duties, offers, commands, frames and the board of 10,000 open incidents
    Desk,
    /// Lays out a server's data directory: open incidents, the log where one is given, one account
    LayOut,
}

#[derive(Debug, Parser)]
#[command(about = "Measures the desk beside what the machine does at best")]
struct Options {
    /// What to measure
    bench: Bench,
    /// A folder of its own, on the disk to measure; it is emptied
    #[arg(long)]
    folder: PathBuf,
    /// The ServiceNow log
    #[arg(long)]
    log: Option<PathBuf>,
    /// Open incidents to lay out
    #[arg(long, default_value_t = house::OPEN)]
    open: u32,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("a TLS provider is in place already");
    }
    if options.folder.exists() {
        std::fs::remove_dir_all(&options.folder).context("emptying the folder")?;
    }
    std::fs::create_dir_all(&options.folder).context("making the folder")?;
    match options.bench {
        Bench::Alerts => alerts::measure(&options.folder),
        Bench::Commands => commands::measure(&options.folder),
        Bench::Import => import::measure(&options.folder, options.log.as_deref()),
        Bench::Register => register::measure(options.log.as_deref()),
        Bench::Live => live::measure(&options.folder),
        Bench::Desk => desk::measure(&options.folder),
        Bench::LayOut => house::lay_out(&options.folder, options.open, options.log.as_deref()),
    }
}

/// The machine's clock, as the desk's line asks for it.
fn now() -> Timestamp {
    server::Clock::System.now()
}
