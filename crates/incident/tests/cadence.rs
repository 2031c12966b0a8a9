//! What a client was to hear, beat by beat (§3.4), in what words that is owed, and who may read what was said.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;
use std::sync::Arc;

use entry::entry;
use incident::agreement::Target;
use incident::clock::Attention;
use incident::command::{LogIncident, MoveToClient};
use incident::communication::cadence::{Beat, BeatKind, BeatState, SetBy, beats};
use incident::communication::matrix::{Cell, client_matrix};
use incident::communication::{Answer, Approval, Channel, Draft, MessageKind, Outcome, is_limited, is_shown};
use incident::{
    Command, Duty, Event, Fact, Impact, Incident, IncidentId, LogEntry, MINUTE, Records, Severity, Subject,
    Timestamp, apply, decide, obligations,
};

/// So many minutes after it was logged.
fn at(minutes: i64) -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant").plus_millis(minutes * MINUTE)
}

/// An incident of acme, logged at the beginning, and what was said of it. Of Severity 1 acme hears within 15 minutes and
/// then every 30, of Severity 2 within the hour and then every hour.
struct Story {
    records: Records,
}

impl Story {
    fn logged(impact: Impact, methods: &[Channel]) -> Self {
        let mut records = fixture::records();
        let gold = (fixture::agreement("acme"), 1);
        let gold = Arc::make_mut(&mut records.setup).agreements.get_mut(&gold).expect("gold");
        let within = |minutes: u32| {
            Some(Target { minutes, calendar: fixture::calendar("always"), clause: "5.1".to_owned() })
        };
        (gold.targets[0].first_notice, gold.targets[0].update) = (within(15), within(30));
        (gold.targets[1].first_notice, gold.targets[1].update) = (within(60), within(60));
        gold.contact.methods = methods.to_vec();
        let entry = LogEntry { impact, ..entry("acme", at(0)) };
        Self { records }.done("ines", 0, &Command::LogIncident(LogIncident { incident: id(), entry }))
    }

    fn done(mut self, who: &str, minutes: i64, command: &Command) -> Self {
        let events = decide(&self.records, &fixture::actor(who), at(minutes), command);
        for event in events.expect("a deed that may be done") {
            assert!(apply(&mut self.records, &event), "{event:?} does not fold");
        }
        self
    }

    fn happened(mut self, minutes: i64, fact: Fact) -> Self {
        let event = happening(minutes, fact);
        assert!(apply(&mut self.records, &event), "{event:?} does not fold");
        self
    }

    /// Written, and nobody knows yet what became of it.
    fn written(self, minutes: i64, draft: Draft, approval: Approval) -> Self {
        self.happened(minutes, Fact::MessageWritten { draft, approval })
    }

    /// A call that was answered, which promised the next one.
    fn called(self, minutes: i64, name: &str, kind: MessageKind, next: i64) -> Self {
        let draft = Draft { next_update_at: Some(at(next)), ..draft(name, kind) };
        self.written(minutes, draft, Approval::NotNeeded)
            .happened(minutes, delivered(name, Outcome::Answered, true))
    }

    fn set_to(self, minutes: i64, severity: Severity) -> Self {
        let reason = "What the caller says".to_owned();
        self.happened(minutes, Fact::SeverityChanged { severity, reason, matrix: None })
    }

    fn answered(self, minutes: i64, answer: Answer) -> Self {
        let (contact, text) = ("Ada".to_owned(), "Asked whether mail works".to_owned());
        self.happened(minutes, Fact::RestorationConfirmed { channel: Channel::Phone, contact, answer, text })
    }

    fn moved(self, minutes: i64) -> Self {
        let (client, services) = (fixture::client("bolt"), vec![fixture::service("bolt", "mail")]);
        let reason = "The caller named the wrong firm".to_owned();
        let command = MoveToClient { incident: id(), client, services, reason };
        self.done("mora", minutes, &Command::MoveToClient(command))
    }

    fn incident(&self) -> &Incident {
        &self.records.incidents[&id()]
    }

    fn beats(&self) -> Vec<Beat> {
        beats(self.incident(), &self.records.setup)
    }

