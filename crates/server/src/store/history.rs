//! Whole histories in and out: for imports, demonstrations and exports.

use std::collections::BTreeMap;

use incident::event::{Event, Fact};
use incident::{CommandId, Incident, Records, Setting, Subject, Timestamp};
use protocol::record_id::setting_id;
use rusqlite::Connection;

use super::column::id;
use super::{Error, Store, record};

/// A small fact that is saved together with a batch: how far a resumable run has come.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    /// Its name.
    pub key: &'a str,
    /// Its value.
    pub value: &'a str,
}

impl Store {
    /// Appends events that happened elsewhere, as they are: no rule is asked, the fold alone must accept
    /// them. The batch and its mark are one transaction; where one event does not fit, nothing is written.
    pub fn append_history(
        &mut self,
        now: Timestamp,
        batch: &[(CommandId, Vec<Event>)],
        mark: Option<Mark<'_>>,
    ) -> Result<(), Error> {
        self.write(now, |writing| {
            for (command, events) in batch {
                let mut records = Records::default();
                for event in events {
                    record::load_subject(writing.conn, &mut records, event.subject)?;
                }
                writing.fold(*command, events, &mut records)?;
                writing.append(*command, events, &records)?;
            }
            match mark {
                Some(mark) => writing.set_marker(mark.key, mark.value),
                None => Ok(()),
            }
        })
    }

    /// Shows every incident with its events, one after the other, in the order in which they were logged here.
    pub fn incidents<E: From<Error>>(
        &self,
        visit: impl FnMut(&Incident, &[Event]) -> Result<(), E>,
    ) -> Result<(), E> {
        incidents(&self.conn, visit)
    }

    /// Every record beside the incidents, as it stands now; without the configuration.
    pub fn beside_incidents(&self) -> Result<Records, Error> {
        let mut records = Records::default();
        let mut statement = self
            .conn
            .prepare("SELECT kind, id, doc FROM record WHERE kind NOT IN ('incident', 'setting')")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let kind = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            let Some(subject) = Subject::of(kind, id(row, 1)?) else { continue };
            records.insert(subject, row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
        }
        Ok(records)
    }
}

/// The same on any connection.
pub(super) fn incidents<E: From<Error>>(
    conn: &Connection,
    mut visit: impl FnMut(&Incident, &[Event]) -> Result<(), E>,
) -> Result<(), E> {
    let mut statement = conn
        .prepare("SELECT id, doc FROM record WHERE kind = 'incident' ORDER BY rowid")
        .map_err(Error::from)?;
    let mut rows = statement.query([]).map_err(Error::from)?;
    while let Some(row) = rows.next().map_err(Error::from)? {
        let subject = id(row, 0).map_err(Error::from)?;
        let doc: String = row.get(1).map_err(Error::from)?;
        let incident: Incident = serde_json::from_str(&doc).map_err(Error::from)?;
        let events = events_of(conn, subject)?;
        visit(&incident, &events)?;
    }
    Ok(())
}

/// What the events of one subject say, in their order; erased ones are left out.
const EVENTS_OF: &str = "SELECT body FROM event WHERE subject = ?1 AND body IS NOT NULL ORDER BY subject_rev";

/// The events of one subject in their order; erased ones are left out.
pub(super) fn events_of(conn: &Connection, subject: uuid::Uuid) -> Result<Vec<Event>, Error> {
    let mut statement = conn.prepare_cached(EVENTS_OF)?;
    told(statement.query([subject.into_bytes()])?)
}

/// What was ever configured, in order.
pub(super) fn configured(conn: &Connection) -> Result<Vec<Event>, Error> {
    let mut statement = conn
        .prepare("SELECT body FROM event WHERE subject_kind = 'setting' AND body IS NOT NULL ORDER BY seq")?;
    told(statement.query([])?)
}

/// What is in force, in the order in which each was set first: so that what refers to another comes after it.
pub(super) fn settings(conn: &Connection) -> Result<Vec<Setting>, Error> {
    let mut places = BTreeMap::new();
    let mut all: Vec<Setting> = Vec::new();
    for event in configured(conn)? {
        let Fact::Configured { setting } = event.fact else { continue };
        let place = *places.entry(setting_id(&setting)).or_insert(all.len());
        match all.get_mut(place) {
            Some(known) => *known = *setting,
            None => all.push(*setting),
        }
    }
    Ok(all)
}

fn told(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Event>, Error> {
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::connection;

    #[test]
    fn the_events_of_one_subject_are_found_by_its_index_whatever_the_planner_believes() {
        let file = std::env::temp_dir().join(format!("holdfast-plan-{}.db", uuid::Uuid::now_v7().simple()));
        let mut conn = connection::writer(&file).expect("a file");
        crate::store::migrate::migrate(&mut conn).expect("the schema");
        // What a desk of one line believed of itself before half a million were imported.
        conn.execute_batch(
            "ANALYZE;
             INSERT INTO sqlite_stat1 VALUES ('event', 'sqlite_autoindex_event_1', '1 1 1');",
        )
        .expect("beliefs");
        drop(conn);
        let conn = connection::writer(&file).expect("the file again");
        connection::forget_sizes(&conn).expect("no beliefs");
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {EVENTS_OF}")).expect("a plan");
        let steps = plan.query_map([[0_u8; 16]], |row| row.get::<_, String>(3)).expect("steps");
        let steps: Vec<String> = steps.collect::<Result<_, _>>().expect("texts");
        assert!(steps.iter().all(|step| step.starts_with("SEARCH")), "{steps:?}");
        drop(plan);
        drop(conn);
        for end in ["", "-wal", "-shm"] {
            std::fs::remove_file(format!("{}{end}", file.display())).ok();
        }
    }
}
