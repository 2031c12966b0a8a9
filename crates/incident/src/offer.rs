//! May, or may not and why: what draws the buttons, and the moves a card can make on the board.
//!
//! An offer is the part of `decide` that needs no arguments, so the two cannot disagree.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::closing::attempts_left;
use crate::command::{Situation, close};
use crate::communication::{Answer, told_of_resolution};
use crate::event::Subject;
use crate::identification::identity::is_unidentified;
use crate::lifecycle::Column;
use crate::log::Incident;
use crate::records::{RecordRef, Records};
use crate::refusal::{Refusal, RefusalCode};
use crate::review;
use crate::role::Actor;
use crate::{IncidentId, Timestamp, Verb};

/// One verb on one subject: open to this actor, or refused with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Offer {
    /// The verb.
    pub verb: Verb,
    /// On what; `None` for verbs that begin something.
    pub subject: Option<Subject>,
    /// Its label.
    pub label: String,
    /// Its clause.
    pub clause: String,
    /// Why not; absent where it may be done.
    pub refusal: Option<Refusal>,
}

/// Verbs that begin something, on no record.
const BEGINNINGS: [Verb; 9] = [
    Verb::RaiseSignal,
    Verb::LogIncident,
    Verb::RequestException,
    Verb::BreakGlass,
    Verb::DelegateApproval,
    Verb::ProposeViolation,
    Verb::DrawSample,
    Verb::Configure,
    Verb::Attest,
];

/// What this actor may do with the records at hand.
pub fn offers(records: &Records, actor: &Actor, now: Timestamp) -> Vec<Offer> {
    let s = Situation { records, actor, now };
    let mut all = Vec::new();
    for verb in BEGINNINGS {
        all.push(offer(verb, None, s.permit(verb.rule())));
    }
    for &verb in Verb::ALL {
        all.extend(records.all().filter_map(|record| judged(&s, verb, record)));
    }
    all
}

/// What this actor may do with one of the records at hand; the others are looked at, not judged.
pub fn offers_on(records: &Records, actor: &Actor, now: Timestamp, subject: Subject) -> Vec<Offer> {
    let s = Situation { records, actor, now };
    let Some(record) = records.get(subject) else { return Vec::new() };
    Verb::ALL.iter().filter_map(|verb| judged(&s, *verb, record)).collect()
}

/// The offer of a verb on a record; none where it is not for its kind.
fn judged(s: &Situation<'_>, verb: Verb, record: RecordRef<'_>) -> Option<Offer> {
    let ready = verb.ready(s, record)?;
    Some(offer(verb, Some(record.subject()), s.permit(verb.rule()).and(ready)))
}

fn offer(verb: Verb, subject: Option<Subject>, verdict: Result<(), Refusal>) -> Offer {
    let rule = verb.rule();
    Offer { verb, subject, label: rule.label.into(), clause: rule.clause.into(), refusal: verdict.err() }
}

/// What it takes to bring a card into a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Move {
    /// The column.
    pub to: Column,
    /// The commands still to give, in order; empty where the card stands there.
    pub verbs: Vec<Verb>,
    /// Why it cannot go there at all.
    pub refusal: Option<Refusal>,
}

/// Every column for one incident: a card moves by the deeds of the policy, never by being dropped.
pub fn moves(records: &Records, actor: &Actor, now: Timestamp, id: IncidentId) -> Vec<Move> {
    let s = Situation { records, actor, now };
    let Some(incident) = records.incidents.get(&id) else { return Vec::new() };
    Column::ALL.into_iter().map(|to| one_move(&s, incident, to)).collect()
}

fn one_move(s: &Situation<'_>, incident: &Incident, to: Column) -> Move {
    let here = incident.phase.column();
    if here == Some(to) {
        return Move { to, verbs: Vec::new(), refusal: None };
    }
    let verbs = match (here, to) {
        // A reopened card goes where its facts put it, and only there.
        (Some(Column::Restored), to) if incident.working_phase().column() == Some(to) => vec![Verb::Reopen],
        (Some(from), to) if to > from => missing(s, incident, to),
        _ => Vec::new(),
    };
    let refusal = match verbs.first() {
        None => Some(backward(incident, to)),
        Some(first) => {
            let ready = first.ready(s, RecordRef::Incident(incident)).unwrap_or(Ok(()));
            let closes = verbs.contains(&Verb::Close);
            let may_close = || close::closer(s, incident).and_then(|()| close::nobody_waits(s, incident));
            let closer = || if closes { may_close() } else { Ok(()) };
            verbs.iter().try_for_each(|verb| s.permit(verb.rule())).and(ready).and_then(|()| closer()).err()
        }
    };
    Move { to, verbs, refusal }
}

/// The deeds between the incident and a column to the right of it.
fn missing(s: &Situation<'_>, incident: &Incident, to: Column) -> Vec<Verb> {
    let mut verbs = Vec::new();
    let mut need = |verb: Verb, open: bool, column: Column| {
        if open && to >= column {
            verbs.push(verb);
        }
    };
    need(Verb::IdentifyClient, is_unidentified(incident, &s.records.setup), Column::Closed);
    for verb in incident.unprioritised() {
        need(verb, true, Column::Prioritised);
    }
    need(Verb::Assess, incident.assessed.is_none(), Column::Investigating);
    need(Verb::Assign, incident.assignment.is_none(), Column::Investigating);
    // What is resolved without a step had an exception from it.
    let is_to_do =
        if to == Column::Closed { incident.resolved.is_none() } else { incident.workaround.is_none() };
    let untouched = incident.steps == 0 && is_to_do;
    need(Verb::RecordResolutionStep, untouched, Column::Resolving);
    let plan = incident.closing.is_fix_outstanding(incident) && !untouched;
    need(Verb::PlanPermanentFix, plan, Column::Closed);
    need(Verb::RestoreService, incident.restored.is_none(), Column::Restored);
    need(Verb::Resolve, incident.resolved.is_none(), Column::Closed);
    if incident.unsettled() != incident.unprioritised() {
        need(Verb::Categorise, true, Column::Closed);
    }
    need(Verb::OpenReview, review::is_missing(incident), Column::Closed);
    for _ in incident.closing.unexplained(incident) {
        need(Verb::ExplainBreach, true, Column::Closed);
    }
    let ask = match incident.confirmation.as_ref().map(|said| said.answer) {
        Some(Answer::Confirmed) => false,
        Some(Answer::NoAnswer) => attempts_left(incident, &s.records.setup) > 0,
        Some(Answer::Disputed) | None => true,
    };
    need(Verb::ConfirmRestoration, ask, Column::Closed);
    // Whoever answers is told by the same words.
    need(Verb::TellClient, !ask && !told_of_resolution(incident), Column::Closed);
    need(Verb::Close, true, Column::Closed);
    verbs
}

fn backward(incident: &Incident, to: Column) -> Refusal {
    let rule = Verb::Reopen.rule();
    let what = format!("A card does not move from {} to {}", incident.phase.name(), to.name());
    let instead = if incident.is_open() {
        "The log is not unwritten: reopen a restored incident, or add what you know as a note."
    } else {
        "If it came back, log a new incident; a record at its end takes notes only."
    };
    let code = if incident.is_open() { RefusalCode::TooLate } else { RefusalCode::NotOpen };
    Refusal::new(rule, code, what, instead)
}
