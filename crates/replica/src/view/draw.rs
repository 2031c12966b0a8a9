//! Records to views: pure functions of the records, the setup, whoever looks, and the moment.

mod cards;
mod choices;
mod incident_view;
mod lines;
mod record_choices;

pub use cards::{card, duty_chip, label, signal_card};
pub use choices::choices;
pub use incident_view::{IncidentParts, incident_view};
pub use lines::{fields, timeline_line};
pub use record_choices::{CHOSEN, incidents_named, named, record_choices, record_name};

use incident::calendar::Local;
use incident::{Actor, Setup, Timestamp, calendar};

/// Whoever looks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Looking<'a> {
    /// The configuration.
    pub setup: &'a Setup,
    /// Whoever is signed in.
    pub viewer: &'a Actor,
    /// The moment, by the server's clock.
    pub now: Timestamp,
}

impl Looking<'_> {
    /// An instant on the house's wall.
    pub fn wall(&self, at: Timestamp) -> Local {
        wall(at, &self.setup.house.zone)
    }

    /// The same to the minute, in words: `2026-11-25 17:00`.
    pub fn minute(&self, at: Timestamp) -> String {
        let local = self.wall(at).local;
        local.get(..16).unwrap_or(&local).replace('T', " ")
    }
}

/// An instant on a zone's wall; on UTC's where the zone is not known.
pub fn wall(at: Timestamp, zone: &str) -> Local {
    calendar::local(at, zone).unwrap_or_else(|_| Local {
        instant: at,
        local: at.to_rfc3339().trim_end_matches('Z').to_owned(),
        offset: "+00:00".into(),
        zone: "UTC".into(),
    })
}
