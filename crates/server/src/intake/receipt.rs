//! What a tool is told of its alerts.

use incident::SignalId;
use serde::Serialize;

use super::reading::{Reading, ReadingKind};

/// The answer to a body that was read.
#[derive(Debug, Clone, Serialize)]
pub struct Receipt {
    /// One line a reading, in order.
    pub readings: Vec<Taken>,
    /// What an operator should know of the body as a whole.
    pub note: Option<String>,
}

/// What became of one reading.
#[derive(Debug, Clone, Serialize)]
pub struct Taken {
    /// What makes its repeats the same.
    pub key: String,
    /// The alert's name.
    pub name: String,
    /// Its one line.
    pub summary: String,
    /// What it claimed.
    pub kind: ReadingKind,
    /// How bad its tool calls it.
    pub severity: Option<String>,
    /// What was done.
    pub action: Action,
    /// The signal it raised or counts on.
    pub signal: Option<SignalId>,
}

/// What was done with a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It waits in triage as a signal of its own.
    Raised,
    /// It counts on a signal that is there.
    Repeated,
    /// Its recovery stands on the timeline; a person confirms it.
    Recovered,
    /// Read and logged; nothing waits for anybody.
    Noted,
    /// It counts on one signal together with many others; the body is kept.
    RolledUp,
}

impl Taken {
    pub(super) fn new(reading: &Reading, action: Action, signal: Option<SignalId>) -> Self {
        Self {
            key: reading.source_key.clone(),
            name: reading.name.clone(),
            summary: reading.summary.clone(),
            kind: reading.kind,
            severity: reading.severity_label.clone(),
            action,
            signal,
        }
    }
}
