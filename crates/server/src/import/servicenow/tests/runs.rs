//! The command as a whole, against a store that may fail.

use std::fs;
use std::path::PathBuf;

use super::*;

/// A folder of its own for one test, empty.
pub(super) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("holdfast-{name}-{}", std::process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("emptied");
    }
    fs::create_dir_all(&folder).expect("made");
    folder
}

#[test]
fn a_run_lists_every_oddity_and_a_second_run_stores_nothing_more() {
    let data = folder("servicenow-runs");
    let file = data.join("log.csv");
    let good = row("INC1", "New", 0, 1);
    fs::write(&file, log_of(&[good.clone(), good, "INC2,too short".to_owned()])).expect("written");
    let arguments = ServicenowArguments { file, zone: "UTC".to_owned(), report: None };
    let mapping = Mapping::default();
    let mut position: Option<Position> = None;
    let mut numbers = Vec::new();
    for expected in [1, 0] {
        let known = Earlier { position: position.clone(), ..Earlier::default() };
        let outcome = run(
            &arguments,
            &data,
            &mapping,
            Some(40),
            |_| Ok(known),
            |batch| {
                position = Some(batch.position.clone());
                numbers.extend(batch.incidents.iter().map(|incident| incident.number.clone()));
                Ok(())
            },
        )
        .expect("run");
        assert_eq!(outcome.stored, expected);
        assert!(outcome.is_whole());
        let list = fs::read_to_string(&outcome.list).expect("the list");
        let told: u64 = outcome.report.counts.values().sum();
        assert_eq!(list.lines().count() as u64, told);
        let short = list.lines().find(|line| line.contains("wrong_column_count")).expect("told");
        let short: serde_json::Value = serde_json::from_str(short).expect("JSON");
        assert_eq!((&short["line"], &short["incident"]), (&4.into(), &"INC2".into()));
        assert!(outcome.to_string().contains("2 rows could not be used"), "{outcome}");
    }
    assert_eq!(numbers, ["INC1"]);
}

#[test]
fn a_store_that_fails_ends_the_run_with_what_to_do() {
    let data = folder("servicenow-fails");
    let file = data.join("log.csv");
    fs::write(&file, log_of(&[row("INC1", "New", 0, 1)])).expect("written");
    let arguments = ServicenowArguments { file, zone: "UTC".to_owned(), report: None };
    let mapping = Mapping::default();
    let error = run(
        &arguments,
        &data,
        &mapping,
        None,
        |_| Ok(Earlier::default()),
        |_| Err("the disk is full".into()),
    );
    let error = error.expect_err("it failed").to_string();
    assert_eq!(error, "the import stopped: the disk is full; run the same command again to go on");
    let arguments = ServicenowArguments { zone: "Nowhere".to_owned(), ..arguments };
    let error = run(&arguments, &data, &mapping, None, |_| Ok(Earlier::default()), |_| Ok(()));
    assert!(error.expect_err("no such zone").to_string().contains("Europe/Lisbon"));
}
