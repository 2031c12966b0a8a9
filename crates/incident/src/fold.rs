//! Events in order, folded to records. Total: an event that does not fit its record changes nothing.

mod logging;
mod signal;

use crate::agreement::Binding;
use crate::audience::Audience;
use crate::clock;
use crate::closing;
use crate::communication::{Answer, Confirmation, Standing};
use crate::escalation::Escalation;
use crate::event::{Event, Fact, Subject};
use crate::identification::identity;
use crate::log::{Assignment, Breach, Incident, Pause, Reopening, Resolution, Statement};
use crate::obligation::{self, Obligation};
use crate::records::{Likeness, Record};
use crate::review;
use crate::setup::Setup;
use crate::severity::lowering;
use crate::{IncidentId, Phase, Timestamp, exception, family, major_incident, related};

use logging::log_incident;
use signal::repeat;

/// The incident that its events tell of; `None` where they do not begin with its log entry.
pub fn fold_incident<'a>(id: IncidentId, events: impl IntoIterator<Item = &'a Event>) -> Option<Incident> {
    let mut events = events.into_iter();
    let mut incident = log_incident(id, events.next()?)?;
    for event in events {
        apply_to_incident(&mut incident, event);
    }
    Some(incident)
}

impl Record for Incident {
    type Id = IncidentId;

    fn begin(id: IncidentId, event: &Event) -> Option<Self> {
        log_incident(id, event)
    }

    fn take(&mut self, event: &Event) {
        apply_to_incident(self, event);
    }

    fn audience(&self) -> Audience {
        Audience::Client(self.entry.client)
    }

    fn is_open(&self) -> bool {
        Self::is_open(self)
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }

    fn duties(&self, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
        obligation::of_incident(self, setup, now)
    }

    fn kin(&self) -> Vec<Subject> {
        Self::kin(self)
    }

    fn likeness(&self) -> Option<Likeness> {
        Self::likeness(self)
    }

    fn logged_at(&self) -> Option<Timestamp> {
        Some(self.logged.at)
    }
}

