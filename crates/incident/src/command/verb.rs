//! The verbs of the desk, in the order of the lifecycle (§3): each with the module that holds its rule, and
//! the kind of record it is done on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::*;

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
    /// Ask to have a breach corrected that was recorded wrongly (§4.2).
    RequestCorrection in request_correction on Incident;
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
    /// Have an action done anew, or by somebody else.
    ReopenAction in reopen_action on Review;
    /// Say that an action was enough.
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
    /// Give a sample to another reviewer.
    ChangeReviewer in change_reviewer on Audit;
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
    /// Note that an exception has ended by itself.
    ExpireException in expire_exception on Exception;
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
    /// Request resources (§3.5).
    RequestResource in request_resource on Incident;
    /// Answer a request for resources (§3.5).
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
    /// Write to the client (§3.4).
    TellClient in tell_client on Incident;
    /// Let a message go out (§3.4).
    ApproveMessage in approve_message on Incident;
    /// Keep a message from going out (§3.4).
    ReturnMessage in return_message on Incident;
    /// Say what became of a message (§3.4).
    RecordDelivery in record_delivery on Incident;
    /// Tell colleagues how it stands (§3.4).
    UpdateInternally in update_internally on Incident;
    /// Put on record what the client wrote.
    RecordClientReply in record_client_reply on Incident;
    /// Say whose incident it is, where nobody knew (§3.1).
    IdentifyClient in identify_client on Incident;
    /// Say that it is another client's.
    MoveToClient in move_to_client on Incident;
    /// State that the boundary to a data breach was considered (§2).
    ConsiderBreach in consider_breach on Incident;
    /// Say why a target was not met.
    ExplainBreach in explain_breach on Incident;
    /// Link what shows when a clock stopped (§4.1).
    LinkEvidence in link_evidence on Incident;
    /// Plan the fix that a workaround goes round.
    PlanPermanentFix in plan_permanent_fix on Incident;
    /// Ask the client how satisfied they are (§4.1).
    AskSurvey in ask_survey on Incident;
    /// Put the client's answer on record.
    RecordSurveyAnswer in record_survey_answer on Survey;
    /// Close after the client's silence, where it is agreed.
    AutoClose in auto_close;
    /// Note what an alert did next.
    RecordAlert in record_alert;
    /// Note that a target passed.
    RecordBreach in record_breach;
    /// Note that the agreement allows no more of a wait.
    RecordCap in record_cap;
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
