//! A history in the words of the policy: what each row made true, as events of `incident`.
//!
//! The events carry the time of their row and the server as their actor, for an import is nobody's
//! deed; who wrote the row stands in its [`Fact::RowImported`], one for every used row, so that the log
//! can be recomputed from the events.
//! No event is decided: history is recorded, not judged.
//!
//! * Impact *1 - High, 2 - Medium, 3 - Low* are the severities of the same name, 2, 3 and 4 (§3.3):
//!   nothing in the log claims the total loss that Severity 1 stands for. With them the house's own
//!   matrix gives the priority that stands in the log, for every pair of impact and urgency.
//! * *Resolved* states both that service was normal again and that the cause was dealt with: that desk
//!   kept one stamp for both. Nothing says that the client confirmed it, so nothing here does.
//! * *Awaiting User Info* and *Awaiting Vendor* are waits the policy's agreements can name; *Awaiting
//!   Problem* and *Awaiting Evidence* are none and stand on the timeline only.
//! * What the log leaves out stays empty: no words are put into anybody's mouth.
//! * A group is not a person (§6 asks for a person): it stands in the row and stops no response clock.

use std::collections::BTreeMap;

use incident::agreement::PauseReason;
use incident::event::{Event, Fact, Subject};
use incident::log::{BoundAgreement, LogEntry};
use incident::setup::{AffectedService, CategoryCode, Client, Person};
use incident::{
    ClientId, Impact, IncidentId, PersonId, ServiceId, Setting, Severity, Source, Timestamp, Urgency,
};
use uuid::Uuid;

use super::history::{Change, Fact as Seen, History};
use super::row::Detail;
use super::words::{Contact, Level, State};

/// The name space of every id made from this log: the same row gives the same id on every run.
pub(super) const NAMES: Uuid = Uuid::from_u128(0x9c1c_79f8_52f6_5a3e_8f0e_6b0c_46a5_7c11);

/// Which desk the rows came from, in [`Fact::RowImported`].
pub const DESK: &str = "servicenow";

/// Where the imported incidents belong.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// The client they are logged for.
    pub client: Client,
    /// The service they are logged against; the log names hardly any.
    pub service: AffectedService,
    /// The agreement their clocks run by; none means "no target", never "met".
    pub agreement: Option<BoundAgreement>,
}

/// One incident in the policy's words.
#[derive(Debug, Clone)]
pub struct Mapped {
    /// Its id, made from its number.
    pub incident: IncidentId,
    /// Its number at the other desk.
    pub number: String,
    /// The people it was assigned to; to be configured where they are not known yet.
    pub people: Vec<Person>,
    /// Its events, in order.
    pub events: Vec<Event>,
}

impl Default for Mapping {
    /// One client and one service for a log that names neither.
    fn default() -> Self {
        let client = ClientId(id("client", ""));
        let name = "ServiceNow import".to_owned();
        Self {
            client: Client {
                id: client,
                name,
                zone: "UTC".to_owned(),
                account_manager: None,
                before: Vec::new(),
            },
            service: AffectedService {
                id: ServiceId(id("service", "")),
                client,
                name: "Not named in the log".to_owned(),
                critical: false,
            },
            agreement: None,
        }
    }
}

impl Mapping {
    /// What must be configured before the first incident.
    pub fn settings(&self) -> Vec<Setting> {
        vec![Setting::Client(self.client.clone()), Setting::Service(self.service.clone())]
    }

    /// The events of a history; `number` is the desk's own number for it.
    pub fn map(&self, history: &History, number: Option<u32>) -> Mapped {
        let incident = incident_id(&history.number);
        let mut story = Story { incident, events: Vec::new(), people: BTreeMap::new(), is_waiting: false };
        let logged = Fact::IncidentLogged {
            number,
            entry: self.entry(history),
            signal: None,
            agreement: self.agreement,
            calendars: Vec::new(),
        };
        story.tell(history.opening.logged_at, history.opening.received_at, logged);
        for change in &history.changes {
            story.row(history, change);
        }
        let people = story.people.into_values().collect();
        Mapped { incident, number: history.number.clone(), people, events: story.events }
    }

    fn entry(&self, history: &History) -> LogEntry {
        let detail = |detail| first_detail(history, detail);
        // The line by which it is found again: the log often names its category only later.
        let known: Vec<&str> = [Detail::Category, Detail::Subcategory]
            .into_iter()
            .filter_map(|named| ever(history, named))
            .collect();
        let about = if known.is_empty() { "not categorised".to_owned() } else { known.join(", ") };
        let impact = first(history, |fact| match fact {
            Seen::ImpactBecame(level) => Some(*level),
            _ => None,
        });
        LogEntry {
            client: self.client.id,
            services: vec![self.service.id],
            summary: format!("{}: {about}", history.number),
            symptoms: detail(Detail::Symptom).unwrap_or_default().to_owned(),
            reporter: detail(Detail::Caller).unwrap_or_default().to_owned(),
            reported_at: history.opening.logged_at,
            source: source(history),
            impact: impact.map_or(Impact::SomeUsers, impact_of),
            drill: false,
            recurrence_of: None,
            occurred_at: None,
            detected_at: None,
        }
    }
}

