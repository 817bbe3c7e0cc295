//! The tour of the README, as a reader pastes it: every block of commands gives the output that stands below it.

use std::{env, fs, path::Path, process::Command};

use crate::process::Service;

/// A block of the README between fences: its language and its lines.
struct Block<'r> {
    language: &'r str,
    text: &'r str,
}

#[test]
#[expect(clippy::disallowed_methods, reason = "whether to rewrite is said to the test by the environment")]
fn the_tour_gives_the_output_that_it_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("## A tour of five minutes\n").unwrap();
    let (tour, after) = rest.split_once("\n## ").unwrap();
    let mut shown = tour.to_owned();
    let above = tempfile::tempdir().unwrap();
    let mut service = Some(Service::start(&above.path().join("data"), &[]));
    let blocks = blocks(tour);
    for pair in blocks.windows(2) {
        let [commands, output] = pair else { continue };
        if commands.language != "sh" {
            continue;
        }
        let found = run(commands.text, &mut service, above.path());
        if output.language != "sh" && steady(&found) != steady(output.text) {
            let old = format!("{}```\n```{}\n{}```", commands.text, output.language, output.text);
            let new = format!("{}```\n```{}\n{found}```", commands.text, output.language);
            shown = shown.replacen(&old, &new, 1);
        }
    }
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{before}## A tour of five minutes\n{shown}\n## {after}")).unwrap();
    } else {
        assert!(shown == tour, "the tour gives something else: run `UPDATE=1 cargo test readme`\n{shown}");
    }
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("```") {
        let (language, after) = after.split_once('\n').unwrap();
        let (text, after) = after.split_once("```").unwrap();
        blocks.push(Block { language, text });
        rest = after;
    }
    blocks
}

/// Runs the lines of a block as a reader would, the service being another window.
fn run(commands: &str, service: &mut Option<Service>, directory: &Path) -> String {
    let mut script = String::new();
    for line in commands.lines() {
        match line {
            "pkill -9 maysend" => service.take().unwrap().kill(),
            "make run" => *service = Some(Service::start(&directory.join("data"), &[])),
            line => script += &format!("{line}\n"),
        }
    }
    let url = &service.as_ref().unwrap().url;
    // A reader's prompt would start a new line after each answer.
    let script = script.replace("http://127.0.0.1:8080", url).replace("curl -s ", "curl -sS ");
    let output = Command::new("bash").args(["-ec", &script]).current_dir(directory).output().unwrap();
    assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap().replace(url, "http://127.0.0.1:8080");
    if text.ends_with('\n') { text } else { text + "\n" }
}

/// The output without what is of the moment: the ids of decisions and requests, and the day whose law is asked for.
fn steady(output: &str) -> String {
    let words = output.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let id = |word: &&str| word.len() > 32 && word.matches('-').count() == 4;
    let words = words.map(|word| if id(&word) { "ID" } else { word }).collect::<String>();
    match words.split_once("Law of ") {
        Some((before, after)) => format!("{before}Law of {}", after.get("2026-11-21".len()..).unwrap_or_default()),
        None => words,
    }
}
