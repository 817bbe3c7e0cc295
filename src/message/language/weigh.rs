//! The words of one stretch, weighed.

use std::ops::Range;

use super::{
    lexicon::{Known, look_up},
    shape,
};
use crate::message::lexicon::Hash;

/// A stretch is taken for foreign when its words weigh this much against English, in quarters, and enough on average.
const AGAINST: i32 = -5;
/// It is taken for English when they weigh this much for it.
const FOR: i32 = 4;
/// Words are looked at up to here.
const WORD: usize = 32;

/// A stretch of text in the making. Weights are in quarters.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretch {
    range: Option<Range<usize>>,
    weight: i32,
    words: i32,
    /// Words that speak for English.
    english: i32,
    /// Words that speak plainly against it.
    foreign: i32,
    /// It has a word that is none of a town's or a person's name, which may have short ones in small letters.
    is_more_than_a_name: bool,
    /// Letters of other scripts, and Latin ones.
    strange: u32,
    latin: u32,
}

/// What a stretch is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is in English.
    English,
    /// It is not.
    Foreign,
    /// Its words weigh too little, and none of them speaks for English.
    Undecided,
    /// Its words weigh too little, and some speak for English.
    Leaning,
    /// It has no words.
    Empty,
}

impl Stretch {
    /// Where it stands.
    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone().unwrap_or_default()
    }

    /// What it is taken for.
    pub(super) fn verdict(&self) -> Verdict {
        if self.strange >= 3 && self.strange > self.latin {
            Verdict::Foreign
        } else if self.words == 0 {
            if self.strange > 0 { Verdict::Undecided } else { Verdict::Empty }
        } else if self.is_more_than_a_name && self.words >= 2 && self.weight <= AGAINST && self.is_against_on_average()
        {
            Verdict::Foreign
        } else if self.weight >= FOR {
            Verdict::English
        } else if self.english > 0 {
            Verdict::Leaning
        } else {
            Verdict::Undecided
        }
    }

    /// Words that are not known weigh against English by a quarter or so each: they alone must not suffice.
    const fn is_against_on_average(&self) -> bool {
        let against = -self.weight;
        against * 5 >= self.words * 6 || self.foreign >= 2 && against * 2 >= self.words
    }

    /// Takes a token in.
    pub(super) fn take(&mut self, token: &str, at: usize) {
        let start = self.range.as_ref().map_or(at, |range| range.start);
        self.range = Some(start..at + token.len());
        let mut word = Word::default();
        for character in token.chars() {
            if character.is_ascii_alphabetic() {
                self.latin = self.latin.saturating_add(1);
                word.add(character);
            } else if matches!(character, '\'' | '’') {
                word.apostrophe = word.len > 0;
            } else if is_latin(character) {
                self.latin = self.latin.saturating_add(1);
                word.add(character);
            } else if is_mark(character) {
                word.has_marks = true;
            } else if is_strange(character) {
                self.strange = self.strange.saturating_add(1);
                word.is_mixed |= word.len > 0 && character < '\u{600}';
            } else {
                self.weigh(&word);
                word = Word::default();
            }
        }
        self.weigh(&word);
    }

    /// Takes a token of plain letters in.
    pub(super) fn take_plain(&mut self, token: &[u8], at: usize) {
        let start = self.range.as_ref().map_or(at, |range| range.start);
        self.range = Some(start..at + token.len());
        self.latin = self.latin.saturating_add(u32::try_from(token.len()).unwrap_or(u32::MAX));
        self.weigh(&Word::of_plain(token));
    }

    fn weigh(&mut self, word: &Word) {
        if word.len == 0 {
            return;
        }
        let known = word.known();
        if word.len == 1 && known.is_none() {
            return;
        }
        let is_first = self.words == 0;
        let is_shown_as_word = !word.is_capitalised || (word.is_in_capitals && word.len > 4);
        self.is_more_than_a_name |= is_shown_as_word && word.len > 3;
        let weight = match known {
            _ if word.is_mixed => -4,
            Some(Known::English) => 4,
            Some(Known::Shared) => 1,
            // Of a name nothing is known.
            _ if !is_shown_as_word && (!is_first || word.is_in_capitals) => return,
            Some(Known::Foreign) if word.len > 2 => -6,
            Some(Known::Foreign) => -4,
            None => {
                let weight = word.shape();
                if is_shown_as_word { weight } else { weight / 2 }
            }
        };
        self.words += 1;
        self.weight += weight;
        self.foreign += i32::from(weight <= -4);
        self.english += i32::from(weight > 0);
    }
}

