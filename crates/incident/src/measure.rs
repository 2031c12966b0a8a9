//! Compliance measures (§4.1): what the records show of promises, of what clients heard, of logging and of what
//! clients say.
//!
//! Every figure is a list of incidents before it is a number, so that it can be explained; every share states
//! what it is a share of, and a share of nothing is no data. Rehearsals and duplicates are in none of them, and
//! nothing here ranks people.

mod client_month;
mod communication;
mod detection;
mod gaming;
mod lag;
mod period;
mod satisfaction;
mod share;
mod sla;

pub use client_month::{ClientMonth, client_month};
pub use communication::{BeatKey, Told, communication};
pub use detection::{Detection, detection};
pub use gaming::{Oddity, OddityKind, oddities};
pub use lag::{LogLag, log_lag};
pub use period::{CountedBy, Period};
pub use satisfaction::{Satisfaction, SatisfactionKey, Scored, satisfaction};
pub use share::Share;
pub use sla::{Cell, CellKey, performance};
