//! Traps about whose incident it is, what the client was told, and how it ends. Each names its number.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::collections::BTreeMap;
use std::sync::Arc;

use incident::agreement::{ClockKind, Target};
use incident::clock::{Verdict, read};
use incident::closing::{BreachReason, Owing, Silence, Validation, Weight, debt, silence, validation};
use incident::command::{
    ConfirmRestoration, IdentifyClient, LinkChild, MoveToClient, RaiseSignal, RecordClientReply,
    RecordDelivery, SetSeverity, TellClient, UnlinkChild,
};
use incident::communication::cadence::{BeatState, SetBy, beats, owed};
use incident::communication::matrix::{Cell, client_matrix};
use incident::communication::{
    Answer, Channel, MessageKind, Outcome, ReplyKind, Rest, Template, is_shown, shown_to,
};
use incident::identification::{
    AlertTally, Promptness, Sighting, Signal, SignalState, Turns, in_turn, log_lag,
};
use incident::log::Breach;
use incident::setup::Client;
use incident::timeline::line;
use incident::{
    Actor, Command, Duty, Event, Fact, Impact, Incident, MINUTE, PersonId, Records, Role, Setting, Severity,
    SignalId, Source, Subject, Timestamp, Verb, apply, decide, obligations,
};
use sensible::Desk;

const BEGINNING: &str = "2026-06-01T13:00:00Z";

/// A desk with a clock: deeds in words of few.
struct Day {
    records: Records,
    now: Timestamp,
}

impl Day {
    /// The house, with notices and updates agreed on for acme.
    fn begin() -> Self {
        let now = Timestamp::from_rfc3339(BEGINNING).expect("an instant");
        let mut day = Self { records: fixture::records(), now };
        day.agree(|targets| {
            let always = fixture::calendar("always");
            let minutes = |minutes| Target { minutes, calendar: always, clause: "5.1".into() };
            (targets[0].first_notice, targets[0].update) = (Some(minutes(15)), Some(minutes(30)));
            (targets[1].first_notice, targets[1].update) = (Some(minutes(30)), Some(minutes(60)));
        });
        day
    }

    /// Changes acme's agreement before anything is logged.
    fn agree(&mut self, change: impl FnOnce(&mut [incident::agreement::Targets; 4])) {
        let gold = (fixture::agreement("acme"), 1);
        let setup = Arc::make_mut(&mut self.records.setup);
        change(&mut setup.agreements.get_mut(&gold).expect("gold").targets);
    }

    fn set(&mut self, setting: Setting) {
        Arc::make_mut(&mut self.records.setup).take(setting).expect("a setting");
    }

    fn later(&mut self, minutes: i64) -> &mut Self {
        self.now = self.now.plus_millis(minutes * MINUTE);
        self
    }

    fn everybody() -> Actor {
        let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
        Actor { person: fixture::person("mora"), roles }
    }

    /// The sensible command of a verb.
    fn does(&mut self, verb: Verb) -> &mut Self {
        let actor = Self::everybody();
        let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
        let desk = Desk {
            records: &self.records,
            actor: &actor,
            now: self.now,
            incident,
            signal,
            record: None,
            pick: 0,
        };
        let command = desk.command(verb);
        self.gives(&command)
    }

    fn gives(&mut self, command: &Command) -> &mut Self {
        let events = decide(&self.records, &Self::everybody(), self.now, command);
        for event in events.expect("a deed that may be done") {
            apply(&mut self.records, &event);
        }
        self
    }

    fn logged(&mut self, impact: Impact) -> &mut Self {
        let actor = Self::everybody();
        let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
        let desk = Desk {
            records: &self.records,
            actor: &actor,
            now: self.now,
            incident,
            signal,
            record: None,
            pick: 0,
        };
        let mut command = desk.command(Verb::LogIncident);
        if let Command::LogIncident(deed) = &mut command {
            (deed.entry.impact, deed.entry.client) = (impact, fixture::client("acme"));
            deed.entry.services = vec![fixture::service("acme", "mail")];
        }
        self.gives(&command)
    }

