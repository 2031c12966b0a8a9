//! Checking the records, and going on after a restore.

use clap::Subcommand;

use super::{Place, open};
use crate::clock::Clock;
use crate::store::Store;

/// See the module.
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Compute the hash chain and every record anew
    Verify {
        #[command(flatten)]
        place: Place,
    },
    /// Say that these files were put back from a backup: desks send again what they still hold
    Restored {
        #[command(flatten)]
        place: Place,
    },
}

impl Audit {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Verify { place } => {
                say!("{}.", Store::open_beside(&place.data)?.verify()?);
            }
            Self::Restored { place } => {
                let mut store = open(&place.data)?;
                store.verify()?;
                let epoch = store.begin_epoch("restored from a backup", Clock::System.now())?;
                say!("The log goes on from line {} as epoch {epoch}.", store.head().seq);
            }
        }
        Ok(())
    }
}
