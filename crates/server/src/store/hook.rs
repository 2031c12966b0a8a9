//! Hooks: where monitoring tools send their alerts (§3.1), each with a token of its own.

use incident::command::is_hidden;
use incident::{ClientId, SignalId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::column::{Hash, counted, id, instant};
use super::session::{digest, secret};
use super::{Error, Store, Writing};

/// What a hook's token begins with.
const PREFIX: &str = "hfi_";
/// Characters of a hook's name.
const NAME_MAX: usize = 60;
/// Raw bodies kept of each hook, in rows and bytes; its oldest go first, and never another's.
const RAW_ROWS_MAX: i64 = 1_000;
const RAW_BYTES_MAX: i64 = 64 * 1024 * 1024;
/// Length of the window in which new signals are counted, in milliseconds.
const WINDOW_MS: i64 = 60_000;

/// What a hook takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookKind {
    /// Webhooks of Prometheus Alertmanager, version 4.
    Alertmanager,
    /// JSON of any tool, by a configured mapping or by recognising the tool.
    Generic,
}

impl HookKind {
    /// As stored and typed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alertmanager => "alertmanager",
            Self::Generic => "generic",
        }
    }

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Alertmanager, Self::Generic].into_iter().find(|kind| kind.name() == name)
    }
}

/// A hook.
#[derive(Debug, Clone)]
pub struct Hook {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it takes.
    pub kind: HookKind,
    /// The client its alerts are about, where all are about one.
    pub client: Option<ClientId>,
    /// Where the fields are, as JSON; only for generic hooks.
    pub mapping: Option<String>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
}

/// What a key of a hook stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) signal: SignalId,
    pub(crate) standing: Standing,
}

/// How the alert of a key stands to its signal; stored as its place in this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The signal is its own.
    Own,
    /// One of many that were rolled up into the signal.
    Rolled,
    /// One of many, and over.
    RolledAndOver,
}

impl Standing {
    const fn of(number: i64) -> Self {
        match number {
            0 => Self::Own,
            1 => Self::Rolled,
            _ => Self::RolledAndOver,
        }
    }

    const fn number(self) -> i64 {
        match self {
            Self::Own => 0,
            Self::Rolled => 1,
            Self::RolledAndOver => 2,
        }
    }
}

/// The alerts that were rolled up into one signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RolledUp {
    /// All of them.
    pub(crate) all: u64,
    /// Those that are over.
    pub(crate) over: u64,
}

/// A body that was kept as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBody {
    /// When it came.
    pub at: Timestamp,
    /// Through which hook.
    pub hook: String,
    /// Why it was kept.
    pub reason: String,
    /// The body, or its beginning.
    pub body: Vec<u8>,
}

/// The alerts of a hook that were rolled up into a signal, and those of them that are over.
const ROLLED_UP: &str = "SELECT COUNT(*), COALESCE(SUM(rolled = ?3), 0) FROM intake_signal
     WHERE hook = ?1 AND signal = ?2 AND rolled > 0";

/// The keys of a hook that begin with a thing; '0' follows '/', in which a thing ends.
const OF_THING: &str = "SELECT key FROM intake_signal WHERE hook = ?1 AND key >= ?2 AND key < ?3";

/// Lets go of the bodies of a hook for which its share has no room; the newest stays, however large it is.
const TOO_MANY_RAW: &str = "DELETE FROM raw_intake WHERE id IN (
     SELECT id FROM (
         SELECT id, ROW_NUMBER() OVER newest AS place, SUM(LENGTH(body)) OVER newest AS bytes
         FROM raw_intake WHERE hook = ?1 WINDOW newest AS (ORDER BY id DESC))
     WHERE place > ?2 OR (bytes > ?3 AND place > 1))";

const COLUMNS: &str = "id, name, kind, client, mapping, created_at, revoked_at";

fn hook(row: &rusqlite::Row<'_>) -> rusqlite::Result<Hook> {
    let kind: String = row.get(2)?;
    let client: Option<[u8; 16]> = row.get(3)?;
    Ok(Hook {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: HookKind::from_name(&kind).unwrap_or(HookKind::Generic),
        client: client.map(|client| ClientId(uuid::Uuid::from_bytes(client))),
        mapping: row.get(4)?,
        created_at: instant(row, 5)?,
        revoked_at: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_millis),
    })
}

