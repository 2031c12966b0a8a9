//! Laws of the rule book: whatever people do, in whatever order, these hold.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::collections::BTreeSet;

use incident::agreement::ClockKind;
use incident::clock::{Broken, ClockState, Reading, Verdict, proof, read, readings};
use incident::identification::SignalState;
use incident::{
    Actor, Column, Event, IncidentId, MINUTE, Records, RefusalCode, Role, SignalId, Subject, Timestamp, Verb,
    apply, decide, fold_incident, moves, obligations, offers, what_if,
};
use proptest::collection::vec;
use proptest::prelude::*;
use sensible::Desk;

const INCIDENTS: [&str; 2] = ["I1", "I2"];
const SIGNALS: [&str; 2] = ["S1", "S2"];

/// How somebody comes to a verb.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// What is owed, so that stories get to their end.
    Duty,
    /// What is offered, so that they branch.
    Offer,
    /// Anything at all.
    Blind,
    /// The server looks for breaches.
    Watch,
}

/// One thing somebody tries.
#[derive(Debug, Clone)]
struct Try {
    actor: usize,
    verb: prop::sample::Index,
    way: Way,
    incident: usize,
    signal: usize,
    pick: u8,
    /// Minutes since the one before.
    later: i64,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let way = prop_oneof![4 => Just(Way::Duty), 4 => Just(Way::Offer), 1 => Just(Way::Blind), 1 => Just(Way::Watch)];
    let verb = (any::<prop::sample::Index>(), way);
    let one = (0..24_usize, verb, 0..2_usize, 0..2_usize, any::<u8>(), 0..240_i64).prop_map(
        |(actor, (verb, way), incident, signal, pick, later)| Try {
            actor,
            verb,
            way,
            incident,
            signal,
            pick,
            later,
        },
    );
    vec(one, 1..100)
}

/// Somebody with every role but the server's.
fn everybody() -> Actor {
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
    Actor { person: fixture::person("mora"), roles }
}

fn actors() -> Vec<Actor> {
    let people = fixture::PEOPLE.iter().map(|(name, _)| fixture::actor(name));
    people.chain([Actor::server()]).collect()
}

impl Try {
    /// Mostly somebody who may do everything, so that stories get somewhere.
    fn actor(&self) -> Actor {
        if matches!(self.way, Way::Watch) {
            return Actor::server();
        }
        actors().get(self.actor).cloned().unwrap_or_else(everybody)
    }

    fn incident(&self) -> IncidentId {
        fixture::incident(INCIDENTS[self.incident])
    }

    fn signal(&self) -> SignalId {
        fixture::signal(SIGNALS[self.signal])
    }
}

/// A story: the records after each deed, and the events that made them.
struct Story {
    records: Records,
    events: Vec<Event>,
    now: Timestamp,
}

impl Story {
    fn begin() -> Self {
        let now = Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant");
        Self { records: fixture::records(), events: Vec::new(), now }
    }

    /// Tries one deed and folds what is accepted.
    fn go_on(&mut self, one: &Try) {
        self.now = self.now.plus_millis(one.later * MINUTE);
        let actor = one.actor();
        let command = self.desk(&actor, one).command(self.verb(&actor, one));
        if let Ok(events) = decide(&self.records, &actor, self.now, &command) {
            assert!(!events.is_empty(), "{command:?} was accepted and made nothing happen");
            for event in events {
                assert!(apply(&mut self.records, &event), "{event:?} was accepted and does not fold");
                self.events.push(event);
            }
        }
    }

    fn verb(&self, actor: &Actor, one: &Try) -> Verb {
        let incident = Subject::Incident(one.incident());
        let choice: Vec<_> = match one.way {
            Way::Duty => obligations(&self.records, self.now)
                .into_iter()
                .filter(|owed| owed.subject == incident)
                .flat_map(|owed| owed.fulfilled_by)
                .collect(),
            Way::Offer => offers(&self.records, actor, self.now)
                .into_iter()
                .filter(|offer| offer.refusal.is_none())
                .filter(|offer| {
                    offer.subject.is_none_or(|on| on == incident || on == Subject::Signal(one.signal()))
                })
                // Cancelling ends a story that has hardly begun.
                .filter(|offer| offer.verb != Verb::Cancel || one.pick < 32)
                .map(|offer| offer.verb)
                .collect(),
            Way::Blind => Verb::ALL.to_vec(),
            Way::Watch => vec![Verb::RecordBreach],
        };
        if choice.is_empty() { Verb::LogIncident } else { choice[one.verb.index(choice.len())] }
    }

