//! What became of every command, against the log: an outcome that is wrong or gone would be told to a desk that
//! sends again, or the command be done twice.

use incident::PersonId;
use protocol::{Outcome, Verdict};
use rusqlite::Connection;
use uuid::Uuid;

use crate::store::Error;
use crate::store::column::{id, number};

/// How a line of the log is called that tells nothing but a refusal.
const REFUSED: &str = "command_refused";

/// Every outcome against the line that settled it, and every line of a person against its outcome.
pub(super) fn verify_outcomes(conn: &Connection) -> Result<(), Error> {
    let mut statement = conn.prepare(
        "SELECT c.id, c.seq, c.verdict, c.actor IS event.actor AND c.id IS event.command, event.kind, event.body,
             EXISTS (SELECT 1 FROM event AS later WHERE later.seq = c.seq + 1 AND later.command = c.id)
         FROM command_log AS c LEFT JOIN event ON event.seq = c.seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (command, seq, verdict): (Uuid, u64, String) = (id(row, 0)?, number(row, 1)?, row.get(2)?);
        let (is_its_line, kind, body): (bool, Option<String>, Option<String>) =
            (row.get(3)?, row.get(4)?, row.get(5)?);
        let has_later: bool = row.get(6)?;
        let is_refusal = kind.as_deref() == Some(REFUSED);
        let fits = match serde_json::from_str(&verdict) {
            Ok(Verdict::Accepted { seq: told }) => told == seq && !is_refusal && !has_later,
            Ok(told @ Verdict::Refused { .. }) => {
                // An erased line says nothing any more.
                let said = body.map(|body| serde_json::from_str::<Outcome>(&body)).transpose()?;
                is_refusal && said.is_none_or(|said| said.id.0 == command && said.verdict == told)
            }
            // What is put off is not settled, and what does not read back is nothing.
            Ok(Verdict::Deferred) | Err(_) => false,
        };
        if !fits || !is_its_line {
            return Err(Error::Corrupt(format!(
                "what became of command {command} is not what line {seq} of the log says"
            )));
        }
    }
    no_outcome_is_missing(conn)
}

/// What a person did has its outcome; what was carried over from elsewhere is the server's.
fn no_outcome_is_missing(conn: &Connection) -> Result<(), Error> {
    let mut statement = conn.prepare(
        "SELECT seq, command FROM event WHERE actor <> ?1
             AND NOT EXISTS (SELECT 1 FROM command_log WHERE command_log.id = event.command) LIMIT 1",
    )?;
    let mut rows = statement.query([PersonId::SERVER.0.into_bytes()])?;
    match rows.next()? {
        None => Ok(()),
        Some(row) => {
            let (seq, command) = (number(row, 0)?, id(row, 1)?);
            Err(Error::Corrupt(format!(
                "line {seq} of the log is of command {command}, which has no outcome"
            )))
        }
    }
}

/// Everybody who did something was set up and has an account, and every account is somebody's.
pub(super) fn verify_accounts(conn: &Connection) -> Result<u64, Error> {
    let set_up = "SELECT 1 FROM record WHERE kind = 'setting' AND json_extract(doc, '$.setting') = 'person'
             AND json_extract(doc, '$.id') = lower(substr(hex(person), 1, 8) || '-' || substr(hex(person), 9, 4) || '-'
                 || substr(hex(person), 13, 4) || '-' || substr(hex(person), 17, 4) || '-' || substr(hex(person), 21))";
    let mut statement =
        conn.prepare(&format!("SELECT name FROM account WHERE NOT EXISTS ({set_up}) LIMIT 1"))?;
    let mut rows = statement.query([])?;
    if let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        return Err(Error::Corrupt(format!("account {name:?} is of nobody who was set up")));
    }
    let mut statement = conn.prepare(
        "SELECT min(seq), actor FROM event WHERE actor <> ?1
             AND NOT EXISTS (SELECT 1 FROM account WHERE account.person = event.actor) GROUP BY actor LIMIT 1",
    )?;
    let mut rows = statement.query([PersonId::SERVER.0.into_bytes()])?;
    if let Some(row) = rows.next()? {
        let (seq, person): (u64, Uuid) = (number(row, 0)?, id(row, 1)?);
        return Err(Error::Corrupt(format!(
            "line {seq} of the log is of person {person}, who has no account"
        )));
    }
    Ok(conn.query_row("SELECT count(*) FROM account", [], |row| number(row, 0))?)
}