/// The hook of a token.
pub(crate) fn hook_of_token(conn: &Connection, token: &str) -> Result<Option<Hook>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM intake_token WHERE digest = ?1 AND revoked_at IS NULL");
    let mut statement = conn.prepare_cached(&sql)?;
    let digest: Hash = digest(token);
    Ok(statement.query_row([digest], hook).optional()?)
}

impl Store {
    /// All hooks by name, revoked ones too.
    pub fn hooks(&self) -> Result<Vec<Hook>, Error> {
        let mut statement =
            self.conn.prepare(&format!("SELECT {COLUMNS} FROM intake_token ORDER BY name"))?;
        let rows = statement.query_map([], hook)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The bodies kept raw, newest first; of one hook or of all.
    pub fn kept_bodies(&self, hook: Option<&str>, limit: u32) -> Result<Vec<KeptBody>, Error> {
        let mut statement = self.conn.prepare(
            "SELECT raw_intake.at, intake_token.name, raw_intake.reason, raw_intake.body
             FROM raw_intake JOIN intake_token ON intake_token.id = raw_intake.hook
             WHERE ?1 IS NULL OR intake_token.name = ?1 ORDER BY raw_intake.id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![hook, limit], |row| {
            Ok(KeptBody { at: instant(row, 0)?, hook: row.get(1)?, reason: row.get(2)?, body: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many raw bodies are kept, with the latest reason.
    pub fn raw_kept(&self) -> Result<(u64, Option<String>), Error> {
        let count: i64 = self.conn.query_row("SELECT COUNT(*) FROM raw_intake", [], |row| row.get(0))?;
        let reason = self
            .conn
            .query_row("SELECT reason FROM raw_intake ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
            .optional()?;
        Ok((counted(count), reason))
    }
}

impl Writing<'_> {
    /// Adds a hook and returns its token, which is shown once and kept nowhere.
    pub fn add_hook(
        &self,
        name: &str,
        kind: HookKind,
        client: Option<ClientId>,
        mapping: Option<&str>,
    ) -> Result<String, Error> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(is_hidden) {
            return Err(Error::Asked(format!("a hook's name has 1 to {NAME_MAX} printable characters")));
        }
        if self.conn.prepare_cached("SELECT 1 FROM intake_token WHERE name = ?1")?.exists([name])? {
            return Err(Error::Asked(format!("there is a hook {name:?} already; choose another name")));
        }
        let token = secret(PREFIX)?;
        self.conn.execute(
            "INSERT INTO intake_token (name, kind, digest, client, mapping, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                name,
                kind.name(),
                digest(&token),
                client.map(|client| client.0.into_bytes()),
                mapping,
                self.now.millis()
            ],
        )?;
        Ok(token)
    }

    /// Revokes a hook: its token opens nothing from now on; what it raised stays.
    pub fn revoke_hook(&self, name: &str) -> Result<(), Error> {
        let changed = self.conn.execute(
            "UPDATE intake_token SET revoked_at = ?2 WHERE name = ?1 AND revoked_at IS NULL",
            params![name, self.now.millis()],
        )?;
        if changed == 0 {
            return Err(Error::Asked(format!("there is no hook {name:?} in use; `intake list` shows them")));
        }
        Ok(())
    }

    pub(crate) fn known(&self, hook: i64, key: &str) -> Result<Option<Known>, Error> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT signal, rolled FROM intake_signal WHERE hook = ?1 AND key = ?2")?;
        let found = statement.query_row(params![hook, key], |row| {
            Ok(Known { signal: SignalId(id(row, 0)?), standing: Standing::of(row.get(1)?) })
        });
        Ok(found.optional()?)
    }

    /// The keys of a hook that begin with a thing.
    pub(crate) fn keys_of_thing(&self, hook: i64, thing: &str) -> Result<Vec<String>, Error> {
        let mut statement = self.conn.prepare_cached(OF_THING)?;
        let end = format!("{}0", thing.trim_end_matches('/'));
        let keys = statement.query_map(params![hook, thing, end], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }

    pub(crate) fn set_known(&self, hook: i64, key: &str, known: Known) -> Result<(), Error> {
        self.conn
            .prepare_cached(
                "INSERT INTO intake_signal (hook, key, signal, rolled) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (hook, key) DO UPDATE SET signal = excluded.signal, rolled = excluded.rolled
                 WHERE intake_signal.signal <> excluded.signal OR intake_signal.rolled <> excluded.rolled",
            )?
            .execute(params![hook, key, known.signal.0.into_bytes(), known.standing.number()])?;
        Ok(())
    }

    /// The alerts of a hook that were rolled up into a signal.
    pub(crate) fn rolled_up(&self, hook: i64, signal: SignalId) -> Result<RolledUp, Error> {
        let mut statement = self.conn.prepare_cached(ROLLED_UP)?;
        let over = Standing::RolledAndOver.number();
        Ok(statement.query_row(params![hook, signal.0.into_bytes(), over], |row| {
            Ok(RolledUp { all: counted(row.get(0)?), over: counted(row.get(1)?) })
        })?)
    }

    /// Keeps a body as it came, with the reason why nobody will find it elsewhere.
    pub(crate) fn keep_raw(&self, hook: i64, reason: &str, body: &[u8]) -> Result<(), Error> {
        self.conn
            .prepare_cached("INSERT INTO raw_intake (hook, at, reason, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![hook, self.now.millis(), reason, body])?;
        self.conn.prepare_cached(TOO_MANY_RAW)?.execute(params![hook, RAW_ROWS_MAX, RAW_BYTES_MAX])?;
        Ok(())
    }

    /// Counts one more new signal of a hook and says how many there were in this minute.
    pub(crate) fn count_new(&self, hook: i64) -> Result<u64, Error> {
        let count = self
            .conn
            .prepare_cached(
                "UPDATE intake_token SET
                     window_count = CASE WHEN ?2 - window_start < ?3 AND ?2 >= window_start THEN window_count + 1 ELSE 1 END,
                     window_start = CASE WHEN ?2 - window_start < ?3 AND ?2 >= window_start THEN window_start ELSE ?2 END
                 WHERE id = ?1 RETURNING window_count",
            )?
            .query_row(params![hook, self.now.millis(), WINDOW_MS], |row| row.get(0))?;
        Ok(counted(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{connection, migrate};

    #[test]
    fn a_flood_is_counted_by_its_signal() {
        let file = std::env::temp_dir().join(format!("holdfast-rolled-{}.db", uuid::Uuid::now_v7().simple()));
        let mut conn = connection::writer(&file).expect("a file");
        migrate::migrate(&mut conn).expect("the schema");
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {ROLLED_UP}")).expect("a plan");
        let steps = plan.query_map(params![1, [0_u8; 16], 2], |row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.expect("steps").collect::<Result<_, _>>().expect("texts");
        assert!(!steps.is_empty() && steps.iter().all(|step| step.contains("intake_rolled")), "{steps:?}");
        drop(plan);
        drop(conn);
        for end in ["", "-wal", "-shm"] {
            std::fs::remove_file(format!("{}{end}", file.display())).ok();
        }
    }
    #[test]
    fn a_hook_that_sends_a_lot_pushes_out_nothing_of_anothers() {
        let dir = std::env::temp_dir().join(format!("holdfast-kept-{}", uuid::Uuid::now_v7().simple()));
        let now = Timestamp::from_millis(1_800_000_000_000);
        let mut store = Store::create(&dir, now).expect("a desk");
        let kept: Result<(), Error> = store.write(now, |writing| {
            for name in ["quiet", "noisy"] {
                writing.add_hook(name, HookKind::Generic, None, None)?;
            }
            writing.keep_raw(1, "the body is not JSON", b"once")?;
            (0..=RAW_ROWS_MAX).try_for_each(|place| writing.keep_raw(2, "no state", &place.to_be_bytes()))
        });
        kept.expect("kept");
        let of = |hook| store.kept_bodies(Some(hook), u32::MAX).expect("bodies");
        assert_eq!(of("quiet").len(), 1);
        let noisy = of("noisy");
        assert_eq!(i64::try_from(noisy.len()).ok(), Some(RAW_ROWS_MAX));
        let newest = noisy.first().map(|kept| kept.body.clone());
        assert_eq!(newest, Some(RAW_ROWS_MAX.to_be_bytes().to_vec()), "its oldest went");
        drop(store);
        std::fs::remove_dir_all(&dir).expect("gone");
    }
}
