//! Hand-made logs, one oddity each, and the real one.

mod exported;
mod hostile;
mod mapped;
mod odd;
mod real;
mod runs;
mod storing;

use super::*;

/// The columns the hand-made logs have.
const HEADER: &str = "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,\
    opened_at,sys_created_at,sys_updated_at,contact_type,impact,urgency,priority,assignment_group,assigned_to,\
    u_priority_confirmation,closed_code,resolved_at,closed_at";

/// A row that says nothing unusual: `mod_count` orders it, `at` is the minute after noon.
fn row(number: &str, state: &str, mod_count: u32, at: u32) -> String {
    let active = state != "Closed";
    format!(
        "{number},{state},{active},0,0,{mod_count},1/3/2016 12:00,1/3/2016 12:01,\
         1/3/2016 12:{at:02},Phone,2 - Medium,2 - Medium,3 - Moderate,Group 1,Resolver 1,false,?,?,?"
    )
}

fn log_of(rows: &[String]) -> Vec<u8> {
    let mut text = HEADER.to_owned();
    for row in rows {
        text.push('\n');
        text.push_str(row);
    }
    text.push('\n');
    text.into_bytes()
}

struct Reading {
    histories: Vec<History>,
    oddities: Vec<Oddity>,
    report: Report,
}

fn read(bytes: impl Into<Vec<u8>>) -> Result<Reading, Error> {
    let log = Log::of_bytes(bytes.into(), Zone::utc())?;
    read_log(&log)
}

fn read_log(log: &Log) -> Result<Reading, Error> {
    let mut reading = Reading { histories: Vec::new(), oddities: Vec::new(), report: Report::default() };
    for found in log.histories()? {
        match found? {
            Found::History(history) => {
                reading.report.note_history(&history);
                reading.oddities.extend(history.oddities.iter().cloned());
                reading.histories.push(*history);
            }
            Found::Oddity(oddity) => {
                reading.report.note(&oddity);
                reading.oddities.push(oddity);
            }
        }
    }
    let expected = log.survey().rows;
    let told = reading.report.used_rows + reading.report.unused_rows;
    assert_eq!(told, expected, "every row is used or reported");
    Ok(reading)
}

/// The oddities of hand-made rows as `line kind`, without the columns they all lack and the
/// incidents they leave open.
#[track_caller]
fn check(rows: &[String], expected: &[(u64, OddityKind)]) -> Reading {
    check_bytes(log_of(rows), expected)
}

#[track_caller]
fn check_bytes(bytes: Vec<u8>, expected: &[(u64, OddityKind)]) -> Reading {
    let reading = read(bytes).expect("a log");
    let mut found: Vec<_> = reading
        .oddities
        .iter()
        .filter(|oddity| !matches!(oddity.kind, OddityKind::ColumnAbsent | OddityKind::NeverClosed))
        .map(|oddity| (oddity.line, oddity.kind))
        .collect();
    found.sort_unstable();
    assert_eq!(found, expected, "{:#?}", reading.oddities);
    reading
}
