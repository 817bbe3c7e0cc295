//! Texts of our own, and what reading finds in each: `tests/texts`.

use maysend::{
    message::{Content, read},
    terms::wording::{FindingKind, Strength},
};

/// The kind and the family of what decides, in a text.
fn strong(text: &str) -> Vec<(&'static str, &'static str)> {
    let findings = read(&Content { text: Some(text), ..Content::default() }).findings;
    let decides =
        findings.iter().filter(|it| it.strength == Strength::Strong && it.kind != FindingKind::ClaimsToBeService);
    decides.map(|finding| (finding.kind.as_str(), finding.family.as_str())).collect()
}

/// The lines of a file that are no comments.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn what_promotes_or_asks_is_found_for_what_it_is() {
    for line in lines(include_str!("../texts/decides.txt")) {
        let mut columns = line.splitn(3, '\t');
        let (kind, family, text) =
            (columns.next().expect("a kind"), columns.next().expect("a family"), columns.next().expect("a text"));
        let found = strong(text);
        assert!(found.contains(&(kind, family)), "{kind} {family} is not among {found:?}: {text}");
    }
}

#[test]
fn what_is_needed_decides_nothing() {
    for text in lines(include_str!("../texts/neutral.txt")) {
        assert_eq!(strong(text), [], "{text}");
    }
}

/// What cannot be seen is said, not hidden: see `docs/message-reading.md`.
#[test]
fn what_is_missed_is_known() {
    for text in lines(include_str!("../texts/missed.txt")) {
        assert_eq!(strong(text), [], "this is found now: move it to decides.txt: {text}");
    }
}
