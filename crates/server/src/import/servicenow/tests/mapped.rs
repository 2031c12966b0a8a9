//! Histories as events: what each row makes true, and nothing before it.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::GzDecoder;
use incident::event::{Event, Fact as Said};
use incident::priority::Matrix;
use incident::{Incident, Phase, Severity, fold_incident};

use super::*;

fn events_of(rows: &[String]) -> Vec<Event> {
    let reading = read(log_of(rows)).expect("a log");
    Mapping::default().map(&reading.histories[0], Some(7)).events
}

fn folded(events: &[Event]) -> Incident {
    fold_incident(incident_id("INC1"), events).expect("it begins with its log entry")
}

fn minute(minute: i64) -> incident::Timestamp {
    let noon = incident::Timestamp::from_rfc3339("2016-03-01T12:00:00Z").expect("an instant");
    noon.plus_millis(minute * 60_000)
}

#[test]
fn a_story_from_logged_to_closed() {
    let finals = |row: String| row.replace(",?,?,?", ",code 6,1/3/2016 12:08,1/3/2016 12:09");
    let confirmed = |row: String| finals(row).replace(",false,code", ",true,code");
    let worse = |row: String| confirmed(row).replace("2 - Medium,2", "1 - High,2");
    let events = events_of(&[
        finals(row("INC1", "New", 0, 1)).replace("Resolver 1", "?"),
        finals(row("INC1", "Active", 1, 2)),
        confirmed(row("INC1", "Awaiting User Info", 2, 4)),
        worse(row("INC1", "Awaiting Problem", 3, 5)),
        worse(row("INC1", "Resolved", 4, 8)).replace("Resolver 1", "Resolver 2"),
        worse(row("INC1", "Closed", 5, 9)).replace("Resolver 1", "Resolver 2"),
    ]);
    let incident = folded(&events);
    assert_eq!(incident.number, Some(7));
    assert_eq!((incident.logged.at, incident.logged.received), (minute(0), minute(1)));
    assert_eq!(incident.first_assigned_at, Some(minute(2)));
    assert_eq!(incident.responded_at(), Some(minute(4)));
    assert_eq!(incident.stopped_at(), Some(minute(8)));
    assert_eq!(incident.reassignments, 1);
    let severities: Vec<_> =
        incident.severities.iter().map(|in_force| (in_force.at, in_force.severity)).collect();
    let expected = [(minute(0), Severity::Three), (minute(1), Severity::Three), (minute(5), Severity::Two)];
    assert_eq!(severities, expected);
    let pauses: Vec<_> = incident.pauses.iter().map(|pause| (pause.from, pause.to)).collect();
    assert_eq!(pauses, [(minute(4), Some(minute(5)))]);
    assert_eq!(incident.resolved.as_ref().map(|resolved| &*resolved.cause), Some("code 6"));
    assert!(incident.confirmation.is_none(), "nothing in the log is a confirmation");
    assert!(matches!(incident.phase, Phase::Closed { at, .. } if at == minute(9)));
}

#[test]
fn the_line_names_the_category_that_a_later_row_brings() {
    let header = format!("{HEADER},category,subcategory\n");
    let rows = [
        format!("{},?,?", row("INC1", "New", 0, 1)),
        format!("{},Category 26,Subcategory 164", row("INC1", "Active", 1, 2)),
        format!("{},?,?", row("INC2", "New", 0, 1)),
    ];
    let reading = read(header + &rows.join("\n") + "\n").expect("a log");
    let line = |place: usize| {
        let events = Mapping::default().map(&reading.histories[place], None).events;
        fold_incident(incident_id(&reading.histories[place].number), &events)
            .expect("it begins")
            .entry
            .summary
    };
    assert_eq!(line(0), "INC1: Category 26, Subcategory 164");
    assert_eq!(line(1), "INC2: not categorised");
}

#[test]
fn closed_without_resolved_has_no_stop() {
    let incident = folded(&events_of(&[row("INC1", "New", 0, 1), row("INC1", "Closed", 1, 9)]));
    assert_eq!((incident.stopped_at(), incident.is_open()), (None, false));
}

#[test]
fn reopened_after_closed_keeps_the_earlier_stop() {
    let incident = folded(&events_of(&[
        row("INC1", "New", 0, 1),
        row("INC1", "Resolved", 1, 2),
        row("INC1", "Closed", 2, 3),
        row("INC1", "Active", 3, 4),
    ]));
    assert!(incident.is_open());
    assert_eq!(incident.stopped_at(), None);
    assert_eq!(incident.reopenings[0].stopped_at, Some(minute(2)));
    assert!(!incident.reopenings[0].was_confirmed);
}

#[test]
fn the_house_matrix_gives_the_priority_of_the_log() {
    let levels = [Level::High, Level::Medium, Level::Low];
    for impact in levels {
        for urgency in levels {
            let derived = Matrix::default().priority(severity_of(impact), urgency_of(urgency));
            let stated = Rank::of(impact, urgency).number();
            assert_eq!(format!("{derived:?}"), format!("P{stated}"), "{impact} × {urgency}");
        }
    }
}

