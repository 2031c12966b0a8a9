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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use incident::command::Configure;
    use incident::setup::Person;
    use incident::{Command, CommandId, DeskId, Role, Setting, Timestamp};
    use protocol::{Frame, Kind, PROTOCOL, PullRequest, Stage};

    use super::*;
    use crate::frames::{advance, pull};
    use crate::store::record::{self, Row};
    use crate::store::{Store, Submission};

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
    const ANN: PersonId = PersonId(Uuid::from_u128(1));
    const BEN: PersonId = PersonId(Uuid::from_u128(2));
    const CEM: PersonId = PersonId(Uuid::from_u128(3));
    const RECORD: Uuid = Uuid::from_u128(9);

    /// A desk with three people, of whom Cem is management, and a record that some of them may see.
    struct House {
        store: Store,
        dir: PathBuf,
    }

    impl House {
        fn new() -> Self {
            let dir = std::env::temp_dir().join(format!("holdfast-scope-{}", Uuid::now_v7().simple()));
            let mut house = Self { store: Store::create(&dir, NOW).expect("a desk"), dir };
            house.employ(ANN, &[]);
            house.employ(BEN, &[]);
            house.employ(CEM, &[Role::Supervisor]);
            house
        }

        fn employ(&mut self, id: PersonId, roles: &[Role]) {
            let roles = roles.iter().copied().collect();
            let (name, before) = (format!("Person {id}"), Vec::new());
            let person = Person { id, name, roles, clients: None, active: true, before };
            let command = Command::Configure(Configure { setting: Setting::Person(person) });
            let submission = Submission::of_server(CommandId(Uuid::now_v7()), command);
            self.store.write(NOW, |writing| writing.settle_command(&submission)).expect("settled");
        }

        /// The record changes, and is for these from now on.
        fn is_for(&mut self, audience: &Audience) {
            let wrote: Result<(), Error> = self.store.write(NOW, |writing| {
                let setup = Arc::clone(&writing.live.setup);
                let scope = of(writing.conn, &mut writing.live.scopes, &setup, audience, RECORD)?;
                let rev = writing.live.head.seq;
                let doc = "{\"secret\":\"SECRET\"}".to_owned();
                record::save(
                    writing.conn,
                    &Row {
                        kind: Kind::SIGNAL,
                        id: RECORD,
                        scope,
                        rev,
                        is_open: true,
                        likeness: None,
                        logged_at: None,
                        doc,
                    },
                )
            });
            wrote.expect("written");
        }

        fn next(&self, person: PersonId, request: &PullRequest) -> Frame {
            self.store.readers().snapshot(|conn| pull(conn, request, person, NOW)).expect("a frame")
        }

        /// A desk that has taken in everything its person may see.
        fn desk(&self, person: PersonId) -> (PullRequest, bool) {
            let mut request = PullRequest {
                protocol: PROTOCOL,
                desk: DeskId(person.0),
                epoch: None,
                cursor: 0,
                chain: None,
                stage: Stage::Board,
                scopes: Vec::new(),
                wait_ms: 0,
            };
            let mut has_it = false;
            for _ in 0..20 {
                let frame = self.next(person, &request);
                has_it |= serde_json::to_string(&frame).expect("json").contains("SECRET");
                advance(&mut request, &frame);
            }
            (request, has_it)
        }

        /// When the record came into sight or left, scope by scope.
        fn sightings(&self) -> Vec<(i64, i64)> {
            let sql = "SELECT entered, seq FROM vis WHERE of = ?1 ORDER BY scope";
            let mut statement = self.store.conn.prepare(sql).expect("sql");
            let rows = statement.query_map([RECORD.into_bytes()], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.expect("rows").collect::<Result<_, _>>().expect("columns")
        }

        fn who_sees_it(&self) -> Vec<PersonId> {
            [ANN, BEN, CEM].into_iter().filter(|person| self.desk(*person).1).collect()
        }
    }

    impl Drop for House {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.dir).ok();
        }
    }

    fn only(people: &[PersonId]) -> Audience {
        Audience::Only(people.iter().copied().collect::<BTreeSet<_>>())
    }

    #[test]
    fn a_record_reaches_exactly_those_whom_it_is_for() {
        let mut house = House::new();
        for (audience, who) in [
            (only(&[ANN]), vec![ANN]),
            (only(&[ANN, BEN]), vec![ANN, BEN]),
            (only(&[]), vec![]),
            (Audience::Management, vec![CEM]),
            (Audience::House, vec![ANN, BEN, CEM]),
            (only(&[BEN]), vec![BEN]),
        ] {
            house.is_for(&audience);
            assert_eq!(house.who_sees_it(), who, "{audience:?}");
        }
    }

    #[test]
    fn who_is_no_longer_among_the_few_loses_the_record() {
        let mut house = House::new();
        house.is_for(&only(&[ANN, BEN]));
        let (desk, has_it) = house.desk(BEN);
        assert!(has_it);
        let scope = house.store.live.scopes[&name(&only(&[]), RECORD)].0;
        house.is_for(&only(&[ANN]));
        let frame = house.next(BEN, &desk);
        assert_eq!((frame.revoke.as_slice(), frame.put.len()), ([scope].as_slice(), 0));
        assert_eq!(house.who_sees_it(), [ANN]);
    }

    #[test]
    fn a_record_that_becomes_confidential_leaves_the_others() {
        let mut house = House::new();
        house.is_for(&Audience::House);
        let (desk, _) = house.desk(BEN);
        // A later line of the log, so that the change has a place of its own.
        house.employ(ANN, &[]);
        house.is_for(&only(&[ANN]));
        let frame = house.next(BEN, &desk);
        assert_eq!(frame.leave.iter().map(|leave| leave.of).collect::<Vec<_>>(), [RECORD]);
        assert!(!serde_json::to_string(&frame).expect("json").contains("SECRET"));
    }

    #[test]
    fn a_change_reaches_a_desk_and_leaves_who_may_see_it_as_it_was_written() {
        let mut house = House::new();
        house.is_for(&Audience::House);
        let (desk, _) = house.desk(BEN);
        let sightings = house.sightings();
        // A later line of the log, so that the change has a place of its own.
        house.employ(ANN, &[]);
        house.is_for(&Audience::House);
        let frame = house.next(BEN, &desk);
        assert!(frame.put.iter().any(|image| image.of == RECORD));
        assert_eq!((house.sightings(), sightings.len()), (sightings, 1));
    }

    #[test]
    fn roles_decide_what_management_sees() {
        let mut house = House::new();
        house.is_for(&Audience::Management);
        let (desk, _) = house.desk(CEM);
        house.employ(BEN, &[Role::Supervisor]);
        house.employ(CEM, &[]);
        assert_eq!(house.next(CEM, &desk).revoke.len(), 1);
        assert_eq!(house.who_sees_it(), [BEN]);
    }
}
