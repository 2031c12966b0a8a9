//! What the log says, in words: each event as one line of a timeline (§3.1, §4.1).
//!
//! Desks, documents and evidence print the same words. It formats no time: whoever shows the line knows the zone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::communication::Approval;
use crate::enforcement::Judgement;
use crate::event::Fact;
use crate::exception::Ground;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{PersonId, family, major_incident, related, suspicion};

/// What kind of line it is; gives its mark and filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A person's internal words: notes, assessments, diagnoses.
    Note,
    /// A step of the work: assigned, workaround, resolution step.
    Work,
    /// Something said to or by the client.
    Client,
    /// A change of state, severity, urgency, category.
    State,
    /// A monitor's word.
    Alert,
    /// A broken promise.
    Breach,
    /// An escalation or a major incident.
    Escalation,
}

/// One event in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What kind of line it is.
    pub kind: LineKind,
    /// What happened.
    pub title: String,
    /// What somebody wrote, empty where nobody did.
    pub text: String,
}

impl Line {
    /// A line of a kind.
    pub(crate) fn of(kind: LineKind, title: &str, text: &str) -> Self {
        Self { kind, title: title.to_owned(), text: text.to_owned() }
    }
}

/// The mark that stands over everything a rehearsal shows.
pub fn watermark(incident: &Incident) -> Option<&'static str> {
    incident.is_drill().then_some("Drill: a rehearsal, counted nowhere and sent to nobody outside")
}

