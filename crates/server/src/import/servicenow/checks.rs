//! What is out of the ordinary in one incident's rows, each told with its line.

use super::history::History;
use super::oddity::{Oddity, OddityKind};
use super::row::Row;
use super::words::{Rank, State};

/// Every oddity that takes more than one cell to see.
pub(super) fn check(rows: &[Row], history: &History) -> Vec<Oddity> {
    let mut found = Vec::new();
    for row in rows {
        check_row(row, &mut found);
    }
    for pair in rows.windows(2) {
        check_pair(&pair[0], &pair[1], &mut found);
    }
    check_beginning(rows, history, &mut found);
    check_states(rows, history, &mut found);
    check_finals(rows, history, &mut found);
    check_counts(rows, history, &mut found);
    found
}

fn note(found: &mut Vec<Oddity>, row: &Row, kind: OddityKind, reason: impl Into<String>) {
    found.push(Oddity::new(row.line, Some(&row.number), kind, reason));
}

fn check_row(row: &Row, found: &mut Vec<Oddity>) {
    let values = &row.values;
    if let (Some(impact), Some(urgency), Some(priority)) = (values.impact, values.urgency, values.priority) {
        let derived = Rank::of(impact, urgency);
        if derived != priority {
            let reason = format!(
                "priority is {priority:?} where impact {impact:?} and urgency {urgency:?} give \
                 {derived:?}; the derived one counts"
            );
            note(found, row, OddityKind::PriorityDisagrees, reason);
        }
    }
    if let (Some(active), Some(state)) = (&values.active, &values.state) {
        let is_closed = *state == State::Closed;
        if (active == "false") != is_closed && !matches!(state, State::Unknown(_)) {
            let reason = format!("active is {active} in state {state}; the state counts");
            note(found, row, OddityKind::ActiveDisagrees, reason);
        }
    }
}

fn check_pair(before: &Row, row: &Row, found: &mut Vec<Oddity>) {
    if row.updated_at < before.updated_at {
        let (at, earlier) = (row.updated_at.to_rfc3339(), before.updated_at.to_rfc3339());
        let reason =
            format!("updated at {at}, before the row above it ({earlier}); the order of the rows counts");
        note(found, row, OddityKind::UpdatedBackwards, reason);
    }
    if let (Some(earlier), Some(now)) = (before.values.mod_count, row.values.mod_count)
        && now <= earlier
    {
        let reason = format!("sys_mod_count {now} follows {earlier}; the order of the rows counts");
        note(found, row, OddityKind::ModCountBackwards, reason);
    }
    let both_closed = |row: &Row| row.values.state == Some(State::Closed);
    if both_closed(before) && both_closed(row) {
        let reason = "closed again without a reopening; the first closing counts";
        note(found, row, OddityKind::ClosedAgain, reason);
    }
    if before.values.finals != row.values.finals {
        let reason = "a final value differs from the row above; the last row's counts";
        note(found, row, OddityKind::FinalValueVaries, reason);
    }
    if before.values.opened_at != row.values.opened_at {
        let reason = "opened_at differs from the row above; the first readable one counts";
        note(found, row, OddityKind::OpenedAtUncertain, reason);
    }
}

fn check_beginning(rows: &[Row], history: &History, found: &mut Vec<Oddity>) {
    let first = &rows[0];
    if let Some(state) = &first.values.state
        && *state != State::New
    {
        let reason = format!(
            "the log begins in state {state}; what went before is unknown, and that state counts \
             from this row's update time"
        );
        note(found, first, OddityKind::NotStartingNew, reason);
    }
    if rows.iter().all(|row| row.values.contact.is_none()) {
        let reason = "no row says how it was reported; it counts as opened by the other desk's staff";
        note(found, first, OddityKind::ContactMissing, reason);
    }
    if rows.iter().all(|row| row.values.impact.is_none())
        || rows.iter().all(|row| row.values.urgency.is_none())
    {
        let reason = "no row has a readable impact and urgency; what is missing stays unset";
        note(found, first, OddityKind::LevelMissing, reason);
    }
    let opened = rows.iter().find_map(|row| row.values.opened_at);
    let logged = history.opening.logged_at.to_rfc3339();
    match opened {
        None => {
            let reason = format!("there is no opened_at; logged is {logged}, its first trace");
            note(found, first, OddityKind::OpenedAtUncertain, reason);
        }
        Some(opened) if opened > history.opening.logged_at => {
            let opened = opened.to_rfc3339();
            let reason =
                format!("opened_at {opened} lies after its receipt or first update; logged is {logged}");
            note(found, first, OddityKind::OpenedAfterUpdate, reason);
        }
        Some(_) => {}
    }
}

