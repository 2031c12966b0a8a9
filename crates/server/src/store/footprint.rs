//! A folder in which a desk is being made, and what of it was not there before: a failure leaves nothing behind.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Error, FILE, IMPORTS, LOCK_FILE, PREPARED, private_folder};

/// See the module.
#[derive(Debug)]
pub(super) struct Footprint {
    /// The folders that were made, the innermost first.
    folders: Vec<PathBuf>,
    /// What a desk has in its folder and was not in this one.
    absent: Vec<PathBuf>,
}

impl Footprint {
    /// Makes the folder where it is not there.
    pub(super) fn make(dir: &Path) -> Result<Self, Error> {
        let is_absent = |path: &Path| path.try_exists().is_ok_and(|is_there| !is_there);
        let is_new = |folder: &&Path| !folder.as_os_str().is_empty() && is_absent(folder);
        let folders = dir.ancestors().take_while(is_new).map(Path::to_owned).collect();
        let own = ["", "-wal", "-shm"].map(|end| format!("{FILE}{end}"));
        let own = own.into_iter().chain([LOCK_FILE, IMPORTS, PREPARED].map(str::to_owned));
        let absent = own.map(|name| dir.join(name)).filter(|path| is_absent(path)).collect();
        let footprint = Self { folders, absent };
        private_folder(dir).inspect_err(|_| footprint.take_back())?;
        Ok(footprint)
    }

    /// Leaves the place as it was found; what somebody else put there meanwhile stays. Something failed already, and
    /// that is what is told; what cannot be taken back is in the log.
    pub(super) fn take_back(&self) {
        if let Err((path, cause)) = self.removed() {
            tracing::warn!(%cause, "{} could not be taken back: {cause}", path.display());
        }
    }

    fn removed(&self) -> Result<(), (&Path, std::io::Error)> {
        for path in &self.absent {
            let gone = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
            gone.or_else(|cause| unless(cause, ErrorKind::NotFound))
                .map_err(|cause| (path.as_path(), cause))?;
        }
        for folder in &self.folders {
            match std::fs::remove_dir(folder).or_else(|cause| unless(cause, ErrorKind::NotFound)) {
                Ok(()) => {}
                Err(cause) if cause.kind() == ErrorKind::DirectoryNotEmpty => break,
                Err(cause) => return Err((folder, cause)),
            }
        }
        Ok(())
    }
}

fn unless(cause: std::io::Error, expected: ErrorKind) -> std::io::Result<()> {
    if cause.kind() == expected { Ok(()) } else { Err(cause) }
}
