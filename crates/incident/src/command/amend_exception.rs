//! Amend exception: the request changes, and whoever approved it has to look again (§4.2; ruling 12).
//!
//! - Given a request that is not decided yet,
//! - when whoever made it changes its end or its words,
//! - then every approval of the former words counts for nothing, and what the new ones ask for is judged anew: how
//!   many people, and by when.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::{Demand, Exception, Request, people_needed};
use crate::oversight::{Oversight, of_severity};
use crate::refusal::{Refusal, RefusalCode};
use crate::{ExceptionId, Role, Severity, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AmendException {
    /// The exception.
    pub exception: ExceptionId,
    /// A new end.
    pub until: Option<Timestamp>,
    /// What prevents keeping to the clause.
    pub prevents: Option<String>,
    /// What compensates for it meanwhile.
    pub control: Option<String>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AmendException, clause: "§4.2", label: "Amend exception", roles: &[Role::Personnel] };

/// Whether the state of the request allows it.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    requester(s, &RULE, exception)?;
    s.undecided(&RULE, exception)?;
    if exception.application.is_break_glass {
        return Err(s.too_late(&RULE, "it has been acted on already", "Answer for it as it was."));
    }
    Ok(())
}

/// Only whoever asked.
pub(crate) fn requester(s: &Situation<'_>, rule: &Rule, exception: &Exception) -> Result<(), Refusal> {
    if s.actor.person == exception.requested_by {
        return Ok(());
    }
    let what = format!("{}: somebody else asked for it", rule.label);
    let name = s.records.setup.person_name(exception.requested_by);
    Err(Refusal::new(rule, RefusalCode::NotPermitted, what, format!("Ask {name} to do it.")))
}

impl AmendException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Exception(self.exception)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        ready(s, exception)?;
        let old = exception.request();
        let request = Request {
            until: self.until.unwrap_or(old.until),
            prevents: self.prevents.clone().unwrap_or_else(|| old.prevents.clone()),
            control: self.control.clone().unwrap_or_else(|| old.control.clone()),
            ..old.clone()
        };
        text(&RULE, "prevents", &request.prevents)?;
        text(&RULE, "control", &request.control)?;
        s.ends(&RULE, request.begins_at, request.until)?;
        if request == *old {
            return Err(s.nothing_changes(&RULE, "it reads so already"));
        }
        let demand = Some(demand(s, exception, &request));
        Ok(vec![s.event(Subject::Exception(self.exception), Fact::ExceptionAmended { request, demand })])
    }
}

/// By the numbers in force when it was asked for, and by how grave the incident has become since.
fn demand(s: &Situation<'_>, exception: &Exception, request: &Request) -> Demand {
    let rules = Oversight::at(&s.records.setup, exception.requested_at).exceptions;
    let severity = s.gravest(exception, s.incident_of(exception));
    let within = of_severity(&rules.decide_within, severity.unwrap_or(Severity::Four));
    let application = &exception.application;
    let (is_retroactive, renewal) = (application.is_retroactive, application.renewal);
    Demand {
        severity,
        decide_by: within.and_then(|within| within.due(&s.records.setup, s.now, &[])),
        people_needed: people_needed(&rules, request, severity, is_retroactive, renewal),
    }
}
