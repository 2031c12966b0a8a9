//! The desk behind the door: whoever is signed in, the profile that is open, and what the screen is told.

mod duties;
mod forms;
mod left;
mod profile;
mod reads;
mod revisions;
mod session;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use incident::{PersonId, Subject};
use replica::view::{DoorError, DoorErrorCode, Push};
use tokio::sync::{Notify, SetOnce, broadcast, mpsc};

use crate::alarm::Notice;
use crate::keychain::Account;
use crate::lock::own_path;
use crate::options::Options;
use left::LeftUnsent;
use profile::Profile;
use revisions::Revisions;
pub(crate) use session::Kept;
use session::Session;

/// Pushes held for a slow screen; beyond that it reloads.
const PUSHES_MAX: usize = 512;
/// Longest wait for the first painted screen: a window that stays hidden paints none.
const FIRST_PAINT: Duration = Duration::from_secs(2);

/// The desk: one of it a process.
pub(crate) struct Desk {
    folder: std::path::PathBuf,
    /// Its entry in the keychain: one session a folder.
    account: Account,
    /// What was left unsent in it, while nobody is signed in.
    left: LeftUnsent,
    session: Mutex<Session>,
    profile: RwLock<Option<Arc<Profile>>>,
    recalled: tokio::sync::OnceCell<()>,
    pushes: broadcast::Sender<Push>,
    /// When what the screen is told was drawn.
    revisions: Revisions,
    notices: mpsc::UnboundedSender<Notice>,
    /// Alarms that rang and that this desktop does not show.
    unshown: AtomicU32,
    /// What to open as soon as the screen is there.
    to_open: Mutex<Option<Subject>>,
    /// The duties changed: look again what rings next.
    duties_changed: Notify,
    /// The screen is there.
    painted: SetOnce<()>,
    /// Somebody ended this desk.
    ended: SetOnce<()>,
}

impl Desk {
    /// The desk over a folder, with what it will say of alarms.
    pub(crate) fn open(options: &Options) -> anyhow::Result<(Arc<Self>, mpsc::UnboundedReceiver<Notice>)> {
        let (notices, told) = mpsc::unbounded_channel();
        let typed = options.folder()?;
        let folder = own_path(&typed);
        let desk = Arc::new(Self {
            left: LeftUnsent::of(&folder),
            account: Account::of(&typed, &folder),
            folder,
            session: Mutex::new(Session::nobody(&options.server)),
            profile: RwLock::new(None),
            recalled: tokio::sync::OnceCell::new(),
            pushes: broadcast::Sender::new(PUSHES_MAX),
            revisions: Revisions::default(),
            notices,
            unshown: AtomicU32::new(0),
            to_open: Mutex::new(None),
            duties_changed: Notify::new(),
            painted: SetOnce::new(),
            ended: SetOnce::new(),
        });
        tokio::spawn(duties::ring(Arc::clone(&desk)));
        Ok((desk, told))
    }

    /// The folder is this desk's alone: the last session comes back, and its copy is opened. Until then nothing in
    /// the folder is touched.
    pub(crate) fn begin(self: &Arc<Self>) {
        let recalling = Arc::clone(self);
        tokio::spawn(async move { recalling.recalled().await });
    }

    /// Everything the screen is told without asking.
    pub(crate) fn pushes(&self) -> broadcast::Receiver<Push> {
        self.pushes.subscribe()
    }

    /// Opens a duty on the screen, now or as soon as it is there.
    pub(crate) fn open_duty(&self, subject: Subject) {
        *lock(&self.to_open) = Some(subject);
        self.push(Push::OpenDuty(subject));
    }

    /// So many alarms rang that this desktop does not show: the screen says so.
    pub(crate) fn alarms_unshown(&self, alarms: usize) {
        self.unshown.store(duties::count(alarms), Ordering::Relaxed);
        self.push(Push::Sync(Box::new(self.sync_view())));
    }

    /// The screen is there.
    pub(crate) fn painted(&self) {
        if self.painted.set(()).is_err() {
            tracing::debug!("the screen was drawn anew");
        }
        if let Some(subject) = lock(&self.to_open).take() {
            self.push(Push::OpenDuty(subject));
        }
    }

    /// Whoever is signed in.
    pub(crate) fn person(&self) -> Option<PersonId> {
        lock(&self.session).signed_in.as_ref().map(|signed_in| signed_in.actor.person)
    }

    /// Somebody ends this desk; what is unsent stays on this computer.
    pub(crate) fn quit(&self) {
        if self.ended.set(()).is_err() {
            tracing::debug!("this desk is ending already");
        }
    }

    /// Waits until somebody ends this desk.
    pub(crate) async fn ended(&self) {
        self.ended.wait().await;
    }

    /// Waits for the first painted screen: what can wait is not to compete with it.
    pub(crate) async fn first_paint(&self) {
        if tokio::time::timeout(FIRST_PAINT, self.painted.wait()).await.is_err() {
            tracing::debug!("no screen was painted yet");
        }
    }

    fn push(&self, push: Push) {
        // Nobody listens before the screen is up; it asks for everything when it comes.
        let listeners = self.pushes.send(push).unwrap_or(0);
        tracing::trace!(listeners, "pushed");
    }

    /// The open profile, or the fault that nobody is signed in.
    fn profile(&self) -> Result<Arc<Profile>, DoorError> {
        let open = self.profile.read().unwrap_or_else(PoisonError::into_inner);
        open.clone().ok_or_else(|| {
            error(DoorErrorCode::SignedOut, "Nobody is signed in here. Sign in to see the board.")
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn error(code: DoorErrorCode, message: impl Into<String>) -> DoorError {
    DoorError { code, message: message.into(), refusal: None }
}

/// This computer failed: in words that say what was kept.
fn failed(fault: &replica::Error) -> DoorError {
    tracing::error!(%fault, "this computer's copy failed");
    error(DoorErrorCode::Failed, fault.to_string())
}
