//! What goes wrong: crashes, cut lines, clocks that jump, long waits, people who see other clients.

use incident::{CommandId, Timestamp};
use protocol::HEARTBEAT_MS;

use super::happening::Happening;
use super::{EMPTIED_MS, LEVEL_MS, Plant, World, cast};

impl World {
    /// Perhaps the beginning of a write that a crash cut off.
    fn torn(&mut self) -> Option<Vec<u8>> {
        if self.chance.percent(50) {
            return None;
        }
        let bytes = self.chance.place(6_000);
        Some((0..bytes).map(|_| self.chance.number().to_le_bytes()[0]).collect())
    }

    pub(super) fn desk_down(&mut self, place: usize) -> Result<(), String> {
        if self.desks[place].copy().is_none() {
            return Ok(());
        }
        if self.plant == Some(Plant::OutboxLost) {
            self.lose_outbox(place)?;
        }
        let torn = self.torn();
        self.desks[place].crash(torn.as_deref())?;
        self.tally.crashes += 1;
        self.say(format!("desk {place}: goes down"));
        if !self.chance.percent(40) {
            self.office.hang_up(place);
        }
        let back = self.now + self.chance.between(10, self.weather.gap_ms * 6);
        self.plan.at(back, Happening::DeskBack(place));
        Ok(())
    }

    pub(super) fn desk_back(&mut self, place: usize) -> Result<(), String> {
        if self.desks[place].copy().is_some() {
            return Ok(());
        }
        self.desks[place].open(self.now)?;
        self.say(format!("desk {place}: is back"));
        self.check_desk(place, None)?;
        let life = self.desks[place].line.life;
        self.connect(place, life)
    }

    pub(super) fn server_down(&mut self) -> Result<(), String> {
        if self.office.server().is_none() {
            return Ok(());
        }
        let torn = self.torn();
        let listening = self.office.listening();
        self.office.crash(torn.as_deref())?;
        self.tally.crashes += 1;
        self.say("the server goes down");
        // Some desks are told by a reset, the others find out by silence.
        for (desk, life) in listening {
            if self.chance.percent(60) && self.desks[desk].line.life == life {
                self.line_ended(desk, "reset")?;
            }
        }
        let back = self.now + self.chance.between(10, self.weather.gap_ms * 6);
        self.plan.at(back, Happening::ServerBack);
        Ok(())
    }

    pub(super) fn server_back(&mut self) -> Result<(), String> {
        if self.office.server().is_some() {
            return Ok(());
        }
        self.office.open()?;
        self.say("the server is back");
        self.news()
    }

    /// No byte passes for a while, either way, and nobody is told.
    pub(super) fn cut(&mut self, place: usize) -> Result<(), String> {
        let longest = self.weather.gap_ms * self.chance.pick(&[3, 10, 60]);
        let until = self.now + self.chance.between(10, longest);
        let desk = &mut self.desks[place];
        desk.cut_until = desk.cut_until.max(until);
        self.say(format!("desk {place}: cut off for {} ms", until - self.now));
        Ok(())
    }

    /// The Administrator changes which clients the person at a desk sees.
    pub(super) fn sees_others(&mut self, place: usize) -> Result<(), String> {
        let person = self.desks[place].person;
        let Some(known) = self.model.records.setup.people.get(&person).cloned() else { return Ok(()) };
        let setting = cast::seeing_others(&known, &mut self.chance);
        let id = CommandId(self.chance.id(self.now));
        let at = Timestamp::from_millis(self.now);
        match self.office.configure(cast::root(), id, at, setting) {
            None => return Ok(()),
            Some(Err(fault)) => return Err(fault.message),
            Some(Ok(_)) => {}
        }
        self.model_reads_on()?;
        let sees = self.model.sees(person).map_or("all".to_owned(), |sees| sees.len().to_string());
        self.say(format!("the person at desk {place} now sees {sees} clients"));
        self.news()
    }

    pub(super) fn clock_jumps(&mut self, place: usize) -> Result<(), String> {
        let jump = *self.chance.pick(&[-86_400_000, -3_600_000, -5_000, 5_000, 3_600_000, 86_400_000]);
        self.desks[place].wall.skew_ms += jump;
        self.say(format!("desk {place}: its clock jumps by {jump} ms"));
        Ok(())
    }

    /// So long that targets pass.
    pub(super) fn time_passes(&mut self) -> Result<(), String> {
        self.now += self.chance.between(60_000, 2 * 3_600_000);
        self.office.set_clock(Timestamp::from_millis(self.now));
        self.say("time passes");
        self.attend()
    }

    /// Faults stop and people go home: whoever is down comes back, and every line is tried at once.
    pub(super) fn calm(&mut self) -> Result<(), String> {
        self.is_calm = true;
        self.say("calm");
        self.waits_no_more();
        self.server_back()?;
        self.attend()?;
        for place in 0..self.desks.len() {
            self.desks[place].cut_until = 0;
            if self.desks[place].copy().is_none() {
                self.desk_back(place)?;
            } else {
                self.line_ended(place, "tried anew")?;
            }
        }
        self.plan.at(self.now + EMPTIED_MS, Happening::Emptied);
        self.plan.at(self.now + LEVEL_MS, Happening::Level);
        Ok(())
    }

    pub(super) fn attend(&mut self) -> Result<(), String> {
        let before = self.model.seq;
        if self.attend_at <= self.now {
            self.attend_at = i64::MAX;
        }
        if let Some(next) = self.office.attend()?
            && !self.is_calm
        {
            self.attends_at(next.millis().max(self.now + 1));
        }
        self.model_reads_on()?;
        if self.model.seq == before {
            return Ok(());
        }
        self.say(format!("deadlines passed: the log is at {}", self.model.seq));
        self.speak(false)
    }

    /// The server looks at its deadlines then, if it would not look sooner.
    pub(super) fn attends_at(&mut self, at: i64) {
        if at < self.attend_at {
            self.attend_at = at;
            self.plan.at(at, Happening::Attend);
        }
    }

    pub(super) fn beat(&mut self) -> Result<(), String> {
        self.plan.at(self.now + HEARTBEAT_MS.cast_signed(), Happening::Beat);
        self.speak(true)?;
        for (desk, life) in self.office.listening() {
            self.down(desk, life, super::happening::Down::Beat);
        }
        Ok(())
    }
}
