//! The traps of agreements and clocks, each under its number: what a naive build gets wrong, and what holds here.
//!
//! Traps of calendars alone stand in `business_time/traps.rs`; what clients say and hear in those of messages.

#[path = "traps_clocks/agreements.rs"]
mod agreements;
#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "traps_clocks/exceptions.rs"]
mod exceptions;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "traps_clocks/measured.rs"]
mod measured;
#[path = "traps_clocks/pauses.rs"]
mod pauses;
#[path = "traps_clocks/replies.rs"]
mod replies;
#[path = "traps_clocks/severities.rs"]
mod severities;
#[path = "traps_clocks/zones.rs"]
mod zones;

use std::sync::Arc;

use entry::entry;
use incident::agreement::{ClockKind, PauseReason};
use incident::clock::{Reading, Verdict, read};
use incident::command::{
    AgreeLowering, Assess, Assign, Configure, LogIncident, PauseClock, ProposeLowering, RecordBreach, Reopen,
    Resolve, RestoreService, ResumeClock, SetSeverity,
};
use incident::{
    Actor, Agreement, Command, Event, Fact, Incident, IncidentId, Records, Refusal, Setting, Severity,
    Subject, Timestamp, apply, decide,
};

/// A moment of Monday, 2026-06-01, in New York, or of any day where it is written out.
fn at(text: &str) -> Timestamp {
    let written = if text.len() > 12 { text.to_owned() } else { format!("2026-06-01T{text}-04:00") };
    Timestamp::from_rfc3339(&written).unwrap_or_else(|| panic!("not a moment: {text}"))
}

/// The house, one incident, and what became of it.
struct Story {
    records: Records,
    id: IncidentId,
}

impl Story {
    /// Nothing logged yet; agreements may still be changed.
    fn house() -> Self {
        Self { records: fixture::records(), id: fixture::incident("I1") }
    }

    /// Severity 3 of a client, logged then.
    fn logged(client: &str, when: &str) -> Self {
        Self::house().log(client, when)
    }

    fn log(self, client: &str, when: &str) -> Self {
        let incident = self.id;
        let entry = entry(client, at(when));
        self.deed("ines", when, Command::LogIncident(LogIncident { incident, entry }))
    }

    /// Changes the agreement of a client.
    fn given(mut self, client: &str, change: impl FnOnce(&mut Agreement)) -> Self {
        let setup = Arc::make_mut(&mut self.records.setup);
        let known = setup.agreements.get(&(fixture::agreement(client), 1)).expect("an agreement");
        let mut next = known.clone();
        change(&mut next);
        setup.take(Setting::Agreement(next)).expect("a setting");
        self
    }

    fn tried(&self, who: &str, when: &str, command: &Command) -> Result<Vec<Event>, Refusal> {
        let actor = if who == "server" { Actor::server() } else { fixture::actor(who) };
        decide(&self.records, &actor, at(when), command)
    }

    /// A deed that is accepted.
    fn deed(mut self, who: &str, when: &str, command: Command) -> Self {
        let events = self.tried(who, when, &command).unwrap_or_else(|refusal| panic!("{when}: {refusal}"));
        events.iter().for_each(|event| assert!(apply(&mut self.records, event), "{event:?} does not fold"));
        self
    }

    /// A deed by name.
    fn does(self, who: &str, when: &str, deed: Deed) -> Self {
        let command = deed.of(&self);
        self.deed(who, when, command)
    }

    fn refused(&self, who: &str, when: &str, deed: Deed) -> Refusal {
        self.tried(who, when, &deed.of(self)).expect_err("a refusal")
    }

    /// Something that happened, whoever decided it.
    fn happened(mut self, when: &str, fact: Fact) -> Self {
        let (now, subject) = (at(when), Subject::Incident(self.id));
        let actor = fixture::person("vance");
        let event = Event { at: now, received: now, uncertainty_ms: 0, actor, subject, fact };
        assert!(apply(&mut self.records, &event));
        self
    }

    /// Assessed and assigned within minutes, so that the response is out of the way.
    fn responded(self, when: &str) -> Self {
        self.does("ines", when, Deed::Assign).does("tom", when, Deed::Assess)
    }

    fn incident(&self) -> &Incident {
        &self.records.incidents[&self.id]
    }

    fn clock(&self, kind: ClockKind, when: &str) -> Reading {
        read(self.incident(), &self.records.setup, kind, at(when))
    }

    fn resolution(&self, when: &str) -> Reading {
        self.clock(ClockKind::Resolution, when)
    }
}

/// Deeds that need no words of their own.
#[derive(Clone, Copy)]
enum Deed {
    Assign,
    Assess,
    Severity(Severity),
    Propose(Severity),
    Agree(Severity),
    Pause(PauseReason),
    Resume,
    Restore,
    Resolve,
    Reopen,
    Breach(ClockKind),
}

impl Deed {
    fn of(self, story: &Story) -> Command {
        let (incident, text) = (story.id, "what there is to say".to_owned());
        let from = story.incident().severity();
        match self {
            Self::Assign => Command::Assign(Assign { incident, from: None, to: fixture::person("tom") }),
            Self::Assess => Command::Assess(Assess { incident, text }),
            Self::Severity(severity) => {
                Command::SetSeverity(SetSeverity { incident, from, severity, reason: text })
            }
            Self::Propose(severity) => {
                Command::ProposeLowering(ProposeLowering { incident, from, severity, reason: text })
            }
            Self::Agree(severity) => Command::AgreeLowering(AgreeLowering { incident, severity, text }),
            Self::Pause(reason) => Command::PauseClock(PauseClock { incident, reason, text }),
            Self::Resume => Command::ResumeClock(ResumeClock { incident, text }),
            Self::Restore => Command::RestoreService(RestoreService { incident, text }),
            Self::Resolve => {
                Command::Resolve(Resolve { incident, text, cause: "logs were never rotated".into() })
            }
            Self::Reopen => Command::Reopen(Reopen { incident, reason: text }),
            Self::Breach(clock) => Command::RecordBreach(RecordBreach { incident, clock }),
        }
    }
}

fn configured(setting: Setting) -> Command {
    Command::Configure(Configure { setting })
}

#[track_caller]
fn assert_breached(reading: &Reading, when: &str) {
    assert!(
        matches!(reading.verdict, Verdict::Breached { at: broken, .. } if broken == at(when)),
        "{:?}, expected breached at {when}",
        reading.verdict
    );
}
