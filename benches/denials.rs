//! What a denial costs, with what would turn it, without a ledger and without HTTP: `make bench-library`.
//!
//! Every event is given with the check. Each figure is the median of several rounds, with the least and the greatest
//! beside it; compare figures of one run only.

use std::{error::Error, hint::black_box, time::Instant};

use maysend::{
    check::{self, request::SendRequest},
    clock,
    ledger::identity::Identity,
    store::empty::Empty,
};
use serde_json::{Value, json};

const ROUNDS: usize = 401;
const CHECKS: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let consent = json!({
        "type": "consent_given", "occurred_at": "2026-03-01T10:00:00Z", "how": "unticked_box", "channels": ["email"],
        "wording": "Yes", "separate": true, "conditional": false,
    });
    let untold = json!({ "type": "consent_given", "occurred_at": "2026-03-01T10:00:00Z", "channels": ["email"] });
    let sale = json!({
        "type": "details_collected", "occurred_at": "2026-03-01T10:00:00Z", "context": "sale", "opt_out_offered": true,
    });
    let objection = json!({ "type": "objection_raised", "occurred_at": "2026-04-01T10:00:00Z" });
    let told = json!({ "opt_out": "link", "identifies_sender": true });
    let delicate = json!({ "special_category": true });
    let many: Vec<&Value> = std::iter::repeat_n(&untold, 10).chain(std::iter::repeat_n(&sale, 10)).collect();
    let cases: [(&str, &Value, &[&Value], Value); 9] = [
        ("allow by consent", &told, &[&consent], json!({})),
        ("deny after an objection", &told, &[&consent, &objection], json!({})),
        ("deny, nobody known", &told, &[], json!({})),
        ("deny, nobody known and nothing said of the message", &json!({}), &[], json!({})),
        (
            "deny, no opt-out in the message",
            &json!({ "opt_out": "none", "identifies_sender": true }),
            &[&consent],
            json!({}),
        ),
        ("deny, half a sale", &told, &[&sale], json!({})),
        ("deny, half a consent and half a sale", &json!({}), &[&untold, &sale], json!({})),
        (
            "deny, a child, special category, another's goods",
            &delicate,
            &[&untold],
            json!({ "promoted_party": "Bold" }),
        ),
        ("deny, ten half consents and ten half sales", &json!({}), &many, json!({})),
    ];
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).unwrap_or_default();
    for (name, message, given, more) in cases.into_iter().filter(|(name, ..)| name.contains(&wanted)) {
        let mut request = json!({
            "sender": { "legal_name": "Acme Bikes Ltd", "kind": "company" }, "channel": "email",
            "purpose": "commercial", "recipient": { "email": "jo@example.com" }, "message": message, "given": given,
        });
        if let (Some(fields), Some(more)) = (request.as_object_mut(), more.as_object()) {
            fields.extend(more.clone());
            if !more.is_empty() {
                fields.insert("recipient".into(), json!({ "email": "jo@example.com", "age": 11 }));
            }
        }
        let request: SendRequest = serde_json::from_value(request)?;
        let identity = Identity::new([1; 32]);
        let context = check::Context { identity: &identity, now: clock::now(), full: false };
        let mut figures = Vec::new();
        for _ in 0..ROUNDS {
            let started = Instant::now();
            for _ in 0..CHECKS {
                black_box(check::check(black_box(&request), &Empty, context)?);
            }
            figures.push(started.elapsed().as_secs_f64() * 1e6 / CHECKS as f64);
        }
        figures.sort_by(f64::total_cmp);
        if let [least, .., greatest] = figures.as_slice() {
            let median = figures.get(ROUNDS / 2).copied().unwrap_or_default();
            println!("{name:<52} {median:>8.2} us   ({least:.2} to {greatest:.2})");
        }
    }
    Ok(())
}
