//! The clause register: a good incident fails nothing, and each spoilt twin fails its one clause.

#[path = "register/aftermath.rs"]
mod aftermath;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "register/premises.rs"]
mod premises;
#[path = "register/reasons.rs"]
mod reasons;
#[path = "register/seeds.rs"]
mod seeds;
#[path = "register/story.rs"]
mod story;

use std::collections::BTreeSet;
use std::sync::Arc;

use incident::agreement::ClockKind;
use incident::compliance::{
    CLAUSES, Clause, Register, Verdict, house, judge, judge_house, judgements, register,
};
use incident::escalation::Addressee;
use incident::on_call::{FixedShift, Override, Rota, Rotation, TemporarySchedule, Turn};
use incident::review::ReviewState;
use incident::{
    Fact, Impact, MINUTE, RecordRef, Records, Setting, Severity, Subject, Timestamp, obligations,
};
use seeds::SEEDS;
use story::{Story, at};

/// Every record, and the house.
fn everything(records: &Records, now: Timestamp) -> Register {
    let mut all = register(records.all(), &records.setup, now);
    all.add_house(records, now);
    all
}

fn failed(records: &Records) -> Vec<incident::compliance::Judgement> {
    everything(records, story::LATER).failures
}

#[test]
fn a_good_incident_fails_nothing() {
    let failures = failed(&Story::with_an_exception().records());
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn each_seeded_violation_is_named_with_its_entries_and_no_other() {
    for seed in SEEDS {
        let mut story = Story::with_an_exception();
        (seed.spoil)(&mut story);
        let failures = failed(&story.records());
        let named: Vec<_> = failures.iter().map(|failure| failure.clause).collect();
        let expected: Vec<_> = seed.entails.iter().copied().chain([seed.clause]).collect();
        assert_eq!(named, expected, "{failures:#?}");
        let own = &failures[seed.entails.len()];
        let cited: Vec<_> = own.evidence.iter().map(|entry| entry.fact).collect();
        assert_eq!(cited, seed.cites, "{}", seed.clause);
    }
}

#[test]
fn an_exception_covers_its_clause_and_no_other() {
    for (clause, clock, covered) in [
        ("§3.1", None, true),
        ("§3.1/5", None, true),
        ("§3.1/6", None, false),
        ("§3.3", None, false),
        ("§3.1", Some(ClockKind::Response), false),
    ] {
        for is_retroactive in [false, true] {
            let mut story = Story::with_an_exception();
            story.without(|fact| matches!(fact, Fact::Categorised { .. }));
            story.except(clause, clock, is_retroactive);
            let records = story.records();
            let register = register(records.all(), &records.setup, story::LATER);
            let line = register.lines.iter().find(|line| line.clause == "§3.1/5").expect("a line");
            let counts = (line.tally.failed, line.tally.excepted, line.tally.excepted_afterwards);
            let expected = match (covered, is_retroactive) {
                (false, _) => (1, 0, 0),
                (true, false) => (0, 1, 0),
                (true, true) => (0, 0, 1),
            };
            assert_eq!(counts, expected, "{clause} {clock:?}");
            // What was excepted afterwards failed all the same.
            assert_eq!(register.failures.is_empty(), covered && !is_retroactive);
        }
    }
}

#[test]
fn what_is_late_and_not_escalated_fails_its_target_and_both_paths() {
    let mut story = Story::with_an_exception();
    story.without(|fact| matches!(fact, Fact::Escalated { .. }));
    story.later("10:30", 4 * 60);
    let named: Vec<_> = failed(&story.records()).iter().map(|failure| failure.clause).collect();
    assert_eq!(named, ["§3.3/3", "§3.5/1", "§3.5/6"]);
}

#[test]
fn every_clause_is_seeded() {
    let known: BTreeSet<_> = SEEDS.iter().map(|seed| seed.clause).collect();
    let all: BTreeSet<_> = CLAUSES.iter().map(|clause| clause.id).collect();
    assert_eq!(known, all);
}

#[test]
fn numbers_are_unique_and_in_their_paragraphs() {
    let ids: BTreeSet<_> = CLAUSES.iter().map(|clause| clause.id).collect();
    assert_eq!(ids.len(), CLAUSES.len());
    for clause in CLAUSES {
        let (paragraph, number) = clause.id.split_once('/').expect("a number in a paragraph");
        assert_eq!(paragraph, clause.paragraph());
        assert!(number.parse::<u32>().is_ok_and(|number| number > 0), "{}", clause.id);
        assert!(clause.demand.ends_with('.'), "{}", clause.id);
        assert_eq!(Clause::of(clause.id).map(|found| found.id), Some(clause.id));
    }
}

#[test]
fn an_exception_of_the_whole_house_covers_what_holds_of_it() {
    let mut story = Story::with_an_exception();
    story.set_up(|setup| setup.procedures.clear());
    story.everybody_is_excepted("§3.5");
    let register = everything(&story.records(), at("12:30"));
    let excepted = register.lines.iter().filter(|line| line.tally.excepted == 1).map(|line| line.clause);
    assert_eq!(excepted.collect::<Vec<_>>(), ["§3.5/3"]);
}

#[test]
fn no_data_is_never_kept() {
    let records = Story::only_logged().records();
    let judged = records.all().flat_map(|record| judgements(record, &records.setup, at("09:00")));
    let kept: Vec<_> = judged.filter(|judgement| judgement.verdict == Verdict::Kept).collect();
    let named: Vec<_> = kept.iter().map(|judgement| judgement.clause).collect();
    assert_eq!(named, ["§3.1/2", "§3.1/4", "§3.6/1", "§3.1/3"]);
    assert!(kept.iter().all(|judgement| !judgement.evidence.is_empty()));
    let nothing = Records::default();
    let kept = house(&nothing, at("09:00")).into_iter().find(|judged| judged.verdict == Verdict::Kept);
    assert_eq!(kept, None);
}

#[test]
fn a_clause_is_not_applicable_to_another_kind_of_record() {
    let records = Story::with_an_exception().records();
    let signal = RecordRef::Signal(records.signals.values().next().expect("a signal"));
    let of_incidents = Clause::of("§3.1/1").expect("a clause");
    let judgement = judge(of_incidents, signal, &records.setup, story::LATER);
    assert_eq!(judgement.verdict, Verdict::NotApplicable);
    assert_eq!(judgement.subject, Some(signal.subject()));
}

#[test]
fn one_clause_alone_says_what_all_together_say() {
    let records = Story::with_an_exception().records();
    for record in records.all() {
        for whole in judgements(record, &records.setup, story::LATER) {
            let clause = Clause::of(whole.clause).expect("a clause");
            assert_eq!(judge(clause, record, &records.setup, story::LATER), whole);
        }
    }
    let of_the_house = house(&records, story::LATER);
    let judged: Vec<_> = of_the_house.iter().map(|whole| whole.clause).collect();
    let all = CLAUSES.iter().filter(|clause| clause.about() == "house").map(|clause| clause.id);
    assert_eq!(judged, all.collect::<Vec<_>>());
    for whole in of_the_house {
        assert_eq!((whole.subject, Clause::of(whole.clause).map(Clause::about)), (None, Some("house")));
        let clause = Clause::of(whole.clause).expect("a clause");
        assert_eq!(judge_house(clause, &records, story::LATER), whole);
    }
}

#[test]
fn nothing_is_owed_on_what_was_no_incident() {
    let mut story = Story::only_logged();
    story.cancel(at("09:10"));
    let records = story.records();
    let incident = records.incidents.values().next().expect("an incident");
    for judgement in judgements(RecordRef::Incident(incident), &records.setup, story::LATER) {
        assert_eq!(judgement.verdict, Verdict::NotApplicable, "{judgement:?}");
    }
}

#[test]
fn what_was_broken_before_it_was_cancelled_stays_broken() {
    let mut story = Story::only_logged();
    story.cancel(at("09:30"));
    let records = story.records();
    let incident = records.incidents.values().next().expect("an incident");
    let all = judgements(RecordRef::Incident(incident), &records.setup, story::LATER);
    let judged = all.iter().filter(|judgement| judgement.verdict != Verdict::NotApplicable);
    let failed: Vec<_> = judged.map(|judgement| (judgement.clause, judgement.verdict)).collect();
    assert_eq!(failed, [("§3.3/2", Verdict::Failed { at: at("09:15") })]);
}

#[test]
fn a_closed_record_is_late_no_longer() {
    let mut story = Story::with_an_exception();
    story.without(|fact| matches!(fact, Fact::MajorRoleAccepted { .. }));
    story.except("§3.6", None, false);
    // It was closed at eleven, and nobody had to lead it any more.
    story.each(|event| {
        if let Fact::ExceptionGranted { granted } = &mut event.fact {
            granted.until = at("11:00");
        }
    });
    let records = story.records();
    let incident = records.incidents.values().next().expect("an incident");
    let clause = Clause::of("§3.6/3").expect("a clause");
    let judgement = judge(clause, RecordRef::Incident(incident), &records.setup, story::LATER);
    assert!(matches!(judgement.verdict, Verdict::Excepted { is_retroactive: false, .. }), "{judgement:?}");
}

#[test]
fn a_tally_counts_every_verdict_once() {
    let records = Story::with_an_exception().records();
    let now: Timestamp = at("09:00").plus_millis(MINUTE);
    for moment in [now, story::LATER] {
        for line in everything(&records, moment).lines {
            let tally = line.tally;
            let all = tally.kept + tally.failed + tally.not_due_yet + tally.not_applicable;
            let excepted = tally.excepted + tally.excepted_afterwards;
            assert_eq!(all + excepted + tally.needs_human_review, 1, "{}", line.clause);
        }
    }
}

#[test]
fn a_severity_raised_later_is_cited_where_it_was_raised() {
    let mut story = Story::with_an_exception();
    story.entry(|entry| entry.impact = Impact::SomeUsers);
    let records = story.records();
    let incident = records.incidents.values().next().expect("an incident");
    assert_eq!(incident.peak_severity(), Severity::One);
    let clause = Clause::of("§3.6/1").expect("a clause");
    let judgement = judge(clause, RecordRef::Incident(incident), &records.setup, story::LATER);
    assert_eq!((judgement.verdict, judgement.evidence[0].fact), (Verdict::Kept, "severity_changed"));
}

#[test]
fn what_was_grave_and_closed_by_itself_was_closed_by_no_incident_manager() {
    let mut story = Story::good();
    story.each(|event| {
        if matches!(event.fact, Fact::Closed { .. }) {
            event.actor = incident::PersonId::SERVER;
        }
    });
    let records = story.records();
    let incident = records.incidents.values().next().expect("an incident");
    let clause = Clause::of("§3.2/2").expect("a clause");
    let judgement = judge(clause, RecordRef::Incident(incident), &records.setup, story::LATER);
    assert!(matches!(judgement.verdict, Verdict::Failed { .. }), "{judgement:?}");
}

#[test]
fn what_another_desk_never_wrote_down_is_for_people() {
    let mut story = Story::with_an_exception();
    story.without(|fact| {
        matches!(
            fact,
            Fact::ResolutionStepRecorded { .. }
                | Fact::Escalated { .. }
                | Fact::RestorationConfirmed { .. }
                | Fact::MessageWritten { .. }
                | Fact::InternallyUpdated { .. }
                | Fact::BridgeOpened { .. }
                | Fact::ReviewAttached { .. }
        )
    });
    story.later("10:30", 4 * 60);
    story.each(|event| event.actor = incident::PersonId::SERVER);
    let records = story.records();
    let incident = records.incidents.values().next().expect("an incident");
    let of = |id: &str| {
        let clause = Clause::of(id).expect("a clause");
        judge(clause, RecordRef::Incident(incident), &records.setup, story::LATER).verdict
    };
    let for_people = [
        "§3.1/2", "§3.1/7", "§3.1/9", "§3.1/10", "§3.2/2", "§3.4/1", "§3.4/2", "§3.4/3", "§3.4/4", "§3.4/5",
        "§3.4/7", "§3.5/1", "§3.5/6", "§3.6/4", "§3.7/1",
    ];
    for id in for_people {
        assert_eq!(of(id), Verdict::NeedsHumanReview, "{id}");
    }
    // What it did write down is judged.
    assert_eq!(of("§3.1/5"), Verdict::Kept);
    assert!(matches!(of("§3.3/3"), Verdict::Failed { .. }));
}

#[test]
fn a_record_from_before_trails_were_kept_is_for_people() {
    let records = Story::with_an_exception().records();
    let mut incident = records.incidents.values().next().expect("an incident").as_ref().clone();
    incident.trail = incident::compliance::Trail::default();
    for id in ["§3.1/5", "§3.1/6", "§3.1/9", "§3.7/1"] {
        let clause = Clause::of(id).expect("a clause");
        let judgement = judge(clause, RecordRef::Incident(&incident), &records.setup, story::LATER);
        assert_eq!(judgement.verdict, Verdict::NeedsHumanReview, "{id}");
    }
}

#[test]
fn a_drill_is_judged_and_counted_nowhere() {
    let mut story = Story::good();
    story.entry(|entry| entry.drill = true);
    story.without(|fact| matches!(fact, Fact::Categorised { .. }));
    let records = story.records();
    let counted = register(records.all(), &records.setup, story::LATER);
    assert_eq!((counted.left_out, counted.failures.len()), (1, 0));
    let mut others = records.clone();
    others.incidents.clear();
    assert_eq!(counted.lines, register(others.all(), &others.setup, story::LATER).lines);
    let incident = records.incidents.values().next().expect("an incident");
    let judged = judgements(RecordRef::Incident(incident), &records.setup, story::LATER);
    let failed: Vec<_> = judged.iter().filter(|j| j.verdict.is_failure()).map(|j| j.clause).collect();
    assert_eq!(failed, ["§3.1/5"]);
}

#[test]
fn trap_72_an_action_outlives_its_incident_and_its_review() {
    let mut story = Story::with_an_exception();
    story.without(|fact| matches!(fact, Fact::ActionFinished { .. } | Fact::ActionVerified { .. }));
    let records = story.records();
    assert!(records.incidents.values().all(|incident| !incident.is_open()));
    let review = records.reviews.values().next().expect("a review");
    assert_eq!(review.state, ReviewState::Closed);
    let nagged: Vec<_> = obligations(&records, story::LATER)
        .into_iter()
        .filter(|owed| owed.subject == Subject::Review(review.id))
        .filter_map(|owed| owed.owner.person)
        .collect();
    assert_eq!(nagged, [fixture::person("tom"), fixture::person("vance")], "its owner, and the manager");
    let failures = failed(&records);
    let named: Vec<_> = failures.iter().map(|failure| failure.clause).collect();
    assert_eq!(named, ["§3.7/3"]);
    // A closed review alone is no tracked action, however early it is closed.
    let early = judge(
        Clause::of("§3.7/3").expect("a clause"),
        RecordRef::Review(review),
        &records.setup,
        at("13:30"),
    );
    assert_eq!(early.verdict, Verdict::Failed { at: at("13:20") });
}

#[test]
fn severity_1_that_was_reopened_without_its_process_fails_the_clause() {
    let clause = Clause::of("§3.6/1").expect("a clause");
    let verdict = |story: &Story| {
        let records = story.records();
        let incident = records.incidents.values().next().expect("an incident");
        judge(clause, RecordRef::Incident(incident), &records.setup, story::LATER).verdict
    };
    let mut story = Story::good();
    story.without(|fact| matches!(fact, Fact::Closed { .. }));
    let (reason, review_owner) = ("Mail flows".to_owned(), fixture::person("mora"));
    story.add("10:45", "mora", Fact::MajorIncidentStoodDown { reason, review_owner });
    assert_eq!(verdict(&story), Verdict::Kept);
    story.add("10:55", "ines", Fact::Reopened { reason: "It stands still".into(), was_confirmed: true });
    assert_eq!(verdict(&story), Verdict::Failed { at: at("10:55") });
    story.add("10:55", "ines", Fact::MajorIncidentDeclared { because: "Severity 1".into() });
    assert_eq!(verdict(&story), Verdict::Kept);
}

#[test]
fn a_rota_leads_to_those_whom_it_has_still_to_call() {
    let (now, rota) = (story::LATER, fixture::rota("nights"));
    let mut records = premises::well_run();
    let setup = Arc::make_mut(&mut records.setup);
    for path in setup.paths.values_mut() {
        path.steps.clear();
        path.last_resort = Addressee::Rota { rota };
    }
    let from = now.plus_millis(-MINUTE);
    let brings_in = |to| Override { from, to, add: Some(fixture::person("tom")), remove: None };
    let plans = |to| {
        let shifts = vec![FixedShift { person: fixture::person("tom"), from, to }];
        TemporarySchedule { from, to, shifts }
    };
    let left = Rotation {
        turn: Turn::Daily,
        length: 1,
        starts: "2026-06-01T09:00:00".into(),
        participants: vec![fixture::person("gone")],
        restrictions: Vec::new(),
    };
    let mut led = |overrides, temporary| {
        let (name, zone) = ("nights".to_owned(), "UTC".to_owned());
        let rotations = vec![left.clone()];
        let known = Rota { id: rota, version: 1, name, zone, rotations, overrides, temporary };
        let setup = Arc::make_mut(&mut records.setup);
        setup.take(Setting::Rota(known)).expect("a rota");
        judge_house(Clause::of("§3.5/5").expect("a clause"), &records, now).verdict
    };
    let (over, lasting) = (now, now.plus_millis(1));
    assert_eq!(led(Vec::new(), Vec::new()), Verdict::Failed { at: now });
    assert_eq!(led(vec![brings_in(over)], Vec::new()), Verdict::Failed { at: now });
    assert_eq!(led(vec![brings_in(lasting)], Vec::new()), Verdict::Kept);
    assert_eq!(led(Vec::new(), vec![plans(over)]), Verdict::Failed { at: now });
    assert_eq!(led(Vec::new(), vec![plans(lasting)]), Verdict::Kept);
}
