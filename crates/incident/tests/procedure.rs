//! Procedures that are documented and understood (§3.5): whose attestation stands, and who on call has none.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::sync::Arc;

use incident::command::{Attest, Configure};
use incident::on_call::{Rota, Rotation, Turn};
use incident::procedure::{Procedure, Scenario, gaps, stands};
use incident::{Command, PersonId, Records, Role, Setting, Subject, Timestamp, apply, decide};

fn at(hours: i64) -> Timestamp {
    let begun = Timestamp::from_rfc3339("2026-06-01T00:00:00Z").expect("an instant");
    begun.plus_millis(hours * 60 * incident::MINUTE)
}

fn version(version: u32, changed_for: &[Role]) -> Setting {
    Setting::Procedure(Procedure {
        id: fixture::procedure("P1"),
        version,
        effective_from: Timestamp::from_millis(0),
        name: "Night calls".to_owned(),
        text: "Call the next step when nobody answers".to_owned(),
        must_know: [Role::Tier2, Role::Tier3].into(),
        changed_for: changed_for.iter().copied().collect(),
        scenario: Scenario {
            question: "Nobody answers: what do you do?".to_owned(),
            answers: vec!["Call the next step".to_owned(), "Wait".to_owned()],
            right: 0,
        },
    })
}

fn nights(people: &[&str]) -> Setting {
    let rotation = Rotation {
        turn: Turn::Hourly,
        length: 12,
        starts: "2026-06-01T00:00:00".to_owned(),
        participants: people.iter().map(|name| fixture::person(name)).collect(),
        restrictions: Vec::new(),
    };
    Setting::Rota(Rota {
        id: fixture::rota("nights"),
        version: 1,
        name: "nights".to_owned(),
        zone: "UTC".to_owned(),
        rotations: vec![rotation],
        overrides: Vec::new(),
        temporary: Vec::new(),
    })
}

fn set(records: &mut Records, setting: Setting) {
    Arc::make_mut(&mut records.setup).take(setting).expect("a good setting");
}

fn attest(records: &mut Records, name: &str, version: u32) {
    let command = Command::Attest(Attest { procedure: fixture::procedure("P1"), version, answer: 0 });
    for event in decide(records, &fixture::actor(name), at(0), &command).expect("a right answer") {
        assert!(apply(records, &event));
    }
}

fn stand(records: &Records, name: &str, version: u32) -> bool {
    let setup = &records.setup;
    let known = records.attestations.get(&fixture::procedure("P1")).map(AsRef::as_ref);
    let procedure = &setup.procedures[&(fixture::procedure("P1"), version)];
    stands(setup, known, procedure, &setup.people[&fixture::person(name)])
}

#[test]
fn a_new_version_makes_stale_only_those_whom_it_concerns() {
    let mut records = fixture::records();
    set(&mut records, version(1, &[]));
    assert!(!stand(&records, "tom", 1));
    attest(&mut records, "tom", 1);
    attest(&mut records, "kay", 1);
    set(&mut records, version(2, &[Role::Tier3]));
    assert!(stand(&records, "tom", 2), "nothing changed for Tier 2");
    assert!(!stand(&records, "kay", 2));
    set(&mut records, version(3, &[]));
    assert!(!stand(&records, "kay", 3), "a later edit of the wording does not cure it");
    attest(&mut records, "kay", 3);
    assert!(stand(&records, "kay", 3));
}

#[test]
fn what_is_attested_stays_open_for_others() {
    let mut records = fixture::records();
    set(&mut records, version(1, &[]));
    attest(&mut records, "tom", 1);
    let known = records.get(Subject::Procedure(fixture::procedure("P1"))).expect("attestations");
    assert!(known.is_open());
    assert_eq!(known.changed_at(), at(0), "when the last of them was given");
}

#[test]
fn a_case_has_one_right_answer_among_two_to_ten() {
    let records = fixture::records();
    let may_be_set = |answers: u32, right: u32| {
        let Setting::Procedure(mut procedure) = version(1, &[]) else { unreachable!("a procedure") };
        procedure.scenario.answers = (1..=answers).map(|number| format!("Way {number}")).collect();
        procedure.scenario.right = right;
        let setting = Setting::Procedure(procedure);
        decide(&records, &fixture::actor("root"), at(0), &Command::Configure(Configure { setting })).is_ok()
    };
    for (answers, right) in [(2, 0), (2, 1), (10, 9)] {
        assert!(may_be_set(answers, right), "{answers} answers, the right one at {right}");
    }
    for (answers, right) in [(1, 0), (2, 2), (11, 0)] {
        assert!(!may_be_set(answers, right), "{answers} answers, the right one at {right}");
    }
}

#[test]
fn the_gap_list_names_who_is_on_call_and_has_not_attested() {
    let mut records = fixture::records();
    set(&mut records, version(1, &[]));
    set(&mut records, nights(&["tom", "kay", "cole"]));
    let found = |records: &Records, from: i64, to: i64| -> Vec<(PersonId, bool)> {
        gaps(records, at(from), at(to)).into_iter().map(|gap| (gap.person, gap.nobody_knows)).collect()
    };
    assert_eq!(found(&records, 0, 24), [(fixture::person("tom"), true), (fixture::person("kay"), true)]);
    attest(&mut records, "tom", 1);
    assert_eq!(found(&records, 0, 24), [(fixture::person("kay"), false)]);
    // In the third shift is somebody who need not know it.
    assert_eq!(found(&records, 24, 36), []);
    assert_eq!(found(&records, 12, 24), [(fixture::person("kay"), true)]);
}
