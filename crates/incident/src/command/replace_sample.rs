//! Replace sample: a drawn record gives way to the next of the draw, and why is on record (§4.1).
//!
//! - Given an open audit and a record of it that nobody has looked at,
//! - when management says why it cannot be looked at,
//! - then the next record of the same draw takes its place; nobody chooses which. Where the draw has none left, the
//!   sample goes on without it, and how many of how many are looked at is on record (decision 173).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::sampling::Audit;
use crate::{AuditId, IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReplaceSample {
    /// The audit.
    pub audit: AuditId,
    /// The record that gives way.
    pub incident: IncidentId,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ReplaceSample,
    clause: "§4.1",
    label: "Replace in sample",
    roles: &[Role::Supervisor],
};

/// Whether a record waits to be looked at.
pub(crate) fn ready(s: &Situation<'_>, audit: &Audit) -> Result<(), Refusal> {
    s.audit_open(&RULE, audit)?;
    if audit.unseen() == 0 {
        return Err(s.too_late(&RULE, "every record has been looked at", "Close the audit."));
    }
    Ok(())
}

impl ReplaceSample {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Audit(self.audit)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let audit = s.audit(&RULE, self.audit)?;
        ready(s, audit)?;
        let waits = audit.drawn.iter().find(|drawn| drawn.incident == self.incident && !drawn.is_seen);
        s.found(&RULE, waits, "record among those to be looked at")?;
        text(&RULE, "reason", &self.reason)?;
        Ok(vec![s.event(Subject::Audit(self.audit), self.fact(audit))])
    }

    fn fact(&self, audit: &Audit) -> Fact {
        let (out, reason) = (self.incident, self.reason.clone());
        match audit.next() {
            Some(instead) => Fact::SampleReplaced { out, instead, reason },
            None => {
                let left = u32::try_from(audit.drawn.len().saturating_sub(1)).unwrap_or(u32::MAX);
                Fact::SampleReduced { out, reason, left, of: audit.plan.count }
            }
        }
    }
}
