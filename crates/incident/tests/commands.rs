//! What commands have in common: the words and lists they hold, and whom they ask (§3).

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use incident::command::{LINE_MAX, LookUp, TEXT_MAX, is_hidden};
use incident::{Actor, Alike, Command, MINUTE, Records, Timestamp, Verb, apply, decide};
use sensible::Desk;
use serde_json::Value;
use uuid::Uuid;

/// So many minutes after nine on the shifts' Monday.
fn at(minute: i64) -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant").plus_millis(minute * MINUTE)
}

/// What somebody would sensibly do at ten.
fn sensible(records: &Records, actor: &Actor, verb: Verb) -> Command {
    let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
    Desk { records, actor, now: at(60), incident, signal, record: None, pick: 0 }.command(verb)
}

/// The same with another value of one field.
fn with(command: &Command, path: &str, value: impl Into<Value>) -> Command {
    let mut whole = serde_json::to_value(command).expect("a command is written");
    *whole.pointer_mut(path).expect("a field of it") = value.into();
    serde_json::from_value(whole).expect("a command is read")
}

/// Why somebody may not do it at ten, in words; nothing where they may.
fn refusal(records: &Records, actor: &Actor, command: &Command) -> Option<String> {
    decide(records, actor, at(60), command).err().map(|refusal| refusal.to_string())
}

/// I1 of Severity 1 at ten: its response is in breach, a call is open, and so is its review.
fn grave() -> Records {
    let (mut records, mora, server) = (fixture::records(), fixture::actor("mora"), Actor::server());
    for (actor, minute, verb) in [
        (&mora, 0, Verb::LogIncident),
        (&server, 60, Verb::RecordBreach),
        (&mora, 60, Verb::OpenBridge),
        (&mora, 60, Verb::OpenReview),
    ] {
        let mut command = sensible(&records, actor, verb);
        if verb == Verb::LogIncident {
            command = with(&command, "/entry/reported_at", at(minute).millis());
        }
        let events = decide(&records, actor, at(minute), &command).expect("it may be done");
        for event in &events {
            assert!(apply(&mut records, event), "{event:?} does not fold");
        }
    }
    records
}

#[test]
fn no_record_has_the_empty_id() {
    let (records, mora) = (fixture::records(), fixture::actor("mora"));
    let log = sensible(&records, &mora, Verb::LogIncident);
    assert_eq!(refusal(&records, &mora, &log), None);
    assert_eq!(
        refusal(&records, &mora, &with(&log, "/incident", Uuid::nil().to_string())).as_deref(),
        Some("Log incident: its id cannot be used (§3.1). Do it once more; the desk makes a new id.")
    );
}

#[test]
fn a_request_looks_up_those_of_its_clause_and_scope_that_it_may_go_on_from() {
    let (records, mora) = (fixture::records(), fixture::actor("mora"));
    let of_incident = sensible(&records, &mora, Verb::RequestException);
    let of_period = with(&of_incident, "/incident", Value::Null);
    let (client, service) = (fixture::client("acme"), fixture::service("acme", "mail"));
    let of_client = with(&of_period, "/client", client.to_string());
    let of_service = with(&of_period, "/service", service.to_string());
    let later = with(&of_period, "/begins_at", at(90).millis());
    for (command, scope, from) in [
        (of_incident, format!("incident/{}", fixture::incident("I1")), at(60)),
        (of_client.clone(), format!("client/{client}"), at(60)),
        (of_service, format!("service/{service}"), at(60)),
        (of_period, format!("period/{}", Uuid::nil()), at(60)),
        (later, format!("period/{}", Uuid::nil()), at(90)),
    ] {
        let (key, until) = (format!("exception/§3.1/none/{scope}"), Timestamp::from_millis(i64::MAX));
        assert_eq!(command.look_ups(&records, at(60)), [LookUp::Alike(Alike { key, from, until })]);
    }
    let inexact = with(&of_client, "/service", service.to_string());
    assert!(inexact.look_ups(&records, at(60)).is_empty(), "of which scope is not said");
}

