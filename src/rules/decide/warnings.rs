//! What does not turn an answer and should be known.

use super::{Reason, Weighed, failed, met};
use crate::rules::{ALL, Effect, Rule, applies, book::Entry, outcome::Outcome};

impl<'a> Weighed<'_, 'a> {
    /// Advice that was not taken; points on which lawyers differ, where the reading taken lets them pass; and what
    /// would be met under law that came later. `basis` is the rule that an allow rests on.
    pub(super) fn warnings(&self, basis: Option<&str>) -> Vec<Reason<'a>> {
        let failing = self.run(|_| true).flat_map(|(entry, outcome)| match (entry.rule, outcome) {
            (rule, Outcome::Failing(failures)) if self.passes(rule, basis) => {
                failures.iter().map(|failure| failed(rule, failure)).collect()
            }
            // An exception that the literal reading alone makes.
            (rule, Outcome::Met(_)) if rule.differs && matches!(rule.effect, Effect::Exception { .. }) => {
                met((entry, outcome)).into_iter().collect()
            }
            (_, Outcome::Failing(_) | Outcome::NotEngaged | Outcome::Met(_)) => Vec::new(),
        });
        let later = ALL.iter().copied().filter(|rule| self.comes_later(rule));
        let later = later
            .filter_map(|rule| rule.limbs.first().map(|limb| Reason { rule, limb, met: true, seen: None, ask: None }));
        failing.chain(later).collect()
    }

    /// Whether the rule may fail and the message be sent all the same.
    fn passes(&self, rule: &Rule, basis: Option<&str>) -> bool {
        match rule.effect {
            Effect::Advice => true,
            // What makes a soft opt-in or a consent doubtful is no matter to a message that rests on something else.
            Effect::Condition { of } => {
                let matters = |of: &str| if self.is_exception(of) { basis == Some(of) } else { self.is_engaged(of) };
                !applies(rule, self.facts) && of.iter().any(|of| matters(of))
            }
            Effect::Requirement | Effect::Exception { .. } | Effect::Outside | Effect::Scope => {
                !applies(rule, self.facts)
            }
        }
    }

    fn is_engaged(&self, id: &str) -> bool {
        self.run(|rule| rule.id == id).any(|(_, outcome)| !matches!(outcome, Outcome::NotEngaged))
    }

    pub(super) fn is_exception(&self, id: &str) -> bool {
        let is_it = |Entry { rule, .. }: &Entry| rule.id == id && matches!(rule.effect, Effect::Exception { .. });
        self.book.entries.iter().any(is_it)
    }

    /// Whether the rule is an exception that is not the law yet, and would be met if it were.
    fn comes_later(&self, rule: &Rule) -> bool {
        // What lawyers differ on does not make the new law any less the law.
        let fails = |part: &&Rule| {
            part.effect.is_condition_of(rule.id) && !part.differs && (part.evaluate)(self.facts).is_failing()
        };
        // An earlier version of the same rule may be the law already.
        let known = self.book.entries.iter().any(|of_the_day| of_the_day.rule.id == rule.id);
        !known
            && matches!(rule.effect, Effect::Exception { .. })
            && rule.in_force.from > self.facts.as_of
            && (rule.evaluate)(self.facts).is_met()
            && !ALL.iter().any(fails)
    }
}
