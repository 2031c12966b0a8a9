//! The desktop: a window, or with `--loopback` the same screen for a browser on this computer.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match desk::run(&desk::Options::parse(), tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // In one line with its causes: where it came up is for a debugger, whatever the environment asks for.
            eprintln!("holdfast: {error:#}");
            ExitCode::FAILURE
        }
    }
}
