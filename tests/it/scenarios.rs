//! `maysend test` as people and continuous integration use it: the real program on files of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

const SENDERS: &str = "acme: { legal_name: Acme Bikes Ltd, kind: company }\n";

/// Nobody agreed: one case that says so, and one that hopes otherwise.
const CASES: &str = "\
- name: a stranger is not mailed
  source: PECR reg 22(2)
  when: &offer
    sender: acme
    channel: email
    purpose: commercial
    recipient: { email: jo@example.com }
    message: { opt_out: link, identifies_sender: true }
  then:
    decision: deny
    because:
      - [pecr.reg22.consent, 22(2)]
      - [pecr.reg22.soft-opt-in, 22(3)(a)]

- name: a supporter of the <old> list is
  given:
    - { type: consent_given, occurred_at: 2026-03-02T10:00:00Z, how: unticked_box, channels: [email], separate: true,
        conditional: false, wording: Email me offers. }
  when: *offer
  then: { decision: allow, basis: consent }
";

/// What a case that fails expects of the first.
const WRONG: &str =
    "decision: allow\n    because:\n      - [pecr.reg22.consent, 22(2)]\n      - [pecr.reg23.identity, 23(a)]";
const RIGHT: &str =
    "decision: deny\n    because:\n      - [pecr.reg22.consent, 22(2)]\n      - [pecr.reg22.soft-opt-in, 22(3)(a)]";

/// A directory with `cases/senders.yaml` and these files beside it.
fn directory(files: &[(&str, &str)]) -> TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    let cases = directory.path().join("cases");
    fs::create_dir(&cases).expect("a directory");
    for (name, text) in [("senders.yaml", SENDERS)].iter().chain(files) {
        fs::write(cases.join(name), text).expect("a file");
    }
    directory
}

