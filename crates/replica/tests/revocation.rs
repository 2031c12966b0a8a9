//! What a person may no longer see is on no byte of the disk, also where SQLite had moved it about.

use incident::{DeskId, Timestamp};
use protocol::{Frame, Image, Kind, ScopeId};
use replica::{Applied, Error, Replica};
use serde_json::value::RawValue;
use uuid::Uuid;

const KEPT: ScopeId = ScopeId(1);
const LOST: ScopeId = ScopeId(2);

fn uuid(n: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n))
}

/// A record whose words say in which scope it is; it grows with every round.
fn image(n: u64, round: u64) -> Result<Image, Error> {
    let (scope, words) = if n.is_multiple_of(2) { (KEPT, "kept") } else { (LOST, "lost") };
    let length = usize::try_from((n * 37 + round * 211) % 900).unwrap_or_default();
    let doc = RawValue::from_string(format!("{{\"{words}\":\"{}\"}}", "x".repeat(length)))?;
    Ok(Image { kind: Kind::INCIDENT, id: uuid(n), of: uuid(n), scope, rev: round + 1, doc })
}

fn frame(from: u64, put: Vec<Image>) -> Frame {
    Frame {
        epoch: uuid(900_000),
        from,
        to: from + 1,
        chain: String::new(),
        safe: 0,
        now: Timestamp::from_millis(0),
        revoke: Vec::new(),
        grant: if from == 0 { vec![KEPT, LOST] } else { Vec::new() },
        leave: Vec::new(),
        put,
        outcomes: Vec::new(),
        fill: None,
        remaining: 0,
    }
}

fn count(folder: &std::path::Path, words: &str) -> Result<usize, Error> {
    let mut count = 0;
    for file in std::fs::read_dir(folder)? {
        let bytes = std::fs::read(file?.path())?;
        count += bytes.windows(words.len()).filter(|found| *found == words.as_bytes()).count();
    }
    Ok(count)
}

#[test]
fn nothing_of_a_lost_scope_is_left_on_disk() {
    let now = Timestamp::from_millis(0);
    let folder = std::env::temp_dir().join(format!("holdfast-revocation-{}", std::process::id()));
    let mut desk = Replica::open(&folder, DeskId(uuid(1)), now).unwrap();
    for round in 0..6 {
        let changed = (0..200).filter(|n| round == 0 || (n + round) % 3 == 0);
        let put = changed.map(|n| image(n, round).unwrap()).collect();
        assert!(matches!(desk.apply(&frame(round, put), now).unwrap(), Applied::Changed(_)));
    }
    assert!(count(&folder, "\"lost\"").unwrap() > 0, "they were there");
    let gone = Frame { revoke: vec![LOST], ..frame(6, Vec::new()) };
    assert!(matches!(desk.apply(&gone, now).unwrap(), Applied::Changed(_)));
    let (lost, kept) = (count(&folder, "\"lost\"").unwrap(), count(&folder, "\"kept\"").unwrap());
    drop(desk);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(lost, 0, "passages of a lost scope on disk");
    assert!(kept >= 100, "the rest is kept");
}
