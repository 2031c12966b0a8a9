//! Like incidents of one client come again (§3.7; ruling 9): the server says so, as soon as it is so.
//!
//! What is found late, because an older incident was categorised after a newer one, is found on the newest that is
//! open.

use crate::command::RecordRecurrence;
use crate::event::Subject;
use crate::log::Incident;
use crate::oversight::{Oversight, RecurrenceRule};
use crate::records::{Alike, Records};
use crate::review::{self, recurring};
use crate::setup::Setup;
use crate::{Command, ServerDuty};

/// The rule that counts for an incident of which nobody knows yet whether it recurs.
fn rule(incident: &Incident, setup: &Setup) -> Option<RecurrenceRule> {
    if !incident.is_open() || !incident.review.recurs_with.is_empty() {
        return None;
    }
    Oversight::at(setup, incident.logged.at).reviews.recurrence
}

/// Those that it may recur with, and those that may recur with it, while nobody knows whether it does.
pub(super) fn alike(incident: &Incident, setup: &Setup) -> Option<Alike> {
    rule(incident, setup)?;
    review::alike(incident, setup)
}

/// Every incident at hand that recurs, and of which that is not on record.
pub(super) fn duties(records: &Records) -> Vec<ServerDuty> {
    let at_hand = || records.incidents.values().map(AsRef::as_ref);
    let recurs = |incident: &Incident| {
        let with = recurring(at_hand(), incident, rule(incident, &records.setup)?);
        // A child is named, and counts as its parent.
        let named = |other: &&Incident| other.id != incident.id && with.contains(&other.outage());
        let incidents: Vec<_> = at_hand().filter(named).map(|other| other.id).collect();
        let command = Command::RecordRecurrence(RecordRecurrence { incident: incident.id, incidents });
        let subject = Subject::Incident(incident.id);
        (!with.is_empty()).then(|| ServerDuty { subject, once: "recurrence".to_owned(), command })
    };
    at_hand().filter_map(recurs).collect()
}
