//! The given working-time cases, replayed from `shared/data` beside the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use incident::Span;
use incident::calendar::{Date, Hours, Index, Opening};
use serde::Deserialize;

use super::{at, calendar};

const FILE: &str = "../../../shared/data/business-time/business-time-cases.json";

#[derive(Deserialize)]
struct Case {
    id: String,
    calendar: CaseCalendar,
    start: String,
    pauses: Vec<(String, String)>,
    #[serde(flatten)]
    question: Question,
}

#[derive(Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
enum Question {
    Due { minutes: i64, due: String, due_accept: Vec<String> },
    Elapsed { end: String, elapsed_seconds: i64 },
}

#[derive(Deserialize)]
struct CaseCalendar {
    tz: String,
    hours: BTreeMap<String, Vec<(String, String)>>,
    holidays: BTreeSet<Date>,
}

impl CaseCalendar {
    fn index(&self) -> Index {
        let day = |name: &str| {
            let openings = self.hours.get(name).map_or(&[][..], Vec::as_slice);
            openings.iter().map(|(from, to)| Opening::parse(from, to).expect("an opening")).collect()
        };
        let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(day);
        let hours = Hours::Weekly { week, holidays: self.holidays.clone(), special: BTreeMap::new() };
        Index::compile(&calendar(&self.tz, hours)).expect("a good calendar")
    }
}

/// What is wrong with our answer, if anything. `due` is the reading of ruling 7.
fn fault(case: &Case) -> Option<String> {
    let index = case.calendar.index();
    let pauses: Vec<Span> =
        case.pauses.iter().map(|(from, to)| Span { from: at(from), to: at(to) }).collect();
    match &case.question {
        Question::Due { minutes, due, due_accept } => {
            let got = index.due(at(&case.start), minutes * 60_000, &pauses).at();
            let ours = got == Some(at(due)) && due_accept.contains(due);
            (!ours).then(|| format!("{}: expected {due}, got {:?}", case.id, got.map(|at| at.to_rfc3339())))
        }
        Question::Elapsed { end, elapsed_seconds } => {
            let got = index.elapsed(at(&case.start), at(end), &pauses);
            let wrong = got != elapsed_seconds * 1_000;
            wrong.then(|| format!("{}: expected {elapsed_seconds} s, got {got} ms", case.id))
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "whether the inputs may be absent is told by the environment")]
fn given_cases_hold() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let Ok(text) = std::fs::read_to_string(&file) else {
        assert!(std::env::var("CI").is_err(), "{} is absent, and CI must have it", file.display());
        eprintln!("skipped: {} is absent", file.display());
        return;
    };
    let cases: Vec<Case> = serde_json::from_str(&text).expect("a list of cases");
    assert!(cases.len() >= 110, "only {} cases", cases.len());
    let faults: Vec<String> = cases.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} of {} cases\n{}", faults.len(), cases.len(), faults.join("\n"));
}
