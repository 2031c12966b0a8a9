//! Close finding: it was answered, and what came of it is said (§4.1).
//!
//! - Given a finding that was answered,
//! - when the reviewer says what came of it,
//! - then it is closed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::review_record::reviewer;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::sampling::{Audit, Finding};
use crate::{AuditId, FindingId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CloseFinding {
    /// The audit.
    pub audit: AuditId,
    /// The finding.
    pub finding: FindingId,
    /// What came of it.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::CloseFinding, clause: "§4.1", label: "Close finding", roles: &[Role::Personnel] };

/// Whether an answered finding waits for this reviewer.
pub(crate) fn ready(s: &Situation<'_>, audit: &Audit) -> Result<(), Refusal> {
    reviewer(s, &RULE, audit)?;
    if audit.unsettled().any(is_answered) { Ok(()) } else { Err(unanswered(s)) }
}

const fn is_answered(finding: &Finding) -> bool {
    finding.reply.is_some()
}

fn unanswered(s: &Situation<'_>) -> Refusal {
    s.too_early(&RULE, "nobody has answered", "Those who handled the record answer first.")
}

impl CloseFinding {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Audit(self.audit)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let audit = s.audit(&RULE, self.audit)?;
        ready(s, audit)?;
        let finding = s.found(&RULE, audit.finding(self.finding), "finding")?;
        if finding.closed.is_some() {
            return Err(s.nothing_changes(&RULE, "this finding is closed"));
        }
        if !is_answered(finding) {
            return Err(unanswered(s));
        }
        text(&RULE, "text", &self.text)?;
        let closed = Fact::FindingClosed { finding: self.finding, text: self.text.clone() };
        Ok(vec![s.event(Subject::Audit(self.audit), closed)])
    }
}
