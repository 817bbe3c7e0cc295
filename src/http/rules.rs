//! `/rules`: the rulebook, to read.

use std::collections::HashSet;

use axum::{
    extract::{Path, rejection::PathRejection},
    http::{StatusCode, Uri},
    response::Response,
};
use jiff::{civil::Date, tz::TimeZone};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    names::nearest,
    problem::{Fault, Kind, Problem, problems},
    query::{self, Query},
    respond,
};
use crate::{
    check::answer::Citation,
    clock,
    rules::{self, Rule, in_force::COVERED_FROM},
};

problems!(ListProblems: InvalidQuery, DateNotCovered);
problems!(RuleProblems: InvalidQuery, RuleNotFound);

/// The rules in force on one day.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Rulebook {
    /// The version of the rulebook: the day whose law it states.
    #[schema(example = "2026-11-21")]
    rulebook: &'static str,
    /// The day.
    #[schema(value_type = String, format = "date")]
    as_of: Date,
    /// The rules in force on it, in order of precedence.
    rules: Vec<RuleSummary>,
}

/// One rule in short.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RuleSummary {
    /// Its id, which never changes.
    #[schema(example = "pecr.reg22.consent")]
    id: &'static str,
    /// The rule in one sentence.
    statement: &'static str,
    /// What kind of authority it has.
    #[schema(example = "statute")]
    level: &'static str,
    /// What it does to the decision.
    effect: &'static str,
    /// Where it stands.
    citation: Citation,
    /// When this version of it is the law.
    in_force: InForce,
}

/// From the first day, to the day before `until`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct InForce {
    /// The first day.
    #[schema(value_type = String, format = "date", example = "2003-12-11")]
    from: Date,
    /// The first day on which it is no longer the law. Left out while it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "date")]
    until: Option<Date>,
}

/// One rule with all its versions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RulePage {
    /// Its id.
    #[schema(example = "pecr.reg22.consent")]
    id: &'static str,
    /// Every version, in the order in which they came into force.
    versions: Vec<RuleVersion>,
}

/// One version of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RuleVersion {
    /// The rule in one sentence.
    statement: &'static str,
    /// What kind of authority it has.
    level: &'static str,
    /// What it does to the decision.
    effect: &'static str,
    /// Where it stands.
    citation: Citation,
    /// When this version is the law.
    in_force: InForce,
    /// Lawyers differ on it: the conservative reading applies it, the literal one only warns.
    differs: bool,
    /// Its conditions, in the order of the provision.
    limbs: Vec<RuleLimb>,
    /// The law, in Markdown.
    law: String,
    /// Examples of what is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<String>,
    /// Examples of what is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    /// Where the law is in doubt, with the reading chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
    /// Where to read on.
    #[serde(skip_serializing_if = "Option::is_none")]
    references: Option<String>,
}

/// One condition of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RuleLimb {
    /// Its place in the provision.
    #[schema(example = "22(2)")]
    id: &'static str,
    /// What it asks for.
    holds: &'static str,
    /// What is wrong when it fails.
    fails: &'static str,
}

/// List the rules in force
#[utoipa::path(
    get,
    path = "/rules",
    tag = "rulebook",
    params(("as_of" = Option<Date>, Query, description = "A day. Left out: today, in London.", example = "2026-03-01")),
    responses((status = 200, description = "The rules, in order of precedence.", body = Rulebook), ListProblems)
)]
pub(super) async fn list_rules(uri: Uri) -> Result<Response, Problem> {
    let mut query = Query::of(&uri, &["as_of"]);
    let as_of = query
        .read("as_of", &["a date such as `2026-03-01`"], |text| text.parse::<Date>().ok().filter(|_| text.len() == 10));
    query.end()?;
    let as_of = as_of.unwrap_or_else(today);
    if as_of < COVERED_FROM {
        let message = format!("the rulebook covers the law from {COVERED_FROM} on; `as_of` is before that");
        return Err(Problem::single(Kind::DateNotCovered, Fault::of("as_of", "date_not_covered", message)));
    }
    let rules = rules::ALL.iter().filter(|rule| rule.in_force.contains(as_of)).map(|rule| summary(rule));
    Ok(respond::json(StatusCode::OK, &Rulebook { rulebook: rules::RULEBOOK, as_of, rules: rules.collect() }))
}

