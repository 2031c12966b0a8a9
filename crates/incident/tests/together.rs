//! What several people do together: traps of major incidents, families, vendors and the restricted track.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::sync::Arc;

use incident::agreement::ClockKind;
use incident::clock::{Attention, readings};
use incident::command::{
    AddMember, AssignMajorRole, CloseSuspicion, LinkChild, LogIncident, MergeIncident, NoteSuspicion,
    SetSeverity, StandDownMajor, SuspectBreach,
};
use incident::family::Family;
use incident::major_incident::{MajorRole, MajorRules, Warning};
use incident::related::attribution;
use incident::suspicion::{SuspicionOutcome, asks_approval, outsiders};
use incident::timeline::{line, watermark};
use incident::{
    Command, Event, IncidentId, MINUTE, Obligation, PersonId, Phase, Records, RefusalCode, Severity, Subject,
    Timestamp, Verb, apply, decide, obligations, offers, offers_on,
};
use proptest::collection::vec;
use proptest::prelude::*;
use sensible::Desk;

/// A house in which things are done, and what happened.
struct World {
    records: Records,
    events: Vec<Event>,
    now: Timestamp,
}

impl World {
    fn new() -> Self {
        let now = Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant");
        Self { records: fixture::records(), events: Vec::new(), now }
    }

    /// A minute later, somebody gives a command.
    fn does(&mut self, who: &str, command: &Command) -> Result<(), RefusalCode> {
        self.now = self.now.plus_millis(MINUTE);
        let events = decide(&self.records, &fixture::actor(who), self.now, command).map_err(|no| no.code)?;
        for event in events {
            assert!(apply(&mut self.records, &event), "{event:?} does not fold");
            self.events.push(event);
        }
        Ok(())
    }

    /// A minute later, somebody does what is sensible.
    fn tries(&mut self, who: &str, verb: Verb, incident: &str, pick: u8) -> Result<(), RefusalCode> {
        let actor = fixture::actor(who);
        let desk = Desk {
            records: &self.records,
            actor: &actor,
            now: self.now,
            incident: fixture::incident(incident),
            signal: fixture::signal("S1"),
            record: None,
            pick,
        };
        let command = desk.command(verb);
        self.does(who, &command)
    }

    fn ok(&mut self, who: &str, verb: Verb, incident: &str, pick: u8) {
        self.tries(who, verb, incident, pick)
            .unwrap_or_else(|code| panic!("{verb:?} on {incident}: {code:?}"));
    }

    /// An incident of the client that `pick` stands for: 0 acme, 1 bolt, 2 cobalt.
    fn logged(&mut self, incident: &str, pick: u8) {
        self.ok("ines", Verb::LogIncident, incident, pick);
    }

    fn severity(&mut self, who: &str, incident: &str, severity: Severity) {
        let from = self.incident(incident).severity();
        let reason = "What the caller says".to_owned();
        let incident = fixture::incident(incident);
        let set = SetSeverity { incident, from, severity, reason };
        self.does(who, &Command::SetSeverity(set)).expect("a severity that can be set");
    }

    /// By one step, which takes two people.
    fn lowered(&mut self, incident: &str) {
        self.ok("mora", Verb::ProposeLowering, incident, 0);
        self.ok("vance", Verb::AgreeLowering, incident, 0);
    }

    /// Somebody leads it, and those who work on it speak with each other.
    fn coordinated(&mut self, incident: &str) {
        let assign = AssignMajorRole {
            incident: fixture::incident(incident),
            role: MajorRole::IncidentManager,
            to: fixture::person("mora"),
            in_place_of: None,
        };
        self.does("mora", &Command::AssignMajorRole(assign)).expect("a lead");
        self.ok("mora", Verb::OpenBridge, incident, 0);
    }

    fn incident(&self, name: &str) -> &incident::Incident {
        &self.records.incidents[&fixture::incident(name)]
    }
}

fn link(parent: &str, child: &str) -> Command {
    Command::LinkChild(LinkChild { incident: fixture::incident(parent), child: fixture::incident(child) })
}

