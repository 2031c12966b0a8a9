//! The window, what closing it does, and the threads that keep it informed.
//!
//! What is costly to set up (the tray) waits for the first painted board.

#![expect(clippy::let_underscore_must_use, reason = "the command macro of Tauri writes one")]

use std::ffi::OsString;
use std::fs::File;
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Arc, Mutex, Once, PoisonError};

use anyhow::Context;
use clap::Parser as _;
use incident::PersonId;
use replica::view::{Answered, Call, DoorError, Push};
use tauri::plugin::TauriPlugin;
use tauri::{
    AppHandle, Emitter, Manager, Runtime, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};
use tauri_plugin_window_state::StateFlags;

use crate::alarm::Notice;
use crate::bus::{self, Tray};
use crate::desk::Desk;
use crate::drawing;
use crate::lock;
use crate::notification::{self, Shown};
use crate::options::Options;
use crate::tray;

const WINDOW: &str = "main";

struct Shell {
    desk: Arc<Desk>,
    tray: Mutex<Tray>,
    /// Whoever closed the window has read that it goes on.
    told: Once,
}

/// What closing the window does (decision 244).
#[derive(Debug, PartialEq, Eq)]
enum Closing {
    /// Alarms go on, and the tray brings it back.
    Hides,
    /// Alarms go on, and the list of windows brings it back.
    Minimises,
    /// Nobody is signed in, so no alarm is missed.
    Ends,
}

impl Closing {
    const fn of(tray: Tray, signed_in: Option<PersonId>) -> Self {
        match (tray, signed_in) {
            (Tray::Shown, _) => Self::Hides,
            (Tray::Unseen, Some(_)) => Self::Minimises,
            (Tray::Unseen, None) => Self::Ends,
        }
    }
}

/// The only command of the window.
#[tauri::command]
async fn door(call: Call, shell: State<'_, Shell>) -> Result<Answered, DoorError> {
    if call == Call::Painted {
        // What the bench reads beside the moment it started this process.
        tracing::info!("painted");
    }
    crate::door::answer(&shell.desk, call).await
}

/// Whether there is a display to open a window on, by what the environment says of it.
pub(crate) fn check_display(named: [Option<OsString>; 2]) -> anyhow::Result<()> {
    let is_there = named.iter().flatten().any(|name| !name.is_empty());
    anyhow::ensure!(
        is_there || !cfg!(target_os = "linux"),
        "there is no display here to open a window on (neither WAYLAND_DISPLAY nor DISPLAY is set); start with \
         --loopback for the same screen in a browser, or from a desktop session"
    );
    Ok(())
}

/// Opens the window and stays until the person quits. Where another desk has the folder (`taken`), a second start of
/// the same desk has handed over by then what it was asked, and any other one ends.
pub(crate) fn run(
    desk: Arc<Desk>,
    mut notices: tokio::sync::mpsc::UnboundedReceiver<Notice>,
    options: &Options,
    context: tauri::Context,
    taken: anyhow::Result<File>,
) -> anyhow::Result<()> {
    let shell = Shell { desk: Arc::clone(&desk), tray: Mutex::new(Tray::Unseen), told: Once::new() };
    let hidden = options.hidden;
    let folder = options.folder()?;
    let bus_name = lock::bus_name(&context.config().identifier, &folder);
    if taken.is_err() {
        tell_of_the_first(&bus_name, &folder);
    }
    let one_a_folder = tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name)
        .callback(|app, arguments, _| second_start(app, &arguments));
    let builder = tauri::Builder::default()
        .plugin(one_a_folder.build())
        .plugin(window_state())
        .manage(shell)
        .invoke_handler(tauri::generate_handler![door])
        .setup(move |app| {
            // Tauri would panic of an error.
            if let Err(error) = open_window(app.handle(), hidden) {
                tracing::error!(%error, "no window could be opened; --loopback shows the same screen in a browser");
                app.handle().exit(1);
            }
            Ok(())
        });
    let app = started(|| builder.build(context))?;
    let _lock = taken?;
    let handle = app.handle().clone();
    tauri::async_runtime::spawn(forward_pushes(Arc::clone(&desk), handle.clone()));
    tauri::async_runtime::spawn(follow_tray(Arc::clone(&desk), handle.clone()));
    let to_end = handle.clone();
    tauri::async_runtime::spawn(async move {
        desk.ended().await;
        to_end.exit(0);
    });
    tauri::async_runtime::spawn(async move {
        let window = handle.clone();
        let open = move |subject| {
            show(&window);
            window.state::<Shell>().desk.open_duty(subject);
        };
        let tell = move |count| handle.state::<Shell>().desk.alarms_unshown(count);
        let shown = Shown::new(Arc::new(open), Arc::new(tell));
        while let Some(notice) = notices.recv().await {
            shown.take(notice);
        }
    });
    app.run(|_, _| {});
    Ok(())
}

/// Keeps where the window stood, not whether it was seen: that is asked at each start, and `--hidden` is an answer.
fn window_state<R: Runtime>() -> TauriPlugin<R> {
    let kept = StateFlags::all().difference(StateFlags::VISIBLE);
    tauri_plugin_window_state::Builder::default().with_state_flags(kept).build()
}

/// Says on the terminal of a second start what becomes of it: it ends while it starts the window system.
fn tell_of_the_first(bus_name: &str, folder: &Path) {
    let listens = format!("{bus_name}.SingleInstance");
    if !tauri::async_runtime::block_on(bus::has_owner(&listens)).unwrap_or(false) {
        return;
    }
    let said =
        format!("Holdfast is open over {} already; its window comes to the front.\n", folder.display());
    if let Err(error) = std::io::stdout().write_all(said.as_bytes()) {
        tracing::debug!(%error, "nobody reads what becomes of a second start");
    }
}

