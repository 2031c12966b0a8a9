//! The reader against the known bodies, against hostile ones, and against what nobody thought of.

mod hostile;
mod known;
mod laws;
mod readable;
mod tools;
