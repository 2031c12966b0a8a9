//! How the desk is started.

use std::path::PathBuf;

use clap::Parser;
use incident::Subject;

use crate::door;

/// The incident desk.
#[derive(Debug, Clone, Parser)]
#[command(name = "holdfast", version, about = "The incident desk of Precision Computer")]
pub struct Options {
    /// Folder of this desk's replica [default: the user's data folder]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address of the server, offered at sign-in
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7447", value_parser = address)]
    pub server: String,
    /// Serve the screen to a browser on this computer instead of opening a window
    #[arg(long)]
    pub loopback: bool,
    /// Port of the loopback host; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Start in the tray, without the window; minimised where no panel shows a tray
    #[arg(long)]
    pub hidden: bool,
    /// Open this duty: `incident:ID` or `signal:ID`
    #[arg(long, value_name = "SUBJECT", value_parser = subject)]
    pub open: Option<Subject>,
}

/// The address of a server.
fn address(text: &str) -> Result<String, String> {
    let is_one = |url: &tauri::Url| ["http", "https"].contains(&url.scheme()) && url.has_host();
    match tauri::Url::parse(text) {
        Ok(url) if is_one(&url) => Ok(text.to_owned()),
        Ok(_) | Err(_) => {
            Err("a server's address begins with https:// or http://, and names its computer".into())
        }
    }
}

/// What a duty is on.
fn subject(text: &str) -> Result<Subject, String> {
    door::subject(text).ok_or_else(|| {
        "a duty is on a kind and its id, such as incident:0190c0de-0000-7000-8000-000000000001".into()
    })
}

impl Options {
    /// The folder of the replica: given, or the user's data folder.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        if let Some(folder) = &self.data {
            return Ok(folder.clone());
        }
        let home = |name: &str| std::env::var_os(name).filter(|home| !home.is_empty()).map(PathBuf::from);
        home("XDG_DATA_HOME")
            .or_else(|| home("HOME").map(|home| home.join(".local/share")))
            .or_else(|| home("LOCALAPPDATA"))
            .map(|base| base.join("dev.holdfast.desk"))
            .ok_or_else(|| anyhow::anyhow!("there is no home folder here; start with --data DIR"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Options, String> {
        let all = std::iter::once("holdfast").chain(arguments.iter().copied());
        Options::try_parse_from(all).map_err(|error| error.to_string())
    }

    #[test]
    fn what_cannot_be_opened_or_reached_is_refused_with_what_can() {
        for nonsense in ["nonsense", "incident:7", "cat:0190c0de-0000-7000-8000-000000000001"] {
            let said = read(&["--open", nonsense]).expect_err("no duty");
            assert!(said.contains("incident:"), "{said}");
        }
        for nowhere in ["notaurl", "ftp://server", "http://", "server:7447"] {
            let said = read(&["--server", nowhere]).expect_err("no address");
            assert!(said.contains("https://"), "{said}");
        }
    }

    #[test]
    fn what_can_be_opened_and_reached_is_read() {
        let duty = "incident:0190c0de-0000-7000-8000-000000000001";
        let joined = format!("--open={duty}");
        for way in [vec!["--open", duty], vec![joined.as_str()]] {
            assert!(matches!(read(&way).expect("read").open, Some(Subject::Incident(_))));
        }
        assert_eq!(read(&["--server", "https://desk.example"]).expect("read").server, "https://desk.example");
        assert_eq!(read(&[]).expect("read").server, "http://127.0.0.1:7447");
    }
}