    /// A person sets the severity: the one it has confirms it.
    fn ranked(&mut self, severity: Severity) -> &mut Self {
        let (incident, from) = (fixture::incident("I1"), self.incident().severity());
        let reason = "what the caller says".to_owned();
        self.gives(&Command::SetSeverity(SetSeverity { incident, from, severity, reason }))
    }

    fn tells(&mut self, kind: MessageKind, name: &str, outcome: Option<Outcome>) -> &mut Self {
        let command = Command::TellClient(TellClient {
            incident: fixture::incident("I1"),
            message: fixture::message(name),
            kind,
            channel: if outcome.is_some() { Channel::Phone } else { Channel::Email },
            contact: "Ada".into(),
            text: format!("How it stands, word {name}"),
            template: None,
            next_update_at: Some(self.now.plus_millis(600 * MINUTE)),
            topics: std::iter::empty().collect(),
            correction_of: None,
            outcome,
        });
        self.gives(&command)
    }

    fn arrives(&mut self, name: &str, outcome: Outcome) -> &mut Self {
        let (incident, message) = (fixture::incident("I1"), fixture::message(name));
        let text = String::new();
        self.gives(&Command::RecordDelivery(RecordDelivery { incident, message, outcome, text }))
    }

    fn answers(&mut self, answer: Answer) -> &mut Self {
        let (incident, channel) = (fixture::incident("I1"), Channel::Phone);
        let (contact, text) = ("Ada".to_owned(), "Asked whether it works".to_owned());
        self.gives(&Command::ConfirmRestoration(ConfirmRestoration {
            incident,
            channel,
            contact,
            answer,
            text,
        }))
    }

    fn replies(&mut self, kind: ReplyKind) -> &mut Self {
        let (incident, channel) = (fixture::incident("I1"), Channel::Email);
        let (contact, text) = ("Ada".to_owned(), "Thanks, all good".to_owned());
        self.gives(&Command::RecordClientReply(RecordClientReply { incident, kind, channel, contact, text }))
    }

    fn restored(&mut self) -> &mut Self {
        let to_restored = [
            Verb::Categorise,
            Verb::SetUrgency,
            Verb::Assess,
            Verb::Assign,
            Verb::RecordResolutionStep,
            Verb::RestoreService,
        ];
        for verb in to_restored {
            self.does(verb);
        }
        self
    }

    fn incident(&self) -> &Incident {
        &self.records.incidents[&fixture::incident("I1")]
    }

    fn owes(&self, duty: Duty) -> Option<Option<Timestamp>> {
        let of_it = Subject::Incident(fixture::incident("I1"));
        let mut all = obligations(&self.records, self.now).into_iter();
        all.find(|owed| owed.subject == of_it && owed.duty == duty).map(|owed| owed.due)
    }

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_rfc3339(BEGINNING).expect("an instant").plus_millis(minutes * MINUTE)
    }
}

#[test]
fn trap_03_late_logging_shows_and_moves_no_clock() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers);
    let mut incident = day.incident().clone();
    incident.entry.reported_at = Day::at(-40);
    let lag = log_lag(&incident, &day.records.setup);
    assert_eq!(lag.lag_ms, 40 * MINUTE);
    assert_eq!(lag.promptness, Promptness::Late { by_ms: 25 * MINUTE });
    let started = read(&incident, &day.records.setup, ClockKind::Response, day.now).started;
    assert_eq!(started, Day::at(0));
    let mut no_number = (*day.records.setup).clone();
    no_number.house.log_within_minutes = None;
    assert_eq!(log_lag(&incident, &no_number).promptness, Promptness::NotConfigured);
    incident.entry.reported_at = Day::at(1);
    assert_eq!(log_lag(&incident, &day.records.setup).promptness, Promptness::Invalid);
}

