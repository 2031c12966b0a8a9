//! Every route, fed with what no desk and no tool would send: a sentence comes back, and nothing is changed.

use axum::http::Method;
use incident::agreement::{Target, Targets};
use incident::calendar::CalendarId;
use incident::command::{AddNote, Configure, Resolve};
use incident::communication::ContactTerms;
use incident::{Agreement, AgreementId, Command, IncidentId, RefusalCode, Setting, Timestamp};
use protocol::{FaultCode, PullRequest, PushReply, PushRequest, Verdict};
use server::deadlines::Deadlines;
use server::export::export_all;
use server::http::{Access, paths};
use server::store::hook::HookKind;
use uuid::Uuid;

use crate::fixture::{ACME, DESK, INES, START, first, log_incident};
use crate::http::{Served, json, serve};
use crate::intake::hook;

/// Bodies that are nothing to any route.
fn garbage() -> Vec<(&'static str, Vec<u8>)> {
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000)).into_bytes();
    vec![
        ("nothing", b"".to_vec()),
        ("blanks", b" \r\n\t".to_vec()),
        ("half an object", b"{\"desk\":".to_vec()),
        ("null", b"null".to_vec()),
        ("an empty list", b"[]".to_vec()),
        ("a number", b"7".to_vec()),
        ("a text", b"\"x\"".to_vec()),
        ("an empty object", b"{}".to_vec()),
        ("bytes that are no text", b"{\"a\":\"\xff\xfe\"}".to_vec()),
        ("a zero byte", b"{\"a\":\x00}".to_vec()),
        ("a zero byte in a text", b"{\"a\":\"\x00\"}".to_vec()),
        ("half a character", br#"["\ud800"]"#.to_vec()),
        ("a number without end", b"{\"a\":1e999}".to_vec()),
        ("a form", b"name=ines&password=x".to_vec()),
        ("another language", b"<alert/>".to_vec()),
        ("two values", b"{} {}".to_vec()),
        ("10,000 lists", deep("[", "]")),
        ("10,000 objects", deep("{\"a\":", "}")),
    ]
}

struct Doors {
    session: String,
    alertmanager: String,
    any: String,
}

impl Doors {
    async fn of(served: &Served) -> Self {
        Self {
            session: served.token("ines").await,
            alertmanager: hook(served, "prometheus", HookKind::Alertmanager, None).await,
            any: hook(served, "anything", HookKind::Generic, None).await,
        }
    }

