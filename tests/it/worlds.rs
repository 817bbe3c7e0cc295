//! Worlds for the properties: a message, a person and what happened to them, in every combination.
//!
//! Times come from a handful of days and topics from two, so that ties and matches are common.

use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::world::World;

/// Any world: half of them odd in every way, half with a message and a ground that would do, were it not for what
/// else happened.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    let odd = (requests(), vec(events(), 0..5)).prop_map(|(request, events)| World { request, events });
    let sound =
        (requests(), grounds(), vec(events(), 0..3)).prop_map(|(request, grounds, more)| sound(request, grounds, more));
    prop_oneof![odd, sound]
}

/// Any world of a call, by a person or by a machine.
pub(crate) fn calls() -> impl Strategy<Value = World> {
    let channel = select(vec!["live_call", "live_call", "automated_call"]);
    (worlds(), channel).prop_map(|(mut world, channel)| {
        world.request["channel"] = json!(channel);
        world
    })
}

/// What is sent is well made and has a ground of its kind; what else happened decides.
fn sound(mut request: Value, mut grounds: Vec<Value>, more: Vec<Value>) -> World {
    let own = if request["sender"] == "hope" { "charity" } else { "commercial" };
    request["purpose"] = json!(if request["sender"] == "party" { "political" } else { own });
    for fact in ["identifies_sender", "similar_to_collection", "sole_charitable_purpose", "privacy_information"] {
        request["message"][fact] = json!(true);
    }
    request["message"]["opt_out"] = json!("link");
    for fact in ["presents_cli", "names_caller", "address_or_freephone", "offers_opt_out", "client_would_expect"] {
        request["call"][fact] = json!(true);
    }
    for ground in &mut grounds {
        if ground["type"] == "consent_given" {
            ground["channels"] = json!([request["channel"]]);
        }
        if own == "charity" && ground["context"] == "sale" {
            ground["context"] = json!("charity_support");
        }
    }
    World { request, events: grounds.into_iter().chain(more).collect() }
}

/// What a message can rest on, at any time: a consent or a sale with all that the law asks for, a permission, a client
/// relationship, a line that is on no register.
fn grounds() -> impl Strategy<Value = Vec<Value>> {
    let consent = |at| {
        json!({
            "type": "consent_given", "occurred_at": at, "how": "unticked_box", "channels": ["email"],
            "separate": true, "conditional": false, "wording": "yes, please",
        })
    };
    let sale = |at| {
        json!({
            "type": "details_collected", "occurred_at": at, "context": "sale", "opt_out_offered": true,
            "opt_out_free": true, "refused": false,
        })
    };
    let unlisted = |at| {
        ["tps", "ctps", "fax_register"].map(
            |register| json!({ "type": "register_screened", "occurred_at": at, "register": register, "found": false }),
        )
    };
    let client =
        |at| json!({ "type": "client_relationship_started", "occurred_at": at, "set_up_to_avoid_the_ban": false });
    prop_oneof![
        3 => times().prop_map(move |at| vec![consent(at)]),
        2 => times().prop_map(move |at| vec![sale(at)]),
        2 => Just("2026-11-10T09:00:00Z").prop_map(move |at| unlisted(at).to_vec()),
        1 => times().prop_map(move |at| unlisted("2026-11-10T09:00:00Z").into_iter().chain([consent(at)]).collect()),
        1 => times().prop_map(|at| vec![json!({ "type": "call_permission_given", "occurred_at": at })]),
        1 => times().prop_map(move |at| vec![client(at), sale(at)]),
    ]
}

fn requests() -> impl Strategy<Value = Value> {
    let sender = select(vec!["acme", "acme", "hope", "hope", "party", "bold", "bold", "adviser"]);
    let rare = select(vec!["political", "consent_request", "service", "research"]);
    let purpose = prop_oneof![3 => Just("commercial"), 3 => Just("charity"), 2 => rare];
    let topic = option::of(select(vec!["news", "news", "offers"]));
    let promoted = option::weighted(0.1, select(vec!["acme", "Somebody Else Ltd"]));
    let promoted = (promoted, option::weighted(0.1, Just(json!(["helmet"]))));
    (sender, purpose, topic, promoted, channels(), people(), messages(), calling(), bases()).prop_map(
        |(sender, purpose, topic, (promoted, products), channel, recipient, message, (call, matter), bases)| {
            let mut request = json!({
                "sender": sender, "purpose": purpose, "channel": channel, "recipient": recipient, "message": message,
                "call": call,
            });
            set(&mut request, "topic", topic);
            set(&mut request, "promoted_party", promoted);
            set(&mut request["message"], "products", products);
            set(&mut request, "matter", matter);
            let (audience, basis, assessment) = bases;
            set(&mut request, "audience", audience);
            set(&mut request, "lawful_basis", basis);
            set(&mut request, "assessment", assessment);
            request
        },
    )
}

