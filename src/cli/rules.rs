//! `maysend rules`: the rulebook, as a list.

use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use super::{
    Failure,
    output::{self, Format},
};
use crate::{
    clock, http,
    rules::{self, Rule, in_force, penalty},
};

/// List the rules that are the law on a day, in order of precedence.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend rules
  maysend rules --as-of 2018-05-24
  maysend rules --format json | jq -r '.rules[].id'")]
pub(super) struct Rules {
    /// The day whose law is listed [default: today, in London]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// How to write it [default: text on a terminal, json into a pipe]
    #[arg(long)]
    format: Option<Format>,
}

impl Rules {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let as_of = day(self.as_of)?;
        let listed = || rules::ALL.iter().copied().filter(|rule| rule.in_force.contains(as_of));
        match Format::or_by_terminal(self.format) {
            Format::Json => output::print_json(&http::rules::rulebook(as_of))?,
            Format::Text => output::print(&list(as_of, listed()))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The day that was asked for, if the rulebook covers it; else today in London, where the law is.
pub(super) fn day(asked: Option<Date>) -> Result<Date, Failure> {
    let day = asked.unwrap_or_else(|| clock::day_in_london(clock::now()));
    if day < in_force::COVERED_FROM { Err(Failure::DateNotCovered(in_force::COVERED_FROM)) } else { Ok(day) }
}

fn list<'a>(as_of: Date, listed: impl Iterator<Item = &'a Rule>) -> String {
    let mut text = format!("The law on {as_of}, as the rulebook of {} states it.\n", rules::RULEBOOK);
    for rule in listed {
        let cited = format!("{} {}", rule.citation.instrument, rule.citation.provision);
        text.push_str(&format!("\n{}  ({}, {cited})\n", rule.id, rule.level.as_str().replace('_', " ")));
        text.push_str(&output::wrap(rule.statement, "    "));
    }
    text.push_str("\nAt most the regulator may impose\n");
    for penalty in penalty::in_force(as_of) {
        let condition = penalty.condition.map_or_else(String::new, |condition| format!(" {condition}"));
        let citation = penalty.citation;
        let says = format!("{}{condition} ({} {})", penalty.maximum, citation.instrument, citation.provision);
        text.push_str(&output::wrap(&says, "    "));
    }
    text.push_str("\n`maysend explain ID` tells more of each rule.\n");
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_list_has_the_rules_of_the_day() {
        let rule = rules::ALL.first().unwrap();
        let text = list(date(2026, 2, 5), std::iter::once(*rule));
        assert!(text.contains(rule.id) && text.contains(rule.citation.provision), "{text}");
    }

    #[test]
    fn the_list_ends_with_what_a_breach_may_cost_on_the_day() {
        let text = |day| list(date(2026, 2, day), std::iter::empty());
        assert!(text(4).contains("    £500,000 for a serious contravention") && !text(4).contains("para. 18"));
        assert!(text(5).contains("para. 18") && !text(5).contains("£500,000"), "{}", text(5));
    }

    #[test]
    fn a_day_before_the_rulebook_is_refused() {
        assert!(matches!(day(Some(date(1999, 1, 1))), Err(Failure::DateNotCovered(_))));
        assert_eq!(day(Some(date(2026, 2, 5))).ok(), Some(date(2026, 2, 5)));
    }
}
