//! Whom a deed may name (decision 227): whoever is listed is accepted by `decide`, and nobody else.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::sync::Arc;

use entry::entry;
use incident::command::{
    AddAction, AddMember, AnswerResourceRequest, ApplyWorkaround, Assess, Assign, AssignMajorRole, CallRoll,
    ChangeReviewer, DelegateApproval, DrawSample, Escalate, GiveTask, LogIncident, MarkAttendance, Naming,
    OpenBridge, OpenReview, PlanPermanentFix, ProposeViolation, RemoveMember, ReopenAction, RequestResource,
    SetSeverity, SuspectBreach, nameable,
};
use incident::escalation::EscalationPath;
use incident::major_incident::{MajorRole, Mark, Reply};
use incident::{
    ActionId, Command, DelegationId, IncidentId, MINUTE, PersonId, Records, ResourceRequestId, ReviewId,
    Severity, Subject, TaskId, Timestamp, apply, decide,
};

const DAY: i64 = 24 * 60 * MINUTE;

/// A house at work: an incident of Severity 1 with its call, a request, a review, a sample and a suspicion.
struct House {
    records: Records,
    now: Timestamp,
}

impl House {
    fn at_work() -> Self {
        let now = Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant");
        let mut house = Self { records: fixture::records(), now };
        for (who, name, client) in [("ines", "I1", "acme"), ("tom", "I2", "bolt"), ("vance", "I3", "acme")] {
            let logged = LogIncident { incident: fixture::incident(name), entry: entry(client, now) };
            house.does(who, Command::LogIncident(logged));
        }
        let (incident, from) = (incident(), house.records.incidents[&incident()].severity());
        let set = SetSeverity { incident, from, severity: Severity::One, reason: words() };
        house.does("mora", Command::SetSeverity(set));
        house.does("ines", Command::Assess(Assess { incident, text: words() }));
        house.does("ines", Command::Assign(Assign { incident, from: None, to: tom() }));
        house.does("tom", Command::ApplyWorkaround(ApplyWorkaround { incident, text: words() }));
        house.does("mora", Command::OpenBridge(OpenBridge { incident, line: "bridge 4471".into() }));
        house.does("mora", attended(tom(), Mark::Joined));
        house.does("ines", requested("1", Some(tom())));
        house.does("mora", reviewed(fixture::incident("I1"), person("mora"), person("vance")));
        house.does("mora", added("1", tom()));
        house.does("vance", drawn("A1", None, person("root")));
        house.does("ines", suspected("D1", &["mora", "cole"]));
        house
    }

    /// Cole has left, and Kay works for bolt alone: of these two, who may be named is a question.
    fn of_today() -> Self {
        let mut house = Self::at_work();
        let people = &mut Arc::make_mut(&mut house.records.setup).people;
        people.get_mut(&person("cole")).expect("Cole").active = false;
        let kay = people.get_mut(&person("kay")).expect("Kay");
        kay.clients = Some([fixture::client("bolt")].into());
        house
    }

    fn does(&mut self, who: &str, command: Command) {
        self.now = self.now.plus_millis(MINUTE);
        let events = decide(&self.records, &fixture::actor(who), self.now, &command);
        for event in events.unwrap_or_else(|no| panic!("{command:?}: {no}")) {
            assert!(apply(&mut self.records, &event), "{event:?} does not fold");
        }
    }

    /// Whoever is listed is accepted, whoever is not is refused; both are among those of the house.
    fn lists(&self, who: &str, naming: &Naming, naming_them: &dyn Fn(PersonId) -> Command) {
        let actor = fixture::actor(who);
        let listed = nameable(&self.records, &actor, self.now, naming);
        let known = self.records.setup.people.keys().copied();
        let everybody: Vec<_> = known.chain([person("nobody_known")]).collect();
        for them in &everybody {
            let said = decide(&self.records, &actor, self.now, &naming_them(*them));
            let name = self.records.setup.person_name(*them);
            assert_eq!(said.is_ok(), listed.contains(them), "{naming:?} and {name}: {said:?}");
        }
        assert!(!listed.is_empty() && listed.len() < everybody.len(), "{naming:?} tells nobody from anybody");
    }
}

fn words() -> String {
    "as was said on the call".to_owned()
}

fn person(name: &str) -> PersonId {
    fixture::person(name)
}

fn tom() -> PersonId {
    person("tom")
}

fn incident() -> IncidentId {
    fixture::incident("I1")
}

fn review() -> ReviewId {
    ReviewId::of(incident())
}

