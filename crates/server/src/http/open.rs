//! Routes for anybody: is it there, what is it, what time is it.

use axum::extract::State;
use protocol::{PROTOCOL, TimeReply};
use serde::Serialize;

use super::House;
use super::answer::{Answer, Failed};
use crate::store::{Error, read_head};

#[derive(Debug, Serialize)]
pub(super) struct Health {
    status: &'static str,
    seq: u64,
}

/// Well, if the database answers.
pub(super) async fn health(State(house): State<House>) -> Result<Answer<Health>, Failed> {
    let seq = house
        .server
        .aside(|server| Ok(server.readers().snapshot(|conn| Ok::<_, Error>(read_head(conn)?.seq))?))
        .await?;
    Ok(Answer(Health { status: "well", seq }))
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