    fn desk<'a>(&'a self, actor: &'a Actor, one: &Try) -> Desk<'a> {
        Desk {
            records: &self.records,
            actor,
            now: self.now,
            incident: one.incident(),
            signal: one.signal(),
            record: None,
            pick: one.pick,
        }
    }
}

fn told(tries: &[Try]) -> Story {
    let mut story = Story::begin();
    tries.iter().for_each(|one| story.go_on(one));
    story
}

/// A refusal that the arguments of even a sensible command may earn.
fn is_about_arguments(code: RefusalCode) -> bool {
    match code {
        RefusalCode::OtherClient | RefusalCode::Unknown => true,
        RefusalCode::NotPermitted
        | RefusalCode::AlreadyExists
        | RefusalCode::Missing
        | RefusalCode::TooLong
        | RefusalCode::Invalid
        | RefusalCode::NotOpen
        | RefusalCode::ChangedMeanwhile
        | RefusalCode::NothingChanges
        | RefusalCode::TooEarly
        | RefusalCode::TooLate
        | RefusalCode::NeedsIncidentManager
        | RefusalCode::Disputed
        | RefusalCode::NotConfirmed
        | RefusalCode::PauseNotAgreed
        | RefusalCode::NeedsSecondPerson => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing that people do makes a question unanswerable.
    #[test]
    fn every_question_has_an_answer(tries in tries()) {
        let mut story = Story::begin();
        for (place, one) in tries.iter().enumerate() {
            story.go_on(one);
            if place % 8 != 0 {
                continue;
            }
            let Story { records, now, .. } = &story;
            let earlier = now.plus_millis(-7 * 24 * 60 * MINUTE);
            for at in [*now, earlier, Timestamp::from_millis(i64::MAX), Timestamp::from_millis(i64::MIN)] {
                let _ = obligations(records, at);
                let _ = offers(records, &one.actor(), at);
                for (id, incident) in &records.incidents {
                    prop_assert_eq!(moves(records, &one.actor(), at, *id).len(), Column::ALL.len());
                    prop_assert_eq!(readings(incident, &records.setup, at).len(), ClockKind::ALL.len());
                    for kind in ClockKind::ALL {
                        let _ = proof(incident, &records.setup, kind, at);
                    }
                }
            }
        }
    }

    /// A button that is there works, and one that is not gives the reason that the rule would give.
    #[test]
    fn offers_and_decisions_agree(tries in tries(), pick in any::<u8>()) {
        let story = told(&tries);
        let Story { records, now, .. } = &story;
        for actor in actors().into_iter().chain([everybody()]) {
            for offer in offers(records, &actor, *now) {
                let (incident, signal) = match offer.subject {
                    Some(Subject::Incident(id)) => (id, fixture::signal("S1")),
                    Some(Subject::Signal(id)) => (fixture::incident("I9"), id),
                    Some(
                        Subject::Exception(_)
                        | Subject::Suspicion(_)
                        | Subject::Procedure(_)
                        | Subject::Survey(_)
                        | Subject::Review(_)
                        | Subject::Violation(_)
                        | Subject::Audit(_)
                        | Subject::Setting(_),
                    )
                    | None => (fixture::incident("I9"), fixture::signal("S9")),
                };
                let desk = Desk { records, actor: &actor, now: *now, incident, signal, record: offer.subject, pick };
                let decided = decide(records, &actor, *now, &desk.command(offer.verb));
                match (offer.refusal, decided) {
                    (None, Err(refusal)) => {
                        // Some lowerings take two people: which severity is an argument. So is the agreement
                        // that is the one in force already, and the request that reads so already.
                        let lowers = offer.verb == Verb::SetSeverity
                            && refusal.code == RefusalCode::NeedsSecondPerson
                            || matches!(offer.verb, Verb::SwitchAgreement | Verb::AmendException)
                                && refusal.code == RefusalCode::NothingChanges;
                        // How many outages there are is an argument too.
                        let counts = offer.verb == Verb::RecordRecurrence
                            && refusal.code == RefusalCode::TooEarly;
                        // The name of a new suspicion is one, and only its members know which are taken (§5).
                        let names = offer.verb == Verb::SuspectBreach
                            && refusal.code == RefusalCode::AlreadyExists;
                        // So are period and client of a sample, in which nothing may have been logged.
                        let draws =
                            offer.verb == Verb::DrawSample && refusal.code == RefusalCode::Invalid;
                        // And the record of a sample, in which its reviewer may have had a hand since the draw.
                        let hands = matches!(offer.verb, Verb::ReviewRecord | Verb::ReportFinding)
                            && refusal.code == RefusalCode::NotPermitted;
                        let is_argument =
                            is_about_arguments(refusal.code) || lowers || counts || names || draws || hands;
                        prop_assert!(is_argument, "offered, but: {refusal}");
                    }
                    (Some(said), Err(refusal)) => prop_assert_eq!(said.code, refusal.code, "{}", refusal),
                    (Some(said), Ok(_)) => prop_assert!(false, "done, although: {said}"),
                    (None, Ok(_)) => {}
                }
            }
        }
    }

    /// The record is the fold of its events, from wherever one begins to read, and after the wire.
    #[test]
    fn replay_gives_the_same_record(tries in tries(), cut in any::<prop::sample::Index>()) {
        let Story { records, events, .. } = told(&tries);
        let wire = serde_json::to_string(&events).expect("events are written");
        let read_back: Vec<Event> = serde_json::from_str(&wire).expect("events are read back");
        prop_assert_eq!(&read_back, &events);
        let (before, after) = events.split_at(cut.index(events.len() + 1));
        let mut again = fixture::records();
        before.iter().chain(after).for_each(|event| { apply(&mut again, event); });
        prop_assert_eq!(&again.incidents, &records.incidents);
        prop_assert_eq!(&again.signals, &records.signals);
        for (id, incident) in &records.incidents {
            let wire = serde_json::to_string(incident.as_ref()).expect("a record is written");
            let stored: incident::Incident = serde_json::from_str(&wire).expect("a record is read back");
            prop_assert_eq!(&stored, incident.as_ref());
            let mine = events.iter().filter(|event| event.subject == Subject::Incident(*id));
            let folded = fold_incident(*id, mine);
            prop_assert_eq!(folded.as_ref(), Some(incident.as_ref()));
        }
        // A record that was stored half way goes on from there.
        let mut half = incident::fold(before);
        half.setup = records.setup.clone();
        after.iter().for_each(|event| { apply(&mut half, event); });
        prop_assert_eq!(&half.incidents, &records.incidents);
    }

    /// A breach that happened is a fact, unless it was found to be recorded wrongly (ruling 5).
    #[test]
    fn no_deed_takes_back_a_breach(tries in tries()) {
        let mut story = Story::begin();
        let mut broken: Vec<(IncidentId, ClockKind, Broken)> = Vec::new();
        for one in &tries {
            story.go_on(one);
            let Story { records, now, .. } = &story;
            for (id, kind, was) in &broken {
                let incident = &records.incidents[id];
                if incident.exceptions.iter().any(|granted| granted.corrects(*kind, was.at)) {
                    continue;
                }
                let reading = read(incident, &records.setup, *kind, *now);
                let is = reading.broken.map(|is| (is.at, is.severity));
                prop_assert_eq!(is, Some((was.at, was.severity)), "{:?} after {:?}", kind, one);
            }
            for (id, incident) in &records.incidents {
                for reading in readings(incident, &records.setup, *now) {
                    let is_new = !broken.iter().any(|(known, kind, _)| known == id && *kind == reading.kind);
                    if let Some(was) = reading.broken.filter(|_| is_new) {
                        broken.push((*id, reading.kind, was));
                    }
                }
            }
        }
    }

    /// Not even deeds that arrive late, from desks whose clocks are off, take back a breach on record.
    #[test]
    fn late_news_takes_back_no_recorded_breach(tries in tries(), back in vec(0..3_000_i64, 100)) {
        let mut story = Story::begin();
        for (one, back) in tries.iter().zip(back) {
            let latest = story.now;
            story.now = story.now.plus_millis(-back * MINUTE);
            story.go_on(one);
            story.now = latest.max(story.now).plus_millis(one.later * MINUTE);
            let Story { records, now, .. } = &story;
            for incident in records.incidents.values() {
                for breach in incident.breaches.iter().filter(|breach| !incident.is_corrected(breach)) {
                    let reading = read(incident, &records.setup, breach.clock, *now);
                    prop_assert!(reading.broken.is_some_and(|broken| broken.at <= breach.due));
                }
            }
        }
    }

    /// What was not met is never met later: an exception may cover it, or nobody may know (rulings 5, 12).
    #[test]
    fn no_deed_makes_a_broken_promise_met(tries in tries()) {
        let mut story = Story::begin();
        let mut failed: BTreeSet<(IncidentId, ClockKind)> = BTreeSet::new();
        for one in &tries {
            story.go_on(one);
            let Story { records, now, .. } = &story;
            for (id, incident) in &records.incidents {
                for reading in readings(incident, &records.setup, *now) {
                    let key = (*id, reading.kind);
                    let is_met = matches!(reading.verdict, Verdict::Met { .. });
                    prop_assert!(!(is_met && failed.contains(&key)), "{:?} after {:?}", reading, one);
                    if reading.broken.is_some() {
                        failed.insert(key);
                    }
                }
            }
        }
    }

    /// A clock that runs on undisturbed has spent at its deadline exactly what was promised, and the stretches
    /// of its proof add up, wherever pauses and reopenings have split it.
    #[test]
    fn a_proof_adds_up(tries in tries()) {
        let Story { records, now, .. } = told(&tries);
        for incident in records.incidents.values() {
            for reading in readings(incident, &records.setup, now) {
                let Some(due) = reading.due.filter(|due| *due >= now) else { continue };
                if reading.state != ClockState::Running || incident.open_pause().is_some() {
                    continue;
                }
                let shown = proof(incident, &records.setup, reading.kind, due).expect("a target has a proof");
                prop_assert_eq!(shown.spent_ms, shown.budget_ms, "{:?}", reading);
                let counted: i64 = shown.segments.iter().map(|segment| segment.counted_ms).sum();
                prop_assert_eq!(counted, shown.budget_ms, "{:?}", shown);
            }
        }
    }

    /// What-if says what the deed then does: each clock, each breach, each refusal.
    #[test]
    fn a_what_if_equals_the_deed(
        tries in tries(),
        deeds in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        later in 0..3_000_i64,
    ) {
        let mut story = told(&tries);
        story.now = story.now.plus_millis(later * MINUTE);
        let Story { records, now, .. } = &story;
        let actor = everybody();
        let command = |(verb, pick): &(prop::sample::Index, u8)| {
            let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
            let desk = Desk { records, actor: &actor, now: *now, incident, signal, record: None, pick: *pick };
            desk.command(Verb::ALL[verb.index(Verb::ALL.len())])
        };
        let commands: Vec<_> = deeds.iter().map(command).collect();
        let said = what_if(records, &actor, *now, &commands);

        let mut after = records.clone();
        let mut refusal = None;
        for command in &commands {
            match decide(&after, &actor, *now, command) {
                Ok(events) => events.iter().for_each(|event| { apply(&mut after, event); }),
                Err(refused) => {
                    refusal = Some(refused);
                    break;
                }
            }
        }
        prop_assert_eq!(&said.refusal, &refusal);
        for (id, incident) in &after.incidents {
            let was = records.incidents.get(id).map(|was| readings(was, &records.setup, *now));
            for (place, reading) in readings(incident, &after.setup, *now).iter().enumerate() {
                let before = was.as_ref().map(|was| &was[place]);
                let change = said.changes.iter().find(|c| c.incident == *id && c.after.kind == reading.kind);
                prop_assert_eq!(change.map(|change| &change.after), (before != Some(reading)).then_some(reading));
                let is_new = reading.breach().filter(|breach| before.and_then(Reading::breach).as_ref() != Some(breach));
                let ahead = said.breaches.iter().find(|b| b.incident == *id && b.breach.clock == reading.kind);
                prop_assert_eq!(ahead.map(|ahead| &ahead.breach), is_new.as_ref());
            }
        }
    }

    /// What belongs to one client stays with that client (ruling 11).
    #[test]
    fn no_signal_crosses_clients(tries in tries()) {
        let Story { records, .. } = told(&tries);
        for signal in records.signals.values() {
            let (SignalState::Accepted { incident, .. } | SignalState::Merged { into: incident, .. }) =
                &signal.state
            else {
                continue;
            };
            // A person may find later that the incident is another client's, and says why.
            let into = &records.incidents[incident];
            let was = |client| client == into.entry.client || into.identity.belonged_to(client);
            prop_assert!(signal.sighting.client.is_none_or(was));
        }
    }

    /// At the end of a record only notes are added (§3.1 Closure), and what comes to light of what was done before.
    #[test]
    fn the_end_takes_notes_only(tries in tries()) {
        let Story { records, now, .. } = told(&tries);
        let ended: BTreeSet<_> = records.incidents.values().filter(|i| !i.is_open()).map(|i| i.id).collect();
        for offer in offers(&records, &everybody(), now) {
            if let Some(Subject::Incident(id)) = offer.subject
                && ended.contains(&id)
            {
                // A data breach may come to light at any time, and what happened is reviewed whenever it ended.
                let is_due = !records.incidents[&id].review_triggers().is_empty();
                let stays = match offer.verb {
                    // A survey asks about the end, and a message that went out may still come back.
                    Verb::AddNote | Verb::SuspectBreach | Verb::AskSurvey | Verb::RecordDelivery => true,
                    // A record may be found wrong at any time; the breach stays on it (ruling 5). So may be found what
                    // shows a stop.
                    Verb::RequestCorrection | Verb::LinkEvidence => true,
                    verb => verb == Verb::OpenReview && is_due,
                };
                prop_assert!(offer.refusal.is_some() || stays, "{:?}", offer);
                prop_assert!(offer.refusal.is_none() || offer.verb != Verb::AddNote, "{:?}", offer);
            }
        }
        let owed = obligations(&records, now);
        let on_ended = ended.iter().find(|id| owed.iter().any(|owed| owed.subject == Subject::Incident(**id)));
        prop_assert_eq!(on_ended, None);
    }

    /// Nothing is stuck: what is open has a duty, and somebody can do something about it.
    #[test]
    fn whatever_is_open_can_go_on(tries in tries()) {
        let Story { records, now, .. } = told(&tries);
        let offered: BTreeSet<_> = offers(&records, &everybody(), now)
            .into_iter()
            .filter(|offer| offer.refusal.is_none())
            .filter_map(|offer| Some((offer.subject?, offer.verb)))
            .collect();
        let owed = obligations(&records, now);
        let can = |subject: Subject| {
            owed.iter()
                .filter(|owed| owed.subject == subject)
                .any(|owed| owed.fulfilled_by.iter().any(|verb| offered.contains(&(subject, *verb))))
        };
        for incident in records.incidents.values().filter(|incident| incident.is_open()) {
            prop_assert!(can(Subject::Incident(incident.id)), "stuck: {:?}", incident);
        }
        for signal in records.signals.values().filter(|signal| signal.is_open()) {
            prop_assert!(can(Subject::Signal(signal.id)), "stuck: {:?}", signal);
        }
    }

    /// Whoever counts down to the instant that a running clock names ends where its verdict turns, to the
    /// millisecond: a board needs no timer of its own to be right.
    #[test]
    fn trap_84_a_countdown_ends_where_the_verdict_turns(tries in tries()) {
        let Story { records, now, .. } = told(&tries);
        for incident in records.incidents.values() {
            let readings = readings(incident, &records.setup, now).into_iter();
            let runs = |reading: &Reading| {
                reading.state == ClockState::Running && reading.verdict == Verdict::Pending
            };
            for reading in readings.filter(runs) {
                let Some(due) = reading.due else { continue };
                // What is changed to a deadline that has passed is late at the earliest after the change (trap 22):
                // it is pending at that instant, and never longer.
                let turn = due.max(now);
                let at = |instant| read(incident, &records.setup, reading.kind, instant);
                prop_assert_eq!(at(turn).verdict, Verdict::Pending);
                prop_assert_eq!(at(turn).due, Some(due));
                prop_assert!(at(turn.plus_millis(1)).broken.is_some(), "{:?}", reading);
            }
        }
    }

    /// The deeds that a move asks for bring the card where it was meant to go.
    #[test]
    fn trap_82_a_move_arrives_by_the_deeds_it_asks_for(tries in tries()) {
        let Story { records, now, .. } = told(&tries);
        let actor = everybody();
        for id in records.incidents.keys().copied() {
            for found in moves(&records, &actor, now, id).iter().filter(|found| found.refusal.is_none()) {
                let mut after = records.clone();
                // The severity it has, so that the way asks for nothing more; an answer that is no dispute; and
                // a call that was answered, about nothing that somebody else reads first.
                let severity = records.incidents[&id].severity().number() - 1;
                let serves = |pick: &u8| pick % 4 == severity && pick.is_multiple_of(3) && pick % 5 != 4;
                let pick = (0..60).find(serves).unwrap_or(0);
                for verb in &found.verbs {
                    let signal = fixture::signal("S9");
                    let desk = Desk { records: &after, actor: &actor, now, incident: id, signal, record: None, pick };
                    let events = decide(&after, &actor, now, &desk.command(*verb));
                    let events = events.map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
                    events.iter().for_each(|event| { apply(&mut after, event); });
                }
                prop_assert_eq!(after.incidents[&id].phase.column(), Some(found.to), "{:?}", found.verbs);
            }
        }
    }
}
