//! Sensible commands about reviews (§3.7).

use incident::command::{
    AddAction, CloseReview, CompleteReview, ExtendReview, FinishAction, OpenReview, RecordRecurrence,
    ReopenAction, UpholdAction, VerifyAction, WriteReview,
};
use incident::review::{Action, ActionState, SectionKind};
use incident::{ActionId, Command, MINUTE, Review, ReviewId, Subject, Verb};

use super::{Desk, words};
use crate::fixture;

/// The command of a verb about reviews.
pub(super) fn command(desk: &Desk<'_>, verb: Verb) -> Command {
    let (incident, review) = (desk.incident, at_hand(desk));
    let known = desk.records.reviews.get(&review).map(AsRef::as_ref);
    let due_by = desk.now.plus_millis(24 * 60 * MINUTE);
    let me = desk.actor.person;
    match verb {
        Verb::OpenReview => Command::OpenReview(OpenReview {
            incident,
            incidents: Vec::new(),
            owner: fixture::person("mora"),
            manager: fixture::person("vance"),
        }),
        Verb::RecordRecurrence => {
            let alike = desk.records.incidents.keys().copied().filter(|id| *id != incident);
            Command::RecordRecurrence(RecordRecurrence { incident, incidents: alike.collect() })
        }
        Verb::ExtendReview => {
            let joined = |id| known.is_some_and(|review| review.convening.incidents.contains(&id));
            let mut all = desk.records.incidents.values();
            let free = all.find(|one| one.review.review.is_none() && !joined(one.id));
            let incident = free.map_or(fixture::incident("I9"), |incident| incident.id);
            Command::ExtendReview(ExtendReview { review, incident })
        }
        Verb::WriteReview => Command::WriteReview(WriteReview {
            review,
            section: unwritten(known),
            text: words("nobody rotated the logs"),
            facts: Vec::new(),
        }),
        Verb::CompleteReview => {
            Command::CompleteReview(CompleteReview { review, took_part: words("Mora, Tom and Cole") })
        }
        Verb::CloseReview => {
            Command::CloseReview(CloseReview { review, incident: None, text: words("all of it is done") })
        }
        Verb::AddAction => {
            let action = (1..).map(named).find(|id| known.is_none_or(|review| review.action(*id).is_none()));
            let owner = desk.somebody(&["tom", "kay", "mora"], &[]);
            let action = action.expect("an id is free");
            Command::AddAction(AddAction { review, action, owner, text: words("rotate the logs"), due_by })
        }
        Verb::FinishAction => {
            let action = chosen(known, |action| action.state == ActionState::Open && action.owner == me);
            Command::FinishAction(FinishAction { review, action, evidence: words("the job ran twice") })
        }
        Verb::VerifyAction => {
            let action = chosen(known, |action| action.state == ActionState::Done && action.owner != me);
            Command::VerifyAction(VerifyAction { review, action, text: words("the job is there") })
        }
        Verb::ReopenAction => {
            let action = chosen(known, |action| action.state != ActionState::Open);
            let held = known.and_then(|review| review.action(action));
            let owner = desk.somebody(&["tom", "kay", "mora"], held.map(|held| held.owner).as_slice());
            // An open one keeps its date.
            let pending = held.filter(|held| held.state == ActionState::Open && desk.now < held.due_by);
            let (due_by, reason) = (pending.map_or(due_by, |held| held.due_by), words("it ran once"));
            Command::ReopenAction(ReopenAction { review, action, owner: Some(owner), due_by, reason })
        }
        _ => {
            let is_others = |action: &Action| action.owner != desk.actor.person;
            let action = chosen(known, |action| action.is_to_be_judged(desk.now) && is_others(action));
            Command::UpholdAction(UpholdAction { review, action, reason: words("another disk was full") })
        }
    }
}

fn at_hand(desk: &Desk<'_>) -> ReviewId {
    match desk.record {
        Some(Subject::Review(id)) => id,
        _ => desk.records.reviews.keys().next().copied().unwrap_or(ReviewId::of(fixture::incident("I9"))),
    }
}

fn unwritten(known: Option<&Review>) -> SectionKind {
    known.and_then(|review| review.unwritten().next()).unwrap_or(SectionKind::RootCause)
}

fn chosen(known: Option<&Review>, fits: impl Fn(&Action) -> bool) -> ActionId {
    let found = known.and_then(|review| review.actions.iter().find(|action| fits(action)));
    found.map_or(named(1), |action| action.id)
}

fn named(number: u32) -> ActionId {
    ActionId(fixture::thing("action", &format!("D{number}")))
}
