//! Commands: the deeds of §3, one file a verb. Each file holds the deed's fields, its rule and its decision.
//!
//! The files under `server/` are deeds that no person has: alerts, deadlines, configuration.

mod accept_assignment;
mod accept_signal;
mod add_note;
mod apply_workaround;
mod assess;
mod assign;
mod cancel;
mod categorise;
pub(crate) mod close;
mod confirm_restoration;
mod dismiss_signal;
mod escalate;
mod log_incident;
mod merge_signal;
mod pause_clock;
mod raise_signal;
mod record_diagnosis;
mod record_resolution_step;
mod reopen;
mod resolve;
mod restore_service;
mod resume_clock;
mod server;
mod set_severity;
mod set_urgency;
mod situation;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Subject};
use crate::identification::Signal;
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::role::Role;

pub use accept_assignment::AcceptAssignment;
pub use accept_signal::AcceptSignal;
pub use add_note::AddNote;
pub use apply_workaround::ApplyWorkaround;
pub use assess::Assess;
pub use assign::Assign;
pub use cancel::Cancel;
pub use categorise::Categorise;
pub use close::Close;
pub use confirm_restoration::ConfirmRestoration;
pub use dismiss_signal::DismissSignal;
pub use escalate::Escalate;
pub use log_incident::LogIncident;
pub use merge_signal::MergeSignal;
pub use pause_clock::PauseClock;
pub use raise_signal::RaiseSignal;
pub use record_diagnosis::RecordDiagnosis;
pub use record_resolution_step::RecordResolutionStep;
pub use reopen::Reopen;
pub use resolve::Resolve;
pub use restore_service::RestoreService;
pub use resume_clock::ResumeClock;
pub use server::{AlertNews, Configure, RecordAlert, RecordBreach};
pub use set_severity::SetSeverity;
pub use set_urgency::SetUrgency;
pub(crate) use situation::Situation;
pub use situation::{LINE_MAX, SERVICES_MAX, TEXT_MAX};

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
    ($($(#[$doc:meta])* $verb:ident in $($path:ident)::+;)*) => {
        /// A verb of the desk.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Verb {
            $($(#[$doc])* $verb,)*
        }

        impl Verb {
            /// Every verb.
            pub const ALL: &'static [Self] = &[$(Self::$verb,)*];

            /// What holds for it whatever its arguments are.
            pub const fn rule(self) -> &'static Rule {
                match self {
                    $(Self::$verb => &$($path)::+::RULE,)*
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
    AcceptSignal in accept_signal;
    /// Say that a signal is no incident.
    DismissSignal in dismiss_signal;
    /// Say that a signal belongs to an open incident.
    MergeSignal in merge_signal;
    /// Categorise (§3.1).
    Categorise in categorise;
    /// Set the severity (§3.3).
    SetSeverity in set_severity;
    /// Set the urgency (§6).
    SetUrgency in set_urgency;
    /// Record the assessment.
    Assess in assess;
    /// Assign to a person.
    Assign in assign;
    /// Take an assignment.
    AcceptAssignment in accept_assignment;
    /// Add an internal note.
    AddNote in add_note;
    /// Record the diagnosis.
    RecordDiagnosis in record_diagnosis;
    /// Put a workaround on record.
    ApplyWorkaround in apply_workaround;
    /// Document a resolution step.
    RecordResolutionStep in record_resolution_step;
    /// Say that normal service is back.
    RestoreService in restore_service;
    /// Resolve.
    Resolve in resolve;
    /// Ask the client to confirm restoration (§3.4).
    ConfirmRestoration in confirm_restoration;
    /// Close (§3.1 Closure).
    Close in close;
    /// Reopen.
    Reopen in reopen;
    /// Cancel.
    Cancel in cancel;
    /// Escalate by hand (§3.5).
    Escalate in escalate;
    /// Let the clocks that the agreement names stand still.
    PauseClock in pause_clock;
    /// Let them run again.
    ResumeClock in resume_clock;
    /// Note what an alert did next.
    RecordAlert in server::record_alert;
    /// Note that a target passed.
    RecordBreach in server::record_breach;
    /// Set up clients, agreements, calendars, people.
    Configure in server::configure;
}

impl Verb {
    /// Whether the state of this incident lets the verb be used at all; arguments come later.
    /// `None` where the verb is not about an incident.
    pub(crate) fn ready_for(self, s: &Situation<'_>, incident: &Incident) -> Option<Result<(), Refusal>> {
        Some(match self {
            Self::Categorise => categorise::ready(s, incident),
            Self::SetSeverity => set_severity::ready(s, incident),
            Self::SetUrgency => set_urgency::ready(s, incident),
            Self::Assess => assess::ready(s, incident),
            Self::Assign => assign::ready(s, incident),
            Self::AcceptAssignment => accept_assignment::ready(s, incident),
            Self::AddNote => add_note::ready(s, incident),
            Self::RecordDiagnosis => record_diagnosis::ready(s, incident),
            Self::ApplyWorkaround => apply_workaround::ready(s, incident),
            Self::RecordResolutionStep => record_resolution_step::ready(s, incident),
            Self::RestoreService => restore_service::ready(s, incident),
            Self::Resolve => resolve::ready(s, incident),
            Self::ConfirmRestoration => confirm_restoration::ready(s, incident),
            Self::Close => close::ready(s, incident),
            Self::Reopen => reopen::ready(s, incident),
            Self::Cancel => cancel::ready(s, incident),
            Self::Escalate => escalate::ready(s, incident),
            Self::PauseClock => pause_clock::ready(s, incident),
            Self::ResumeClock => resume_clock::ready(s, incident),
            Self::RaiseSignal
            | Self::LogIncident
            | Self::AcceptSignal
            | Self::DismissSignal
            | Self::MergeSignal
            | Self::RecordAlert
            | Self::RecordBreach
            | Self::Configure => return None,
        })
    }

    /// The same for a signal.
    pub(crate) fn ready_for_signal(self, s: &Situation<'_>, signal: &Signal) -> Option<Result<(), Refusal>> {
        match self {
            Self::AcceptSignal | Self::DismissSignal | Self::MergeSignal => {
                Some(s.waits_in_triage(self.rule(), signal))
            }
            _ => None,
        }
    }

    /// Its name in shifts, keys and files.
    pub fn name(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}
