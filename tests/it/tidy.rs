//! What must be true of the repository itself.

use std::{fs, path::Path};

use maysend::rules::{ALL, citation::Level};

use crate::cases;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file with an ending under a folder, as path from the root and text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                let place = path.strip_prefix(root()).expect("under the root").display().to_string();
                found.push((place, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    found
}

#[test]
fn every_rule_has_its_prose_and_its_source() {
    for rule in ALL {
        let prose = rule.prose();
        assert!(!prose.law.is_empty() && !prose.allowed.is_empty() && !prose.refused.is_empty(), "{}", rule.id);
        // A sender's own rule stands in its profile; what it means is read here.
        let own = format!("/rules/{}", rule.id);
        let place = match rule.level {
            Level::Statute => "https://www.legislation.gov.uk/",
            Level::Policy if rule.id.starts_with("house.") => &own,
            Level::Policy | Level::Case | Level::IcoGuidance => "https://",
        };
        assert!(rule.citation.url.starts_with(place), "{} cites {}", rule.id, rule.citation.url);
        assert!(!rule.differs || prose.doubt.is_some(), "{} differs and does not say on what", rule.id);
    }
}

/// `docs/policy-profiles.md` has every point on which the two readings part.
#[test]
fn every_rule_that_differs_is_in_the_table_of_the_profiles() {
    let page = fs::read_to_string(root().join("docs/policy-profiles.md")).expect("the page");
    for rule in ALL.iter().filter(|rule| rule.differs) {
        let row = page.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{}`", rule.id)));
        let row = row.unwrap_or_else(|| panic!("{} is not in the table", rule.id));
        assert!(rule.limbs.iter().all(|limb| row.contains(&format!("`{}`", limb.id))), "{} lacks a limb", rule.id);
    }
}

#[test]
fn the_path_of_a_rule_is_its_id() {
    let sources = files("src/rules", "rs");
    for rule in ALL {
        let text = sources.iter().find(|(place, _)| *place == file_of(rule.id)).map(|(_, text)| text);
        assert!(text.is_some_and(|text| text.contains(rule.id)), "{} should stand in {}", rule.id, file_of(rule.id));
    }
}

/// `pecr.reg22.soft-opt-in` stands in `src/rules/pecr/reg22_soft_opt_in.rs`.
fn file_of(id: &str) -> String {
    let (instrument, rest) = id.split_once('.').expect("an id of at least two parts");
    format!("src/rules/{instrument}/{}.rs", rest.replace(['.', '-'], "_"))
}

/// For whoever keeps cases of a campaign the decision alone is enough; a golden case says why, and who says so.
#[test]
fn every_golden_case_names_its_source_and_its_reasons() {
    for file in cases::all().files {
        for case in file.scenarios.iter().map(|it| &it.case) {
            let source = case.source.as_deref().unwrap_or_default();
            assert!(!source.trim().is_empty(), "{}: `{}` does not say who says so", file.path, case.name);
            let because = case.then.because.as_deref().unwrap_or_default();
            assert!(!because.is_empty(), "{}: `{}` does not say why", file.path, case.name);
        }
    }
}

/// Who may import whom: the table of ARCHITECTURE.md.
#[test]
fn imports_keep_to_their_layers() {
    let forbidden: &[(&str, &[&str])] = &[
        (
            "src/terms/",
            &[
                "crate::facts",
                "crate::ledger",
                "crate::message",
                "crate::rules",
                "crate::store",
                "crate::ingest",
                "crate::check",
                "crate::http",
            ],
        ),
        (
            "src/facts.rs",
            &[
                "crate::rules",
                "crate::ledger",
                "crate::message",
                "crate::store",
                "crate::http",
                "tokio",
                "crate::clock",
            ],
        ),
        (
            "src/facts/",
            &[
                "crate::rules",
                "crate::ledger",
                "crate::message",
                "crate::store",
                "crate::http",
                "tokio",
                "crate::clock",
            ],
        ),
        (
            "src/ledger/",
            &["crate::rules", "crate::store", "crate::ingest", "crate::http", "crate::check", "tokio", "crate::clock"],
        ),
        (
            "src/message/",
            &[
                "crate::facts",
                "crate::ledger",
                "crate::rules",
                "crate::store",
                "crate::ingest",
                "crate::check",
                "crate::strict",
                "crate::scenario",
                "crate::http",
                "crate::cli",
                "crate::app",
                "crate::config",
                "crate::clock",
                "crate::spelling",
                "crate::telemetry",
                "tokio",
                "axum",
                "tracing",
                "std::fs",
                "std::env",
                "std::time",
            ],
        ),
        (
            "src/rules/",
            &[
                "crate::ledger",
                "crate::message",
                "crate::store",
                "crate::http",
                "crate::check",
                "crate::config",
                "crate::clock",
                "tokio",
                "axum",
                "tracing",
                "std::fs",
                "std::env",
                "std::time",
                "async ",
                "Result<",
            ],
        ),
        (
            "src/store/",
            &[
                "crate::rules",
                "crate::facts",
                "crate::ingest",
                "crate::http",
                "crate::check",
                "crate::cli",
                "crate::message",
            ],
        ),
        (
            "src/ingest/",
            &[
                "crate::rules",
                "crate::facts",
                "crate::check",
                "crate::http",
                "crate::cli",
                "crate::config",
                "crate::clock",
                "store::lmdb",
            ],
        ),
        ("src/check/", &["crate::ingest", "crate::http", "crate::cli", "crate::app", "tokio", "axum"]),
        (
            "src/rights/",
            &["crate::ingest", "crate::http", "crate::cli", "crate::app", "crate::clock", "store::lmdb", "axum"],
        ),
        ("src/decisions/", &["crate::rules", "crate::facts", "crate::check", "crate::http", "crate::cli", "axum"]),
        ("src/integrity/", &["store::lmdb", "crate::ingest", "crate::http", "crate::cli", "crate::clock", "axum"]),
        ("src/strict/", &["crate::rules", "crate::store", "crate::http", "crate::cli", "tokio", "axum"]),
        ("src/scenario/", &["crate::http", "crate::cli", "crate::app", "crate::clock", "store::lmdb", "tokio", "axum"]),
        (
            "src/batch/",
            &[
                "crate::ingest",
                "crate::http",
                "crate::cli",
                "crate::app",
                "crate::clock",
                "store::lmdb",
                "tokio",
                "axum",
            ],
        ),
        ("src/http/", &["store::lmdb", "crate::cli"]),
    ];
    // Cases are run by the command line alone.
    let may_run_cases = ["src/cli/", "src/scenario/"];
    for (place, text) in files("src", "rs") {
        let runs_cases = text.contains("scenario::");
        assert!(!runs_cases || may_run_cases.iter().any(|folder| place.starts_with(folder)), "{place} runs cases");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let code = code.split("#[cfg(test)]").next().unwrap_or_default();
        for (folder, names) in forbidden.iter().filter(|(folder, _)| place.starts_with(folder)) {
            for name in names.iter().filter(|name| code.contains(*name)) {
                // The prose and the decision are written to a string, which cannot fail.
                let writes = *name == "Result<" && code.contains("std::fmt::Result") && !code.contains("-> Result<");
                assert!(writes, "{place} (under {folder}) may not use {name}");
            }
        }
    }
}

/// People whose events lie on the same side of every term are one kind, for which the rules are asked once: a rule that
/// measured an event by any other span would tell them apart. It may ask which of two events came first.
#[test]
fn rules_measure_the_time_of_an_event_by_terms_alone() {
    let spans = [
        "as_second",
        "as_milli",
        "as_micro",
        "as_nano",
        "subsec",
        "duration_",
        ".since(",
        ".until(",
        "to_zoned",
        "london",
        "SignedDuration",
        "ToSpan",
    ];
    // What would turn a deny is searched for with events that do not exist.
    for (place, text) in files("src/rules", "rs")
        .into_iter()
        .filter(|(place, _)| !["/would_allow/", "/tests.rs"].iter().any(|part| place.contains(part)))
    {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let found = spans
            .iter()
            .find(|span| code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(**span)));
        assert_eq!(found, None, "{place} measures a time: let it be a `Term`");
    }
}

#[test]
fn no_file_is_longer_than_a_reader_bears() {
    let long =
        files("src", "rs").into_iter().chain(files("tests", "rs")).map(|(place, text)| (place, text.lines().count()));
    let long: Vec<_> = long.filter(|(_, lines)| *lines > 350).collect();
    assert!(long.is_empty(), "past 350 lines, split: {long:?}");
}
