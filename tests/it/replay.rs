//! What is kept of a decision is enough to decide it again: the same comes out, and nothing of what is compared is left
//! to the replay's own word for it.

use std::{collections::BTreeMap, sync::Arc};

use maysend::{
    check::{
        self,
        answer::{Answer, Verdict},
        dossier::{Dossier, Grounds, Limbed, Outcomes},
        logged::{DecisionRecord, LoggedRule},
        replay::{Change, Differences, Turn, again},
    },
    clock,
    decisions::{Book, Draft, Kept},
    scenario::run,
};
use proptest::prelude::*;

use crate::{cases, worlds::worlds};

fn kept(draft: Draft, number: u64, book: &Arc<Book>) -> Kept {
    Kept { decision: draft, unlinked: false, number, chain: [0; 32], book: Arc::clone(book) }
}

/// Every golden case with its answer and what is kept of it.
fn golden() -> Vec<(String, Answer, Kept)> {
    let (suite, book) = (cases::all(), Arc::new(check::book()));
    let scenarios = suite.files.iter().flat_map(|file| file.scenarios.iter().map(move |it| (&file.path, it)));
    let on_record = |(number, (path, scenario)): (usize, (&String, _))| {
        let scenario: &maysend::scenario::suite::Scenario = scenario;
        let (answer, draft) = run::on_record(scenario, clock::now()).expect("an answer");
        (format!("{path}: {}", scenario.case.name), answer, kept(draft, number as u64, &book))
    };
    scenarios.enumerate().map(on_record).collect()
}

/// The same decision, the same reasons in the same order, the same outcome of every rule, the same basis.
#[track_caller]
fn assert_decided_alike(kept: &Kept, name: &str) {
    let dossier = Dossier::read(&kept.decision.body).expect("a dossier");
    let decision = dossier.decide_again(|_| {});
    assert_eq!(decision.allow, kept.decision.allow, "{name}");
    assert_eq!(decision.reasons.iter().map(Limbed::of).collect::<Vec<_>>(), dossier.reasons, "{name}");
    assert_eq!(Outcomes::of(&decision.outcomes), dossier.outcomes, "{name}");
    assert_eq!(Grounds::of(&decision), dossier.grounds, "{name}");
    let duties: Vec<_> = decision.obligations.iter().map(|duty| duty.code).collect();
    assert_eq!(duties, dossier.obligations, "{name}");
    assert_eq!(decision.facts, dossier.facts(), "{name}");
    assert_eq!(again(kept, &dossier, Change::default()).turn(), Turn::Same, "{name}");
}

#[test]
fn every_golden_case_is_decided_again_alike() {
    let golden = golden();
    let (mut all, mut sizes) = (Differences::default(), Vec::new());
    for (name, _, kept) in &golden {
        assert_decided_alike(kept, name);
        all.take(kept, Change::default(), 3);
        sizes.push(kept.decision.body.len());
    }
    crate::count("golden cases decided again", golden.len());
    assert_eq!((all.decided_again, all.is_none()), (golden.len() as u64, true), "{all:?}");
    sizes.sort_unstable();
    let (median, largest) = (sizes[sizes.len() / 2], sizes[sizes.len() - 1]);
    println!("the dossier of a decision takes {median} bytes at the median, {largest} at most");
    assert!(median <= 250, "{median} bytes");
}

/// The log tells the facts and the rules as `?detail=full` told them, the caller's ids of events apart.
#[test]
fn the_log_tells_what_the_answer_told_in_full() {
    for (name, answer, kept) in golden() {
        let told = DecisionRecord::of(&kept, &|_| None).expect("a decision");
        let detail = answer.detail.expect("the whole answer");
        let rules = |rule: &LoggedRule| (rule.rule.clone(), rule.outcome, rule.limbs.join(", "));
        let before = detail.rules.iter().map(|it| (it.rule.to_owned(), it.outcome, it.limbs.join(", ")));
        assert_eq!(told.rules.iter().map(rules).collect::<Vec<_>>(), before.collect::<Vec<_>>(), "{name}");
        assert_eq!(told.facts.len(), detail.facts.len(), "{name}");
        for (fact, before) in told.facts.iter().zip(&detail.facts) {
            assert_eq!((fact.fact, fact.source), (before.fact, before.source), "{name}");
            let named = before.value.starts_with('`');
            assert!(named || fact.value == before.value, "{name}: {} {}", fact.fact, fact.value);
        }
        let reasons: Vec<_> = told.reasons.iter().map(|it| (it.rule.as_str(), it.limb.as_str(), it.outcome)).collect();
        let before: Vec<_> = answer.reasons.iter().map(|it| (it.rule, it.limb, it.outcome)).collect();
        assert_eq!(reasons, before, "{name}");
        assert!(told.reasons.iter().all(|reason| reason.citation.is_some() && reason.statement.is_some()), "{name}");
        let warnings: Vec<_> = answer.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(told.warnings, warnings, "{name}");
        let duties: Vec<_> = answer.obligations.iter().map(|duty| duty.code).collect();
        assert_eq!(told.obligations, duties, "{name}");
        assert_eq!(told.basis.map(|basis| basis.kind), answer.basis.map(|basis| basis.kind), "{name}");
        assert_eq!((told.decision, told.revision), (answer.decision, answer.revision), "{name}");
    }
}

