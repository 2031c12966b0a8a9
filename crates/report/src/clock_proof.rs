//! "Why is it due then?": every stretch a clock counted, added up, as a page of text (§3.3, §6).

use std::fmt::Write as _;

use incident::calendar::{Counting, Local};
use incident::clock::{ClockState, Proof, Verdict};
use incident::exception::Ground;

/// The proof as a page of fixed-width text, for reading aloud to a client or for a file.
///
/// `title` names the incident; `zone` is the wall that its times are shown on, the calendar's own.
pub fn clock_proof(title: &str, proof: &Proof) -> String {
    let mut page = String::new();
    let reading = &proof.reading;
    line(&mut page, &format!("{} clock of {title}", reading.kind.name()));
    line(&mut page, &"=".repeat(72));
    row(&mut page, "Agreement", &proof.agreement);
    if let Some(target) = &reading.target {
        let promise = format!("{}, clause {}", span(proof.budget_ms), target.clause);
        row(&mut page, "Promise", &format!("Severity {}: {promise}", reading.severity.number()));
    }
    row(&mut page, "Calendar", &proof.calendar);
    row(&mut page, "Zone rules", &proof.tzdb);
    line(&mut page, "");
    line(&mut page, "  from                 to                        counted     total");
    for segment in &proof.segments {
        let counted = match segment.counting {
            Counting::Running => span(segment.counted_ms),
            Counting::Paused => "paused".to_owned(),
        };
        let (from, to, total) = (wall(&segment.from), wall(&segment.to), span(segment.total_ms));
        line(&mut page, &format!("  {from:<20} {to:<20} {counted:>12} {total:>9}"));
    }
    line(&mut page, "");
    for left_out in &proof.left_out {
        let (from, to) = (left_out.span.from.to_rfc3339(), left_out.span.to.to_rfc3339());
        row(&mut page, "Left out", &format!("{from} to {to}: {}", left_out.why));
    }
    for granted in &proof.exceptions {
        let (from, until) = (granted.from.to_rfc3339(), granted.until.to_rfc3339());
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
    let due = reading.due.map_or_else(|| "never".to_owned(), incident::Timestamp::to_rfc3339);
    match (&reading.verdict, &reading.state) {
        (Verdict::Met { spare_ms }, _) => format!("met with {} to spare", span(*spare_ms)),
        (Verdict::Breached { at, on_arrival: true }, _) => {
            format!("not met: late already when the severity was raised, {}", at.to_rfc3339())
        }
        (Verdict::Breached { at, on_arrival: false }, _) => format!("not met: passed {}", at.to_rfc3339()),
        (Verdict::Excluded { at, .. }, _) => {
            format!("excepted (§4.2): passed {} under an approved exception", at.to_rfc3339())
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
