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
                let store = Store::open_beside(&place.data)?;
                let verified = store.verify()?;
                let accounts = store.verify_accounts()?;
                say!("{verified}; so do the outcomes of all commands, and {accounts} accounts.");
            }
            Self::Restored { place } => {
                let mut store = open(&place.data)?;
                store.verify()?;
                store.verify_accounts()?;
                let epoch = store.begin_epoch("restored from a backup", Clock::System.now())?;
                say!("The log goes on from line {} as epoch {epoch}.", store.head().seq);
            }
        }
        Ok(())
    }
}
