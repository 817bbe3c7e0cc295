//! The program. Everything it does is in the library: see [`maysend::cli`].

use std::process::ExitCode;

use clap::Parser as _;
use maysend::{
    cli::{self, Cli},
    telemetry,
};

fn main() -> ExitCode {
    telemetry::report_panics();
    cli::run(Cli::parse())
}
