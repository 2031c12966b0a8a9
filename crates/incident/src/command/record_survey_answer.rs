//! Record survey answer: what the client answered (§4.1).
//!
//! - Given a survey that was asked,
//! - when the client's answer comes in,
//! - then its score stands as given, on the house's scale. Nothing stands for an answer that did not come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::{TEXT_MAX, within};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::survey::Survey;
use crate::{Role, SurveyId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordSurveyAnswer {
    /// The survey.
    pub survey: SurveyId,
    /// 1 to the best of the house's scale.
    pub score: u8,
    /// What the client wrote; may be empty.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RecordSurveyAnswer,
    clause: "§4.1",
    label: "Record survey answer",
    roles: &[Role::AccountManager, Role::Server],
};

/// Whether the state of the survey allows it.
pub(crate) fn ready(s: &Situation<'_>, survey: &Survey) -> Result<(), Refusal> {
    if s.house().survey.is_none() {
        let why = "the house has set no scale";
        return Err(s.too_early(&RULE, why, "Ask an Administrator to set one."));
    }
    if survey.answer.is_some() {
        return Err(s.too_late(&RULE, "it is answered", "The first answer stands."));
    }
    Ok(())
}

impl RecordSurveyAnswer {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Survey(self.survey)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let Some(survey) = s.records.surveys.get(&self.survey) else {
            let what = "Record survey answer: this survey is not known here";
            let instead = "Look for the incident that it is about.";
            return Err(Refusal::new(&RULE, RefusalCode::Unknown, what, instead).about("survey"));
        };
        ready(s, survey)?;
        within(&RULE, "text", &self.text, TEXT_MAX)?;
        let best = s.house().survey.map_or(0, |scale| scale.best);
        if self.score == 0 || self.score > best {
            let what = format!("Record survey answer: {} is not on the scale of 1 to {best}", self.score);
            let instead = "Enter what the client chose.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("score"));
        }
        let fact = Fact::SurveyAnswered { score: self.score, best, text: self.text.clone() };
        Ok(vec![s.event(Subject::Survey(self.survey), fact)])
    }
}
