//! Whole histories in and out: for imports, demonstrations and exports.

use incident::event::Event;
use incident::{CommandId, Incident, Records, Timestamp};
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
                writing.append(*command, events, &mut records)?;
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
        mut visit: impl FnMut(&Incident, &[Event]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self
            .conn
            .prepare("SELECT id, doc FROM record WHERE kind = 'incident' ORDER BY rowid")
            .map_err(Error::from)?;
        let mut rows = statement.query([]).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            let subject = id(row, 0).map_err(Error::from)?;
            let doc: String = row.get(1).map_err(Error::from)?;
            let incident: Incident = serde_json::from_str(&doc).map_err(Error::from)?;
            let events = events_of(&self.conn, subject)?;
            visit(&incident, &events)?;
        }
        Ok(())
    }
}

/// The events of one subject in their order; erased ones are left out.
fn events_of(conn: &Connection, subject: uuid::Uuid) -> Result<Vec<Event>, Error> {
    let mut statement = conn.prepare_cached(
        "SELECT part.body FROM event JOIN event_part AS part ON part.seq = event.seq AND part.grp = 0
         WHERE event.subject = ?1 AND part.body IS NOT NULL ORDER BY event.subject_rev",
    )?;
    let mut rows = statement.query([subject.into_bytes()])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
    }
    Ok(events)
}
