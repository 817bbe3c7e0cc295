//! How well and how fast messages are read.
//!
//! - `cargo bench --bench reading` measures the time that reading takes.
//! - `cargo bench --bench reading -- evaluate DIR [--more FILE]` measures how well it reads: against the published
//!   verdicts, the service messages, and the mixed messages in a folder, and against the rows of one more file.
//! - `cargo bench --bench reading -- train DIR [FILE]` trains the table of n-grams and writes it.
//!
//! `docs/message-reading.md` tells where such messages are found and what the figures mean.

mod evaluate;
mod held_out;
mod material;
mod print;
mod speed;
mod train;

use std::{error::Error, path::Path};

const TABLE: &str = "src/message/table.tsv";

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["evaluate", folder] => evaluate::evaluate(Path::new(folder), None),
        ["evaluate", folder, "--more", file] => evaluate::evaluate(Path::new(folder), Some(Path::new(file))),
        ["train", folder] => held_out::train(Path::new(folder), Path::new(TABLE)),
        ["train", folder, file] => held_out::train(Path::new(folder), Path::new(file)),
        ["evaluate" | "train", ..] => Err("which folder? `evaluate DIR [--more FILE]` or `train DIR [FILE]`".into()),
        [] | [_, ..] => {
            speed::measure(words.first().copied().unwrap_or_default());
            Ok(())
        }
    }
}
