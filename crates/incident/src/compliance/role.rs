//! Roles (§3.2): who answers for what, by the roles of then. A person whose roles are not known here is for people to
//! judge.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use super::trail::{TakenUp, Work};
use crate::command::HANDLERS;
use crate::escalation::EscalationPath;
use crate::identification::Source;
use crate::{MINUTE, PersonId, Role, Span, Timestamp};

/// What was escalated along the technical path was taken up by Tier 2 or 3, each time (decision 161).
pub(super) fn tiers(case: &Case<'_>) -> Finding {
    let asked = asked(case);
    if asked.is_empty() {
        return Finding::not_applicable("It was not escalated to a higher tier.");
    }
    let (worked, mut unknown, mut shown) = (worked(case), None, None);
    for asked in asked {
        match taken_up(case, &asked, &worked) {
            Taken::Up(taken) => _ = shown.get_or_insert((asked.entry, taken)),
            Taken::Unknown => _ = unknown.get_or_insert(asked.entry),
            Taken::Not => return not_taken_up(case, asked.entry),
        }
    }
    match (unknown, shown) {
        (Some(asked), _) => Finding::for_people("Who worked on it holds roles not known here.", vec![asked]),
        (None, shown) => {
            let shown = shown.into_iter().flat_map(|(asked, taken)| [asked, taken]).collect();
            Finding::kept("A higher tier worked on it after the escalation.", shown)
        }
    }
}

fn not_taken_up(case: &Case<'_>, asked: Evidence) -> Finding {
    match case.closed() {
        Some((at, closed)) => {
            Finding::failed(at, "No one of a higher tier worked on it.", vec![asked, closed])
        }
        None => Finding::not_due(None, "A higher tier has still to take it up."),
    }
}

/// One escalation along the technical path.
struct Asked {
    entry: Evidence,
    /// The tiers that take it up.
    tiers: &'static [Role],
    /// Whoever had it, who does not take up what was put to somebody else.
    but: Option<PersonId>,
}

/// Every escalation along the technical path, oldest first: by hand, and where a step of its path reached somebody.
fn asked(case: &Case<'_>) -> Vec<Asked> {
    let by_hand = case.incident.escalations.iter().filter(|one| one.path == EscalationPath::Technical);
    let by_hand = by_hand.map(|one| {
        let had = holder(case, one.at).filter(|had| *had != one.to);
        let is_of = |who: PersonId, role: Role| case.held(who, &[role], one.at) == Some(true);
        // Put to Tier 3 by Tier 2, it goes above Tier 2.
        let is_higher = is_of(one.to, Role::Tier3) && had.is_some_and(|had| is_of(had, Role::Tier2));
        let tiers: &[Role] = if is_higher { &[Role::Tier3] } else { &[Role::Tier2, Role::Tier3] };
        let entry = Evidence::deed("escalated", "it was escalated technically", one.at, one.by);
        Asked { entry, tiers, but: had }
    });
    let steps = case.incident.escalating.delivered(EscalationPath::Technical);
    let by_path = steps.map(|(_, step)| {
        let what = "more skilled hands were called along its path";
        let entry = Evidence::fact("escalation_step_taken", what, step.at);
        // A path calls for help; whoever has it may be the one who is called.
        Asked { entry, tiers: &[Role::Tier2, Role::Tier3], but: None }
    });
    let mut all: Vec<_> = by_hand.chain(by_path).collect();
    all.sort_by_key(|asked| asked.entry.at);
    all
}

/// Who had it at an instant.
fn holder(case: &Case<'_>, at: Timestamp) -> Option<PersonId> {
    let assigned = |work: &&Work| work.how == TakenUp::Assigned && work.mark.at <= at;
    let held = case.incident.assignment.as_ref().filter(|held| held.at <= at).map(|held| held.to);
    // Records of before the trail kept them know who has it now.
    case.incident.trail.work.iter().rfind(assigned).map(|work| work.who).or(held)
}

/// Whether an escalation was taken up.
enum Taken {
    Up(Evidence),
    Not,
    /// By somebody whose roles are not known here.
    Unknown,
}

fn taken_up(case: &Case<'_>, asked: &Asked, worked: &[(PersonId, Evidence)]) -> Taken {
    let mut unknown = false;
    let after = worked.iter().filter(|(who, taken)| taken.at >= asked.entry.at && Some(*who) != asked.but);
    for (who, taken) in after {
        match case.held(*who, asked.tiers, taken.at) {
            Some(true) => return Taken::Up(taken.clone()),
            Some(false) => {}
            None => unknown = true,
        }
    }
    if unknown { Taken::Unknown } else { Taken::Not }
}

