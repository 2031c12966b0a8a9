//! How the desk is started.

use std::path::PathBuf;

use clap::Parser;

/// The incident desk.
#[derive(Debug, Clone, Parser)]
#[command(name = "holdfast", version, about = "The incident desk of Precision Computer")]
pub struct Options {
    /// Folder of this desk's replica [default: the user's data folder]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address of the server, offered at sign-in
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7447")]
    pub server: String,
    /// Serve the screen to a browser on this computer instead of opening a window
    #[arg(long)]
    pub loopback: bool,
    /// Port of the loopback host; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Start in the tray, without the window
    #[arg(long)]
    pub hidden: bool,
    /// Open this duty: `incident:ID` or `signal:ID`
    #[arg(long, value_name = "SUBJECT")]
    pub open: Option<String>,
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
