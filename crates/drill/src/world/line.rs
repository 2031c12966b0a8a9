//! The line between a desk and the server, both ends: the same steps as `replica::sync` and the server's
//! stream, one message at a time.

use protocol::{Fault, FaultCode, Frame, HEARTBEAT_MS, PullRequest};
use replica::Applied;

use super::happening::{Down, Happening, Up};
use super::model::Sight;
use super::{Plant, World, cast};

/// How long a desk waits for an answer to a push or for the time.
const PATIENCE_MS: i64 = 8_000;
/// How long a stream may be silent.
const SILENCE_MS: i64 = HEARTBEAT_MS.cast_signed() * 5 / 2;
/// First and longest wait before the line is tried again.
const RETRY_MS: (i64, i64) = (500, 30_000);

impl World {
    /// When a message arrives; `None` where it is lost.
    fn arrives(&mut self, place: usize) -> Option<i64> {
        if self.is_calm {
            return Some(self.now + self.chance.between(1, 100));
        }
        let is_cut = self.desks[place].cut_until > self.now;
        if is_cut || self.chance.percent(self.weather.loss) {
            self.tally.lost += 1;
            return None;
        }
        let slow = if self.chance.percent(self.weather.overtakes) { 5 } else { 1 };
        Some(self.now + self.chance.between(1, self.weather.latency_ms * slow))
    }

    /// A message on its way to the server.
    fn up(&mut self, place: usize, message: &Up) {
        let life = self.desks[place].line.life;
        let copies = if !self.is_calm && self.chance.percent(self.weather.doubled) { 2 } else { 1 };
        for _ in 0..copies {
            if let Some(at) = self.arrives(place) {
                self.plan.at(at, Happening::Reaches(place, life, message.clone()));
            }
        }
    }

    /// A message on its way to a desk. Messages keep their order, unless one overtakes the others.
    pub(super) fn down(&mut self, place: usize, life: u32, message: Down) {
        let copies = if !self.is_calm && self.chance.percent(self.weather.doubled) { 2 } else { 1 };
        for _ in 0..copies {
            let Some(mut at) = self.arrives(place) else { continue };
            if self.is_calm || !self.chance.percent(self.weather.overtakes) {
                at = at.max(self.desks[place].heard_last);
                self.desks[place].heard_last = at;
            }
            self.plan.at(at, Happening::Returns(place, life, message.clone()));
        }
    }

    /// A desk tries its line: the time first, then the stream and whatever waits.
    pub(super) fn connect(&mut self, place: usize, life: u32) -> Result<(), String> {
        let desk = &mut self.desks[place];
        if desk.line.life != life || desk.copy().is_none() {
            return Ok(());
        }
        desk.line.life += 1;
        desk.line.is_up = false;
        let (life, wall) = (desk.line.life, desk.wall(self.now));
        self.plan.at(self.now + PATIENCE_MS, Happening::Silence(place, life));
        self.up(place, &Up::Time(wall));
        Ok(())
    }

    /// A message reaches the server, also one whose sender has given up.
    pub(super) fn reaches(&mut self, place: usize, life: u32, message: Up) -> Result<(), String> {
        let is_lost = !self.is_calm && self.desks[place].cut_until > self.now;
        if is_lost || self.office.server().is_none() {
            self.tally.lost += 1;
            return Ok(());
        }
        match message {
            Up::Time(asked) => {
                let there = incident::Timestamp::from_millis(self.now);
                self.down(place, life, Down::Time(asked, there));
                Ok(())
            }
            Up::Listen(request) => self.listens(place, life, request),
            Up::Push(number, mut push) => {
                self.spoil_push(place, &mut push);
                let person = self.desks[place].person;
                let ids: Vec<_> = push.commands.iter().map(|envelope| envelope.seq).collect();
                let kept = self.keep_records(&push)?;
                let Some(answer) = self.office.push(person, push.desk, push.epoch, push.commands) else {
                    return Ok(());
                };
                self.put_back_records(kept)?;
                self.model_reads_on()?;
                self.say(format!(
                    "server: settles {ids:?} of desk {place}; the log is at {}",
                    self.model.seq
                ));
                self.down(place, life, Down::Pushed(number, answer));
                self.news()
            }
        }
    }

    fn listens(&mut self, place: usize, life: u32, request: PullRequest) -> Result<(), String> {
        let person = self.desks[place].person;
        self.office.listen(place, life, person, request);
        self.speak(true)
    }