/// Show one rule in full
///
/// Every version of the rule, with the law, examples of what it allows and refuses, and the reading chosen where the
/// law is in doubt.
#[utoipa::path(
    get,
    path = "/rules/{id}",
    tag = "rulebook",
    params(("id" = String, Path, description = "The id of the rule.", example = "pecr.reg22.consent")),
    responses((status = 200, description = "The rule.", body = RulePage), RuleProblems)
)]
pub(super) async fn show_rule(id: Result<Path<String>, PathRejection>, uri: Uri) -> Result<Response, Problem> {
    query::none(&uri)?;
    let wanted = id.map(|Path(id)| id).unwrap_or_default();
    let mut versions: Vec<&&Rule> = rules::ALL.iter().filter(|rule| rule.id == wanted).collect();
    versions.sort_by_key(|rule| rule.in_force.from);
    let Some(id) = versions.first().map(|rule| rule.id) else {
        let ids: HashSet<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
        let fault = Fault::of("id", "rule_not_found", "no rule has this id; `GET /rules` lists them");
        return Err(Problem::single(Kind::RuleNotFound, fault.meaning(nearest(&wanted, ids))));
    };
    let versions = versions.into_iter().map(|rule| version(rule)).collect();
    Ok(respond::json(StatusCode::OK, &RulePage { id, versions }))
}

fn today() -> Date {
    let now = clock::now();
    // The zone is compiled in; without it the day in Greenwich is off by an hour in summer.
    now.to_zoned(TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)).date()
}

fn summary(rule: &Rule) -> RuleSummary {
    RuleSummary {
        id: rule.id,
        statement: rule.statement,
        level: rule.level.as_str(),
        effect: rule.effect.describe(),
        citation: citation(rule),
        in_force: in_force(rule),
    }
}

fn version(rule: &Rule) -> RuleVersion {
    let [law, allowed, refused, doubt, references] = sections(rule.docs);
    let limbs = rule.limbs.iter().map(|limb| RuleLimb { id: limb.id, holds: limb.holds, fails: limb.fails });
    let some = |text: String| if text.is_empty() { None } else { Some(text) };
    RuleVersion {
        statement: rule.statement,
        level: rule.level.as_str(),
        effect: rule.effect.describe(),
        citation: citation(rule),
        in_force: in_force(rule),
        differs: rule.differs,
        limbs: limbs.collect(),
        law,
        allowed: some(allowed),
        refused: some(refused),
        doubt: some(doubt),
        references: some(references),
    }
}

const fn citation(rule: &Rule) -> Citation {
    let cited = rule.citation;
    Citation { instrument: cited.instrument, provision: cited.provision, url: cited.url }
}

const fn in_force(rule: &Rule) -> InForce {
    InForce { from: rule.in_force.from, until: rule.in_force.until }
}

/// The prose of a rule, parted at its headings. A line of a doc comment begins with the space behind its slashes.
fn sections(docs: &str) -> [String; 5] {
    let mut parts: [Vec<&str>; 5] = Default::default();
    let [law, allowed, refused, doubt, references] = &mut parts;
    let mut part = law;
    for line in docs.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_prefix("## ").map(str::trim) {
            Some("Allowed") => part = &mut *allowed,
            Some("Refused") => part = &mut *refused,
            Some("Doubt") => part = &mut *doubt,
            Some("References") => part = &mut *references,
            Some(_) | None => part.push(line),
        }
    }
    parts.map(|lines| lines.join("\n").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prose_is_parted_at_its_headings() {
        let docs = " The law.\n\n More.\n\n ## Allowed\n One.\n\n ## Refused\n Two.\n\n ## References\n - three\n";
        assert_eq!(sections(docs), ["The law.\n\nMore.", "One.", "Two.", "", "- three"]);
    }

    #[test]
    fn every_rule_has_its_sections() {
        for rule in rules::ALL {
            let [law, allowed, refused, _, _] = sections(rule.docs);
            assert!(![law, allowed, refused].contains(&String::new()), "{}", rule.id);
        }
    }
}
