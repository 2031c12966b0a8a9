//! On one incident: what its clocks, its escalations and the client's silence have come to.

use super::{ServerDuty, sooner};
use crate::agreement::ClockKind;
use crate::clock::{self, Reading, promised};
use crate::closing::{Silence, silence};
use crate::command::{AdvanceEscalation, AskForecast, AutoClose, RecordBreach, RecordCap};
use crate::escalation::{self, Next};
use crate::event::Subject;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{Command, Timestamp};

pub(super) fn duties(
    incident: &Incident,
    setup: &Setup,
    now: Timestamp,
) -> (Vec<ServerDuty>, Option<Timestamp>) {
    let mut all = Found { incident, now, due: Vec::new(), next: None };
    ClockKind::ALL.into_iter().for_each(|clock| all.breach(setup, clock));
    all.caps(setup);
    all.escalations(setup);
    all.silence(setup);
    (all.due, all.next)
}

/// On a closed incident whose first reply came back afterwards: that promise may be broken yet (decision 92).
pub(super) fn after_the_end(
    incident: &Incident,
    setup: &Setup,
    now: Timestamp,
) -> (Vec<ServerDuty>, Option<Timestamp>) {
    let mut all = Found { incident, now, due: Vec::new(), next: None };
    all.breach(setup, ClockKind::Response);
    (all.due, all.next)
}

/// What was found so far.
struct Found<'a> {
    incident: &'a Incident,
    now: Timestamp,
    due: Vec<ServerDuty>,
    next: Option<Timestamp>,
}

impl Found<'_> {
    fn owe(&mut self, once: String, command: Command) {
        self.due.push(ServerDuty { subject: Subject::Incident(self.incident.id), once, command });
    }

    fn look_again(&mut self, at: Timestamp) {
        self.next = sooner(self.next, Some(at));
    }

    fn breach(&mut self, setup: &Setup, clock: ClockKind) {
        let incident = self.incident.id;
        let promised = promised(self.incident, setup, clock, self.now);
        let mut broken = promised.iter().filter_map(|promised| promised.reading.breach());
        if let Some(breach) = broken.find(|breach| !self.incident.breaches.contains(breach)) {
            self.owe(
                format!("breach/{}/{}", clock.name(), breach.due.millis()),
                Command::RecordBreach(RecordBreach { incident, clock }),
            );
        } else if let Some(due) = promised.last().and_then(|own| self.next_deadline(&own.reading)) {
            // A deadline that is reached is still met: it is broken a millisecond later (ruling 7).
            self.look_again(due.plus_millis(1).max(self.now));
        }
    }

    /// When the promise to the present client may be broken; once it was, that is on record for good, unless it was
    /// recorded wrongly.
    fn next_deadline(&self, reading: &Reading) -> Option<Timestamp> {
        match (reading.breach(), reading.corrected) {
            (None, _) => reading.look_again(),
            (Some(_), None) => None,
            (Some(_), Some(_)) => reading.look_again().filter(|due| *due >= self.now),
        }
    }

    /// The clocks run on at their cap by themselves; that they do is told (decision 212).
    fn caps(&mut self, setup: &Setup) {
        for cap in clock::caps(self.incident, setup) {
            if cap.at <= self.now {
                let once = format!("cap/{}", cap.at.millis());
                self.owe(once, Command::RecordCap(RecordCap { incident: self.incident.id }));
            } else {
                self.look_again(cap.at);
            }
        }
    }

    fn escalations(&mut self, setup: &Setup) {
        let (incident, escalating) = (self.incident.id, &self.incident.escalating);
        let mut is_advancing = false;
        for step in escalation::upcoming(self.incident, setup, self.now) {
            if step.due > self.now {
                self.look_again(step.due);
                continue;
            }
            match step.what {
                Next::Ask { clock } => {
                    let asked = escalating.questions.len();
                    let once = format!("forecast/{}/{asked}/{}", clock.name(), step.due.millis());
                    self.owe(once, Command::AskForecast(AskForecast { incident, clock }));
                }
                // One deed takes all that is due.
                Next::Begin { .. } | Next::Step { .. } if !is_advancing => {
                    is_advancing = true;
                    let taken: usize = escalating.runs.iter().map(|run| run.taken.len()).sum();
                    let once = format!("escalation/{}/{taken}/{}", escalating.runs.len(), step.due.millis());
                    self.owe(once, Command::AdvanceEscalation(AdvanceEscalation { incident }));
                }
                Next::Begin { .. } | Next::Step { .. } => {}
            }
        }
    }

    fn silence(&mut self, setup: &Setup) {
        match silence(self.incident, setup) {
            Silence::Closes { at } if at <= self.now => self.owe(
                format!("auto_close/{}", at.millis()),
                Command::AutoClose(AutoClose { incident: self.incident.id }),
            ),
            Silence::Closes { at } => self.look_again(at),
            Silence::NoRule
            | Silence::Major
            | Silence::Grave
            | Silence::Parent
            | Silence::Broken
            | Silence::InDebt => {}
        }
    }
}
