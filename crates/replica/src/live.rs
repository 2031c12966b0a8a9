//! What is at work now, in memory: open incidents and signals, those closed in the last day, and what is open beside
//! the board, such as a review or an exception.
//!
//! It follows the rows that changed, never all there are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use incident::setup::Setting;
use incident::{Incident, IncidentId, Records, Setup, Signal, SignalId, Subject, Timestamp};
use protocol::Kind;
use rusqlite::Connection;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::Error;
use crate::store::Row;
use crate::store::rows::uuid_at;

/// How long a closed incident stays on the board, in milliseconds.
const CLOSED_STAYS_MS: i64 = 24 * 3_600_000;

/// Open records and the configuration.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// Configuration.
    pub setup: Arc<Setup>,
    /// Open incidents, and those closed in the last day.
    pub incidents: BTreeMap<IncidentId, Arc<Incident>>,
    /// Open signals.
    pub signals: BTreeMap<SignalId, Arc<Signal>>,
    /// Open records of every other kind; the configuration is not with them.
    pub others: Records,
    /// When those that ended did, soonest first: what leaves the board next.
    ends: BTreeSet<(Timestamp, IncidentId)>,
}

impl Live {
    /// From the rows that are open or recent at `now`.
    pub(crate) fn load(db: &Connection, now: Timestamp) -> Result<Self, Error> {
        let mut live = Self { setup: Arc::new(load_setup(db)?), ..Self::default() };
        // Named, because the planner knows no sizes: other indexes fit too, and by them it reads every incident
        // there ever was.
        let sql = "SELECT doc FROM record INDEXED BY record_open WHERE kind = 'incident' AND open = 1
                   UNION ALL
                   SELECT doc FROM record INDEXED BY record_closed
                   WHERE kind = 'incident' AND open = 0 AND at > ?1";
        let since = now.plus_millis(-CLOSED_STAYS_MS).millis();
        each(db, sql, [since], |incident| live.take_incident(Arc::new(incident), now))?;
        let sql = "SELECT doc FROM record WHERE kind = 'signal' AND open = 1";
        each(db, sql, [], |signal| live.take_signal(Arc::new(signal)))?;
        for kind in Records::KINDS.iter().filter_map(|name| Kind::from_name(name)) {
            if !matches!(kind, Kind::INCIDENT | Kind::SIGNAL) {
                live.load_others(db, kind)?;
            }
        }
        Ok(live)
    }

    /// Takes over one row as it stands now; drops it where it is gone, off the board or not readable.
    pub(crate) fn follow(
        &mut self,
        db: &Connection,
        kind: Kind,
        id: Uuid,
        now: Timestamp,
    ) -> Result<(), Error> {
        let doc = Row::read(db, kind, id)?.map(|row| row.doc);
        match kind {
            Kind::INCIDENT => {
                self.incidents.remove(&IncidentId(id));
                doc.and_then(|doc| readable(&doc))
                    .into_iter()
                    .for_each(|one| self.take_incident(Arc::new(one), now));
            }
            Kind::SIGNAL => {
                self.signals.remove(&SignalId(id));
                doc.and_then(|doc| readable(&doc))
                    .into_iter()
                    .for_each(|one| self.take_signal(Arc::new(one)));
            }
            _ => {
                if let Some(subject) = kind.subject(id) {
                    self.others.remove(subject);
                    doc.into_iter().for_each(|doc| self.take_other(subject, &doc));
                }
            }
        }
        Ok(())
    }

    /// Takes over records that are at hand, as their rows tell of them.
    pub(crate) fn take_over(&mut self, changed: &BTreeSet<(Kind, Uuid)>, records: &Records, now: Timestamp) {
        for &(kind, id) in changed {
            match kind.subject(id) {
                Some(Subject::Incident(id)) => {
                    self.incidents.remove(&id);
                    let known = records.incidents.get(&id).cloned();
                    known.into_iter().for_each(|one| self.take_incident(one, now));
                }
                Some(Subject::Signal(id)) => {
                    self.signals.remove(&id);
                    records.signals.get(&id).cloned().into_iter().for_each(|one| self.take_signal(one));
                }
                Some(subject) => {
                    self.others.take_over(subject, records);
                    self.drop_ended(subject);
                }
                None => {}
            }
        }
    }

