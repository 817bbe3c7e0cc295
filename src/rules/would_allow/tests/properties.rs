//! What must hold of the suggestions for any facts.

use proptest::prelude::*;

use super::{
    oracle::{Possible, as_possible},
    worlds::{World, worlds},
};
use crate::{
    facts::Stop,
    rules::{
        decide::{Decision, decide},
        in_force::GDPR,
        scope::direct_marketing::is_direct_marketing,
        would_allow::{MOST_CHANGES, MOST_SETS, MOST_STEPS, search::Search},
    },
    terms::party::PolicyProfile,
};

/// How many worlds each property is tried on.
const CASES: u32 = 10_000;

/// The largest sets that are looked for by trying everything, and in how many changes.
const TRIED: (usize, usize) = (3, 9);

fn decided(world: &World) -> Decision<'static> {
    decide(&world.facts, &world.consents, &world.collections)
}

fn contains(set: &[Possible], other: &[Possible]) -> bool {
    other.iter().all(|possible| set.contains(possible))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each set, applied to the message, the person and the events, turns the answer; no part of it does. Each change
    /// says what it is for. None is contained in another, the smaller come first, and all were found in time.
    #[test]
    fn every_set_turns_the_answer_and_spares_nothing(world in worlds()) {
        let decision = decided(&world);
        let mut search = Search::of(&decision, MOST_STEPS);
        search.run(MOST_SETS, MOST_CHANGES);
        prop_assert!(search.steps_left().is_some());
        let ways = if decision.allow { Vec::new() } else { search.told(MOST_SETS) };
        prop_assert!(ways.iter().flatten().all(|changed| !changed.satisfies.is_empty()));
        let ways: Vec<_> = ways.iter().map(|way| as_possible(way)).collect();
        prop_assert!(ways.len() <= MOST_SETS && ways.iter().all(|way| (1..=MOST_CHANGES).contains(&way.len())));
        prop_assert!(ways.is_sorted_by_key(Vec::len));
        for (index, way) in ways.iter().enumerate() {
            prop_assert!(world.turned_by(way), "{way:?} does not turn it");
            for parts in 0..(1_u32 << way.len()) - 1 {
                let part = way.iter().enumerate().filter(|(place, _)| parts >> place & 1 == 1);
                let part: Vec<_> = part.map(|(_, possible)| *possible).collect();
                prop_assert!(!world.turned_by(&part), "{part:?} of {way:?} is enough");
            }
            let others = ways.iter().enumerate().filter(|(other, _)| *other != index);
            prop_assert!(!others.map(|(_, other)| other).any(|other| contains(way, other)), "{way:?} holds another");
        }
    }

    /// What is found is what is found by trying everything.
    #[test]
    fn no_smallest_set_is_missed(world in worlds()) {
        let decision = decided(&world);
        let (most_changes, most_possible) = TRIED;
        if !decision.allow && world.possible().len() <= most_possible {
            let mut search = Search::of(&decision, usize::MAX);
            search.run(usize::MAX, most_changes);
            let found: Vec<_> = search.told(usize::MAX).iter().map(|way| as_possible(way)).collect();
            let all = world.smallest(most_changes);
            // What is told of a new event's fact does not name the event.
            let plain = |set: &Vec<Possible>| -> Vec<Possible> {
                let new = |possible: &Possible| Possible {
                    event: possible.event.filter(|event| !event.id.is_empty()),
                    ..*possible
                };
                set.iter().map(new).collect()
            };
            let all: Vec<_> = all.iter().map(plain).collect();
            let same = |a: &Vec<Possible>, b: &Vec<Possible>| contains(a, b) && contains(b, a);
            for missed in all.iter().filter(|set| !found.iter().any(|other| same(set, other))) {
                prop_assert!(false, "missed {missed:?}");
            }
            prop_assert_eq!(found.len(), all.len());
        }
    }

    /// Nothing but the person's own later consent, or a message that markets nothing, turns what the person has said
    /// against marketing, unless what is on record has passed it over; and where anything was said, nothing is supposed
    /// that would.
    #[test]
    fn what_the_person_said_is_heeded(world in worlds()) {
        let stops = world.facts.stops;
        let all = [
            stops.objection, stops.fundraising_preference, stops.withdrawal, stops.refusal, stops.complaint,
            stops.company,
        ];
        let decision = decided(&world);
        let mut search = Search::of(&decision, MOST_STEPS);
        search.run(MOST_SETS, MOST_CHANGES);
        if decision.allow || all.iter().all(|stop| stop.latest.is_none()) {
            return Ok(());
        }
        for (way, (before, after)) in search.told(MOST_SETS).iter().zip(search.turned()) {
            let reasons = decide(&before, before.consent.as_slice(), before.collection.as_slice()).reasons;
            let failing = reasons.iter().filter(|reason| !reason.met);
            let seen: Vec<_> = failing.filter_map(|reason| reason.seen?.event).collect();
            let own = after.consent.as_ref().and_then(|consent| consent.of_their_own());
            let mut refusing = all.iter().filter(|stop| stop.latest.is_some_and(|stop| seen.contains(&stop)));
            let lifted = |stop: &Stop<'_>| {
                let by_consent = own.is_some_and(|own| stop.standing_after(Some(own)).is_none());
                // On the literal reading a refusal is one of the details as they were collected then; before the GDPR, a
                // withdrawal was no more.
                let earlier = world.facts.as_of < GDPR && stop.latest == stops.withdrawal.latest;
                let refusal = earlier || stop.latest == stops.refusal.latest;
                let refusal = refusal && world.facts.profile == PolicyProfile::Literal;
                let anew = before.collection.filter(|collection| refusal && collection.refused == Some(false));
                by_consent || anew.is_some_and(|anew| stop.standing_after(Some(&anew.event)).is_none())
            };
            let lifted = refusing.all(lifted);
            prop_assert!(lifted || !is_direct_marketing(&after), "{way:?}");
            let supposed = way.iter().map(|changed| changed.change.fact).any(|fact| {
                fact.starts_with("details_collected") || fact.starts_with("recipient.") || fact == "request_made"
            });
            prop_assert!(!supposed, "{way:?}");
        }
    }
}
