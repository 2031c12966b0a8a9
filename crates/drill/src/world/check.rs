//! What must hold, after every step and at the end.

use incident::PersonId;
use protocol::Frame;

use super::World;
use super::model::Sight;

impl World {
    /// One desk: what was confirmed, what is shown, where its commands are.
    pub(super) fn check_desk(&mut self, place: usize, sight: Option<&Sight>) -> Result<(), String> {
        let desk = &mut self.desks[place];
        let told = |what: &str, error: Box<dyn std::error::Error>| format!("desk {place}: {what}: {error}");
        let Some((replica, copy)) = desk.parts() else { return Ok(()) };
        let view = copy.view().map_err(|error| told("file", error))?;
        if let Some(sight) = sight {
            view.check_confirmed(sight).map_err(|error| told("confirmed", error))?;
        }
        if !view.is_abandoned {
            view.check_shown(replica.live(), &self.model).map_err(|error| told("shown", error))?;
        }
        if sight.is_some() {
            view.check_live(replica.live()).map_err(|error| told("board", error))?;
        }
        desk.check_kept(&view.kept, &self.past.covered).map_err(|error| told("commands", error))
    }

    /// No word of a client is in a frame for somebody who does not see that client where the frame ends.
    pub(super) fn check_frame(&self, person: PersonId, frame: &Frame) -> Result<(), String> {
        if frame.put.is_empty() && frame.fill.is_none() {
            return Ok(());
        }
        let bytes = serde_json::to_vec(frame).map_err(|error| error.to_string())?;
        match self.markers.forbidden(&bytes, &self.model.sees(person), None) {
            Some(marker) => {
                Err(format!("frame {}..{} tells text {marker} to {person}", frame.from, frame.to))
            }
            None => Ok(()),
        }
    }

    /// No word of others about a client that the person lost is anywhere on the desk's disk.
    pub(super) fn check_file(&self, place: usize, sight: Option<&Sight>) -> Result<(), String> {
        let Some(sight) = sight else { return Ok(()) };
        let bytes = self.desks[place].bytes()?;
        if let Some(marker) = self.markers.forbidden(&bytes, &sight.sees, Some(place)) {
            return Err(format!("desk {place}: text {marker} of a lost client is still on disk"));
        }
        let Some(copy) = self.desks[place].copy() else { return Ok(()) };
        let terms = copy.spoken().map_err(|error| error.to_string())?;
        match self.markers.forbidden(&terms, &sight.sees, Some(place)) {
            Some(marker) => Err(format!("desk {place}: text {marker} of a lost client can still be found")),
            None => Ok(()),
        }
    }

    /// Every outbox is empty so long after the last fault.
    pub(super) fn emptied(&mut self) -> Result<(), String> {
        for (place, desk) in self.desks.iter().enumerate() {
            let waiting = desk.waiting().map_err(|error| error.to_string())?;
            if waiting > 0 {
                return Err(format!("desk {place}: {waiting} commands still wait, all being well for 10 s"));
            }
        }
        Ok(())
    }

    /// The end: cursors at the head, every desk what its person sees, every command where it belongs, the
    /// server's own records and its chain in order.
    pub(super) fn ends(&mut self) -> Result<(), String> {
        self.model_reads_on()?;
        for place in 0..self.desks.len() {
            let sight = self.model.sight(self.desks[place].person);
            let desk = &mut self.desks[place];
            let Some((replica, _)) = desk.parts() else { return Err(format!("desk {place} is down")) };
            let request = replica.pull_request(0).map_err(|error| error.to_string())?;
            if request.cursor != sight.seq || request.scopes.iter().any(|scope| scope.low > 0) {
                let (cursor, seq) = (request.cursor, sight.seq);
                return Err(format!("desk {place} is at {cursor} of {seq}, or not full, all being well"));
            }
            self.check_desk(place, Some(&sight))?;
            self.check_file(place, Some(&sight))?;
        }
        self.check_commands()?;
        self.spoil_log()?;
        let server = self.office.server().ok_or("the server is down")?;
        self.model.check_records(server)?;
        self.say(format!("the end, at {}", self.model.seq));
        self.office.audit()
    }

    /// What desks know of their commands is what the log says, and nobody did what is in it otherwise.
    fn check_commands(&mut self) -> Result<(), String> {
        for (place, desk) in self.desks.iter().enumerate() {
            let kept = desk.copy().map(super::copy::Copy::kept).transpose();
            let kept = kept.map_err(|error| error.to_string())?.ok_or("a desk is down")?;
            for id in desk.done.keys() {
                let settled = self.model.settled.get(id);
                let is_refused = kept.attention.contains_key(id);
                if is_refused && settled.is_none() && self.past.lost_refusals.contains(id) {
                    continue;
                }
                let is_accepted =
                    kept.archive.contains(id) || (self.past.covered.contains(id) && !is_refused);
                if settled.is_none_or(|outcome| outcome.is_accepted != is_accepted || outcome.desk != desk.id)
                {
                    return Err(format!(
                        "desk {place}: command {id}: accepted here {is_accepted}, {settled:?}"
                    ));
                }
            }
            self.tally.refused += u32::try_from(kept.attention.len()).unwrap_or(u32::MAX);
            if let Some(id) = desk.withdrawn.iter().find(|id| self.model.settled.contains_key(id)) {
                return Err(format!("desk {place}: command {id} was taken back and done all the same"));
            }
        }
        for (id, outcome) in &self.model.settled {
            let desk = self.desks.iter().find(|desk| desk.id == outcome.desk);
            if desk.is_some_and(|desk| !desk.done.contains_key(id)) {
                return Err(format!("command {id} is in the log, and nobody gave it"));
            }
        }
        Ok(())
    }
}
