//! A new desk with its first administrator.

use std::collections::BTreeSet;

use clap::Args;
use incident::setup::Person;
use incident::{Role, Setting};

use super::{Password, Place, configure, new_person, password};
use crate::clock::Clock;
use crate::store::Store;

/// See the module.
#[derive(Debug, Args)]
pub(super) struct Init {
    #[command(flatten)]
    place: Place,
    /// The administrator's name: on screen, and to sign in with
    #[arg(long, value_name = "NAME")]
    admin_name: String,
    /// Read the administrator's password from the standard input; otherwise one is made up and shown
    #[arg(long)]
    admin_password_stdin: bool,
}

impl Init {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let name = self.admin_name.trim().to_owned();
        anyhow::ensure!(!name.is_empty(), "--admin-name is empty; nothing was made. Name the administrator");
        let password = password(self.admin_password_stdin)?;
        let now = Clock::System.now();
        crate::store::account::check_password(&password.text)?;
        let (id, roles) = (new_person()?, BTreeSet::from([Role::Administrator]));
        let (clients, before) = (None, Vec::new());
        let person = Person { id, name: name.clone(), roles, clients, active: true, before };
        let store = Store::create_filled(&self.place.data, now, |store| {
            configure(store, Setting::Person(person))?;
            anyhow::Ok(store.write(now, |writing| writing.add_account(&name, id, &password.text))?)
        })?;
        // A desk whose only password nobody has seen is of no use.
        let made = self.show(&name, &password);
        if made.is_err() {
            store.discard();
        }
        made
    }

    fn show(&self, name: &str, password: &Password) -> anyhow::Result<()> {
        say!("A new desk in {}. Administrator: {name}", self.place.data.display());
        password.show_if_made_up()?;
        say!("Next: holdfast-server serve --data {}", self.place.data.display());
        Ok(())
    }
}
