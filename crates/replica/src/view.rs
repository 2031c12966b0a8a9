//! What the desk shows: records turned into ready sentences, times and states.
//!
//! The screen computes no rule and no zone: it draws these values and counts down to instants it was given.
//! Every call of the door, every answer and every push is listed in [`call`].

pub mod board;
pub mod call;
pub mod detail;
pub mod draw;
pub mod status;

pub use board::{Board, BoardChange, Card, ColumnHead, DutyChip, MyDuties, Pending, SignalCard};
pub use call::{Answered, Call, DoorError, DoorErrorCode, Executed, Push};
pub use detail::{
    BreachChoice, Choice, Choices, ClockView, DemandChoice, IncidentView, ProofView, RecordChoice,
    SeverityChoice, TimelineLine,
};
pub use status::{AttentionItem, Hit, LinkState, PersonView, SessionView, SyncView, Word};
