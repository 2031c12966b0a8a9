//! Alarms as notifications of the desktop; a click opens the duty.
//!
//! There is one live notification an alarm: what comes later stands in its place, and it is taken away when its
//! reason is gone. One that the desktop does not show is tried again for as long as its reason lasts, and the screen
//! is told how many there are. Anyone on the session bus can fake a click: it only ever opens a record, so a fake is
//! harmless.

use std::collections::{HashMap, HashSet};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use incident::Subject;
use incident::alarm::Tier;
use notify_rust::{Hint, Notification, NotificationHandle, NotificationResponse, Timeout, Urgency};
use tokio::sync::mpsc;

use crate::alarm::{Alarm, AlarmId, Notice};

/// Live notifications at most: each holds a line to the message bus. What is beyond is on the board all the same.
const LIVE_MAX: usize = 32;
/// When an alarm that the desktop did not show is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(15);
/// What the desktop calls a click on the notification itself.
const CLICK: &str = "default";

/// What a click does.
pub(crate) type Open = Arc<dyn Fn(Subject) + Send + Sync>;
/// Who is told how many alarms the desktop does not show.
pub(crate) type Tell = Arc<dyn Fn(usize) + Send + Sync>;

/// Shows an alarm and keeps it up to date until somebody closes it or its reason is gone.
type KeepUp = for<'a> fn(&'a mut Up) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + 'a>>;

/// The notifications that are live, each with the line to whoever keeps it up.
pub(crate) struct Shown {
    live: Mutex<HashMap<AlarmId, mpsc::UnboundedSender<Alarm>>>,
    open: Open,
    unshown: Arc<Unshown>,
    keep_up: KeepUp,
}

impl Shown {
    /// None yet; a click will do `open`, and `tell` hears of what the desktop does not show.
    pub(crate) fn new(open: Open, tell: Tell) -> Self {
        Self::kept_up(open, tell, on_the_desktop)
    }

    fn kept_up(open: Open, tell: Tell, keep_up: KeepUp) -> Self {
        let unshown = Arc::new(Unshown { alarms: Mutex::default(), tell });
        Self { live: Mutex::default(), open, unshown, keep_up }
    }

    /// Shows, replaces or takes away.
    pub(crate) fn take(&self, notice: Notice) {
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.retain(|_, news| !news.is_closed());
        match notice {
            Notice::Ring(alarm) => self.ring(&mut live, alarm),
            // Whoever keeps it up hears that nobody has news any more, and closes it.
            Notice::Over(id) => drop(live.remove(&id)),
            Notice::AllOver => live.clear(),
        }
    }

    fn ring(&self, live: &mut HashMap<AlarmId, mpsc::UnboundedSender<Alarm>>, alarm: Alarm) {
        let alarm = match live.get(&alarm.id).map(|news| news.send(alarm.clone())) {
            Some(Ok(())) => return,
            // It was closed a moment ago, so this one is shown anew.
            Some(Err(mpsc::error::SendError(alarm))) => alarm,
            None => alarm,
        };
        if live.len() >= LIVE_MAX {
            tracing::warn!(title = alarm.title, "too many notifications are open to show another");
            return;
        }
        let (news, heard) = mpsc::unbounded_channel();
        live.insert(alarm.id, news);
        let (open, unshown) = (Arc::clone(&self.open), Arc::clone(&self.unshown));
        let up = Up { alarm, news: heard, open, unshown };
        tokio::spawn(up.for_as_long_as_it_lasts(self.keep_up));
    }
}

/// The alarms that rang and that the desktop does not show.
struct Unshown {
    alarms: Mutex<HashSet<AlarmId>>,
    tell: Tell,
}

impl Unshown {
    /// Whether that was news; then it is told before anything else changes.
    fn change(&self, change: impl FnOnce(&mut HashSet<AlarmId>) -> bool) -> bool {
        let mut alarms = self.alarms.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = change(&mut alarms);
        if is_news {
            (self.tell)(alarms.len());
        }
        is_news
    }
}

/// One alarm that is kept up.
struct Up {
    alarm: Alarm,
    news: mpsc::UnboundedReceiver<Alarm>,
    open: Open,
    unshown: Arc<Unshown>,
}

impl Up {
    async fn for_as_long_as_it_lasts(mut self, keep_up: KeepUp) {
        loop {
            let ended = keep_up(&mut self).await;
            let Err(error) = ended else { break };
            if self.unshown.change(|alarms| alarms.insert(self.alarm.id)) {
                tracing::error!(%error, title = self.alarm.title, "an alarm could not be shown; it is tried again");
            }
            tokio::select! {
                () = tokio::time::sleep(TRY_AGAIN) => {}
                next = self.news.recv() => match next {
                    Some(next) => self.alarm = next,
                    None => break,
                },
            }
        }
        self.is_no_more_unshown();
    }

