//! What the log says, folded here once more: the measure of every copy.
//!
//! It reads the log line by line as it grows and checks that it is gapless, in order and told once.

use std::collections::BTreeMap;
use std::rc::Rc;

use incident::{Audience, CommandId, DeskId, Event, Fact, PersonId, Records, Subject};
use protocol::record_id::{entry_id, setting_id};
use protocol::{Kind, Verdict};
use rusqlite::Connection;
use server::Server;
use uuid::Uuid;

use super::marker::Sees;

/// A record by kind and id.
pub(super) type Key = (Kind, Uuid);
/// Records as documents.
pub(super) type Docs = BTreeMap<Key, Rc<str>>;

/// One line of the log, as it is stored.
struct Line {
    seq: u64,
    command: CommandId,
    idx: u64,
    subject_kind: String,
    subject: Uuid,
    subject_rev: u64,
    received: i64,
    at: i64,
    body: String,
}

/// What a person sees at one place of the log.
#[derive(Debug, Clone)]
pub(super) struct Sight {
    /// The place.
    pub(super) seq: u64,
    /// The clients.
    pub(super) sees: Sees,
    /// The records.
    pub(super) docs: Rc<Docs>,
}

/// What became of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// At which line.
    pub(super) seq: u64,
    /// From which desk it came.
    pub(super) desk: DeskId,
    /// Whether it was accepted.
    pub(super) is_accepted: bool,
}

/// The log as it should be.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// The last line read.
    pub(super) seq: u64,
    /// The fold.
    pub(super) records: Records,
    /// What became of each command.
    pub(super) settled: BTreeMap<CommandId, Outcome>,
    docs: BTreeMap<Key, (Audience, Rc<str>)>,
    lines: BTreeMap<CommandId, (u64, u64)>,
    revs: BTreeMap<Uuid, u64>,
    places: BTreeMap<(DeskId, Uuid), u64>,
    received: i64,
}

impl Model {
    /// Reads on to the head of the log.
    pub(super) fn catch_up(&mut self, server: &Server) -> Result<(), String> {
        let from = self.seq;
        let read = |conn: &Connection| -> Result<_, server::store::Error> {
            Ok((lines(conn, from)?, outcomes(conn, from)?))
        };
        let (lines, outcomes) = server.readers().snapshot(read).map_err(|error| error.to_string())?;
        let mut subjects: BTreeMap<CommandId, Vec<Uuid>> = BTreeMap::new();
        for line in lines {
            subjects.entry(line.command).or_default().push(line.subject);
            self.take(&line)?;
        }
        for (id, desk, desk_seq, verdict, seq) in outcomes {
            let is_accepted = matches!(verdict, Verdict::Accepted { .. });
            if is_accepted && self.lines.get(&id).is_none_or(|(_, last)| *last != seq) {
                return Err(format!("command {id} was accepted at line {seq}, where it does not end"));
            }
            if self.settled.insert(id, Outcome { seq, desk, is_accepted }).is_some() {
                return Err(format!("command {id} was settled twice"));
            }
            if is_accepted && desk_seq > 0 {
                self.in_order(desk, desk_seq, subjects.get(&id).into_iter().flatten())?;
            }
        }
        Ok(())
    }

