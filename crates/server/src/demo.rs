//! The demo: six clients, twelve people and a month of incidents, for whoever opens the desk the first time.
//!
//! A pure builder: [`demo`] takes the moment of the first look, and everything is told relative to it, so that
//! clocks are live whenever it is seeded. The same moment gives the same demo, byte for byte. It knows no
//! store and reads no clock; it decides nothing itself, each deed passes `incident::decide` like any other.
//! Every target and threshold is the demo's own configuration (ruling 15). All names are invented.

mod breaches;
mod calendars;
mod case;
mod cast;
mod clients;
mod closed;
mod house;
mod investigating;
mod major;
mod past;
mod past_month;
mod queue;
mod resolving;
mod restored;
mod script;
mod triage;

#[cfg(test)]
mod tests;

use incident::command::Configure;
use incident::{Command, CommandId, PersonId, Refusal, Timestamp};

use script::Script;

/// Everything a seeded server holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// Configuration, in the order in which each may refer to the ones before.
    pub house: Vec<Command>,
    /// Who can sign in.
    pub people: Vec<DemoAccount>,
    /// What happened, in time order; the last deed lies before the moment of the first look.
    pub story: Vec<Deed>,
}

/// A local account of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// The name to sign in with.
    pub name: String,
    /// The person it belongs to.
    pub person: PersonId,
    /// The password; known to everyone, as the demo is.
    pub password: String,
}

/// One deed of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The command's id.
    pub id: CommandId,
    /// Whose deed it is; [`PersonId::SERVER`] for alerts and deadlines.
    pub person: PersonId,
    /// When it was done.
    pub at: Timestamp,
    /// What was done.
    pub command: Command,
}

/// Why the demo cannot be told: it breaks the policy that it shows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unplayable {
    /// One of its deeds is refused.
    #[error("the demo does not play, because {command:?} is refused: {refusal}")]
    Refused {
        /// The deed.
        command: Box<Command>,
        /// Why.
        refusal: Box<Refusal>,
    },
    /// Somebody does something in it who does not work here.
    #[error("the demo does not play, because {0} does something in it and does not work there")]
    Stranger(PersonId),
}

/// The demo as seen at `now`.
pub fn demo(now: Timestamp) -> Result<Demo, Unplayable> {
    let house = house(now);
    let mut script = Script::new(now);
    triage::tell(&mut script);
    queue::tell(&mut script);
    investigating::tell(&mut script);
    resolving::tell(&mut script);
    restored::tell(&mut script);
    major::tell(&mut script);
    closed::tell(&mut script);
    past::tell(&mut script);
    past_month::tell(&mut script);
    let story = breaches::noted(&house, script.deeds(), now)?;
    Ok(Demo { house, people: cast::accounts(), story })
}

fn house(now: Timestamp) -> Vec<Command> {
    let settings = clients::clients()
        .chain(clients::services())
        .chain(calendars::calendars())
        .chain(clients::agreements(now))
        .chain(cast::people())
        .chain(std::iter::once(house::house()));
    settings.map(|setting| Command::Configure(Configure { setting })).collect()
}
