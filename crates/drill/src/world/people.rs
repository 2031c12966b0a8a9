//! What people do: mostly the next sensible thing to what they see on their own board, sometimes not.

use std::collections::BTreeSet;
use std::sync::Arc;

use incident::agreement::PauseReason;
use incident::command::{
    AcceptAssignment, AcceptSignal, AddNote, ApplyWorkaround, Assess, Assign, Cancel, Categorise, Close,
    ConfirmRestoration, DismissSignal, Escalate, LogIncident, MergeSignal, PauseClock, RaiseSignal,
    RecordDiagnosis, RecordResolutionStep, Reopen, Resolve, RestoreService, ResumeClock, SetSeverity,
    SetUrgency, TellClient,
};
use incident::communication::{Answer, Channel, MessageKind, Outcome};
use incident::escalation::EscalationPath;
use incident::identification::Sighting;
use incident::setup::CategoryCode;
use incident::{
    ClientId, Command, Impact, Incident, IncidentId, LogEntry, MINUTE, MessageId, PersonId, Setup, Severity,
    Signal, SignalId, Source, Timestamp, Urgency,
};
use replica::Live;

use super::marker::Markers;
use crate::chance::Chance;
use crate::shift::fixture;

/// How the people of this run work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// Everybody on what comes.
    Spread,
    /// Everybody on three incidents at once.
    HotKeys,
}

/// Somebody about to do something.
pub(super) struct Person<'a> {
    pub(super) chance: &'a mut Chance,
    pub(super) markers: &'a mut Markers,
    pub(super) desk: usize,
    pub(super) live: &'a Live,
    /// What the desk takes for now.
    pub(super) now: Timestamp,
    pub(super) habit: Habit,
}

