//! Commands: the deeds of §3, one file a verb. Each file holds the deed's fields, its rule and its decision.
//!
//! The files under `server/` are deeds that no person has: alerts, deadlines, configuration.

mod accept_assignment;
mod accept_signal;
mod add_note;
mod agree_lowering;
mod amend_exception;
mod answer_exception;
mod apply_workaround;
mod approve_exception;
mod assess;
mod assign;
mod break_glass;
mod cancel;
mod categorise;
pub(crate) mod close;
mod confirm_restoration;
mod decline_exception;
mod decline_lowering;
mod delegate_approval;
mod dismiss_signal;
mod escalate;
mod invoke_exception;
mod log_incident;
mod merge_signal;
mod pause_clock;
mod propose_lowering;
mod raise_signal;
mod record_diagnosis;
mod record_resolution_step;
mod reopen;
mod request_exception;
mod resolve;
mod restore_service;
mod resume_clock;
mod return_exception;
mod review_pause;
mod revoke_exception;
mod server;
mod set_severity;
mod set_urgency;
mod situation;
mod switch_agreement;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Subject};
use crate::records::RecordRef;
use crate::refusal::Refusal;
use crate::role::Role;
pub use accept_assignment::AcceptAssignment;
pub use accept_signal::AcceptSignal;
pub use add_note::AddNote;
pub use agree_lowering::AgreeLowering;
pub use amend_exception::AmendException;
pub use answer_exception::AnswerException;
pub use apply_workaround::ApplyWorkaround;
pub use approve_exception::ApproveException;
pub use assess::Assess;
pub use assign::Assign;
pub use break_glass::BreakGlass;
pub use cancel::Cancel;
pub use categorise::Categorise;
pub use close::Close;
pub use confirm_restoration::ConfirmRestoration;
pub use decline_exception::DeclineException;
pub use decline_lowering::DeclineLowering;
pub use delegate_approval::DelegateApproval;
pub use dismiss_signal::DismissSignal;
pub use escalate::Escalate;
pub use invoke_exception::InvokeException;
pub use log_incident::LogIncident;
pub use merge_signal::MergeSignal;
pub use pause_clock::PauseClock;
pub use propose_lowering::ProposeLowering;
pub use raise_signal::RaiseSignal;
pub use record_diagnosis::RecordDiagnosis;
pub use record_resolution_step::RecordResolutionStep;
pub use reopen::Reopen;
pub use request_exception::RequestException;
pub use resolve::Resolve;
pub use restore_service::RestoreService;
pub use resume_clock::ResumeClock;
pub use return_exception::ReturnException;
pub use review_pause::ReviewPause;
pub use revoke_exception::RevokeException;
pub use server::{AlertNews, Configure, LapseException, RecordAlert, RecordBreach};
use server::{configure, lapse_exception, record_alert, record_breach};
pub use set_severity::SetSeverity;
pub use set_urgency::SetUrgency;
pub(crate) use situation::{AHEAD_MAX_MS, Situation, says_something};
pub use situation::{LINE_MAX, SERVICES_MAX, TEXT_MAX};
pub use switch_agreement::SwitchAgreement;

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
    /// Note that nobody decided behind broken glass in time.
    LapseException in lapse_exception on Exception;
    /// Note what an alert did next.
    RecordAlert in record_alert;
    /// Note that a target passed.
    RecordBreach in record_breach;
    /// Set up clients, agreements, calendars, people.
    Configure in configure;
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
