//! The real log, against the counts its description states.

use std::path::{Path, PathBuf};

use super::*;
use OddityKind::*;

/// The log beside the checkout; `None` where it is absent, which CI does not accept.
pub(super) fn real_path() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/uci-servicenow/incident_event_log.csv.gz");
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is absent", path.display());
    eprintln!("{} is absent: the real log was not read", path.display());
    None
}

#[test]
fn the_real_log_is_as_described() {
    let Some(path) = real_path() else { return };
    let log = Log::open(path, Zone::utc()).expect("the log is readable");
    assert_eq!((log.survey().rows, log.survey().incidents), (141_712, 24_918));
    let Reading { histories, report, .. } = read_log(&log).expect("readable");
    assert_eq!((report.incidents, report.used_rows, report.unused_rows), (24_918, 141_712, 0));
    let expected = [
        (UnknownState, 5),
        (AssigneeMissing, 27_496),
        (UpdatedBackwards, 1),
        (ModCountBackwards, 5),
        (FinalValueEarly, 24_918),
        (ResolvedAtMissing, 1_556),
        (ResolvedAtDisagrees, 295),
        (NotStartingNew, 8_521),
        (ReopenedAfterClosed, 12),
        (ClosedAgain, 55),
        (ClosedWithoutResolved, 13),
        (ActiveDisagrees, 1),
        (OpenedAfterUpdate, 6),
        (ReassignmentsDisagree, 91),
    ];
    let counts: Vec<_> = report.counts.into_iter().collect();
    assert_eq!(counts, expected);
    let reopenings: usize = histories.iter().map(History::reopenings).sum();
    assert_eq!(reopenings, 331);
}
