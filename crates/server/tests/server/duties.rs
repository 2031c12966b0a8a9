//! What the server does by itself beside deadlines of clocks: silence closes, exceptions end, incidents recur.

use std::collections::BTreeSet;

use incident::agreement::Target;
use incident::calendar::CalendarId;
use incident::command::{
    ApproveException, Assess, Assign, BreakGlass, Categorise, Configure, LogIncident, OpenReview,
    RecordDelivery, RecordRecurrence, RecordResolutionStep, RequestException, Resolve, RestoreService,
    SetSeverity, SetUrgency, TellClient,
};
use incident::communication::{Channel, MessageKind, Outcome};
use incident::exception::ExceptionState;
use incident::oversight::{DAY, Oversight, RecurrenceRule};
use incident::setup::{Category, CategoryCode, House};
use incident::{
    ClientId, Command, Exception, ExceptionId, Impact, Incident, IncidentId, MessageId, Phase, Review,
    ReviewId, Role, Setting, Severity, Subject, Timestamp, Urgency,
};
use protocol::Verdict;
use server::deadlines::Deadlines;
use server::store::Error;

use crate::Fixture;
use crate::fixture::{ACME, BORG, EVE, INES, MINUTE, START, log_incident, person};

fn minute(minutes: i64) -> Timestamp {
    START.plus_millis(minutes * MINUTE)
}

impl Fixture {
    /// With a category, and with numbers for reviews and exceptions.
    pub(crate) fn governed() -> Self {
        let house = Self::new();
        let category = Category {
            code: CategoryCode("network".into()),
            name: "Network".into(),
            under: None,
            retired_at: None,
        };
        house.sets(Setting::House(House { version: 1, categories: vec![category], ..House::default() }));
        let mut oversight = Oversight { version: 1, ..Oversight::default() };
        oversight.exceptions.break_glass_minutes = Some(60);
        oversight.exceptions.two_people_over_minutes = Some(1_440);
        oversight.reviews.recurrence = Some(RecurrenceRule { count: 3, days: 30 });
        house.sets(Setting::Oversight(oversight));
        house.sets(person(EVE, "Eve", &[Role::Supervisor], None));
        house
    }

    fn does(&self, person: incident::PersonId, command: Command) {
        let verdict = self.act(person, command.clone());
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{command:?}: {verdict:?}");
    }

    pub(crate) fn sets(&self, setting: Setting) {
        self.does(INES, Command::Configure(Configure { setting }));
    }

    pub(crate) fn logs(&self, client: ClientId, is_drill: bool) -> IncidentId {
        let incident = IncidentId(self.id());
        let Command::LogIncident(LogIncident { mut entry, .. }) =
            log_incident(incident, client, "Mail is slow")
        else {
            panic!("a log entry")
        };
        (entry.impact, entry.drill, entry.reported_at) =
            (Impact::SomeUsers, is_drill, self.server.clock().now());
        self.does(INES, Command::LogIncident(LogIncident { incident, entry }));
        incident
    }

    pub(crate) fn categorises(&self, incident: IncidentId) {
        let category = CategoryCode("network".into());
        self.does(INES, Command::Categorise(Categorise { incident, category }));
    }

    /// The record as the server's readers have it.
    pub(crate) fn reads<T: serde::de::DeserializeOwned>(&self, subject: Subject) -> T {
        let read = |conn: &rusqlite::Connection| {
            let sql = "SELECT doc FROM record WHERE id = ?1";
            let doc: String = conn.query_row(sql, [subject.id().into_bytes()], |row| row.get(0))?;
            Ok::<_, Error>(serde_json::from_str(&doc)?)
        };
        self.server.readers().snapshot(read).expect("a record")
    }

    fn incident(&self, id: IncidentId) -> Incident {
        self.reads(Subject::Incident(id))
    }

    fn exception(&self, id: ExceptionId) -> Exception {
        self.reads(Subject::Exception(id))
    }
}

