//! The desktop: a window, or with `--loopback` the same screen for a browser on this computer.

use clap::Parser as _;

fn main() -> anyhow::Result<()> {
    desk::run(&desk::Options::parse(), tauri::generate_context!())
}