/// Starts the window system, which panics where a display is named and does not answer.
fn started<T>(start: impl FnOnce() -> tauri::Result<T>) -> anyhow::Result<T> {
    let told = panic::take_hook();
    panic::set_hook(Box::new(|why| tracing::debug!("the window system gave up: {why}")));
    let done = panic::catch_unwind(AssertUnwindSafe(start));
    panic::set_hook(told);
    let Ok(done) = done else {
        anyhow::bail!(
            "no window can be opened, because the display does not answer; check that WAYLAND_DISPLAY or DISPLAY \
             names one that runs, or start with --loopback for the same screen in a browser"
        );
    };
    done.context("starting the window system")
}

fn open_window<R: Runtime>(app: &AppHandle<R>, hidden: bool) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
        .title("Holdfast")
        .inner_size(1440.0, 900.0)
        .min_inner_size(900.0, 600.0)
        .disable_drag_drop_handler()
        .visible(!hidden)
        .build()?;
    drawing::suit_the_machine(&window)?;
    let own = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            close(&own);
        }
    });
    Ok(())
}

/// Closes the window: out of sight, or for good.
fn close<R: Runtime>(window: &WebviewWindow<R>) {
    let shell = window.state::<Shell>();
    let tray = *shell.tray.lock().unwrap_or_else(PoisonError::into_inner);
    let done = match Closing::of(tray, shell.desk.person()) {
        Closing::Hides => window.hide(),
        Closing::Minimises => {
            shell.told.call_once(|| {
                tauri::async_runtime::spawn(notification::say(
                    "Holdfast goes on, minimised",
                    "Alarms ring only while it runs. To end it: Quit, behind your name in the window.",
                ));
            });
            window.minimize()
        }
        Closing::Ends => {
            window.app_handle().exit(0);
            Ok(())
        }
    };
    if let Err(error) = done {
        tracing::warn!(%error, "the window did not close");
    }
}

/// Brings the window to the front.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(WINDOW) else { return };
    for step in [window.show(), window.unminimize(), window.set_focus()] {
        if let Err(error) = step {
            tracing::warn!(%error, "the window did not come to the front");
        }
    }
}

/// A second start over the same folder brings the first one to the front and hands over what it was asked to open. It
/// has read its arguments itself before.
fn second_start<R: Runtime>(app: &AppHandle<R>, arguments: &[String]) {
    show(app);
    if let Some(subject) = Options::try_parse_from(arguments).ok().and_then(|options| options.open) {
        app.state::<Shell>().desk.open_duty(subject);
    }
}

/// Puts the tray up once the first board is painted, and follows whether a panel shows it.
async fn follow_tray<R: Runtime>(desk: Arc<Desk>, app: AppHandle<R>) {
    desk.first_paint().await;
    let put_up = tray::put_up(&app, desk.owed_count());
    let told = app.clone();
    match put_up {
        Ok(()) => {
            if let Err(error) = bus::watch_tray(move |tray| tray_is(&told, tray)).await {
                tracing::warn!(%error, "nobody says whether the tray is shown");
            }
        }
        Err(error) => tracing::warn!(%error, "there is no tray here"),
    }
    tray_is(&app, Tray::Unseen);
}

/// The tray stands so from now on. A window that is hidden where no tray brings it back is minimised instead.
fn tray_is<R: Runtime>(app: &AppHandle<R>, tray: Tray) {
    *app.state::<Shell>().tray.lock().unwrap_or_else(PoisonError::into_inner) = tray;
    let Some(window) = app.get_webview_window(WINDOW) else { return };
    if tray == Tray::Unseen && !window.is_visible().unwrap_or(true) {
        for step in [window.minimize(), window.show()] {
            if let Err(error) = step {
                tracing::warn!(%error, "a hidden window did not come back");
            }
        }
    }
}

async fn forward_pushes<R: Runtime>(desk: Arc<Desk>, app: AppHandle<R>) {
    let mut pushes = desk.pushes();
    let mut said = None;
    loop {
        let push = match pushes.recv().await {
            Ok(push) => push,
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => Push::Reload,
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        };
        if let Push::OpenDuty(_) = push {
            show(&app);
        }
        if let Err(error) = app.emit("push", &push) {
            tracing::warn!(%error, "the window missed a change; it will ask again");
        }
        let owed = desk.owed_count();
        if said != Some(owed) && tray::say_owed(&app, owed) {
            said = Some(owed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_display_the_other_way_is_named() {
        let named = |name: &str| Some(OsString::from(name));
        for missing in [[None, None], [named(""), None], [None, named("")]] {
            let said = check_display(missing).expect_err("no display").to_string();
            assert!(said.contains("--loopback"), "{said}");
        }
        for there in [[None, named(":0")], [named("wayland-0"), None]] {
            check_display(there).expect("a display");
        }
    }

    #[test]
    fn a_closed_window_is_never_out_of_reach_and_no_alarm_is_lost_by_it() {
        let somebody = Some(PersonId(uuid::Uuid::from_u128(1)));
        for signed_in in [somebody, None] {
            assert_eq!(Closing::of(Tray::Shown, signed_in), Closing::Hides);
        }
        assert_eq!(Closing::of(Tray::Unseen, somebody), Closing::Minimises);
        assert_eq!(Closing::of(Tray::Unseen, None), Closing::Ends);
    }

    #[test]
    fn a_display_that_does_not_answer_is_told_in_words() {
        let said = started::<()>(|| panic!("Failed to initialize gtk backend!")).expect_err("no display");
        assert!(said.to_string().contains("--loopback"), "{said}");
        assert_eq!(started(|| Ok(7)).expect("started"), 7);
    }
}
