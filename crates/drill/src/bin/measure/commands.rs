//! Commands settled on disk: handed in within the process, and pushed over HTTP.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use incident::{DeskId, IncidentId};
use protocol::{PushReply, PushRequest};
use server::Server;
use uuid::Uuid;

use crate::finding::{Floor, Measure, Sorted, Stopwatch, Times, absent};
use crate::house::{self, accepted, envelope, person};
use crate::{floor, postgres, story};

/// How long each crowd works.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the floor is measured, again before each: a disk is not the same for a minute.
const FLOOR_PATIENCE: Duration = Duration::from_secs(3);
/// How many work at once.
const CROWDS: [usize; 3] = [1, 8, 32];
const AIM: &str = "≥ 2,000 /s";

/// Both ways in, beside single-row commits and pgbench.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<()> {
    for crowd in CROWDS {
        let (commits, _) = floor::commits(folder, FLOOR_PATIENCE)?;
        let server = house::server(&folder.join(format!("within-{crowd}")))?;
        let rate = within(&server, crowd)?;
        let name = format!("commands settled on disk, in the process, {crowd} at once");
        Measure::new(name, rate, "/s").aim(AIM).floor(commits).print()?;
    }
    let postgres = postgres::single_row_commits()?;
    for crowd in CROWDS {
        let (commits, _) = floor::commits(folder, FLOOR_PATIENCE)?;
        let (rate, times) = over_http(&folder.join(format!("http-{crowd}")), crowd)?;
        let name = format!("commands settled on disk, over HTTP, {crowd} connections");
        let mut measure = Measure::new(name, rate, "/s").aim(AIM).floor(commits);
        if let (8, Ok(tps)) = (crowd, &postgres) {
            measure = measure.floor(Floor::new("pgbench -N -c 8", *tps));
        }
        measure.print()?;
        let name = format!("one command over HTTP, {crowd} connections, p99");
        Measure::new(name, times.percentile(99), "ms").print()?;
    }
    if let Err(why) = postgres {
        absent("pgbench -N -c 8 beside them", &why)?;
    }
    Ok(())
}

/// Whoever works: one incident after another, command by command.
struct Worker {
    desk: DeskId,
    place: u128,
    incident: IncidentId,
    step: usize,
    seq: u64,
}

impl Worker {
    fn new(number: usize) -> Self {
        let desk = house::new_desk();
        Self { desk, place: number as u128 * 7_919, incident: IncidentId(Uuid::now_v7()), step: 0, seq: 0 }
    }

    fn push(&mut self) -> PushRequest {
        let command = story::command(self.place, self.incident, self.step);
        self.seq += 1;
        self.step += 1;
        if self.step == story::LENGTH {
            (self.step, self.place, self.incident) = (0, self.place + 1, IncidentId(Uuid::now_v7()));
        }
        PushRequest { desk: self.desk, epoch: None, commands: vec![envelope(self.seq, command)] }
    }
}

fn settled(reply: &PushReply) -> anyhow::Result<()> {
    ensure!(reply.outcomes.len() == 1, "one command has one outcome");
    reply.outcomes.iter().try_for_each(|outcome| accepted(&outcome.verdict))
}

fn within(server: &Arc<Server>, crowd: usize) -> anyhow::Result<f64> {
    let done = AtomicU64::new(0);
    let all = Stopwatch::start();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..crowd)
            .map(|number| {
                let (server, done) = (Arc::clone(server), &done);
                scope.spawn(move || -> anyhow::Result<()> {
                    let mut worker = Worker::new(number);
                    while all.elapsed() < PATIENCE {
                        let push = worker.push();
                        let reply = server.submit(person(0), push.desk, push.commands);
                        settled(&reply.map_err(|fault| anyhow::anyhow!(fault.message))?)?;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(())
                })
            })
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().map_err(|_| anyhow::anyhow!("a worker broke"))?)
    })?;
    Ok(done.load(Ordering::Relaxed) as f64 / all.seconds())
}

fn over_http(folder: &Path, crowd: usize) -> anyhow::Result<(f64, Sorted)> {
    let running = crate::live::Running::start(house::server(folder)?)?;
    let token = house::tokens(&running.server, 1)?.remove(0);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let all = Stopwatch::start();
    let worked = runtime.block_on(async {
        let workers: Vec<_> = (0..crowd)
            .map(|number| tokio::spawn(post_commands(running.address.clone(), token.clone(), number, all)))
            .collect();
        let mut times = Vec::new();
        for worker in workers {
            times.extend(worker.await.context("a worker broke")??);
        }
        anyhow::Ok(times)
    })?;
    let rate = worked.len() as f64 / all.seconds();
    Ok((rate, worked.into_iter().collect::<Times>().sorted()))
}

/// One connection of its own, kept open.
async fn post_commands(
    base: String,
    token: String,
    number: usize,
    all: Stopwatch,
) -> anyhow::Result<Vec<f64>> {
    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(1).build()?;
    let mut worker = Worker::new(number);
    let mut times = Vec::new();
    while all.elapsed() < PATIENCE {
        let push = worker.push();
        let one = Stopwatch::start();
        let answer =
            client.post(format!("{base}/v1/commands")).bearer_auth(&token).json(&push).send().await?;
        ensure!(
            answer.status().is_success(),
            "{}: {}",
            answer.status(),
            answer.text().await.unwrap_or_default()
        );
        settled(&answer.json().await?)?;
        times.push(one.millis());
    }
    Ok(times)
}
