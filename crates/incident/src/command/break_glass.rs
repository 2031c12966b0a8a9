//! Break glass: act first, be judged after (§4.2; ruling 12).
//!
//! - Given an open incident where waiting for a decision would do harm,
//! - when whoever works on it says which clause and why,
//! - then the guard opens at once, the exception is pending, and it is decided within the configured hours or
//!   recorded as failed. The client's notice of a Severity 1 incident is never skipped so.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::request_exception::exceptable;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::compliance::{Clause, paragraph_of};
use crate::event::{Fact, Subject};
use crate::exception::{Application, Granted, Ground, Request, Scope, frozen, gaining, people_needed};
use crate::log::Incident;
use crate::oversight::{Oversight, Within};
use crate::refusal::{Refusal, RefusalCode};
use crate::setup::Setup;
use crate::{ExceptionId, IncidentId, Severity, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BreakGlass {
    /// The exception, named by the desk.
    pub exception: ExceptionId,
    /// The incident.
    pub incident: IncidentId,
    /// The clause.
    pub clause: String,
    /// Until when.
    pub until: Timestamp,
    /// What prevents keeping to the clause.
    pub prevents: String,
    /// What would happen if nobody acted now.
    pub if_refused: String,
    /// What compensates for it meanwhile.
    pub control: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::BreakGlass, clause: "§4.2", label: "Break glass", roles: HANDLERS };

impl BreakGlass {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Exception(self.exception), Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        s.is_new(&RULE, s.records.exceptions.contains_key(&self.exception), "exception")?;
        let incident = s.incident(&RULE, self.incident)?;
        s.open(&RULE, incident)?;
        exceptable(&RULE, &self.clause)?;
        if let Some(clock) = Clause::of(&self.clause).and_then(Clause::clock) {
            let clock = clock.name().to_lowercase();
            let what = format!("Break glass: {} is judged by the {clock} clock", self.clause);
            let instead = "Request an exception that names the clock: broken glass opens guards alone.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("clause"));
        }
        if paragraph_of(&self.clause) == "§3.4" && incident.peak_severity() == Severity::One {
            let what = "Break glass: the client of a Severity 1 incident is told";
            let instead = "Tell the client now; one call is enough.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead)
                .under("§3.4")
                .about("clause"));
        }
        s.ends(&RULE, s.now, self.until)?;
        text(&RULE, "prevents", &self.prevents)?;
        text(&RULE, "if_refused", &self.if_refused)?;
        text(&RULE, "control", &self.control)?;
        let rules = Oversight::at(&s.records.setup, s.now).exceptions;
        let Some(minutes) = rules.break_glass_minutes else {
            let what = "Break glass: no time is set in which it would be decided";
            let instead = "Request an exception; an Administrator can set the time.";
            return Err(Refusal::new(&RULE, RefusalCode::TooEarly, what, instead));
        };
        let request = self.request(affected(&s.records.setup, incident), s.now);
        let severity = Some(incident.peak_severity());
        let setup = &s.records.setup;
        let application = Application {
            client: Some(incident.entry.client),
            severity,
            gaining: gaining(setup, incident, &self.clause, s.now),
            readings: frozen(incident, setup, s.now),
            decide_by: Within { minutes, calendar: None }.due(setup, s.now, &[]),
            is_retroactive: false,
            is_break_glass: true,
            renewal: 0,
            people_needed: people_needed(&rules, &request, severity, false, 0),
            request,
        };
        let granted = Granted {
            id: self.exception,
            clause: self.clause.clone(),
            clock: None,
            from: s.now,
            until: self.until,
            is_retroactive: false,
            is_undecided: true,
            ground: Ground::Deviation,
        };
        let of = Subject::Exception(self.exception);
        Ok(vec![
            s.event(of, Fact::ExceptionRequested { application: Box::new(application) }),
            s.event(of, Fact::ExceptionInvoked { incident: self.incident }),
            s.event(Subject::Incident(self.incident), Fact::ExceptionGranted { granted }),
        ])
    }

    fn request(&self, affected: String, now: Timestamp) -> Request {
        Request {
            clause: self.clause.clone(),
            clock: None,
            scope: Scope::Incident { incident: self.incident },
            begins_at: now,
            until: self.until,
            prevents: self.prevents.clone(),
            if_refused: self.if_refused.clone(),
            affected,
            control: self.control.clone(),
            evidence: Vec::new(),
            beneficiaries: BTreeSet::new(),
            renewal_of: None,
            ground: Ground::Deviation,
        }
    }
}

/// Who is affected, as far as the entry says: there is no time to be asked more than the entry holds.
pub(crate) fn affected(setup: &Setup, incident: &Incident) -> String {
    let client = setup.clients.get(&incident.entry.client).map_or("a client", |client| client.name.as_str());
    let named = |id| setup.services.get(id).map(|service| service.name.as_str());
    let services: Vec<_> = incident.entry.services.iter().filter_map(named).collect();
    format!("By the entry of the incident: {client} ({})", services.join(", "))
}
