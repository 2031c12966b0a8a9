//! Appending to the log: sequence, chain, fold, records, visibility; always within one transaction.

use std::collections::{BTreeMap, BTreeSet};

use incident::event::{Event, Fact, Subject};
use incident::{Audience, CommandId, Records, Setting};
use protocol::Kind;
use protocol::record_id::setting_id;
use rusqlite::params;
use serde::Serialize;
use uuid::Uuid;

use super::chain::{self, EVERYTHING, Header};
use super::column::{counted, random, stored};
use super::record::{self, Row};
use super::scope;
use super::{Error, Writing};

/// Version of the words in a body.
const WORDS: u64 = 1;

/// What one line of the log is about and says.
pub(super) struct Line<'a, Body> {
    pub(super) command: CommandId,
    pub(super) place: usize,
    pub(super) subject_kind: &'a str,
    pub(super) subject: Uuid,
    pub(super) subject_rev: u64,
    pub(super) kind: &'a str,
    pub(super) actor: Uuid,
    pub(super) at: i64,
    pub(super) body: &'a Body,
}

impl Writing<'_> {
    /// Folds the events of one command into `records`, and the configuration into this transaction's. Nothing is
    /// written yet, so that whoever refuses what comes of it has nothing to undo.
    pub(super) fn fold(
        &mut self,
        command: CommandId,
        events: &[Event],
        records: &mut Records,
    ) -> Result<(), Error> {
        self.must_own_log()?;
        events.iter().enumerate().try_for_each(|(place, event)| self.take(command, place, event, records))
    }

    /// Appends the events of one command, already folded into `records`, and writes what they changed.
    /// Returns the last sequence number.
    pub(super) fn append(
        &mut self,
        command: CommandId,
        events: &[Event],
        records: &Records,
    ) -> Result<u64, Error> {
        let mut revs = BTreeMap::new();
        let mut settings = Vec::new();
        for (place, event) in events.iter().enumerate() {
            let (subject_kind, subject) = (event.subject.kind(), event.subject.id());
            let rev = match revs.get(&subject) {
                Some(rev) => rev + 1,
                None => self.last_rev(subject)? + 1,
            };
            revs.insert(subject, rev);
            let seq = self.line(&Line {
                command,
                place,
                subject_kind,
                subject,
                subject_rev: rev,
                kind: &kind_of(&event.fact)?,
                actor: event.actor.0,
                at: event.at.millis(),
                body: event,
            })?;
            if let Fact::Configured { setting } = &event.fact {
                settings.push((setting, seq));
            }
        }
        let seq = self.live.head.seq;
        for (setting, rev) in settings {
            self.save_setting(setting, rev)?;
        }
        let subjects: BTreeSet<Subject> = events.iter().map(|event| event.subject).collect();
        for subject in subjects {
            self.save_subject(subject, seq, records)?;
        }
        Ok(seq)
    }

    fn must_own_log(&self) -> Result<(), Error> {
        if self.owns_log {
            return Ok(());
        }
        Err(Error::Asked("the log has one writer: stop the server first, then try again".into()))
    }

    /// One more line: numbered, committed to, chained.
    pub(super) fn line<Body: Serialize>(&mut self, line: &Line<'_, Body>) -> Result<u64, Error> {
        self.must_own_log()?;
        let head = self.live.head;
        let seq = head.seq + 1;
        let body = chain::canonical(line.body)?;
        let salt: [u8; 16] = random()?;
        let commitment = chain::commitment(&salt, seq, EVERYTHING, body.as_bytes());
        let place = u64::try_from(line.place).unwrap_or(u64::MAX);
        let header = Header {
            actor: line.actor,
            at: line.at,
            command: line.command.0,
            epoch: head.epoch,
            idx: place,
            kind: line.kind,
            received: self.now.millis(),
            seq,
            subject: line.subject,
            subject_kind: line.subject_kind,
            subject_rev: line.subject_rev,
            v: WORDS,
        };
        let hash = chain::event_hash(&header, &[commitment])?;
        let chain = chain::link(&head.chain, &hash);
        self.conn
            .prepare_cached(
                "INSERT INTO event (seq, epoch, command, idx, subject_kind, subject, subject_rev, kind, v, actor,
                     at, received, hash, chain, commitment, salt, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?
            .execute(params![
                stored(seq),
                head.epoch.into_bytes(),
                line.command.0.into_bytes(),
                stored(place),
                line.subject_kind,
                line.subject.into_bytes(),
                stored(line.subject_rev),
                line.kind,
                stored(WORDS),
                line.actor.into_bytes(),
                line.at,
                self.now.millis(),
                hash,
                chain,
                commitment,
                salt,
                body,
            ])?;
        self.live.head.seq = seq;
        self.live.head.chain = chain;
        self.live.head.at = self.now;
        Ok(seq)
    }

    fn last_rev(&self, subject: Uuid) -> Result<u64, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT MAX(subject_rev) FROM event WHERE subject = ?1")?;
        let rev: Option<i64> = statement.query_row([subject.into_bytes()], |row| row.get(0))?;
        Ok(rev.map_or(0, counted))
    }

    fn take(
        &mut self,
        command: CommandId,
        place: usize,
        event: &Event,
        records: &mut Records,
    ) -> Result<(), Error> {
        // The configuration moves through the records so that folding it copies nothing.
        records.setup = std::mem::take(&mut self.live.setup);
        let folds = incident::apply(records, event);
        self.live.setup = std::mem::take(&mut records.setup);
        if !folds {
            let what = format!("{} cannot come here", kind_of(&event.fact)?);
            return Err(Error::DoesNotFold { command, place, what });
        }
        if let Fact::IncidentLogged { number: Some(number), .. } = &event.fact {
            self.live.next_number = self.live.next_number.max(number.saturating_add(1));
        }
        Ok(())
    }

    fn save_setting(&mut self, setting: &Setting, rev: u64) -> Result<(), Error> {
        let id = setting_id(setting);
        let scope = self.scope(&Audience::of_setting(setting), id)?;
        if let Setting::Person(person) = setting {
            scope::regrant(self.conn, &self.live.scopes, &self.live.setup, person.id)?;
        }
        let doc = serde_json::to_string(setting)?;
        record::save(
            self.conn,
            &Row {
                kind: Kind::SETTING,
                id,
                scope,
                rev,
                is_open: false,
                likeness: None,
                logged_at: None,
                doc,
            },
        )
    }

    fn save_subject(&mut self, subject: Subject, rev: u64, records: &Records) -> Result<(), Error> {
        let Some(record) = records.get(subject) else { return Ok(()) };
        let scope = self.scope(&record.audience(), subject.id())?;
        record::save(self.conn, &Row::of(record, scope, rev)?)
    }

    fn scope(&mut self, audience: &Audience, of: Uuid) -> Result<protocol::ScopeId, Error> {
        scope::of(self.conn, &mut self.live.scopes, &self.live.setup, audience, of)
    }
}

/// The kind of a fact, as the log writes it.
fn kind_of(fact: &Fact) -> Result<String, Error> {
    let value = serde_json::to_value(fact)?;
    let kind = value.get("kind").and_then(serde_json::Value::as_str);
    kind.map(str::to_owned).ok_or_else(|| Error::Corrupt("a fact without a kind".into()))
}
