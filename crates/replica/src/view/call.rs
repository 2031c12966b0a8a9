//! The one door: every call the screen makes, every answer, every push.
//!
//! The desktop shell and the loopback host answer the same calls; neither adds one.

use incident::agreement::ClockKind;
use incident::calendar::Local;
use incident::command::Naming;
use incident::{Command, CommandId, IncidentId, PersonId, Refusal, Subject};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{
    AttentionItem, Board, BoardChange, Choice, Choices, Hit, IncidentView, MyDuties, ProofView, RecordChoice,
    SessionView, SyncView,
};

/// What the screen asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "call", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
#[expect(missing_docs, reason = "fields are named after what they carry")]
pub enum Call {
    /// Who is signed in.
    Session,
    /// Sign in with a local account.
    SignIn { server: String, name: String, password: String },
    /// Sign out; unsent work stays on this computer.
    SignOut,
    /// The whole board.
    Board,
    /// One incident in full.
    Incident { id: IncidentId },
    /// Why a clock is due then.
    Proof { id: IncidentId, clock: ClockKind },
    /// What the forms offer.
    Choices,
    /// Records beside the incidents, with what may be done with each.
    Records,
    /// Whom a deed may name, at each of these places of its form.
    Nameable { places: Vec<Naming> },
    /// The duties of whoever is signed in, soonest first.
    MyDuties,
    /// Do it: decided here at once, sent as soon as possible.
    Execute { command: Box<Command> },
    /// Take it back, where that is honest.
    Undo { command: CommandId },
    /// Ids for what is about to be made.
    FreshIds { count: u32 },
    /// When the house's wall clock shows a typed time, `YYYY-MM-DDTHH:MM`.
    Moment { wall: String },
    /// Find incidents.
    Search { text: String },
    /// Refused commands.
    Attention,
    /// The person has dealt with a refused command.
    SettleAttention { command: CommandId },
    /// How the line stands.
    Sync,
    /// Try the line now.
    RetryNow,
    /// Keep what is being typed, for whoever types it and for nobody who signed in since.
    SaveDraft { key: String, body: String, typist: PersonId },
    /// What was being typed.
    Draft { key: String },
    /// The screen has painted its first board; costly set-up may begin.
    Painted,
    /// End this desk; unsent work stays on this computer.
    Quit,
}

/// What was done, and how it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Executed {
    /// The command's id.
    pub command: CommandId,
    /// What changed on the board.
    pub change: BoardChange,
    /// What taking it back would do, in words; absent where it cannot be taken back.
    pub undo: Option<String>,
}

/// Answers, one a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "call", content = "value", rename_all = "snake_case")]
#[ts(export)]
#[expect(missing_docs, reason = "each answers the call of its name")]
pub enum Answered {
    Session(SessionView),
    SignIn(SessionView),
    SignOut(SessionView),
    Board(Board),
    Incident(Box<IncidentView>),
    Proof(Box<ProofView>),
    Choices(Box<Choices>),
    Records(Vec<RecordChoice>),
    Nameable(Vec<Vec<Choice<PersonId>>>),
    MyDuties(MyDuties),
    Execute(Executed),
    Undo(BoardChange),
    FreshIds(#[ts(type = "string[]")] Vec<Uuid>),
    Moment(Local),
    Search(Vec<Hit>),
    Attention(Vec<AttentionItem>),
    SettleAttention(()),
    Sync(SyncView),
    RetryNow(()),
    SaveDraft(()),
    Draft(Option<String>),
    Painted(()),
    Quit(()),
}

/// What the screen is told without asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "push", content = "value", rename_all = "snake_case")]
#[ts(export)]
pub enum Push {
    /// Cards and signals changed.
    Board(BoardChange),
    /// Everything changed: ask for the board again.
    Reload,
    /// An incident's timeline or clocks changed.
    Incident(IncidentId),
    /// Whoever is signed in owes so many duties now.
    Owed(u32),
    /// The line changed.
    Sync(Box<SyncView>),
    /// Refused commands came or went.
    Attention(u32),
    /// Somebody activated an alarm: open this duty.
    OpenDuty(Subject),
}

/// What went wrong behind the door; code branches on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DoorErrorCode {
    /// The policy says no.
    Refused,
    /// Nobody is signed in.
    SignedOut,
    /// Name or password is wrong.
    WrongCredentials,
    /// The server cannot be reached.
    Unreachable,
    /// It is not here.
    NotFound,
    /// It cannot be taken back.
    NotUndoable,
    /// The call is malformed.
    Malformed,
    /// This computer failed; nothing was lost.
    Failed,
}

/// A failed call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DoorError {
    /// What to branch on.
    pub code: DoorErrorCode,
    /// What happened, what was kept, what to do next.
    pub message: String,
    /// The refusal, where it is one.
    pub refusal: Option<Refusal>,
}
