//! Characters cut in two: some tools shorten a text in the middle of an emoji and escape the half that is left. JSON
//! allows such an escape and no text can hold it, so that the whole body could not be read.
//!
//! It judges no other fault of a body.

use std::borrow::Cow;

/// Bytes of an escape, such as `\ud83d`.
const ESCAPE: usize = 6;
/// The escape of the character that stands for what cannot be read. It is as long, so that every place in the body stays
/// where it was.
const UNREADABLE: &str = "\\ufffd";

/// The same text, with the sign for what cannot be read in place of every half of a character that stands alone.
pub(super) fn replaced(text: &str) -> Cow<'_, str> {
    let mut whole = String::new();
    let mut copied = 0;
    for at in lone(text.as_bytes()) {
        whole.push_str(&text[copied..at]);
        whole.push_str(UNREADABLE);
        copied = at + ESCAPE;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    whole.push_str(&text[copied..]);
    Cow::Owned(whole)
}

/// Where halves that stand alone are escaped.
fn lone(text: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = next_escape(text, from) {
        let follows = || unit(text, at + ESCAPE);
        from = match unit(text, at) {
            Some(0xd800..=0xdbff) if matches!(follows(), Some(0xdc00..=0xdfff)) => at + 2 * ESCAPE,
            Some(0xd800..=0xdfff) => {
                found.push(at);
                at + ESCAPE
            }
            Some(_) => at + ESCAPE,
            // Of two bytes, the second of which may be another backslash.
            None => at + 2,
        };
    }
    found
}

fn next_escape(text: &[u8], from: usize) -> Option<usize> {
    let ahead = text.get(from..)?.iter().position(|byte| *byte == b'\\')?;
    Some(from + ahead)
}

/// The sixteen bits that are escaped in four digits at a place.
fn unit(text: &[u8], at: usize) -> Option<u16> {
    let digits = text.get(at..at + ESCAPE)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
