//! Exceptions (§4.2): justified in writing, and approved by those who gain nothing by it.

use std::collections::BTreeSet;

use super::Evidence;
use super::finding::Finding;
use crate::command::says_something;
use crate::exception::{Exception, ExceptionState};

fn requested(exception: &Exception) -> Evidence {
    let (at, by) = (exception.requested_at, exception.requested_by);
    Evidence::deed("exception_requested", "it was asked for", at, by)
}

/// The request says what prevents keeping the clause, what happens otherwise, who is affected, and what
/// compensates for it.
pub(super) fn justified(exception: &Exception) -> Finding {
    let request = exception.request();
    let missing: Vec<&str> = [
        (&request.prevents, "what prevents keeping the clause"),
        (&request.if_refused, "what happens if it is refused"),
        (&request.affected, "who is affected"),
        (&request.control, "what compensates for it"),
    ]
    .into_iter()
    .filter_map(|(words, what)| (!says_something(words)).then_some(what))
    .collect();
    if missing.is_empty() {
        return Finding::kept("It is justified in writing.", vec![requested(exception)]);
    }
    let why = format!("The request does not say {}.", missing.join(", "));
    Finding::failed(exception.requested_at, why, vec![requested(exception)])
}

/// As many people as it needs approved it, and none of them asked for it or gains by it.
pub(super) fn approved(exception: &Exception) -> Finding {
    match exception.state {
        ExceptionState::Pending | ExceptionState::Returned => {
            Finding::not_due(exception.application.decide_by, "Nobody has decided yet.")
        }
        ExceptionState::Declined => Finding::not_applicable("It was declined: the clause stands."),
        ExceptionState::Lapsed => {
            let lapsed = Evidence::fact("exception_lapsed", "nobody decided in time", exception.changed_at);
            let why = "The deed was done first, and nobody approved it in time.";
            Finding::failed(exception.changed_at, why, vec![requested(exception), lapsed])
        }
        ExceptionState::Granted | ExceptionState::Revoked | ExceptionState::Expired => granted(exception),
    }
}

fn granted(exception: &Exception) -> Finding {
    let approvals = exception.approvals.iter();
    let evidence: Vec<_> = approvals
        .map(|word| Evidence::deed("exception_approved", "it was approved", word.at, word.by))
        .collect();
    let people: BTreeSet<_> = exception.approvals.iter().map(|word| word.by).collect();
    let gains = |person| person == exception.requested_by || exception.application.gaining.contains(&person);
    let partial = exception.approvals.iter().find(|word| word.people().any(gains));
    let needed = usize::try_from(exception.application.people_needed).unwrap_or(usize::MAX);
    match (partial, exception.approvals.last()) {
        (Some(word), _) => {
            Finding::failed(word.at, "Somebody who asked for it or gains by it approved it.", evidence)
        }
        (None, Some(last)) if people.len() < needed => {
            Finding::failed(last.at, format!("Fewer than {needed} people approved it."), evidence)
        }
        (None, _) => Finding::kept("Designated management approved it.", evidence),
    }
}
