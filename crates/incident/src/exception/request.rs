//! What is asked for (§4.2): clause, scope, reason in three answers, control, end and evidence.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::clock::{self, Verdict};
use crate::compliance::paragraph_of;
use crate::log::Incident;
use crate::records::Alike;
use crate::setup::Setup;
use crate::{ClientId, EntryId, ExceptionId, IncidentId, PersonId, ServiceId, Severity, Span, Timestamp};

/// The clauses that can be deviated from; §4.2 itself is not among them.
pub const CLAUSES: [&str; 9] = ["§3.1", "§3.2", "§3.3", "§3.4", "§3.5", "§3.6", "§3.7", "§4.1", "§6"];

/// What an exception is about. Its period bounds it in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "scope", rename_all = "snake_case")]
pub enum Scope {
    /// One incident.
    Incident {
        /// Which.
        incident: IncidentId,
    },
    /// Every incident of a client that names it in the period.
    Client {
        /// Which.
        client: ClientId,
    },
    /// The same, of one service.
    Service {
        /// Which.
        service: ServiceId,
    },
    /// Every incident in the period.
    Period,
}

impl Scope {
    /// Whether an incident lies inside.
    pub fn includes(&self, incident: &Incident) -> bool {
        self.would_include(incident, incident.entry.client, &incident.entry.services)
    }

    /// Whether an incident would lie inside if it were this client's, with these services struck.
    pub(crate) fn would_include(
        &self,
        incident: &Incident,
        client: ClientId,
        services: &[ServiceId],
    ) -> bool {
        match self {
            Self::Incident { incident: id } => *id == incident.id,
            Self::Client { client: theirs } => *theirs == client,
            Self::Service { service } => services.contains(service),
            Self::Period => true,
        }
    }

    /// Since when an incident that lies inside has done so: since it was moved there. While nobody knew the client it
    /// was whoever's it turned out to be (decisions 101, 217).
    pub(crate) fn includes_since(&self, incident: &Incident) -> Timestamp {
        let known = incident.identity.former.iter().filter(|former| !former.was_unknown);
        let outside = known.filter(|former| !self.would_include(incident, former.client, &former.services));
        outside.map(|former| former.until).max().unwrap_or(Span::EVER.from)
    }
}

/// Where requests on an incident are to be found while they wait for a decision: they go where it goes.
pub(crate) fn asked_on(incident: IncidentId) -> Alike {
    let Span { from, to } = Span::EVER;
    Alike { key: format!("exception/asked/{}", incident.0), from, until: to }
}

/// Why something is not to count as it did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The clause was not kept, and that is allowed.
    #[default]
    Deviation,
    /// The breach was recorded wrongly: it is corrected, and stays on record as it was (ruling 5).
    WrongRecord,
}

/// The request as the approver reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The clause it deviates from.
    pub clause: String,
    /// The clock whose target it excuses, where it is one.
    pub clock: Option<ClockKind>,
    /// What it is about.
    pub scope: Scope,
    /// From when.
    pub begins_at: Timestamp,
    /// Until when; mandatory.
    pub until: Timestamp,
    /// What prevents keeping to the clause.
    pub prevents: String,
    /// What happens if it is refused.
    pub if_refused: String,
    /// Who is affected.
    pub affected: String,
    /// What compensates for it meanwhile.
    pub control: String,
    /// Lines of the log that show it.
    pub evidence: Vec<EntryId>,
    /// Who would otherwise be in breach.
    pub beneficiaries: BTreeSet<PersonId>,
    /// The exception that it renews.
    pub renewal_of: Option<ExceptionId>,
    /// Whether it asks for a deviation or for a correction.
    #[serde(default)]
    pub ground: Ground,
}

impl Request {
    /// What it has in common with others that it may go on from: the paragraph, the clock and the scope.
    pub(crate) fn likeness(&self) -> String {
        let (kind, id) = match self.scope {
            Scope::Incident { incident } => ("incident", incident.0),
            Scope::Client { client } => ("client", client.0),
            Scope::Service { service } => ("service", service.0),
            Scope::Period => ("period", uuid::Uuid::nil()),
        };
        let clock = self.clock.map_or("none", |clock| clock.name());
        format!("exception/{}/{clock}/{kind}/{id}", paragraph_of(&self.clause))
    }

    /// The exceptions that it may go on from: those like it that end no earlier than it begins.
    pub(crate) fn before(&self) -> Alike {
        Alike { key: self.likeness(), from: self.begins_at, until: Timestamp::from_millis(i64::MAX) }
    }
}

/// A clock as it stood when the request was made: frozen, in words that no later version rereads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FrozenReading {
    /// Which clock.
    pub clock: ClockKind,
    /// The severity in force.
    pub severity: Severity,
    /// When it was due.
    pub due: Option<Timestamp>,
    /// When its promise had been broken, if it had.
    pub broken_at: Option<Timestamp>,
    /// Whether it had stopped, kept.
    pub is_met: bool,
}

/// Every clock of an incident at one moment.
pub(crate) fn frozen(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<FrozenReading> {
    let readings = clock::readings(incident, setup, now);
    let freeze = |reading: clock::Reading| FrozenReading {
        clock: reading.kind,
        severity: reading.severity,
        due: reading.due,
        broken_at: reading.broken.map(|broken| broken.at),
        is_met: matches!(reading.verdict, Verdict::Met { .. }),
    };
    readings.into_iter().filter(|reading| reading.target.is_some()).map(freeze).collect()
}

/// What the numbers of the house ask of a request, judged when it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// The gravest severity of the incident, where it is about one.
    pub severity: Option<Severity>,
    /// By when it is to be decided; none where no number is set.
    pub decide_by: Option<Timestamp>,
    /// How many different people have to approve.
    pub people_needed: u32,
}

/// A request with what was true when it was made: computed then, never asked of the requester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// What is asked for.
    pub request: Request,
    /// The client concerned, where it is one.
    pub client: Option<ClientId>,
    /// The gravest severity of the incident, where it is about one.
    pub severity: Option<Severity>,
    /// Who gains by it, beside the requester: none of them may approve.
    pub gaining: BTreeSet<PersonId>,
    /// Its clocks.
    pub readings: Vec<FrozenReading>,
    /// By when it is to be decided; none where no number is set.
    pub decide_by: Option<Timestamp>,
    /// Whether it begins before it was asked for.
    pub is_retroactive: bool,
    /// Whether the deed was done first, behind broken glass.
    pub is_break_glass: bool,
    /// How often it has been renewed, this time included.
    pub renewal: u32,
    /// How many different people have to approve.
    pub people_needed: u32,
}