#[test]
fn trap_20_an_automatic_reply_has_no_effect() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).does(Verb::Assess).does(Verb::Assign).does(Verb::PauseClock);
    day.later(5).replies(ReplyKind::AutoReply);
    assert!(day.incident().open_pause().is_some());
    day.does(Verb::RestoreService).replies(ReplyKind::AutoReply);
    assert_eq!(day.incident().communication.candidate, None);
    assert_eq!(day.incident().communication.replies.len(), 2);
}

#[test]
fn trap_19_a_reply_resumes_at_the_instant_it_came() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).does(Verb::PauseClock).later(30).replies(ReplyKind::Human);
    assert_eq!(day.incident().pauses.last().and_then(|pause| pause.to), Some(Day::at(30)));
}

#[test]
fn trap_21_thanks_is_a_candidate_for_a_person() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).ranked(Severity::Three).restored().replies(ReplyKind::Human);
    assert!(day.incident().is_open() && day.incident().restored.is_some());
    assert_eq!(validation(day.incident()), Validation::Open);
    assert!(day.incident().communication.candidate.is_some());
    assert!(day.owes(Duty::ConfirmWithClient).is_some());
    day.answers(Answer::Confirmed);
    assert_eq!(day.incident().communication.candidate, None);
}

#[test]
fn trap_26_a_client_that_is_identified_late_is_bound_from_logging() {
    let mut day = Day::begin();
    let guest = fixture::client("guest");
    let known = &day.records.setup.clients[&fixture::client("acme")];
    let stand_in = Client { id: guest, name: "guest".into(), ..known.clone() };
    day.set(Setting::Client(stand_in));
    let mut house = day.records.setup.house.clone();
    house.identification.unidentified_client = Some(guest);
    day.set(Setting::House(house));
    day.logged(Impact::SomeUsers);
    let mut unknown = day.incident().clone();
    (unknown.entry.client, unknown.agreement) = (guest, None);
    day.records.incidents.insert(unknown.id, Arc::new(unknown));
    assert!(
        debt(day.incident(), &day.records.setup).iter().any(|d| d.paid_by.contains(&Verb::IdentifyClient))
    );
    let (incident, client) = (fixture::incident("I1"), fixture::client("acme"));
    let services = vec![fixture::service("acme", "mail")];
    day.later(90).gives(&Command::IdentifyClient(IdentifyClient { incident, client, services }));
    day.later(1);
    let reading = read(day.incident(), &day.records.setup, ClockKind::Response, day.now);
    assert_eq!(reading.due, Some(Day::at(60)), "counted from logging");
    assert_eq!(reading.verdict, Verdict::Breached { at: Day::at(90), on_arrival: true });
    // Whoever sees this client alone reads what was said before anybody knew it, whoever stands in by now.
    let (mut setup, kay) = ((*day.records.setup).clone(), fixture::person("kay"));
    setup.house.identification.unidentified_client = None;
    setup.people.get_mut(&kay).expect("a person").clients = Some(std::iter::once(client).collect());
    let (at, contact, text) = (Day::at(0), "Ada".to_owned(), "Still down".to_owned());
    let fact = Fact::ClientReplied { reply: ReplyKind::Human, channel: Channel::Email, contact, text };
    let subject = Subject::Incident(incident);
    let event = Event { at, received: at, uncertainty_ms: 0, actor: kay, subject, fact };
    assert!(is_shown(&event, day.incident(), &setup, kay));
}

