//! How long each group of colleagues goes without a word of how a Severity 1 or 2 stands (§3.4 Internal
//! Communication): so many minutes after the last one, or since the severity became high, or since it was reopened.
//!
//! A severity that is raised asks for the next word so many minutes after the raise, and never later than it was due
//! before; nothing is late before the raise because of it (ruling 5). It judges nothing; the clause register does.

use super::Colleagues;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{MINUTE, Severity, Span, Timestamp};

/// The silence towards one group, as it went and as it is.
pub(crate) struct Silence {
    /// The stretches in which it lasted too long, each from when it did.
    pub(crate) late: Vec<Span>,
    /// When the group is to hear next; none where nothing is owed, or the house has set no number.
    pub(crate) due: Option<Timestamp>,
}

/// When the first of the groups is to hear next.
pub(crate) fn internal_update_due(incident: &Incident, setup: &Setup, now: Timestamp) -> Option<Timestamp> {
    if !incident.is_open() {
        return None;
    }
    Colleagues::ALL.into_iter().filter_map(|group| silence(incident, setup, group, now).due).min()
}

/// What changes how long the silence may last.
#[derive(Debug, Clone, Copy)]
enum Turn {
    Severity(Severity),
    Update,
    Rest,
    Wake,
}

/// The silence towards a group.
pub(crate) fn silence(incident: &Incident, setup: &Setup, group: Colleagues, now: Timestamp) -> Silence {
    let (mut severity, mut rests, mut since) = (Severity::Four, false, None::<Timestamp>);
    let (mut due, mut lapsed, mut late) = (None::<Timestamp>, None::<Timestamp>, Vec::new());
    for (at, turn) in turns(incident, group) {
        lapsed = lapsed.or_else(|| due.filter(|due| *due < at));
        let (was_owed, before) = (severity.is_high() && !rests, severity);
        match turn {
            Turn::Severity(set) => severity = set,
            Turn::Rest => rests = true,
            Turn::Wake => rests = false,
            Turn::Update => {}
        }
        let is_owed = severity.is_high() && !rests;
        let begins = is_owed && (!was_owed || matches!(turn, Turn::Update));
        if begins || !is_owed {
            since = is_owed.then_some(at);
            due = since.and_then(|since| after(setup, since, severity));
        } else if severity.is_worse_than(before) {
            due = due.into_iter().chain(after(setup, at, severity)).min();
        } else if before.is_worse_than(severity) {
            due = since.and_then(|since| after(setup, since, severity));
        }
        if begins || !is_owed {
            late.extend(lapsed.take().map(|from| Span { from, to: at }));
        }
    }
    late.extend(lapsed.or_else(|| due.filter(|due| *due < now)).map(|from| Span { from, to: now }));
    Silence { late, due }
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

/// So many minutes after an instant, by the number that the house had then.
fn after(setup: &Setup, since: Timestamp, severity: Severity) -> Option<Timestamp> {
    Some(since.plus_millis(i64::from(number(setup, since, severity)?) * MINUTE))
}

/// The house's number for a severity at an instant.
pub(crate) fn number(setup: &Setup, at: Timestamp, severity: Severity) -> Option<u32> {
    let minutes = setup.house_at(at)?.communication.internal_update_minutes;
    match severity {
        Severity::One => minutes[0],
        Severity::Two => minutes[1],
        Severity::Three | Severity::Four => None,
    }
}