/// The id of an incident of the log, the same on every run.
pub fn incident_id(number: &str) -> IncidentId {
    IncidentId(id("incident", number))
}

/// The id of a person of the log, the same on every run.
pub fn person_id(name: &str) -> PersonId {
    PersonId(id("person", name))
}

/// The severity of an impact: that of the same name (§3.3).
pub const fn severity_of(impact: Level) -> Severity {
    match impact {
        Level::High => Severity::Two,
        Level::Medium => Severity::Three,
        Level::Low => Severity::Four,
    }
}

/// The same for every impact, in the words of the log: what an export says of it.
pub fn severities_by_impact() -> BTreeMap<String, Severity> {
    Level::ALL.into_iter().map(|level| (level.to_string(), severity_of(level))).collect()
}

/// The urgency of the same name.
pub const fn urgency_of(urgency: Level) -> Urgency {
    match urgency {
        Level::High => Urgency::High,
        Level::Medium => Urgency::Medium,
        Level::Low => Urgency::Low,
    }
}

const fn impact_of(impact: Level) -> Impact {
    match impact {
        Level::High => Impact::ManyUsers,
        Level::Medium => Impact::SomeUsers,
        Level::Low => Impact::SingleUser,
    }
}

fn source(history: &History) -> Source {
    let contact = first(history, |fact| match fact {
        Seen::ContactBecame(contact) => Some(*contact),
        _ => None,
    });
    match contact {
        Some(Contact::Phone | Contact::Ivr) => Source::Phone,
        Some(Contact::Email) => Source::Email,
        Some(Contact::SelfService) => Source::Portal,
        Some(Contact::DirectOpening) | None => Source::Staff,
    }
}

/// What an incident's rows tell, event by event.
struct Story {
    incident: IncidentId,
    events: Vec<Event>,
    people: BTreeMap<PersonId, Person>,
    is_waiting: bool,
}

impl Story {
    fn row(&mut self, history: &History, change: &Change) {
        let changes = change.facts.iter().map(column_of).collect();
        self.tell_at(
            change,
            Fact::RowImported {
                desk: DESK.to_owned(),
                record: history.number.clone(),
                line: u32::try_from(change.line).unwrap_or(u32::MAX),
                by: change.by.clone(),
                changes,
            },
        );
        // A reopening makes room for what the same row says of the work.
        if change.reopens() {
            let (from, to) =
                change.transition().map_or((None, String::new()), |(from, to)| (from, to.to_string()));
            let from = from.map_or(String::new(), State::to_string);
            let reason = format!("went from {from} back to {to} in ServiceNow");
            self.tell_at(change, Fact::Reopened { reason, was_confirmed: false });
        }
        for fact in &change.facts {
            self.fact(change, fact);
        }
        if let Some((_, to)) = change.transition() {
            self.state(history, change, to);
        }
    }

    fn fact(&mut self, change: &Change, fact: &Seen) {
        match fact {
            Seen::ImpactBecame(level) => {
                let (severity, reason) = (severity_of(*level), format!("impact {level} in ServiceNow"));
                self.tell_at(change, Fact::SeverityChanged { severity, reason, matrix: None });
            }
            Seen::UrgencyBecame(level) => {
                self.tell_at(change, Fact::UrgencyChanged { urgency: urgency_of(*level), matrix: None });
            }
            Seen::AssigneeBecame(Some(name)) => {
                let to = person_id(name);
                self.people.entry(to).or_insert_with(|| person(to, name));
                self.tell_at(change, Fact::Assigned { to });
            }
            Seen::AssigneeBecame(None) => self.tell_at(change, Fact::Unassigned),
            Seen::DetailBecame { detail: Detail::Category, value: Some(category) } => {
                let category = CategoryCode(code(category));
                self.tell_at(change, Fact::Categorised { category });
            }
            Seen::DetailBecame { detail: Detail::PriorityConfirmed, value: Some(value) }
                if value == "true" =>
            {
                let text = "priority confirmed in ServiceNow".to_owned();
                self.tell_at(change, Fact::Assessed { text });
            }
            // The state is told last; the rest stands in the imported row.
            Seen::StateBecame { .. }
            | Seen::GroupBecame(_)
            | Seen::ContactBecame(_)
            | Seen::DetailBecame { .. } => {}
        }
    }

