//! The log entry (§3.1 Logging) and the incident record it grows into.
//!
//! The record is the fold of its events: nothing here decides, `fold` alone writes it.

use std::collections::BTreeSet;

mod interruption;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::{ClockKind, Rebinding};
use crate::calendar::CalendarId;
use crate::category::CategoryCode;
use crate::clock::{HeardLate, Stamps, StopEvidence};
use crate::closing::Closing;
use crate::communication::{Communication, Confirmation};
use crate::compliance::Trail;
use crate::escalation::{Escalating, Escalation};
use crate::family::Family;
use crate::identification::{AlertTally, Identity, Source};
use crate::major_incident::{MajorIncident, MajorProposal, ResourceRequest};
use crate::related::Related;
use crate::review;
use crate::severity::Impact;
use crate::severity::lowering::Lowering;
use crate::{
    AgreementId, ClientId, IncidentId, PersonId, Phase, ServiceId, Severity, SignalId, Timestamp, Urgency,
    Verb, exception,
};

pub use interruption::{Pause, Reopening};

/// What §3.1 demands of every entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// The client.
    pub client: ClientId,
    /// The affected services; at least one.
    pub services: Vec<ServiceId>,
    /// One line: symptom and scope.
    pub summary: String,
    /// The reported symptoms in full.
    pub symptoms: String,
    /// Who reported it.
    pub reporter: String,
    /// When it was reported; never after it was logged.
    pub reported_at: Timestamp,
    /// The source of the report.
    pub source: Source,
    /// The initial impact assessment.
    pub impact: Impact,
    /// Whether it is a rehearsal: it follows every rule and touches no measure.
    #[serde(default)]
    pub drill: bool,
    /// The closed incident that came again (ruling 6).
    #[serde(default)]
    pub recurrence_of: Option<IncidentId>,
    /// When it began, where that is known; never filled in by the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub occurred_at: Option<Timestamp>,
    /// When the house's own monitoring or staff noticed it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub detected_at: Option<Timestamp>,
}

/// When something happened, as far as it can be known (ruling 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stamp {
    /// The instant that counts: the desk's clock corrected by its measured offset.
    pub at: Timestamp,
    /// When the server received it.
    pub received: Timestamp,
    /// How far `at` may be off, in milliseconds.
    pub uncertainty_ms: u32,
    /// Whose deed it was.
    pub by: PersonId,
}

/// A severity that was in force from `at` on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeverityInForce {
    /// From when.
    pub at: Timestamp,
    /// Which.
    pub severity: Severity,
    /// Who set it; the provisional one is the logger's.
    pub by: PersonId,
    /// Why; empty for the provisional one.
    pub reason: String,
    /// The second person, where it took two.
    #[serde(default)]
    pub agreed_by: Option<PersonId>,
}

/// Words of a person with their stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Statement {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// What.
    pub text: String,
}

/// The person the incident is assigned to now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Assignment {
    /// The person.
    pub to: PersonId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// When the person took it; assigned is not accepted.
    pub accepted_at: Option<Timestamp>,
}

/// The final resolution (§3.1 Closure, §6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Resolution {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// What repaired it.
    pub text: String,
    /// The cause, in words.
    pub cause: String,
}

/// A target that passed: a fact that no later event takes back (ruling 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Breach {
    /// Which clock.
    pub clock: ClockKind,
    /// The deadline that passed.
    pub due: Timestamp,
    /// The severity whose target it was.
    pub severity: Severity,
}

/// Which version of which agreement the clocks run by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoundAgreement {
    /// The agreement.
    pub id: AgreementId,
    /// Its version in force when the incident was logged.
    pub version: u32,
}

/// Which version of a calendar the clocks count on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoundCalendar {
    /// The calendar.
    pub id: CalendarId,
    /// Its version in force when the incident was logged: a holiday added later moves no deadline (ruling 15).
    pub version: u32,
}

