//! In what an answer differs from what must come out.
//!
//! The answer is compared as it is written on the wire, so that one that came over a socket is compared in the same way.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::case::{Ground, Then};
use crate::check::answer::Verdict;

/// One thing in which an answer differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The field of `then`.
    pub field: &'static str,
    /// What was expected and what came, in order.
    pub lines: Vec<Line>,
}

/// One line of a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Whether it was expected and whether it came.
    pub is: Is,
    /// What: a word, or a rule and a limb.
    pub what: String,
    /// The sentence that the answer has about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
}

/// Whether something was expected and whether it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Is {
    /// Expected, and it came.
    There,
    /// Expected, and it did not come.
    Missing,
    /// Not expected, and it came.
    Unexpected,
}

impl Line {
    fn new(is: Is, what: impl Into<String>, says: Option<String>) -> Self {
        Self { is, what: what.into(), says }
    }
}

/// Everything in which the answer, told in full, differs from what must come out; nothing: it is as expected.
#[must_use]
pub fn differences(then: &Then, answer: &Value) -> Vec<Difference> {
    let decision = text(&answer["decision"]);
    let expected = match then.decision {
        Verdict::Allow => "allow",
        Verdict::Deny => "deny",
    };
    // What another decision lacks goes without saying.
    let is_decided = decision == expected;
    let basis = then.basis.as_ref().filter(|_| is_decided);
    let duties = then.obligations.as_ref().filter(|_| is_decided);
    let found = [
        ("decision", word(expected, decision, None)),
        ("basis", basis.map_or_else(Vec::new, |basis| self::basis(basis, answer))),
        ("because", then.because.as_ref().map_or_else(Vec::new, |because| self::because(because, expected, answer))),
        ("obligations", duties.map_or_else(Vec::new, |codes| obligations(codes, answer))),
        ("warnings", among(&then.warnings, &answer["warnings"], "code")),
        ("needs", among(&then.needs, &answer["needs"], "fact")),
        ("wording", among(&then.wording, at(answer, "/wording/findings"), "family")),
    ];
    let differing = found.into_iter().filter(|(_, lines)| lines.iter().any(|line| line.is != Is::There));
    differing.map(|(field, lines)| Difference { field, lines }).collect()
}

fn word(expected: &str, came: &str, says: Option<String>) -> Vec<Line> {
    if expected == came {
        return vec![Line::new(Is::There, came, None)];
    }
    vec![Line::new(Is::Missing, expected, None), Line::new(Is::Unexpected, came, says)]
}

fn basis(expected: &str, answer: &Value) -> Vec<Line> {
    match at(answer, "/basis/kind").as_str() {
        Some(kind) => word(expected, kind, at(answer, "/basis/says").as_str().map(str::to_owned)),
        None => vec![Line::new(Is::Missing, expected, Some("the answer has no basis: it is no allow".to_owned()))],
    }
}

/// Of a deny, every failing reason in its order; of an allow, its basis and what else is met. If the decision is
/// another than the one expected, all that it rests on is unexpected.
fn because(expected: &[Ground], verdict: &str, answer: &Value) -> Vec<Line> {
    let decided = text(&answer["decision"]);
    if decided == "allow" && verdict == "allow" {
        return met(expected, answer);
    }
    let reasons = answer["reasons"].as_array().into_iter().flatten();
    let reasons = reasons.filter(|reason| decided == "allow" || reason["outcome"] != "met");
    let ground = |reason: &Value| Ground(text(&reason["rule"]).to_owned(), text(&reason["limb"]).to_owned());
    let came: Vec<(Ground, &Value)> = reasons.map(|reason| (ground(reason), reason)).collect();
    let says: HashMap<&Ground, &str> = came.iter().map(|(ground, it)| (ground, text(&it["because"]))).collect();
    let came: Vec<Ground> = came.iter().map(|(ground, _)| ground.clone()).collect();
    ordered(expected, &came, |ground| says.get(ground).map(|says| (*says).to_owned()))
}

