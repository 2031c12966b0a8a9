//! One Severity 1 incident handled as the policy asks, told by deeds, and the ways to spoil it.

use std::sync::Arc;

use incident::agreement::ClockKind;
use incident::command::{
    AcceptAssignment, AcceptSignal, ApproveException, Assess, Assign, AssignMajorRole, Cancel, Categorise,
    Close, ConfirmRestoration, Escalate, OpenBridge, OpenReview, RaiseSignal, RecordDiagnosis,
    RecordResolutionStep, RequestException, Resolve, RestoreService, SetSeverity, SetUrgency, TellClient,
    UpdateInternally,
};
use incident::communication::{Answer, Channel, Colleagues, MessageKind, Outcome};
use incident::escalation::EscalationPath;
use incident::exception::{Granted, Scope};
use incident::identification::Sighting;
use incident::major_incident::MajorRole;
use incident::setup::{CategoryCode, Setup};
use incident::{
    Command, Event, ExceptionId, Fact, Impact, LogEntry, MINUTE, Records, Severity, Source, Subject,
    Timestamp, Urgency, apply, decide,
};

use crate::{aftermath, fixture, premises};

/// Days after everything ended.
pub(crate) const LATER: Timestamp = Timestamp::from_millis(1_780_900_000_000);

/// A time of the day of the story, in UTC.
pub(crate) fn at(time: &str) -> Timestamp {
    Timestamp::from_rfc3339(&format!("2026-06-01T{time}:00Z")).expect("a time")
}

/// The house, and what happened in it.
pub(crate) struct Story {
    house: Records,
    events: Vec<Event>,
}

impl Story {
    /// Nothing but the log entry, from a signal.
    pub(crate) fn only_logged() -> Self {
        let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
        let mut story = Self { house: premises::well_run(), events: Vec::new() };
        let sighting = Sighting {
            source: Source::Phone,
            client: Some(fixture::client("acme")),
            service: Some(fixture::service("acme", "mail")),
            summary: "No mail arrives".into(),
            details: String::new(),
            reporter: "Ada".into(),
            reported_at: at("08:55"),
            dedup_key: None,
            link: None,
        };
        story.done("08:55", "ines", Command::RaiseSignal(RaiseSignal { signal, sighting }));
        let entry = LogEntry {
            client: fixture::client("acme"),
            services: vec![fixture::service("acme", "mail")],
            summary: "No mail arrives".into(),
            symptoms: "Nothing since this morning, on every floor".into(),
            reporter: "Ada".into(),
            reported_at: at("08:55"),
            source: Source::Phone,
            impact: Impact::EntireSite,
            drill: false,
            recurrence_of: None,
            occurred_at: None,
            detected_at: None,
        };
        story.done("09:00", "ines", Command::AcceptSignal(AcceptSignal { signal, incident, entry }));
        story
    }

    /// The whole story, as the policy asks for it.
    #[expect(clippy::too_many_lines, reason = "one deed after the other, as they are told")]
    pub(crate) fn good() -> Self {
        let incident = fixture::incident("I1");
        let mut story = Self::only_logged();
        story.all_done(aftermath::attested());
        let category = CategoryCode("software_bug".into());
        let (tom, kay) = (fixture::person("tom"), fixture::person("kay"));
        let text = |words: &str| words.to_owned();
        let deeds = [
            ("09:01", "ines", Command::Categorise(Categorise { incident, category })),
            (
                "09:01",
                "mora",
                Command::AssignMajorRole(AssignMajorRole {
                    incident,
                    role: MajorRole::IncidentManager,
                    to: fixture::person("mora"),
                    in_place_of: None,
                }),
            ),
            (
                "09:02",
                "mora",
                Command::SetSeverity(SetSeverity {
                    incident,
                    from: Severity::One,
                    severity: Severity::One,
                    reason: text("Every floor is without mail"),
                }),
            ),
            (
                "09:03",
                "ines",
                Command::SetUrgency(SetUrgency { incident, from: None, urgency: Urgency::High }),
            ),
            ("09:04", "ines", Command::Assess(Assess { incident, text: text("The queue stands still") })),
            (
                "09:05",
                "ines",
                Command::Escalate(Escalate {
                    incident,
                    path: EscalationPath::Technical,
                    to: kay,
                    reason: text("It needs the mail team"),
                }),
            ),
            (
                "09:05",
                "ines",
                Command::Escalate(Escalate {
                    incident,
                    path: EscalationPath::Managerial,
                    to: fixture::person("vance"),
                    reason: text("A whole site is without mail"),
                }),
            ),
            ("09:06", "ines", Command::Assign(Assign { incident, from: None, to: tom })),
            ("09:07", "tom", Command::AcceptAssignment(AcceptAssignment { incident })),
            ("09:07", "mora", Command::OpenBridge(OpenBridge { incident, line: text("bridge 4471") })),
            ("09:08", "cole", told("M1", MessageKind::FirstNotice, "No mail arrives", Some("10:05"))),
            ("09:20", "mora", to_colleagues(Colleagues::Tiers, "Tom looks at the queue")),
            ("09:20", "mora", to_colleagues(Colleagues::Management, "Tom looks at the queue")),
            ("09:20", "mora", to_colleagues(Colleagues::AccountManagers, "Tom looks at the queue")),
            (
                "09:30",
                "tom",
                Command::RecordDiagnosis(RecordDiagnosis {
                    incident,
                    text: text("The disk of the queue is full"),
                }),
            ),
            (
                "09:50",
                "tom",
                Command::RecordResolutionStep(RecordResolutionStep {
                    incident,
                    text: text("Old logs removed"),
                }),
            ),
            ("10:00", "tom", Command::RestoreService(RestoreService { incident, text: text("Mail flows") })),
            ("10:02", "cole", told("M2", MessageKind::Update, "Mail flows, we watch it", Some("11:00"))),
            ("10:05", "mora", to_colleagues(Colleagues::Management, "Mail flows")),
            (
                "10:10",
                "cole",
                Command::ConfirmRestoration(ConfirmRestoration {
                    incident,
                    channel: Channel::Phone,
                    contact: text("Ada"),
                    answer: Answer::Confirmed,
                    text: text("She sends and receives"),
                }),
            ),
            (
                "10:30",
                "tom",
                Command::Resolve(Resolve {
                    incident,
                    text: text("Log rotation set up"),
                    cause: text("Logs were never rotated"),
                }),
            ),
            ("10:40", "cole", told("M3", MessageKind::ResolutionConfirmation, "It is repaired", None)),
            (
                "10:50",
                "mora",
                Command::OpenReview(OpenReview {
                    incident,
                    incidents: Vec::new(),
                    owner: fixture::person("mora"),
                    manager: fixture::person("vance"),
                }),
            ),
            (
                "11:00",
                "mora",
                Command::Close(Close { incident, text: text("Done"), unconfirmed_reason: None }),
            ),
        ];
        story.all_done(deeds.into());
        story.all_done(aftermath::reviewed());
        story.all_done(aftermath::measured());
        story
    }

