//! Alarms as notifications of the operating system; a click opens the duty.
//!
//! Anyone on the session bus can fake a click: it only ever opens a record, so a fake is harmless.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use incident::Subject;
use tauri::{AppHandle, Runtime};
use tauri_plugin_notification::{Action, ActionType, NotificationExt};

use crate::alarm::{Alarm, Level};
use crate::desk::Desk;

const ACTION_TYPE: &str = "duty";
/// Subjects remembered for clicks; older notifications open the board.
const REMEMBERED_MAX: usize = 512;

/// Notifications shown, by the number the operating system gives back.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    subjects: Mutex<HashMap<i32, Subject>>,
}

impl Shown {
    /// Registers the click before the first notification is shown; without it no buttons are sent.
    pub(crate) fn listen<R: Runtime>(self: &Arc<Self>, app: &AppHandle<R>, desk: &Arc<Desk>) {
        let open = Action::builder("open", "Open").foreground(true).build();
        let kind = ActionType::builder(ACTION_TYPE).actions(vec![open]).build();
        if let Err(error) = app.notification().register_action_types(vec![kind]) {
            tracing::warn!(%error, "notifications come without buttons");
        }
        let (shown, desk, window) = (Arc::clone(self), Arc::clone(desk), app.clone());
        let listening = app.notification().on_action(move |performed| {
            crate::shell::show(&window);
            let id = performed.notification().map(tauri_plugin_notification::ActiveNotification::id);
            let subjects = shown.subjects.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(subject) = id.and_then(|id| subjects.get(&id)) {
                desk.open_duty(*subject);
            }
        });
        if let Err(error) = listening {
            tracing::warn!(%error, "clicks on notifications do not reach the desk");
        }
    }

    /// Shows one alarm.
    pub(crate) fn show<R: Runtime>(&self, app: &AppHandle<R>, alarm: &Alarm) {
        let id = number(alarm.subject);
        let mut subjects = self.subjects.lock().unwrap_or_else(PoisonError::into_inner);
        if subjects.len() >= REMEMBERED_MAX {
            subjects.clear();
        }
        subjects.insert(id, alarm.subject);
        drop(subjects);
        let mut notification = app.notification().builder();
        notification = notification.id(id).title(&alarm.title).body(&alarm.body).action_type_id(ACTION_TYPE);
        if alarm.level >= Level::Warning {
            notification = notification.sound("message-new-instant");
        }
        if let Err(error) = notification.show() {
            tracing::error!(%error, title = alarm.title, "an alarm could not be shown");
        }
    }
}

/// One number a subject: a click on any of its notifications leads there.
///
/// On Linux the plugin replaces none of them: each level of an alarm stands beside the one before.
fn number(subject: Subject) -> i32 {
    let id = subject.id();
    let bytes = id.as_bytes();
    i32::from_be_bytes([bytes[12] & 0x7f, bytes[13], bytes[14], bytes[15]])
}
