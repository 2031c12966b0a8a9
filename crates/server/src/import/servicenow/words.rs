//! The words of the log: its states, levels and ways of contact.
//!
//! They stay the other desk's words here; what they mean in the policy's is `mapping`'s business.

use std::fmt;

use serde::Serialize;

/// `incident_state`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum State {
    /// *New*.
    New,
    /// *Active*.
    Active,
    /// *Awaiting User Info*.
    AwaitingUserInfo,
    /// *Awaiting Vendor*.
    AwaitingVendor,
    /// *Awaiting Problem*.
    AwaitingProblem,
    /// *Awaiting Evidence*.
    AwaitingEvidence,
    /// *Resolved*.
    Resolved,
    /// *Closed*.
    Closed,
    /// Any other word, such as `-100`: kept, and believed to change nothing.
    Unknown(String),
}

impl State {
    /// Reads a cell; a word that is not ServiceNow's becomes [`State::Unknown`].
    pub fn read(cell: &str) -> Self {
        match cell {
            "New" => Self::New,
            "Active" => Self::Active,
            "Awaiting User Info" => Self::AwaitingUserInfo,
            "Awaiting Vendor" => Self::AwaitingVendor,
            "Awaiting Problem" => Self::AwaitingProblem,
            "Awaiting Evidence" => Self::AwaitingEvidence,
            "Resolved" => Self::Resolved,
            "Closed" => Self::Closed,
            other => Self::Unknown(other.to_owned()),
        }
    }

    /// Resolved or closed: work has ended.
    pub fn is_ended(&self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::New => "New",
            Self::Active => "Active",
            Self::AwaitingUserInfo => "Awaiting User Info",
            Self::AwaitingVendor => "Awaiting Vendor",
            Self::AwaitingProblem => "Awaiting Problem",
            Self::AwaitingEvidence => "Awaiting Evidence",
            Self::Resolved => "Resolved",
            Self::Closed => "Closed",
            Self::Unknown(word) => word,
        })
    }
}

/// `impact` or `urgency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Level {
    /// *1 - High*.
    High,
    /// *2 - Medium*.
    Medium,
    /// *3 - Low*.
    Low,
}

impl Level {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    /// Reads a cell; `None` where it is not a level.
    pub fn read(cell: &str) -> Option<Self> {
        match cell {
            "1 - High" | "1" => Some(Self::High),
            "2 - Medium" | "2" => Some(Self::Medium),
            "3 - Low" | "3" => Some(Self::Low),
            _ => None,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::High => "1 - High",
            Self::Medium => "2 - Medium",
            Self::Low => "3 - Low",
        })
    }
}

/// `priority`, kept only to check the file against its own matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Rank {
    /// *1 - Critical*.
    Critical,
    /// *2 - High*.
    High,
    /// *3 - Moderate*.
    Moderate,
    /// *4 - Low*.
    Low,
}

impl Rank {
    /// Reads a cell; `None` where it is not a priority.
    pub fn read(cell: &str) -> Option<Self> {
        match cell {
            "1 - Critical" | "1" => Some(Self::Critical),
            "2 - High" | "2" => Some(Self::High),
            "3 - Moderate" | "3" => Some(Self::Moderate),
            "4 - Low" | "4" => Some(Self::Low),
            _ => None,
        }
    }

    /// 1 to 4, as the log counts.
    pub const fn number(self) -> u8 {
        match self {
            Self::Critical => 1,
            Self::High => 2,
            Self::Moderate => 3,
            Self::Low => 4,
        }
    }

    /// The log's own matrix.
    pub fn of(impact: Level, urgency: Level) -> Self {
        match (impact, urgency) {
            (Level::High, Level::High) => Self::Critical,
            (Level::High, Level::Medium) | (Level::Medium, Level::High) => Self::High,
            (Level::Medium, Level::Medium) | (Level::High, Level::Low) | (Level::Low, Level::High) => {
                Self::Moderate
            }
            (Level::Medium | Level::Low, Level::Low) | (Level::Low, Level::Medium) => Self::Low,
        }
    }
}

/// `contact_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Contact {
    /// *Phone*.
    Phone,
    /// *Email*.
    Email,
    /// *Self service*: the client portal.
    SelfService,
    /// *IVR*: the telephone's menu.
    Ivr,
    /// *Direct opening*: the provider's own staff.
    DirectOpening,
}

impl Contact {
    /// Reads a cell; `None` where it is not a way of contact.
    pub fn read(cell: &str) -> Option<Self> {
        match cell {
            "Phone" => Some(Self::Phone),
            "Email" => Some(Self::Email),
            "Self service" => Some(Self::SelfService),
            "IVR" => Some(Self::Ivr),
            "Direct opening" => Some(Self::DirectOpening),
            _ => None,
        }
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Phone => "Phone",
            Self::Email => "Email",
            Self::SelfService => "Self service",
            Self::Ivr => "IVR",
            Self::DirectOpening => "Direct opening",
        })
    }
}
