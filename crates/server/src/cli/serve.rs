//! Serving until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{Place, open};
use crate::clock::Clock;
use crate::server::Server;

/// See the module.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    place: Place,
    /// Where to listen; beyond this machine only behind a proxy that speaks TLS
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7447")]
    listen: SocketAddr,
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let server = Arc::new(Server::start(open(&self.place.data)?, Clock::System)?);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = TcpListener::bind(self.listen).await.with_context(|| {
                format!(
                    "cannot listen on {}; is another server running there? --listen takes another address",
                    self.listen
                )
            })?;
            let mut term = signal(SignalKind::terminate())?;
            let address = listener.local_addr()?;
            say!("Listening on http://{address}");
            if !address.ip().is_loopback() {
                tracing::warn!(
                    "listening beyond this machine without TLS; put a proxy in front that speaks it"
                );
            }
            let stop = async move {
                tokio::select! {
                    _ = term.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
                tracing::info!("stopping: requests under way are answered first");
            };
            Arc::clone(&server).serve(listener, stop).await;
            anyhow::Ok(())
        })?;
        runtime.shutdown_timeout(std::time::Duration::from_secs(2));
        drop(server);
        say!("Stopped.");
        Ok(())
    }
}
