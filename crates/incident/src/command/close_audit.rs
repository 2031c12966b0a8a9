//! Close audit: every record was looked at, every finding is closed (§4.1).
//!
//! - Given an audit with nothing left to look at or to close,
//! - when its reviewer says what it showed, what the figures of service levels say, and how the process does,
//! - then it is closed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::review_record::reviewer;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::sampling::{Analysis, Audit};
use crate::{AuditId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CloseAudit {
    /// The audit.
    pub audit: AuditId,
    /// What it showed.
    pub text: String,
    /// What the figures of service levels say.
    pub figures: String,
    /// How the process itself does, and what is to change in it.
    pub process: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::CloseAudit, clause: "§4.1", label: "Close audit", roles: &[Role::Personnel] };

/// Whether nothing of it is left.
pub(crate) fn ready(s: &Situation<'_>, audit: &Audit) -> Result<(), Refusal> {
    reviewer(s, &RULE, audit)?;
    if audit.unseen() > 0 {
        let why = format!("{} of its records have not been looked at", audit.unseen());
        return Err(s.too_early(&RULE, &why, "Review them, or have them replaced with a reason."));
    }
    match audit.unsettled().count() {
        0 => Ok(()),
        open => {
            let why = format!("{open} of its findings are not closed");
            Err(s.too_early(&RULE, &why, "Have them answered, and close them."))
        }
    }
}

impl CloseAudit {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Audit(self.audit)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let audit = s.audit(&RULE, self.audit)?;
        ready(s, audit)?;
        text(&RULE, "text", &self.text)?;
        text(&RULE, "figures", &self.figures)?;
        text(&RULE, "process", &self.process)?;
        let analysis = Analysis { figures: self.figures.clone(), process: self.process.clone() };
        let closed = Fact::AuditClosed { text: self.text.clone(), analysis: Some(analysis) };
        Ok(vec![s.event(Subject::Audit(self.audit), closed)])
    }
}
