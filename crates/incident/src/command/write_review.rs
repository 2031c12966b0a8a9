//! Write review: root cause, lessons, how effective the response was (§3.7).
//!
//! - Given a review that is being written,
//! - when somebody writes one of its parts and names the lines of the log it rests on,
//! - then that part reads so; what it read before stays in the log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{Review, ReviewState, SectionKind};
use crate::{EntryId, ReviewId, Role};

/// Lines of the log that one part can name.
const FACTS_MAX: usize = 200;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WriteReview {
    /// The review.
    pub review: ReviewId,
    /// Which part.
    pub section: SectionKind,
    /// The words.
    pub text: String,
    /// The lines of the log they rest on.
    #[serde(default)]
    pub facts: Vec<EntryId>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::WriteReview, clause: "§3.7", label: "Write review", roles: &[Role::Personnel] };

/// Whether it is still being written.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    if review.state == ReviewState::Open {
        return Ok(());
    }
    Err(s.too_late(&RULE, "it has been reviewed", "What was learned later goes into an action or a note."))
}

impl WriteReview {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Review(self.review)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        text(&RULE, "text", &self.text)?;
        if self.facts.len() > FACTS_MAX {
            let what = format!("Write review: at most {FACTS_MAX} lines of the log can be named");
            return Err(Refusal::new(&RULE, RefusalCode::TooLong, what, "Name those that show it best.")
                .about("facts"));
        }
        let written =
            Fact::ReviewWritten { section: self.section, text: self.text.clone(), facts: self.facts.clone() };
        Ok(vec![s.event(Subject::Review(self.review), written)])
    }
}
