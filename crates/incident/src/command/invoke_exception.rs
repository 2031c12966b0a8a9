//! Invoke exception: an incident is named under an exception of its client, service or period (§4.2).
//!
//! - Given an exception in force that is wider than one incident,
//! - when whoever works on an incident inside its scope invokes it,
//! - then it covers that incident from this instant on, and that it was used is on record. A grave incident takes as
//!   many people who gain nothing by it as if the exception were about it alone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::approve_exception::granted;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::Subject;
use crate::exception::{Exception, Granted, Scope, Word, gaining};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{ExceptionId, IncidentId, Role, Span};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InvokeException {
    /// The exception.
    pub exception: ExceptionId,
    /// The incident.
    pub incident: IncidentId,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::InvokeException,
    clause: "§4.2",
    label: "Invoke exception",
    roles: &[Role::ServiceDesk, Role::Tier2, Role::Tier3, Role::IncidentManager, Role::AccountManager],
};

/// Whether the state of the exception allows it.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    let is_about_one = matches!(exception.request().scope, Scope::Incident { .. });
    if is_about_one || exception.narrowed_to().is_some() {
        return Err(s.nothing_changes(&RULE, "it is about one incident and covers that"));
    }
    if exception.is_in_force(s.now) {
        return Ok(());
    }
    Err(s.too_early(&RULE, "it is not in force", "Keep to the clause, or request an exception."))
}

impl InvokeException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Exception(self.exception), Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        ready(s, exception)?;
        let incident = s.incident(&RULE, self.incident)?;
        if !exception.request().scope.includes(incident) {
            let what = "Invoke exception: this incident lies outside its scope";
            let instead = "Request an exception for this incident.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("incident"));
        }
        // One that ended with a move to another client may be invoked again once the incident is back.
        let covers = |granted: &Granted| granted.id == exception.id && s.now < granted.until;
        if incident.exceptions.iter().any(covers) {
            return Err(s.nothing_changes(&RULE, "it covers this incident already"));
        }
        enough_people(s, exception, incident)?;
        // What lies before was not allowed in time: nobody had named this incident.
        let good_for = Span { from: s.now, to: exception.until() };
        Ok(granted(s, exception, incident, good_for, false).to_vec())
    }
}

/// Those who approved a wide exception may have been too few for this incident, or gain by it here.
fn enough_people(s: &Situation<'_>, exception: &Exception, incident: &Incident) -> Result<(), Refusal> {
    let needed = s.takes(exception, Some(incident), exception.application.renewal);
    let gain = gaining(&s.records.setup, incident, &exception.request().clause, s.now);
    let gains = |word: &&Word| word.people().any(|person| gain.contains(&person));
    let count = exception.approvals.iter().filter(|word| !gains(word)).count();
    if needed as usize <= count {
        return Ok(());
    }
    let what =
        format!("Invoke exception: this incident takes {needed} people who gain nothing by it, not {count}");
    let instead = "Request an exception for this incident.";
    Err(Refusal::new(&RULE, RefusalCode::NotPermitted, what, instead).about("incident").under("§4.2"))
}
