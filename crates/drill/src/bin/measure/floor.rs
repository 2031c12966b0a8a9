//! What the machine does at best: rows on its disk, bytes over its loopback.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::finding::{Floor, Sorted, Stopwatch, Times};

/// Bytes of a row and of an echo: about one event.
pub(crate) const EVENT_BYTES: usize = 600;

/// A new database that writes as the desk's do.
pub(crate) fn database(file: &Path) -> anyhow::Result<Connection> {
    let db = Connection::open(file)?;
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    Ok(db)
}

/// Times of single rows, each committed to disk, for so long.
pub(crate) fn commits(folder: &Path, patience: Duration) -> anyhow::Result<(Floor, Sorted)> {
    let db = database(&folder.join(format!("floor-{}.db", Uuid::now_v7().simple())))?;
    db.execute_batch("CREATE TABLE event (id BLOB PRIMARY KEY, body TEXT NOT NULL)")?;
    let body = "x".repeat(EVENT_BYTES);
    let mut insert = db.prepare("INSERT INTO event (id, body) VALUES (?1, ?2)")?;
    let (all, mut times) = (Stopwatch::start(), Times::default());
    while all.elapsed() < patience {
        let one = Stopwatch::start();
        insert.execute(params![Uuid::now_v7().into_bytes(), body])?;
        times.note(one.millis());
    }
    let (seconds, times) = (all.seconds(), times.sorted());
    Ok((Floor::new("one SQLite row per commit (WAL, FULL)", times.count() as f64 / seconds), times))
}

/// Times of so many echoes over loopback, spaced.
pub(crate) fn echoes(count: usize, spacing: Duration) -> anyhow::Result<Sorted> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("listening")?;
    let address = listener.local_addr()?;
    let echo = std::thread::spawn(move || -> std::io::Result<()> {
        let (mut line, _) = listener.accept()?;
        line.set_nodelay(true)?;
        let mut piece = [0; EVENT_BYTES];
        while line.read_exact(&mut piece).is_ok() {
            line.write_all(&piece)?;
        }
        Ok(())
    });
    let mut times = Times::default();
    {
        let mut line = TcpStream::connect(address)?;
        line.set_nodelay(true)?;
        let mut piece = [7; EVENT_BYTES];
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        for _ in 0..count {
            runtime.block_on(async { tokio::time::sleep(spacing).await });
            let one = Stopwatch::start();
            line.write_all(&piece)?;
            line.read_exact(&mut piece)?;
            times.note(one.millis());
        }
    }
    echo.join().map_err(|_| anyhow::anyhow!("the echo broke"))??;
    Ok(times.sorted())
}