/// The first must be the rule of the basis, and every rule must be met.
fn met(expected: &[Ground], answer: &Value) -> Vec<Line> {
    let basis = text(at(answer, "/basis/rule"));
    let outcomes: HashMap<&str, &Value> =
        at(answer, "/detail/rules").as_array().into_iter().flatten().map(|rule| (text(&rule["rule"]), rule)).collect();
    let mut lines = Vec::new();
    for (index, ground) in expected.iter().enumerate() {
        let outcome = outcomes.get(ground.0.as_str()).copied();
        let is_met = outcome.is_some_and(|rule| rule["outcome"] == "met");
        let is_there = is_met && (index > 0 || ground.0 == basis);
        let why = if is_met { "met, but not what the allow rests on".to_owned() } else { how(outcome) };
        let is = if is_there { Is::There } else { Is::Missing };
        lines.push(Line::new(is, ground.to_string(), (!is_there).then_some(why)));
        if index == 0 && ground.0 != basis {
            lines.push(Line::new(Is::Unexpected, basis, at(answer, "/basis/says").as_str().map(str::to_owned)));
        }
    }
    lines
}

/// How a rule that was to be met came out.
fn how(outcome: Option<&Value>) -> String {
    let Some(rule) = outcome else { return "no such rule is in force on that day".to_owned() };
    let limbs: Vec<&str> = rule["limbs"].as_array().into_iter().flatten().map(text).collect();
    match text(&rule["outcome"]) {
        "not_engaged" => "the rule has nothing to say about this message".to_owned(),
        "unknown" => format!("nobody has told what it needs for {}", limbs.join(", ")),
        _ => format!("it fails at {}", limbs.join(", ")),
    }
}

fn obligations(expected: &[String], answer: &Value) -> Vec<Line> {
    let list = answer["obligations"].as_array().into_iter().flatten();
    let says: HashMap<&str, &str> = list.clone().map(|duty| (text(&duty["code"]), text(&duty["says"]))).collect();
    let came: Vec<String> = list.map(|duty| text(&duty["code"]).to_owned()).collect();
    ordered(expected, &came, |code| says.get(code.as_str()).map(|says| (*says).to_owned()))
}

/// Two lists beside each other, in order.
fn ordered<T: Eq + Ord + std::hash::Hash + ToString>(
    expected: &[T],
    came: &[T],
    says: impl Fn(&T) -> Option<String>,
) -> Vec<Line> {
    let lines = |is: Is, of: &[T], from: usize, count: usize| {
        let told = |item: &T| Line::new(is, item.to_string(), if is == Is::Unexpected { says(item) } else { None });
        of.iter().skip(from).take(count).map(told).collect::<Vec<_>>()
    };
    let part = |op: DiffOp| match op {
        DiffOp::Equal { old_index, len, .. } => lines(Is::There, expected, old_index, len),
        DiffOp::Delete { old_index, old_len, .. } => lines(Is::Missing, expected, old_index, old_len),
        DiffOp::Insert { new_index, new_len, .. } => lines(Is::Unexpected, came, new_index, new_len),
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            let missing = lines(Is::Missing, expected, old_index, old_len);
            [missing, lines(Is::Unexpected, came, new_index, new_len)].concat()
        }
    };
    capture_diff_slices(Algorithm::Myers, expected, came).into_iter().flat_map(part).collect()
}

/// Each of them must be there; others may be there too.
fn among(expected: &[impl ToString], list: &Value, field: &str) -> Vec<Line> {
    let came: Vec<&str> = list.as_array().into_iter().flatten().map(|item| text(&item[field])).collect();
    let others = if came.is_empty() { "there is none".to_owned() } else { format!("there is {}", came.join(", ")) };
    let line = |code: String| match came.contains(&code.as_str()) {
        true => Line::new(Is::There, code, None),
        false => Line::new(Is::Missing, code, Some(others.clone())),
    };
    expected.iter().map(ToString::to_string).map(line).collect()
}