#[test]
fn trap_27_messages_stay_with_the_first_client() {
    let mut day = Day::begin();
    day.logged(Impact::ManyUsers).tells(MessageKind::FirstNotice, "M1", Some(Outcome::Answered));
    let (incident, client) = (fixture::incident("I1"), fixture::client("bolt"));
    let services = vec![fixture::service("bolt", "mail")];
    let reason = "the caller named the wrong firm".to_owned();
    let command = Command::MoveToClient(MoveToClient { incident, client, services, reason });
    day.later(40).gives(&command).later(1);
    let moved = day.incident();
    assert_eq!(moved.communication.messages[0].client, fixture::client("acme"));
    assert_eq!(moved.communication.to(fixture::client("bolt")).count(), 0);
    assert!(day.owes(Duty::TellClient).is_some(), "the second client knows nothing");
    let broken = read(moved, &day.records.setup, ClockKind::Response, day.now).broken.expect("a breach");
    assert_eq!(broken.at, Day::at(30), "what the first agreement missed stays");
}

#[test]
fn trap_27_who_sees_the_second_client_alone_reads_no_word_of_the_first() {
    let mut day = Day::begin();
    day.logged(Impact::ManyUsers).tells(MessageKind::FirstNotice, "M1", Some(Outcome::Answered));
    day.replies(ReplyKind::Human);
    let (incident, client) = (fixture::incident("I1"), fixture::client("bolt"));
    let services = vec![fixture::service("bolt", "mail")];
    let reason = "the caller named the wrong firm".to_owned();
    let command = Command::MoveToClient(MoveToClient { incident, client, services, reason });
    day.later(20).gives(&command).later(1).tells(MessageKind::FirstNotice, "M2", Some(Outcome::Answered));
    day.replies(ReplyKind::Human);
    let reader = |name: &str, clients: Option<&[&str]>| {
        let mut setup = (*day.records.setup).clone();
        let person = setup.people.get_mut(&fixture::person(name)).expect("a person");
        person.clients = clients.map(|all| all.iter().map(|client| fixture::client(client)).collect());
        let shown = shown_to(day.incident().clone(), &setup, fixture::person(name));
        (shown.communication.messages.len(), shown.communication.replies.len())
    };
    let heard = |minutes: i64, clients: &[&str]| {
        let mut setup = (*day.records.setup).clone();
        let kay = fixture::person("kay");
        setup.people.get_mut(&kay).expect("a person").clients =
            Some(clients.iter().map(|client| fixture::client(client)).collect());
        let (at, contact, text) = (Day::at(minutes), "Ada".to_owned(), "Still down".to_owned());
        let fact = Fact::ClientReplied { reply: ReplyKind::Human, channel: Channel::Email, contact, text };
        let (received, subject) = (at, Subject::Incident(incident));
        let event = Event { at, received, uncertainty_ms: 0, actor: kay, subject, fact };
        is_shown(&event, day.incident(), &setup, kay)
    };
    assert_eq!((heard(0, &["bolt"]), heard(21, &["bolt"])), (false, true), "entries of the log alike");
    assert!(heard(0, &["acme", "bolt"]));
    assert_eq!(reader("ines", None), (2, 2), "whoever sees every client reads all of it");
    assert_eq!(reader("tom", Some(&["acme", "bolt"])), (2, 2));
    assert_eq!(reader("kay", Some(&["bolt"])), (1, 1), "what was said to the first client stays theirs");
}

#[test]
fn trap_27_what_the_first_client_said_confirms_nothing_for_the_second() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).ranked(Severity::Three).restored().does(Verb::Resolve);
    day.answers(Answer::Confirmed).later(5).replies(ReplyKind::Human);
    let said = &day.incident().communication;
    assert!(said.confirmed_the_resolution && said.candidate.is_some());
    assert_eq!(said.at_rest, [Rest { from: Day::at(0), to: None }]);
    let (incident, client) = (fixture::incident("I1"), fixture::client("bolt"));
    let services = vec![fixture::service("bolt", "mail")];
    let reason = "the caller named the wrong firm".to_owned();
    day.later(5).gives(&Command::MoveToClient(MoveToClient { incident, client, services, reason }));
    let said = &day.incident().communication;
    assert!(!said.confirmed_the_resolution);
    assert_eq!(said.candidate, None);
    assert_eq!(said.at_rest, [Rest { from: Day::at(0), to: Some(Day::at(10)) }], "updates are owed again");
}

