//! The second pass: histories, one after the other, each exactly once.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use super::framing::{Framed, Framing, Record};
use super::history::History;
use super::oddity::{Oddity, OddityKind};
use super::row::Row;
use super::survey::{self, Source, Survey};
use super::{Error, ROWS_PER_INCIDENT_MAX, Zone};

/// A log, surveyed and ready to be read.
#[derive(Debug, Clone)]
pub struct Log {
    source: Source,
    zone: Zone,
    survey: Arc<Survey>,
}

impl Log {
    /// Surveys a file, plain or gzipped, whose times are of `zone`.
    pub fn open(path: impl Into<PathBuf>, zone: Zone) -> Result<Self, Error> {
        Self::survey_of(Source::File(path.into()), zone)
    }

    /// Surveys the bytes of a file.
    pub fn of_bytes(bytes: impl Into<Arc<[u8]>>, zone: Zone) -> Result<Self, Error> {
        Self::survey_of(Source::Bytes(bytes.into()), zone)
    }

    /// What the first pass learnt.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Reads the file from its beginning; the order is always the same.
    pub fn histories(&self) -> Result<Histories, Error> {
        let mut framing = self.source.framing()?;
        let header = survey::header(&mut framing)?;
        let absent = header.absent.iter().map(|name| {
            let reason = format!("the file has no column {name}; it counts as missing everywhere");
            Oddity::new(1, None, OddityKind::ColumnAbsent, reason)
        });
        let unread = header.unread.iter().map(|name| {
            let reason = format!("nothing reads the column {name:?}");
            Oddity::new(1, None, OddityKind::ColumnUnread, reason)
        });
        Ok(Histories {
            framing,
            zone: self.zone.clone(),
            survey: Arc::clone(&self.survey),
            current: Vec::new(),
            scattered: HashMap::new(),
            ready: absent.chain(unread).map(Found::Oddity).collect(),
            is_over: false,
        })
    }

    fn survey_of(source: Source, zone: Zone) -> Result<Self, Error> {
        let survey = Arc::new(Survey::of(&source)?);
        Ok(Self { source, zone, survey })
    }
}

/// What comes out of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An incident, whole, with its own oddities inside.
    History(Box<History>),
    /// A row that became part of no history, or a fault of the file.
    Oddity(Oddity),
}

/// The histories of a log, in the order of their last rows.
pub struct Histories {
    framing: Framing,
    zone: Zone,
    survey: Arc<Survey>,
    current: Vec<Row>,
    scattered: HashMap<String, Vec<Row>>,
    ready: VecDeque<Found>,
    is_over: bool,
}

impl Iterator for Histories {
    type Item = Result<Found, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Some(Ok(found));
            }
            if self.is_over {
                return None;
            }
            if let Err(error) = self.advance() {
                self.is_over = true;
                return Some(Err(error));
            }
        }
    }
}

impl Histories {
    fn advance(&mut self) -> Result<(), Error> {
        match self.framing.next()? {
            Some(Framed::Record(record)) if record.line <= self.survey.last_line => {
                self.take(&record);
            }
            Some(Framed::Unusable(line, kind, reason)) if line <= self.survey.last_line => {
                self.ready.push_back(Found::Oddity(Oddity::new(line, None, kind, reason)));
            }
            Some(Framed::CutShort(line, reason)) => {
                let kind = OddityKind::FileCutShort;
                self.ready.push_back(Found::Oddity(Oddity::new(line, None, kind, reason)));
                self.hold_back();
            }
            None | Some(Framed::Record(_) | Framed::Unusable(..)) => self.finish(),
        }
        Ok(())
    }

    fn take(&mut self, record: &Record) {
        match Row::read(record, &self.survey.header, &self.zone) {
            Ok(row) => self.place(row),
            Err(oddity) => {
                let number = oddity.incident.clone();
                self.ready.push_back(Found::Oddity(oddity));
                if let Some(number) = number {
                    self.settle(&number, record.line);
                }
            }
        }
    }

    fn place(&mut self, row: Row) {
        let (number, line) = (row.number.clone(), row.line);
        if self.survey.scattered.contains_key(&number) {
            let rows = self.scattered.entry(number.clone()).or_default();
            self.ready.extend(add(rows, row).map(Found::Oddity));
            self.settle(&number, line);
            return;
        }
        if self.current.first().is_some_and(|first| first.number != number) {
            let rows = std::mem::take(&mut self.current);
            self.hand_out(rows, false);
        }
        self.ready.extend(add(&mut self.current, row).map(Found::Oddity));
    }

    /// Hands out a scattered incident once its last line is behind.
    fn settle(&mut self, number: &str, line: u64) {
        if self.survey.unfinished.as_deref() == Some(number) {
            return;
        }
        if self.survey.scattered.get(number).is_some_and(|&last| line >= last)
            && let Some(rows) = self.scattered.remove(number)
        {
            self.hand_out(rows, true);
        }
    }

    /// Keeps the incident at the break out: its story may go on behind it, and half of it would be believed.
    fn hold_back(&mut self) {
        let Some(number) = &self.survey.unfinished else { return };
        let held = self.scattered.remove(number).unwrap_or_else(|| {
            let is_last = self.current.first().is_some_and(|first| first.number == *number);
            if is_last { std::mem::take(&mut self.current) } else { Vec::new() }
        });
        let reason =
            "the file breaks off before this incident is known to end; fetch the file again and import it";
        let told = held
            .into_iter()
            .map(|row| Oddity::new(row.line, Some(&row.number), OddityKind::IncidentCutShort, reason));
        self.ready.extend(told.map(Found::Oddity));
    }

    fn finish(&mut self) {
        self.is_over = true;
        let rows = std::mem::take(&mut self.current);
        self.hand_out(rows, false);
        let mut left: Vec<_> = std::mem::take(&mut self.scattered).into_values().collect();
        left.sort_by_key(|rows| rows.first().map(|row| row.line));
        for rows in left {
            self.hand_out(rows, true);
        }
    }

    fn hand_out(&mut self, rows: Vec<Row>, is_scattered: bool) {
        let history = History::of(rows, is_scattered);
        self.ready.extend(history.map(|history| Found::History(Box::new(history))));
    }
}

/// Adds a row to its incident, or says why not.
fn add(rows: &mut Vec<Row>, row: Row) -> Option<Oddity> {
    let number = Some(row.number.as_str());
    let is_same = |other: &&Row| other.updated_at == row.updated_at && other.values == row.values;
    if let Some(other) = rows.iter().find(is_same) {
        let reason = format!("the same row as line {}; it was used once", other.line);
        return Some(Oddity::new(row.line, number, OddityKind::DuplicateRow, reason));
    }
    if rows.len() >= ROWS_PER_INCIDENT_MAX {
        let reason = format!("the incident already has {ROWS_PER_INCIDENT_MAX} rows");
        return Some(Oddity::new(row.line, number, OddityKind::TooManyRows, reason));
    }
    rows.push(row);
    None
}