/// All that one person sees of a world: records, offers, duties, timelines, clauses, and what is answered to
/// whatever they try.
fn seen(world: &World, person: &str) -> Vec<String> {
    let (who, id) = (fixture::actor(person), fixture::person(person));
    let mut records = world.records.clone();
    let setup = records.setup.clone();
    let hidden: Vec<_> =
        records.all().filter(|record| !record.audience().includes(&setup, id)).map(|r| r.subject()).collect();
    hidden.into_iter().for_each(|subject| records.remove(subject));
    let mut seen: Vec<String> = records.all().map(|record| record.document().expect("a document")).collect();
    seen.extend(offers(&records, &who, world.now).iter().map(|offer| format!("{offer:?}")));
    seen.extend(obligations(&records, world.now).iter().map(|owed| format!("{owed:?}")));
    seen.extend(records.kin().iter().map(|subject| format!("{subject:?}")));
    for record in records.all() {
        seen.extend(
            incident::compliance::judgements(record, &setup, world.now).iter().map(|j| format!("{j:?}")),
        );
    }
    let shown = world.events.iter().filter(|event| records.get(event.subject).is_some());
    seen.extend(shown.map(|event| format!("{} {:?}", event.at.millis(), line(&event.fact, &setup))));
    for verb in Verb::ALL {
        let desk = Desk {
            records: &records,
            actor: &who,
            now: world.now,
            incident: fixture::incident("I1"),
            signal: fixture::signal("S1"),
            record: None,
            pick: 0,
        };
        seen.push(format!("{:?}", decide(&records, &who, world.now, &desk.command(*verb))));
    }
    seen
}

/// The same work on an incident, with or without a suspicion that goes on beside it.
fn worked_on(tries: &[(usize, u8)], is_suspected: impl Fn(usize) -> bool) -> World {
    const WORK: [(&str, Verb); 10] = [
        ("ines", Verb::Categorise),
        ("mora", Verb::SetSeverity),
        ("tom", Verb::Assess),
        ("ines", Verb::Assign),
        ("kay", Verb::RecordResolutionStep),
        ("tom", Verb::RestoreService),
        ("cole", Verb::ConfirmRestoration),
        ("tom", Verb::AddNote),
        ("mora", Verb::Close),
        ("kay", Verb::LinkProblem),
    ];
    let suspicion = fixture::suspicion("D1");
    let mut world = World::new();
    world.logged("I1", 0);
    for (place, (choice, pick)) in tries.iter().enumerate() {
        let (who, verb) = WORK[choice % WORK.len()];
        world.tries(who, verb, "I1", *pick).ok();
        if !is_suspected(place) {
            continue;
        }
        let begun = SuspectBreach {
            incident: fixture::incident("I1"),
            suspicion,
            text: "A mailbox was read from abroad".to_owned(),
            members: vec![fixture::person("vance")],
        };
        let note = NoteSuspicion { suspicion, text: "The log names an address".to_owned() };
        world.does("kay", &Command::SuspectBreach(begun)).ok();
        world.does("vance", &Command::NoteSuspicion(note)).ok();
        let added = AddMember { suspicion, person: fixture::person("mora") };
        world.does("kay", &Command::AddMember(added)).ok();
        world.now = world.now.plus_millis(-3 * MINUTE);
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two worlds, one with a suspicion and one without, are the same to whoever is no member.
    #[test]
    fn trap_79_nobody_else_can_infer_a_suspicion(tries in vec((0..10_usize, any::<u8>()), 1..24)) {
        let (with, without) = (worked_on(&tries, |_| true), worked_on(&tries, |_| false));
        prop_assert_eq!(with.records.suspicions.len(), 1);
        for person in ["ines", "tom", "cole", "root"] {
            prop_assert_eq!(seen(&with, person), seen(&without, person), "{} can tell", person);
        }
        prop_assert_ne!(seen(&with, "vance"), seen(&without, "vance"));
    }

    /// Whose time it was sums to the time that passed, whatever was waited for (§5).
    #[test]
    fn trap_13_attributed_time_sums_to_what_passed(
        tries in vec((0..7_usize, 0..300_i64, any::<u8>()), 0..30),
        later in 0..5_000_i64,
    ) {
        const WORK: [(&str, Verb); 7] = [
            ("kay", Verb::OpenVendorCase),
            ("kay", Verb::ChaseVendor),
            ("kay", Verb::VendorAnswered),
            ("tom", Verb::PauseClock),
            ("tom", Verb::ResumeClock),
            ("kay", Verb::LinkProblem),
            ("tom", Verb::RestoreService),
        ];
        let mut world = World::new();
        world.logged("I1", 0);
        let mut same = World::new();
        same.logged("I1", 0);
        for (choice, wait, pick) in tries {
            world.now = world.now.plus_millis(wait * MINUTE);
            let (who, verb) = WORK[choice];
            world.tries(who, verb, "I1", pick).ok();
            let whole = attribution(world.incident("I1"), world.now.plus_millis(later * MINUTE));
            prop_assert_eq!(whole.client_ms + whole.vendor_ms + whole.own_ms, whole.total_ms);
            prop_assert!(whole.client_ms >= 0 && whole.vendor_ms >= 0 && whole.own_ms >= 0, "{:?}", whole);
            // What was asked of vendors, and what was linked, moves no deadline.
            if matches!(verb, Verb::PauseClock | Verb::ResumeClock | Verb::RestoreService) {
                same.now = world.now.plus_millis(-MINUTE);
                same.tries(who, verb, "I1", pick).ok();
            }
            let (setup, now) = (&world.records.setup, world.now);
            prop_assert_eq!(
                readings(world.incident("I1"), setup, now),
                readings(same.incident("I1"), setup, now)
            );
        }
    }
}

#[test]
fn trap_58_incidents_of_different_clients_are_never_merged() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.logged("I2", 1);
    for (from, into) in [("I1", "I2"), ("I2", "I1")] {
        let merge = MergeIncident {
            incident: fixture::incident(from),
            into: fixture::incident(into),
            reason: "The same switch".to_owned(),
        };
        assert_eq!(world.does("mora", &Command::MergeIncident(merge)), Err(RefusalCode::OtherClient));
    }
    assert_eq!(world.does("ines", &link("I1", "I2")), Ok(()));
    let (parent, child) = (world.incident("I1"), world.incident("I2"));
    assert_ne!(parent.entry.client, child.entry.client);
    let bolt = fixture::client("bolt").to_string();
    let document = serde_json::to_string(parent).expect("a document");
    assert!(!document.contains(&bolt), "the parent's record names the child's client");
}

