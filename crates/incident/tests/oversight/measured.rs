//! Measures of §4.1: what the client heard in time, who knew first, what clients say, and a client's month.

use std::collections::BTreeSet;
use std::sync::Arc;

use incident::agreement::{ClockKind, Target};
use incident::command::{LogIncident, MergeSignal, MoveToClient, RaiseSignal};
use incident::communication::cadence::BeatKind;
use incident::communication::{Answer, Approval, Channel, Draft, MessageKind, Outcome, carried};
use incident::exception::Granted;
use incident::identification::Sighting;
use incident::measure::{
    BeatKey, Cell, CellKey, ClientMonth, CountedBy, Oddity, OddityKind, Period, Satisfaction,
    SatisfactionKey, Scored, Share, Told, client_month, log_lag, oddities, performance,
};
use incident::{
    Command, Event, Fact, IncidentId, LogEntry, MINUTE, MessageId, Setting, Severity, Source, Subject,
    SurveyId, Timestamp, apply,
};

use super::{House, MONDAY, at, entry, fixture};

/// A house whose gold agreement wants a first notice within 15 minutes and an update every hour.
fn talking() -> House {
    let mut house = House::new();
    let setup = Arc::make_mut(&mut house.records.setup);
    let mut gold = setup.agreements[&(fixture::agreement("acme"), 1)].clone();
    for targets in &mut gold.targets {
        let calendar = fixture::calendar("always");
        let within = |minutes| Some(Target { minutes, calendar, clause: "4.1".into() });
        (targets.first_notice, targets.update) = (within(15), within(60));
    }
    setup.take(Setting::Agreement(gold)).expect("an agreement");
    house
}

impl House {
    /// A message that nobody has carried yet.
    fn writes(&mut self, id: IncidentId, place: u128, kind: MessageKind, at: Timestamp) -> MessageId {
        let message = MessageId(uuid::Uuid::from_u128(place));
        let draft = Draft {
            message,
            kind,
            channel: Channel::Phone,
            contact: "Ada".into(),
            text: format!("Message {place}"),
            template: None,
            next_update_at: None,
            topics: BTreeSet::new(),
            correction_of: None,
        };
        self.happens(id, at, Fact::MessageWritten { draft, approval: Approval::NotNeeded });
        message
    }

    fn tells(&mut self, id: IncidentId, place: u128, kind: MessageKind, at: Timestamp) {
        let message = self.writes(id, place, kind, at);
        let (outcome, text) = (Outcome::Answered, String::new());
        self.happens(id, at, Fact::DeliveryRecorded { message, outcome, is_told: true, text });
    }

    /// Severity 2 from 13:00, told at 13:10 and at 14:30: twenty minutes after it was due.
    fn told_late(&mut self, name: &str) -> IncidentId {
        let id = self.logged(name, "acme", at(MONDAY), 0);
        self.severity(id, at(MONDAY), Severity::Two);
        self.tells(id, 1, MessageKind::FirstNotice, at("2026-06-01T13:10:00Z"));
        self.tells(id, 2, MessageKind::Update, at("2026-06-01T14:30:00Z"));
        id
    }

    fn month(&self, client: &str, month: u8, counted_by: CountedBy, now: &str) -> ClientMonth {
        let client = &self.records.setup.clients[&fixture::client(client)];
        client_month(&self.records, client, (2026, month), counted_by, at(now)).expect("a month")
    }

    fn told(&self, kind: BeatKind, now: &str) -> Told {
        let key = BeatKey { client: fixture::client("acme"), severity: Severity::Two, kind };
        self.month("acme", 6, CountedBy::Logged, now).communication.remove(&key).unwrap_or_default()
    }

    fn closed(&mut self, id: IncidentId, at: Timestamp) {
        self.happens(id, at, Fact::Closed { text: "It works again".into(), unconfirmed_reason: None });
    }

