//! Files in a directory of their own, each row with one thing wrong.

use std::fs;

use super::*;

const SENDERS: &str = "acme: { legal_name: Acme Bikes Ltd, kind: company }\n";

/// A sound case; a row replaces a part of it.
const CASE: &str = "\
- name: nobody agreed
  given:
    - { type: age_stated, occurred_at: 2026-03-02T10:00:00Z, age: 40 }
  when:
    sender: acme
    channel: email
    purpose: commercial
    recipient: { email: jo@example.com }
  then:
    decision: deny
    because: [[pecr.reg22.consent, 22(2)]]
";

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

/// A directory with these files, and what is loaded of it. Paths are told from the directory on.
fn suite_of(files: &[(&str, &str)]) -> (Suite, Vec<String>) {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().canonicalize().unwrap();
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let suite = load(std::slice::from_ref(&root), &Defaults::default(), now()).unwrap();
    let above = format!("{}/", root.display());
    let told = suite.bad.iter().map(|bad| bad.to_string().replace(&above, "")).collect();
    (suite, told)
}

#[test]
fn a_sound_case_is_read() {
    let (suite, bad) =
        suite_of(&[("senders.yaml", SENDERS), ("a/b.yml", CASE), ("a/.c/d.yaml", "no"), ("e.txt", "no")]);
    assert_eq!((suite.count(), bad), (1, vec![]));
    assert_eq!(suite.files[0].scenarios[0].place, Place { line: 1, column: 3 });
}

#[rstest::rstest]
#[case("sender: acme", "sender: acne", "5:5: /0/when/sender: no sender has this id", "(did you mean `acme`?)")]
#[case(
    "channel: email",
    "chanel: email",
    "6:5: /0/when/chanel: `chanel` is no field here",
    "(did you mean `channel`?)"
)]
#[case("name:", "nmae:", "1:3: /0/nmae: `nmae` is no field here", "(did you mean `name`?)")]
#[case("decision: deny", "decision: dney", "10:5: /0/then/decision: this is none", "(did you mean `deny`?)")]
#[case("age: 40", "age: 140", "3:62: /0/given/0/age: this must be at most 130", "")]
#[case("type: age_stated", "type: age_statd", "3:9: /0/given/0/type: this is none", "(did you mean `age_stated`?)")]
#[case("2026-03-02T10:00:00Z", "2026-03-02", "3:27: /0/given/0/occurred_at: this must be a date and time", "")]
#[case(
    "2026-03-02T10:00:00Z",
    "2999-03-02T10:00:00Z",
    "3:27: /0/given/0/occurred_at: this lies more than 24 hours",
    ""
)]
#[case("jo@example.com", "jo", "8:18: /0/when/recipient/email: ", "")]
#[case(
    "email: jo@example.com",
    "phone: 07700900123",
    "8:18: /0/when/recipient/phone: this must be a string: put it in quotes",
    ""
)]
#[case(
    "reg22.consent,",
    "reg22.consnet,",
    "11:16: /0/then/because/0/0: no rule has this id",
    "(did you mean `pecr.reg22.consent`?)"
)]
#[case(
    "22(2)",
    "22(9)",
    "11:36: /0/then/because/0/1: `pecr.reg22.consent` has no such limb",
    "(did you mean `22(2)`?)"
)]
#[case(
    "22(2)]]",
    "22(2)]]\n    obligations: [keep_evidnce]",
    "12:19: /0/then/obligations/0: no obligation",
    "(did you mean `keep_evidence`?)"
)]
#[case("- name: nobody agreed\n", "- source: x\n", "1:3: /0/name: field `name` is missing", "")]
#[case("  then:", "  then: {", "11:12: this is not YAML: ", "")]
#[case("decision: deny", "decision: deny\n    decision: deny", "11:5: this is not YAML: duplicated key", "")]
fn a_fault_has_its_place_and_what_was_meant(
    #[case] sound: &str,
    #[case] faulty: &str,
    #[case] begins: &str,
    #[case] ends: &str,
) {
    assert!(CASE.contains(sound));
    let (suite, bad) = suite_of(&[("senders.yaml", SENDERS), ("a.yaml", &CASE.replace(sound, faulty))]);
    assert_eq!(suite.count(), 0);
    let told = |bad: &String| bad.starts_with(&format!("a.yaml:{begins}")) && bad.ends_with(ends);
    assert!(bad.iter().any(told), "{bad:?}");
}

#[test]
fn every_bad_file_is_told() {
    let two = format!("{}{}", CASE.replace("sender: acme", "sender: acne"), CASE.replace("deny", "dney"));
    let (suite, bad) =
        suite_of(&[("senders.yaml", SENDERS), ("a.yaml", &two), ("b.yaml", ""), ("c.yaml", CASE), ("d.yaml", "x: 1")]);
    assert_eq!((suite.count(), suite.bad_files(), bad.len()), (1, 3, 4), "{bad:?}");
    assert!(bad[2].starts_with("b.yaml:") && bad[2].ends_with("this file holds no case"), "{bad:?}");
    assert!(bad[3].ends_with("this must be a list of cases"), "{bad:?}");
}

