//! Reviews with their actions (§3.7) and samples of records (§4.1), as they are kept from event to event.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;

use incident::agreement::ClockKind;
use incident::command::RecordRecurrence;
use incident::communication::{Answer, Channel};
use incident::log::Statement;
use incident::oversight::{RecurrenceRule, RiskWeights};
use incident::review::{Action, ActionState, Convening, Effect, SectionKind, Trigger, recurring};
use incident::sampling::{Plan, ordered, weight};
use incident::setup::CategoryCode;
use incident::{
    ActionId, Command, Event, Fact, FindingId, IncidentId, MINUTE, Obligation, RecordRef, Records, Review,
    ReviewId, Severity, Span, Subject, Timestamp, Verb, apply, server_duties,
};
use uuid::Uuid;

const DAY: i64 = 24 * 60 * MINUTE;

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("an instant")
}

fn monday() -> Timestamp {
    at("2026-06-01T13:00:00Z")
}

fn words(text: &str) -> String {
    text.to_owned()
}

fn action_id() -> ActionId {
    ActionId(fixture::thing("action", "D1"))
}

/// Mora's review of one incident, with Vance as her manager, and what became of it.
struct Story {
    records: Records,
    id: ReviewId,
}

impl Story {
    fn opened() -> Self {
        let incident = fixture::incident("I1");
        let convening = Convening {
            incidents: vec![incident],
            named: Vec::new(),
            clients: BTreeSet::from([fixture::client("acme")]),
            severity: Severity::One,
            because: vec![Trigger::Severity],
            owner: fixture::person("mora"),
            manager: fixture::person("vance"),
            finish_by: Some(monday().plus_millis(15 * DAY)),
        };
        let story = Self { records: fixture::records(), id: ReviewId::of(incident) };
        story.happens(monday(), Fact::ReviewOpened { convening })
    }

    /// With one action of Tom's, due on Friday.
    fn with_action() -> Self {
        let (action, owner, due_by) = (action_id(), fixture::person("tom"), monday().plus_millis(4 * DAY));
        Self::opened()
            .happens(monday(), Fact::ActionAdded { action, owner, text: words("Rotate logs"), due_by })
    }

    /// Done on Tuesday, and seen at the same hour.
    fn verified(effect_days: Option<u32>) -> Self {
        let (action, tuesday) = (action_id(), monday().plus_millis(DAY));
        Self::with_action()
            .happens(tuesday, Fact::ActionFinished { action, evidence: words("It ran twice") })
            .happens(tuesday, Fact::ActionVerified { action, text: words("It is there"), effect_days })
    }

    fn happens(mut self, at: Timestamp, fact: Fact) -> Self {
        let (actor, subject) = (fixture::person("mora"), Subject::Review(self.id));
        let event = Event { at, received: at, uncertainty_ms: 0, actor, subject, fact };
        assert!(apply(&mut self.records, &event));
        self
    }

    fn closes(self, at: Timestamp) -> Self {
        self.happens(at, Fact::ReviewClosed { text: words("All of it is done") })
    }

    /// An incident of its kind came.
    fn came_again(self, name: &str, logged_at: Timestamp) -> Self {
        let (incident, client) = (fixture::incident(name), fixture::client("acme"));
        let now = logged_at.max(monday().plus_millis(2 * DAY));
        self.happens(now, Fact::ReviewExtended { incident, client, logged_at })
    }

    fn review(&self) -> &Review {
        &self.records.reviews[&self.id]
    }

    fn action(&self) -> &Action {
        self.review().action(action_id()).expect("the action")
    }

    fn kept(&self) -> RecordRef<'_> {
        self.records.get(Subject::Review(self.id)).expect("the review")
    }

    fn owed(&self, now: Timestamp) -> Vec<Obligation> {
        self.kept().duties(&self.records.setup, now)
    }
}

#[test]
fn the_parts_of_a_review_have_their_names() {
    assert_eq!(
        SectionKind::ALL.map(SectionKind::name),
        ["Root cause", "Lessons learned", "Effectiveness of the response"]
    );
}

#[test]
fn a_review_is_kept_with_its_last_change_and_the_incidents_it_hangs_on() {
    let (opened, extended) = (Story::opened(), monday().plus_millis(2 * DAY));
    assert_eq!(opened.kept().changed_at(), monday());
    let story = opened.came_again("I2", extended);
    assert_eq!(story.kept().changed_at(), extended);
    let kin = ["I1", "I2"].map(|name| Subject::Incident(fixture::incident(name)));
    assert_eq!(story.kept().kin(), kin);
}

