//! Close: once service is restored and confirmed, with the final resolution on record (§3.1 Closure).
//!
//! - Given an incident that is restored, resolved, categorised, prioritised, and confirmed with the client,
//! - when the Service Desk closes it — the Incident Manager, for Severity 1 and 2 (§3.2),
//! - then it is closed. The client's silence is written down as such and closes only with a reason.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::Answer;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::refusal::RefusalCode;
use crate::review;

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

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    closer(s, incident)?;
    if incident.restored.is_none() && !s.excepted("§3.1", incident) {
        return Err(s
            .too_early(&RULE, "normal service is not restored", "Record restoration first.")
            .unless_excepted_by(&[Role::Supervisor]));
    }
    if incident.resolved.is_none() && !s.excepted("§3.1", incident) {
        return Err(s
            .too_early(&RULE, "it is not resolved", "Resolve it with its final resolution first.")
            .unless_excepted_by(&[Role::Supervisor]));
    }
    if !incident.unsettled().is_empty() {
        return Err(s.too_early(
            &RULE,
            "it is not categorised and prioritised",
            "Set category, severity and urgency first.",
        ));
    }
    if review::is_missing(incident) && !s.excepted("§3.7", incident) {
        return Err(s
            .too_early(&RULE, "its review is not arranged", "Open the review with an owner first.")
            .under("§3.7")
            .unless_excepted_by(&[Role::Supervisor]));
    }
    let answer = incident.confirmation.as_ref().map(|confirmation| confirmation.answer);
    match answer {
        Some(Answer::Confirmed | Answer::NoAnswer) => Ok(()),
        Some(Answer::Disputed) => Err(Refusal::new(
            &RULE,
            RefusalCode::Disputed,
            "Close: the client says that service is not back",
            "Reopen it, or confirm restoration with the client again.",
        )
        .under("§3.4")),
        None if s.excepted("§3.4", incident) => Ok(()),
        None => Err(Refusal::new(
            &RULE,
            RefusalCode::NotConfirmed,
            "Close: the client has not been asked to confirm restoration",
            "Confirm restoration with the client first; an attempt without answer counts as an attempt.",
        )
        .under("§3.4")
        .unless_excepted_by(&[Role::Supervisor])),
    }
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
                    "Close: the client has not answered",
                    "Ask again, or give the reason for closing without an answer.",
                )
                .about("unconfirmed_reason"));
            }
        }
        let text = match (&self.unconfirmed_reason, confirmed) {
            (Some(reason), false) => format!("{} (closed without the client's answer: {reason})", self.text),
            _ => self.text.clone(),
        };
        Ok(s.on_incident(incident.id, Fact::Closed { text }))
    }
}
