//! Scopes: which records belong together for those who may see them, and the grants that follow from
//! people, clients and the records themselves.
//!
//! Who may see what is `incident::Audience`'s to say; every audience that occurs has one scope.

use std::collections::BTreeMap;
use std::sync::Arc;

use incident::{Audience, PersonId, Setup};
use protocol::ScopeId;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Error;

/// The scope of the house itself.
const HOUSE: ScopeId = ScopeId(1);

/// Every scope by the name of its audience.
pub(super) type Scopes = BTreeMap<String, (ScopeId, Audience)>;

/// The name of an audience. Those that few people form are told apart by their record.
fn name(audience: &Audience, of: Uuid) -> String {
    match audience {
        Audience::House => "house".into(),
        Audience::Client(client) => format!("client/{client}"),
        Audience::EveryClient => "every_client".into(),
        Audience::Management => "management".into(),
        Audience::Only(_) => format!("only/{of}"),
    }
}

pub(super) fn begin(conn: &Connection) -> Result<(), Error> {
    conn.execute(
        "INSERT INTO scope (id, name, audience, floor_seq) VALUES (?1, 'house', ?2, 0)",
        params![HOUSE.0, serde_json::to_string(&Audience::House)?],
    )?;
    Ok(())
}

pub(super) fn load(conn: &Connection) -> Result<Scopes, Error> {
    let mut statement = conn.prepare("SELECT name, id, audience FROM scope")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, ScopeId(row.get(1)?), row.get::<_, String>(2)?))
    })?;
    let mut scopes = Scopes::new();
    for row in rows {
        let (name, scope, audience) = row?;
        scopes.insert(name, (scope, serde_json::from_str(&audience)?));
    }
    Ok(scopes)
}

/// The scope of an audience; made when it is first needed, and granted to those who belong to it now.
pub(super) fn of(
    conn: &Connection,
    scopes: &mut Arc<Scopes>,
    setup: &Setup,
    audience: &Audience,
    of: Uuid,
) -> Result<ScopeId, Error> {
    let name = name(audience, of);
    if let Some((scope, known)) = scopes.get(&name)
        && known == audience
    {
        return Ok(*scope);
    }
    conn.prepare_cached(
        "INSERT INTO scope (name, audience, floor_seq) VALUES (?1, ?2, 0)
         ON CONFLICT (name) DO UPDATE SET audience = excluded.audience",
    )?
    .execute(params![name, serde_json::to_string(audience)?])?;
    let scope = ScopeId(
        conn.prepare_cached("SELECT id FROM scope WHERE name = ?1")?.query_row([&name], |row| row.get(0))?,
    );
    Arc::make_mut(scopes).insert(name, (scope, audience.clone()));
    conn.prepare_cached("DELETE FROM grant_ WHERE scope = ?1")?.execute([scope.0])?;
    for person in setup.people.keys().filter(|person| audience.includes(setup, **person)) {
        grant(conn, *person, scope)?;
    }
    Ok(scope)
}

/// What one person may see, anew.
pub(super) fn regrant(
    conn: &Connection,
    scopes: &Scopes,
    setup: &Setup,
    person: PersonId,
) -> Result<(), Error> {
    conn.prepare_cached("DELETE FROM grant_ WHERE person = ?1")?.execute([person.0.into_bytes()])?;
    for (scope, audience) in scopes.values() {
        if audience.includes(setup, person) {
            grant(conn, person, *scope)?;
        }
    }
    Ok(())
}

fn grant(conn: &Connection, person: PersonId, scope: ScopeId) -> Result<(), Error> {
    conn.prepare_cached("INSERT OR IGNORE INTO grant_ (person, scope) VALUES (?1, ?2)")?
        .execute(params![person.0.into_bytes(), scope.0])?;
    Ok(())
}

/// The scopes a person sees in this snapshot.
pub(crate) fn scopes_of(conn: &Connection, person: PersonId) -> Result<Vec<ScopeId>, Error> {
    let mut statement = conn.prepare_cached("SELECT scope FROM grant_ WHERE person = ?1 ORDER BY scope")?;
    let rows = statement.query_map([person.0.into_bytes()], |row| row.get(0).map(ScopeId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
