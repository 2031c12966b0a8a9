//! An imported incident, exported: the file can be recomputed from the line.

use incident::Records;
use serde_json::{Value, json};

use super::*;
use crate::export::{exported, write_line};

#[test]
fn the_line_says_what_the_rows_said() {
    let finals = |row: String| row.replace(",?,?,?", ",code 6,1/3/2016 12:08,1/3/2016 12:09");
    let rows = [
        row("INC1", "New", 0, 1).replace("Resolver 1", "?"),
        row("INC1", "Active", 1, 2).replace("Group 1", "Group 2"),
        row("INC1", "Resolved", 2, 5).replace("Group 1", "Group 2"),
        row("INC1", "Active", 3, 6).replace("Group 1", "Group 2"),
        row("INC1", "Resolved", 4, 8).replace("Group 1,Resolver 1", "Group 3,?"),
        row("INC1", "Closed", 5, 9).replace("Group 1,Resolver 1", "Group 3,?"),
    ]
    .map(finals);
    let reading = read(log_of(&rows)).expect("a log");
    let mapping = Mapping::default();
    let mapped = mapping.map(&reading.histories[0], Some(7));
    let mut records = Records::default();
    let setup = std::sync::Arc::make_mut(&mut records.setup);
    let people = mapped.people.iter().cloned().map(incident::Setting::Person);
    for setting in mapping.settings().into_iter().chain(people) {
        setup.take(setting).expect("a setting");
    }
    for event in &mapped.events {
        assert!(incident::apply(&mut records, event));
    }
    let incident = &records.incidents[&mapped.incident];
    let now = incident.updated_at;
    let mut line = Vec::new();
    write_line(&mut line, &exported(incident, &mapped.events, &records.setup, now)).expect("written");
    assert_eq!(line.last(), Some(&b'\n'));
    let line: Value = serde_json::from_slice(&line).expect("JSON");
    let at = |minute: u32| format!("2016-03-01T12:{minute:02}:00Z");
    let expected = [
        ("number", json!(7)),
        ("imported_from", json!("INC1")),
        ("imported_severity_of_impact", json!({ "1 - High": 2, "2 - Medium": 3, "3 - Low": 4 })),
        ("phase", json!("Closed")),
        ("severity", json!(3)),
        ("urgency", json!("medium")),
        ("priority", json!("P3")),
        ("source", json!("phone")),
        ("logged_at", json!(at(0))),
        ("received_at", json!(at(1))),
        ("assessed_at", Value::Null),
        ("first_assigned_at", json!(at(2))),
        ("restored_at", json!(at(8))),
        ("resolved_at", json!(at(8))),
        ("confirmed_at", Value::Null),
        ("closed_at", json!(at(9))),
        ("reassignments", json!(1)),
        ("group_reassignments", json!(2)),
        ("reopens", json!(1)),
        ("reopenings", json!([{ "at": at(6), "stopped_at": at(5), "was_confirmed": false }])),
        ("assignments", json!([{ "at": at(2), "is": "Resolver 1" }, { "at": at(8), "is": null }])),
    ];
    for (name, value) in expected {
        assert_eq!(line[name], value, "{name}");
    }
    let verdicts: Vec<_> = (0..3).map(|clock| &line["clocks"][clock]["verdict"]["verdict"]).collect();
    // The log tells of no assessment: its response ended without a stop, and there is nothing to judge.
    assert_eq!(verdicts, [&json!("not_applicable"), &json!("no_target"), &json!("no_target")]);
}
