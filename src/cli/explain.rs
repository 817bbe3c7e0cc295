//! `maysend explain`: one rule in full.

use std::{fmt::Write as _, process::ExitCode};

use clap::Args;
use jiff::civil::Date;

use super::{
    Failure,
    output::{self, Format},
    rules::day,
};
use crate::{
    http,
    rules::{
        ALL, Rule, precedents,
        prose::{Prose, versions},
    },
    spelling::nearest,
};

/// Explain one rule: the law, what it allows and refuses, its doubts, its sources.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maysend explain pecr.reg22.soft-opt-in
  maysend explain uk_gdpr.art21.objection --as-of 2018-05-24")]
pub(super) struct Explain {
    /// The rule's id, as a decision or `maysend rules` gives it
    #[arg(value_name = "RULE")]
    rule: String,
    /// The day whose version is explained [default: today, in London]
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// How to write it
    #[arg(long, default_value = "text")]
    format: Format,
}

impl Explain {
    pub(super) fn run(self) -> Result<ExitCode, Failure> {
        let as_of = day(self.as_of)?;
        let versions = versions(&self.rule);
        let in_force = versions.iter().find(|rule| rule.in_force.contains(as_of));
        // No version on that day: the newest tells when there was one.
        let Some(rule) = in_force.or(versions.first()) else { return Err(no_rule(self.rule)) };
        match self.format {
            Format::Json => output::print_json(&http::rules::page(rule.id))?,
            Format::Text => output::print(&explain(rule, &versions, as_of))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn no_rule(id: String) -> Failure {
    let hint = nearest(&id, ALL.iter().map(|rule| rule.id))
        .map_or_else(|| "`maysend rules` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
    Failure::NoRule { id, hint }
}

fn explain(rule: &Rule, versions: &[&Rule], as_of: Date) -> String {
    let mut text = format!("{}\n", rule.id);
    text.push_str(&output::wrap(rule.statement, ""));
    let cited = format!("{} {}", rule.citation.instrument, rule.citation.provision);
    let mut line = |name: &str, value: &str| text.push_str(&format!("  {name:<10}{value}\n"));
    line("level", &rule.level.as_str().replace('_', " "));
    line("effect", rule.effect.describe());
    line("citation", &cited);
    line("", rule.citation.url);
    for version in versions {
        let mark = if versions.len() > 1 && std::ptr::eq(*version, rule) { "  (explained here)" } else { "" };
        line("in force", &format!("{}{mark}", span(version)));
    }
    if !rule.in_force.contains(as_of) {
        line("", &format!("no version is the law on {as_of}"));
    }
    if rule.differs {
        line("reading", "lawyers differ: the conservative profile applies it, the literal one only warns");
    }
    text.push_str(&prose(rule));
    text.push_str("\nConditions\n");
    for limb in rule.limbs {
        text.push_str(&format!("  {}\n", limb.id));
        text.push_str(&output::wrap(limb.holds, "      "));
    }
    let precedents = precedents::on(rule.id);
    if !precedents.is_empty() {
        text.push_str("\nPublished enforcement\n");
    }
    for precedent in precedents {
        text.push_str(&output::wrap(&precedent.to_string(), "  "));
        text.push_str(&format!("      {}\n", precedent.ruling.source));
    }
    text
}

fn span(rule: &Rule) -> String {
    let from = rule.in_force.from;
    let mut span = format!("from {from}");
    if let Some(until) = rule.in_force.until {
        // Writing to a string cannot fail.
        let _ = write!(span, ", until the day before {until}");
    }
    span
}

/// The prose under its headings, each paragraph wrapped.
fn prose(rule: &Rule) -> String {
    let Prose { law, allowed, refused, doubt, references } = rule.prose();
    let mut text = format!("\n{}", paragraphs(&law));
    let sections =
        [("Allowed", Some(allowed)), ("Refused", Some(refused)), ("Doubt", doubt), ("References", references)];
    for (heading, section) in sections.into_iter().filter_map(|(heading, text)| text.map(|text| (heading, text))) {
        text.push_str(&format!("\n{heading}\n{}", paragraphs(&section)));
    }
    text
}

fn paragraphs(text: &str) -> String {
    text.split("\n\n").map(|paragraph| output::wrap(paragraph, "  ")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_explained_with_its_source() {
        let rule = ALL.first().unwrap();
        let text = explain(rule, &[rule], rule.in_force.from);
        assert!(!text.contains("no version is the law"), "{text}");
        let before = explain(rule, &[rule], jiff::civil::date(1999, 1, 1));
        assert!(before.contains("no version is the law on 1999-01-01"), "{before}");
        for part in [rule.id, rule.citation.url, "in force", "Conditions", "Allowed", "Refused"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn published_enforcement_is_listed_where_there_is_any() {
        let text = |id: &str| {
            let versions = versions(id);
            explain(versions.first().unwrap(), &versions, jiff::civil::date(2026, 11, 21))
        };
        let listed = text("ico.promotion-in-service-message");
        assert!(listed.contains("Published enforcement\n  Allay Claims Ltd, 2026-01-20, £120,000: "), "{listed}");
        assert!(!text("ico.prize-draw").contains("Published enforcement"));
    }

    #[test]
    fn a_misspelt_id_gets_a_hint() {
        let id = ALL.first().unwrap().id;
        assert!(no_rule(id.replace("reg", "rge")).to_string().contains(&format!("did you mean `{id}`?")));
        assert!(no_rule("nothing".to_owned()).to_string().contains("`maysend rules` lists them"));
    }
}
