//! What people type, as far as it can be kept: it says something, has an end, and hides nothing.
//!
//! It judges no meaning and corrects no spelling.

use crate::command::Rule;
use crate::refusal::{Refusal, RefusalCode};

/// Characters in one line: summaries, names, contacts.
pub const LINE_MAX: usize = 200;
/// Characters in a text: notes, symptoms, diagnoses.
pub const TEXT_MAX: usize = 8_000;

/// One line of words: not empty, not a dot, not longer than [`LINE_MAX`].
pub(crate) fn line(rule: &Rule, field: &str, words: &str) -> Result<(), Refusal> {
    said(rule, field, words, LINE_MAX)
}

/// A text: not empty, not a dot, not longer than [`TEXT_MAX`].
pub(crate) fn text(rule: &Rule, field: &str, words: &str) -> Result<(), Refusal> {
    said(rule, field, words, TEXT_MAX)
}

fn said(rule: &Rule, field: &str, words: &str, max: usize) -> Result<(), Refusal> {
    match weight(words) {
        0 => Err(missing(rule, field, "missing")),
        1 => Err(missing(rule, field, "too short to tell anything")),
        _ => within(rule, field, words, max),
    }
}

/// Whether words tell the next reader anything at all.
pub(crate) fn says_something(words: &str) -> bool {
    weight(words) >= 2
}

/// One letter says nothing; one ideograph may be a whole name. It counts to two and no further.
fn weight(words: &str) -> usize {
    let weight = |c: char| if c.is_ascii() { 1 } else { 2 };
    words.chars().filter(|c| c.is_alphanumeric()).map(weight).take(2).sum()
}

/// Words that may be absent but not longer than `max`, nor hold what no keyboard types.
pub(crate) fn within(rule: &Rule, field: &str, words: &str, max: usize) -> Result<(), Refusal> {
    if words.chars().count() > max {
        return Err(too_long(rule, field, max));
    }
    // A text has lines and columns; a line has neither.
    let is_text = max > LINE_MAX;
    let hides = |c: char| if is_text && matches!(c, '\n' | '\t') { None } else { Hidden::of(c) };
    match words.chars().enumerate().find_map(|(before, c)| Some((before + 1, hides(c)?))) {
        Some((place, hidden)) => Err(hidden.refused(rule, field, place)),
        None => Ok(()),
    }
}

/// A character that is not seen and changes what is.
#[derive(Debug, Clone, Copy)]
enum Hidden {
    /// It steers a machine.
    Control,
    /// It turns what follows around, so that one name can be read as another. Arabic and Hebrew need none of
    /// these: their letters know their direction.
    Turning,
}

impl Hidden {
    fn of(c: char) -> Option<Self> {
        match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Self::Turning),
            c if c.is_control() => Some(Self::Control),
            _ => None,
        }
    }

    fn refused(self, rule: &Rule, field: &str, place: usize) -> Refusal {
        let does = match self {
            Self::Control => "is a control character",
            Self::Turning => "turns the direction of writing",
        };
        let what = format!("{}: character {place} of the {} {does}", rule.label, in_words(field));
        Refusal::new(rule, RefusalCode::Invalid, what, "Delete it, or type the words anew.").about(field)
    }
}

/// Whether a character is not seen and changes what is: no name holds one.
pub fn is_hidden(c: char) -> bool {
    Hidden::of(c).is_some()
}

fn missing(rule: &Rule, field: &str, how: &str) -> Refusal {
    let words = in_words(field);
    let is = if field == "symptoms" { "are" } else { "is" };
    Refusal::new(
        rule,
        RefusalCode::Missing,
        format!("{}: the {words} {is} {how}", rule.label),
        "Fill it in with words that tell the next reader something.",
    )
    .about(field)
}

fn too_long(rule: &Rule, field: &str, max: usize) -> Refusal {
    let instead =
        if max > LINE_MAX { "Shorten it; the rest can follow in a note." } else { "Shorten it to one line." };
    let what = format!("{}: the {} can hold at most {max} characters", rule.label, in_words(field));
    Refusal::new(rule, RefusalCode::TooLong, what, instead).about(field)
}

fn in_words(field: &str) -> String {
    match field {
        "unconfirmed_reason" => "reason for closing without an answer".to_owned(),
        "prevents" => "answer to what prevents it".to_owned(),
        "if_refused" => "answer to what happens otherwise".to_owned(),
        "affected" => "answer to who is affected".to_owned(),
        "dedup_key" => "key of repeats".to_owned(),
        "symptoms" => "reported symptoms".to_owned(),
        field => field.replace('_', " "),
    }
}
