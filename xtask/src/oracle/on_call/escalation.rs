//! Escalation cases: a path is configured, an incident logged, the path started by hand, and the server's duties
//! done whenever one falls due.

use std::collections::BTreeSet;

use incident::command::{AcknowledgeEscalation, Configure, LogIncident, StartEscalation};
use incident::escalation::{Addressee, ByHand, DefinedPath, EscalationPath, PathPlace, PathStep, Triggers};
use incident::setup::{AffectedService, Client, Person};
use incident::{
    Actor, Command, Impact, IncidentId, LogEntry, MINUTE, PersonId, Records, Role, Setting, Source, Subject,
    Timestamp, apply, decide, server_duties,
};
use serde::Deserialize;

use super::Names;

/// Steps with their delays in minutes, and who is told when.
#[derive(Deserialize)]
pub(super) struct Case {
    steps: Vec<CaseStep>,
    expected: Vec<CaseCall>,
    /// Rounds after the first.
    #[serde(default)]
    repeat: u32,
    /// Minutes after which the first who was told acknowledges.
    #[serde(default)]
    ack: Option<i64>,
}

#[derive(Deserialize)]
struct CaseStep {
    delay: u32,
    notify: Vec<String>,
}

#[derive(Deserialize)]
struct CaseCall {
    t: i64,
    notify: String,
}

/// Minutes that no case lasts: an acknowledgement holds until its end.
const LONG_MINUTES: u32 = 1_000_000;

/// The right answer, and ours.
pub(super) fn compare(case: &Case) -> Result<(String, String), String> {
    let mut expected: Vec<_> = case.expected.iter().map(|call| (call.t, call.notify.clone())).collect();
    expected.sort();
    let mut house = House::begin(case)?;
    house.walk(case.ack)?;
    let mut told = house.told();
    told.sort();
    Ok((shown(&expected), shown(&told)))
}

struct House {
    records: Records,
    names: Names,
    begun: Timestamp,
    incident: IncidentId,
}

impl House {
    /// A house with one client, the people of the case and its path, which somebody starts.
    fn begin(case: &Case) -> Result<Self, String> {
        let begun = Timestamp::from_rfc3339("2026-06-01T09:00:00Z").ok_or("no instant")?;
        let incident = Names::id(1).parse().map_err(|_| "no id")?;
        let mut house = Self { records: Records::default(), names: Names::default(), begun, incident };
        let client = Names::id(2).parse().map_err(|_| "no id")?;
        let service = Names::id(3).parse().map_err(|_| "no id")?;
        let words = |text: &str| text.to_owned();
        let (name, zone) = (words("Client"), words("UTC"));
        house.set(Setting::Client(Client {
            id: client,
            name,
            zone,
            account_manager: None,
            before: Vec::new(),
        }))?;
        let (name, critical) = (words("Service"), false);
        house.set(Setting::Service(AffectedService { id: service, client, name, critical }))?;
        let path = house.path(case)?;
        house.set(Setting::EscalationPath(path))?;
        let entry = LogEntry {
            client,
            services: vec![service],
            summary: words("An alert"),
            symptoms: words("As the case tells"),
            reporter: words("The oracle"),
            reported_at: begun,
            source: Source::Monitoring,
            impact: Impact::SomeUsers,
            drill: false,
            recurrence_of: None,
            occurred_at: None,
            detected_at: None,
        };
        let desk = everybody(PersonId::SERVER);
        house.act(&desk, begun, &Command::LogIncident(LogIncident { incident, entry }))?;
        let (path, need, reason) = (EscalationPath::Technical, ByHand::Attention, words("The case begins"));
        let start = StartEscalation { incident, path, need, reason };
        house.act(&desk, begun, &Command::StartEscalation(start))?;
        Ok(house)
    }

    fn path(&mut self, case: &Case) -> Result<DefinedPath, String> {
        let mut steps = Vec::new();
        for step in &case.steps {
            let mut call = Vec::new();
            for name in &step.notify {
                call.push(Addressee::Person { person: self.person(name)? });
            }
            steps.push(PathStep { call, delay_minutes: step.delay });
        }
        Ok(DefinedPath {
            id: Names::id(4).parse().map_err(|_| "no id")?,
            version: 1,
            effective_from: self.begun,
            name: "Path".to_owned(),
            path: EscalationPath::Technical,
            client: None,
            service: None,
            severity: None,
            triggers: Triggers::default(),
            steps,
            repeats: case.repeat,
            last_resort: Addressee::Person { person: self.person("the last resort")? },
            acknowledged_minutes: LONG_MINUTES,
        })
    }

    /// Does what the server owes, from instant to instant, until nothing more falls due.
    fn walk(&mut self, ack: Option<i64>) -> Result<(), String> {
        let mut now = self.begun;
        let mut ack = ack.map(|minutes| self.begun.plus_millis(minutes * MINUTE));
        let end = self.begun.plus_millis(i64::from(LONG_MINUTES) * MINUTE);
        loop {
            let known = self.records.incidents.get(&self.incident).ok_or("no incident")?.clone();
            let (due, next) = server_duties(&self.records, Subject::Incident(self.incident), now);
            for duty in &due {
                self.act(&Actor::server(), now, &duty.command)?;
            }
            if !due.is_empty() {
                continue;
            }
            let Some(next) = next.into_iter().chain(ack).min().filter(|next| *next < end) else {
                return Ok(());
            };
            if ack == Some(next) {
                let told = known.escalating.runs.iter().flat_map(|run| run.told()).next();
                let somebody = everybody(told.ok_or("nobody was told before the acknowledgement")?);
                let deed = AcknowledgeEscalation { incident: self.incident };
                self.act(&somebody, next, &Command::AcknowledgeEscalation(deed))?;
                ack = None;
            }
            now = next;
        }
    }

    /// Who was told, and after how many minutes.
    fn told(&self) -> Vec<(i64, String)> {
        let runs = self.records.incidents.get(&self.incident).map(|known| known.escalating.runs.clone());
        let steps = runs.into_iter().flatten().flat_map(|run| run.taken);
        // The other engine has no last resort.
        let steps = steps.filter(|step| step.place != PathPlace::LastResort);
        let minutes = |at: Timestamp| at.since(self.begun) / MINUTE;
        steps
            .flat_map(|step| step.told.into_iter().map(move |person| (minutes(step.at), person)))
            .map(|(at, person)| (at, self.names.name(person).to_owned()))
            .collect()
    }

    fn person(&mut self, name: &str) -> Result<PersonId, String> {
        let id = self.names.of(name);
        let roles = BTreeSet::from([Role::Tier2]);
        let (name, before) = (name.to_owned(), Vec::new());
        self.set(Setting::Person(Person { id, name, roles, clients: None, active: true, before }))?;
        Ok(id)
    }

    fn set(&mut self, setting: Setting) -> Result<(), String> {
        self.act(&everybody(PersonId::SERVER), self.begun, &Command::Configure(Configure { setting }))
    }

    fn act(&mut self, actor: &Actor, now: Timestamp, command: &Command) -> Result<(), String> {
        let events = decide(&self.records, actor, now, command).map_err(|refusal| refusal.to_string())?;
        for event in events {
            apply(&mut self.records, &event);
        }
        Ok(())
    }
}

fn everybody(person: PersonId) -> Actor {
    Actor { person, roles: Role::ALL.into_iter().collect() }
}

fn shown(calls: &[(i64, String)]) -> String {
    calls.iter().map(|(at, name)| format!("{name} at {at}")).collect::<Vec<_>>().join(", ")
}
