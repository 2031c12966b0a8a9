//! Closing by the agreement's rule after silence (§3.1 Closure): open time since the client knew that it was
//! resolved, never what was grave and never before the other clients of its outage.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Weight, debt};
use crate::Timestamp;
use crate::clock::agreed_time;
use crate::communication::{Answer, resolution_told_at};
use crate::log::Incident;
use crate::setup::Setup;

/// Whether silence may close an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "silence", rename_all = "snake_case")]
pub enum Silence {
    /// The agreement has no such rule, or its calendar never opens for so long.
    NoRule,
    /// It was major: a person closes it.
    Major,
    /// It was Severity 1 or 2: an Incident Manager closes it (§3.2).
    Grave,
    /// It stands for an outage of other clients: a person closes it, after theirs.
    Parent,
    /// The client answered, or wrote something that nobody has judged.
    Broken,
    /// Something else is owed first.
    InDebt,
    /// It closes at this instant, if the client stays silent.
    Closes {
        /// When.
        at: Timestamp,
    },
}

/// What the client's silence does to an incident that waits for its end.
pub fn silence(incident: &Incident, setup: &Setup) -> Silence {
    let bound = incident.agreement.and_then(|bound| setup.agreements.get(&(bound.id, bound.version)));
    if bound.is_none_or(|agreement| agreement.contact.auto_close.is_none()) {
        return Silence::NoRule;
    }
    if incident.major.is_some() {
        return Silence::Major;
    }
    if incident.peak_severity().is_high() {
        return Silence::Grave;
    }
    if !incident.family.children.is_empty() {
        return Silence::Parent;
    }
    let answered = incident.confirmation.as_ref().is_some_and(|said| said.answer != Answer::NoAnswer);
    if answered || incident.communication.candidate.is_some() {
        return Silence::Broken;
    }
    let Some(stopped) = incident.stopped_at() else { return Silence::InDebt };
    if debt(incident, setup).iter().any(|owed| owed.weight == Weight::MustBePaid) {
        return Silence::InDebt;
    }
    // Nobody is silent about what they have not heard.
    let since = resolution_told_at(incident).map_or(stopped, |told| told.max(stopped));
    match agreed_time(incident, setup, since, |agreement| agreement.contact.auto_close.as_ref()) {
        Some(at) => Silence::Closes { at },
        None => Silence::NoRule,
    }
}