    fn asked(&mut self, id: IncidentId, answer: Option<(u8, u8)>) {
        let survey = Subject::Survey(SurveyId::of_closure(id, 1));
        let asked = Fact::SurveyAsked {
            incident: id,
            client: fixture::client("acme"),
            severity: Severity::Three,
            closed_at: at(MONDAY),
            channel: Channel::Email,
            contact: "Ada".into(),
        };
        self.happens_on(survey, at(MONDAY), asked);
        if let Some((score, best)) = answer {
            self.happens_on(survey, at(MONDAY), Fact::SurveyAnswered { score, best, text: String::new() });
        }
    }
}

#[test]
fn every_beat_is_in_time_late_or_not_decided() {
    let mut house = talking();
    let id = house.told_late("I1");
    let first = house.told(BeatKind::FirstNotice, "2026-06-01T15:00:00Z");
    assert_eq!((first.in_time.clone(), first.raw()), (vec![id], Some(Share { kept: 1, of: 1 })));
    let updates = house.told(BeatKind::Update, "2026-06-01T15:00:00Z");
    assert_eq!((updates.late.clone(), updates.pending.clone()), (vec![id], vec![id]));
    assert_eq!(updates.raw(), Some(Share { kept: 0, of: 1 }));
    // What is owed and overdue is late before anybody tells the client.
    let updates = house.told(BeatKind::Update, "2026-06-01T15:31:00Z");
    assert_eq!((updates.late, updates.pending), (vec![id, id], Vec::new()));
}

#[test]
fn what_was_cancelled_was_told_neither_late_nor_in_time() {
    let mut house = talking();
    let id = house.told_late("I1");
    let late = || "2026-06-01T17:00:00Z";
    assert_eq!(house.told(BeatKind::Update, late()).late, [id, id]);
    house.happens(id, at("2026-06-01T16:00:00Z"), Fact::Cancelled { reason: "A test of the monitor".into() });
    assert_eq!(house.told(BeatKind::Update, late()), Told::default());
}

#[test]
fn what_nobody_gave_a_time_is_no_data() {
    let mut house = talking();
    let id = house.logged("I1", "cobalt", at(MONDAY), 0);
    house.severity(id, at(MONDAY), Severity::Two);
    let month = house.month("cobalt", 6, CountedBy::Logged, "2026-06-02T13:00:00Z");
    let all: Vec<_> = month.communication.values().collect();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].no_time.clone(), all[0].raw(), all[0].net()), (vec![id], None, None));
}

fn excused(change: impl FnOnce(&mut Granted)) -> Told {
    let mut house = talking();
    let id = house.told_late("I1");
    let mut granted = Granted {
        id: fixture::exception("X1"),
        clause: "§3.4".into(),
        clock: None,
        from: at("2026-06-01T14:00:00Z"),
        until: at("2026-06-01T15:00:00Z"),
        is_retroactive: false,
        is_undecided: false,
        ground: incident::exception::Ground::Deviation,
    };
    change(&mut granted);
    house.happens(id, at("2026-06-01T14:00:00Z"), Fact::ExceptionGranted { granted });
    house.told(BeatKind::Update, "2026-06-01T15:00:00Z")
}

#[test]
fn an_exception_from_telling_counts_in_net_alone_and_only_for_what_it_covers() {
    let whole = excused(|_| {});
    assert_eq!((whole.late.len(), whole.excepted.len()), (1, 1));
    assert_eq!((whole.raw(), whole.net()), (Some(Share { kept: 0, of: 1 }), None));
    let part = excused(|granted| granted.until = at("2026-06-01T14:29:59Z"));
    assert_eq!(part.net(), Some(Share { kept: 0, of: 1 }));
    let other = excused(|granted| granted.clause = "§3.5".into());
    assert_eq!(other.excepted, []);
    let afterwards = excused(|granted| granted.is_retroactive = true);
    assert_eq!((afterwards.excepted.len(), afterwards.excepted_afterwards.len()), (0, 1));
    assert_eq!(afterwards.net(), Some(Share { kept: 0, of: 1 }));
    // A deed that came first improves no figure before somebody has decided on it.
    let undecided = excused(|granted| granted.is_undecided = true);
    assert_eq!((undecided.excepted.len(), undecided.excepted_afterwards.len()), (0, 0));
}

