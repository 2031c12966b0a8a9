//! Measures of speed, each beside the floor that the same machine sets.
//!
//! What is printed is what was measured; an aim is never bent to a result, and nothing here fails a build.
//! What needs the product's own crates is measured by `measure` of `crates/drill`, so that this tool stays light.

mod business_time;
mod desktop;
mod measured;
mod on_call;
mod peers;
mod policy;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;
use measured::measured;
use table::{Finding, Measure};

/// What to measure.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// Measure these alone
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    only: Vec<String>,
    /// The folder of real inputs
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    shared: PathBuf,
    /// The search path
    #[arg(long, env = "PATH", default_value = "", hide = true)]
    path: String,
}

/// A bench by its name, in its own file.
struct Bench {
    name: &'static str,
    run: fn(&Path, &Options) -> anyhow::Result<Vec<Finding>>,
}

const BENCHES: [Bench; 11] = [
    Bench { name: "commands", run: |root, _| measured(root, "commands", &[]) },
    Bench { name: "import", run: import },
    Bench { name: "alerts", run: |root, _| measured(root, "alerts", &[]) },
    Bench { name: "live", run: |root, _| measured(root, "live", &[]) },
    Bench { name: "business-time", run: business_time_bench },
    Bench { name: "on-call", run: on_call_bench },
    Bench { name: "peers", run: |root, _| peers::measured(root) },
    Bench { name: "policy", run: |_, _| policy::measured() },
    Bench { name: "register", run: register },
    Bench { name: "desk", run: |root, _| measured(root, "desk", &[]) },
    Bench { name: "desktop", run: |root, options| desktop::measured(root, options) },
];

fn import(root: &Path, options: &Options) -> anyhow::Result<Vec<Finding>> {
    let log = root.join(&options.shared).join(SERVICENOW_LOG);
    measured(root, "import", &["--log", &log.to_string_lossy()])
}

fn register(root: &Path, options: &Options) -> anyhow::Result<Vec<Finding>> {
    let log = root.join(&options.shared).join(SERVICENOW_LOG);
    measured(root, "register", &["--log", &log.to_string_lossy()])
}

/// The log of the UCI archive, as the folder of real inputs holds it.
const SERVICENOW_LOG: &str = "uci-servicenow/incident_event_log.csv.gz";

fn business_time_bench(_: &Path, _: &Options) -> anyhow::Result<Vec<Finding>> {
    Ok(vec![Finding::Measured(Measure {
        name: "business time, due moments on one core".to_owned(),
        value: business_time::due_per_second(),
        unit: "/s".to_owned(),
        floors: Vec::new(),
        aim: "≥ 5,000,000 /s".to_owned(),
    })])
}

fn on_call_bench(_: &Path, _: &Options) -> anyhow::Result<Vec<Finding>> {
    Ok(vec![Finding::Measured(Measure {
        name: "who is on call: 8,760 hours of 200 rotas".to_owned(),
        value: on_call::year_seconds(),
        unit: "s".to_owned(),
        floors: Vec::new(),
        aim: "≤ 2 s".to_owned(),
    })])
}

/// Runs the benches, and prints their table.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<bool> {
    if let Some(unknown) = options.only.iter().find(|name| BENCHES.iter().all(|bench| bench.name != **name)) {
        let known: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        anyhow::bail!("there is no bench `{unknown}`; there are: {}", known.join(", "));
    }
    if cfg!(debug_assertions) {
        return optimised(root, options);
    }
    let wanted =
        |bench: &&Bench| options.only.is_empty() || options.only.iter().any(|name| name == bench.name);
    let mut findings = Vec::new();
    for bench in BENCHES.iter().filter(wanted) {
        eprintln!("measuring {} …", bench.name);
        match (bench.run)(root, options) {
            Ok(found) => findings.extend(found),
            // The other numbers stand; this one is said to be missing.
            Err(error) => {
                findings.push(Finding::Absent { name: bench.name.to_owned(), why: format!("{error:#}") });
            }
        }
    }
    print!("{}", table::table(&findings));
    Ok(true)
}

/// An unoptimised number says nothing: the optimised build of this program measures.
fn optimised(root: &Path, options: &Options) -> anyhow::Result<bool> {
    eprintln!("building with optimisations …");
    let mut again = Command::new("cargo");
    again.args(["run", "--quiet", "--release", "--package", "xtask", "--", "bench", "--shared"]);
    again.arg(&options.shared);
    if !options.only.is_empty() {
        again.args(["--only", &options.only.join(",")]);
    }
    process::shown(again.current_dir(root))?;
    Ok(true)
}
