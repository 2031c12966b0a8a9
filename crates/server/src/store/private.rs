//! Files and folders that nobody but their owner may read: they hold hashes of passwords, and what clients said.

use std::fs::{DirBuilder, OpenOptions};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use super::{Error, directory};

/// A folder, made where it is not there; one that is there keeps the rights that somebody gave it.
pub(super) fn private_folder(dir: &Path) -> Result<(), Error> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|cause| directory(dir, cause))
}

/// A new, empty file.
pub(super) fn private_file(file: &Path) -> Result<(), Error> {
    let made = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file);
    made.map(drop).map_err(|cause| directory(file, cause))
}
