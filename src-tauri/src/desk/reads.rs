//! What the screen asks for, and the deeds it wants done.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use incident::agreement::ClockKind;
use incident::calendar::Local;
use incident::{Column, Command, CommandId, IncidentId, Subject};
use replica::sync::Link;
use replica::view::draw::{IncidentParts, Looking, fields, incident_view, label, wall};
use replica::view::{
    AttentionItem, Board, BoardChange, ColumnHead, DoorError, DoorErrorCode, Executed, Hit, IncidentView,
    LinkState, ProofView, Push, SyncView,
};
use replica::{Changed, NotDone};
use uuid::Uuid;

use super::profile::Profile;
use super::{Desk, error, lock};
use crate::clock;

/// Lines of a timeline drawn at once.
const TIMELINE_MAX: u32 = 500;
/// Incidents found at once.
const HITS_MAX: u32 = 30;

impl Desk {
    /// The whole board.
    pub(crate) fn board(&self) -> Result<Board, DoorError> {
        let profile = self.profile()?;
        let last_closed = lock(&profile.reader).last_closed().map_err(|fault| profile.failed(&fault))?;
        profile
            .look(|live, looking, marks| {
                let (cards, signals) = profile.draw_board(live, looking, marks);
                let head = |column: Column| ColumnHead { column, name: column.name().to_owned() };
                let columns = Column::ALL.map(head).to_vec();
                let last_closed = last_closed.map(|at| looking.wall(at));
                let (revision, owed) = (self.revisions.next(), self.owed_count());
                Board { revision, columns, cards, signals, last_closed, owed }
            })
            .map_err(|fault| profile.failed(&fault))
    }

    /// One incident in full.
    pub(crate) fn incident(&self, id: IncidentId) -> Result<IncidentView, DoorError> {
        let profile = self.profile()?;
        let (incident, timeline) = {
            let reader = lock(&profile.reader);
            let incident = reader.incident(id).map_err(|fault| profile.failed(&fault))?;
            (incident, reader.timeline(id, TIMELINE_MAX).map_err(|fault| profile.failed(&fault))?)
        };
        let incident = incident.ok_or_else(not_here)?;
        let records = profile
            .shared
            .replica()
            .records_of(Subject::Incident(id))
            .map_err(|fault| profile.failed(&fault))?;
        let complete =
            timeline.iter().any(|(_, event, _)| matches!(event.fact, incident::Fact::IncidentLogged { .. }));
        profile
            .look(|_, looking, marks| {
                let pending = marks.of(id.0);
                let parts = IncidentParts { incident, timeline, timeline_complete: complete, pending };
                incident_view(parts, &records, looking)
            })
            .map_err(|fault| profile.failed(&fault))
    }

    /// Why a clock is due then.
    pub(crate) fn proof(&self, id: IncidentId, clock: ClockKind) -> Result<ProofView, DoorError> {
        let profile = self.profile()?;
        let incident = lock(&profile.reader).incident(id).map_err(|fault| profile.failed(&fault))?;
        let incident = incident.ok_or_else(not_here)?;
        let proof = profile
            .look(|_, looking, _| incident::proof(&incident, looking.setup, clock, looking.now))
            .map_err(|fault| profile.failed(&fault))?
            .ok_or_else(|| {
                error(DoorErrorCode::NotFound, "This clock has no target, so there is nothing to prove.")
            })?;
        let title = format!("{} {}", label(&incident), incident.entry.summary);
        let printed = report::clock_proof(&title, &proof);
        Ok(ProofView { proof, printed })
    }

    /// Does a deed here at once; it is sent as soon as possible.
    pub(crate) fn execute(&self, command: Command) -> Result<Executed, DoorError> {
        let profile = self.profile()?;
        let id = CommandId(Uuid::now_v7());
        let (done, opposite) = {
            let mut replica = profile.shared.replica();
            let before = replica.records(&command).map_err(|fault| profile.failed(&fault))?;
            let opposite = incident::undo(&before, &command);
            let done = replica
                .execute(id, &profile.actor, command, clock::now())
                .map_err(|fault| not_done(&profile, fault))?;
            (done, opposite)
        };
        let live = matches!(profile.shared.state().borrow().link, Link::Live { .. });
        let undo = match (&opposite, live) {
            (Some(_), _) => Some("Taken back by its opposite; both stay on the record.".to_owned()),
            (None, false) => Some("Not sent yet: it can be withdrawn.".to_owned()),
            (None, true) => None,
        };
        profile.remember(id, opposite);
        let change = self.tell(&profile, &done.changed);
        // The line wants the copy for itself, so it hears of this when the change is drawn.
        profile.shared.outbox_filled();
        Ok(Executed { command: id, change, undo })
    }

