//! Close finding: it was answered, and what came of it is said (§4.1).
//!
//! - Given a finding that was answered,
//! - when the reviewer, who neither answered nor has a hand in the record, says what came of it,
//! - then it is closed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::review_record::reviewer;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::sampling::{Audit, Finding, handlers};
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
    let mut answered = audit.unsettled().filter(|finding| is_answered(finding)).peekable();
    if answered.peek().is_none() {
        return Err(unanswered(s));
    }
    if answered.all(|finding| is_party(s, finding)) { Err(of_a_party()) } else { Ok(()) }
}

const fn is_answered(finding: &Finding) -> bool {
    finding.reply.is_some()
}

fn unanswered(s: &Situation<'_>) -> Refusal {
    s.too_early(&RULE, "nobody has answered", "Those who handled the record answer first.")
}

/// Nobody says what came of their own answer, nor of a record in which they have a hand, whoever they have come to
/// review for since. A desk that does not have the record leaves that to the server.
fn is_party(s: &Situation<'_>, finding: &Finding) -> bool {
    let person = s.actor.person;
    let record = s.records.incidents.get(&finding.incident);
    finding.reply.as_ref().is_some_and(|reply| reply.by == person)
        || record.is_some_and(|record| handlers(record).contains(&person))
}

fn of_a_party() -> Refusal {
    let what = "Close finding: you have answered it, or have a hand in its record";
    let instead = "Have a Supervisor give the sample to somebody else.";
    Refusal::new(&RULE, RefusalCode::NotPermitted, what, instead)
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
        if is_party(s, finding) {
            return Err(of_a_party());
        }
        text(&RULE, "text", &self.text)?;
        let closed = Fact::FindingClosed { finding: self.finding, text: self.text.clone() };
        Ok(vec![s.event(Subject::Audit(self.audit), closed)])
    }
}
