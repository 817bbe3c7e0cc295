//! An answer in sentences.

use super::output::wrap;
use crate::check::answer::{Answer, Citation, Detail, Reason, ReasonOutcome, Verdict};

/// The answer as a person reads it: the decision, then why, then what would change it.
pub(super) fn text(answer: &Answer) -> String {
    let mut text = match (answer.decision, &answer.basis) {
        (Verdict::Allow, Some(basis)) => wrap(&format!("ALLOW: {}", basis.says), ""),
        (Verdict::Allow, None) => "ALLOW\n".to_owned(),
        (Verdict::Deny, _) => "DENY: do not send\n".to_owned(),
    };
    section(&mut text, "Because", answer.reasons.iter().map(reason));
    let needs = answer.needs.iter().map(|need| item(&format!("{} (`{}`, for {})", need.ask, need.fact, need.rule)));
    section(&mut text, "Nobody told us", needs);
    let ways = answer.would_allow_if.iter().map(|way| {
        let changes: Vec<_> = way.changes.iter().map(|c| format!("{} ({})", c.says, c.satisfies)).collect();
        item(&changes.join(", and "))
    });
    section(&mut text, "It would be allowed if", ways);
    let duties = answer.obligations.iter().map(|o| item(&format!("{} ({})", o.says, cited(&o.citation))));
    section(&mut text, "The sender must", duties);
    let warnings = answer.warnings.iter().map(|w| {
        let source = w.citation.as_ref().map_or_else(|| w.code.to_owned(), cited);
        item(&format!("{} ({source})", w.says))
    });
    section(&mut text, "Mind", warnings);
    if let Some(detail) = &answer.detail {
        everything(&mut text, detail);
    }
    let law = &answer.law;
    text.push_str(&format!(
        "\nThe law of {} by the rulebook of {}, {} reading; ledger at {}.\n",
        law.as_of, law.rulebook, law.policy, answer.revision
    ));
    text
}

fn section(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: String = items.collect();
    if !items.is_empty() {
        text.push_str(&format!("\n{title}\n{items}"));
    }
}

fn item(sentence: &str) -> String {
    wrap(sentence, "  ")
}

fn reason(reason: &Reason) -> String {
    let state = match reason.outcome {
        ReasonOutcome::Met => "met",
        ReasonOutcome::NotMet => "not met",
        ReasonOutcome::Unknown => "unknown",
    };
    let head = format!("{} {}: {state} ({})", reason.rule, reason.limb, cited(&reason.citation));
    format!("{}{}      {}\n", item(&head), wrap(&reason.because, "      "), reason.citation.url)
}

fn cited(citation: &Citation) -> String {
    format!("{} {}", citation.instrument, citation.provision)
}

fn everything(text: &mut String, detail: &Detail) {
    let rules = detail.rules.iter().map(|rule| {
        let limbs = if rule.limbs.is_empty() { String::new() } else { format!(" ({})", rule.limbs.join(", ")) };
        format!("  {:<44}{}{limbs}\n", rule.rule, rule.outcome.replace('_', " "))
    });
    section(text, "Every rule", rules);
    let facts = detail.facts.iter().map(|fact| format!("  {:<44}{} ({})\n", fact.fact, fact.value, fact.source));
    section(text, "Every fact", facts);
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::check::answer::{Alternative, Change, Law, Need};

    #[test]
    fn a_refusal_reads_as_sentences() {
        let citation = Citation { instrument: "PECR 2003", provision: "reg 22(2)", url: "https://example.org/22" };
        let answer = Answer {
            decision: Verdict::Deny,
            decision_id: Uuid::nil(),
            basis: None,
            reasons: vec![Reason {
                rule: "pecr.reg22.consent",
                limb: "22(2)",
                outcome: ReasonOutcome::NotMet,
                level: "statute",
                because: "the recipient has not consented".to_owned(),
                facts: vec![],
                citation,
                in_force_from: "2003-12-11".to_owned(),
            }],
            needs: vec![Need {
                fact: "recipient.subscriber",
                ask: "say who holds the contract",
                rule: "pecr.reg22.consent",
                limb: "22(1)",
            }],
            would_allow_if: vec![Alternative {
                changes: vec![Change { fact: "consent", says: "the person consents", satisfies: "reg 22(2)" }],
            }],
            obligations: vec![],
            warnings: vec![],
            law: Law { rulebook: "2026-11-21", as_of: date(2026, 2, 5), policy: "conservative" },
            revision: "r1-0".to_owned(),
            data_age_ms: 0,
            detail: None,
        };
        insta::assert_snapshot!(text(&answer), @r"
        DENY: do not send

        Because
          pecr.reg22.consent 22(2): not met (PECR 2003 reg 22(2))
              the recipient has not consented
              https://example.org/22

        Nobody told us
          say who holds the contract (`recipient.subscriber`, for pecr.reg22.consent)

        It would be allowed if
          the person consents (reg 22(2))

        The law of 2026-02-05 by the rulebook of 2026-11-21, conservative reading; ledger at r1-0.
        ");
    }
}