    /// The log has grown: streams speak, deadlines are looked at.
    pub(super) fn news(&mut self) -> Result<(), String> {
        self.model_reads_on()?;
        if !self.is_calm {
            self.attends_at(self.now + 1);
        }
        self.speak(false)
    }

    /// The model takes in what is new in the log.
    pub(super) fn model_reads_on(&mut self) -> Result<(), String> {
        self.office.server().map_or(Ok(()), |server| self.model.catch_up(server))
    }

    /// Everything that open streams have to say. What a frame holds is looked at before it leaves.
    pub(super) fn speak(&mut self, is_beat: bool) -> Result<(), String> {
        let for_all = self.plant == Some(Plant::FramesForAll);
        let sent = self.office.speak(is_beat, |person| if for_all { cast::root() } else { person });
        for sent in sent {
            let frame = match sent.frame {
                Ok(frame) => frame,
                Err(fault) => {
                    self.say(format!("server: ends the stream of desk {}: {:?}", sent.desk, fault.code));
                    self.down(sent.desk, sent.life, Down::Ended(fault));
                    continue;
                }
            };
            self.check_frame(sent.person, &frame)?;
            let sight = (frame.to == self.model.seq).then(|| self.model.sight(sent.person));
            self.down(sent.desk, sent.life, Down::Frame(Box::new(frame), sight));
        }
        Ok(())
    }

    /// A message reaches a desk; what belongs to a line that it gave up is not heard.
    pub(super) fn returns(&mut self, place: usize, life: u32, message: Down) -> Result<(), String> {
        let desk = &mut self.desks[place];
        let is_lost = !self.is_calm && desk.cut_until > self.now;
        if is_lost || desk.line.life != life || desk.copy().is_none() {
            return Ok(());
        }
        desk.line.heard_at = self.now;
        match message {
            Down::Beat => Ok(()),
            Down::Time(asked, there) => self.is_up(place, asked, there),
            Down::Frame(frame, sight) => self.takes_in(place, *frame, sight.as_ref()),
            Down::Ended(fault) => self.stream_ends(place, &fault),
            Down::Pushed(number, answer) => {
                let Some((_, push)) = desk.line.push.take_if(|(waiting, _)| *waiting == number) else {
                    return Ok(());
                };
                match answer {
                    Ok(reply) => self.answered(place, &reply.outcomes),
                    Err(fault) => self.push_not_taken(place, &push, &fault),
                }
            }
        }
    }

    fn is_up(
        &mut self,
        place: usize,
        asked: incident::Timestamp,
        there: incident::Timestamp,
    ) -> Result<(), String> {
        let desk = &mut self.desks[place];
        if desk.line.is_up {
            return Ok(());
        }
        desk.line.is_up = true;
        let (wall, life) = (desk.wall(self.now), desk.line.life);
        let Some((replica, _)) = desk.parts() else { return Ok(()) };
        replica.clock_measured(asked, there, wall).map_err(|error| error.to_string())?;
        replica.line_is_back().map_err(|error| error.to_string())?;
        let request = replica.pull_request(0).map_err(|error| error.to_string())?;
        self.plan.at(self.now + SILENCE_MS, Happening::Silence(place, life));
        self.up(place, &Up::Listen(request));
        if self.plant == Some(Plant::SentOnce) {
            return Ok(());
        }
        self.send(place)
    }

    fn takes_in(&mut self, place: usize, mut frame: Frame, sight: Option<&Sight>) -> Result<(), String> {
        self.spoil_frame(&mut frame);
        let wall = self.desks[place].wall(self.now);
        let Some((replica, _)) = self.desks[place].parts() else { return Ok(()) };
        let applied = replica.apply(&frame, wall).map_err(|error| error.to_string())?;
        match applied {
            Applied::Changed(_) => {
                self.tally.frames += 1;
                self.desks[place].line.failures = 0;
                let (from, to, put) = (frame.from, frame.to, frame.put.len());
                for image in &frame.put {
                    self.trace.mix(image.doc.get().as_bytes());
                }
                let outcomes = frame.outcomes.len();
                self.say(format!("desk {place}: {from}..{to}, {put} records, {outcomes} outcomes"));
                self.spoil_copy(place, &frame)?;
                self.check_desk(place, sight)?;
                if !frame.revoke.is_empty() {
                    self.check_file(place, sight)?;
                }
                self.taken.insert(place, frame);
                Ok(())
            }
            Applied::Stale => self.line_ended(place, "a frame did not fit"),
            Applied::Diverged => self.starts_over(place, None),
        }
    }

    fn stream_ends(&mut self, place: usize, fault: &Fault) -> Result<(), String> {
        if fault.code == FaultCode::LogDiverged {
            return self.starts_over(place, None);
        }
        self.line_ended(place, "the stream ended")
    }

