//! The machine that was measured on, as a table is to tell of it.

use std::{collections::BTreeMap, fs, process::Command, thread};

use serde_json::json;

use crate::{Outcome, settings::Settings};

/// Writes `machine.json`: what the figures depend on besides the programs.
pub(crate) fn write(settings: &Settings) -> Outcome<()> {
    let processor = line("/proc/cpuinfo", "model name");
    let memory = line("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse::<u64>().unwrap_or_default() >> 20;
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let date = maysend::clock::now().to_string().chars().take(10).collect::<String>();
    let machine = json!({
        "processor": processor, "cores": cores, "memory_gib": memory, "kernel": kernel.trim(), "date": date,
        "rounds": settings.rounds, "seconds": settings.seconds, "warm_up": settings.warm_up, "quick": settings.quick,
        "versions": versions(settings),
    });
    Ok(fs::write(settings.out.join("machine.json"), serde_json::to_string_pretty(&machine)? + "\n")?)
}

/// What a file of lines `name: value` says.
fn line(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let value = text.lines().find(|line| line.starts_with(name)).and_then(|line| line.split_once(':'));
    value.map_or("unknown", |(_, value)| value.trim()).to_owned()
}

/// What the programs call themselves.
fn versions(settings: &Settings) -> BTreeMap<&'static str, String> {
    let cerbos = settings.root.join("target/tools/cerbos/node_modules/cerbos/package.json");
    let package: serde_json::Value =
        fs::read_to_string(cerbos).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let commit = said(Command::new("git").args(["rev-parse", "--short", "HEAD"]).current_dir(&settings.root));
    BTreeMap::from([
        ("maysend", said(Command::new(settings.maysend()).arg("--version"))),
        ("commit", commit),
        ("cerbos", package.get("version").and_then(|version| version.as_str()).unwrap_or_default().to_owned()),
        ("redis", said(Command::new("redis-server").arg("--version"))),
        ("postgresql", said(Command::new("psql").arg("--version"))),
        ("wrk", said(Command::new("wrk").arg("--version"))),
        ("rustc", said(Command::new("rustc").arg("--version"))),
    ])
}

/// The first line that a program prints.
fn said(command: &mut Command) -> String {
    let output = command.output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).lines().next().unwrap_or_default().to_owned()
}
