//! What would turn a deny, done to the request and to the events as a caller would do it, and asked again.

use maysend::{check, ledger::identity::Identity, store::empty::Empty, terms::channel::Channel};
use proptest::{option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::{
    world::{World, now, profile_of},
    worlds::{APPEAL, ASKS, OFFER, SELLS, STOP, worlds},
};

/// How many worlds the property is tried on.
const CASES: u32 = 10_000;

/// Later than everything that happens in a world, and before the question.
const NEW: &str = "2026-11-21T11:59:00Z";

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every suggestion turns the answer, and with any of its changes left out it does not. A topic alone may do more
    /// than the rules can tell: that two events on record speak of the same.
    #[test]
    fn what_is_suggested_turns_the_answer_of_a_caller(world in asked()) {
        let answer = answer(&world);
        for alternative in list(&answer["would_allow_if"]) {
            let changes = list(&alternative["changes"]);
            let turned = allows(&changed(&world, changes));
            prop_assert!(turned, "{changes:?} does not turn it");
            for spared in 0..changes.len() {
                let rest: Vec<_> = changes.iter().enumerate().filter(|(index, _)| *index != spared).collect();
                let rest: Vec<_> = rest.into_iter().map(|(_, change)| change.clone()).collect();
                let topic = rest.iter().any(|change| change["fact"] == "topic");
                prop_assert!(topic || !allows(&changed(&world, &rest)), "{rest:?} of {changes:?} is enough");
            }
        }
    }
}

/// Worlds in which nothing lies in the future, some of them with a request of the person.
fn asked() -> impl Strategy<Value = World> {
    let requested = option::weighted(0.15, option::of(select(vec![json!([]), json!(["news"])])));
    (worlds(), requested).prop_map(|(mut world, requested)| {
        for event in &mut world.events {
            if event["occurred_at"] == "2026-11-21T12:30:00Z" {
                event["occurred_at"] = json!("2026-11-21T11:30:00Z");
            }
        }
        if let Some(request) = requested {
            world.request["answers_request"] = json!("asked");
            world.events.extend(request.map(|topics| requested_event("2026-10-01T09:00:00Z", topics)));
        }
        let profile = profile(&world);
        world.request["sender"] = profile;
        world
    })
}

fn requested_event(at: &str, topics: Value) -> Value {
    json!({ "type": "request_made", "id": "asked", "occurred_at": at, "topics": topics })
}

/// The sender as an inline profile, so that no ledger is needed.
fn profile(world: &World) -> Value {
    let id = world.request["sender"].as_str().expect("an id");
    profile_of(id)
}

fn answer(world: &World) -> Value {
    let mut request = world.request.clone();
    let details = json!({
        "email": "jo@example.com", "phone": "+447700900123", "postal": "1 High Street, Leeds", "account": "jo",
    });
    request["recipient"] = with(request["recipient"].clone(), details);
    let events = world.events.iter().enumerate().map(|(index, event)| {
        let mut event = event.clone();
        event["id"] = event.get("id").cloned().unwrap_or_else(|| json!(format!("e{index}")));
        event
    });
    request["given"] = events.collect();
    let request = serde_json::from_value(request).expect("a request");
    let context = check::Context { identity: &Identity::new([7; 32]), now: now(), full: false };
    serde_json::to_value(check::check(&request, &Empty, context).expect("an answer")).expect("JSON")
}

