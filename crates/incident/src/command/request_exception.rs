//! Request exception: a deviation is asked for in writing (§4.2).
//!
//! - Given a clause that cannot be kept,
//! - when anybody names it, its exact scope, why in three answers, a control and an end,
//! - then the clocks are frozen as evidence, and somebody who gains nothing by it owes the decision. Where it goes
//!   on from another one of the same clause and scope, it renews that, only so often.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::compliance::{Clause, touches};
use crate::event::{Fact, Subject};
use crate::exception::{
    Application, CLAUSES, Exception, Ground, Request, Scope, frozen, gaining, people_needed,
};
use crate::log::Incident;
use crate::oversight::{Oversight, of_severity};
use crate::records::Alike;
use crate::refusal::{Refusal, RefusalCode};
use crate::{ClientId, EntryId, ExceptionId, IncidentId, PersonId, Role, ServiceId, Severity, Timestamp};

/// Lines of the log that one request can point to.
pub(crate) const EVIDENCE_MAX: usize = 200;
/// People that one request can name.
const PEOPLE_MAX: usize = 20;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RequestException {
    /// The exception, named by the desk.
    pub exception: ExceptionId,
    /// The clause, such as `§3.1`, or one of its demands as the register numbers them, such as `§3.1/11`.
    pub clause: String,
    /// The clock whose target it excuses.
    pub clock: Option<ClockKind>,
    /// The incident it is about; at most one of incident, client and service.
    pub incident: Option<IncidentId>,
    /// The client it is about.
    pub client: Option<ClientId>,
    /// The service it is about.
    pub service: Option<ServiceId>,
    /// From when; from now where it is absent.
    pub begins_at: Option<Timestamp>,
    /// Until when.
    pub until: Timestamp,
    /// What prevents keeping to the clause.
    pub prevents: String,
    /// What happens if it is refused.
    pub if_refused: String,
    /// Who is affected.
    pub affected: String,
    /// What compensates for it meanwhile.
    pub control: String,
    /// Lines of the log that show it.
    #[serde(default)]
    pub evidence: Vec<EntryId>,
    /// Who would otherwise be in breach.
    #[serde(default)]
    pub beneficiaries: Vec<PersonId>,
    /// The exception that it renews.
    pub renewal_of: Option<ExceptionId>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RequestException,
    clause: "§4.2",
    label: "Request exception",
    roles: &[Role::Personnel],
};

