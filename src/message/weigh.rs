//! From sentences to findings.

use super::{
    Finding, PartName, Reading, Sentence, Span,
    cues::{self, Match, Scratch},
    grammar, sentence, table,
    token::{self, Token},
};
use crate::terms::wording::{CueFamily, FindingKind, Strength};

/// At most so many bytes of a sentence are quoted.
const QUOTED: usize = 300;

/// At most so many findings of each strength are kept: a strong one is never crowded out by the weak.
const MOST: usize = 1000;

/// The sentences of the readable texts, and what is found in those that are in a language that is read.
pub(super) fn weigh(reading: &Reading) -> (Vec<Sentence>, Vec<Finding>) {
    let (mut sentences, mut findings) = (Vec::new(), Vec::<Finding>::new());
    let mut kept = [0; Strength::ALL.len()];
    let (mut tokens, mut matches, mut scratch) = (Vec::new(), Vec::new(), Scratch::default());
    for (place, part) in reading.parts.iter().enumerate() {
        for range in sentence::sentences(&part.text, part.name == PartName::Text) {
            let span = Span { part: place, start: range.start, end: range.end };
            if !reading.reads(span) {
                sentences.push(Sentence { span, score: 0.0, is_read: false });
                continue;
            }
            token::tokens(&part.text, range.clone(), &mut tokens);
            let score = table::score(&part.text, range, &tokens);
            sentences.push(Sentence { span, score, is_read: true });
            for tokens in tokens.chunks(grammar::MOST) {
                cues::find(tokens, &mut scratch, &mut matches);
                for found in gathered(&mut matches) {
                    let cues::Cue { kind, family, strength, .. } = *found.cue;
                    let room = kept.get_mut(usize::from(strength.code())).filter(|kept| **kept < MOST);
                    let (Some(room), Some((start, end))) = (room, ends(tokens, &found)) else { continue };
                    *room += 1;
                    let quote = quote(part.text.get(span.start..span.end).unwrap_or_default());
                    findings.push(Finding {
                        kind,
                        family,
                        strength,
                        span: Span { start, end, ..span },
                        sentence: span,
                        quote,
                    });
                }
            }
        }
    }
    findings.extend(review(reading, &sentences, &findings));
    findings.sort_by_key(|finding| (finding.strength, finding.span));
    (sentences, findings)
}

/// Where the words of a match begin and end.
fn ends(tokens: &[Token], found: &Match) -> Option<(usize, usize)> {
    let (first, last) = (tokens.get(found.from)?, tokens.get(found.to.saturating_sub(1))?);
    Some((first.at.0, last.at.1.max(first.at.1)))
}

/// The sentence that resembles marketing most, if it does so enough and no cue was found in it.
fn review(reading: &Reading, sentences: &[Sentence], findings: &[Finding]) -> Option<Finding> {
    let best = sentences.iter().filter(|it| it.is_read).max_by(|one, other| one.score.total_cmp(&other.score))?;
    let span = best.span;
    if best.score < table::REVIEW || findings.iter().any(|finding| finding.sentence == span) {
        return None;
    }
    let (kind, family, strength) = (FindingKind::Promotes, CueFamily::Resemblance, Strength::Review);
    Some(Finding { kind, family, strength, span, sentence: span, quote: quote(reading.words(span)) })
}

/// The matches of a sentence. What overlaps another of its kind and family is part of it, and beside a stronger one of
/// them the weaker say nothing.
fn gathered(matches: &mut [Match]) -> Vec<Match> {
    matches.sort_by_key(|found| (found.cue.strength, found.from, std::cmp::Reverse(found.to)));
    let mut kept: Vec<Match> = Vec::new();
    for found in matches.iter() {
        let alike = |held: &&mut Match| held.cue.kind == found.cue.kind && held.cue.family == found.cue.family;
        let apart = |held: &Match| held.cue.strength == found.cue.strength && held.to < found.from;
        match kept.iter_mut().rev().find(alike) {
            Some(held) if apart(held) => kept.push(*found),
            Some(held) if held.cue.strength == found.cue.strength => held.to = held.to.max(found.to),
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
