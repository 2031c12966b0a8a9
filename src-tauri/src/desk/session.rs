//! Signing in and out, and coming back after a restart.

use std::sync::{Arc, PoisonError};

use incident::PersonId;
use protocol::{SignIn, SignedIn};
use replica::SetAside;
use replica::sync::{Http, SignInFault};
use replica::view::{DoorError, DoorErrorCode, PersonView, Push, SessionView};
use serde::{Deserialize, Serialize};

use super::profile::Profile;
use super::{Desk, error, failed, lock};
use crate::alarm::Notice;
use crate::clock;
use crate::keychain::{self, KeptIn};

/// Whoever is signed in, and where.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) server: String,
    pub(super) signed_in: Option<SignedIn>,
    pub(super) kept_in: KeptIn,
}

/// What the keychain keeps.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The server.
    pub(crate) server: String,
    /// The session.
    pub(crate) signed_in: SignedIn,
}

impl Session {
    pub(super) fn nobody(server: &str) -> Self {
        Self { server: server.to_owned(), signed_in: None, kept_in: KeptIn::Memory }
    }
}

impl Desk {
    /// Brings back the session of the last run, once.
    pub(crate) async fn recalled(self: &Arc<Self>) {
        self.recalled
            .get_or_init(|| async {
                let Some(kept) = keychain::recall(self.account.clone()).await else { return };
                lock(&self.session).server.clone_from(&kept.server);
                if let Err(fault) = self.enter(&kept.server, kept.signed_in, KeptIn::Keychain) {
                    tracing::error!(%fault, "the last session could not be opened");
                }
            })
            .await;
    }

    /// Signs in with a local account and opens the person's profile.
    pub(crate) async fn sign_in(
        self: &Arc<Self>,
        server: &str,
        name: &str,
        password: String,
    ) -> Result<SessionView, DoorError> {
        self.recalled().await;
        let server = server.trim().trim_end_matches('/').to_owned();
        let asked = SignIn { name: name.trim().to_owned(), password };
        let signed_in = Http::sign_in(&server, &asked).await.map_err(|fault| match &fault {
            SignInFault::WrongCredentials => error(
                DoorErrorCode::WrongCredentials,
                "Name or password is wrong. Check both, or ask an administrator for a new password.",
            ),
            SignInFault::TooMany(message) => error(DoorErrorCode::WrongCredentials, message.clone()),
            SignInFault::Unreachable(message) => error(
                DoorErrorCode::Unreachable,
                format!("{server} did not let you in: {message}. Check the address and the network."),
            ),
        })?;
        let kept = Kept { server: server.clone(), signed_in: signed_in.clone() };
        let kept_in = keychain::keep(self.account.clone(), &kept).await;
        let (person, was_open) = (signed_in.actor.person, self.profile().is_ok());
        let (server_before, before) = {
            let session = lock(&self.session);
            (session.server.clone(), session.signed_in.clone())
        };
        if let Err(fault) = self.enter(&server, signed_in, kept_in) {
            lock(&self.session).signed_in = None;
            // What was open until now may be let go of only in a moment; the next sign-in finds it closed.
            let stays = was_open || fault.damage().is_none();
            return Err(if stays { failed(&fault) } else { self.set_aside(person, &fault) });
        }
        if let Some(before) = before {
            // Its server may be gone: nobody waits for that to be in.
            tokio::spawn(async move { end(&server_before, &before).await });
        }
        Ok(self.session())
    }

    /// Sets a damaged copy aside: here, where somebody reads where it is kept, and not at a start that nobody watches.
    fn set_aside(&self, person: PersonId, fault: &replica::Error) -> DoorError {
        tracing::error!(%fault, "a damaged copy is set aside");
        match replica::set_aside(&self.folder.join(person.to_string()), clock::now()) {
            Ok(aside) => error(DoorErrorCode::Failed, words_of(&aside)),
            Err(fault) => failed(&fault),
        }
    }

    /// Signs out: the token goes, unsent work stays on this computer.
    pub(crate) async fn sign_out(self: &Arc<Self>) -> SessionView {
        let (server, signed_in) = {
            let mut session = lock(&self.session);
            (session.server.clone(), session.signed_in.take())
        };
        self.close_profile();
        keychain::forget(self.account.clone()).await;
        if let Some(signed_in) = signed_in {
            end(&server, &signed_in).await;
        }
        self.duties_changed.notify_one();
        self.push(Push::Reload);
        self.session()
    }

    /// Who is signed in.
    pub(crate) fn session(&self) -> SessionView {
        let profile = self.profile().ok();
        let session = lock(&self.session);
        let person = session.signed_in.as_ref().map(|signed_in| PersonView {
            id: signed_in.actor.person,
            name: signed_in.name.clone(),
            roles: signed_in.actor.roles.iter().copied().collect(),
        });
        let (zone, offset_ms) = profile.map_or(("UTC".to_owned(), 0), |profile| {
            let replica = profile.shared.replica();
            (replica.live().setup.house.zone.clone(), replica.offset.offset_ms())
        });
        SessionView {
            person,
            server: session.server.clone(),
            zone,
            offset_ms,
            token_kept_in: session.kept_in.words().to_owned(),
        }
    }

    fn enter(
        self: &Arc<Self>,
        server: &str,
        signed_in: SignedIn,
        kept_in: KeptIn,
    ) -> Result<(), replica::Error> {
        // The old line and file go first: two profiles never write at once.
        self.close_profile();
        let profile = Profile::open(self, server, &signed_in)?;
        *lock(&self.session) = Session { server: server.to_owned(), signed_in: Some(signed_in), kept_in };
        *self.profile.write().unwrap_or_else(PoisonError::into_inner) = Some(profile);
        self.duties_changed.notify_one();
        self.push(Push::Reload);
        Ok(())
    }

    /// Closes the profile that is open; its alarms go with it.
    fn close_profile(&self) {
        self.profile.write().unwrap_or_else(PoisonError::into_inner).take();
        self.left.forget();
        self.notice(Notice::AllOver);
    }
}

/// Tells the server that a session is over.
async fn end(server: &str, signed_in: &SignedIn) {
    if let Ok(http) = Http::new(server, &signed_in.token)
        && let Err(fault) = http.sign_out().await
    {
        tracing::info!(%fault, "the server did not hear of the sign-out; the session ends by itself");
    }
}

/// Where a damaged copy is now, and what became of the words in it.
fn words_of(aside: &SetAside) -> String {
    let read = match aside.recovered {
        0 => "No command that waited in it could be read.".to_owned(),
        1 => "One command that waited in it could be read; it needs a look.".to_owned(),
        many => format!("{many} commands that waited in it could be read; they need a look."),
    };
    let file = aside.file.display();
    format!(
        "This computer's copy was damaged. It is kept as {file}, with whatever of it was not sent. {read} Sign in \
         again: a new copy is filled from the server."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_signs_in_to_a_damaged_copy_reads_where_it_is_kept() {
        let said = |recovered| {
            let file = "/home/ines/holdfast/damaged-7.db".into();
            words_of(&SetAside { file, recovered })
        };
        for words in [said(0), said(1), said(12)] {
            assert!(words.contains("kept as /home/ines/holdfast/damaged-7.db"), "{words}");
            assert!(words.contains("Sign in again"), "{words}");
        }
        assert!(said(12).contains("12 commands"));
    }
}
