//! What the policy says of the incidents of a desk: every history replayed through the rule book, its clocks read,
//! its clauses judged; and what it says of the house as a whole. Nothing is written.

use std::io::Write;
use std::sync::Arc;

use incident::clock::{Reading, readings};
use incident::compliance::{Judgement, Register, house, judgements};
use incident::event::{Event, Fact};
use incident::{IncidentId, Phase, RecordRef, Records, Setting, Setup, Timestamp, fold_incident};
use report::Clocks;
use serde::Serialize;

use crate::import::servicenow::DESK;
use crate::store::{Error, Store};

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// Incidents judged.
    pub incidents: u64,
    /// Of those, taken over from a ServiceNow log.
    pub taken_over: u64,
    /// Rows of that log.
    pub rows: u64,
    /// Incidents that are closed.
    pub closed: u64,
    /// The clauses that are about incidents, counted.
    pub register: Register,
    /// The clauses that are about the house as a whole.
    pub house: Vec<Judgement>,
    /// The clocks, counted.
    pub clocks: Clocks,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The store.
    #[error(transparent)]
    Store(#[from] Error),
    /// A setting that was given for this report alone.
    #[error("the agreement cannot be applied: {0}")]
    Setting(String),
    /// Whoever takes the lines.
    #[error("a line could not be written: {0}")]
    Output(#[from] std::io::Error),
}

/// One incident, for whoever wants to follow a count to its entries.
#[derive(Debug, Serialize)]
struct Line<'a> {
    incident: IncidentId,
    number: Option<u32>,
    imported_from: Option<&'a str>,
    clocks: Vec<Reading>,
    clauses: Vec<Judgement>,
}

/// The configuration of a desk with settings that are in force for this report alone.
pub fn setup_with(store: &Store, settings: Vec<Setting>) -> Result<Arc<Setup>, ReportError> {
    let mut setup = store.setup();
    for setting in settings {
        let taken = Arc::make_mut(&mut setup).take(setting);
        taken.map_err(|error| ReportError::Setting(error.to_string()))?;
    }
    Ok(setup)
}

/// Replays every incident and judges it at `now`; `each` takes a line of JSON for every one. The house is judged by
/// them and by all other records as they stand.
pub fn policy(
    store: &Store,
    setup: &Arc<Setup>,
    now: Timestamp,
    each: Option<&mut dyn Write>,
) -> Result<Found, ReportError> {
    let mut each = each;
    let mut found = Found {
        incidents: 0,
        taken_over: 0,
        rows: 0,
        closed: 0,
        register: Register::empty(),
        house: Vec::new(),
        clocks: Clocks::default(),
    };
    let mut records = Records { setup: Arc::clone(setup), ..store.beside_incidents()? };
    store.incidents::<ReportError>(|stored, events| {
        let Some(incident) = fold_incident(stored.id, events) else { return Ok(()) };
        let incident = incident.bound(setup);
        let record = RecordRef::Incident(&incident);
        let clocks = readings(&incident, setup, now);
        found.incidents += 1;
        found.closed += u64::from(matches!(incident.phase, Phase::Closed { .. }));
        let rows = events.iter().filter(|event| row_of(event).is_some()).count() as u64;
        found.rows += rows;
        found.taken_over += u64::from(rows > 0);
        found.clocks.count(&clocks);
        found.register.add(record, setup, now);
        if let Some(out) = &mut each {
            let line = Line {
                incident: incident.id,
                number: incident.number,
                imported_from: events.iter().find_map(row_of),
                clocks,
                clauses: judgements(record, setup, now),
            };
            serde_json::to_writer(&mut **out, &line).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        records.incidents.insert(incident.id, Arc::new(incident));
        Ok(())
    })?;
    found.house = house(&records, now);
    Ok(found)
}

/// The number at the other desk, where the event is a row of its log.
fn row_of(event: &Event) -> Option<&str> {
    match &event.fact {
        Fact::RowImported { desk, record, .. } if desk == DESK => Some(record),
        _ => None,
    }
}