#[test]
fn the_reason_for_parting_stands_in_one_record_alone() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers);
    let (parent, child) = (fixture::incident("I1"), fixture::incident("I2"));
    let mut other = day.incident().clone();
    (other.id, other.entry.client) = (child, fixture::client("bolt"));
    day.records.incidents.insert(child, Arc::new(other));
    day.gives(&Command::LinkChild(LinkChild { incident: parent, child }));
    let reason = "Acme's own storage failed".to_owned();
    let command = Command::UnlinkChild(UnlinkChild { incident: parent, child, reason: reason.clone() });
    let events = decide(&day.records, &Day::everybody(), day.now, &command).expect("a deed that may be done");
    let said: Vec<_> =
        events.iter().map(|event| (event.subject, line(&event.fact, &day.records.setup).text)).collect();
    assert_eq!(said[0], (Subject::Incident(parent), reason.clone()));
    assert_eq!(said[1].0, Subject::Incident(child));
    assert_ne!(said[1].1, reason, "another client's record keeps none of these words");
}

#[test]
fn trap_46_each_severity_has_its_own_hours() {
    let mut day = Day::begin();
    let office = fixture::calendar("new_york");
    day.agree(|targets| {
        let notice = targets[1].first_notice.as_mut().expect("a notice");
        notice.calendar = office;
    });
    // Saturday: Severity 1 is told at once, Severity 2 when the office opens.
    day.now = Timestamp::from_rfc3339("2026-06-06T13:00:00Z").expect("an instant");
    let saturday = day.now;
    day.logged(Impact::ManyUsers);
    let monday = Timestamp::from_rfc3339("2026-06-08T13:30:00Z").expect("an instant");
    assert_eq!(day.owes(Duty::TellClient), Some(Some(monday)));
    let mut grave = Day::begin();
    grave.now = saturday;
    grave.logged(Impact::EntireSite);
    assert_eq!(grave.owes(Duty::TellClient), Some(Some(saturday.plus_millis(15 * MINUTE))));
}

#[test]
fn trap_47_what_is_new_jumps_the_queue_of_what_repeats() {
    let mut records = fixture::records();
    let mut raised = |name: &str, minute: i64, change: &dyn Fn(&mut Sighting)| {
        let now = Day::at(minute);
        let mut sighting = Sighting {
            source: Source::Monitoring,
            client: Some(fixture::client("acme")),
            service: Some(fixture::service("acme", "mail")),
            summary: "The queue grows".into(),
            details: String::new(),
            reporter: "prometheus".into(),
            reported_at: now,
            dedup_key: None,
            link: None,
        };
        change(&mut sighting);
        let raise = Command::RaiseSignal(RaiseSignal { signal: fixture::signal(name), sighting });
        let events = decide(&records, &Actor::server(), now, &raise).expect("a signal");
        events.iter().for_each(|event| assert!(apply(&mut records, event)));
    };
    let monitor = |name: &'static str| {
        move |sighting: &mut Sighting| (sighting.service, sighting.reporter) = (None, name.into())
    };
    raised("S1", 0, &|_| ());
    raised("S2", 1, &|_| ());
    raised("S3", 2, &|_| ());
    raised("S4", 3, &|sighting| sighting.service = Some(fixture::service("acme", "web")));
    raised("S5", 4, &monitor("nagios"));
    raised("S6", 5, &monitor("nagios"));
    raised("S7", 6, &monitor("zabbix"));
    // Two calls about the same service are two people's words.
    raised("S8", 7, &|sighting| sighting.source = Source::Phone);
    raised("S9", 8, &|sighting| sighting.source = Source::Phone);
    let waiting = in_turn(records.signals.values().map(AsRef::as_ref));
    let expected =
        [("S1", 0), ("S4", 0), ("S5", 0), ("S7", 0), ("S8", 0), ("S9", 0), ("S2", 1), ("S6", 1), ("S3", 2)];
    assert_eq!(waiting, expected.map(|(name, turn)| (fixture::signal(name), turn)));
}

