//! How much the words of a sentence resemble marketing: a linear table of single words and pairs.
//!
//! The table ranks sentences; it decides nothing. Trained on the texts of some senders it errs on those of others, as
//! `docs/message-reading.md` shows, so all that a high score can do is to ask that somebody look.

use std::{ops::Range, sync::LazyLock};

use super::token::{self, Kind, Token};

/// The table that is compiled in. `cargo bench --bench reading -- train DIR` writes it.
pub const FILE: &str = include_str!("table.tsv");

/// From this score on a sentence asks for a review: of service messages whose source the table has not seen, one in forty
/// has such a sentence. The file says the same.
pub const REVIEW: f32 = 4.2;

/// How much a sentence resembles marketing: above 0 if it does. `tokens` are those of the sentence.
#[must_use]
pub(super) fn score(text: &str, sentence: Range<usize>, tokens: &[Token]) -> f32 {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(FILE));
    TABLE.sum(text, sentence, tokens)
}

/// The weights of n-grams, found by their keys.
#[derive(Debug)]
pub struct Table {
    /// What a sentence without any known n-gram scores.
    bias: f32,
    /// As many as a power of two, at most a quarter of them taken; one that is taken has a tag other than 0.
    slots: Box<[Slot]>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    tag: u32,
    weight: f32,
}

impl Table {
    /// A table of these n-grams, by their keys.
    #[must_use]
    pub fn new(bias: f32, weights: &[(u64, f32)]) -> Self {
        let mut slots = vec![Slot::default(); (weights.len().max(1) * 4).next_power_of_two()].into_boxed_slice();
        let mask = slots.len() - 1;
        for (key, weight) in weights {
            let (mut at, tag) = place(*key, mask);
            while let Some(slot) = slots.get_mut(at) {
                if slot.tag == 0 {
                    *slot = Slot { tag, weight: *weight };
                    break;
                }
                at = (at + 1) & mask;
            }
        }
        Self { bias, slots }
    }

    /// The table of a file: comments, of which one names the bias, then lines of a weight, a tab and an n-gram. What is
    /// neither is passed over; a test reads every line of the file that is compiled in.
    #[must_use]
    pub fn parse(file: &str) -> Self {
        let bias = file.lines().find_map(|line| line.strip_prefix("# bias: ")).and_then(|bias| bias.parse().ok());
        let grams = file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let (weight, gram) = line.split_once('\t')?;
            Some((key(gram), weight.parse().ok()?))
        });
        Self::new(bias.unwrap_or_default(), &grams.collect::<Vec<_>>())
    }

    /// How much a sentence resembles marketing.
    #[must_use]
    pub fn score(&self, sentence: &str) -> f32 {
        let mut tokens = Vec::new();
        token::tokens(sentence, 0..sentence.len(), &mut tokens);
        self.sum(sentence, 0..sentence.len(), &tokens)
    }

    /// The bias and the weights of the n-grams that the table knows, these divided by the root of their number: a long
    /// sentence is no more marketing than its words are, and what the table does not know says nothing.
    fn sum(&self, text: &str, sentence: Range<usize>, tokens: &[Token]) -> f32 {
        let (mut sum, mut known) = (0.0_f32, 0.0_f32);
        let mut before = None;
        each_word(text, sentence, tokens, |word, _| {
            let pair = before.map(|before| join(before, word));
            for weight in [Some(word), pair].into_iter().flatten().filter_map(|key| self.weight(key)) {
                sum += weight;
                known += 1.0;
            }
            before = Some(word);
        });
        self.bias + sum / known.max(1.0).sqrt()
    }

    fn weight(&self, key: u64) -> Option<f32> {
        let mask = self.slots.len() - 1;
        let (mut at, tag) = place(key, mask);
        loop {
            let slot = self.slots.get(at)?;
            if slot.tag == tag {
                return Some(slot.weight);
            }
            if slot.tag == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }
}

/// The n-grams of a sentence, words and pairs of neighbours: their keys, and how they are spelt here.
#[must_use]
pub fn grams(sentence: &str) -> Vec<(u64, String)> {
    let (mut tokens, mut words) = (Vec::new(), Vec::new());
    token::tokens(sentence, 0..sentence.len(), &mut tokens);
    each_word(sentence, 0..sentence.len(), &tokens, |key, word| words.push((key, spelt(key, word))));
    let pairs = words.iter().zip(words.iter().skip(1));
    let pairs = pairs.map(|((one, its), (other, others))| (join(*one, *other), format!("{its} {others}")));
    words.iter().cloned().chain(pairs).collect()
}

/// Kinds of words that count as one, with the spelling in the file. Their keys are no hashes of words.
const KINDS: [(u64, &str); 4] = [(MONEY, "#money"), (PERCENT, "#percent"), (EXCLAMATION, "!"), (OTHER, "#")];
const MONEY: u64 = 1;
const PERCENT: u64 = 2;
const EXCLAMATION: u64 = 3;
/// A number, a placeholder, an address: no n-gram of the table has one, but it parts its neighbours.
const OTHER: u64 = 4;

/// Each word of a sentence with its key, and the exclamation marks between.
fn each_word<'t>(text: &'t str, sentence: Range<usize>, tokens: &[Token], mut take: impl FnMut(u64, &'t str)) {
    let next = tokens.iter().skip(1).map(|token| token.at.0).chain([sentence.end]);
    for (token, next) in tokens.iter().zip(next) {
        let (start, end) = token.at;
        let key = match token.kind {
            Kind::Word => token.hash,
            Kind::Money => MONEY,
            Kind::Percent => PERCENT,
            Kind::Number | Kind::Slot | Kind::Link | Kind::Address => OTHER,
        };
        take(key, text.get(start..end).unwrap_or_default());
        if text.as_bytes().get(end..next).is_some_and(|between| between.contains(&b'!')) {
            take(EXCLAMATION, "!");
        }
    }
}

/// How a word is spelt in the file.
fn spelt(key: u64, word: &str) -> String {
    let kind = KINDS.iter().find(|(kind, _)| *kind == key).map(|(_, spelt)| (*spelt).to_owned());
    kind.unwrap_or_else(|| word.to_lowercase().replace(['\u{2019}', '\u{2018}', '\u{2bc}', '`'], "'"))
}

/// The key of an n-gram that is spelt as in the file.
fn key(gram: &str) -> u64 {
    let mut tokens = Vec::new();
    let word = |word: &str| {
        let kind = KINDS.iter().find(|(_, spelt)| *spelt == word).map(|(key, _)| *key);
        kind.unwrap_or_else(|| {
            token::tokens(word, 0..word.len(), &mut tokens);
            tokens.first().map_or(OTHER, |token| token.hash)
        })
    };
    gram.split(' ').map(word).reduce(join).unwrap_or_default()
}

/// The key of a pair. The order counts.
const fn join(one: u64, other: u64) -> u64 {
    (one.rotate_left(23) ^ other).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Where to look for a key first, and how to know it.
const fn place(key: u64, mask: usize) -> (usize, u32) {
    let mixed = (key ^ (key >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    #[expect(clippy::cast_possible_truncation, reason = "a place and a tag are bits of the hash")]
    let (at, tag) = (mixed as usize & mask, (mixed >> 32) as u32);
    (at, if tag == 0 { 1 } else { tag })
}

#[cfg(test)]
mod tests;
