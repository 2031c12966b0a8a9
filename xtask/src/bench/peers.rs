//! Due moments beside what others compute them with: npm moment-business-time, PyPI businesstimedelta and Debian's
//! Business::Hours, on the same inputs and the same machine.
//!
//! Values are compared before speed is told. A peer that cannot be installed or run here is said to be missing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};
use incident::Timestamp;
use incident::calendar::{Calendar, CalendarId, Date, Due, Hours, Index, Opening};
use serde_json::json;

use super::table::{Finding, Floor, Measure};
use crate::process;

/// Inputs that everybody gets.
const INPUTS: usize = 20_000;
/// Everybody reads wall clocks of this zone.
const ZONE: &str = "America/New_York";

/// Somebody else's way to a due moment.
struct Peer {
    name: &'static str,
    /// Installs it under the folder, and gives the program that reads the inputs.
    program: fn(&Path) -> anyhow::Result<Command>,
}

const PEERS: [Peer; 3] = [
    Peer { name: "npm moment-business-time", program: npm },
    Peer { name: "PyPI businesstimedelta", program: pypi },
    Peer { name: "Debian libbusiness-hours-perl", program: debian },
];

/// What a peer said.
struct Told {
    seconds: f64,
    due: Vec<Timestamp>,
}

/// Our rate, with every peer's as a floor.
pub(super) fn measured(root: &Path) -> anyhow::Result<Vec<Finding>> {
    let folder = root.join("target/bench/peers");
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let (index, inputs) = (Index::compile(&office()).context("the calendar of the peers")?, inputs());
    let file = folder.join("inputs.json");
    let text = json!({ "holidays": holidays(), "inputs": inputs }).to_string();
    std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    let ours = ours(&index, &inputs)?;
    let (mut floors, mut findings) = (Vec::new(), Vec::new());
    for peer in PEERS {
        match told(&folder, &file, &peer) {
            Ok(theirs) => {
                let name = format!("{}, {}", peer.name, agreement(&index, &ours.due, &theirs.due));
                floors.push(Floor { name, value: INPUTS as f64 / theirs.seconds });
            }
            Err(error) => findings.push(Finding::Absent {
                name: format!("due moments by {}", peer.name),
                why: format!("{error:#}"),
            }),
        }
    }
    let name = format!("due moments of {INPUTS} inputs, office hours with holidays");
    let value = INPUTS as f64 / ours.seconds;
    let aim = "-".to_owned();
    findings.insert(0, Finding::Measured(Measure { name, value, unit: "/s".to_owned(), floors, aim }));
    Ok(findings)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures elapsed time")]
fn ours(index: &Index, inputs: &[(i64, i64)]) -> anyhow::Result<Told> {
    let begun = Instant::now();
    let due: Vec<Due> = inputs
        .iter()
        .map(|(start, minutes)| {
            index.due(Timestamp::from_millis(start * 1_000), minutes * incident::MINUTE, &[])
        })
        .collect();
    let seconds = begun.elapsed().as_secs_f64();
    let at = |due| match due {
        Due::At(at) => Ok(at),
        Due::Never => anyhow::bail!("the calendar of the peers never opens"),
    };
    Ok(Told { seconds, due: due.into_iter().map(at).collect::<anyhow::Result<_>>()? })
}

fn told(folder: &Path, file: &Path, peer: &Peer) -> anyhow::Result<Told> {
    let mut program = (peer.program)(folder)?;
    let said = process::told(program.arg(file).env("TZ", ZONE))?;
    let mut lines = said.lines();
    let seconds = lines.next().context("it said nothing")?.trim().parse().context("its seconds")?;
    let due: Vec<Timestamp> = lines
        .map(|line| Ok(Timestamp::from_millis(line.trim().parse::<i64>()? * 1_000)))
        .collect::<anyhow::Result<_>>()
        .context("a moment of its")?;
    ensure!(due.len() == INPUTS, "it gave {} moments for {INPUTS} inputs", due.len());
    Ok(Told { seconds, due })
}

/// How many values are ours, how many are the same moment of open time said otherwise, and how many differ.
fn agreement(index: &Index, ours: &[Timestamp], theirs: &[Timestamp]) -> String {
    let (mut equal, mut same) = (0, 0);
    for (our, their) in ours.iter().zip(theirs) {
        let (first, last) = (*our.min(their), *our.max(their));
        if our == their {
            equal += 1;
        } else if index.elapsed(first, last, &[]) == 0 {
            same += 1;
        }
    }
    let different = ours.len() - equal - same;
    format!("{equal} equal, {same} closing time said as the next opening, {different} different")
}

fn npm(folder: &Path) -> anyhow::Result<Command> {
    let place = folder.join("npm");
    std::fs::create_dir_all(&place).context("making a folder")?;
    let mut install = Command::new("npm");
    install.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&place);
    process::told(install.arg("moment-business-time"))?;
    let mut program = Command::new("node");
    program.arg(script(&place, "peer.cjs", include_str!("peers/moment-business-time.cjs"))?);
    Ok(program)
}

fn pypi(folder: &Path) -> anyhow::Result<Command> {
    let place = folder.join("python");
    let mut install = Command::new("python3");
    install.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(&place);
    process::told(install.arg("businesstimedelta"))?;
    let mut program = Command::new("python3");
    program.arg(script(&place, "peer.py", include_str!("peers/businesstimedelta.py"))?);
    Ok(program)
}

fn debian(folder: &Path) -> anyhow::Result<Command> {
    let place = folder.join("perl");
    std::fs::create_dir_all(&place).context("making a folder")?;
    let mut fetch = Command::new("apt-get");
    fetch.args(["download", "--quiet", "libbusiness-hours-perl", "libset-intspan-perl"]);
    process::told(fetch.current_dir(&place))?;
    for entry in std::fs::read_dir(&place).context("reading a folder")? {
        let package = entry.context("reading a folder")?.path();
        if package.extension().is_some_and(|end| end == "deb") {
            process::told(Command::new("dpkg").arg("-x").arg(&package).arg(&place))?;
        }
    }
    let mut program = Command::new("perl");
    program.env("PERL5LIB", place.join("usr/share/perl5"));
    program.arg(script(&place, "peer.pl", include_str!("peers/business-hours.pl"))?);
    Ok(program)
}

/// The peer's program, beside what it was installed with.
fn script(place: &Path, name: &str, text: &str) -> anyhow::Result<PathBuf> {
    let file = place.join(name);
    std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    Ok(file)
}

/// Monday to Friday, nine to five; what every peer can say.
fn office() -> Calendar {
    let day = Opening { from_minute: 9 * 60, to_minute: 17 * 60 };
    Calendar {
        id: CalendarId::UNKEPT,
        name: "Office".to_owned(),
        zone: ZONE.to_owned(),
        hours: Hours::Weekly {
            week: std::array::from_fn(|weekday| if weekday < 5 { vec![day] } else { Vec::new() }),
            holidays: holidays().iter().filter_map(|date| date.parse::<Date>().ok()).collect(),
            special: BTreeMap::new(),
        },
        version: 1,
    }
}

fn holidays() -> Vec<String> {
    let days = ["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-26", "12-25"];
    (2026..2030).flat_map(|year| days.map(|day| format!("{year}-{day}"))).collect()
}

/// Starts in whole minutes of three years with their minutes of open time, a few minutes to two days.
fn inputs() -> Vec<(i64, i64)> {
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below) as i64
    };
    let year_2026 = 1_767_225_600;
    (0..INPUTS).map(|_| (year_2026 + random(3 * 365 * 1_440) * 60, random(16 * 60) + 1)).collect()
}
