//! Major incidents (§3.6) as values: how the room reads in the log, and when its duties ask for attention.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::sync::Arc;

use entry::entry;
use incident::clock::Attention;
use incident::command::LogIncident;
use incident::compliance::{Clause, judge};
use incident::major_incident::{MajorRole, MajorRules, Mark, Poll, Reply, Standing};
use incident::setup::House;
use incident::timeline::{Line, LineKind, line};
use incident::{
    Command, Duty, Event, Fact, Impact, LogEntry, MINUTE, PersonId, RecordRef, Records, ResourceRequestId,
    Setting, Subject, TaskId, Timestamp, apply, decide, obligations,
};

/// Each fact with the title and the text of its line, all of one kind.
#[track_caller]
fn assert_reads(kind: LineKind, all: &[(Fact, &str, &str)]) {
    let setup = fixture::records().setup;
    for (fact, title, text) in all {
        let expected = Line { kind, title: (*title).to_owned(), text: (*text).to_owned() };
        assert_eq!(line(fact, &setup), expected);
    }
}

fn words(text: &str) -> String {
    text.to_owned()
}

#[test]
fn the_roles_of_the_room_have_their_names() {
    assert_eq!(
        MajorRole::ALL.map(MajorRole::name),
        ["Incident Manager", "deputy", "scribe", "client liaison", "technical lead"]
    );
}

#[test]
fn how_it_begins_who_leads_it_and_how_it_ends_reads_as_an_escalation() {
    let text = "Two sites are down";
    let why = || words(text);
    let mora = fixture::person("mora");
    let (role, to) = (MajorRole::IncidentManager, mora);
    let told = Fact::ManagementBriefed {
        what: words("Mail is down"),
        impact: words("Two sites"),
        doing: words("Failing over"),
        next: words("A test mail"),
        next_at: Timestamp::from_millis(0),
    };
    assert_reads(
        LineKind::Escalation,
        &[
            (Fact::MajorIncidentProposed { because: why() }, "Proposed as a major incident", text),
            (Fact::MajorIncidentDeclared { because: why() }, "Major incident declared", text),
            (Fact::MajorIncidentDeclined { reason: why() }, "Not a major incident", text),
            (
                Fact::MajorIncidentStoodDown { reason: why(), review_owner: mora },
                "Major incident stood down; mora owns the review",
                text,
            ),
            (
                Fact::MajorRoleAssigned { role, to, in_place_of: None },
                "mora is asked to be Incident Manager",
                "",
            ),
            (Fact::MajorRoleAccepted { role: MajorRole::Scribe }, "Took over as scribe", ""),
            (
                told,
                "Management told",
                "What: Mail is down\nImpact: Two sites\nDoing: Failing over\nNext: A test mail",
            ),
        ],
    );
}

#[test]
fn the_bridge_call_reads_as_work_with_everybody_named() {
    let (tom, kay) = (fixture::person("tom"), fixture::person("kay"));
    let marked = |mark| Fact::AttendanceMarked { person: tom, mark };
    assert_reads(
        LineKind::Work,
        &[
            (Fact::BridgeOpened { line: words("bridge 4471") }, "Bridge call opened: bridge 4471", ""),
            (marked(Mark::Joined), "tom joined the call", ""),
            (marked(Mark::Left), "tom left the call", ""),
            (Fact::RollCalled { attendees: vec![tom, kay] }, "Roll call", "tom, kay"),
            (Fact::BridgeClosed { text: words("All is back") }, "Bridge call closed", "All is back"),
        ],
    );
}

#[test]
fn facts_hypotheses_and_reports_read_as_notes_told_apart_by_their_first_word() {
    let found = |standing| Fact::FindingRecorded { standing, text: words("The disk is full") };
    let report = Fact::ConditionsReported {
        conditions: words("The store is down"),
        actions: words("Mounting the copy"),
        needs: words("The vendor"),
    };
    assert_reads(
        LineKind::Note,
        &[
            (found(Standing::Fact), "Fact", "The disk is full"),
            (found(Standing::Hypothesis), "Hypothesis", "The disk is full"),
            (
                report,
                "Report",
                "Conditions: The store is down\nActions: Mounting the copy\nNeeds: The vendor",
            ),
        ],
    );
}

