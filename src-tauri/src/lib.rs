//! The desktop shell: windows, keychain, notifications, tray, and one door to the replica.
//!
//! It decides nothing and stores nothing: rules are `incident`'s, records are `replica`'s.

mod alarm;
mod bus;
mod clock;
mod desk;
mod door;
mod drawing;
mod keychain;
mod lock;
mod loopback;
mod notification;
mod options;
mod owing;
mod screen;
mod shell;
mod tray;

use anyhow::Context;

pub use drawing::suit_the_machine;
pub use options::Options;

/// Starts the desk and stays until the person quits.
pub fn run(options: &Options, context: tauri::Context) -> anyhow::Result<()> {
    log_to_stderr();
    if !options.loopback {
        shell::check_display(["WAYLAND_DISPLAY", "DISPLAY"].map(std::env::var_os))?;
    }
    let lock = lock::take(&options.folder()?);
    // A second start with a window hands over to the first before it minds who has the folder.
    let lock = if options.loopback { Ok(lock?) } else { lock };
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a TLS provider is in place already");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("starting the desk's threads")?;
    tauri::async_runtime::set(runtime.handle().clone());
    let guard = runtime.enter();
    let (desk, notices) = desk::Desk::open(options)?;
    // Whoever does not have the folder opens nothing in it, and is gone in a moment.
    if lock.is_ok() {
        desk.begin();
    }
    if let Some(subject) = options.open {
        desk.open_duty(subject);
    }
    let ended = if options.loopback {
        runtime.block_on(loopback::serve(desk, screen::Screen::of(context), options.port))
    } else {
        drop(guard);
        shell::run(desk, notices, options, context, lock)
    };
    runtime.shutdown_background();
    ended
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,desk=info,replica=info"));
    if tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init().is_err() {
        tracing::debug!("somebody else writes the log");
    }
}
