//! Internal communication (§3.4): tiers, management and account managers each hear how a Severity 1 or 2 stands, as
//! often as the house has said. A word to one group is none to the others.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::communication::silence::{internal_update_due, number, silence};
use crate::communication::{Colleagues, InternalUpdate};
use crate::log::SeverityInForce;

/// No stretch of silence towards a group was longer than the house's number for the severity.
pub(super) fn updated(case: &Case<'_>) -> Finding {
    let Some(high) = case.severity_set(|severity| severity.is_high()) else {
        return Finding::not_applicable("It was never of Severity 1 or 2.");
    };
    let is_set = |set: &SeverityInForce| number(case.setup, set.at, set.severity).is_some();
    if !case.incident.severities.iter().any(is_set) {
        return Finding::for_people("The house has set no number for internal updates.", vec![high]);
    }
    let told = |update: &InternalUpdate| {
        let what = format!("{} were told", update.to.name());
        Evidence::deed("internally_updated", what, update.at, update.by)
    };
    let updates = case.incident.communication.internal.iter();
    let too_long = |group| {
        let late = silence(case.incident, case.setup, group, case.now).late;
        late.into_iter().map(move |late| (late, group))
    };
    let mut silences: Vec<_> = Colleagues::ALL.into_iter().flat_map(too_long).collect();
    silences.sort_by_key(|(late, _)| late.from);
    if let Some((late, group)) = case.worst("§3.4/7", silences) {
        let before = updates.filter(|update| update.to == group && update.at < late.from).map(told);
        let why = format!("By then {} were to hear how it stands, and did not.", group.name());
        let finding = Finding::late(late, why, std::iter::once(high).chain(before).collect());
        return case.unless_taken_over(finding);
    }
    if let Some(due) = internal_update_due(case.incident, case.setup, case.now) {
        return Finding::not_due(Some(due), "Colleagues are to hear by then how it stands.");
    }
    match updates.map(told).collect::<Vec<_>>() {
        none if none.is_empty() && case.is_taken_over() => Case::untold_elsewhere(vec![high]),
        none if none.is_empty() => {
            Finding::not_applicable("It was over before colleagues were to hear of it.")
        }
        updates => Finding::kept("Colleagues heard how it stands as often as the house says.", updates),
    }
}