/// Told by the wrong client's name, and found out at half past two.
fn moves(house: &mut House, id: IncidentId) {
    moves_at(house, id, at("2026-06-01T14:30:00Z"));
}

fn moves_at(house: &mut House, id: IncidentId, now: Timestamp) {
    let (client, services) = (fixture::client("bolt"), vec![fixture::service("bolt", "mail")]);
    let moved = MoveToClient { incident: id, client, services, reason: "It is Bolt's mail".into() };
    house.does("mora", now, &Command::MoveToClient(moved));
}

#[test]
fn a_breach_before_a_move_is_that_of_the_first_client() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    let of = |house: &House, client: &str| {
        let key = CellKey {
            client: fixture::client(client),
            severity: Severity::Three,
            clock: ClockKind::Response,
        };
        let mut month = house.month(client, 6, CountedBy::Logged, "2026-06-30T13:00:00Z");
        assert!(month.performance.keys().all(|key| key.client == fixture::client(client)));
        month.performance.remove(&key).unwrap_or_default().breached
    };
    let (clock, due, severity) = (ClockKind::Response, at("2026-06-01T14:00:00Z"), Severity::Three);
    house.happens(id, due, Fact::TargetBreached { clock, due, severity, counted_by: None });
    moves(&mut house, id);
    assert_eq!((of(&house, "acme"), of(&house, "bolt")), (vec![id], vec![id]), "nobody ever answered bolt");
    // What is broken only later is the new client's.
    let late = house.logged("I2", "acme", at("2026-06-01T14:20:00Z"), 0);
    moves(&mut house, late);
    let mut both = vec![id, late];
    both.sort();
    assert_eq!((of(&house, "acme"), of(&house, "bolt")), (vec![id], both));
    // What falls due at the instant of the move is the new client's, as that instant is.
    let at_the_move = house.logged("I3", "acme", at("2026-06-01T13:30:00Z"), 0);
    let due = at("2026-06-01T14:30:00Z");
    house.happens(at_the_move, due, Fact::TargetBreached { clock, due, severity, counted_by: None });
    moves(&mut house, at_the_move);
    let mut all = vec![id, late, at_the_move];
    all.sort();
    assert_eq!((of(&house, "acme"), of(&house, "bolt")), (vec![id], all));
}

/// Due for acme at 14:00, moved at half past two, due for bolt at 15:00, and answered then or never.
fn moved_when_late(answered: Option<&str>) -> [(usize, usize); 2] {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    moves(&mut house, id);
    if let Some(answered) = answered {
        house.answered(id, at(answered));
    }
    ["acme", "bolt"].map(|client| {
        let clock = ClockKind::Response;
        let key = CellKey { client: fixture::client(client), severity: Severity::Three, clock };
        let mut month = house.month(client, 6, CountedBy::Logged, "2026-06-30T13:00:00Z");
        let cell = month.performance.remove(&key).unwrap_or_default();
        assert!(cell.uncertain.is_empty(), "every stamp is exact");
        (cell.breached.len(), cell.met.len())
    })
}

#[test]
fn each_client_has_the_promise_that_was_given_to_it() {
    // Kept to bolt, broken to acme.
    assert_eq!(moved_when_late(Some("2026-06-01T15:00:00Z")), [(1, 0), (0, 1)]);
    assert_eq!(moved_when_late(Some("2026-06-01T15:00:00.001Z")), [(1, 0), (1, 0)]);
    assert_eq!(moved_when_late(None), [(1, 0), (1, 0)]);
    // Answered by the very moment it became bolt's: nothing was left to promise to bolt.
    assert_eq!(moved_when_late(Some("2026-06-01T14:30:00Z")), [(1, 0), (0, 0)]);
}