#[test]
fn a_review_is_over_when_it_is_closed_and_no_action_has_to_be_looked_at() {
    let (later, action) = (monday().plus_millis(3 * DAY), action_id());
    let is_open = |story: &Story| story.kept().is_open();
    assert!(is_open(&Story::opened()), "it is to be written");
    assert!(!is_open(&Story::opened().closes(later)));
    assert!(is_open(&Story::with_action().closes(later)), "an exception left the action behind");
    assert!(!is_open(&Story::verified(None).closes(later)));
    let watched = Story::verified(Some(30)).closes(later);
    assert!(is_open(&watched), "whether it helped is still to be said");
    let in_doubt = watched.came_again("I2", monday().plus_millis(5 * DAY));
    assert!(is_open(&in_doubt), "it came again");
    let upheld = Fact::ActionUpheld { action, reason: words("Another disk was full") };
    assert!(!is_open(&in_doubt.happens(monday().plus_millis(6 * DAY), upheld)));
}

#[test]
fn only_what_was_logged_while_an_action_was_watched_came_again() {
    let (seen, over) = (monday().plus_millis(DAY), monday().plus_millis(31 * DAY));
    let came = |logged_at: Timestamp| {
        let story = Story::verified(Some(30)).came_again("I2", logged_at);
        story.action().came_again.len()
    };
    for (logged_at, times) in [
        (seen.plus_millis(-1), 0),
        (seen, 0),
        (seen.plus_millis(1), 1),
        (over.plus_millis(-1), 1),
        (over, 0),
        (over.plus_millis(1), 0),
    ] {
        assert_eq!(came(logged_at), times, "logged at {}", logged_at.to_rfc3339());
    }
    let twice =
        Story::verified(Some(30)).came_again("I2", seen.plus_millis(1)).came_again("I2", seen.plus_millis(1));
    assert_eq!(twice.action().came_again, [fixture::incident("I2")], "one incident counts once");
}

#[test]
fn whether_an_action_helped_is_said_only_once_that_can_be_known() {
    let until = monday().plus_millis(31 * DAY);
    let said = || Some(Statement { at: monday(), by: fixture::person("vance"), text: words("It held") });
    let verified = Story::verified(Some(30)).action().clone();
    let upheld = Action { upheld: said(), ..verified.clone() };
    let again = Action { came_again: vec![fixture::incident("I2")], ..upheld.clone() };
    let came_again = Effect::CameAgain { incidents: vec![fixture::incident("I2")] };
    let just_before = until.plus_millis(-1);
    for (action, now, effect) in [
        (&verified, just_before, Effect::Watched { until }),
        (&verified, until, Effect::CannotTell),
        (&verified, until.plus_millis(1), Effect::CannotTell),
        (&upheld, just_before, Effect::Watched { until }),
        (&upheld, until, Effect::Worked),
        (&upheld, until.plus_millis(1), Effect::Worked),
        (&again, just_before, came_again.clone()),
        (&again, until, came_again),
    ] {
        assert_eq!(action.effect(now), effect);
    }
    let open = Action { state: ActionState::Open, ..again.clone() };
    let done = Action { state: ActionState::Done, ..again };
    let unwatched = Action { watched_until: None, ..upheld };
    for action in [open, done, unwatched] {
        assert_eq!(action.effect(until), Effect::CannotTell);
    }
}

#[test]
fn a_date_is_missed_a_millisecond_after_it_and_a_later_one_takes_nothing_back() {
    let due_by = monday().plus_millis(4 * DAY);
    let open = Story::with_action();
    assert_eq!(open.action().missed_by(due_by), None);
    assert_eq!(open.action().missed_by(due_by.plus_millis(1)), Some(due_by));
    let finished = Fact::ActionFinished { action: action_id(), evidence: words("It ran twice") };
    let in_time = open.happens(due_by, finished);
    assert_eq!(in_time.action().missed_by(due_by.plus_millis(DAY)), None);
    let anew = |owner: Option<&str>| Fact::ActionReopened {
        action: action_id(),
        due_by: monday().plus_millis(9 * DAY),
        owner: owner.map(fixture::person),
        reason: words("It ran once"),
    };
    // What was done is opened again; what was open is given to somebody else, and its date stays missed.
    let reopened = in_time.happens(due_by.plus_millis(DAY), anew(None));
    assert_eq!((reopened.action().reopened, reopened.action().missed), (1, None));
    let given = Story::with_action().happens(due_by.plus_millis(DAY), anew(Some("kay")));
    assert_eq!((given.action().reopened, given.action().missed), (0, Some(due_by)));
    assert_eq!(given.action().owner, fixture::person("kay"));
}