/// What the program said and how it ended.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs `maysend test` in a directory, without the settings of whoever runs the tests.
fn test(directory: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maysend"));
    let output = command.arg("test").args(arguments).current_dir(directory).env_clear().output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn json(directory: &Path, arguments: &[&str]) -> Value {
    let said = test(directory, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("no JSON: {said:?}"))
}

/// The counts of a summary that matter.
fn counts(report: &Value) -> [u64; 4] {
    ["cases", "passed", "failed", "undecided"].map(|name| report["summary"][name].as_u64().expect("a count"))
}

#[test]
fn cases_pass() {
    let dir = directory(&[("spring.yaml", CASES)]);
    let said = test(dir.path(), &["cases"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    assert!(said.out.starts_with("ok    2 cases: 2 passed ("), "{said:?}");
    // The working directory is what is tested where nothing is named.
    assert_eq!(test(&dir.path().join("cases"), &[]).code, Some(0));
    assert_eq!(test(dir.path(), &["cases/spring.yaml"]).code, Some(0));
}

#[test]
fn a_failure_shows_what_was_expected_and_what_came() {
    let dir = directory(&[("spring.yaml", &CASES.replace(RIGHT, WRONG))]);
    let said = test(dir.path(), &["cases"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    let expected = "\
FAIL  a stranger is not mailed
      cases/spring.yaml:1 (PECR reg 22(2))
      decision
        - allow
        + deny
      because
          pecr.reg22.consent 22(2)
        - pecr.reg23.identity 23(a)
        + pecr.reg22.soft-opt-in 22(3)(a)
            nobody has told us that";
    assert!(said.out.starts_with(expected), "{}", said.out);
    assert!(said.out.contains("\n      more: maysend test cases/spring.yaml:1 --verbose\n"), "{}", said.out);
    assert!(said.out.contains("FAIL  2 cases: 1 passed, 1 failed ("), "{}", said.out);
    let more = test(dir.path(), &["cases/spring.yaml:1", "--verbose"]);
    assert!(more.code == Some(1) && more.out.contains("      DENY: this message must not be sent."), "{}", more.out);
    let stopped = json(dir.path(), &["cases", "--fail-fast"]);
    assert_eq!((counts(&stopped), &stopped["summary"]["not_run"]), ([2, 0, 1, 0], &Value::from(1)));
}

#[test]
fn every_bad_file_is_told_and_the_others_are_run() {
    let faulty = CASES.replace("channel: email", "chanel: email").replace("how: unticked_box", "how: unticked_bocks");
    let dir = directory(&[("a.yaml", &faulty), ("b.yaml", "- name: [\n"), ("c.yaml", CASES)]);
    let said = test(dir.path(), &["cases"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    let told = "cases/a.yaml:5:5: /0/when/chanel: `chanel` is no field here (did you mean `channel`?)";
    assert!(said.out.contains(told), "{}", said.out);
    let told = "/1/given/0/how: this is none of the values allowed here (did you mean `unticked_box`?)";
    assert!(said.out.contains(told), "{}", said.out);
    assert!(said.out.contains("cases/b.yaml:2:1: this is not YAML: "), "{}", said.out);
    assert!(said.out.contains("2 cases: 2 passed, 2 files with faults"), "{}", said.out);
}

#[test]
fn a_case_without_a_decision_is_no_pass() {
    let early = CASES.replace("  then: { decision: allow", "  as_of: 1999-01-01\n  then: { decision: allow");
    let dir = directory(&[("a.yaml", &early)]);
    let said = test(dir.path(), &["cases"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.out.contains("/1/when: there is no decision: the rulebook covers the law from "), "{}", said.out);
    let twice = CASES
        .replace("  given:\n", "  given:\n    - { type: complaint_made, occurred_at: 2026-03-01T10:00:00Z, id: e2 }\n");
    let dir = directory(&[("a.yaml", &twice)]);
    let said = test(dir.path(), &["cases", "--format", "junit"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.out.contains("/1/given/1: another event of the case has this `id`"), "{}", said.out);
}

#[test]
fn filters_choose_cases() {
    let dir = directory(&[("spring.yaml", CASES), ("autumn.yaml", CASES)]);
    assert_eq!(counts(&json(dir.path(), &["cases", "--filter", "STRANGER"])), [2, 2, 0, 0]);
    assert_eq!(counts(&json(dir.path(), &["cases", "--filter", "/^cases.autumn/"])), [2, 2, 0, 0]);
    assert_eq!(counts(&json(dir.path(), &["cases/autumn.yaml:15"])), [1, 1, 0, 0]);
    let none = test(dir.path(), &["cases", "--filter", "nobody"]);
    assert_eq!((none.code, none.out.as_str()), (Some(2), ""));
    assert!(none.err.contains("no case matches the filter"), "{none:?}");
}

/// The consent was given in March 2026: on a day before, the law does not know of it.
#[test]
fn another_day_is_for_cases_that_name_none() {
    let dated = CASES.replace("  when: *offer", "  as_of: 2026-05-01\n  when: *offer");
    let dir = directory(&[("dated.yaml", &dated), ("open.yaml", CASES)]);
    let report = json(dir.path(), &["cases", "--as-of", "2026-02-04"]);
    assert_eq!(counts(&report), [4, 3, 1, 0]);
    assert_eq!(report["files"][1]["file"], "cases/open.yaml");
    assert_eq!(report["files"][1]["cases"][1]["answer"]["law"]["as_of"], "2026-02-04");
    for day in ["1999-01-01", "2999-01-01"] {
        assert_eq!(test(dir.path(), &["cases", "--as-of", day]).code, Some(2));
    }
}

#[test]
fn another_reading_is_for_senders_that_state_none() {
    let push = CASES.replace("channel: email", "channel: push").replace("{ email: jo@example.com }", "{ account: jo }");
    let push = push.replace(RIGHT, "decision: deny");
    let dir = directory(&[("push.yaml", &push)]);
    assert_eq!(counts(&json(dir.path(), &["cases", "--filter", "stranger"])), [1, 1, 0, 0]);
    assert_eq!(counts(&json(dir.path(), &["cases", "--filter", "stranger", "--policy", "literal"])), [1, 0, 1, 0]);
}

#[test]
fn a_junit_report_is_read_back() {
    let dir = directory(&[("a.yaml", &CASES.replace(RIGHT, WRONG)), ("b.yaml", "x: 1"), ("c.yaml", CASES)]);
    let said = test(dir.path(), &["cases", "--junit", "report.xml"]);
    assert_eq!(said.code, Some(2));
    let written = fs::read_to_string(dir.path().join("report.xml")).expect("a report");
    assert_eq!(steady(&test(dir.path(), &["cases", "--format", "junit"]).out), steady(&written));
    let report = roxmltree::Document::parse(&written).expect("XML");
    let suites: Vec<_> = report.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    let told = |name| suites.iter().map(|suite| suite.attribute(name).unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(told("name"), ["cases/b.yaml", "cases/a.yaml", "cases/c.yaml"]);
    assert_eq!(
        (told("tests"), told("failures"), told("errors")),
        (vec!["1", "2", "2"], vec!["0", "1", "0"], vec!["1", "0", "0"])
    );
    let failure = report.descendants().find(|node| node.has_tag_name("failure")).expect("a failure");
    assert!(failure.text().is_some_and(|text| text.contains("- allow\n  + deny")), "{written}");
    let case = failure.parent().expect("a case");
    assert_eq!((case.attribute("name"), case.attribute("line")), (Some("a stranger is not mailed"), Some("1")));
    assert!(report.descendants().any(|node| node.attribute("name") == Some("a supporter of the <old> list is")));
}

/// The XML without the times.
fn steady(xml: &str) -> String {
    let part = |part: &str| part.split_once('"').map_or(part.to_owned(), |(_, rest)| rest.to_owned());
    xml.split(" time=\"").enumerate().map(|(index, it)| if index == 0 { it.to_owned() } else { part(it) }).collect()
}

#[test]
fn coverage_tells_what_was_reached_and_what_was_not() {
    let dir = directory(&[("spring.yaml", CASES)]);
    let said = test(dir.path(), &["cases", "--coverage"]);
    assert_eq!(said.code, Some(0));
    let row = said.out.lines().find(|line| line.starts_with("pecr.reg22.consent ")).expect("a row");
    assert_eq!(row.split_whitespace().skip(1).take(2).collect::<Vec<_>>(), ["1", "1"]);
    assert!(said.out.contains("\nNot reached:\n"), "{}", said.out);
    assert!(said.out.contains("  pecr.reg22.soft-opt-in 22(3)(b): fails in no case that is denied\n"), "{}", said.out);
    let total = said.out.lines().last().expect("a line");
    assert!(
        total.starts_with("coverage: ") && total.ends_with(" limbs are reached by an allow and by a deny"),
        "{total}"
    );
    let coverage = &json(dir.path(), &["cases", "--coverage"])["coverage"];
    assert!(coverage["total"]["limbs"].as_u64() > coverage["total"]["limbs_reached"].as_u64());
    assert!(coverage["not_reached"].as_array().is_some_and(|gaps| gaps.iter().all(|gap| gap["rule"].is_string())));
    assert_eq!(json(dir.path(), &["cases"]).get("coverage"), None);
}

#[test]
fn the_golden_cases_reach_everything_and_say_so() {
    let said = test(Path::new(env!("CARGO_MANIFEST_DIR")), &["tests/cases"]);
    assert_eq!(said.code, Some(0), "{}", said.out);
    let total = said.out.lines().last().expect("a line");
    assert!(
        total.starts_with("coverage: every rule (") && total.ends_with("reached by an allow and by a deny"),
        "{total}"
    );
}

#[test]
fn nothing_to_test_is_an_error() {
    let empty = tempfile::tempdir().expect("a directory");
    let said = test(empty.path(), &[]);
    assert!(said.code == Some(2) && said.err.contains("no file of cases is there"), "{said:?}");
    let said = test(empty.path(), &["nowhere"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (Some(2), "maysend: cannot read `nowhere`: no such file or directory\n")
    );
}

/// Colours are for terminals: there is none here.
#[test]
fn no_colour_goes_into_a_file() {
    let dir = directory(&[("spring.yaml", &CASES.replace(RIGHT, WRONG))]);
    assert!(!test(dir.path(), &["cases", "--coverage", "--verbose"]).out.contains('\u{1b}'));
}

/// What an editor checks with the schema is what the program reads: every golden case, and not what has a fault.
#[test]
fn the_schema_fits_the_golden_cases() {
    let schema = test(Path::new(env!("CARGO_MANIFEST_DIR")), &["--schema"]).out;
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("cases.json", schema).expect("a resource");
    let index = compiler.compile("cases.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
    for file in golden_files() {
        let value = yaml(&fs::read_to_string(&file).expect("a file"));
        schemas.validate(&value, index).unwrap_or_else(|error| panic!("{}: {error:#}", file.display()));
    }
    let changes =
        [("channel:", "chanel:"), ("decision: deny", "decision: no"), ("22(2)", "22(2), x"), ("reg22", "reg99")];
    for (sound, faulty) in changes {
        assert!(schemas.validate(&yaml(CASES), index).is_ok());
        assert!(schemas.validate(&yaml(&CASES.replace(sound, faulty)), index).is_err(), "{faulty}");
    }
}

fn golden_files() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(ending) if ending == "yaml" => files.push(path),
                _ => {}
            }
        }
    }
    files
}

/// YAML as an editor sees it.
fn yaml(text: &str) -> Value {
    serde_norway::from_str(text).expect("YAML")
}