#[test]
fn trap_59_a_restored_parent_restores_and_closes_no_child() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.logged("I2", 1);
    world.does("ines", &link("I1", "I2")).expect("a link");
    let before = world.incident("I2").clone();
    world.ok("tom", Verb::RestoreService, "I1", 0);
    let child = world.incident("I2");
    assert_eq!((child.restored.as_ref(), &child.phase), (None, &Phase::Logged));
    assert!(child.family.proposed_at.is_some());
    let unproposed = Family { proposed_at: None, ..child.family.clone() };
    assert_eq!(unproposed, before.family);
    for kind in ClockKind::ALL {
        let setup = &world.records.setup;
        let is = incident::clock::read(child, setup, kind, world.now);
        assert_eq!(is, incident::clock::read(&before, setup, kind, world.now));
    }
}

#[test]
fn trap_60_a_major_incident_that_is_stood_down_stays_one() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.severity("ines", "I1", Severity::One);
    world.coordinated("I1");
    world.lowered("I1");
    world.ok("tom", Verb::RestoreService, "I1", 0);
    world.ok("cole", Verb::ConfirmRestoration, "I1", 0);
    let (reason, review_owner) = ("Mail flows".to_owned(), Some(fixture::person("mora")));
    let incident = fixture::incident("I1");
    let stand_down = StandDownMajor { incident, reason, review_owner };
    world.does("mora", &Command::StandDownMajor(stand_down)).expect("a stand-down");
    let stood_down = world.incident("I1");
    assert!(!stood_down.is_major_running());
    assert!(stood_down.major.is_some() && stood_down.peak_severity() == Severity::One);
}

#[test]
fn trap_61_severity_1_opens_the_process_even_after_a_stand_down() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.severity("ines", "I1", Severity::One);
    assert!(world.incident("I1").is_major_running());
    world.coordinated("I1");
    world.lowered("I1");
    world.ok("tom", Verb::RestoreService, "I1", 0);
    world.ok("cole", Verb::ConfirmRestoration, "I1", 0);
    world.ok("mora", Verb::StandDownMajor, "I1", 0);
    world.severity("ines", "I1", Severity::One);
    assert!(world.incident("I1").is_major_running());
}

