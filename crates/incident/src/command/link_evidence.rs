//! Link evidence: what shows that a clock stopped when its stop says (§3.3, §4.1; decision 211).
//!
//! - Given a clock that hangs on what was entered when its target had passed or nearly so, and that lies before that,
//! - when somebody else than its author links a monitor's recovery or the client's statement,
//! - then the stop counts as it was typed. Until then nobody knows whether the target was met.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::clock::{Witness, back_dated};
use crate::command::situation::line;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LinkEvidence {
    /// The incident.
    pub incident: IncidentId,
    /// The clock whose stop it shows.
    pub clock: ClockKind,
    /// Who saw it.
    pub witness: Witness,
    /// Where that is found.
    pub link: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::LinkEvidence,
    clause: "§4.1",
    label: "Link evidence",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether the state of the incident allows it, to this person. What shows a stop may be found after the end.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let stops = back_dated(incident, &s.records.setup);
    if stops.is_empty() {
        s.open(&RULE, incident)?;
        let why = "no stop was entered so late that it has to be shown";
        return Err(s.too_early(&RULE, why, "There is nothing to show."));
    }
    if stops.iter().all(|stop| stop.by.contains(&s.actor.person)) {
        return Err(somebody_else());
    }
    Ok(())
}

fn somebody_else() -> Refusal {
    Refusal::new(
        &RULE,
        RefusalCode::NeedsSecondPerson,
        "Link evidence: the stop is your own word",
        "Ask another Incident Manager or a Supervisor.",
    )
}

impl LinkEvidence {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let mut stops = back_dated(incident, &s.records.setup).into_iter();
        let Some(stop) = stops.find(|stop| stop.clock == self.clock) else {
            let what = format!("the {} needs no evidence", self.clock.name().to_lowercase());
            return Err(s.nothing_changes(&RULE, &what).about("clock"));
        };
        if stop.by.contains(&s.actor.person) {
            return Err(somebody_else().about("clock"));
        }
        line(&RULE, "link", &self.link)?;
        let (clock, witness, link) = (self.clock, self.witness, self.link.clone());
        Ok(s.on_incident(incident.id, Fact::EvidenceLinked { clock, witness, link }))
    }
}
