//! Delegate approval: somebody decides on exceptions for me while I am away (§4.2; ruling 12).
//!
//! - Given somebody of designated management,
//! - when they name a colleague, a scope and an end within the configured days,
//! - then that colleague may decide for them until then, counts as them, and can pass it to nobody.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::Delegation;
use crate::oversight::{DAY, Oversight};
use crate::refusal::{Refusal, RefusalCode};
use crate::setup::Setting;
use crate::{ClientId, DelegationId, PersonId, Role, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DelegateApproval {
    /// The delegation, named by the desk; giving it again with an earlier end takes it back.
    pub delegation: DelegationId,
    /// To whom.
    pub to: PersonId,
    /// Until when.
    pub until: Timestamp,
    /// For exceptions of this client alone.
    pub client: Option<ClientId>,
}

/// Only somebody who holds the right delegates it: a delegate does not (no further delegation).
pub(crate) const RULE: Rule = Rule {
    verb: Verb::DelegateApproval,
    clause: "§4.2",
    label: "Delegate approval",
    roles: &[Role::Supervisor],
};

/// Whether that person can stand in: a colleague who works here.
pub(crate) fn delegate(s: &Situation<'_>, to: PersonId) -> Result<(), Refusal> {
    let known = s.records.setup.people.get(&to).filter(|person| person.active && person.id != s.actor.person);
    if known.is_none() {
        return Err(invalid("to", "it goes to a colleague who works here", "Choose somebody else."));
    }
    Ok(())
}

impl DelegateApproval {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        Vec::new()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let setup = &s.records.setup;
        let me = s.actor.person;
        s.whose(&RULE, self.client, None)?;
        delegate(s, self.to)?;
        let old = setup.delegations.get(&self.delegation);
        if old.is_some_and(|old| old.of != me) {
            return Err(invalid("delegation", "somebody else gave it", "Give one of your own."));
        }
        let begins_at = old.map_or(s.now, |old| old.begins_at);
        // Taking one back ends it now; a new one has to last.
        if old.is_none() {
            s.ends(&RULE, begins_at, self.until)?;
        }
        let max = Oversight::at(setup, s.now).exceptions.delegation_days_max.unwrap_or(0);
        if self.until.since(begins_at) > i64::from(max) * DAY {
            let what = format!("it lasts {max} days at most");
            return Err(invalid("until", &what, "Enter an earlier end; it can be given again later."));
        }
        let (id, client) = (self.delegation, self.client);
        let given = Delegation { id, of: me, to: self.to, begins_at, until: self.until, client };
        let setting = Box::new(Setting::Delegation(given));
        Ok(vec![s.event(Subject::Setting(setting.id()), Fact::Configured { setting })])
    }
}

fn invalid(field: &str, what: &str, instead: &str) -> Refusal {
    Refusal::new(&RULE, RefusalCode::Invalid, format!("Delegate approval: {what}"), instead).about(field)
}
