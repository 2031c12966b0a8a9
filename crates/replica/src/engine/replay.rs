//! Pending commands on top of confirmed rows: one, or all of them anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use incident::{Actor, CommandId, Event, Records, Refusal, Setup, apply, decide};
use protocol::{Envelope, Kind, record_id};
use rusqlite::Connection;
use uuid::Uuid;

use super::load_for;
use crate::Error;
use crate::store::rows::{self, OWN_SCOPE};
use crate::store::{Outlook, Pending, Row, outbox};

/// Records that a step changed.
pub(super) type Touched = BTreeSet<(Kind, Uuid)>;

/// What a command changed here.
pub(super) struct Folded {
    /// Which records.
    pub(super) touched: Touched,
    /// Those records as they stand now, among others that were looked at.
    pub(super) records: Records,
}

/// Decides one command on the rows as they are and folds its events into them, before-images kept. Whatever
/// it looks at is noted, also where it is refused: news of that is news for the command.
pub(super) fn one(
    db: &Connection,
    setup: &Arc<Setup>,
    seq: i64,
    actor: &Actor,
    envelope: &Envelope,
) -> Result<Result<Folded, Refusal>, Error> {
    let subjects = envelope.command.subjects();
    for &subject in &subjects {
        outbox::touch(db, seq, Kind::of(subject), subject.id())?;
    }
    let mut records = load_for(db, setup, &envelope.command, envelope.claim.at)?;
    records.former_numbers.clone_from(&envelope.former_numbers);
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
    Ok(Ok(Folded { touched, records }))
}

/// What stands again as it did before pending commands, until [`all`] has done these once more.
#[derive(Default)]
pub(super) struct Rewound {
    /// Cards concerned.
    touched: Touched,
    left: Vec<Uuid>,
}

/// Decides all that wait once more, in their order; what they changed, and what stood back for it. What no longer
/// passes is sent all the same: the server's word counts.
pub(super) fn all(db: &Connection, setup: &Arc<Setup>, rewound: Rewound) -> Result<Touched, Error> {
    let Rewound { mut touched, left } = rewound;
    for pending in Pending::all(db)? {
        let outlook = match one(db, setup, pending.seq, &pending.actor, &pending.envelope)? {
            Ok(folded) => {
                touched.extend(folded.touched);
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
    rows::drop_left(db, &left)?;
    Ok(touched)
}

/// Puts every row back as it stood before pending commands. [`all`] must follow in the same step.
pub(super) fn rewind(db: &Connection) -> Result<Rewound, Error> {
    let rows::Rewound { rows, left } = rows::rewind(db)?;
    Ok(Rewound { touched: rows.into_iter().filter(|(kind, _)| is_record(*kind)).collect(), left })
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
        // The server's own line stays as it came.
        if Row::read(db, Kind::ENTRY, line)?.is_none_or(|row| row.scope == OWN_SCOPE) {
            Row::remember(db, Kind::ENTRY, line, None)?;
            own_row(Kind::ENTRY, line, id, serde_json::to_string(event)?).write_event(db, event)?;
        }
    }
    for &(kind, id) in &touched {
        let Some(record) = kind.subject(id).and_then(|subject| records.get(subject)) else { continue };
        let before = Row::read(db, kind, id)?;
        Row::remember(db, kind, id, before.as_ref())?;
        let doc = record.document()?;
        let row = match before {
            Some(before) => Row { doc, ..before },
            None => own_row(kind, id, id, doc),
        };
        row.write_record(db, record)?;
    }
    Ok(touched)
}

/// A row that exists at this desk alone, until the server sends its own.
fn own_row(kind: Kind, id: Uuid, of: Uuid, doc: String) -> Row {
    Row { kind: kind.name().into(), id, of, scope: OWN_SCOPE, rev: 0, doc }
}
