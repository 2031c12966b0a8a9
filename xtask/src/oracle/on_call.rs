//! On-call cases, recorded by another engine, against the rotas and escalation paths of the rule book.
//!
//! A case that cannot be read is a failed case with its reason; it never stops the rest.

mod escalation;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use incident::on_call::{
    FixedShift, Override, Restriction, Roster, Rota, Rotation, TemporarySchedule, Turn, Weekday, overridden,
};
use incident::{PersonId, RotaId, Timestamp};
use serde::Deserialize;
use serde_json::Value;

/// Plays every case of the file, prints what failed and the count; true when nothing failed.
pub(crate) fn run(file: &Path) -> anyhow::Result<bool> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let cases: Vec<Value> = serde_json::from_str(&text)
        .with_context(|| format!("{} is not a JSON list of cases", file.display()))?;
    let faults: Vec<String> =
        cases.iter().enumerate().filter_map(|(number, case)| play(number, case).err()).collect();
    for fault in &faults {
        println!("FAIL {fault}");
    }
    println!("{} passed, {} failed", cases.len() - faults.len(), faults.len());
    Ok(faults.is_empty())
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Question {
    /// Every hand-off around the shifts of a window.
    RotationHandoffs {
        #[serde(flatten)]
        turns: CaseRotation,
        window: (String, String),
        handoffs: Vec<String>,
    },
    /// The shift that an instant falls into.
    RotationShift {
        #[serde(flatten)]
        turns: CaseRotation,
        at: String,
        shift: (String, String),
    },
    /// Whether hours of weekdays cover an instant.
    RuleActive {
        tz: String,
        #[serde(flatten)]
        hours: CaseHours,
        at: String,
        active: bool,
    },
    /// Who is on call in a window, person by person.
    ScheduleShifts {
        tz: String,
        window: (String, String),
        rules: Vec<CaseRule>,
        #[serde(default)]
        overrides: Vec<CaseOverride>,
        #[serde(default)]
        temporary: Vec<CaseTemporary>,
        expected: Vec<CaseShift>,
    },
    /// People on call, as overrides change them.
    OverrideMap { on_call: Vec<String>, overrides: Vec<CaseChange>, expected: Vec<String> },
    /// Who is told when, while nobody answers.
    Escalation(escalation::Case),
}

#[derive(Deserialize)]
struct CaseRotation {
    tz: String,
    r#type: Turn,
    length: u32,
    rotation_start_local: String,
}

/// Days are Sunday to Saturday.
#[derive(Deserialize)]
struct CaseHours {
    days: [u8; 7],
    start: String,
    end: String,
}

#[derive(Deserialize)]
struct CaseRule {
    #[serde(flatten)]
    hours: CaseHours,
    user: String,
}

#[derive(Deserialize)]
struct CaseChange {
    #[serde(default)]
    add: Option<String>,
    #[serde(default)]
    remove: Option<String>,
}

#[derive(Deserialize)]
struct CaseOverride {
    #[serde(flatten)]
    change: CaseChange,
    start: String,
    end: String,
}

#[derive(Deserialize)]
struct CaseTemporary {
    start: String,
    end: String,
    #[serde(default)]
    shifts: Vec<CaseShift>,
}

#[derive(Deserialize)]
struct CaseShift {
    start: String,
    end: String,
    user: String,
    #[serde(default)]
    truncated: bool,
}

/// Plays one case; the error is what to print of it.
fn play(number: usize, case: &Value) -> Result<(), String> {
    let text = |key: &str| case.get(key).and_then(Value::as_str);
    let id = text("id").map_or_else(|| format!("#{}", number + 1), str::to_owned);
    let kind = text("kind").unwrap_or("?");
    let (expected, got) = Question::deserialize(case)
        .map_err(|fault| fault.to_string())
        .and_then(|question| compare(&question))
        .map_err(|fault| format!("{id} ({kind}): cannot be played: {fault}"))?;
    if expected == got {
        return Ok(());
    }
    Err(format!("{id} ({kind}): expected {expected}, got {got}"))
}

