//! The decisions of a block on their way into the log.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::{
    check::{answer::Warning, campaign::Block},
    decisions::{DecisionLog, LogError},
};

/// Keeps the decisions of a block, in their order and before any of them is answered. Of what a log that is full drops
/// the answers say so.
///
/// # Errors
/// [`LogError`]: none of them may be answered.
pub async fn keep(log: &DecisionLog, block: &mut Block, patience: Duration) -> Result<(), LogError> {
    let all = block.drafts.len();
    let kept = log.keep_all(&block.drafts, patience).await?;
    if kept < all {
        block.totals.not_logged += (all - kept) as u64;
        block.answers = not_logged(&block.answers, kept);
    }
    Ok(())
}

/// The answers, of which so many decisions from the first were kept and the others were not.
fn not_logged(answers: &[u8], kept: usize) -> Vec<u8> {
    let mut told = Vec::with_capacity(answers.len());
    let mut decisions = 0;
    for line in answers.split_inclusive(|byte| *byte == b'\n') {
        let answer = serde_json::from_slice::<Map<String, Value>>(line).unwrap_or_default();
        decisions += usize::from(answer.contains_key("decision"));
        if decisions > kept && answer.contains_key("decision") {
            // Into memory nothing fails to be written.
            let _ = serde_json::to_writer(&mut told, &warned(answer));
            told.push(b'\n');
        } else {
            told.extend_from_slice(line);
        }
    }
    told
}

fn warned(mut answer: Map<String, Value>) -> Map<String, Value> {
    let warnings = answer.entry("warnings").or_insert_with(|| json!([]));
    if let Some(warnings) = warnings.as_array_mut() {
        warnings.push(Warning::not_logged().code.into());
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_dropped_says_so() {
        let answers =
            b"{\"decision\":\"deny\"}\n{\"line\":2,\"error\":{}}\n{\"decision\":\"allow\",\"warnings\":[\"a\"]}\n\
            {\"line\":4,\"error\":{}}\n{\"decision\":\"deny\"}\n";
        let told = String::from_utf8(not_logged(answers, 1)).expect("text");
        let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(
            lines,
            [
                json!({"decision": "deny"}),
                json!({"line": 2, "error": {}}),
                json!({"decision": "allow", "warnings": ["a", "not_logged"]}),
                json!({"line": 4, "error": {}}),
                json!({"decision": "deny", "warnings": ["not_logged"]}),
            ]
        );
    }
}
