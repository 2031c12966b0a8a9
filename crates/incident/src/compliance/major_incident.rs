//! Major incidents (§3.6): Severity 1 opens the process by itself, somebody leads it, and those who work on it
//! speak with each other.

use super::case::Case;
use super::finding::Finding;
use super::{Evidence, Mark, Verdict};
use crate::log::Reopening;
use crate::major_incident::{MajorIncident, Run, StandDown};
use crate::{MINUTE, Severity, Span, Timestamp};

/// Severity 1 opened the process, and again where it was reopened after a stand-down.
pub(super) fn opened(case: &Case<'_>) -> Finding {
    let Some(critical) = case.severity_set(|severity| severity == Severity::One) else {
        return Finding::not_applicable("It was never of Severity 1.");
    };
    match (&case.incident.major, reopened_without(case)) {
        (Some(major), None) => {
            Finding::kept("The major incident process was opened.", vec![critical, declared(major)])
        }
        (Some(_), Some(reopening)) => {
            let (at, by) = (reopening.at, reopening.by);
            let why = "It was reopened at Severity 1, and the process was not opened again.";
            Finding::failed(at, why, vec![critical, Evidence::deed("reopened", "it was reopened", at, by)])
        }
        (None, _) => {
            let why = "It was of Severity 1, and no major incident process was opened.";
            Finding::failed(critical.at, why, vec![critical])
        }
    }
}

/// The first reopening at Severity 1 that left the process stood down.
fn reopened_without<'a>(case: &Case<'a>) -> Option<&'a Reopening> {
    let incident = case.incident;
    let stand_downs = &incident.major.as_deref()?.stand_downs;
    let is_over = |at: Timestamp| {
        let lasts = |ended: &StandDown| ended.resumed_at.is_none_or(|resumed| at < resumed);
        stand_downs.iter().any(|ended| ended.said.at <= at && lasts(ended))
    };
    let mut reopenings = incident.reopenings.iter();
    reopenings.find(|again| incident.severity_before(again.at) == Severity::One && is_over(again.at))
}

/// Whoever leads decided whether an impact that was said to be widespread is a major incident.
pub(super) fn proposal_decided(case: &Case<'_>) -> Finding {
    let incident = case.incident;
    match (&incident.major_proposal, &incident.major) {
        (Some(proposal), _) => {
            let said = &proposal.said;
            let proposed =
                Evidence::deed("major_incident_proposed", "it was said to be widespread", said.at, said.by);
            match (&proposal.declined, case.closed()) {
                (Some(no), _) => {
                    let declined =
                        Evidence::deed("major_incident_declined", "it was found to be none", no.at, no.by);
                    Finding::kept("Somebody decided that it is none.", vec![proposed, declined])
                }
                (None, Some((at, closed))) => {
                    let why = "It was said to be widespread, and closed before anybody decided.";
                    Finding::failed(at, why, vec![proposed, closed])
                }
                (None, None) => Finding::not_due(None, "Somebody has still to decide whether it is major."),
            }
        }
        (None, Some(major)) if incident.peak_severity() != Severity::One => {
            Finding::kept("The process was opened for its widespread impact.", vec![declared(major)])
        }
        (None, _) => Finding::not_applicable("Nobody said that its impact was widespread."),
    }
}

fn declared(major: &MajorIncident) -> Evidence {
    Evidence::fact("major_incident_declared", major.because.clone(), major.declared_at)
}

/// An Incident Manager took the lead of each run, within the house's number where it has one.
pub(super) fn led(case: &Case<'_>) -> Finding {
    of_each_run(case, "§3.6/3", led_in)
}

fn led_in(case: &Case<'_>, major: &MajorIncident, run: &Run) -> Finding {
    let within = case.setup.house_at(run.from).and_then(|house| house.major.manager_within_minutes);
    let due = within.map(|minutes| run.from.plus_millis(i64::from(minutes) * MINUTE));
    let ended = ended(case, run);
    let took = run
        .marks
        .led
        .map(|lead| (lead.at, Evidence::deed("major_role_accepted", "somebody led it", lead.at, lead.by)));
    let end = ended.as_ref().map_or(case.until(), |(at, _)| *at);
    let until = took.as_ref().map_or(end, |(at, _)| *at);
    if let Some(due) = due.filter(|due| until > *due) {
        let evidence = std::iter::once(begun(major, run)).chain(took.map(|(_, took)| took)).collect();
        let late = Span { from: due, to: until };
        return case.unless_taken_over(Finding::late(late, "Nobody led it in time.", evidence));
    }
    match (took, ended) {
        (Some((_, took)), _) => Finding::kept("An Incident Manager led it.", vec![begun(major, run), took]),
        (None, Some((at, ended))) => {
            let why = "It ended, and nobody had led it.";
            case.unless_taken_over(Finding::failed(at, why, vec![begun(major, run), ended]))
        }
        (None, None) => Finding::not_due(due, "Somebody has still to lead it."),
    }
}

/// In each run those who work on it spoke on a bridge call, or management heard how it stands.
pub(super) fn coordinated(case: &Case<'_>) -> Finding {
    of_each_run(case, "§3.6/4", coordinated_in)
}

fn coordinated_in(case: &Case<'_>, major: &MajorIncident, run: &Run) -> Finding {
    let call = run
        .marks
        .called
        .map(|mark| Evidence::deed("bridge_opened", "a bridge call was opened", mark.at, mark.by));
    let word = run
        .marks
        .briefed
        .map(|mark| Evidence::deed("management_briefed", "management heard how it stands", mark.at, mark.by));
    let shown: Vec<_> = [call, word].into_iter().flatten().collect();
    match ended(case, run) {
        _ if !shown.is_empty() => Finding::kept("Those who work on it spoke with each other.", shown),
        Some((at, ended)) => {
            let why = "It ended without a bridge call, and without a word to management.";
            case.unless_taken_over(Finding::failed(at, why, vec![begun(major, run), ended]))
        }
        None => Finding::not_due(None, "Nobody has called the others together yet."),
    }
}

/// What is found of the process: of several failures the worst, and without one what is found of its latest run,
/// which alone may still owe something.
fn of_each_run(
    case: &Case<'_>,
    clause: &str,
    check: fn(&Case<'_>, &MajorIncident, &Run) -> Finding,
) -> Finding {
    let incident = case.incident;
    let Some(major) = &incident.major else {
        return Finding::not_applicable("It was no major incident.");
    };
    let mut latest = Finding::not_due(None, "It has not begun.");
    let mut failures = Vec::new();
    for run in major.runs(&incident.trail) {
        let finding = check(case, major, &run);
        match finding.verdict {
            Verdict::Failed { at } => failures.push((finding.stretch(at), finding)),
            Verdict::Kept
            | Verdict::NotDueYet { .. }
            | Verdict::NotApplicable
            | Verdict::Excepted { .. }
            | Verdict::NeedsHumanReview => latest = finding,
        }
    }
    case.worst(clause, failures).map_or(latest, |(_, worst)| worst)
}

/// How a run began.
fn begun(major: &MajorIncident, run: &Run) -> Evidence {
    if run.from == major.declared_at {
        return declared(major);
    }
    Evidence::fact("major_incident_declared", "it was opened again", run.from)
}

/// Where a run ended: it was stood down, or it ran to the end of its incident.
fn ended(case: &Case<'_>, run: &Run) -> Option<(Timestamp, Evidence)> {
    let stood_down =
        |over: Mark| Evidence::deed("major_incident_stood_down", "it was stood down", over.at, over.by);
    run.over.map(|over| (over.at, stood_down(over))).or_else(|| case.closed())
}
