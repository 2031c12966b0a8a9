//! The bridge call (§3.6): who was on it, when, and who answered the roll. No conferencing system is asked;
//! what the scribe marks is the record.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::log::Statement;
use crate::{PersonId, Timestamp};

/// What is marked of somebody on the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "AttendanceMark")]
pub enum Mark {
    /// Came onto the call.
    Joined,
    /// Left it.
    Left,
}

/// One stretch of somebody on the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attendance {
    /// Who.
    pub person: PersonId,
    /// From when.
    pub joined_at: Timestamp,
    /// Until when; open while on it.
    pub left_at: Option<Timestamp>,
}

/// One roll call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RollCall {
    /// When.
    pub at: Timestamp,
    /// Who called it.
    pub by: PersonId,
    /// Who answered.
    pub attendees: Vec<PersonId>,
}

/// One bridge call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BridgeCall {
    /// Number or link, as one dials it.
    pub line: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// By whom.
    pub opened_by: PersonId,
    /// Who was on it, in the order of joining.
    pub attendance: Vec<Attendance>,
    /// Roll calls, oldest first.
    pub rolls: Vec<RollCall>,
    /// How it ended; open while absent.
    pub closed: Option<Statement>,
}

impl BridgeCall {
    /// Whether this person is on the call now.
    pub fn is_on(&self, person: PersonId) -> bool {
        self.attendance.iter().any(|attended| attended.person == person && attended.left_at.is_none())
    }

    fn join(&mut self, person: PersonId, at: Timestamp) {
        if !self.is_on(person) {
            self.attendance.push(Attendance { person, joined_at: at, left_at: None });
        }
    }

    fn leave(&mut self, is_gone: impl Fn(PersonId) -> bool, at: Timestamp) {
        let here = self.attendance.iter_mut().filter(|attended| attended.left_at.is_none());
        here.filter(|attended| is_gone(attended.person)).for_each(|attended| attended.left_at = Some(at));
    }

    /// Whoever answers is on the call; whoever was marked and does not answer has left unseen.
    fn roll(&mut self, attendees: &[PersonId], event: &Event) {
        attendees.iter().for_each(|person| self.join(*person, event.at));
        self.leave(|person| !attendees.contains(&person), event.at);
        self.rolls.push(RollCall { at: event.at, by: event.actor, attendees: attendees.to_vec() });
    }
}

pub(super) fn take(bridges: &mut Vec<BridgeCall>, event: &Event) {
    if let Fact::BridgeOpened { line } = &event.fact {
        bridges.push(BridgeCall {
            line: line.clone(),
            opened_at: event.at,
            opened_by: event.actor,
            attendance: Vec::new(),
            rolls: Vec::new(),
            closed: None,
        });
    }
    let Some(call) = bridges.last_mut().filter(|call| call.closed.is_none()) else { return };
    match &event.fact {
        Fact::AttendanceMarked { person, mark: Mark::Joined } => call.join(*person, event.at),
        Fact::AttendanceMarked { person, mark: Mark::Left } => call.leave(|gone| gone == *person, event.at),
        Fact::RollCalled { attendees } => call.roll(attendees, event),
        Fact::BridgeClosed { text } => {
            call.leave(|_| true, event.at);
            call.closed = Some(super::said(event, text));
        }
        _ => {}
    }
}
