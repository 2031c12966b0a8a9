//! What the server owes on a record by itself: breaches and waits at their cap (§3.3), escalation steps and questions
//! (§3.5), an end after silence (§3.1 Closure), recurrence (§3.7), the end of an exception (§4.2).
//!
//! The server knows no rule: it asks here what to do now and when to look again, does it, and looks again when
//! that instant comes or the record changes. Whoever asks late is told everything that is due, once. Nothing is
//! sent from here to anybody outside.

mod of_exception;
mod of_incident;
mod recurring;

use crate::clock;
use crate::event::Subject;
use crate::records::{Alike, RecordRef, Records};
use crate::{Command, Timestamp};

/// A deed of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerDuty {
    /// On what.
    pub subject: Subject,
    /// A name that is the same for whoever finds this duty on that record, so that it is done once.
    pub once: String,
    /// What to do.
    pub command: Command,
}

/// What is due now because of one of the records at hand, and when to look again if nothing happens until then.
/// Its like, as [`alike`] names them, are at hand too.
pub fn server_duties(
    records: &Records,
    subject: Subject,
    now: Timestamp,
) -> (Vec<ServerDuty>, Option<Timestamp>) {
    let nothing = (Vec::new(), None);
    match records.get(subject) {
        Some(RecordRef::Incident(incident)) if incident.is_open() => {
            let (mut due, next) = of_incident::duties(incident, &records.setup, now);
            due.extend(recurring::duties(records));
            (due, next)
        }
        Some(RecordRef::Incident(incident)) if clock::came_back(incident) => {
            of_incident::after_the_end(incident, &records.setup, now)
        }
        Some(RecordRef::Exception(exception)) => of_exception::duties(exception, now),
        Some(
            RecordRef::Incident(_)
            | RecordRef::Signal(_)
            | RecordRef::Suspicion(_)
            | RecordRef::Procedure(_)
            | RecordRef::Review(_)
            | RecordRef::Violation(_)
            | RecordRef::Audit(_)
            | RecordRef::Survey(_),
        )
        | None => nothing,
    }
}

/// The records that count together with one at hand: to be loaded before its duties are asked for.
pub fn alike(records: &Records, subject: Subject) -> Option<Alike> {
    match records.get(subject)? {
        RecordRef::Incident(incident) => recurring::alike(incident, &records.setup),
        RecordRef::Signal(_)
        | RecordRef::Exception(_)
        | RecordRef::Suspicion(_)
        | RecordRef::Procedure(_)
        | RecordRef::Review(_)
        | RecordRef::Violation(_)
        | RecordRef::Audit(_)
        | RecordRef::Survey(_) => None,
    }
}

/// The earlier of two instants to look again at.
fn sooner(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    one.into_iter().chain(other).min()
}