impl RequestException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let incident = self.incident.map(Subject::Incident);
        let renewal_of = self.renewal_of.map(Subject::Exception);
        [Some(Subject::Exception(self.exception)), incident, renewal_of].into_iter().flatten().collect()
    }

    /// Where exceptions are to be found that it may go on from.
    pub(crate) fn before(&self, now: Timestamp) -> Option<Alike> {
        let scope = match (self.incident, self.client, self.service) {
            (Some(incident), None, None) => Scope::Incident { incident },
            (None, Some(client), None) => Scope::Client { client },
            (None, None, Some(service)) => Scope::Service { service },
            (None, None, None) => Scope::Period,
            (Some(_), _, _) | (None, Some(_), Some(_)) => return None,
        };
        Some(self.request(scope, self.begins_at.unwrap_or(now)).before())
    }

    fn request(&self, scope: Scope, begins_at: Timestamp) -> Request {
        Request {
            clause: self.clause.clone(),
            clock: self.clock,
            scope,
            begins_at,
            until: self.until,
            prevents: self.prevents.clone(),
            if_refused: self.if_refused.clone(),
            affected: self.affected.clone(),
            control: self.control.clone(),
            evidence: self.evidence.clone(),
            beneficiaries: self.beneficiaries.iter().copied().collect(),
            renewal_of: self.renewal_of,
            ground: Ground::Deviation,
        }
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        s.is_new(&RULE, s.records.exceptions.contains_key(&self.exception), "exception")?;
        self.check_words()?;
        let incident = self.incident.map(|id| s.incident(&RULE, id)).transpose()?;
        let (scope, client) = self.scope(s, incident)?;
        let begins_at = self.begins_at.unwrap_or(s.now);
        s.ends(&RULE, begins_at, self.until)?;
        self.check_people(s)?;
        let mut request = self.request(scope, begins_at);
        let renewed = self.renewed(s, &request)?;
        let renewal = renewed.map_or(Ok(0), |old| s.renewal_after(&RULE, old, s.now))?;
        request.renewal_of = renewed.map(|old| old.id);
        let application = Box::new(applied(s, request, client, incident, renewal));
        Ok(vec![s.event(Subject::Exception(self.exception), Fact::ExceptionRequested { application })])
    }

    fn check_words(&self) -> Result<(), Refusal> {
        exceptable(&RULE, &self.clause)?;
        self.check_clock()?;
        text(&RULE, "prevents", &self.prevents)?;
        text(&RULE, "if_refused", &self.if_refused)?;
        text(&RULE, "affected", &self.affected)?;
        text(&RULE, "control", &self.control)?;
        if self.evidence.len() > EVIDENCE_MAX {
            let what = format!("Request exception: at most {EVIDENCE_MAX} lines of the log can be named");
            return Err(Refusal::new(&RULE, RefusalCode::TooLong, what, "Name those that show it best.")
                .about("evidence"));
        }
        Ok(())
    }

    /// A clock belongs to the paragraphs that speak of clocks, or to the very demand that is judged by it.
    fn check_clock(&self) -> Result<(), Refusal> {
        let judged_by = Clause::of(&self.clause).map(Clause::clock);
        let fits = match (judged_by, self.clock) {
            (Some(judged_by), clock) => judged_by == clock,
            (None, Some(_)) => ["§3.3", "§6"].contains(&self.clause.as_str()),
            (None, None) => true,
        };
        if fits {
            return Ok(());
        }
        let (what, instead) = match judged_by.flatten() {
            Some(kind) => (
                format!("{} is judged by the {} clock", self.clause, kind.name().to_lowercase()),
                "Name that clock, or the paragraph.",
            ),
            None => (
                "a clock belongs to §3.3 or §6".to_owned(),
                "Name the clause of the clock, or leave the clock out.",
            ),
        };
        Err(invalid("clause", &format!("Request exception: {what}"), instead))
    }

    fn scope(
        &self,
        s: &Situation<'_>,
        incident: Option<&Incident>,
    ) -> Result<(Scope, Option<ClientId>), Refusal> {
        s.whose(&RULE, self.client, self.service)?;
        match (incident, self.client, self.service) {
            (Some(incident), None, None) => {
                Ok((Scope::Incident { incident: incident.id }, Some(incident.entry.client)))
            }
            (None, Some(client), None) => Ok((Scope::Client { client }, Some(client))),
            (None, None, Some(service)) => {
                let owner = s.records.setup.services.get(&service).map(|service| service.client);
                Ok((Scope::Service { service }, owner))
            }
            (None, None, None) => Ok((Scope::Period, None)),
            (Some(_), _, _) | (None, Some(_), Some(_)) => {
                let what = "Request exception: the scope is not exact";
                Err(invalid("incident", what, "Name one of incident, client and service, or a period alone."))
            }
        }
    }

    fn check_people(&self, s: &Situation<'_>) -> Result<(), Refusal> {
        let people = &s.records.setup.people;
        if self.beneficiaries.len() <= PEOPLE_MAX
            && self.beneficiaries.iter().all(|person| people.contains_key(person))
        {
            return Ok(());
        }
        let what = "Request exception: those who would be in breach are not all known here";
        Err(invalid("beneficiaries", what, "Choose them from the list of people."))
    }

    /// What it renews, by its own word or because it goes on where another ends: renewing is asking anew, with
    /// the history in sight.
    fn renewed<'a>(&self, s: &Situation<'a>, request: &Request) -> Result<Option<&'a Exception>, Refusal> {
        let named = self.renewal_of.map(|id| s.exception(&RULE, id)).transpose()?;
        let is_another = |old: &Exception| {
            !touches(&old.request().clause, &request.clause) || old.request().scope != request.scope
        };
        if named.is_some_and(is_another) {
            let what = "Request exception: the exception it renews is about something else";
            return Err(invalid("renewal_of", what, "Request a new one that renews nothing."));
        }
        let found = s.continued(request, self.exception);
        Ok(found.into_iter().chain(named).max_by_key(|old| old.application.renewal))
    }
}

/// One of the clauses there are, or one of their demands as the register numbers them.
pub(crate) fn known_clause(rule: &Rule, clause: &str) -> Result<(), Refusal> {
    let is_demand = Clause::of(clause).is_some_and(|demand| CLAUSES.contains(&demand.paragraph()));
    if is_demand || CLAUSES.contains(&clause) {
        return Ok(());
    }
    let what = format!("{}: there is no such clause", rule.label);
    let instead = "Name a clause such as §3.1, or one of its demands such as §3.1/11.";
    Err(Refusal::new(rule, RefusalCode::Invalid, what, instead).about("clause"))
}

/// The same, where an exception would reach it.
pub(crate) fn exceptable(rule: &Rule, clause: &str) -> Result<(), Refusal> {
    known_clause(rule, clause)?;
    let Some(demand) = Clause::of(clause).filter(|demand| !demand.can_be_excepted()) else { return Ok(()) };
    let what =
        format!("{}: {clause} is judged on the {}, which no exception reaches", rule.label, demand.about());
    let instead = format!("Name {}, which opens what stands in an incident's way.", demand.paragraph());
    Err(Refusal::new(rule, RefusalCode::Invalid, what, instead).about("clause"))
}

/// The request with what is true now.
pub(crate) fn applied(
    s: &Situation<'_>,
    request: Request,
    client: Option<ClientId>,
    incident: Option<&Incident>,
    renewal: u32,
) -> Application {
    let setup = &s.records.setup;
    let rules = Oversight::at(setup, s.now).exceptions;
    let severity = incident.map(Incident::peak_severity);
    let is_retroactive = request.begins_at < s.now;
    let within = of_severity(&rules.decide_within, severity.unwrap_or(Severity::Four));
    let gain = |incident| gaining(setup, incident, &request.clause, request.begins_at);
    Application {
        gaining: incident.map_or_else(BTreeSet::new, gain),
        readings: incident.map_or_else(Vec::new, |incident| frozen(incident, setup, s.now)),
        decide_by: within.and_then(|within| within.due(setup, s.now, &[])),
        people_needed: people_needed(&rules, &request, severity, is_retroactive, renewal),
        request,
        client,
        severity,
        is_retroactive,
        is_break_glass: false,
        renewal,
    }
}

fn invalid(field: &str, what: &str, instead: &str) -> Refusal {
    Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about(field)
}