    /// What a person did at a desk to one record is in the log in the order in which it was done.
    fn in_order<'a>(
        &mut self,
        desk: DeskId,
        desk_seq: u64,
        subjects: impl Iterator<Item = &'a Uuid>,
    ) -> Result<(), String> {
        for subject in subjects {
            let before = self.places.insert((desk, *subject), desk_seq).unwrap_or(0);
            if before > desk_seq {
                return Err(format!("desk {desk}: its command {desk_seq} on {subject} came after {before}"));
            }
        }
        Ok(())
    }

    fn take(&mut self, line: &Line) -> Result<(), String> {
        let seq = line.seq;
        if seq != self.seq + 1 {
            return Err(format!("line {} of the log is missing", self.seq + 1));
        }
        self.seq = seq;
        if line.received < self.received || line.at > line.received {
            return Err(format!("line {seq} was received before the one above it, or before it was done"));
        }
        self.received = line.received;
        if line.subject_kind == "command" {
            return Ok(());
        }
        let (count, last) = self.lines.entry(line.command).or_default();
        if line.idx != *count {
            return Err(format!("line {seq}: event {} of a command comes where {count} should", line.idx));
        }
        (*count, *last) = (*count + 1, seq);
        let rev = self.revs.entry(line.subject).or_default();
        *rev += 1;
        if line.subject_rev != *rev {
            return Err(format!(
                "line {seq}: revision {} of {} should be {rev}",
                line.subject_rev, line.subject
            ));
        }
        let event: Event =
            serde_json::from_str(&line.body).map_err(|error| format!("line {seq}: {error}"))?;
        self.fold(line, &event)
    }

    fn fold(&mut self, line: &Line, event: &Event) -> Result<(), String> {
        if let Subject::Incident(id) = event.subject
            && self.records.incidents.get(&id).is_some_and(|known| known.updated_at > event.at)
        {
            return Err(format!("line {}: the incident already knew of later things", line.seq));
        }
        if !incident::apply(&mut self.records, event) {
            return Err(format!("line {} does not fold", line.seq));
        }
        let text = |doc: Result<String, serde_json::Error>| -> Result<Rc<str>, String> {
            doc.map(Rc::from).map_err(|error| error.to_string())
        };
        if let Fact::Configured { setting } = &event.fact {
            let doc = text(serde_json::to_string(setting))?;
            let audience = Audience::of_setting(setting);
            self.docs.insert((Kind::SETTING, setting_id(setting)), (audience, doc));
        }
        let Some(record) = self.records.get(event.subject) else { return Ok(()) };
        let (audience, doc) = (record.audience(), text(record.document())?);
        self.docs.insert((Kind::of(event.subject), event.subject.id()), (audience.clone(), doc));
        if let Subject::Incident(_) = event.subject {
            let place = usize::try_from(line.idx).unwrap_or(usize::MAX);
            let entry = (Kind::ENTRY, entry_id(line.command, place));
            self.docs.insert(entry, (audience, Rc::from(line.body.as_str())));
        }
        Ok(())
    }

    /// The clients a person sees.
    pub(super) fn sees(&self, person: PersonId) -> Sees {
        let known = self.records.setup.people.get(&person);
        known.map_or_else(|| Some(std::collections::BTreeSet::new()), |person| person.clients.clone())
    }

    /// What a person sees now.
    pub(super) fn sight(&self, person: PersonId) -> Sight {
        let sees = self.sees(person);
        let setup = &self.records.setup;
        let seen = self.docs.iter().filter(|(_, (audience, _))| audience.includes(setup, person));
        let docs = seen.map(|(key, (_, doc))| (*key, Rc::clone(doc))).collect();
        Sight { seq: self.seq, sees, docs: Rc::new(docs) }
    }

    /// The log's records against the server's own.
    pub(super) fn check_records(&self, server: &Server) -> Result<(), String> {
        let stored = server.readers().snapshot(records).map_err(|error| error.to_string())?;
        let told = self.docs.iter().filter(|((kind, _), _)| *kind != Kind::ENTRY);
        let told: BTreeMap<Key, &str> = told.map(|(key, (_, doc))| (*key, doc.as_ref())).collect();
        let stored: BTreeMap<Key, &str> = stored.iter().map(|(key, doc)| (*key, doc.as_str())).collect();
        if told == stored {
            return Ok(());
        }
        let differs = told.iter().find(|(key, doc)| stored.get(key) != Some(doc)).map(|(key, _)| *key);
        Err(format!("the server's records are not what the log folds to: {differs:?}"))
    }
}

fn lines(conn: &Connection, from: u64) -> Result<Vec<Line>, rusqlite::Error> {
    let mut list = conn.prepare_cached(
        "SELECT seq, command, idx, subject_kind, subject, subject_rev, received, at, body
         FROM event WHERE seq > ?1 ORDER BY seq",
    )?;
    let rows = list.query_map([number(from)], |row| {
        Ok(Line {
            seq: counted(row.get(0)?),
            command: CommandId(Uuid::from_bytes(row.get(1)?)),
            idx: counted(row.get(2)?),
            subject_kind: row.get(3)?,
            subject: Uuid::from_bytes(row.get(4)?),
            subject_rev: counted(row.get(5)?),
            received: row.get(6)?,
            at: row.get(7)?,
            body: row.get(8)?,
        })
    })?;
    rows.collect()
}

type Settled = (CommandId, DeskId, u64, Verdict, u64);

fn outcomes(conn: &Connection, from: u64) -> Result<Vec<Settled>, server::store::Error> {
    let mut list = conn.prepare_cached(
        "SELECT id, desk, desk_seq, verdict, seq FROM command_log WHERE seq > ?1 ORDER BY seq",
    )?;
    let mut rows = list.query([number(from)])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let verdict: String = row.get(3)?;
        all.push((
            CommandId(Uuid::from_bytes(row.get(0)?)),
            DeskId(Uuid::from_bytes(row.get(1)?)),
            counted(row.get(2)?),
            serde_json::from_str(&verdict)?,
            counted(row.get(4)?),
        ));
    }
    Ok(all)
}

fn records(conn: &Connection) -> Result<Vec<(Key, String)>, server::store::Error> {
    let mut list = conn.prepare_cached("SELECT kind, id, doc FROM record")?;
    let rows = list.query_map([], |row| {
        let kind: String = row.get(0)?;
        Ok((kind, Uuid::from_bytes(row.get(1)?), row.get::<_, String>(2)?))
    })?;
    let mut all = Vec::new();
    for row in rows {
        let (kind, id, doc) = row?;
        all.extend(Kind::from_name(&kind).map(|kind| ((kind, id), doc)));
    }
    Ok(all)
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn counted(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
