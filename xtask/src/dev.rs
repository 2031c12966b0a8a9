//! From a fresh machine to a moving board, in one command.
//!
//! Everything it makes lies in `.dev`: the server's folder with the demo, the
//! desk's folder, the logs, and who may sign in.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::process;
use crate::server::{self, Server};
use crate::system::{self, Purpose};

/// How the desk is opened.
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Everything it makes lies in .dev; --fresh begins again. Ctrl-C stops the server and the desk."
)]
pub(crate) struct Options {
    /// Throw away the demo and this desk's copy, and seed again
    #[arg(long)]
    fresh: bool,
    /// Serve the desk on a loopback address even where there is a display
    #[arg(long)]
    loopback: bool,
    /// Where the server listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7447")]
    listen: String,
    /// The X display
    #[arg(long, env = "DISPLAY", default_value = "", hide = true)]
    display: String,
    /// The Wayland display
    #[arg(long, env = "WAYLAND_DISPLAY", default_value = "", hide = true)]
    wayland_display: String,
}

/// Runs until the desk is closed.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<bool> {
    system::packages(Purpose::Build)?;
    system::screen_packages(root, "ui")?;
    build(root)?;
    if options.fresh {
        clear(root)?;
    }
    seed(root)?;
    let home = root.join(".dev");
    println!("Starting the server …");
    let server = Server::start(root, &home.join("server"), &options.listen, &home.join("server.log"))?;
    println!("The server listens on {}; its words go to .dev/server.log.", server.address());
    println!(
        "\n{}",
        std::fs::read_to_string(home.join("sign-in.txt")).context("reading .dev/sign-in.txt")?.trim_end()
    );
    let mut desk = server::bound_to_us(&server::program(root, "holdfast"));
    desk.arg("--data").arg(home.join("desk")).args(["--server", server.address()]);
    if options.loopback || (options.display.is_empty() && options.wayland_display.is_empty()) {
        println!("\nServing the desk to a browser on this machine; Ctrl-C here stops it and the server.");
        desk.arg("--loopback");
    } else {
        println!("\nOpening the desk; closing it, or Ctrl-C here, stops the server too.");
    }
    let ended = desk.current_dir(root).status().context("the desk could not be started")?;
    Ok(ended.success())
}

fn build(root: &Path) -> anyhow::Result<()> {
    println!("Building the screen …");
    let ui = root.join("ui");
    process::shown(
        Command::new(ui.join("node_modules/.bin/vite")).args(["build", "--logLevel=warn"]).current_dir(&ui),
    )?;
    println!("Building the server and the desktop; the first time takes some minutes …");
    let mut build = Command::new("cargo");
    build.args(["build", "--package", "server", "--package", "holdfast", "--bins"]);
    build.args(["--features", "holdfast/custom-protocol"]);
    process::shown(build.current_dir(root))
}

fn clear(root: &Path) -> anyhow::Result<()> {
    let home = root.join(".dev");
    if home.exists() {
        std::fs::remove_dir_all(&home).context("clearing .dev")?;
    }
    Ok(())
}

/// Makes the demo in a folder of its own first, so that half a demo is never served.
fn seed(root: &Path) -> anyhow::Result<()> {
    let home = root.join(".dev");
    if home.join("server").exists() {
        println!("The demo of an earlier start goes on; --fresh begins again.");
        return Ok(());
    }
    println!("Seeding a demo: clients, agreements, people, and incidents in every phase …");
    let half = home.join("server-being-seeded");
    if half.exists() {
        std::fs::remove_dir_all(&half).context("clearing half a demo")?;
    }
    std::fs::create_dir_all(&home).context("making .dev")?;
    let mut seed = Command::new(server::program(root, "holdfast-server"));
    let told = process::told(seed.arg("seed").arg("--data").arg(&half))?;
    std::fs::write(home.join("sign-in.txt"), told).context("writing .dev/sign-in.txt")?;
    std::fs::rename(&half, home.join("server")).context("putting the demo in place")
}
