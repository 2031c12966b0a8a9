//! Ask forecast: can the target be met? (§3.5)
//!
//! - Given an incident that somebody has, and a target of it that nobody waits to hear about,
//! - when its target is asked about, by the server at the share that its path sets or by people at any time,
//! - then the resolver owes an answer; a *no*, or silence, begins the paths that wait for it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::clock;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::escalation::{EscalationPath, open_question};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, MINUTE, PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskForecast {
    /// The incident.
    pub incident: IncidentId,
    /// Which target.
    pub clock: ClockKind,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AskForecast,
    clause: "§3.5",
    label: "Ask for a forecast",
    roles: &[
        Role::ServiceDesk,
        Role::Tier2,
        Role::Tier3,
        Role::IncidentManager,
        Role::AccountManager,
        Role::Supervisor,
        Role::Server,
    ],
};

/// Whether the state of the incident allows it: some target is still to be met, and was not asked about.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    resolver(s, incident)?;
    let refused = ClockKind::ALL.into_iter().map(|clock| askable(s, incident, clock));
    // The resolution goes last, and speaks for all where none can be asked about.
    refused.reduce(Result::or).unwrap_or(Ok(()))
}

/// Whether a target is still to be met, and nobody waits for an answer about it.
fn askable(s: &Situation<'_>, incident: &Incident, clock: ClockKind) -> Result<(), Refusal> {
    let setup = &s.records.setup;
    if !clock::read(incident, setup, clock, s.now).is_unfinished() {
        let instead = "Ask about a target that is still to be met.";
        return Err(s.too_late(&RULE, "this clock has stopped", instead).about("clock"));
    }
    if open_question(incident, setup, clock, s.now).is_some() {
        return Err(s.nothing_changes(&RULE, "the resolver has been asked and has not answered"));
    }
    Ok(())
}

/// Who is to answer.
fn resolver(s: &Situation<'_>, incident: &Incident) -> Result<PersonId, Refusal> {
    s.open(&RULE, incident)?;
    if incident.stopped_at().is_some() {
        return Err(s.too_late(
            &RULE,
            "it is resolved and service is back",
            "There is nothing left to meet.",
        ));
    }
    match &incident.assignment {
        Some(held) => Ok(held.to),
        None => Err(s.too_early(&RULE, "it is assigned to nobody", "Assign it to a person first.")),
    }
}

impl AskForecast {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        let of = resolver(s, incident)?;
        askable(s, incident, self.clock)?;
        let setup = &s.records.setup;
        let within = EscalationPath::ALL.into_iter().filter_map(|path| {
            let trigger = setup.path_for(path, incident, s.now)?.triggers.forecast?;
            (trigger.clock == self.clock).then_some(trigger.answer_within_minutes)
        });
        let answer_by = within.min().map(|minutes| s.now.plus_millis(i64::from(minutes) * MINUTE));
        Ok(s.on_incident(incident.id, Fact::ForecastAsked { clock: self.clock, of, answer_by }))
    }
}
