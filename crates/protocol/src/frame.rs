//! Frames down: whole records as of one sequence number, with the outcomes that belong to them.
//!
//! A frame is taken in one read snapshot, so that rows, revocations, back-fill and outcomes are one step.

use incident::{DeskId, Records, Subject, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::Outcome;

/// What a record is: a kind of `incident::Records`, an entry of a timeline, or a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(&'static str);

impl Kind {
    /// `incident::Incident`.
    pub const INCIDENT: Self = Self("incident");
    /// `incident::Signal`.
    pub const SIGNAL: Self = Self("signal");
    /// `incident::Event`: one line of an incident's timeline.
    pub const ENTRY: Self = Self("entry");
    /// `incident::Setting`.
    pub const SETTING: Self = Self("setting");
    /// A kind of a later version: what comes with it is left alone, and fetched anew by a desk that knows it.
    pub const UNKNOWN: Self = Self("");

    /// Of a subject.
    pub const fn of(subject: Subject) -> Self {
        Self(subject.kind())
    }

    /// As stored and sent.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The kind of a stored name, where it is known here.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = Records::KINDS.iter().copied().chain([Self::ENTRY.0, Self::SETTING.0]);
        all.into_iter().find(|known| *known == name).map(Self)
    }

    /// The subject of a record of this kind; none of an entry.
    pub fn subject(self, id: Uuid) -> Option<Subject> {
        Subject::of(self.0, id)
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Ok(Self::from_name(&name).unwrap_or(Self::UNKNOWN))
    }
}

/// A scope: who may see a record. One for every client, one for configuration and triage without a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScopeId(pub i64);

/// One record as of the frame.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Image {
    /// What it is.
    pub kind: Kind,
    /// Its id: of the incident, signal, setting; of an entry, made of its command and place.
    pub id: Uuid,
    /// The record it belongs to: an entry's incident; itself otherwise.
    pub of: Uuid,
    /// Through which scope it is seen.
    pub scope: ScopeId,
    /// The sequence number of its last change.
    pub rev: u64,
    /// The record itself.
    pub doc: Box<RawValue>,
}

/// A record that left the desk's sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// The record and everything `of` it.
    pub of: Uuid,
}

/// How far a scope is filled at the desk, downwards from the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeFill {
    /// The scope.
    pub scope: ScopeId,
    /// Records changed below this are still missing; 0 is complete.
    pub low: u64,
}

/// What a desk asks for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing is here yet: configuration, triage and the open board, at once.
    Board,
    /// The board is here: changes, and the next page downwards.
    Fill,
}

/// What a desk holds, and asks what comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PullRequest {
    /// [`crate::PROTOCOL`].
    pub protocol: u32,
    /// The desk.
    pub desk: DeskId,
    /// The incarnation of the log it follows; none before the first frame.
    pub epoch: Option<Uuid>,
    /// The sequence number it has reached.
    pub cursor: u64,
    /// The chain hash at its cursor, in hex: proves that both know the same history.
    pub chain: Option<String>,
    /// What it wants.
    pub stage: Stage,
    /// The scopes it holds and how far they are filled.
    pub scopes: Vec<ScopeFill>,
    /// How long to wait when there is nothing new, in milliseconds.
    pub wait_ms: u32,
}

/// The next page of a back-fill.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fill {
    /// The scope.
    pub scope: ScopeId,
    /// The new mark; 0 is complete.
    pub low: u64,
    /// Records, newest change first.
    pub put: Vec<Image>,
}

/// One consistent step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Frame {
    /// The incarnation of the log.
    pub epoch: Uuid,
    /// The cursor it applies to.
    pub from: u64,
    /// The cursor after it.
    pub to: u64,
    /// The chain hash at `to`, in hex.
    pub chain: String,
    /// Commands up to here survive any restore.
    pub safe: u64,
    /// The server's clock.
    pub now: Timestamp,
    /// Scopes that the person lost; their records go.
    pub revoke: Vec<ScopeId>,
    /// Scopes that are new; they fill from `to` downwards.
    pub grant: Vec<ScopeId>,
    /// Records that left.
    pub leave: Vec<Leave>,
    /// Records that are new or changed.
    pub put: Vec<Image>,
    /// Outcomes of this desk's commands up to `to`.
    pub outcomes: Vec<Outcome>,
    /// The next page downwards.
    pub fill: Option<Fill>,
    /// How many records are still to come by filling; for a progress line.
    pub remaining: u64,
}
