//! Accounts: add, new password, list.

mod through;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use incident::setup::Person;
use incident::{PersonId, Role, Setting, Timestamp};

use super::{Place, client, new_person, open, password, settle};
use crate::clock::Clock;
use crate::store::{Error, Store};
use through::Through;

/// See the module.
#[derive(Debug, Subcommand)]
pub(super) enum Account {
    /// Add a person with an account; while the server runs, `--through` it, or for a `--person` who is known
    Add(Box<Add>),
    /// Set a new password; sessions opened with the old one end
    Password {
        #[command(flatten)]
        place: Place,
        /// The account
        #[arg(long)]
        name: String,
        /// Read the password from the standard input; otherwise one is made up and shown
        #[arg(long)]
        password_stdin: bool,
    },
    /// Show all accounts
    List {
        #[command(flatten)]
        place: Place,
    },
}

/// See [`Account::Add`].
#[derive(Debug, Args)]
pub(super) struct Add {
    #[command(flatten)]
    place: Place,
    /// The name: on screen, and to sign in with
    #[arg(long)]
    name: String,
    /// A role of §3.2: personnel, service_desk, tier2, tier3, incident_manager, account_manager, supervisor or
    /// administrator; may be given more than once
    #[arg(long, value_parser = role, required_unless_present = "person")]
    role: Vec<Role>,
    /// A client this person may see, by name or id; all of them where none is given
    #[arg(long, value_name = "CLIENT")]
    client: Vec<String>,
    /// An existing person, for an account without a new person
    #[arg(long, conflicts_with_all = ["role", "client"])]
    person: Option<PersonId>,
    /// Read the password from the standard input; otherwise one is made up and shown
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    through: Option<Through>,
}

fn role(name: &str) -> Result<Role, String> {
    let known = || Role::ALL.into_iter().filter(|role| *role != Role::Server);
    let word = |role: Role| serde_json::to_string(&role).unwrap_or_default().trim_matches('"').to_owned();
    known().find(|role| word(*role) == name).ok_or_else(|| {
        let words: Vec<_> = known().map(word).collect();
        format!("no such role; use one of {}", words.join(", "))
    })
}

/// What to do about a password that could not be shown.
const UNSEEN: &str = "the account is there, but nobody saw its password; set one with `account password`";

impl Account {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let now = Clock::System.now();
        match self {
            Self::Add(add) => add.run(now)?,
            Self::Password { place, name, password_stdin } => {
                let mut store = Store::open_beside(&place.data)?;
                let password = password(password_stdin)?;
                store.write(now, |writing| writing.set_password(&name, &password.text))?;
                say!("{name} has a new password; older sessions have ended.");
                password.show_if_made_up().context(UNSEEN)?;
            }
            Self::List { place } => {
                let store = Store::open_beside(&place.data)?;
                let setup = store.setup();
                for account in store.accounts()? {
                    let roles = setup.actor(account.person).map(|actor| actor.roles);
                    let roles: Vec<_> = roles.into_iter().flatten().map(Role::name).collect();
                    let roles = if roles.is_empty() { "no role".to_owned() } else { roles.join(", ") };
                    say!(
                        "{}\t{}\t{}\t{roles}",
                        account.name,
                        setup.person_name(account.person),
                        account.person
                    );
                }
            }
        }
        Ok(())
    }
}

impl Add {
    fn run(self, now: Timestamp) -> anyhow::Result<()> {
        let mut store = match (&self.person, &self.through) {
            (None, None) => opened_alone(&self.place.data)?,
            _ => Store::open_beside(&self.place.data)?,
        };
        crate::store::account::check_name(&self.name)?;
        let asked =
            self.through.as_ref().map(|through| anyhow::Ok((through, password(true)?))).transpose()?;
        let password = password(self.password_stdin)?;
        crate::store::account::check_password(&password.text)?;
        let (person, news) = match self.person {
            Some(person) => (known(&store, person)?, None),
            None => {
                let person = described(&store, &self.name, self.role.into_iter().collect(), &self.client)?;
                (person.id, Some(Setting::Person(person)))
            }
        };
        let news = match (asked, news) {
            (Some((through, admin)), Some(setting)) => {
                through.configure(&admin.text, store.head().epoch, setting)?;
                None
            }
            (_, news) => news,
        };
        // Both or neither: a person without an account would be in everybody's lists.
        store.write(now, |writing| {
            news.map_or(Ok(()), |setting| settle(writing, setting))?;
            anyhow::Ok(writing.add_account(&self.name, person, &password.text)?)
        })?;
        say!("{} may sign in now.", self.name);
        password.show_if_made_up().context(UNSEEN)?;
        Ok(())
    }
}

/// Opened to write the log.
fn opened_alone(dir: &Path) -> anyhow::Result<Store> {
    open(dir).map_err(|error| match error.downcast_ref() {
        Some(Error::InUse { .. }) => anyhow::anyhow!(
            "a server or an import is using {}, and a new person is a line of its log; nobody was added. Add the \
             person through the server, with `--through ADDRESS --admin NAME`, or stop it first. For somebody who is \
             set up already, `--person ID` works while it runs",
            dir.display()
        ),
        Some(_) | None => error,
    })
}

fn known(store: &Store, person: PersonId) -> anyhow::Result<PersonId> {
    if store.setup().people.contains_key(&person) {
        return Ok(person);
    }
    bail!(
        "there is no person {person}; nobody was added. `holdfast-server setup show` prints those there are; leave --person out to add one"
    )
}

/// The new person, as far as the desk's configuration goes.
fn described(store: &Store, name: &str, roles: BTreeSet<Role>, clients: &[String]) -> anyhow::Result<Person> {
    let name = name.trim();
    if store.accounts()?.iter().any(|account| account.name == crate::store::account::canonical_name(name)) {
        bail!("there is an account {name:?} already; choose another name");
    }
    let setup = store.setup();
    let seen: BTreeSet<_> = clients.iter().map(|named| client(&setup, named)).collect::<Result<_, _>>()?;
    let clients = if seen.is_empty() { None } else { Some(seen) };
    let (id, name) = (new_person()?, name.to_owned());
    Ok(Person { id, name, roles, clients, active: true, before: Vec::new() })
}
