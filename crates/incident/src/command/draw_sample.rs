//! Draw sample: records to be looked at, by chance and by risk (§4.1).
//!
//! - Given the records of a period, of a client or of all,
//! - when management names a seed, how many and a reviewer,
//! - then it is drawn from every record that was logged in that period, whoever names it: nobody chooses which.
//!   The draw is fixed and anybody can make it again; records that the reviewer handled are left out, and which
//!   those were is on record. Rehearsals and duplicates are no records of their own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, LookUp, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::oversight::{Oversight, RiskWeights};
use crate::refusal::{Refusal, RefusalCode};
use crate::sampling::{Audit, Plan, handlers, ordered, weight};
use crate::{AuditId, ClientId, PersonId, Role, Span, Timestamp};

/// Records that one sample can be drawn from, rehearsals and duplicates included.
const POPULATION_MAX: u32 = 5_000;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DrawSample {
    /// The audit, named by the desk.
    pub audit: AuditId,
    /// Records logged from here on
    pub begins_at: Timestamp,
    /// and before this.
    pub until: Timestamp,
    /// Of this client alone.
    pub client: Option<ClientId>,
    /// The seed.
    pub seed: u32,
    /// How many to look at.
    pub count: u32,
    /// Who looks at them.
    pub reviewer: PersonId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::DrawSample, clause: "§4.1", label: "Draw sample", roles: &[Role::Supervisor] };

/// Whether that person can look at a sample of these records: one who may see it.
pub(crate) fn reviewer(
    s: &Situation<'_>,
    client: Option<ClientId>,
    reviewer: PersonId,
) -> Result<(), Refusal> {
    s.in_sight(&RULE, &Audit::audience_of(client), reviewer, "reviewer")
}

impl DrawSample {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Audit(self.audit)]
    }

    /// What it is drawn from, and one more than it can be.
    pub(crate) fn population(&self) -> LookUp {
        LookUp::Logged {
            from: self.begins_at,
            until: self.until,
            client: self.client,
            limit: POPULATION_MAX + 1,
        }
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        s.is_new(&RULE, s.records.audits.contains_key(&self.audit), "audit")?;
        s.whose(&RULE, self.client, None)?;
        reviewer(s, self.client, self.reviewer)?;
        s.ends(&RULE, self.begins_at, self.until)?;
        let all = s.records.incidents.values().map(AsRef::as_ref);
        let found: Vec<&Incident> = all.filter(|incident| self.includes(incident)).collect();
        // Whoever found them stopped there, rehearsals and duplicates among them: there may be more to draw from.
        if found.len() > POPULATION_MAX as usize {
            let what = format!("Draw sample: it can be drawn from at most {POPULATION_MAX} records");
            return Err(
                Refusal::new(&RULE, RefusalCode::TooLong, what, "Choose a shorter period.").about("until")
            );
        }
        let found: Vec<&Incident> = found.into_iter().filter(|incident| incident.counts()).collect();
        let plan = self.plan(s, &found);
        if self.count == 0 || plan.order.len() < self.count as usize {
            let what = format!("Draw sample: records that can be drawn: {}", plan.order.len());
            let instead = "Draw at least one and no more than there are, or choose another reviewer.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("count"));
        }
        Ok(vec![s.event(Subject::Audit(self.audit), Fact::SampleDrawn { plan })])
    }

    fn includes(&self, incident: &Incident) -> bool {
        self.begins_at <= incident.logged.at
            && incident.logged.at < self.until
            && self.client.is_none_or(|client| client == incident.entry.client)
    }

    fn plan(&self, s: &Situation<'_>, found: &[&Incident]) -> Plan {
        let weights = Oversight::at(&s.records.setup, s.now).sampling.weights;
        let (handled, free): (Vec<_>, Vec<_>) =
            found.iter().partition(|incident| handlers(incident).contains(&self.reviewer));
        let equal = RiskWeights::default();
        let weigh =
            |incident: &&Incident| (incident.id, weight(incident, weights.as_ref().unwrap_or(&equal)));
        Plan {
            period: Span { from: self.begins_at, to: self.until },
            client: self.client,
            seed: self.seed,
            count: self.count,
            order: ordered(self.seed, free.iter().map(weigh)),
            weights,
            reviewer: self.reviewer,
            handled: handled.into_iter().map(|incident| incident.id).collect(),
        }
    }
}