    /// Takes a deed back, where that is honest: withdrawn while unsent, undone by its opposite afterwards.
    pub(crate) fn undo(&self, command: CommandId) -> Result<BoardChange, DoorError> {
        let profile = self.profile()?;
        let withdrawn = profile
            .shared
            .replica()
            .withdraw(command, clock::now())
            .map_err(|fault| profile.failed(&fault))?;
        if let Some(changed) = withdrawn {
            lock(&profile.done).retain(|(id, _)| *id != command);
            return Ok(self.tell(&profile, &changed));
        }
        let opposite = {
            let mut done = lock(&profile.done);
            let place = done.iter().position(|(id, opposite)| *id == command && opposite.is_some());
            place.and_then(|place| done.remove(place).1)
        };
        let opposite = opposite.ok_or_else(|| {
            error(
                DoorErrorCode::NotUndoable,
                "This has left the computer and has no opposite. Correct it with a new entry.",
            )
        })?;
        Ok(self.execute(opposite)?.change)
    }

    /// When the house's wall clock shows a typed time.
    pub(crate) fn moment(&self, wall: &str) -> Result<Local, DoorError> {
        let profile = self.profile()?;
        let found =
            profile.look(|_, looking, _| looking.moment(wall)).map_err(|fault| profile.failed(&fault))?;
        found.ok_or_else(|| {
            error(
                DoorErrorCode::Malformed,
                "This is no date and time of the calendar. Write it as 2026-11-25T17:00.",
            )
        })
    }