/// An incident: the fold of its events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Incident {
    /// The incident.
    pub id: IncidentId,
    /// The number people use, given by the server; none until it answered.
    pub number: Option<u32>,
    /// Those that it had in logs that a restore ended: people may know it by them (decision 246).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub former_numbers: BTreeSet<u32>,
    /// The entry as it was logged.
    pub entry: LogEntry,
    /// When it was logged, and by whom.
    pub logged: Stamp,
    /// The signal it came from.
    pub signal: Option<SignalId>,
    /// The agreement its clocks run by; none means "no target".
    pub agreement: Option<BoundAgreement>,
    /// The calendars its clocks count on; one that is not listed counts in its newest version.
    #[serde(default)]
    pub calendars: Vec<BoundCalendar>,
    /// The phase.
    pub phase: Phase,
    /// The category.
    pub category: Option<CategoryCode>,
    /// Severities in force, oldest first; the last one counts, the first is provisional.
    pub severities: Vec<SeverityInForce>,
    /// Whether a person has set the severity after the provisional one.
    pub severity_set: bool,
    /// The urgency.
    pub urgency: Option<Urgency>,
    /// The first assessment.
    pub assessed: Option<Statement>,
    /// When it was first assigned to a person; with the assessment it stops the response clock.
    pub first_assigned_at: Option<Timestamp>,
    /// Who has it now.
    pub assignment: Option<Assignment>,
    /// Assignments to another person after the first.
    pub reassignments: u32,
    /// The diagnosis.
    pub diagnosis: Option<Statement>,
    /// The workaround; stops no clock (ruling 3).
    pub workaround: Option<Statement>,
    /// Documented resolution steps (§3.1).
    pub steps: u32,
    /// Restoration of normal service.
    pub restored: Option<Statement>,
    /// The final resolution.
    pub resolved: Option<Resolution>,
    /// What the client said of the restoration.
    pub confirmation: Option<Confirmation>,
    /// Attempts to reach the client for it.
    pub confirmation_attempts: u32,
    /// Pauses.
    pub pauses: Vec<Pause>,
    /// Reopenings, oldest first.
    pub reopenings: Vec<Reopening>,
    /// Escalations, oldest first (§3.5).
    pub escalations: Vec<Escalation>,
    /// Escalations along defined paths, and the questions whether a target can be met (§3.5).
    #[serde(default)]
    pub escalating: Escalating,
    /// The major incident process (§3.6); in a box, because few incidents have one and every record is moved.
    pub major: Option<Box<MajorIncident>>,
    /// Words that it is as wide as a major one.
    #[serde(default)]
    pub major_proposal: Option<MajorProposal>,
    /// People or means that were asked for before, or without, the major incident process (§3.5).
    #[serde(default)]
    pub resources: Vec<ResourceRequest>,
    /// Incidents that belong to it (ruling 11).
    #[serde(default)]
    pub family: Family,
    /// What it has to do with other policies (§5).
    #[serde(default)]
    pub related: Related,
    /// Recorded breaches.
    pub breaches: Vec<Breach>,
    /// Repeats and recovery of its alerts.
    pub alerts: AlertTally,
    /// The latest event.
    pub updated_at: Timestamp,
    /// How far the least certain deed that may stop a clock is off, in milliseconds.
    #[serde(default)]
    pub stop_uncertainty_ms: u32,
    /// When it entered its column.
    pub phase_since: Timestamp,
    /// The stamps that stop clocks, with their sources and bounds (ruling 8).
    #[serde(default)]
    pub stamps: Stamps,
    /// What shows that clocks stopped when their stops say (§4.1).
    #[serde(default)]
    pub stop_evidence: Vec<StopEvidence>,
    /// Deeds that ease a clock and that the server heard of later than they say (§4.1), in the order of the record.
    #[serde(default)]
    pub heard_late: Vec<HeardLate>,
    /// A lower severity that waits for a second person (§3.3).
    #[serde(default)]
    pub lowering: Option<Lowering>,
    /// The version of the matrix that gives its priority; none until severity or urgency was set (ruling 15).
    #[serde(default)]
    pub matrix_version: Option<u32>,
    /// Agreements its clocks ran by before, oldest first (ruling 15).
    #[serde(default)]
    pub rebindings: Vec<Rebinding>,
    /// Exceptions that cover it, or did (§4.2).
    #[serde(default)]
    pub exceptions: Vec<exception::Granted>,
    /// Whether it recurs, and the review that covers it (§3.7).
    #[serde(default)]
    pub review: review::Need,
    /// Where entries stand in the log whose value alone is kept above (§4.1).
    #[serde(default)]
    pub trail: Trail,
    /// Whose it is, and was (§3.1 Logging).
    #[serde(default)]
    pub identity: Identity,
    /// What the client was told and answered (§3.4).
    #[serde(default)]
    pub communication: Communication,
    /// What is known for its end (§3.1 Closure).
    #[serde(default)]
    pub closing: Closing,
}

