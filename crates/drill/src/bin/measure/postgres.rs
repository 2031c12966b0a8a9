//! Single-row commits of a PostgreSQL on the same disk, where Debian's is installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use uuid::Uuid;

const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// Transactions a second of `pgbench -N -c 8 -T 5` at scale 10 on a cluster of its own; or why there is none.
pub(crate) fn single_row_commits() -> anyhow::Result<Result<f64, String>> {
    if !Path::new(PROGRAMS).join("initdb").exists() {
        return Ok(Err("postgresql-15 is not installed".into()));
    }
    // PostgreSQL refuses to run as root, and its user must reach every folder above its own.
    let folder = std::env::temp_dir().join(format!("holdfast-bench-{}", Uuid::now_v7().simple()));
    let cluster = Cluster { folder };
    Ok(cluster.measure())
}

struct Cluster {
    folder: PathBuf,
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.told(&["pg_ctl", "-m", "immediate", "-w", "stop", "-D", &self.place("cluster")]).ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl Cluster {
    fn measure(&self) -> Result<f64, String> {
        let place = self.folder.to_string_lossy().into_owned();
        self.plain(&["mkdir", "-p", &place])?;
        let cluster = self.place("cluster");
        self.told(&["initdb", "-D", &cluster, "-A", "trust", "-N"])?;
        let options = format!("-k {place} -c listen_addresses=''");
        self.told(&["pg_ctl", "-D", &cluster, "-o", &options, "-l", &self.place("log"), "-w", "start"])?;
        let at = ["-h", place.as_str()];
        self.told(&["createdb", at[0], at[1], "bench"])?;
        self.told(&["pgbench", at[0], at[1], "-i", "-q", "-s", "10", "bench"])?;
        let said = self.told(&["pgbench", at[0], at[1], "-N", "-c", "8", "-j", "2", "-T", "5", "bench"])?;
        let tps = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let tps = tps.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse().ok());
        tps.ok_or_else(|| "pgbench printed no tps".into())
    }

    fn place(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }

    /// What a program of PostgreSQL says.
    fn told(&self, words: &[&str]) -> Result<String, String> {
        let (program, rest) = words.split_first().ok_or("no program")?;
        let program = format!("{PROGRAMS}/{program}");
        self.plain(&[&[program.as_str()], rest].concat())
    }

    /// Runs it as PostgreSQL's user where we are root.
    fn plain(&self, words: &[&str]) -> Result<String, String> {
        let is_root =
            std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").map_err(|e| e.to_string())?)
                == 0;
        let mut command = Command::new(if is_root { "runuser" } else { "env" });
        if is_root {
            command.args(["-u", "postgres", "--"]);
        }
        // A server that is started keeps its parent's pipes open; its words go to its log.
        let log = std::env::temp_dir().join(format!("holdfast-bench-{}.log", Uuid::now_v7().simple()));
        let out = std::fs::File::create(&log).map_err(|error| error.to_string())?;
        let also = out.try_clone().map_err(|error| error.to_string())?;
        let status =
            command.args(words).current_dir("/").stdin(Stdio::null()).stdout(out).stderr(also).status();
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        std::fs::remove_file(&log).ok();
        match status {
            Ok(status) if status.success() => Ok(said),
            Ok(status) => {
                Err(format!("{} failed ({status}): {}", words.join(" "), said.lines().last().unwrap_or("")))
            }
            Err(error) => Err(format!("{}: {error}", words.join(" "))),
        }
    }
}
