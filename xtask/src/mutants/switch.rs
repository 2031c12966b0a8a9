//! Which mutant is on. `cargo xtask mutants` puts this file into its copy of the rule book; it is no module
//! of the checkout.
//!
//! `MUTANT` holds the number of the mutant that is on, and 0 is none of them. Where `MUTANT_SEEN` names a
//! file, none is on, and every site that asks is added to that file once, four bytes each.

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// More sites than the rewriting makes.
const SITES: usize = 1 << 16;
const NOT_READ_YET: u32 = u32::MAX;
const RECORDING: u32 = u32::MAX - 1;

static ON: AtomicU32 = AtomicU32::new(NOT_READ_YET);
static SEEN: [AtomicBool; SITES] = [const { AtomicBool::new(false) }; SITES];

/// The mutant that is on, as a site asks for it; every comparison of the rule book waits for this.
#[inline]
pub(crate) fn at(site: u32) -> u32 {
    let on = ON.load(Ordering::Relaxed);
    if on < RECORDING { on } else { asked(site) }
}

#[cold]
fn asked(site: u32) -> u32 {
    let place = &SEEN[site as usize];
    if place.load(Ordering::Relaxed) {
        return 0;
    }
    let Some(file) = std::env::var_os("MUTANT_SEEN") else {
        let on = std::env::var("MUTANT").ok().and_then(|number| number.parse().ok()).unwrap_or(0);
        ON.store(on, Ordering::Relaxed);
        return on;
    };
    ON.store(RECORDING, Ordering::Relaxed);
    if !place.swap(true, Ordering::Relaxed) {
        let noted = OpenOptions::new().append(true).create(true).open(file);
        let noted = noted.and_then(|mut file| file.write_all(&site.to_le_bytes()));
        assert!(noted.is_ok(), "a site that is not noted would be taken for one that nothing reaches: {noted:?}");
    }
    0
}
