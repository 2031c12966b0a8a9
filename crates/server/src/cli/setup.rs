//! The configuration of a desk as a file: shown, changed with any editor, and put in force in one piece.

mod file;
mod whole;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Subcommand;
use file::Written;

use super::{Place, open, settle};
use crate::clock::Clock;
use crate::store::Store;

/// Settings read at once: far beyond any house, and no file by mistake.
const FILE_MAX: u64 = 32 * 1024 * 1024;

/// See the module.
#[derive(Debug, Subcommand)]
pub(super) enum Setup {
    /// Print every setting as a JSON list: clients, services, calendars, agreements, people, rotas, house rules
    Show {
        #[command(flatten)]
        place: Place,
    },
    /// Put the settings of a file in force, all of them or none; the server must not be running
    Apply {
        #[command(flatten)]
        place: Place,
        /// A JSON list as `setup show` prints it; `-` reads the standard input. What is in force already is left
        /// alone
        file: PathBuf,
    },
}

impl Setup {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Show { place } => {
                let settings = Store::open_beside(&place.data)?.settings()?;
                say!("{}", serde_json::to_string_pretty(&settings)?);
                Ok(())
            }
            Self::Apply { place, file } => apply(&place.data, &file),
        }
    }
}

fn apply(dir: &Path, file: &Path) -> anyhow::Result<()> {
    let written = settings(file)?;
    whole::each_once(&written)?;
    let mut store = open(dir)?;
    let known = store.settings()?;
    let all = written.len();
    let news: Vec<Written> = written.into_iter().filter(|one| !known.contains(&one.setting)).collect();
    whole::no_gaps(&known, &news)?;
    let set = news.len();
    store.write(Clock::System.now(), |writing| {
        for one in &news {
            settle(writing, one.setting.clone()).with_context(|| {
                format!("{} ({}) was refused, and nothing was changed", one.place, one.setting.id())
            })?;
        }
        whole::can_be_told_apart(writing.setup(), &news)
    })?;
    say!("{set} settings were put in force; {} were in force already.", all - set);
    Ok(())
}

fn settings(file: &Path) -> anyhow::Result<Vec<Written>> {
    let name = file.display();
    let mut text = String::new();
    let source: Box<dyn std::io::Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(file).with_context(|| format!("cannot read {name}; check the path"))?)
    };
    source.take(FILE_MAX + 1).read_to_string(&mut text).with_context(|| format!("reading {name}"))?;
    ensure!(text.len() as u64 <= FILE_MAX, "{name} has more than {FILE_MAX} bytes; nothing was changed");
    file::read(&name.to_string(), &text)
}
