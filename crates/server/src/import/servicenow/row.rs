//! One audit row, its cells read into values. Final values are set apart, to be believed later.

use incident::Timestamp;
use serde::Serialize;

use super::CELL_BYTES_MAX;
use super::column::{Column, Header, shown};
use super::framing::Record;
use super::history::Finals;
use super::oddity::{Oddity, OddityKind};
use super::time::Zone;
use super::words::{Contact, Level, Rank, State};

/// A column taken over as the text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// `caller_id`: who reported it.
    Caller,
    /// `location`.
    Location,
    /// `category`.
    Category,
    /// `subcategory`.
    Subcategory,
    /// `u_symptom`.
    Symptom,
    /// `cmdb_ci`: the affected item.
    Item,
    /// `problem_id`.
    Problem,
    /// `rfc`: the change requested for it.
    Change,
    /// `vendor`.
    Vendor,
    /// `caused_by`: the change that caused it.
    CausedBy,
    /// `made_sla`: the other desk's own verdict.
    MadeSla,
    /// `knowledge`: whether an article was used.
    Knowledge,
    /// `u_priority_confirmation`: a person confirmed the priority.
    PriorityConfirmed,
    /// `notify`.
    Notify,
}

impl Detail {
    /// Every detail and its column.
    const COLUMNS: [(Self, Column); 14] = [
        (Self::Caller, Column::Caller),
        (Self::Location, Column::Location),
        (Self::Category, Column::Category),
        (Self::Subcategory, Column::Subcategory),
        (Self::Symptom, Column::Symptom),
        (Self::Item, Column::Item),
        (Self::Problem, Column::Problem),
        (Self::Change, Column::Change),
        (Self::Vendor, Column::Vendor),
        (Self::CausedBy, Column::CausedBy),
        (Self::MadeSla, Column::MadeSla),
        (Self::Knowledge, Column::Knowledge),
        (Self::PriorityConfirmed, Column::PriorityConfirmed),
        (Self::Notify, Column::Notify),
    ];
}

impl Detail {
    /// The column's name in the log.
    pub const fn name(self) -> &'static str {
        Self::COLUMNS[self as usize].1.name()
    }
}

/// The details of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Details([Option<String>; Detail::COLUMNS.len()]);

impl Details {
    /// One detail; `None` where the log has none.
    pub fn get(&self, detail: Detail) -> Option<&str> {
        self.0[detail as usize].as_deref()
    }

    /// The details that differ from `before`, with what they are now.
    pub(super) fn changed_from<'now>(
        &'now self,
        before: &'now Self,
    ) -> impl Iterator<Item = (Detail, Option<&'now str>)> {
        let differs = |detail: &Detail| self.get(*detail) != before.get(*detail);
        Detail::COLUMNS
            .iter()
            .map(|&(detail, _)| detail)
            .filter(differs)
            .map(|detail| (detail, self.get(detail)))
    }
}

/// One audit row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) number: String,
    pub(super) updated_at: Timestamp,
    pub(super) values: Values,
    pub(super) oddities: Vec<Oddity>,
}

/// Everything a row says besides its place; two equal rows are one row written twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) state: Option<State>,
    pub(super) active: Option<String>,
    pub(super) reassignment_count: Option<u32>,
    pub(super) reopen_count: Option<u32>,
    pub(super) mod_count: Option<u32>,
    pub(super) opened_by: Option<String>,
    pub(super) opened_at: Option<Timestamp>,
    pub(super) created_by: Option<String>,
    pub(super) created_at: Option<Timestamp>,
    pub(super) updated_by: Option<String>,
    pub(super) contact: Option<Contact>,
    pub(super) impact: Option<Level>,
    pub(super) urgency: Option<Level>,
    pub(super) priority: Option<Rank>,
    pub(super) group: Option<String>,
    pub(super) assignee: Option<String>,
    pub(super) details: Details,
    pub(super) finals: Finals,
}

impl Row {
    /// Reads a record; the error is the oddity of a row that cannot be used.
    pub(super) fn read(record: &Record, header: &Header, zone: &Zone) -> Result<Self, Oddity> {
        let line = record.line;
        let number = number(record, header)?;
        let mut cells = Cells { record, header, zone, number: &number, oddities: Vec::new() };
        if record.is_mended {
            cells.note(OddityKind::NotUtf8, "bytes that are not UTF-8 were replaced by \u{fffd}");
        }
        let updated_at = cells.updated_at()?;
        let values = cells.values();
        let oddities = cells.oddities;
        Ok(Self { line, updated_at, values, oddities, number })
    }
}

