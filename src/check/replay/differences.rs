//! What would differ, counted: in all, by rule and by campaign, with some decisions as examples.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::{Again, Change, Point, Turn, again};
use crate::{
    check::{
        answer::ReasonOutcome,
        dossier::{Dossier, Unreadable},
    },
    decisions::Kept,
};

/// What differs between decisions as they were made and as they are made again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Differences {
    /// How many were decided again.
    pub decided_again: u64,
    /// How each came out.
    #[serde(flatten)]
    pub counts: Counts,
    /// How many could not be decided again, since a later version of this program wrote them.
    pub of_a_later_version: u64,
    /// How many could not be decided again, since they are damaged.
    pub damaged: u64,
    /// The rules on which the differences rest, by id.
    #[serde(serialize_with = "by_rule")]
    pub by_rule: BTreeMap<String, RuleCounts>,
    /// The campaigns with differences.
    #[serde(serialize_with = "by_campaign")]
    pub by_campaign: BTreeMap<Campaign, Counts>,
}

/// How many decisions differ, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Allowed before, refused now.
    pub now_denied: u64,
    /// Refused before, allowed now.
    pub now_allowed: u64,
    /// The same decision for other reasons.
    pub other_reasons: u64,
    /// Some of them, the oldest first.
    pub examples: Vec<Example>,
}

/// A decision that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Example {
    #[serde(skip)]
    number: u64,
    /// Its id.
    pub id: Uuid,
}

/// In how many of the decisions that differ a rule stands otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleCounts {
    /// It fails now, at a limb or for a reason at which it did not.
    pub newly_fails: u64,
    /// It fails no more, at a limb or for a reason at which it did.
    pub no_longer_fails: u64,
    /// Where the decision is the same: it holds among the reasons now.
    pub newly_holds: u64,
    /// Where the decision is the same: it no longer holds among the reasons.
    pub no_longer_holds: u64,
    /// Some of those decisions, the oldest first.
    pub examples: Vec<Example>,
}

/// What messages are counted together: those of one campaign of a sender; where it does not name its campaigns, those for
/// one purpose by one channel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Campaign {
    /// The sender, if it is registered.
    pub sender: Option<String>,
    /// The sender's own name for the mailing, or else the channel and the purpose.
    pub name: Result<String, (&'static str, &'static str)>,
}

impl Campaign {
    fn of(kept: &Kept, dossier: &Dossier<'_>) -> Self {
        let facts = dossier.facts();
        let named = kept.decision.campaign.as_deref().map(str::to_owned);
        let name = named.ok_or_else(|| (facts.channel.as_str(), facts.purpose.as_str()));
        Self { sender: kept.decision.sender.as_deref().map(str::to_owned), name }
    }
}

impl std::fmt::Display for Campaign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sender = self.sender.as_deref().unwrap_or("unregistered");
        match &self.name {
            Ok(campaign) => write!(f, "{sender}: {campaign}"),
            Err((channel, purpose)) => write!(f, "{sender}, {channel}, {purpose}"),
        }
    }
}

/// The rules as a list, each with its counts.
fn by_rule<S: Serializer>(rules: &BTreeMap<String, RuleCounts>, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Row<'r> {
        rule: &'r str,
        #[serde(flatten)]
        counts: &'r RuleCounts,
    }
    to.collect_seq(rules.iter().map(|(rule, counts)| Row { rule, counts }))
}

/// The campaigns as a list, each with its counts.
fn by_campaign<S: Serializer>(campaigns: &BTreeMap<Campaign, Counts>, to: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Row<'r> {
        sender: Option<&'r str>,
        campaign: Option<&'r str>,
        channel: Option<&'static str>,
        purpose: Option<&'static str>,
        #[serde(flatten)]
        counts: &'r Counts,
    }
    to.collect_seq(campaigns.iter().map(|(Campaign { sender, name }, counts)| {
        let sender = sender.as_deref();
        let unnamed = name.as_ref().err();
        let (channel, purpose) = (unnamed.map(|(channel, _)| *channel), unnamed.map(|(_, purpose)| *purpose));
        Row { sender, campaign: name.as_deref().ok(), channel, purpose, counts }
    }))
}