fn channels() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        8 => Just("email"),
        4 => Just("live_call"),
        2 => select(vec!["sms", "voicemail", "push", "social_message"]),
        2 => Just("automated_call"),
        2 => Just("fax"),
        2 => Just("post"),
        1 => Just("online_advertising"),
    ]
}

fn people() -> impl Strategy<Value = Value> {
    let subscriber = option::of(select(vec!["individual", "corporate", "unknown"]));
    (subscriber, option::of(any::<bool>()), option::weighted(0.3, select(vec![9, 16, 40]))).prop_map(
        |(subscriber, named, age)| {
            let mut recipient = json!({});
            set(&mut recipient, "subscriber", subscriber);
            set(&mut recipient, "named_person", named);
            set(&mut recipient, "age", age);
            recipient
        },
    )
}

/// What a message says. Facts that let one through are common, so that the answers are not all denials.
fn messages() -> impl Strategy<Value = Value> {
    let opt_out = option::weighted(0.9, select(vec!["link", "link", "link", "reply", "none"]));
    let usual = vec(option::weighted(0.9, prop::bool::weighted(0.85)), 5);
    let rarely = vec(option::weighted(0.2, any::<bool>()), 2);
    (opt_out, usual, rarely, texts()).prop_map(|(opt_out, usual, rarely, text)| {
        let mut message = json!({});
        set(&mut message, "opt_out", opt_out);
        set(&mut message, "text", text);
        let names = [
            "identifies_sender",
            "reply_address",
            "similar_to_collection",
            "sole_charitable_purpose",
            "privacy_information",
            "contains_promotion",
            "special_category",
        ];
        for (name, fact) in names.iter().zip(usual.into_iter().chain(rarely)) {
            set(&mut message, name, fact);
        }
        message
    })
}

/// What a call presents, and what it is about.
fn calling() -> impl Strategy<Value = (Value, Option<&'static str>)> {
    let usual = vec(option::weighted(0.9, prop::bool::weighted(0.85)), 5);
    let recorded = option::weighted(0.1, any::<bool>());
    let matter = option::weighted(0.25, select(vec!["claims_management", "pensions"]));
    (usual, recorded, matter).prop_map(|(usual, recorded, matter)| {
        let mut call = json!({});
        let names = ["presents_cli", "names_caller", "address_or_freephone", "offers_opt_out", "client_would_expect"];
        for (name, fact) in names.iter().zip(usual) {
            set(&mut call, name, fact);
        }
        set(&mut call, "plays_recorded_matter", recorded);
        (call, matter)
    })
}