    fn token(&self, path: &str, access: Access) -> Option<&str> {
        match access {
            Access::Anybody => None,
            Access::Session => Some(&self.session),
            Access::Hook if path.ends_with("alertmanager") => Some(&self.alertmanager),
            Access::Hook => Some(&self.any),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_that_takes_a_body_says_what_is_wrong_with_it() {
    let served = serve().await;
    let doors = Doors::of(&served).await;
    let head = *served.house.server.head().borrow();
    let mut walked = 0;
    for (method, path, access) in paths() {
        if method != Method::POST {
            continue;
        }
        for (what, body) in garbage() {
            let (status, fault) = served.fault("POST", path, doors.token(path, access), &body).await;
            assert_eq!(
                (status, fault.code),
                (400, FaultCode::Malformed),
                "{path}: {what}: {}",
                fault.message
            );
            let words = fault.message.to_lowercase();
            let is_told = words.contains("nothing was changed") || words.contains("nothing was raised");
            assert!(is_told, "{path}: {what}: {words}");
            walked += 1;
        }
    }
    assert_eq!(walked, 6 * garbage().len());
    assert_eq!(*served.house.server.head().borrow(), head, "nothing was written");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_with_one_wrong_field_does_nothing() {
    let served = serve().await;
    let token = served.token("ines").await;
    let incident = served.house.log(ACME, "Mail is down");
    let note = served.house.envelope(Command::AddNote(AddNote { incident, text: "Looked".into() }));
    let (id, seq, at) = (note.id, note.seq, note.claim.at.millis());
    let push = json(&PushRequest { desk: DESK, epoch: None, commands: vec![note] });
    let push = String::from_utf8(push).expect("text");
    let head = *served.house.server.head().borrow();
    let changes = [
        (format!("\"seq\":{seq}"), "\"seq\":-1"),
        (format!("\"seq\":{seq}"), "\"seq\":1.5"),
        (format!("\"seq\":{seq}"), "\"seq\":18446744073709551616"),
        (format!("\"seq\":{seq}"), "\"seq\":\"1\""),
        (format!("\"seq\":{seq}"), "\"seq\":1,\"seq\":2"),
        (
            format!("\"seq\":{seq}"),
            "\"seq\":1,\"former_numbers\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]",
        ),
        (format!("\"at\":{at}"), "\"at\":9223372036854775808"),
        (format!("\"at\":{at}"), "\"at\":\"9999-12-31T23:59:59Z\""),
        (format!("\"at\":{at}"), "\"at\":null"),
        ("\"uncertainty_ms\":7".to_owned(), "\"uncertainty_ms\":-7"),
        ("\"uncertainty_ms\":7".to_owned(), "\"uncertainty_ms\":4294967296"),
        (id.to_string(), "not-an-id"),
        (id.to_string(), "00000000-0000-0000-0000-000000000000"),
        (DESK.to_string(), "00000000-0000-0000-0000-000000000000"),
        (incident.to_string(), "'; DROP TABLE event; --"),
        ("\"add_note\"".to_owned(), "\"drop_tables\""),
        ("\"add_note\"".to_owned(), "null"),
        ("\"Looked\"".to_owned(), "7"),
        ("\"Looked\"".to_owned(), "[\"Looked\"]"),
        ("\"Looked\"".to_owned(), "\"Looked\",\"actor\":\"somebody\""),
    ];
    for (from, to) in changes {
        let changed = push.replace(&from, to);
        assert_ne!(changed, push, "{from} is not in {push}");
        let (status, fault) = served.fault("POST", "/v1/commands", Some(&token), changed.as_bytes()).await;
        assert_eq!((status, fault.code), (400, FaultCode::Malformed), "{to}: {}", fault.message);
    }
    assert_eq!(*served.house.server.head().borrow(), head, "nothing was written");
    let (status, _) = served.send("POST", "/v1/commands", Some(&token), push.as_bytes()).await;
    assert_eq!(status, 200, "as it was, it is taken");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reads_well_and_cannot_be_is_refused_on_record() {
    let served = serve().await;
    let token = served.token("ines").await;
    let incident = served.house.log(ACME, "Mail is down");
    let unknown = IncidentId(Uuid::from_u128(0xDEAD));
    let note = |incident, text: &str| Command::AddNote(AddNote { incident, text: text.into() });
    let reported = |millis| {
        let Command::LogIncident(mut log) = log_incident(IncidentId(served.house.id()), ACME, "Mail is slow")
        else {
            panic!("a log entry")
        };
        log.entry.reported_at = Timestamp::from_millis(millis);
        Command::LogIncident(log)
    };
    let cases = [
        (note(unknown, "Seen"), RefusalCode::Unknown),
        (note(IncidentId(ACME.0), "Seen"), RefusalCode::Unknown),
        (note(incident, "a\u{0}b"), RefusalCode::Invalid),
        (note(incident, &"x".repeat(8_001)), RefusalCode::TooLong),
        (note(incident, ""), RefusalCode::Missing),
        // The last day of the year 9999, one before the year 1, and the ends of the number line.
        (reported(253_402_214_400_000), RefusalCode::Invalid),
        (reported(-62_198_755_200_000), RefusalCode::Invalid),
        (reported(i64::MAX), RefusalCode::Invalid),
        (reported(i64::MIN), RefusalCode::Invalid),
        (
            Command::Resolve(Resolve { incident: unknown, text: "Done".into(), cause: "Disk".into() }),
            RefusalCode::Unknown,
        ),
    ];
    for (command, code) in cases {
        let shown = format!("{command:?}").chars().take(120).collect::<String>();
        let envelope = served.house.envelope(command);
        let push = json(&PushRequest { desk: DESK, epoch: None, commands: vec![envelope] });
        let (status, body) = served.send("POST", "/v1/commands", Some(&token), &push).await;
        assert_eq!(status, 200, "{shown} {body}");
        let reply: PushReply = serde_json::from_str(&body).expect("a reply");
        let Verdict::Refused { refusal } = &reply.outcomes[0].verdict else { panic!("{shown} {body}") };
        assert_eq!(refusal.code, code, "{shown} {refusal}");
        assert!(refusal.clause.starts_with('§') && refusal.instead.len() > 10, "{shown} {refusal}");
    }
    served.stop().await;
}

/// What somebody does to a good request.
type Spoilt = fn(&mut PullRequest);

#[tokio::test(flavor = "multi_thread")]
async fn a_pull_that_cannot_be_is_answered_in_words() {
    let served = serve().await;
    let token = served.token("ines").await;
    served.house.log(ACME, "Mail is down");
    let cases: [(&str, Spoilt, u16); 8] = [
        ("another protocol", |pull| pull.protocol = 0, 426),
        ("a protocol to come", |pull| pull.protocol = u32::MAX, 426),
        ("no desk", |pull| pull.desk = incident::DeskId(Uuid::nil()), 400),
        ("another history", |pull| pull.epoch = Some(Uuid::from_u128(7)), 409),
        ("ahead of the log", |pull| pull.cursor = u64::MAX, 409),
        ("a chain of nothing", |pull| (pull.cursor, pull.chain) = (1, Some("\u{0}".into())), 409),
        (
            "scopes without end",
            |pull| {
                let scope = protocol::ScopeFill { scope: protocol::ScopeId(1), low: u64::MAX };
                pull.scopes = vec![scope; 20_001];
            },
            400,
        ),
        ("all of it at once", |pull| (pull.wait_ms, pull.cursor) = (u32::MAX, u64::MAX - 1), 409),
    ];
    for path in ["/v1/sync/pull", "/v1/sync/stream"] {
        for (what, spoil, wanted) in cases {
            let mut pull = first();
            spoil(&mut pull);
            let body = json(&pull);
            let (status, fault) = served.fault("POST", path, Some(&token), &body).await;
            assert_eq!(status, wanted, "{path}: {what}: {}", fault.message);
        }
    }
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_cannot_be_is_answered_in_words() {
    let served = serve().await;
    let long = "x".repeat(200_000);
    for (name, password, wanted) in [
        ("", "", 401),
        ("ines", "", 401),
        ("\u{0}", "\u{0}\u{0}\u{0}", 401),
        ("' OR 1=1 --", "' OR 1=1 --", 401),
        (&long, "correct horse battery", 401),
        ("eve", &long, 401),
    ] {
        let body = json(&serde_json::json!({ "name": name, "password": password }));
        let (status, fault) = served.fault("POST", "/v1/session", None, &body).await;
        let shown: String = name.chars().take(20).collect();
        assert_eq!(
            (status, fault.code),
            (wanted, FaultCode::WrongCredentials),
            "{shown:?} {}",
            fault.message
        );
    }
    served.stop().await;
}

#[test]
fn a_house_of_extremes_still_answers() {
    let house = crate::Fixture::new();
    let always = CalendarId(Uuid::from_u128(0xCA1));
    for (version, from, until, minutes) in [
        (2, i64::MIN, None, u32::MAX),
        (3, 0, Some(i64::MAX), u32::MAX),
        (4, i64::MAX - 1, Some(i64::MAX), 1),
        (5, -62_198_755_200_000, Some(253_402_214_400_000), u32::MAX),
    ] {
        let target = Some(Target { minutes, calendar: always, clause: "4.1".into() });
        let targets = Targets { response: target.clone(), resolution: target, ..Targets::default() };
        let mut agreement = Agreement {
            // Each is an agreement of its own: a later version of one may not begin in the past.
            id: AgreementId(Uuid::from_u128(0xA600 + u128::from(version))),
            version,
            effective_from: Timestamp::from_millis(from),
            client: Some(ACME),
            service: None,
            name: "Extreme".into(),
            reference: "X-1".into(),
            targets: [targets.clone(), targets.clone(), targets.clone(), targets],
            pauses: Vec::new(),
            terms: Default::default(),
            contact: ContactTerms::default(),
        };
        agreement.terms.until = until.map(Timestamp::from_millis);
        let set = Command::Configure(Configure { setting: Setting::Agreement(agreement) });
        let verdict = house.act(INES, set);
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{version}: {verdict:?}");
        let incident = house.log(ACME, "Mail is down");
        assert!(matches!(house.note(INES, incident, "Looked"), Verdict::Accepted { .. }));
        Deadlines::default().attend(&house.server).expect("attended");
    }
    let (store, _gone) = house.into_store();
    let mut out = Vec::new();
    assert_eq!(export_all(&store, START, &mut out).expect("exported"), 4);
}