    /// Why a duty is owed.
    fn why(&self, duty: Duty, minutes: i64) -> Option<String> {
        let mut all = obligations(&self.records, at(minutes)).into_iter();
        all.find(|owed| owed.duty == duty).map(|owed| owed.why)
    }
}

fn id() -> IncidentId {
    fixture::incident("I1")
}

fn happening(minutes: i64, fact: Fact) -> Event {
    let (actor, subject) = (fixture::person("cole"), Subject::Incident(id()));
    Event { at: at(minutes), received: at(minutes), uncertainty_ms: 0, actor, subject, fact }
}

fn draft(name: &str, kind: MessageKind) -> Draft {
    Draft {
        message: fixture::message(name),
        kind,
        channel: Channel::Phone,
        contact: "Ada".to_owned(),
        text: format!("How it stands, word {name}"),
        template: None,
        next_update_at: None,
        topics: BTreeSet::new(),
        correction_of: None,
    }
}

fn delivered(name: &str, outcome: Outcome, is_told: bool) -> Fact {
    Fact::DeliveryRecorded { message: fixture::message(name), outcome, is_told, text: String::new() }
}

/// A beat of acme that the agreement set.
fn beat(kind: BeatKind, from: i64, due: i64, severity: Severity, state: BeatState) -> Beat {
    let (client, from, due) = (fixture::client("acme"), at(from), Some(at(due)));
    Beat { client, kind, from, due, set_by: SetBy::Agreement, severity, state }
}

#[test]
fn a_beat_asks_for_attention_ten_minutes_and_three_before_it_is_due_and_a_short_one_by_its_length() {
    for (length, caution_ms, warning_ms) in
        [(60, 10 * MINUTE, 3 * MINUTE), (30, 10 * MINUTE, 3 * MINUTE), (20, 400_000, 2 * MINUTE)]
    {
        let due = at(length);
        let asked = beat(BeatKind::Update, 0, length, Severity::Two, BeatState::Owed).attention();
        let caution = due.plus_millis(-caution_ms);
        let expected = Attention { watch: caution, caution, warning: due.plus_millis(-warning_ms) };
        assert_eq!(asked, Some(expected), "of {length} minutes");
    }
    let unset = beat(BeatKind::Update, 0, 60, Severity::Two, BeatState::Owed);
    assert_eq!(Beat { due: None, ..unset }.attention(), None, "nobody set a time");
}

#[test]
fn a_word_in_the_instant_of_a_raise_belongs_to_the_higher_severity() {
    let story = Story::logged(Impact::ManyUsers, &[]).called(10, "M1", MessageKind::FirstNotice, 30);
    let told = BeatState::Told { at: at(10) };
    let next = beat(BeatKind::Update, 10, 30, Severity::One, BeatState::Owed);
    assert_eq!(
        story.set_to(10, Severity::One).beats(),
        [
            beat(BeatKind::FirstNotice, 0, 25, Severity::One, told),
            // The agreement would give ten minutes more.
            Beat { set_by: SetBy::Promise, ..next },
        ]
    );
}

#[test]
fn a_raise_after_the_word_asks_nothing_of_what_was_said_before() {
    let story = Story::logged(Impact::ManyUsers, &[]).called(10, "M1", MessageKind::FirstNotice, 55);
    let told = BeatState::Told { at: at(10) };
    assert_eq!(
        story.set_to(20, Severity::One).beats(),
        [
            beat(BeatKind::FirstNotice, 0, 60, Severity::Two, told),
            beat(BeatKind::Update, 10, 50, Severity::One, BeatState::Owed),
        ]
    );
}

#[test]
fn a_client_that_disputes_as_it_is_lowered_is_owed_nothing_more_of_the_higher_severity() {
    let story = Story::logged(Impact::ManyUsers, &[]).called(10, "M1", MessageKind::FirstNotice, 40);
    let story = story.answered(30, Answer::Confirmed).answered(60, Answer::Disputed);
    let told = |minutes| BeatState::Told { at: at(minutes) };
    let update = beat(BeatKind::Update, 10, 40, Severity::Two, told(30));
    assert_eq!(
        story.set_to(60, Severity::Three).beats(),
        [
            beat(BeatKind::FirstNotice, 0, 60, Severity::Two, told(10)),
            Beat { set_by: SetBy::Promise, ..update },
        ]
    );
}

