//! What is asked of the decision log, as callers write it, and how it becomes a query.

use std::str::FromStr as _;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::problem::{Fault, Kind, Problem};
use crate::{
    check::{answer::Verdict, logged::DecisionSummary, request::AsOf},
    clock,
    decisions::{Cursor, Page, Query},
    ledger::{
        accept::{self, LONGEST_TEXT, fits},
        event::Text,
        identity::{ContactDetails, Identity, RecipientKey},
        object::objects,
        sender::SenderId,
    },
    rights::person,
    rules,
    spelling::nearest,
    store::View,
    strict::bounds::Bounded,
};

/// The most decisions of one page.
const MOST: u16 = 1000;

/// Which decisions are asked for: those that meet every condition given.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, remote = "Self")]
pub(crate) struct DecisionSearch {
    /// The person: a decision is found by any contact detail that was given with its check.
    #[serde(default)]
    pub(crate) recipient: Option<ContactDetails>,
    /// The sender, by the id of its profile. Left out: any, also one that was never registered.
    #[serde(default)]
    pub(crate) sender: Option<SenderId>,
    /// The sender's own name for the mailing.
    #[serde(default)]
    pub(crate) campaign: Option<Text>,
    /// The batch: the `decision_id` of its campaign.
    #[serde(default)]
    pub(crate) parent: Option<Uuid>,
    /// A day (its beginning, in London) or a moment: decisions made then or later.
    #[serde(default)]
    pub(crate) from: Option<AsOf>,
    /// A day (its end, in London) or a moment: decisions made before.
    #[serde(default)]
    pub(crate) until: Option<AsOf>,
    /// Allows, or denies.
    #[serde(default)]
    pub(crate) decision: Option<Verdict>,
    /// A rule among the reasons: of a deny one that failed, of an allow one that it rested on.
    #[serde(default)]
    #[schema(example = "pecr.reg22.consent")]
    pub(crate) rule: Option<String>,
    /// At most so many decisions.
    #[serde(default = "usual")]
    #[schema(minimum = 1, maximum = 1000, default = 50)]
    pub(crate) limit: u16,
    /// Where to read on: the `next` of an earlier answer to the same search.
    #[serde(default)]
    #[schema(pattern = "^d1-[0-9a-f]{1,16}$", example = "d1-2a")]
    pub(crate) cursor: Option<String>,
}

objects!(DecisionSearch);

/// How many decisions a page has where nobody says.
pub(crate) const fn usual() -> u16 {
    50
}

impl Bounded for DecisionSearch {
    fn is_within_bounds(&self) -> bool {
        self.recipient.as_ref().is_none_or(|recipient| {
            recipient.iter().all(|(kind, detail)| accept::is_detail_within_bounds(kind, detail))
        }) && self.sender.as_ref().is_none_or(SenderId::is_well_formed)
            && self.campaign.as_ref().is_none_or(|campaign| fits(&campaign.0, 1, LONGEST_TEXT))
            && (1..=MOST).contains(&self.limit)
            && self.cursor.as_ref().is_none_or(|cursor| Cursor::from_str(cursor).is_ok())
    }
}

/// One page of the decision log, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionPage {
    /// The decisions.
    decisions: Vec<DecisionSummary>,
    /// Where the next page begins. None: there is no more. A page may be short, or empty, and have a next: so many
    /// decisions were looked at that the search is to go on with another request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "d1-2a")]
    next: Option<String>,
}

impl DecisionPage {
    pub(crate) fn of(page: &Page) -> Self {
        let decisions = page.decisions.iter().map(DecisionSummary::of).collect();
        Self { decisions, next: page.next.map(|next| next.to_string()) }
    }

    pub(crate) fn decisions(&self) -> &[DecisionSummary] {
        &self.decisions
    }

    pub(crate) fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }
}

