//! Each row shows a made-up rulebook some cases, and says what was not reached.

use jiff::civil::date;

use super::*;
use crate::rules::{
    citation::{Citation, Level},
    in_force::InForce,
    outcome::Outcome,
};

const A: Limb = Limb { id: "a", holds: "a holds", fails: "a fails" };
const B: Limb = Limb { id: "b", holds: "b holds", fails: "b fails" };

const fn rule(id: &'static str, effect: Effect, limbs: &'static [&'static Limb], in_force: InForce) -> Rule {
    Rule {
        id,
        effect,
        level: Level::Statute,
        differs: false,
        citation: Citation { instrument: "Act", provision: "s. 1", url: "https://www.legislation.gov.uk/" },
        in_force,
        statement: "A rule.",
        limbs,
        evaluate: |_| Outcome::NotEngaged,
        docs: "",
    }
}

const LATER: InForce = InForce::from(date(2018, 5, 25));
const EARLIER: InForce = InForce::between(date(2003, 12, 11), date(2018, 5, 25));
static REQUIREMENT: Rule = rule("r", Effect::Requirement, &[&A, &B], LATER);
static BEFORE: Rule = rule("r", Effect::Requirement, &[&A], EARLIER);
static CONDITION: Rule = rule("c", Effect::Condition { of: &["r"] }, &[&A], LATER);
static EXCEPTION: Rule = rule("e", Effect::Exception { to: &["r"] }, &[&A], LATER);
static ADVICE: Rule = rule("a", Effect::Advice, &[&A], LATER);
static SCOPE: Rule = rule("s", Effect::Scope, &[&A], LATER);
static OUTSIDE: Rule = rule("o", Effect::Outside, &[&A], LATER);

use Verdict::{Allow, Deny};

/// What is not reached of a rule that was engaged in these cases. A case is a decision and the limbs that failed; what is
/// not reached is a limb, or the rule, and by which decisions.
fn gaps(rule: &'static Rule, cases: &str) -> String {
    let mut coverage = Coverage::of(&[rule]);
    for case in cases.split('|').filter(|case| !case.is_empty()) {
        let mut words = case.split_whitespace();
        let decision = if words.next() == Some("allow") { Allow } else { Deny };
        coverage.engaged(rule.id, date(2026, 1, 1), decision, &words.collect::<Vec<_>>());
    }
    let told = |gap: &Gap| {
        let by = gap.by.iter().map(|by| if *by == Allow { " allow" } else { " deny" });
        gap.limb.unwrap_or("rule").to_owned() + &by.collect::<String>()
    };
    coverage.gaps().iter().map(told).collect::<Vec<_>>().join(" | ")
}

#[rstest::rstest]
#[case::never_engaged(&REQUIREMENT, "", "rule allow deny")]
#[case::all_of_it(&REQUIREMENT, "allow | deny a b", "")]
#[case::each_in_turn(&REQUIREMENT, "allow a | allow b | deny a | deny b", "")]
#[case::never_allowed(&REQUIREMENT, "deny a | deny b", "rule allow")]
#[case::one_never_fails(&REQUIREMENT, "allow | deny a", "b deny")]
#[case::one_never_holds(&REQUIREMENT, "allow a | deny a b", "a allow")]
#[case::one_does_neither(&REQUIREMENT, "allow b | deny a", "b allow deny")]
#[case::a_condition_that_cannot_hold(&CONDITION, "allow a | deny a", "")]
#[case::a_condition_that_can(&CONDITION, "allow a | deny a | deny", "a allow")]
#[case::a_condition_never_failing(&CONDITION, "allow | deny", "a deny")]
#[case::an_exception_that_cannot_fail(&EXCEPTION, "allow | deny", "")]
#[case::an_exception_that_can(&EXCEPTION, "allow a | allow | deny", "a deny")]
#[case::an_advice_that_always_warns(&ADVICE, "allow a | deny a", "")]
#[case::an_advice_that_does_not(&ADVICE, "allow a | deny a | deny", "a allow")]
#[case::scope(&SCOPE, "allow | deny", "")]
#[case::scope_never_denied(&SCOPE, "allow", "rule deny")]
#[case::outside(&OUTSIDE, "allow", "")]
fn what_is_not_reached_is_named(#[case] rule: &'static Rule, #[case] cases: &str, #[case] expected: &str) {
    assert_eq!(gaps(rule, cases), expected);
}

#[test]
fn each_version_is_a_rule_of_its_own() {
    let mut coverage = Coverage::of(&[&BEFORE, &REQUIREMENT]);
    coverage.engaged("r", date(2018, 5, 24), Allow, &[]);
    coverage.engaged("r", date(2018, 5, 24), Deny, &["a"]);
    let days: Vec<Date> = coverage.gaps().iter().map(|gap| gap.in_force_from).collect();
    assert_eq!(days, [date(2018, 5, 25)]);
    assert_eq!(coverage.total(), Total { rules: 2, rules_reached: 1, limbs: 3, limbs_reached: 1 });
}
