//! Records to views: pure functions of the records, the setup, whoever looks, and the moment.

mod cards;
mod choices;
mod incident_view;
mod lines;
mod record_choices;
mod told;

pub use cards::{card, duty_chip, label, merge_candidates, signal_card};
pub use choices::{choices, people};
pub use incident_view::{IncidentParts, incident_view};
pub use lines::{fields, timeline_line};
pub use record_choices::{CHOSEN, incidents_named, named, record_choices, record_name};

use incident::calendar::Local;
use incident::{Actor, Setup, Timestamp, calendar};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

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

    /// When the house's wall clock shows a typed time; nothing where it is none. A time that the clock skipped
    /// is moved on, and what comes back shows where to.
    pub fn moment(&self, wall: &str) -> Option<Local> {
        calendar::instant(wall, &self.setup.house.zone).ok().map(|at| self.wall(at))
    }

    /// An instant on the house's wall to the minute, as the screen writes it: `25 Nov 17:00`, and with its year
    /// where that is another than this one's.
    pub fn minute(&self, at: Timestamp) -> String {
        minute_of_day(&self.wall(at), Some(&self.wall(self.now)))
    }
}

/// A wall time to the minute, as the screen writes it: `25 Nov 17:00`, and with its year where that is another than
/// that of the time it stands beside.
fn minute_of_day(at: &Local, beside: Option<&Local>) -> String {
    let part = |range| at.local.get(range).unwrap_or_default();
    let (year, day, time) = (part(0..4), part(8..10).trim_start_matches('0'), part(11..16));
    let month = part(5..7).parse().ok().and_then(|month: usize| MONTHS.get(month.wrapping_sub(1)));
    let month = month.copied().unwrap_or_default();
    if beside.is_some_and(|beside| beside.local.starts_with(year)) {
        format!("{day} {month} {time}")
    } else {
        format!("{day} {month} {year} {time}")
    }
}

/// A wall time to the minute beside another: `17:00`, and with its day where that is not the same.
pub fn near_minute(at: &Local, beside: &Local) -> String {
    match (at.local.split_once('T'), beside.local.split_once('T')) {
        (Some((day, time)), Some((same, _))) if day == same => time.get(..5).unwrap_or(time).to_owned(),
        _ => minute_of_day(at, Some(beside)),
    }
}

/// A wall time in full: `25 Nov 2026 17:00 +01:00 (Europe/Berlin)`.
pub fn full_minute(at: &Local) -> String {
    format!("{} {} ({})", minute_of_day(at, None), at.offset, at.zone)
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
