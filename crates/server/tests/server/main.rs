//! The server as its desks and tools meet it: real files, real routes, a clock moved by hand.

mod backup;
mod bad_input;
mod command_line;
mod connections;
mod deadlines;
mod duties;
mod ending;
mod fixture;
mod flood;
mod frames;
mod hostile;
mod http;
mod intake;
mod log;
mod look_ups;
mod policy;
mod setup;
mod store;

use fixture::Fixture;