/// Due for acme on Tuesday at 13:00, moved an hour later, due for bolt at 17:00, and back at 15:00, as the server heard
/// only then: how often that is broken, kept and in doubt.
fn moved_and_heard(received: &str) -> [(usize, usize, usize); 2] {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    moves_at(&mut house, id, at("2026-06-02T14:00:00Z"));
    let text = || "It works again".to_owned();
    let resolved = Fact::Resolved { text: text(), cause: "The disk was full".into() };
    for fact in [Fact::ServiceRestored { text: text() }, resolved] {
        let (actor, subject) = (fixture::person("tom"), Subject::Incident(id));
        let (at, received) = (at("2026-06-02T15:00:00Z"), at(received));
        let event = Event { at, received, uncertainty_ms: 0, actor, subject, fact };
        assert!(apply(&mut house.records, &event));
    }
    ["acme", "bolt"].map(|client| {
        let clock = ClockKind::Resolution;
        let key = CellKey { client: fixture::client(client), severity: Severity::Three, clock };
        let mut month = house.month(client, 6, CountedBy::Logged, "2026-06-30T13:00:00Z");
        let cell = month.performance.remove(&key).unwrap_or_default();
        (cell.breached.len(), cell.met.len(), cell.uncertain.len())
    })
}

#[test]
fn what_was_heard_late_is_in_doubt_by_the_promise_to_each_client_alone() {
    // Heard when it was due for bolt, it was in time either way; what acme was promised was broken before.
    assert_eq!(moved_and_heard("2026-06-02T17:00:00Z"), [(1, 0, 0), (0, 1, 0)]);
    assert_eq!(moved_and_heard("2026-06-02T17:00:00.001Z"), [(1, 0, 0), (0, 0, 1)]);
}

#[test]
fn what_one_client_was_to_hear_stays_in_its_figures() {
    let mut house = talking();
    // Late by twenty minutes at 14:30, when it moved.
    let id = house.told_late("I1");
    moves(&mut house, id);
    let back = MoveToClient {
        incident: id,
        client: fixture::client("acme"),
        services: vec![fixture::service("acme", "mail")],
        reason: "It was theirs after all".into(),
    };
    house.does("mora", at("2026-06-01T14:40:00Z"), &Command::MoveToClient(back));
    house.tells(id, 3, MessageKind::Update, at("2026-06-01T15:00:00Z"));
    let first = house.told(BeatKind::FirstNotice, "2026-06-01T15:30:00Z");
    assert_eq!((first.in_time.len(), first.late.len()), (1, 0));
    let updates = house.told(BeatKind::Update, "2026-06-01T15:30:00Z");
    assert_eq!((updates.late.len(), updates.in_time.len(), updates.pending.len()), (1, 1, 1));
    // Nobody had agreed with the other one how soon it hears.
    let key =
        BeatKey { client: fixture::client("bolt"), severity: Severity::Two, kind: BeatKind::FirstNotice };
    let other = house.month("bolt", 6, CountedBy::Logged, "2026-06-01T15:30:00Z").communication.remove(&key);
    assert_eq!(other.unwrap_or_default().no_time, [id]);
}

#[test]
fn what_a_move_or_a_reopening_overtook_is_not_carried() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    let carried_now = |house: &House, id| -> Vec<_> {
        carried(house.incident(id)).map(|message| message.draft.message).collect()
    };
    let first = house.writes(id, 1, MessageKind::FirstNotice, at(MONDAY));
    let resolved = house.writes(id, 2, MessageKind::ResolutionConfirmation, at(MONDAY));
    assert_eq!(carried_now(&house, id), [first, resolved]);
    let reopened = Fact::Reopened { reason: "It is back".into(), was_confirmed: false };
    house.happens(id, at("2026-06-01T14:00:00Z"), reopened);
    assert_eq!(carried_now(&house, id), [first], "it is not resolved, whatever was to be said");
    moves(&mut house, id);
    assert_eq!(carried_now(&house, id), [], "the first client has no part in it any more");
    let anew = house.writes(id, 3, MessageKind::FirstNotice, at("2026-06-01T14:31:00Z"));
    assert_eq!(carried_now(&house, id), [anew]);
}