/// A part of the answer, by its JSON pointer.
fn at<'a>(answer: &'a Value, pointer: &str) -> &'a Value {
    answer.pointer(pointer).unwrap_or(&Value::Null)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// An allow by consent, and a deny for want of it.
    fn allowed() -> Value {
        json!({
            "decision": "allow", "basis": {"kind": "consent", "rule": "pecr.reg22.consent", "says": "They agreed."},
            "reasons": [{"rule": "pecr.reg22.consent", "limb": "22(2)", "outcome": "met", "because": "agreed"}],
            "detail": {"rules": [
                {"rule": "pecr.reg22.consent", "outcome": "met", "limbs": []},
                {"rule": "pecr.reg23.identity", "outcome": "met", "limbs": []},
                {"rule": "pecr.reg22.soft-opt-in", "outcome": "not_met", "limbs": ["22(3)(a)", "22(3)(b)"]},
            ]},
            "obligations": [{"code": "a", "says": "do a"}, {"code": "b", "says": "do b"}],
            "warnings": [{"code": "w"}], "needs": [],
        })
    }

    fn denied() -> Value {
        let reason = |rule, limb, outcome| json!({"rule": rule, "limb": limb, "outcome": outcome, "because": limb});
        json!({"decision": "deny", "reasons": [
            reason("pecr.reg22.consent", "22(2)", "unknown"),
            reason("pecr.reg22.soft-opt-in", "22(3)(b)", "not_met"),
            reason("scope.direct-marketing", "122(5)", "met"),
        ], "obligations": [], "warnings": [], "needs": [{"fact": "consent_given"}]})
    }

    /// The lines of each difference: its field, then the lines with their signs.
    fn told(then: Value, answer: &Value) -> Vec<String> {
        let sign = |line: &Line| match line.is {
            Is::There => format!("  {}", line.what),
            Is::Missing => format!("- {}", line.what),
            Is::Unexpected => format!("+ {}", line.what),
        };
        let found = differences(&serde_json::from_value(then).unwrap(), answer);
        let lines = |it: &Difference| [vec![it.field.to_owned()], it.lines.iter().map(sign).collect()].concat();
        found.iter().flat_map(lines).collect()
    }

    #[test]
    fn a_decision_alone_is_enough() {
        assert!(told(json!({"decision": "allow"}), &allowed()).is_empty());
        assert_eq!(told(json!({"decision": "deny"}), &allowed()), ["decision", "- deny", "+ allow"]);
    }

    #[rstest::rstest]
    #[case(json!([["pecr.reg22.consent", "22(2)"], ["pecr.reg23.identity", "23(a)"]]), &[])]
    #[case(json!([["pecr.reg23.identity", "23(a)"]]),
        &["because", "- pecr.reg23.identity 23(a)", "+ pecr.reg22.consent"])]
    #[case(json!([["pecr.reg22.consent", "22(2)"], ["pecr.reg22.soft-opt-in", "22(3)(a)"]]),
        &["because", "  pecr.reg22.consent 22(2)", "- pecr.reg22.soft-opt-in 22(3)(a)"])]
    fn an_allow_rests_on_its_basis_and_what_is_met(#[case] because: Value, #[case] expected: &[&str]) {
        assert_eq!(told(json!({"decision": "allow", "because": because}), &allowed()), expected);
    }

    #[rstest::rstest]
    #[case(json!([["pecr.reg22.consent", "22(2)"], ["pecr.reg22.soft-opt-in", "22(3)(b)"]]), &[])]
    #[case(json!([["pecr.reg22.soft-opt-in", "22(3)(b)"]]),
        &["because", "+ pecr.reg22.consent 22(2)", "  pecr.reg22.soft-opt-in 22(3)(b)"])]
    #[case(json!([["pecr.reg22.consent", "22(2)"], ["pecr.reg22.soft-opt-in", "22(3)(a)"]]),
        &["because", "  pecr.reg22.consent 22(2)", "- pecr.reg22.soft-opt-in 22(3)(a)", "+ pecr.reg22.soft-opt-in 22(3)(b)"])]
    fn a_deny_has_all_its_reasons_in_order(#[case] because: Value, #[case] expected: &[&str]) {
        assert_eq!(told(json!({"decision": "deny", "because": because}), &denied()), expected);
    }

    #[test]
    fn of_another_decision_all_that_it_rests_on_is_unexpected() {
        let then = json!({"decision": "allow", "basis": "consent", "because": [["pecr.reg22.consent", "22(2)"]]});
        let found = differences(&serde_json::from_value(then).unwrap(), &denied());
        assert_eq!(found.len(), 2);
        let because = &found[1].lines;
        assert_eq!(because[1].what, "pecr.reg22.soft-opt-in 22(3)(b)");
        assert_eq!((because[1].is, because[1].says.as_deref()), (Is::Unexpected, Some("22(3)(b)")));
    }

    #[test]
    fn the_rest_is_compared_where_it_is_stated() {
        let then = json!({"decision": "allow", "basis": "soft_opt_in", "obligations": ["b", "a"], "warnings": ["w", "x"],
            "needs": ["y"], "wording": ["offer"]});
        let expected = [
            "basis",
            "- soft_opt_in",
            "+ consent",
            "obligations",
            "+ a",
            "  b",
            "- a",
            "warnings",
            "  w",
            "- x",
            "needs",
            "- y",
            "wording",
            "- offer",
        ];
        assert_eq!(told(then, &allowed()), expected);
    }
}
