//! `/rules`: the rulebook, to read.

use std::collections::HashSet;

use axum::{
    extract::{Path, rejection::PathRejection},
    http::{StatusCode, Uri},
    response::Response,
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    problem::{Fault, Kind, Problem, problems},
    query::{self, Query},
    respond,
};
use crate::{
    check::answer::{Citation, Penalty, Precedent},
    clock,
    rules::{
        self, Rule,
        in_force::COVERED_FROM,
        penalty, precedents,
        prose::{Prose, versions},
    },
    spelling::nearest,
};

problems!(ListProblems: InvalidQuery, DateNotCovered);
problems!(RuleProblems: InvalidQuery, RuleNotFound);

/// The rules in force on one day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Rulebook {
    /// The version of the rulebook: the day whose law it states.
    #[schema(example = "2026-11-21")]
    rulebook: &'static str,
    /// The day.
    #[schema(value_type = String, format = "date")]
    as_of: Date,
    /// The rules in force on it, in order of precedence.
    rules: Vec<RuleSummary>,
    /// The most that the regulator may impose for a breach on it, by instrument: where one instrument has two maxima,
    /// the second is for lesser duties.
    penalties: Vec<Penalty>,
}

/// One rule in short.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleSummary {
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
pub(crate) struct InForce {
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
pub(crate) struct RulePage {
    /// Its id.
    #[schema(example = "pecr.reg22.consent")]
    id: &'static str,
    /// Every version, in the order in which they came into force.
    versions: Vec<RuleVersion>,
    /// Published enforcement on the same points, the most recent first. It decides nothing.
    precedents: Vec<Precedent>,
}

/// One version of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleVersion {
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
    allowed: String,
    /// Examples of what is refused.
    refused: String,
    /// Where the law is in doubt, with the reading chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
    /// Where to read on.
    #[serde(skip_serializing_if = "Option::is_none")]
    references: Option<String>,
}

/// One condition of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleLimb {
    /// Its place in the provision.
    #[schema(example = "22(2)")]
    id: &'static str,
    /// What it asks for.
    holds: &'static str,
    /// What is wrong when it fails.
    fails: &'static str,
}

/// List the rules in force
///
/// The rules of one day, and the most that the regulator could impose for a breach on it.
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
    let as_of = as_of.unwrap_or_else(|| clock::day_in_london(clock::now()));
    if as_of < COVERED_FROM {
        let message = format!("the rulebook covers the law from {COVERED_FROM} on; `as_of` is before that");
        return Err(Problem::single(Kind::DateNotCovered, Fault::of("as_of", "date_not_covered", message)));
    }
    Ok(respond::json(StatusCode::OK, &rulebook(as_of)))
}

/// Show one rule in full
///
/// Every version of the rule, with the law, examples of what it allows and refuses, and the reading chosen where the
/// law is in doubt; and the published enforcement on its points.
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
    let Some(page) = page(&wanted) else {
        let ids: HashSet<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
        let fault = Fault::of("id", "rule_not_found", "no rule has this id; `GET /rules` lists them");
        return Err(Problem::single(Kind::RuleNotFound, fault.meaning(nearest(&wanted, ids))));
    };
    Ok(respond::json(StatusCode::OK, &page))
}

/// The rulebook of one day.
pub(crate) fn rulebook(as_of: Date) -> Rulebook {
    let rules = rules::ALL.iter().filter(|rule| rule.in_force.contains(as_of)).map(|rule| summary(rule));
    let penalties = penalty::in_force(as_of).map(Penalty::from).collect();
    Rulebook { rulebook: rules::RULEBOOK, as_of, rules: rules.collect(), penalties }
}

/// Every version of one rule.
pub(crate) fn page(id: &str) -> Option<RulePage> {
    let versions = versions(id);
    let id = versions.first()?.id;
    let precedents = precedents::on(id).iter().map(|it| Precedent { limbs: it.place.limbs.to_vec(), ..(*it).into() });
    Some(RulePage { id, versions: versions.into_iter().rev().map(version).collect(), precedents: precedents.collect() })
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
    let Prose { law, allowed, refused, doubt, references } = rule.prose();
    let limbs = rule.limbs.iter().map(|limb| RuleLimb { id: limb.id, holds: limb.holds, fails: limb.fails });
    RuleVersion {
        statement: rule.statement,
        level: rule.level.as_str(),
        effect: rule.effect.describe(),
        citation: citation(rule),
        in_force: in_force(rule),
        differs: rule.differs,
        limbs: limbs.collect(),
        law,
        allowed,
        refused,
        doubt,
        references,
    }
}

const fn citation(rule: &Rule) -> Citation {
    let cited = rule.citation;
    Citation { instrument: cited.instrument, provision: cited.provision, url: cited.url }
}

const fn in_force(rule: &Rule) -> InForce {
    InForce { from: rule.in_force.from, until: rule.in_force.until }
}
