//! What a person may no longer see is on no byte of the disk, also where SQLite had moved it about.

use std::path::PathBuf;

use incident::{DeskId, Timestamp};
use protocol::{Frame, Image, Kind, ScopeId};
use replica::{Applied, Error, Replica};
use serde_json::value::RawValue;
use uuid::Uuid;

const NOW: Timestamp = Timestamp::from_millis(0);
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

/// A desk that has both scopes, in a folder of its own.
fn filled(name: &str) -> Result<(PathBuf, Replica), Error> {
    let folder = std::env::temp_dir().join(format!("holdfast-{name}-{}", std::process::id()));
    let mut desk = Replica::open(&folder, DeskId(uuid(1)), NOW)?;
    for round in 0..6 {
        let changed = (0..200).filter(|n| round == 0 || (n + round) % 3 == 0);
        let put = changed.map(|n| image(n, round)).collect::<Result<_, _>>()?;
        assert!(matches!(desk.apply(&frame(round, put), NOW)?, Applied::Changed(_)));
    }
    assert!(count(&folder, "\"lost\"")? > 0, "they were there");
    Ok((folder, desk))
}

#[test]
fn nothing_of_a_lost_scope_is_left_on_disk() {
    let (folder, mut desk) = filled("revocation").unwrap();
    let gone = Frame { revoke: vec![LOST], ..frame(6, Vec::new()) };
    assert!(matches!(desk.apply(&gone, NOW).unwrap(), Applied::Changed(_)));
    let (lost, kept) = (count(&folder, "\"lost\"").unwrap(), count(&folder, "\"kept\"").unwrap());
    drop(desk);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(lost, 0, "passages of a lost scope on disk");
    assert!(kept >= 100, "the rest is kept");
}

#[test]
fn a_copy_kept_of_another_history_keeps_no_lost_scope() {
    let (folder, mut desk) = filled("kept-copy").unwrap();
    desk.start_over(NOW).unwrap();
    let anew = |from, put| Frame { epoch: uuid(900_001), ..frame(from, put) };
    let put = (0..200).map(|n| image(n, 6).unwrap()).collect();
    assert!(matches!(desk.apply(&anew(0, put), NOW).unwrap(), Applied::Changed(_)));
    let copy = folder.join(format!("replica-{}.db", uuid(900_000)));
    assert!(copy.exists(), "the other history is kept beside this one");
    let gone = Frame { revoke: vec![LOST], ..anew(1, Vec::new()) };
    assert!(matches!(desk.apply(&gone, NOW).unwrap(), Applied::Changed(_)));
    let (lost, copy_is_there) = (count(&folder, "\"lost\"").unwrap(), copy.exists());
    drop(desk);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(lost, 0, "passages of a lost scope on disk");
    assert!(copy_is_there, "what is left of the copy is kept");
}
