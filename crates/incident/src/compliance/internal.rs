//! Internal communication (§3.4): tiers, management and account managers each hear how a Severity 1 or 2 stands, as
//! often as the house has said. A word to one group is none to the others.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::communication::rules::internal_update_due;
use crate::communication::{Colleagues, InternalUpdate};
use crate::log::{Incident, SeverityInForce};
use crate::setup::Setup;
use crate::{MINUTE, Severity, Span, Timestamp};

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
    let silence =
        |group| lapses(case.incident, case.setup, group, case.now).into_iter().map(move |late| (late, group));
    let mut silences: Vec<_> = Colleagues::ALL.into_iter().flat_map(silence).collect();
    silences.sort_by_key(|(late, _)| late.from);
    if let Some((late, group)) = case.worst("§3.4/7", silences) {
        let before = updates.filter(|update| update.to == group && update.at < late.from).map(told);
        let why = format!("By then {} were to hear how it stands, and did not.", group.name());
        let finding = Finding::late(late, why, std::iter::once(high).chain(before).collect());
        return case.unless_taken_over(finding);
    }
    if let Some(due) = internal_update_due(case.incident, case.setup) {
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

/// What changes how long the silence may last.
#[derive(Debug, Clone, Copy)]
enum Turn {
    Severity(Severity),
    Update,
    Rest,
    Wake,
}

/// Every silence towards a group that lasted too long, from when it did.
fn lapses(incident: &Incident, setup: &Setup, group: Colleagues, now: Timestamp) -> Vec<Span> {
    let (mut severity, mut rests, mut since) = (Severity::Four, false, None::<Timestamp>);
    let (mut all, mut lapsed) = (Vec::new(), None::<Timestamp>);
    let by = |since: Option<Timestamp>, severity| {
        Some(since?.plus_millis(i64::from(number(setup, since?, severity)?) * MINUTE))
    };
    for (at, turn) in turns(incident, group) {
        lapsed = lapsed.or_else(|| by(since, severity).filter(|due| *due < at));
        let was_owed = severity.is_high() && !rests;
        let is_update = matches!(turn, Turn::Update);
        match turn {
            Turn::Severity(set) => severity = set,
            Turn::Update => since = since.map(|_| at),
            Turn::Rest => rests = true,
            Turn::Wake => rests = false,
        }
        let is_owed = severity.is_high() && !rests;
        if was_owed != is_owed {
            since = is_owed.then_some(at);
        }
        if is_update || !is_owed {
            all.extend(lapsed.take().map(|from| Span { from, to: at }));
        }
    }
    let lapsed = lapsed.or_else(|| by(since, severity).filter(|due| *due < now));
    all.extend(lapsed.map(|from| Span { from, to: now }));
    all
}

fn turns(incident: &Incident, group: Colleagues) -> Vec<(Timestamp, Turn)> {
    let communication = &incident.communication;
    let severities = incident.severities.iter().map(|set| (set.at, Turn::Severity(set.severity)));
    let updates = communication.internal.iter().filter(|update| update.to == group);
    let updates = updates.map(|update| (update.at, Turn::Update));
    let rests = communication.at_rest.iter().flat_map(|rest| {
        std::iter::once((rest.from, Turn::Rest)).chain(rest.to.map(|woken| (woken, Turn::Wake)))
    });
    let mut all: Vec<_> = severities.chain(updates).chain(rests).collect();
    all.sort_by_key(|(at, _)| *at);
    all
}

/// The house's number for a severity, of when the silence began.
fn number(setup: &Setup, since: Timestamp, severity: Severity) -> Option<u32> {
    let minutes = setup.house_at(since)?.communication.internal_update_minutes;
    match severity {
        Severity::One => minutes[0],
        Severity::Two => minutes[1],
        Severity::Three | Severity::Four => None,
    }
}
