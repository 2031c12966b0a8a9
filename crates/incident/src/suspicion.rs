//! A suspected data breach (§2, §5 Data Breach Response): a record of its own that its members alone see.
//!
//! It points to the incident, and nothing points back: the incident's facts, clocks, duties and offers are the
//! same with and without it, so that nobody else can infer that it exists. It does not carry out the Data
//! Breach Response Policy; it hands over to it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::audience::Audience;
use crate::event::{Event, Fact, Subject};
use crate::log::{Incident, Statement};
use crate::obligation::{Duty, Obligation, Owner};
use crate::records::{Record, Records};
use crate::setup::Setup;
use crate::timeline::{Line, LineKind};
use crate::{IncidentId, MINUTE, PersonId, Role, Severity, SuspicionId, Timestamp, Verb};

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SuspicionOutcome {
    /// There was no breach.
    NoBreach,
    /// It goes on under the Data Breach Response Policy.
    HandedOver,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SuspicionEnd {
    /// What became of it.
    pub outcome: SuspicionOutcome,
    /// The words, who said them, when.
    pub said: Statement,
}

/// A suspected data breach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Suspicion {
    /// The suspicion.
    pub id: SuspicionId,
    /// The incident in which it was seen.
    pub incident: IncidentId,
    /// What is suspected, by whom, since when: the statutory clock counts from there.
    pub suspected: Statement,
    /// Who may know of it.
    pub members: BTreeSet<PersonId>,
    /// What members wrote, oldest first.
    pub notes: Vec<Statement>,
    /// What the authority was told, and when.
    pub notified: Option<Statement>,
    /// How many lines were released to the incident.
    pub released: u32,
    /// How it ended.
    pub end: Option<SuspicionEnd>,
    /// The latest event.
    pub changed_at: Timestamp,
}

impl Suspicion {
    /// Whether it still has to be followed up.
    pub const fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// By when the law wants to be told; `None` where the house has set no time.
    pub fn notice_due(&self, setup: &Setup) -> Option<Timestamp> {
        let minutes = setup.house_at(self.suspected.at)?.breach_notice_within_minutes?;
        Some(self.suspected.at.plus_millis(i64::from(minutes) * MINUTE))
    }
}

/// Whether words to the client of this incident want a member's approval first, as far as this person may
/// know. It is an advice at a member's desk and never a refusal: a refusal would tell others.
pub fn asks_approval(records: &Records, person: PersonId, incident: IncidentId) -> bool {
    records.suspicions.values().any(|suspicion| {
        suspicion.incident == incident && suspicion.is_open() && suspicion.members.contains(&person)
    })
}

/// People who speak with the client or work on the incident and are no members: shown to members alone.
pub fn outsiders(suspicion: &Suspicion, incident: &Incident, setup: &Setup) -> BTreeSet<PersonId> {
    let client = setup.clients.get(&incident.entry.client);
    let speaks = client.and_then(|client| client.account_manager);
    let works = incident.assignment.as_ref().map(|assignment| assignment.to);
    speaks.into_iter().chain(works).filter(|person| !suspicion.members.contains(person)).collect()
}

impl Record for Suspicion {
    type Id = SuspicionId;

    fn begin(id: SuspicionId, event: &Event) -> Option<Self> {
        let Fact::BreachSuspected { incident, text, members } = &event.fact else { return None };
        Some(Self {
            id,
            incident: *incident,
            suspected: said(event, text),
            members: members.clone(),
            notes: Vec::new(),
            notified: None,
            released: 0,
            end: None,
            changed_at: event.at,
        })
    }

    fn take(&mut self, event: &Event) {
        match &event.fact {
            Fact::SuspicionMemberAdded { person } => {
                self.members.insert(*person);
            }
            Fact::SuspicionMemberRemoved { person, .. } => {
                self.members.remove(person);
            }
            Fact::SuspicionNoted { text } => self.notes.push(said(event, text)),
            Fact::AuthorityNotified { text } => self.notified = Some(said(event, text)),
            Fact::SuspicionLineReleased { .. } => self.released = self.released.saturating_add(1),
            Fact::SuspicionClosed { outcome, text } => {
                self.end = Some(SuspicionEnd { outcome: *outcome, said: said(event, text) });
            }
            _ => return,
        }
        self.changed_at = self.changed_at.max(event.at);
    }

    fn audience(&self) -> Audience {
        Audience::Only(self.members.clone())
    }

    fn is_open(&self) -> bool {
        Self::is_open(self)
    }

    fn changed_at(&self) -> Timestamp {
        self.changed_at
    }

    fn kin(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    fn duties(&self, setup: &Setup, _: Timestamp) -> Vec<Obligation> {
        if !self.is_open() {
            return Vec::new();
        }
        self.members.iter().map(|member| self.duty(*member, setup)).collect()
    }
}

impl Suspicion {
    /// What a member owes: the authority is told, and somebody says what became of it.
    fn duty(&self, member: PersonId, setup: &Setup) -> Obligation {
        let (due, why, verbs) = match (&self.notified, self.notice_due(setup)) {
            (Some(_), _) => (None, "Say what became of the suspicion.", vec![Verb::CloseSuspicion]),
            (None, Some(due)) => (
                Some(due),
                "The law wants to be told of a data breach, unless there was none.",
                vec![Verb::NotifyAuthority, Verb::CloseSuspicion],
            ),
            (None, None) => (
                None,
                "The law wants to be told of a data breach, unless there was none; no time is configured.",
                vec![Verb::NotifyAuthority, Verb::CloseSuspicion],
            ),
        };
        Obligation {
            subject: Subject::Suspicion(self.id),
            duty: Duty::EscalateManagerial,
            owner: Owner { person: Some(member), role: Role::Personnel },
            due,
            attention: due.map(|due| self.attention(due)),
            clock: None,
            paused: false,
            severity: Severity::One,
            clause: "§5".into(),
            why: why.into(),
            fulfilled_by: verbs,
        }
    }

    /// Half, three quarters and nine tenths of the time the law gives.
    fn attention(&self, due: Timestamp) -> crate::clock::Attention {
        let span = due.since(self.suspected.at).max(0);
        let before = |parts: i64| due.plus_millis(-(span / parts));
        crate::clock::Attention { watch: before(2), caution: before(4), warning: before(10) }
    }
}

fn said(event: &Event, text: &str) -> Statement {
    Statement { at: event.at, by: event.actor, text: text.to_owned() }
}

/// How it reads in its own timeline.
pub(crate) fn line(fact: &Fact, setup: &Setup) -> Line {
    let note = |title: &str, text: &str| Line::of(LineKind::Note, title, text);
    match fact {
        Fact::BreachSuspected { text, .. } => note("Data breach suspected", text),
        Fact::SuspicionMemberAdded { person } => {
            note(&format!("{} became a member", setup.person_name(*person)), "")
        }
        Fact::SuspicionMemberRemoved { person, reason } => {
            note(&format!("{} is no member any more", setup.person_name(*person)), reason)
        }
        Fact::SuspicionNoted { text } => note("Note", text),
        Fact::AuthorityNotified { text } => note("Authority told", text),
        Fact::SuspicionLineReleased { text } => note("Line released to the incident", text),
        Fact::SuspicionClosed { outcome: SuspicionOutcome::NoBreach, text } => note("No data breach", text),
        Fact::SuspicionClosed { outcome: SuspicionOutcome::HandedOver, text } => {
            note("Handed over to Data Breach Response", text)
        }
        // Every other fact has its line elsewhere.
        _ => note("Suspicion", ""),
    }
}
