//! Every shift of `tests/shifts`, played against the rule book.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use drill::shift::{Outcome, Shift, Sight, Step, fixture, play};
use incident::command::Configure;
use incident::compliance::CLAUSES;
use incident::{Command, Records, RefusalCode, Timestamp, Verb, apply, decide};

fn shifts() -> Vec<Shift> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/shifts");
    let files = fs::read_dir(&folder).expect("the folder of the shifts");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "shift"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(path).expect("a text");
        Shift::parse(&format!("tests/shifts/{name}"), &text).unwrap_or_else(|wrong| panic!("{wrong}"))
    };
    paths.iter().map(read).collect()
}

#[test]
fn every_shift_ends_as_it_says() {
    let all = shifts();
    assert!(all.len() >= 44, "{} shifts are too few to show the policy", all.len());
    let failures: Vec<_> = all.iter().flat_map(play).map(|failure| failure.to_string()).collect();
    assert!(failures.is_empty(), "{} lines end otherwise:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_file_is_named_by_the_clause_of_its_title() {
    for shift in shifts() {
        let clause = shift.clause.trim_start_matches('§');
        let name = shift.file.trim_start_matches("tests/shifts/");
        assert!(name.starts_with(&format!("{clause}-")), "{}: its title is of §{clause}", shift.file);
    }
}

#[test]
fn every_verb_and_every_refusal_is_shown() {
    let (mut verbs, mut codes) = (BTreeSet::new(), BTreeSet::new());
    for line in shifts().iter().flat_map(|shift| &shift.lines) {
        if let Step::Deed(deed) = &line.step {
            match &deed.outcome {
                Outcome::Refused(code, _) => {
                    codes.insert(*code);
                }
                Outcome::Ok(_) | Outcome::Only(_) => {
                    verbs.insert(deed.verb);
                }
            }
        }
    }
    let silent: Vec<_> = Verb::ALL.iter().filter(|verb| !verbs.contains(verb)).collect();
    assert!(silent.is_empty(), "no shift accepts {silent:?}");
    let silent: Vec<_> = RefusalCode::ALL.iter().filter(|code| !codes.contains(code)).collect();
    assert!(silent.is_empty(), "no shift is refused {silent:?}");
}

/// Clauses that no deed can be shown to break: people judge them.
const FOR_PEOPLE: [&str; 1] = ["§4.1/4"];

#[test]
fn every_clause_is_kept_in_one_shift_and_broken_in_one() {
    let all = shifts();
    let says = |shift: &Shift, clause: &str, ends: &[&str]| {
        shift.lines.iter().any(|line| match &line.step {
            Step::Sight(Sight::Clause, words) => {
                words.plain.get(1).is_some_and(|id| id == clause)
                    && words.plain.get(2).is_some_and(|verdict| ends.contains(&verdict.as_str()))
            }
            Step::Sight(..) | Step::Given(_) | Step::Deed(_) => false,
        })
    };
    let refuses = |shift: &Shift, verbs: &[Verb]| {
        shift.lines.iter().any(|line| match &line.step {
            Step::Deed(deed) => matches!(deed.outcome, Outcome::Refused(..)) && verbs.contains(&deed.verb),
            Step::Sight(..) | Step::Given(_) => false,
        })
    };
    let any = ["kept", "not_due_yet", "needs_human_review"];
    for clause in CLAUSES {
        let kept = all.iter().any(|shift| says(shift, clause.id, &["kept", "needs_human_review"]));
        assert!(kept, "no shift shows how {} is kept", clause.id);
        let broken = all.iter().any(|shift| {
            says(shift, clause.id, &["failed"])
                || says(shift, clause.id, &any) && refuses(shift, clause.verbs)
        });
        assert!(broken || FOR_PEOPLE.contains(&clause.id), "no shift shows how {} is broken", clause.id);
    }
}

#[test]
fn the_house_could_have_been_configured_by_its_administrator() {
    let mut records = Records::default();
    for setting in fixture::settings() {
        let deed = Command::Configure(Configure { setting });
        let events = decide(&records, &fixture::actor("root"), Timestamp::from_millis(0), &deed);
        for event in events.expect("a setting that is accepted") {
            assert!(apply(&mut records, &event));
        }
    }
}

#[test]
fn a_line_that_ends_otherwise_is_told_with_its_place() {
    let text = "§3.1  told\n09:00 ines service_desk log_incident I1 client=acme ok\nphase I1 closed\n";
    let failures = play(&Shift::parse("x.shift", text).expect("a shift"));
    let told: Vec<_> = failures.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["x.shift:3\n    expected  closed\n    came      logged"]);
}

#[test]
fn a_line_that_cannot_be_read_is_told_with_its_place() {
    for (line, wrong) in [
        ("25:61 phase I1 closed", "is not a time"),
        ("09:00 ines service_desk close I1", "say how it ends"),
        ("09:00 ines boss close I1 ok", "unknown variant `boss`"),
        ("09:00 ines service_desk close I1 text=\"half", "a quote is not closed"),
        ("09:00 ines service_desk close I1 refused disputed", "a refusal is"),
    ] {
        let told = Shift::parse("x.shift", &format!("§3.1 x\n{line}\n")).expect_err("unreadable");
        assert!(told.starts_with("x.shift:2: ") && told.contains(wrong), "{told}");
    }
    let text = "§3.1 x\n09:00 ines service_desk log_incident I1 client=acme colour=red ok\n";
    let failures = play(&Shift::parse("x.shift", text).expect("a shift"));
    assert!(failures[0].came.contains("colour= is not known here"), "{}", failures[0]);
}
