//! The rules that decisions name, in the versions that were applied.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::decisions::Applied;
use crate::{
    check::answer::Citation,
    rules::{self, Rule},
};

/// One version of a rule that was applied to the person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppliedRule {
    /// Its id.
    #[schema(example = "pecr.reg22.consent")]
    pub rule: String,
    /// The first day on which this version is the law.
    pub from: Date,
    /// The first day on which it is no longer the law. Left out while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// How many of the listed decisions name it.
    pub decisions: usize,
    /// What it says. Left out where this program's rulebook does not have the version any more.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub text: Option<RuleText>,
}

/// What a rule says, and where it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RuleText {
    /// The rule in one sentence.
    pub statement: &'static str,
    /// What kind of authority it has.
    #[schema(example = "statute")]
    pub level: &'static str,
    /// Where it stands.
    pub citation: Citation,
}

/// The rules that were applied, in order of precedence; those that this program does not know come last.
pub(super) fn applied(applied: &Applied) -> Vec<AppliedRule> {
    let known = rules::ALL.iter().filter_map(|rule| {
        let decisions = applied.get(&(rule.id.to_owned(), rule.in_force.from))?;
        Some(AppliedRule {
            rule: rule.id.to_owned(),
            from: rule.in_force.from,
            until: rule.in_force.until,
            decisions: *decisions,
            text: Some(text(rule)),
        })
    });
    let is_known = |id: &str, from: Date| rules::ALL.iter().any(|rule| rule.id == id && rule.in_force.from == from);
    let unknown = applied.iter().filter(|((id, from), _)| !is_known(id, *from));
    let unknown = unknown.map(|((id, from), decisions)| AppliedRule {
        rule: id.clone(),
        from: *from,
        until: None,
        decisions: *decisions,
        text: None,
    });
    known.chain(unknown).collect()
}

const fn text(rule: &Rule) -> RuleText {
    let cited = rule.citation;
    RuleText {
        statement: rule.statement,
        level: rule.level.as_str(),
        citation: Citation { instrument: cited.instrument, provision: cited.provision, url: cited.url },
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_rule_is_shown_in_the_version_that_was_applied() {
        let last = rules::ALL.last().expect("a rule");
        let first = rules::ALL.first().expect("a rule");
        let of = |rule: &Rule| (rule.id.to_owned(), rule.in_force.from);
        let gone = ("pecr.reg99.gone".to_owned(), date(2011, 5, 26));
        let shown = applied(&Applied::from([(of(last), 1), (of(first), 2), (gone.clone(), 3)]));
        let seen: Vec<_> =
            shown.iter().map(|it| ((it.rule.clone(), it.from), it.decisions, it.text.is_some())).collect();
        assert_eq!(seen, [(of(first), 2, true), (of(last), 1, true), (gone, 3, false)]);
    }
}
