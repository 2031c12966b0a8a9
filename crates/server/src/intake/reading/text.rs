//! Strangers' text made fit to show: bounded, on one line where a title is wanted, without control characters.
//!
//! It does not judge what the text says.

/// Text on one line of at most `characters_max` characters; a cut is marked with an ellipsis.
pub(super) fn one_line(text: &str, characters_max: usize) -> String {
    let mut line = String::new();
    let mut count = 0;
    let mut gap = false;
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() {
            gap = !line.is_empty();
            continue;
        }
        if is_invisible(character) {
            continue;
        }
        let needed = if gap { 2 } else { 1 };
        if count + needed > characters_max {
            return mark_cut(line, count, characters_max);
        }
        if std::mem::take(&mut gap) {
            line.push(' ');
        }
        line.push(character);
        count += needed;
    }
    line
}

/// Text that keeps its line breaks, in at most `bytes_max` bytes; a cut is marked with an ellipsis.
pub(super) fn paragraphs(text: &str, bytes_max: usize) -> String {
    let mut kept = String::new();
    for character in text.chars() {
        let shown = match character {
            '\n' | '\t' => character,
            '\r' => continue,
            other if other.is_control() => ' ',
            other if is_invisible(other) => continue,
            other => other,
        };
        if kept.len() + shown.len_utf8() > bytes_max {
            return cut(kept, bytes_max);
        }
        kept.push(shown);
    }
    kept.trim_end().to_owned()
}

/// Characters that turn or hide text: an alert must not be able to show something other than it says.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn mark_cut(mut line: String, count: usize, characters_max: usize) -> String {
    if count >= characters_max {
        line.pop();
    }
    line.push('…');
    line
}

fn cut(mut text: String, bytes_max: usize) -> String {
    while text.len() + '…'.len_utf8() > bytes_max {
        if text.pop().is_none() {
            return text;
        }
    }
    text.push('…');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_one_line_within_its_bound() {
        assert_eq!(one_line("  disk\r\n\tfull\u{0}\u{202e} now ", 300), "disk full now");
        assert_eq!(one_line("abcdef", 6), "abcdef");
        assert_eq!(one_line("abcdefg", 6), "abcde…");
        assert_eq!(one_line("ab cdef", 3), "ab…");
        assert_eq!(one_line("äöü".repeat(200).as_str(), 300).chars().count(), 300);
    }

    #[test]
    fn a_paragraph_keeps_lines_within_its_bytes() {
        assert_eq!(paragraphs("a\r\nb\u{0}c\n\n", 100), "a\nb c");
        let cut = paragraphs(&"é".repeat(100), 51);
        assert!(cut.len() <= 51 && cut.ends_with('…'), "{cut}");
    }
}
