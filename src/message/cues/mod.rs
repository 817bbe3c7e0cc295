//! The cues: what words do, family by family, and the published reason for each.
//!
//! A cue is a handful of patterns of [`super::grammar`] with one meaning, and the patterns beside which it means
//! something else. What is denied ("we will not send you offers") is no cue, so a cue with a `not` before it in the same
//! clause does not count.

mod appeal;
mod discovery;
mod feature;
mod label;
mod lead_generation;
mod offer;
mod permission;
mod purchase;
mod reward;
mod survey;
mod urgency;

use std::{collections::HashMap, sync::LazyLock};

use super::{
    grammar::{First, Known, Pattern, Places, Signature, Words, lexicon},
    token::{Kind, Pause, Token, hash},
};
use crate::terms::wording::{CueFamily, FindingKind, Strength};

/// Some patterns with one meaning.
#[derive(Debug)]
pub(super) struct Cue {
    /// What the words do.
    pub(super) kind: FindingKind,
    /// Their family.
    pub(super) family: CueFamily,
    /// How much they weigh.
    pub(super) strength: Strength,
    /// The words.
    pub(super) patterns: &'static [&'static str],
    /// Beside these in the sentence they mean something else.
    pub(super) unless: &'static [&'static str],
    /// And beside these.
    pub(super) nor_with: &'static [&'static str],
    /// They count even after a `not`.
    pub(super) even_denied: bool,
}

impl Cue {
    /// A cue that promotes and decides.
    const fn promotes(family: CueFamily, patterns: &'static [&'static str]) -> Self {
        let (kind, strength) = (FindingKind::Promotes, Strength::Strong);
        Self { kind, family, strength, patterns, unless: &[], nor_with: &[], even_denied: false }
    }

    /// The same, of no weight by itself.
    const fn weak(self) -> Self {
        Self { strength: Strength::Weak, ..self }
    }

    /// Does something else than promote.
    const fn that(self, kind: FindingKind) -> Self {
        Self { kind, ..self }
    }

    /// Means something else beside these.
    const fn unless(self, unless: &'static [&'static str]) -> Self {
        Self { unless, ..self }
    }

    /// And beside these.
    const fn nor_with(self, nor_with: &'static [&'static str]) -> Self {
        Self { nor_with, ..self }
    }

    /// Has its own `not`, or means the same after one.
    const fn even_denied(self) -> Self {
        Self { even_denied: true, ..self }
    }
}

/// Every cue.
static CUES: &[&[Cue]] = &[
    offer::CUES,
    purchase::CUES,
    discovery::CUES,
    feature::CUES,
    lead_generation::CUES,
    appeal::CUES,
    permission::CUES,
    reward::CUES,
    survey::CUES,
    urgency::CUES,
    label::CUES,
];

/// A cue that was found: which, and over which tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) cue: &'static Cue,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The cues, ready to be looked for.
pub(super) struct Grammar {
    /// The words that the patterns know, with their classes and the patterns that begin with them.
    words: HashMap<u64, (u64, Vec<u16>), Known>,
    by_class: Vec<Vec<u16>>,
    by_kind: Vec<Vec<u16>>,
    patterns: Vec<(Pattern, &'static Cue, u16)>,
    /// Of each cue, what must not stand beside it.
    unless: Vec<Vec<Pattern>>,
    /// Patterns that are wrong as they are written; a test says that there are none.
    misspelt: Vec<String>,
}

/// Made once, from what is written in the families.
static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::make);

/// What is reused from one sentence to the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    classes: Vec<u64>,
    candidates: Vec<(u16, usize)>,
    /// Of a cue, by its place, whether something vetoes it in this sentence.
    vetoes: Vec<(u16, bool)>,
}

/// The bit of the class `not`, the first of all.
const NOT: u64 = 1;
/// The bit of the class `joining`.
const JOINING: u64 = 2;

impl Grammar {
    fn make() -> Self {
        let mut grammar = Self {
            words: lexicon().into_iter().map(|(word, classes)| (word, (classes, Vec::new()))).collect(),
            by_class: (0..64).map(|_| Vec::new()).collect(),
            by_kind: (0..8).map(|_| Vec::new()).collect(),
            patterns: Vec::new(),
            unless: Vec::new(),
            misspelt: Vec::new(),
        };
        for (place, cue) in CUES.iter().copied().flatten().enumerate() {
            let place = u16::try_from(place).unwrap_or(u16::MAX);
            let mut unless = Vec::new();
            for written in cue.unless.iter().chain(cue.nor_with) {
                match Pattern::read(written) {
                    Ok(pattern) => unless.push(pattern),
                    Err(wrong) => grammar.misspelt.push(wrong.0),
                }
            }
            grammar.unless.push(unless);
            for written in cue.patterns {
                match Pattern::read(written) {
                    Ok(pattern) => grammar.add(pattern, cue, place),
                    Err(wrong) => grammar.misspelt.push(wrong.0),
                }
            }
        }
        grammar
    }

