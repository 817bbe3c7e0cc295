//! Files that are generated and committed: `UPDATE=1 cargo test generated` rewrites them.

use std::{env, fs, path::Path};

#[test]
fn the_handbook_is_up_to_date() {
    same("docs/rules.md", &maysend::rules::prose::handbook());
}

#[test]
fn the_specification_is_up_to_date() {
    let specification = maysend::http::openapi::openapi().to_pretty_json().expect("a specification");
    same("openapi/openapi.json", &format!("{specification}\n"));
}

#[test]
fn the_schema_of_cases_is_up_to_date() {
    let schema = serde_json::to_string_pretty(&maysend::scenario::schema::schema()).expect("a schema");
    same("docs/scenario.schema.json", &format!("{schema}\n"));
}

#[expect(clippy::disallowed_methods, reason = "whether to rewrite is said to the test by the environment")]
fn same(place: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(place);
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        fs::write(&path, wanted).expect("the file is written");
    }
    let held = fs::read_to_string(&path).unwrap_or_default();
    assert!(held == wanted, "`{place}` is out of date: run `UPDATE=1 cargo test generated` and commit it");
}