#[test]
fn a_signal_that_comes_or_goes_moves_the_turns_of_its_own_service_alone() {
    /// What happens to a signal, and which turns it moves.
    type Step = (&'static str, Option<Signal>, &'static [(&'static str, u32)]);
    let signal = |name: &str, minute: i64, service: &str| Signal {
        id: fixture::signal(name),
        sighting: Sighting {
            source: Source::Monitoring,
            client: Some(fixture::client("acme")),
            service: Some(fixture::service("acme", service)),
            summary: "The queue grows".into(),
            details: String::new(),
            reporter: "prometheus".into(),
            reported_at: Day::at(minute),
            dedup_key: None,
            link: None,
        },
        identified_at: Day::at(minute),
        raised_by: PersonId::SERVER,
        latest: None,
        tally: AlertTally::default(),
        state: SignalState::Open,
    };
    let mut waiting = BTreeMap::new();
    let mut turns = Turns::default();
    let mut told: BTreeMap<SignalId, u32> = BTreeMap::new();
    let steps: [Step; 8] = [
        ("S2", Some(signal("S2", 2, "mail")), &[("S2", 0)]),
        ("S3", Some(signal("S3", 3, "mail")), &[("S3", 1)]),
        ("S7", Some(signal("S7", 7, "web")), &[("S7", 0)]),
        // One that is older reached this desk later.
        ("S1", Some(signal("S1", 1, "mail")), &[("S1", 0), ("S2", 1), ("S3", 2)]),
        // It came again: its words change, and no turn.
        ("S2", Some(Signal { latest: Some("It grows on".into()), ..signal("S2", 2, "mail") }), &[("S2", 1)]),
        ("S2", None, &[("S3", 1)]),
        // It turns out to be about another service.
        ("S1", Some(signal("S1", 1, "web")), &[("S1", 0), ("S3", 0), ("S7", 1)]),
        ("S3", None, &[]),
    ];
    for (name, now, moved) in steps {
        let id = fixture::signal(name);
        let found: BTreeMap<_, _> = turns.take_in([(id, now.as_ref())]).into_iter().collect();
        let expected: BTreeMap<_, _> =
            moved.iter().map(|&(name, turn)| (fixture::signal(name), turn)).collect();
        assert_eq!(found, expected, "{name}");
        match now {
            Some(now) => drop(waiting.insert(id, now)),
            None => drop((waiting.remove(&id), told.remove(&id))),
        }
        told.extend(found);
        let anew: BTreeMap<_, _> = in_turn(waiting.values()).into_iter().collect();
        assert_eq!(told, anew, "as if all were ranked anew: {name}");
    }
}

#[test]
fn trap_59_each_client_confirms_its_own_restoration() {
    let mut day = Day::begin();
    day.logged(Impact::ManyUsers).tells(MessageKind::FirstNotice, "M1", Some(Outcome::Answered));
    let mut child = day.incident().clone();
    child.id = fixture::incident("I2");
    child.entry.client = fixture::client("cobalt");
    let outage = [day.incident().id, child.id];
    day.records.incidents.insert(child.id, Arc::new(child));
    let rows = client_matrix(&day.records, &outage);
    assert!(matches!(rows[0].first_notice, Cell::Told { times: 1, channel: Channel::Phone, .. }));
    assert_eq!(rows[1].first_notice, Cell::Nothing, "what one client was told tells no other");
    assert_eq!(rows.len(), 2);
}

#[test]
fn trap_62_the_cadence_runs_until_restoration_is_confirmed() {
    let mut day = Day::begin();
    day.logged(Impact::ManyUsers).tells(MessageKind::FirstNotice, "M1", Some(Outcome::Answered));
    day.later(10).ranked(Severity::One);
    day.does(Verb::Assess).does(Verb::Assign).does(Verb::ApplyWorkaround);
    assert!(day.owes(Duty::UpdateClient).is_some(), "a workaround ends nothing");
    day.does(Verb::RecordResolutionStep).does(Verb::RestoreService);
    assert_eq!(day.owes(Duty::UpdateClient), Some(Some(Day::at(40))), "the tighter cadence, from the change");
    day.later(5).answers(Answer::Confirmed);
    assert_eq!(day.owes(Duty::UpdateClient), None);
    day.later(60).does(Verb::Reopen);
    assert_eq!(day.owes(Duty::UpdateClient), Some(Some(Day::at(105))), "it goes on from the reopening");
}

#[test]
fn trap_63_told_is_what_was_delivered_or_answered() {
    let mut day = Day::begin();
    day.logged(Impact::ManyUsers).tells(MessageKind::FirstNotice, "M1", None);
    assert_eq!(day.owes(Duty::TellClient), Some(Some(Day::at(30))), "typed is not told");
    day.later(1).arrives("M1", Outcome::Failed);
    assert!(day.owes(Duty::TellClient).is_some());
    day.later(1).arrives("M1", Outcome::Delivered);
    assert!(day.owes(Duty::TellClient).is_none());
    day.later(1).arrives("M1", Outcome::Bounced);
    assert!(day.owes(Duty::TellClient).is_some(), "it came back after all");
    day.tells(MessageKind::FirstNotice, "M2", Some(Outcome::Voicemail));
    assert!(day.owes(Duty::TellClient).is_some(), "voicemail, and no word of it in the agreement");
    day.tells(MessageKind::FirstNotice, "M3", Some(Outcome::Answered));
    assert_eq!(day.owes(Duty::UpdateClient), Some(Some(Day::at(63))));
}

#[test]
fn trap_64_a_template_alone_is_no_update() {
    let mut day = Day::begin();
    let mut house = day.records.setup.house.clone();
    house.communication.templates =
        vec![Template { name: "sorry".into(), text: "We are sorry. We are working on it.".into() }];
    day.set(Setting::House(house));
    day.logged(Impact::ManyUsers);
    let tell = |text: &str| {
        Command::TellClient(TellClient {
            incident: fixture::incident("I1"),
            message: fixture::message("M1"),
            kind: MessageKind::FirstNotice,
            channel: Channel::Email,
            contact: "Ada".into(),
            text: text.into(),
            template: Some("sorry".into()),
            next_update_at: Some(Day::at(60)),
            topics: std::iter::empty().collect(),
            correction_of: None,
            outcome: None,
        })
    };
    let actor = Day::everybody();
    for alone in ["", " ", "we are WORKING on it", "We are sorry. We are working on it."] {
        assert!(decide(&day.records, &actor, day.now, &tell(alone)).is_err(), "{alone:?}");
    }
    assert!(decide(&day.records, &actor, day.now, &tell("Two disks of three are in")).is_ok());
}

#[test]
fn trap_65_confirmation_is_owed_at_every_severity() {
    for impact in Impact::ALL {
        let mut day = Day::begin();
        day.logged(impact).ranked(impact.provisional_severity()).restored().does(Verb::Resolve);
        let owed = debt(day.incident(), &day.records.setup);
        let untold = owed.iter().filter(|owed| owed.clause == "§3.4" && owed.weight == Weight::MustBePaid);
        assert_eq!(untold.count(), 2, "{impact:?}");
        day.tells(MessageKind::ResolutionConfirmation, "M1", Some(Outcome::Answered));
        let owed = debt(day.incident(), &day.records.setup);
        assert!(owed.iter().all(|owed| owed.clause != "§3.4" || owed.weight == Weight::MayBeLeft));
    }
}

#[test]
fn trap_66_silence_is_its_own_value() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).ranked(Severity::Three).restored().does(Verb::Resolve);
    day.answers(Answer::NoAnswer).answers(Answer::NoAnswer);
    assert_eq!(validation(day.incident()), Validation::NoAnswer { attempts: 2 });
    assert!(day.owes(Duty::TellClient).is_some(), "who did not answer was not told");
    assert_eq!(silence(day.incident(), &day.records.setup), Silence::NoRule);
}

#[test]
fn trap_67_what_the_client_says_is_shown_beside_the_answer() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).ranked(Severity::Three).restored().answers(Answer::Disputed);
    let Validation::Disputed { contact, .. } = validation(day.incident()) else { panic!("not disputed") };
    assert_eq!(contact, "Ada");
    let confirmation = day.incident().confirmation.as_ref().expect("an answer");
    assert_eq!(confirmation.text, "Asked whether it works", "the words stay beside the answer");
}

