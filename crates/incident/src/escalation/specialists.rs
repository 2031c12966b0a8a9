//! Whether more specialised hands are on an incident (§3.5): along the technical path, by hand or step by step, or
//! because Tier 3 has it already. Whether they took it up is another question (§3.2).

use crate::compliance::TakenUp;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{PersonId, Role, Severity, Timestamp};

use super::EscalationPath;

/// What put it into more specialised hands.
pub(crate) enum Put {
    /// Somebody escalated it.
    ByHand {
        /// When.
        at: Timestamp,
        /// Who.
        by: PersonId,
    },
    /// A step of a technical path reached somebody.
    Step {
        /// When.
        at: Timestamp,
    },
    /// It was assigned to Tier 3, above whom there is nobody to call.
    Assigned {
        /// When.
        at: Timestamp,
        /// By whom.
        by: PersonId,
    },
}

impl Put {
    /// When.
    pub(crate) const fn at(&self) -> Timestamp {
        match self {
            Self::ByHand { at, .. } | Self::Step { at } | Self::Assigned { at, .. } => *at,
        }
    }
}

/// Whether a technical path is defined for it at an instant, by the severity in question: of a promise that one by
/// which it was broken, which is not always that of the moment before (ruling 5).
pub(crate) fn are_defined(incident: &Incident, setup: &Setup, severity: Severity, at: Timestamp) -> bool {
    let entry = &incident.entry;
    setup.path_covering(EscalationPath::Technical, entry.client, &entry.services, severity, at).is_some()
}

/// Everything that ever put it into more specialised hands. Unlike a word to management, which is about one moment,
/// skill that was called in stays with it (decision 170).
pub(crate) fn put_on(incident: &Incident, setup: &Setup) -> impl Iterator<Item = Put> {
    let by_hand = incident.escalations.iter().filter(|one| one.path == EscalationPath::Technical);
    let by_hand = by_hand.map(|one| Put::ByHand { at: one.at, by: one.by });
    let steps = incident.escalating.delivered(EscalationPath::Technical);
    let steps = steps.map(|(_, step)| Put::Step { at: step.at });
    let is_of_tier_3 = move |person: PersonId, at: Timestamp| {
        setup.people.get(&person).is_some_and(|known| known.roles_at(at).contains(&Role::Tier3))
    };
    let assigned = incident.trail.work.iter().filter(|work| work.how == TakenUp::Assigned);
    let assigned = assigned
        .filter(move |work| is_of_tier_3(work.who, work.mark.at))
        .map(|work| Put::Assigned { at: work.mark.at, by: work.mark.by });
    by_hand.chain(steps).chain(assigned)
}