    fn is_no_more_unshown(&self) {
        self.unshown.change(|alarms| alarms.remove(&self.alarm.id));
    }

    async fn on_the_desktop(&mut self) -> anyhow::Result<()> {
        let mut shown = dressed(&self.alarm).show_async().await?;
        self.is_no_more_unshown();
        loop {
            let mut response = None;
            let next = tokio::select! {
                () = shown.wait_for_action_async(|said| response = Some(said.clone())) => None,
                next = self.news.recv() => Some(next),
            };
            match next {
                Some(Some(next)) => {
                    self.alarm = next;
                    shown = replaced(shown, &self.alarm).await?;
                }
                Some(None) => {
                    shown.close_async().await;
                    return Ok(());
                }
                None => {
                    // Some desktops leave it standing after the click, and a loud one would stand for ever.
                    if let Some(NotificationResponse::Default) = response {
                        (self.open)(self.alarm.subject);
                        shown.close_async().await;
                    }
                    return Ok(());
                }
            }
        }
    }
}

fn on_the_desktop(up: &mut Up) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
    Box::pin(up.on_the_desktop())
}

/// The same notification with new words; the bus is asked on a thread that may wait.
async fn replaced(mut shown: NotificationHandle, alarm: &Alarm) -> anyhow::Result<NotificationHandle> {
    *shown = dressed(alarm);
    tokio::task::spawn_blocking(move || {
        shown.update()?;
        Ok(shown)
    })
    .await?
}

/// Says something that is no alarm, and keeps it up until somebody closes it.
pub(crate) async fn say(title: &'static str, body: &'static str) {
    let mut notification = Notification::new();
    notification.appname("Holdfast").summary(title).body(body);
    notification.hint(Hint::DesktopEntry("holdfast".to_owned()));
    match notification.show_async().await {
        Ok(shown) => shown.wait_for_action_async(|_| {}).await,
        Err(error) => tracing::warn!(%error, title, "the desktop did not show a word"),
    }
}

fn dressed(alarm: &Alarm) -> Notification {
    let mut notification = Notification::new();
    notification.appname("Holdfast").summary(&alarm.title).body(&alarm.body);
    notification.action(CLICK, "Open").hint(Hint::DesktopEntry("holdfast".to_owned()));
    let (urgency, timeout) = match alarm.tier {
        Tier::Journal | Tier::Advisory => (Urgency::Low, Timeout::Default),
        Tier::Caution => (Urgency::Normal, Timeout::Default),
        Tier::Warning => (Urgency::Critical, Timeout::Never),
    };
    if alarm.tier == Tier::Warning {
        notification.sound_name("message-new-instant");
    }
    notification.urgency(urgency).timeout(timeout);
    notification
}

#[cfg(test)]
mod tests {
    use incident::{Duty, IncidentId};
    use uuid::Uuid;

    use super::*;

    const SHOWS_NOTHING: &str = "on a desktop that shows nothing";

    fn alarm(number: u128, title: &str) -> Alarm {
        let subject = Subject::Incident(IncidentId(Uuid::from_u128(number)));
        let (title, body) = (title.to_owned(), String::new());
        Alarm { id: AlarmId::Duty(subject, Duty::Restore), subject, tier: Tier::Warning, title, body }
    }

    /// A desktop that shows an alarm or not, by its title.
    fn invented(up: &mut Up) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
        Box::pin(async move {
            anyhow::ensure!(up.alarm.title != SHOWS_NOTHING, "no daemon could be started");
            up.is_no_more_unshown();
            up.news.recv().await;
            Ok(())
        })
    }

    #[tokio::test]
    async fn what_the_desktop_does_not_show_is_told_and_tried_again() {
        let (tell, mut told) = mpsc::unbounded_channel();
        let tell: Tell = Arc::new(move |count| tell.send(count).expect("heard"));
        let shown = Shown::kept_up(Arc::new(|_| {}), tell, invented);
        shown.take(Notice::Ring(alarm(1, SHOWS_NOTHING)));
        assert_eq!(told.recv().await, Some(1));
        shown.take(Notice::Ring(alarm(2, SHOWS_NOTHING)));
        assert_eq!(told.recv().await, Some(2));
        shown.take(Notice::Ring(alarm(1, "on one that does")));
        assert_eq!(told.recv().await, Some(1), "it was tried again, and is shown");
        shown.take(Notice::Over(alarm(2, "").id));
        assert_eq!(told.recv().await, Some(0), "its reason is gone, so nobody misses it");
        shown.take(Notice::AllOver);
        drop(shown);
        assert_eq!(told.recv().await, None, "what is shown is told no more of");
    }
}
