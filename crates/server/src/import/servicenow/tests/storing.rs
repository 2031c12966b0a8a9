//! Imports into a real store: resumed, repeated, exported, audited.

use std::fs;

use super::runs::folder;
use super::*;
use crate::export::export_all;
use crate::store::Store;

fn arguments(file: &std::path::Path) -> ServicenowArguments {
    ServicenowArguments { file: file.to_owned(), zone: "UTC".to_owned(), report: None }
}

fn story(number: &str) -> Vec<String> {
    vec![row(number, "New", 0, 1), row(number, "Resolved", 1, 5), row(number, "Closed", 2, 9)]
}

#[test]
fn an_import_is_stored_once_and_exports_every_incident() {
    let data = folder("servicenow-store");
    let now = incident::Timestamp::from_rfc3339("2026-01-01T00:00:00Z").expect("an instant");
    let mut store = Store::create(&data, now).expect("a desk");
    let mapping = Mapping::default();
    let (first, second) = (data.join("first.csv"), data.join("second.csv"));
    fs::write(&first, log_of(&[story("INC1"), story("INC2")].concat())).expect("written");
    fs::write(&second, log_of(&[story("INC2"), story("INC3")].concat())).expect("written");
    for (file, stored, known) in [(&first, 2, 0), (&first, 0, 0), (&second, 1, 1)] {
        let outcome = import_into(&mut store, &data, &arguments(file), &mapping, now).expect("imported");
        let already = outcome.report.count(OddityKind::AlreadyImported);
        assert_eq!((outcome.stored, already), (stored, known), "{}", file.display());
    }
    let verified = store.verify().expect("the log adds up");
    assert_eq!(verified.records, 3);
    let mut out = Vec::new();
    assert_eq!(export_all(&store, now, &mut out).expect("exported"), 3);
    let lines: Vec<serde_json::Value> = String::from_utf8(out)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let told: Vec<_> = lines.iter().map(|line| (&line["imported_from"], &line["number"])).collect();
    let expected = [("INC1", 1), ("INC2", 2), ("INC3", 3)].map(|(name, number)| (name.into(), number.into()));
    assert_eq!(told, expected.iter().map(|(name, number)| (name, number)).collect::<Vec<_>>());
    assert_eq!(lines[0]["assignments"][0]["is"], "Resolver 1");
    assert_eq!(lines[0]["client"], "ServiceNow import");
    drop(store);
    fs::remove_dir_all(data).expect("tidied");
}

#[test]
fn the_incident_at_a_break_is_imported_whole_with_the_whole_file() {
    let data = folder("servicenow-cut");
    let now = incident::Timestamp::from_rfc3339("2026-01-01T00:00:00Z").expect("an instant");
    let mut store = Store::create(&data, now).expect("a desk");
    let mapping = Mapping::default();
    let whole = log_of(&[story("INC1"), story("INC2")].concat());
    let (cut, file) = (data.join("cut.csv"), data.join("whole.csv"));
    // It ends within the last row of the second incident, which is resolved and not yet closed by then.
    fs::write(&cut, &whole[..whole.len() - 100]).expect("written");
    fs::write(&file, &whole).expect("written");
    let outcome = import_into(&mut store, &data, &arguments(&cut), &mapping, now).expect("imported");
    assert_eq!((outcome.stored, outcome.is_whole()), (1, false));
    let outcome = import_into(&mut store, &data, &arguments(&file), &mapping, now).expect("imported");
    let told = |kind| outcome.report.count(kind);
    assert_eq!((outcome.stored, told(OddityKind::AlreadyImported)), (1, 1));
    assert_eq!(told(OddityKind::ImportedOtherwise), 0);
    let mut out = Vec::new();
    export_all(&store, now, &mut out).expect("exported");
    let out = String::from_utf8(out).expect("text");
    assert!(
        out.lines().count() == 2 && out.lines().all(|line| line.contains("\"phase\":\"Closed\"")),
        "{out}"
    );
    drop(store);
    fs::remove_dir_all(data).expect("tidied");
}

#[test]
fn what_another_file_brought_otherwise_is_told_and_left() {
    let data = folder("servicenow-otherwise");
    let now = incident::Timestamp::from_rfc3339("2026-01-01T00:00:00Z").expect("an instant");
    let mut store = Store::create(&data, now).expect("a desk");
    let mapping = Mapping::default();
    let (first, second) = (data.join("first.csv"), data.join("second.csv"));
    fs::write(&first, log_of(&story("INC1")[..2])).expect("written");
    fs::write(&second, log_of(&story("INC1"))).expect("written");
    import_into(&mut store, &data, &arguments(&first), &mapping, now).expect("imported");
    let outcome = import_into(&mut store, &data, &arguments(&second), &mapping, now).expect("imported");
    assert_eq!((outcome.stored, outcome.report.count(OddityKind::AlreadyImported)), (0, 0));
    let told = outcome.report.examples.iter().find(|one| one.kind == OddityKind::ImportedOtherwise);
    let reason = told.map(|oddity| oddity.reason.as_str()).expect("told");
    assert!(reason.contains("with 2 rows, and here are 3"), "{reason}");
    drop(store);
    fs::remove_dir_all(data).expect("tidied");
}
