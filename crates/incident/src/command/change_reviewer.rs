//! Change reviewer: a sample goes to somebody else (§4.1).
//!
//! - Given an open audit,
//! - when management names somebody who works here and may see it, and says why,
//! - then they review what is left of it; the draw stays, and a record in which they have a hand is replaced in it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::records::Record;
use crate::refusal::Refusal;
use crate::sampling::Audit;
use crate::{AuditId, PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangeReviewer {
    /// The audit.
    pub audit: AuditId,
    /// Who reviews it now.
    pub reviewer: PersonId,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule {
        verb: Verb::ChangeReviewer, clause: "§4.1", label: "Change reviewer", roles: &[Role::Supervisor]
    };

/// Whether the audit goes on.
pub(crate) fn ready(s: &Situation<'_>, audit: &Audit) -> Result<(), Refusal> {
    s.audit_open(&RULE, audit)
}

/// Whether that person can review it from now on: one who may see it, and does not review it already.
pub(crate) fn reviewer(s: &Situation<'_>, audit: &Audit, reviewer: PersonId) -> Result<(), Refusal> {
    s.in_sight(&RULE, &audit.audience(), reviewer, "reviewer")?;
    if audit.reviewer() == reviewer {
        return Err(s.nothing_changes(&RULE, "this person reviews it already"));
    }
    Ok(())
}

impl ChangeReviewer {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Audit(self.audit)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let audit = s.audit(&RULE, self.audit)?;
        ready(s, audit)?;
        reviewer(s, audit, self.reviewer)?;
        text(&RULE, "reason", &self.reason)?;
        let changed = Fact::ReviewerChanged { reviewer: self.reviewer, reason: self.reason.clone() };
        Ok(vec![s.event(Subject::Audit(self.audit), changed)])
    }
}
