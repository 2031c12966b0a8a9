//! Who is signed in, how the line stands, what needs attention, what was found.

use incident::calendar::Local;
use incident::{CommandId, IncidentId, PersonId, Refusal, Role, Severity};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whoever is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonView {
    /// The person.
    pub id: PersonId,
    /// Name on screen.
    pub name: String,
    /// Roles held.
    pub roles: Vec<Role>,
}

/// The session of this desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionView {
    /// Whoever is signed in.
    pub person: Option<PersonView>,
    /// The server's address, as last used.
    pub server: String,
    /// The house's zone.
    pub zone: String,
    /// Milliseconds to add to this computer's clock to get the server's.
    #[ts(type = "number")]
    pub offset_ms: i64,
    /// Where the token is kept: the keychain, or memory only.
    pub token_kept_in: String,
}

/// How the line to the server stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Connecting.
    Connecting,
    /// Changes arrive as they happen.
    Live,
    /// No server; work goes on from this computer.
    Offline,
    /// Nobody is signed in, or the session ended.
    SignedOut,
    /// This desk is too old or too new for the server.
    OutOfDate,
}

/// The state of sync. Never claims more than is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SyncView {
    /// When it was drawn, among all that this desk drew: of two, the greater is the later.
    #[ts(type = "number")]
    pub revision: u64,
    /// The line.
    pub link: LinkState,
    /// Since when it is so, on the house's wall; where the line is down, the server's last word.
    pub since: Option<Local>,
    /// Why it is not live.
    pub reason: Option<String>,
    /// The server's last word, on the house's wall: what is shown is as of then.
    pub as_of: Option<Local>,
    /// Commands that wait on this computer.
    pub unsent: u32,
    /// Commands on their way.
    pub sending: u32,
    /// Refused commands that need a look.
    pub attention: u32,
    /// Records still to come of the first fill.
    pub filling: Option<u32>,
    /// Alarms that rang and that this computer's desktop does not show.
    pub unshown: u32,
    /// The instant of this view on the house's wall; none where no house is known.
    pub now: Option<Local>,
    /// Milliseconds to add to this computer's clock to get the server's.
    #[ts(type = "number")]
    pub offset_ms: i64,
}

/// One thing a person had typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Word {
    /// The field.
    pub field: String,
    /// The words.
    pub text: String,
}

/// A command the server refused, with the person's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttentionItem {
    /// The command.
    pub command: CommandId,
    /// What it was.
    pub label: String,
    /// The incident it was about.
    pub incident: Option<IncidentId>,
    /// Its label.
    pub incident_label: Option<String>,
    /// When it was refused.
    pub at: Local,
    /// What had been typed.
    pub words: Vec<Word>,
    /// Why it was refused.
    pub refusal: Refusal,
}

/// One incident found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hit {
    /// The incident.
    pub id: IncidentId,
    /// `INC-1042`.
    pub label: String,
    /// One line.
    pub title: String,
    /// The client.
    pub client_name: String,
    /// The phase, in words.
    pub phase: String,
    /// The severity.
    pub severity: Severity,
    /// The passage that matched.
    pub snippet: String,
}
