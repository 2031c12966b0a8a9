//! What no setting says alone and a file may still not do: set the same thing twice, skip a version, or leave clients
//! that cannot be told apart.
//!
//! What a setting must be like in itself is the rule book's.

use std::collections::BTreeMap;

use anyhow::{bail, ensure};
use incident::setup::Client;
use incident::{Setting, Setup};
use protocol::record_id::setting_id;
use uuid::Uuid;

use super::file::Written;

/// Refuses a file that sets the same thing twice.
pub(super) fn each_once(written: &[Written]) -> anyhow::Result<()> {
    let mut places = BTreeMap::new();
    for one in written {
        if let Some(before) = places.insert(setting_id(&one.setting), one.place) {
            bail!(
                "{} and {} both set {}; nothing was changed. Leave one of the two out",
                before,
                one.place,
                one.setting.id()
            );
        }
    }
    Ok(())
}

/// Refuses versions of one thing that do not follow each other; `known` are those in force.
pub(super) fn no_gaps(known: &[Setting], news: &[Written]) -> anyhow::Result<()> {
    let mut latest: BTreeMap<Uuid, u32> = BTreeMap::new();
    let versions = known.iter().filter_map(|setting| Some((setting.id(), setting.kept_version()?)));
    for (id, version) in versions {
        let held = latest.entry(id).or_default();
        *held = version.max(*held);
    }
    for one in news {
        let (id, Some(version)) = (one.setting.id(), one.setting.kept_version()) else { continue };
        let next = latest.get(&id).copied().unwrap_or_default() + 1;
        // One that is there already is the rule book's to refuse.
        ensure!(
            version <= next,
            "{} ({id}) has version {version}, and the next one is {next}; nothing was changed. Raise the version by one",
            one.place
        );
        latest.insert(id, version.max(next - 1));
    }
    Ok(())
}

/// Refuses what would leave clients whose names say nothing, or who have nobody to answer for them.
pub(super) fn can_be_told_apart(after: &Setup, written: &[Written]) -> anyhow::Result<()> {
    let place = |id: Uuid| {
        let found = written.iter().find(|one| one.setting.id() == id);
        found.map_or_else(|| "what is in force already".to_owned(), |one| one.place.to_string())
    };
    let mut names: BTreeMap<String, &Client> = BTreeMap::new();
    for client in after.clients.values() {
        if let Some(other) = names.insert(client.name.trim().to_lowercase(), client) {
            bail!(
                "{} and {} are clients of one name, {:?}; nothing was changed. Rename one of them",
                place(other.id.0),
                place(client.id.0),
                client.name
            );
        }
        if let Some(manager) = client.account_manager.filter(|manager| !after.people.contains_key(manager)) {
            bail!(
                "{} names {manager} as the account manager of {}, who is not set up; nothing was changed. Add that person, or name another",
                place(client.id.0),
                client.name
            );
        }
    }
    Ok(())
}