#[test]
fn a_run_that_was_stopped_goes_on_and_doubles_nothing() {
    let rows: Vec<_> = (0..1_700).map(|n| row(&format!("INC{n}"), "New", 0, 1)).collect();
    let log = Log::of_bytes(log_of(&rows), Zone::utc()).expect("a log");
    let other = Log::of_bytes(log_of(&rows[..1_600]), Zone::utc()).expect("a log");
    let mapping = Mapping::default();
    let (mut stored, mut position) = (Vec::new(), None);
    let mut told = Vec::new();
    for (log, batches) in [(&log, 2), (&log, 1), (&log, 9), (&log, 9), (&other, 9)] {
        let earlier = Earlier { position: position.clone(), ..Earlier::default() };
        let start = Start { log, mapping: &mapping, earlier, next_number: Some(1) };
        let mut left = batches;
        let mut oddities = 0;
        let outcome = import::<Error>(
            start,
            |_| {
                oddities += 1;
                Ok(())
            },
            |batch| {
                if left == 0 {
                    return Err(Error::Empty);
                }
                left -= 1;
                stored.extend(batch.incidents.into_iter().map(|incident| incident.number));
                position = Some(batch.position);
                Ok(())
            },
        );
        told.push((outcome.is_ok(), stored.len(), oddities));
    }
    let whole = rows.len();
    let absent_columns = 17;
    let oddities = |incidents: usize| absent_columns + incidents;
    assert_eq!(
        told,
        [
            (false, 1_000, oddities(1_500)),
            (false, 1_500, oddities(whole)),
            (true, whole, oddities(whole)),
            (true, whole, oddities(whole)),
            (true, whole + 1_600, oddities(1_600)),
        ]
    );
    assert!((0..whole).all(|n| stored[n] == format!("INC{n}")));
}

/// State and update time of each line of the real log, read apart from everything under test.
fn raw_rows(packed: &[u8]) -> HashMap<u32, (String, String)> {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).expect("text");
    let rows = text.lines().zip(1..).skip(1);
    rows.map(|(row, line)| {
        let cells: Vec<&str> = row.split(',').collect();
        (line, (cells[1].to_owned(), cells[13].to_owned()))
    })
    .collect()
}

/// After each row of the real log the incident is in the state that row says, and not before.
#[test]
fn no_real_incident_is_resolved_before_its_row_says_so() {
    let Some(path) = real::real_path() else { return };
    let raw = raw_rows(&std::fs::read(&path).expect("the log"));
    let log = Log::open(path, Zone::utc()).expect("the log");
    let mapping = Mapping::default();
    let (mut rows, mut doubted) = (0, 0);
    for found in log.histories().expect("readable") {
        let Found::History(history) = found.expect("readable") else { continue };
        let mapped = mapping.map(&history, None);
        assert!(mapped.events.is_sorted_by_key(|event| event.at), "{}", history.number);
        let mut incident = None;
        let mut records = incident::Records::default();
        let mut events = mapped.events.iter().peekable();
        let mut line = None;
        while let Some(event) = events.next() {
            assert!(incident::apply(&mut records, event), "{event:?}");
            if let Said::RowImported { line: now, .. } = &event.fact {
                line = Some(*now);
                let stated = Zone::utc().read(&raw[now].1).expect("a time");
                doubted += u32::from(event.at != stated);
            }
            let is_last_of_row =
                events.peek().is_none_or(|next| matches!(next.fact, Said::RowImported { .. }));
            incident = records.incidents.get(&mapped.incident).cloned();
            let phase = &incident.as_ref().expect("logged").phase;
            if let (Some(line), true) = (line, is_last_of_row) {
                check_phase(phase, &raw[&line].0, line);
                rows += 1;
            }
        }
        let incident = incident.expect("logged");
        assert_eq!(incident.reopenings.len(), history.reopenings(), "{}", history.number);
        assert_eq!(recounted(&mapped.events, "assignment_group"), history.group_changes());
        assert_eq!(recounted(&mapped.events, "assigned_to"), history.assignee_changes());
    }
    assert_eq!((rows, doubted), (141_712, 1));
}

#[track_caller]
fn check_phase(phase: &Phase, state: &str, line: u32) {
    let agrees = match state {
        "Closed" => matches!(phase, Phase::Closed { .. }),
        "Resolved" => matches!(phase, Phase::Restored { .. }),
        _ => !matches!(phase, Phase::Closed { .. } | Phase::Restored { .. } | Phase::Cancelled { .. }),
    };
    assert!(agrees, "line {line} is {state}, the incident is {}", phase.name());
}

/// How often a column changed after the first row, from the events alone.
fn recounted(events: &[Event], column: &str) -> usize {
    let rows = events.iter().filter_map(|event| match &event.fact {
        Said::RowImported { changes, .. } => Some(changes),
        _ => None,
    });
    rows.skip(1).filter(|changes| changes.contains_key(column)).count()
}
