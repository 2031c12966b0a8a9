//! An empty window of the same build and plugins: the floor beside which the desk's own start is measured.
//!
//! It says `painted` as the desk does, two frames after its page has run.

use tauri::{Url, WebviewUrl, WebviewWindowBuilder};

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>empty</title><p>Empty</p><script>\
    requestAnimationFrame(() => requestAnimationFrame(() => { document.title = 'painted'; }));</script>";

fn main() -> anyhow::Result<()> {
    let address = Url::parse("empty://localhost/")?;
    tauri::Builder::default()
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .register_uri_scheme_protocol("empty", |_, _| {
            tauri::http::Response::builder()
                .header("content-type", "text/html")
                .body(PAGE.as_bytes().to_vec())
                .unwrap_or_default()
        })
        .setup(move |app| {
            let window = WebviewWindowBuilder::new(app, "empty", WebviewUrl::CustomProtocol(address))
                .title("Empty")
                .inner_size(1440.0, 900.0)
                .on_document_title_changed(|_, title| eprintln!("{title}"))
                .build()?;
            desk::suit_the_machine(&window)?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
