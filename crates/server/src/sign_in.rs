//! Signing in and out, and whose a token is.
//!
//! Every wrong answer is the same answer: it tells neither which names exist nor which sessions did.

use incident::Actor;
use protocol::{Fault, FaultCode, SignIn, SignedIn};

use crate::fault::fault;
use crate::server::Server;
use crate::store::account::{NAME_MAX, PASSWORD_MAX, check_for, locked_until};
use crate::store::session::{self, Live};

/// Who is behind a request: a person who works here, in a session that holds.
#[derive(Debug, Clone)]
pub struct Session {
    /// The person with the roles of this moment.
    pub actor: Actor,
    pub(crate) live: Live,
}

impl Server {
    /// Opens a session. Costs one slow hash, right or wrong; blocks.
    pub fn sign_in(&self, request: &SignIn) -> Result<SignedIn, Fault> {
        let name = request.name.clone();
        if name.chars().count() > NAME_MAX || request.password.len() > PASSWORD_MAX {
            return Err(wrong());
        }
        let now = self.clock().now();
        let (check, locked) = self.readers().snapshot(|conn| {
            Ok::<_, crate::store::Error>((check_for(conn, &name)?, locked_until(conn, &name, now)?))
        })?;
        if let Some(until) = locked {
            let seconds = until.since(now).unsigned_abs().div_ceil(1000);
            let message = format!("Too many wrong passwords for this name; try again in {seconds} seconds.");
            return Err(Fault { retry_after_seconds: Some(seconds), ..fault(FaultCode::TooMany, message) });
        }
        let person = check.person(&request.password)?;
        let Some(actor) = person.and_then(|person| self.setup().actor(person)) else {
            self.work(move |store, clock| store.write(clock.now(), |writing| writing.note_failure(&name)))??;
            return Err(wrong());
        };
        let person = actor.person;
        let opened = self.work(move |store, clock| {
            store.write(clock.now(), |writing| {
                writing.forget_failures(&name)?;
                writing.open_session(person)
            })
        })??;
        let name = self.setup().person_name(person).to_owned();
        Ok(SignedIn { token: opened.token, actor, name, expires_at: opened.expires_at })
    }

    /// Ends a session; its streams end with it.
    pub fn sign_out(&self, session: &Session) -> Result<(), Fault> {
        let digest = session.live.digest;
        self.work(move |store, clock| store.write(clock.now(), |writing| writing.end_session(&digest)))??;
        self.sessions().send_replace(());
        Ok(())
    }

    /// The session of a token.
    pub fn session(&self, token: &str) -> Result<Session, Fault> {
        let now = self.clock().now();
        let live = self.readers().snapshot(|conn| session::of_token(conn, token, now))?;
        self.holds(live)
    }

    /// The same session, where it still holds.
    pub(crate) fn again(&self, session: &Session) -> Result<Session, Fault> {
        let now = self.clock().now();
        let digest = session.live.digest;
        let live = self.readers().snapshot(|conn| session::of_digest(conn, digest, now))?;
        self.holds(live)
    }

    fn holds(&self, live: Option<Live>) -> Result<Session, Fault> {
        let live = live.ok_or_else(unauthenticated)?;
        let actor = self.setup().actor(live.person).ok_or_else(unauthenticated)?;
        if live.is_stale(self.clock().now()) {
            // Late or lost, it changes nothing that anybody decides by.
            let seen = self.work(move |store, clock| {
                store.write(clock.now(), |writing| writing.see_session(&live.digest))
            });
            if let Err(fault) = seen.and_then(|seen| seen.map_err(Fault::from)) {
                tracing::warn!(message = fault.message, "the last sight of a session was not noted");
            }
        }
        Ok(Session { actor, live })
    }
}

fn wrong() -> Fault {
    fault(
        FaultCode::WrongCredentials,
        "Name or password is wrong; try again, or ask an Administrator for a new password.",
    )
}

/// Not signed in, or no longer: one answer for every reason.
pub(crate) fn unauthenticated() -> Fault {
    fault(
        FaultCode::Unauthenticated,
        "You are not signed in, or no longer; sign in again. What you typed is kept on your desk.",
    )
}
