//! What was out of the ordinary in the file: each with its line, and counted.

use std::collections::BTreeMap;

use serde::Serialize;

/// One thing the importer survived; printed as one line of NDJSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Oddity {
    /// The line of the file, the header being line 1.
    pub line: u64,
    /// The incident's number, where it could be read.
    pub incident: Option<String>,
    /// Which oddity.
    pub kind: OddityKind,
    /// Whether the row went unused; otherwise it was used as the reason says.
    pub unused_row: bool,
    /// What was found and what was done about it.
    pub reason: String,
}

impl Oddity {
    /// An oddity of a line and, where it is known, its incident.
    pub(super) fn new(
        line: u64,
        incident: Option<&str>,
        kind: OddityKind,
        reason: impl Into<String>,
    ) -> Self {
        let incident = incident.map(str::to_owned);
        Self { line, incident, kind, unused_row: kind.is_unused_row(), reason: reason.into() }
    }
}

/// The kinds of oddity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OddityKind {
    /// A known column is missing from the whole file.
    ColumnAbsent,
    /// A column nothing reads.
    ColumnUnread,
    /// The file ended in the middle (truncated or damaged gzip).
    FileCutShort,
    /// Row unused: more or fewer cells than the header.
    WrongColumnCount,
    /// Row unused: a quotation mark opens and nothing closes it.
    QuoteUnclosed,
    /// Row unused: longer than a record may be.
    RecordTooLong,
    /// Row unused: no usable incident number.
    NumberUnusable,
    /// Row unused: the update time cannot be read.
    UpdateTimeUnusable,
    /// Row unused: the same row once more.
    DuplicateRow,
    /// Row unused: the incident already has as many rows as one may have.
    TooManyRows,
    /// Row unused: the file breaks off before the last row of its incident.
    IncidentCutShort,
    /// Bytes that are not UTF-8, replaced by marks.
    NotUtf8,
    /// A cell longer than a cell may be, cut.
    CellTooLong,
    /// A state that is not ServiceNow's (`-100`), or none.
    UnknownState,
    /// A value of another column that could not be read.
    UnknownValue,
    /// Nobody is assigned on this row.
    AssigneeMissing,
    /// An update time earlier than the row before.
    UpdatedBackwards,
    /// The modification counter does not rise.
    ModCountBackwards,
    /// Rows of one incident are not together.
    RowsScattered,
    /// Final values stand on rows written before the incident was resolved.
    FinalValueEarly,
    /// A "final" value differs between rows.
    FinalValueVaries,
    /// Closed, and no `resolved_at` on any row.
    ResolvedAtMissing,
    /// `resolved_at` is not the time of the row that went to Resolved.
    ResolvedAtDisagrees,
    /// The first row is not *New*: the log does not show the beginning.
    NotStartingNew,
    /// From Closed back to work.
    ReopenedAfterClosed,
    /// Closed on a row after a Closed row.
    ClosedAgain,
    /// Closed without ever having been Resolved.
    ClosedWithoutResolved,
    /// Never closed in this file.
    NeverClosed,
    /// `active` contradicts the state.
    ActiveDisagrees,
    /// `opened_at` lies after receipt or after the first update.
    OpenedAfterUpdate,
    /// `opened_at` is missing, or differs between rows.
    OpenedAtUncertain,
    /// No row says how the incident was reported.
    ContactMissing,
    /// No readable impact or urgency on any row.
    LevelMissing,
    /// Another file brought this incident before, with as many rows.
    AlreadyImported,
    /// Another file brought this incident before, with more rows or fewer.
    ImportedOtherwise,
    /// `priority` is not what impact and urgency give.
    PriorityDisagrees,
    /// `reassignment_count` is not the number of group changes the rows show.
    ReassignmentsDisagree,
    /// `reopen_count` is not the number of reopenings the rows show.
    ReopensDisagree,
}

impl OddityKind {
    /// Whether the row could not be used at all.
    pub const fn is_unused_row(self) -> bool {
        matches!(
            self,
            Self::WrongColumnCount
                | Self::QuoteUnclosed
                | Self::RecordTooLong
                | Self::NumberUnusable
                | Self::UpdateTimeUnusable
                | Self::DuplicateRow
                | Self::TooManyRows
                | Self::IncidentCutShort
        )
    }
}

/// What an import found, in numbers; the oddities themselves go to a file, one per line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows that became part of a history.
    pub used_rows: u64,
    /// Rows that did not, each one reported.
    pub unused_rows: u64,
    /// Incidents.
    pub incidents: u64,
    /// How often each kind was met.
    pub counts: BTreeMap<OddityKind, u64>,
    /// The first few of each kind, to look at at once.
    pub examples: Vec<Oddity>,
}

impl Report {
    /// Examples kept per kind.
    const EXAMPLES_PER_KIND: u64 = 3;

    /// Counts one oddity.
    pub fn note(&mut self, oddity: &Oddity) {
        let count = self.counts.entry(oddity.kind).or_default();
        *count += 1;
        if *count <= Self::EXAMPLES_PER_KIND {
            self.examples.push(oddity.clone());
        }
        if oddity.unused_row {
            self.unused_rows += 1;
        }
    }

    /// Counts one history with its oddities.
    pub fn note_history(&mut self, history: &super::History) {
        self.incidents += 1;
        self.used_rows += u64::from(history.rows);
        for oddity in &history.oddities {
            self.note(oddity);
        }
    }

    /// How often a kind was met.
    pub fn count(&self, kind: OddityKind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }
}
