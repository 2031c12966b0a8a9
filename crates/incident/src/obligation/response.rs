//! What the response clock asks for, by whatever the agreement takes for the response (§6; ruling 2): to be assessed
//! and assigned in every case, then to be accepted, or a first word that reaches the client.

use super::{Duties, Duty, Obligation};
use crate::agreement::{ClockKind, ResponseReading};
use crate::clock::Reading;
use crate::{Role, Verb, communication};

impl Duties<'_> {
    /// Assess, assign, and accept where acceptance is what stops the clock.
    pub(super) fn respond(&self, readings: &[Reading]) -> Option<Obligation> {
        if self.incident.responded_at().is_none() {
            return Some(self.assess_and_assign(readings));
        }
        running(readings, ResponseReading::AssessedAndAccepted)?;
        let why = "The response is given once the assignment is accepted.";
        let mut duty =
            self.owed(Duty::AssessAndAssign, Role::ServiceDesk, "§6", why, &[Verb::AcceptAssignment]);
        duty.owner.person = self.assignee();
        Some(self.timed(duty, readings, ClockKind::Response))
    }

    fn assess_and_assign(&self, readings: &[Reading]) -> Obligation {
        let mut verbs = Vec::new();
        if self.incident.assessed.is_none() {
            verbs.push(Verb::Assess);
        }
        if self.incident.assignment.is_none() {
            verbs.push(Verb::Assign);
        }
        let why = "Response is given once it is assessed and assigned to a person.";
        let mut duty = self.owed(Duty::AssessAndAssign, Role::ServiceDesk, "§6", why, &verbs);
        duty.owner.person = self.assignee();
        self.timed(duty, readings, ClockKind::Response)
    }

    /// What is owed to the client, with the first reply where that is what stops the clock. One word of the fifteen
    /// stands for one thing to do: where the client is to be told already, the earlier time counts. A clock that stands
    /// still takes no time from a notice that is owed all the same.
    pub(super) fn tell(&self, readings: &[Reading]) -> Vec<Obligation> {
        let mut all = communication::duties(self.incident, self.setup);
        if running(readings, ResponseReading::FirstReply).is_none() {
            return all;
        }
        let reply =
            self.timed(communication::first_reply(self.incident, self.setup), readings, ClockKind::Response);
        match all.iter_mut().find(|owed| owed.duty == Duty::TellClient) {
            None => all.push(reply),
            Some(owed) if !reply.paused && is_sooner(&reply, owed) => *owed = reply,
            Some(_) => {}
        }
        all
    }
}

/// Whether one is due before the other, which may have no time at all.
fn is_sooner(one: &Obligation, other: &Obligation) -> bool {
    other.due.is_none_or(|due| one.due.is_some_and(|sooner| sooner < due))
}

/// The response clock, where it runs on and the agreement reads it so.
fn running(readings: &[Reading], response: ResponseReading) -> Option<&Reading> {
    readings.iter().find(|reading| reading.response == Some(response) && reading.is_live())
}
