//! Review record: a record of the sample was looked at and is in order (§4.1).
//!
//! - Given a record of the sample that nobody has looked at, and in which the reviewer had no hand since the draw,
//! - when the reviewer says what they looked at,
//! - then it is seen, without a finding.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::sampling::{Audit, handlers};
use crate::{AuditId, IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReviewRecord {
    /// The audit.
    pub audit: AuditId,
    /// The record.
    pub incident: IncidentId,
    /// What was looked at.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ReviewRecord, clause: "§4.1", label: "Review record", roles: &[Role::Personnel] };

/// Whether a record waits for this reviewer.
pub(crate) fn ready(s: &Situation<'_>, audit: &Audit) -> Result<(), Refusal> {
    reviewer(s, &RULE, audit)?;
    if audit.unseen() > 0 {
        return Ok(());
    }
    Err(s.nothing_changes(&RULE, "every record has been looked at"))
}

/// Whoever was named when the sample was drawn or since, and nobody else; management, once they have left.
pub(crate) fn reviewer(s: &Situation<'_>, rule: &Rule, audit: &Audit) -> Result<(), Refusal> {
    s.audit_open(rule, audit)?;
    if reviews(s, audit) {
        return Ok(());
    }
    let what = format!("{}: somebody else reviews this sample", rule.label);
    let setup = &s.records.setup;
    let whom = setup.at_work(audit.reviewer()).map_or("a Supervisor", |person| setup.person_name(person));
    Err(Refusal::new(rule, RefusalCode::NotPermitted, what, format!("Ask {whom} to do it.")))
}

/// Whether this actor reviews the sample.
fn reviews(s: &Situation<'_>, audit: &Audit) -> bool {
    match s.records.setup.at_work(audit.reviewer()) {
        Some(person) => s.actor.person == person,
        None => s.actor.roles.contains(&Role::Supervisor),
    }
}

/// The draw left out what the reviewer had handled by then; whoever took it over since reviews it no more. A desk that
/// does not have the record leaves that to the server.
pub(crate) fn no_hand_in_it(s: &Situation<'_>, rule: &Rule, incident: IncidentId) -> Result<(), Refusal> {
    let record = s.records.incidents.get(&incident);
    if record.is_none_or(|record| !handlers(record).contains(&s.actor.person)) {
        return Ok(());
    }
    let what = format!("{}: you have had a hand in this record since it was drawn", rule.label);
    let instead = "Have a Supervisor replace it in the sample.";
    Err(Refusal::new(rule, RefusalCode::NotPermitted, what, instead).about("incident"))
}

impl ReviewRecord {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Audit(self.audit), Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let audit = s.audit(&RULE, self.audit)?;
        ready(s, audit)?;
        let waits = audit.drawn.iter().find(|drawn| drawn.incident == self.incident && !drawn.is_seen);
        s.found(&RULE, waits, "record among those to be looked at")?;
        no_hand_in_it(s, &RULE, self.incident)?;
        text(&RULE, "text", &self.text)?;
        let reviewed = Fact::RecordReviewed { incident: self.incident, text: self.text.clone() };
        Ok(vec![s.event(Subject::Audit(self.audit), reviewed)])
    }
}
