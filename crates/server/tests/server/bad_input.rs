//! What no desk should send: every one is answered with a sentence, and changes nothing.

use incident::command::{AddNote, Configure, LogIncident, RaiseSignal};
use incident::identification::{Sighting, Source};
use incident::log::LogEntry;
use incident::setup::Client;
use incident::{ClientId, Command, Incident, IncidentId, Refusal, RefusalCode, Setting, SignalId, Timestamp};
use protocol::{Kind, Verdict};
use server::store::claim::CLAIM_BACK_MAX_MS;
use uuid::Uuid;

use crate::Fixture;
use crate::fixture::{ACME, ACME_MAIL, BOB, BORG, DESK, INES, MINUTE, START, first, log_incident};

const DAY: i64 = 24 * 60 * MINUTE;

fn entry(incident: IncidentId, change: impl FnOnce(&mut LogEntry)) -> Command {
    let Command::LogIncident(mut log) = log_incident(incident, ACME, "Mail is down") else {
        panic!("a log entry")
    };
    change(&mut log.entry);
    Command::LogIncident(LogIncident { ..log })
}

fn refused(verdict: Verdict) -> Refusal {
    match verdict {
        Verdict::Refused { refusal } => refusal,
        other => panic!("{other:?}"),
    }
}

fn incident_of(house: &Fixture, id: IncidentId) -> Incident {
    let frame = house.pull(INES, &first());
    let image = frame.put.iter().find(|image| image.kind == Kind::INCIDENT && image.id == id.0);
    serde_json::from_str(image.expect("on the board").doc.get()).expect("an incident")
}

/// Logs an incident with a claim of so many milliseconds before receipt.
fn logged_late(house: &Fixture, back: i64) -> Incident {
    let incident = IncidentId(house.id());
    let claimed = house.server.clock().now().plus_millis(-back);
    // The report itself is of this year, whatever the desk's clock says.
    let reported_at = claimed.max(START.plus_millis(-100 * DAY));
    let mut envelope = house.envelope(entry(incident, |entry| entry.reported_at = reported_at));
    envelope.claim.at = claimed;
    let reply = house.server.submit(INES, DESK, vec![envelope]).expect("settled");
    assert!(matches!(reply.outcomes[0].verdict, Verdict::Accepted { .. }), "{reply:?}");
    incident_of(house, incident)
}

#[test]
fn a_desk_offline_for_weeks_is_believed_and_a_broken_clock_is_not() {
    let house = Fixture::new();
    let honest = logged_late(&house, CLAIM_BACK_MAX_MS);
    assert_eq!(honest.logged.at, START.plus_millis(-CLAIM_BACK_MAX_MS));
    assert_eq!((honest.logged.received, honest.logged.uncertainty_ms), (START, 7));
    for back in [CLAIM_BACK_MAX_MS + 1, START.millis(), i64::MAX] {
        let broken = logged_late(&house, back);
        assert_eq!((broken.logged.at, broken.logged.received), (START, START));
        assert_eq!(broken.logged.uncertainty_ms, u32::MAX, "nothing bounds it but its receipt");
        assert!(broken.agreement.is_some(), "its clocks have their targets");
    }
}

#[test]
fn a_time_of_report_can_be_one() {
    let house = Fixture::new();
    for (at, is_taken) in [
        (START.plus_millis(-365 * DAY), true),
        (START.plus_millis(-367 * DAY), false),
        (Timestamp::from_millis(0), false),
        (Timestamp::from_millis(i64::MIN), false),
        (START.plus_millis(5 * MINUTE), false),
        (Timestamp::from_millis(i64::MAX), false),
    ] {
        let verdict = house.act(INES, entry(IncidentId(house.id()), |entry| entry.reported_at = at));
        if is_taken {
            assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
            continue;
        }
        let refusal = refused(verdict);
        assert_eq!((refusal.code, refusal.field.as_deref()), (RefusalCode::Invalid, Some("reported_at")));
        assert!(refusal.instead.starts_with("Enter when it was reported"), "{refusal}");
    }
}

/// What somebody does to a good entry.
type Spoilt = fn(&mut LogEntry);