#[test]
fn the_manager_is_asked_when_an_action_is_two_days_late() {
    let story = Story::with_action();
    let asked = monday().plus_millis(6 * DAY);
    let is_asked = |now: Timestamp| {
        story.owed(now).iter().any(|owed| {
            owed.fulfilled_by == [Verb::ReopenAction] && owed.owner.person == Some(fixture::person("vance"))
        })
    };
    assert!(!is_asked(asked.plus_millis(-1)));
    assert!(is_asked(asked));
}

#[test]
fn a_review_is_to_be_closed_once_every_action_is_verified() {
    let took_part = || Fact::ReviewCompleted { took_part: words("Mora and Tom") };
    let later = monday().plus_millis(2 * DAY);
    let is_to_be_closed =
        |story: &Story| story.owed(later).iter().any(|owed| owed.fulfilled_by == [Verb::CloseReview]);
    assert!(!is_to_be_closed(&Story::with_action().happens(later, took_part())));
    assert!(is_to_be_closed(&Story::verified(None).happens(later, took_part())));
}

#[test]
fn a_sample_is_kept_with_its_last_change_and_the_records_of_its_open_findings() {
    let mut records = fixture::records();
    let subject = Subject::Audit(fixture::audit("A1"));
    let mut happens = |minutes: i64, fact: Fact| {
        let at = monday().plus_millis(minutes * MINUTE);
        let actor = fixture::person("vance");
        let event = Event { at, received: at, uncertainty_ms: 0, actor, subject, fact };
        assert!(apply(&mut records, &event));
        let kept = records.get(subject).expect("the audit");
        (kept.is_open(), kept.changed_at().since(monday()) / MINUTE, kept.kin())
    };
    let incident = fixture::incident("I1");
    let plan = Plan {
        period: Span { from: at("2026-05-01T00:00:00Z"), to: monday() },
        client: None,
        seed: 7,
        count: 1,
        weights: None,
        reviewer: fixture::person("vance"),
        order: vec![incident],
        handled: Vec::new(),
    };
    assert_eq!(happens(0, Fact::SampleDrawn { plan }), (true, 0, Vec::new()));
    let (finding, text) = (FindingId(fixture::thing("finding", "F1")), || words("No step is documented"));
    let found = Fact::FindingReported { finding, incident, clause: words("§3.1"), text: text() };
    assert_eq!(happens(1, found), (true, 1, vec![Subject::Incident(incident)]));
    assert_eq!(happens(2, Fact::FindingClosed { finding, text: text() }), (true, 2, Vec::new()));
    assert_eq!(happens(3, Fact::AuditClosed { text: text(), analysis: None }), (false, 3, Vec::new()));
}