#[expect(clippy::too_many_lines, reason = "one uniform arm per kind of event")]
fn apply_to_incident(incident: &mut Incident, event: &Event) {
    let (at, by) = (event.at, event.actor);
    let said = |text: &str| Some(Statement { at, by, text: text.to_owned() });
    let standing = Standing {
        client: incident.entry.client,
        is_restored: incident.restored.is_some(),
        is_resolved: incident.resolved.is_some(),
    };
    incident.communication.take(event, &standing);
    closing::take(incident, event);
    identity::take(incident, event);
    match &event.fact {
        Fact::Categorised { category } => incident.category = Some(category.clone()),
        Fact::SeverityChanged { severity, reason, matrix } => {
            incident.set_severity(*severity, reason, event);
            incident.matrix_version = matrix.or(incident.matrix_version);
        }
        Fact::UrgencyChanged { urgency, matrix } => {
            incident.urgency = Some(*urgency);
            incident.matrix_version = matrix.or(incident.matrix_version);
        }
        Fact::LoweringProposed { .. } | Fact::LoweringAgreed { .. } | Fact::LoweringDeclined { .. } => {
            lowering::take(&mut incident.lowering, event);
        }
        Fact::PauseReviewed { .. } => {
            if let Some(pause) = lasting(incident) {
                pause.reviewed_at = Some(at);
            }
        }
        Fact::CapReached { clocks, .. } => {
            if let Some(pause) = lasting(incident) {
                pause.capped.extend(clocks);
            }
        }
        Fact::MajorIncidentDeclared { .. }
        | Fact::MajorIncidentProposed { .. }
        | Fact::MajorIncidentDeclined { .. }
        | Fact::MajorIncidentStoodDown { .. }
        | Fact::MajorRoleAssigned { .. }
        | Fact::MajorRoleAccepted { .. }
        | Fact::BridgeOpened { .. }
        | Fact::AttendanceMarked { .. }
        | Fact::RollCalled { .. }
        | Fact::BridgeClosed { .. }
        | Fact::ConditionsReported { .. }
        | Fact::FindingRecorded { .. }
        | Fact::DecisionRecorded { .. }
        | Fact::TaskGiven { .. }
        | Fact::TaskChecked { .. }
        | Fact::ResourceRequested { .. }
        | Fact::ResourceAnswered { .. }
        | Fact::ResourceArrived { .. }
        | Fact::ManagementBriefed { .. } => major_incident::take(incident, event),
        Fact::ChildLinked { .. }
        | Fact::ChildUnlinked { .. }
        | Fact::ParentLinked { .. }
        | Fact::ParentUnlinked { .. }
        | Fact::ParentRestored { .. }
        | Fact::IncidentMerged { .. }
        | Fact::MergeUndone { .. }
        | Fact::DuplicateJoined { .. }
        | Fact::DuplicateParted { .. } => family::take(incident, event),
        Fact::RecordLinked { .. }
        | Fact::VendorCaseOpened { .. }
        | Fact::VendorChased { .. }
        | Fact::VendorAnswered { .. } => related::take(incident, event),
        Fact::Assessed { text } => {
            if incident.assessed.is_none() {
                incident.assessed = said(text);
            }
        }
        Fact::Assigned { to } => assign(incident, *to, event),
        Fact::AssignmentAccepted => {
            if let Some(assignment) = &mut incident.assignment {
                assignment.accepted_at = Some(at);
            }
        }
        Fact::DiagnosisRecorded { text } => incident.diagnosis = said(text),
        Fact::WorkaroundApplied { text } => incident.workaround = said(text),
        Fact::ResolutionStepRecorded { .. } => incident.steps = incident.steps.saturating_add(1),
        Fact::ServiceRestored { text } => incident.restored = said(text),
        Fact::EvidenceLinked { .. } => clock::link_evidence(incident, event),
        Fact::Resolved { text, cause } => {
            incident.resolved = Some(Resolution { at, by, text: text.clone(), cause: cause.clone() });
        }
        Fact::RestorationConfirmed { channel, contact, answer, text } => {
            incident.confirmation_attempts = incident.confirmation_attempts.saturating_add(1);
            // Silence takes back neither a yes nor a no (ruling 13).
            if *answer != Answer::NoAnswer || incident.confirmation.is_none() {
                incident.confirmation = Some(Confirmation {
                    at,
                    by,
                    channel: *channel,
                    contact: contact.clone(),
                    answer: *answer,
                    text: text.clone(),
                });
            }
        }
        Fact::Closed { .. } => incident.phase = Phase::Closed { at, by },
        Fact::Reopened { reason, was_confirmed } => reopen(incident, reason, *was_confirmed, event),
        Fact::Cancelled { reason } => {
            incident.phase = Phase::Cancelled { at, by, reason: reason.clone() };
        }
        Fact::Escalated { path, to, reason } => {
            incident.escalations.push(Escalation { at, by, path: *path, to: *to, reason: reason.clone() });
        }
        Fact::ClockPaused { reason, .. } => {
            if incident.open_pause().is_none() {
                incident.pauses.push(Pause {
                    reason: *reason,
                    from: at,
                    to: None,
                    reviewed_at: None,
                    capped: Vec::new(),
                });
            }
        }
        Fact::ClockResumed { .. } => end_pause(incident, event),
        Fact::TargetBreached { clock, due, severity, .. } => {
            let breach = Breach { clock: *clock, due: *due, severity: *severity };
            if !incident.breaches.contains(&breach) {
                incident.breaches.push(breach);
            }
        }
        Fact::AlertRepeated { count, .. } => repeat(&mut incident.alerts, *count, event),
        Fact::AlertPartlyRecovered { .. } => incident.alerts.last_at = Some(at),
        Fact::AlertRecovered { .. } => incident.alerts.recovered_at = Some(at),
        Fact::Unassigned => incident.assignment = None,
        Fact::Renumbered { before } => incident.former_numbers.extend(before),
        Fact::EscalationBegun { .. }
        | Fact::EscalationStepTaken { .. }
        | Fact::EscalationAcknowledged { .. }
        | Fact::ForecastAsked { .. }
        | Fact::ForecastAnswered { .. } => incident.escalating.take(event),
        Fact::ExceptionGranted { .. } | Fact::ExceptionEnded { .. } | Fact::ExceptionVoided { .. } => {
            exception::take(&mut incident.exceptions, event);
        }
        Fact::AgreementBound { agreement, calendars, reason } => {
            let to = Binding { agreement: *agreement, calendars: calendars.clone() };
            incident.rebind(to, reason, event);
        }
        Fact::RecurrenceFound { .. } | Fact::ReviewAttached { .. } => {
            review::take(&mut incident.review, event);
        }
        Fact::NoteAdded { .. } | Fact::SignalJoined { .. } | Fact::RowImported { .. } => {}
        Fact::MessageWritten { .. }
        | Fact::MessageApproved { .. }
        | Fact::MessageReturned { .. }
        | Fact::DeliveryRecorded { .. }
        | Fact::InternallyUpdated { .. }
        | Fact::ClientReplied { .. }
        | Fact::ClientIdentified { .. }
        | Fact::MovedToClient { .. }
        | Fact::BreachConsidered
        | Fact::BreachExplained { .. }
        | Fact::PermanentFixPlanned { .. } => {}
        Fact::IncidentLogged { .. }
        | Fact::BreachSuspected { .. }
        | Fact::SuspicionMemberAdded { .. }
        | Fact::SuspicionMemberRemoved { .. }
        | Fact::SuspicionNoted { .. }
        | Fact::AuthorityNotified { .. }
        | Fact::SuspicionLineReleased { .. }
        | Fact::SuspicionClosed { .. }
        | Fact::SignalRaised { .. }
        | Fact::SignalAccepted { .. }
        | Fact::SignalDismissed { .. }
        | Fact::SignalMerged { .. }
        | Fact::ExceptionRequested { .. }
        | Fact::ExceptionAmended { .. }
        | Fact::ExceptionApproved { .. }
        | Fact::ExceptionDeclined { .. }
        | Fact::ExceptionReturned { .. }
        | Fact::ExceptionAnswered { .. }
        | Fact::ExceptionInvoked { .. }
        | Fact::ExceptionRevoked { .. }
        | Fact::ExceptionLapsed
        | Fact::ExceptionExpired
        | Fact::ProcedureAttested { .. }
        | Fact::ReviewOpened { .. }
        | Fact::ReviewExtended { .. }
        | Fact::ReviewRaised { .. }
        | Fact::ReviewWritten { .. }
        | Fact::ActionAdded { .. }
        | Fact::ActionFinished { .. }
        | Fact::ActionVerified { .. }
        | Fact::ActionReopened { .. }
        | Fact::ActionUpheld { .. }
        | Fact::ReviewCompleted { .. }
        | Fact::ReviewClosed { .. }
        | Fact::ViolationProposed { .. }
        | Fact::ViolationAnswered { .. }
        | Fact::ViolationDecided { .. }
        | Fact::SampleDrawn { .. }
        | Fact::SampleReplaced { .. }
        | Fact::SampleReduced { .. }
        | Fact::ReviewerChanged { .. }
        | Fact::RecordReviewed { .. }
        | Fact::FindingReported { .. }
        | Fact::FindingAnswered { .. }
        | Fact::FindingClosed { .. }
        | Fact::AuditClosed { .. }
        | Fact::SurveyAsked { .. }
        | Fact::SurveyAnswered { .. }
        | Fact::AlertsRolledUp { .. }
        | Fact::Configured { .. } => return,
    }
    if matches!(event.fact, Fact::Closed { .. } | Fact::Cancelled { .. } | Fact::IncidentMerged { .. }) {
        // A duplicate waits on as it did, should it turn out to be none (decision 62).
        if incident.family.merged.is_none() {
            end_pause(incident, event);
        }
        incident.phase_since = at;
    }
    // Whoever has resolved and restored waits for nothing; a pause left open would swallow the time after a
    // reopening that the client never agreed to leave out.
    if matches!(event.fact, Fact::Resolved { .. } | Fact::ServiceRestored { .. })
        && incident.stopped_at().is_some()
    {
        end_pause(incident, event);
    }
    if may_stop_a_clock(&event.fact) {
        incident.stop_uncertainty_ms = incident.stop_uncertainty_ms.max(event.uncertainty_ms);
    }
    incident.trail.take(event);
    clock::stamp(incident, event);
    incident.updated_at = incident.updated_at.max(at);
    settle_phase(incident, event);
}

