//! A backup in one file, and a desk made of it again.

use std::path::PathBuf;

use clap::Args;

use super::Place;
use crate::clock::Clock;
use crate::store::Store;

/// See [`super::Deed::Backup`].
#[derive(Debug, Args)]
pub(super) struct Backup {
    #[command(flatten)]
    place: Place,
    /// The file to write; it must not exist
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let made = Store::open_beside(&self.place.data)?.back_up(&self.to)?;
        say!("{} covers the log up to line {}.", self.to.display(), made.seq);
        say!("Read back: {}.", made.verified);
        say!("Desks forget now what it covers: keep it, on another disk.");
        Ok(())
    }
}

/// See [`super::Deed::Restore`].
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Restore {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let made = Store::restore(&self.from, &self.place.data, Clock::System.now())?;
        say!("The desk in {} goes on from line {}.", self.place.data.display(), made.seq);
        say!("Desks that knew more send it again once their people have signed in.");
        say!("Passwords and hooks are those of the backup: revoke again what was revoked since.");
        say!("Next: holdfast-server serve --data {}", self.place.data.display());
        Ok(())
    }
}
