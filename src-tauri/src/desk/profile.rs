//! One person's copy at this desk: its own folder, so that two people never share a file.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use incident::identification::Turns;
use incident::{
    Actor, ClientId, Command, CommandId, DeskId, Incident, IncidentId, Obligation, Offer, RecordRef, Records,
    Signal, SignalId, Subject, audience::Audience, obligation, offers_on,
};
use protocol::{Kind, SignedIn};
use replica::sync::{self, Http, Shared};
use replica::view::draw::{
    Looking, card, duty_chip, label, merge_candidates, named, record_name, signal_card,
};
use replica::view::{BoardChange, Card, DoorError, Pending, Push, SignalCard};
use replica::{Changed, Live, Reader, Replica};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use uuid::Uuid;

use super::revisions::Revisions;
use super::{Desk, lock};
use crate::alarm::Owed;
use crate::clock;
use crate::owing::Owing;

/// Deeds that can be taken back in one session.
const UNDO_MAX: usize = 20;

/// An open profile.
pub(super) struct Profile {
    pub(super) shared: Arc<Shared>,
    pub(super) reader: Mutex<Reader>,
    /// Where the copy is.
    file: PathBuf,
    pub(super) actor: Actor,
    /// What the signed-in person owes.
    pub(super) owing: Mutex<Owing>,
    /// The turn of each signal in triage, as it was drawn last.
    turns: Mutex<Turns>,
    /// The latest deeds and what takes them back.
    pub(super) done: Mutex<Vec<(CommandId, Option<Command>)>>,
    tasks: Vec<AbortHandle>,
}

impl Drop for Profile {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

impl Profile {
    /// Opens the person's folder and the line to the server.
    pub(super) fn open(
        desk: &Arc<Desk>,
        server: &str,
        signed_in: &SignedIn,
    ) -> Result<Arc<Self>, replica::Error> {
        let folder = desk.folder.join(signed_in.actor.person.to_string());
        let replica = Replica::open(&folder, DeskId(Uuid::now_v7()), clock::now())?;
        let file = replica.path().to_owned();
        let reader = Reader::open(&file)?;
        let turns = Turns::of(replica.live().signals.values().map(AsRef::as_ref));
        let (shared, changes) = Shared::new(replica);
        let line =
            hold_line(Arc::clone(desk), Arc::clone(&shared), server.to_owned(), signed_in.token.clone());
        let mut tasks = vec![tokio::spawn(line).abort_handle()];
        let profile = Arc::new_cyclic(|weak: &std::sync::Weak<Self>| {
            tasks.push(tokio::spawn(tell_changes(Arc::clone(desk), weak.clone(), changes)).abort_handle());
            tasks.push(tokio::spawn(tell_line(Arc::clone(desk), shared.state())).abort_handle());
            Self {
                shared,
                reader: Mutex::new(reader),
                file,
                actor: signed_in.actor.clone(),
                owing: Mutex::default(),
                turns: Mutex::new(turns),
                done: Mutex::default(),
                tasks,
            }
        });
        profile.owe_anew();
        Ok(profile)
    }

    /// This computer failed: in words that say what was kept. A damaged copy is marked, so that the next sign-in sets
    /// it aside (decision 194); whoever asks may be holding it.
    pub(super) fn failed(&self, fault: &replica::Error) -> DoorError {
        match fault.damage() {
            Some(cause) => super::failed(&replica::suspect(&self.file, cause)),
            None => super::failed(fault),
        }
    }

