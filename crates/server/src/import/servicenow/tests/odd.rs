//! Rows that are well formed and strange.

use super::*;
use OddityKind::*;

fn minute(minute: i64) -> incident::Timestamp {
    let noon = incident::Timestamp::from_rfc3339("2016-03-01T12:00:00Z").expect("an instant");
    noon.plus_millis(minute * 60_000)
}

fn resolved_at(history: &History) -> Vec<incident::Timestamp> {
    history.changes.iter().filter(|change| change.resolves()).map(|change| change.at).collect()
}

#[test]
fn an_ordinary_incident_has_no_oddity() {
    let reading = check(
        &[
            row("INC1", "New", 0, 1),
            row("INC1", "Active", 1, 2),
            row("INC1", "Resolved", 2, 5),
            row("INC1", "Closed", 3, 9),
        ]
        .map(|row| row.replace(",?,?,?", ",?,1/3/2016 12:05,1/3/2016 12:09")),
        &[(2, FinalValueEarly)],
    );
    let history = &reading.histories[0];
    assert_eq!(history.opening.logged_at, minute(0));
    assert_eq!(history.opening.received_at, minute(1));
    assert_eq!(resolved_at(history), [minute(5)]);
    assert_eq!(history.rows, 4);
}

#[test]
fn the_row_that_resolves_gives_the_stamp_and_not_the_final_value() {
    let finals = |row: String| row.replace(",?,?,?", ",code 1,1/3/2016 12:08,1/3/2016 12:09");
    let reading = check(
        &[
            finals(row("INC1", "New", 0, 1)),
            finals(row("INC1", "Resolved", 1, 5)),
            finals(row("INC1", "Resolved", 2, 8)),
            finals(row("INC1", "Closed", 3, 9)),
        ],
        &[(2, FinalValueEarly), (3, ResolvedAtDisagrees)],
    );
    assert_eq!(resolved_at(&reading.histories[0]), [minute(5)]);
}

#[test]
fn closed_without_resolved_invents_no_resolution() {
    let reading = check(
        &[row("INC1", "New", 0, 1), row("INC1", "Closed", 1, 9)],
        &[(3, ResolvedAtMissing), (3, ClosedWithoutResolved)],
    );
    assert_eq!(resolved_at(&reading.histories[0]), []);
}

#[test]
fn a_closed_incident_may_come_back() {
    let reading = check(
        &[
            row("INC1", "Resolved", 0, 1),
            row("INC1", "Closed", 1, 2),
            row("INC1", "Closed", 2, 3),
            row("INC1", "Active", 3, 4).replace("Active,true,0,0", "Active,true,0,1"),
            row("INC1", "Resolved", 4, 5).replace("true,0,0", "true,0,1"),
            row("INC1", "Closed", 5, 6).replace("false,0,0", "false,0,1"),
        ],
        &[(2, NotStartingNew), (3, ResolvedAtMissing), (4, ClosedAgain), (5, ReopenedAfterClosed)],
    );
    let history = &reading.histories[0];
    assert_eq!(history.reopenings(), 1);
    assert_eq!(resolved_at(history), [minute(1), minute(5)]);
}

#[test]
fn an_unknown_state_changes_nothing() {
    let reading = check(
        &[
            row("INC1", "New", 0, 1),
            row("INC1", "-100", 1, 2),
            row("INC1", "?", 2, 3),
            row("INC1", "New", 3, 4),
            row("INC1", "Active", 4, 5),
        ],
        &[(3, UnknownState), (4, UnknownState)],
    );
    let transitions: Vec<_> = reading.histories[0].changes.iter().filter_map(Change::transition).collect();
    assert_eq!(
        transitions,
        [
            (None, &State::New),
            (Some(&State::New), &State::Unknown("-100".to_owned())),
            (Some(&State::New), &State::Active),
        ]
    );
}

#[test]
fn a_time_that_goes_back_is_doubted_and_the_rest_believed() {
    let reading = check(
        &[
            row("INC1", "New", 0, 40),
            row("INC1", "New", 1, 10),
            row("INC1", "Resolved", 2, 20),
            row("INC1", "Resolved", 2, 30),
        ],
        &[(3, UpdatedBackwards), (5, ModCountBackwards)],
    );
    let history = &reading.histories[0];
    let times: Vec<_> = history.changes.iter().map(|change| change.at).collect();
    assert_eq!(times, [minute(10), minute(10), minute(20), minute(30)]);
    assert_eq!(history.changes[0].stated_at, minute(40));
}

#[test]
fn scattered_rows_are_joined_and_handed_out_once() {
    let reading = check(
        &[
            row("INC1", "New", 0, 1),
            row("INC2", "New", 0, 1),
            row("INC1", "Active", 1, 2),
            row("INC2", "Active", 1, 2),
            row("INC1", "Active", 1, 2),
            row("INC3", "New", 0, 1),
        ],
        &[(2, RowsScattered), (3, RowsScattered), (6, DuplicateRow)],
    );
    let numbers: Vec<_> = reading.histories.iter().map(|history| (&*history.number, history.rows)).collect();
    assert_eq!(numbers, [("INC2", 2), ("INC1", 2), ("INC3", 1)]);
}

#[test]
fn counts_come_from_the_rows() {
    let reading = check(
        &[
            row("INC1", "New", 0, 1),
            row("INC1", "New", 1, 2).replace("Group 1,Resolver 1", "?,?"),
            row("INC1", "Active", 2, 3).replace("Group 1,Resolver 1", "Group 2,Resolver 2"),
            row("INC1", "Active", 3, 4).replace("Group 1", "Group 2").replace("true,0,0", "true,1,3"),
        ],
        &[(3, AssigneeMissing), (5, ReassignmentsDisagree), (5, ReopensDisagree)],
    );
    let history = &reading.histories[0];
    assert_eq!((history.group_changes(), history.assignee_changes()), (2, 3));
}

#[test]
fn priority_is_checked_against_its_own_matrix() {
    check(&[row("INC1", "New", 0, 1).replace("3 - Moderate", "1 - Critical")], &[(2, PriorityDisagrees)]);
    check(&[row("INC1", "New", 0, 1).replace("3 - Moderate", "Vital")], &[(2, UnknownValue)]);
}

#[test]
fn logged_is_never_later_than_received() {
    let reading = check(
        &[row("INC1", "New", 0, 5).replace("1/3/2016 12:00", "1/3/2016 13:00")],
        &[(2, OpenedAfterUpdate)],
    );
    assert_eq!(reading.histories[0].opening.logged_at, minute(1));
    let reading = check(
        &[row("INC1", "New", 0, 5).replace("1/3/2016 12:00,1/3/2016 12:01", "?,?")],
        &[(2, OpenedAtUncertain)],
    );
    assert_eq!(reading.histories[0].opening.logged_at, minute(5));
}

#[test]
fn active_must_agree_with_the_state() {
    check(&[row("INC1", "New", 0, 1).replace("true", "false")], &[(2, ActiveDisagrees)]);
}

#[test]
fn a_zone_moves_every_stamp() {
    let log = log_of(&[row("INC1", "New", 0, 1)]);
    let tokyo = Zone::named("Asia/Tokyo").expect("a zone");
    let log = Log::of_bytes(log, tokyo).expect("a log");
    let reading = read_log(&log).expect("readable");
    assert_eq!(reading.histories[0].opening.logged_at, minute(-9 * 60));
}