/// An incident of Acme that is told to be resolved at a minute, after which the client says nothing.
fn silent(house: &Fixture, resolved: i64) -> IncidentId {
    let incident = house.logs(ACME, false);
    house.categorises(incident);
    let text = || "The queue was full".to_owned();
    let from = house.incident(incident).severity();
    let (severity, reason) = (Severity::Four, text());
    house.does(INES, Command::SetSeverity(SetSeverity { incident, from, severity, reason }));
    house.does(INES, Command::SetUrgency(SetUrgency { incident, from: None, urgency: Urgency::Low }));
    house.does(INES, Command::Assess(Assess { incident, text: text() }));
    house.does(INES, Command::Assign(Assign { incident, from: None, to: INES }));
    house.clock.set(minute(resolved));
    house.does(INES, Command::RecordResolutionStep(RecordResolutionStep { incident, text: text() }));
    house.does(INES, Command::RestoreService(RestoreService { incident, text: text() }));
    house.does(INES, Command::Resolve(Resolve { incident, text: text(), cause: text() }));
    let message = MessageId(house.id());
    house.does(
        INES,
        Command::TellClient(TellClient {
            incident,
            message,
            kind: MessageKind::ResolutionConfirmation,
            channel: Channel::Email,
            contact: "Kim Client".into(),
            text: "It works again".into(),
            template: None,
            next_update_at: None,
            topics: BTreeSet::new(),
            correction_of: None,
            outcome: None,
        }),
    );
    let (outcome, text) = (Outcome::Delivered, String::new());
    house.does(INES, Command::RecordDelivery(RecordDelivery { incident, message, outcome, text }));
    incident
}

fn silence_closes_after(house: &Fixture, minutes: u32) {
    let setup = house.server.setup();
    let mut gold = setup.agreements.values().next_back().expect("an agreement").clone();
    let calendar: CalendarId = *setup.calendars.keys().map(|(id, _)| id).next().expect("a calendar");
    gold.version += 1;
    gold.effective_from = house.server.clock().now();
    gold.contact.auto_close = Some(Target { minutes, calendar, clause: "5.1".into() });
    house.sets(Setting::Agreement(gold));
}

#[test]
fn silence_closes_only_where_the_agreement_says_so() {
    let house = Fixture::governed();
    let unsaid = silent(&house, 20);
    let mut deadlines = Deadlines::default();
    let next = deadlines.attend(&house.server).expect("attended");
    assert_eq!(next, None, "nothing more comes by itself");
    silence_closes_after(&house, 60);
    let agreed = silent(&house, 40);
    assert_eq!(deadlines.attend(&house.server).expect("attended"), Some(minute(100)));
    house.clock.set(minute(99));
    deadlines.attend(&house.server).expect("attended");
    assert!(house.incident(agreed).is_open());
    // The server is down when the hour is over, and closes it once it is back.
    let house = house.restart();
    house.clock.set(minute(300));
    let mut deadlines = Deadlines::default();
    deadlines.attend(&house.server).expect("attended");
    let closed = house.incident(agreed);
    assert!(matches!(closed.phase, Phase::Closed { .. }), "{:?}", closed.phase);
    assert!(closed.confirmation.is_none(), "silence confirms nothing");
    assert!(house.incident(unsaid).is_open());
    let head = *house.server.head().borrow();
    deadlines.attend(&house.server).expect("attended");
    assert_eq!(*house.server.head().borrow(), head, "once");
}

#[test]
fn broken_glass_lapses_and_an_exception_expires_by_themselves() {
    let house = Fixture::governed();
    let incident = house.logs(ACME, false);
    let (broken, asked) = (ExceptionId(house.id()), ExceptionId(house.id()));
    let words = || "The client cannot be reached".to_owned();
    house.does(
        INES,
        Command::BreakGlass(BreakGlass {
            exception: broken,
            incident,
            clause: "§3.5".into(),
            until: minute(600),
            prevents: words(),
            if_refused: words(),
            control: words(),
        }),
    );
    house.does(
        INES,
        Command::RequestException(RequestException {
            exception: asked,
            clause: "§3.5".into(),
            clock: None,
            incident: Some(incident),
            client: None,
            service: None,
            begins_at: None,
            until: minute(90),
            prevents: words(),
            if_refused: words(),
            affected: words(),
            control: words(),
            evidence: Vec::new(),
            beneficiaries: Vec::new(),
            renewal_of: None,
        }),
    );
    let mut deadlines = Deadlines::default();
    assert_eq!(deadlines.attend(&house.server).expect("attended"), Some(minute(30).plus_millis(1)));
    house.does(
        EVE,
        Command::ApproveException(ApproveException {
            exception: asked,
            incident: Some(incident),
            acting_for: None,
            reason: words(),
            until: None,
            control: None,
        }),
    );
    house.clock.set(minute(59));
    deadlines.attend(&house.server).expect("attended");
    assert_eq!(house.exception(broken).state, ExceptionState::Pending);
    assert_eq!(house.incident(incident).exceptions.len(), 2);
    house.clock.set(minute(60));
    deadlines.attend(&house.server).expect("attended");
    assert_eq!(house.exception(broken).state, ExceptionState::Lapsed);
    assert_eq!(house.incident(incident).exceptions.len(), 1, "it was never good for this incident");
    assert_eq!(house.exception(asked).state, ExceptionState::Granted);
    let house = house.restart();
    house.clock.set(minute(90));
    Deadlines::default().attend(&house.server).expect("attended");
    assert_eq!(house.exception(asked).state, ExceptionState::Expired);
    let (store, _gone) = house.into_store();
    store.verify().expect("every kind adds up");
}

