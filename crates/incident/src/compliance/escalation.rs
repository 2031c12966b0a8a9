//! Escalation (§3.5): what cannot be resolved in time, or needs more hands, goes up.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::agreement::ClockKind;
use crate::clock::{Verdict, promised};
use crate::escalation::specialists::{self, Put};
use crate::escalation::{EscalationPath, Run, TakenStep};
use crate::major_incident::ResourceRequest;
use crate::{Severity, Span, Timestamp};

/// Every resolution or restoration target that was not met was escalated to management while that mattered.
pub(super) fn when_late(case: &Case<'_>) -> Finding {
    escalated(case, EscalationPath::Managerial, broken(case).collect())
}

/// Every such target went along the technical path that is defined for it as well (decision 170).
pub(super) fn to_specialists(case: &Case<'_>) -> Finding {
    let leads_on =
        |severity: Severity, at: Timestamp| specialists::are_defined(case.incident, case.setup, severity, at);
    let broken: Vec<_> = broken(case).filter(|one| leads_on(one.severity, one.late.from)).collect();
    let until = case.until();
    if broken.is_empty() && !leads_on(case.incident.severity_before(until), until) {
        return Finding::not_applicable("No target passed while a technical path was defined for it.");
    }
    escalated(case, EscalationPath::Technical, broken)
}

/// A promise that was broken, to whichever client.
struct Broken {
    kind: ClockKind,
    /// By the target of this severity.
    severity: Severity,
    /// Since when it was given.
    since: Timestamp,
    /// How long it was late.
    late: Span,
    /// How much of that the client it was given to had the incident: what an exception has to cover (decision 217).
    theirs: Span,
}

/// Whether what was broken was escalated along a path before it was over.
fn escalated(case: &Case<'_>, path: EscalationPath, broken: Vec<Broken>) -> Finding {
    if broken.is_empty() && is_uncertain(case) {
        // Who judges the target judges this with it (ruling 8).
        let why = "Nobody can tell whether a target passed: people judge it.";
        return Finding::for_people(why, vec![case.logged()]);
    }
    if broken.is_empty() {
        return Finding::not_applicable("No target that calls for an escalation has passed.");
    }
    let (clause, lacking, kept) = match path {
        EscalationPath::Technical => (
            "§3.5/6",
            "A target passed, and it was never put into more specialised hands.",
            "It was put into more specialised hands.",
        ),
        EscalationPath::Managerial => {
            ("§3.5/1", "A target passed, and it was not escalated to management.", "Management was told.")
        }
    };
    let passed = |late: Span| Evidence::fact("target_breached", "a target passed", late.from);
    let (mut unheard, mut heard) = (Vec::new(), Vec::new());
    for broken in broken {
        let word = match path {
            EscalationPath::Technical => put_on(case, broken.late),
            EscalationPath::Managerial => told(case, &broken),
        };
        match word {
            Some(word) => heard.extend([passed(broken.late), word]),
            None => unheard.push((broken.theirs, ())),
        }
    }
    unheard.sort_by_key(|(late, ())| late.from);
    match case.worst(clause, unheard) {
        Some((late, ())) => {
            let evidence = vec![case.logged(), passed(late)];
            case.unless_taken_over(Finding::late(late, lacking, evidence))
        }
        None => Finding::kept(kept, heard),
    }
}

/// The promises that were broken.
fn broken(case: &Case<'_>) -> impl Iterator<Item = Broken> {
    let late = [ClockKind::Restoration, ClockKind::Resolution].into_iter();
    let late = late.filter(move |kind| case.reading(*kind).is_some_and(|reading| reading.broken.is_some()));
    late.flat_map(move |kind| promised(case.incident, case.setup, kind, case.now)).filter_map(move |own| {
        // What was no breach called for nobody, and what may have been none is for people.
        let reading = Some(own.reading).filter(|reading| reading.corrected.is_none())?;
        let breach = reading.breach()?;
        let late = Span { from: breach.due, to: case.ran_until(&reading).max(breach.due) };
        let theirs = Span { to: late.to.min(own.until).max(late.from), ..late };
        Some(Broken { kind: reading.kind, severity: breach.severity, since: own.since, late, theirs })
    })
}

