//! What agreement and house configure about communication (§3.4; ruling 15): every number and list is theirs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Channel, Colleagues, Outcome, Topic};
use crate::agreement::Target;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{Agreement, MINUTE, Severity, Timestamp};

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

/// When the first of the tiers, management and the account managers is to hear next (§3.4 Internal Communication): so
/// many minutes after the last word to them, or since the severity became high, or since it was reopened. `None` where
/// nothing is owed or the house has set no number.
pub fn internal_update_due(incident: &Incident, setup: &Setup) -> Option<Timestamp> {
    let communication = &incident.communication;
    if !incident.is_open() || communication.at_rest.last().is_some_and(|rest| rest.to.is_none()) {
        return None;
    }
    let place = match incident.severity() {
        Severity::One => 0,
        Severity::Two => 1,
        Severity::Three | Severity::Four => return None,
    };
    let high_since = incident.severities.iter().rev().take_while(|set| set.severity.is_high()).last()?.at;
    let woken = communication.at_rest.last().and_then(|rest| rest.to);
    let begun = woken.map_or(high_since, |woken| woken.max(high_since));
    let due = |group: Colleagues| {
        let last = communication.internal.iter().rfind(|update| update.to == group);
        let since = last.map_or(begun, |update| update.at.max(begun));
        let minutes = setup.house_at(since)?.communication.internal_update_minutes[place]?;
        Some(since.plus_millis(i64::from(minutes) * MINUTE))
    };
    Colleagues::ALL.into_iter().filter_map(due).min()
}
