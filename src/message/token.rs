//! The words of a sentence, each with what kind of thing it is.

mod address;

use std::ops::Range;

use self::address::address;

/// A word, or what stands in the place of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands in the text: its first byte and the one after its last.
    pub(super) at: (usize, usize),
    /// What kind of thing it is.
    pub(super) kind: Kind,
    /// What comes before it.
    pub(super) after: Pause,
    /// It is written in capitals, or mixes letters and digits: a code may look so.
    pub(super) capitals: bool,
    /// The hash of the word in small letters; of a placeholder, of the last word in it.
    pub(super) hash: u64,
}

/// What kind of thing a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// A word.
    Word,
    /// A number.
    Number,
    /// A sum of money.
    Money,
    /// A percentage.
    Percent,
    /// A placeholder, which the sender's system fills in.
    Slot,
    /// An address of the web.
    Link,
    /// An email address.
    Address,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pause {
    /// A space, a hyphen or nothing.
    None,
    /// A comma, a colon, a dash, a bracket: a clause may end here.
    Clause,
    /// The sentence begins here, or a full stop stands inside of it.
    Stop,
}

/// FNV-1a: a small, good hash for short words. It decides nothing but whether two words are the same.
#[must_use]
pub(super) fn hash(word: &str) -> u64 {
    let mut hash = Hash::default();
    word.chars().for_each(|c| hash.take(c));
    hash.0
}

#[derive(Clone, Copy)]
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    /// Takes in a letter, as a small one, with one kind of apostrophe.
    fn take(&mut self, letter: char) {
        let mut byte = |byte: u8| self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        match letter {
            '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`' => byte(b'\''),
            letter if letter.is_ascii() => byte(letter.to_ascii_lowercase() as u8),
            letter => letter.to_lowercase().for_each(|c| c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut byte)),
        }
    }
}

/// Splits a stretch of text into tokens, into `tokens`, which is emptied first.
pub(super) fn tokens(text: &str, stretch: Range<usize>, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut reader = Reader {
        text: text.get(..stretch.end).unwrap_or_default(),
        at: stretch.start,
        pause: Pause::Stop,
        no_address_until: 0,
    };
    while let Some(token) = reader.next() {
        reader.pause = Pause::None;
        push(tokens, token);
    }
}

/// Adds a token; a number takes in the sign or the word that says what it counts.
fn push(tokens: &mut Vec<Token>, token: Token) {
    if let Some(last) = tokens.last_mut() {
        let counts = matches!(last.kind, Kind::Number | Kind::Slot) && token.after == Pause::None;
        if counts && token.kind == Kind::Word && PERCENT.contains(&token.hash) {
            (last.kind, last.at.1) = (Kind::Percent, token.at.1);
            return;
        }
        if last.kind == Kind::Number && counts && token.kind == Kind::Word && MONEY.contains(&token.hash) {
            (last.kind, last.at.1) = (Kind::Money, token.at.1);
            return;
        }
        let currency = last.kind == Kind::Word && CURRENCY.contains(&last.hash) && token.after <= Pause::Clause;
        if currency && matches!(token.kind, Kind::Number | Kind::Slot) {
            *last = Token { at: (last.at.0, token.at.1), kind: Kind::Money, after: last.after, ..token };
            return;
        }
    }
    tokens.push(token);
}

/// The words that make a number a percentage. Hashes of words in small letters.
static PERCENT: [u64; 3] = [fnv("%"), fnv("percent"), fnv("pc")];
/// The words that make a number a sum of money when they follow it.
static MONEY: [u64; 9] = [
    fnv("p"),
    fnv("pence"),
    fnv("pound"),
    fnv("pounds"),
    fnv("quid"),
    fnv("gbp"),
    fnv("euros"),
    fnv("dollars"),
    fnv("usd"),
];
/// The signs and words that make a number a sum of money when they stand before it.
static CURRENCY: [u64; 9] = [
    fnv("\u{a3}"),
    fnv("$"),
    fnv("\u{20ac}"),
    fnv("gbp"),
    fnv("rs"),
    fnv("\u{20b9}"),
    fnv("eur"),
    fnv("usd"),
    fnv("a$"),
];