    /// Reads with everything a view needs.
    pub(super) fn look<T>(
        &self,
        see: impl FnOnce(&Live, &Looking<'_>, &Marks) -> T,
    ) -> Result<T, replica::Error> {
        let replica = self.shared.replica();
        let marks = Marks(replica.marks()?.into_iter().collect());
        let live = replica.live();
        let now = replica.offset.corrected(clock::now());
        Ok(see(live, &Looking { setup: &live.setup, viewer: &self.actor, now }, &marks))
    }

    /// What a step changed on the board, with the duties brought up to date.
    pub(super) fn redraw(
        &self,
        changed: &Changed,
        revisions: &Revisions,
    ) -> Result<BoardChange, replica::Error> {
        let (change, owed) = self.look(|live, looking, marks| {
            let mut change = BoardChange { revision: revisions.next(), ..BoardChange::default() };
            let (mut owed, mut signals) = (Vec::new(), BTreeSet::new());
            for &(kind, id) in &changed.records {
                if kind == Kind::INCIDENT {
                    let exceptions = live.others.exceptions.values();
                    let about = exceptions.filter(|one| one.about() == Some(IncidentId(id)));
                    owed.extend(about.map(|one| {
                        (Subject::Exception(one.id), self.of_other(RecordRef::Exception(one), looking))
                    }));
                }
                match kind {
                    Kind::INCIDENT => match live.incidents.get(&IncidentId(id)) {
                        Some(incident) => {
                            change.cards.push(card(incident, looking, marks.of(id)));
                            owed.push((Subject::Incident(incident.id), of_incident(incident, looking)));
                        }
                        None => {
                            change.gone.push(IncidentId(id));
                            owed.push((Subject::Incident(IncidentId(id)), Vec::new()));
                        }
                    },
                    Kind::SIGNAL => {
                        let id = SignalId(id);
                        signals.insert(id);
                        match live.signals.get(&id) {
                            Some(signal) => owed.push((Subject::Signal(id), of_signal(signal, looking))),
                            None => {
                                change.signals_gone.push(id);
                                owed.push((Subject::Signal(id), Vec::new()));
                            }
                        }
                    }
                    _ => owed.extend(kind.subject(id).map(|subject| {
                        let record = live.others.get(subject);
                        (subject, record.map_or_else(Vec::new, |record| self.of_other(record, looking)))
                    })),
                }
            }
            if !signals.is_empty() {
                change.signals = self.draw_triage(&signals, live, looking, marks);
            }
            (change, owed)
        })?;
        let mut owing = lock(&self.owing);
        for (subject, duties) in owed {
            owing.owe(subject, duties);
        }
        Ok(change)
    }

    /// The signals that changed, and those whose turn another one moved by coming or going; no other is looked at.
    fn draw_triage(
        &self,
        changed: &BTreeSet<SignalId>,
        live: &Live,
        looking: &Looking<'_>,
        marks: &Marks,
    ) -> Vec<SignalCard> {
        let now = changed.iter().map(|id| (*id, live.signals.get(id).map(Arc::as_ref)));
        let moved = lock(&self.turns).take_in(now);
        let draw = |placed| draw_signal(placed, live, looking, marks);
        moved.into_iter().filter_map(draw).collect()
    }

    /// All cards and signals of the board.
    pub(super) fn draw_board(
        &self,
        live: &Live,
        looking: &Looking<'_>,
        marks: &Marks,
    ) -> (Vec<Card>, Vec<SignalCard>) {
        let cards = live.incidents.values().map(|incident| card(incident, looking, marks.of(incident.id.0)));
        let turns = Turns::of(live.signals.values().map(AsRef::as_ref));
        let placed = turns.in_order();
        *lock(&self.turns) = turns;
        let draw = |placed| draw_signal(placed, live, looking, marks);
        (cards.filter(|card| card.column.is_some()).collect(), placed.into_iter().filter_map(draw).collect())
    }

    /// All that the signed-in person owes, on the board and beside it.
    pub(super) fn owe_anew(&self) {
        let owed = self.look(|live, looking, _| {
            let incidents = live.incidents.values();
            let incidents =
                incidents.map(|incident| (Subject::Incident(incident.id), of_incident(incident, looking)));
            let signals = live.signals.values();
            let signals = signals.map(|signal| (Subject::Signal(signal.id), of_signal(signal, looking)));
            let others = live.others.all().map(|record| (record.subject(), self.of_other(record, looking)));
            incidents.chain(signals).chain(others).collect::<Vec<_>>()
        });
        match owed {
            Ok(owed) => lock(&self.owing).owe_all(owed),
            Err(fault) => tracing::error!(%fault, "duties could not be read"),
        }
    }

    /// Duties on a record beside the board. The incidents that it speaks of may be closed long since: they are read
    /// from disk, for those duties alone that are owed by whoever is signed in.
    fn of_other(&self, record: RecordRef<'_>, looking: &Looking<'_>) -> Vec<Owed> {
        let client = match record.audience() {
            Audience::Client(client) => Some(client),
            Audience::House | Audience::EveryClient | Audience::Management | Audience::Only(_) => None,
        };
        let mut owed = mine(&self.duties_on(record, looking), client, looking, "");
        if owed.is_empty() {
            return owed;
        }
        let mut records = Records::default();
        let reader = lock(&self.reader);
        for id in named(record) {
            match reader.incident(id) {
                Ok(known) => records.incidents.extend(known.map(|incident| (id, incident))),
                Err(fault) => tracing::error!(%fault, "the incident of a duty could not be read"),
            }
        }
        let name = record_name(&records, record, looking);
        for one in &mut owed {
            one.about.clone_from(&name);
            one.chip.about = Some(name.clone());
        }
        owed
    }

    /// The duties themselves; whom an exception is put to hangs on the incident that it is about as well.
    fn duties_on(&self, record: RecordRef<'_>, looking: &Looking<'_>) -> Vec<Obligation> {
        let RecordRef::Exception(exception) = record else {
            return record.duties(looking.setup, looking.now);
        };
        let known = exception.about().map(|id| lock(&self.reader).incident(id));
        let known = known.transpose().unwrap_or_else(|fault| {
            tracing::error!(%fault, "the incident of an exception could not be read");
            None
        });
        exception.owed_beside(known.flatten().as_deref(), looking.setup, looking.now)
    }

    /// Remembers how to take a deed back.
    pub(super) fn remember(&self, id: CommandId, opposite: Option<Command>) {
        let mut done = lock(&self.done);
        if done.len() == UNDO_MAX {
            done.remove(0);
        }
        done.push((id, opposite));
    }
}

/// What of each record has not reached the server.
pub(super) struct Marks(HashMap<Uuid, Pending>);

impl Marks {
    pub(super) fn of(&self, id: Uuid) -> Pending {
        self.0.get(&id).copied().unwrap_or(Pending::None)
    }
}

/// The signal in its place; `None` where it has gone.
fn draw_signal(
    (id, turn): (SignalId, u32),
    live: &Live,
    looking: &Looking<'_>,
    marks: &Marks,
) -> Option<SignalCard> {
    let signal = live.signals.get(&id)?;
    let candidates = merge_candidates(signal, live.incidents.values());
    let offers = offered(signal, live, looking);
    Some(signal_card(signal, turn, candidates, offers, looking, marks.of(signal.id.0)))
}

/// What may be done with one signal, and why not.
fn offered(signal: &Arc<Signal>, live: &Live, looking: &Looking<'_>) -> Vec<Offer> {
    let signals = [(signal.id, Arc::clone(signal))].into();
    let records = Records { setup: Arc::clone(&live.setup), signals, ..Records::default() };
    offers_on(&records, looking.viewer, looking.now, Subject::Signal(signal.id))
}

fn of_incident(incident: &Incident, looking: &Looking<'_>) -> Vec<Owed> {
    let client = looking.setup.clients.get(&incident.entry.client).map_or("", |client| client.name.as_str());
    let about = format!("{client} · {}", label(incident));
    let duties = obligation::of_incident(incident, looking.setup, looking.now);
    mine(&duties, Some(incident.entry.client), looking, &about)
}

fn of_signal(signal: &Signal, looking: &Looking<'_>) -> Vec<Owed> {
    let client = signal.sighting.client.and_then(|client| looking.setup.clients.get(&client));
    let client = client.map_or("client unknown", |client| client.name.as_str());
    let duty = obligation::of_signal(signal, looking.setup);
    mine(duty.as_slice(), None, looking, &format!("{client} · {}", signal.sighting.summary))
}

fn mine(duties: &[Obligation], client: Option<ClientId>, looking: &Looking<'_>, about: &str) -> Vec<Owed> {
    let owed = |duty: &Obligation| Owed {
        chip: duty_chip(duty, client, looking),
        severity: duty.severity,
        about: about.to_owned(),
    };
    duties.iter().map(owed).filter(|owed| owed.chip.mine).collect()
}

/// The line to the server, once the first board is painted: a first fill would keep people waiting for it.
async fn hold_line(desk: Arc<Desk>, shared: Arc<Shared>, server: String, token: String) {
    desk.first_paint().await;
    match Http::new(&server, &token) {
        Ok(http) => sync::run(shared, http, clock::now, clock::jitter).await,
        Err(fault) => {
            tracing::error!(%fault, "the line could not be opened");
            shared.never_opened(&fault);
        }
    }
}

async fn tell_changes(
    desk: Arc<Desk>,
    profile: std::sync::Weak<Profile>,
    mut changes: mpsc::UnboundedReceiver<Changed>,
) {
    while let Some(changed) = changes.recv().await {
        let Some(profile) = profile.upgrade() else { return };
        desk.tell(&profile, &changed);
    }
}

async fn tell_line(desk: Arc<Desk>, mut state: tokio::sync::watch::Receiver<sync::LineState>) {
    while state.changed().await.is_ok() {
        desk.push(Push::Sync(Box::new(desk.sync_view())));
    }
}
