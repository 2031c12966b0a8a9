//! Which runs still call somebody, and about what (§3.5): never about what is over (trap 54, decision 180).
//!
//! It also keeps the calls for more hands that nobody has answered: those are owed an answer until the record is
//! closed, whether their run still calls or not (decision 181).

use super::run::{Escalating, Run};
use super::{Cause, TakenStep};
use crate::agreement::ClockKind;
use crate::log::Incident;
use crate::obligation::Obligation;
use crate::setup::Setup;
use crate::{PersonId, Timestamp};

/// A run that may still call somebody.
pub(crate) struct LiveRun<'a> {
    /// Its place among the incident's runs.
    pub(crate) number: u32,
    /// The run.
    pub(crate) run: &'a Run,
    /// Of what it is about, the latest that still holds.
    pub(crate) cause: Cause,
}

impl Escalating {
    /// The runs that may still call somebody, oldest first. Of those about one topic the latest that still holds calls;
    /// once it is over, the one before goes on where it stopped.
    pub(crate) fn live<'a>(
        &'a self,
        incident: &Incident,
        setup: &Setup,
        owed: &[Obligation],
        now: Timestamp,
    ) -> Vec<LiveRun<'a>> {
        let mut all: Vec<LiveRun<'a>> = Vec::new();
        if !incident.is_open() {
            return all;
        }
        for (place, run) in self.runs.iter().enumerate().rev() {
            if all.iter().any(|later| later.run.is_like(run)) {
                continue;
            }
            let is_of_now = || run.is_of_this_target(incident, setup, now);
            let stands = |cause: &&Cause| !cause.ends_with_its_target() || is_of_now();
            let cause = run.causes().filter(stands).find(|cause| cause.holds(incident, setup, owed, now));
            let number = u32::try_from(place).ok();
            all.extend(number.zip(cause).map(|(number, cause)| LiveRun { number, run, cause: *cause }));
        }
        all.reverse();
        all
    }

    /// The calls for more hands or means that nobody has answered, with their numbers.
    pub(crate) fn unanswered(&self) -> impl Iterator<Item = (u32, &Run)> {
        let numbered = (0_u32..).zip(&self.runs);
        numbered.filter(|(_, run)| run.cause.needs_resources() && !run.was_answered())
    }

    /// Of the unanswered calls those for which nothing calls any more: no later run on their path waits to be
    /// acknowledged.
    pub(crate) fn left_unanswered(&self, live: &[LiveRun<'_>]) -> Vec<(u32, &Run)> {
        let is_called = |number: u32, run: &Run| {
            let mut waiting = live.iter().filter(|one| one.run.acknowledged.is_none());
            waiting.any(|one| one.number >= number && one.run.is_like(run))
        };
        self.unanswered().filter(|(number, run)| !is_called(*number, run)).collect()
    }

    /// Whether a run, or a later one like it, has called this person.
    pub(crate) fn has_called(&self, (number, run): (u32, &Run), person: PersonId) -> bool {
        let later = (0_u32..).zip(&self.runs).filter(|(place, _)| *place >= number);
        later.filter(|(_, later)| later.is_like(run)).any(|(_, later)| later.told().contains(&person))
    }

    /// Whether a step tells of a promise that was broken: it came after that, or before, with the word that this very
    /// promise cannot be kept and nobody saying since that it can (decision 98).
    pub(crate) fn tells_of(
        &self,
        (run, step): (&Run, &TakenStep),
        kind: ClockKind,
        promised_since: Timestamp,
        broken_at: Timestamp,
    ) -> bool {
        let is_word = run.cause.foretells(kind) && step.at >= promised_since;
        step.at >= broken_at || (is_word && !self.is_taken_back(kind, run.began_at, broken_at))
    }

    /// Whether the resolver said between two instants that the target can be met.
    fn is_taken_back(&self, kind: ClockKind, since: Timestamp, until: Timestamp) -> bool {
        let questions = self.questions.iter().filter(|question| question.clock == kind);
        let mut words = questions.filter_map(|question| question.answer.as_ref());
        words.any(|word| !word.is_no() && since < word.at && word.at <= until)
    }
}