#[test]
fn a_decision_says_whether_somebody_objected() {
    let decided = |poll, objection: Option<&str>| Fact::DecisionRecorded {
        text: words("Fail over"),
        poll,
        objection: objection.map(str::to_owned),
    };
    assert_reads(
        LineKind::Work,
        &[
            (decided(Poll::NotPolled, None), "Decision", "Fail over"),
            (decided(Poll::NoObjection, None), "Decision, no objection", "Fail over"),
            (
                decided(Poll::Objected, Some("The copy is old")),
                "Decision over an objection",
                "Fail over\nObjection: The copy is old",
            ),
        ],
    );
}

#[test]
fn tasks_and_resources_read_by_what_became_of_them() {
    let (tom, text) = (fixture::person("tom"), || words("Mount the copy"));
    let task = TaskId(fixture::thing("task", "T1"));
    let request = ResourceRequestId(fixture::thing("request", "N1"));
    let checked = |check_at: Option<Timestamp>| Fact::TaskChecked { task, text: text(), check_at };
    let answered = |reply, covered_by: Option<PersonId>| Fact::ResourceAnswered {
        request,
        reply,
        covered_by,
        text: text(),
    };
    let soon = Timestamp::from_millis(MINUTE);
    assert_reads(
        LineKind::Work,
        &[
            (
                Fact::TaskGiven { task, text: text(), owner: tom, check_at: soon },
                "Task for tom",
                "Mount the copy",
            ),
            (checked(Some(soon)), "Task checked", "Mount the copy"),
            (checked(None), "Task done", "Mount the copy"),
            (
                Fact::ResourceRequested { request, text: text(), person: None },
                "Resources asked for",
                "Mount the copy",
            ),
            (answered(Reply::Granted, None), "Resources granted", "Mount the copy"),
            (answered(Reply::Granted, Some(tom)), "Resources granted; tom covers", "Mount the copy"),
            (answered(Reply::Refused, None), "Resources refused", "Mount the copy"),
            (Fact::ResourceArrived { request }, "Resources arrived", ""),
        ],
    );
}

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("an instant")
}

const NINE: &str = "2026-06-01T13:00:00Z";

/// An entire site has been down since nine in New York, in a house with numbers for the process.
fn site_down(major: MajorRules) -> Records {
    let mut records = fixture::records();
    let setup = Arc::make_mut(&mut records.setup);
    let house = House { version: setup.house.version + 1, major, ..setup.house.clone() };
    setup.take(Setting::House(house)).expect("a house");
    let entry = LogEntry { impact: Impact::EntireSite, ..entry("acme", at(NINE)) };
    let log = Command::LogIncident(LogIncident { incident: fixture::incident("I1"), entry });
    let events = decide(&records, &fixture::actor("ines"), at(NINE), &log).expect("it is logged");
    events.iter().for_each(|event| assert!(apply(&mut records, event)));
    records
}

/// Mora says, or does, what happened to it.
fn happens(records: &mut Records, when: &str, fact: Fact) {
    let (now, actor) = (at(when), fixture::person("mora"));
    let subject = Subject::Incident(fixture::incident("I1"));
    let event = Event { at: now, received: now, uncertainty_ms: 0, actor, subject, fact };
    assert!(apply(records, &event));
}

/// When a duty of the room is due, and when it asks for attention before.
#[track_caller]
fn assert_asks(records: &Records, duty: Duty, due: &str, [watch, caution, warning]: [&str; 3]) {
    let all = obligations(records, at(NINE));
    let found = all.iter().find(|owed| owed.duty == duty && owed.due.is_some()).expect("the duty");
    assert_eq!(found.due, Some(at(due)));
    let asks = Attention { watch: at(watch), caution: at(caution), warning: at(warning) };
    assert_eq!(found.attention, Some(asks));
}