impl DecisionSearch {
    /// The query that it stands for.
    ///
    /// # Errors
    /// A [`Problem`], if it names a sender or a rule that does not exist, or a contact detail that reaches nobody.
    pub(crate) fn query(self, view: &dyn View, identity: &Identity) -> Result<Query, Problem> {
        let registered = view.sender_ids()?;
        let sender = self.sender.map(|SenderId(id)| id);
        if let Some(sender) = &sender {
            person::registered(view, sender)?;
        }
        let keys = match &self.recipient {
            Some(recipient) => keys(recipient, sender.as_deref(), &registered, identity)?,
            None => Vec::new(),
        };
        Ok(Query {
            keys,
            sender,
            campaign: self.campaign.map(|campaign| campaign.0),
            parent: self.parent,
            allow: self.decision.map(|decision| decision == Verdict::Allow),
            rule: self.rule.map(known).transpose()?,
            from: self.from.map(begin),
            until: self.until.map(end),
            after: self.cursor.map(|cursor| cursor.parse()).transpose()?,
            limit: self.limit.into(),
        })
    }
}

/// Under what decisions about the person stand: a key for each contact detail, with the sender, or else with each one
/// that is registered and with none.
fn keys(
    recipient: &ContactDetails,
    sender: Option<&str>,
    registered: &[String],
    identity: &Identity,
) -> Result<Vec<RecipientKey>, Problem> {
    let senders: Vec<Option<&str>> = match sender {
        Some(_) => vec![sender],
        None => registered.iter().map(|id| Some(id.as_str())).chain([None]).collect(),
    };
    let details = person::normalised(recipient)?;
    let of = |detail| senders.iter().map(move |sender| identity.recipient_key(*sender, detail));
    Ok(details.iter().flat_map(of).collect())
}

/// The id of a rule, if there is one.
fn known(rule: String) -> Result<String, Problem> {
    let mut ids = rules::ALL.iter().map(|rule| rule.id);
    if ids.any(|id| id == rule) {
        return Ok(rule);
    }
    let fault = Fault::at("/rule", "unknown_rule", "no rule has this id");
    let meant = nearest(&rule, rules::ALL.iter().map(|rule| rule.id));
    Err(Problem::single(Kind::InvalidBody, fault.meaning(meant)))
}

/// The first moment of a day in London, or the moment itself.
pub(crate) fn begin(from: AsOf) -> Timestamp {
    let day = |day: Date| day.to_zoned(clock::london()).map_or(Timestamp::MIN, |start| start.timestamp());
    match from {
        AsOf::Day(date) => day(date),
        AsOf::Moment(moment) => moment,
    }
}

/// The first moment after a day in London, or the moment itself.
pub(crate) fn end(until: AsOf) -> Timestamp {
    match until {
        AsOf::Day(day) => day.tomorrow().map_or(Timestamp::MAX, |next| begin(AsOf::Day(next))),
        AsOf::Moment(moment) => moment,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::strict::{tree::Tree, walk::Walk};

    #[rstest::rstest]
    #[case("2026-07-01", "2026-06-30T23:00:00Z", "2026-07-01T23:00:00Z")]
    #[case("2026-12-01", "2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z")]
    fn a_day_is_a_day_in_london(#[case] day: &str, #[case] from: &str, #[case] until: &str) {
        let day = AsOf::Day(day.parse().unwrap());
        assert_eq!((begin(day).to_string(), end(day).to_string()), (from.to_owned(), until.to_owned()));
    }

    #[rstest::rstest]
    #[case("sender", json!("Acme"))]
    #[case("campaign", json!(""))]
    #[case("parent", json!("spring"))]
    #[case("limit", json!(0))]
    #[case("limit", json!(1001))]
    #[case("cursor", json!("d1-"))]
    #[case("cursor", json!("d1-2A"))]
    #[case("recipient", json!({"phone": "1234"}))]
    #[case("from", json!("yesterday"))]
    #[case("decision", json!("maybe"))]
    #[case("recipent", json!({}))]
    fn what_is_out_of_bounds_has_a_fault(#[case] field: &str, #[case] value: Value) {
        assert!(serde_json::from_value::<DecisionSearch>(json!({})).unwrap().is_within_bounds());
        let body = json!({ field: value });
        let read = serde_json::from_value::<DecisionSearch>(body.clone());
        assert!(!read.is_ok_and(|search| search.is_within_bounds()));
        let tree: Tree = serde_json::from_value(body).unwrap();
        assert_eq!(Walk::of::<DecisionSearch>().faults(&tree, "").len(), 1);
    }
}