    /// The same, and an exception asked for and approved as the policy asks.
    pub(crate) fn with_an_exception() -> Self {
        let exception = ExceptionId(fixture::incident("X2").0);
        let mut story = Self::good();
        let request = RequestException {
            exception,
            clause: "§3.1".into(),
            clock: None,
            incident: None,
            client: Some(fixture::client("bolt")),
            service: None,
            begins_at: None,
            until: at("13:00"),
            prevents: "The ticket mail of this client is being moved".into(),
            if_refused: "The move waits for another week".into(),
            affected: "Nobody: the client has agreed".into(),
            control: "Calls are written down on paper".into(),
            evidence: Vec::new(),
            beneficiaries: Vec::new(),
            renewal_of: None,
        };
        story.done("12:00", "tom", Command::RequestException(request));
        let approve = ApproveException {
            exception,
            incident: None,
            acting_for: None,
            reason: "The client has agreed".into(),
            until: None,
            control: None,
        };
        story.done("12:10", "vance", Command::ApproveException(approve));
        story
    }

    fn all_done(&mut self, deeds: Vec<aftermath::Deed>) {
        for (time, who, deed) in deeds {
            self.done(time, who, deed);
        }
    }

    /// Somebody does something, and it is accepted.
    fn done(&mut self, time: &str, who: &str, command: Command) {
        let records = self.records();
        let events = decide(&records, &fixture::actor(who), at(time), &command);
        self.events.extend(events.unwrap_or_else(|refusal| panic!("{time} {who}: {refusal}")));
    }

    /// What the house knows after it.
    pub(crate) fn records(&self) -> Records {
        let mut records = self.house.clone();
        for event in &self.events {
            assert!(apply(&mut records, event), "{event:?} does not fold");
        }
        records
    }

    /// Its review was arranged, and it was cancelled.
    pub(crate) fn cancel(&mut self, now: Timestamp) {
        let incident = fixture::incident("I1");
        let (owner, manager) = (fixture::person("mora"), fixture::person("vance"));
        let review = Command::OpenReview(OpenReview { incident, incidents: Vec::new(), owner, manager });
        let cancel = Command::Cancel(Cancel { incident, reason: "Logged twice".into() });
        for command in [review, cancel] {
            let events = decide(&self.records(), &fixture::actor("mora"), now, &command);
            self.events.extend(events.expect("a cancelled incident"));
        }
    }

    /// The same without some facts.
    pub(crate) fn without(&mut self, is_left_out: fn(&Fact) -> bool) {
        self.events.retain(|event| !is_left_out(&event.fact));
    }

    /// The same without what one person did of it.
    pub(crate) fn without_of(&mut self, who: &str, is_left_out: fn(&Fact) -> bool) {
        self.events.retain(|event| event.actor != fixture::person(who) || !is_left_out(&event.fact));
    }