    fn state(&mut self, history: &History, change: &Change, to: &State) {
        if matches!(to, State::Unknown(_)) {
            return;
        }
        let wait = wait_of(to);
        if self.is_waiting {
            self.tell_at(change, Fact::ClockResumed { text: format!("{to} in ServiceNow") });
        }
        self.is_waiting = wait.is_some();
        if let Some(reason) = wait {
            self.tell_at(change, Fact::ClockPaused { reason, text: format!("{to} in ServiceNow") });
        }
        match to {
            State::Resolved => self.resolved(history, change),
            State::Closed => {
                let text = "closed in ServiceNow".to_owned();
                self.tell_at(change, Fact::Closed { text, unconfirmed_reason: None });
            }
            State::New
            | State::Active
            | State::AwaitingUserInfo
            | State::AwaitingVendor
            | State::AwaitingProblem
            | State::AwaitingEvidence
            | State::Unknown(_) => {}
        }
    }

    /// Code and name of the end are those of the last resolution; earlier ones had their own, unknown.
    fn resolved(&mut self, history: &History, change: &Change) {
        let is_last = !history.changes.iter().any(|later| later.line > change.line && later.resolves());
        let finals = is_last.then_some(&history.finals);
        let cause = finals.and_then(|finals| finals.closed_code.as_deref());
        let by = finals.and_then(|finals| finals.resolved_by.as_deref());
        let cause = cause.unwrap_or_default().to_owned();
        let text = match by {
            Some(by) => format!("resolved in ServiceNow by {by}"),
            None => "resolved in ServiceNow".to_owned(),
        };
        self.tell_at(change, Fact::ServiceRestored { text: text.clone() });
        self.tell_at(change, Fact::Resolved { text, cause });
    }

    fn tell_at(&mut self, change: &Change, fact: Fact) {
        self.tell(change.at, change.at, fact);
    }

    fn tell(&mut self, at: Timestamp, received: Timestamp, fact: Fact) {
        let (actor, subject) = (PersonId::SERVER, Subject::Incident(self.incident));
        self.events.push(Event { at, received, uncertainty_ms: 0, actor, subject, fact });
    }
}

const fn wait_of(state: &State) -> Option<PauseReason> {
    match state {
        State::AwaitingUserInfo => Some(PauseReason::AwaitingClient),
        State::AwaitingVendor => Some(PauseReason::AwaitingVendor),
        State::AwaitingProblem
        | State::AwaitingEvidence
        | State::New
        | State::Active
        | State::Resolved
        | State::Closed
        | State::Unknown(_) => None,
    }
}

/// What a fact is called in the log, and its new value there.
fn column_of(fact: &Seen) -> (String, Option<String>) {
    let (column, value) = match fact {
        Seen::StateBecame { to, .. } => ("incident_state", Some(to.to_string())),
        Seen::GroupBecame(group) => ("assignment_group", group.clone()),
        Seen::AssigneeBecame(assignee) => ("assigned_to", assignee.clone()),
        Seen::ImpactBecame(level) => ("impact", Some(level.to_string())),
        Seen::UrgencyBecame(level) => ("urgency", Some(level.to_string())),
        Seen::ContactBecame(contact) => ("contact_type", Some(contact.to_string())),
        Seen::DetailBecame { detail, value } => (detail.name(), value.clone()),
    };
    (column.to_owned(), value)
}

fn first<Value>(history: &History, reading: impl Fn(&Seen) -> Option<Value>) -> Option<Value> {
    history.changes.iter().flat_map(|change| &change.facts).find_map(reading)
}

fn first_detail(history: &History, wanted: Detail) -> Option<&str> {
    history.changes.first()?.facts.iter().find_map(|fact| match fact {
        Seen::DetailBecame { detail, value } if *detail == wanted => value.as_deref(),
        _ => None,
    })
}

/// The first value that any row has.
fn ever(history: &History, wanted: Detail) -> Option<&str> {
    history.changes.iter().flat_map(|change| &change.facts).find_map(|fact| match fact {
        Seen::DetailBecame { detail, value } if *detail == wanted => value.as_deref(),
        _ => None,
    })
}

/// People of the log do not work here: they have no role and cannot sign in.
fn person(id: PersonId, name: &str) -> Person {
    let (roles, before) = ([].into(), Vec::new());
    Person { id, name: name.to_owned(), roles, clients: None, active: false, before }
}

fn id(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMES, format!("{DESK}/{kind}/{name}").as_bytes())
}

/// `Category 55` as a stable code.
fn code(name: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { '_' };
    name.chars().map(plain).collect()
}
