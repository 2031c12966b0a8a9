//! Hooks: add, list, revoke, and what they kept.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};
use incident::command::is_hidden;

use super::Place;
use crate::clock::Clock;
use crate::intake::reading::Mapping;
use crate::store::Store;
use crate::store::hook::{HookKind, KeptBody};

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
        /// The client its alerts are about, by name or id
        #[arg(long)]
        client: Option<String>,
        /// Where the fields of a generic body are, as JSON; without it, known tools are recognised
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
    },
    /// Show all hooks
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Show bodies that were kept as they came, newest first
    Kept {
        #[command(flatten)]
        place: Place,
        /// Of this hook alone
        #[arg(long, value_name = "NAME")]
        hook: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 20)]
        limit: u32,
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
                let setup = store.setup();
                let client = client.map(|named| super::client(&setup, &named)).transpose()?;
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
                say!("Send to {route} with `Authorization: Bearer {token}`, or to {route}?token={token}");
                say!("The token is shown this once.");
            }
            Self::List { place } => {
                let store = Store::open_beside(&place.data)?;
                for hook in store.hooks()? {
                    let state = if hook.revoked_at.is_some() { "revoked" } else { "in use" };
                    let since = hook.created_at.to_rfc3339();
                    say!("{}\t{}\t{state}\tsince {since}", hook.name, hook.kind.name());
                }
                let (kept, reason) = store.raw_kept()?;
                if let Some(reason) = reason {
                    say!("{kept} bodies are kept raw; the latest because: {reason}");
                }
            }
            Self::Kept { place, hook, limit } => {
                let store = Store::open_beside(&place.data)?;
                if let Some(name) = hook.as_deref().filter(|name| {
                    store.hooks().is_ok_and(|hooks| hooks.iter().all(|known| known.name != *name))
                }) {
                    bail!("there is no hook {name:?}; `intake list` shows them");
                }
                let bodies = store.kept_bodies(hook.as_deref(), limit)?;
                if bodies.is_empty() {
                    eprintln!("Nothing is kept: every body became a signal, or none came.");
                }
                for body in bodies {
                    put!("{}", kept(&body));
                }
            }
            Self::Revoke { place, name } => {
                let mut store = Store::open_beside(&place.data)?;
                store.write(now, |writing| writing.revoke_hook(&name))?;
                say!("{name} is revoked.");
            }
        }
        Ok(())
    }
}

/// A body as an operator reads it. What could move a terminal's cursor or turn a line around is shown as an
/// escape.
fn kept(body: &KeptBody) -> String {
    let (at, size) = (body.at.to_rfc3339(), body.body.len());
    let text = String::from_utf8_lossy(&body.body);
    let mut shown = format!("{at}  {}  {size} bytes  {}\n", body.hook, body.reason);
    for character in text.chars() {
        match character {
            '\n' | '\t' => shown.push(character),
            other if is_hidden(other) => shown.extend(other.escape_unicode()),
            other => shown.push(other),
        }
    }
    shown.push_str("\n\n");
    shown
}

fn read_mapping(file: PathBuf) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(&file).with_context(|| {
        format!("cannot read {} as text; check the path, and that it is a mapping in JSON", file.display())
    })?;
    if text.len() > MAPPING_MAX {
        bail!("{} is larger than {MAPPING_MAX} bytes; a mapping is short", file.display());
    }
    let no_mapping = || format!("{} is no mapping; docs/operating.md shows one", file.display());
    // A list would be read as one too, by the places of its entries.
    anyhow::ensure!(text.trim_start().starts_with('{'), no_mapping());
    serde_json::from_str::<Mapping>(&text).with_context(no_mapping)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use incident::Timestamp;

    #[test]
    fn a_kept_body_is_shown_whole_and_moves_no_cursor() {
        let body = KeptBody {
            at: Timestamp::from_millis(0),
            hook: "prometheus".into(),
            reason: "the body is not JSON".into(),
            body: "{\"a\":\n\x1b[2Jgone\u{202e}".into(),
        };
        let shown = "1970-01-01T00:00:00Z  prometheus  17 bytes  the body is not JSON\n{\"a\":\n\\u{1b}[2Jgone\\u{202e}\n\n";
        assert_eq!(kept(&body), shown);
    }
}