impl Differences {
    /// Decides one decision of the log again and counts what differs, with at most so many examples of each.
    pub fn take(&mut self, kept: &Kept, change: Change, examples: usize) {
        let dossier = match Dossier::read(&kept.decision.body) {
            Ok(dossier) => dossier,
            Err(Unreadable::Version(_)) => return self.of_a_later_version += 1,
            Err(Unreadable::Damaged) => return self.damaged += 1,
        };
        self.decided_again += 1;
        let again = again(kept, &dossier, change);
        let turn = again.turn();
        if turn == Turn::Same {
            return;
        }
        let example = Example { number: kept.number, id: kept.decision.id };
        self.counts.note(turn, example, examples);
        self.by_campaign.entry(Campaign::of(kept, &dossier)).or_default().note(turn, example, examples);
        self.by_rules(&again, turn, example, examples);
    }

    fn by_rules(&mut self, again: &Again<'_>, turn: Turn, example: Example, examples: usize) {
        let (was, is) = (&again.was.reasons, &again.is.reasons);
        let fails = |point: &&Point<'_>| point.2 != ReasonOutcome::Met;
        let holds = |point: &&Point<'_>| point.2 == ReasonOutcome::Met && turn == Turn::OtherReasons;
        let rules = |points: &mut dyn Iterator<Item = &Point<'_>>| -> BTreeSet<String> {
            points.map(|(rule, _, _)| (*rule).to_owned()).collect()
        };
        let (gone, new) = (|| was.difference(is), || is.difference(was));
        let [newly_fails, no_longer_fails, newly_holds, no_longer_holds] = [
            rules(&mut new().filter(fails)),
            rules(&mut gone().filter(fails)),
            rules(&mut new().filter(holds)),
            rules(&mut gone().filter(holds)),
        ];
        for rule in [&newly_fails, &no_longer_fails, &newly_holds, &no_longer_holds]
            .into_iter()
            .flatten()
            .collect::<BTreeSet<_>>()
        {
            let counts = self.by_rule.entry(rule.clone()).or_default();
            counts.newly_fails += u64::from(newly_fails.contains(rule));
            counts.no_longer_fails += u64::from(no_longer_fails.contains(rule));
            counts.newly_holds += u64::from(newly_holds.contains(rule));
            counts.no_longer_holds += u64::from(no_longer_holds.contains(rule));
            push(&mut counts.examples, [example], examples);
        }
    }

    /// What several counted, together.
    pub fn merge(&mut self, other: Self, examples: usize) {
        self.decided_again += other.decided_again;
        self.of_a_later_version += other.of_a_later_version;
        self.damaged += other.damaged;
        self.counts.merge(other.counts, examples);
        for (campaign, counts) in other.by_campaign {
            self.by_campaign.entry(campaign).or_default().merge(counts, examples);
        }
        for (rule, counts) in other.by_rule {
            self.by_rule.entry(rule).or_default().merge(counts, examples);
        }
    }

    /// Whether anything differs.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.counts.all() == 0
    }
}

impl Counts {
    /// How many differ.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.now_denied + self.now_allowed + self.other_reasons
    }

    fn note(&mut self, turn: Turn, example: Example, examples: usize) {
        match turn {
            Turn::Same => return,
            Turn::OtherReasons => self.other_reasons += 1,
            Turn::NowDenied => self.now_denied += 1,
            Turn::NowAllowed => self.now_allowed += 1,
        }
        push(&mut self.examples, [example], examples);
    }

    fn merge(&mut self, other: Self, examples: usize) {
        self.now_denied += other.now_denied;
        self.now_allowed += other.now_allowed;
        self.other_reasons += other.other_reasons;
        push(&mut self.examples, other.examples, examples);
    }
}

impl RuleCounts {
    fn merge(&mut self, other: Self, examples: usize) {
        self.newly_fails += other.newly_fails;
        self.no_longer_fails += other.no_longer_fails;
        self.newly_holds += other.newly_holds;
        self.no_longer_holds += other.no_longer_holds;
        push(&mut self.examples, other.examples, examples);
    }
}

/// Keeps the oldest of the examples.
fn push(held: &mut Vec<Example>, more: impl IntoIterator<Item = Example>, examples: usize) {
    held.extend(more);
    held.sort_unstable();
    held.truncate(examples);
}
