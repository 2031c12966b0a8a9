//! From bytes to records: unpacking, lines, quotes. Nothing swallows what follows it.
//!
//! A quotation mark that is never closed costs its own line and no other, a line without end
//! costs itself, and a file that stops in the middle gives everything before the break.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::oddity::OddityKind;
use super::{BYTES_MAX, Error, LINES_MAX, RECORD_BYTES_MAX};

/// The most lines one quoted record may span.
const LINES_PER_RECORD_MAX: usize = 200;

/// What stands next in the file.
#[derive(Debug)]
pub(super) enum Framed {
    /// A record, split into its cells.
    Record(Record),
    /// A line of which no record could be made.
    Unusable(u64, OddityKind, String),
    /// The file breaks off at this line.
    CutShort(u64, String),
}

/// One record of the file.
#[derive(Debug)]
pub(super) struct Record {
    /// Its first line, the header being line 1.
    pub(super) line: u64,
    /// Its cells.
    pub(super) cells: Vec<String>,
    /// Whether bytes had to be replaced to make text of it.
    pub(super) is_mended: bool,
}

/// Records of a file, one after the other.
pub(super) struct Framing {
    bytes: Box<dyn BufRead + Send>,
    bytes_read: u64,
    lines_read: u64,
    /// Lines read ahead in search of a closing quotation mark.
    ahead: VecDeque<Line>,
    is_over: bool,
    /// Cells a record has, once the header told.
    width: Option<usize>,
}

struct Line {
    number: u64,
    text: String,
    is_mended: bool,
    is_too_long: bool,
    /// Nothing ends it: it is the last one, and may be a part of one.
    is_unended: bool,
}

impl Framing {
    /// Starts to read; gzip is told by its first two bytes.
    pub(super) fn new(input: impl Read + Send + 'static) -> io::Result<Self> {
        let mut packed = BufReader::with_capacity(64 * 1_024, input);
        let is_gzip = packed.fill_buf()?.starts_with(&[0x1f, 0x8b]);
        let bytes: Box<dyn BufRead + Send> = if is_gzip {
            Box::new(BufReader::with_capacity(64 * 1_024, MultiGzDecoder::new(packed)))
        } else {
            Box::new(packed)
        };
        Ok(Self { bytes, bytes_read: 0, lines_read: 0, ahead: VecDeque::new(), is_over: false, width: None })
    }

    /// Tells how many cells a record has, which keeps a stray quotation mark from joining rows.
    pub(super) fn expect_width(&mut self, width: usize) {
        self.width = Some(width);
    }

    /// The next record; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Framed>, Error> {
        loop {
            let line = match self.line() {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(None),
                Err(LineError::CutShort(cause)) => return Ok(Some(self.cut_short(&cause))),
                Err(LineError::Fatal(error)) => return Err(error),
            };
            if line.is_too_long {
                let reason = format!("the line is longer than {RECORD_BYTES_MAX} bytes");
                let kind = OddityKind::RecordTooLong;
                return Ok(Some(Framed::Unusable(line.number, kind, reason)));
            }
            if !line.text.trim().is_empty() {
                return self.record(line).map(Some);
            }
        }
    }

    fn record(&mut self, first: Line) -> Result<Framed, Error> {
        if first.is_unended
            && self.width.is_some_and(|width| split(&first.text).map_or(0, |c| c.len()) < width)
        {
            let cause = "its last line has no end and too few cells";
            return Ok(Framed::CutShort(first.number, cut_short(cause)));
        }
        let mut text = first.text;
        let mut is_mended = first.is_mended;
        let mut taken: Vec<Line> = Vec::new();
        loop {
            if let Ok(cells) = split(&text) {
                // A mark left open and the next row's first mark can look like one long cell.
                if taken.is_empty() || self.width.is_none_or(|width| width == cells.len()) {
                    let line = first.number;
                    return Ok(Framed::Record(Record { line, cells, is_mended }));
                }
                return Ok(self.unclosed(first.number, taken));
            }
            let follows = match self.line() {
                Ok(line) => line,
                Err(LineError::Fatal(error)) => return Err(error),
                // The break is met again, and told, once the lines before it are done.
                Err(LineError::CutShort(_)) => None,
            };
            let may_grow = taken.len() < LINES_PER_RECORD_MAX;
            match follows {
                Some(line) if may_grow && text.len() + line.text.len() < RECORD_BYTES_MAX => {
                    text.push('\n');
                    text.push_str(&line.text);
                    is_mended |= line.is_mended;
                    taken.push(line);
                }
                follows => {
                    taken.extend(follows);
                    return Ok(self.unclosed(first.number, taken));
                }
            }
        }
    }

    /// Gives up the first line alone; those read ahead are read again, each for itself.
    fn unclosed(&mut self, line: u64, taken: Vec<Line>) -> Framed {
        for line in taken.into_iter().rev() {
            self.ahead.push_front(line);
        }
        let reason = "a quotation mark opens on this line and nothing fitting closes it";
        Framed::Unusable(line, OddityKind::QuoteUnclosed, reason.to_owned())
    }

    fn line(&mut self) -> Result<Option<Line>, LineError> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        if self.is_over {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let mut is_too_long = false;
        loop {
            bytes.clear();
            let limit = RECORD_BYTES_MAX as u64 + 1;
            let taken = (&mut self.bytes).take(limit).read_until(b'\n', &mut bytes)?;
            self.bytes_read += taken as u64;
            self.refuse_if_endless()?;
            let is_whole = bytes.last() == Some(&b'\n') || (taken as u64) < limit;
            if is_whole && taken == 0 && !is_too_long {
                self.is_over = true;
                return Ok(None);
            }
            if is_whole {
                break;
            }
            is_too_long = true;
        }
        self.lines_read += 1;
        if is_too_long {
            bytes.clear();
        }
        Ok(Some(self.text_line(bytes, is_too_long)))
    }

    fn text_line(&self, mut bytes: Vec<u8>, is_too_long: bool) -> Line {
        let is_unended = bytes.last() != Some(&b'\n');
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        let number = self.lines_read;
        let mut text = match String::from_utf8(bytes) {
            Ok(text) => return Line { number, text: bare(text), is_mended: false, is_too_long, is_unended },
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        };
        text = bare(text);
        Line { number, text, is_mended: true, is_too_long, is_unended }
    }

    fn cut_short(&mut self, cause: &io::Error) -> Framed {
        self.is_over = true;
        Framed::CutShort(self.lines_read + 1, cut_short(&cause.to_string()))
    }

    fn refuse_if_endless(&self) -> Result<(), Error> {
        if self.bytes_read > BYTES_MAX {
            let reason = format!("more than {BYTES_MAX} bytes after unpacking");
            return Err(Error::TooLarge { reason });
        }
        if self.lines_read > LINES_MAX {
            return Err(Error::TooLarge { reason: format!("more than {LINES_MAX} lines") });
        }
        Ok(())
    }
}

