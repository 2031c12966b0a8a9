//! The clause register over every incident of the ServiceNow log, in memory, on one core.

use std::path::Path;

use incident::compliance::{CLAUSES, register};
use incident::{Records, apply};
use server::import::servicenow::{Earlier, Error, Log, Mapping, Start, Zone, import};

use crate::finding::{Floor, Measure, Stopwatch, absent};
use crate::now;

const NAME: &str = "clause register over the ServiceNow log";

/// Seconds from records to a counted register.
pub(crate) fn measure(log: Option<&Path>) -> anyhow::Result<()> {
    let Some(log) = log.filter(|log| log.exists()) else {
        return absent(NAME, "the ServiceNow log is not on this machine");
    };
    let records = imported(log)?;
    let count = records.incidents.len();
    let watch = Stopwatch::start();
    let documents: usize = records.all().map(|record| record.document().map_or(0, |text| text.len())).sum();
    let floor = Floor::new(format!("the same records written as JSON ({documents} bytes)"), watch.millis());
    let watch = Stopwatch::start();
    let register = register(records.all(), &records.setup, now());
    let millis = watch.millis();
    let name = format!(
        "{NAME} ({count} incidents × {} clauses, {} failures)",
        CLAUSES.len(),
        register.failures.len()
    );
    Measure::new(name, millis, "ms").aim("≤ 2,000 ms").floor(floor).print()
}

/// Every incident of the log, as the import maps it.
fn imported(log: &Path) -> anyhow::Result<Records> {
    let log = Log::open(log, Zone::named("UTC")?)?;
    let mapping = Mapping::default();
    let mut records = Records::default();
    let start = Start { log: &log, mapping: &mapping, earlier: Earlier::default(), next_number: Some(1) };
    import::<Error>(
        start,
        |_| Ok(()),
        |batch| {
            for event in batch.incidents.iter().flat_map(|incident| &incident.events) {
                apply(&mut records, event);
            }
            Ok(())
        },
    )?;
    Ok(records)
}
