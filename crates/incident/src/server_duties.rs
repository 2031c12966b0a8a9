//! What the server owes on an incident by itself: breaches (§3.3), escalation steps and questions (§3.5).
//!
//! The server knows no rule: it asks here what to do now and when to look again, does it, and looks again when
//! that instant comes or the incident changes. Whoever asks late is told everything that is due, once.

use crate::agreement::ClockKind;
use crate::clock::read;
use crate::command::{AdvanceEscalation, AskForecast, RecordBreach};
use crate::escalation::{self, Next};
use crate::log::Incident;
use crate::setup::Setup;
use crate::{Command, Timestamp};

/// A deed of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerDuty {
    /// A name that is the same for whoever finds this duty, so that it is done once.
    pub once: String,
    /// What to do.
    pub command: Command,
}

/// What is due now, and when to look again if nothing happens until then.
pub fn server_duties(
    incident: &Incident,
    setup: &Setup,
    now: Timestamp,
) -> (Vec<ServerDuty>, Option<Timestamp>) {
    if !incident.is_open() {
        return (Vec::new(), None);
    }
    let mut due = Vec::new();
    let mut next: Vec<Timestamp> = Vec::new();
    for kind in ClockKind::ALL {
        let reading = read(incident, setup, kind, now);
        match reading.breach() {
            Some(breach) if !incident.breaches.contains(&breach) => due.push(ServerDuty {
                once: format!("breach/{}/{}", kind.name(), breach.due.millis()),
                command: Command::RecordBreach(RecordBreach { incident: incident.id, clock: kind }),
            }),
            Some(_) => {}
            // A deadline that is reached is still met: it is broken a millisecond later (ruling 7).
            None => next.extend(reading.look_again().map(|due| due.plus_millis(1).max(now))),
        }
    }
    let steps = escalation::upcoming(incident, setup, now);
    next.extend(steps.iter().map(|step| step.due).filter(|due| *due > now));
    let mut is_advancing = false;
    for step in steps.iter().filter(|step| step.due <= now) {
        match step.what {
            Next::Ask { clock } => due.push(ServerDuty {
                once: format!(
                    "forecast/{}/{}/{}",
                    clock.name(),
                    incident.escalating.questions.len(),
                    step.due.millis()
                ),
                command: Command::AskForecast(AskForecast { incident: incident.id, clock }),
            }),
            // One deed takes all that is due.
            Next::Begin { .. } | Next::Step { .. } if !is_advancing => {
                is_advancing = true;
                due.push(advance(incident, step.due));
            }
            Next::Begin { .. } | Next::Step { .. } => {}
        }
    }
    (due, next.into_iter().min())
}

fn advance(incident: &Incident, due: Timestamp) -> ServerDuty {
    let runs = &incident.escalating.runs;
    let taken: usize = runs.iter().map(|run| run.taken.len()).sum();
    ServerDuty {
        once: format!("escalation/{}/{taken}/{}", runs.len(), due.millis()),
        command: Command::AdvanceEscalation(AdvanceEscalation { incident: incident.id }),
    }
}
