//! How the page is drawn: in one piece where no graphics card puts its layers together (decision 222).

use tauri::{Runtime, WebviewWindow};

/// Has the page drawn as suits this machine.
#[cfg(target_os = "linux")]
pub fn suit_the_machine<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    if has_graphics_card(std::path::Path::new("/dev/dri")) {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Has the page drawn as suits this machine.
#[cfg(not(target_os = "linux"))]
pub fn suit_the_machine<R: Runtime>(_window: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}

/// Whether the kernel lists something that draws.
#[cfg(target_os = "linux")]
fn has_graphics_card(listed: &std::path::Path) -> bool {
    let Ok(entries) = std::fs::read_dir(listed) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("render"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_draws_is_listed_by_the_kernel() {
        let folder = std::env::temp_dir().join(format!("holdfast-dri-{}", std::process::id()));
        assert!(!has_graphics_card(&folder));
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("card0"), "").expect("a file");
        assert!(!has_graphics_card(&folder), "a screen that draws nothing");
        std::fs::write(folder.join("renderD128"), "").expect("a file");
        assert!(has_graphics_card(&folder));
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