type Bases = (Option<&'static str>, Option<&'static str>, Option<&'static str>);

fn bases() -> impl Strategy<Value = Bases> {
    let audience = option::weighted(0.4, select(vec!["person", "listed", "profiled", "unaddressed"]));
    let basis = option::weighted(0.3, select(vec!["consent", "legitimate_interests"]));
    (audience, basis, option::weighted(0.4, Just("LIA-2")))
}

/// Words that do nothing.
pub(crate) const NEUTRAL: &str = "Your order left our warehouse this morning.";
/// Words that promote.
pub(crate) const OFFER: &str = "Get 20% off your next order today with code SAVE20.";
/// Words that appeal.
pub(crate) const APPEAL: &str = "Please donate again today to help us feed more families.";
/// Words that ask for permission to market.
pub(crate) const ASKS: &str = "Would you like to hear from us? Update your marketing preferences to receive offers.";
/// Words of a survey that sells.
pub(crate) const SELLS: &str = "A two-minute survey with a free pen for you.";
/// A label that speaks of marketing choices.
pub(crate) const LABEL: &str = "This is a service message and does not affect your marketing choices.";
/// Words that stand in marketing and in service messages.
pub(crate) const DOUBTFUL: &str = "It is time to renew.";
/// A way to refuse.
pub(crate) const STOP: &str = "Unsubscribe: https://mail.example/unsubscribe";

/// What a message says in its own words, where they are given: most often how to stop it, now and then more.
fn texts() -> impl Strategy<Value = Option<String>> {
    let each = [OFFER, APPEAL, ASKS, SELLS, LABEL, DOUBTFUL].map(|words| option::weighted(0.12, Just(words)));
    let text = (each, option::weighted(0.9, Just(STOP))).prop_map(|(each, stop)| {
        let sentences = [NEUTRAL].into_iter().chain(each.into_iter().flatten()).chain(stop);
        sentences.collect::<Vec<_>>().join("\n\n")
    });
    option::weighted(0.35, text)
}

/// Any event.
pub(crate) fn events() -> impl Strategy<Value = Value> {
    let subscriber = select(vec!["individual", "corporate", "unknown"]);
    prop_oneof![
        5 => consents(),
        4 => collections(),
        2 => stops(),
        3 => registers(),
        1 => (times(), subscriber, option::of(any::<bool>())).prop_map(|(at, subscriber, named)| {
            let mut event = json!({ "type": "subscriber_identified", "occurred_at": at, "subscriber": subscriber });
            set(&mut event, "named_person", named);
            event
        }),
        1 => times().prop_map(|at| json!({ "type": "contact_reassigned", "occurred_at": at })),
        1 => (times(), select(vec![8, 15, 30])).prop_map(
            |(at, age)| json!({ "type": "age_stated", "occurred_at": at, "age": age })
        ),
        1 => (times(), channels(), option::of(select(vec!["news", "offers"]))).prop_map(|(at, channel, topic)| {
            json!({ "type": "send_made", "occurred_at": at, "channel": channel, "topics": topic.as_slice() })
        }),
        1 => times().prop_map(|at| json!({ "type": "call_permission_given", "occurred_at": at })),
        1 => (times(), option::of(any::<bool>())).prop_map(|(at, avoids)| {
            let mut event = json!({ "type": "client_relationship_started", "occurred_at": at });
            set(&mut event, "set_up_to_avoid_the_ban", avoids);
            event
        }),
    ]
}

/// What a register says of the line.
fn registers() -> impl Strategy<Value = Value> {
    let register = select(vec!["tps", "tps", "ctps", "fax_register", "mps"]);
    let kind = select(vec!["register_listed", "register_listed", "register_removed", "register_screened"]);
    (register, kind, times(), any::<bool>()).prop_map(|(register, kind, at, found)| {
        let mut event = json!({ "type": kind, "occurred_at": at, "register": register });
        if kind == "register_screened" {
            event["found"] = json!(found);
        }
        event
    })
}

/// What a person can say against marketing, and what can end what it rests on.
pub(crate) fn stops() -> impl Strategy<Value = Value> {
    let kind = select(vec!["objection_raised", "consent_withdrawn", "details_refused", "complaint_made"]);
    let said = (kind, times(), scopes()).prop_map(|(kind, at, (channels, topics))| {
        json!({ "type": kind, "occurred_at": at, "channels": channels, "topics": topics })
    });
    let ended = select(vec!["call_permission_withdrawn", "client_relationship_ended"]);
    let ended = (ended, times()).prop_map(|(kind, at)| json!({ "type": kind, "occurred_at": at }));
    let fundraising = times()
        .prop_map(|at| json!({ "type": "register_listed", "occurred_at": at, "register": "fundraising_preference" }));
    prop_oneof![4 => said, 1 => ended, 1 => fundraising]
}

fn consents() -> impl Strategy<Value = Value> {
    let how = option::weighted(0.95, select(vec!["unticked_box", "unticked_box", "oral", "written", "pre_ticked_box"]));
    let source = select(vec!["direct", "direct", "direct", "direct", "third_party", "referral"]);
    let channels = select(vec![
        json!(["email"]),
        json!(["email", "sms", "voicemail"]),
        json!(["live_call"]),
        json!(["automated_call"]),
        json!(["email", "live_call", "automated_call", "fax", "post", "online_advertising"]),
        json!(["fax", "post"]),
        json!(["sms"]),
    ]);
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
    let channels = select(vec![json!([]), json!(["email"]), json!(["sms"]), json!(["live_call"]), json!(["post"])]);
    (channels, select(vec![json!([]), json!([]), json!(["news"]), json!(["offers"])]))
}

/// A handful of moments: on either side of a boundary of the law, 28 and 27 days before the question, after it.
pub(crate) fn times() -> impl Strategy<Value = &'static str> {
    select(vec![
        "2025-06-01T09:00:00Z",
        "2026-02-04T09:00:00Z",
        "2026-02-05T09:00:00Z",
        "2026-06-01T09:00:00Z",
        "2026-10-24T09:00:00Z",
        "2026-10-25T09:00:00Z",
        "2026-11-10T09:00:00Z",
        "2026-11-21T12:30:00Z",
    ])
}

fn set(object: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        object[name] = value.into();
    }
}
