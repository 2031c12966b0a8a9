//! A first pass over the file: is it such a log, how long is it, and which incidents lie scattered?
//!
//! It lets the second pass hand out each incident exactly once, as soon as its last row is read,
//! and keep in memory only the incidents whose rows are not together.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::column::Header;
use super::framing::{Framed, Framing};
use super::{Error, row};

/// Where the log lies.
#[derive(Debug, Clone)]
pub(super) enum Source {
    File(PathBuf),
    Bytes(Arc<[u8]>),
}

impl Source {
    pub(super) fn framing(&self) -> Result<Framing, Error> {
        match self {
            Self::File(path) => File::open(path).and_then(Framing::new),
            Self::Bytes(bytes) => Framing::new(Cursor::new(Arc::clone(bytes))),
        }
        .map_err(|cause| self.unreadable(cause))
    }

    fn digested_framing(&self, digest: &Arc<Mutex<Sha256>>) -> Result<Framing, Error> {
        let digest = Arc::clone(digest);
        match self {
            Self::File(path) => File::open(path).and_then(|input| Framing::new(Digested { input, digest })),
            Self::Bytes(bytes) => {
                let input = Cursor::new(Arc::clone(bytes));
                Framing::new(Digested { input, digest })
            }
        }
        .map_err(|cause| self.unreadable(cause))
    }

    fn unreadable(&self, cause: io::Error) -> Error {
        let file = match self {
            Self::File(path) => path.display().to_string(),
            Self::Bytes(_) => "the file".to_owned(),
        };
        Error::Unreadable { file, cause }
    }
}

/// What the first pass learnt.
#[derive(Debug, Clone)]
pub struct Survey {
    /// Rows after the header, usable or not.
    pub rows: u64,
    /// Different incident numbers.
    pub incidents: u64,
    /// SHA-256 of the file's bytes, in hexadecimal: tells a resumed import that the file is the same.
    pub digest: String,
    pub(super) header: Header,
    /// The last line of each incident whose rows are not together.
    pub(super) scattered: HashMap<String, u64>,
    /// The last line of the file; a file still being written may have grown since.
    pub(super) last_line: u64,
    /// The incident of the last row before the file breaks off, where it does.
    pub(super) unfinished: Option<String>,
}

impl Survey {
    pub(super) fn of(source: &Source) -> Result<Self, Error> {
        let digest = Arc::new(Mutex::new(Sha256::new()));
        let mut framing = source.digested_framing(&digest)?;
        let header = header(&mut framing)?;
        let mut last_lines: HashMap<String, u64> = HashMap::new();
        let mut scattered: HashSet<String> = HashSet::new();
        let mut current = String::new();
        let mut unfinished = None;
        let (mut rows, mut last_line) = (0, 1);
        while let Some(framed) = framing.next()? {
            rows += 1;
            let record = match framed {
                Framed::Record(record) => record,
                Framed::Unusable(line, ..) => {
                    last_line = line;
                    continue;
                }
                Framed::CutShort(line, _) => {
                    rows -= 1;
                    last_line = line;
                    unfinished = Some(current.clone());
                    continue;
                }
            };
            last_line = record.line;
            let Ok(number) = row::number(&record, &header) else { continue };
            if number != current {
                if last_lines.contains_key(&number) {
                    scattered.insert(number.clone());
                }
                current.clone_from(&number);
            }
            last_lines.insert(number, record.line);
        }
        drop(framing);
        let hash = digest.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize();
        Ok(Self {
            rows,
            incidents: last_lines.len() as u64,
            digest: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            header,
            scattered: last_lines.into_iter().filter(|(number, _)| scattered.contains(number)).collect(),
            last_line,
            unfinished,
        })
    }
}

/// Reads line 1.
pub(super) fn header(framing: &mut Framing) -> Result<Header, Error> {
    match framing.next()? {
        None => Err(Error::Empty),
        Some(Framed::Record(record)) if record.is_mended => {
            let reason = "it is not UTF-8 text; this may be UTF-16 or a spreadsheet file";
            Err(Error::WrongHeader { reason: reason.to_owned() })
        }
        Some(Framed::Record(record)) => {
            framing.expect_width(record.cells.len());
            Header::read(&record.cells)
        }
        Some(Framed::Unusable(_, _, reason) | Framed::CutShort(_, reason)) => {
            Err(Error::WrongHeader { reason })
        }
    }
}

/// A reader that digests what passes through it.
struct Digested<Input> {
    input: Input,
    digest: Arc<Mutex<Sha256>>,
}

impl<Input: Read> Read for Digested<Input> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        let mut digest = self.digest.lock().unwrap_or_else(PoisonError::into_inner);
        digest.update(&buffer[..count]);
        Ok(count)
    }
}