#[test]
fn what_was_owed_to_one_client_ceases_when_it_is_another_ones() {
    let all = Story::logged(Impact::ManyUsers, &[]).moved(5).beats();
    let told: Vec<_> = all.into_iter().map(|beat| (beat.client, beat.kind, beat.state)).collect();
    assert_eq!(
        told,
        [
            (fixture::client("acme"), BeatKind::FirstNotice, BeatState::Ceased { at: at(5) }),
            (fixture::client("bolt"), BeatKind::FirstNotice, BeatState::Owed),
        ]
    );
}

#[test]
fn what_is_owed_to_a_client_says_by_when_and_by_which_way() {
    let first = "The client is told of a Severity 1 or 2 incident within the time agreed.";
    for (methods, way) in [
        (&[][..], ""),
        (&[Channel::Phone][..], " The agreement says: by phone."),
        (
            &[Channel::Phone, Channel::Email, Channel::Portal][..],
            " The agreement says: by phone, or else by e-mail or portal.",
        ),
    ] {
        let story = Story::logged(Impact::ManyUsers, methods);
        assert_eq!(story.why(Duty::TellClient, 1), Some(format!("{first}{way}")));
    }
    let story = Story::logged(Impact::ManyUsers, &[Channel::Phone]);
    let promised = story.called(10, "M1", MessageKind::FirstNotice, 30);
    let why = "The client hears how it stands at the time promised. The agreement says: by phone.";
    assert_eq!(promised.why(Duty::UpdateClient, 11).as_deref(), Some(why));
}

#[test]
fn what_was_written_waits_or_is_on_its_way_until_somebody_knows() {
    let cells = |story: &Story| {
        let row = client_matrix(&story.records, &[id()]).pop().expect("a row");
        [row.first_notice, row.updates, row.restoration]
    };
    let story = Story::logged(Impact::ManyUsers, &[])
        .written(5, draft("M1", MessageKind::FirstNotice), Approval::NotNeeded)
        .written(6, draft("M2", MessageKind::Update), Approval::Waiting);
    assert_eq!(cells(&story), [Cell::OnItsWay, Cell::Waiting, Cell::Nothing]);
    let story = story.happened(12, delivered("M1", Outcome::NoAnswer, false));
    assert_eq!(cells(&story), [Cell::NotTold { at: at(12) }, Cell::Waiting, Cell::Nothing]);
}

#[test]
fn who_sees_the_second_client_alone_reads_no_message_to_the_first() {
    let mut story = Story::logged(Impact::ManyUsers, &[])
        .called(1, "M1", MessageKind::FirstNotice, 60)
        .moved(5)
        .called(6, "M2", MessageKind::FirstNotice, 60);
    let kay = fixture::person("kay");
    let setup = Arc::make_mut(&mut story.records.setup);
    setup.people.get_mut(&kay).expect("a person").clients = Some([fixture::client("bolt")].into());
    let setup = &story.records.setup;
    assert!(is_limited(setup, kay) && !is_limited(setup, fixture::person("tom")));
    assert!(!is_limited(setup, fixture::person("nobody")), "who is not known here is limited by nothing");
    for (name, is_read) in [("M1", false), ("M2", true)] {
        let message = fixture::message(name);
        let facts = [
            Fact::MessageWritten {
                draft: draft(name, MessageKind::FirstNotice),
                approval: Approval::NotNeeded,
            },
            Fact::MessageApproved { message },
            Fact::MessageReturned { message, reason: "It names a person".to_owned() },
            delivered(name, Outcome::Answered, true),
        ];
        for fact in facts {
            let event = happening(6, fact);
            assert_eq!(is_shown(&event, story.incident(), setup, kay), is_read, "{name}: {:?}", event.fact);
        }
    }
}

#[test]
fn what_became_of_a_message_is_said_in_words() {
    assert_eq!(
        Outcome::ALL.map(Outcome::name),
        ["delivered", "answered", "left on voicemail", "not answered", "not sent", "came back"]
    );
}