    /// The house is set up otherwise.
    pub(crate) fn set_up(&mut self, change: impl Fn(&mut Setup)) {
        change(Arc::make_mut(&mut self.house.setup));
    }

    /// The same with events of the incident changed.
    pub(crate) fn each(&mut self, change: impl Fn(&mut Event)) {
        let on_incident = |event: &&mut Event| matches!(event.subject, Subject::Incident(_));
        self.events.iter_mut().filter(on_incident).for_each(change);
    }

    /// The same with events of the signal changed.
    pub(crate) fn each_signal_event(&mut self, change: impl Fn(&mut Event)) {
        let on_signal = |event: &&mut Event| matches!(event.subject, Subject::Signal(_));
        self.events.iter_mut().filter(on_signal).for_each(change);
    }

    /// The same with events of the exception changed.
    pub(crate) fn each_exception_event(&mut self, change: impl Fn(&mut Event)) {
        let on_exception = |event: &&mut Event| matches!(event.subject, Subject::Exception(_));
        self.events.iter_mut().filter(on_exception).for_each(change);
    }

    /// The same with events of the audit changed.
    pub(crate) fn each_audit_event(&mut self, change: impl Fn(&mut Event)) {
        let on_audit = |event: &&mut Event| matches!(event.subject, Subject::Audit(_));
        self.events.iter_mut().filter(on_audit).for_each(change);
    }

    /// The same with another log entry.
    pub(crate) fn entry(&mut self, change: impl Fn(&mut LogEntry)) {
        self.each(|event| {
            if let Fact::IncidentLogged { entry, .. } = &mut event.fact {
                change(entry);
            }
        });
    }

    /// Everything on the incident from a time on happened so many minutes later.
    pub(crate) fn later(&mut self, from: &str, minutes: i64) {
        let from = at(from);
        self.each(|event| {
            if event.at >= from {
                event.at = event.at.plus_millis(minutes * MINUTE);
            }
        });
    }

    /// The client's agreement promises restoration as well.
    pub(crate) fn promise_restoration(&mut self, minutes: u32) {
        self.set_up(|setup| {
            for targets in setup.agreements.values_mut().flat_map(|agreement| &mut agreement.targets) {
                targets.restoration.clone_from(&targets.response);
                if let Some(target) = &mut targets.restoration {
                    target.minutes = minutes;
                }
            }
        });
    }

    /// Designated management granted an exception for that whole day.
    pub(crate) fn except(&mut self, clause: &str, clock: Option<ClockKind>, is_retroactive: bool) {
        let granted = Granted {
            id: ExceptionId(fixture::incident("X1").0),
            clause: clause.to_owned(),
            clock,
            from: at("00:00"),
            until: LATER,
            is_retroactive,
            is_undecided: false,
            ground: incident::exception::Ground::Deviation,
        };
        self.add("09:10", "vance", Fact::ExceptionGranted { granted });
    }

    /// The story's own exception is one of the whole house from a clause, for that day.
    pub(crate) fn everybody_is_excepted(&mut self, clause: &str) {
        self.each_exception_event(|event| {
            if let Fact::ExceptionRequested { application } = &mut event.fact {
                application.request.clause = clause.to_owned();
                application.request.scope = Scope::Period;
            }
        });
    }

    /// Management hears of a target that passed.
    pub(crate) fn escalates(&mut self, time: &str) {
        let (path, to) = (EscalationPath::Managerial, fixture::person("vance"));
        self.add(time, "mora", Fact::Escalated { path, to, reason: "The target has passed".into() });
    }

    /// Something else happened to the incident, after everything that was earlier.
    pub(crate) fn add(&mut self, time: &str, who: &str, fact: Fact) {
        let place = self.events.iter().position(|event| event.at > at(time));
        let event = Event {
            at: at(time),
            received: at(time),
            uncertainty_ms: 0,
            actor: fixture::person(who),
            subject: Subject::Incident(fixture::incident("I1")),
            fact,
        };
        self.events.insert(place.unwrap_or(self.events.len()), event);
    }

    /// The client has no Account Manager.
    pub(crate) fn nobody_answers_for_the_client(&mut self) {
        self.set_up(|setup| setup.clients.values_mut().for_each(|client| client.account_manager = None));
    }
}

/// A call that somebody at the client's answers.
fn told(message: &str, kind: MessageKind, words: &str, next: Option<&str>) -> Command {
    Command::TellClient(TellClient {
        incident: fixture::incident("I1"),
        message: fixture::message(message),
        kind,
        channel: Channel::Phone,
        contact: "Ada".to_owned(),
        text: words.to_owned(),
        template: None,
        next_update_at: next.map(at),
        topics: std::collections::BTreeSet::new(),
        correction_of: None,
        outcome: Some(Outcome::Answered),
    })
}

fn to_colleagues(colleagues: Colleagues, words: &str) -> Command {
    let incident = fixture::incident("I1");
    Command::UpdateInternally(UpdateInternally { incident, colleagues, text: words.to_owned() })
}