/// Whether nobody can tell if a target passed before the clock stopped.
fn is_uncertain(case: &Case<'_>) -> bool {
    let mut all = [ClockKind::Restoration, ClockKind::Resolution].into_iter();
    all.any(|kind| {
        case.reading(kind).is_some_and(|reading| matches!(reading.verdict, Verdict::Uncertain { .. }))
    })
}

/// The word that management got of a broken promise before it was over. Only to more specialised hands it goes for
/// their skill; and what management heard of something else, before, says nothing of this.
fn told(case: &Case<'_>, broken: &Broken) -> Option<Evidence> {
    let late = broken.late;
    let within = |at: Timestamp| late.from <= at && at <= late.to;
    let incident = case.incident;
    let by_hand = incident.escalations.iter().filter(|one| one.path == EscalationPath::Managerial);
    let by_hand = by_hand
        .filter(|one| within(one.at))
        .map(|one| Evidence::deed("escalated", "it was escalated to management", one.at, one.by));
    let steps = incident.escalating.delivered(EscalationPath::Managerial);
    // That the target cannot be met is this very word, spoken before it passes.
    let is_told = |word: (&Run, &TakenStep)| {
        incident.escalating.tells_of(word, broken.kind, broken.since, late.from) && word.1.at <= late.to
    };
    let by_path = steps.filter(|word| is_told(*word)).map(|(_, step)| {
        Evidence::fact("escalation_step_taken", "management was called along its path", step.at)
    });
    by_hand.chain(by_path).min_by_key(|told| told.at)
}

/// What first put it into more specialised hands, before it was over.
fn put_on(case: &Case<'_>, late: Span) -> Option<Evidence> {
    let put = specialists::put_on(case.incident, case.setup).filter(|put| put.at() <= late.to);
    Some(match put.min_by_key(Put::at)? {
        Put::ByHand { at, by } => Evidence::deed("escalated", "it was escalated technically", at, by),
        Put::Step { at } => {
            Evidence::fact("escalation_step_taken", "more skilled hands were called along its path", at)
        }
        Put::Assigned { at, by } => Evidence::deed("assigned", "Tier 3 was given it", at, by),
    })
}

/// Who asked for more hands or means got an answer while it mattered: of management to a request that was not taken
/// back, of whoever was called along a path.
pub(super) fn resources(case: &Case<'_>) -> Finding {
    let by_path = case.incident.escalating.runs.iter().filter(|run| run.cause.needs_resources());
    let called: Vec<_> = by_path
        .map(|run| {
            let began =
                Evidence::deed("escalation_started", "more hands were called for", run.began_at, run.by);
            (began, run.was_answered())
        })
        .collect();
    let asked = |request: &ResourceRequest| {
        Evidence::deed("resource_requested", "more was asked for", request.asked.at, request.asked.by)
    };
    let requests = case.incident.resource_requests().filter(|request| !request.is_withdrawn());
    let requests = requests.map(|request| (asked(request), !request.is_open()));
    let (answered, open): (Vec<_>, Vec<_>) =
        requests.chain(called).partition(|(_, is_answered)| *is_answered);
    match (open.into_iter().next(), case.closed()) {
        (None, _) if answered.is_empty() => {
            Finding::not_applicable("Nobody asked for more hands or means, or they took it back.")
        }
        (None, _) => {
            let shown = answered.into_iter().map(|(asked, _)| asked).collect();
            Finding::kept("Every request for more was answered.", shown)
        }
        (Some(_), None) => Finding::not_due(None, "A request for more has still to be answered."),
        (Some((asked, _)), Some((at, closed))) => {
            let why = "It was closed, and nobody ever answered a request for more.";
            Finding::failed(at, why, vec![asked, closed])
        }
    }
}
