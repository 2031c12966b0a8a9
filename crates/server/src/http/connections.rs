//! Connections: how many there are at once, and how long one may take to say what it wants.
//!
//! Whoever sends half of a request, or none, is cut off after a while, so that nobody fills the places of all by
//! being slow. What a request then asks for is the routes' to answer; one that is being answered, such as an open
//! stream, is never cut here.

use std::io::Write as _;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use protocol::{Fault, FaultCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::fault::fault;

/// How long the head of a request may take, the wait for it included.
const HEAD_PATIENCE: Duration = Duration::from_secs(20);
/// Connections at once, where the process may open enough files.
const CONNECTIONS_MAX: usize = 4_000;
/// Files left to the database and its readers.
const FILES_KEPT: usize = 128;
/// Connections that are heard out while they are told that there are too many; more are told and dropped.
const TURNED_AWAY_MAX: usize = 32;
/// How long telling that may take.
const TURNING_AWAY: Duration = Duration::from_secs(2);
/// What whoever speaks TLS begins with.
const TLS_HELLO: u8 = 0x16;
/// How long to wait where the operating system has no connection to give.
const BREATH: Duration = Duration::from_millis(200);

/// What a listener puts up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long the head of a request may take to arrive, the wait for it included.
    pub head_patience: Duration,
    /// Connections at once; one more is told to try again.
    pub connections_max: usize,
}

impl Limits {
    /// Those of a server by itself in its process: as many connections as it may open files for.
    pub fn of_process() -> Self {
        let files = std::fs::read_to_string("/proc/self/limits").ok().and_then(|text| files_max(&text));
        let room = files.map_or(CONNECTIONS_MAX, |files| files.saturating_sub(FILES_KEPT).max(1));
        Self { head_patience: HEAD_PATIENCE, connections_max: room.min(CONNECTIONS_MAX) }
    }
}

/// The files that the process may have open, by what Linux says of its limits.
fn files_max(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Answers connections until the server closes, and returns when each has got what it had asked for.
pub(super) async fn answer(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    closing: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(limits.connections_max));
    let turning_away = Arc::new(Semaphore::new(TURNED_AWAY_MAX));
    let mut is_closing = closing.clone();
    loop {
        let stream = tokio::select! {
            stream = accepted(&listener) => stream,
            () = closed(&mut is_closing) => break,
        };
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            tokio::spawn(serve(stream, router.clone(), limits, closing.clone(), place));
        } else if let Ok(place) = Arc::clone(&turning_away).try_acquire_owned() {
            tracing::warn!("a connection was turned away: {} are open", limits.connections_max);
            tokio::spawn(async move {
                turn_away(stream, &full()).await;
                drop(place);
            });
        } else if let Err(error) =
            stream.into_std().and_then(|mut stream| stream.write_all(full().as_bytes()))
        {
            tracing::debug!(%error, "nobody heard that there are too many: {error}");
        }
    }
    drop(listener);
    // Every place is free when everybody has left.
    let all = u32::try_from(limits.connections_max).unwrap_or(u32::MAX);
    drop(places.acquire_many_owned(all).await);
}

/// The next connection; waits where there is none to have, for the reason may pass.
async fn accepted(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken: {error}; trying again");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

async fn serve(
    stream: TcpStream,
    router: Router,
    limits: Limits,
    mut closing: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "frames may wait for each other: {error}");
    }
    let first = tokio::select! {
        first = tokio::time::timeout(limits.head_patience, first_byte(&stream)) => first,
        () = closed(&mut closing) => return,
    };
    match first {
        Ok(Ok(Some(TLS_HELLO))) => {
            tracing::warn!(
                "a connection began with TLS, which this server does not speak; put a proxy in front that does"
            );
            return turn_away(stream, &no_tls()).await;
        }
        Ok(Ok(Some(_))) => {}
        // Gone, or too slow.
        Ok(Ok(None) | Err(_)) | Err(_) => return,
    }
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_patience)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = pin!(connection);
    let done = tokio::select! {
        done = connection.as_mut() => done,
        () = closed(&mut closing) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = done {
        tracing::debug!(%error, "a connection ended early: {error}");
    }
}

/// What the other side begins with, left where it is; nothing where it has gone.
async fn first_byte(stream: &TcpStream) -> std::io::Result<Option<u8>> {
    let mut first = [0];
    let count = stream.peek(&mut first).await?;
    Ok((count > 0).then_some(first[0]))
}

/// The answer to TLS: no client of that protocol shows it, but whoever looks at the bytes can read it.
fn no_tls() -> String {
    let words = "This server speaks plain HTTP, and was spoken to in TLS; use http:// here, or https:// at the proxy in front of it. Nothing was changed.";
    bare("400 Bad Request", &fault(FaultCode::Malformed, words))
}

/// The answer where there are too many.
fn full() -> String {
    let words = "The server has as many connections as it can have and did nothing; try again in a moment. If it stays so, the Administrator finds in docs/operating.md how to allow more.";
    bare("503 Service Unavailable\r\nretry-after: 2", &fault(FaultCode::Unavailable, words))
}

/// An answer to what was not read, after which nothing more is heard.
fn bare(status: &str, fault: &Fault) -> String {
    let body = serde_json::to_string(fault).unwrap_or_default();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Answers, and hears the other side out, so that the answer arrives.
async fn turn_away(mut stream: TcpStream, answer: &str) {
    let telling = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        let mut heard = [0; 4_096];
        while stream.read(&mut heard).await? > 0 {}
        std::io::Result::Ok(())
    };
    match tokio::time::timeout(TURNING_AWAY, telling).await {
        Ok(Ok(())) | Err(_) => {}
        Ok(Err(error)) => tracing::debug!(%error, "nobody heard why a connection was turned away: {error}"),
    }
}

/// Returns when the server closes, or is gone.
async fn closed(closing: &mut watch::Receiver<bool>) {
    closing.wait_for(|is_closing| *is_closing).await.ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_on_open_files_is_read_where_it_stands() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max processes             95702                95702                processes \n\
                      Max open files            1024                 524288               files     \n";
        assert_eq!(files_max(limits), Some(1024));
        assert_eq!(files_max("Max open files unlimited unlimited files"), None);
        assert_eq!(files_max(""), None);
        assert!(Limits::of_process().connections_max >= 1);
    }
}
