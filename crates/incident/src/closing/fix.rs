//! The permanent fix that is planned after a workaround (§3.1 Resolution & Recovery), while its incident is open.
//!
//! After the end it is followed under the problem or the change that the plan names (§5): a closed incident owes
//! nothing (decision 187).

use crate::clock::Attention;
use crate::event::Subject;
use crate::log::Incident;
use crate::obligation::{Duty, Obligation, Owner};
use crate::setup::Setup;
use crate::{Role, Verb};

/// What its owner owes by its date, or the role once they have left.
pub(crate) fn fix_owed(incident: &Incident, setup: &Setup) -> Option<Obligation> {
    let fix = incident.closing.planned_fix(incident)?;
    Some(Obligation {
        subject: Subject::Incident(incident.id),
        duty: Duty::Resolve,
        owner: Owner { person: setup.at_work(fix.owner), role: Role::Tier2 },
        due: Some(fix.due_by),
        attention: Some(Attention::between(fix.at, fix.due_by)),
        clock: None,
        paused: false,
        severity: incident.severity(),
        clause: "§3.1".into(),
        why: format!("A workaround is in place, and its permanent fix is planned: {}.", fix.reference),
        fulfilled_by: vec![Verb::RecordResolutionStep, Verb::PlanPermanentFix],
    })
}
