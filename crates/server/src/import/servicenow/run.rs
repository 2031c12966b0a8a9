//! `import servicenow FILE`, all but the store: survey, progress, the list of oddities, the summary.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::batch::{Batch, Earlier, Start, import};
use super::mapping::Mapping;
use super::oddity::{OddityKind, Report};
use super::reader::Log;
use super::{Error, Zone};
use crate::import::progress::Progress;
use crate::store::IMPORTS;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
pub struct ServicenowArguments {
    /// The audit log, as CSV or gzipped CSV
    pub file: PathBuf,
    /// The time zone of the log's clock, as an IANA name
    #[arg(long, default_value = "UTC")]
    pub zone: String,
    /// Where to write every oddity, one JSON object per line [default: in the data directory]
    #[arg(long)]
    pub report: Option<PathBuf>,
}

/// What came of a run.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What was found.
    pub report: Report,
    /// Incidents this run stored; the others an earlier run had.
    pub stored: u64,
    /// Where every oddity is written.
    pub list: PathBuf,
}

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The log.
    #[error(transparent)]
    Log(#[from] Error),
    /// The list of oddities, or the terminal.
    #[error("cannot write {file}: {cause}; choose another place with --report")]
    List {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        cause: io::Error,
    },
    /// The store; what was stored before stays, and the next run goes on from there.
    #[error("the import stopped: {0}; run the same command again to go on")]
    Store(Box<dyn std::error::Error + Send + Sync>),
}

/// What the store answers.
pub type Stored<Value> = Result<Value, Box<dyn std::error::Error + Send + Sync>>;

/// Runs an import.
///
/// `earlier` finds what was stored before, given the file's digest; `store` writes a batch and its position
/// in one transaction, with the settings of the mapping before the first.
pub fn run(
    arguments: &ServicenowArguments,
    data: &Path,
    mapping: &Mapping,
    next_number: Option<u32>,
    earlier: impl FnOnce(&str) -> Stored<Earlier>,
    mut store: impl FnMut(&Batch) -> Stored<()>,
) -> Result<Outcome, RunError> {
    let log = Log::open(&arguments.file, Zone::named(&arguments.zone)?)?;
    let digest = log.survey().digest.clone();
    let list = arguments.report.clone().unwrap_or_else(|| default_list(data, &digest));
    let failed = |cause| RunError::List { file: list.clone(), cause };
    let mut out = created(&list).map_err(failed)?;
    let earlier = earlier(&digest).map_err(RunError::Store)?;
    let mut progress = Progress::new(log.survey().rows, io::stderr().is_terminal());
    let mut stored = 0;
    let report = import::<RunError>(
        Start { log: &log, mapping, earlier, next_number },
        |oddity| {
            serde_json::to_writer(&mut out, oddity).map_err(|error| failed(error.into()))?;
            out.write_all(b"\n").map_err(failed)
        },
        |batch| {
            store(&batch).map_err(RunError::Store)?;
            stored += batch.incidents.len() as u64;
            progress.reach(batch.rows, &mut io::stderr().lock()).map_err(failed)
        },
    )?;
    out.flush().map_err(failed)?;
    progress.finish();
    Ok(Outcome { report, stored, list })
}

fn default_list(data: &Path, digest: &str) -> PathBuf {
    const DIGEST_CHARS: usize = 12;
    let short: String = digest.chars().take(DIGEST_CHARS).collect();
    data.join(IMPORTS).join(format!("servicenow-{short}.ndjson"))
}

fn created(list: &Path) -> io::Result<BufWriter<File>> {
    if let Some(folder) = list.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create(list).map(BufWriter::new)
}

impl Outcome {
    /// Whether the file was read to its end.
    pub fn is_whole(&self) -> bool {
        self.report.count(OddityKind::FileCutShort) == 0
    }

    /// Why nothing came of the file: where it breaks off, else what was wrong first.
    pub fn why_nothing(&self) -> String {
        let examples = &self.report.examples;
        if self.is_whole() && self.report.unused_rows == 0 {
            return "there is no row below the header".to_owned();
        }
        let cut = examples.iter().find(|oddity| oddity.kind == OddityKind::FileCutShort);
        // What is wrong with the header is said before the rows; the first row says more.
        let row = examples.iter().find(|oddity| oddity.line > 1);
        cut.or(row).or(examples.first()).map_or_else(
            || "there is no row below the header".to_owned(),
            |oddity| format!("line {}: {}", oddity.line, oddity.reason),
        )
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { incidents, used_rows, unused_rows, counts, .. } = &self.report;
        writeln!(
            formatter,
            "{incidents} incidents from {used_rows} rows, {} stored by this run",
            self.stored
        )?;
        writeln!(formatter, "{unused_rows} rows could not be used")?;
        for (kind, count) in counts {
            let name = serde_json::to_value(kind).map_err(|_| fmt::Error)?;
            writeln!(formatter, "{count:>8}  {}", name.as_str().unwrap_or_default())?;
        }
        write!(formatter, "each with its line and reason: {}", self.list.display())
    }
}
