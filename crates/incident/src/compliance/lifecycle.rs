//! The lifecycle (§3.1): logged promptly and whole, categorised, prioritised, investigated, resolved, closed.

use super::case::Case;
use super::finding::Finding;
use super::{Evidence, Mark};
use crate::command::{AHEAD_MAX_MS, says_something};
use crate::identification::identity::is_unidentified;
use crate::identification::{Signal, SignalState};
use crate::setup::Setup;
use crate::{MINUTE, Span, Timestamp};

/// No phase is skipped: what is closed was responded to, and ended after it was restored and resolved.
pub(super) fn phases(case: &Case<'_>) -> Finding {
    let Some((at, closed)) = case.closed() else {
        return Finding::not_due(None, "It is still worked on.");
    };
    let Some(assessed) =
        case.incident.assessed.as_ref().filter(|_| case.incident.first_assigned_at.is_some())
    else {
        let why = "It was closed without having been assessed and assigned to a person.";
        return Finding::failed(at, why, vec![closed]);
    };
    let stopped = case.incident.stopped_at();
    if stopped.is_none_or(|stopped| stopped > at) {
        let failed = Finding::failed(at, "It was closed before it was restored and resolved.", vec![closed]);
        return if stopped.is_none() { case.unless_taken_over(failed) } else { failed };
    }
    let began = Evidence::deed("assessed", "it was assessed", assessed.at, assessed.by);
    Finding::kept(
        "It went from its log entry through response to closure.",
        vec![case.logged(), began, closed],
    )
}

/// Logged within what the house calls prompt, counted from the report.
pub(super) fn promptly_logged(case: &Case<'_>) -> Finding {
    let (reported, logged) = (case.incident.entry.reported_at, case.incident.logged.at);
    let Some(within) = case.setup.house_at(logged).and_then(|house| house.log_within_minutes) else {
        let why = "The house has set no number for \"promptly\".";
        return Finding::for_people(why, vec![case.logged()]);
    };
    let due = reported.plus_millis(i64::from(within) * MINUTE);
    if logged > due {
        let minutes = logged.since(reported) / MINUTE;
        let why = format!("It was logged {minutes} minutes after it was reported; {within} are allowed.");
        return Finding::late(Span { from: due, to: logged }, why, vec![case.logged()]);
    }
    let kept = Finding::kept("It was logged promptly after it was reported.", vec![case.logged()]);
    case.unless_taken_over(kept)
}

/// A signal leaves triage within what the house calls prompt: logged, merged or dismissed.
pub(super) fn promptly_sorted(signal: &Signal, setup: &Setup, now: Timestamp) -> Finding {
    let raised = Evidence::deed("signal_raised", "it was identified", signal.identified_at, signal.raised_by);
    let left = match &signal.state {
        SignalState::Open => None,
        SignalState::Accepted { at, .. } => Some(("signal_accepted", "it was logged", *at)),
        SignalState::Merged { at, .. } => Some(("signal_merged", "it joined an open incident", *at)),
        SignalState::Dismissed { at, .. } => {
            Some(("signal_dismissed", "it was found to be no incident", *at))
        }
    };
    let house = setup.house_at(signal.identified_at);
    let Some(within) = house.and_then(|house| house.log_within_minutes) else {
        return Finding::for_people("The house has set no number for \"promptly\".", vec![raised]);
    };
    let due = signal.identified_at.plus_millis(i64::from(within) * MINUTE);
    match left {
        Some((fact, what, at)) if at <= due => {
            Finding::kept("It left triage promptly.", vec![raised, Evidence::fact(fact, what, at)])
        }
        Some((fact, what, at)) => {
            let why = format!("It waited in triage for more than {within} minutes.");
            Finding::failed(due, why, vec![raised, Evidence::fact(fact, what, at)])
        }
        None if now > due => Finding::failed(
            due,
            format!("It has waited in triage for more than {within} minutes."),
            vec![raised],
        ),
        None => Finding::not_due(Some(due), "It waits in triage."),
    }
}

/// The entry says whom, what, which symptoms, when, from where and how bad.
pub(super) fn entry_is_whole(case: &Case<'_>) -> Finding {
    let entry = &case.incident.entry;
    let missing: Vec<&str> = [
        (!case.setup.clients.contains_key(&entry.client), "a client of the house"),
        (entry.services.is_empty(), "the affected services"),
        (!says_something(&entry.symptoms), "the reported symptoms"),
        (!says_something(&entry.reporter), "who reported it"),
        (entry.reported_at.since(case.incident.logged.at) > AHEAD_MAX_MS, "when it was reported"),
    ]
    .into_iter()
    .filter_map(|(is_missing, what)| is_missing.then_some(what))
    .collect();
    if is_unidentified(case.incident, case.setup) {
        return unnamed(case);
    }
    if missing.is_empty() {
        return Finding::kept("The entry is complete.", vec![case.logged()]);
    }
    let why = format!("The entry does not say {}.", missing.join(", "));
    Finding::failed(case.incident.logged.at, why, vec![case.logged()])
}

/// Of a client that nobody knows yet: what is left to be said is said when the client is identified, never after
/// the end.
fn unnamed(case: &Case<'_>) -> Finding {
    match case.closed() {
        None => Finding::not_due(None, "The client is still to be identified."),
        Some((at, closed)) => Finding::failed(
            at,
            "It was closed, and nobody ever named its client.",
            vec![case.logged(), closed],
        ),
    }
}

/// Categorised.
pub(super) fn categorised(case: &Case<'_>) -> Finding {
    let Some(code) = &case.incident.category else {
        return case.by_closing(None, "it was never categorised");
    };
    // A record from before trails were kept says so, and not where.
    Finding::kept(
        "It was categorised.",
        marked("categorised", format!("categorised as {}", code.0), case.incident.trail.categorised),
    )
}