/// The hash of a word that is known beforehand, in small letters.
const fn fnv(word: &str) -> u64 {
    let (mut bytes, mut hash) = (word.as_bytes(), 0xcbf2_9ce4_8422_2325_u64);
    while let [byte, rest @ ..] = bytes {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        bytes = rest;
    }
    hash
}

/// Reads one token after the other.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    pause: Pause,
    /// Up to here no address begins.
    no_address_until: usize,
}

/// How a placeholder begins and ends, the longest first. The usual marks of the systems that fill them in.
const SLOTS: &[(&str, &str)] = &[
    ("{{{", "}}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("<%", "%>"),
    ("${", "}"),
    ("#{", "}"),
    ("*|", "|*"),
    ("[[", "]]"),
    ("((", "))"),
    ("%%", "%%"),
    ("##", "##"),
    ("{", "}"),
    ("[", "]"),
    ("<", ">"),
];

/// No placeholder is longer: what is not closed by then was none.
const SLOT_LENGTH: usize = 80;

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<Token> {
        loop {
            let letter = self.rest().chars().next()?;
            if matches!(letter, '{' | '<' | '$' | '#' | '*' | '[' | '(' | '%')
                && let Some(token) = self.slot()
            {
                return Some(token);
            }
            if letter.is_alphabetic() {
                return Some(self.word());
            }
            if letter.is_ascii_digit() {
                return Some(self.number());
            }
            let start = self.at;
            self.at += letter.len_utf8();
            match letter {
                '\u{a3}' | '$' | '\u{20ac}' | '\u{20b9}' | '%' => {
                    let mut hash = Hash::default();
                    hash.take(letter);
                    return Some(self.token(start, Kind::Word, false, hash.0));
                }
                '.' | '!' | '?' | ';' | '\n' | '\u{2026}' => self.pause = self.pause.max(Pause::Stop),
                ',' | ':' | '(' | ')' | '\u{2013}' | '\u{2014}' | '|' | '"' | '\u{201c}' | '\u{201d}' | '\u{2022}'
                | '*' | '/' => self.pause = self.pause.max(Pause::Clause),
                // A hyphen joins two words; with a space before it, it is a dash.
                '-' => {
                    let dash = self.text.get(..start).is_some_and(|before| before.ends_with(char::is_whitespace));
                    self.pause = self.pause.max(if dash { Pause::Clause } else { Pause::None });
                }
                _ => {}
            }
        }
    }

    fn token(&self, start: usize, kind: Kind, capitals: bool, hash: u64) -> Token {
        Token { at: (start, self.at), kind, after: self.pause, capitals, hash }
    }

    /// A placeholder that begins here, if one does.
    fn slot(&mut self) -> Option<Token> {
        let rest = self.rest();
        let (open, close) = SLOTS.iter().find(|(open, _)| rest.starts_with(open))?;
        let inside = rest.get(open.len()..)?;
        let last = close.bytes().next();
        let mut ends = inside.bytes().take(SLOT_LENGTH).enumerate().filter(|(_, byte)| Some(*byte) == last);
        let (length, _) = ends.find(|(at, _)| inside.get(*at..).is_some_and(|rest| rest.starts_with(close)))?;
        let inside = inside.get(..length)?;
        let plain = matches!(*open, "[" | "<" | "((" | "{");
        // In plain brackets stands a placeholder only if it looks like the name of something.
        let named = inside.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '\''))
            && inside.split_whitespace().count() <= 4
            && inside.contains(char::is_alphabetic);
        if inside.is_empty() || inside.contains('\n') || (plain && !named) {
            return None;
        }
        let last = inside.rsplit(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
        let (start, hash) = (self.at, hash(last));
        self.at += open.len() + length + close.len();
        Some(self.token(start, Kind::Slot, false, hash))
    }

    /// A word, an address of the web or an email address.
    fn word(&mut self) -> Token {
        let (start, rest) = (self.at, self.rest());
        // What was looked through once and held no address is not looked through again for each of its words.
        if start >= self.no_address_until {
            match address(rest) {
                Ok((kind, length)) => {
                    self.at += length;
                    return self.token(start, kind, false, 0);
                }
                Err(length) => self.no_address_until = start + length,
            }
        }
        let (mut hash, mut plain) = (Hash::default(), Hash::default());
        let (mut length, mut stem) = (0, 0);
        let (mut small, mut letters) = (false, 0_usize);
        let mut chars = rest.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let joins = is_apostrophe(c) && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
            if !c.is_alphanumeric() && !joins {
                break;
            }
            if joins && stem == 0 {
                (plain, stem) = (hash, at);
            }
            hash.take(c);
            length = at + c.len_utf8();
            small |= c.is_lowercase();
            letters += usize::from(c.is_alphabetic());
        }
        self.at += length;
        // Whose it is does not matter: `today's` is `today`. `it's` is another word than `it`, and stays.
        let tail = rest.get(stem..length).unwrap_or_default();
        let possessive =
            stem > 2 && tail.chars().count() == 2 && tail.ends_with(['s', 'S']) && !PRONOUNS.contains(&plain.0);
        let hash = if possessive { plain.0 } else { hash.0 };
        self.token(start, Kind::Word, !small && letters > 1, spelled_out(hash))
    }

    /// A number, with the letters or the sign that belong to it.
    fn number(&mut self) -> Token {
        let (start, rest) = (self.at, self.rest());
        let mut length = rest.find(|c: char| !matches!(c, '0'..='9' | '.' | ',' | '/')).unwrap_or(rest.len());
        while rest.get(..length).is_some_and(|number| number.ends_with(['.', ',', '/'])) {
            length -= 1;
        }
        let tail = rest.get(length..).unwrap_or_default();
        if tail.starts_with('%') {
            self.at += length + 1;
            return self.token(start, Kind::Percent, false, 0);
        }
        let letters = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        let word = tail.get(..letters).unwrap_or_default();
        // `2021`, `50p`, `10k`, `3rd` are numbers; `2optout`, `4free` begin with one that stands for a word.
        let kind = if word.eq_ignore_ascii_case("p") { Kind::Money } else { Kind::Number };
        if letters > 3 && !word.contains(|c: char| c.is_ascii_digit()) {
            self.at += length;
            return self.token(start, kind, false, 0);
        }
        self.at += length + letters;
        self.token(start, kind, false, 0)
    }
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`')
}

/// The words to which `'s` adds a verb.
static PRONOUNS: [u64; 10] = [
    fnv("it"),
    fnv("that"),
    fnv("here"),
    fnv("there"),
    fnv("what"),
    fnv("who"),
    fnv("let"),
    fnv("he"),
    fnv("she"),
    fnv("how"),
];

/// The usual short forms of text messages, spelled out.
const fn spelled_out(hash: u64) -> u64 {
    const U: u64 = fnv("u");
    const UR: u64 = fnv("ur");
    const TXT: u64 = fnv("txt");
    const MSG: u64 = fnv("msg");
    const PLS: u64 = fnv("pls");
    const WKLY: u64 = fnv("wkly");
    const NXT: u64 = fnv("nxt");
    match hash {
        U => fnv("you"),
        UR => fnv("your"),
        TXT => fnv("text"),
        MSG => fnv("message"),
        PLS => fnv("please"),
        WKLY => fnv("weekly"),
        NXT => fnv("next"),
        other => other,
    }
}

#[cfg(test)]
mod tests;
