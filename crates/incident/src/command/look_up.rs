//! What a command looks at beside the records that it names (§4.1, §4.2): whoever holds records finds these too
//! before deciding. A desk finds what it has; the server finds all of it, and its word counts.

use crate::command::{Command, Naming};
use crate::exception::asked_on;
use crate::records::{Alike, Records};
use crate::{ClientId, IncidentId, Timestamp, review};

/// Records to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LookUp {
    /// Records that are alike.
    Alike(Alike),
    /// Incidents that were logged within a stretch of time; its end is excluded.
    Logged {
        /// From here on
        from: Timestamp,
        /// and before this.
        until: Timestamp,
        /// Of this client alone.
        client: Option<ClientId>,
        /// So many are enough to refuse the command for being too many.
        limit: u32,
    },
}

impl LookUp {
    /// Whether the kin of what is found is looked at too, such as the review that goes on; a draw looks at each record
    /// alone.
    pub const fn reaches_kin(&self) -> bool {
        match self {
            Self::Alike(_) => true,
            Self::Logged { .. } => false,
        }
    }
}

impl Command {
    /// What it looks at beside its subjects, which are at hand already, and their kin.
    pub fn look_ups(&self, records: &Records, now: Timestamp) -> Vec<LookUp> {
        match self {
            Self::DrawSample(deed) => vec![deed.population()],
            Self::RequestException(deed) => deed.before(now).map(LookUp::Alike).into_iter().collect(),
            Self::ApproveException(deed) => {
                let exception = records.exceptions.get(&deed.exception);
                exception.map(|known| LookUp::Alike(known.request().before())).into_iter().collect()
            }
            Self::RecordRecurrence(deed) => like(records, deed.incident),
            Self::OpenReview(deed) => like(records, deed.incident),
            Self::IdentifyClient(deed) => vec![LookUp::Alike(asked_on(deed.incident))],
            Self::MoveToClient(deed) => vec![LookUp::Alike(asked_on(deed.incident))],
            // Every other deed names all that it looks at.
            _ => Vec::new(),
        }
    }
}

impl Naming {
    /// What the answer is read from beside its subjects, which are at hand already: a review covers more than is named.
    pub fn look_ups(&self, records: &Records) -> Vec<LookUp> {
        match self {
            Self::Convened { incident, .. } => like(records, *incident),
            Self::Assignee { .. }
            | Self::EscalatedTo { .. }
            | Self::RoleHolder { .. }
            | Self::Attendee { .. }
            | Self::Colleague { .. }
            | Self::Cover { .. }
            | Self::ActionOwner { .. }
            | Self::Reviewer { .. }
            | Self::NextReviewer { .. }
            | Self::NewMember { .. }
            | Self::Member { .. }
            | Self::Delegate
            | Self::Answerable => Vec::new(),
        }
    }
}

/// Whatever an incident may come again with (§3.7): the records say so, whoever names some of them.
fn like(records: &Records, incident: IncidentId) -> Vec<LookUp> {
    let alike = records.incidents.get(&incident).and_then(|known| review::alike(known, &records.setup));
    alike.map(LookUp::Alike).into_iter().collect()
}
