//! Records carried over from another desk, and out of this one.

use std::fs::File;
use std::io::{BufWriter, Write as _};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};

use super::{Place, open};
use crate::clock::Clock;
use crate::export;
use crate::import::servicenow::{Mapping, ServicenowArguments, import_into};
use crate::store::Store;

/// Where records come from.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// The audit log of a ServiceNow desk (CSV, gzipped or not); a second run goes on where the first one stopped
    Servicenow {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        arguments: ServicenowArguments,
    },
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<bool> {
        match self {
            Self::Servicenow { place, arguments } => {
                let now = Clock::System.now();
                File::open(&arguments.file).with_context(|| {
                    let file = arguments.file.display();
                    format!("cannot read {file}; check the path and that this user may read it")
                })?;
                let is_new = !Store::is_in(&place.data)?;
                let mut store = if is_new { Store::create(&place.data, now)? } else { open(&place.data)? };
                let outcome = import_into(&mut store, &place.data, &arguments, &Mapping::default(), now);
                if is_new && store.head().seq == 0 {
                    store.discard();
                    anyhow::bail!("{}; nothing was imported, and no desk was made", outcome?.why_nothing());
                }
                let outcome = outcome?;
                if is_new {
                    eprintln!("{} held no desk: made a new one.", place.data.display());
                    eprintln!("Nobody can sign in to it until `holdfast-server account add` names a person.");
                }
                say!("{outcome}");
                Ok(outcome.is_whole())
            }
        }
    }
}

/// What is carried out.
#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Every incident with its stamps, counts and clock verdicts
    Incidents(Incidents),
}

/// How incidents are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object a line
    Ndjson,
}

/// See [`Export::Incidents`].
#[derive(Debug, Args)]
pub(super) struct Incidents {
    #[command(flatten)]
    place: Place,
    /// How they are written
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
}

impl Export {
    /// Reads beside a running server.
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Incidents(Incidents { place, format: Format::Ndjson }) => {
                let store = Store::open_beside(&place.data)?;
                let mut out = BufWriter::new(std::io::stdout().lock());
                let count = export::export_all(&store, Clock::System.now(), &mut out)?;
                out.flush().context("writing to the standard output")?;
                tracing::debug!(count, "exported");
                Ok(())
            }
        }
    }
}
