//! Clients × messages for one outage (§3.4, §3.6): who has been told what, and who hears when.
//!
//! Every incident of the outage is a row, whether or not anybody was told; each client's row shows that
//! client's messages alone (ruling 11).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cadence::{self, Beat};
use super::{Channel, Message, MessageKind};
use crate::log::Incident;
use crate::records::Records;
use crate::{ClientId, IncidentId, PersonId, Severity, Timestamp};

/// What became of one kind of message to one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Cell {
    /// Nothing was written.
    Nothing,
    /// Written; somebody has to approve it.
    Waiting,
    /// Written; not known to have arrived.
    OnItsWay,
    /// It did not arrive: the client is not told.
    NotTold {
        /// When that was known.
        at: Timestamp,
    },
    /// The client was told.
    Told {
        /// When.
        at: Timestamp,
        /// By whom.
        by: PersonId,
        /// How.
        channel: Channel,
        /// How often.
        times: u32,
    },
}

/// One client of the outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClientRow {
    /// The client.
    pub client: ClientId,
    /// The incident that is theirs.
    pub incident: IncidentId,
    /// Its severity.
    pub severity: Severity,
    /// The first notice.
    pub first_notice: Cell,
    /// Updates.
    pub updates: Cell,
    /// The restoration notice.
    pub restoration: Cell,
    /// The resolution confirmation.
    pub resolution: Cell,
    /// What is owed to them next, and by when.
    pub next: Option<Beat>,
    /// How they were told last.
    pub channel: Option<Channel>,
}

/// The rows of these incidents: a parent and its children, or whatever one outage struck. An incident that is
/// not at hand has no row.
pub fn client_matrix(records: &Records, outage: &[IncidentId]) -> Vec<ClientRow> {
    let known = outage.iter().filter_map(|id| records.incidents.get(id));
    known.map(|incident| row(records, incident)).collect()
}

fn row(records: &Records, incident: &Incident) -> ClientRow {
    let messages: Vec<_> = incident.communication.to(incident.entry.client).collect();
    let cell = |kind| cell(&messages, kind);
    let last = messages.iter().filter(|message| message.told_at().is_some()).max_by_key(|m| m.told_at());
    ClientRow {
        client: incident.entry.client,
        incident: incident.id,
        severity: incident.severity(),
        first_notice: cell(MessageKind::FirstNotice),
        updates: cell(MessageKind::Update),
        restoration: cell(MessageKind::RestorationNotice),
        resolution: cell(MessageKind::ResolutionConfirmation),
        next: cadence::owed(incident, &records.setup),
        channel: last.map(|message| message.draft.channel),
    }
}

fn cell(messages: &[&Message], kind: MessageKind) -> Cell {
    let of_kind = || messages.iter().filter(|message| message.draft.kind == kind);
    let told = of_kind().filter_map(|message| Some((message.told_at()?, message)));
    if let Some((at, message)) = told.max_by_key(|(at, _)| *at) {
        let times = of_kind().filter(|message| message.told_at().is_some()).count();
        let times = u32::try_from(times).unwrap_or(u32::MAX);
        return Cell::Told { at, by: message.by, channel: message.draft.channel, times };
    }
    match of_kind().next_back() {
        None => Cell::Nothing,
        Some(last) => match &last.delivery {
            Some(delivery) => Cell::NotTold { at: delivery.at },
            None if last.may_go_out() => Cell::OnItsWay,
            None => Cell::Waiting,
        },
    }
}
