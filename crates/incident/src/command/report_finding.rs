//! Report finding: a record of the sample does not show what a clause asks for (§4.1).
//!
//! - Given a record of the sample,
//! - when the reviewer names the clause and what is missing,
//! - then it waits for an answer and is tracked until it is closed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::request_exception::known_clause;
use crate::command::review_record::{no_hand_in_it, reviewer};
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::sampling::Audit;
use crate::{AuditId, FindingId, IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportFinding {
    /// The audit.
    pub audit: AuditId,
    /// The finding, named by the desk.
    pub finding: FindingId,
    /// The record.
    pub incident: IncidentId,
    /// The clause.
    pub clause: String,
    /// What was found.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ReportFinding, clause: "§4.1", label: "Report finding", roles: &[Role::Personnel] };

/// Whether it is this person's sample, and open.
pub(crate) fn ready(s: &Situation<'_>, audit: &Audit) -> Result<(), Refusal> {
    reviewer(s, &RULE, audit)
}

impl ReportFinding {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Audit(self.audit), Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let audit = s.audit(&RULE, self.audit)?;
        ready(s, audit)?;
        s.is_new(&RULE, audit.finding(self.finding).is_some(), "finding")?;
        let drawn = audit.drawn.iter().find(|drawn| drawn.incident == self.incident);
        s.found(&RULE, drawn, "record of the sample")?;
        no_hand_in_it(s, &RULE, self.incident)?;
        known_clause(&RULE, &self.clause)?;
        text(&RULE, "text", &self.text)?;
        let found = Fact::FindingReported {
            finding: self.finding,
            incident: self.incident,
            clause: self.clause.clone(),
            text: self.text.clone(),
        };
        Ok(vec![s.event(Subject::Audit(self.audit), found)])
    }
}
