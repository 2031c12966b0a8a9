//! Working-time cases, recorded by other engines, against the calendar of the rule book.
//!
//! A case that cannot be read is a failed case with its reason; it never stops the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use incident::calendar::{Calendar, CalendarId, Date, Due, Hours, Index, Opening};
use incident::time::MINUTE;
use incident::{Span, Timestamp};
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
struct Case {
    calendar: CaseCalendar,
    start: String,
    #[serde(default)]
    pauses: Vec<(String, String)>,
    #[serde(flatten)]
    question: Question,
}

#[derive(Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
enum Question {
    /// Any instant of `due_accept` is right: engines differ on a deadline at closing time.
    Due {
        minutes: i64,
        due: Option<String>,
        #[serde(default)]
        due_accept: Vec<String>,
    },
    Elapsed {
        end: String,
        elapsed_seconds: i64,
    },
}

#[derive(Deserialize)]
struct CaseCalendar {
    tz: String,
    hours: BTreeMap<String, Vec<(String, String)>>,
    #[serde(default)]
    holidays: BTreeSet<Date>,
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Plays one case; the error is what to print of it.
fn play(number: usize, case: &Value) -> Result<(), String> {
    let text = |key: &str| case.get(key).and_then(Value::as_str);
    let id = text("id").map_or_else(|| format!("#{}", number + 1), str::to_owned);
    let (expected, got) = Case::deserialize(case)
        .map_err(|fault| fault.to_string())
        .and_then(|case| compare(&case))
        .map_err(|fault| format!("{id} ({}): cannot be played: {fault}", text("op").unwrap_or("?")))?;
    if expected.contains(&got) {
        return Ok(());
    }
    Err(format!("{id} ({}): expected {}, got {got}", text("op").unwrap_or("?"), expected.join(" or ")))
}

/// The answers that are right, and ours.
fn compare(case: &Case) -> Result<(Vec<String>, String), String> {
    let index = case.calendar.index()?;
    let start = counted("start", &case.start)?;
    let pauses: Result<Vec<Span>, String> = case.pauses.iter().map(|(from, to)| pause(from, to)).collect();
    let pauses = pauses?;
    match &case.question {
        Question::Due { minutes, due, due_accept } => {
            let accepted = due_accept.iter().chain(due).map(|text| Ok(instant(text)?.to_rfc3339()));
            let mut expected = accepted.collect::<Result<Vec<String>, String>>()?;
            expected.dedup();
            if expected.is_empty() {
                expected.push("never".to_owned());
            }
            let got = match index.due(start, minutes.saturating_mul(MINUTE), &pauses) {
                Due::At(at) => at.to_rfc3339(),
                Due::Never => "never".to_owned(),
            };
            Ok((expected, got))
        }
        Question::Elapsed { end, elapsed_seconds } => {
            let elapsed_ms = index.elapsed(start, counted("end", end)?, &pauses);
            Ok((vec![seconds(elapsed_seconds.saturating_mul(1_000))], seconds(elapsed_ms)))
        }
    }
}

impl CaseCalendar {
    fn index(&self) -> Result<Index, String> {
        if let Some(day) = self.hours.keys().find(|day| !WEEKDAYS.contains(&day.as_str())) {
            return Err(format!("\"{day}\" is not one of {}", WEEKDAYS.join(", ")));
        }
        let mut week: [Vec<Opening>; 7] = Default::default();
        for (openings, day) in week.iter_mut().zip(WEEKDAYS) {
            for (from, to) in self.hours.get(day).into_iter().flatten() {
                openings.push(Opening::parse(from, to).map_err(|fault| format!("{day}: {fault}"))?);
            }
        }
        let calendar = Calendar {
            id: CalendarId::UNKEPT,
            name: self.tz.clone(),
            zone: self.tz.clone(),
            hours: Hours::Weekly { week, holidays: self.holidays.clone(), special: BTreeMap::new() },
            version: 1,
        };
        Index::compile(&calendar).map_err(|fault| fault.to_string())
    }
}

/// An instant at which calendars count.
fn counted(name: &str, text: &str) -> Result<Timestamp, String> {
    let at = instant(text)?;
    if Index::counts_at(at) {
        return Ok(at);
    }
    Err(format!("{name} {text} lies outside of 1970 to 2200, where calendars count"))
}

/// A pause that does not end before it begins.
fn pause(from: &str, to: &str) -> Result<Span, String> {
    let span = Span { from: counted("pause from", from)?, to: counted("pause to", to)? };
    if span.to < span.from {
        return Err(format!("the pause from {from} to {to} ends before it begins"));
    }
    Ok(span)
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::from_rfc3339(text).ok_or_else(|| format!("\"{text}\" is not an instant"))
}

/// Milliseconds as seconds, without rounding.
fn seconds(millis: i64) -> String {
    match millis % 1_000 {
        0 => format!("{} s", millis / 1_000),
        rest => format!("{}.{:03} s", millis / 1_000, rest.abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::play;

    #[test]
    fn a_case_is_right_wrong_or_unreadable_and_never_a_crash() {
        let case = |due: &str| {
            serde_json::json!({
                "id": "a", "op": "due", "start": "2026-06-08T16:00:00Z", "minutes": 60, "due": due,
                "calendar": { "tz": "UTC", "hours": { "mon": [["09:00", "17:00"]] }, "holidays": [] },
            })
        };
        assert_eq!(play(0, &case("2026-06-08T17:00:00Z")), Ok(()));
        let wrong = "a (due): expected 2026-06-15T09:00:00Z, got 2026-06-08T17:00:00Z";
        assert_eq!(play(0, &case("2026-06-15T09:00:00Z")), Err(wrong.to_owned()));
        let unreadable = "a (due): cannot be played: \"soon\" is not an instant";
        assert_eq!(play(0, &case("soon")), Err(unreadable.to_owned()));
        let mut reversed = case("2026-06-08T17:00:00Z");
        reversed["pauses"] = serde_json::json!([["2026-06-08T16:30:00Z", "2026-06-08T16:10:00Z"]]);
        let why = "the pause from 2026-06-08T16:30:00Z to 2026-06-08T16:10:00Z ends before it begins";
        assert_eq!(play(0, &reversed), Err(format!("a (due): cannot be played: {why}")));
        for (field, instant) in [("start", "1969-12-31T23:59:59Z"), ("start", "2200-06-08T16:00:00Z")] {
            let mut outside = case("2026-06-08T17:00:00Z");
            outside[field] = serde_json::json!(instant);
            let why = format!("{field} {instant} lies outside of 1970 to 2200, where calendars count");
            assert_eq!(play(0, &outside), Err(format!("a (due): cannot be played: {why}")));
        }
        assert!(
            play(6, &serde_json::json!([1]))
                .is_err_and(|fault| fault.starts_with("#7 (?): cannot be played"))
        );
    }
}