fn action(name: &str) -> ActionId {
    ActionId(fixture::thing("action", name))
}

fn request(name: &str) -> ResourceRequestId {
    ResourceRequestId(fixture::thing("request", name))
}

fn attended(person: PersonId, mark: Mark) -> Command {
    Command::MarkAttendance(MarkAttendance { incident: incident(), person, mark })
}

fn requested(name: &str, person: Option<PersonId>) -> Command {
    let request = request(name);
    Command::RequestResource(RequestResource { incident: incident(), request, text: words(), person })
}

fn reviewed(incident: IncidentId, owner: PersonId, manager: PersonId) -> Command {
    Command::OpenReview(OpenReview { incident, incidents: Vec::new(), owner, manager })
}

fn due_by() -> Timestamp {
    Timestamp::from_rfc3339("2026-06-08T13:00:00Z").expect("an instant")
}

fn added(name: &str, owner: PersonId) -> Command {
    let (review, action) = (review(), action(name));
    Command::AddAction(AddAction { review, action, owner, text: words(), due_by: due_by() })
}

fn drawn(name: &str, client: Option<&str>, reviewer: PersonId) -> Command {
    Command::DrawSample(DrawSample {
        audit: fixture::audit(name),
        begins_at: Timestamp::from_millis(0),
        until: due_by(),
        client: client.map(fixture::client),
        seed: 7,
        count: 1,
        reviewer,
    })
}

fn suspected(name: &str, members: &[&str]) -> Command {
    let members = members.iter().copied().map(person).collect();
    let suspicion = fixture::suspicion(name);
    Command::SuspectBreach(SuspectBreach { incident: incident(), suspicion, text: words(), members })
}

#[test]
fn whoever_may_be_named_on_an_incident_is_listed() {
    let (house, incident) = (House::of_today(), incident());
    let assigned = |to| Command::Assign(Assign { incident, from: Some(tom()), to });
    house.lists("mora", &Naming::Assignee { incident }, &assigned);
    for path in EscalationPath::ALL {
        let escalated = |to| Command::Escalate(Escalate { incident, path, to, reason: words() });
        house.lists("ines", &Naming::EscalatedTo { incident, path }, &escalated);
    }
    let colleague = Naming::Colleague { incident };
    let fixed = |owner| {
        let reference = "PRB-7".to_owned();
        Command::PlanPermanentFix(PlanPermanentFix { incident, owner, due_by: due_by(), reference })
    };
    house.lists("tom", &colleague, &fixed);
    house.lists("tom", &colleague, &|person| requested("2", Some(person)));
    house.lists("ines", &colleague, &|person| {
        let suspicion = fixture::suspicion("D2");
        let members = vec![person];
        Command::SuspectBreach(SuspectBreach { incident, suspicion, text: words(), members })
    });
    let cover = Naming::Cover { incident, request: request("1") };
    house.lists("mora", &cover, &|person| {
        let (request, covered_by) = (request("1"), Some(person));
        let reply = Reply::Granted;
        Command::AnswerResourceRequest(AnswerResourceRequest {
            incident,
            request,
            reply,
            covered_by,
            text: words(),
        })
    });
}

#[test]
fn whoever_may_be_named_in_a_major_incident_is_listed() {
    let (house, incident) = (House::of_today(), incident());
    for role in MajorRole::ALL {
        let asked = |to| Command::AssignMajorRole(AssignMajorRole { incident, role, to, in_place_of: None });
        house.lists("mora", &Naming::RoleHolder { incident, role }, &asked);
    }
    for mark in [Mark::Joined, Mark::Left] {
        house.lists("mora", &Naming::Attendee { incident, mark }, &|person| attended(person, mark));
    }
    let colleague = Naming::Colleague { incident };
    house.lists("mora", &colleague, &|person| {
        Command::CallRoll(CallRoll { incident, attendees: vec![person] })
    });
    house.lists("tom", &colleague, &|owner| {
        let task = TaskId(fixture::thing("task", "1"));
        Command::GiveTask(GiveTask { incident, task, text: words(), owner, check_at: due_by() })
    });
}

