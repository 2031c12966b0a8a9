//! A new person while the server runs: the log has one writer, and an administrator asks it as any desk would.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use anyhow::{Context, bail, ensure};
use clap::Args;
use incident::command::Configure;
use incident::{Command, CommandId, DeskId, Setting};
use protocol::{ClockClaim, Envelope, Fault, PushReply, PushRequest, SignIn, SignedIn, Verdict};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cli::post::{delete, get, post};
use crate::clock::Clock;
use crate::store::random_id;

/// What any server says of itself.
#[derive(Debug, Deserialize)]
struct Health {
    epoch: Uuid,
}

/// The running server, and who asks it.
#[derive(Debug, Clone, Args)]
pub(super) struct Through {
    /// Where the server of this folder listens, to add a new person while it runs
    #[arg(
        long = "through",
        value_name = "ADDRESS",
        required = false,
        requires = "admin",
        conflicts_with = "person"
    )]
    pub(super) address: SocketAddr,
    /// The administrator who asks for it; their password is the first line of the standard input
    #[arg(long, value_name = "NAME", required = false, requires = "address")]
    pub(super) admin: String,
}

impl Through {
    /// Sets something through the server whose log has this epoch, in the administrator's name.
    pub(super) fn configure(&self, password: &str, epoch: Uuid, setting: Setting) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            self.check_folder(epoch).await?;
            let sign_in = SignIn { name: self.admin.clone(), password: password.to_owned() };
            let session: SignedIn = self.ask("/v1/session", "", &sign_in).await?;
            let envelope = Envelope {
                id: CommandId(random_id()?),
                seq: 1,
                claim: ClockClaim { at: Clock::System.now(), uncertainty_ms: 0 },
                command: Command::Configure(Configure { setting }),
                former_numbers: BTreeSet::new(),
            };
            let push =
                PushRequest { desk: DeskId(random_id()?), epoch: Some(epoch), commands: vec![envelope] };
            let pushed = self.ask::<PushReply>("/v1/commands", &session.token, &push).await;
            if let Err(error) = delete(self.address, "/v1/session", &session.token).await {
                tracing::warn!(%error, "the session of {} was not ended: {error:#}", self.admin);
            }
            match pushed?.outcomes.into_iter().next().map(|outcome| outcome.verdict) {
                Some(Verdict::Accepted { .. }) => Ok(()),
                Some(Verdict::Refused { refusal }) => bail!("{refusal}"),
                Some(Verdict::Deferred) | None => bail!("it was put off; try again"),
            }
        })
    }

    /// Whether the server there is the one of this folder: another one learns no password.
    async fn check_folder(&self, epoch: Uuid) -> anyhow::Result<()> {
        let asked = get(self.address, "/v1/health").await;
        let (_, answer) = asked.with_context(|| self.silence())?;
        let health: Health = serde_json::from_str(&answer).with_context(|| {
            format!("what answers at {} is no server of this release; nobody was added", self.address)
        })?;
        ensure!(
            health.epoch == epoch,
            "the server at {} serves another folder than --data names; nobody was added, and no password was sent. \
             Name the address that the server of this folder listens on",
            self.address
        );
        Ok(())
    }

    fn silence(&self) -> String {
        format!("no server answers at {}; nobody was added", self.address)
    }

    async fn ask<Reply: DeserializeOwned>(
        &self,
        path: &str,
        token: &str,
        body: &impl Serialize,
    ) -> anyhow::Result<Reply> {
        let body = serde_json::to_vec(body)?;
        let asked = post(self.address, path, token, &body).await;
        let (status, answer) = asked.with_context(|| self.silence())?;
        if let Ok(fault) = serde_json::from_str::<Fault>(&answer) {
            bail!("{}", fault.message);
        }
        ensure!(status == 200, "the server at {} answered with status {status}", self.address);
        serde_json::from_str(&answer)
            .context("the server's answer cannot be read; is it one of this release?")
    }
}
