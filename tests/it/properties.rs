//! What must hold in every world (the law's invariants).

use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::{
    world::{World, house_rules, now},
    worlds::{calls, events, stops, times, worlds},
};

/// How many histories each property is tried on.
const CASES: u32 = 10_000;

macro_rules! properties {
    ($($(#[doc = $doc:literal])+ fn $name:ident($($arg:ident in $strategy:expr),+ $(,)?) $body:block)+) => {
        proptest! {
            #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]
            $($(#[doc = $doc])+ #[test] fn $name($($arg in $strategy),+) $body)+
        }

        #[test]
        fn the_properties_are_counted() {
            let properties = [$(stringify!($name)),+].len();
            crate::count("properties", properties);
            crate::count("generated histories", properties * CASES as usize);
        }
    };
}

properties! {
    /// 1. An objection, a withdrawal, a refusal or a complaint never turns a deny into an allow.
    fn a_stop_never_allows(world in worlds(), stop in stops()) {
        prop_assert!(!world.and(stop).allows() || world.allows());
    }

    /// 2. A later specific consent never turns an allow into a deny.
    fn a_consent_never_denies(world in worlds()) {
        prop_assert!(!world.allows() || world.and(good_consent()).allows());
    }

    /// 3. Treating a company as a person never turns a deny into an allow, and unknown is a person. For a call the
    /// registers of both are asked for where nobody knows, so the unknown may be denied where the person is not.
    fn a_person_is_protected_more_than_a_company(world in worlds()) {
        let as_kind = |kind: &str| world.with("/recipient/subscriber", json!(kind)).allows();
        let calls = matches!(world.channel(), "live_call" | "automated_call");
        prop_assert!(!as_kind("individual") || as_kind("corporate") || calls);
        let nothing_known = World { events: without(&world.events, "subscriber_identified"), ..world.clone() };
        // What would turn the answer differs: that the unknown is a company can still be found out.
        let of = |kind: &str| nothing_known.with("/recipient/subscriber", json!(kind)).answer();
        let (unknown, individual) = (of("unknown"), of("individual"));
        if calls {
            prop_assert!(unknown["decision"] == "deny" || individual["decision"] == "allow");
        } else {
            prop_assert_eq!(&unknown["decision"], &individual["decision"]);
            prop_assert_eq!(failing(&unknown), failing(&individual));
        }
    }

    /// 4. Leaving out the opt-out, hiding the sender or the calling line, or giving no address never turns a deny into
    /// an allow.
    fn bad_form_never_allows(world in worlds()) {
        let worse = [
            ("/message/opt_out", json!("none")),
            ("/message/identifies_sender", json!(false)),
            ("/message/reply_address", json!(false)),
            ("/message/privacy_information", json!(false)),
            ("/message/right_to_object_told", json!(false)),
            ("/call/presents_cli", json!(false)),
            ("/call/names_caller", json!(false)),
            ("/call/address_or_freephone", json!(false)),
            ("/call/offers_opt_out", json!(false)),
        ];
        let allowed = world.allows();
        prop_assert!(worse.into_iter().all(|(pointer, value)| allowed || !world.with(pointer, value).allows()));
    }

    /// 5. A message that promotes is decided alike, whether it is declared service or research.
    fn promotion_outweighs_the_label(world in worlds()) {
        let promoting = world.with("/message/contains_promotion", json!(true));
        let declared = |purpose: &str| failing(&promoting.with("/purpose", json!(purpose)).answer());
        prop_assert_eq!(declared("service"), declared("research"));
    }

    /// 6. A machine's marketing call rests on nothing but a consent to such calls, asked for or not.
    fn a_machine_calls_by_consent_alone(world in calls()) {
        let machine = world.with("/call/plays_recorded_matter", json!(true));
        let answer = machine.answer();
        let basis = &answer["basis"];
        if answer["decision"] == "allow" && basis["kind"] != "not_direct_marketing" {
            prop_assert_eq!(&basis["kind"], "consent");
            let event = &world.events[index_of(&basis["event"]["id"])];
            prop_assert!(event["channels"].as_array().is_some_and(|channels| channels.contains(&json!("automated_call"))));
        }
    }

    /// 9. Of the days since a line was listed, only that between the 27th and the 28th turns an answer.
    fn only_the_twenty_eighth_day_counts(world in calls(), register in prop::sample::select(vec!["tps", "ctps"]), days in 0_i64..60) {
        let unlisted: Vec<_> =
            world.events.iter().filter(|event| event["register"] != register).cloned().collect();
        let world = World { events: unlisted, ..world };
        let listed = |days: i64| {
            let at = now() - jiff::SignedDuration::from_hours(24 * days);
            world.and(json!({ "type": "register_listed", "register": register, "occurred_at": at.to_string() })).allows()
        };
        prop_assert_eq!(listed(days), listed(if days < 28 { 27 } else { 28 }));
    }

    /// 10. A letter is never refused under the regulations on electronic communications.
    fn a_letter_is_no_electronic_communication(world in worlds()) {
        let letter = world.with("/channel", json!("post")).answer();
        prop_assert!(failing(&letter).iter().all(|(rule, _)| !rule.starts_with("pecr.")));
    }

    /// 7. The soft opt-in never carries details collected by another, or another's products.
    fn the_soft_opt_in_is_one_s_own(world in worlds()) {
        let answer = world.answer();
        if answer["basis"]["kind"] == "soft_opt_in" {
            prop_assert!(world.events[index_of(&answer["basis"]["event"]["id"])]["collected_by"] != "Sister Ltd");
            prop_assert!(world.request.get("promoted_party").is_none_or(|party| *party == world.request["sender"]));
        }
    }

    /// 8. The charitable soft opt-in carries nothing before 5 February 2026, and on the conservative reading no
    /// details collected before it.
    fn the_charitable_soft_opt_in_has_its_day(world in worlds()) {
        let before = world.with("/as_of", json!("2026-02-04"));
        prop_assert!(before.answer()["basis"]["kind"] != "charitable_soft_opt_in");
        let answer = world.answer();
        if answer["basis"]["kind"] == "charitable_soft_opt_in" {
            prop_assert!(answer["basis"]["event"]["occurred_at"].as_str() >= Some("2026-02-05"));
        }
    }

    /// 10. No letter is refused under PECR.
    fn pecr_refuses_no_letter(world in worlds()) {
        let letter = world.with("/channel", json!("post")).with("/recipient/postal", json!("1 High Street, Leeds"));
        prop_assert!(failing(&letter.answer()).iter().all(|(rule, _)| !rule.starts_with("pecr.")));
    }

    /// Legitimate interests, assessed as they may be, never rescue what PECR asks consent for.
    fn legitimate_interests_rescue_no_mail(world in worlds(), channel in select(vec!["email", "sms", "fax"])) {
        let message = world.with("/channel", json!(channel)).with("/lawful_basis", Value::Null);
        let pleading = message.with("/lawful_basis", json!("legitimate_interests")).with("/assessment", json!("LIA-1"));
        prop_assert!(!pleading.allows() || message.allows());
    }

    /// 11. Every deny cites a provision, every allow has its obligations, and guidance never carries a regulation's
    /// number alone.
    fn every_answer_cites(world in worlds()) {
        let answer = world.answer();
        let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
        prop_assert!(!reasons.is_empty());
        prop_assert!(reasons.iter().all(|reason| reason["citation"]["url"].as_str().is_some_and(|u| u.len() > 20)));
        let guidance = |reason: &&Value| reason["level"] == "ico_guidance";
        prop_assert!(reasons.iter().filter(guidance).all(|reason| reason["citation"]["instrument"] == "ICO guidance"));
        let obliged = answer["obligations"].as_array().is_some_and(|duties| !duties.is_empty());
        prop_assert_eq!(obliged, answer["decision"] == "allow");
        if answer["decision"] == "deny" {
            prop_assert!(!failing(&answer).is_empty());
        }
    }

    /// 12. The order of arrival does not matter.
    fn only_the_time_of_an_event_counts(world in worlds()) {
        let mut backwards = world.clone();
        // The ids go with the events, so that only the order differs.
        for (index, event) in backwards.events.iter_mut().enumerate() {
            event["id"] = json!(format!("e{index}"));
        }
        backwards.events.reverse();
        prop_assert_eq!(decisive(&world.answer()), decisive(&backwards.answer()));
    }

    /// An event that is recorded twice counts once.
    fn recording_twice_changes_nothing(world in worlds()) {
        let mut twice = world.clone();
        for (index, event) in twice.events.iter_mut().enumerate() {
            event["id"] = json!(format!("e{index}"));
        }
        twice.events.extend(twice.events.clone());
        prop_assert_eq!(decisive(&world.answer()), decisive(&twice.answer()));
    }

    /// What a caller gives with a check never outweighs what is on record against marketing.
    fn a_given_event_never_outweighs_a_recorded_stop(world in worlds(), at in times()) {
        let stopped = world.and(json!({ "type": "objection_raised", "occurred_at": at }));
        let given = stopped.with("/given", json!([good_consent()]));
        prop_assert!(!given.allows() || stopped.allows());
    }

    /// An erasure never turns a deny into an allow, whatever is asked about and whichever details of the person it names.
    fn an_erasure_never_allows(world in asked(), named in prop::sample::subsequence(vec!["email", "phone", "postal", "account"], 1..=4)) {
        prop_assert!(!world.allows_once_erased(&named) || world.allows());
    }

    /// The literal reading never refuses what the conservative one allows; and where the two part, the answer names the
    /// point: a warning on the literal reading, a mark on a reason on the conservative one.
    fn the_literal_reading_refuses_no_more(world in worlds(), push in prop::bool::weighted(0.1)) {
        let world = if push { world.with("/channel", json!("push")) } else { world };
        let [one, other] = [world.answer(), world.of_twin("other").answer()];
        let (conservative, literal) = if one["law"]["policy"] == "literal" { (other, one) } else { (one, other) };
        prop_assert!(conservative["decision"] == "deny" || literal["decision"] == "allow");
        let parts = conservative["decision"] != literal["decision"];
        let named = |list: &Value, reading: &str| {
            list.as_array().is_some_and(|list| list.iter().any(|point| point["reading"] == reading))
        };
        prop_assert!(!parts || named(&conservative["reasons"], "conservative"));
        prop_assert_eq!(parts, literal["decision"] == "allow" && named(&literal["warnings"], "literal"));
    }

    /// A house rule never turns a deny into an allow, and says nothing of what is no marketing.
    fn a_house_rule_only_tightens(world in worlds(), rules in prop::sample::select(house_rules())) {
        let (plain, own) = (world.answer(), world.of_twin(rules.0).answer());
        prop_assert!(own["decision"] == "deny" || plain["decision"] == "allow");
        if plain["basis"]["kind"] == "not_direct_marketing" {
            prop_assert_eq!(&own["decision"], "allow");
        }
        if own["decision"] != plain["decision"] {
            prop_assert!(failing(&own).iter().any(|(rule, _)| rule.starts_with("house.")));
        }
    }

    /// A consent of the person's own, later than all else, is always among what would turn an answer that is
    /// refused for want of a basis.
    fn what_would_turn_the_answer_is_told(world in worlds()) {
        let answer = world.answer();
        let no_basis = failing(&answer).iter().any(|(rule, _)| rule == "pecr.reg22.consent");
        prop_assert!(!no_basis || answer["would_allow_if"].as_array().is_some_and(|ways| !ways.is_empty()));
    }
}

/// A world that is asked about now or back then, with events of the caller's own; an objection may be a company's.
fn asked() -> impl Strategy<Value = World> {
    let days = option::of(select(vec!["2026-02-04", "2026-06-15", "2026-10-24", "2026-11-20", "2026-11-21"]));
    (worlds(), vec(events(), 0..3), days, any::<bool>()).prop_map(|(mut world, given, day, company)| {
        for event in world.events.iter_mut().filter(|event| company && event["type"] == "objection_raised") {
            event["on_behalf_of"] = json!("company");
        }
        let world = if given.is_empty() { world } else { world.with("/given", json!(given)) };
        day.map_or(world.clone(), |day| world.with("/as_of", json!(day)))
    })
}

/// A consent that is all that the law asks for, at the moment of the question.
fn good_consent() -> Value {
    json!({
        "type": "consent_given", "occurred_at": now().to_string(), "how": "unticked_box",
        "channels": maysend::terms::channel::Channel::ALL,
        "purposes": ["commercial", "charity", "political"], "named_senders": ["acme", "hope", "party", "bold",
        "adviser", "Somebody Else Ltd"], "third_party_offers": true, "separate": true, "conditional": false, "explicit": true,
        "parental_authorisation": true, "wording": "yes, please", "evidence": "form 2",
    })
}

/// Which of a world's events bears that id.
fn index_of(id: &Value) -> usize {
    let id = id.as_str().unwrap_or_default();
    id.trim_start_matches('e').split('-').next().and_then(|n| n.parse().ok()).unwrap_or(usize::MAX)
}

fn without(events: &[Value], kind: &str) -> Vec<Value> {
    events.iter().filter(|event| event["type"] != kind).cloned().collect()
}

/// The failing rules and limbs.
fn failing(answer: &Value) -> Vec<(String, String)> {
    let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let failing = reasons.iter().filter(|reason| reason["outcome"] != "met");
    failing.map(|reason| (text(&reason["rule"]), text(&reason["limb"]))).collect()
}

/// The answer without what is of the moment: its id, the revision, and the person's own event ids.
fn decisive(answer: &Value) -> (Value, Vec<(String, String)>, Value, Value) {
    let mut alternatives = answer["would_allow_if"].clone();
    let changes = |set: &mut Value| set["changes"].as_array_mut().map(std::mem::take).unwrap_or_default();
    for set in alternatives.as_array_mut().into_iter().flatten() {
        let each = changes(set).into_iter().map(|mut change| {
            change["event"]["id"] = Value::Null;
            change
        });
        *set = each.collect();
    }
    (answer["decision"].clone(), failing(answer), answer["basis"]["kind"].clone(), alternatives)
}

/// The properties are worth something only if the worlds are of both kinds, by more than one ground.
#[test]
fn the_worlds_are_varied() {
    use proptest::{strategy::ValueTree as _, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let mut grounds = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..2000 {
        let world = worlds().new_tree(&mut runner).expect("a world").current();
        let kind = world.answer()["basis"]["kind"].as_str().unwrap_or("none").to_owned();
        *grounds.entry(kind).or_default() += 1;
    }
    let least = [
        ("none", 100),
        ("consent", 40),
        ("corporate_subscriber", 20),
        ("soft_opt_in", 8),
        ("not_refused", 8),
        ("legitimate_interests", 8),
        ("call_permission", 4),
        ("charitable_soft_opt_in", 2),
    ];
    for (ground, least) in least {
        assert!(grounds.get(ground).is_some_and(|found| *found >= least), "{ground}: {grounds:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// What holds of the histories in memory holds of the store: the answers are the same.
    #[test]
    fn the_store_answers_alike(world in worlds()) {
        let answer = world.answer();
        prop_assert_eq!(world.allows(), answer["decision"] == "allow");
        prop_assert_eq!(decisive(&answer), decisive(&world.answer_of_the_store()));
    }
}