#[test]
fn all_that_is_wrong_with_a_case_is_told_and_nothing_twice() {
    let faulty = CASE.replace("sender: acme", "sender: A!").replace("channel:", "chanel:").replace("22(2)", "22(9)");
    let faulty = faulty.replace("age: 40", "id: to jo@example.com, age: 40");
    let (_, bad) = suite_of(&[("senders.yaml", SENDERS), ("a.yaml", &faulty)]);
    let lines: Vec<_> = bad.iter().map(|bad| bad.split(':').nth(1).unwrap()).collect();
    assert_eq!(lines, ["3", "4", "5", "6", "11"], "{bad:?}");
    assert!(bad.iter().all(|bad| !bad.contains("jo@")), "{bad:?}");
}

#[test]
fn senders_apply_to_their_directory_and_those_below() {
    let other = "acme: { legal_name: The Acme Trust, kind: charity }\n";
    let files = [("senders.yaml", SENDERS), ("a.yaml", CASE), ("b/c/d.yaml", CASE), ("b/senders.yaml", other)];
    let (suite, bad) = suite_of(&files);
    assert!(bad.is_empty(), "{bad:?}");
    let kinds: Vec<_> = suite.files.iter().map(|file| &file.scenarios[0].case.senders["acme"]["kind"]).collect();
    assert_eq!(kinds, ["company", "charity"]);
}

#[test]
fn a_case_s_own_sender_goes_before() {
    let own =
        CASE.replace("  given:", "  senders: { acme: { legal_name: Acme, kind: charity, policy: literal } }\n  given:");
    let (suite, _) = suite_of(&[("senders.yaml", SENDERS), ("a.yaml", &own)]);
    assert_eq!(suite.files[0].scenarios[0].case.senders["acme"]["kind"], "charity");
}

#[rstest::rstest]
#[case("acme: { legal_name: '', kind: company }", "senders.yaml:1:9: /acme/legal_name: ")]
#[case("acme: { legal_name: ' ', kind: company }", "senders.yaml:1:9: /acme/legal_name: this is blank")]
#[case("acme: { legal_name: A, knid: company }", "senders.yaml:1:24: /acme/knid: `knid` is no field here")]
#[case("Acme: { legal_name: A, kind: company }", "senders.yaml:1:1: /Acme: this can be no id")]
#[case("- acme", "senders.yaml:1:1: this must be senders")]
fn bad_senders_hold_back_the_files_that_know_them(#[case] senders: &str, #[case] told: &str) {
    let (suite, bad) = suite_of(&[("senders.yaml", senders), ("a.yaml", CASE), ("b/c.yaml", CASE)]);
    assert_eq!((suite.count(), suite.held_back), (0, 2));
    assert!(bad.iter().any(|bad| bad.starts_with(told)), "{bad:?}");
}

#[rstest::rstest]
#[case(&["NOBODY"], 2)]
#[case(&["/nobody (agreed|came)$/"], 2)]
#[case(&["second"], 1)]
#[case(&["first", "second"], 2)]
fn filters_choose(#[case] filters: &[&str], #[case] expected: usize) {
    let (mut suite, _) = suite_of(&[("senders.yaml", SENDERS), ("first.yaml", CASE), ("second.yaml", CASE)]);
    let filters: Vec<String> = filters.iter().map(|filter| (*filter).to_owned()).collect();
    suite.choose(&filters).unwrap();
    assert_eq!(suite.count(), expected);
}

#[test]
fn a_filter_that_chooses_nothing_is_an_error() {
    let (mut suite, _) = suite_of(&[("senders.yaml", SENDERS), ("a.yaml", CASE)]);
    assert!(matches!(suite.choose(&["/(/".to_owned()]), Err(SuiteError::Filter(..))));
    assert!(matches!(suite.choose(&["22(2)".to_owned()]), Err(SuiteError::NoneChosen)));
}

#[test]
fn a_line_chooses_the_case_that_stands_there() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a.yaml");
    fs::write(directory.path().join("senders.yaml"), SENDERS).unwrap();
    fs::write(&file, format!("# Two cases.\n{CASE}{}", CASE.replace("nobody", "somebody"))).unwrap();
    let at = |line: usize| {
        let argument = PathBuf::from(format!("{}:{line}", file.display()));
        load(&[argument], &Defaults::default(), now()).map(|suite| suite.files[0].scenarios[0].case.name.clone())
    };
    assert_eq!((at(2).unwrap().as_str(), at(13).unwrap().as_str()), ("nobody agreed", "somebody agreed"));
    assert!(matches!(at(1), Err(SuiteError::NoCaseAt(_, 1))));
    assert!(matches!(load(&["nowhere".into()], &Defaults::default(), now()), Err(SuiteError::Read(..))));
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(load(&[empty.path().to_owned()], &Defaults::default(), now()), Err(SuiteError::NoFiles)));
}
