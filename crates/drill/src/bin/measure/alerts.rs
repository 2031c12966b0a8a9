//! One body with nearly as many alerts as a hook takes (§3.1): read, each counted on disk, answered over HTTP.

use std::path::Path;

use anyhow::{Context, ensure};
use rusqlite::params;
use serde_json::{Value, json};
use server::Server;
use server::store::hook::HookKind;

use crate::finding::{Floor, Measure, Stopwatch};
use crate::live::Running;
use crate::{floor, house};

/// Alerts of the body.
const ALERTS: usize = 41_000;

/// Through a hook that knows its tool, and through one that finds out entry by entry.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<()> {
    for kind in [HookKind::Alertmanager, HookKind::Generic] {
        let body = serde_json::to_vec(&body(kind))?;
        let floor = parsed_and_written(&folder.join(format!("{}.db", kind.name())), &body)?;
        let running = Running::start(house::server(&folder.join(kind.name()))?)?;
        let token = token(&running.server, kind)?;
        let millis = sent(&running.address, kind, &token, body)?;
        let name = format!("a body of {ALERTS} alerts through a hook, {}", kind.name());
        Measure::new(name, millis, "ms").floor(floor).print()?;
    }
    Ok(())
}

fn body(kind: HookKind) -> Value {
    let node = |place: usize| format!("node{place:05}");
    let alert = |place| match kind {
        HookKind::Alertmanager => {
            json!({"status": "firing", "labels": {"alertname": "Down", "instance": node(place)}})
        }
        HookKind::Generic => json!({"status": "firing", "title": format!("{} is down", node(place))}),
    };
    let alerts: Vec<Value> = (0..ALERTS).map(alert).collect();
    match kind {
        HookKind::Alertmanager => json!({"version": "4", "receiver": "desk", "alerts": alerts}),
        HookKind::Generic => Value::Array(alerts),
    }
}

fn token(server: &Server, kind: HookKind) -> anyhow::Result<String> {
    let added: Result<String, server::store::Error> = server
        .work(move |store, clock| {
            store.write(clock.now(), |writing| writing.add_hook("bench", kind, None, None))
        })
        .map_err(|fault| anyhow::anyhow!(fault.message))?;
    Ok(added?)
}

fn sent(address: &str, kind: HookKind, token: &str, body: Vec<u8>) -> anyhow::Result<f64> {
    let route = match kind {
        HookKind::Alertmanager => "alertmanager",
        HookKind::Generic => "hook",
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = reqwest::Client::builder().no_proxy().build()?;
        let post = client.post(format!("{address}/v1/intake/{route}")).bearer_auth(token).body(body);
        let watch = Stopwatch::start();
        let answer = post.send().await?;
        let (status, receipt) = (answer.status(), answer.bytes().await?);
        let millis = watch.millis();
        let receipt: Value = serde_json::from_slice(&receipt)?;
        let told = receipt["readings"].as_array().map_or(0, Vec::len);
        ensure!(status.is_success() && told == ALERTS, "{status}: {told} alerts were told of");
        Ok(millis)
    })
}

/// What the machine does at best with the same body.
fn parsed_and_written(file: &Path, body: &[u8]) -> anyhow::Result<Floor> {
    let db = floor::database(file)?;
    db.execute_batch("CREATE TABLE alert (place INTEGER PRIMARY KEY, body TEXT NOT NULL)")?;
    let watch = Stopwatch::start();
    let parsed: Value = serde_json::from_slice(body)?;
    let alerts = parsed.get("alerts").unwrap_or(&parsed).as_array().context("a list of alerts")?;
    let tx = db.unchecked_transaction()?;
    let mut insert = tx.prepare("INSERT INTO alert (body) VALUES (?1)")?;
    for alert in alerts {
        insert.execute(params![alert.to_string()])?;
    }
    drop(insert);
    tx.commit()?;
    Ok(Floor::new("the same body parsed, and a row an alert in one commit", watch.millis()))
}
