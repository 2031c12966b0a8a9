//! Close: once service is restored and confirmed, with the final resolution on record (§3.1 Closure).
//!
//! - Given an incident that owes nothing any more: restored, resolved, categorised, prioritised, what was asked of
//!   colleagues answered, its breaches explained, its client told of both,
//! - when the Service Desk closes it — the Incident Manager, for Severity 1 and 2 (§3.2),
//! - then it is closed. Whether the client confirmed, did not answer, or was not asked is written down as such;
//!   without a confirmation it closes only with a reason.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::closing::{Debt, Owing, Weight, asked, debt};
use crate::command::set_severity::opens_process;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::Answer;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::refusal::RefusalCode;
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// The incident.
    pub incident: IncidentId,
    /// A closing remark.
    pub text: String,
    /// Why it is closed without the client's confirmation.
    pub unconfirmed_reason: Option<String>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::Close,
    clause: "§3.1",
    label: "Close",
    roles: &[Role::ServiceDesk, Role::IncidentManager],
};

/// Whether the state of the incident allows it: nothing that must be paid is owed, or an exception covers it
/// (§4.2).
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    closer(s, incident)?;
    first_unpaid(s, incident, &debt(incident, &s.records.setup))
}

/// Whether no colleague waits for an answer, nor will on the way: those deeds are for others, so that no card asks for
/// them.
pub(crate) fn nobody_waits(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    if !incident.severity_set && opens_process(incident, incident.severity()) {
        let why = "its severity is not set, and Severity 1 opens the major incident process";
        return Err(s.too_early(&RULE, why, "Set the severity first."));
    }
    first_unpaid(s, incident, &asked(incident, &s.records.setup))
}

fn first_unpaid(s: &Situation<'_>, incident: &Incident, owed: &[Debt]) -> Result<(), Refusal> {
    let is_excepted = |owed: &Debt| !owed.exception_by.is_empty() && s.excepted(owed.demand(), incident);
    match owed.iter().find(|owed| owed.weight == Weight::MustBePaid && !is_excepted(owed)) {
        None => Ok(()),
        Some(owed) => Err(refused(owed, incident)),
    }
}

fn refused(owed: &Debt, incident: &Incident) -> Refusal {
    let is_disputed = incident.confirmation.as_ref().is_some_and(|said| said.answer == Answer::Disputed);
    let code = match owed.owing {
        Owing::Validation if is_disputed => RefusalCode::Disputed,
        Owing::RestorationNotice | Owing::ResolutionConfirmation | Owing::Validation => {
            RefusalCode::NotConfirmed
        }
        Owing::Client
        | Owing::Prioritisation
        | Owing::Restoration
        | Owing::Resolution
        | Owing::PermanentFix
        | Owing::BreachReason { .. }
        | Owing::Review
        | Owing::HigherTier
        | Owing::Resources
        | Owing::MajorDecision
        | Owing::Lead
        | Owing::Coordination
        | Owing::Message
        | Owing::Boundary => RefusalCode::TooEarly,
    };
    Refusal::new(&RULE, code, format!("Close: {}", owed.why), owed.instead.clone())
        .under(&owed.clause)
        .unless_excepted_by(&owed.exception_by)
}

/// Whether this actor may close it at all, however far it is; never before the incidents linked below it.
pub(crate) fn closer(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.incident_manager_for_high(&RULE, incident)?;
    s.children_ended(&RULE, incident)
}

impl Close {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        let confirmed = incident.confirmation.as_ref().is_some_and(|c| c.answer == Answer::Confirmed);
        match (&self.unconfirmed_reason, confirmed) {
            (_, true) => {}
            (Some(reason), false) => text(&RULE, "unconfirmed_reason", reason)?,
            (None, false) => {
                return Err(Refusal::new(
                    &RULE,
                    RefusalCode::NotConfirmed,
                    "Close: the client has confirmed nothing",
                    "Ask again, or give the reason for closing without confirmation.",
                )
                .about("unconfirmed_reason"));
            }
        }
        let text = match (&self.unconfirmed_reason, confirmed) {
            (Some(reason), false) => format!("{} (closed without the client's answer: {reason})", self.text),
            _ => self.text.clone(),
        };
        let unconfirmed_reason = self.unconfirmed_reason.clone().filter(|_| !confirmed);
        Ok(s.on_incident(incident.id, Fact::Closed { text, unconfirmed_reason }))
    }
}
