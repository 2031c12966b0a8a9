//! Scopes: which records belong together for those who may see them, and the grants that follow from
//! people and clients.
//!
//! Records of a client live in the client's scope; people, calendars, the house and signals of no client in
//! the house's, which everybody who works here sees.

use std::collections::BTreeMap;

use incident::{ClientId, Incident, PersonId, Setting, Setup, Signal};
use protocol::ScopeId;
use rusqlite::{Connection, params};

use super::Error;
use super::column::id;

/// The scope of the house itself.
pub(super) const HOUSE: ScopeId = ScopeId(1);

/// Who a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Everybody who works here.
    House,
    /// Those who may see this client.
    Client(ClientId),
}

impl Audience {
    pub(crate) const fn of_incident(incident: &Incident) -> Self {
        Self::Client(incident.entry.client)
    }

    pub(crate) fn of_signal(signal: &Signal) -> Self {
        signal.sighting.client.map_or(Self::House, Self::Client)
    }

    pub(crate) const fn of_setting(setting: &Setting) -> Self {
        match setting {
            Setting::Client(client) => Self::Client(client.id),
            Setting::Service(service) => Self::Client(service.client),
            Setting::Agreement(agreement) => Self::Client(agreement.client),
            Setting::Person(_) | Setting::Calendar(_) | Setting::House(_) => Self::House,
        }
    }

    /// Whether `person` belongs to it.
    pub(crate) fn includes(self, setup: &Setup, person: PersonId) -> bool {
        if person == PersonId::SERVER {
            return true;
        }
        let Some(known) = setup.people.get(&person).filter(|known| known.active) else { return false };
        match self {
            Self::House => true,
            Self::Client(client) => known.clients.as_ref().is_none_or(|clients| clients.contains(&client)),
        }
    }
}

/// The scopes of clients.
pub(super) type Scopes = BTreeMap<ClientId, ScopeId>;

pub(super) fn begin(conn: &Connection) -> Result<(), Error> {
    conn.execute("INSERT INTO scope (id, client, floor_seq) VALUES (?1, NULL, 0)", [HOUSE.0])?;
    Ok(())
}

pub(super) fn load(conn: &Connection) -> Result<Scopes, Error> {
    let mut statement = conn.prepare("SELECT client, id FROM scope WHERE client IS NOT NULL")?;
    let rows = statement.query_map([], |row| Ok((ClientId(id(row, 0)?), ScopeId(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The scope of an audience; a client's is made when it is first needed, for those who see every client.
pub(super) fn of(
    conn: &Connection,
    scopes: &mut Scopes,
    setup: &Setup,
    audience: Audience,
) -> Result<ScopeId, Error> {
    let Audience::Client(client) = audience else { return Ok(HOUSE) };
    if let Some(scope) = scopes.get(&client) {
        return Ok(*scope);
    }
    conn.execute("INSERT INTO scope (client, floor_seq) VALUES (?1, 0)", [client.0.into_bytes()])?;
    let scope = ScopeId(conn.last_insert_rowid());
    scopes.insert(client, scope);
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
    if Audience::House.includes(setup, person) {
        grant(conn, person, HOUSE)?;
    }
    for (client, scope) in scopes {
        if Audience::Client(*client).includes(setup, person) {
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
