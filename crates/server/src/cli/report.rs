//! Printed reports.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use incident::{Setting, Timestamp};
use report::PolicyReport;

use super::Place;
use crate::clock::Clock;
use crate::import::servicenow::by_hand;
use crate::policy_report::{Found, policy, setup_with};
use crate::store::Store;

/// See the module.
#[derive(Debug, Subcommand)]
pub(super) enum Report {
    /// What the policy says of every incident here: clocks, clauses, and how to count them again by hand
    Policy(Policy),
}

/// See [`Report::Policy`].
#[derive(Debug, Args)]
pub(super) struct Policy {
    #[command(flatten)]
    place: Place,
    /// Settings in force for this report alone, as a JSON list: calendars and agreements [default: none, and
    /// incidents without an agreement have no target]
    #[arg(long, value_name = "FILE")]
    agreement: Option<PathBuf>,
    /// The instant to judge at, as RFC 3339 [default: now]
    #[arg(long, value_name = "INSTANT")]
    at: Option<String>,
    /// Where to write clocks and clauses of each incident, one JSON object a line
    #[arg(long, value_name = "FILE")]
    each: Option<PathBuf>,
}

impl Report {
    /// Reads beside a running server.
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Policy(policy) => policy.run(),
        }
    }
}

impl Policy {
    fn run(self) -> anyhow::Result<()> {
        let now = match &self.at {
            Some(at) => Timestamp::from_rfc3339(at)
                .with_context(|| format!("\"{at}\" is no instant; write 2026-06-01T09:00:00Z"))?,
            None => Clock::System.now(),
        };
        let store = Store::open_beside(&self.place.data)?;
        let settings = self.settings()?;
        let agreement = named(&settings);
        let setup = setup_with(&store, settings)?;
        let found = match &self.each {
            Some(file) => {
                let out = File::create(file).with_context(|| format!("writing {}", file.display()))?;
                let mut out = BufWriter::new(out);
                let found = policy(&store, &setup, now, Some(&mut out))?;
                out.flush().with_context(|| format!("writing {}", file.display()))?;
                found
            }
            None => policy(&store, &setup, now, None)?,
        };
        let about = format!("{} incidents in {}", found.incidents, self.place.data.display());
        put!("{}", page(&found, about, now, agreement));
        Ok(())
    }

    fn settings(&self) -> anyhow::Result<Vec<Setting>> {
        let Some(file) = &self.agreement else { return Ok(Vec::new()) };
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        serde_json::from_str(&text).with_context(|| {
            format!("{} is no list of settings; docs/operating.md shows one", file.display())
        })
    }
}

/// The agreements among the settings, by name.
fn named(settings: &[Setting]) -> Option<String> {
    let names: Vec<String> = settings
        .iter()
        .filter_map(|setting| match setting {
            Setting::Agreement(agreement) => {
                Some(format!("{} {}, version {}", agreement.name, agreement.reference, agreement.version))
            }
            _ => None,
        })
        .collect();
    (!names.is_empty()).then(|| names.join("; "))
}

fn page(found: &Found, about: String, now: Timestamp, agreement: Option<String>) -> String {
    let is_taken_over = found.taken_over > 0 && found.taken_over == found.incidents;
    let file = match is_taken_over {
        true => vec![
            ("incidents", found.taken_over, "different values of number"),
            ("rows", found.rows, "lines after the header, less those the import could not use"),
            ("closed", found.closed, "different values of number whose last incident_state is Closed"),
        ],
        false => Vec::new(),
    };
    PolicyReport {
        about,
        at: now.to_rfc3339(),
        agreement,
        register: &found.register,
        house: &found.house,
        clocks: &found.clocks,
        file,
        by_hand: if is_taken_over { by_hand } else { |_| None },
    }
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_that_the_manual_shows_are_read() {
        let manual = include_str!("../../../../docs/operating.md");
        let example = manual.split("```json\n").find(|part| part.contains("\"name\": \"Assumed\""));
        let example = example.and_then(|part| part.split("```").next()).expect("an example");
        let settings: Vec<Setting> = serde_json::from_str(example).expect("settings");
        assert_eq!(named(&settings).as_deref(), Some("Assumed for this report, version 1"));
    }
}