    fn answered(&mut self, place: usize, outcomes: &[protocol::Outcome]) -> Result<(), String> {
        let (wall, jitter) = (self.desks[place].wall(self.now), self.chance.part());
        let kept = self.keep_shown(place, outcomes)?;
        let Some((replica, _)) = self.desks[place].parts() else { return Ok(()) };
        replica.push_answered(outcomes, wall, jitter).map_err(|error| error.to_string())?;
        let refused = outcomes.iter().filter(|one| matches!(one.verdict, protocol::Verdict::Refused { .. }));
        self.say(format!("desk {place}: {} answers, {} refused", outcomes.len(), refused.count()));
        self.spoil_answered(place, kept)?;
        self.check_desk(place, None)?;
        self.send(place)
    }

    /// Sends what is due while the line is up; otherwise when something will be.
    pub(super) fn send(&mut self, place: usize) -> Result<(), String> {
        let desk = &mut self.desks[place];
        let (life, wall) = (desk.line.life, desk.wall(self.now));
        if !desk.line.is_up || desk.line.push.is_some() {
            return Ok(());
        }
        let Some((replica, _)) = desk.parts() else { return Ok(()) };
        let due = replica.next_push(wall).map_err(|error| error.to_string())?;
        let Some(push) = due else {
            if let Some(next) = replica.next_push_at().map_err(|error| error.to_string())? {
                let wait = next.since(wall).clamp(10, RETRY_MS.1);
                self.plan.at(self.now + wait, Happening::Send(place, life));
            }
            return Ok(());
        };
        desk.line.pushes += 1;
        let number = desk.line.pushes;
        desk.line.push = Some((number, push.clone()));
        self.plan.at(self.now + PATIENCE_MS, Happening::PushOverdue(place, life, number));
        let ids: Vec<_> = push.commands.iter().map(|envelope| envelope.seq).collect();
        self.say(format!("desk {place}: sends {ids:?}"));
        self.up(place, &Up::Push(number, push));
        Ok(())
    }

    /// The outbox is looked at again.
    pub(super) fn send_later(&mut self, place: usize, life: u32) -> Result<(), String> {
        if self.desks[place].line.life != life || self.plant == Some(Plant::SentOnce) {
            return Ok(());
        }
        self.send(place)
    }

    /// The answer to a push did not come in time.
    pub(super) fn push_overdue(&mut self, place: usize, life: u32, number: u32) -> Result<(), String> {
        let (wall, jitter) = (self.desks[place].wall(self.now), self.chance.part());
        let desk = &mut self.desks[place];
        if desk.line.life != life {
            return Ok(());
        }
        let Some((_, push)) = desk.line.push.take_if(|(waiting, _)| *waiting == number) else {
            return Ok(());
        };
        let Some((replica, _)) = desk.parts() else { return Ok(()) };
        replica.push_failed(&push, "no answer", wall, jitter).map_err(|error| error.to_string())?;
        self.line_ended(place, "a push was not answered")
    }

    /// Nothing was heard for too long.
    pub(super) fn silence(&mut self, place: usize, life: u32) -> Result<(), String> {
        let line = &self.desks[place].line;
        if line.life != life {
            return Ok(());
        }
        let patience = if line.is_up { SILENCE_MS } else { PATIENCE_MS };
        let until = line.heard_at + patience;
        if until > self.now && line.is_up {
            self.plan.at(until, Happening::Silence(place, life));
            return Ok(());
        }
        self.line_ended(place, "silence")
    }

    /// The line is over; it is tried again, later each time.
    pub(super) fn line_ended(&mut self, place: usize, why: &str) -> Result<(), String> {
        let jitter = self.chance.part();
        let line = &mut self.desks[place].line;
        line.life += 1;
        (line.is_up, line.push) = (false, None);
        let wait = if self.is_calm { 50 } else { retry_after(line.failures, jitter) };
        line.failures += 1;
        let life = line.life;
        self.say(format!("desk {place}: the line ends: {why}"));
        // The other end finds out, or not.
        if self.is_calm || self.chance.percent(50) {
            self.office.hang_up(place);
        }
        self.plan.at(self.now + wait, Happening::Connect(place, life));
        Ok(())
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most 30 s")]
fn retry_after(failures: u32, jitter: f64) -> i64 {
    let full = RETRY_MS.0.saturating_mul(1 << failures.min(10)).min(RETRY_MS.1);
    full / 2 + (full as f64 / 2.0 * jitter) as i64
}
