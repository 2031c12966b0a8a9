//! Deliberate faults, at the seams of the drill: what a broken product would do. Each must be caught.

/// A fault to plant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plant {
    /// Frames arrive without the outcomes that belong to them.
    OutcomesDropped,
    /// A frame that was taken in is taken in again, on top of newer ones.
    OldFrameAgain,
    /// The cursor moves, the rows do not come.
    CursorWithoutRows,
    /// What waits is not on disk when the desk goes down.
    OutboxLost,
    /// The commands of a push reach the server in another order.
    PushReordered,
    /// What still waits is not done again on top of a frame.
    ReplaySkipped,
    /// What a refused command had changed stays on the screen.
    RefusalOutlived,
    /// A refused command goes nowhere.
    RefusalForgotten,
    /// A retry is a new command.
    RetryUnrecognised,
    /// Scopes that the person lost stay at the desk.
    RevocationIgnored,
    /// Frames are cut for somebody who sees everything.
    FramesForAll,
    /// A push that failed is tried again only when something new is done.
    SentOnce,
    /// A line of the log is changed after it was written.
    LogRewritten,
    /// An accepted command is logged without its record.
    RecordNotWritten,
    /// Desks are told that a backup covers what it does not.
    SafeTooSoon,
}

impl Plant {
    /// Every one.
    pub const ALL: [Self; 15] = [
        Self::OutcomesDropped,
        Self::OldFrameAgain,
        Self::CursorWithoutRows,
        Self::OutboxLost,
        Self::PushReordered,
        Self::ReplaySkipped,
        Self::RefusalOutlived,
        Self::RefusalForgotten,
        Self::RetryUnrecognised,
        Self::RevocationIgnored,
        Self::FramesForAll,
        Self::SentOnce,
        Self::LogRewritten,
        Self::RecordNotWritten,
        Self::SafeTooSoon,
    ];
}