#[test]
fn a_month_is_the_clients_own() {
    let mut house = talking();
    // 22:30 on the last of May in New York.
    let id = house.logged("I1", "acme", at("2026-06-01T02:30:00Z"), 5);
    let counted = |month| {
        let month = house.month("acme", month, CountedBy::Logged, "2026-07-02T00:00:00Z");
        (month.log_lag.len(), month.detection.client_first, month.performance.is_empty())
    };
    assert_eq!(counted(5), (1, vec![id], false));
    assert_eq!(counted(6), (0, Vec::new(), true));
}

#[test]
fn the_client_knew_first_where_nobody_here_had_seen_it() {
    let mut house = House::new();
    let told = house.logged("I1", "acme", at(MONDAY), 10);
    let seen = house.logged("I2", "acme", at(MONDAY), 10);
    let sighting = Sighting {
        source: Source::Monitoring,
        client: Some(fixture::client("acme")),
        service: None,
        summary: "The queue grows".into(),
        details: String::new(),
        reporter: "monitor".into(),
        reported_at: at(MONDAY).plus_millis(-20 * MINUTE),
        dedup_key: None,
        link: None,
    };
    let signal = fixture::signal("S1");
    let identified = at(MONDAY).plus_millis(-11 * MINUTE);
    house.does("ines", identified, &Command::RaiseSignal(RaiseSignal { signal, sighting }));
    house.does("ines", at(MONDAY), &Command::MergeSignal(MergeSignal { signal, into: seen }));
    let detection = house.month("acme", 6, CountedBy::Logged, MONDAY).detection;
    assert_eq!((detection.client_first.clone(), detection.house_first.clone()), (vec![told], vec![seen]));
    assert_eq!(detection.client_knew_first(), Some(Share { kept: 1, of: 2 }));
    assert_eq!(House::new().month("acme", 6, CountedBy::Logged, MONDAY).detection.client_knew_first(), None);
}

#[test]
fn trap_08_a_report_after_logging_is_invalid_and_in_no_figure() {
    let mut house = House::new();
    let id = house.logged("I1", "acme", at(MONDAY), 0);
    let mut wrong = house.incident(id).clone();
    wrong.entry.reported_at = at(MONDAY).plus_millis(MINUTE);
    let june = house.month("acme", 6, CountedBy::Logged, MONDAY).period;
    let lag = log_lag([&wrong], &house.records.setup, june).remove(&Source::Phone).expect("a source");
    assert_eq!((lag.invalid.clone(), lag.lags.len()), (vec![id], 0));
    assert_eq!((lag.median_ms(), lag.prompt()), (None, None));
}

#[test]
fn trap_75_silence_is_no_score() {
    let mut house = House::new();
    let closed: Vec<_> = (1..=5)
        .map(|number| {
            let id = house.logged(&format!("I{number}"), "acme", at(MONDAY), 0);
            house.closed(id, at("2026-06-02T13:00:00Z"));
            id
        })
        .collect();
    let of_month = |house: &House| {
        let key = SatisfactionKey { client: fixture::client("acme"), severity: Severity::Three };
        let month = house.month("acme", 6, CountedBy::Stopped, "2026-06-03T13:00:00Z");
        month.satisfaction.get(&key).cloned().unwrap_or_default()
    };
    assert_eq!(of_month(&House::new()), Satisfaction::default());
    assert_eq!((of_month(&house).response(), of_month(&house).not_asked.len()), (None, 5));
    house.asked(closed[0], None);
    let silent = of_month(&house);
    assert_eq!((silent.response(), silent.mean_hundredths(5)), (Some(Share { kept: 0, of: 1 }), None));
    house.asked(closed[1], Some((4, 5)));
    house.asked(closed[2], Some((1, 5)));
    // Nine of ten is no four and a half of five.
    house.asked(closed[3], Some((9, 10)));
    let some = of_month(&house);
    assert_eq!((some.response(), some.asked()), (Share::of(3, 4), Share::of(4, 5)));
    assert_eq!((some.mean_hundredths(5), some.mean_hundredths(10)), (Some(250), Some(900)));
    assert_eq!(some.scales(), BTreeSet::from([5, 10]));
    assert!(some.answered.contains(&Scored { incident: closed[3], score: 9, best: 10 }));
}