#[test]
fn a_refused_stand_down_names_every_condition_that_is_not_met() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.logged("I2", 1);
    world.does("ines", &link("I1", "I2")).expect("a link");
    world.severity("ines", "I1", Severity::One);
    let incident = fixture::incident("I1");
    let stand_down = StandDownMajor { incident, reason: "It is over".to_owned(), review_owner: None };
    let refusal =
        decide(&world.records, &fixture::actor("mora"), world.now, &Command::StandDownMajor(stand_down));
    assert_eq!(
        refusal.expect_err("nothing is met").to_string(),
        "Stand down: normal service is not restored; 2 affected clients are not told; nobody leads the major \
         incident; there was no bridge call, and no word to management; nobody is named to own the \
         review (§3.7) (§3.6). Let an Incident Manager take the lead first. Tell \
         management how it stands, or open a bridge call. Or ask a Supervisor for an exception (§4.2)."
    );
}

#[test]
fn trap_80_a_suspicion_stops_no_clock_and_closes_nothing() {
    let (with, without) = (worked_on(&[(3, 0)], |_| true), worked_on(&[(3, 0)], |_| false));
    let (with, without) = (with.incident("I1"), without.incident("I1"));
    assert_eq!(with, without);
    assert!(with.is_open());
}

#[test]
fn trap_83_what_members_write_becomes_public_by_no_deed_but_its_own() {
    let mut world = worked_on(&[(3, 0)], |_| true);
    let before = world.incident("I1").clone();
    let end = CloseSuspicion {
        suspicion: fixture::suspicion("D1"),
        outcome: SuspicionOutcome::NoBreach,
        text: "A test account".to_owned(),
    };
    let told = world.events.len();
    world.does("vance", &Command::CloseSuspicion(end)).expect("an end");
    assert_eq!(world.incident("I1"), &before);
    let on_incident = |event: &Event| event.subject == Subject::Incident(fixture::incident("I1"));
    assert!(!world.events[told..].iter().any(on_incident));
}

#[test]
fn approval_is_asked_for_at_members_desks_alone() {
    let world = worked_on(&[(3, 0)], |_| true);
    let id = fixture::incident("I1");
    let asks = |name: &str| asks_approval(&world.records, fixture::person(name), id);
    assert!(asks("kay") && asks("vance") && asks("mora"));
    assert!(!asks("cole") && !asks("tom"));
    let other = fixture::incident("I2");
    assert!(!asks_approval(&world.records, fixture::person("kay"), other), "nothing is suspected there");
    let suspicion = &world.records.suspicions[&fixture::suspicion("D1")];
    let outside = outsiders(suspicion, world.incident("I1"), &world.records.setup);
    assert!(outside.contains(&fixture::person("cole")), "who speaks with the client is no member");
}

#[test]
fn a_suspicion_is_a_record_that_points_to_its_incident_until_it_is_closed() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.ok("kay", Verb::SuspectBreach, "I1", 0);
    let (id, incident) = (fixture::suspicion("D1"), fixture::incident("I1"));
    let seen = |world: &World| {
        let record = world.records.get(Subject::Suspicion(id)).expect("a suspicion");
        (record.is_open(), record.changed_at(), record.kin())
    };
    let kin = || vec![Subject::Incident(incident)];
    assert_eq!(seen(&world), (true, world.now, kin()));
    world.ok("kay", Verb::NoteSuspicion, "I1", 0);
    world.ok("kay", Verb::ReleaseLine, "I1", 0);
    assert_eq!(seen(&world), (true, world.now, kin()));
    let suspicion = &world.records.suspicions[&id];
    let notes: Vec<_> = suspicion.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!((notes, suspicion.released), (vec!["the log says so"], 1));
    world.ok("vance", Verb::CloseSuspicion, "I1", 0);
    assert_eq!(seen(&world), (false, world.now, kin()));
    assert!(!asks_approval(&world.records, fixture::person("kay"), incident), "it is over");
}

