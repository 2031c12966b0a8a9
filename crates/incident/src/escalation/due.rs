//! What is due on an incident's escalations, from facts alone (§3.5): level-triggered, never queued.

use super::EscalationPath;
use super::cause::{self, Cause, Topic};
use super::forecast::open_question;
use super::path::{BoundPath, PathPlace};
use super::reach::reach;
use crate::agreement::ClockKind;
use crate::event::Fact;
use crate::log::Incident;
use crate::obligation::{self, Obligation};
use crate::setup::Setup;
use crate::{Duty, Timestamp};

/// Something that the server has to do at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueStep {
    /// When; it is done then or at once.
    pub due: Timestamp,
    /// What.
    pub what: Next,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A run begins.
    Begin {
        /// On which path.
        path: EscalationPath,
        /// In which version.
        bound: BoundPath,
        /// Why.
        cause: Cause,
        /// Causes of the same topic that stand back behind it.
        over: Vec<Cause>,
    },
    /// A run takes a step.
    Step {
        /// The run's place among the incident's runs.
        run: u32,
        /// The place on its path.
        place: PathPlace,
        /// Of its causes the one that holds.
        cause: Cause,
    },
    /// The resolver is asked whether a target can be met.
    Ask {
        /// The clock.
        clock: ClockKind,
    },
}

/// What is due now: beginnings first, then steps and questions.
pub fn due_steps(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<DueStep> {
    let mut all = upcoming(incident, setup, now);
    all.retain(|step| step.due <= now);
    all
}

/// When something falls due next, if nothing happens until then.
pub fn next_due(incident: &Incident, setup: &Setup, now: Timestamp) -> Option<Timestamp> {
    upcoming(incident, setup, now).into_iter().map(|step| step.due).filter(|due| *due > now).min()
}

/// What is due and what lies ahead, if nothing happens.
pub fn upcoming(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<DueStep> {
    if !incident.is_open() || setup.paths.is_empty() {
        return Vec::new();
    }
    let mut owed = obligation::of_incident(incident, setup, now);
    // An escalation that is owed is no cause of another one.
    owed.retain(|owed| !matches!(owed.duty, Duty::EscalateTechnical | Duty::EscalateManagerial));
    let mut all = Vec::new();
    for path in EscalationPath::ALL {
        all.extend(beginnings(path, incident, setup, &owed, now));
    }
    for live in incident.escalating.live(incident, setup, &owed, now) {
        let next = setup.path(live.run.bound).and_then(|path| live.run.next(path));
        let step = |place| Next::Step { run: live.number, place, cause: live.cause };
        all.extend(next.map(|(place, due)| DueStep { due, what: step(place) }));
    }
    all.extend(questions(incident, setup, now));
    all
}

fn beginnings(
    kind: EscalationPath,
    incident: &Incident,
    setup: &Setup,
    owed: &[Obligation],
    now: Timestamp,
) -> Vec<DueStep> {
    let Some(path) = setup.path_for(kind, incident, now) else { return Vec::new() };
    let mut causes = cause::of_triggers(path, incident, setup, owed, now);
    causes.retain(|(_, cause)| !incident.escalating.knows(incident, setup, kind, cause, now));
    causes.sort_by_key(|(due, cause)| (*due > now, cause.topic(), *due));
    let mut all: Vec<DueStep> = Vec::new();
    let mut last: Option<Topic> = None;
    for (due, cause) in causes {
        let what = Next::Begin { path: kind, bound: path.bound(), cause, over: Vec::new() };
        let mut step = DueStep { due, what };
        // Of those that are due together, the latest of a topic takes the place of the ones before.
        if due <= now
            && last == Some(cause.topic())
            && let (Some(before), Next::Begin { over, .. }) = (all.pop(), &mut step.what)
            && let Next::Begin { cause: first, over: others, .. } = before.what
        {
            over.extend(others.into_iter().chain([first]));
        }
        last = (due <= now).then(|| cause.topic());
        all.push(step);
    }
    all
}

/// The question is asked once a client, agreement and severity, and anew where its clock ran again, of somebody who is
/// there to answer it.
fn questions(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<DueStep> {
    let Some(held) = &incident.assignment else { return Vec::new() };
    let mut all: Vec<DueStep> = Vec::new();
    for kind in EscalationPath::ALL {
        let trigger = setup.path_for(kind, incident, now).and_then(|path| path.triggers.forecast);
        let Some(trigger) = trigger else { continue };
        let set = incident.severities.last().map(|in_force| in_force.at);
        let since = set.max(incident.promised_anew_at()).unwrap_or(incident.logged.at);
        let mut asked = incident.escalating.questions.iter().filter(|asked| asked.clock == trigger.clock);
        let is_asked = asked.any(|question| question.asked_at >= since && !question.is_void(incident));
        if is_asked || open_question(incident, setup, trigger.clock, now).is_some() {
            continue;
        }
        if let Some(due) = cause::used(incident, setup, (trigger.clock, trigger.ask_at_percent), now) {
            all.push(DueStep { due: due.max(held.at), what: Next::Ask { clock: trigger.clock } });
        }
    }
    all
}

/// The first fact of what is due now but questions, which are a deed of their own; whoever takes it in and asks
/// again gets the next one, until nothing is left.
pub(crate) fn next_fact(incident: &Incident, setup: &Setup, now: Timestamp) -> Option<Fact> {
    due_steps(incident, setup, now).into_iter().find_map(|step| match step.what {
        Next::Begin { path, bound, cause, over } => {
            Some(Fact::EscalationBegun { path, bound, cause, over, reason: String::new() })
        }
        Next::Step { run: number, place, cause } => {
            let run = incident.escalating.runs.get(usize::try_from(number).ok()?)?;
            let path = setup.path(run.bound)?;
            let failing = run.failing(incident, place, &cause);
            let reached = reach(path.call(place), incident, setup, &failing, now);
            let (told, passed_over) = (reached.told, reached.passed_over);
            Some(Fact::EscalationStepTaken { run: number, place, due: step.due, told, passed_over })
        }
        Next::Ask { .. } => None,
    })
}