/// Who ever worked on it, each with the entry that shows it, oldest first.
fn worked(case: &Case<'_>) -> Vec<(PersonId, Evidence)> {
    let incident = case.incident;
    let entry = |how: TakenUp, at: Timestamp, by: PersonId| match how {
        TakenUp::Assigned => Evidence::deed("assigned", "it was assigned", at, by),
        TakenUp::Diagnosed => Evidence::deed("diagnosis_recorded", "it was diagnosed", at, by),
        TakenUp::Resolved => Evidence::deed("resolved", "it was resolved", at, by),
    };
    let noted = incident.trail.work.iter();
    let noted = noted.map(|work| (work.who, entry(work.how, work.mark.at, work.mark.by)));
    // Records of before the trail kept them know the last of each.
    let held = incident.assignment.iter().map(|held| (held.to, entry(TakenUp::Assigned, held.at, held.by)));
    let diagnosed =
        incident.diagnosis.iter().map(|said| (said.by, entry(TakenUp::Diagnosed, said.at, said.by)));
    let resolved = incident.resolved.iter().map(|said| (said.by, entry(TakenUp::Resolved, said.at, said.by)));
    let mut all: Vec<_> = noted.chain(held).chain(diagnosed).chain(resolved).collect();
    all.sort_by_key(|(_, entry)| entry.at);
    all
}

/// A major or high-severity incident is closed by an Incident Manager.
pub(super) fn incident_manager(case: &Case<'_>) -> Finding {
    if !case.incident.peak_severity().is_high() && case.incident.major.is_none() {
        return Finding::not_applicable("It was neither major nor of high severity.");
    }
    let Some((at, closed)) = case.closed() else {
        return Finding::not_due(None, "It is still worked on.");
    };
    if closed.by == Some(PersonId::SERVER) {
        let why = "It was closed by itself, and by no Incident Manager.";
        return case.unless_taken_over(Finding::failed(at, why, vec![closed]));
    }
    match closed.by.and_then(|by| case.held(by, &[Role::IncidentManager], at)) {
        Some(true) => Finding::kept("An Incident Manager closed it.", vec![closed]),
        Some(false) => Finding::failed(at, "Somebody else than an Incident Manager closed it.", vec![closed]),
        None => Finding::for_people("Who closed it holds roles not known here.", vec![closed]),
    }
}

/// Whoever diagnosed it is of the staff that handles incidents.
pub(super) fn diagnosed_by_staff(case: &Case<'_>) -> Finding {
    let Some(said) = &case.incident.diagnosis else {
        return Finding::not_applicable("Nobody has recorded a diagnosis apart from the resolution.");
    };
    let diagnosed = Evidence::deed("diagnosis_recorded", "it was diagnosed", said.at, said.by);
    match case.held(said.by, HANDLERS, said.at) {
        Some(true) => Finding::kept("Somebody of the technical staff diagnosed it.", vec![diagnosed]),
        Some(false) => {
            let why = "Whoever diagnosed it is not of the technical staff.";
            Finding::failed(said.at, why, vec![diagnosed])
        }
        None => Finding::for_people("Who diagnosed it holds roles not known here.", vec![diagnosed]),
    }
}

/// Staff report what they see within what the house calls prompt, where the entry says when they saw it.
pub(super) fn personnel(case: &Case<'_>) -> Finding {
    let entry = &case.incident.entry;
    if entry.source != Source::Staff {
        return Finding::not_applicable("It was not staff who reported it.");
    }
    let Some(seen) = entry.detected_at else {
        return Finding::for_people("When staff first saw it is not on record.", vec![case.logged()]);
    };
    let Some(within) = case.setup.house_at(seen).and_then(|house| house.log_within_minutes) else {
        let why = "The house has set no number for \"promptly\".";
        return Finding::for_people(why, vec![case.logged()]);
    };
    let due = seen.plus_millis(i64::from(within) * MINUTE);
    if entry.reported_at > due {
        let minutes = entry.reported_at.since(seen) / MINUTE;
        let late = Span { from: due, to: entry.reported_at };
        let why = format!("It was reported {minutes} minutes after staff saw it; {within} are allowed.");
        return case.unless_taken_over(Finding::late(late, why, vec![case.logged()]));
    }
    case.unless_taken_over(Finding::kept("Staff reported it promptly.", vec![case.logged()]))
}
