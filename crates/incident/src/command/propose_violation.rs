//! Propose violation: the record seems to show that a clause was not kept (§4.3).
//!
//! - Given records of one outage that show a failure,
//! - when the server or management says whose it would be,
//! - then it is a proposal that only that person and management see, and the person is heard first.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::request_exception::known_clause;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::enforcement::Proposal;
use crate::event::{Fact, Subject};
use crate::oversight::Oversight;
use crate::refusal::{Refusal, RefusalCode};
use crate::{EntryId, IncidentId, PersonId, Role, ViolationId};

/// Records that one proposal can name.
const INCIDENTS_MAX: usize = 200;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposeViolation {
    /// The violation, named by whoever proposes it.
    pub violation: ViolationId,
    /// Whose it would be.
    pub person: PersonId,
    /// The clause.
    pub clause: String,
    /// The outage it belongs to.
    pub incident: IncidentId,
    /// Other records of the same outage that show it.
    #[serde(default)]
    pub incidents: Vec<IncidentId>,
    /// The lines of the log that show it.
    #[serde(default)]
    pub evidence: Vec<EntryId>,
    /// What they show.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ProposeViolation,
    clause: "§4.3",
    label: "Propose violation",
    roles: &[Role::Supervisor, Role::Server],
};

/// Whether it can be proposed that it was that person's: a colleague who works here.
pub(crate) fn person(s: &Situation<'_>, person: PersonId) -> Result<(), Refusal> {
    s.at_work(&RULE, person, "person")?;
    if person == s.actor.person {
        let what = "Propose violation: it would be your own";
        let instead = "Tell another Supervisor.";
        return Err(Refusal::new(&RULE, RefusalCode::NotPermitted, what, instead).about("person"));
    }
    Ok(())
}

impl ProposeViolation {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Violation(self.violation), Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        s.is_new(&RULE, s.records.violations.contains_key(&self.violation), "violation")?;
        let incident = s.incident(&RULE, self.incident)?;
        person(s, self.person)?;
        known_clause(&RULE, &self.clause)?;
        text(&RULE, "text", &self.text)?;
        if self.incidents.len().max(self.evidence.len()) > INCIDENTS_MAX {
            let what = format!("Propose violation: at most {INCIDENTS_MAX} records can be named");
            return Err(Refusal::new(&RULE, RefusalCode::TooLong, what, "Name those that show it best.")
                .about("incidents"));
        }
        let setup = &s.records.setup;
        let management =
            setup.people.values().filter(|one| one.active && one.roles.contains(&Role::Supervisor));
        let reply = Oversight::at(setup, s.now).enforcement.reply_within;
        let mut incidents = vec![self.incident];
        incidents.extend(self.incidents.iter().copied().filter(|id| *id != self.incident));
        let proposal = Proposal {
            person: self.person,
            clause: self.clause.clone(),
            outage: incident.outage(),
            incidents,
            evidence: self.evidence.clone(),
            text: self.text.clone(),
            reply_by: reply.and_then(|within| within.due(setup, s.now, &[])),
            seen_by: management.map(|one| one.id).chain([self.person, s.actor.person]).collect(),
        };
        Ok(vec![s.event(Subject::Violation(self.violation), Fact::ViolationProposed { proposal })])
    }
}