fn cut_short(cause: &str) -> String {
    format!(
        "the file breaks off in or after this line ({cause}); every incident that ends before it is used, fetch the \
         file again for the rest"
    )
}

/// Why no line came.
enum LineError {
    CutShort(io::Error),
    Fatal(Error),
}

impl From<Error> for LineError {
    fn from(error: Error) -> Self {
        Self::Fatal(error)
    }
}

impl From<io::Error> for LineError {
    fn from(cause: io::Error) -> Self {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        match cause.kind() {
            UnexpectedEof | InvalidData | InvalidInput => Self::CutShort(cause),
            _ => Self::Fatal(Error::Unreadable { file: "the file".to_owned(), cause }),
        }
    }
}

/// Without the mark some programs put before UTF-8 text.
fn bare(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// A quotation mark was opened and the text ended.
#[derive(Debug, PartialEq, Eq)]
struct Unclosed;

/// Cells of a record (RFC 4180); a quotation mark inside an unquoted cell is a character.
fn split(text: &str) -> Result<Vec<String>, Unclosed> {
    if !text.contains('"') {
        return Ok(text.split(',').map(str::to_owned).collect());
    }
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted)?,
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        cells.push(cell);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return Ok(cells),
        }
    }
}

fn quoted_cell(mut rest: &str) -> Result<(String, &str), Unclosed> {
    let mut cell = String::new();
    loop {
        let end = rest.find('"').ok_or(Unclosed)?;
        cell.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => {
                // Text after the closing mark belongs to the cell: nothing typed is lost.
                let end = rest.find(',').unwrap_or(rest.len());
                cell.push_str(&rest[..end]);
                return Ok((cell, &rest[end..]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_the_csv_crate_writes() {
        let words = ["", "?", "plain", "a,b", "\"", "\"\"", "a\"b", "line\nbreak", " x ", "é,\"ü\""];
        for first in words {
            for second in words {
                for third in words {
                    let mut writer = csv::Writer::from_writer(Vec::new());
                    writer.write_record([first, second, third]).expect("written");
                    let written = writer.into_inner().expect("whole");
                    let text = String::from_utf8(written).expect("text");
                    let cells = split(text.strip_suffix('\n').expect("a line"));
                    let expected = [first, second, third].map(str::to_owned).to_vec();
                    assert_eq!(cells, Ok(expected), "{text}");
                }
            }
        }
    }

    #[test]
    fn tells_an_open_quotation_from_a_mark_within_a_cell() {
        assert_eq!(split("a,\"b"), Err(Unclosed));
        assert_eq!(split("a,5\" pipe,c"), Ok(vec!["a".into(), "5\" pipe".into(), "c".into()]));
        assert_eq!(split("\"a\"b,c"), Ok(vec!["ab".into(), "c".into()]));
    }
}
