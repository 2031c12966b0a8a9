//! Every *may not*: what was refused, why (§), what to do instead, and who may grant an exception (§4.2).
//!
//! Code branches on [`RefusalCode`]; people read the sentences.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::Rule;
use crate::{Role, Verb};

/// Why a command is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// The actor holds none of the roles the command needs.
    NotPermitted,
    /// The incident, signal, client, service or person is not known here.
    Unknown,
    /// Something with this id exists already.
    AlreadyExists,
    /// A field is empty, or holds nothing that says anything.
    Missing,
    /// A field is longer than its limit.
    TooLong,
    /// A value does not fit the others.
    Invalid,
    /// The record is closed or cancelled.
    NotOpen,
    /// Somebody else changed it since this person looked.
    ChangedMeanwhile,
    /// The command would change nothing.
    NothingChanges,
    /// A step of the lifecycle is missing before this one.
    TooEarly,
    /// The lifecycle is past this step.
    TooLate,
    /// The incidents or signals belong to different clients.
    OtherClient,
    /// The severity keeps this deed for the Incident Manager.
    NeedsIncidentManager,
    /// The client says that service is not back.
    Disputed,
    /// The client has not been told, or has not answered.
    NotConfirmed,
    /// The agreement allows no such pause.
    PauseNotAgreed,
    /// One person is not enough, or not this one.
    NeedsSecondPerson,
}

impl RefusalCode {
    /// Every code.
    pub const ALL: [Self; 17] = [
        Self::NotPermitted,
        Self::Unknown,
        Self::AlreadyExists,
        Self::Missing,
        Self::TooLong,
        Self::Invalid,
        Self::NotOpen,
        Self::ChangedMeanwhile,
        Self::NothingChanges,
        Self::TooEarly,
        Self::TooLate,
        Self::OtherClient,
        Self::NeedsIncidentManager,
        Self::Disputed,
        Self::NotConfirmed,
        Self::PauseNotAgreed,
        Self::NeedsSecondPerson,
    ];
}

/// A refused command, as a finished piece of writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// What to branch on.
    pub code: RefusalCode,
    /// The command.
    pub verb: Verb,
    /// The clause of the policy.
    pub clause: String,
    /// What was refused and why.
    pub what: String,
    /// What to do instead.
    pub instead: String,
    /// Who may grant an exception (§4.2); nobody where it is empty.
    pub exception_by: Vec<Role>,
    /// The field to look at, where it is one.
    pub field: Option<String>,
}

impl Refusal {
    /// A refusal of `rule`'s command under its own clause.
    pub(crate) fn new(
        rule: &Rule,
        code: RefusalCode,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) -> Self {
        Self {
            code,
            verb: rule.verb,
            clause: rule.clause.to_owned(),
            what: what.into(),
            instead: instead.into(),
            exception_by: Vec::new(),
            field: None,
        }
    }

    /// A record cannot have the id that the command gives it. The same words whatever stands in the way, so
    /// that nobody learns which records exist.
    pub fn unusable_id(verb: Verb) -> Self {
        let rule = verb.rule();
        let what = format!("{}: its id cannot be used", rule.label);
        Self::new(rule, RefusalCode::Invalid, what, "Do it once more; the desk makes a new id.")
    }

    /// The same, under another clause.
    pub(crate) fn under(mut self, clause: &str) -> Self {
        clause.clone_into(&mut self.clause);
        self
    }

    /// The same, about one field.
    pub(crate) fn about(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// The same, where designated management may grant an exception.
    pub(crate) fn unless_excepted_by(mut self, roles: &[Role]) -> Self {
        self.exception_by = roles.to_vec();
        self
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}). {}", self.what, self.clause, self.instead)?;
        if !self.exception_by.is_empty() {
            write!(f, " Or ask {} for an exception (§4.2).", Role::one_of(&self.exception_by))?;
        }
        Ok(())
    }
}
