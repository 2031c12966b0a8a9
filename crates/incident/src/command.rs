//! Commands: the deeds of §3, one file a verb. Each file holds the deed's fields, its rule and its decision.
//!
//! The files under `server/` are deeds that no person has: alerts, deadlines, configuration.

mod accept_assignment;
mod accept_major_role;
mod accept_signal;
mod acknowledge_escalation;
mod add_action;
mod add_member;
mod add_note;
mod agree_lowering;
mod amend_exception;
mod answer_exception;
mod answer_finding;
mod answer_forecast;
mod answer_resource_request;
mod answer_violation;
mod apply_workaround;
mod approve_exception;
mod ask_forecast;
mod assess;
mod assign;
mod assign_major_role;
mod attest;
mod break_glass;
mod brief_management;
mod call_roll;
mod cancel;
mod categorise;
mod chase_vendor;
mod check_task;
pub(crate) mod close;
mod close_audit;
mod close_bridge;
mod close_finding;
mod close_review;
mod close_suspicion;
mod complete_review;
mod confirm_restoration;
mod decide_violation;
mod declare_major;
mod decline_exception;
mod decline_lowering;
mod decline_major;
mod delegate_approval;
mod dismiss_signal;
mod draw_sample;
mod escalate;
mod extend_review;
mod finish_action;
mod give_task;
mod invoke_exception;
mod link_change;
mod link_child;
mod link_known_error;
mod link_problem;
mod log_incident;
mod mark_attendance;
mod merge_incident;
mod merge_signal;
mod note_suspicion;
mod notify_authority;
mod open_bridge;
mod open_review;
mod open_vendor_case;
mod pause_clock;
mod propose_lowering;
mod propose_major;
mod propose_violation;
mod raise_signal;
mod record_arrival;
mod record_decision;
mod record_diagnosis;
mod record_finding;
mod record_recurrence;
mod record_resolution_step;
mod release_line;
mod remove_member;
mod reopen;
mod reopen_action;
mod replace_sample;
mod report_conditions;
mod report_finding;
mod request_exception;
mod request_resource;
mod resolve;
mod restore_service;
mod resume_clock;
mod return_exception;
mod review_pause;
mod review_record;
mod revoke_exception;
mod server;
mod set_severity;
mod set_urgency;
mod situation;
mod stand_down_major;
mod start_escalation;
mod suspect_breach;
mod switch_agreement;
mod undo_merge;
mod unlink_child;
mod uphold_action;
mod vendor_answered;
mod verify_action;
mod words;
mod write_review;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Subject};
use crate::records::RecordRef;
use crate::refusal::Refusal;
use crate::role::Role;
pub use accept_assignment::AcceptAssignment;
pub use accept_major_role::AcceptMajorRole;
pub use accept_signal::AcceptSignal;
pub use acknowledge_escalation::AcknowledgeEscalation;
pub use add_action::AddAction;
pub use add_member::AddMember;
pub use add_note::AddNote;
pub use agree_lowering::AgreeLowering;
pub use amend_exception::AmendException;
pub use answer_exception::AnswerException;
pub use answer_finding::AnswerFinding;
pub use answer_forecast::AnswerForecast;
pub use answer_resource_request::AnswerResourceRequest;
pub use answer_violation::AnswerViolation;
pub use apply_workaround::ApplyWorkaround;
pub use approve_exception::ApproveException;
pub use ask_forecast::AskForecast;
pub use assess::Assess;
pub use assign::Assign;
pub use assign_major_role::AssignMajorRole;
pub use attest::Attest;
pub use break_glass::BreakGlass;
pub use brief_management::BriefManagement;
pub use call_roll::CallRoll;
pub use cancel::Cancel;
pub use categorise::Categorise;
pub use chase_vendor::ChaseVendor;
pub use check_task::CheckTask;
pub use close::Close;
pub use close_audit::CloseAudit;
pub use close_bridge::CloseBridge;
pub use close_finding::CloseFinding;
pub use close_review::CloseReview;
pub use close_suspicion::CloseSuspicion;
pub use complete_review::CompleteReview;
pub use confirm_restoration::ConfirmRestoration;
pub use decide_violation::DecideViolation;
pub use declare_major::DeclareMajor;
pub use decline_exception::DeclineException;
pub use decline_lowering::DeclineLowering;
pub use decline_major::DeclineMajor;
pub use delegate_approval::DelegateApproval;
pub use dismiss_signal::DismissSignal;
pub use draw_sample::DrawSample;
pub use escalate::Escalate;
pub use extend_review::ExtendReview;
pub use finish_action::FinishAction;
pub use give_task::GiveTask;
pub use invoke_exception::InvokeException;
pub use link_change::LinkChange;
pub use link_child::LinkChild;
pub use link_known_error::LinkKnownError;
pub use link_problem::LinkProblem;
pub use log_incident::LogIncident;
pub use mark_attendance::MarkAttendance;
pub use merge_incident::MergeIncident;
pub use merge_signal::MergeSignal;
pub use note_suspicion::NoteSuspicion;
pub use notify_authority::NotifyAuthority;
pub use open_bridge::OpenBridge;
pub use open_review::OpenReview;
pub use open_vendor_case::OpenVendorCase;
pub use pause_clock::PauseClock;
pub use propose_lowering::ProposeLowering;
pub use propose_major::ProposeMajor;
pub use propose_violation::ProposeViolation;
pub use raise_signal::RaiseSignal;
pub use record_arrival::RecordArrival;
pub use record_decision::RecordDecision;
pub use record_diagnosis::RecordDiagnosis;
pub use record_finding::RecordFinding;
pub use record_recurrence::RecordRecurrence;
pub use record_resolution_step::RecordResolutionStep;
pub use release_line::ReleaseLine;
pub use remove_member::RemoveMember;
pub use reopen::Reopen;
pub use reopen_action::ReopenAction;
pub use replace_sample::ReplaceSample;
pub use report_conditions::ReportConditions;
pub use report_finding::ReportFinding;
pub use request_exception::RequestException;
pub use request_resource::RequestResource;
pub use resolve::Resolve;
pub use restore_service::RestoreService;
pub use resume_clock::ResumeClock;
pub use return_exception::ReturnException;
pub use review_pause::ReviewPause;
pub use review_record::ReviewRecord;
pub use revoke_exception::RevokeException;
pub use server::{AdvanceEscalation, AlertNews, Configure, LapseException, RecordAlert, RecordBreach};
use server::{advance_escalation, configure, lapse_exception, record_alert, record_breach};
pub use set_severity::SetSeverity;
pub use set_urgency::SetUrgency;
pub(crate) use situation::{AHEAD_MAX_MS, Situation, says_something};
pub use situation::{LINE_MAX, REPORTED_BACK_MAX_MS, SERVICES_MAX, TEXT_MAX};
pub use stand_down_major::StandDownMajor;
pub use start_escalation::StartEscalation;
pub use suspect_breach::SuspectBreach;
pub use switch_agreement::SwitchAgreement;
pub use undo_merge::UndoMerge;
pub use unlink_child::UnlinkChild;
pub use uphold_action::UpholdAction;
pub use vendor_answered::VendorAnswered;
pub use verify_action::VerifyAction;
pub use write_review::WriteReview;

