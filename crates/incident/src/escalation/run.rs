//! Runs (§3.5): one escalation along one version of a path, as its events tell of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cause::{Cause, Topic};
use super::path::{BoundPath, DefinedPath, PathPlace};
use super::reach::PassedOver;
use super::{EscalationPath, ForecastAnswer, ForecastQuestion};
use crate::agreement::ClockKind;
use crate::clock;
use crate::event::{Event, Fact};
use crate::log::Incident;
use crate::setup::Setup;
use crate::{MINUTE, PersonId, Timestamp};

/// What an incident's record keeps of its escalations along paths.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Escalating {
    /// The runs, oldest first; events name them by their place here.
    pub runs: Vec<Run>,
    /// Questions whether a target can be met, oldest first.
    pub questions: Vec<ForecastQuestion>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Run {
    /// Technical or managerial.
    pub path: EscalationPath,
    /// The version it follows.
    pub bound: BoundPath,
    /// What began it.
    pub cause: Cause,
    /// Causes of the same topic that were found with it, and begin no run of their own.
    pub over: Vec<Cause>,
    /// Who began it.
    pub by: PersonId,
    /// What they said.
    pub reason: String,
    /// When it began.
    pub began_at: Timestamp,
    /// The steps taken, oldest first.
    pub taken: Vec<TakenStep>,
    /// The acknowledgement of its last step.
    pub acknowledged: Option<Acknowledgement>,
    /// When somebody else than whoever began it took notice for the first time; runs of before that was kept know of
    /// their last step alone.
    #[serde(default)]
    pub first_acknowledged_at: Option<Timestamp>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakenStep {
    /// Where on the path.
    pub place: PathPlace,
    /// When it was due.
    pub due: Timestamp,
    /// When it was taken.
    pub at: Timestamp,
    /// Who was called; nobody is a failed step.
    pub told: BTreeSet<PersonId>,
    /// Who was not, and why.
    pub passed_over: Vec<PassedOver>,
}

/// Somebody took notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Acknowledgement {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Until when it silences the run.
    pub until: Timestamp,
}

impl Escalating {
    pub(crate) fn take(&mut self, event: &Event) {
        match &event.fact {
            Fact::EscalationBegun { path, bound, cause, over, reason } => self.runs.push(Run {
                path: *path,
                bound: *bound,
                cause: *cause,
                over: over.clone(),
                by: event.actor,
                reason: reason.clone(),
                began_at: event.at,
                taken: Vec::new(),
                acknowledged: None,
                first_acknowledged_at: None,
            }),
            Fact::EscalationStepTaken { run, place, due, told, passed_over } => {
                if let Some(run) = self.run_mut(*run) {
                    run.acknowledged = None;
                    run.taken.push(TakenStep {
                        place: *place,
                        due: *due,
                        at: event.at,
                        told: told.clone(),
                        passed_over: passed_over.clone(),
                    });
                }
            }
            Fact::EscalationAcknowledged { run, until } => self.acknowledge(*run, event, *until),
            Fact::ForecastAsked { clock, of, answer_by } => self.questions.push(ForecastQuestion {
                clock: *clock,
                of: *of,
                asked_at: event.at,
                answer_by: *answer_by,
                answer: None,
            }),
            Fact::ForecastAnswered { answer, reason, clock } => {
                // Answers of before several could be open name no clock: they were to the latest question.
                let is_meant = |one: &&mut ForecastQuestion| clock.is_none_or(|clock| one.clock == clock);
                let open = |one: &&mut ForecastQuestion| one.answer.is_none() && is_meant(one);
                if let Some(question) = self.questions.iter_mut().rfind(open) {
                    let (by, at, reason) = (event.actor, event.at, reason.clone());
                    question.answer = Some(ForecastAnswer { by, at, word: *answer, reason });
                }
            }
            _ => {}
        }
    }

    fn run_mut(&mut self, number: u32) -> Option<&mut Run> {
        self.runs.get_mut(usize::try_from(number).ok()?)
    }

    /// Whoever takes notice of a run takes notice of those in whose place it calls.
    fn acknowledge(&mut self, number: u32, event: &Event, until: Timestamp) {
        let Some(named) = self.run_mut(number) else { return };
        named.acknowledge(event, until);
        let (path, topic) = (named.path, named.cause.topic());
        if topic.is_lasting() {
            let earlier = self.runs.iter_mut().zip(0..number).map(|(run, _)| run);
            let replaced = earlier.filter(|run| run.path == path && run.cause.topic() == topic);
            replaced.for_each(|run| run.acknowledge(event, until));
        }
    }

    /// Whether a cause has begun a run on this path, or stood back behind one. What was found of another target is no
    /// word of this one's (trap 12).
    pub(super) fn knows(
        &self,
        incident: &Incident,
        setup: &Setup,
        path: EscalationPath,
        cause: &Cause,
        now: Timestamp,
    ) -> bool {
        let is_about_it = |run: &Run| run.path == path && run.causes().any(|known| known.is_same_as(cause));
        let is_of_now = |run: &Run| !cause.is_of_a_target() || run.is_of_this_target(incident, setup, now);
        self.runs.iter().any(|run| is_about_it(run) && is_of_now(run))
    }

