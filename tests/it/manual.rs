//! `docs/scenarios.md`, as a reader follows it: its files are written, its commands run, and what stands below is what
//! they print.

use std::{env, fs, path::Path, process::Command};

/// The first line of a block that is a file.
const FILE: &str = "# cases/";

#[test]
#[expect(clippy::disallowed_methods, reason = "whether to rewrite is said to the test by the environment")]
fn the_manual_of_cases_shows_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scenarios.md");
    let manual = fs::read_to_string(&path).unwrap();
    let above = tempfile::tempdir().unwrap();
    fs::create_dir(above.path().join("cases")).unwrap();
    let mut shown = String::new();
    let mut rest = manual.as_str();
    let mut printed = String::new();
    while let Some((before, block)) = rest.split_once("```") {
        let (language, block) = block.split_once('\n').unwrap();
        let (text, after) = block.split_once("```\n").unwrap();
        let told = match language {
            "text" => printed.clone(),
            "sh" => {
                printed = run(text, above.path());
                text.to_owned()
            }
            _ => text.to_owned(),
        };
        if let Some(name) = text.lines().next().and_then(|line| line.strip_prefix(FILE)) {
            fs::write(above.path().join("cases").join(name), text).unwrap();
        }
        let told = if steady(&told) == steady(text) { text.to_owned() } else { told };
        shown += &format!("{before}```{language}\n{told}```\n");
        rest = after;
    }
    shown += rest;
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &shown).unwrap();
    } else {
        assert!(shown == manual, "something else is printed: run `UPDATE=1 cargo test manual`\n{shown}");
    }
}

/// Runs the lines of a block and gives what they print, whatever they exit with.
fn run(commands: &str, directory: &Path) -> String {
    let script = commands.replace("maysend ", &format!("{} ", env!("CARGO_BIN_EXE_maysend")));
    let output = Command::new("bash").args(["-c", &script]).current_dir(directory).env_clear().output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    // How many rules there are is no matter of the manual.
    printed.lines().filter(|line| !line.starts_with("coverage: ")).map(|line| format!("{line}\n")).collect()
}

/// The output without the time that it took.
fn steady(output: &str) -> String {
    output
        .lines()
        .map(|line| line.rsplit_once(" (").filter(|_| line.ends_with(" s)")).map_or(line, |(what, _)| what))
        .collect()
}