/// The number of the incident a record belongs to.
pub(super) fn number(record: &Record, header: &Header) -> Result<String, Oddity> {
    const NUMBER_BYTES_MAX: usize = 64;
    let found = record.cells.len();
    let number = header.cell(&record.cells, Column::Number);
    if found != header.width {
        let reason = format!("{found} cells where the header has {}", header.width);
        let kind = OddityKind::WrongColumnCount;
        let number = number.filter(|number| number.len() <= NUMBER_BYTES_MAX);
        return Err(Oddity::new(record.line, number, kind, reason));
    }
    let kind = OddityKind::NumberUnusable;
    let Some(number) = number else {
        return Err(Oddity::new(record.line, None, kind, "there is no incident number"));
    };
    let is_plain = number.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_plain || number.len() > NUMBER_BYTES_MAX {
        let reason = format!("{:?} is not an incident number", shown(number));
        return Err(Oddity::new(record.line, None, kind, reason));
    }
    Ok(number.to_owned())
}

/// The cells of one record, read one by one; what cannot be read is noted.
struct Cells<'row> {
    record: &'row Record,
    header: &'row Header,
    zone: &'row Zone,
    number: &'row str,
    oddities: Vec<Oddity>,
}

impl Cells<'_> {
    fn values(&mut self) -> Values {
        let mut details = Details::default();
        for (detail, column) in Detail::COLUMNS {
            details.0[detail as usize] = self.text(column);
        }
        Values {
            state: self.state(),
            active: self.text(Column::Active),
            reassignment_count: self.read(Column::ReassignmentCount, |cell| cell.parse().ok()),
            reopen_count: self.read(Column::ReopenCount, |cell| cell.parse().ok()),
            mod_count: self.read(Column::ModCount, |cell| cell.parse().ok()),
            opened_by: self.text(Column::OpenedBy),
            opened_at: self.time(Column::OpenedAt),
            created_by: self.text(Column::CreatedBy),
            created_at: self.time(Column::CreatedAt),
            updated_by: self.text(Column::UpdatedBy),
            contact: self.read(Column::Contact, Contact::read),
            impact: self.read(Column::Impact, Level::read),
            urgency: self.read(Column::Urgency, Level::read),
            priority: self.read(Column::Priority, Rank::read),
            group: self.text(Column::Group),
            assignee: self.assignee(),
            details,
            finals: Finals {
                resolved_at: self.time(Column::ResolvedAt),
                closed_at: self.time(Column::ClosedAt),
                closed_code: self.text(Column::ClosedCode),
                resolved_by: self.text(Column::ResolvedBy),
            },
        }
    }

    fn updated_at(&self) -> Result<Timestamp, Oddity> {
        let cell = self.header.cell(&self.record.cells, Column::UpdatedAt);
        cell.and_then(|cell| self.zone.read(cell)).ok_or_else(|| {
            let reason = match cell {
                None => "there is no sys_updated_at, so the row has no time".to_owned(),
                Some(cell) => {
                    format!("sys_updated_at {:?} is not a time of the form d/m/yyyy HH:MM", shown(cell))
                }
            };
            let kind = OddityKind::UpdateTimeUnusable;
            Oddity::new(self.record.line, Some(self.number), kind, reason)
        })
    }

    fn state(&mut self) -> Option<State> {
        let Some(word) = self.text(Column::State) else {
            self.note(OddityKind::UnknownState, "there is no state; it counts as unchanged");
            return None;
        };
        let state = State::read(&word);
        if let State::Unknown(word) = &state {
            let reason = format!("{:?} is not a state; it changes no phase", shown(word));
            self.note(OddityKind::UnknownState, reason);
        }
        Some(state)
    }

    fn assignee(&mut self) -> Option<String> {
        let assignee = self.text(Column::Assignee);
        if assignee.is_none() && self.header.has(Column::Assignee) {
            self.note(OddityKind::AssigneeMissing, "nobody is assigned on this row");
        }
        assignee
    }

    fn time(&mut self, column: Column) -> Option<Timestamp> {
        let zone = self.zone;
        self.read(column, |cell| zone.read(cell))
    }

    fn read<Value>(&mut self, column: Column, reading: impl Fn(&str) -> Option<Value>) -> Option<Value> {
        let cell = self.header.cell(&self.record.cells, column)?;
        let value = reading(cell);
        if value.is_none() {
            let reason = format!("{} {:?} cannot be read; it counts as missing", column.name(), shown(cell));
            self.note(OddityKind::UnknownValue, reason);
        }
        value
    }

    fn text(&mut self, column: Column) -> Option<String> {
        let cell = self.header.cell(&self.record.cells, column)?;
        if cell.len() <= CELL_BYTES_MAX {
            return Some(cell.to_owned());
        }
        let end = (0..=CELL_BYTES_MAX).rev().find(|&end| cell.is_char_boundary(end)).unwrap_or(0);
        let cut = cell[..end].to_owned();
        let (name, length) = (column.name(), cell.len());
        let reason = format!("{name} is {length} bytes long; the first {end} were kept");
        self.note(OddityKind::CellTooLong, reason);
        Some(cut)
    }

    fn note(&mut self, kind: OddityKind, reason: impl Into<String>) {
        self.oddities.push(Oddity::new(self.record.line, Some(self.number), kind, reason));
    }
}
