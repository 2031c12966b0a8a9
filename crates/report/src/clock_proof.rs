//! "Why is it due then?": every stretch a clock counted, added up, as a page of text (§3.3, §6).

use std::fmt::Write as _;

use incident::calendar::{Counting, Local};
use incident::clock::{ClockState, Proof, Verdict};
use incident::exception::Ground;
use incident::{Timestamp, calendar};

/// The proof as a page of fixed-width text, for reading aloud to a client or for a file.
///
/// `title` names the incident; `zone` is the wall that its times are shown on, the calendar's own.
pub fn clock_proof(title: &str, proof: &Proof) -> String {
    let mut page = String::new();
    let reading = &proof.reading;
    line(&mut page, &format!("{} clock of {title}", reading.kind.name()));
    line(&mut page, &"=".repeat(76));
    row(&mut page, "Agreement", &proof.agreement);
    if let Some(target) = &reading.target {
        let promise = format!("{}, clause {}", span(proof.budget_ms), target.clause);
        row(&mut page, "Promise", &format!("Severity {}: {promise}", reading.severity.number()));
    }
    row(&mut page, "Calendar", &proof.calendar);
    row(&mut page, "Zone rules", &proof.tzdb);
    line(&mut page, "");
    line(&mut page, &columns("from", "to", "counted", "total"));
    for segment in &proof.segments {
        let counted = match segment.counting {
            Counting::Running => span(segment.counted_ms),
            Counting::Paused => "paused".to_owned(),
        };
        let (from, to, total) = (wall(&segment.from), wall(&segment.to), span(segment.total_ms));
        line(&mut page, &columns(&from, &to, &counted, &total));
    }
    line(&mut page, "");
    for left_out in &proof.left_out {
        let (from, to) = (on_wall(left_out.span.from, proof), on_wall(left_out.span.to, proof));
        row(&mut page, "Left out", &format!("{from} to {to}: {}", left_out.why));
    }
    for granted in &proof.exceptions {
        let (from, until) = (on_wall(granted.from, proof), on_wall(granted.until, proof));
        let after = match granted.ground {
            Ground::WrongRecord => ", the record was wrong",
            Ground::Deviation if granted.is_retroactive => ", granted afterwards",
            Ground::Deviation => "",
        };
        row(&mut page, "Exception", &format!("{} from {from} until {until}{after}", granted.clause));
    }
    row(&mut page, "Counted", &format!("{} of {}", span(proof.spent_ms), span(proof.budget_ms)));
    row(&mut page, "Result", &result(proof));
    page
}

fn result(proof: &Proof) -> String {
    let reading = &proof.reading;
    let due = reading.due.map_or_else(|| "never".to_owned(), |due| on_wall(due, proof));
    match (&reading.verdict, &reading.state) {
        (Verdict::Met { spare_ms }, _) => format!("met with {} to spare", span(*spare_ms)),
        (Verdict::Breached { at, on_arrival: true }, _) => {
            format!("not met: late already when the severity was raised, {}", on_wall(*at, proof))
        }
        (Verdict::Breached { at, on_arrival: false }, _) => {
            format!("not met: passed {}", on_wall(*at, proof))
        }
        (Verdict::Excluded { at, .. }, _) => {
            format!("excepted (§4.2): passed {} under an approved exception", on_wall(*at, proof))
        }
        (Verdict::Uncertain { within_ms }, _) => {
            format!("uncertain: the stamps are good to {} s only", within_ms.div_ceil(1_000))
        }
        (Verdict::NoTarget { reason }, _) => format!("no target: {reason}"),
        (Verdict::NotApplicable, _) => "not counted: cancelled".to_owned(),
        (Verdict::Pending, ClockState::Paused { reason, .. }) => {
            format!("stands still ({}); due {due} if it ran on now", reason.name())
        }
        (Verdict::Pending, ClockState::Running | ClockState::Stopped { .. } | ClockState::NotCounted) => {
            format!("due {due}")
        }
    }
}

/// One line of the table: moments with seconds and spans of hours find room, and names stand above their columns.
fn columns(from: &str, to: &str, counted: &str, total: &str) -> String {
    format!("  {from:<23} {to:<23} {counted:>12} {total:>12}")
}

