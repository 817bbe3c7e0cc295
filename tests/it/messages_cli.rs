//! `maysend read`: the real program, what it shows and how it ends.

use std::fs;

use serde_json::{Value, json};

use crate::{
    cli::{Said, run},
    server::Server,
};

const PROMOTES: &str = "Your bicycle waits for you in the shop. Enjoy 20% off your next order.";
const SERVES: &str = "Your appointment is on Monday at 9:30. Please bring your passport.";

fn read(arguments: &[&str], input: &str) -> Said {
    run(&[&["read"], arguments].concat(), input)
}

#[test]
fn the_exit_code_says_whether_anything_strong_was_found() {
    let found = read(&["-"], PROMOTES);
    assert_eq!((found.code, found.err.as_str()), (Some(1), ""), "{}", found.out);
    let nothing = read(&["-"], SERVES);
    assert_eq!((nothing.code, nothing.err.as_str()), (Some(0), ""), "{}", nothing.out);
    let empty = read(&["-"], " \n");
    assert_eq!((empty.code, empty.out.as_str()), (Some(2), ""));
    assert_eq!(empty.err, "maysend: there is nothing to read in standard input\n");
    let missing = read(&["nothing.eml"], "");
    let reason = "maysend: cannot read `nothing.eml`: no such file or directory\n";
    assert_eq!((missing.code, missing.err.as_str()), (Some(2), reason));
}

/// Nothing read is not nothing found: a script must not take it for a message without marketing wording.
#[test]
fn a_message_no_part_of_which_can_be_read_is_no_success() {
    let german = "Ihr Fahrrad steht im Laden bereit und wartet darauf, dass Sie es in den n\u{e4}chsten Tagen abholen.";
    let said = read(&["-", "--format", "text"], german);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert_eq!(said.err, "maysend: no part of standard input could be read\n");
    assert!(said.out.starts_with("Nothing could be read."), "{}", said.out);
}

#[test]
fn the_json_is_the_service_s_answer() {
    let said = read(&["-", "--subject", "Your order"], PROMOTES);
    let answer: Value = serde_json::from_str(&said.out).expect("JSON into a pipe");
    let served = Server::start().post("/messages/read", &json!({"subject": "Your order", "text": PROMOTES}));
    assert_eq!(answer, served.json());
}

#[test]
fn a_file_is_read_as_what_it_is() {
    let above = tempfile::tempdir().expect("a directory");
    let field = |name: &str, text: &[u8], arguments: &[&str]| {
        let file = above.path().join(name);
        fs::write(&file, text).expect("a file");
        let said = read(&[arguments, &[file.to_str().expect("text")]].concat(), "");
        let answer: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
        let fields = answer["parts"].as_array().expect("parts").iter().map(|part| part["field"].to_string());
        fields.collect::<Vec<_>>().join(" ")
    };
    let mail =
        format!("Subject: Your order\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nCaf\u{e9}: {PROMOTES}");
    let mail: Vec<u8> = mail.chars().map(|c| u8::try_from(u32::from(c)).expect("a character of ISO 8859-1")).collect();
    assert_eq!(field("a.eml", &mail, &[]), r#""subject" "text""#);
    assert_eq!(field("mail", &mail, &[]), r#""subject" "text""#);
    assert_eq!(field("a.html", PROMOTES.as_bytes(), &[]), r#""html""#);
    assert_eq!(field("page", format!("<html><p>{PROMOTES}</p>").as_bytes(), &[]), r#""html""#);
    assert_eq!(field("a.txt", PROMOTES.as_bytes(), &[]), r#""text""#);
    assert_eq!(field("a.txt", PROMOTES.as_bytes(), &["--as", "html"]), r#""html""#);
    assert_eq!(field("a.txt", PROMOTES.as_bytes(), &["--subject", "Your order"]), r#""subject" "text""#);
}

#[test]
fn what_is_no_text_is_told_with_the_way_out() {
    let above = tempfile::tempdir().expect("a directory");
    let refused = |name: &str, bytes: &[u8]| {
        let file = above.path().join(name);
        fs::write(&file, bytes).expect("a file");
        let said = read(&[file.to_str().expect("text")], "");
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
        said.err
    };
    assert!(refused("a.txt", b"caf\xe9").contains("is not text in UTF-8"));
    assert!(refused("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0").contains("save the message as `.eml`"));
}

#[test]
fn a_person_sees_the_words_marked_and_nothing_moves_the_cursor() {
    let text = format!("{PROMOTES}\u{1b}[2J\u{9b}1A\r\nFound:\n");
    let said = read(&["-", "--format", "text"], &text);
    assert_eq!(said.code, Some(1));
    assert!(said.out.starts_with("Marketing wording found.\n\nText:\n  | Your bicycle waits"), "{}", said.out);
    assert!(said.out.contains("20% off]]{1} your next order"), "{}", said.out);
    for part in ["\n  1  promotes (strong, offer): ", "ICO, penalties", "\nThe message shows:\n  - no way to refuse"] {
        assert!(said.out.contains(part), "{part} in {}", said.out);
    }
    assert!(!said.out.contains(|c: char| c.is_control() && c != '\n'), "{:?}", said.out);
    assert_eq!(said.out.matches("\nFound:").count(), 1);
}

/// With colours there are no brackets, and no escape but those of the colours.
#[test]
fn colours_stand_in_for_the_brackets() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_maysend"));
    let above = tempfile::tempdir().expect("a directory");
    let file = above.path().join("a.txt");
    fs::write(&file, format!("{PROMOTES}\u{1b}[2J")).expect("a file");
    command.args(["read", "--format", "text"]).arg(&file).env_clear().env("CLICOLOR_FORCE", "1");
    let out = String::from_utf8(command.output().expect("the program ends").stdout).expect("text");
    assert!(!out.contains("[[") && !out.contains("\u{1b}[2J"), "{out:?}");
    assert!(out.contains("\u{1b}[4m") && out.contains("20% off\u{1b}[0m"), "{out:?}");
}
