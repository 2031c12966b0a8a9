//! The permanent fix that is planned after a workaround (§3.1 Resolution & Recovery), while its incident is open.
//!
//! After the end it is followed under the problem or the change that the plan names (§5): a closed incident owes
//! nothing (decision 187).

use crate::clock::Attention;
use crate::event::Subject;
use crate::log::Incident;
use crate::obligation::{Duty, Obligation, Owner};
use crate::records::Record;
use crate::setup::Setup;
use crate::{Role, Timestamp, Verb, calendar};

/// What its owner owes by its date, or the role once they have left or may not see the incident. Once the incident has
/// stopped, the date hurries nobody here: what ends the incident comes first.
pub(crate) fn fix_owed(incident: &Incident, setup: &Setup) -> Option<Obligation> {
    let fix = incident.closing.planned_fix(incident)?;
    let due = incident.stopped_at().is_none().then_some(fix.due_by);
    let day = day(incident, setup, fix.due_by);
    Some(Obligation {
        subject: Subject::Incident(incident.id),
        duty: Duty::Resolve,
        owner: Owner { person: incident.audience().answerable(setup, fix.owner), role: Role::Tier2 },
        due,
        attention: due.map(|due| Attention::between(fix.at, due)),
        clock: None,
        paused: false,
        severity: incident.severity(),
        clause: "§3.1".into(),
        why: format!("A workaround is in place; its permanent fix is planned by {day}: {}.", fix.reference),
        fulfilled_by: vec![Verb::RecordResolutionStep, Verb::PlanPermanentFix],
    })
}

/// To resolve is one duty: with a plan it is that of the plan's owner, by its date or the target, whichever is sooner.
pub(crate) fn as_planned(resolve: Option<Obligation>, fix: Option<Obligation>) -> Option<Obligation> {
    let (resolve, mut fix) = match (resolve, fix) {
        (Some(resolve), Some(fix)) => (resolve, fix),
        (one, None) | (None, one) => return one,
    };
    fix.fulfilled_by.push(Verb::Resolve);
    let is_sooner = resolve.due.is_some_and(|due| fix.due.is_none_or(|planned| due <= planned));
    if !is_sooner || resolve.paused {
        return Some(fix);
    }
    let Obligation { owner, why, fulfilled_by, .. } = fix;
    Some(Obligation { owner, why, fulfilled_by, ..resolve })
}

/// The day of an instant, where the client is.
fn day(incident: &Incident, setup: &Setup, at: Timestamp) -> String {
    let zone = setup.clients.get(&incident.entry.client).map_or("UTC", |client| client.zone.as_str());
    let seen = calendar::local(at, zone).map_or_else(|_| at.to_rfc3339(), |seen| seen.local);
    seen.split('T').next().unwrap_or_default().to_owned()
}