#[test]
fn whoever_may_not_is_told_whom_to_ask() {
    let records = fixture::records();
    for (name, verb, told) in [
        (
            "root",
            Verb::SetUrgency,
            "Set urgency: your role does not include it (§3.2). Ask the Service Desk, Tier 2, Tier 3 or an \
             Incident Manager to do it.",
        ),
        // Nobody asks the server.
        (
            "root",
            Verb::RecordClientReply,
            "Record client's reply: your role does not include it (§3.2). Ask the Service Desk, Tier 2, Tier 3, \
             an Incident Manager or an Account Manager to do it.",
        ),
        (
            "ines",
            Verb::RecordBreach,
            "Record breach: your role does not include it (§3.2). The server does it by itself; there is nothing \
             to do.",
        ),
    ] {
        let actor = fixture::actor(name);
        let command = sensible(&records, &actor, verb);
        assert_eq!(refusal(&records, &actor, &command).as_deref(), Some(told));
    }
}

#[test]
fn a_signal_names_a_service_of_its_client_or_of_a_client_not_known_yet() {
    let (records, mora) = (fixture::records(), fixture::actor("mora"));
    let own = sensible(&records, &mora, Verb::RaiseSignal);
    let other = with(&own, "/sighting/service", fixture::service("bolt", "scada").to_string());
    let of_nobody = with(&other, "/sighting/client", Value::Null);
    assert_eq!(refusal(&records, &mora, &own), None);
    assert_eq!(refusal(&records, &mora, &of_nobody), None);
    assert_eq!(
        refusal(&records, &mora, &other).as_deref(),
        Some(
            "Report: a service named here is not one of this client's (§3.1). Choose services of this client; an \
             Administrator can add one."
        )
    );
}

#[test]
fn a_list_names_so_many_and_no_more() {
    let (empty, grave, mora) = (fixture::records(), grave(), fixture::actor("mora"));
    let line = fixture::thing("entry", "E1").to_string();
    let (tom, mail) = (fixture::person("tom").to_string(), fixture::service("acme", "mail").to_string());
    for (records, verb, path, item, most, told) in [
        (
            &empty,
            Verb::LogIncident,
            "/entry/services",
            &mail,
            50,
            "Log incident: at most 50 services can be named (§3.1). Name those that are hit hardest; write the \
             others into the symptoms.",
        ),
        (
            &grave,
            Verb::RequestException,
            "/evidence",
            &line,
            200,
            "Request exception: at most 200 lines of the log can be named (§4.2). Name those that show it best.",
        ),
        (
            &grave,
            Verb::RequestException,
            "/beneficiaries",
            &tom,
            20,
            "Request exception: those who would be in breach are not all known here (§4.2). Choose them from the \
             list of people.",
        ),
        (
            &grave,
            Verb::RequestCorrection,
            "/entries",
            &line,
            200,
            "Request correction: at most 200 lines of the log can be named (§4.2). Name those that show it best.",
        ),
        (
            &grave,
            Verb::WriteReview,
            "/facts",
            &line,
            200,
            "Write review: at most 200 lines of the log can be named (§3.7). Name those that show it best.",
        ),
        (
            &grave,
            Verb::CallRoll,
            "/attendees",
            &tom,
            100,
            "Call the roll: at most 100 people can be named (§3.6). Name those who matter most; write the others \
             into a note.",
        ),
    ] {
        let command = sensible(records, &mora, verb);
        let of = |count: usize| with(&command, path, vec![item.clone(); count]);
        assert_eq!(refusal(records, &mora, &of(most)), None, "{} with {most}", verb.name());
        assert_eq!(refusal(records, &mora, &of(most + 1)).as_deref(), Some(told));
    }
}

#[test]
fn whoever_would_be_in_breach_is_known_here() {
    let (records, mora) = (grave(), fixture::actor("mora"));
    let request = sensible(&records, &mora, Verb::RequestException);
    let of = |name: &str| with(&request, "/beneficiaries", vec![fixture::person(name).to_string()]);
    assert_eq!(refusal(&records, &mora, &of("tom")), None);
    assert_eq!(
        refusal(&records, &mora, &of("nobody")).as_deref(),
        Some(
            "Request exception: those who would be in breach are not all known here (§4.2). Choose them from the \
             list of people."
        )
    );
}