#[test]
fn what_is_counted_by_its_end_is_counted_where_the_client_heard_it() {
    let mut house = talking();
    // Half past eleven on the last of May in New York; the update follows in June.
    let id = house.logged("I1", "acme", at("2026-06-01T03:30:00Z"), 0);
    house.severity(id, at("2026-06-01T03:30:00Z"), Severity::Two);
    house.tells(id, 1, MessageKind::FirstNotice, at("2026-06-01T03:40:00Z"));
    house.tells(id, 2, MessageKind::Update, at("2026-06-01T04:20:00Z"));
    let heard = |month, kind, counted_by| {
        let key = BeatKey { client: fixture::client("acme"), severity: Severity::Two, kind };
        let month = house.month("acme", month, counted_by, "2026-06-01T04:30:00Z");
        let told = month.communication.get(&key).cloned().unwrap_or_default();
        (told.in_time.len(), told.pending.len())
    };
    let (notice, update) = (BeatKind::FirstNotice, BeatKind::Update);
    let by_log = |month| (heard(month, notice, CountedBy::Logged), heard(month, update, CountedBy::Logged));
    assert_eq!((by_log(5), by_log(6)), (((1, 0), (1, 1)), ((0, 0), (0, 0))));
    // The one that is owed next has no end yet.
    let by_end = |month| (heard(month, notice, CountedBy::Stopped), heard(month, update, CountedBy::Stopped));
    assert_eq!((by_end(5), by_end(6)), (((1, 0), (0, 0)), ((0, 0), (1, 0))));
}

#[test]
fn whoever_noticed_it_no_later_than_the_client_knew_it_first() {
    let mut house = House::new();
    let reported_at = at(MONDAY).plus_millis(-10 * MINUTE);
    let [later, at_once, _] = [("I1", 1), ("I2", 0), ("I3", -1)].map(|(name, minutes)| {
        let incident = fixture::incident(name);
        let detected_at = Some(reported_at.plus_millis(minutes * MINUTE));
        let entry = LogEntry { detected_at, ..entry("acme", reported_at) };
        house.does("ines", at(MONDAY), &Command::LogIncident(LogIncident { incident, entry }));
        incident
    });
    let detection = house.month("acme", 6, CountedBy::Logged, MONDAY).detection;
    assert_eq!((detection.client_first, detection.house_first.len()), (vec![later], 2));
    assert!(detection.house_first.contains(&at_once));
}

#[test]
fn a_period_ends_before_the_next_begins() {
    let month = |month| Period::month(2026, month, "UTC", CountedBy::Logged).expect("a month");
    let (may, june) = (month(5), month(6));
    assert_eq!(may.until, june.from);
    assert!(june.contains(june.from) && !may.contains(june.from));
}

#[test]
fn figures_of_service_levels_leave_out_what_was_excepted_or_recorded_wrongly() {
    let [met, excepted, corrected, uncertain] = ["I1", "I2", "I3", "I4"].map(fixture::incident);
    let cell = Cell {
        met: vec![met],
        breached: vec![excepted, corrected],
        excepted: vec![excepted],
        corrected: vec![corrected],
        uncertain: vec![uncertain],
        ..Cell::default()
    };
    assert_eq!(cell.decided(), 4);
    assert_eq!(
        (cell.raw(), cell.net(), cell.corrected()),
        (Share::of(1, 4), Share::of(1, 3), Share::of(1, 2))
    );
}