/// The right answer, and ours.
fn compare(question: &Question) -> Result<(String, String), String> {
    match question {
        Question::RotationHandoffs { turns, window, handoffs } => {
            let expected = handoffs.iter().map(|text| instant(text)).collect::<Result<BTreeSet<_>, _>>()?;
            let got = turns.roster()?.handoffs(instant(&window.0)?, before(&window.1)?);
            Ok((listed(&expected), listed(&got)))
        }
        Question::RotationShift { turns, at, shift } => {
            let expected = BTreeSet::from([instant(&shift.0)?, instant(&shift.1)?]);
            let at = instant(at)?;
            Ok((listed(&expected), listed(&turns.roster()?.handoffs(at, at))))
        }
        Question::RuleActive { tz, hours, at, active } => {
            let mut names = Names::default();
            let roster = roster(tz, vec![rotation(names.of("anybody"), hours)?], Vec::new(), Vec::new())?;
            let is_active = !roster.at(instant(at)?).is_empty();
            Ok((format!("active={active}"), format!("active={is_active}")))
        }
        Question::ScheduleShifts { tz, window, rules, overrides, temporary, expected } => {
            shifts(tz, window, (rules, overrides, temporary), expected)
        }
        Question::OverrideMap { on_call, overrides, expected } => {
            let mut names = Names::default();
            let by_turns = on_call.iter().map(|name| names.of(name)).collect();
            let (first, last) = (Timestamp::from_millis(0), Timestamp::from_millis(1));
            let changes: Vec<_> = overrides.iter().map(|change| names.change(change, first, last)).collect();
            let got: BTreeSet<_> =
                overridden(by_turns, changes.iter()).into_iter().map(|person| names.name(person)).collect();
            let expected: BTreeSet<_> = expected.iter().map(String::as_str).collect();
            Ok((format!("{expected:?}"), format!("{got:?}")))
        }
        Question::Escalation(case) => escalation::compare(case),
    }
}

fn shifts(
    tz: &str,
    window: &(String, String),
    (rules, overrides, temporary): (&[CaseRule], &[CaseOverride], &[CaseTemporary]),
    expected: &[CaseShift],
) -> Result<(String, String), String> {
    let mut names = Names::default();
    let mut rotations = Vec::new();
    for rule in rules {
        rotations.push(rotation(names.of(&rule.user), &rule.hours)?);
    }
    let mut changes = Vec::new();
    for one in overrides {
        changes.push(names.change(&one.change, instant(&one.start)?, instant(&one.end)?));
    }
    let mut plans = Vec::new();
    for plan in temporary {
        let mut shifts = Vec::new();
        for shift in &plan.shifts {
            let (from, to) = (instant(&shift.start)?, instant(&shift.end)?);
            shifts.push(FixedShift { person: names.of(&shift.user), from, to });
        }
        plans.push(TemporarySchedule { from: instant(&plan.start)?, to: instant(&plan.end)?, shifts });
    }
    let roster = roster(tz, rotations, changes, plans)?;
    let line = |from: Timestamp, to: Timestamp, name: &str, goes_on: bool| {
        let on = if goes_on { " and on" } else { "" };
        format!("{name} {} to {}{on}", from.to_rfc3339(), to.to_rfc3339())
    };
    let mut right = Vec::new();
    for shift in expected {
        right.push(line(instant(&shift.start)?, instant(&shift.end)?, &shift.user, shift.truncated));
    }
    let got = roster.shifts(instant(&window.0)?, instant(&window.1)?);
    let mut got: Vec<_> =
        got.iter().map(|shift| line(shift.from, shift.to, names.name(shift.person), shift.goes_on)).collect();
    // People have no order here but their names.
    right.sort();
    got.sort();
    Ok((right.join("; "), got.join("; ")))
}

impl CaseRotation {
    fn roster(&self) -> Result<Roster, String> {
        let turns = Rotation {
            turn: self.r#type,
            length: self.length,
            starts: self.rotation_start_local.clone(),
            participants: Vec::new(),
            restrictions: Vec::new(),
        };
        roster(&self.tz, vec![turns], Vec::new(), Vec::new())
    }
}

