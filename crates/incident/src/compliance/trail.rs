//! Where entries stand in the log whose value alone the record keeps: a verdict cites the entry itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::{PersonId, Timestamp};

/// An entry of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// The entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Trail {
    /// It was categorised, for the first time.
    pub categorised: Option<Mark>,
    /// Its urgency was set, for the first time.
    pub urgency_set: Option<Mark>,
    /// The latest resolution step.
    pub last_step: Option<Mark>,
}

impl Trail {
    /// Notes where an entry stands.
    pub(crate) fn take(&mut self, event: &Event) {
        let mark = Mark { at: event.at, by: event.actor };
        match event.fact {
            Fact::Categorised { .. } => {
                self.categorised.get_or_insert(mark);
            }
            Fact::UrgencyChanged { .. } => {
                self.urgency_set.get_or_insert(mark);
            }
            Fact::ResolutionStepRecorded { .. } => self.last_step = Some(mark),
            // Every other fact leaves its own stamp in the record.
            _ => {}
        }
    }
}
