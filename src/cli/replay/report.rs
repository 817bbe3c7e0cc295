//! What a replay found, in words and as JSON.

use std::{
    fmt::{Result, Write as _},
    time::Duration,
};

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    check::{
        replay::{Change, Counts, Differences, Example, RuleCounts},
        sentences::plain,
    },
    rules::RULEBOOK,
    terms::party::PolicyProfile,
};

/// What a replay found.
pub(super) struct Report {
    pub(super) change: Change,
    pub(super) differences: Differences,
    pub(super) taken: Duration,
}

/// The same as JSON.
#[derive(Serialize)]
pub(super) struct Json<'r> {
    rulebook: &'static str,
    as_of: Option<Date>,
    policy: Option<PolicyProfile>,
    #[serde(flatten)]
    differences: &'r Differences,
    decisions_per_second: u64,
}

impl Report {
    pub(super) fn as_json(&self) -> Json<'_> {
        Json {
            rulebook: RULEBOOK,
            as_of: self.change.as_of,
            policy: self.change.profile,
            differences: &self.differences,
            decisions_per_second: self.per_second(),
        }
    }

    pub(super) fn in_words(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) -> Result {
        let Differences { decided_again, counts, of_a_later_version, damaged, by_rule, by_campaign } =
            &self.differences;
        let (seconds, rate) = (self.taken.as_secs_f64(), self.per_second());
        writeln!(text, "Decided again: {decided_again} (in {seconds:.2} s, {rate} a second).")?;
        write!(text, "By the rulebook of {RULEBOOK}, on {}", self.change.as_of.map_or_else(law_of_each, law_of))?;
        let reading = self.change.profile.map_or("the reading of each", PolicyProfile::as_str);
        writeln!(text, " and {reading}: {} differ.", counts.all())?;
        if *of_a_later_version > 0 {
            writeln!(text, "{of_a_later_version} could not be: a later version of this program wrote them.")?;
        }
        if *damaged > 0 {
            writeln!(text, "{damaged} could not be: they are damaged.")?;
        }
        if counts.all() > 0 {
            writeln!(text, "\n  {}", told(counts))?;
            writeln!(text, "\nBy rule:")?;
            by_rule.iter().try_for_each(|(rule, counts)| of_rule(text, rule, counts))?;
            writeln!(text, "\nBy campaign:")?;
            for (campaign, counts) in by_campaign {
                writeln!(text, "  {}: {}", plain(&campaign.to_string()), told(counts))?;
                examples(text, &counts.examples)?;
            }
        }
        Ok(())
    }

    fn per_second(&self) -> u64 {
        let nanoseconds = self.taken.as_nanos().max(1);
        let rate = u128::from(self.differences.decided_again) * 1_000_000_000 / nanoseconds;
        u64::try_from(rate).unwrap_or(u64::MAX)
    }
}

fn law_of_each() -> String {
    "the law of the day of each".to_owned()
}

fn law_of(day: Date) -> String {
    format!("the law of {day}")
}

fn told(counts: &Counts) -> String {
    let Counts { now_denied, now_allowed, other_reasons, .. } = counts;
    format!("{now_denied} now denied, {now_allowed} now allowed, {other_reasons} the same for other reasons")
}

fn of_rule(text: &mut String, rule: &str, counts: &RuleCounts) -> Result {
    let RuleCounts { newly_fails, no_longer_fails, newly_holds, no_longer_holds, .. } = counts;
    let each = [
        (newly_fails, "newly fails"),
        (no_longer_fails, "no longer fails"),
        (newly_holds, "newly holds"),
        (no_longer_holds, "no longer holds"),
    ];
    let told: Vec<String> =
        each.iter().filter(|(count, _)| **count > 0).map(|(count, what)| format!("{what} in {count}")).collect();
    writeln!(text, "  {rule}: {}", told.join(", "))?;
    examples(text, &counts.examples)
}

fn examples(text: &mut String, examples: &[Example]) -> Result {
    examples.iter().try_for_each(|example| writeln!(text, "      {}", example.id))
}
