//! One desk a folder: two over one replica would overwrite each other's work.
//!
//! The operating system lets go of it when the process ends, however it ends.

use std::fs::{DirBuilder, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use uuid::Uuid;

const FILE: &str = "desk.lock";

/// A folder by its own path, whatever path it is named by; as it is named where it is not there.
pub(crate) fn own_path(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// A number for a folder, by its own path.
pub(crate) fn id(own_path: &Path) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, own_path.as_os_str().as_encoded_bytes())
}

/// The name on the session bus of the window over a folder: a second start over the same one hands over to it, and
/// one over another folder is a desk of its own. `application` is the name that all of them share.
pub(crate) fn bus_name(application: &str, folder: &Path) -> String {
    // No part of such a name begins with a digit.
    format!("{application}.folder_{}", id(&own_path(folder)).simple())
}

/// Takes a folder for this desk, and makes it where it is not there; held until the file is dropped.
pub(crate) fn take(folder: &Path) -> anyhow::Result<File> {
    let name = folder.display();
    let unusable = || format!("cannot use {name}; check the path, and that you may read and write there");
    let mut made = DirBuilder::new();
    made.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut made, 0o700);
    made.create(folder).with_context(unusable)?;
    let file = File::options().create(true).append(true).open(folder.join(FILE)).with_context(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "another desk is using {name}; close that one first, or start this one with another folder: --data DIR"
            )
        }
        Err(TryLockError::Error(cause)) => Err(cause).with_context(unusable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_desk_at_a_time() {
        let folder = std::env::temp_dir().join(format!("holdfast-lock-{}", uuid::Uuid::now_v7().simple()));
        let first = take(&folder).expect("free");
        let said = take(&folder).expect_err("taken").to_string();
        assert!(said.contains(&format!("another desk is using {}", folder.display())), "{said}");
        assert!(said.contains("--data DIR"), "{said}");
        drop(first);
        take(&folder).expect("free again");
        std::fs::remove_dir_all(&folder).expect("gone");
    }

    #[test]
    fn each_folder_has_a_window_of_its_own_by_whatever_path_it_is_named() {
        let one = std::env::temp_dir().join(format!("holdfast-bus-{}", uuid::Uuid::now_v7().simple()));
        let other = one.join("other");
        std::fs::create_dir_all(&other).expect("made");
        let name = |folder: &Path| bus_name("dev.holdfast.desk", folder);
        assert_eq!(name(&one), name(&other.join("..")));
        assert_ne!(name(&one), name(&other));
        let parts = name(&one);
        assert!(parts.len() < 200 && parts.split('.').all(|part| !part.starts_with(char::is_numeric)));
        std::fs::remove_dir_all(&one).expect("gone");
    }
}
