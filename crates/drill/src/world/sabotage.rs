//! Where planted faults bite: on messages, on the desk's file and on the server's, never in product code.

use protocol::{Frame, Outcome, PushRequest, Verdict};
use rusqlite::{Connection, params};

use super::{Plant, World};
use incident::{CommandId, Subject};
use uuid::Uuid;

/// Records of the server as they were, for a fault that does not write them.
pub(super) type Kept = Vec<(Uuid, String)>;

impl World {
    fn is_planted(&self, plant: Plant) -> bool {
        self.plant == Some(plant)
    }

    fn sql(&self, place: usize, sql: &str) -> Result<(), String> {
        let Some(copy) = self.desks[place].copy() else { return Ok(()) };
        copy.db().execute_batch(sql).map_err(|error| error.to_string())
    }

    /// The outbox was never on disk.
    pub(super) fn lose_outbox(&self, place: usize) -> Result<(), String> {
        self.sql(place, "DELETE FROM outbox")
    }

    /// A push before it reaches the server.
    pub(super) fn spoil_push(&mut self, place: usize, push: &mut PushRequest) {
        if self.is_planted(Plant::PushReordered) {
            push.commands.reverse();
        }
        if self.is_planted(Plant::RetryUnrecognised) {
            for envelope in &mut push.commands {
                if self.model.settled.contains_key(&envelope.id) {
                    envelope.id = CommandId(self.chance.id(self.now));
                    self.say(format!("planted: a retry of desk {place} under a new id"));
                }
            }
        }
    }

    /// A frame before it is taken in.
    pub(super) fn spoil_frame(&self, frame: &mut Frame) {
        if self.is_planted(Plant::OutcomesDropped) {
            frame.outcomes.clear();
        }
        if self.is_planted(Plant::CursorWithoutRows) && frame.from > 0 {
            frame.put.clear();
        }
        if self.is_planted(Plant::RevocationIgnored) {
            frame.revoke.clear();
        }
    }

    /// The desk's file after a frame was taken in.
    pub(super) fn spoil_copy(&mut self, place: usize, frame: &Frame) -> Result<(), String> {
        if self.is_planted(Plant::OldFrameAgain)
            && let Some(old) = self.taken.get(&place).cloned()
        {
            let again = Frame { from: frame.to, to: frame.to, chain: frame.chain.clone(), ..old };
            let wall = self.desks[place].wall(self.now);
            if let Some((replica, _)) = self.desks[place].parts() {
                replica.apply(&again, wall).map_err(|error| error.to_string())?;
            }
        }
        if self.is_planted(Plant::ReplaySkipped) {
            self.sql(
                place,
                "UPDATE record SET doc = (SELECT json_extract(before, '$.doc') FROM undo
                     WHERE undo.kind = record.kind AND undo.id = record.id)
                 WHERE EXISTS (SELECT 1 FROM undo WHERE undo.kind = record.kind AND undo.id = record.id
                     AND before IS NOT NULL);
                 DELETE FROM record WHERE EXISTS (SELECT 1 FROM undo WHERE undo.kind = record.kind
                     AND undo.id = record.id AND before IS NULL);
                 DELETE FROM undo;",
            )?;
        }
        self.forget_refusals(place)
    }

    fn forget_refusals(&self, place: usize) -> Result<(), String> {
        if self.is_planted(Plant::RefusalForgotten) {
            self.sql(place, "DELETE FROM attention")?;
        }
        Ok(())
    }

    /// Keeps what is shown before a refusal arrives.
    pub(super) fn keep_shown(&self, place: usize, outcomes: &[Outcome]) -> Result<bool, String> {
        let is_refused = |outcome: &Outcome| matches!(outcome.verdict, Verdict::Refused { .. });
        if !self.is_planted(Plant::RefusalOutlived) || !outcomes.iter().any(is_refused) {
            return Ok(false);
        }
        self.sql(place, "CREATE TEMP TABLE was AS SELECT pk, doc FROM main.record")?;
        Ok(true)
    }

    /// The desk's file after a push was answered.
    pub(super) fn spoil_answered(&self, place: usize, is_kept: bool) -> Result<(), String> {
        if is_kept {
            self.sql(
                place,
                "UPDATE record SET doc = (SELECT doc FROM temp.was WHERE was.pk = record.pk)
                 WHERE pk IN (SELECT pk FROM temp.was);
                 DROP TABLE temp.was;",
            )?;
        }
        self.forget_refusals(place)
    }

    fn server_file(&self) -> Result<Connection, String> {
        Connection::open(self.office.file()).map_err(|error| error.to_string())
    }

    /// The records a push is about, as they are before it.
    pub(super) fn keep_records(&self, push: &PushRequest) -> Result<Kept, String> {
        let mut kept = Kept::new();
        if !self.is_planted(Plant::RecordNotWritten) {
            return Ok(kept);
        }
        let file = self.server_file()?;
        for subject in push.commands.iter().flat_map(|envelope| envelope.command.subjects()) {
            let Subject::Incident(id) = subject else { continue };
            let doc =
                file.query_row("SELECT doc FROM record WHERE id = ?1", [id.0.into_bytes()], |row| row.get(0));
            kept.extend(doc.ok().map(|doc| (id.0, doc)));
        }
        Ok(kept)
    }

    /// Puts them back.
    pub(super) fn put_back_records(&self, kept: Kept) -> Result<(), String> {
        for (id, doc) in kept {
            self.server_file()?
                .execute("UPDATE record SET doc = ?2 WHERE id = ?1", params![id.into_bytes(), doc])
                .map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Somebody changes a line of the log.
    pub(super) fn spoil_log(&self) -> Result<(), String> {
        if self.is_planted(Plant::LogRewritten) {
            let sql = "UPDATE event SET body = replace(body, 'mk0', 'mk1')";
            self.server_file()?.execute(sql, []).map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}
