//! Routes for anybody: is it there, what is it, what time is it.

use axum::extract::State;
use protocol::{PROTOCOL, TimeReply};
use serde::Serialize;
use uuid::Uuid;

use super::House;
use super::answer::{Answer, Failed};
use crate::server::Server;
use crate::store::read_head;

#[derive(Debug, Serialize)]
pub(super) struct Health {
    status: &'static str,
    seq: u64,
    /// Whose log it is: two desks never share one.
    epoch: Uuid,
}

/// Well, if the database answers.
pub(super) async fn health(State(house): State<House>) -> Result<Answer<Health>, Failed> {
    let read = |server: &Server| Ok(server.readers().snapshot(read_head)?);
    let head = house.server.aside(read).await?;
    Ok(Answer(Health { status: "well", seq: head.seq, epoch: head.epoch }))
}

#[derive(Debug, Serialize)]
pub(super) struct Version {
    version: &'static str,
    protocol: u32,
    tzdb: &'static str,
    sqlite: &'static str,
}

/// Which release, and what its verdicts were computed with (ruling 14).
pub(super) async fn version() -> Answer<Version> {
    Answer(Version {
        version: env!("CARGO_PKG_VERSION"),
        protocol: PROTOCOL,
        tzdb: incident::calendar::tzdb_version(),
        sqlite: rusqlite::version(),
    })
}

/// The server's clock.
pub(super) async fn time(State(house): State<House>) -> Answer<TimeReply> {
    Answer(TimeReply { now: house.server.clock().now() })
}
