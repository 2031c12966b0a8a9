//! Accounts: add, new password, list.

use std::collections::BTreeSet;

use anyhow::bail;
use clap::Subcommand;
use incident::setup::Person;
use incident::{PersonId, Role, Setting};

use super::{Place, client, configure, new_person, open, password};
use crate::clock::Clock;
use crate::store::Store;

/// See the module.
#[derive(Debug, Subcommand)]
pub(super) enum Account {
    /// Add a person with an account; the server must not be running
    Add {
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
    },
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

fn role(name: &str) -> Result<Role, String> {
    let known = || Role::ALL.into_iter().filter(|role| *role != Role::Server);
    let word = |role: Role| serde_json::to_string(&role).unwrap_or_default().trim_matches('"').to_owned();
    known().find(|role| word(*role) == name).ok_or_else(|| {
        let words: Vec<_> = known().map(word).collect();
        format!("no such role; use one of {}", words.join(", "))
    })
}

impl Account {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let now = Clock::System.now();
        match self {
            Self::Add { place, name, role, client, person, password_stdin } => {
                let mut store = open(&place.data)?;
                let password = password(password_stdin)?;
                crate::store::account::check_password(&password.text)?;
                let person = match person {
                    Some(person) => known(&store, person)?,
                    None => add_person(&mut store, &name, role.into_iter().collect(), &client)?,
                };
                store.write(now, |writing| writing.add_account(&name, person, &password.text))?;
                println!("{name} may sign in now.");
                password.show_if_made_up();
            }
            Self::Password { place, name, password_stdin } => {
                let mut store = Store::open_beside(&place.data)?;
                let password = password(password_stdin)?;
                store.write(now, |writing| writing.set_password(&name, &password.text))?;
                println!("{name} has a new password; older sessions have ended.");
                password.show_if_made_up();
            }
            Self::List { place } => {
                let store = Store::open_beside(&place.data)?;
                let setup = store.setup();
                for account in store.accounts()? {
                    let roles = setup.actor(account.person).map(|actor| actor.roles);
                    let roles: Vec<_> = roles.into_iter().flatten().map(Role::name).collect();
                    let roles = if roles.is_empty() { "no role".to_owned() } else { roles.join(", ") };
                    println!(
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

fn known(store: &Store, person: PersonId) -> anyhow::Result<PersonId> {
    if store.setup().people.contains_key(&person) {
        return Ok(person);
    }
    bail!("there is no person {person}; leave --person out to add one")
}

fn add_person(
    store: &mut Store,
    name: &str,
    roles: BTreeSet<Role>,
    clients: &[String],
) -> anyhow::Result<PersonId> {
    if store.accounts()?.iter().any(|account| account.name == crate::store::account::canonical_name(name)) {
        bail!("there is an account {name:?} already; choose another name");
    }
    let setup = store.setup();
    let seen: BTreeSet<_> = clients.iter().map(|named| client(&setup, named)).collect::<Result<_, _>>()?;
    let clients = if seen.is_empty() { None } else { Some(seen) };
    let id = new_person()?;
    configure(
        store,
        Setting::Person(Person { id, name: name.trim().to_owned(), roles, clients, active: true }),
    )?;
    Ok(id)
}