#[test]
fn what_was_broken_before_it_was_cancelled_is_counted_at_its_end_and_nothing_else_of_it() {
    let mut house = House::new();
    // Due at five in the afternoon of the last of May, and cancelled on the day after.
    let broken = house.logged("I1", "acme", at("2026-05-31T20:00:00Z"), 0);
    let (clock, due, severity) = (ClockKind::Response, at("2026-05-31T21:00:00Z"), Severity::Three);
    house.happens(broken, due, Fact::TargetBreached { clock, due, severity, counted_by: None });
    let kept = house.logged("I2", "acme", at(MONDAY), 0);
    for id in [broken, kept] {
        let reason = "A test of the monitor".into();
        house.happens(id, at("2026-06-01T13:10:00Z"), Fact::Cancelled { reason });
    }
    let listed = |month| {
        let month = Period::month(2026, month, "America/New_York", CountedBy::Stopped).expect("a month");
        let cells = performance(house.all(), &house.records.setup, month, at("2026-07-01T12:00:00Z"));
        let all = cells.into_iter().map(|(key, cell)| (key.clock, cell.breached, cell.not_counted.len()));
        all.collect::<Vec<_>>()
    };
    assert_eq!(listed(5), []);
    assert_eq!(listed(6), [(ClockKind::Response, vec![broken], 0)]);
}

impl House {
    fn odd(&self, id: IncidentId) -> Vec<Oddity> {
        oddities(self.incident(id), &self.records.setup)
    }
}

#[test]
fn a_severity_lowered_with_a_quarter_of_the_target_left_is_lowered_in_time() {
    let mut house = House::new();
    // 24 hours are promised for Severity 3.
    let in_time = house.logged("I1", "acme", at(MONDAY), 0);
    house.severity(in_time, at("2026-06-02T07:00:00Z"), Severity::Four);
    assert_eq!(house.odd(in_time), []);
    let late = house.logged("I2", "acme", at(MONDAY), 0);
    let lowered_at = at("2026-06-02T07:15:00Z");
    house.severity(late, lowered_at, Severity::Four);
    let by = Some(fixture::person("vance"));
    assert_eq!(
        house.odd(late),
        [Oddity { kind: OddityKind::LoweredLate, incident: late, at: lowered_at, by }]
    );
}

#[test]
fn what_is_reopened_within_a_day_of_its_end_is_looked_at() {
    let ended_at = at("2026-06-01T14:00:00Z");
    let odd = |reopened_at: Timestamp| {
        let mut house = House::new();
        let id = house.logged("I1", "acme", at(MONDAY), 0);
        house.answered(id, at(MONDAY));
        house.ended(id, ended_at);
        let reopened = Fact::Reopened { reason: "It is back".into(), was_confirmed: false };
        house.happens(id, reopened_at, reopened);
        house.odd(id).into_iter().map(|odd| (odd.kind, odd.at)).collect::<Vec<_>>()
    };
    let day = ended_at.plus_millis(24 * 60 * MINUTE);
    let just_before = day.plus_millis(-1);
    assert_eq!(odd(just_before), [(OddityKind::ReopenedSoon, just_before)]);
    assert_eq!(odd(day), []);
}

#[test]
fn what_is_closed_without_the_clients_yes_is_looked_at() {
    let closed_at = at("2026-06-01T14:00:00Z");
    let odd = |answer: Option<Answer>| {
        let mut house = House::new();
        let id = house.logged("I1", "acme", at(MONDAY), 0);
        if let Some(answer) = answer {
            let (channel, contact, text) = (Channel::Phone, "Ada".into(), "Whether mail flows".into());
            let asked = Fact::RestorationConfirmed { channel, contact, answer, text };
            house.happens(id, at("2026-06-01T13:30:00Z"), asked);
        }
        assert_eq!(house.odd(id), [], "it is not closed yet");
        house.closed(id, closed_at);
        house.odd(id)
    };
    let by = Some(fixture::person("vance"));
    let incident = fixture::incident("I1");
    let unconfirmed = [Oddity { kind: OddityKind::ClosedUnconfirmed, incident, at: closed_at, by }];
    assert_eq!(odd(None), unconfirmed);
    assert_eq!(odd(Some(Answer::NoAnswer)), unconfirmed);
    assert_eq!(odd(Some(Answer::Confirmed)), []);
}
