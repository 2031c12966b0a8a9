//! Answer a request for resources: granted or refused, and who covers what is left behind (§3.5, §3.6).
//!
//! - Given a request that nobody has answered,
//! - when whoever leads grants it, where somebody else asked, or refuses it with a word,
//! - then that is on record. A colleague is granted only with somebody who covers their other work.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::major_incident::Reply;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, PersonId, ResourceRequestId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerResourceRequest {
    /// The incident.
    pub incident: IncidentId,
    /// The request.
    pub request: ResourceRequestId,
    /// The answer.
    pub reply: Reply,
    /// Who covers the work that is left behind.
    pub covered_by: Option<PersonId>,
    /// From when, or why not.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AnswerResourceRequest,
    clause: "§3.5",
    label: "Answer request",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.resource_requests().any(|request| request.is_open()) {
        return Ok(());
    }
    Err(s.too_early(&RULE, "no request waits for an answer", "There is nothing to answer."))
}

/// Whether that person can cover what whoever comes leaves behind: any other colleague.
pub(crate) fn cover(
    s: &Situation<'_>,
    incident: &Incident,
    request: ResourceRequestId,
    person: PersonId,
) -> Result<(), Refusal> {
    s.colleague(&RULE, incident, person, "covered_by")?;
    let asked = incident.resource_requests().find(|known| known.id == request);
    if asked.is_some_and(|asked| asked.person == Some(person)) {
        let what = "Answer request: whoever comes cannot cover the work that they leave behind";
        let instead = "Name somebody else.";
        return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("covered_by"));
    }
    Ok(())
}

impl AnswerResourceRequest {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let Some(asked) = incident.resource_requests().find(|known| known.id == self.request) else {
            let what = "Answer request: this request is not known here";
            let instead = "Choose one from the list of requests.";
            return Err(Refusal::new(&RULE, RefusalCode::Unknown, what, instead).about("request"));
        };
        if !asked.is_open() {
            return Err(s.nothing_changes(&RULE, "it is answered already"));
        }
        if self.reply == Reply::Granted && asked.asked.by == s.actor.person {
            let what = "Answer request: you asked for it yourself";
            let instead = "Another Incident Manager or a Supervisor grants it; refuse it to take it back.";
            return Err(Refusal::new(&RULE, RefusalCode::NotPermitted, what, instead).about("request"));
        }
        text(&RULE, "text", &self.text)?;
        if let Some(person) = self.covered_by {
            cover(s, incident, self.request, person)?;
        }
        if self.reply == Reply::Granted && asked.person.is_some() && self.covered_by.is_none() {
            let what = "Answer request: nobody is named to cover the work that is left behind";
            let instead = "Name who covers it.";
            return Err(Refusal::new(&RULE, RefusalCode::Missing, what, instead).about("covered_by"));
        }
        let (request, reply, covered_by) = (self.request, self.reply, self.covered_by);
        let text = self.text.clone();
        Ok(s.on_incident(incident.id, Fact::ResourceAnswered { request, reply, covered_by, text }))
    }
}
