//! Hooks: add, list, revoke.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};
use incident::ClientId;

use super::Place;
use crate::clock::Clock;
use crate::intake::reading::Mapping;
use crate::store::Store;
use crate::store::hook::HookKind;

/// Largest mapping file, in bytes.
const MAPPING_MAX: usize = 64 * 1024;

/// See the module.
#[derive(Debug, Subcommand)]
pub(super) enum Intake {
    /// Add a hook and show its token, once
    Add {
        #[command(flatten)]
        place: Place,
        /// A name for the hook: shown as the reporter of its signals
        #[arg(long)]
        name: String,
        /// What it takes
        #[arg(long, value_enum)]
        kind: Takes,
        /// The client its alerts are about
        #[arg(long)]
        client: Option<ClientId>,
        /// Where the fields of a generic body are, as JSON; without it, known tools are recognised
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
    },
    /// Show all hooks
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Revoke a hook: its token opens nothing any more
    Revoke {
        #[command(flatten)]
        place: Place,
        /// The hook
        #[arg(long)]
        name: String,
    },
}

/// What a hook takes, as typed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Takes {
    Alertmanager,
    Generic,
}

impl Intake {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let now = Clock::System.now();
        match self {
            Self::Add { place, name, kind, client, mapping } => {
                let mut store = Store::open_beside(&place.data)?;
                if let Some(client) = client.filter(|client| !store.setup().clients.contains_key(client)) {
                    bail!("there is no client {client}");
                }
                let (kind, route) = match kind {
                    Takes::Alertmanager => (HookKind::Alertmanager, "/v1/intake/alertmanager"),
                    Takes::Generic => (HookKind::Generic, "/v1/intake/hook"),
                };
                if mapping.is_some() && kind == HookKind::Alertmanager {
                    bail!(
                        "Alertmanager's bodies need no mapping; leave --mapping out, or add a generic hook"
                    );
                }
                let mapping = mapping.map(read_mapping).transpose()?;
                let token =
                    store.write(now, |writing| writing.add_hook(&name, kind, client, mapping.as_deref()))?;
                println!("Send to {route} with `Authorization: Bearer {token}`, or to {route}?token={token}");
                println!("The token is shown this once.");
            }
            Self::List { place } => {
                let store = Store::open_beside(&place.data)?;
                for hook in store.hooks()? {
                    let state = if hook.revoked_at.is_some() { "revoked" } else { "in use" };
                    let since = hook.created_at.to_rfc3339();
                    println!("{}\t{}\t{state}\tsince {since}", hook.name, hook.kind.name());
                }
                let (kept, reason) = store.raw_kept()?;
                if let Some(reason) = reason {
                    println!("{kept} bodies are kept raw; the latest because: {reason}");
                }
            }
            Self::Revoke { place, name } => {
                let mut store = Store::open_beside(&place.data)?;
                store.write(now, |writing| writing.revoke_hook(&name))?;
                println!("{name} is revoked.");
            }
        }
        Ok(())
    }
}

fn read_mapping(file: PathBuf) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    if text.len() > MAPPING_MAX {
        bail!("{} is larger than {MAPPING_MAX} bytes; a mapping is short", file.display());
    }
    serde_json::from_str::<Mapping>(&text)
        .with_context(|| format!("{} is no mapping; see the operator guide", file.display()))?;
    Ok(text)
}
