//! What was done about the same fault elsewhere, and what it may cost.

use serde::Serialize;
use utoipa::ToSchema;

use super::Citation;
use crate::rules::{citation, penalty, precedents};

/// Published enforcement on the same point. It decides nothing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Precedent {
    /// Against whom.
    #[schema(example = "HelloFresh")]
    pub organisation: &'static str,
    /// The year, month or day, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2024-01-12", pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    pub date: Option<&'static str>,
    /// What the date is that of: the `notice`, its `publication`, or the decision on an `appeal`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "notice")]
    pub date_basis: Option<&'static str>,
    /// What was imposed: a `monetary_penalty` or an `enforcement_notice`.
    #[schema(example = "monetary_penalty")]
    pub sanction: &'static str,
    /// The penalty in pounds, where there is one and the sum is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 140_000)]
    pub penalty_gbp: Option<u32>,
    /// What became of it, if there was an appeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "appeal dismissed, [2024] UKFTT 362 (GRC)")]
    pub appeal: Option<&'static str>,
    /// What was wrong.
    #[schema(example = "texts were sent on a box that spoke of email alone")]
    pub point: &'static str,
    /// The limbs on which it bears. Left out in an answer, where the reason names the limb, and where it bears on the
    /// whole rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limbs: Vec<&'static str>,
    /// Where to read of it.
    #[schema(format = "uri")]
    pub source: &'static str,
}

/// The most that the regulator may impose for a breach of one instrument.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Penalty {
    /// The instrument.
    #[schema(example = "PECR 2003")]
    pub instrument: &'static str,
    /// The most, in words.
    #[schema(example = "£17.5 million, or 4% of worldwide annual turnover if that is more")]
    pub maximum: &'static str,
    /// On what condition, and on whom else, where the law of that day said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'static str>,
    /// Where it stands.
    pub citation: Citation,
    /// The first day on which it is the law.
    #[schema(value_type = String, format = "date")]
    pub in_force_from: jiff::civil::Date,
}

impl From<precedents::Precedent> for Precedent {
    fn from(precedent: precedents::Precedent) -> Self {
        let ruling = precedent.ruling;
        Self {
            organisation: ruling.organisation,
            date: ruling.dated.map(|dated| dated.on),
            date_basis: ruling.dated.map(|dated| dated.basis.as_str()),
            sanction: ruling.sanction.as_str(),
            penalty_gbp: ruling.sanction.pounds(),
            appeal: ruling.appeal.map(|appeal| appeal.says),
            point: precedent.point.says,
            limbs: Vec::new(),
            source: ruling.source,
        }
    }
}

impl From<&penalty::Penalty> for Penalty {
    fn from(penalty: &penalty::Penalty) -> Self {
        let citation::Citation { instrument, provision, url } = penalty.citation;
        Self {
            instrument,
            maximum: penalty.maximum,
            condition: penalty.condition,
            citation: Citation { instrument, provision, url },
            in_force_from: penalty.in_force.from,
        }
    }
}
