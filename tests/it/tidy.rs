//! What must be true of the repository itself.

use std::{collections::BTreeSet, fs, path::Path};

use maysend::rules::{ALL, Effect, citation::Level};

use crate::{case, cases};

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

#[test]
fn every_rule_is_in_an_allow_and_in_a_deny() {
    let mut allowed = BTreeSet::new();
    let mut denied = BTreeSet::new();
    for case in case::all().iter().flat_map(|file| &file.cases) {
        let Ok(answer) = cases::answer(case) else { continue };
        let lists = [&answer["reasons"], &answer["warnings"]];
        let named = lists.iter().flat_map(|list| list.as_array().into_iter().flatten());
        let ids = named.filter_map(|item| item["rule"].as_str().or(item["code"].as_str())).map(str::to_owned);
        let engaged = answer["detail"]["rules"].as_array().into_iter().flatten();
        let engaged = engaged.filter(|rule| rule["outcome"] != "not_engaged").filter_map(|rule| rule["rule"].as_str());
        let ids: Vec<String> = ids.chain(engaged.map(str::to_owned)).collect();
        if answer["decision"] == "allow" { &mut allowed } else { &mut denied }.extend(ids);
    }
    for rule in ALL {
        assert!(allowed.contains(rule.id), "{} is in no case that is allowed", rule.id);
        let outside = rule.effect == Effect::Outside;
        assert!(denied.contains(rule.id) || outside, "{} is in no case that is denied", rule.id);
    }
}

#[test]
fn every_case_names_its_source_and_rules_that_exist() {
    for file in case::all() {
        for case in &file.cases {
            assert!(!case.source.trim().is_empty(), "{}: `{}` does not say who says so", file.place, case.name);
            for (rule, limb) in &case.then.because {
                let known = ALL.iter().any(|known| known.id == rule && known.limbs.iter().any(|l| l.id == limb));
                assert!(known, "{}: `{}` names {rule} {limb}", file.place, case.name);
            }
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
                "crate::rules",
                "crate::store",
                "crate::ingest",
                "crate::check",
                "crate::http",
            ],
        ),
        ("src/facts.rs", &["crate::rules", "crate::ledger", "crate::store", "crate::http", "tokio", "crate::clock"]),
        ("src/facts/", &["crate::rules", "crate::ledger", "crate::store", "crate::http", "tokio", "crate::clock"]),
        (
            "src/ledger/",
            &["crate::rules", "crate::store", "crate::ingest", "crate::http", "crate::check", "tokio", "crate::clock"],
        ),
        (
            "src/rules/",
            &[
                "crate::ledger",
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
        ("src/store/", &["crate::rules", "crate::facts", "crate::ingest", "crate::http", "crate::check", "crate::cli"]),
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
        ("src/http/", &["store::lmdb", "crate::cli"]),
    ];
    for (place, text) in files("src", "rs") {
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

#[test]
fn no_file_is_longer_than_a_reader_bears() {
    let long =
        files("src", "rs").into_iter().chain(files("tests", "rs")).map(|(place, text)| (place, text.lines().count()));
    let long: Vec<_> = long.filter(|(_, lines)| *lines > 350).collect();
    assert!(long.is_empty(), "past 350 lines, split: {long:?}");
}
