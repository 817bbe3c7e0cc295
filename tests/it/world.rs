//! Worlds for the properties: a message, a person and what happened to them, in every combination.
//!
//! Times come from a handful of days and topics from two, so that ties and matches are common.

use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use maysend::{
    check,
    ledger::{record, sender::Sender},
    store::Store,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::{cases, ledger::Ledger};

/// One message to one person, and the events before it.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// The body of `POST /check`, without the contact details.
    pub(crate) request: Value,
    /// The events, without id and contact details.
    pub(crate) events: Vec<Value>,
}

/// One ledger for all worlds: each has a person of its own.
static LEDGER: LazyLock<Ledger> = LazyLock::new(|| {
    let ledger = Ledger::new();
    let mut senders = cases::usual_senders();
    senders.insert("bold".into(), json!({ "legal_name": "Bold Ltd", "kind": "company", "policy": "literal" }));
    let records = senders.into_iter().map(|(id, profile)| {
        let profile: Sender = serde_json::from_value(profile).expect("a profile");
        record::of_sender(&id, &profile, &ledger.identity, now()).expect("a record")
    });
    ledger.append(records.collect());
    ledger
});
static PEOPLE: AtomicUsize = AtomicUsize::new(0);

/// The moment at which every world is asked about.
pub(crate) fn now() -> jiff::Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}

impl World {
    /// The answer, after the events arrived in their order.
    pub(crate) fn answer(&self) -> Value {
        let person = PEOPLE.fetch_add(1, Ordering::Relaxed);
        let details = json!({ "email": format!("p{person}@example.com"), "phone": format!("+4477009{person:05}") });
        let sender = &self.request["sender"];
        let records = self.events.iter().enumerate().map(|(index, event)| {
            let mut event = event.clone();
            event["id"] = event.get("id").cloned().unwrap_or_else(|| json!(format!("e{index}")));
            event["id"] = json!(format!("{}-{person}", event["id"].as_str().unwrap_or_default()));
            event["sender"] = sender.clone();
            event["recipient"] = details.clone();
            let event = serde_json::from_value(event).expect("an event");
            record::of_event(&event, &LEDGER.identity, now()).expect("a record")
        });
        LEDGER.append(records.collect());
        let mut request = self.request.clone();
        request["recipient"]["email"] = details["email"].clone();
        request["recipient"]["phone"] = details["phone"].clone();
        let request = serde_json::from_value(request).expect("a request");
        let view = LEDGER.store.view().expect("a view");
        let context = check::Context { identity: &LEDGER.identity, now: now(), full: false };
        serde_json::to_value(check::check(&request, &*view, context).expect("an answer")).expect("JSON")
    }

    /// Whether the message may be sent.
    pub(crate) fn allows(&self) -> bool {
        self.answer()["decision"] == "allow"
    }

    /// The same world with one field of the request changed.
    pub(crate) fn with(&self, pointer: &str, value: Value) -> Self {
        let mut changed = self.clone();
        let (parent, field) = pointer.rsplit_once('/').expect("a pointer");
        changed.request.pointer_mut(parent).expect("a parent")[field] = value;
        changed
    }

    /// The same world with one more event.
    pub(crate) fn and(&self, event: Value) -> Self {
        let mut changed = self.clone();
        changed.events.push(event);
        changed
    }
}

/// Any world: half of them odd in every way, half with a message and a ground that would do, were it not for what
/// else happened.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    let odd = (requests(), vec(events(), 0..5)).prop_map(|(request, events)| World { request, events });
    let sound = (requests(), grounds(), vec(events(), 0..3)).prop_map(|(mut request, mut ground, more)| {
        let own = if request["sender"] == "hope" { "charity" } else { "commercial" };
        request["purpose"] = json!(if request["sender"] == "party" { "political" } else { own });
        for (name, fact) in
            [("identifies_sender", true), ("similar_to_collection", true), ("sole_charitable_purpose", true)]
        {
            request["message"][name] = json!(fact);
        }
        request["message"]["opt_out"] = json!("link");
        if own == "charity" && ground["context"] == "sale" {
            ground["context"] = json!("charity_support");
        }
        World { request, events: std::iter::once(ground).chain(more).collect() }
    });
    prop_oneof![odd, sound]
}

/// A consent or a sale with all that the law asks for, at any time.
fn grounds() -> impl Strategy<Value = Value> {
    let consent = times().prop_map(|at| {
        json!({
            "type": "consent_given", "occurred_at": at, "how": "unticked_box", "channels": ["email"],
            "separate": true, "conditional": false, "wording": "yes, please",
        })
    });
    let sale = times().prop_map(|at| {
        json!({
            "type": "details_collected", "occurred_at": at, "context": "sale", "opt_out_offered": true,
            "opt_out_free": true, "refused": false,
        })
    });
    prop_oneof![consent, sale]
}

