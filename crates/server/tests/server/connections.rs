//! Connections as slow and as many as somebody likes to open them.

use std::time::Duration;

use server::http::Limits;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::fixture::{ACME, first};
use crate::http::{Served, json, serve_within};

/// Longer than any test waits.
const NEVER: Duration = Duration::from_secs(3_600);

async fn begin(served: &Served, beginning: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).await.expect("connected");
    // Whoever is turned away may be so before all is sent.
    stream.write_all(beginning.as_bytes()).await.ok();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_request_is_cut_off_and_a_stream_is_not() {
    let limits = Limits { head_patience: Duration::from_millis(200), connections_max: 100 };
    let served = serve_within(limits).await;
    let (token, body) = (served.token("ines").await, json(&first()));
    let head = format!(
        "POST /v1/sync/stream HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = BufReader::new(begin(&served, &head).await);
    stream.get_mut().write_all(&body).await.expect("sent");
    let mut line = String::new();
    while !line.starts_with("data: ") {
        line.clear();
        assert!(stream.read_line(&mut line).await.expect("read") > 0, "the stream ended");
    }
    let mut halves = Vec::new();
    for beginning in
        ["", "POST /v1/comm", "GET /v1/time HTTP/1.1\r\nHost: d", "GET /v1/time HTTP/1.1\r\nHost: d\r\n"]
    {
        halves.push(begin(&served, beginning).await);
    }
    for mut half in halves {
        let mut heard = Vec::new();
        half.read_to_end(&mut heard).await.ok();
        assert_eq!(heard, b"", "nothing was asked");
    }
    // The stream is older than that patience, and goes on.
    let incident = served.house.log(ACME, "Mail is down").to_string();
    while !line.contains(&incident) {
        line.clear();
        assert!(stream.read_line(&mut line).await.expect("read") > 0, "the stream was cut");
    }
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_connection_too_many_is_told_to_try_again() {
    let served = serve_within(Limits { head_patience: NEVER, connections_max: 3 }).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(begin(&served, "GET /v1/time HTTP/1.1\r\n").await);
    }
    let answer = served.whole(b"GET /v1/time HTTP/1.0\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("retry-after: 2"), "{answer}");
    assert!(answer.contains("as many connections as it can have and did nothing; try again"), "{answer}");
    held.pop();
    let mut status = 503;
    while status == 503 {
        status = served.send("GET", "/v1/time", None, b"").await.0;
    }
    assert_eq!(status, 200, "there is a place again");
    drop(held);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_halves_keep_nobody_out_for_long() {
    let limits = Limits { head_patience: Duration::from_millis(300), connections_max: 64 };
    let served = serve_within(limits).await;
    let mut halves = Vec::new();
    for _ in 0..400 {
        halves.push(begin(&served, "POST /v1/commands HTTP/1.1\r\nHo").await);
    }
    let mut status = 503;
    while status == 503 {
        let answer = served.whole(b"GET /v1/health HTTP/1.0\r\n\r\n").await;
        status = answer.split(' ').nth(1).map_or(503, |status| status.parse().expect("a number"));
    }
    assert_eq!(status, 200);
    drop(halves);
    served.stop().await;
}
