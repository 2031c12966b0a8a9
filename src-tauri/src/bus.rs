//! What the desktop's message bus is asked: who is there, and whether a panel shows tray icons.
//!
//! An icon can be put up where nobody shows it. A panel that shows icons makes itself known to the watcher of them;
//! both may come and go while the desk runs. A tray of the older kind, which has no watcher, is not asked for.

use tokio_stream::StreamExt as _;
use zbus::proxy::{Builder, CacheProperties};
use zbus::{Connection, MessageStream, Proxy};

const BUS: &str = "org.freedesktop.DBus";
/// Knows every tray icon, and every panel that shows them.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// What it says of panels, and what the bus says of it.
const NEWS: [&str; 2] = [
    "type='signal',interface='org.kde.StatusNotifierWatcher'",
    "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',\
     arg0='org.kde.StatusNotifierWatcher'",
];

/// Whether a panel shows tray icons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tray {
    /// One does.
    Shown,
    /// Nobody is known to.
    Unseen,
}

/// Whether somebody on the bus has this name.
pub(crate) async fn has_owner(name: &str) -> zbus::Result<bool> {
    let bus = Connection::session().await?;
    let daemon = Proxy::new(&bus, BUS, "/org/freedesktop/DBus", BUS).await?;
    daemon.call("NameHasOwner", &(name,)).await
}

/// Tells how the tray stands, and again whenever that may have changed; returns when the bus is gone.
pub(crate) async fn watch_tray(tell: impl Fn(Tray)) -> zbus::Result<()> {
    let bus = Connection::session().await?;
    // Heard from before anybody is asked, so that nothing is missed in between.
    let [of_panels, of_the_watcher] = NEWS;
    let of_panels = MessageStream::for_match_rule(of_panels, &bus, None).await?;
    let of_the_watcher = MessageStream::for_match_rule(of_the_watcher, &bus, None).await?;
    let mut news = of_panels.merge(of_the_watcher);
    loop {
        // Where there is no watcher, nobody answers.
        let is_shown = is_shown(&bus).await.unwrap_or(false);
        tell(if is_shown { Tray::Shown } else { Tray::Unseen });
        if news.next().await.is_none() {
            return Ok(());
        }
    }
}

async fn is_shown(bus: &Connection) -> zbus::Result<bool> {
    let watcher: Proxy<'_> = Builder::new(bus)
        .destination(WATCHER)
        .path("/StatusNotifierWatcher")
        .interface(WATCHER)
        .cache_properties(CacheProperties::No)
        .build()
        .await?;
    watcher.get_property("IsStatusNotifierHostRegistered").await
}