    /// Incidents that hold every word, in a passage that this person may read.
    pub(crate) fn search(&self, text: &str) -> Result<Vec<Hit>, DoorError> {
        let profile = self.profile()?;
        let (setup, person) = (Arc::clone(&profile.shared.replica().live().setup), profile.actor.person);
        let found = lock(&profile.reader).search(text, HITS_MAX, &setup, person);
        let found = found.map_err(|fault| profile.failed(&fault))?;
        let hit = |found: &replica::Found, looking: &Looking<'_>| Hit {
            id: found.incident.id,
            label: label(&found.incident),
            title: found.incident.entry.summary.clone(),
            client_name: looking
                .setup
                .clients
                .get(&found.incident.entry.client)
                .map_or_else(String::new, |client| client.name.clone()),
            phase: found.incident.phase.name().to_owned(),
            severity: found.incident.severity(),
            snippet: found.snippet.clone(),
        };
        profile
            .look(|_, looking, _| found.iter().map(|found| hit(found, looking)).collect())
            .map_err(|fault| profile.failed(&fault))
    }

    /// Refused commands with the person's words.
    pub(crate) fn attention(&self) -> Result<Vec<AttentionItem>, DoorError> {
        let profile = self.profile()?;
        let (refused, setup) = {
            let replica = profile.shared.replica();
            let refused = replica.attention().map_err(|fault| profile.failed(&fault))?;
            (refused, Arc::clone(&replica.live().setup))
        };
        let reader = lock(&profile.reader);
        let item = |refused: replica::Refused| {
            let command = &refused.envelope.command;
            let incident = command.subjects().iter().find_map(|subject| match subject {
                Subject::Incident(id) => Some(*id),
                _ => None,
            });
            let read = |id| reader.incident(id).map_err(|fault| profile.failed(&fault)).ok().flatten();
            let known = incident.and_then(read);
            AttentionItem {
                command: refused.envelope.id,
                label: command.verb().rule().label.to_owned(),
                incident,
                incident_label: known.map(|incident| label(&incident)),
                at: wall(refused.at, &setup.house.zone),
                words: fields(command, &setup),
                refusal: refused.refusal,
            }
        };
        Ok(refused.into_iter().map(item).collect())
    }

    /// The person has dealt with a refused command.
    pub(crate) fn settle_attention(&self, command: CommandId) -> Result<(), DoorError> {
        let profile = self.profile()?;
        profile.shared.replica().settle_attention(command).map_err(|fault| profile.failed(&fault))?;
        self.push(Push::Attention(self.sync_view().attention));
        Ok(())
    }

    /// Tries the line now.
    pub(crate) fn retry_now(&self) {
        if let Ok(profile) = self.profile() {
            profile.shared.retry_now();
        }
    }

    /// How the line stands; never more than is known.
    pub(crate) fn sync_view(&self) -> SyncView {
        // Taken before anything is read: whoever signs in while that goes on is drawn later.
        let signed_out_at = self.revisions.next();
        let Ok(profile) = self.profile() else {
            return signed_out(signed_out_at, self.left.count());
        };
        let replica = profile.shared.replica();
        // Taken before the state is read: whoever draws later reads no earlier state.
        let revision = self.revisions.next();
        let state = profile.shared.state().borrow().clone();
        let zone = &replica.live().setup.house.zone;
        let (unsent, sending) = replica.waiting().unwrap_or_default();
        let as_of = state.as_of.map(|at| wall(at, zone));
        let (link, since, reason) = match state.link {
            Link::Connecting => (LinkState::Connecting, None, None),
            Link::Live { since } => (LinkState::Live, Some(wall(since, zone)), None),
            Link::Offline { why } => (LinkState::Offline, as_of.clone(), Some(why)),
            Link::SignedOut => {
                (LinkState::SignedOut, as_of.clone(), Some("the session has ended".to_owned()))
            }
            Link::OutOfDate => (
                LinkState::OutOfDate,
                as_of.clone(),
                Some("this desk and the server speak different versions".to_owned()),
            ),
        };
        SyncView {
            revision,
            link,
            since,
            reason,
            as_of,
            unsent,
            sending,
            attention: replica.attention_count().unwrap_or_default(),
            filling: replica
                .remaining()
                .ok()
                .filter(|left| *left > 0)
                .map(|left| u32::try_from(left).unwrap_or(u32::MAX)),
            unshown: self.unshown.load(Ordering::Relaxed),
            now: Some(wall(replica.offset.corrected(clock::now()), zone)),
            offset_ms: replica.offset.offset_ms(),
        }
    }

    /// Tells the screen what a step changed, and the scheduler that duties may have moved.
    pub(super) fn tell(&self, profile: &Arc<Profile>, changed: &Changed) -> BoardChange {
        // A step may end after its copy was closed and counted.
        self.left.forget();
        if changed.setup {
            profile.owe_anew();
            self.duties_changed.notify_one();
            self.push(Push::Reload);
            self.push(Push::Sync(Box::new(self.sync_view())));
            return BoardChange::default();
        }
        let owed = self.owed_count();
        let drawn = profile.redraw(changed, &self.revisions).map_err(|fault| profile.failed(&fault));
        let change = drawn.unwrap_or_default();
        self.duties_changed.notify_one();
        if self.owed_count() != owed {
            self.push(Push::Owed(self.owed_count()));
        }
        if !change.is_empty() {
            self.push(Push::Board(change.clone()));
        }
        for &(kind, id) in &changed.records {
            if kind == protocol::Kind::INCIDENT {
                self.push(Push::Incident(IncidentId(id)));
            }
        }
        let sync = self.sync_view();
        if changed.attention {
            self.push(Push::Attention(sync.attention));
        }
        self.push(Push::Sync(Box::new(sync)));
        change
    }
}

fn signed_out(revision: u64, unsent: u32) -> SyncView {
    SyncView {
        revision,
        link: LinkState::SignedOut,
        since: None,
        reason: None,
        as_of: None,
        unsent,
        sending: 0,
        attention: 0,
        filling: None,
        unshown: 0,
        now: None,
        offset_ms: 0,
    }
}

fn not_here() -> DoorError {
    error(
        DoorErrorCode::NotFound,
        "This incident is not on this computer. It may still be on its way; try again in a moment.",
    )
}

fn not_done(profile: &Profile, fault: NotDone) -> DoorError {
    match fault {
        NotDone::Refused(refusal) => {
            let message = refusal.to_string();
            DoorError { code: DoorErrorCode::Refused, message, refusal: Some(*refusal) }
        }
        NotDone::Failed(fault) => profile.failed(&fault),
    }
}