    fn add(&mut self, pattern: Pattern, cue: &'static Cue, place: u16) {
        let number = u16::try_from(self.patterns.len()).unwrap_or(u16::MAX);
        for first in pattern.firsts() {
            let found = match first {
                First::Word(hash) => &mut self.words.entry(hash).or_default().1,
                First::Class(bit) => match self.by_class.get_mut(bit as usize) {
                    Some(found) => found,
                    None => continue,
                },
                First::Kind(kind) => match self.by_kind.get_mut(kind as usize) {
                    Some(found) => found,
                    None => continue,
                },
                First::Any => {
                    self.misspelt.push(format!("{pattern:?} may begin with anything"));
                    continue;
                }
            };
            if !found.contains(&number) {
                found.push(number);
            }
        }
        self.patterns.push((pattern, cue, place));
    }
}

/// The cues in a sentence, of at most [`super::grammar::MOST`] tokens.
pub(super) fn find(tokens: &[Token], scratch: &mut Scratch, found: &mut Vec<Match>) {
    let grammar = &*GRAMMAR;
    found.clear();
    let Scratch { classes, candidates, vetoes } = scratch;
    vetoes.clear();
    let words = grammar.look_up(tokens, classes, candidates);
    for (pattern, from) in candidates.iter().copied() {
        let Some((pattern, cue, place)) = grammar.patterns.get(usize::from(pattern)) else { continue };
        let Some(to) = pattern.ends(&words, from) else { continue };
        let denied = !cue.even_denied && is_denied(&words, from);
        if !denied && !grammar.is_vetoed(*place, &words, vetoes) {
            found.push(Match { cue, from, to });
        }
    }
}

impl Grammar {
    /// What is known of the tokens of a sentence, and which patterns may begin where.
    fn look_up<'t>(
        &self,
        tokens: &'t [Token],
        classes: &'t mut Vec<u64>,
        candidates: &mut Vec<(u16, usize)>,
    ) -> Words<'t> {
        classes.clear();
        candidates.clear();
        let (mut begins, mut signature, mut before): (Places, _, _) = (0, Signature::default(), 0);
        for (at, token) in tokens.iter().enumerate() {
            let known = matches!(token.kind, Kind::Word | Kind::Slot).then(|| self.words.get(&token.hash)).flatten();
            let its_classes = known.map_or(0, |(classes, _)| *classes);
            if at == 0 || token.after != Pause::None || before & JOINING != 0 {
                begins |= 1 << at;
            }
            before = its_classes;
            classes.push(its_classes);
            signature.note(token, its_classes);
            let mut begin_here = |patterns: &[u16]| candidates.extend(patterns.iter().map(|pattern| (*pattern, at)));
            if let Some((_, patterns)) = known.filter(|_| token.kind == Kind::Word) {
                begin_here(patterns);
            }
            let mut left = its_classes;
            while left != 0 {
                begin_here(self.by_class.get(left.trailing_zeros() as usize).map_or(&[], Vec::as_slice));
                left &= left - 1;
            }
            begin_here(self.by_kind.get(token.kind as usize).map_or(&[], Vec::as_slice));
        }
        Words { tokens, classes, begins, signature }
    }

    /// Whether something stands in the sentence beside which the cue means something else; found out once a sentence.
    fn is_vetoed(&self, place: u16, words: &Words<'_>, vetoes: &mut Vec<(u16, bool)>) -> bool {
        if let Some((_, known)) = vetoes.iter().find(|(known, _)| *known == place) {
            return *known;
        }
        let mut unless = self.unless.get(usize::from(place)).into_iter().flatten();
        let is_vetoed = unless.any(|pattern| pattern.is_in(words));
        vetoes.push((place, is_vetoed));
        is_vetoed
    }
}

/// Whether a `not` stands shortly before in the same clause, and means what it says.
fn is_denied(words: &Words<'_>, from: usize) -> bool {
    const REACH: usize = 6;
    for at in (from.saturating_sub(REACH)..from).rev() {
        let (Some(after), Some(classes)) = (words.tokens.get(at + 1), words.classes.get(at)) else { return false };
        if after.after != Pause::None {
            return false;
        }
        let next = words.tokens.get(at + 1).map(|token| token.hash);
        let before = at.checked_sub(1).and_then(|at| words.tokens.get(at)).map(|token| token.hash);
        let meant = !next.is_some_and(|next| LITOTES.contains(&next)) && before != Some(*WHY);
        if classes & NOT != 0 && meant {
            return true;
        }
    }
    false
}

/// After these a `not` urges: "don't miss", "don't forget to", "not only", "no need to".
static LITOTES: LazyLock<[u64; 8]> =
    LazyLock::new(|| ["only", "miss", "forget", "wait", "hesitate", "delay", "need", "worry"].map(hash));
/// "Why not": an invitation.
static WHY: LazyLock<u64> = LazyLock::new(|| hash("why"));

#[cfg(test)]
mod tests;
