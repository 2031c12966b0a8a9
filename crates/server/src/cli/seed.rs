//! A new desk with the demo in it: what `cargo xtask dev` shows.

use std::collections::BTreeSet;

use anyhow::ensure;
use clap::Args;
use incident::{DeskId, Timestamp};
use protocol::{ClockClaim, Verdict};
use uuid::Uuid;

use super::Place;
use crate::clock::Clock;
use crate::demo::{self, Deed, Demo};
use crate::store::{Error, Ruling, Store, Submission, Writing};

/// How long before the story the demo's house was set up, in milliseconds.
const HOUSE_BEFORE_MS: i64 = 90 * 86_400_000;
/// The desk the story was told at.
const DEMO_DESK: DeskId = DeskId(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0004));

/// See the module.
#[derive(Debug, Args)]
pub(super) struct Seed {
    #[command(flatten)]
    place: Place,
    /// The moment the demo is seen at, RFC 3339; the clock's own otherwise
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
}

impl Seed {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let now = match &self.now {
            Some(text) => Timestamp::from_rfc3339(text)
                .ok_or_else(|| anyhow::anyhow!("{text} is no time; write one like 2026-11-23T14:00:00Z"))?,
            None => Clock::System.now(),
        };
        let demo = demo::demo(now)?;
        let begun = now.plus_millis(-HOUSE_BEFORE_MS);
        let store = Store::create_filled(&self.place.data, begun, |store| fill(store, &demo, now))?;
        eprintln!("The demo is in {}.", self.place.data.display());
        say!("Sign in as one of:");
        for account in &demo.people {
            let person = store.setup().people.get(&account.person).cloned();
            let roles = person.map_or_else(String::new, |person| {
                person.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
            });
            say!("  {:<8} password {:<24} {roles}", account.name, account.password);
        }
        Ok(())
    }
}

fn fill(store: &mut Store, demo: &Demo, now: Timestamp) -> anyhow::Result<()> {
    store.write(now.plus_millis(-HOUSE_BEFORE_MS), |writing| {
        for (place, command) in demo.house.iter().enumerate() {
            let id = incident::CommandId(Uuid::new_v5(&DEMO_DESK.0, format!("house/{place}").as_bytes()));
            settled(writing, &Submission::of_server(id, command.clone()))?;
        }
        for (place, deed) in demo.story.iter().enumerate() {
            writing.move_to(deed.at);
            settled(writing, &submission(deed, place))?;
        }
        anyhow::Ok(())
    })?;
    for account in &demo.people {
        let named =
            |writing: &mut Writing<'_>| writing.add_account(&account.name, account.person, &account.password);
        store.write::<(), Error>(now, named)?;
    }
    Ok(())
}

fn submission(deed: &Deed, place: usize) -> Submission {
    Submission {
        person: deed.person,
        desk: DEMO_DESK,
        desk_seq: u64::try_from(place).unwrap_or_default() + 1,
        id: deed.id,
        claim: Some(ClockClaim { at: deed.at, uncertainty_ms: 0 }),
        command: deed.command.clone(),
        former_numbers: BTreeSet::new(),
    }
}

fn settled(writing: &mut Writing<'_>, submission: &Submission) -> anyhow::Result<()> {
    let ruling = writing.settle_command(submission)?;
    let accepted =
        matches!(&ruling, Ruling::Settled(outcome) if matches!(outcome.verdict, Verdict::Accepted { .. }));
    ensure!(accepted, "the demo does not play: {:?} was answered with {ruling:?}", submission.command);
    Ok(())
}
