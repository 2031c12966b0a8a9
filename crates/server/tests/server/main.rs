//! The server as its desks and tools meet it: real files, real routes, a clock moved by hand.

mod backup;
mod bad_input;
mod deadlines;
mod duties;
mod fixture;
mod frames;
mod http;
mod flood;
mod intake;
mod log;
mod setup;
mod store;

use fixture::Fixture;
