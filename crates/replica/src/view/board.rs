//! The board: columns of the lifecycle, cards, and signals in triage.

use incident::calendar::Local;
use incident::clock::Attention;
use incident::{
    ClientId, Column, Duty, IncidentId, Offer, PersonId, Priority, Role, Severity, SignalId, Source, Subject,
    Timestamp, Verb,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What of a record has not reached the server yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// All of it is on the server.
    None,
    /// Something waits on this computer.
    Unsent,
    /// Something is on its way.
    Sending,
    /// Something the server will likely refuse.
    Conflicting,
}

/// A duty as a card, a list or an alarm shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DutyChip {
    /// On what.
    pub subject: Subject,
    /// Which duty.
    pub duty: Duty,
    /// Verb first.
    pub label: String,
    /// By when.
    pub due: Option<Timestamp>,
    /// The same on the house's wall.
    pub due_local: Option<Local>,
    /// When it asks for attention.
    pub attention: Option<Attention>,
    /// Whether its clock stands still.
    pub paused: bool,
    /// The person who owes it.
    pub person: Option<PersonId>,
    /// Name of the person, or of the role that answers.
    pub owner: String,
    /// The role.
    pub role: Role,
    /// Whether whoever is signed in owes it.
    pub mine: bool,
    /// The clause.
    pub clause: String,
    /// Why, in a sentence.
    pub why: String,
    /// The commands that fulfil it, first one first.
    pub verbs: Vec<Verb>,
    /// What it is on, where that stands on no board: `Review: INC-7 Mail is down`.
    pub about: Option<String>,
}

/// An incident on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Card {
    /// The incident.
    pub id: IncidentId,
    /// `INC-1042`, or a provisional label until the server gave a number.
    pub label: String,
    /// Symptom and scope in one line.
    pub title: String,
    /// The client.
    pub client: ClientId,
    /// Its name.
    pub client_name: String,
    /// Affected services by name.
    pub services: Vec<String>,
    /// The severity in force.
    pub severity: Severity,
    /// Whether a person has set it.
    pub severity_set: bool,
    /// From the matrix; none until urgency is set.
    pub priority: Option<Priority>,
    /// Where it stands; none when cancelled.
    pub column: Option<Column>,
    /// Since when it stands there.
    pub column_since: Timestamp,
    /// The one next duty.
    pub duty: Option<DutyChip>,
    /// A second duty, shown only when it is worse than watch.
    pub second: Option<DutyChip>,
    /// Who has it.
    pub assignee: Option<PersonId>,
    /// Name of who has it.
    pub assignee_name: Option<String>,
    /// Whether the major incident process runs.
    pub major: bool,
    /// Whether a target was broken.
    pub breached: bool,
    /// Whether a workaround is in place.
    pub workaround: bool,
    /// Whether its monitor says that it is over: proposes restoration.
    pub recovery_seen: bool,
    /// How often its alert came again.
    pub repeats: u32,
    /// How often it was reopened.
    pub reopened: u32,
    /// What has not reached the server.
    pub pending: Pending,
    /// The latest event.
    pub updated_at: Timestamp,
}

/// A signal in triage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignalCard {
    /// The signal.
    pub id: SignalId,
    /// One line.
    pub summary: String,
    /// The rest.
    pub details: String,
    /// Where it came from.
    pub source: Source,
    /// Who reported it.
    pub reporter: String,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// The same on the house's wall.
    pub reported_local: Option<Local>,
    /// When the desk got to know.
    pub identified_at: Timestamp,
    /// How many of its service wait before it: the lower turn is taken up first, and of one turn the oldest.
    pub turn: u32,
    /// The client, where it is known.
    pub client: Option<ClientId>,
    /// Its name.
    pub client_name: Option<String>,
    /// The service, where it is known.
    pub service: Option<incident::ServiceId>,
    /// How often it came again.
    pub repeats: u32,
    /// Whether its monitor says that it is over.
    pub recovery_seen: bool,
    /// A link back to the monitor.
    pub link: Option<String>,
    /// Open incidents of the same client it may belong to; none where its client is not known.
    pub candidates: Vec<IncidentId>,
    /// The duty to log it.
    pub duty: Option<DutyChip>,
    /// What may be done with it, and why not.
    pub offers: Vec<Offer>,
    /// What has not reached the server.
    pub pending: Pending,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColumnHead {
    /// Which.
    pub column: Column,
    /// Its name.
    pub name: String,
}

/// Everything the board draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Board {
    /// When it was drawn, among all that this desk drew: of two words on one record, the greater is the later.
    #[ts(type = "number")]
    pub revision: u64,
    /// Columns from left to right.
    pub columns: Vec<ColumnHead>,
    /// All open cards, and those closed in the last 24 hours.
    pub cards: Vec<Card>,
    /// Signals in triage, in the order in which they are taken up.
    pub signals: Vec<SignalCard>,
    /// When the last incident was closed, for an empty board.
    pub last_closed: Option<Local>,
    /// How many duties whoever is signed in owes.
    pub owed: u32,
}

/// What whoever is signed in owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MyDuties {
    /// The duties that come first, soonest first.
    pub soonest: Vec<DutyChip>,
    /// How many there are in all.
    pub owed: u32,
}

/// What changed on the board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoardChange {
    /// When it was drawn, among all that this desk drew: of two words on one record, the greater is the later.
    #[ts(type = "number")]
    pub revision: u64,
    /// Cards that are new or changed.
    pub cards: Vec<Card>,
    /// Cards that left.
    pub gone: Vec<IncidentId>,
    /// Signals that are new or changed, and those whose turn is another now.
    pub signals: Vec<SignalCard>,
    /// Signals that left triage.
    pub signals_gone: Vec<SignalId>,
}

impl BoardChange {
    /// Whether nothing on the board changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { revision: _, cards, gone, signals, signals_gone } = self;
        cards.is_empty() && gone.is_empty() && signals.is_empty() && signals_gone.is_empty()
    }
}
