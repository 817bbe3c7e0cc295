//! How much the words of a sentence resemble marketing: a linear table of single words and pairs.
//!
//! The table ranks sentences; it decides nothing. Trained on the texts of some senders it errs on those of others, as
//! `docs/message-reading.md` shows, so all that a high score can do is to ask that somebody look.

mod words;

use std::sync::LazyLock;

pub use self::words::{Word, words};

/// The table that is compiled in. `cargo bench --bench reading -- train DIR` writes it.
pub const FILE: &str = include_str!("table.tsv");

/// From this score on a sentence asks for a review: about one service message in forty has such a sentence, if the table
/// has never seen its source.
pub(crate) const REVIEW: f32 = 4.2;

/// The weights of n-grams, found by their hashes.
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
    /// A table of these n-grams: normal words with one space between.
    #[must_use]
    pub fn new(bias: f32, grams: &[(&str, f32)]) -> Self {
        let mut slots = vec![Slot::default(); (grams.len() * 4).next_power_of_two()].into_boxed_slice();
        let mask = slots.len() - 1;
        for (gram, weight) in grams {
            let (mut at, tag) = place(key(gram), mask);
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
            Some((gram, weight.parse().ok()?))
        });
        Self::new(bias.unwrap_or_default(), &grams.collect::<Vec<_>>())
    }

    /// The bias and the weights of the n-grams that the table knows, these divided by the root of their number: a long
    /// sentence is no more marketing than its words are, and what the table does not know says nothing.
    #[must_use]
    pub fn score(&self, sentence: &str) -> f32 {
        let (mut sum, mut known) = (0.0_f32, 0.0_f32);
        let mut before = None;
        for word in words(sentence) {
            let pair = before.map(|before| join(before, word.key));
            for weight in [Some(word.key), pair].into_iter().flatten().filter_map(|key| self.weight(key)) {
                sum += weight;
                known += 1.0;
            }
            before = Some(word.key);
        }
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

/// How much a sentence resembles marketing: above 0 if it does.
#[must_use]
pub fn score(sentence: &str) -> f32 {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::parse(FILE));
    TABLE.score(sentence)
}

/// The n-grams of a sentence as the table spells them: its words and pairs of neighbours.
#[must_use]
pub fn grams(sentence: &str) -> Vec<String> {
    let words: Vec<String> = words(sentence).map(|word| word.normal()).collect();
    let pairs = words.iter().zip(words.iter().skip(1)).map(|(one, other)| format!("{one} {other}"));
    words.iter().cloned().chain(pairs).collect()
}

/// The key of an n-gram as the table spells it.
fn key(gram: &str) -> u64 {
    gram.split(' ').map(words::key_of_normal).reduce(join).unwrap_or_default()
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