    /// Whether the path was walked to somebody at or after an instant.
    pub(crate) fn reached_since(&self, path: EscalationPath, since: Timestamp) -> bool {
        self.delivered(path).any(|(_, step)| step.at >= since)
    }

    /// The steps on a path that reached somebody, with their runs.
    pub(crate) fn delivered(&self, path: EscalationPath) -> impl Iterator<Item = (&Run, &TakenStep)> {
        let on_path = self.runs.iter().filter(move |run| run.path == path);
        let steps = on_path.flat_map(|run| run.taken.iter().map(move |step| (run, step)));
        steps.filter(|(_, step)| !step.told.is_empty())
    }
}

impl Run {
    fn acknowledge(&mut self, event: &Event, until: Timestamp) {
        if event.actor != self.by {
            self.first_acknowledged_at.get_or_insert(event.at);
        }
        self.acknowledged = Some(Acknowledgement { by: event.actor, at: event.at, until });
    }

    /// What it is about: its cause, then those that stood back behind it, the latest first.
    pub(super) fn causes(&self) -> impl Iterator<Item = &Cause> {
        [&self.cause].into_iter().chain(self.over.iter().rev())
    }

    /// Whether the target that it may be about is the one that counts now: no other agreement or client has come since
    /// it began, and its clock has not started anew.
    pub(super) fn is_of_this_target(&self, incident: &Incident, setup: &Setup, now: Timestamp) -> bool {
        let started = match self.cause.topic() {
            Topic::Clock(kind) => Some(clock::read(incident, setup, kind, now).started),
            Topic::Duty(_) | Topic::Acceptance | Topic::ByHand(_) => None,
        };
        incident.promised_anew_at().max(started).is_none_or(|since| since <= self.began_at)
    }

    /// Whether both are about one topic on one path: of those only one calls.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.path == other.path && self.cause.topic() == other.cause.topic()
    }

    /// The next place and when it is due; `None` once the last resort was called. An acknowledgement that ends
    /// calls the same place again (trap 52), a step that reached nobody leads on at once (trap 49), and delays
    /// count from when a step was taken, so that a late server catches up with one (traps 48, 56).
    pub(super) fn next(&self, path: &DefinedPath) -> Option<(PathPlace, Timestamp)> {
        let Some(last) = self.taken.last() else { return Some((PathPlace::FIRST, self.began_at)) };
        if let Some(acknowledged) = &self.acknowledged {
            return Some((last.place, acknowledged.until));
        }
        let (next, minutes) = path.after(last.place)?;
        let delay = if last.told.is_empty() { 0 } else { i64::from(minutes) * MINUTE };
        Some((next, last.at.plus_millis(delay)))
    }

    /// Who is not to be called at a place: whoever is failing, and whoever did not answer earlier in the round
    /// (trap 50). The last resort is called in any case.
    pub(super) fn failing(&self, incident: &Incident, place: PathPlace, cause: &Cause) -> BTreeSet<PersonId> {
        let Some(round) = place.round() else { return BTreeSet::new() };
        let mut all = BTreeSet::new();
        let is_in_breach = incident.breaches.iter().any(|breach| match breach.clock {
            ClockKind::Response => incident.responded_at().is_none(),
            ClockKind::Restoration => incident.restored.is_none(),
            ClockKind::Resolution => incident.stopped_at().is_none(),
        });
        if is_in_breach || cause.is_failure() {
            all.extend(incident.assignment.as_ref().map(|held| held.to));
        }
        match cause {
            Cause::DutyLapsed { owner, .. } => all.extend(*owner),
            Cause::NotAccepted { person, .. } => all.extend([*person]),
            Cause::ByHand { .. } => all.extend([self.by]),
            Cause::Budget { .. } | Cause::CannotBeMet { .. } => {}
        }
        let earlier =
            self.taken.iter().filter(|step| step.place != place && step.place.round() == Some(round));
        all.extend(earlier.flat_map(|step| &step.told));
        all
    }

    /// Whether anybody else than whoever began it ever took notice: what is called again later was answered all the
    /// same.
    pub(crate) fn was_answered(&self) -> bool {
        let is_answer = |noticed: &Acknowledgement| noticed.by != self.by;
        self.first_acknowledged_at.is_some() || self.acknowledged.as_ref().is_some_and(is_answer)
    }

    /// Whether this person called for more hands or means with it: somebody else answers that.
    pub(crate) fn is_asked_by(&self, person: PersonId) -> bool {
        self.cause.needs_resources() && self.by == person
    }

    /// Who has been called, in any step.
    pub fn told(&self) -> BTreeSet<PersonId> {
        self.taken.iter().flat_map(|step| step.told.iter().copied()).collect()
    }
}
