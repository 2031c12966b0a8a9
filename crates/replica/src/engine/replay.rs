//! Pending commands on top of confirmed rows: one, or all of them anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use incident::{Actor, CommandId, Event, Records, Refusal, Setup, apply, decide};
use protocol::{Envelope, Kind, record_id};
use rusqlite::Connection;
use uuid::Uuid;

use super::load_for;
use crate::Error;
use crate::store::{Outlook, Pending, Row, outbox, rows};

/// Scope of what was made here and not yet sent back.
const OWN_SCOPE: i64 = -1;

/// Records that a step changed.
pub(super) type Touched = BTreeSet<(Kind, Uuid)>;

/// Decides one command on the rows as they are and folds its events into them, before-images kept. Whatever
/// it looks at is noted, also where it is refused: news of that is news for the command.
pub(super) fn one(
    db: &Connection,
    setup: &Arc<Setup>,
    seq: i64,
    actor: &Actor,
    envelope: &Envelope,
) -> Result<Result<Touched, Refusal>, Error> {
    let subjects = envelope.command.subjects();
    for &subject in &subjects {
        outbox::touch(db, seq, Kind::of(subject), subject.id())?;
    }
    let mut records = load_for(db, setup, &envelope.command, envelope.claim.at)?;
    let mut events = match decide(&records, actor, envelope.claim.at, &envelope.command) {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for event in &mut events {
        event.uncertainty_ms = envelope.claim.uncertainty_ms;
    }
    let touched = write(db, &mut records, envelope.id, &events)?;
    for &(kind, id) in &touched {
        outbox::touch(db, seq, kind, id)?;
    }
    Ok(Ok(touched))
}

/// Decides all that wait once more, in their order. What no longer passes is sent all the same: the server's
/// word counts.
pub(super) fn all(db: &Connection, setup: &Arc<Setup>) -> Result<Touched, Error> {
    let mut touched = Touched::new();
    for pending in Pending::all(db)? {
        let outlook = match one(db, setup, pending.seq, &pending.actor, &pending.envelope)? {
            Ok(records) => {
                touched.extend(records);
                Outlook::Fits
            }
            Err(_) => Outlook::Conflicting,
        };
        if outlook != pending.outlook {
            outbox::set_outlook(db, pending.seq, outlook)?;
            let subjects = pending.envelope.command.subjects();
            let records = subjects.into_iter().map(|subject| (Kind::of(subject), subject.id()));
            touched.extend(records.filter(|(kind, _)| is_record(*kind)));
        }
    }
    Ok(touched)
}

/// Puts every row back as it stood before pending commands; returns the cards concerned.
pub(super) fn rewind(db: &Connection) -> Result<Touched, Error> {
    Ok(rows::rewind(db)?.into_iter().filter(|(kind, _)| is_record(*kind)).collect())
}

/// Whether it is a record of its own, which pending commands may change.
pub(super) fn is_record(kind: Kind) -> bool {
    Records::KINDS.contains(&kind.name())
}

/// Folds the events of a pending command into the rows; configuration waits for the server.
fn write(
    db: &Connection,
    records: &mut Records,
    command: CommandId,
    events: &[Event],
) -> Result<Touched, Error> {
    let mut touched = Touched::new();
    for (place, event) in events.iter().enumerate() {
        apply(records, event);
        let (kind, id) = (Kind::of(event.subject), event.subject.id());
        if !is_record(kind) {
            continue;
        }
        touched.insert((kind, id));
        let line = record_id::entry_id(command, place);
        if Row::read(db, Kind::ENTRY, line)?.is_none() {
            Row::remember(db, Kind::ENTRY, line)?;
            own_row(Kind::ENTRY, line, id, serde_json::to_string(event)?).write(db)?;
        }
    }
    for &(kind, id) in &touched {
        let record = kind.subject(id).and_then(|subject| records.get(subject));
        let Some(doc) = record.map(|record| record.document()).transpose()? else { continue };
        Row::remember(db, kind, id)?;
        let row = match Row::read(db, kind, id)? {
            Some(before) => Row { doc, ..before },
            None => own_row(kind, id, id, doc),
        };
        row.write(db)?;
    }
    Ok(touched)
}

/// A row that exists at this desk alone, until the server sends its own.
fn own_row(kind: Kind, id: Uuid, of: Uuid, doc: String) -> Row {
    Row { kind: kind.name().into(), id, of, scope: OWN_SCOPE, rev: 0, doc }
}
