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
mod approve_message;
mod ask_forecast;
mod ask_survey;
mod assess;
mod assign;
mod assign_major_role;
mod attest;
mod break_glass;
mod brief_management;
mod call_roll;
mod cancel;
mod categorise;
mod change_reviewer;
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
mod consider_breach;
mod decide_violation;
mod declare_major;
mod decline_exception;
mod decline_lowering;
mod decline_major;
mod delegate_approval;
mod dismiss_signal;
mod draw_sample;
mod escalate;
mod explain_breach;
mod extend_review;
mod finish_action;
mod give_task;
mod identify_client;
mod invoke_exception;
mod link_change;
mod link_child;
mod link_evidence;
mod link_known_error;
mod link_problem;
mod log_incident;
mod look_up;
mod mark_attendance;
mod merge_incident;
mod merge_signal;
mod move_to_client;
mod naming;
mod note_suspicion;
mod notify_authority;
mod open_bridge;
mod open_review;
mod open_vendor_case;
mod pause_clock;
mod plan_permanent_fix;
mod propose_lowering;
mod propose_major;
mod propose_violation;
mod raise_signal;
mod record_arrival;
mod record_client_reply;
mod record_decision;
mod record_delivery;
mod record_diagnosis;
mod record_finding;
mod record_recurrence;
mod record_resolution_step;
mod record_survey_answer;
mod release_line;
mod remove_member;
mod reopen;
mod reopen_action;
mod replace_sample;
mod report_conditions;
mod report_finding;
mod request_correction;
mod request_exception;
mod request_resource;
mod resolve;
mod restore_service;
mod resume_clock;
mod return_exception;
mod return_message;
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
mod tell_client;
mod undo_merge;
mod unlink_child;
mod update_internally;
mod uphold_action;
mod vendor_answered;
mod verb;
mod verify_action;
mod words;
mod write_review;

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
pub use approve_message::ApproveMessage;
pub use ask_forecast::AskForecast;
pub use ask_survey::AskSurvey;
pub use assess::Assess;
pub use assign::Assign;
pub use assign_major_role::AssignMajorRole;
pub use attest::Attest;
pub use break_glass::BreakGlass;
pub use brief_management::BriefManagement;
pub use call_roll::CallRoll;
pub use cancel::Cancel;
pub use categorise::Categorise;
pub use change_reviewer::ChangeReviewer;
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
pub use consider_breach::ConsiderBreach;
pub use decide_violation::DecideViolation;
pub use declare_major::DeclareMajor;
pub use decline_exception::DeclineException;
pub use decline_lowering::DeclineLowering;
pub use decline_major::DeclineMajor;
pub use delegate_approval::DelegateApproval;
pub use dismiss_signal::DismissSignal;
pub use draw_sample::DrawSample;
pub use escalate::Escalate;
pub use explain_breach::ExplainBreach;
pub use extend_review::ExtendReview;
pub use finish_action::FinishAction;
pub use give_task::GiveTask;
pub use identify_client::IdentifyClient;
pub use invoke_exception::InvokeException;
pub use link_change::LinkChange;
pub use link_child::LinkChild;
pub use link_evidence::LinkEvidence;
pub use link_known_error::LinkKnownError;
pub use link_problem::LinkProblem;
pub use log_incident::LogIncident;
pub use look_up::LookUp;
pub use mark_attendance::MarkAttendance;
pub use merge_incident::MergeIncident;
pub use merge_signal::MergeSignal;
pub use move_to_client::MoveToClient;
pub use naming::{Naming, nameable};
pub use note_suspicion::NoteSuspicion;
pub use notify_authority::NotifyAuthority;
pub use open_bridge::OpenBridge;
pub use open_review::OpenReview;
pub use open_vendor_case::OpenVendorCase;
pub use pause_clock::PauseClock;
pub use plan_permanent_fix::PlanPermanentFix;
pub use propose_lowering::ProposeLowering;
pub use propose_major::ProposeMajor;
pub use propose_violation::ProposeViolation;
pub use raise_signal::RaiseSignal;
pub use record_arrival::RecordArrival;
pub use record_client_reply::RecordClientReply;
pub use record_decision::RecordDecision;
pub use record_delivery::RecordDelivery;
pub use record_diagnosis::RecordDiagnosis;
pub use record_finding::RecordFinding;
pub use record_recurrence::RecordRecurrence;
pub use record_resolution_step::RecordResolutionStep;
pub use record_survey_answer::RecordSurveyAnswer;
pub use release_line::ReleaseLine;
pub use remove_member::RemoveMember;
pub use reopen::Reopen;
pub use reopen_action::ReopenAction;
pub use replace_sample::ReplaceSample;
pub use report_conditions::ReportConditions;
pub use report_finding::ReportFinding;
pub use request_correction::RequestCorrection;
pub use request_exception::RequestException;
pub use request_resource::RequestResource;
pub use resolve::Resolve;
pub use restore_service::RestoreService;
pub use resume_clock::ResumeClock;
pub use return_exception::ReturnException;
pub use return_message::ReturnMessage;
pub use review_pause::ReviewPause;
pub use review_record::ReviewRecord;
pub use revoke_exception::RevokeException;
pub use server::{
    AdvanceEscalation, AlertNews, AutoClose, Configure, ExpireException, LapseException, RecordAlert,
    RecordBreach, RecordCap,
};
use server::{
    advance_escalation, auto_close, configure, expire_exception, lapse_exception, record_alert,
    record_breach, record_cap,
};
pub use set_severity::SetSeverity;
pub use set_urgency::SetUrgency;
pub(crate) use situation::{AHEAD_MAX_MS, Situation, says_something};
pub use situation::{LINE_MAX, REPORTED_BACK_MAX_MS, SERVICES_MAX, TEXT_MAX, is_hidden};
pub use stand_down_major::StandDownMajor;
pub use start_escalation::StartEscalation;
pub use suspect_breach::SuspectBreach;
pub use switch_agreement::SwitchAgreement;
pub use tell_client::TellClient;
pub use undo_merge::UndoMerge;
pub use unlink_child::UnlinkChild;
pub use update_internally::UpdateInternally;
pub use uphold_action::UpholdAction;
pub use vendor_answered::VendorAnswered;
pub use verb::{Command, Verb};
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
