//! Configure: clients, services, people, agreements, calendars, the house (§3.3: targets are the
//! agreement's; ruling 15). A new version never rewrites the past.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Role;
use crate::calendar::Index;
use crate::command::situation::line;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::setup::Setting;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Configure {
    /// What to set.
    pub setting: Setting,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::Configure,
    clause: "§3.3",
    label: "Configure",
    roles: &[Role::Administrator, Role::Server],
};

impl Configure {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        Vec::new()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        match &self.setting {
            Setting::Client(client) => line(&RULE, "name", &client.name)?,
            Setting::Service(service) => {
                line(&RULE, "name", &service.name)?;
                if !s.records.setup.clients.contains_key(&service.client) {
                    return Err(unknown("client"));
                }
            }
            Setting::Person(person) => line(&RULE, "name", &person.name)?,
            Setting::Agreement(agreement) => {
                line(&RULE, "name", &agreement.name)?;
                if !s.records.setup.clients.contains_key(&agreement.client) {
                    return Err(unknown("client"));
                }
                if s.records.setup.agreements.contains_key(&(agreement.id, agreement.version)) {
                    return Err(version_taken());
                }
            }
            Setting::Calendar(calendar) => {
                if let Err(error) = Index::compile(calendar) {
                    return Err(Refusal::new(
                        &RULE,
                        RefusalCode::Invalid,
                        format!("Configure: {error}"),
                        "Correct the calendar and set it again.",
                    )
                    .about("calendar"));
                }
                if s.records.setup.calendars.contains_key(&(calendar.id, calendar.version)) {
                    return Err(version_taken());
                }
            }
            Setting::House(_) => {}
        }
        let subject = Subject::Setting(self.setting.id());
        Ok(vec![s.event(subject, Fact::Configured { setting: self.setting.clone() })])
    }
}

fn unknown(field: &str) -> Refusal {
    Refusal::new(
        &RULE,
        RefusalCode::Unknown,
        format!("Configure: this {field} is not set up"),
        format!("Add the {field} first."),
    )
    .about(field)
}

fn version_taken() -> Refusal {
    Refusal::new(
        &RULE,
        RefusalCode::AlreadyExists,
        "Configure: this version exists, and clocks may be bound to it",
        "Raise the version by one.",
    )
    .about("version")
}
