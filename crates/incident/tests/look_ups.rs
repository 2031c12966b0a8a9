//! What a deed looks at beside the records that it names (§3.7, §4.1, §4.2): those are found before it is decided.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use entry::entry;
use incident::command::{
    ApproveException, Categorise, DrawSample, IdentifyClient, LogIncident, LookUp, MoveToClient, Naming,
    OpenReview, RecordRecurrence, RequestException,
};
use incident::escalation::EscalationPath;
use incident::major_incident::{MajorRole, Mark};
use incident::oversight::DAY;
use incident::setup::CategoryCode;
use incident::{
    Alike, Command, IncidentId, Likeness, MINUTE, Records, ResourceRequestId, ReviewId, Subject, Timestamp,
    apply, decide,
};

fn now() -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant")
}

fn id() -> IncidentId {
    fixture::incident("I1")
}

fn does(records: &mut Records, name: &str, command: &Command) {
    for event in decide(records, &fixture::actor(name), now(), command).expect("it is allowed") {
        assert!(apply(records, &event));
    }
}

/// One of acme's, logged now.
fn logged() -> Records {
    let mut records = fixture::records();
    let log = LogIncident { incident: id(), entry: entry("acme", now()) };
    does(&mut records, "ines", &Command::LogIncident(log));
    records
}

fn categorised(records: &mut Records) {
    let category = CategoryCode("network_outage".to_owned());
    does(records, "ines", &Command::Categorise(Categorise { incident: id(), category }));
}

/// Incidents of acme's with the same category, thirty days around.
fn alike_within_thirty_days() -> LookUp {
    let key = format!("{}/network_outage", fixture::client("acme"));
    let (from, until) = (now().plus_millis(-30 * DAY), now().plus_millis(30 * DAY));
    LookUp::Alike(Alike { key, from, until })
}

fn request(begins_at: Option<Timestamp>) -> RequestException {
    let words = |text: &str| text.to_owned();
    RequestException {
        exception: fixture::exception("X1"),
        clause: words("§3.5"),
        clock: None,
        incident: Some(id()),
        client: None,
        service: None,
        begins_at,
        until: now().plus_millis(120 * MINUTE),
        prevents: words("the client cannot be reached"),
        if_refused: words("the incident stays open for nothing"),
        affected: words("nobody"),
        control: words("the queue is watched"),
        evidence: Vec::new(),
        beneficiaries: Vec::new(),
        renewal_of: None,
    }
}

/// Exceptions of the same clause and scope that end no earlier than this.
fn exceptions_from(from: Timestamp) -> LookUp {
    let key = format!("exception/§3.5/none/incident/{}", id());
    LookUp::Alike(Alike { key, from, until: Timestamp::from_millis(i64::MAX) })
}

#[test]
fn a_sample_is_drawn_from_its_period_and_one_more_than_five_thousand_are_too_many() {
    let (begins_at, until) = (now().plus_millis(-DAY), now());
    let client = Some(fixture::client("acme"));
    let (audit, reviewer) = (fixture::audit("A1"), fixture::person("vance"));
    let draw = DrawSample { audit, begins_at, until, client, seed: 7, count: 1, reviewer };
    let looked_at = LookUp::Logged { from: begins_at, until, client, limit: 5_001 };
    assert_eq!(Command::DrawSample(draw).look_ups(&fixture::records(), now()), [looked_at]);
}

#[test]
fn an_exception_is_asked_for_and_approved_beside_those_it_may_go_on_from() {
    let mut records = logged();
    let later = now().plus_millis(60 * MINUTE);
    for (begins_at, from) in [(None, now()), (Some(later), later)] {
        let asked = Command::RequestException(request(begins_at));
        assert_eq!(asked.look_ups(&records, now()), [exceptions_from(from)]);
    }
    let approval = Command::ApproveException(ApproveException {
        exception: fixture::exception("X1"),
        incident: Some(id()),
        acting_for: None,
        reason: "the control is enough".to_owned(),
        until: None,
        control: None,
    });
    assert_eq!(approval.look_ups(&records, now()), [], "nobody here knows what was asked for");
    does(&mut records, "ines", &Command::RequestException(request(None)));
    assert_eq!(approval.look_ups(&records, later), [exceptions_from(now())]);
}

#[test]
fn a_move_finds_the_requests_about_the_incident_that_wait_for_a_decision() {
    let mut records = logged();
    let (incident, client) = (id(), fixture::client("bolt"));
    let (services, reason) = (vec![fixture::service("bolt", "mail")], "the wrong firm".to_owned());
    let identified = IdentifyClient { incident, client, services: services.clone() };
    let moved = MoveToClient { incident, client, services, reason };
    let (from, until) = (Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
    let key = format!("exception/asked/{}", id());
    for deed in [Command::IdentifyClient(identified), Command::MoveToClient(moved)] {
        let alike = Alike { key: key.clone(), from, until };
        assert_eq!(deed.look_ups(&records, now()), [LookUp::Alike(alike)]);
    }
    does(&mut records, "ines", &Command::RequestException(request(None)));
    let record = records.get(Subject::Exception(fixture::exception("X1"))).expect("a request");
    assert_eq!(record.likeness(), Some(Likeness { key, at: now() }));
    let wide = RequestException {
        incident: None,
        client: Some(client),
        exception: fixture::exception("X2"),
        ..request(None)
    };
    does(&mut records, "ines", &Command::RequestException(wide));
    let record = records.get(Subject::Exception(fixture::exception("X2"))).expect("a request");
    assert_eq!(record.likeness(), None, "it is about no incident");
}

#[test]
fn a_review_and_a_recurrence_look_thirty_days_around_at_what_is_alike() {
    let mut records = logged();
    let (owner, manager) = (fixture::person("mora"), fixture::person("vance"));
    let review = OpenReview { incident: id(), incidents: Vec::new(), owner, manager };
    let recurrence = RecordRecurrence { incident: id(), incidents: Vec::new() };
    let deeds = [Command::OpenReview(review), Command::RecordRecurrence(recurrence)];
    for deed in &deeds {
        assert_eq!(deed.look_ups(&records, now()), [], "it has no category yet");
    }
    categorised(&mut records);
    for deed in &deeds {
        assert_eq!(deed.look_ups(&records, now()), [alike_within_thirty_days()]);
    }
}

#[test]
fn whom_a_review_may_name_is_read_from_what_is_alike_and_whom_else_from_nothing_more() {
    let mut records = logged();
    let (incident, review) = (id(), ReviewId::of(id()));
    let (audit, suspicion) = (fixture::audit("A1"), fixture::suspicion("D1"));
    let request = ResourceRequestId(fixture::thing("request", "1"));
    let convened = Naming::Convened { incident, incidents: Vec::new(), beside: None };
    assert_eq!(convened.look_ups(&records), [], "it has no category yet");
    categorised(&mut records);
    assert_eq!(convened.look_ups(&records), [alike_within_thirty_days()]);
    for naming in [
        Naming::Assignee { incident },
        Naming::EscalatedTo { incident, path: EscalationPath::Technical },
        Naming::RoleHolder { incident, role: MajorRole::IncidentManager },
        Naming::Attendee { incident, mark: Mark::Joined },
        Naming::Colleague { incident },
        Naming::Cover { incident, request },
        Naming::ActionOwner { review, action: None },
        Naming::Reviewer { client: None },
        Naming::NextReviewer { audit },
        Naming::NewMember { suspicion },
        Naming::Member { suspicion },
        Naming::Delegate,
        Naming::Answerable,
    ] {
        assert_eq!(naming.look_ups(&records), [], "{naming:?}");
    }
}
