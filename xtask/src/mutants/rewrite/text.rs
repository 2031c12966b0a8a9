//! A source by its lines: from lines and letters, as parsers count them, to bytes.

use std::ops::Range;

use proc_macro2::LineColumn;
use syn::spanned::Spanned;

use crate::mutants::list::Position;

/// A source text.
#[derive(Debug)]
pub(super) struct Text<'a> {
    source: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a> Text<'a> {
    /// Finds the lines.
    pub(super) fn new(source: &'a str) -> Self {
        let after_each_end = source.match_indices('\n').map(|(end, _)| end + 1);
        Self { source, lines: std::iter::once(0).chain(after_each_end).collect() }
    }

    /// The text between two bytes.
    pub(super) fn of(&self, bytes: Range<usize>) -> &'a str {
        self.source.get(bytes).unwrap_or_default()
    }

    /// Where a thing of the syntax stands.
    pub(super) fn bytes(&self, thing: &impl Spanned) -> Range<usize> {
        let span = thing.span();
        self.spot(span.start())..self.spot(span.end())
    }

    /// The byte of a parser's place: lines from one, letters from none.
    pub(super) fn spot(&self, place: LineColumn) -> usize {
        self.byte(place.line, place.column)
    }

    /// The byte of an editor's place: lines and letters from one.
    pub(super) fn position(&self, place: Position) -> usize {
        self.byte(place.line, place.column.saturating_sub(1))
    }

    fn byte(&self, line: usize, letters: usize) -> usize {
        let end = self.source.len();
        let begin = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(end);
        let rest = self.source.get(begin..).unwrap_or_default();
        rest.char_indices().nth(letters).map_or(end, |(byte, _)| begin + byte)
    }
}