/// What a decision is: what will have happened, or why not.
pub(crate) type Decision = Result<Vec<Event>, Refusal>;

/// What holds for a verb whatever its arguments are.
#[derive(Debug)]
pub struct Rule {
    /// The verb.
    pub verb: Verb,
    /// The clause it serves.
    pub clause: &'static str,
    /// The label of its button, key and menu item.
    pub label: &'static str,
    /// Who may (§3.2); any of them.
    pub roles: &'static [Role],
}

/// Everyone who works on incidents (§3.2).
pub(crate) const HANDLERS: &[Role] = &[Role::ServiceDesk, Role::Tier2, Role::Tier3, Role::IncidentManager];

macro_rules! verbs {
    ($($(#[$doc:meta])* $verb:ident in $module:ident $(on $kind:ident)?;)*) => {
        /// A verb of the desk.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Verb {
            $($(#[$doc])* $verb,)*
        }

        impl Verb {
            /// Every verb.
            pub const ALL: &'static [Self] = &[$(Self::$verb,)*];

            /// Whether the state of this record lets the verb be used at all; arguments come later. `None`
            /// where the verb is not about such a record.
            pub(crate) fn ready(self, s: &Situation<'_>, record: RecordRef<'_>) -> Option<Result<(), Refusal>> {
                match (self, record) {
                    $($((Self::$verb, RecordRef::$kind(record)) => Some($module::ready(s, record)),)?)*
                    _ => None,
                }
            }

            /// What holds for it whatever its arguments are.
            pub const fn rule(self) -> &'static Rule {
                match self {
                    $(Self::$verb => &$module::RULE,)*
                }
            }
        }

        /// A deed somebody wants done.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(tag = "verb", rename_all = "snake_case")]
        #[expect(clippy::large_enum_variant, reason = "one at a time, made once and lent from there")]
        pub enum Command {
            $($(#[$doc])* $verb($verb),)*
        }

        impl Command {
            /// Its verb.
            pub const fn verb(&self) -> Verb {
                match self {
                    $(Self::$verb(_) => Verb::$verb,)*
                }
            }

            /// The records it looks at: load these before deciding.
            pub fn subjects(&self) -> Vec<Subject> {
                match self {
                    $(Self::$verb(deed) => deed.subjects(),)*
                }
            }

            pub(crate) fn decide(&self, situation: &Situation<'_>) -> Decision {
                match self {
                    $(Self::$verb(deed) => deed.decide(situation),)*
                }
            }
        }
    };
}

verbs! {
    /// Report that something may be wrong (§3.1 Identification).
    RaiseSignal in raise_signal;
    /// Log an incident (§3.1 Logging).
    LogIncident in log_incident;
    /// Log the incident that a signal tells of.
    AcceptSignal in accept_signal on Signal;
    /// Say that a signal is no incident.
    DismissSignal in dismiss_signal on Signal;
    /// Say that a signal belongs to an open incident.
    MergeSignal in merge_signal on Signal;
    /// Categorise (§3.1).
    Categorise in categorise on Incident;
    /// Set the severity (§3.3).
    SetSeverity in set_severity on Incident;
    /// Propose a lower severity where one person is not enough (§3.3).
    ProposeLowering in propose_lowering on Incident;
    /// Agree to a lower severity, as the second person.
    AgreeLowering in agree_lowering on Incident;
    /// Decline a lower severity.
    DeclineLowering in decline_lowering on Incident;
    /// Let an open incident run by another agreement from here on.
    SwitchAgreement in switch_agreement on Incident;
    /// Set the urgency (§6).
    SetUrgency in set_urgency on Incident;
    /// Record the assessment.
    Assess in assess on Incident;
    /// Assign to a person.
    Assign in assign on Incident;
    /// Take an assignment.
    AcceptAssignment in accept_assignment on Incident;
    /// Add an internal note.
    AddNote in add_note on Incident;
    /// Record the diagnosis.
    RecordDiagnosis in record_diagnosis on Incident;
    /// Put a workaround on record.
    ApplyWorkaround in apply_workaround on Incident;
    /// Document a resolution step.
    RecordResolutionStep in record_resolution_step on Incident;
    /// Say that normal service is back.
    RestoreService in restore_service on Incident;
    /// Resolve.
    Resolve in resolve on Incident;
    /// Ask the client to confirm restoration (§3.4).
    ConfirmRestoration in confirm_restoration on Incident;
    /// Close (§3.1 Closure).
    Close in close on Incident;
    /// Reopen.
    Reopen in reopen on Incident;
    /// Cancel.
    Cancel in cancel on Incident;
    /// Escalate by hand (§3.5).
    Escalate in escalate on Incident;
    /// Let the clocks that the agreement names stand still.
    PauseClock in pause_clock on Incident;
    /// Say that it still waits.
    ReviewPause in review_pause on Incident;
    /// Let them run again.
    ResumeClock in resume_clock on Incident;
    /// Ask for an exception (§4.2).
    RequestException in request_exception;
    /// Act first and be judged after (§4.2).
    BreakGlass in break_glass;
    /// Change the request for an exception.
    AmendException in amend_exception on Exception;
    /// Approve an exception.
    ApproveException in approve_exception on Exception;
    /// Decline an exception.
    DeclineException in decline_exception on Exception;
    /// Ask back before deciding on an exception.
    ReturnException in return_exception on Exception;
    /// Answer what was asked back.
    AnswerException in answer_exception on Exception;
    /// End an exception before its time.
    RevokeException in revoke_exception on Exception;
    /// Use a wide exception on an incident.
    InvokeException in invoke_exception on Exception;
    /// Let somebody decide on exceptions in one's place.
    DelegateApproval in delegate_approval;
    /// Open the review of an incident (§3.7).
    OpenReview in open_review on Incident;
    /// Say that an incident recurs (§3.7).
    RecordRecurrence in record_recurrence on Incident;
    /// Take another incident into a review.
    ExtendReview in extend_review on Review;
    /// Write a part of a review.
    WriteReview in write_review on Review;
    /// Say that a review has all its parts.
    CompleteReview in complete_review on Review;
    /// Close a review.
    CloseReview in close_review on Review;
    /// Add a preventive action.
    AddAction in add_action on Review;
    /// Say that an action is done.
    FinishAction in finish_action on Review;
    /// Say that somebody has seen it.
    VerifyAction in verify_action on Review;
    /// Have an action done anew.
    ReopenAction in reopen_action on Review;
    /// Say that an action was enough although it came again.
    UpholdAction in uphold_action on Review;
    /// Say that a record seems to show a violation (§4.3).
    ProposeViolation in propose_violation;
    /// Answer a proposed violation.
    AnswerViolation in answer_violation on Violation;
    /// Decide on a proposed violation.
    DecideViolation in decide_violation on Violation;
    /// Draw records to be looked at (§4.1).
    DrawSample in draw_sample;
    /// Replace a drawn record by the next.
    ReplaceSample in replace_sample on Audit;
    /// Say that a drawn record is in order.
    ReviewRecord in review_record on Audit;
    /// Say what a drawn record lacks.
    ReportFinding in report_finding on Audit;
    /// Answer a finding.
    AnswerFinding in answer_finding on Audit;
    /// Close a finding.
    CloseFinding in close_finding on Audit;
    /// Close an audit.
    CloseAudit in close_audit on Audit;
    /// Note that nobody decided behind broken glass in time.
    LapseException in lapse_exception on Exception;
    /// Propose as a major incident (§3.6).
    ProposeMajor in propose_major on Incident;
    /// Declare a major incident (§3.6).
    DeclareMajor in declare_major on Incident;
    /// Decline a major incident (§3.6).
    DeclineMajor in decline_major on Incident;
    /// Stand down (§3.6).
    StandDownMajor in stand_down_major on Incident;
    /// Assign a role of a major incident (§3.6).
    AssignMajorRole in assign_major_role on Incident;
    /// Accept a role of a major incident (§3.6).
    AcceptMajorRole in accept_major_role on Incident;
    /// Open the bridge call (§3.6).
    OpenBridge in open_bridge on Incident;
    /// Mark attendance (§3.6).
    MarkAttendance in mark_attendance on Incident;
    /// Call the roll (§3.6).
    CallRoll in call_roll on Incident;
    /// Close the bridge call (§3.6). (§3.6).
    CloseBridge in close_bridge on Incident;
    /// Report conditions, actions and needs (§3.6).
    ReportConditions in report_conditions on Incident;
    /// Record a finding (§3.6).
    RecordFinding in record_finding on Incident;
    /// Record a decision (§3.6).
    RecordDecision in record_decision on Incident;
    /// Give a task (§3.6).
    GiveTask in give_task on Incident;
    /// Check a task (§3.6).
    CheckTask in check_task on Incident;
    /// Request resources (§3.6).
    RequestResource in request_resource on Incident;
    /// Answer a request for resources (§3.6).
    AnswerResourceRequest in answer_resource_request on Incident;
    /// Record an arrival (§3.6).
    RecordArrival in record_arrival on Incident;
    /// Brief management (§3.4).
    BriefManagement in brief_management on Incident;
    /// Link a child (§3.6).
    LinkChild in link_child on Incident;
    /// Part a child (§3.6).
    UnlinkChild in unlink_child on Incident;
    /// Merge a duplicate (§3.1).
    MergeIncident in merge_incident on Incident;
    /// Take back a merge (§3.1).
    UndoMerge in undo_merge on Incident;
    /// Link a change (§5).
    LinkChange in link_change on Incident;
    /// Link a problem (§5).
    LinkProblem in link_problem on Incident;
    /// Link a known error (§5).
    LinkKnownError in link_known_error on Incident;
    /// Ask a vendor (§5).
    OpenVendorCase in open_vendor_case on Incident;
    /// Remind a vendor (§5).
    ChaseVendor in chase_vendor on Incident;
    /// Note a vendor's answer (§5).
    VendorAnswered in vendor_answered on Incident;
    /// Suspect a data breach (§5).
    SuspectBreach in suspect_breach on Incident;
    /// Add a member (§5).
    AddMember in add_member on Suspicion;
    /// Remove a member (§5).
    RemoveMember in remove_member on Suspicion;
    /// Note on a suspicion (§5).
    NoteSuspicion in note_suspicion on Suspicion;
    /// Note that the authority was told (§5).
    NotifyAuthority in notify_authority on Suspicion;
    /// Close a suspicion (§5).
    CloseSuspicion in close_suspicion on Suspicion;
    /// Release a line (§5).
    ReleaseLine in release_line on Suspicion;
    /// Note what an alert did next.
    RecordAlert in record_alert;
    /// Note that a target passed.
    RecordBreach in record_breach;
    /// Set up clients, agreements, calendars, people.
    Configure in configure;
    /// Start an escalation path by hand: it needs attention or resources (§3.5).
    StartEscalation in start_escalation on Incident;
    /// Take notice of an escalation (§3.5).
    AcknowledgeEscalation in acknowledge_escalation on Incident;
    /// Ask the resolver whether a target can be met (§3.5).
    AskForecast in ask_forecast on Incident;
    /// Say whether it can (§3.5).
    AnswerForecast in answer_forecast on Incident;
    /// Attest that a procedure is understood (§3.5).
    Attest in attest;
    /// Take the escalation steps that are due.
    AdvanceEscalation in advance_escalation;
}

impl Verb {
    /// Its name in shifts, keys and files.
    pub fn name(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}
