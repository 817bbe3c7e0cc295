//! From sentences to findings.

use super::{
    Finding, PartName, Reading, Sentence, Span,
    cues::{self, Match, Scratch},
    sentence, token,
};

/// At most so many bytes of a sentence are quoted.
const QUOTED: usize = 300;

/// At most so many findings are kept.
const MOST: usize = 1000;

/// The sentences of the readable texts, and what is found in those that are in a language that is read.
pub(super) fn weigh(reading: &Reading) -> (Vec<Sentence>, Vec<Finding>) {
    let (mut sentences, mut findings) = (Vec::new(), Vec::new());
    let (mut tokens, mut matches, mut scratch) = (Vec::new(), Vec::new(), Scratch::default());
    for (place, part) in reading.parts.iter().enumerate() {
        for range in sentence::sentences(&part.text, part.name == PartName::Text) {
            let span = Span { part: place, start: range.start, end: range.end };
            let is_read = reading.reads(span);
            sentences.push(Sentence { span, score: 0.0, is_read });
            if !is_read || findings.len() >= MOST {
                continue;
            }
            token::tokens(&part.text, range, &mut tokens);
            cues::find(&tokens, &mut scratch, &mut matches);
            let words = |found: &Match| {
                let (first, last) = (tokens.get(found.from)?, tokens.get(found.to.saturating_sub(1))?);
                Some(Span { part: place, start: first.at.0, end: last.at.1.max(first.at.1) })
            };
            let told = gathered(&mut matches);
            findings.extend(told.iter().filter_map(|found| {
                let cues::Cue { kind, family, strength, .. } = *found.cue;
                let quote = quote(part.text.get(span.start..span.end).unwrap_or_default());
                Some(Finding { kind, family, strength, span: words(found)?, sentence: span, quote })
            }));
        }
    }
    findings.sort_by_key(|finding| (finding.strength, finding.span));
    (sentences, findings)
}

/// The matches of a sentence, one for each kind and family: the strongest, then the longest. Where several overlap,
/// the words are those of all of them.
fn gathered(matches: &mut [Match]) -> Vec<Match> {
    matches.sort_by_key(|found| (found.cue.strength, found.from, std::cmp::Reverse(found.to)));
    let mut kept: Vec<Match> = Vec::new();
    for found in matches.iter() {
        let alike = |held: &&mut Match| held.cue.kind == found.cue.kind && held.cue.family == found.cue.family;
        match kept.iter_mut().find(alike) {
            Some(held) if held.cue.strength == found.cue.strength && found.from <= held.to => {
                held.to = held.to.max(found.to)
            }
            Some(_) => {}
            None => kept.push(*found),
        }
    }
    kept
}

/// A sentence in one line, cut.
fn quote(sentence: &str) -> String {
    let mut line = String::with_capacity(sentence.len().min(QUOTED + 4));
    for word in sentence.split_whitespace() {
        if line.len() + word.len() > QUOTED {
            line.push('\u{2026}');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
