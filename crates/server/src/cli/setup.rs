//! The configuration of a desk as a file: shown, changed with any editor, and put in force in one piece.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Subcommand;
use incident::Setting;

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
    let settings = settings(file)?;
    let mut store = open(dir)?;
    let known = store.settings()?;
    let all = settings.len();
    let news: Vec<_> =
        settings.into_iter().enumerate().filter(|(_, setting)| !known.contains(setting)).collect();
    let set = news.len();
    store.write(Clock::System.now(), |writing| {
        for (place, setting) in news {
            let id = setting.id();
            settle(writing, setting).with_context(|| {
                format!("setting {} of {all} ({id}) was refused, and nothing was changed", place + 1)
            })?;
        }
        anyhow::Ok(())
    })?;
    say!("{set} settings were put in force; {} were in force already.", all - set);
    Ok(())
}

fn settings(file: &Path) -> anyhow::Result<Vec<Setting>> {
    let name = file.display();
    let mut text = String::new();
    let source: Box<dyn std::io::Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(file).with_context(|| format!("cannot read {name}; check the path"))?)
    };
    source.take(FILE_MAX + 1).read_to_string(&mut text).with_context(|| format!("reading {name}"))?;
    ensure!(text.len() as u64 <= FILE_MAX, "{name} has more than {FILE_MAX} bytes; nothing was changed");
    serde_json::from_str(&text).with_context(|| {
        format!(
            "{name} is no list of settings, and nothing was changed; `holdfast-server setup show` prints one"
        )
    })
}
