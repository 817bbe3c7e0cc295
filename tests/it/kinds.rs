//! What is remembered of one person decides nothing for another: an answer that is written from a kind is, to the last
//! character, the one that is found anew, and so is what the log keeps of it.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use maysend::{
    check::{self, Asked, Context, Memory, Told, dossier::Dossier},
    clock,
    decisions::Draft,
    scenario::run,
};
use proptest::prelude::*;

use crate::{cases, world::World, worlds::worlds};

static MEMORY: LazyLock<Memory> = LazyLock::new(Memory::default);
static WRITTEN: AtomicUsize = AtomicUsize::new(0);

const CASES: u32 = 10_000;

fn asked() -> Asked<'static> {
    Asked { request_id: Some("request-1"), trace_id: Some("4bf92f3577b34da6a3ce929d0e0e4736"), began: Instant::now() }
}

/// A draft without what differs from one check to the next.
fn comparable(draft: &Draft) -> (Draft, Dossier<'static>) {
    let mut dossier = Dossier::read(&draft.body).expect("a dossier");
    dossier.took_us = 0;
    (Draft { id: uuid::Uuid::nil(), body: Vec::new(), ..draft.clone() }, dossier)
}

#[track_caller]
fn assert_alike(anew: &(check::answer::Answer, Draft), remembered: &(Told, Draft), name: &str) {
    assert_eq!(comparable(&anew.1), comparable(&remembered.1), "{name}");
    let Told::Written(written) = &remembered.0 else { return };
    WRITTEN.fetch_add(1, Ordering::Relaxed);
    let (own, other) = (anew.1.id.to_string(), remembered.1.id.to_string());
    let expected = serde_json::to_string(&anew.0).expect("JSON").replace(&own, &other);
    assert_eq!(String::from_utf8_lossy(written.json()), expected, "{name}");
}

/// The same world for somebody else: other ids, odd ones among them, and all of it a while later.
fn for_somebody_else(world: &World, person: u32) -> World {
    let mut other = world.clone();
    for (index, event) in other.events.iter_mut().enumerate() {
        let at: jiff::Timestamp = event["occurred_at"].as_str().expect("a time").parse().expect("a time");
        let at = at + jiff::SignedDuration::from_millis(i64::from(person) * 250);
        event["occurred_at"] = serde_json::json!(at.to_string());
        event["id"] = serde_json::json!(format!("{index}-\"p\\{person}\u{7}é"));
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_remembered_changes_no_answer(world in worlds(), person in 0_u32..20_000) {
        let world = for_somebody_else(&world, person);
        world.ask(|request, view, context| {
            let context = Context { now: context.now + jiff::SignedDuration::from_secs(i64::from(person) / 2), ..context };
            let anew = check::check_on_record(request, view, context, asked()).expect("an answer");
            let remembered = check::check_in_writing(request, view, context, asked(), &MEMORY).expect("an answer");
            assert_alike(&anew, &remembered, "");
        });
    }
}

#[test]
fn nor_of_any_golden_case() {
    let suite = cases::all();
    let before = WRITTEN.load(Ordering::Relaxed);
    for scenario in suite.files.iter().flat_map(|file| &file.scenarios) {
        run::ask(scenario, clock::now(), |request, view, context| {
            let context = Context { full: false, ..context };
            let Ok(anew) = check::check_on_record(request, view, context, asked()) else { return };
            for _ in 0..2 {
                let remembered = check::check_in_writing(request, view, context, asked(), &MEMORY).expect("an answer");
                assert_alike(&anew, &remembered, &scenario.case.name);
            }
        })
        .expect("a ledger");
    }
    assert!(WRITTEN.load(Ordering::Relaxed) > before + 500, "most cases have a kind");
}
