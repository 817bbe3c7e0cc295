//! What was decided about a person, from the decision log.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    check::answer::Verdict,
    decisions::{DecisionLog, Kept, LogError, Query},
    ledger::identity::RecipientKey,
};

/// Most decisions in one bundle: the newest.
pub const MOST_DECISIONS: usize = 10_000;

/// How many decisions are read at a time.
const PAGE: usize = 500;

/// The decisions about a person.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct LoggedDecisions {
    /// How many of them are *allow*.
    pub allowed: usize,
    /// How many of them are *deny*.
    pub denied: usize,
    /// There are more: only the newest are listed.
    pub cut: bool,
    /// Each of them, the newest first. `GET /decisions/{id}` tells more.
    pub listed: Vec<LoggedDecision>,
}

/// One decision in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LoggedDecision {
    /// Its id.
    pub decision_id: Uuid,
    /// When it was made.
    pub at: Timestamp,
    /// Whether the message was allowed.
    pub decision: Verdict,
    /// The sender of the message, where it is registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// The mailing that it belonged to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<String>,
    /// The rules that it rests on.
    pub rules: Vec<String>,
    /// The version of the rulebook that was applied.
    pub rulebook: String,
    /// Its place in the log, counted from 0.
    pub number: u64,
    /// The hash of the log up to and with it, in hexadecimal.
    pub chain: String,
}

/// How often a version of a rule, by its id and its first day, was among the reasons.
pub(super) type Applied = BTreeMap<(String, Date), usize>;

/// The decisions that rest on what stands under these keys, made up to and including a moment, and the rules among their
/// reasons. What was decided about others at the same domain is about them: its key is not among these.
pub(super) fn about(
    log: &DecisionLog,
    keys: &[RecipientKey],
    end: Option<Timestamp>,
) -> Result<(LoggedDecisions, Applied), LogError> {
    // The log asks for the first moment that does not count.
    let until = end.map(|end| end.checked_add(1.microsecond()).unwrap_or(Timestamp::MAX));
    let mut query = Query { keys: keys.to_vec(), until, limit: PAGE, ..Query::default() };
    let (mut found, mut applied) = (LoggedDecisions::default(), Applied::new());
    loop {
        let page = log.search(&query)?;
        let room = MOST_DECISIONS.saturating_sub(found.listed.len());
        found.cut = page.decisions.len() > room || (page.decisions.len() == room && page.next.is_some());
        for kept in page.decisions.iter().take(room) {
            found.listed.push(decision(kept, &mut applied));
        }
        query.after = page.next.filter(|_| !found.cut);
        if query.after.is_none() {
            break;
        }
    }
    found.allowed = found.listed.iter().filter(|it| it.decision == Verdict::Allow).count();
    found.denied = found.listed.len() - found.allowed;
    Ok((found, applied))
}

fn decision(kept: &Kept, applied: &mut Applied) -> LoggedDecision {
    let Kept { decision, number, chain, book, .. } = kept;
    let rules = decision.rules.iter().filter_map(|place| book.rules.get(usize::from(*place)));
    let rules = rules.map(|rule| {
        *applied.entry((rule.id.clone(), rule.from)).or_default() += 1;
        rule.id.clone()
    });
    LoggedDecision {
        decision_id: decision.id,
        at: decision.at,
        decision: if decision.allow { Verdict::Allow } else { Verdict::Deny },
        sender: decision.sender.as_deref().map(str::to_owned),
        campaign: decision.campaign.as_deref().map(str::to_owned),
        rules: rules.collect(),
        rulebook: book.rulebook.clone(),
        number: *number,
        chain: HEXLOWER.encode(chain),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        check,
        config::{self, Flush, OnFull},
        decisions::Draft,
    };

    const JO: RecipientKey = RecipientKey([1; 16]);
    const AL: RecipientKey = RecipientKey([2; 16]);

    fn draft(second: i64, key: RecipientKey, allow: bool) -> Draft {
        Draft {
            id: Uuid::from_u128(second.unsigned_abs().into()),
            at: Timestamp::from_second(second).expect("a moment"),
            sender: Some("acme".into()),
            campaign: None,
            parent: None,
            allow,
            rules: [1].into_iter().collect(),
            keys: [key].into_iter().collect(),
            body: Vec::new(),
        }
    }

    #[test]
    fn the_decisions_about_one_person_are_found_through_all_pages() {
        let dir = tempfile::tempdir().expect("a directory");
        let config = config::Decisions {
            flush: Flush::EachSecond,
            on_full: OnFull::FailClosed,
            max_size: 1 << 26,
            max_age_days: 0,
        };
        let log = DecisionLog::open(dir.path(), config, check::book()).expect("a log");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            for second in 0..1200 {
                let key = if second % 2 == 0 { JO } else { AL };
                let kept = log.keep(draft(1_700_000_000 + second, key, second % 4 == 0), Duration::from_secs(1)).await;
                kept.expect("it is kept");
            }
        });
        let (found, applied) = about(&log, &[JO], None).expect("decisions");
        assert_eq!((found.listed.len(), found.allowed, found.denied, found.cut), (600, 300, 300, false));
        assert!(found.listed.is_sorted_by(|one, next| one.at > next.at));
        let book = check::book();
        let rule = &book.rules[1];
        assert_eq!(applied, Applied::from([((rule.id.clone(), rule.from), 600)]));
        let nobody = about(&log, &[RecipientKey([3; 16])], None).expect("decisions").0;
        assert!(nobody.listed.is_empty() && !nobody.cut);
    }
}
