//! Deadlines: what the server owes on each record when its instant comes: breaches (§3.3; ruling 13),
//! escalation steps and questions (§3.5), an end after silence (§3.1), recurrence (§3.7), the end of exceptions
//! (§4.2).
//!
//! Level-triggered: whatever is due and not on record is done, however late the server looks. What is due says
//! `incident::server_duties`; the id of the command follows from its name for the duty, so that it is done once
//! by whoever sees it. It knows neither kinds of record nor rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use incident::{CommandId, Records, ServerDuty, Setup, Subject, Timestamp, alike, server_duties};
use protocol::Fault;
use rusqlite::Connection;
use tokio::sync::watch;
use uuid::Uuid;

use crate::server::Server;
use crate::store::{Error, Submission, changed_since, load_alike, load_subject, read_head};

/// When each record that anything is owed on is to be looked at next.
#[derive(Debug, Default)]
pub struct Deadlines {
    /// Up to where the log has been read.
    seq: u64,
    due: BTreeSet<(Timestamp, Subject)>,
    of: BTreeMap<Subject, Timestamp>,
}

impl Deadlines {
    /// Takes in what changed, does what is due, and says when to look again.
    pub fn attend(&mut self, server: &Server) -> Result<Option<Timestamp>, Fault> {
        self.catch_up(server)?;
        let now = server.clock().now();
        let passed: Vec<Subject> =
            self.due.iter().take_while(|(due, _)| *due <= now).map(|(_, subject)| *subject).collect();
        for subject in passed {
            self.attend_one(server, subject, now)?;
        }
        Ok(self.due.first().map(|(due, _)| *due))
    }

    fn attend_one(&mut self, server: &Server, subject: Subject, now: Timestamp) -> Result<(), Fault> {
        let setup = server.setup();
        let (due, next) = server.readers().snapshot(|conn| owed(conn, setup, subject, now))?;
        for duty in due {
            let deed = submission(duty);
            server.work(move |store, clock| {
                store.write(clock.now(), |writing| writing.settle_command(&deed))
            })??;
        }
        self.catch_up(server)?;
        // Whatever is still due now can only be asked for again once something changes.
        let next = next.filter(|due| *due > now);
        if self.of.get(&subject).is_some_and(|due| *due <= now) {
            self.set(subject, next);
        }
        Ok(())
    }

    /// Looks at every record that changed since the last time; at all that are open when the rules did.
    fn catch_up(&mut self, server: &Server) -> Result<(), Fault> {
        let (setup, now) = (server.setup(), server.clock().now());
        let (looked_at, seq) = server.readers().snapshot(|conn| {
            let mut looked_at = Vec::new();
            for subject in changed_since(conn, self.seq)? {
                let (due, next) = owed(conn, Arc::clone(&setup), subject, now)?;
                looked_at.push((subject, if due.is_empty() { next } else { Some(now) }));
            }
            Ok::<_, Error>((looked_at, read_head(conn)?.seq))
        })?;
        self.seq = seq;
        looked_at.into_iter().for_each(|(subject, due)| self.set(subject, due));
        Ok(())
    }

    fn set(&mut self, subject: Subject, due: Option<Timestamp>) {
        if let Some(before) = self.of.remove(&subject) {
            self.due.remove(&(before, subject));
        }
        if let Some(due) = due {
            self.of.insert(subject, due);
            self.due.insert((due, subject));
        }
    }
}

/// What is owed because of one record, with its like at hand.
fn owed(
    conn: &Connection,
    setup: Arc<Setup>,
    subject: Subject,
    now: Timestamp,
) -> Result<(Vec<ServerDuty>, Option<Timestamp>), Error> {
    let mut records = Records { setup, ..Records::default() };
    load_subject(conn, &mut records, subject)?;
    if let Some(alike) = alike(&records, subject) {
        load_alike(conn, &mut records, &alike)?;
    }
    Ok(server_duties(&records, subject, now))
}

/// Attends to deadlines until the server closes.
pub(crate) async fn run(server: Arc<Server>, mut closing: watch::Receiver<bool>) {
    let mut deadlines = Deadlines::default();
    let mut head = server.head();
    loop {
        head.mark_unchanged();
        let attended = server
            .aside(move |server| {
                let next = deadlines.attend(server);
                Ok((deadlines, next))
            })
            .await;
        let Ok((kept, next)) = attended else { return };
        deadlines = kept;
        let next = next.unwrap_or_else(|fault| {
            tracing::error!(
                message = fault.message,
                "deadlines were not attended to; trying again in a moment"
            );
            Some(server.clock().now().plus_millis(1_000))
        });
        tokio::select! {
            () = server.clock().reach(next) => {}
            changed = head.changed() => if changed.is_err() { return },
            () = async { closing.wait_for(|is_closing| *is_closing).await.ok(); } => return,
        }
    }
}

/// The duty as a command of the server.
fn submission(duty: ServerDuty) -> Submission {
    let id = CommandId(Uuid::new_v5(&duty.subject.id(), duty.once.as_bytes()));
    Submission::of_server(id, duty.command)
}