#[test]
fn a_reason_of_before_its_deadline_was_kept_speaks_of_all_that_had_passed_by_then() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers);
    let clock = ClockKind::Resolution;
    let mut old = day.incident().clone();
    old.closing.breach_reasons = vec![BreachReason {
        clock,
        reason: "parts".into(),
        text: "The disk was on order".into(),
        by: fixture::person("tom"),
        at: Day::at(120),
        due: None,
    }];
    for (minutes, left) in [(60, 0), (120, 0), (121, 1)] {
        old.breaches = vec![Breach { clock, due: Day::at(minutes), severity: Severity::Three }];
        let owed = debt(&old, &day.records.setup);
        let unexplained = owed.iter().filter(|owed| owed.owing == Owing::BreachReason { clock });
        assert_eq!(unexplained.count(), left, "a deadline after {minutes} minutes");
    }
}

#[test]
fn trap_75_a_survey_without_an_answer_has_no_score() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).ranked(Severity::Three).restored().does(Verb::Resolve);
    day.answers(Answer::Confirmed).does(Verb::Close).does(Verb::AskSurvey);
    let survey = day.records.surveys.values().next().expect("a survey");
    assert_eq!(survey.answer, None);
}

#[test]
fn nobody_works_on_a_survey_and_its_answer_changes_it() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).ranked(Severity::Three).restored().does(Verb::Resolve);
    day.answers(Answer::Confirmed).does(Verb::Close).later(5).does(Verb::AskSurvey);
    let survey = Subject::Survey(*day.records.surveys.keys().next().expect("a survey"));
    let seen = |day: &Day| {
        let record = day.records.get(survey).expect("a survey");
        (record.is_open(), record.changed_at())
    };
    assert_eq!(seen(&day), (false, Day::at(5)));
    day.later(60).does(Verb::RecordSurveyAnswer);
    assert_eq!(seen(&day), (false, Day::at(65)));
}

#[test]
fn what_was_cancelled_waits_for_no_higher_tier() {
    let mut day = Day::begin();
    day.logged(Impact::SomeUsers).does(Verb::Escalate);
    let waits = |day: &Day| {
        debt(day.incident(), &day.records.setup).iter().any(|owed| owed.owing == Owing::HigherTier)
    };
    assert!(waits(&day));
    day.does(Verb::Cancel);
    assert!(!waits(&day));
}

#[test]
fn a_beat_that_was_missed_stays_missed() {
    let mut day = Day::begin();
    day.logged(Impact::ManyUsers).later(45).tells(MessageKind::FirstNotice, "M1", Some(Outcome::Answered));
    let all = beats(day.incident(), &day.records.setup);
    assert_eq!(all.len(), 2);
    assert!(all[0].is_missed(day.now));
    assert_eq!(all[0].state, BeatState::Told { at: Day::at(45) });
    let next = owed(day.incident(), &day.records.setup).expect("an update");
    assert_eq!((next.due, next.set_by), (Some(Day::at(105)), SetBy::Agreement));
    assert!(!next.is_missed(Day::at(105)), "told at the due instant is kept");
}
