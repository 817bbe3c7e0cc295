//! What is wrong with house rules that are well formed.

use super::{ConsentAge, Frequency, HouseRules, QuietHours, TimeOfDay, quiet_hours::nearest_zone};
use crate::{ledger::event::Text, terms::purpose::Purpose};

/// One reason why house rules cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the profile, as a JSON pointer.
    pub pointer: String,
    /// A stable name of the reason.
    pub code: &'static str,
    /// The reason in words.
    pub message: &'static str,
    /// What may have been meant.
    pub did_you_mean: Option<String>,
}

impl Refusal {
    const fn new(pointer: String, code: &'static str, message: &'static str) -> Self {
        Self { pointer, code, message, did_you_mean: None }
    }
}

impl HouseRules {
    /// Every reason why they cannot be kept; none: they can.
    #[must_use]
    pub fn refusals(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        let at = |name: &str, index: usize| format!("/house_rules/{name}/{index}");
        for (index, hours) in self.quiet_hours.iter().enumerate() {
            quiet(hours, &at("quiet_hours", index), &mut found);
        }
        for (index, age) in self.longest_consent_age.iter().enumerate() {
            consent_age(age, at("longest_consent_age", index), &mut found);
        }
        for (index, limit) in self.frequency.iter().enumerate() {
            frequency(limit, &at("frequency", index), &mut found);
        }
        for (index, blocked) in self.blocked_topics.iter().enumerate() {
            blanks(&blocked.topics, &at("blocked_topics", index), &mut found);
        }
        found
    }
}

fn quiet(hours: &QuietHours, at: &str, found: &mut Vec<Refusal>) {
    if !hours.has_known_zone() {
        let message = "no time zone has this name: write it as the IANA database does, such as `Europe/London`";
        let refusal = Refusal::new(format!("{at}/time_zone"), "unknown_time_zone", message);
        found.push(Refusal { did_you_mean: nearest_zone(&hours.time_zone), ..refusal });
    }
    if hours.from == TimeOfDay::END {
        let message = "hours that begin at the end of a day begin at `00:00` of the next: write that";
        found.push(Refusal::new(format!("{at}/from"), "end_of_day", message));
    }
    if hours.from == hours.until {
        let message = "this is the time at which the hours begin: for a whole day write `00:00` until `24:00`";
        found.push(Refusal::new(format!("{at}/until"), "no_hours", message));
    }
}

fn consent_age(age: &ConsentAge, at: String, found: &mut Vec<Refusal>) {
    match (age.months, age.days) {
        (None, None) => {
            found.push(Refusal::new(at, "missing_field", "the age is missing: give `months` or `days`"));
        }
        (Some(_), Some(_)) => {
            let message = "both `months` and `days` are given: which of them counts is not said; leave one out";
            found.push(Refusal::new(at, "two_ages", message));
        }
        (Some(_), None) | (None, Some(_)) => {}
    }
}

fn frequency(limit: &Frequency, at: &str, found: &mut Vec<Refusal>) {
    for (index, purpose) in limit.purposes.iter().enumerate() {
        match purpose {
            Purpose::Service | Purpose::Research => {
                let message = "house rules concern marketing alone, and this is none";
                found.push(Refusal::new(format!("{at}/purposes/{index}"), "not_marketing", message));
            }
            Purpose::Commercial | Purpose::Charity | Purpose::Political | Purpose::ConsentRequest => {}
        }
    }
    blanks(&limit.topics, at, found);
}

fn blanks(topics: &[Text], at: &str, found: &mut Vec<Refusal>) {
    for (index, _) in topics.iter().enumerate().filter(|(_, topic)| topic.0.trim().is_empty()) {
        found.push(Refusal::new(format!("{at}/topics/{index}"), "blank", "this is blank"));
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::HouseRules;

    fn read(rules: Value) -> HouseRules {
        serde_json::from_value(rules).unwrap()
    }

    #[rstest]
    #[case(json!({"quiet_hours": [{"from": "20:00", "until": "08:00", "time_zone": "Europe/Londn"}]}), "/quiet_hours/0/time_zone", "unknown_time_zone")]
    #[case(json!({"quiet_hours": [{"from": "08:00", "until": "08:00"}]}), "/quiet_hours/0/until", "no_hours")]
    #[case(json!({"quiet_hours": [{"from": "24:00", "until": "08:00"}]}), "/quiet_hours/0/from", "end_of_day")]
    #[case(json!({"longest_consent_age": [{"months": 1}, {}]}), "/longest_consent_age/1", "missing_field")]
    #[case(json!({"longest_consent_age": [{"months": 1, "days": 30}]}), "/longest_consent_age/0", "two_ages")]
    #[case(json!({"frequency": [{"at_most": 1, "in_days": 1, "purposes": ["charity", "service"]}]}), "/frequency/0/purposes/1", "not_marketing")]
    #[case(json!({"frequency": [{"at_most": 1, "in_days": 1, "topics": [" "]}]}), "/frequency/0/topics/0", "blank")]
    #[case(json!({"blocked_topics": [{"topics": ["loans", " "]}]}), "/blocked_topics/0/topics/1", "blank")]
    fn what_cannot_be_kept(#[case] rules: Value, #[case] pointer: &str, #[case] code: &str) {
        let found: Vec<_> = read(rules).refusals().into_iter().map(|refusal| (refusal.pointer, refusal.code)).collect();
        assert_eq!(found, [(format!("/house_rules{pointer}"), code)]);
    }

    #[test]
    fn sound_rules_are_kept_and_come_back_as_they_were() {
        let whole = json!({
            "quiet_hours": [{"from": "20:00", "until": "08:00", "time_zone": "Europe/London", "channels": ["sms"],
                "days": ["saturday"]}],
            "longest_consent_age": [{"months": 24}, {"days": 90, "channels": ["sms"]}],
            "frequency": [{"at_most": 0, "in_days": 366, "channels": ["email"], "purposes": ["commercial"],
                "topics": ["news"]}],
            "blocked_topics": [{"topics": ["loans"], "channels": ["sms"]}],
            "honour_registers_at_once": true,
        });
        let rules = read(whole.clone());
        assert!(rules.is_within_bounds());
        assert_eq!(rules.refusals(), []);
        assert_eq!(serde_json::to_value(rules).unwrap(), whole);
        assert_eq!(serde_json::to_value(HouseRules::default()).unwrap(), json!({}));
    }
}
