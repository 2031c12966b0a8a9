//! Shifts: rules as data. A `.shift` file tells who did what and when, and how it must end; an incident
//! manager can read and write it. `docs/shifts.md` is its grammar.
//!
//! [`Shift::parse`] reads one, [`play()`] plays it against `incident::decide` and folds what is accepted.
//! The house it plays in is [`fixture`]. It opens no file: the caller lends the text.

mod deed;
pub mod fixture;
mod house;
mod judged;
mod ladder;
mod parse;
mod play;
mod sight;
mod spelt;
mod time;
mod words;

pub use deed::command;
pub use play::{Failure, play};
pub use time::Almanac;
pub use words::Words;

use std::collections::BTreeSet;

use incident::{RefusalCode, Role, Timestamp, Verb};

/// One file.
#[derive(Debug, Clone)]
pub struct Shift {
    /// Its file, for failures.
    pub file: String,
    /// The clause its title names.
    pub clause: String,
    /// What it shows.
    pub title: String,
    /// The day and zone that its times are written in.
    pub almanac: Almanac,
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

/// One line that says something.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// Its moment: its own, or that of the line before.
    pub at: Timestamp,
    /// What it says.
    pub step: Step,
}

/// What a line says.
#[derive(Debug, Clone)]
pub enum Step {
    /// The house differs from the fixture.
    Given(Words),
    /// Somebody does something.
    Deed(Deed),
    /// Something must be seen to be so.
    Sight(Sight, Words),
}

/// Somebody does something, with its outcome.
#[derive(Debug, Clone)]
pub struct Deed {
    /// The person, by name.
    pub actor: String,
    /// The roles they hold.
    pub roles: BTreeSet<Role>,
    /// The verb.
    pub verb: Verb,
    /// Subject and arguments.
    pub words: Words,
    /// How it ends.
    pub outcome: Outcome,
}

/// How a deed ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted; these kinds of events are among what happened, in this order.
    Ok(Vec<String>),
    /// Accepted; exactly these kinds of events happened.
    Only(Vec<String>),
    /// Refused.
    Refused(RefusalCode, String),
}

/// What can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// A duty is owed.
    Due,
    /// A duty is not owed.
    NoDue,
    /// A clock stands somewhere.
    Clock,
    /// The clause register says something of a record.
    Clause,
    /// An incident is in a phase.
    Phase,
    /// An incident's record says something.
    Record,
    /// A signal's record says something.
    Signal,
    /// A verb is open to somebody.
    Offer,
    /// A verb is refused to somebody before they try.
    NoOffer,
    /// A card can be moved, by these deeds.
    Move,
    /// A card cannot be moved.
    NoMove,
}
