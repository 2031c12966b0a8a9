//! The session's token in the operating system's keychain; never on disk in clear, never in the webview.
//!
//! A keychain may be absent or locked, and asking it may hang: it gets a few seconds, then the token stays
//! in memory and the screen says so.

use std::time::Duration;

use crate::desk::Kept;

/// Name of the entries in the keychain.
const SERVICE: &str = "dev.holdfast.desk";
/// How long a locked or absent keychain may keep a person waiting.
const PATIENCE: Duration = Duration::from_secs(4);

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

/// Keeps the session of `account` (server and profile).
pub(crate) async fn keep(account: String, session: &Kept) -> KeptIn {
    let Ok(secret) = serde_json::to_string(session) else { return KeptIn::Memory };
    let stored = patiently(move || {
        keyring::Entry::new(SERVICE, &account).and_then(|entry| entry.set_password(&secret))
    });
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
pub(crate) async fn recall(account: String) -> Option<Kept> {
    let found =
        patiently(move || keyring::Entry::new(SERVICE, &account).and_then(|entry| entry.get_password()));
    serde_json::from_str(&found.await?.ok()?).ok()
}

/// Forgets the session of `account`.
pub(crate) async fn forget(account: String) {
    let gone =
        patiently(move || keyring::Entry::new(SERVICE, &account).and_then(|entry| entry.delete_credential()));
    if let Some(Err(error)) = gone.await {
        tracing::debug!(%error, "nothing to forget in the keychain");
    }
}

async fn patiently<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let asked = tokio::task::spawn_blocking(ask);
    tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()
}
