//! What the client hears at the end (§3.4): that service is back, that it is resolved, and who answers for it.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::communication::{Answer, MessageKind};

/// Messages that tell of the restoration, and of the resolution.
const RESTORATION: [MessageKind; 2] = [MessageKind::RestorationNotice, MessageKind::ResolutionConfirmation];
const RESOLUTION: [MessageKind; 1] = [MessageKind::ResolutionConfirmation];

/// The client was reached about the restoration; silence is an attempt.
pub(super) fn restoration_told(case: &Case<'_>) -> Finding {
    let Some(restored) = &case.incident.restored else {
        return Finding::not_due(None, "Normal service is not back yet.");
    };
    let back = Evidence::deed("service_restored", "normal service is back", restored.at, restored.by);
    if let Some(told) = told(case, &RESTORATION) {
        return Finding::kept("The client was told of the restoration.", vec![back, told]);
    }
    let finding = match (answer(case), case.closed()) {
        (Some((Answer::Confirmed | Answer::Disputed, answer)), _) => {
            Finding::kept("The client was reached about the restoration.", vec![back, answer])
        }
        (Some((Answer::NoAnswer, attempt)), Some((at, closed))) => {
            Finding::failed(at, "It was closed, and the client never answered.", vec![back, attempt, closed])
        }
        (None, Some((at, closed))) => {
            Finding::failed(at, "It was closed, and the client was never told.", vec![back, closed])
        }
        (_, None) => Finding::not_due(None, "The client is still to be reached."),
    };
    case.unless_taken_over(finding)
}

/// The client heard that it is resolved; whoever confirmed restoration after the resolution heard it then.
pub(super) fn resolution_told(case: &Case<'_>) -> Finding {
    let Some(resolved) = case.incident.resolved.as_ref().filter(|_| case.incident.restored.is_some()) else {
        return Finding::not_due(None, "It is not restored and resolved yet.");
    };
    let ended = Evidence::deed("resolved", "it was resolved", resolved.at, resolved.by);
    if let Some(told) = told(case, &RESOLUTION) {
        return Finding::kept("The client was told that it is resolved.", vec![ended, told]);
    }
    if case.incident.communication.confirmed_the_resolution
        && let Some((_, answer)) = answer(case)
    {
        return Finding::kept("The client confirmed it after it was resolved.", vec![ended, answer]);
    }
    let finding = match case.closed() {
        Some((at, closed)) => {
            let why = "It was closed, and the client was never told that it is resolved.";
            Finding::failed(at, why, vec![ended, closed])
        }
        None => Finding::not_due(None, "The client is still to be told."),
    };
    case.unless_taken_over(finding)
}

/// The latest answer of the client when asked.
fn answer(case: &Case<'_>) -> Option<(Answer, Evidence)> {
    let said = case.incident.confirmation.as_ref()?;
    let what = format!("the client was asked: {}", said.answer.name());
    Some((said.answer, Evidence::deed("restoration_confirmed", what, said.at, said.by)))
}

/// The first message of these kinds that reached the client since it was reopened last.
fn told(case: &Case<'_>, kinds: &[MessageKind]) -> Option<Evidence> {
    let communication = &case.incident.communication;
    let counting = communication.messages.get(communication.notices_from..).unwrap_or_default();
    let to_the_client = counting.iter().filter(|message| message.client == case.incident.entry.client);
    let mut of_kind = to_the_client.filter(|message| kinds.contains(&message.draft.kind));
    let delivery = of_kind.find_map(|message| message.told_by())?;
    let what = format!("the client was told: {}", delivery.outcome.name());
    Some(Evidence::deed("delivery_recorded", what, delivery.at, delivery.by))
}

/// An Account Manager answers for what the client was told, to the end of the incident. Whether it was what the client
/// expected, people say.
pub(super) fn account_manager(case: &Case<'_>) -> Finding {
    let (client, at) = (case.setup.clients.get(&case.incident.entry.client), case.until());
    let manager = client.and_then(|client| client.account_manager_at(at));
    let known = manager.and_then(|person| case.setup.people.get(&person));
    let at_work = known.filter(|person| person.worked_here_at(at));
    match (at_work, case.closed()) {
        (None, _) if client.is_none() => {
            Finding::for_people("The client is not known here.", vec![case.logged()])
        }
        (None, _) => {
            let why = "No Account Manager answers for this client.";
            let failed = Finding::failed(case.incident.logged.at, why, vec![case.logged()]);
            case.unless_taken_over(failed)
        }
        (Some(_), None) => Finding::not_due(None, "It is still worked on."),
        (Some(_), Some((_, closed))) => {
            Finding::for_people("Whether the client heard what it expected, people judge.", vec![closed])
        }
    }
}