impl Person<'_> {
    /// The next thing to do; nothing where this desk holds no client yet.
    pub(super) fn next(mut self) -> Option<Command> {
        let setup = Arc::clone(&self.live.setup);
        let clients: Vec<ClientId> = setup.clients.keys().copied().collect();
        if clients.is_empty() {
            return None;
        }
        let incidents: Vec<Arc<Incident>> = self.live.incidents.values().cloned().collect();
        let board = match self.habit {
            Habit::Spread => incidents,
            Habit::HotKeys => incidents.into_iter().take(3).collect(),
        };
        let wanted = match self.habit {
            Habit::Spread => 6,
            Habit::HotKeys => 3,
        };
        let signals: Vec<Arc<Signal>> = self.live.signals.values().cloned().collect();
        let logs = board.len() < wanted && self.chance.percent(40);
        if board.is_empty() || logs || (self.habit == Habit::Spread && self.chance.percent(6)) {
            return Some(self.begins(&setup, &clients));
        }
        if !signals.is_empty() && self.chance.percent(15) {
            let signal = Arc::clone(self.chance.pick(&signals));
            return Some(self.triages(&setup, &clients, &board, &signal));
        }
        let incident = Arc::clone(self.chance.pick(&board));
        Some(self.works(&setup, &incident))
    }

    fn words(&mut self, client: Option<ClientId>, about: &str) -> String {
        self.markers.words(client, self.desk, about)
    }

    fn entry(&mut self, setup: &Setup, client: ClientId) -> LogEntry {
        let of = setup.services.values().filter(|service| service.client == client);
        let services: Vec<_> = of.map(|service| service.id).collect();
        let services = if services.is_empty() { Vec::new() } else { vec![*self.chance.pick(&services)] };
        LogEntry {
            client,
            services,
            summary: self.words(Some(client), "it does not work"),
            symptoms: self.words(Some(client), "nobody can work"),
            reporter: "Ada Moreau".to_owned(),
            reported_at: self.now.plus_millis(-self.chance.between(0, 600_000)),
            source: *self.chance.pick(&Source::ALL),
            impact: *self.chance.pick(&Impact::ALL),
            drill: false,
            recurrence_of: None,
            occurred_at: None,
            detected_at: None,
        }
    }

    fn begins(&mut self, setup: &Setup, clients: &[ClientId]) -> Command {
        let client = *self.chance.pick(clients);
        let id = self.chance.id(self.now.millis());
        if self.chance.percent(75) {
            return Command::LogIncident(LogIncident {
                incident: IncidentId(id),
                entry: self.entry(setup, client),
            });
        }
        let client = self.chance.percent(60).then_some(client);
        let sighting = Sighting {
            source: Source::Staff,
            client,
            service: None,
            summary: self.words(client, "a red light"),
            details: self.words(client, "it blinks"),
            reporter: "the caretaker".to_owned(),
            reported_at: self.now,
            dedup_key: None,
            link: None,
        };
        Command::RaiseSignal(RaiseSignal { signal: SignalId(id), sighting })
    }

    fn triages(
        &mut self,
        setup: &Setup,
        clients: &[ClientId],
        board: &[Arc<Incident>],
        signal: &Signal,
    ) -> Command {
        let client = signal.sighting.client;
        match self.chance.place(3) {
            0 => {
                let incident = IncidentId(self.chance.id(self.now.millis()));
                let client = client.unwrap_or(*self.chance.pick(clients));
                let entry = self.entry(setup, client);
                Command::AcceptSignal(AcceptSignal { signal: signal.id, incident, entry })
            }
            1 => {
                let same = board.iter().filter(|incident| Some(incident.entry.client) == client);
                let same: Vec<_> = same.map(|incident| incident.id).collect();
                let into =
                    if same.is_empty() { self.chance.pick(board).id } else { *self.chance.pick(&same) };
                Command::MergeSignal(MergeSignal { signal: signal.id, into })
            }
            _ => {
                let reason = self.words(client, "a lamp test");
                Command::DismissSignal(DismissSignal { signal: signal.id, reason })
            }
        }
    }

    fn works(&mut self, setup: &Setup, known: &Incident) -> Command {
        let incident = known.id;
        let client = Some(known.entry.client);
        match self.chance.place(28) {
            0..=3 => Command::AddNote(AddNote { incident, text: self.words(client, "the client called") }),
            4 | 5 => {
                let category = CategoryCode((*self.chance.pick(&fixture::CATEGORIES)).to_owned());
                Command::Categorise(Categorise { incident, category })
            }
            6 | 7 => {
                let severity = *self.chance.pick(&Severity::ALL);
                let reason = self.words(client, "seen closer");
                Command::SetSeverity(SetSeverity { incident, from: known.severity(), severity, reason })
            }
            8 => {
                let urgency = *self.chance.pick(&Urgency::ALL);
                Command::SetUrgency(SetUrgency { incident, from: known.urgency, urgency })
            }
            9 | 10 => Command::Assess(Assess { incident, text: self.words(client, "a switch is down") }),
            11 | 12 => self.assigns(setup, known),
            13 => Command::AcceptAssignment(AcceptAssignment { incident }),
            14 | 15 => self.looks_for_the_cause(known),
            16 => Command::ApplyWorkaround(ApplyWorkaround { incident, text: self.words(client, "by hand") }),
            17 => {
                let text = self.words(client, "switch replaced");
                Command::RecordResolutionStep(RecordResolutionStep { incident, text })
            }
            18 => Command::Cancel(Cancel { incident, reason: self.words(client, "logged twice") }),
            19 => self.waits(known),
            20 => {
                let path = *self.chance.pick(&EscalationPath::ALL);
                let (to, reason) = (self.somebody(setup), self.words(client, "no spare part"));
                Command::Escalate(Escalate { incident, path, to, reason })
            }
            21 | 22 => self.tells(known),
            _ => self.ends(known),
        }
    }

    fn tells(&mut self, known: &Incident) -> Command {
        let channel = *self.chance.pick(&Channel::ALL);
        Command::TellClient(TellClient {
            incident: known.id,
            message: MessageId(self.chance.id(self.now.millis())),
            kind: *self.chance.pick(&MessageKind::ALL),
            channel,
            contact: "Ada Moreau".to_owned(),
            text: self.words(Some(known.entry.client), "a switch is down, and a spare one is on its way"),
            template: None,
            next_update_at: Some(self.now.plus_millis(30 * MINUTE)),
            topics: BTreeSet::new(),
            correction_of: None,
            outcome: (channel == Channel::Phone).then_some(Outcome::Answered),
        })
    }

    fn somebody(&mut self, setup: &Setup) -> PersonId {
        let people: Vec<PersonId> = setup.people.keys().copied().collect();
        *self.chance.pick(&people)
    }

    fn assigns(&mut self, setup: &Setup, known: &Incident) -> Command {
        let from = known.assignment.as_ref().map(|assignment| assignment.to);
        Command::Assign(Assign { incident: known.id, from, to: self.somebody(setup) })
    }

    fn looks_for_the_cause(&mut self, known: &Incident) -> Command {
        let text = self.words(Some(known.entry.client), "a bad switch");
        Command::RecordDiagnosis(RecordDiagnosis { incident: known.id, text })
    }

    fn waits(&mut self, known: &Incident) -> Command {
        let (incident, text) = (known.id, self.words(Some(known.entry.client), "no answer yet"));
        if known.open_pause().is_some() {
            return Command::ResumeClock(ResumeClock { incident, text });
        }
        Command::PauseClock(PauseClock { incident, reason: PauseReason::AwaitingClient, text })
    }

    fn ends(&mut self, known: &Incident) -> Command {
        let incident = known.id;
        let text = self.words(Some(known.entry.client), "mail flows again");
        match self.chance.place(5) {
            0 => Command::RestoreService(RestoreService { incident, text }),
            1 => Command::Resolve(Resolve { incident, text, cause: "a bad switch".to_owned() }),
            2 => Command::ConfirmRestoration(ConfirmRestoration {
                incident,
                channel: *self.chance.pick(&Channel::ALL),
                contact: "Ada Moreau".to_owned(),
                answer: *self.chance.pick(&Answer::ALL),
                text,
            }),
            3 => Command::Close(Close { incident, text, unconfirmed_reason: None }),
            _ => Command::Reopen(Reopen { incident, reason: text }),
        }
    }
}
