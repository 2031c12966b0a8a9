//! The window, its tray, and the threads that keep it informed.
//!
//! What is costly to set up (the tray) waits for the first painted board.

#![expect(clippy::let_underscore_must_use, reason = "the command macro of Tauri writes one")]

use std::ffi::OsString;
use std::fs::File;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Once};

use anyhow::Context;
use clap::Parser as _;
use replica::view::{Answered, Call, DoorError, Push};
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{
    AppHandle, Emitter, Manager, RunEvent, Runtime, State, WebviewUrl, WebviewWindowBuilder, WindowEvent,
};

use crate::alarm::Notice;
use crate::desk::Desk;
use crate::drawing;
use crate::lock;
use crate::notification::Shown;
use crate::options::Options;

const WINDOW: &str = "main";
const TRAY: &str = "holdfast";

struct Shell {
    desk: Arc<Desk>,
    painted: Once,
}

/// The only command of the window.
#[tauri::command]
async fn door(call: Call, app: AppHandle, shell: State<'_, Shell>) -> Result<Answered, DoorError> {
    if call == Call::Painted {
        // What the bench reads beside the moment it started this process.
        tracing::info!("painted");
        shell.painted.call_once(|| after_first_paint(&app, &shell));
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
    let shell = Shell { desk: Arc::clone(&desk), painted: Once::new() };
    let hidden = options.hidden;
    let bus_name = lock::bus_name(&context.config().identifier, &options.folder()?);
    let one_a_folder = tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name)
        .callback(|app, arguments, _| second_start(app, &arguments));
    let builder = tauri::Builder::default()
        .plugin(one_a_folder.build())
        .plugin(tauri_plugin_window_state::Builder::default().build())
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
    app.run(|_, event| {
        if let RunEvent::ExitRequested { code: None, api, .. } = event {
            api.prevent_exit();
        }
    });
    Ok(())
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
        // Closing hides: alarms go on, the tray brings it back, and "Quit" there ends it.
        if let WindowEvent::CloseRequested { api, .. } = event
            && own.app_handle().tray_by_id(TRAY).is_some()
            && own.hide().is_ok()
        {
            api.prevent_close();
        }
    });
    Ok(())
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

fn after_first_paint<R: Runtime>(app: &AppHandle<R>, shell: &Shell) {
    if let Err(error) = tray(app, &shell.desk) {
        tracing::warn!(%error, "there is no tray here; closing the window quits");
    }
}

fn tray<R: Runtime>(app: &AppHandle<R>, desk: &Arc<Desk>) -> tauri::Result<()> {
    let open = MenuItem::with_id(app, "open", "Open Holdfast", true, None::<&str>)?;
    let quit = MenuItem::with_id(app, "quit", "Quit", true, None::<&str>)?;
    let menu = Menu::with_items(app, &[&open, &quit])?;
    let icon = tauri::image::Image::from_bytes(include_bytes!("../../icons/tray.png"))?;
    let tray = TrayIconBuilder::with_id(TRAY)
        .icon(icon)
        .menu(&menu)
        .on_menu_event(|app, event| match event.id().as_ref() {
            "open" => show(app),
            "quit" => app.exit(0),
            _ => {}
        })
        .build(app)?;
    say_owed(&tray, desk.owed_count());
    Ok(())
}

/// The tray counts what I owe, never totals.
fn say_owed<R: Runtime>(tray: &TrayIcon<R>, owed: u32) {
    let title = if owed == 0 { String::new() } else { owed.to_string() };
    let tooltip = match owed {
        0 => "Holdfast: you owe nothing now".to_owned(),
        1 => "Holdfast: you owe 1 duty".to_owned(),
        count => format!("Holdfast: you owe {count} duties"),
    };
    for step in [tray.set_title(Some(title)), tray.set_tooltip(Some(tooltip))] {
        if let Err(error) = step {
            tracing::debug!(%error, "the tray did not take the count");
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
        if said != Some(owed)
            && let Some(tray) = app.tray_by_id(TRAY)
        {
            say_owed(&tray, owed);
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
    fn a_display_that_does_not_answer_is_told_in_words() {
        let said = started::<()>(|| panic!("Failed to initialize gtk backend!")).expect_err("no display");
        assert!(said.to_string().contains("--loopback"), "{said}");
        assert_eq!(started(|| Ok(7)).expect("started"), 7);
    }
}
