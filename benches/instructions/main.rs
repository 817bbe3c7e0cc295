//! How many instructions a check takes, held against the figures that were last agreed on: `make bench-check`.
//!
//! Callgrind counts what the processor is told to do, not how long it takes, so the count is the same on a busy machine
//! to within one in a hundred. `paths` is the program that is counted, `guard` counts it and compares,
//! `../instructions.toml` holds the figures. `-- --update` writes that file anew.

mod guard;
mod paths;
#[path = "../shared/population.rs"]
mod population;

use std::{error::Error, process::ExitCode};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<ExitCode> {
    let wanted = |word: &str| std::env::args().any(|argument| argument == word);
    if wanted(paths::COUNTED) {
        paths::run()?;
        return Ok(ExitCode::SUCCESS);
    }
    guard::run(wanted("--update"))
}
