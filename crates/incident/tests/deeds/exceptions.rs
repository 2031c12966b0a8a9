//! Sensible commands about exceptions (§4.2).

use std::sync::Arc;

use incident::agreement::ClockKind;
use incident::command::{
    AmendException, AnswerException, ApproveException, BreakGlass, DeclineException, DelegateApproval,
    ExpireException, InvokeException, LapseException, RequestCorrection, RequestException, ReturnException,
    RevokeException,
};
use incident::exception::Scope;
use incident::log::Breach;
use incident::{
    Command, DelegationId, EntryId, Exception, ExceptionId, MINUTE, PersonId, Role, Subject, Verb,
};

use super::{Desk, words};
use crate::fixture;

/// The command of a verb about exceptions.
pub(super) fn command(desk: &Desk<'_>, verb: Verb) -> Command {
    let until = desk.now.plus_millis(120 * MINUTE);
    let exception = at_hand(desk);
    let known = desk.records.exceptions.get(&exception);
    let incidents = known.map_or_else(Vec::new, |known| known.covered.clone());
    let acting_for = known.and_then(|known| principal(desk, known));
    match verb {
        Verb::BreakGlass => Command::BreakGlass(BreakGlass {
            exception: unused(desk),
            incident: desk.incident,
            clause: words("§3.1"),
            until,
            prevents: words("the client cannot be reached"),
            if_refused: words("the mail is lost"),
            control: words("the queue is copied first"),
        }),
        Verb::RequestCorrection => correction(desk),
        Verb::AmendException => {
            let control = Some(format!("the queue is copied every {} minutes", desk.now.millis() / MINUTE));
            Command::AmendException(AmendException { exception, until: None, prevents: None, control })
        }
        Verb::ApproveException => Command::ApproveException(ApproveException {
            exception,
            incident: known.and_then(about),
            acting_for,
            reason: words("the control is enough"),
            until: None,
            control: None,
        }),
        Verb::DeclineException => {
            let reason = words("the rule can be kept");
            Command::DeclineException(DeclineException { exception, incidents, acting_for, reason })
        }
        Verb::ReturnException => {
            let question = words("who copies the queue");
            Command::ReturnException(ReturnException { exception, acting_for, question })
        }
        Verb::AnswerException => {
            Command::AnswerException(AnswerException { exception, text: words("Tier 2 copies it") })
        }
        Verb::RevokeException => {
            let reason = words("the client has answered");
            Command::RevokeException(RevokeException { exception, incidents, reason })
        }
        Verb::InvokeException => {
            let free = |id| known.is_none_or(|known| !known.covered.contains(id));
            let inside = desk.records.incidents.values().filter(|incident| {
                free(&incident.id) && known.is_none_or(|known| known.request().scope.includes(incident))
            });
            let incident = inside.map(|incident| incident.id).next().unwrap_or(fixture::incident("I9"));
            Command::InvokeException(InvokeException { exception, incident })
        }
        Verb::DelegateApproval => Command::DelegateApproval(DelegateApproval {
            delegation: DelegationId(fixture::thing("delegation", &desk.actor.person.to_string())),
            to: desk.somebody(&["kay", "tom"], &[desk.actor.person]),
            until,
            client: None,
        }),
        Verb::ExpireException => Command::ExpireException(ExpireException { exception }),
        Verb::LapseException => Command::LapseException(LapseException { exception, incidents }),
        _ => request(desk),
    }
}

fn correction(desk: &Desk<'_>) -> Command {
    let known = desk.records.incidents.get(&desk.incident);
    let mut broken = known.iter().flat_map(|incident| &incident.breaches);
    let open = |breach: &&Breach| known.is_some_and(|incident| !incident.is_corrected(breach));
    Command::RequestCorrection(RequestCorrection {
        exception: unused(desk),
        incident: desk.incident,
        clock: broken.find(open).map_or(ClockKind::Response, |breach| breach.clock),
        wrong: words("another client's agreement was bound"),
        truly: words("theirs allows eight hours"),
        entries: vec![EntryId(fixture::thing("entry", "agreement"))],
        due_at: None,
    })
}

fn request(desk: &Desk<'_>) -> Command {
    let is_wide = desk.pick % 3 == 2;
    let (client, _) = desk.of_somebody();
    Command::RequestException(RequestException {
        exception: unused(desk),
        clause: words(["§3.1", "§3.4", "§3.1"][usize::from(desk.pick % 3)]),
        clock: None,
        incident: (!is_wide).then_some(desk.incident),
        client: is_wide.then_some(client),
        service: None,
        begins_at: None,
        until: desk.now.plus_millis(120 * MINUTE),
        prevents: words("the client cannot be reached"),
        if_refused: words("the incident stays open for nothing"),
        affected: words("nobody"),
        control: words("the queue is watched"),
        evidence: Vec::new(),
        beneficiaries: Vec::new(),
        renewal_of: None,
    })
}

/// The exception at hand, or the first there is.
fn at_hand(desk: &Desk<'_>) -> ExceptionId {
    match desk.record {
        Some(Subject::Exception(id)) => id,
        _ => desk.records.exceptions.keys().next().copied().unwrap_or(fixture::exception("X9")),
    }
}

/// An id that no exception has.
fn unused(desk: &Desk<'_>) -> ExceptionId {
    let free = (1..).map(|number| fixture::exception(&format!("X{number}")));
    free.into_iter().find(|id| !desk.records.exceptions.contains_key(id)).expect("an id is free")
}

fn about(known: &Arc<Exception>) -> Option<incident::IncidentId> {
    match known.request().scope {
        Scope::Incident { incident } => Some(incident),
        Scope::Client { .. } | Scope::Service { .. } | Scope::Period => known.narrowed_to(),
    }
}

/// For whom the actor decides, where they hold no right of their own.
fn principal(desk: &Desk<'_>, known: &Exception) -> Option<PersonId> {
    if desk.actor.roles.contains(&Role::Supervisor) {
        return None;
    }
    let setup = &desk.records.setup;
    let given = setup
        .delegations
        .values()
        .filter(|given| given.to == desk.actor.person && given.covers(desk.now, known.application.client));
    let of =
        |id: &PersonId| setup.people.get(id).is_some_and(|person| person.roles.contains(&Role::Supervisor));
    given.map(|given| given.of).find(of)
}
