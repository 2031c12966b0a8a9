//! The server as its desks and tools meet it: real files, real routes, a clock moved by hand.

mod fixture;
mod frames;
mod log;

use fixture::Fixture;