impl Incident {
    /// The severity in force.
    pub fn severity(&self) -> Severity {
        self.severities.last().map_or(self.entry.impact.provisional_severity(), |in_force| in_force.severity)
    }

    /// The gravest severity it ever had: decides whether a review is due (ruling 9).
    pub fn peak_severity(&self) -> Severity {
        self.severities.iter().map(|in_force| in_force.severity).min().unwrap_or(self.severity())
    }

    /// When the response was given: the later of assessed and first assigned (§6; ruling 2).
    pub fn responded_at(&self) -> Option<Timestamp> {
        Some(self.assessed.as_ref()?.at.max(self.first_assigned_at?))
    }

    /// When it was resolved and normal service restored: the later of both (§6; ruling 3).
    pub fn stopped_at(&self) -> Option<Timestamp> {
        Some(self.resolved.as_ref()?.at.max(self.restored.as_ref()?.at))
    }

    /// The severity in force just before `at`; the first one where none was.
    pub fn severity_before(&self, at: Timestamp) -> Severity {
        let before = self.severities.iter().rev().find(|in_force| in_force.at < at);
        before.or(self.severities.first()).map_or(self.severity(), |in_force| in_force.severity)
    }

    /// Whether a breach was found to be recorded wrongly (ruling 5); it stays on record.
    pub fn is_corrected(&self, breach: &Breach) -> bool {
        self.exceptions.iter().any(|granted| granted.corrects(breach.clock, breach.due))
    }

    /// The pause that lasts now.
    pub fn open_pause(&self) -> Option<&Pause> {
        self.pauses.last().filter(|pause| pause.to.is_none())
    }

    /// What is missing before it can be closed: nothing closes under a category that says unknown yet (§3.1).
    pub(crate) fn unsettled(&self) -> Vec<Verb> {
        let mut verbs = self.unprioritised();
        if self.category.as_ref().is_some_and(CategoryCode::is_unknown_yet) {
            verbs.insert(0, Verb::Categorise);
        }
        verbs
    }

    /// The deeds that are missing before it is categorised and prioritised (§3.1).
    pub(crate) fn unprioritised(&self) -> Vec<Verb> {
        let missing = [
            (self.category.is_none(), Verb::Categorise),
            (!self.severity_set, Verb::SetSeverity),
            (self.urgency.is_none(), Verb::SetUrgency),
        ];
        missing.into_iter().filter_map(|(is_missing, verb)| is_missing.then_some(verb)).collect()
    }

    /// The phase that follows from the facts, unless the record is at its end (§3.1): the furthest one whose
    /// facts are all there.
    pub(crate) fn settled_phase(&self) -> Phase {
        match &self.restored {
            Some(restored) => Phase::Restored { at: restored.at },
            None => self.working_phase(),
        }
    }

    /// The phase it would be in, were normal service not restored: where a reopened incident goes.
    pub(crate) fn working_phase(&self) -> Phase {
        if self.workaround.is_some() || self.steps > 0 {
            Phase::Resolving
        } else if self.responded_at().is_some() {
            Phase::Investigating
        } else if self.unprioritised().is_empty() {
            Phase::Prioritised
        } else {
            Phase::Logged
        }
    }

    /// Whether the incident is still worked on.
    pub const fn is_open(&self) -> bool {
        !self.phase.is_final()
    }
}
