//! Targets that passed, noted when they passed (§3.3; ruling 13): the server would have been awake.

use std::collections::BTreeMap;

use incident::agreement::ClockKind;
use incident::command::RecordBreach;
use incident::{Actor, Command, CommandId, PersonId, Records, Timestamp, clock};

use super::Deed;
use super::script::named;

/// The deed of a server that looks a moment after the deadline.
const NOTED_AFTER_MS: i64 = 1_000;

/// The story with every breach in its place.
pub(super) fn noted(house: &[Command], mut story: Vec<Deed>, now: Timestamp) -> Vec<Deed> {
    let Some(records) = folded(house, &story, now) else { return story };
    let mut breaches = BTreeMap::new();
    for incident in records.incidents.values() {
        for reading in clock::readings(incident, &records.setup, now) {
            if let Some(broken) = reading.broken {
                breaches.insert((incident.id, reading.kind), broken.at.plus_millis(NOTED_AFTER_MS));
            }
        }
    }
    let deed = |((incident, clock), at): ((incident::IncidentId, ClockKind), Timestamp)| {
        let id = CommandId(named("breach", &format!("{incident}/{}", clock.name())));
        let command = Command::RecordBreach(RecordBreach { incident, clock });
        Deed { id, person: PersonId::SERVER, at, command }
    };
    story.extend(breaches.into_iter().map(deed).filter(|deed| deed.at <= now));
    story.sort_by_key(|deed| deed.at);
    story
}

/// What the deeds come to; `None` where one of them is refused.
fn folded(house: &[Command], story: &[Deed], now: Timestamp) -> Option<Records> {
    let mut records = Records::default();
    let configured = house.iter().map(|command| (Actor::server(), now, command));
    for (actor, at, command) in configured {
        take(&mut records, &actor, at, command)?;
    }
    for deed in story {
        let actor = actor(&records, deed.person)?;
        take(&mut records, &actor, deed.at, &deed.command)?;
    }
    Some(records)
}

fn take(records: &mut Records, actor: &Actor, at: Timestamp, command: &Command) -> Option<()> {
    for event in incident::decide(records, actor, at, command).ok()? {
        incident::apply(records, &event);
    }
    Some(())
}

/// Who acts: a person of the house, or the server itself.
pub(super) fn actor(records: &Records, person: PersonId) -> Option<Actor> {
    if person == PersonId::SERVER {
        return Some(Actor::server());
    }
    records.setup.actor(person)
}
