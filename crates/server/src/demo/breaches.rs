//! Targets that passed, noted when they passed (§3.3; ruling 13): the server would have been awake.

use std::collections::BTreeMap;

use incident::agreement::ClockKind;
use incident::command::{ExplainBreach, RecordBreach};
use incident::{Actor, Command, CommandId, Incident, PersonId, Phase, Records, Timestamp, clock};

use super::script::named;
use super::{Deed, Unplayable};

/// The deed of a server that looks a moment after the deadline.
const NOTED_AFTER_MS: i64 = 1_000;

/// The story with every breach in its place.
pub(super) fn noted(
    house: &[Command],
    mut story: Vec<Deed>,
    now: Timestamp,
) -> Result<Vec<Deed>, Unplayable> {
    let records = played(house, &story, now)?;
    let mut breaches = BTreeMap::new();
    let mut reasons = Vec::new();
    for incident in records.incidents.values() {
        for reading in clock::readings(incident, &records.setup, now) {
            if let Some(broken) = reading.broken {
                breaches.insert((incident.id, reading.kind), broken.at.plus_millis(NOTED_AFTER_MS));
                reasons.extend(reason(incident, reading.kind));
            }
        }
    }
    let deed = |((incident, clock), at): ((incident::IncidentId, ClockKind), Timestamp)| {
        let id = CommandId(named("breach", &format!("{incident}/{}", clock.name())));
        let command = Command::RecordBreach(RecordBreach { incident, clock });
        Deed { id, person: PersonId::SERVER, at, command }
    };
    story.extend(breaches.into_iter().map(deed).filter(|deed| deed.at <= now));
    story.extend(reasons);
    story.sort_by_key(|deed| deed.at);
    Ok(story)
}

/// What whoever logged it says of the breach, just before it is closed.
fn reason(incident: &Incident, clock: ClockKind) -> Option<Deed> {
    let Phase::Closed { at, .. } = incident.phase else { return None };
    let id = CommandId(named("reason", &format!("{}/{}", incident.id, clock.name())));
    let text = "It took longer to find than to repair".to_owned();
    let deed = ExplainBreach { incident: incident.id, clock, reason: "Hard to find".into(), text };
    let (person, at) = (incident.logged.by, at.plus_millis(-1));
    Some(Deed { id, person, at, command: Command::ExplainBreach(deed) })
}

/// What the deeds come to.
pub(super) fn played(house: &[Command], story: &[Deed], now: Timestamp) -> Result<Records, Unplayable> {
    // As at the server, where the house is set before anything is logged.
    let mut records = Records::of_a_new_server();
    for command in house {
        take(&mut records, &Actor::server(), now, command)?;
    }
    records.next_number = None;
    for deed in story {
        let actor = actor(&records, deed.person)?;
        take(&mut records, &actor, deed.at, &deed.command)?;
    }
    Ok(records)
}

fn take(records: &mut Records, actor: &Actor, at: Timestamp, command: &Command) -> Result<(), Unplayable> {
    let refused =
        |refusal| Unplayable::Refused { command: Box::new(command.clone()), refusal: Box::new(refusal) };
    for event in incident::decide(records, actor, at, command).map_err(refused)? {
        incident::apply(records, &event);
    }
    Ok(())
}

/// Who acts: a person of the house, or the server itself.
fn actor(records: &Records, person: PersonId) -> Result<Actor, Unplayable> {
    if person == PersonId::SERVER {
        return Ok(Actor::server());
    }
    records.setup.actor(person).ok_or(Unplayable::Stranger(person))
}
