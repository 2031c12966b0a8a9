//! What forms ask of the desk: what there is to choose from, whom a deed may name, and the words of a draft.
//!
//! No rule stands here: what may be chosen is the policy's to say (§3.2).

use std::sync::Arc;

use incident::command::{Naming, nameable};
use incident::{PersonId, offers};
use protocol::Kind;
use replica::view::draw::{CHOSEN, Looking, choices, incidents_named, people, record_choices};
use replica::view::{Choice, Choices, DoorError, DoorErrorCode, RecordChoice};

use super::{Desk, error, lock};
use crate::clock;

/// Records of one kind offered at once.
const RECORDS_MAX: u32 = 100;

impl Desk {
    /// What the forms offer.
    pub(crate) fn choices(&self) -> Result<Choices, DoorError> {
        let profile = self.profile()?;
        let begin = |looking: &Looking<'_>, live: &replica::Live| {
            let records =
                incident::Records { setup: Arc::clone(&live.setup), ..incident::Records::default() };
            choices(looking, offers(&records, looking.viewer, looking.now))
        };
        profile.look(|live, looking, _| begin(looking, live)).map_err(|fault| profile.failed(&fault))
    }

    /// Records beside the incidents, with what may be done with each.
    pub(crate) fn records(&self) -> Result<Vec<RecordChoice>, DoorError> {
        let profile = self.profile()?;
        let mut records = incident::Records::default();
        {
            let reader = lock(&profile.reader);
            for kind in CHOSEN.into_iter().filter_map(Kind::from_name) {
                reader.latest(kind, RECORDS_MAX, &mut records).map_err(|fault| profile.failed(&fault))?;
            }
            for id in incidents_named(&records) {
                let known = reader.incident(id).map_err(|fault| profile.failed(&fault))?;
                records.incidents.extend(known.map(|incident| (id, incident)));
            }
        }
        profile
            .look(|live, looking, _| {
                records.setup = Arc::clone(&live.setup);
                record_choices(&records, looking)
            })
            .map_err(|fault| profile.failed(&fault))
    }

    /// Whom a deed may name, at each of these places of its form.
    pub(crate) fn nameable(&self, places: &[Naming]) -> Result<Vec<Vec<Choice<PersonId>>>, DoorError> {
        let profile = self.profile()?;
        let replica = profile.shared.replica();
        let (setup, now) = (&replica.live().setup, replica.offset.corrected(clock::now()));
        let named = |naming: &Naming| {
            let records = replica.records_to_name(naming).map_err(|fault| profile.failed(&fault));
            records.map(|records| people(setup, &nameable(&records, &profile.actor, now, naming)))
        };
        places.iter().map(named).collect()
    }

    /// Keeps what is being typed, in the folder of whoever types it: a screen may hear of a change of person after it.
    pub(crate) fn save_draft(&self, key: &str, body: &str, typist: PersonId) -> Result<(), DoorError> {
        let profile = self.profile()?;
        if profile.actor.person != typist {
            return Err(error(
                DoorErrorCode::SignedOut,
                "Whoever typed this is not signed in here now. It is kept for nobody else.",
            ));
        }
        let saved = profile.shared.replica().save_draft(key, body, clock::now());
        saved.map_err(|fault| profile.failed(&fault))
    }

    /// What was being typed.
    pub(crate) fn draft(&self, key: &str) -> Result<Option<String>, DoorError> {
        let profile = self.profile()?;
        let draft = profile.shared.replica().draft(key);
        draft.map_err(|fault| profile.failed(&fault))
    }
}
