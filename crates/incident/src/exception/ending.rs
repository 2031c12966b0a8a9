//! The end of an exception (§4.2): it comes by itself, by the minute, and whoever has it is warned before.

use super::record::{Exception, ExceptionState};
use crate::clock::Attention;
use crate::event::Subject;
use crate::obligation::{Duty, Obligation, Owner};
use crate::oversight::Oversight;
use crate::setup::Setup;
use crate::{MINUTE, PersonId, Role, Severity, Timestamp, Verb};

/// When whoever has an exception is warned of its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndWarning {
    /// It is not in force, so that nothing ends.
    NotInForce,
    /// No time before the end is configured.
    NotConfigured,
    /// From this instant on.
    From {
        /// When.
        at: Timestamp,
    },
}

impl Exception {
    /// When broken glass that nobody decides on lapses. An answer that its author owes gives more time once it is
    /// there, and none before: whoever acted alone gains nothing by silence.
    pub fn lapses_at(&self) -> Option<Timestamp> {
        self.application.decide_by.filter(|_| self.is_undecided() && self.application.is_break_glass)
    }

    /// Whether the time to decide stands still: it waits for its first answer.
    pub(super) fn is_held_up(&self) -> bool {
        self.state == ExceptionState::Returned && self.questions.len() == 1
    }

    /// When it ends by itself; none where it is not in force.
    pub fn expires_at(&self) -> Option<Timestamp> {
        (self.state == ExceptionState::Granted).then(|| self.until())
    }

    /// When whoever has it is warned of its end.
    pub fn end_warning(&self, setup: &Setup) -> EndWarning {
        let Some(until) = self.expires_at() else { return EndWarning::NotInForce };
        let rules = Oversight::at(setup, self.requested_at).exceptions;
        match rules.warn_before_minutes {
            None => EndWarning::NotConfigured,
            // One that is shorter than that is warned of from its beginning on.
            Some(minutes) => {
                let at = until.plus_millis(-(i64::from(minutes) * MINUTE));
                EndWarning::From { at: at.max(self.request().begins_at) }
            }
        }
    }

    /// Before the end whoever asked for it, and whoever approved it, sees to what comes after.
    pub(super) fn ending(&self, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
        let (EndWarning::From { at }, Some(until)) = (self.end_warning(setup), self.expires_at()) else {
            return Vec::new();
        };
        if now < at || until <= now {
            return Vec::new();
        }
        let works_here = |id: &PersonId| setup.people.get(id).is_some_and(|person| person.active);
        let mut people = vec![self.requested_by];
        people.extend(self.approvals.iter().map(|word| word.by));
        people.retain(works_here);
        people.dedup();
        let of_person = |person| Owner { person: Some(person), role: Role::Personnel };
        let mut owners: Vec<_> = people.into_iter().map(of_person).collect();
        if owners.is_empty() {
            owners.push(Owner { person: None, role: Role::Supervisor });
        }
        owners.into_iter().map(|owner| self.warning(owner, at, until)).collect()
    }

    fn warning(&self, owner: Owner, at: Timestamp, until: Timestamp) -> Obligation {
        let clause = &self.request().clause;
        let attention = Attention { watch: at, caution: at, ..Attention::between(at, until) };
        Obligation {
            subject: Subject::Exception(self.id),
            duty: Duty::DecideException,
            owner,
            due: Some(until),
            attention: Some(attention),
            clock: None,
            paused: false,
            severity: self.application.severity.unwrap_or(Severity::Four),
            clause: "§4.2".into(),
            why: format!(
                "The exception ends, and {clause} holds again: keep to it, or request a renewal before."
            ),
            fulfilled_by: vec![Verb::RequestException, Verb::RevokeException],
        }
    }
}
