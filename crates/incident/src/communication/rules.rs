//! What agreement and house configure about communication (§3.4; ruling 15): every number and list is theirs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Channel, Outcome, Topic};
use crate::Agreement;
use crate::agreement::Target;

/// Whether a message on a machine counts as told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Voicemail {
    /// It is an attempt.
    #[default]
    Attempt,
    /// The agreement takes it for told.
    Told,
}

/// What an agreement says of contact with the client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ContactTerms {
    /// Whether voicemail counts as told.
    #[serde(default)]
    pub voicemail: Voicemail,
    /// After how much open time of silence since the client knew that it was resolved an incident closes by
    /// itself (§3.1 Closure); never a major one. Absent: never.
    #[serde(default)]
    pub auto_close: Option<Target>,
    /// The ways by which the client is told, the preferred one first (§3.4); empty where the agreement does not say.
    #[serde(default)]
    pub methods: Vec<Channel>,
}

/// Words that the house keeps ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Its words.
    pub text: String,
}

/// The house's own rules of communication.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "CommunicationRules")]
pub struct Rules {
    /// Topics that somebody else approves before they are said.
    #[serde(default)]
    pub approval_for: BTreeSet<Topic>,
    /// Templates.
    #[serde(default)]
    pub templates: Vec<Template>,
    /// Minutes between internal updates on Severity 1 and 2; absent means no number was set.
    #[serde(default)]
    pub internal_update_minutes: [Option<u32>; 2],
}

impl Rules {
    /// The template of a name.
    pub fn template(&self, name: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.name == name)
    }

    /// Whether a message on these topics waits for approval.
    pub fn asks_approval(&self, topics: &BTreeSet<Topic>) -> bool {
        !self.approval_for.is_disjoint(topics)
    }
}

/// Whether this outcome counts as told under the incident's agreement (ruling 10).
pub(crate) fn tells(outcome: Outcome, agreement: Option<&Agreement>) -> bool {
    match outcome {
        Outcome::Delivered | Outcome::Answered => true,
        Outcome::Voicemail => agreement.is_some_and(|terms| terms.contact.voicemail == Voicemail::Told),
        Outcome::NoAnswer | Outcome::Failed | Outcome::Bounced => false,
    }
}
