//! Folders of one run: made for it alone, gone with it. A crash leaves files as they lie.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Runs of this process.
static RUNS: AtomicU64 = AtomicU64::new(0);

/// A folder that goes when it is dropped.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A new one, in memory where the machine keeps such a place: a run writes a lot and keeps nothing.
    pub(super) fn new() -> Result<Self, String> {
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let run = RUNS.fetch_add(1, Ordering::Relaxed);
        let path = root.join(format!("holdfast-drill-{}-{run}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            eprintln!("drill: {} stays behind: {error}", self.path.display());
        }
    }
}

/// What a crash leaves: the files byte by byte as they lie, at their new place; at the end of the write-ahead
/// log perhaps the beginning of a write that was never finished.
pub(super) fn copy_as_it_lies(
    from: &Path,
    to: &Path,
    files: &[&str],
    torn: Option<&[u8]>,
) -> Result<(), String> {
    let copy = || -> std::io::Result<()> {
        std::fs::create_dir_all(to)?;
        for name in files {
            let there = from.join(name);
            if there.exists() {
                std::fs::copy(&there, to.join(name))?;
            }
            if let (true, Some(torn)) = (name.ends_with("-wal"), torn) {
                use std::io::Write as _;
                let mut log = std::fs::OpenOptions::new().create(true).append(true).open(to.join(name))?;
                log.write_all(torn)?;
            }
        }
        Ok(())
    };
    copy().map_err(|error| format!("{}: {error}", to.display()))
}