    fn load_others(&mut self, db: &Connection, kind: Kind) -> Result<(), Error> {
        let mut list = db.prepare("SELECT id, doc FROM record WHERE kind = ?1 AND open = 1")?;
        let mut rows = list.query([kind.name()])?;
        while let Some(row) = rows.next()? {
            if let Some(subject) = kind.subject(uuid_at(row, 0)?) {
                self.take_other(subject, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
            }
        }
        Ok(())
    }

    fn take_other(&mut self, subject: Subject, doc: &str) {
        if let Err(error) = self.others.insert(subject, doc) {
            tracing::warn!(kind = subject.kind(), %error, "a record is not readable here");
        }
        self.drop_ended(subject);
    }

    fn drop_ended(&mut self, subject: Subject) {
        if self.others.get(subject).is_some_and(|record| !record.is_open()) {
            self.others.remove(subject);
        }
    }

    /// Takes off the board what was closed more than a day before `now`; returns which.
    pub(crate) fn expire(&mut self, now: Timestamp) -> Vec<IncidentId> {
        let over: Vec<_> = self.ends.iter().take_while(|(at, _)| is_over(*at, now)).copied().collect();
        for end in &over {
            self.ends.remove(end);
        }
        let gone = |id: &IncidentId| self.incidents.get(id).is_some_and(|incident| !stays(incident, now));
        let gone: Vec<_> = over.into_iter().map(|(_, id)| id).filter(gone).collect();
        for id in &gone {
            self.incidents.remove(id);
        }
        gone
    }

    fn take_incident(&mut self, incident: Arc<Incident>, now: Timestamp) {
        if !stays(&incident, now) {
            return;
        }
        if let Some(at) = incident.phase.ended_at() {
            self.ends.insert((at, incident.id));
        }
        self.incidents.insert(incident.id, incident);
    }

    fn take_signal(&mut self, signal: Arc<Signal>) {
        if signal.is_open() {
            self.signals.insert(signal.id, signal);
        }
    }
}

/// All configuration rows, calendars compiled. A calendar that does not compile is left out and logged:
/// its clocks say so.
pub(crate) fn load_setup(db: &Connection) -> Result<Setup, Error> {
    let mut setup = Setup::default();
    each(db, "SELECT doc FROM record WHERE kind = 'setting'", [], |setting: Setting| {
        let id = setting.id();
        if let Err(error) = setup.take(setting) {
            tracing::error!(%id, %error, "a calendar is not usable");
        }
    })?;
    Ok(setup)
}

/// Every readable document that a query finds.
fn each<T: DeserializeOwned>(
    db: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    mut take: impl FnMut(T),
) -> Result<(), Error> {
    let mut list = db.prepare(sql)?;
    let mut rows = list.query(params)?;
    while let Some(row) = rows.next()? {
        if let Some(one) = readable(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?) {
            take(one);
        }
    }
    Ok(())
}

/// A document, where this desk can read it; logged otherwise.
pub(crate) fn readable<T: DeserializeOwned>(doc: &str) -> Option<T> {
    serde_json::from_str(doc)
        .inspect_err(|error| tracing::warn!(%error, "a record is not readable here"))
        .ok()
}

/// Whether an incident stands on the board.
fn stays(incident: &Incident, now: Timestamp) -> bool {
    incident.phase.ended_at().is_none_or(|at| !is_over(at, now))
}

fn is_over(at: Timestamp, now: Timestamp) -> bool {
    now.since(at) >= CLOSED_STAYS_MS
}
