//! Stand down: the major incident process ends (§3.6).
//!
//! - Given a process that runs and was led, whose people or management heard of each other, service that is restored,
//!   and every affected client told of it,
//! - when the Incident Manager names who owns the review (§3.7),
//! - then it ends. The incident goes on as it is, and stays a major one in every statistic. Each condition that is
//!   not met is named, with what to do about it; an exception opens them all (§4.2). What the room owes can be paid
//!   before the end alone, so that nobody runs into that without a word (decision 172).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::closing::of_the_room;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::told_of_restoration;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StandDownMajor {
    /// The incident.
    pub incident: IncidentId,
    /// Why it can end.
    pub reason: String,
    /// Who owns the review.
    pub review_owner: Option<PersonId>,
}

pub(crate) const RULE: Rule =
    Rule {
        verb: Verb::StandDownMajor, clause: "§3.6", label: "Stand down", roles: &[Role::IncidentManager]
    };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.running_major(&RULE, incident)?;
    conditions(s, incident, None)
}

impl StandDownMajor {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        s.running_major(&RULE, incident)?;
        let nobody = "nobody is named to own the review (§3.7)";
        conditions(s, incident, self.review_owner.is_none().then_some(nobody))?;
        text(&RULE, "reason", &self.reason)?;
        let Some(review_owner) = self.review_owner else {
            let what = format!("Stand down: {nobody}");
            let instead = "Name who owns it; no exception leaves a review without an owner.";
            return Err(Refusal::new(&RULE, RefusalCode::Missing, what, instead).about("review_owner"));
        };
        s.colleague(&RULE, incident, review_owner, "review_owner")?;
        let reason = self.reason.clone();
        Ok(s.on_incident(incident.id, Fact::MajorIncidentStoodDown { reason, review_owner }))
    }
}

/// What has to be true before it ends; whatever is not is named, with what the deed itself lacks.
fn conditions(s: &Situation<'_>, incident: &Incident, lacks: Option<&str>) -> Result<(), Refusal> {
    let (mut unmet, mut instead) = (Vec::new(), Vec::new());
    if incident.restored.is_none() {
        unmet.push("normal service is not restored".to_owned());
    }
    match untold(s, incident) {
        0 => {}
        1 => unmet.push("1 affected client is not told".to_owned()),
        count => unmet.push(format!("{count} affected clients are not told")),
    }
    for owed in of_the_room(incident).into_iter().filter(|owed| !s.excepted(owed.demand(), incident)) {
        unmet.push(owed.why);
        instead.push(owed.instead);
    }
    unmet.extend(lacks.map(str::to_owned));
    if unmet.is_empty() || s.excepted(RULE.clause, incident) {
        return Ok(());
    }
    let instead =
        if instead.is_empty() { "See to each of these first.".to_owned() } else { instead.join(" ") };
    Err(s.too_early(&RULE, &unmet.join("; "), &instead).unless_excepted_by(&[Role::Supervisor]))
}

/// How many of the affected incidents have a client who was not told that service is back (ruling 10). One that
/// is not known here cannot be said to be told (ruling 13).
fn untold(s: &Situation<'_>, incident: &Incident) -> usize {
    let child = |id| s.records.incidents.get(id).is_some_and(|child| told_of_restoration(child));
    let children = incident.family.children.keys().filter(|id| !child(*id)).count();
    children + usize::from(!told_of_restoration(incident))
}