#[test]
fn words_that_say_nothing_or_hide_something_are_named() {
    let house = Fixture::new();
    let cases: [(Spoilt, RefusalCode, &str); 9] = [
        (|entry| entry.summary = " . ".into(), RefusalCode::Missing, "the summary is missing"),
        (
            |entry| entry.summary = "x".into(),
            RefusalCode::Missing,
            "the summary is too short to tell anything",
        ),
        (|entry| entry.symptoms.clear(), RefusalCode::Missing, "the reported symptoms are missing"),
        (
            |entry| entry.summary = "Mail\u{1b}[2J".into(),
            RefusalCode::Invalid,
            "character 5 of the summary is a control character",
        ),
        (
            |entry| entry.reporter = "Kim\nClient".into(),
            RefusalCode::Invalid,
            "character 4 of the reporter is a control character",
        ),
        (
            |entry| entry.symptoms = "No mail\u{0}".into(),
            RefusalCode::Invalid,
            "character 8 of the reported symptoms is a control character",
        ),
        (
            |entry| entry.reporter = "Acme \u{202e}mik".into(),
            RefusalCode::Invalid,
            "character 6 of the reporter turns the direction of writing",
        ),
        (
            |entry| entry.symptoms = "First line\n\u{2067}second".into(),
            RefusalCode::Invalid,
            "character 12 of the reported symptoms turns the direction of writing",
        ),
        (
            |entry| entry.reported_at = Timestamp::from_millis(0),
            RefusalCode::Invalid,
            "the time reported lies more than a year back",
        ),
    ];
    let head = house.server.head();
    for (spoil, code, what) in cases {
        let refusal = refused(house.act(INES, entry(IncidentId(house.id()), spoil)));
        assert_eq!((refusal.code, refusal.what), (code, format!("Log incident: {what}")));
    }
    assert_eq!(house.server.pull(INES, &first()).expect("a frame").to, *head.borrow());
    let text = entry(IncidentId(house.id()), |entry| entry.symptoms = "First line\n\tsecond".into());
    assert!(
        matches!(house.act(INES, text), Verdict::Accepted { .. }),
        "lines and columns are no hiding place"
    );
}

#[test]
fn a_service_named_twice_is_named_once() {
    let house = Fixture::new();
    let id = IncidentId(house.id());
    let twice = entry(id, |entry| entry.services = vec![ACME_MAIL, ACME_MAIL]);
    assert!(matches!(house.act(INES, twice), Verdict::Accepted { .. }));
    assert_eq!(incident_of(&house, id).entry.services, [ACME_MAIL]);
}

#[test]
fn an_id_that_cannot_be_used_is_refused_alike_whatever_stands_in_the_way() {
    let house = Fixture::new();
    let theirs = house.log(BORG, "Borg mail is down SECRET-B");
    let log = |person, id| refused(house.act(person, log_incident(id, ACME, "Mail is down")));
    let nil = log(BOB, IncidentId(Uuid::nil()));
    assert_eq!(nil.code, RefusalCode::Invalid);
    assert_eq!(log(BOB, theirs), nil, "an incident out of sight");
    assert_eq!(log(BOB, IncidentId(BORG.0)), nil, "a client");
    assert_eq!(log(INES, IncidentId(ACME_MAIL.0)), nil, "a service");
    let sighting = Sighting {
        source: Source::Staff,
        client: None,
        service: None,
        summary: "The mail icon is red".into(),
        details: String::new(),
        reporter: String::new(),
        reported_at: START,
        dedup_key: None,
        link: None,
    };
    for id in [Uuid::nil(), theirs.0] {
        let raise = Command::RaiseSignal(RaiseSignal { signal: SignalId(id), sighting: sighting.clone() });
        assert_eq!(refused(house.act(BOB, raise)).what, "Report: its id cannot be used");
    }
    let note = Command::AddNote(AddNote { incident: IncidentId(Uuid::nil()), text: "Seen".into() });
    assert_eq!(refused(house.act(INES, note)).code, RefusalCode::Invalid);
}

#[test]
fn a_setting_takes_no_id_of_something_else() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    for id in [Uuid::nil(), incident.0, INES.0] {
        let name = "Not a client".to_owned();
        let (zone, before) = ("UTC".into(), Vec::new());
        let client = Client { id: ClientId(id), name, zone, account_manager: None, before };
        let set = Command::Configure(Configure { setting: Setting::Client(client) });
        assert_eq!(refused(house.act(INES, set)).what, "Configure: its id cannot be used");
    }
    assert_eq!(incident_of(&house, incident).id, incident);
}