const fn may_stop_a_clock(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Assessed { .. }
            | Fact::Assigned { .. }
            | Fact::DeliveryRecorded { .. }
            | Fact::RestorationConfirmed { .. }
            | Fact::ServiceRestored { .. }
            | Fact::Resolved { .. }
    )
}

fn assign(incident: &mut Incident, to: crate::PersonId, event: &Event) {
    // Taken from one person and given to another later is a reassignment too.
    let was_with_somebody = incident.first_assigned_at.is_some();
    if incident.assignment.as_ref().map_or(was_with_somebody, |assignment| assignment.to != to) {
        incident.reassignments = incident.reassignments.saturating_add(1);
    }
    incident.first_assigned_at.get_or_insert(event.at);
    incident.assignment = Some(Assignment { to, at: event.at, by: event.actor, accepted_at: None });
}

fn reopen(incident: &mut Incident, reason: &str, was_confirmed: bool, event: &Event) {
    incident.reopenings.push(Reopening {
        at: event.at,
        by: event.actor,
        reason: reason.to_owned(),
        stopped_at: incident.stopped_at(),
        restored_at: incident.restored.as_ref().map(|restored| restored.at),
        was_confirmed,
    });
    end_pause(incident, event);
    incident.restored = None;
    incident.resolved = None;
    incident.confirmation = None;
    incident.confirmation_attempts = 0;
    if incident.phase.is_final() {
        incident.phase = Phase::Logged;
        incident.phase_since = event.at;
    }
}

fn end_pause(incident: &mut Incident, event: &Event) {
    if let Some(pause) = lasting(incident) {
        pause.to = Some(event.at.max(pause.from));
    }
}

/// The pause that lasts.
fn lasting(incident: &mut Incident) -> Option<&mut Pause> {
    incident.pauses.last_mut().filter(|pause| pause.to.is_none())
}

/// The phase follows from the facts (§3.1).
fn settle_phase(incident: &mut Incident, event: &Event) {
    if incident.phase.is_final() {
        return;
    }
    let phase = incident.settled_phase();
    if incident.phase.column() != phase.column() {
        incident.phase_since = event.at;
    }
    incident.phase = phase;
}
