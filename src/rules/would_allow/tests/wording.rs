//! What is suggested where the words of the message decide.

use rstest::rstest;

use super::{Alternatives, decided, ways};
use crate::{
    facts::{Extent, Facts, Message},
    rules::testing::{AFTER, Change, F, of_service, said, to_a_company, with, worded},
    terms::{
        refusal::OptOut,
        wording::{FindingKind, Strength},
    },
};

/// Words that promote, in a message that is declared as none, are taken out together with whatever else promotes in it.
#[rstest]
#[case::words(|f: F| worded(f, FindingKind::Promotes, Strength::Strong), &["message.text"])]
#[case::two_kinds(
    |f: F| {
        worded(f, FindingKind::Promotes, Strength::Strong);
        worded(f, FindingKind::AsksForPermission, Strength::Strong);
    },
    &["message.text", "message.text"],
)]
#[case::and_the_caller_says_so(
    |f: F| {
        worded(f, FindingKind::SurveyThatSells, Strength::Strong);
        f.message.contains_promotion = Some(true);
    },
    &["message.contains_promotion", "message.text"],
)]
#[case::a_label(|f: F| worded(f, FindingKind::ClaimsToBeService, Strength::Strong), &["message.contains_promotion"])]
#[case::words_and_a_label(
    |f: F| {
        worded(f, FindingKind::Promotes, Strength::Strong);
        worded(f, FindingKind::ClaimsToBeService, Strength::Strong);
    },
    &["message.contains_promotion", "message.text"],
)]
fn words_that_promote_are_taken_out(#[case] change: Change, #[case] expected: &[&str]) {
    let facts = with(of_service(), |f| {
        f.message.contains_promotion = None;
        f.stops.objection = said("objection_raised", AFTER);
    });
    let mut ways = ways(&with(facts, change));
    ways.sort();
    let mut expected = vec![expected.to_vec(), vec!["consent_given"]];
    expected.sort();
    assert_eq!(ways, expected);
}

/// Of a message whose words were read, what is stated of its form must be found in it.
#[rstest]
#[case::a_simple_way(OptOut::Link, "message.text")]
#[case::by_letter(OptOut::PostalAddress, "message.opt_out")]
fn the_way_to_refuse_is_shown(#[case] stated: OptOut, #[case] fact: &str) {
    let facts = with(to_a_company(), |f| f.content.extent = Extent::Whole);
    let facts = Facts { message: Message { opt_out: Some(stated), ..facts.message }, ..facts };
    assert_eq!(ways(&facts).first(), Some(&vec![fact]));
}

/// A label is asked about where nobody said what else stands in the message, and the answer says what would be satisfied.
#[test]
fn a_label_is_asked_about() {
    let facts = with(of_service(), |f| {
        f.message.contains_promotion = None;
        worded(f, FindingKind::ClaimsToBeService, Strength::Strong);
    });
    let decision = decided(&facts);
    let found = Alternatives::to(&decision);
    let asks: Vec<_> = found.asks(&decision).iter().map(|ask| (ask.rule.id, ask.seen.unwrap().fact)).collect();
    assert!(asks.contains(&("policy.self-declared-service", "message.contains_promotion")), "{asks:?}");
    let satisfies: Vec<_> = found.sets[0][0].satisfies.iter().map(|(_, limb)| limb.id).collect();
    assert_eq!(satisfies, ["service-message", "self-declared"]);
}
