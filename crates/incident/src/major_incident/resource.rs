//! What an incident asks for (§3.5 additional resources; §3.6 resource allocation): asked, granted or refused, arrived, and who
//! covers the work that is left behind.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::log::Statement;
use crate::{PersonId, ResourceRequestId, Timestamp};

/// What management says to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ResourceReply")]
pub enum Reply {
    /// Yes.
    Granted,
    /// No.
    Refused,
}

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ResourceState {
    /// Nobody has answered.
    Asked,
    /// On its way.
    Granted {
        /// Who granted it, when, and what was said.
        said: Statement,
        /// Who covers the work that is left behind.
        covered_by: Option<PersonId>,
    },
    /// Not to be had.
    Refused {
        /// Who refused it, when, and why.
        said: Statement,
    },
    /// Here.
    Arrived {
        /// Since when.
        at: Timestamp,
        /// Who covers the work that is left behind.
        covered_by: Option<PersonId>,
    },
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ResourceRequest {
    /// The request.
    pub id: ResourceRequestId,
    /// What is asked for, by whom, when.
    pub asked: Statement,
    /// The colleague who is asked for, where it is one.
    pub person: Option<PersonId>,
    /// Where it stands.
    pub state: ResourceState,
}

impl ResourceRequest {
    /// Whether nobody has answered it.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ResourceState::Asked)
    }

    /// Whether whoever asked took it back: a word of one's own is no answer of management.
    pub fn is_withdrawn(&self) -> bool {
        matches!(&self.state, ResourceState::Refused { said } if said.by == self.asked.by)
    }

    /// Whether it was granted and is not here yet.
    pub const fn is_on_its_way(&self) -> bool {
        matches!(self.state, ResourceState::Granted { .. })
    }
}

/// Takes in a request, and what becomes of those that are there.
pub(super) fn take(requests: &mut Vec<ResourceRequest>, event: &Event) {
    if let Fact::ResourceRequested { request, text, person } = &event.fact {
        requests.push(ResourceRequest {
            id: *request,
            asked: super::said(event, text),
            person: *person,
            state: ResourceState::Asked,
        });
    }
    follow(requests, event);
}

/// Takes in what becomes of the requests that are there.
pub(super) fn follow(requests: &mut [ResourceRequest], event: &Event) {
    match &event.fact {
        Fact::ResourceAnswered { request, reply, covered_by, text } => {
            let Some(found) = requests.iter_mut().find(|known| known.id == *request) else { return };
            let said = super::said(event, text);
            found.state = match reply {
                Reply::Granted => ResourceState::Granted { said, covered_by: *covered_by },
                Reply::Refused => ResourceState::Refused { said },
            };
        }
        Fact::ResourceArrived { request } => {
            let Some(found) = requests.iter_mut().find(|known| known.id == *request) else { return };
            if let ResourceState::Granted { covered_by, .. } = found.state {
                found.state = ResourceState::Arrived { at: event.at, covered_by };
            }
        }
        _ => {}
    }
}
