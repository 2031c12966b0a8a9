//! Ask survey: the client is asked how satisfied they are, once per closure (§4.1).
//!
//! - Given a closed incident,
//! - when somebody asks the client,
//! - then the survey stands without an answer until one comes. Each closure has one survey, a drill has none.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::line;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::Channel;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::survey::closed_at;
use crate::{IncidentId, Role, SurveyId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskSurvey {
    /// The incident.
    pub incident: IncidentId,
    /// The survey of its closure.
    pub survey: SurveyId,
    /// How the client is asked.
    pub channel: Channel,
    /// Whom.
    pub contact: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AskSurvey,
    clause: "§4.1",
    label: "Ask for satisfaction",
    roles: &[Role::ServiceDesk, Role::IncidentManager, Role::AccountManager, Role::Server],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let Some(survey) = SurveyId::of(incident) else {
        return Err(s.too_early(&RULE, "this incident is not closed", "Ask once it is closed."));
    };
    if incident.is_drill() {
        return Err(s.too_early(&RULE, "it was a drill", "No client is asked about a drill."));
    }
    if s.house().survey.is_none() {
        let why = "the house has set no scale";
        return Err(s.too_early(&RULE, why, "Ask an Administrator to set one."));
    }
    if s.records.surveys.contains_key(&survey) {
        return Err(s.nothing_changes(&RULE, "the client was asked about this closure"));
    }
    Ok(())
}

impl AskSurvey {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident), Subject::Survey(self.survey)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        line(&RULE, "contact", &self.contact)?;
        let is_of_this = SurveyId::of(incident) == Some(self.survey);
        let Some(closed_at) = closed_at(incident).filter(|_| is_of_this) else {
            let what = "Ask for satisfaction: this is the survey of another closure";
            let instead = "Ask again from the incident as it stands.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("survey"));
        };
        let fact = Fact::SurveyAsked {
            incident: incident.id,
            client: incident.entry.client,
            severity: incident.peak_severity(),
            closed_at,
            channel: self.channel,
            contact: self.contact.clone(),
        };
        Ok(vec![s.event(Subject::Survey(self.survey), fact)])
    }
}
