//! Counts the paths and compares the counts with the committed figures.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use serde::Deserialize;

use super::{
    Outcome,
    paths::{CHECKS, COUNTED, PATHS},
};

/// A count may exceed its figure by so many in a hundred; one that falls short by as many asks for a lower figure.
const TOLERANCE: f64 = 10.0;
const UPDATE: &str = "cargo bench --locked --profile counted --bench instructions -- --update";

/// The committed figures.
#[derive(Deserialize)]
struct Figures {
    /// Instructions of one check, by path.
    instructions: BTreeMap<String, u64>,
}

/// Counts, then compares or writes the figures anew.
pub(crate) fn run(update: bool) -> Outcome<ExitCode> {
    let counts = count()?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions.toml");
    if update {
        fs::write(&file, written(&counts)?)?;
        println!("wrote {}", file.display());
    }
    let figures: Figures = Figment::from(Toml::file_exact(&file)).extract()?;
    println!("{:<14} {:>12} {:>12} {:>9}", "instructions", "a check", "agreed on", "change");
    let (mut risen, mut fallen) = (false, false);
    for (path, count) in &counts {
        let agreed = figures.instructions.get(*path).copied();
        let agreed = agreed.ok_or_else(|| format!("{} has no `{path}`: {UPDATE}", file.display()))?;
        let change = (*count as f64 / agreed as f64 - 1.0) * 100.0;
        println!("{path:<14} {count:>12} {agreed:>12} {change:>+8.2}%");
        risen |= change > TOLERANCE;
        fallen |= change < -TOLERANCE;
    }
    if fallen && !risen {
        println!(
            "a check takes {TOLERANCE} % less than was agreed on: keep it so by lowering the figure with `{UPDATE}`"
        );
    }
    if risen {
        println!("a check takes {TOLERANCE} % more than was agreed on: `valgrind --tool=callgrind` shows where.");
        println!("If what it does now is worth it, say so in the commit and write the figure anew with `{UPDATE}`");
    }
    Ok(if risen { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn written(counts: &[(&str, u64)]) -> Outcome<String> {
    let mut text = "\
# How many instructions one check takes on each path of `benches/instructions/paths.rs`, as Callgrind counts them.
# `make bench-check` fails when one takes 10 % more. Written anew by:
#   "
        .to_owned();
    writeln!(text, "{UPDATE}\n\n[instructions]")?;
    counts.iter().try_for_each(|(path, count)| writeln!(text, "{path} = {count}"))?;
    Ok(text)
}

/// Runs this program under Callgrind. Returns the instructions of one check on each path.
fn count() -> Outcome<Vec<(&'static str, u64)>> {
    let directory = tempfile::tempdir()?;
    let out = directory.path().join("callgrind.out");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--quiet"]).arg(format!("--callgrind-out-file={}", out.display()));
    // From the first instruction of the function to its last; then what was counted goes into a file.
    valgrind.args(["--toggle-collect=*::counted", "--dump-after=*::counted"]);
    valgrind.arg(std::env::current_exe()?).arg(COUNTED);
    let status =
        valgrind.status().map_err(|error| format!("cannot run `valgrind`, which must be installed: {error}"))?;
    if !status.success() {
        return Err(format!("the counted program stopped: {status}").into());
    }
    // Each was gone through more than once: the last time nothing is done for the first time any more.
    let counts = dumps(&out)?;
    let last = counts.len().checked_sub(PATHS.len()).and_then(|before| counts.get(before..));
    let last = last.filter(|counts| counts.iter().all(|count| *count > 0)).ok_or("Callgrind counted nothing")?;
    Ok(PATHS.into_iter().zip(last.iter().map(|count| count / CHECKS as u64)).collect())
}

/// What Callgrind wrote each time the function ended: the instructions that it took.
fn dumps(out: &Path) -> Outcome<Vec<u64>> {
    let mut dumps = Vec::new();
    for number in 1.. {
        let Ok(text) = fs::read_to_string(format!("{}.{number}", out.display())) else { break };
        let total = text.lines().find_map(|line| line.strip_prefix("totals:")).unwrap_or("0");
        dumps.push(total.trim().parse()?);
    }
    Ok(dumps)
}