fn allows(world: &World) -> bool {
    answer(world)["decision"] == "allow"
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The world after the changes: new events first, since other changes may be to their facts.
fn changed(world: &World, changes: &[Value]) -> World {
    let mut world = world.clone();
    let is_event = |change: &&Value| !change["fact"].as_str().expect("a fact").contains('.');
    for change in changes.iter().filter(is_event) {
        apply(&mut world, change);
    }
    for change in changes.iter().filter(|change| !is_event(change)) {
        apply(&mut world, change);
    }
    world
}

fn apply(world: &mut World, change: &Value) {
    let fact = change["fact"].as_str().expect("a fact");
    let new = |kind: &str| json!({ "type": kind, "id": "new", "occurred_at": NEW });
    let promoted = change["says"].as_str().is_some_and(|says| says.contains("promoted"));
    let mut names = vec![world.request["sender"]["legal_name"].clone()];
    names.extend(world.request.get("promoted_party").filter(|_| promoted).cloned());
    match fact {
        "consent_given" => world.events.push(with(
            new(fact),
            json!({
                "how": "unticked_box", "channels": Channel::ALL, "purposes": ["commercial", "charity", "political"],
                "separate": true, "conditional": false, "withdrawal_told": true, "wording": "yes", "evidence": "form 2",
            }),
        )),
        "details_collected" => {
            let support = change["says"].as_str().expect("a sentence").contains("gave support");
            let context = if support { "charity_support" } else { "sale" };
            world.events.push(with(
                new(fact),
                json!({
                    "context": context, "opt_out_offered": true, "opt_out_free": true, "refused": false,
                }),
            ));
        }
        "client_relationship_started" => {
            world.events.push(with(new(fact), json!({ "set_up_to_avoid_the_ban": false })));
        }
        "call_permission_given" => world.events.push(new(fact)),
        "register_screened.tps" | "register_screened.ctps" | "register_screened.fax_register" => {
            let register = fact.trim_start_matches("register_screened.");
            world.events.push(with(new("register_screened"), json!({ "register": register, "found": false })));
        }
        "sender.fca_authorisation" => set(&mut world.request, fact, json!("123456")),
        "lawful_basis" => world.request[fact] = json!("legitimate_interests"),
        "assessment" => world.request[fact] = json!("LIA-9"),
        "recipient.subscriber" if change["says"].as_str().is_some_and(|says| says.contains("individual")) => {
            set(&mut world.request, fact, json!("individual"));
        }
        "request_made" => world.events.push(requested_event(NEW, json!([]))),
        "topic" => {
            let topic = event(world, change).expect("an event")["topics"][0].clone();
            world.request["topic"] = topic;
        }
        "promoted_party" => drop(world.request.as_object_mut().expect("an object").remove(fact)),
        "message.products" => {
            assert!(change["says"].as_str().is_some_and(|says| says.contains("no products")), "{change}");
            set(&mut world.request, fact, json!([]));
        }
        "message.opt_out" => {
            world.request["message"]["opt_out"] = json!("link");
            reword(&mut world.request, &[], STOP);
        }
        "message.text" => match change["says"].as_str().expect("a sentence") {
            says if says.contains("promotes anything") => reword(&mut world.request, &[OFFER, APPEAL], ""),
            says if says.contains("asks") || says.contains("ask for") => reword(&mut world.request, &[ASKS], ""),
            says if says.contains("survey") => reword(&mut world.request, &[SELLS], ""),
            says if says.contains("the way to refuse") => reword(&mut world.request, &[], STOP),
            says => panic!("nobody says how to write that {says}"),
        },
        "message.special_category" | "message.contains_promotion" => set(&mut world.request, fact, json!(false)),
        "message.similar_to_collection"
        | "message.sole_charitable_purpose"
        | "message.identifies_sender"
        | "message.privacy_information"
        | "message.right_to_object_told"
        | "call.presents_cli"
        | "call.names_caller"
        | "call.address_or_freephone"
        | "call.client_would_expect"
        | "call.offers_opt_out"
        | "message.reply_address" => set(&mut world.request, fact, json!(true)),
        "recipient.subscriber" => set(&mut world.request, fact, json!("corporate")),
        "recipient.named_person" => set(&mut world.request, fact, json!(false)),
        _ => {
            let (_, field) = fact.split_once('.').expect("a field");
            let value = match fact {
                "consent_given.how" => json!("unticked_box"),
                "consent_given.conditional"
                | "details_collected.refused"
                | "client_relationship_started.set_up_to_avoid_the_ban" => json!(false),
                "consent_given.named_senders" => json!(names),
                "consent_given.wording" | "consent_given.evidence" => json!("form 3"),
                "consent_given.separate"
                | "consent_given.parental_authorisation"
                | "consent_given.explicit"
                | "consent_given.third_party_offers"
                | "details_collected.opt_out_offered"
                | "details_collected.opt_out_free" => json!(true),
                other => panic!("nobody says how to do {other}"),
            };
            // A fact of an event that is left out is left out with it.
            if let Some(event) = event(world, change) {
                event[field] = value;
            }
        }
    }
}

/// The event that a fact stands in: a recorded one, or the new one.
fn event<'w>(world: &'w mut World, change: &Value) -> Option<&'w mut Value> {
    let id = change["event"]["id"].as_str().unwrap_or("new");
    let own = |index: usize, event: &Value| event.get("id").map_or(id == format!("e{index}"), |own| own == id);
    world.events.iter_mut().enumerate().find(|(index, event)| own(*index, event)).map(|(_, event)| event)
}

/// The text without some of its words and with others, where it was given at all.
fn reword(request: &mut Value, without: &[&str], with: &str) {
    if let Some(text) = request["message"]["text"].as_str() {
        let kept = text.split("\n\n").filter(|words| !without.contains(words)).chain([with]);
        request["message"]["text"] = json!(kept.collect::<Vec<_>>().join("\n\n"));
    }
}

fn set(request: &mut Value, fact: &str, value: Value) {
    let (part, field) = fact.split_once('.').expect("a field");
    request[part][field] = value;
}

fn with(mut event: Value, fields: Value) -> Value {
    let Value::Object(fields) = fields else { panic!("no object") };
    event.as_object_mut().expect("an object").extend(fields);
    event
}
