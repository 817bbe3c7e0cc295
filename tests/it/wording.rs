//! What must hold whatever the words of a message are.

use maysend::{
    message::{Content, read},
    terms::wording::{FindingKind, Strength},
};
use proptest::{prelude::*, sample::select};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    world::{World, now},
    worlds::{APPEAL, ASKS, DOUBTFUL, LABEL, NEUTRAL, OFFER, SELLS, STOP, worlds},
};

/// How many worlds each property is tried on.
const CASES: u32 = 10_000;

/// The worlds are worth something only if their sentences are found to do what they are there for.
#[rstest]
#[case::neutral(NEUTRAL, None)]
#[case::an_offer(OFFER, Some((FindingKind::Promotes, Strength::Strong)))]
#[case::an_appeal(APPEAL, Some((FindingKind::Promotes, Strength::Strong)))]
#[case::asking(ASKS, Some((FindingKind::AsksForPermission, Strength::Strong)))]
#[case::selling(SELLS, Some((FindingKind::SurveyThatSells, Strength::Strong)))]
#[case::a_label(LABEL, Some((FindingKind::ClaimsToBeService, Strength::Strong)))]
#[case::doubtful(DOUBTFUL, Some((FindingKind::Promotes, Strength::Weak)))]
#[case::a_way_to_refuse(STOP, None)]
fn the_sentences_of_the_worlds(#[case] text: &str, #[case] expected: Option<(FindingKind, Strength)>) {
    let reading = read(&Content { text: Some(text), ..Content::default() });
    let found = reading
        .findings
        .iter()
        .map(|finding| (finding.kind, finding.strength))
        .filter(|(_, it)| *it != Strength::Review);
    let found: Vec<_> = found.collect();
    // Each does one thing alone, so that it can be taken out by itself.
    assert!(found.iter().all(|found| Some(*found) == expected) && found.is_empty() == expected.is_none(), "{found:?}");
    assert_eq!(reading.found.opt_out.is_some(), text == STOP);
}

/// Words that make a message marketing.
fn words() -> impl Strategy<Value = &'static str> {
    select(vec![OFFER, APPEAL, ASKS, SELLS])
}

/// The same message with a text, and with more words in it.
fn reworded(world: &World, words: &str) -> [World; 2] {
    let text = world.request["message"]["text"].as_str().unwrap_or(NEUTRAL).to_owned();
    [world.with("/message/text", json!(text)), world.with("/message/text", json!(format!("{text}\n\n{words}")))]
}

/// The decision and what fails.
fn outcome(answer: &Value) -> (Value, Vec<Value>) {
    let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
    let failing = reasons.iter().filter(|reason| reason["outcome"] != "met");
    (answer["decision"].clone(), failing.map(|reason| json!([reason["rule"], reason["limb"]])).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    /// Words that promote never turn a deny of a declared service message or survey into an allow.
    #[test]
    fn words_that_promote_never_allow(world in worlds(), purpose in select(vec!["service", "research"]), words in words()) {
        let [before, after] = reworded(&world.with("/purpose", json!(purpose)), words);
        prop_assert!(before.allows() || !after.allows());
    }

    /// A message that is declared as marketing is decided alike whatever is found in its words: they do not show what
    /// it is, only its form.
    #[test]
    fn declared_marketing_is_decided_as_declared(
        world in worlds(),
        purpose in select(vec!["commercial", "charity", "political", "consent_request"]),
        words in words(),
    ) {
        let [before, after] = reworded(&world.with("/purpose", json!(purpose)), words);
        prop_assert_eq!(outcome(&before.answer()), outcome(&after.answer()));
    }

    /// Whatever a message is called, words that promote do not reach a person who has objected.
    #[test]
    fn an_objection_beats_every_label(world in worlds(), purpose in select(vec!["service", "research"]), words in words()) {
        let person = world.with("/purpose", json!(purpose)).with("/recipient/subscriber", json!("individual"));
        let person = person.with("/audience", json!("person")).with("/message/contains_promotion", json!(false));
        let [_, worded] = reworded(&person, words);
        let objection = json!({ "type": "objection_raised", "occurred_at": now().to_string() });
        prop_assert!(!worded.and(objection).allows());
    }

    /// The text changes nothing but what is found in it: a neutral one leaves every answer as it is, but for the way to
    /// refuse that it does not show.
    #[test]
    fn neutral_words_change_nothing(world in worlds()) {
        let silent = World { request: without_text(&world.request), ..world.clone() };
        let [neutral, _] = reworded(&silent, "");
        let (mut before, after) = (outcome(&silent.answer()), outcome(&neutral.answer()));
        let unshown = json!(["policy.opt-out-shown", "opt-out-shown"]);
        if after.1.contains(&unshown) {
            prop_assert_eq!(&after.0, "deny");
        } else {
            prop_assert_eq!(std::mem::take(&mut before.0), after.0);
        }
    }
}

fn without_text(request: &Value) -> Value {
    let mut request = request.clone();
    if let Some(message) = request["message"].as_object_mut() {
        message.remove("text");
    }
    request
}
