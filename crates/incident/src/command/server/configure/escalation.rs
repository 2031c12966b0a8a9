//! Checks of what escalates (§3.5): a rota of nobody or a path that reaches nobody is an error when it is
//! written, not when it is needed.

use super::{RULE, invalid, known, not_taken};
use crate::Duty;
use crate::audience::Audience;
use crate::command::situation::{line, text};
use crate::escalation::{Addressee, DefinedPath};
use crate::on_call::{Roster, Rota};
use crate::procedure::Procedure;
use crate::refusal::Refusal;
use crate::setup::Setup;

pub(super) fn check_rota(setup: &Setup, rota: &Rota) -> Result<(), Refusal> {
    line(&RULE, "name", &rota.name)?;
    if let Some((field, what)) = rota.fault() {
        return Err(invalid(field, &what, "Correct the rota and set it again.").under("§3.5"));
    }
    if let Err(error) = Roster::of(rota) {
        return Err(invalid("rota", &error.to_string(), "Correct the rota and set it again.").under("§3.5"));
    }
    known(rota.people().iter().all(|person| setup.people.contains_key(person)), "person")?;
    not_taken(setup.rotas.get(&rota.id).is_some_and(|known| known.rota.version >= rota.version))
}

pub(super) fn check_path(setup: &Setup, path: &DefinedPath) -> Result<(), Refusal> {
    line(&RULE, "name", &path.name)?;
    if let Some((field, what)) = path.fault() {
        return Err(invalid(field, &what, "Correct the path and set it again.").under("§3.5"));
    }
    let escalates = |duty| matches!(duty, Duty::EscalateTechnical | Duty::EscalateManagerial);
    if path.triggers.lapsed.iter().any(|lapse| escalates(lapse.duty)) {
        let what = "an escalation that lapsed begins no other one";
        return Err(invalid("lapsed", what, "Add a step to the path instead.").under("§3.5"));
    }
    known(path.client.is_none_or(|client| setup.clients.contains_key(&client)), "client")?;
    let covers = |id| {
        let service = setup.services.get(&id);
        service.is_some_and(|service| path.client.is_none_or(|client| client == service.client))
    };
    known(path.service.is_none_or(covers), "service")?;
    for addressee in path.addressees() {
        if !reaches_somebody(setup, path, addressee) {
            let what = format!("{} reaches nobody on this path", addressee.name(setup));
            let instead = "Name somebody who works here and may see the client.";
            return Err(invalid("call", &what, instead).under("§3.5"));
        }
    }
    not_taken(setup.paths.contains_key(&(path.id, path.version)))
}

/// Whether an addressee is somebody at all; a rota has been checked for itself.
fn reaches_somebody(setup: &Setup, path: &DefinedPath, addressee: Addressee) -> bool {
    let audience = path.client.map_or(Audience::House, Audience::Client);
    match addressee {
        Addressee::Person { person } => audience.includes(setup, person),
        Addressee::Rota { rota } => setup.rotas.contains_key(&rota),
        Addressee::Role { role } => {
            let mut holders = setup.people.values().filter(|person| person.roles.contains(&role));
            holders.any(|person| audience.includes(setup, person.id))
        }
    }
}

pub(super) fn check_procedure(setup: &Setup, procedure: &Procedure) -> Result<(), Refusal> {
    line(&RULE, "name", &procedure.name)?;
    text(&RULE, "text", &procedure.text)?;
    line(&RULE, "question", &procedure.scenario.question)?;
    for answer in &procedure.scenario.answers {
        line(&RULE, "answer", answer)?;
    }
    if !procedure.scenario.is_answerable() {
        let what = "a case needs at least two answers, one of them right, and at most ten";
        return Err(invalid("scenario", what, "Correct the case and set it again.").under("§3.5"));
    }
    if procedure.must_know.is_empty() {
        let what = "a procedure that nobody must know is understood by nobody";
        return Err(invalid("must_know", what, "Name the roles that must know it.").under("§3.5"));
    }
    let newest = setup.procedures.range((procedure.id, 0)..=(procedure.id, u32::MAX)).next_back();
    not_taken(newest.is_some_and(|((_, version), _)| *version >= procedure.version))
}