#[test]
fn a_span_of_half_an_hour_and_more_asks_at_its_half_and_ten_and_three_minutes_before_its_end() {
    let hour = site_down(MajorRules { brief_every_minutes: Some(60), ..MajorRules::default() });
    let asks = ["2026-06-01T13:30:00Z", "2026-06-01T13:50:00Z", "2026-06-01T13:57:00Z"];
    assert_asks(&hour, Duty::EscalateManagerial, "2026-06-01T14:00:00Z", asks);
    let half = site_down(MajorRules { brief_every_minutes: Some(30), ..MajorRules::default() });
    let asks = ["2026-06-01T13:15:00Z", "2026-06-01T13:20:00Z", "2026-06-01T13:27:00Z"];
    assert_asks(&half, Duty::EscalateManagerial, "2026-06-01T13:30:00Z", asks);
}

#[test]
fn a_shorter_span_asks_at_its_half_and_in_its_last_third_and_tenth() {
    let house = site_down(MajorRules { manager_within_minutes: Some(20), ..MajorRules::default() });
    let asks = ["2026-06-01T13:10:00Z", "2026-06-01T13:13:20Z", "2026-06-01T13:18:00Z"];
    assert_asks(&house, Duty::AssignIncidentManager, "2026-06-01T13:20:00Z", asks);
}

#[test]
fn a_task_asks_for_attention_as_its_next_check_comes_near() {
    let mut records = site_down(MajorRules::default());
    let task = TaskId(fixture::thing("task", "T1"));
    let (owner, check_at) = (fixture::person("tom"), at("2026-06-01T13:06:00Z"));
    let text = words("Mount the copy");
    happens(&mut records, NINE, Fact::TaskGiven { task, text, owner, check_at });
    let asks = ["2026-06-01T13:03:00Z", "2026-06-01T13:04:00Z", "2026-06-01T13:05:24Z"];
    assert_asks(&records, Duty::Recommit, "2026-06-01T13:06:00Z", asks);
}

/// The entries that the lead of the process is judged by, as they read, and when they were.
fn led_by(records: &Records) -> Vec<(String, Timestamp)> {
    let clause = Clause::of("§3.6/3").expect("a clause");
    let incident = &records.incidents[&fixture::incident("I1")];
    let judged = judge(clause, RecordRef::Incident(incident), &records.setup, at("2026-06-01T18:00:00Z"));
    judged.evidence.into_iter().map(|entry| (entry.what.into_owned(), entry.at)).collect()
}

#[test]
fn each_run_of_the_process_is_shown_by_how_it_was_opened_itself() {
    let cited = |what: &str, when: &str| (words(what), at(when));
    let (five_past, ten, eleven) = ("2026-06-01T13:05:00Z", "2026-06-01T14:00:00Z", "2026-06-01T15:00:00Z");
    let led = || Fact::MajorRoleAccepted { role: MajorRole::IncidentManager };
    let again = |records: &mut Records| {
        let (reason, review_owner) = (words("Mail is back"), fixture::person("mora"));
        happens(records, ten, Fact::MajorIncidentStoodDown { reason, review_owner });
        happens(records, eleven, Fact::MajorIncidentDeclared { because: words("It fails again") });
    };
    // Nobody led the first.
    let mut alone = site_down(MajorRules::default());
    again(&mut alone);
    let because = "logged with an impact of Severity 1 (§3.6)";
    assert_eq!(led_by(&alone), [cited(because, NINE), cited("it was stood down", ten)]);
    // Both were led: the later one shows how it stands.
    let mut twice = site_down(MajorRules::default());
    happens(&mut twice, five_past, led());
    again(&mut twice);
    happens(&mut twice, eleven, led());
    assert_eq!(led_by(&twice), [cited("it was opened again", eleven), cited("somebody led it", eleven)]);
}