/// Prioritised: its urgency was judged beside its severity.
pub(super) fn prioritised(case: &Case<'_>) -> Finding {
    let Some(urgency) = case.incident.urgency else {
        return case.by_closing(None, "its urgency was never judged");
    };
    let what = format!("urgency {}", urgency.name().to_lowercase());
    Finding::kept("Its urgency was judged.", marked("urgency_changed", what, case.incident.trail.urgency_set))
}

/// The entry of a mark, where there is one.
fn marked(fact: &'static str, what: String, mark: Option<Mark>) -> Vec<Evidence> {
    mark.map(|mark| Evidence::deed(fact, what, mark.at, mark.by)).into_iter().collect()
}

/// Its cause was looked for and is on record.
pub(super) fn diagnosed(case: &Case<'_>) -> Finding {
    let diagnosis = case.incident.diagnosis.as_ref().filter(|said| says_something(&said.text));
    let diagnosis =
        diagnosis.map(|said| Evidence::deed("diagnosis_recorded", "a diagnosis", said.at, said.by));
    let cause = case.incident.resolved.as_ref().filter(|resolved| says_something(&resolved.cause));
    let cause = cause.map(|resolved| Evidence::deed("resolved", "its cause", resolved.at, resolved.by));
    let finding = case.by_closing(diagnosis.or(cause), "neither a diagnosis nor a cause is on record");
    case.unless_taken_over(finding)
}

/// Normal service was brought back.
pub(super) fn restored(case: &Case<'_>) -> Finding {
    let restored = case.incident.restored.as_ref();
    let shown =
        restored.map(|said| Evidence::deed("service_restored", "normal service is back", said.at, said.by));
    case.by_closing(shown, "normal service was never recorded as restored")
}

/// What was done to resolve it is in the log.
pub(super) fn steps_documented(case: &Case<'_>) -> Finding {
    let incident = case.incident;
    let ended = incident.resolved.as_ref().map(|resolved| {
        (resolved.at, Evidence::deed("resolved", "it was resolved", resolved.at, resolved.by))
    });
    let Some((at, ended)) = ended.or_else(|| case.closed()) else {
        return Finding::not_due(None, "It is not resolved yet.");
    };
    if incident.steps == 0 {
        let why = "It was resolved, and no step of that is in the log.";
        return case.unless_taken_over(Finding::failed(at, why, vec![ended]));
    }
    let what = format!("the last of {} resolution steps", incident.steps);
    let mut shown = marked("resolution_step_recorded", what, incident.trail.last_step);
    if !shown.is_empty() {
        shown.push(ended);
    }
    Finding::kept("What was done is in the log.", shown)
}

/// The final resolution is documented when it is closed.
pub(super) fn resolution_documented(case: &Case<'_>) -> Finding {
    let Some((at, closed)) = case.closed() else {
        return Finding::not_due(None, "It is still worked on.");
    };
    match case.incident.resolved.as_ref().filter(|resolved| says_something(&resolved.text)) {
        Some(resolved) => {
            let shown = Evidence::deed("resolved", "its final resolution", resolved.at, resolved.by);
            let kept = Finding::kept("It was closed with its final resolution.", vec![shown, closed]);
            case.unless_taken_over(kept)
        }
        None => Finding::failed(at, "It was closed without its final resolution.", vec![closed]),
    }
}

/// A workaround is followed by a repair, or by a plan for one that is not done yet or was made for it.
pub(super) fn fix_follows(case: &Case<'_>) -> Finding {
    let incident = case.incident;
    let Some(workaround) = &incident.workaround else {
        return Finding::not_applicable("There was no workaround.");
    };
    let applied = Evidence::deed("workaround_applied", "a workaround", workaround.at, workaround.by);
    let plan = incident.closing.plan_for(incident);
    let plan = plan.map(|fix| Evidence::fact("permanent_fix_planned", "a permanent fix is planned", fix.at));
    let repair = (!incident.closing.is_only_gone_round(incident))
        .then(|| marked("resolution_step_recorded", "a step after it".to_owned(), incident.trail.last_step));
    let shown: Vec<_> = plan.into_iter().chain(repair.into_iter().flatten()).collect();
    match case.closed() {
        _ if !shown.is_empty() => {
            let evidence = std::iter::once(applied).chain(shown).collect();
            Finding::kept("Something was done after the workaround, or is planned.", evidence)
        }
        Some((at, closed)) => {
            let why = "It was closed with a workaround and no plan for a permanent fix.";
            case.unless_taken_over(Finding::failed(at, why, vec![applied, closed]))
        }
        None => Finding::not_due(None, "A permanent fix is still to come."),
    }
}

/// The entry was right: it named the client whose incident it was. Whether the rest was, people look at.
pub(super) fn entry_is_accurate(case: &Case<'_>) -> Finding {
    let incident = case.incident;
    // One that nobody knew was not named wrongly.
    let mut former = incident.identity.former.iter();
    if let Some(former) = former.find(|former| !former.was_unknown) {
        let why = "The entry named another client than the one whose incident it was.";
        let moved = Evidence::fact("moved_to_client", "it was moved to its client", former.until);
        return Finding::failed(incident.logged.at, why, vec![case.logged(), moved]);
    }
    match case.closed() {
        Some((_, closed)) => {
            let why = "Whether the entry says what was so, the review of records looks at.";
            Finding::for_people(why, vec![case.logged(), closed])
        }
        None => Finding::not_due(None, "It is still worked on."),
    }
}
