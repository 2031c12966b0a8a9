//! Deadlines: what the server owes on each open incident when its instant comes: breaches (§3.3; ruling 13),
//! escalation steps and questions (§3.5).
//!
//! Level-triggered: whatever is due and not on record is done, however late the server looks. What is due says
//! `incident::server_duties`; the id of the command follows from its name for the duty, so that it is done once
//! by whoever sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use incident::{CommandId, Incident, IncidentId, ServerDuty, Timestamp, server_duties};
use protocol::{Fault, Kind};
use rusqlite::{Connection, params};
use tokio::sync::watch;
use uuid::Uuid;

use crate::server::Server;
use crate::store::{Error, Submission, id, load, read_head, stored};

/// When each open incident is to be looked at next.
#[derive(Debug, Default)]
pub struct Deadlines {
    /// Up to where the log has been read.
    seq: u64,
    due: BTreeSet<(Timestamp, IncidentId)>,
    of: BTreeMap<IncidentId, Timestamp>,
}

impl Deadlines {
    /// Takes in what changed, does what is due, and says when to look again.
    pub fn attend(&mut self, server: &Server) -> Result<Option<Timestamp>, Fault> {
        self.catch_up(server)?;
        let now = server.clock().now();
        let passed: Vec<IncidentId> =
            self.due.iter().take_while(|(due, _)| *due <= now).map(|(_, incident)| *incident).collect();
        for incident in passed {
            self.attend_one(server, incident, now)?;
        }
        Ok(self.due.first().map(|(due, _)| *due))
    }

    fn attend_one(&mut self, server: &Server, id: IncidentId, now: Timestamp) -> Result<(), Fault> {
        let setup = server.setup();
        let Some(incident) =
            server.readers().snapshot(|conn| load::<Incident>(conn, Kind::INCIDENT, id.0))?
        else {
            self.set(id, None);
            return Ok(());
        };
        let (due, next) = server_duties(&incident, &setup, now);
        for duty in due {
            let deed = submission(id, duty);
            server.work(move |store, clock| {
                store.write(clock.now(), |writing| writing.settle_command(&deed))
            })??;
        }
        self.catch_up(server)?;
        // Whatever is still due now can only be asked for again once something changes.
        let next = next.filter(|due| *due > now);
        if self.of.get(&id).is_some_and(|due| *due <= now) {
            self.set(id, next);
        }
        Ok(())
    }

    /// Looks at every incident that changed since the last time; at all that are open when the rules did.
    fn catch_up(&mut self, server: &Server) -> Result<(), Fault> {
        let setup = server.setup();
        let now = server.clock().now();
        let (changed, seq) = server.readers().snapshot(|conn| changed(conn, self.seq))?;
        self.seq = seq;
        for (id, incident) in changed {
            let next = incident.filter(Incident::is_open).and_then(|incident| {
                let (due, next) = server_duties(&incident, &setup, now);
                if due.is_empty() { next } else { Some(now) }
            });
            self.set(id, next);
        }
        Ok(())
    }

    fn set(&mut self, incident: IncidentId, due: Option<Timestamp>) {
        if let Some(before) = self.of.remove(&incident) {
            self.due.remove(&(before, incident));
        }
        if let Some(due) = due {
            self.of.insert(incident, due);
            self.due.insert((due, incident));
        }
    }
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

type Changed = Vec<(IncidentId, Option<Incident>)>;

fn changed(conn: &Connection, seq: u64) -> Result<(Changed, u64), Error> {
    let head = read_head(conn)?.seq;
    let rules_changed = conn
        .prepare_cached("SELECT 1 FROM event WHERE seq > ?1 AND subject_kind = 'setting' LIMIT 1")?
        .exists([stored(seq)])?;
    let sql = if seq == 0 || rules_changed {
        "SELECT id FROM record WHERE kind = 'incident' AND open = 1 AND ?1 = ?1"
    } else {
        "SELECT DISTINCT subject FROM event WHERE seq > ?1 AND subject_kind = 'incident'"
    };
    let mut statement = conn.prepare_cached(sql)?;
    let ids: Vec<Uuid> =
        statement.query_map(params![stored(seq)], |row| id(row, 0))?.collect::<Result<_, _>>()?;
    let mut changed = Vec::with_capacity(ids.len());
    for id in ids {
        changed.push((IncidentId(id), load::<Incident>(conn, Kind::INCIDENT, id)?));
    }
    Ok((changed, head))
}

/// The duty as a command of the server.
fn submission(incident: IncidentId, duty: ServerDuty) -> Submission {
    let id = CommandId(Uuid::new_v5(&incident.0, duty.once.as_bytes()));
    Submission::of_server(id, duty.command)
}
