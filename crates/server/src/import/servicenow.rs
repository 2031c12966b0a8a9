//! The audit log of a ServiceNow desk, one row per update, read into one [`History`] per incident.
//!
//! The reading is tolerant and streaming: plain CSV or gzip (told by its first bytes, not its
//! name), any order of columns, incidents whose rows are scattered, and a file that ends too soon.
//! Each thing out of the ordinary becomes an [`Oddity`] with line, incident, kind and reason;
//! a row that could not be used is an oddity too ([`OddityKind::is_unused_row`]).
//!
//! # What is believed
//!
//! * **Final values.** `resolved_at`, `closed_at`, `closed_code` and `resolved_by` stand on every
//!   row, also on those written before anything was resolved, so no row is believed about them.
//!   The stamp of a resolution is the update time of the row that *went to* Resolved, and it is
//!   compared with the final value, which a later touch of the resolved incident moves.
//! * **Times** have no zone and no seconds: they are read in the zone the caller names (UTC unless
//!   told), the repeated hour of autumn as its first pass, a skipped hour as the instant after it.
//! * **Order.** Rows of an incident count in the order of the file. Where their times contradict
//!   it, the fewest rows are doubted: a doubted row takes the time of the next undoubted one, so
//!   that nothing is shown earlier than it can have been.
//! * **Logged** is `opened_at`, when the person opened the entry; `sys_created_at` is when the
//!   system received it and is missing for half of them. Logged is never later than receipt or
//!   the first update (§3.1).
//! * **Severity** is impact alone (§6), that of the same name: *1 - High* is Severity 2, *2 - Medium* 3,
//!   *3 - Low* 4. Urgency is kept apart.
//!   `priority` is never taken over: it is derived, and kept only to check the file against its
//!   own matrix (exact over impact × urgency).
//! * **Source** (§3.1): *Phone* and *IVR* are the telephone, *Email* is mail, *Self service* the
//!   client portal, *Direct opening* the provider's own staff.
//! * **Waiting** (*Awaiting User Info, Vendor, Problem, Evidence*) is a reason shown on the
//!   timeline. It pauses no clock: only an agreement may do that.
//! * **Assessment** (§6): `u_priority_confirmation` turning true is a person's confirmation of
//!   the priority, and the only trace of an assessment in the log.
//!
//! [`Mapping`] says a history in the policy's events, and [`import`] hands them over in batches that can
//! be resumed. [`import_into`] alone knows a store.

mod batch;
mod by_hand;
mod checks;
mod column;
mod framing;
mod history;
mod mapping;
mod oddity;
mod order;
mod reader;
mod row;
mod run;
mod storing;
mod survey;
mod time;
mod words;

pub use batch::{Batch, Earlier, INCIDENTS_PER_BATCH, Position, Start, import};
pub use by_hand::by_hand;
pub use history::{Change, Fact, Finals, History, Opening};
pub use mapping::{
    DESK, Mapped, Mapping, incident_id, person_id, severities_by_impact, severity_of, urgency_of,
};
pub use oddity::{Oddity, OddityKind, Report};
pub use reader::{Found, Histories, Log};
pub use row::{Detail, Details};
pub use run::{Outcome, RunError, ServicenowArguments, Stored, run};
pub use storing::import_into;
pub use survey::Survey;
pub use time::Zone;
pub use words::{Contact, Level, Rank, State};

/// The longest cell taken whole; a longer one is cut and reported.
pub const CELL_BYTES_MAX: usize = 4_096;
/// The longest line, and the longest record over several lines.
pub const RECORD_BYTES_MAX: usize = 256 * 1_024;
/// The most rows of one incident; later ones are reported and not used.
pub const ROWS_PER_INCIDENT_MAX: usize = 5_000;
/// The most lines of a file.
pub const LINES_MAX: u64 = 20_000_000;
/// The most bytes of a file after unpacking.
pub const BYTES_MAX: u64 = 8 * 1_024 * 1_024 * 1_024;

/// Why a file cannot be imported at all; a bad row is an [`Oddity`] instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened or read.
    #[error("cannot read {file}: {cause}; check the path and that this user may read it")]
    Unreadable {
        /// The file as it was named.
        file: String,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// There is not even a header.
    #[error("the file is empty; export the incident audit log again, as CSV with a header line")]
    Empty,
    /// The first line is not the header of an incident log.
    #[error(
        "line 1 is not the header of a ServiceNow incident log: {reason}; export the log as CSV, \
         comma-separated, UTF-8, with the column names in the first line"
    )]
    WrongHeader {
        /// What was found instead.
        reason: String,
    },
    /// A limit of this importer.
    #[error("the file is too large: {reason}; split it by incident and import the parts in turn")]
    TooLarge {
        /// Which limit.
        reason: String,
    },
    /// The zone's name is not in the bundled zone rules.
    #[error("there is no time zone {name:?}; give an IANA name such as Europe/Lisbon, or UTC")]
    UnknownZone {
        /// The name as it was given.
        name: String,
    },
}

#[cfg(test)]
mod tests;