#[test]
fn the_time_that_the_law_gives_is_watched_from_its_half() {
    let mut world = World::new();
    Arc::make_mut(&mut world.records.setup).house.breach_notice_within_minutes = Some(72 * 60);
    world.logged("I1", 0);
    world.ok("kay", Verb::SuspectBreach, "I1", 0);
    let (suspected, kay) = (world.now, fixture::person("kay"));
    let minutes = |minutes: i64| suspected.plus_millis(minutes * MINUTE);
    let is_hers = |owed: &Obligation| {
        owed.subject == Subject::Suspicion(fixture::suspicion("D1")) && owed.owner.person == Some(kay)
    };
    let owed = obligations(&world.records, world.now).into_iter().find(is_hers).expect("a duty");
    let (watch, caution, warning) = (minutes(36 * 60), minutes(54 * 60), minutes(64 * 60 + 48));
    assert_eq!(owed.due, Some(minutes(72 * 60)));
    assert_eq!(owed.attention, Some(Attention { watch, caution, warning }));
}

#[test]
fn a_drill_is_counted_nowhere_and_says_what_it_is() {
    let mut world = World::new();
    for (name, drill) in [("I1", true), ("I2", false)] {
        let actor = fixture::actor("ines");
        let desk = Desk {
            records: &world.records,
            actor: &actor,
            now: world.now,
            incident: fixture::incident(name),
            signal: fixture::signal("S1"),
            record: None,
            pick: 0,
        };
        let Command::LogIncident(log) = desk.command(Verb::LogIncident) else { panic!("another verb") };
        let entry = incident::LogEntry { drill, ..log.entry };
        world.does("ines", &Command::LogIncident(LogIncident { entry, ..log })).expect("an entry");
    }
    let (drill, real) = (world.incident("I1"), world.incident("I2"));
    assert!(drill.is_drill() && !drill.counts() && watermark(drill).is_some());
    assert!(!real.is_drill() && real.counts() && watermark(real).is_none());
    let first = line(&world.events[0].fact, &world.records.setup);
    assert!(first.title.starts_with("Drill. Logged"), "{}", first.title);
}

#[test]
fn a_manager_who_leads_technically_and_too_wide_a_span_are_warned_of() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.severity("ines", "I1", Severity::One);
    let incident: IncidentId = fixture::incident("I1");
    let give = |role, to: &str| {
        let to: PersonId = fixture::person(to);
        let in_place_of = None;
        Command::AssignMajorRole(incident::command::AssignMajorRole { incident, role, to, in_place_of })
    };
    let rules = |span_max| MajorRules { span_max, ..MajorRules::default() };
    let warnings = |world: &World, span| {
        let major = world.incident("I1").major.as_ref().expect("a process");
        major.warnings(&rules(span))
    };
    assert_eq!(warnings(&world, Some(0)).len(), MajorRole::ALL.len(), "every role is vacant");
    world.does("mora", &give(MajorRole::IncidentManager, "mora")).expect("a role");
    world.does("mora", &give(MajorRole::TechnicalLead, "mora")).expect("warned of, not refused");
    let mora = fixture::person("mora");
    assert!(warnings(&world, None).contains(&Warning::ManagerLeadsTechnically { person: mora }));
    world.ok("mora", Verb::GiveTask, "I1", 0);
    assert!(warnings(&world, Some(0)).contains(&Warning::SpanTooWide { people: 1, max: 0 }));
    assert!(!warnings(&world, Some(1)).iter().any(|warning| matches!(warning, Warning::SpanTooWide { .. })));
}

#[test]
fn a_decision_looks_at_the_kin_of_what_it_names() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.logged("I2", 1);
    world.does("ines", &link("I1", "I2")).expect("a link");
    let mut alone = world.records.clone();
    alone.remove(Subject::Incident(fixture::incident("I2")));
    assert_eq!(alone.kin(), [Subject::Incident(fixture::incident("I2"))]);
    assert_eq!(world.records.kin(), []);
}

#[test]
fn what_is_offered_on_one_record_is_what_is_offered_on_it_among_all() {
    let mut world = World::new();
    world.logged("I1", 0);
    world.logged("I2", 1);
    let (ines, one) = (fixture::actor("ines"), Subject::Incident(fixture::incident("I1")));
    let all = offers(&world.records, &ines, world.now);
    let on_it: Vec<_> = all.into_iter().filter(|offer| offer.subject == Some(one)).collect();
    assert!(on_it.iter().any(|offer| offer.verb == Verb::Categorise && offer.refusal.is_none()));
    assert_eq!(offers_on(&world.records, &ines, world.now, one), on_it);
}
