//! What the cues find, and what they leave alone.

use rstest::rstest;

use super::GRAMMAR;
use crate::{
    message::{Content, Finding, classes::CLASSES, read},
    terms::wording::{CueFamily, FindingKind, Strength},
};

fn findings(text: &str) -> Vec<Finding> {
    read(&Content { text: Some(text), ..Content::default() }).findings
}

#[test]
fn every_pattern_can_be_read_and_begins_with_something() {
    assert_eq!(GRAMMAR.misspelt, Vec::<String>::new());
    let names: Vec<_> = CLASSES.iter().map(|(name, _)| *name).collect();
    assert!(names.len() <= 64 && names.starts_with(&["not", "joining"]));
}

/// The families of the findings that decide.
fn strong(text: &str) -> Vec<(FindingKind, CueFamily)> {
    let decides = |finding: &Finding| finding.strength == Strength::Strong;
    findings(text).into_iter().filter(decides).map(|finding| (finding.kind, finding.family)).collect()
}

#[rstest]
#[case::denied("We will not send you offers. We never offer you a discount by text.")]
#[case::asked_for("Here is the quote you asked for.")]
#[case::branding("Acme Energy: brightening your day since 1950")]
#[case::an_opt_out_line("To stop these messages reply STOP")]
#[case::confirming("Thank you for confirming: you will now receive our newsletter")]
fn what_is_no_cue_alone(#[case] text: &str) {
    assert_eq!(strong(text), []);
}

/// The label does not help: what stands beside it is found all the same.
#[test]
fn a_label_lowers_nothing() {
    let offer = "Get 20% off your next order.";
    let labelled = format!("This is a service message. {offer}");
    assert_eq!(strong(&labelled), strong(offer));
    assert!(
        findings(&labelled).iter().any(|it| it.kind == FindingKind::ClaimsToBeService && it.strength == Strength::Weak)
    );
}

#[test]
fn a_label_that_speaks_of_the_persons_choice_is_strong() {
    let text = "This service email does not change your marketing preferences.";
    assert_eq!(strong(text), [(FindingKind::ClaimsToBeService, CueFamily::Label)]);
}

/// A denial reaches as far as its clause.
#[test]
fn a_denial_does_not_reach_into_the_next_sentence() {
    let text = "Your price will not go up this year. We'd love to stay in touch with offers.";
    assert_eq!(strong(text), [(FindingKind::AsksForPermission, CueFamily::Permission)]);
}

#[test]
fn the_words_are_those_of_the_cue() {
    let text = "Hello. Your parcel is here. Enjoy 15% off your next order!";
    let reading = read(&Content { text: Some(text), ..Content::default() });
    let first = reading.findings.first().expect("a finding");
    assert_eq!(
        (reading.words(first.span), reading.words(first.sentence)),
        ("15% off", "Enjoy 15% off your next order!")
    );
    assert_eq!(first.quote, "Enjoy 15% off your next order!");
}