/// An event as a line.
#[expect(clippy::too_many_lines, reason = "one uniform arm per kind of event")]
pub fn line(fact: &Fact, setup: &Setup) -> Line {
    let none = String::new;
    let line = |kind, title: &str, text: String| Line { kind, title: title.to_owned(), text };
    match fact {
        Fact::SignalRaised { sighting } => {
            line(LineKind::Alert, &format!("Reported: {}", sighting.summary), sighting.details.clone())
        }
        Fact::SignalAccepted { .. } => line(LineKind::State, "Accepted as an incident", none()),
        Fact::SignalDismissed { reason } => line(LineKind::State, "Not an incident", reason.clone()),
        Fact::SignalMerged { .. } => line(LineKind::State, "Merged into an incident", none()),
        Fact::AlertRepeated { count, summary } => {
            line(LineKind::Alert, &format!("Alert came again ({count}×)"), summary.clone())
        }
        Fact::AlertsRolledUp { names } => {
            line(LineKind::Alert, "More alerts were rolled up into one", names.join("\n"))
        }
        Fact::AlertRecovered { summary } => {
            line(LineKind::Alert, "Monitor says it is over: service restored?", summary.clone())
        }
        Fact::AlertPartlyRecovered { count, summary } => {
            line(LineKind::Alert, &format!("Some alerts are over ({count})"), summary.clone())
        }
        Fact::SignalJoined { summary, .. } => line(LineKind::Alert, "A signal joined", summary.clone()),
        Fact::IncidentLogged { entry, .. } => {
            let drill = if entry.drill { "Drill. " } else { "" };
            let (reporter, source) = (&entry.reporter, entry.source.name());
            let title = format!("{drill}Logged, reported by {reporter} ({source})");
            line(LineKind::State, &title, entry.symptoms.clone())
        }
        Fact::Renumbered { before } => {
            let numbers: Vec<_> = before.iter().map(|number| format!("INC-{number}")).collect();
            let title = format!("Known as {} before the server was restored", numbers.join(" and "));
            line(LineKind::State, &title, none())
        }
        Fact::Categorised { category } => {
            let found = setup.house.categories.iter().find(|c| c.code == *category);
            let name = found.map_or(category.0.as_str(), |c| c.name.as_str());
            line(LineKind::State, &format!("Categorised: {name}"), none())
        }
        Fact::SeverityChanged { severity, reason, .. } => {
            let title = format!("Severity {} ({})", severity.number(), severity.name());
            line(LineKind::State, &title, reason.clone())
        }
        Fact::UrgencyChanged { urgency, .. } => {
            line(LineKind::State, &format!("Urgency {}", urgency.name().to_lowercase()), none())
        }
        Fact::LoweringProposed { severity, reason, .. } => {
            line(LineKind::State, &format!("Severity {} proposed", severity.number()), reason.clone())
        }
        Fact::LoweringAgreed { text } => line(LineKind::State, "Lower severity agreed", text.clone()),
        Fact::LoweringDeclined { reason } => line(LineKind::State, "Lower severity declined", reason.clone()),
        Fact::PauseReviewed { text } => line(LineKind::Work, "Pause reviewed: it still waits", text.clone()),
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
        | Fact::ManagementBriefed { .. } => major_incident::line(fact, setup),
        Fact::ChildLinked { .. }
        | Fact::ChildUnlinked { .. }
        | Fact::ParentLinked { .. }
        | Fact::ParentUnlinked { .. }
        | Fact::ParentRestored { .. }
        | Fact::IncidentMerged { .. }
        | Fact::MergeUndone { .. }
        | Fact::DuplicateJoined { .. }
        | Fact::DuplicateParted { .. } => family::line(fact),
        Fact::RecordLinked { .. }
        | Fact::VendorCaseOpened { .. }
        | Fact::VendorChased { .. }
        | Fact::VendorAnswered { .. } => related::line(fact, setup),
        Fact::BreachSuspected { .. }
        | Fact::SuspicionMemberAdded { .. }
        | Fact::SuspicionMemberRemoved { .. }
        | Fact::SuspicionNoted { .. }
        | Fact::AuthorityNotified { .. }
        | Fact::SuspicionLineReleased { .. }
        | Fact::SuspicionClosed { .. } => suspicion::line(fact, setup),
        Fact::Assessed { text } => line(LineKind::Note, "Initial assessment", text.clone()),
        Fact::Assigned { to } => {
            line(LineKind::Work, &format!("Assigned to {}", setup.person_name(*to)), none())
        }
        Fact::Unassigned => line(LineKind::Work, "Assigned to nobody", none()),
        Fact::AssignmentAccepted => line(LineKind::Work, "Assignment accepted", none()),
        Fact::NoteAdded { text } => line(LineKind::Note, "Note", text.clone()),
        Fact::DiagnosisRecorded { text } => line(LineKind::Note, "Diagnosis", text.clone()),
        Fact::WorkaroundApplied { text } => line(LineKind::Work, "Workaround applied", text.clone()),
        Fact::ResolutionStepRecorded { text } => line(LineKind::Work, "Resolution step", text.clone()),
        Fact::ServiceRestored { text } => line(LineKind::State, "Service restored", text.clone()),
        Fact::Resolved { text, cause } => {
            line(LineKind::State, "Resolved", format!("{text}\nCause: {cause}"))
        }
        Fact::RestorationConfirmed { channel, contact, answer, text } => {
            let title = format!("Asked {contact} by {}: {}", channel.name(), answer.name());
            line(LineKind::Client, &title, text.clone())
        }
        Fact::Closed { text, .. } => line(LineKind::State, "Closed", text.clone()),
        Fact::Reopened { reason, .. } => line(LineKind::State, "Reopened", reason.clone()),
        Fact::Cancelled { reason } => line(LineKind::State, "Cancelled", reason.clone()),
        Fact::Escalated { path, to, reason } => {
            let title = format!("Escalated ({}) to {}", path.name(), setup.person_name(*to));
            line(LineKind::Escalation, &title, reason.clone())
        }
        Fact::EscalationBegun { path, cause, reason, .. } => {
            let title = format!("Escalation begins ({}): {}", path.name(), cause.name());
            line(LineKind::Escalation, &title, reason.clone())
        }
        Fact::EscalationStepTaken { place, told, passed_over, .. } => {
            let names: Vec<_> = told.iter().map(|person| setup.person_name(*person)).collect();
            let reached = if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
            let text = passed_over
                .iter()
                .map(|one| format!("{}: {}", one.addressee.name(setup), one.because.name()));
            let text: Vec<_> = text.collect();
            line(LineKind::Escalation, &format!("Called {reached} ({})", place.name()), text.join("\n"))
        }
        Fact::EscalationAcknowledged { .. } => line(LineKind::Escalation, "Escalation acknowledged", none()),
        Fact::ForecastAsked { clock, of, .. } => {
            let (clock, who) = (clock.name().to_lowercase(), setup.person_name(*of));
            line(LineKind::Escalation, &format!("{who} asked whether the {clock} target can be met"), none())
        }
        Fact::ForecastAnswered { answer, reason, clock } => {
            let of = clock.map_or(String::new(), |clock| format!(" of the {}", clock.name().to_lowercase()));
            line(LineKind::Escalation, &format!("Forecast{of}: {}", answer.name()), reason.clone())
        }
        Fact::ProcedureAttested { version, .. } => {
            line(LineKind::State, &format!("Attested version {version}"), none())
        }
        Fact::ClockPaused { reason, text } => {
            line(LineKind::Work, &format!("Clock paused: {}", reason.name()), text.clone())
        }
        Fact::ClockResumed { text } => line(LineKind::Work, "Clock resumed", text.clone()),
        Fact::EvidenceLinked { clock, witness, link } => {
            let what = clock.name().to_lowercase();
            line(LineKind::Note, &format!("Shown when the {what} was: {}", witness.name()), link.clone())
        }
        Fact::CapReached { reason, clocks, .. } => {
            let clocks: Vec<_> = clocks.iter().map(|clock| clock.name().to_lowercase()).collect();
            let title = format!("Clock runs on ({}): no more {} is agreed", clocks.join(", "), reason.name());
            line(LineKind::Work, &title, none())
        }
        Fact::TargetBreached { clock, severity, counted_by, .. } => {
            let title = format!("{} target of Severity {} was not met", clock.name(), severity.number());
            let by = counted_by.as_ref();
            let by = by.map(|by| format!("By {}; {}; zone rules {}", by.agreement, by.calendar, by.tzdb));
            line(LineKind::Breach, &title, by.unwrap_or_default())
        }
        Fact::ExceptionGranted { granted } => {
            let title = match (granted.clock, granted.is_retroactive) {
                (Some(clock), _) if granted.ground == Ground::WrongRecord => {
                    format!("{} target: the breach was recorded wrongly", clock.name())
                }
                (Some(clock), true) => format!("{} target excepted afterwards", clock.name()),
                (Some(clock), false) => format!("{} target excepted", clock.name()),
                (None, true) => format!("{} excepted afterwards", granted.clause),
                (None, false) => format!("{} excepted", granted.clause),
            };
            line(LineKind::State, &title, none())
        }
        Fact::ExceptionEnded { .. } => line(LineKind::State, "Exception ended", none()),
        Fact::ExceptionVoided { .. } => {
            line(LineKind::Breach, "Exception was never good: nobody approved it", none())
        }
        Fact::ExceptionRequested { application } => {
            let (request, how) = (
                &application.request,
                if application.is_break_glass { "Glass broken" } else { "Exception requested" },
            );
            line(LineKind::State, &format!("{how}: {}", request.clause), request.prevents.clone())
        }
        Fact::ExceptionAmended { request, .. } => line(
            LineKind::State,
            "Request changed; approvals of its former words are void",
            request.prevents.clone(),
        ),
        Fact::ExceptionApproved { acting_for, reason, .. } => {
            line(LineKind::State, &decided("Approved", *acting_for, setup), reason.clone())
        }
        Fact::ExceptionDeclined { acting_for, reason } => {
            line(LineKind::State, &decided("Declined", *acting_for, setup), reason.clone())
        }
        Fact::ExceptionReturned { question } => {
            line(LineKind::Note, "Returned with a question", question.clone())
        }
        Fact::ExceptionAnswered { text, .. } => line(LineKind::Note, "Answered", text.clone()),
        Fact::ExceptionInvoked { .. } => line(LineKind::State, "Used on an incident", none()),
        Fact::ExceptionRevoked { reason } => line(LineKind::State, "Revoked", reason.clone()),
        Fact::RecurrenceFound { with } => {
            line(LineKind::State, &format!("Recurring: one of {} like it", with.len()), none())
        }
        Fact::ReviewAttached { .. } => line(LineKind::State, "Covered by a review", none()),
        Fact::ReviewOpened { convening } => {
            let title = format!("Review opened; {} writes it", setup.person_name(convening.owner));
            line(LineKind::State, &title, none())
        }
        Fact::ReviewExtended { .. } => line(LineKind::State, "Another incident joined", none()),
        Fact::ReviewRaised { stakes } => {
            let title = format!("Reviewed as Severity {} from here on", stakes.severity.number());
            line(LineKind::State, &title, none())
        }
        Fact::ReviewWritten { section, text, .. } => line(LineKind::Note, section.name(), text.clone()),
        Fact::ActionAdded { owner, text, .. } => {
            line(LineKind::Work, &format!("Action for {}", setup.person_name(*owner)), text.clone())
        }
        Fact::ActionFinished { evidence, .. } => line(LineKind::Work, "Action done", evidence.clone()),
        Fact::ActionVerified { text, .. } => line(LineKind::Work, "Action verified", text.clone()),
        Fact::ActionReopened { owner, reason, .. } => {
            let given = owner.map(|owner| format!("Action for {} now", setup.person_name(owner)));
            line(LineKind::Work, given.as_deref().unwrap_or("Action reopened"), reason.clone())
        }
        Fact::ActionUpheld { reason, .. } => line(LineKind::Work, "Action was enough", reason.clone()),
        Fact::ReviewCompleted { took_part } => {
            line(LineKind::State, "Reviewed", format!("Took part: {took_part}"))
        }
        Fact::ReviewClosed { text } => line(LineKind::State, "Review closed", text.clone()),
        Fact::ViolationProposed { proposal } => {
            let title = format!("Proposed as a violation of {}", proposal.clause);
            line(LineKind::State, &title, proposal.text.clone())
        }
        Fact::ViolationAnswered { text, .. } => line(LineKind::Note, "Answered", text.clone()),
        Fact::ViolationDecided { judgement, reason } => {
            let title = match judgement {
                Judgement::Dismissed => "No violation",
                Judgement::Confirmed { .. } => "Violation confirmed",
            };
            line(LineKind::State, title, reason.clone())
        }
        Fact::SampleDrawn { plan } => {
            let title = format!("{} records drawn with seed {}", plan.count, plan.seed);
            line(LineKind::State, &title, none())
        }
        Fact::SampleReplaced { reason, .. } => {
            line(LineKind::State, "A drawn record was replaced", reason.clone())
        }
        Fact::SampleReduced { reason, left, of, .. } => {
            let title = format!("Drawn {left} of {of}, none left to draw");
            line(LineKind::State, &title, reason.clone())
        }
        Fact::ReviewerChanged { reviewer, reason } => {
            let title = format!("{} reviews it now", setup.person_name(*reviewer));
            line(LineKind::State, &title, reason.clone())
        }
        Fact::RecordReviewed { text, .. } => line(LineKind::Work, "Record reviewed", text.clone()),
        Fact::FindingReported { clause, text, .. } => {
            line(LineKind::Note, &format!("Finding: {clause}"), text.clone())
        }
        Fact::FindingAnswered { text, .. } => line(LineKind::Note, "Finding answered", text.clone()),
        Fact::FindingClosed { text, .. } => line(LineKind::State, "Finding closed", text.clone()),
        Fact::AuditClosed { text, .. } => line(LineKind::State, "Audit closed", text.clone()),
        Fact::ExceptionLapsed => line(LineKind::Breach, "Not decided in time: the failure stands", none()),
        Fact::ExceptionExpired => line(LineKind::State, "Exception ended: the clause holds again", none()),
        Fact::AgreementBound { agreement, reason, .. } => {
            let bound = agreement.and_then(|bound| setup.agreements.get(&(bound.id, bound.version)));
            let name = bound.map_or("none".to_owned(), |a| format!("{}, version {}", a.name, a.version));
            line(LineKind::State, &format!("Agreement: {name}"), reason.clone())
        }
        Fact::MessageWritten { draft, approval } => {
            let waits = if *approval == Approval::Waiting { ", waits for approval" } else { "" };
            let title = format!(
                "{} to {} by {}, written{waits}",
                draft.kind.name(),
                draft.contact,
                draft.channel.name()
            );
            let template = draft.template.as_ref().map_or("", |template| template.text.as_str());
            line(LineKind::Client, &title, [template, draft.text.as_str()].join("\n").trim().to_owned())
        }
        Fact::MessageApproved { .. } => line(LineKind::Client, "Message approved", none()),
        Fact::MessageReturned { reason, .. } => line(LineKind::Client, "Message returned", reason.clone()),
        Fact::DeliveryRecorded { outcome, is_told, text, .. } => {
            let told = if *is_told { "the client is told" } else { "the client is not told" };
            line(LineKind::Client, &format!("Message {}: {told}", outcome.name()), text.clone())
        }
        Fact::InternallyUpdated { to, text } => {
            line(LineKind::Note, &format!("Internal update to {}", to.name()), text.clone())
        }
        Fact::ClientReplied { reply, contact, channel, text } => {
            let title = format!("Reply of {contact} by {} ({})", channel.name(), reply.name());
            line(LineKind::Client, &title, text.clone())
        }
        Fact::ClientIdentified { client, .. } => {
            line(LineKind::State, &format!("Client identified: {}", setup.client_name(*client)), none())
        }
        Fact::MovedToClient { client, reason, .. } => {
            line(LineKind::State, &format!("Moved to {}", setup.client_name(*client)), reason.clone())
        }
        Fact::BreachConsidered => {
            line(LineKind::Note, "The boundary to a data breach was considered", none())
        }
        Fact::BreachExplained { clock, reason, text } => {
            let title = format!("Why the {} target was not met: {reason}", clock.name().to_lowercase());
            line(LineKind::Breach, &title, text.clone())
        }
        Fact::PermanentFixPlanned { owner, reference, .. } => {
            let title = format!("Permanent fix planned with {}", setup.person_name(*owner));
            line(LineKind::Work, &title, reference.clone())
        }
        Fact::SurveyAsked { contact, channel, .. } => {
            line(LineKind::Client, &format!("Asked {contact} by {} for satisfaction", channel.name()), none())
        }
        Fact::SurveyAnswered { score, best, text } => {
            line(LineKind::Client, &format!("Satisfaction: {score} of {best}"), text.clone())
        }
        Fact::RowImported { .. } => line(LineKind::State, "Row of an imported log", none()),
        Fact::Configured { .. } => line(LineKind::State, "Configured", none()),
    }
}

/// A decision, and for whom a delegate took it.
fn decided(what: &str, acting_for: Option<PersonId>, setup: &Setup) -> String {
    acting_for.map_or_else(|| what.to_owned(), |of| format!("{what} for {}", setup.person_name(of)))
}
