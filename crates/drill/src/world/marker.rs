//! Markers: every text that a person writes carries one, so that it is known wherever it turns up.

use std::collections::BTreeSet;

use incident::ClientId;

const SIGN: &[u8] = b"mk";
const DIGITS: usize = 7;

/// Who wrote a text, and about which client.
#[derive(Debug, Clone, Copy)]
struct Mark {
    client: Option<ClientId>,
    desk: usize,
}

/// All that was written.
#[derive(Debug, Default)]
pub(super) struct Markers {
    all: Vec<Mark>,
}

/// The clients somebody sees; `None` is all of them.
pub(super) type Sees = Option<BTreeSet<ClientId>>;

impl Markers {
    /// Words with a new marker.
    pub(super) fn words(&mut self, client: Option<ClientId>, desk: usize, about: &str) -> String {
        let number = self.all.len();
        self.all.push(Mark { client, desk });
        format!("{about} mk{number:0DIGITS$}x")
    }

    /// A text in `bytes` that somebody who sees `sees` must not have; what they wrote at `own` themselves is
    /// theirs.
    pub(super) fn forbidden(&self, bytes: &[u8], sees: &Sees, own: Option<usize>) -> Option<usize> {
        let sees = sees.as_ref()?;
        found(bytes).into_iter().find(|number| {
            self.all.get(*number).is_some_and(|mark| {
                own != Some(mark.desk) && mark.client.is_some_and(|client| !sees.contains(&client))
            })
        })
    }
}

/// The markers in `bytes`.
fn found(bytes: &[u8]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == SIGN[0]) {
        at += next + 1;
        let Some(rest) = bytes[at..].strip_prefix(&SIGN[1..]) else { continue };
        let Some(digits) = rest.get(..DIGITS).filter(|digits| digits.iter().all(u8::is_ascii_digit)) else {
            continue;
        };
        if rest.get(DIGITS) == Some(&b'x') {
            found.insert(digits.iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')));
        }
    }
    found
}
