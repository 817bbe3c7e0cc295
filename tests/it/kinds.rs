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
    check::{
        self, Asked, Context, Memory, Told,
        answer::Answer,
        campaign::{Block, Campaign, Screened},
        dossier::Dossier,
        request::{Recipient, SendRequest},
    },
    clock,
    decisions::Draft,
    scenario::run,
    store::View,
};
use proptest::prelude::*;
use uuid::Uuid;

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
    (Draft { id: Uuid::nil(), body: Vec::new(), ..draft.clone() }, dossier)
}

#[track_caller]
fn assert_alike(anew: &(Answer, Draft), remembered: &(Told, Draft), name: &str) {
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
    let memory = Memory::default();
    let before = WRITTEN.load(Ordering::Relaxed);
    for scenario in suite.files.iter().flat_map(|file| &file.scenarios) {
        run::ask(scenario, clock::now(), |request, view, context| {
            let context = Context { full: false, ..context };
            let Ok(anew) = check::check_on_record(request, view, context, asked()) else { return };
            for _ in 0..2 {
                let remembered = check::check_in_writing(request, view, context, asked(), &memory).expect("an answer");
                assert_alike(&anew, &remembered, &scenario.case.name);
            }
        })
        .expect("a ledger");
    }
    assert!(WRITTEN.load(Ordering::Relaxed) > before + 500, "most cases have a kind");
}

/// A line of a campaign, as `Screened` would be written of the whole answer.
fn in_short(campaign: &Campaign, reference: &str, answer: &Answer, id: Uuid) -> String {
    let answer = Answer { decision_id: id, ..answer.clone() };
    serde_json::to_string(&Screened::of(Some(reference), campaign.id(), &answer)).expect("JSON")
}

/// Asks the request of a world as a campaign, of its person by a line of the campaign and by a line of its own.
fn assert_screened_alike(request: &SendRequest, view: &dyn View, context: Context<'_>) {
    let Ok((answer, kept)) = check::check_on_record(request, view, context, asked()) else { return };
    let defaults = SendRequest { recipient: Recipient::default(), ..request.clone() };
    let campaign = Campaign::of(Some(defaults), Uuid::from_u128(7), view, context).expect("a campaign");
    let mut block = Block::default();
    campaign
        .screen(view, context, asked(), &mut block, |lines| {
            lines.recipient(Some("a\"b"), &request.recipient)?;
            lines.recipient(Some("a\"b"), &request.recipient)?;
            lines.request(Some("a\"b"), request)
        })
        .expect("a moment")
        .expect("a decision");
    let told = String::from_utf8(block.answers).expect("text");
    let ids: Vec<Uuid> = block.drafts.iter().map(|draft| draft.id).collect();
    let expected: Vec<String> = ids.iter().map(|id| in_short(&campaign, "a\"b", &answer, *id)).collect();
    assert_eq!(told.lines().collect::<Vec<_>>(), expected);
    for draft in &block.drafts {
        assert_eq!(draft.parent, Some(campaign.id()));
        assert_eq!(comparable(&Draft { parent: None, ..draft.clone() }), comparable(&kept));
    }
    let totals = block.totals;
    assert_eq!((totals.lines, totals.allow + totals.deny), (3, 3));
    assert_eq!(totals.reasons.iter().map(|it| it.decisions).sum::<u64>(), 3 * answer.reasons.len() as u64);
    assert_eq!(totals.obligations.len(), answer.obligations.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_of_a_campaign_is_decided_as_a_check_of_its_own(world in worlds(), person in 0_u32..20_000) {
        for_somebody_else(&world, person).ask(assert_screened_alike);
    }
}

#[test]
fn so_is_every_golden_case() {
    for scenario in cases::all().files.iter().flat_map(|file| &file.scenarios) {
        run::ask(scenario, clock::now(), |request, view, context| {
            assert_screened_alike(request, view, Context { full: false, ..context });
        })
        .expect("a ledger");
    }
}
