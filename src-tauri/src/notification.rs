//! Alarms as notifications of the desktop; a click opens the duty.
//!
//! There is one live notification an alarm: what comes later stands in its place, and it is taken away when its
//! reason is gone. Anyone on the session bus can fake a click: it only ever opens a record, so a fake is harmless.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use incident::Subject;
use incident::alarm::Tier;
use notify_rust::{Hint, Notification, NotificationHandle, NotificationResponse, Timeout, Urgency};
use tokio::sync::mpsc;

use crate::alarm::{Alarm, AlarmId, Notice};

/// Live notifications at most: each holds a line to the message bus. What is beyond is on the board all the same.
const LIVE_MAX: usize = 32;
/// What the desktop calls a click on the notification itself.
const CLICK: &str = "default";

/// What a click does.
pub(crate) type Open = Arc<dyn Fn(Subject) + Send + Sync>;

/// The notifications that are live, each with the line to whoever keeps it up.
pub(crate) struct Shown {
    live: Mutex<HashMap<AlarmId, mpsc::UnboundedSender<Alarm>>>,
    open: Open,
}

impl Shown {
    /// None yet; a click will do `open`.
    pub(crate) fn new(open: Open) -> Self {
        Self { live: Mutex::default(), open }
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
        let open = Arc::clone(&self.open);
        tokio::spawn(async move {
            let title = alarm.title.clone();
            if let Err(error) = keep_up(alarm, heard, open).await {
                tracing::error!(%error, title, "an alarm could not be shown");
            }
        });
    }
}

/// Shows an alarm and keeps it up to date until somebody closes it or its reason is gone.
async fn keep_up(
    mut alarm: Alarm,
    mut news: mpsc::UnboundedReceiver<Alarm>,
    open: Open,
) -> anyhow::Result<()> {
    let mut shown = dressed(&alarm).show_async().await?;
    loop {
        let mut response = None;
        let next = tokio::select! {
            () = shown.wait_for_action_async(|said| response = Some(said.clone())) => None,
            next = news.recv() => Some(next),
        };
        match next {
            Some(Some(next)) => {
                alarm = next;
                shown = replaced(shown, &alarm).await?;
            }
            Some(None) => {
                shown.close_async().await;
                return Ok(());
            }
            None => {
                // Some desktops leave it standing after the click, and a loud one would stand for ever.
                if let Some(NotificationResponse::Default) = response {
                    open(alarm.subject);
                    shown.close_async().await;
                }
                return Ok(());
            }
        }
    }
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
