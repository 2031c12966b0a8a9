//! Closes the window's own commands: only the door is open, and only to the main window.

fn main() {
    // The screen is built into the program: a new one asks for a new program.
    println!("cargo::rerun-if-changed=../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(&["door"]);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
