//! A server of ours, running beside a tool: started, awaited, and stopped with it.
//!
//! The server says on its standard output, in a line with its address, that it
//! listens. Nothing is polled and nothing is guessed.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};

/// A first start migrates its store; more than this is a hang.
const START_MAX: Duration = Duration::from_secs(60);

/// A running server; dropping it stops it.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    address: String,
}

/// The programs that `cargo build` made.
pub(crate) fn program(root: &Path, name: &str) -> PathBuf {
    root.join("target/debug").join(name)
}

/// A command that ends when this process does, however that ends.
pub(crate) fn bound_to_us(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(program);
    command
}

impl Server {
    /// Starts the built server over a folder, and waits until it listens.
    pub(crate) fn start(root: &Path, data: &Path, listen: &str, log: &Path) -> anyhow::Result<Self> {
        let words = File::create(log).with_context(|| format!("beginning the log {}", log.display()))?;
        let mut command = bound_to_us(&program(root, "holdfast-server"));
        command.args(["serve", "--listen", listen, "--data"]).arg(data);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(words.try_clone().context("opening the log")?);
        let mut child = command.spawn().context("the server could not be started")?;
        let Some(output) = child.stdout.take() else { bail!("the server has no standard output") };
        let (found, address) = mpsc::channel();
        thread::spawn(move || follow(output, words, &found));
        let mut server = Self { child, address: String::new() };
        let Ok(address) = address.recv_timeout(START_MAX) else {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            bail!("the server did not start to listen on {listen}:\n{said}");
        };
        server.address = address;
        Ok(server)
    }

    /// Where it listens, as `http://host:port`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}

/// Asks a program to end, and waits until it has.
pub(crate) fn stop(child: &mut Child) {
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).stderr(Stdio::null()).status();
    // A program that cannot be asked is ended; one that is gone needs neither.
    if !asked.is_ok_and(|status| status.success()) && child.kill().is_err() {
        return;
    }
    if let Err(error) = child.wait() {
        eprintln!("waiting for a program to end: {error}");
    }
}

/// Keeps what the server says, and hands on the first address in it.
fn follow(output: ChildStdout, mut log: File, found: &Sender<String>) {
    let mut waiting = Some(found);
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if let Err(error) = writeln!(log, "{line}") {
            eprintln!("the server's log could not be written: {error}");
            return;
        }
        let Some((listener, address)) = waiting.zip(address(&line)) else { continue };
        waiting = None;
        if listener.send(address.to_owned()).is_err() {
            return;
        }
    }
}

/// The `http://host:port` in a line.
fn address(line: &str) -> Option<&str> {
    let from = line.find("http://")?;
    let rest = line.get(from..)?;
    let host = rest.get("http://".len()..)?;
    let length = host.find(|letter: char| !(letter.is_ascii_alphanumeric() || ".:-[]".contains(letter)));
    let address = rest.get(.."http://".len() + length.unwrap_or(host.len()))?;
    Some(address.trim_end_matches(['.', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_a_sentence() {
        assert_eq!(address("Listening on http://127.0.0.1:7447."), Some("http://127.0.0.1:7447"));
        assert_eq!(address("{\"at\":\"http://[::1]:80/\"}"), Some("http://[::1]:80"));
        assert_eq!(address("opening the store"), None);
    }

    #[test]
    fn a_stopped_program_has_ended() {
        let mut child = bound_to_us(Path::new("sleep")).arg("600").spawn().unwrap();
        stop(&mut child);
        assert!(child.try_wait().unwrap().is_some());
    }
}
