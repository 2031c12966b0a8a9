//! What stands on the board now, in memory: open incidents and signals, and those closed in the last day.
//!
//! It follows the rows that changed, never all there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use incident::setup::Setting;
use incident::{Incident, IncidentId, Phase, Setup, Signal, SignalId, Timestamp};
use protocol::Kind;
use rusqlite::Connection;
use uuid::Uuid;

use crate::Error;
use crate::store::Row;

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
}

impl Live {
    /// From the rows that are open or recent at `now`.
    pub(crate) fn load(db: &Connection, now: Timestamp) -> Result<Self, Error> {
        let mut live = Self { setup: Arc::new(load_setup(db)?), ..Self::default() };
        let mut open = db.prepare("SELECT doc FROM record WHERE kind = 'incident' AND open = 1")?;
        let mut recent =
            db.prepare("SELECT doc FROM record WHERE kind = 'incident' AND at > ?1 AND open = 0")?;
        let since = now.plus_millis(-CLOSED_STAYS_MS).millis();
        for doc in open.query_map([], text)?.chain(recent.query_map([since], text)?) {
            let incident: Incident = serde_json::from_str(&doc?)?;
            live.incidents.insert(incident.id, Arc::new(incident));
        }
        let mut signals = db.prepare("SELECT doc FROM record WHERE kind = 'signal' AND open = 1")?;
        for doc in signals.query_map([], text)? {
            let signal: Signal = serde_json::from_str(&doc?)?;
            live.signals.insert(signal.id, Arc::new(signal));
        }
        Ok(live)
    }

    /// Takes over one row as it stands now; drops it where it is gone or off the board.
    pub(crate) fn follow(
        &mut self,
        db: &Connection,
        kind: Kind,
        id: Uuid,
        now: Timestamp,
    ) -> Result<(), Error> {
        let row = Row::read(db, kind, id)?;
        match (kind, row) {
            (Kind::Incident, Some(row)) => {
                let incident: Incident = serde_json::from_str(&row.doc)?;
                if stays(&incident, now) {
                    self.incidents.insert(incident.id, Arc::new(incident));
                } else {
                    self.incidents.remove(&IncidentId(id));
                }
            }
            (Kind::Incident, None) => drop(self.incidents.remove(&IncidentId(id))),
            (Kind::Signal, Some(row)) => {
                let signal: Signal = serde_json::from_str(&row.doc)?;
                if signal.is_open() {
                    self.signals.insert(signal.id, Arc::new(signal));
                } else {
                    self.signals.remove(&SignalId(id));
                }
            }
            (Kind::Signal, None) => drop(self.signals.remove(&SignalId(id))),
            (Kind::Setting | Kind::Entry, _) => {}
        }
        Ok(())
    }
}

/// All configuration rows, calendars compiled. A calendar that does not compile is left out and logged:
/// its clocks say so.
pub(crate) fn load_setup(db: &Connection) -> Result<Setup, Error> {
    let mut setup = Setup::default();
    let mut rows = db.prepare("SELECT doc FROM record WHERE kind = 'setting'")?;
    for doc in rows.query_map([], text)? {
        let setting: Setting = serde_json::from_str(&doc?)?;
        let id = setting.id();
        if let Err(error) = setup.take(setting) {
            tracing::error!(%id, %error, "a calendar is not usable");
        }
    }
    Ok(setup)
}

/// Whether an incident stands on the board.
fn stays(incident: &Incident, now: Timestamp) -> bool {
    match &incident.phase {
        Phase::Closed { at, .. } | Phase::Cancelled { at, .. } => now.since(*at) < CLOSED_STAYS_MS,
        Phase::Logged
        | Phase::Prioritised
        | Phase::Investigating
        | Phase::Resolving
        | Phase::Restored { .. } => true,
    }
}

fn text(row: &rusqlite::Row<'_>) -> rusqlite::Result<String> {
    row.get(0)
}
