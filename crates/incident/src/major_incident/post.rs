//! Who holds which role of a major incident (§3.6): a hand-over counts when it is accepted, until then the
//! outgoing person holds it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::{PersonId, Timestamp};

/// A role in the room of a major incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MajorRole {
    /// Leads it.
    IncidentManager,
    /// Stands in for the Incident Manager.
    Deputy,
    /// Writes down what happens.
    Scribe,
    /// Speaks with the clients.
    ClientLiaison,
    /// Leads the work on one part; there may be several.
    TechnicalLead,
}

impl MajorRole {
    /// All.
    pub const ALL: [Self; 5] =
        [Self::IncidentManager, Self::Deputy, Self::Scribe, Self::ClientLiaison, Self::TechnicalLead];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::IncidentManager => "Incident Manager",
            Self::Deputy => "deputy",
            Self::Scribe => "scribe",
            Self::ClientLiaison => "client liaison",
            Self::TechnicalLead => "technical lead",
        }
    }

    /// Whether one person holds it at a time.
    pub const fn is_single(self) -> bool {
        match self {
            Self::IncidentManager | Self::Deputy | Self::Scribe | Self::ClientLiaison => true,
            Self::TechnicalLead => false,
        }
    }
}

/// A role that somebody has accepted and holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Seat {
    /// Which.
    pub role: MajorRole,
    /// Who.
    pub person: PersonId,
    /// Since when.
    pub since: Timestamp,
}

/// A role that somebody is asked to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Handover {
    /// Which.
    pub role: MajorRole,
    /// Who is asked.
    pub to: PersonId,
    /// Who holds it until then.
    pub in_place_of: Option<PersonId>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// The roles that are held, and those that somebody is asked to take.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Posts {
    /// Held.
    pub seats: Vec<Seat>,
    /// Asked for, not accepted.
    pub handovers: Vec<Handover>,
}

/// Something about the roles that is unwise but not forbidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "warning", rename_all = "snake_case")]
pub enum Warning {
    /// Nobody holds the role.
    Vacant {
        /// Which.
        role: MajorRole,
    },
    /// Whoever leads it also works on it.
    ManagerLeadsTechnically {
        /// Who.
        person: PersonId,
    },
    /// More people than one can lead.
    SpanTooWide {
        /// How many.
        people: u32,
        /// How many the house thinks can be led.
        max: u32,
    },
}

impl Posts {
    /// Who holds a role; the first of several.
    pub fn holder(&self, role: MajorRole) -> Option<PersonId> {
        self.seats.iter().find(|seat| seat.role == role).map(|seat| seat.person)
    }

    /// Whether this person holds this role.
    pub fn is_held_by(&self, role: MajorRole, person: PersonId) -> bool {
        self.seats.iter().any(|seat| seat.role == role && seat.person == person)
    }

    /// What this person is asked to take in a role.
    pub fn handover(&self, role: MajorRole, to: PersonId) -> Option<&Handover> {
        self.handovers.iter().find(|handover| handover.role == role && handover.to == to)
    }

    pub(super) fn warnings(&self) -> Vec<Warning> {
        let vacant = MajorRole::ALL.into_iter().filter(|role| self.holder(*role).is_none());
        let mut all: Vec<_> = vacant.map(|role| Warning::Vacant { role }).collect();
        let manager = self.holder(MajorRole::IncidentManager);
        if let Some(person) = manager.filter(|person| self.is_held_by(MajorRole::TechnicalLead, *person)) {
            all.push(Warning::ManagerLeadsTechnically { person });
        }
        all
    }

    pub(super) fn take(&mut self, event: &Event) {
        match &event.fact {
            Fact::MajorRoleAssigned { role, to, in_place_of } => {
                // Whoever was asked before and has not accepted is asked no more.
                self.handovers.retain(|asked| asked.role != *role || (!role.is_single() && asked.to != *to));
                self.handovers.push(Handover {
                    role: *role,
                    to: *to,
                    in_place_of: *in_place_of,
                    asked_at: event.at,
                    by: event.actor,
                });
            }
            Fact::MajorRoleAccepted { role } => self.accept(*role, event),
            _ => {}
        }
    }

    fn accept(&mut self, role: MajorRole, event: &Event) {
        let person = event.actor;
        let outgoing = self.handover(role, person).and_then(|handover| handover.in_place_of);
        self.handovers.retain(|asked| asked.role != role || asked.to != person);
        self.seats.retain(|seat| {
            let makes_room = role.is_single() || Some(seat.person) == outgoing || seat.person == person;
            seat.role != role || !makes_room
        });
        self.seats.push(Seat { role, person, since: event.at });
    }
}
