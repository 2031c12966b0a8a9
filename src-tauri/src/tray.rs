//! The icon in the tray: the way back to a hidden window, the way out, and how much is owed.

use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Runtime};

use crate::shell::show;

const ID: &str = "holdfast";

/// Puts the icon up. Whether anybody shows it is for the message bus to say.
pub(crate) fn put_up<R: Runtime>(app: &AppHandle<R>, owed: u32) -> tauri::Result<()> {
    let open = MenuItem::with_id(app, "open", "Open Holdfast", true, None::<&str>)?;
    let quit = MenuItem::with_id(app, "quit", "Quit", true, None::<&str>)?;
    let menu = Menu::with_items(app, &[&open, &quit])?;
    let icon = tauri::image::Image::from_bytes(include_bytes!("../../icons/tray.png"))?;
    TrayIconBuilder::with_id(ID)
        .icon(icon)
        .menu(&menu)
        .on_menu_event(|app, event| match event.id().as_ref() {
            "open" => show(app),
            "quit" => app.exit(0),
            _ => {}
        })
        .build(app)?;
    say_owed(app, owed);
    Ok(())
}

/// Counts what I owe, never totals; whether the icon is there to say it.
pub(crate) fn say_owed<R: Runtime>(app: &AppHandle<R>, owed: u32) -> bool {
    let Some(tray) = app.tray_by_id(ID) else { return false };
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
    true
}
