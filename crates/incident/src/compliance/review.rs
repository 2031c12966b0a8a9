//! Post-incident review (§3.7): held where it is due, whole, and its actions tracked to their end.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::review::{Review, ReviewState, former_ends, present_end};
use crate::{Span, Timestamp};

/// What was grave, or came again and again, is reviewed: arranged in time, and before it is closed (decision 74). That
/// it was reopened takes back no time that had passed before.
pub(super) fn held(case: &Case<'_>) -> Finding {
    let incident = case.incident;
    if incident.review_triggers().is_empty() {
        return Finding::not_applicable("It was neither major nor one of several alike.");
    }
    let mark = incident.trail.reviewed;
    if incident.review.review.is_some() && mark.is_none() {
        // A record from before trails were kept says so, and not since when.
        return Finding::kept("A review covers it.", Vec::new());
    }
    let shown = mark.map(|mark| Evidence::deed("review_attached", "a review covers it", mark.at, mark.by));
    let due = present_end(incident).and_then(|end| end.due(incident, case.setup));
    let until = mark.map_or(case.now, |mark| mark.at);
    let failure = match case.closed().filter(|(at, _)| mark.is_none_or(|mark| *at < mark.at)) {
        Some((to, closed)) => Some((Span { from: due.map_or(to, |due| due.min(to)), to }, Some(closed))),
        None => due.filter(|due| *due < until).map(|from| (Span { from, to: until }, None)),
    };
    match (case.worst("§3.7/1", before_reopening(case, until).chain(failure)), shown) {
        (Some((late, ended)), shown) => {
            let why = if shown.is_some() { "It was reviewed too late." } else { "It was not reviewed." };
            let evidence = std::iter::once(case.logged()).chain(ended).chain(shown).collect();
            case.unless_taken_over(Finding::late(late, why, evidence))
        }
        (None, Some(shown)) => Finding::kept("A review covers it.", vec![shown]),
        (None, None) => Finding::not_due(due, "Its review is still to be arranged."),
    }
}

/// The times that passed without a review before it was reopened, each with that entry.
fn before_reopening(case: &Case<'_>, until: Timestamp) -> impl Iterator<Item = (Span, Option<Evidence>)> {
    former_ends(case.incident).filter_map(move |end| {
        let (reopened, from) = (end.reopened?, end.due(case.incident, case.setup)?);
        let to = reopened.at.min(until);
        let entry = Evidence::deed("reopened", "it was reopened", reopened.at, reopened.by);
        (from < to).then_some((Span { from, to }, Some(entry)))
    })
}

fn opened(review: &Review) -> Evidence {
    Evidence::deed("review_opened", "the review was opened", review.opened_at, review.opened_by)
}

/// Root cause, lessons, response and actions: none is empty when it is said to be done, or when its time is over. What
/// was written after its time stays late.
pub(super) fn whole(review: &Review, now: Timestamp) -> Finding {
    let mut missing: Vec<String> = review.unwritten().map(|kind| kind.name().to_lowercase()).collect();
    if review.actions.is_empty() {
        missing.push("preventive actions".to_owned());
    }
    let finish_by = review.convening.finish_by;
    let sections = review.sections.iter().map(|section| {
        let what = section.kind.name().to_lowercase();
        Evidence::deed("review_written", what, section.said.at, section.said.by)
    });
    let shown = || std::iter::once(opened(review)).chain(sections.clone()).collect();
    let failed_at = match review.state {
        ReviewState::Open => finish_by.filter(|due| *due < now),
        ReviewState::Reviewed | ReviewState::Closed => Some(review.changed_at),
    };
    if let Some(at) = failed_at.filter(|_| !missing.is_empty()) {
        let why = format!("The review does not say: {}.", missing.join(", "));
        return Finding::failed(at, why, shown());
    }
    // Reviews that were whole before that was kept do not say since when.
    let whole = finish_by.zip(review.whole_at).filter(|(due, at)| due < at);
    if let Some((from, to)) = whole {
        return Finding::late(Span { from, to }, "Its last part was written too late.", shown());
    }
    match review.state {
        ReviewState::Open => Finding::not_due(finish_by, "It is still written."),
        ReviewState::Reviewed | ReviewState::Closed => {
            Finding::kept("Every part of it is written.", sections.collect())
        }
    }
}

/// Every action is done by its date, and seen by somebody else before the review is closed.
pub(super) fn tracked(review: &Review, now: Timestamp) -> Finding {
    if let Some((at, late)) = review.actions.iter().find_map(|action| Some((action.missed_by(now)?, action)))
    {
        let why = format!("An action was not done by its date: {}", late.text);
        let done = late
            .evidence
            .as_ref()
            .map(|said| Evidence::deed("action_finished", "it was done", said.at, said.by));
        return Finding::failed(at, why, std::iter::once(opened(review)).chain(done).collect());
    }
    match (review.state, review.unverified()) {
        (ReviewState::Closed, 0) => {
            let seen = review.actions.iter().filter_map(|action| action.verified.as_ref());
            let shown = seen.map(|said| {
                Evidence::deed("action_verified", "somebody saw that it is done", said.at, said.by)
            });
            Finding::kept("Every action was tracked to its end.", shown.collect())
        }
        (ReviewState::Closed, open) => {
            let why = format!("It was closed with actions that nobody has verified: {open}.");
            Finding::failed(review.changed_at, why, vec![opened(review)])
        }
        (ReviewState::Open | ReviewState::Reviewed, _) => {
            let next = review.actions.iter().filter(|action| action.evidence.is_none());
            Finding::not_due(next.map(|action| action.due_by).min(), "Its actions are tracked.")
        }
    }
}
