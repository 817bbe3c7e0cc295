//! The program. Everything it does is in the library: see [`maysend::cli`].

use std::process::ExitCode;

use clap::Parser as _;
use maysend::{
    cli::{self, Cli},
    telemetry,
};

/// Memory is taken and given back by every thread all the time; this allocator does it without their waiting for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    telemetry::report_panics();
    cli::run(Cli::parse())
}
