//! The screen's files, as they are built into the program.

use tauri::utils::assets::AssetKey;

/// The files of `ui/dist` inside this program.
pub(crate) struct Screen {
    context: tauri::Context,
}

impl Screen {
    /// From the program's own context.
    pub(crate) const fn of(context: tauri::Context) -> Self {
        Self { context }
    }

    /// A file and its type; the empty path is the page.
    pub(crate) fn file(&self, path: &str) -> Option<(Vec<u8>, String)> {
        let path = if path == "/" { "/index.html" } else { path };
        let bytes = self.context.assets().get(&AssetKey::from(path))?.into_owned();
        let mime = match path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            Some("png") => "image/png",
            Some("json") => "application/json",
            _ => "application/octet-stream",
        };
        Some((bytes, mime.to_owned()))
    }
}