/// Why nobody can log an incident with these words in this field; nothing where they can.
fn logging(field: &str, words: &str) -> Option<String> {
    let (records, mora) = (fixture::records(), fixture::actor("mora"));
    let log = sensible(&records, &mora, Verb::LogIncident);
    refusal(&records, &mora, &with(&log, &format!("/entry/{field}"), words))
}

#[test]
fn a_line_and_a_text_have_an_end() {
    let long = |count: usize| "x".repeat(count);
    assert_eq!(logging("summary", &long(LINE_MAX)), None);
    assert_eq!(logging("symptoms", &long(TEXT_MAX)), None);
    assert_eq!(
        logging("summary", &long(LINE_MAX + 1)).as_deref(),
        Some("Log incident: the summary can hold at most 200 characters (§3.1). Shorten it to one line.")
    );
    assert_eq!(
        logging("symptoms", &long(TEXT_MAX + 1)).as_deref(),
        Some(
            "Log incident: the reported symptoms can hold at most 8000 characters (§3.1). Shorten it; the rest can \
             follow in a note."
        )
    );
}

#[test]
fn a_text_has_lines_and_columns_and_a_line_has_neither() {
    let control = "Log incident: character 8 of the summary is a control character (§3.1). Delete it, or type the \
                   words anew.";
    for between in ["\n", "\t"] {
        let words = format!("No mail{between}since six");
        assert_eq!(logging("symptoms", &words), None);
        assert_eq!(logging("summary", &words).as_deref(), Some(control));
    }
}

#[test]
fn no_words_hold_what_is_not_seen_and_changes_what_is() {
    let hidden = |place: usize, does: &str| {
        let what = format!("Log incident: character {place} of the reported symptoms {does} (§3.1)");
        Some(format!("{what}. Delete it, or type the words anew."))
    };
    assert_eq!(logging("symptoms", "No mail\u{7}"), hidden(8, "is a control character"));
    for turning in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
        let words = format!("{turning}emcA has no mail");
        assert_eq!(logging("symptoms", &words), hidden(1, "turns the direction of writing"));
        assert!(is_hidden(turning), "{turning:?}");
    }
    // Their letters know their direction.
    for seen in ["לא הגיע דואר", "لا يصل البريد", "邮件未到"] {
        assert_eq!(logging("symptoms", seen), None);
        assert!(!seen.chars().any(is_hidden), "{seen}");
    }
    assert!(is_hidden('\u{7}') && is_hidden('\n'), "a name has no lines");
}

#[test]
fn what_is_missing_is_told_by_its_name() {
    let (records, mora) = (fixture::records(), fixture::actor("mora"));
    for (verb, path, words, what) in [
        (Verb::LogIncident, "/entry/summary", "", "Log incident: the summary is missing (§3.1)"),
        (Verb::LogIncident, "/entry/symptoms", "", "Log incident: the reported symptoms are missing (§3.1)"),
        (
            Verb::LogIncident,
            "/entry/symptoms",
            "x",
            "Log incident: the reported symptoms are too short to tell anything (§3.1)",
        ),
        (
            Verb::RequestException,
            "/prevents",
            "",
            "Request exception: the answer to what prevents it is missing (§4.2)",
        ),
        (
            Verb::RequestException,
            "/if_refused",
            "",
            "Request exception: the answer to what happens otherwise is missing (§4.2)",
        ),
        (
            Verb::RequestException,
            "/affected",
            "x",
            "Request exception: the answer to who is affected is too short to tell anything (§4.2)",
        ),
        (Verb::RequestException, "/control", ".", "Request exception: the control is missing (§4.2)"),
    ] {
        let command = with(&sensible(&records, &mora, verb), path, words);
        let told = format!("{what}. Fill it in with words that tell the next reader something.");
        assert_eq!(refusal(&records, &mora, &command), Some(told));
    }
}
