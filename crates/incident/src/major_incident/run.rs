//! The runs of a major incident process (§3.6): from its opening, or its opening again, to where it was stood down.
//!
//! Whoever led and heard in one run neither leads nor has heard in the next (decision 215). Who holds which post now
//! stands in `post`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{BridgeCall, MajorIncident, MajorRole, StandDown};
use crate::Timestamp;
use crate::compliance::{Mark, Trail};
use crate::event::{Event, Fact};

/// What is owed of a run, each where it was done for the first time in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunMarks {
    /// Somebody took the lead.
    pub led: Option<Mark>,
    /// A bridge call was opened.
    pub called: Option<Mark>,
    /// Management was told how it stands.
    pub briefed: Option<Mark>,
}

impl RunMarks {
    pub(super) fn take(&mut self, event: &Event) {
        let mark = match event.fact {
            Fact::MajorRoleAccepted { role: MajorRole::IncidentManager } => &mut self.led,
            Fact::BridgeOpened { .. } => &mut self.called,
            Fact::ManagementBriefed { .. } => &mut self.briefed,
            _ => return,
        };
        mark.get_or_insert(Mark { at: event.at, by: event.actor });
    }

    /// Without what a later run was the first to have.
    fn before(self, later: &Self) -> Self {
        let kept = |mark: Option<Mark>, theirs: Option<Mark>| mark.filter(|mark| theirs != Some(*mark));
        Self {
            led: kept(self.led, later.led),
            called: kept(self.called, later.called),
            briefed: kept(self.briefed, later.briefed),
        }
    }
}

/// One run of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// Since when.
    pub(crate) from: Timestamp,
    /// Where it was stood down.
    pub(crate) over: Option<Mark>,
    /// What was done in it.
    pub(crate) marks: RunMarks,
}

impl MajorIncident {
    /// Since when it runs, or ran last.
    pub(crate) fn runs_since(&self) -> Timestamp {
        self.stand_downs.iter().rev().find_map(|ended| ended.resumed_at).unwrap_or(self.declared_at)
    }

    /// Its runs, oldest first; the trail knows what was done first of all.
    pub(crate) fn runs(&self, trail: &Trail) -> Vec<Run> {
        let called = self.bridges.first().map(opened);
        let ever = RunMarks { led: trail.led, called, briefed: trail.briefed };
        let marks = self.stand_downs.iter().fold(ever, |first, ended| first.before(&ended.again));
        let mut runs = vec![Run { from: self.declared_at, over: None, marks }];
        for ended in &self.stand_downs {
            if let Some(run) = runs.last_mut() {
                run.over = Some(stood_down(ended));
            }
            runs.extend(ended.resumed_at.map(|from| Run { from, over: None, marks: ended.again }));
        }
        runs
    }
}

const fn opened(call: &BridgeCall) -> Mark {
    Mark { at: call.opened_at, by: call.opened_by }
}

const fn stood_down(ended: &StandDown) -> Mark {
    Mark { at: ended.said.at, by: ended.said.by }
}
