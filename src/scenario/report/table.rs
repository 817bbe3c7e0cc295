//! The table of coverage: how often each rule was reached, and what was not.

use std::fmt::Write as _;

use super::human::{Palette, in_style};
use crate::{
    check::answer::Verdict,
    rules::ALL,
    scenario::coverage::{Coverage, RuleReach},
};

/// The width of a column of counts.
const COUNT: usize = 7;

/// Tells how many cases engaged each rule, by their decision, and lists what was not reached.
#[must_use]
pub fn tell(coverage: &Coverage, palette: Palette) -> String {
    let names: Vec<String> = coverage.rules.iter().map(name).collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    let mut text = format!("{:width$}{:>COUNT$}{:>COUNT$}{:>COUNT$}\n", "rule", "allow", "deny", "limbs");
    for (name, rule) in names.iter().zip(&coverage.rules) {
        let count = |by: Verdict, count: usize| {
            let written = format!("{count:>COUNT$}");
            if rule.misses(by) { in_style(palette.bad, written) } else { written }
        };
        let deny = if rule.can_be_denied() { count(Verdict::Deny, rule.deny) } else { format!("{:>COUNT$}", "-") };
        let misses = |limb| rule.limb_misses(limb, Verdict::Allow) || rule.limb_misses(limb, Verdict::Deny);
        let reached = rule.limbs.iter().filter(|limb| !misses(limb)).count();
        let limbs = format!("{:>COUNT$}", format!("{reached}/{}", rule.limbs.len()));
        let _ = writeln!(text, "{name:width$}{}{deny}{limbs}", count(Verdict::Allow, rule.allow));
    }
    let gaps = coverage.gaps();
    if !gaps.is_empty() {
        text.push_str("\nNot reached:\n");
        for gap in gaps {
            let _ = writeln!(text, "  {gap}");
        }
    }
    text
}

/// The id of the rule; of one that has several versions, with the first day of this one.
fn name(rule: &RuleReach) -> String {
    let versions = ALL.iter().filter(|known| known.id == rule.rule).count();
    if versions > 1 { format!("{} (from {})", rule.rule, rule.in_force_from) } else { rule.rule.to_owned() }
}

/// How much was reached, in a line.
#[must_use]
pub fn total(coverage: &Coverage, palette: Palette) -> String {
    let total = coverage.total();
    let whole = total.rules == total.rules_reached && total.limbs == total.limbs_reached;
    let reached = if whole {
        format!("every rule ({}) and every limb ({}) is", total.rules, total.limbs)
    } else {
        let crate::scenario::coverage::Total { rules, rules_reached, limbs, limbs_reached } = total;
        format!("{rules_reached} of {rules} rules and {limbs_reached} of {limbs} limbs are")
    };
    let style = if whole { palette.good } else { palette.dim };
    format!("{} {reached} reached by an allow and by a deny\n", in_style(style, "coverage:"))
}