#[test]
fn whoever_may_be_named_in_a_review_is_listed() {
    let house = House::of_today();
    let mut before = House::of_today();
    let again = fixture::incident("I2");
    let (from, reason) = (before.records.incidents[&again].severity(), words());
    let set = SetSeverity { incident: again, from, severity: Severity::One, reason };
    before.does("mora", Command::SetSeverity(set));
    let convened = |other| Naming::Convened { incident: again, incidents: Vec::new(), beside: Some(other) };
    before.lists("mora", &convened(person("vance")), &|them| reviewed(again, them, person("vance")));
    before.lists("mora", &convened(tom()), &|them| reviewed(again, tom(), them));
    let review = review();
    house.lists("mora", &Naming::ActionOwner { review, action: None }, &|owner| added("2", owner));
    let open = Naming::ActionOwner { review, action: Some(action("1")) };
    house.lists("mora", &open, &|owner| {
        let (action, owner, due_by) = (action("1"), Some(owner), due_by());
        Command::ReopenAction(ReopenAction { review, action, owner, due_by, reason: words() })
    });
}

#[test]
fn whoever_may_be_named_in_oversight_is_listed() {
    let house = House::of_today();
    for client in [None, Some("acme")] {
        let naming = Naming::Reviewer { client: client.map(fixture::client) };
        house.lists("vance", &naming, &|reviewer| drawn("A2", client, reviewer));
    }
    let audit = fixture::audit("A1");
    house.lists("vance", &Naming::NextReviewer { audit }, &|reviewer| {
        Command::ChangeReviewer(ChangeReviewer { audit, reviewer, reason: words() })
    });
    house.lists("vance", &Naming::Delegate, &|to| {
        let delegation = DelegationId(fixture::thing("delegation", "1"));
        let until = house.now.plus_millis(DAY);
        Command::DelegateApproval(DelegateApproval { delegation, to, until, client: None })
    });
    house.lists("vance", &Naming::Answerable, &|person| {
        Command::ProposeViolation(ProposeViolation {
            violation: fixture::violation("V1"),
            person,
            clause: "§3.1".to_owned(),
            incident: incident(),
            incidents: Vec::new(),
            evidence: Vec::new(),
            text: words(),
        })
    });
}

#[test]
fn whoever_may_know_of_a_suspicion_is_listed_and_whoever_left_can_be_taken_out() {
    let (house, suspicion) = (House::of_today(), fixture::suspicion("D1"));
    house.lists("ines", &Naming::NewMember { suspicion }, &|person| {
        Command::AddMember(AddMember { suspicion, person })
    });
    let naming = Naming::Member { suspicion };
    house.lists("ines", &naming, &|person| {
        Command::RemoveMember(RemoveMember { suspicion, person, reason: words() })
    });
    let listed = nameable(&house.records, &fixture::actor("ines"), house.now, &naming);
    assert!(listed.contains(&person("cole")), "who left is a member still");
    let outsider = nameable(&house.records, &fixture::actor("tom"), house.now, &naming);
    assert!(outsider.is_empty(), "to whoever is no member there is no suspicion");
}

#[test]
fn whom_a_deed_may_name_is_read_from_the_records_that_it_is_about() {
    let (incident, review) = (incident(), review());
    let (audit, suspicion) = (fixture::audit("A1"), fixture::suspicion("D1"));
    let others = ["I2", "I3"].map(fixture::incident);
    let convened = |incidents: &[IncidentId]| {
        let incidents = incidents.to_vec();
        Naming::Convened { incident, incidents, beside: None }
    };
    let of_incident = || vec![Subject::Incident(incident)];
    let of_all: Vec<_> = of_incident().into_iter().chain(others.map(Subject::Incident)).collect();
    for (naming, subjects) in [
        (Naming::Assignee { incident }, of_incident()),
        (Naming::EscalatedTo { incident, path: EscalationPath::Technical }, of_incident()),
        (Naming::RoleHolder { incident, role: MajorRole::IncidentManager }, of_incident()),
        (Naming::Attendee { incident, mark: Mark::Joined }, of_incident()),
        (Naming::Colleague { incident }, of_incident()),
        (Naming::Cover { incident, request: request("1") }, of_incident()),
        (convened(&[]), of_incident()),
        (convened(&others), of_all),
        (Naming::ActionOwner { review, action: None }, vec![Subject::Review(review)]),
        (Naming::ActionOwner { review, action: Some(action("1")) }, vec![Subject::Review(review)]),
        (Naming::NextReviewer { audit }, vec![Subject::Audit(audit)]),
        (Naming::NewMember { suspicion }, vec![Subject::Suspicion(suspicion)]),
        (Naming::Member { suspicion }, vec![Subject::Suspicion(suspicion)]),
        (Naming::Reviewer { client: Some(fixture::client("acme")) }, Vec::new()),
        (Naming::Delegate, Vec::new()),
        (Naming::Answerable, Vec::new()),
    ] {
        assert_eq!(naming.subjects(), subjects, "{naming:?}");
    }
}
