//! Running other programs: with their words shown, or kept in a log.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

/// Whether a program of this name can be started.
pub(crate) fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a program whose words the person sees.
pub(crate) fn shown(command: &mut Command) -> anyhow::Result<()> {
    let said = said(command);
    let status = command.status().with_context(|| format!("`{said}` could not be started"))?;
    ensure!(status.success(), "`{said}` failed ({status})");
    Ok(())
}

/// What a program says on its standard output; its complaints the person sees.
pub(crate) fn told(command: &mut Command) -> anyhow::Result<String> {
    let said = said(command);
    command.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().with_context(|| format!("`{said}` could not be started"))?;
    ensure!(output.status.success(), "`{said}` failed ({})", output.status);
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first line of what a program says.
pub(crate) fn answer(command: &mut Command) -> anyhow::Result<String> {
    Ok(told(command)?.lines().next().unwrap_or_default().to_owned())
}

/// The command as one would type it.
fn said(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

/// A file that keeps what programs print.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
}

impl Log {
    /// An empty log at this path.
    pub(crate) fn begin(path: PathBuf) -> anyhow::Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        }
        File::create(&path).with_context(|| format!("beginning the log {}", path.display()))?;
        Ok(Self { path })
    }

    /// Where the log lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Everything kept so far.
    pub(crate) fn text(&self) -> String {
        std::fs::read(&self.path)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// Runs a program into the log, and ends it when it takes longer than the limit.
    pub(crate) fn run(&self, limit: Duration, command: &Command) -> anyhow::Result<()> {
        let said = said(command);
        let out = OpenOptions::new().append(true).open(&self.path).context("opening the log")?;
        let also = out.try_clone().context("opening the log")?;
        // coreutils ends the whole process group, which a kill of the child would not.
        let mut bounded = Command::new("timeout");
        bounded.arg("--kill-after=20").arg(limit.as_secs().to_string()).arg(command.get_program());
        bounded.args(command.get_args());
        if let Some(folder) = command.get_current_dir() {
            bounded.current_dir(folder);
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => bounded.env(name, value),
                None => bounded.env_remove(name),
            };
        }
        bounded.stdin(Stdio::null()).stdout(out).stderr(also);
        let status = bounded.status().with_context(|| format!("`{said}` could not be started"))?;
        match status.code() {
            Some(0) => Ok(()),
            Some(124 | 137) => bail!("`{said}` was ended after {} s", limit.as_secs()),
            Some(_) | None => bail!("`{said}` failed ({status})"),
        }
    }
}

/// Measures how long a person waits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch {
    started: Instant,
}

impl Stopwatch {
    /// Starts now.
    #[expect(
        clippy::disallowed_methods,
        reason = "a tool tells a person how long it took; nothing is decided by it"
    )]
    pub(crate) fn start() -> Self {
        Self { started: Instant::now() }
    }

    /// Seconds since the start.
    pub(crate) fn seconds(self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(name: &str) -> Log {
        Log::begin(std::env::temp_dir().join(format!("xtask-{}-{name}.log", std::process::id()))).unwrap()
    }

    #[test]
    fn words_are_kept_and_failures_told() {
        let log = log("words");
        log.run(Duration::from_secs(20), Command::new("echo").arg("first")).unwrap();
        let error =
            log.run(Duration::from_secs(20), Command::new("sh").args(["-c", "echo second >&2; exit 3"]));
        assert!(error.unwrap_err().to_string().contains("failed"));
        assert_eq!(log.text(), "first\nsecond\n");
        std::fs::remove_file(log.path()).unwrap();
    }

    #[test]
    fn a_program_that_is_not_there_is_told_apart() {
        assert!(is_there("cargo"));
        assert!(!is_there("no-such-program-at-all"));
    }
}
