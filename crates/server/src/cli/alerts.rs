//! A folder of recorded alerts, each sent through the real route of a server started for it, and compared
//! with what the folder's index expects.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use clap::Args;
use incident::{Signal, SignalId};
use protocol::Kind;
use serde_json::Value;
use tokio::net::TcpListener;

use super::Place;
use super::post::post;
use crate::clock::Clock;
use crate::intake::reading::expectation::{Expectation, IndexEntry, verdict};
use crate::intake::reading::{Body, read_alertmanager, read_any};
use crate::server::Server;
use crate::store::hook::HookKind;
use crate::store::{Error, Store, load};

/// See the module.
#[derive(Debug, Args)]
pub(super) struct CompareAlerts {
    #[command(flatten)]
    place: Place,
    /// The folder; its index.json names each body and what is expected of it
    folder: PathBuf,
}

impl CompareAlerts {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let index = self.folder.join("index.json");
        let text =
            std::fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
        let entries: Vec<IndexEntry> =
            serde_json::from_str(&text).with_context(|| format!("{} is no such index", index.display()))?;
        let mut store = Store::create(&self.place.data, Clock::System.now())?;
        // A hook for each body: what one file sends is no repeat and no flood of another's.
        let hooks: Vec<(Route, String)> = entries
            .iter()
            .enumerate()
            .map(|(place, entry)| {
                let route = Route::of(&entry.expect);
                let name = format!("{place}");
                let token = store.write(Clock::System.now(), |writing| {
                    writing.add_hook(&name, route.kind(), None, None)
                })?;
                Ok::<_, Error>((route, token))
            })
            .collect::<Result<_, _>>()?;
        let server = Arc::new(Server::start(store, Clock::System)?);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let failed = runtime.block_on(compare_all(&server, &self.folder, &entries, &hooks))?;
        say!("{} passed, {failed} failed", entries.len() - failed);
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

async fn compare_all(
    server: &Arc<Server>,
    folder: &Path,
    entries: &[IndexEntry],
    hooks: &[(Route, String)],
) -> anyhow::Result<usize> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("no port to listen on")?;
    let address = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(Arc::clone(server).serve(listener, async {
        // Told, or left alone: both end it.
        stopped.await.ok();
    }));
    let mut failed = 0;
    for (entry, (route, token)) in entries.iter().zip(hooks) {
        match compare(server, address, folder, entry, *route, token).await {
            Ok(got) => say!("ok    {:<70} {got}", entry.file),
            Err(error) => {
                failed += 1;
                say!("FAIL  {:<70} {error:#}\n      expected {:?}", entry.file, entry.expect);
            }
        }
    }
    drop(stop);
    serving.await.context("the server broke")?;
    Ok(failed)
}

/// Which route a body is sent to.
#[derive(Debug, Clone, Copy)]
enum Route {
    Alertmanager,
    Hook,
}

impl Route {
    const fn of(expect: &Expectation) -> Self {
        match expect {
            Expectation::Alerts { .. } => Self::Alertmanager,
            Expectation::Kind { .. } => Self::Hook,
        }
    }

    const fn kind(self) -> HookKind {
        match self {
            Self::Alertmanager => HookKind::Alertmanager,
            Self::Hook => HookKind::Generic,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Alertmanager => "/v1/intake/alertmanager",
            Self::Hook => "/v1/intake/hook",
        }
    }

    fn read(self, body: &[u8]) -> Body {
        match self {
            Self::Alertmanager => read_alertmanager(body),
            Self::Hook => read_any(body),
        }
    }
}

/// Sends one body and holds the answer, and what was stored, against the index.
async fn compare(
    server: &Arc<Server>,
    address: SocketAddr,
    folder: &Path,
    entry: &IndexEntry,
    route: Route,
    token: &str,
) -> anyhow::Result<String> {
    let file = folder.join(&entry.file);
    let body = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let (status, answer) = post(address, route.path(), token, &body).await?;
    let answer: Value = serde_json::from_str(&answer).with_context(|| format!("status {status}: no JSON"))?;
    let read = route.read(&body);
    if let Err(difference) = verdict(&entry.expect, &read) {
        bail!("{difference}");
    }
    match &read {
        Body::Refused(reason) => {
            ensure!(status == 400, "refused with status {status}");
            Ok(format!("refused, kept raw: {reason}"))
        }
        Body::Handshake { what } => {
            ensure!(status == 200 && answer["note"] == what.as_str(), "status {status}: {answer}");
            Ok("a handshake, for an operator".to_owned())
        }
        Body::Readings(readings) | Body::Partly { readings, .. } => {
            ensure!(status == 200, "status {status}: {answer}");
            let told = answer["readings"].as_array().context("no readings in the answer")?;
            ensure!(told.len() == readings.len(), "{} of {} readings told", told.len(), readings.len());
            let mut actions = Vec::new();
            for (told, reading) in told.iter().zip(readings) {
                ensure!(told["key"] == reading.source_key.as_str(), "told as {told}");
                let action = told["action"].as_str().unwrap_or_default();
                if action == "raised" {
                    let signal = stored(server, told)?;
                    ensure!(signal.sighting.details.contains(head(&reading.details)), "details were lost");
                }
                actions.push(action);
            }
            Ok(actions.join(", "))
        }
    }
}

/// The first thousand characters.
fn head(text: &str) -> &str {
    text.char_indices().nth(1_000).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

fn stored(server: &Server, told: &Value) -> anyhow::Result<Signal> {
    let id: SignalId =
        serde_json::from_value(told["signal"].clone()).context("a raised reading names no signal")?;
    let found = server.readers().snapshot(|conn| load::<Signal>(conn, Kind::SIGNAL, id.0))?;
    found.context("a raised signal is not stored")
}
