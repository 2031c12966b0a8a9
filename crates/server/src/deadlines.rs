//! Deadlines: when a target passes, the server writes the breach and nothing else (§3.3; ruling 13).
//!
//! Level-triggered: whatever is due and not on record is written, however late the server looks. The id of
//! the command follows from incident, clock and deadline, so that a breach is written once by whoever sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use incident::agreement::ClockKind;
use incident::clock::read;
use incident::command::RecordBreach;
use incident::{Command, CommandId, Incident, IncidentId, Setup, Timestamp};
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
    /// Takes in what changed, writes the breaches that are due, and says when to look again.
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
        for breach in breaches(&incident, &setup, now) {
            server.work(move |store, clock| {
                store.write(clock.now(), |writing| writing.settle_command(&breach))
            })??;
        }
        self.catch_up(server)?;
        // Whatever is still due now can only be asked for again once something changes.
        let next = next_due(&incident, &setup, now).filter(|due| *due > now);
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
            let next =
                incident.filter(Incident::is_open).and_then(|incident| next_due(&incident, &setup, now));
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

/// The first instant at which a target of this incident is broken and not on record. A deadline that is
/// reached is still met: it is broken a millisecond later (ruling 7).
fn next_due(incident: &Incident, setup: &Setup, now: Timestamp) -> Option<Timestamp> {
    ClockKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let reading = read(incident, setup, kind, now);
            match reading.breach() {
                Some(breach) if !incident.breaches.contains(&breach) => Some(now),
                Some(_) => None,
                None => Some(reading.look_again()?.plus_millis(1).max(now)),
            }
        })
        .min()
}

/// The breaches to write.
fn breaches(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<Submission> {
    let one = |kind: ClockKind| {
        let breach = read(incident, setup, kind, now).breach()?;
        if incident.breaches.contains(&breach) {
            return None;
        }
        let name = format!("breach/{}/{}", kind.name(), breach.due.millis());
        let id = CommandId(Uuid::new_v5(&incident.id.0, name.as_bytes()));
        let command = Command::RecordBreach(RecordBreach { incident: incident.id, clock: kind });
        Some(Submission::of_server(id, command))
    };
    ClockKind::ALL.into_iter().filter_map(one).collect()
}