/// An instant on the wall of the calendar, as the table shows it; in UTC where no stretch tells which wall that is.
fn on_wall(at: Timestamp, proof: &Proof) -> String {
    let zone = proof.segments.first().map_or("UTC", |segment| segment.from.zone.as_str());
    calendar::local(at, zone).map_or_else(|_| at.to_rfc3339(), |local| wall(&local))
}

/// `2026-03-06 15:00 -05:00`: the wall of the calendar, with its distance from UTC.
fn wall(local: &Local) -> String {
    let text = local.local.get(..16).unwrap_or(&local.local).replace('T', " ");
    let seconds = local.local.get(16..).filter(|rest| *rest != ":00").unwrap_or("");
    format!("{text}{seconds} {}", local.offset.get(..3).unwrap_or(&local.offset))
}

/// Hours and minutes, and seconds where there are any.
fn span(ms: i64) -> String {
    let (sign, ms) = if ms < 0 { ("-", ms.saturating_neg()) } else { ("", ms) };
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    match (hours, minutes, seconds) {
        (0, minutes, 0) => format!("{sign}{minutes}m"),
        (hours, minutes, 0) => format!("{sign}{hours}h {minutes:02}m"),
        (hours, minutes, seconds) => format!("{sign}{hours}h {minutes:02}m {seconds:02}s"),
    }
}

fn line(page: &mut String, text: &str) {
    page.push_str(text.trim_end());
    page.push('\n');
}

fn row(page: &mut String, name: &str, value: &str) {
    writeln!(page, "{name:<11} {value}").unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use incident::agreement::ClockKind;
    use incident::calendar::{Segment, local};
    use incident::clock::Reading;
    use incident::{Severity, Span};

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_rfc3339(text).unwrap()
    }

    fn on_berlin(at: Timestamp) -> Local {
        local(at, "Europe/Berlin").unwrap()
    }

    fn stretch(from: &str, to: &str, counted_ms: i64, total_ms: i64) -> Segment {
        let span = Span { from: at(from), to: at(to) };
        let (from, to) = (on_berlin(span.from), on_berlin(span.to));
        Segment { span, counting: Counting::Running, counted_ms, total_ms, from, to }
    }

    #[test]
    fn every_column_stands_under_its_name_and_every_moment_on_one_wall() {
        let segments = vec![
            stretch("2026-11-23T08:00:00Z", "2026-11-23T16:00:00Z", 28_800_000, 28_800_000),
            stretch("2026-11-24T08:00:07Z", "2026-11-24T19:59:59Z", 43_192_000, 71_992_000),
        ];
        let reading = Reading {
            kind: ClockKind::Resolution,
            severity: Severity::Two,
            target: None,
            started: segments[0].span.from,
            due: Some(at("2026-11-25T08:00:08Z")),
            attention: None,
            state: ClockState::Running,
            verdict: Verdict::Pending,
            broken: None,
            response: None,
            excepted_afterwards: None,
            corrected: None,
        };
        let proof = Proof {
            reading,
            agreement: "Gold".to_owned(),
            calendar: "Office".to_owned(),
            tzdb: "2026b".to_owned(),
            start: None,
            reopening: String::new(),
            segments,
            left_out: Vec::new(),
            exceptions: Vec::new(),
            spent_ms: 71_992_000,
            since_severity_ms: 71_992_000,
            budget_ms: 72_000_000,
        };
        let page = clock_proof("INC-1 Mail is down", &proof);
        let table: Vec<_> = page.lines().filter(|line| line.starts_with("  ")).collect();
        let [names, first, second] = table.try_into().unwrap();
        let to = names.find("to ").unwrap_or_default();
        for line in [first, second] {
            assert_eq!(line.get(to..to + 10), line.get(2..12), "both moments are of one day: {line}");
            assert_eq!(line.len(), names.len(), "totals end where their name ends: {line}");
        }
        assert!(page.contains("due 2026-11-25 09:00:08 +01"), "{page}");
    }
}
