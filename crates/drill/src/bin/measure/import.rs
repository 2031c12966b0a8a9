//! The ServiceNow log into a new desk, beside the same rows put into one table as they stand.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;
use rusqlite::params_from_iter;
use server::import::servicenow::{Mapping, ServicenowArguments, import_into};
use server::store::Store;

use crate::finding::{Floor, Measure, Stopwatch, absent};
use crate::{floor, now};

const NAME: &str = "import of the ServiceNow log, rows";

/// Rows a second from file to disk.
pub(crate) fn measure(folder: &Path, log: Option<&Path>) -> anyhow::Result<()> {
    let Some(log) = log.filter(|log| log.exists()) else {
        return absent(NAME, "the ServiceNow log is not on this machine");
    };
    let raw = raw_rows(folder, log)?;
    let data = folder.join("imported");
    let mut store = Store::create(&data, now())?;
    let arguments = ServicenowArguments { file: log.to_owned(), zone: "UTC".to_owned(), report: None };
    let watch = Stopwatch::start();
    let outcome = import_into(&mut store, &data, &arguments, &Mapping::default(), now())?;
    let seconds = watch.seconds();
    let rows = outcome.report.used_rows + outcome.report.unused_rows;
    let name = format!("{NAME} ({rows} rows, {} incidents, {seconds:.1} s)", outcome.stored);
    Measure::new(name, rows as f64 / seconds, "/s").floor(raw).print()
}

/// Unpacked, split and inserted into one table in one transaction.
fn raw_rows(folder: &Path, log: &Path) -> anyhow::Result<Floor> {
    let db = floor::database(&folder.join("raw.db"))?;
    let watch = Stopwatch::start();
    let file = File::open(log).context("opening the log")?;
    let text: Box<dyn Read> = if log.extension().is_some_and(|end| end == "gz") {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut reader = csv::Reader::from_reader(text);
    let width = reader.headers()?.len();
    let columns: Vec<String> = (0..width).map(|n| format!("c{n} TEXT")).collect();
    db.execute_batch(&format!("CREATE TABLE row ({})", columns.join(", ")))?;
    let holes = vec!["?"; width].join(", ");
    let tx = db.unchecked_transaction()?;
    let mut rows = 0_u32;
    {
        let mut insert = tx.prepare(&format!("INSERT INTO row VALUES ({holes})"))?;
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record)? {
            insert.execute(params_from_iter(record.iter()))?;
            rows += 1;
        }
    }
    tx.commit()?;
    Ok(Floor::new("the same rows unpacked into one table, one commit", f64::from(rows) / watch.seconds()))
}