#[test]
fn a_draw_of_before_is_drawn_the_same_for_ever() {
    let drawn = |seed: u32, heavy: bool| {
        let id = |number: u32| IncidentId(Uuid::from_u128(u128::from(number)));
        let all = (1..=8).map(|number| (id(number), if heavy { number } else { 1 }));
        ordered(seed, all).into_iter().map(|id| id.0.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(drawn(0, false), [8, 4, 1, 7, 2, 3, 5, 6]);
    assert_eq!(drawn(7, false), [4, 1, 8, 5, 3, 2, 6, 7]);
    assert_eq!(drawn(u32::MAX, false), [4, 3, 8, 1, 6, 7, 2, 5]);
    // The eighth is eight times as heavy as the first.
    assert_eq!(drawn(0, true), [8, 5, 1, 7, 2, 4, 3, 6]);
    assert_eq!(drawn(7, true), [5, 1, 8, 6, 4, 3, 7, 2]);
    assert_eq!(drawn(u32::MAX, true), [6, 5, 8, 2, 7, 4, 3, 1]);
}

#[test]
fn a_draw_follows_its_generator_to_the_last_bit() {
    let id = |number: u128| IncidentId(Uuid::from_u128(number));
    // Of 2^32 shares the first has so many, from nought on, and the second the others.
    let drawn = |first: u32| ordered(1, [(id(1), first), (id(2), u32::MAX - first + 1)])[0];
    // SplitMix64 of seed 1 begins with 0x910a_2dec_8902_5cc1: its upper half is the share that is drawn.
    assert_eq!(drawn(0x910a_2dec), id(2));
    assert_eq!(drawn(0x910a_2ded), id(1));
}

/// An incident of acme's, logged then, and what happened to it at once.
fn logged(records: &mut Records, incident: IncidentId, at: Timestamp, facts: Vec<Fact>) {
    let (entry, subject) = (entry::entry("acme", at), Subject::Incident(incident));
    let logged =
        Fact::IncidentLogged { number: None, entry, signal: None, agreement: None, calendars: Vec::new() };
    for fact in std::iter::once(logged).chain(facts) {
        let actor = fixture::person("vance");
        let event = Event { at, received: at, uncertainty_ms: 0, actor, subject, fact };
        assert!(apply(records, &event));
    }
}

/// The weight of a record to which these things happened, each risk with a weight of its own.
fn weight_after(facts: Vec<Fact>) -> u32 {
    let mut records = fixture::records();
    let incident = fixture::incident("I1");
    logged(&mut records, incident, monday(), facts);
    let weights = RiskWeights { severity: [0; 4], breached: 10, reopened: 20, lowered: 40, unconfirmed: 80 };
    weight(&records.incidents[&incident], &weights)
}

#[test]
fn each_risk_adds_its_own_weight() {
    let text = || words("What there is to say");
    let asked = |answer| {
        let (channel, contact) = (Channel::Phone, words("Ada"));
        Fact::RestorationConfirmed { channel, contact, answer, text: text() }
    };
    let closed = || Fact::Closed { text: text(), unconfirmed_reason: None };
    let set = |severity| Fact::SeverityChanged { severity, reason: text(), matrix: None };
    let (clock, due, severity) = (ClockKind::Response, monday(), Severity::Three);
    assert_eq!(weight_after(Vec::new()), 1);
    assert_eq!(weight_after(vec![Fact::TargetBreached { clock, due, severity, counted_by: None }]), 11);
    assert_eq!(weight_after(vec![Fact::Reopened { reason: text(), was_confirmed: false }]), 21);
    assert_eq!(weight_after(vec![set(Severity::Two)]), 1);
    assert_eq!(weight_after(vec![set(Severity::Four)]), 41);
    assert_eq!(weight_after(vec![asked(Answer::NoAnswer)]), 1, "it is not closed");
    assert_eq!(weight_after(vec![closed()]), 81);
    assert_eq!(weight_after(vec![asked(Answer::NoAnswer), closed()]), 81);
    assert_eq!(weight_after(vec![asked(Answer::Confirmed), closed()]), 1);
}

/// What became of an incident that is like another.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// It is worked on.
    Open,
    /// It was closed, and nobody had said that it recurs.
    Closed,
    /// It was closed, and found to recur with others.
    Named,
}

/// How many outages an incident that is open recurs with, itself among them, where these like it came so many
/// milliseconds later, or earlier below zero.
fn recurs_with(others: &[(i64, Fate)]) -> usize {
    let mut records = fixture::records();
    let of = fixture::incident("I1");
    let categorised = || Fact::Categorised { category: CategoryCode(words("network_outage")) };
    let closed = || Fact::Closed { text: words("Done"), unconfirmed_reason: None };
    logged(&mut records, of, monday(), vec![categorised()]);
    for (place, (after, fate)) in others.iter().enumerate() {
        let facts = match fate {
            Fate::Open => vec![categorised()],
            Fate::Closed => vec![categorised(), closed()],
            Fate::Named => vec![categorised(), Fact::RecurrenceFound { with: vec![of] }, closed()],
        };
        let id = fixture::incident(&format!("I{}", place + 2));
        logged(&mut records, id, monday().plus_millis(*after), facts);
    }
    let at_hand = records.incidents.values().map(AsRef::as_ref);
    recurring(at_hand, &records.incidents[&of], RecurrenceRule { count: 3, days: 30 }).len()
}

#[test]
fn an_incident_recurs_with_newer_ones_that_were_closed_before_anybody_could_say_so() {
    let month = 30 * DAY;
    for (later, outages) in [
        (vec![(DAY, Fate::Closed), (2 * DAY, Fate::Closed)], 3),
        // What was said of the newest says it of all of them.
        (vec![(DAY, Fate::Closed), (2 * DAY, Fate::Named)], 0),
        // Its days end before thirty are over.
        (vec![(DAY, Fate::Closed), (month - 1, Fate::Closed)], 3),
        (vec![(DAY, Fate::Closed), (month, Fate::Closed)], 0),
        // A newer one that is open says it itself, of what came after it too.
        (vec![(DAY, Fate::Closed), (2 * DAY, Fate::Closed), (3 * DAY, Fate::Open)], 3),
        (vec![(DAY, Fate::Closed), (2 * DAY, Fate::Open), (3 * DAY, Fate::Closed)], 0),
        (vec![(DAY, Fate::Closed), (DAY, Fate::Open)], 0),
    ] {
        assert_eq!(recurs_with(&later), outages, "{later:?}");
    }
}

#[test]
fn thirty_days_back_are_over_at_their_last_instant() {
    let month = 30 * DAY;
    assert_eq!(recurs_with(&[(1 - month, Fate::Closed), (-DAY, Fate::Closed)]), 3);
    assert_eq!(recurs_with(&[(-month, Fate::Closed), (-DAY, Fate::Closed)]), 0);
}

/// Three incidents of acme's on one morning, that are open; categorised alike, or not yet.
fn three(is_categorised: bool) -> Records {
    let mut records = fixture::records();
    for (place, name) in ["I1", "I2", "I3"].into_iter().enumerate() {
        let category = CategoryCode(words("network_outage"));
        let facts = is_categorised.then_some(Fact::Categorised { category }).into_iter().collect();
        let minutes = i64::try_from(place).expect("a small number");
        logged(&mut records, fixture::incident(name), monday().plus_millis(minutes * MINUTE), facts);
    }
    records
}

#[test]
fn what_nobody_has_categorised_recurs_with_nothing() {
    let rule = RecurrenceRule { count: 3, days: 30 };
    for (is_categorised, outages) in [(false, 0), (true, 3)] {
        let records = three(is_categorised);
        let newest = &records.incidents[&fixture::incident("I3")];
        let at_hand = records.incidents.values().map(AsRef::as_ref);
        assert_eq!(recurring(at_hand, newest, rule).len(), outages);
    }
}

#[test]
fn the_server_says_once_what_an_incident_recurs_with() {
    let mut records = three(true);
    let newest = fixture::incident("I3");
    let found = |records: &Records| {
        let now = monday().plus_millis(5 * MINUTE);
        let (due, _) = server_duties(records, Subject::Incident(newest), now);
        let commands = due.into_iter().map(|duty| duty.command);
        commands.filter(|command| matches!(command, Command::RecordRecurrence(_))).collect::<Vec<_>>()
    };
    let mut incidents = vec![fixture::incident("I1"), fixture::incident("I2")];
    incidents.sort();
    let expected =
        Command::RecordRecurrence(RecordRecurrence { incident: newest, incidents: incidents.clone() });
    assert_eq!(found(&records), [expected]);
    let at = monday().plus_millis(5 * MINUTE);
    let (actor, subject) = (fixture::person("vance"), Subject::Incident(newest));
    incidents.push(newest);
    let fact = Fact::RecurrenceFound { with: incidents };
    assert!(apply(&mut records, &Event { at, received: at, uncertainty_ms: 0, actor, subject, fact }));
    assert_eq!(found(&records), []);
}

#[test]
fn a_review_is_whole_when_its_last_part_is_there_and_not_anew_with_every_word() {
    let later = |days: i64| monday().plus_millis(days * DAY);
    let written =
        |section| Fact::ReviewWritten { section, text: words("What there is to say"), facts: Vec::new() };
    let story = Story::with_action()
        .happens(later(1), written(SectionKind::RootCause))
        .happens(later(2), written(SectionKind::Lessons));
    assert_eq!(story.review().whole_at, None);
    let story = story.happens(later(3), written(SectionKind::Response));
    assert_eq!(story.review().whole_at, Some(later(3)));
    let story = story.happens(later(4), written(SectionKind::Lessons));
    assert_eq!(story.review().whole_at, Some(later(3)));
}