#[test]
fn three_of_a_kind_recur_whichever_was_categorised_last_and_a_fourth_joins_their_review() {
    let house = Fixture::governed();
    let mut deadlines = Deadlines::default();
    let log = |days: i64| {
        house.clock.set(START.plus_millis(days * DAY));
        house.logs(ACME, false)
    };
    let (first, second, third) = (log(0), log(1), log(2));
    let drill = house.logs(ACME, true);
    let other = house.logs(BORG, false);
    let mut attend = || deadlines.attend(&house.server).map(drop).expect("attended");
    let recurs = |id| house.incident(id).review.recurs_with.len();
    for id in [drill, other, first, third] {
        house.categorises(id);
        attend();
    }
    assert_eq!([first, third, drill, other].map(recurs), [0; 4], "two of a kind, and what is none");
    // The older one is categorised last; it is the newest that recurs.
    house.categorises(second);
    attend();
    assert_eq!([first, second, third].map(recurs), [0, 0, 3]);
    let (incidents, owner) = (vec![first, second], INES);
    house.does(INES, Command::OpenReview(OpenReview { incident: third, incidents, owner, manager: EVE }));
    let fourth = log(20);
    house.categorises(fourth);
    attend();
    assert_eq!(recurs(fourth), 4);
    let review: Review = house.reads(Subject::Review(ReviewId::of(third)));
    assert_eq!(review.convening.incidents.len(), 4);
    assert_eq!(house.incident(fourth).review.review, Some(review.id));
    // Too late to be one of them.
    let fifth = log(60);
    house.categorises(fifth);
    attend();
    assert_eq!(recurs(fifth), 0);
}

#[test]
fn one_that_is_recorded_by_hand_joins_the_review_that_goes_on() {
    let house = Fixture::governed();
    let log = |days: i64| {
        house.clock.set(START.plus_millis(days * DAY));
        let incident = house.logs(ACME, false);
        house.categorises(incident);
        incident
    };
    // Nobody names the ones before: the records say which they are, and whose review goes on.
    let record = |incident| Command::RecordRecurrence(RecordRecurrence { incident, incidents: Vec::new() });
    let (first, second, third) = (log(0), log(1), log(2));
    house.does(INES, record(third));
    let (incidents, owner) = (vec![first, second], INES);
    house.does(INES, Command::OpenReview(OpenReview { incident: third, incidents, owner, manager: EVE }));
    let fourth = log(20);
    house.does(INES, record(fourth));
    let review: Review = house.reads(Subject::Review(ReviewId::of(third)));
    assert_eq!(review.convening.incidents.last(), Some(&fourth));
    assert_eq!(house.incident(fourth).review.review, Some(review.id));
}

#[test]
fn one_that_is_categorised_between_two_that_are_closed_recurs_with_them() {
    let house = Fixture::governed();
    silence_closes_after(&house, 60);
    let first = silent(&house, 20);
    house.clock.set(minute(25));
    let between = house.logs(ACME, false);
    house.clock.set(minute(30));
    let last = silent(&house, 40);
    let mut deadlines = Deadlines::default();
    let mut attend = || deadlines.attend(&house.server).map(drop).expect("attended");
    let recurs = |id| house.incident(id).review.recurs_with.len();
    house.clock.set(minute(300));
    attend();
    assert!([first, last].iter().all(|id| !house.incident(*id).is_open()));
    assert_eq!([first, between, last].map(recurs), [0; 3], "two of a kind");
    house.categorises(between);
    attend();
    assert_eq!([first, between, last].map(recurs), [0, 3, 0]);
}
