//! The import itself: histories mapped and handed over in batches, from where the last run ended.
//!
//! It knows no store. Whoever takes a batch writes its incidents and its [`Position`] in one
//! transaction; a later run that starts from that position hands over nothing twice.

use std::collections::BTreeMap;

use incident::IncidentId;
use serde::{Deserialize, Serialize};

use super::Error;
use super::history::History;
use super::mapping::{Mapped, Mapping, incident_id};
use super::oddity::{Oddity, OddityKind, Report};
use super::reader::{Found, Log};

/// Incidents per batch: one transaction each, a few thousand events.
pub const INCIDENTS_PER_BATCH: usize = 500;

/// How far an import came; stored with what it stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// SHA-256 of the file: another file starts from its own beginning.
    pub digest: String,
    /// Incidents handed over so far, in the order of the file, which is always the same.
    pub incidents: u64,
}

/// What earlier runs stored.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// Where an earlier run of the same file ended, if there was one.
    pub position: Option<Position>,
    /// Incidents that are stored, with how many rows brought them: those of other files are told and left as they
    /// are.
    pub known: BTreeMap<IncidentId, u32>,
}

/// Some incidents, to be stored together.
#[derive(Debug)]
pub struct Batch {
    /// The incidents; none of them was in a batch before.
    pub incidents: Vec<Mapped>,
    /// Where the import stands once they are stored.
    pub position: Position,
    /// Rows read so far, of [`super::Survey::rows`]: for the progress bar.
    pub rows: u64,
}

/// What an import needs to know before it starts.
#[derive(Debug)]
pub struct Start<'import> {
    /// The log.
    pub log: &'import Log,
    /// Where its incidents belong.
    pub mapping: &'import Mapping,
    /// What earlier runs stored.
    pub earlier: Earlier,
    /// The desk's own number of the next incident; the server knows one.
    pub next_number: Option<u32>,
}

/// Reads the whole log. Every oddity goes to `report_oddity`, also those of incidents stored by an earlier
/// run, so that the list is always complete; every incident not yet stored goes to `store`.
pub fn import<Failure: From<Error>>(
    start: Start<'_>,
    mut report_oddity: impl FnMut(&Oddity) -> Result<(), Failure>,
    mut store: impl FnMut(Batch) -> Result<(), Failure>,
) -> Result<Report, Failure> {
    let digest = &start.log.survey().digest;
    let done = start.earlier.position.filter(|position| position.digest == *digest);
    let done = done.map_or(0, |position| position.incidents);
    let mut number = start.next_number;
    let mut report = Report::default();
    let mut waiting: Vec<Mapped> = Vec::new();
    for found in start.log.histories()? {
        match found? {
            Found::Oddity(oddity) => {
                report.note(&oddity);
                report_oddity(&oddity)?;
            }
            Found::History(history) => {
                report.note_history(&history);
                history.oddities.iter().try_for_each(&mut report_oddity)?;
                if report.incidents <= done {
                    continue;
                }
                if let Some(oddity) = already_here(&history, &start.earlier.known) {
                    report.note(&oddity);
                    report_oddity(&oddity)?;
                } else {
                    waiting.push(start.mapping.map(&history, number));
                    number = number.and_then(|number| number.checked_add(1));
                }
            }
        }
        if waiting.len() == INCIDENTS_PER_BATCH {
            store(batch(&mut waiting, digest, &report))?;
        }
    }
    if !waiting.is_empty() {
        store(batch(&mut waiting, digest, &report))?;
    }
    Ok(report)
}

fn already_here(history: &History, known: &BTreeMap<IncidentId, u32>) -> Option<Oddity> {
    let line = history.changes.first()?.line;
    let (rows, brought) = (history.rows, *known.get(&incident_id(&history.number))?);
    let (kind, reason) = if rows == brought {
        let reason =
            "an earlier import of another file brought this incident; it was left as it is".to_owned();
        (OddityKind::AlreadyImported, reason)
    } else {
        let reason = format!(
            "an earlier import of another file brought this incident with {brought} rows, and here are {rows}; it \
             was left as it is. Import this file into a new desk if it is the better one"
        );
        (OddityKind::ImportedOtherwise, reason)
    };
    Some(Oddity::new(line, Some(&history.number), kind, reason))
}

fn batch(waiting: &mut Vec<Mapped>, digest: &str, report: &Report) -> Batch {
    Batch {
        incidents: std::mem::take(waiting),
        position: Position { digest: digest.to_owned(), incidents: report.incidents },
        rows: report.used_rows + report.unused_rows,
    }
}