/// One word in the making, in lower case.
#[derive(Debug, Default)]
struct Word {
    hash: Hash,
    /// Its letters, if all of them are ASCII, up to as many as are looked at.
    letters: [u8; WORD],
    len: usize,
    is_capitalised: bool,
    is_in_capitals: bool,
    has_marks: bool,
    /// It has letters of two scripts.
    is_mixed: bool,
    /// An apostrophe stands at the end of what was added so far.
    apostrophe: bool,
    /// How many letters stand before its last apostrophe.
    before: usize,
    /// The letter after it is a capital.
    is_name_after: bool,
}

impl Word {
    /// Of plain letters: the same as adding them one by one.
    fn of_plain(letters: &[u8]) -> Self {
        let mut word = Self { len: letters.len(), ..Self::default() };
        for &letter in letters {
            word.hash.add(char::from(letter.to_ascii_lowercase()));
        }
        for (place, letter) in word.letters.iter_mut().zip(letters) {
            *place = letter.to_ascii_lowercase();
        }
        word.is_capitalised = letters.first().is_some_and(u8::is_ascii_uppercase);
        word.is_in_capitals = word.is_capitalised && letters.iter().all(u8::is_ascii_uppercase);
        word
    }

    fn add(&mut self, letter: char) {
        let is_capital = letter.is_ascii_uppercase() || !letter.is_ascii() && letter.is_uppercase();
        if self.len == 0 {
            self.is_capitalised = is_capital;
            self.is_in_capitals = is_capital;
        }
        self.is_in_capitals &= is_capital;
        if std::mem::take(&mut self.apostrophe) {
            self.hash.add('\'');
            self.before = self.len;
            self.is_name_after = is_capital && !self.is_in_capitals;
        }
        let lower = if letter.is_ascii() {
            letter.to_ascii_lowercase()
        } else {
            letter.to_lowercase().next().unwrap_or(letter)
        };
        self.hash.add(lower);
        if let (Some(place), Ok(lower)) = (self.letters.get_mut(self.len), u8::try_from(u32::from(lower))) {
            *place = lower;
        }
        self.has_marks |= !letter.is_ascii();
        self.len += 1;
    }

    fn known(&self) -> Option<Known> {
        let known = look_up(self.hash, self.len);
        if known.is_some() || self.before == 0 {
            return known;
        }
        // One of the short forms of English, or an article that leans on its noun.
        match (self.part(0..self.before), self.part(self.before..self.len)) {
            (_, b"s" | b"t" | b"d" | b"m" | b"ll" | b"re" | b"ve") => Some(Known::English),
            (b"l" | b"d" | b"qu" | b"j" | b"c" | b"n" | b"s" | b"m" | b"t" | b"un" | b"dell" | b"all" | b"nell", _)
                if !self.is_name_after =>
            {
                Some(Known::Foreign)
            }
            _ => None,
        }
    }

    fn part(&self, range: Range<usize>) -> &[u8] {
        self.letters.get(range).unwrap_or_default()
    }

    fn shape(&self) -> i32 {
        if self.has_marks { -6 } else { shape::weight(self.part(0..self.len.min(WORD))) }
    }
}

fn is_latin(character: char) -> bool {
    matches!(character, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// A mark on the letter before it.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// A letter of another script, or one that only looks like a letter of this: none that is read.
fn is_strange(character: char) -> bool {
    character > '\u{24f}'
        && character.is_alphabetic()
        && !matches!(character, '\u{2100}'..='\u{214f}' | '\u{2460}'..='\u{24ff}')
}