fn requests() -> impl Strategy<Value = Value> {
    let sender = select(vec!["acme", "hope", "party", "bold"]);
    let rare = select(vec!["political", "consent_request", "service", "research"]);
    let purpose = prop_oneof![3 => Just("commercial"), 3 => Just("charity"), 2 => rare];
    let topic = option::of(select(vec!["news", "news", "offers"]));
    let subscriber = option::of(select(vec!["individual", "corporate", "unknown"]));
    let people = (subscriber, option::of(any::<bool>()), option::weighted(0.3, select(vec![9, 16, 40])));
    let opt_out = option::weighted(0.9, select(vec!["link", "link", "link", "reply", "none"]));
    let facts = vec(option::weighted(0.9, prop::bool::weighted(0.85)), 4);
    let rarely = vec(option::weighted(0.2, any::<bool>()), 2);
    let facts = (facts, rarely).prop_map(|(usual, rare)| [usual, rare].concat());
    let promoted = option::weighted(0.1, select(vec!["acme", "Somebody Else Ltd"]));
    (sender, purpose, topic, people, opt_out, facts, promoted).prop_map(
        |(sender, purpose, topic, (subscriber, named, age), opt_out, facts, promoted)| {
            let mut request = json!({
                "sender": sender, "purpose": purpose, "channel": "email",
                "recipient": {}, "message": {},
            });
            set(&mut request, "topic", topic);
            set(&mut request, "promoted_party", promoted);
            set(&mut request["recipient"], "subscriber", subscriber);
            set(&mut request["recipient"], "named_person", named);
            set(&mut request["recipient"], "age", age);
            set(&mut request["message"], "opt_out", opt_out);
            // Facts that let a message through are common, so that the answers are not all denials.
            let names = [
                "identifies_sender",
                "reply_address",
                "similar_to_collection",
                "sole_charitable_purpose",
                "contains_promotion",
                "special_category",
            ];
            for (name, fact) in names.iter().zip(facts) {
                set(&mut request["message"], name, fact);
            }
            request
        },
    )
}

/// Any event.
pub(crate) fn events() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => consents(),
        4 => collections(),
        1 => stops(),
        1 => (times(), select(vec!["individual", "corporate", "unknown"]), option::of(any::<bool>())).prop_map(
            |(at, subscriber, named)| {
                let mut event = json!({ "type": "subscriber_identified", "occurred_at": at, "subscriber": subscriber });
                set(&mut event, "named_person", named);
                event
            }
        ),
        1 => times().prop_map(|at| json!({ "type": "contact_reassigned", "occurred_at": at })),
        1 => (times(), select(vec![8, 15, 30])).prop_map(
            |(at, age)| json!({ "type": "age_stated", "occurred_at": at, "age": age })
        ),
    ]
}

/// What a person can say against marketing.
pub(crate) fn stops() -> impl Strategy<Value = Value> {
    let kind = select(vec!["objection_raised", "consent_withdrawn", "details_refused", "complaint_made"]);
    (kind, times(), scopes()).prop_map(|(kind, at, (channels, topics))| {
        json!({ "type": kind, "occurred_at": at, "channels": channels, "topics": topics })
    })
}

fn consents() -> impl Strategy<Value = Value> {
    let how = option::weighted(0.95, select(vec!["unticked_box", "unticked_box", "oral", "written", "pre_ticked_box"]));
    let source = select(vec!["direct", "direct", "direct", "direct", "third_party", "referral"]);
    let channels = select(vec![json!(["email"]), json!(["email", "sms"]), json!(["email"]), json!(["sms"])]);
    let topics = select(vec![json!([]), json!([]), json!(["news"])]);
    let all = json!(["commercial", "charity", "political"]);
    let purposes = select(vec![json!([]), all, json!(["commercial"]), json!(["charity"])]);
    let flags = vec(option::weighted(0.95, prop::bool::weighted(0.95)), 4);
    (times(), how, source, channels, topics, purposes, flags).prop_map(
        |(at, how, source, channels, topics, purposes, flags)| {
            let mut event = json!({
                "type": "consent_given", "occurred_at": at, "source": source, "channels": channels,
                "topics": topics, "purposes": purposes, "wording": "yes, please", "evidence": "form 1",
            });
            set(&mut event, "how", how);
            set(&mut event, "separate", flags[0]);
            set(&mut event, "conditional", flags[1].map(|free| !free));
            set(&mut event, "explicit", flags[2]);
            set(&mut event, "parental_authorisation", flags[3]);
            event
        },
    )
}

fn collections() -> impl Strategy<Value = Value> {
    let usual =
        vec!["sale", "sale", "negotiation", "charity_support", "charity_support", "charity_interest", "prize_draw"];
    let context = select(usual);
    let by = option::weighted(0.1, select(vec!["Acme Cycles", "Sister Ltd"]));
    let flags = vec(option::weighted(0.95, prop::bool::weighted(0.95)), 3);
    (times(), context, by, flags).prop_map(|(at, context, by, flags)| {
        let mut event = json!({ "type": "details_collected", "occurred_at": at, "context": context });
        set(&mut event, "collected_by", by);
        set(&mut event, "opt_out_offered", flags[0]);
        set(&mut event, "opt_out_free", flags[1]);
        set(&mut event, "refused", flags[2].map(|took_no_opt_out| !took_no_opt_out));
        event
    })
}

fn scopes() -> impl Strategy<Value = (Value, Value)> {
    let channels = select(vec![json!([]), json!(["email"]), json!(["sms"])]);
    (channels, select(vec![json!([]), json!(["news"]), json!(["offers"])]))
}

/// A handful of moments, one of them in the future of the question.
pub(crate) fn times() -> impl Strategy<Value = &'static str> {
    select(vec![
        "2025-06-01T09:00:00Z",
        "2026-02-04T09:00:00Z",
        "2026-02-05T09:00:00Z",
        "2026-06-01T09:00:00Z",
        "2026-10-01T09:00:00Z",
        "2026-11-21T12:30:00Z",
    ])
}

fn set(object: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        object[name] = value.into();
    }
}
