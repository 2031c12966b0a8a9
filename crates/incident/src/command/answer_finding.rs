//! Answer finding: those who handled the record say how it was (§4.1).
//!
//! - Given a finding without an answer,
//! - when anybody but the reviewer answers,
//! - then the reviewer can close it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::sampling::{Audit, Finding};
use crate::{AuditId, FindingId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerFinding {
    /// The audit.
    pub audit: AuditId,
    /// The finding.
    pub finding: FindingId,
    /// The answer.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AnswerFinding, clause: "§4.1", label: "Answer finding", roles: &[Role::Personnel] };

/// Whether a finding waits for an answer, and not the reviewer's own.
pub(crate) fn ready(s: &Situation<'_>, audit: &Audit) -> Result<(), Refusal> {
    s.audit_open(&RULE, audit)?;
    let mut waiting = audit.unsettled().filter(|finding| finding.reply.is_none()).peekable();
    if waiting.peek().is_none() {
        return Err(s.nothing_changes(&RULE, "no finding waits for an answer"));
    }
    if waiting.all(|finding| is_own(s, audit, finding)) { Err(own()) } else { Ok(()) }
}

/// Whoever reviews the sample answers nothing in it, nor does whoever found it before they gave the sample away. Where
/// the reviewer has left, the role stands in for them, and each of it may answer: who does, closes nothing then.
fn is_own(s: &Situation<'_>, audit: &Audit, finding: &Finding) -> bool {
    [audit.reviewer(), finding.said.by].contains(&s.actor.person)
}

fn own() -> Refusal {
    let what = "Answer finding: you review this sample, or did when it was found";
    Refusal::new(&RULE, RefusalCode::NotPermitted, what, "Those who handled the record answer.")
}

impl AnswerFinding {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Audit(self.audit)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let audit = s.audit(&RULE, self.audit)?;
        ready(s, audit)?;
        let finding = s.found(&RULE, audit.finding(self.finding), "finding")?;
        if finding.reply.is_some() {
            return Err(s.nothing_changes(&RULE, "this finding is answered"));
        }
        if is_own(s, audit, finding) {
            return Err(own());
        }
        text(&RULE, "text", &self.text)?;
        let answered = Fact::FindingAnswered { finding: self.finding, text: self.text.clone() };
        Ok(vec![s.event(Subject::Audit(self.audit), answered)])
    }
}
