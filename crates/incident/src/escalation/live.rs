//! Which runs still call somebody, and about what (§3.5): never about what is over (trap 54, decision 180).

use super::Cause;
use super::run::{Escalating, Run};
use crate::Timestamp;
use crate::log::Incident;
use crate::obligation::Obligation;
use crate::setup::Setup;

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
            let cause = run.causes().find(|cause| cause.holds(incident, setup, owed, now));
            let number = u32::try_from(place).ok();
            all.extend(number.zip(cause).map(|(number, cause)| LiveRun { number, run, cause: *cause }));
        }
        all.reverse();
        all
    }
}
