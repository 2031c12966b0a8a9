//! Newtypes of every id, so that two ids never share a type.
//!
//! All are UUIDv7 made at the desk (v5 where a thing must have one id whoever makes it); this crate only
//! carries them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// An incident, from its log entry on (§3.1).
    IncidentId;
    /// A signal: something seen that may be an incident (§3.1 Identification).
    SignalId;
    /// A client of Precision Computer.
    ClientId;
    /// A service delivered to one client.
    ServiceId;
    /// A person who works here, or the server itself.
    PersonId;
    /// A client's service level agreement (§3.3).
    AgreementId;
    /// An on-call rota, over all its versions (§3.5).
    RotaId;
    /// An escalation path, over all its versions (§3.5).
    PathId;
    /// A procedure, over all its versions (§3.5).
    ProcedureId;
    /// A suspected data breach (§5).
    SuspicionId;
    /// A task of a major incident (§3.6).
    TaskId;
    /// Something that a major incident asked for (§3.6).
    ResourceRequestId;
    /// A vendor whose contract lies under our own (§5).
    VendorId;
    /// One question to a vendor.
    VendorCaseId;
    /// A message to a client (§3.4).
    MessageId;
    /// A satisfaction survey of one closure (§4.1).
    SurveyId;
    /// One command, made at the desk before it is sent; makes a retry safe.
    CommandId;
    /// One desk: an installation with its own replica.
    DeskId;
    /// An exception from the policy (§4.2).
    ExceptionId;
    /// A delegation of the right to decide on exceptions (§4.2).
    DelegationId;
    /// A post-incident review (§3.7).
    ReviewId;
    /// A preventive action of a review.
    ActionId;
    /// A proposed or decided violation (§4.3).
    ViolationId;
    /// A sample of records under review (§4.1).
    AuditId;
    /// A finding of such a review.
    FindingId;
    /// One line of the log, as desks and server name it.
    EntryId;
}

impl ReviewId {
    /// The review that is opened for an incident has one id, whoever opens it.
    pub fn of(incident: IncidentId) -> Self {
        Self(Uuid::new_v5(&incident.0, b"review"))
    }
}

impl PersonId {
    /// The server itself: deadlines, intake, imports. Never a person, never an approver.
    pub const SERVER: Self = Self(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0001));
}