fn check_states(rows: &[Row], history: &History, found: &mut Vec<Oddity>) {
    let mut was_resolved = false;
    let mut was_closed = false;
    for (row, change) in rows.iter().zip(&history.changes) {
        let Some((from, to)) = change.transition() else { continue };
        if change.reopens() && from == Some(&State::Closed) {
            let reason = format!("from Closed to {to}; recorded as a reopening");
            note(found, row, OddityKind::ReopenedAfterClosed, reason);
        }
        was_resolved |= *to == State::Resolved;
        if *to == State::Closed {
            was_closed = true;
            if !was_resolved {
                let reason = "closed without having been resolved; no resolution is invented";
                note(found, row, OddityKind::ClosedWithoutResolved, reason);
            }
        }
    }
    let last = &rows[rows.len() - 1];
    if !was_closed {
        let state = last.values.state.as_ref().map_or("no state".to_owned(), State::to_string);
        let reason = format!("not closed in this file; it ends in {state}");
        note(found, last, OddityKind::NeverClosed, reason);
    }
}

fn check_finals(rows: &[Row], history: &History, found: &mut Vec<Oddity>) {
    let is_early = |row: &&Row| {
        let (state, finals) = (row.values.state.as_ref(), &row.values.finals);
        let is_ended = state.is_some_and(State::is_ended);
        let is_closed = state == Some(&State::Closed);
        (!is_ended && finals.says_something()) || (!is_closed && finals.closed_at.is_some())
    };
    let early = rows.iter().filter(is_early).count();
    if let Some(first) = rows.iter().find(is_early) {
        let reason = format!(
            "resolved_at, closed_at, closed_code or resolved_by stand on {early} row(s) written \
             before the end; they are not believed there"
        );
        note(found, first, OddityKind::FinalValueEarly, reason);
    }
    let last_resolution = history.changes.iter().rev().find(|change| change.resolves());
    match (history.finals.resolved_at, last_resolution) {
        (Some(stated), Some(change)) if stated != change.stated_at => {
            let (stated, at) = (stated.to_rfc3339(), change.stated_at.to_rfc3339());
            let reason =
                format!("resolved_at is {stated}, but this row went to Resolved at {at}; the row counts");
            let kind = OddityKind::ResolvedAtDisagrees;
            found.push(Oddity::new(change.line, Some(&history.number), kind, reason));
        }
        (Some(stated), None) => {
            let stated = stated.to_rfc3339();
            let reason = format!("resolved_at is {stated}, but no row shows a resolution");
            note(found, &rows[rows.len() - 1], OddityKind::ResolvedAtDisagrees, reason);
        }
        (Some(_), Some(_)) | (None, _) => {}
    }
    let closed = rows.iter().find(|row| row.values.state == Some(State::Closed));
    if let (None, Some(row)) = (history.finals.resolved_at, closed) {
        let reason = match last_resolution {
            Some(change) => format!(
                "closed without resolved_at; line {} shows the resolution, and its time counts",
                change.line
            ),
            None => "closed without resolved_at, and no row shows a resolution".to_owned(),
        };
        note(found, row, OddityKind::ResolvedAtMissing, reason);
    }
}

fn check_counts(rows: &[Row], history: &History, found: &mut Vec<Oddity>) {
    let last = &rows[rows.len() - 1];
    let disagrees =
        |stated: Option<u32>, counted: usize| stated.filter(|&stated| usize::try_from(stated) != Ok(counted));
    let counted = history.group_changes();
    if let Some(stated) = disagrees(history.stated_reassignments, counted) {
        let reason = format!(
            "reassignment_count is {stated}, the rows show {counted} group change(s); the rows count"
        );
        note(found, last, OddityKind::ReassignmentsDisagree, reason);
    }
    let counted = history.reopenings();
    if let Some(stated) = disagrees(history.stated_reopens, counted) {
        let reason =
            format!("reopen_count is {stated}, the rows show {counted} reopening(s); the rows count");
        note(found, last, OddityKind::ReopensDisagree, reason);
    }
}
