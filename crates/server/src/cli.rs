//! The command line of `holdfast-server`. Every subcommand takes `--data DIR`.
//!
//! Exit codes: 0 done, 1 it could not be done (and why stands on the error stream), 2 wrong arguments.

/// Writes to the standard output; where that is full or closed, the deed ends with an error that says so.
macro_rules! put {
    ($($words:tt)*) => {
        $crate::cli::write_out(format_args!($($words)*))?
    };
}

/// [`put!`] with an end of line.
macro_rules! say {
    ($($words:tt)*) => {
        put!("{}\n", format_args!($($words)*))
    };
}

mod account;
mod alerts;
mod audit;
mod backup;
mod carry;
mod init;
mod intake;
mod post;
mod report;
mod seed;
mod serve;
mod setup;

use std::fmt;
use std::io::{ErrorKind, IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use incident::{ClientId, PersonId, Setting, Setup};

use crate::clock::Clock;
use crate::store::{Ruling, Store, Submission, Writing};

#[derive(Debug, Parser)]
#[command(name = "holdfast-server", version, about = "The system of record of the Holdfast incident desk")]
struct Line {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Make a new desk with its first administrator
    Init(init::Init),
    /// Make a new desk with the demo in it
    Seed(seed::Seed),
    /// Serve desks and take in alerts until told to stop
    Serve(serve::Serve),
    /// What the desk is configured with: clients, services, agreements, calendars, people, house rules
    #[command(subcommand)]
    Setup(setup::Setup),
    /// Accounts of people who sign in with a password
    #[command(subcommand)]
    Account(account::Account),
    /// Hooks through which monitoring tools send alerts
    #[command(subcommand)]
    Intake(intake::Intake),
    /// Carry records over from another desk
    #[command(subcommand)]
    Import(carry::Import),
    /// Carry records out
    #[command(subcommand)]
    Export(carry::Export),
    /// Print what the records say
    #[command(subcommand)]
    Report(report::Report),
    /// Copy the desk into one file while it runs, and read the copy back
    Backup(backup::Backup),
    /// Make a desk of a backup, in an empty folder
    Restore(backup::Restore),
    /// Check the records
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Send a folder of recorded alerts through a server of its own and compare
    CompareAlerts(alerts::CompareAlerts),
}

/// Where the desk lies.
#[derive(Debug, Args)]
struct Place {
    /// The directory that holds the desk
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let line = Line::parse();
    log_to_stderr();
    match run(line.deed) {
        Ok(code) => code,
        // Whoever read the output has had enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("holdfast-server: {}", told(&error));
            ExitCode::FAILURE
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    causes.into_iter().any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

/// An error with its causes, each said once: many a sentence names its cause already.
fn told(error: &anyhow::Error) -> String {
    error.chain().skip(1).map(ToString::to_string).fold(error.to_string(), |words, cause| {
        if words.contains(&cause) { words } else { format!("{words}: {cause}") }
    })
}

fn run(deed: Deed) -> anyhow::Result<ExitCode> {
    match deed {
        Deed::Init(init) => init.run(),
        Deed::Seed(seed) => seed.run(),
        Deed::Serve(serve) => serve.run(),
        Deed::Setup(setup) => setup.run(),
        Deed::Account(account) => account.run(),
        Deed::Intake(intake) => intake.run(),
        Deed::Import(import) => {
            let whole = import.run()?;
            return Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Deed::Export(export) => export.run(),
        Deed::Report(report) => report.run(),
        Deed::Backup(backup) => backup.run(),
        Deed::Restore(restore) => restore.run(),
        Deed::Audit(audit) => audit.run(),
        Deed::CompareAlerts(alerts) => return alerts.run(),
    }?;
    Ok(ExitCode::SUCCESS)
}

/// What [`put!`] does.
fn write_out(words: fmt::Arguments<'_>) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_fmt(words).and_then(|()| out.flush()).context("the standard output could not be written")
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}

/// Sets a piece of configuration in the server's own name.
fn configure(store: &mut Store, setting: Setting) -> anyhow::Result<()> {
    store.write(Clock::System.now(), |writing| settle(writing, setting))
}

/// The same within a longer piece of work.
fn settle(writing: &mut Writing<'_>, setting: Setting) -> anyhow::Result<()> {
    let id = incident::CommandId(crate::store::random_id()?);
    let command = incident::Command::Configure(incident::command::Configure { setting });
    let submission = Submission::of_server(id, command);
    match writing.settle_command(&submission)? {
        Ruling::Settled(outcome) => match outcome.verdict {
            protocol::Verdict::Accepted { .. } => Ok(()),
            protocol::Verdict::Refused { refusal } => anyhow::bail!("{refusal}"),
            protocol::Verdict::Deferred => anyhow::bail!("it was put off; try again"),
        },
        Ruling::Reused => anyhow::bail!("a fresh id is taken; try again"),
    }
}

/// A password: from the standard input where that is asked for, made up otherwise.
fn password(from_stdin: bool) -> anyhow::Result<Password> {
    if !from_stdin {
        let bytes: Vec<u8> = crate::store::random_id()?.into_bytes().to_vec();
        return Ok(Password { text: crate::store::hex(&bytes), is_made_up: true });
    }
    let mut text = String::new();
    std::io::stdin().read_line(&mut text).context("reading the password from the standard input")?;
    let text = text.trim_end_matches(['\r', '\n']).to_owned();
    anyhow::ensure!(!text.is_empty(), "no password came on the standard input; nothing was changed");
    Ok(Password { text, is_made_up: false })
}

struct Password {
    text: String,
    is_made_up: bool,
}

impl Password {
    fn show_if_made_up(&self) -> anyhow::Result<()> {
        if self.is_made_up {
            say!("Password, shown once: {}", self.text);
        }
        Ok(())
    }
}

fn new_person() -> anyhow::Result<PersonId> {
    Ok(PersonId(crate::store::random_id()?))
}

/// The client that an operator names, by its name or its id.
fn client(setup: &Setup, named: &str) -> anyhow::Result<ClientId> {
    let is_meant = |client: &&incident::setup::Client| {
        client.name.eq_ignore_ascii_case(named.trim()) || client.id.to_string() == named
    };
    if let Some(client) = setup.clients.values().find(is_meant) {
        return Ok(client.id);
    }
    let mut names: Vec<_> = setup.clients.values().map(|client| client.name.as_str()).collect();
    names.sort_unstable();
    anyhow::ensure!(
        !names.is_empty(),
        "there is no client {named:?}: this desk has no clients yet; `holdfast-server setup apply` adds them (docs/operating.md)"
    );
    anyhow::bail!("there is no client {named:?}; name one of: {}", names.join(", "))
}

fn open(dir: &Path) -> anyhow::Result<Store> {
    Ok(Store::open(dir)?)
}
