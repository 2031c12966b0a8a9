//! One request over a fresh connection: enough to send a body through the real route.

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Largest answer that is read, in bytes.
const ANSWER_MAX: u64 = 16 * 1024 * 1024;

/// Posts a body; gives status and body of the answer.
pub(super) async fn post(
    address: std::net::SocketAddr,
    path: &str,
    token: &str,
    body: &[u8],
) -> anyhow::Result<(u16, String)> {
    send("POST", address, path, token, body).await
}

/// Gets what lies at a path, for anybody.
pub(super) async fn get(address: std::net::SocketAddr, path: &str) -> anyhow::Result<(u16, String)> {
    send("GET", address, path, "", b"").await
}

/// Deletes what lies at a path.
pub(super) async fn delete(address: std::net::SocketAddr, path: &str, token: &str) -> anyhow::Result<()> {
    let (status, answer) = send("DELETE", address, path, token, b"").await?;
    anyhow::ensure!(status < 300, "status {status}: {answer}");
    Ok(())
}

async fn send(
    method: &str,
    address: std::net::SocketAddr,
    path: &str,
    token: &str,
    body: &[u8],
) -> anyhow::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address).await.context("connecting to the server")?;
    let head = format!(
        "{method} {path} HTTP/1.0\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.context("sending")?;
    stream.write_all(body).await.context("sending")?;
    let mut answer = Vec::new();
    stream.take(ANSWER_MAX).read_to_end(&mut answer).await.context("reading the answer")?;
    let answer = String::from_utf8_lossy(&answer);
    let Some((head, body)) = answer.split_once("\r\n\r\n") else { bail!("the answer is no HTTP") };
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.context("the answer has no status")?, body.to_owned()))
}