/// Under the law of the day before the charitable soft opt-in, what rests on it alone is refused.
#[test]
fn the_law_of_another_day_makes_differences_and_they_are_counted() {
    let change = Change { as_of: Some("2026-02-04".parse().expect("a day")), profile: None };
    let (mut whole, mut halves) = (Differences::default(), [Differences::default(), Differences::default()]);
    let mut expected = 0;
    for (_, answer, kept) in golden() {
        let charitable = answer.basis.is_some_and(|basis| basis.kind == "charitable_soft_opt_in");
        expected += u64::from(charitable);
        if charitable {
            let dossier = Dossier::read(&kept.decision.body).expect("a dossier");
            assert_eq!(again(&kept, &dossier, change).turn(), Turn::NowDenied);
        }
        whole.take(&kept, change, 2);
        halves[(kept.number % 2) as usize].take(&kept, change, 2);
    }
    assert!(expected > 0 && whole.counts.now_denied >= expected, "{whole:?}");
    assert!(whole.by_rule.get("pecr.reg22.consent").is_some_and(|rule| rule.newly_fails >= expected), "{whole:?}");
    assert!(whole.by_rule.values().all(|rule| (1..=2).contains(&rule.examples.len())));
    let of_campaigns: u64 = whole.by_campaign.values().map(|counts| counts.all()).sum();
    assert_eq!(of_campaigns, whole.counts.all());
    // Several threads count as one does.
    let [mut one, other] = halves;
    one.merge(other, 2);
    assert_eq!(one, whole);
}

#[test]
fn what_cannot_be_read_is_counted() {
    let (_, _, sound) = golden().remove(0);
    let with = |body: Vec<u8>| Kept { decision: Draft { body, ..sound.decision.clone() }, ..sound.clone() };
    let mut differences = Differences::default();
    for body in [vec![2, 0], vec![9], Vec::new(), vec![1, 2, 3]] {
        differences.take(&with(body), Change::default(), 1);
    }
    assert_eq!((differences.of_a_later_version, differences.damaged, differences.decided_again), (2, 2, 0));
}

/// A place stands for what the book of that program has there, whatever this program's has.
#[test]
fn a_program_with_other_rules_is_read_by_its_own_book() {
    let (_, _, mut kept) =
        golden().into_iter().find(|(_, answer, _)| answer.decision == Verdict::Deny).expect("a deny");
    let mut book = check::book();
    let names: BTreeMap<String, String> =
        book.rules.iter().map(|rule| (rule.id.clone(), format!("old.{}", rule.id))).collect();
    book.rules.iter_mut().for_each(|rule| rule.id = names[&rule.id].clone());
    kept.book = Arc::new(book);
    let mut differences = Differences::default();
    differences.take(&kept, Change::default(), 1);
    assert_eq!(differences.counts.other_reasons, 1);
    let gone = differences.by_rule.iter().filter(|(_, counts)| counts.no_longer_fails == 1);
    assert!(gone.count() > 0 && differences.by_rule.keys().any(|rule| rule.starts_with("old.")));
    let told = DecisionRecord::of(&kept, &|_| None).expect("a decision");
    assert!(told.reasons.iter().all(|reason| reason.rule.starts_with("old.") && reason.citation.is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_world_is_decided_again_alike(world in worlds()) {
        assert_decided_alike(&kept(world.draft(), 0, &Arc::new(check::book())), "a world");
    }
}