/// One person in some hours.
fn rotation(person: PersonId, hours: &CaseHours) -> Result<Rotation, String> {
    let [sunday, others @ ..] = hours.days;
    let week = others.into_iter().chain([sunday]);
    let days = Weekday::ALL.into_iter().zip(week).filter(|(_, is_on)| *is_on != 0).map(|(day, _)| day);
    let hours = Restriction {
        days: days.collect(),
        from_minute: minute(&hours.start)?,
        to_minute: minute(&hours.end)?,
    };
    Ok(Rotation {
        turn: Turn::Daily,
        length: 1,
        starts: "2000-01-01T00:00:00".to_owned(),
        participants: vec![person],
        restrictions: vec![hours],
    })
}

fn roster(
    tz: &str,
    rotations: Vec<Rotation>,
    overrides: Vec<Override>,
    temporary: Vec<TemporarySchedule>,
) -> Result<Roster, String> {
    let id: RotaId = Names::id(0).parse().map_err(|_| "no id")?;
    let (name, zone) = (tz.to_owned(), tz.to_owned());
    let rota = Rota { id, version: 1, name, zone, rotations, overrides, temporary };
    Roster::of(&rota).map_err(|fault| fault.to_string())
}

/// People of a case, by name.
#[derive(Default)]
struct Names(BTreeMap<String, PersonId>);

impl Names {
    fn id(number: usize) -> String {
        format!("00000000-0000-7000-9000-{number:012x}")
    }

    fn of(&mut self, name: &str) -> PersonId {
        let next = Self::id(self.0.len() + 1).parse().unwrap_or(PersonId::SERVER);
        *self.0.entry(name.to_owned()).or_insert(next)
    }

    fn name(&self, person: PersonId) -> &str {
        self.0.iter().find(|(_, known)| **known == person).map_or("?", |(name, _)| name)
    }

    fn change(&mut self, change: &CaseChange, from: Timestamp, to: Timestamp) -> Override {
        let mut known = |name: &Option<String>| name.as_ref().map(|name| self.of(name));
        Override { from, to, add: known(&change.add), remove: known(&change.remove) }
    }
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::from_rfc3339(text).ok_or_else(|| format!("\"{text}\" is not an instant"))
}

/// The last instant of a window that ends there.
fn before(text: &str) -> Result<Timestamp, String> {
    instant(text).map(|at| at.plus_millis(-1))
}

fn minute(text: &str) -> Result<u16, String> {
    let wrong = || format!("\"{text}\" is not a time of day");
    let (hours, minutes) = text.split_once(':').ok_or_else(wrong)?;
    let number = |digits: &str| digits.parse::<u16>().map_err(|_| wrong());
    Ok(number(hours)? * 60 + number(minutes)?)
}

fn listed(all: &BTreeSet<Timestamp>) -> String {
    all.iter().map(|at| at.to_rfc3339()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::play;

    #[test]
    fn a_case_is_right_wrong_or_unreadable_and_never_a_crash() {
        let case = |end: &str| {
            serde_json::json!({
                "id": "a", "kind": "rotation-shift", "tz": "Europe/Berlin", "type": "daily", "length": 1,
                "rotation_start_local": "2024-03-01T02:30:00", "at": "2024-03-30T12:00:00Z",
                "shift": ["2024-03-30T01:30:00Z", end],
            })
        };
        assert_eq!(play(0, &case("2024-03-31T01:00:00Z")), Ok(()));
        assert!(
            play(0, &case("2024-03-31T01:30:00Z"))
                .is_err_and(|fault| fault.contains("got 2024-03-30T01:30:00Z, 2024-03-31T01:00:00Z"))
        );
        let unreadable = "a (rotation-shift): cannot be played: \"soon\" is not an instant";
        assert_eq!(play(0, &case("soon")), Err(unreadable.to_owned()));
        assert!(
            play(6, &serde_json::json!([1]))
                .is_err_and(|fault| fault.starts_with("#7 (?): cannot be played"))
        );
    }
}
