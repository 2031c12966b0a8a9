//! Laws over any order of deeds here, deeds elsewhere, pushes, frames, losses and restarts.

use std::collections::BTreeMap;

use incident::{IncidentId, Timestamp};
use proptest::prelude::*;
use replica::Applied;

use super::world::{World, assign, at, incident_id, ines, jonas, log, note};

/// One thing that happens.
#[derive(Debug, Clone, Copy)]
enum Step {
    LogHere(u8),
    NoteHere(u8),
    TakeHere(u8),
    LogThere(u8),
    NoteThere(u8),
    TakeThere(u8),
    Push,
    PushLost,
    Frame,
    WithdrawLast,
    Restart,
    LineBack,
}

fn step() -> impl Strategy<Value = Step> {
    let n = 0_u8..4;
    prop_oneof![
        2 => n.clone().prop_map(Step::LogHere),
        4 => n.clone().prop_map(Step::NoteHere),
        3 => n.clone().prop_map(Step::TakeHere),
        2 => n.clone().prop_map(Step::LogThere),
        2 => n.clone().prop_map(Step::NoteThere),
        3 => n.prop_map(Step::TakeThere),
        3 => Just(Step::Push),
        1 => Just(Step::PushLost),
        4 => Just(Step::Frame),
        1 => Just(Step::WithdrawLast),
        1 => Just(Step::Restart),
        1 => Just(Step::LineBack),
    ]
}

/// The story so far.
struct Story {
    world: World,
    clock: i64,
    given: Vec<incident::CommandId>,
    withdrawn: usize,
}

impl Story {
    fn new() -> Self {
        Self { world: World::new(), clock: 0, given: Vec::new(), withdrawn: 0 }
    }

    fn here(&mut self, command: incident::Command) {
        let id = super::world::command_id(10_000 + u128::try_from(self.clock).unwrap());
        if self.world.desk.execute(id, &ines(), command, at(self.clock)).is_ok() {
            self.given.push(id);
        }
    }

    fn there(&mut self, command: incident::Command) {
        self.world.log.does(u128::try_from(self.clock).unwrap(), &jonas(), at(self.clock), command);
    }

    fn goes(&mut self, step: Step) {
        self.clock += 1_000;
        match step {
            Step::LogHere(n) => self.here(log(n.into(), "Mail is down")),
            Step::NoteHere(n) => self.here(note(n.into(), "From this desk")),
            Step::TakeHere(n) => {
                let from = self.world.here(n.into()).and_then(|i| i.assignment.as_ref().map(|a| a.to));
                self.here(assign(n.into(), from, &ines()));
            }
            Step::LogThere(n) => self.there(log(n.into(), "Mail is down there")),
            Step::NoteThere(n) => self.there(note(n.into(), "From another desk")),
            Step::TakeThere(n) => self.there(assign(n.into(), None, &jonas())),
            Step::Push => drop(self.world.push(at(self.clock))),
            Step::PushLost => {
                if let Some(push) = self.world.desk.next_push(at(self.clock)).unwrap() {
                    self.world.log.takes(&ines(), &push);
                    self.world.desk.push_failed(&push, "reset", at(self.clock), 0.5).unwrap();
                }
            }
            Step::Frame => drop(self.world.sync()),
            Step::WithdrawLast => {
                if let Some(id) = self.given.last().copied()
                    && self.world.desk.withdraw(id, at(self.clock)).unwrap().is_some()
                {
                    self.given.pop();
                    self.withdrawn += 1;
                }
            }
            Step::Restart => self.world.restart(at(self.clock)),
            Step::LineBack => self.world.desk.line_is_back().unwrap(),
        }
    }

    /// The faults stop; everything is sent and every frame taken in.
    fn settles(&mut self) {
        for _ in 0..5 {
            self.clock += 60_000;
            self.world.desk.line_is_back().unwrap();
            self.world.push(at(self.clock));
            self.world.sync();
        }
    }
}

type Board = BTreeMap<IncidentId, String>;

fn board(world: &World) -> Board {
    let json = |incident: &incident::Incident| serde_json::to_string(incident).unwrap();
    world.desk.live().incidents.iter().map(|(id, incident)| (*id, json(incident))).collect()
}

fn truth(world: &World) -> Board {
    let json = |incident: &incident::Incident| serde_json::to_string(incident).unwrap();
    world.log.records.incidents.iter().map(|(id, incident)| (*id, json(incident))).collect()
}

/// What the desk would show had it only the log and what it still has to send: the definition of right.
fn lines(world: &World) -> Vec<Vec<(String, bool)>> {
    let reader = world.reader();
    let line = |(_, event, unsent): (uuid::Uuid, incident::Event, bool)| {
        (serde_json::to_string(&event).unwrap(), unsent)
    };
    (0..4).map(|n| reader.timeline(incident_id(n), 500).unwrap().into_iter().map(line).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Once faults stop, every command has one end, and the desk holds exactly what the log holds.
    #[test]
    fn every_desk_ends_where_the_log_is(steps in prop::collection::vec(step(), 1..40)) {
        let mut story = Story::new();
        for step in steps {
            story.goes(step);
        }
        story.settles();
        prop_assert_eq!(board(&story.world), truth(&story.world));
        prop_assert_eq!(story.world.desk.waiting().unwrap(), (0, 0));
        let refused = story.world.desk.attention().unwrap();
        let done = story.given.iter().filter(|id| !refused.iter().any(|r| r.envelope.id == **id)).count();
        prop_assert_eq!(done + refused.len(), story.given.len(), "no command is lost or doubled");
        for lines in lines(&story.world) {
            prop_assert!(lines.iter().all(|(_, unsent)| !unsent));
        }
    }

    /// The board in memory is what a start from the file would show, after every step.
    #[test]
    fn the_board_is_what_a_restart_would_show(steps in prop::collection::vec(step(), 1..25)) {
        let mut story = Story::new();
        for step in steps {
            story.goes(step);
            let (before, waiting) = (board(&story.world), story.world.desk.waiting().unwrap());
            story.world.restart(at(story.clock));
            prop_assert_eq!(before, board(&story.world));
            prop_assert_eq!(waiting, story.world.desk.waiting().unwrap());
        }
    }

    /// A frame that rewinds and one that need not end in the same rows: the short way is only shorter.
    #[test]
    fn the_short_way_and_the_long_way_agree(steps in prop::collection::vec(step(), 1..30)) {
        let (mut short, mut long) = (Story::new(), Story::new());
        for step in steps {
            short.goes(step);
            long.goes(step);
            if matches!(step, Step::Frame) {
                // Revoking a scope that nobody holds changes no row and always takes the long way.
                let mut frame = long.world.log.frame(long.world.cursor());
                frame.revoke = vec![protocol::ScopeId(77)];
                prop_assert!(matches!(long.world.desk.apply(&frame, now()), Ok(Applied::Changed(_))));
            }
            prop_assert_eq!(board(&short.world), board(&long.world));
            prop_assert_eq!(lines(&short.world), lines(&long.world));
        }
        prop_assert_eq!(short.world.desk.marks().unwrap(), long.world.desk.marks().unwrap());
    }
}

const fn now() -> Timestamp {
    Timestamp::from_millis(0)
}
