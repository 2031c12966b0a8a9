//! The session's token in the operating system's keychain; never on disk in clear, never in the webview.
//!
//! A keychain may be absent or locked, and asking it may hang: it gets a few seconds, then the token stays
//! in memory and the screen says so.

use std::path::Path;
use std::time::Duration;

use keyring::Entry;

use crate::desk::Kept;
use crate::lock;

/// Name of the entries in the keychain.
const SERVICE: &str = "dev.holdfast.desk";
/// How long a locked or absent keychain may keep a person waiting.
const PATIENCE: Duration = Duration::from_secs(4);

/// Whose entry it is: one a data folder, by whatever path the folder is named (decision 242).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    name: String,
    /// What an earlier release named it by, where that can have meant no other folder.
    earlier: Option<String>,
}

impl Account {
    /// That of a folder, by the path that was typed and by its own.
    pub(crate) fn of(typed: &Path, own_path: &Path) -> Self {
        let name =
            own_path.to_str().map_or_else(|| lock::id(own_path).simple().to_string(), ToOwned::to_owned);
        // Paths are the same part by part: one that goes on from a working folder, through a link or up again is
        // another, and may have led elsewhere.
        let meant = typed.to_str().filter(|earlier| typed == own_path && *earlier != name);
        Self { earlier: meant.map(ToOwned::to_owned), name }
    }

    /// The session kept under it, taken along from under the earlier name.
    fn recalled(&self) -> keyring::Result<String> {
        let entry = Entry::new(SERVICE, &self.name)?;
        let (found, earlier) = match (entry.get_password(), &self.earlier) {
            (Err(keyring::Error::NoEntry), Some(earlier)) => {
                let earlier = Entry::new(SERVICE, earlier)?;
                (earlier.get_password()?, earlier)
            }
            (found, _) => return found,
        };
        if let Err(error) = entry.set_password(&found).and_then(|()| earlier.delete_credential()) {
            tracing::warn!(%error, "the session keeps its earlier place in the keychain");
        }
        Ok(found)
    }
}

/// Where the token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeptIn {
    /// In the operating system's keychain: survives a restart.
    Keychain,
    /// In memory only: sign in again after a restart.
    Memory,
}

impl KeptIn {
    /// In words, for the screen.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Keychain => "the keychain",
            Self::Memory => "memory only",
        }
    }
}

/// Keeps the session of `account`.
pub(crate) async fn keep(account: Account, session: &Kept) -> KeptIn {
    let Ok(secret) = serde_json::to_string(session) else { return KeptIn::Memory };
    let stored =
        patiently(move || Entry::new(SERVICE, &account.name).and_then(|entry| entry.set_password(&secret)));
    match stored.await {
        Some(Ok(())) => KeptIn::Keychain,
        Some(Err(error)) => {
            tracing::warn!(%error, "the keychain did not take the token; it stays in memory");
            KeptIn::Memory
        }
        None => {
            tracing::warn!("the keychain did not answer; the token stays in memory");
            KeptIn::Memory
        }
    }
}

/// The session kept for `account`, if any.
pub(crate) async fn recall(account: Account) -> Option<Kept> {
    let found = patiently(move || account.recalled());
    serde_json::from_str(&found.await?.ok()?).ok()
}

/// Forgets the session of `account`.
pub(crate) async fn forget(account: Account) {
    let gone = patiently(move || {
        for name in [Some(account.name), account.earlier].into_iter().flatten() {
            if let Err(error) = Entry::new(SERVICE, &name).and_then(|entry| entry.delete_credential()) {
                tracing::debug!(%error, "nothing to forget in the keychain");
            }
        }
    });
    if gone.await.is_none() {
        tracing::warn!("the keychain did not answer; the session that ended is still in it");
    }
}

async fn patiently<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let asked = tokio::task::spawn_blocking(ask);
    tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn account(typed: &Path) -> Account {
        Account::of(typed, &lock::own_path(typed))
    }

    /// A folder with another beside it, both made anew, by their own paths.
    fn two_folders() -> (PathBuf, PathBuf) {
        let place = std::env::temp_dir().join(format!("holdfast-account-{}", uuid::Uuid::now_v7().simple()));
        let folders = (place.join("one"), place.join("other"));
        for folder in [&folders.0, &folders.1] {
            std::fs::create_dir_all(folder).expect("made");
        }
        (lock::own_path(&folders.0), lock::own_path(&folders.1))
    }

    #[test]
    fn a_folder_has_one_entry_by_whatever_path_it_is_named() {
        let (one, other) = two_folders();
        let name = account(&one).name;
        assert_eq!(account(&other.join("../one")).name, name);
        assert_eq!(account(&one.join(".")).name, name);
        assert_ne!(account(&other).name, name);
        let here = std::env::current_dir().expect("a working folder");
        assert_eq!(
            account(Path::new(".")).name,
            account(&here).name,
            "not what every working folder calls it"
        );
        #[cfg(unix)]
        {
            let link = other.join("link");
            std::os::unix::fs::symlink(&one, &link).expect("linked");
            assert_eq!(account(&link).name, name);
        }
        std::fs::remove_dir_all(one.parent().expect("a place")).expect("gone");
    }

    #[test]
    fn only_what_can_have_meant_no_other_folder_is_an_earlier_name() {
        let (one, other) = two_folders();
        let slash = PathBuf::from(format!("{}/", one.display()));
        assert_eq!(account(&slash).earlier.as_deref(), slash.to_str());
        for elsewhere in [Path::new("."), &other.join("../one"), &one] {
            assert_eq!(account(elsewhere).earlier, None, "{}", elsewhere.display());
        }
        std::fs::remove_dir_all(one.parent().expect("a place")).expect("gone");
    }
}
