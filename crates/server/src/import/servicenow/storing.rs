//! An import into the desk's own store: one transaction per batch, its position within.

use std::path::Path;

use incident::event::{Event, Fact, Subject};
use incident::{CommandId, PersonId, Setting, Setup, Timestamp};
use uuid::Uuid;

use super::batch::{Batch, Earlier, Position};
use super::mapping::{Mapping, NAMES};
use super::run::{Outcome, RunError, ServicenowArguments, Stored, run};
use crate::store::{Error, Mark, Store};

/// Runs an import into `store`, whose data directory is `data`; `now` is when it is received.
///
/// Client, service and people of the log are configured where they are not known; what somebody has
/// set for them since is left alone.
pub fn import_into(
    store: &mut Store,
    data: &Path,
    arguments: &ServicenowArguments,
    mapping: &Mapping,
    now: Timestamp,
) -> Result<Outcome, RunError> {
    let next_number = Some(store.next_number());
    // The store is asked before the first batch and written to afterwards, never both.
    let store = std::cell::RefCell::new(store);
    run(
        arguments,
        data,
        mapping,
        next_number,
        |digest| earlier(&store.borrow(), digest),
        |batch| keep(&mut store.borrow_mut(), mapping, batch, now),
    )
}

fn marker(digest: &str) -> String {
    format!("import servicenow {digest}")
}

fn earlier(store: &Store, digest: &str) -> Stored<Earlier> {
    let position =
        store.marker(&marker(digest))?.map(|position| serde_json::from_str(&position)).transpose()?;
    let mut earlier = Earlier { position, ..Earlier::default() };
    store.incidents(|incident, events| {
        let rows = events.iter().filter(|event| matches!(event.fact, Fact::RowImported { .. })).count();
        earlier.known.insert(incident.id, u32::try_from(rows).unwrap_or(u32::MAX));
        Ok::<(), Error>(())
    })?;
    Ok(earlier)
}

fn keep(store: &mut Store, mapping: &Mapping, batch: &Batch, now: Timestamp) -> Stored<()> {
    let Position { digest, incidents } = &batch.position;
    let people = batch.incidents.iter().flat_map(|incident| incident.people.iter().cloned());
    let setup = store.setup();
    let mut settings: Vec<Setting> = Vec::new();
    for setting in mapping.settings().into_iter().chain(people.map(Setting::Person)) {
        if !is_known(&setup, &setting) && !settings.contains(&setting) {
            settings.push(setting);
        }
    }
    let mut history = Vec::with_capacity(batch.incidents.len() + 1);
    if !settings.is_empty() {
        let configured = settings.into_iter().map(|setting| configured(setting, now)).collect();
        history.push((command(&format!("settings/{digest}/{incidents}")), configured));
    }
    for incident in &batch.incidents {
        history.push((command(&format!("incident/{}", incident.number)), incident.events.clone()));
    }
    let value = serde_json::to_string(&batch.position)?;
    store.append_history(now, &history, Some(Mark { key: &marker(digest), value: &value }))?;
    Ok(())
}

fn is_known(setup: &Setup, setting: &Setting) -> bool {
    match setting {
        Setting::Client(client) => setup.clients.contains_key(&client.id),
        Setting::Service(service) => setup.services.contains_key(&service.id),
        Setting::Person(person) => setup.people.contains_key(&person.id),
        // An import brings none of these.
        _ => true,
    }
}

fn configured(setting: Setting, now: Timestamp) -> Event {
    Event {
        at: now,
        received: now,
        uncertainty_ms: 0,
        actor: PersonId::SERVER,
        subject: Subject::Setting(setting.id()),
        fact: Fact::Configured { setting: Box::new(setting) },
    }
}

/// The same deed has the same command on every run, so the log itself refuses it a second time.
fn command(name: &str) -> CommandId {
    CommandId(Uuid::new_v5(&NAMES, format!("command/{name}").as_bytes()))
}
