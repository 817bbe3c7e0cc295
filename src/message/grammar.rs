//! The small grammars in which cues are written.
//!
//! | written | stands for |
//! |---|---|
//! | `word` | that word, in any case |
//! | `@class` | a word of a class of [`super::classes`] |
//! | `{money}` `{percent}` `{number}` `{slot}` `{link}` `{address}` | such a thing |
//! | `{code}` | a word in capitals or with figures in it, or a placeholder |
//! | `{amount}` | money, a percentage |
//! | `..3` | at most three words of any kind |
//! | `( a b \| c )` | `a b` or `c` |
//! | `[ a ]` | `a` or nothing |
//! | `^` | the beginning of a clause |
//! | `$` | the end of the sentence |
//!
//! A sentence has fewer than 128 tokens, so the places that a pattern can reach are the bits of one number: matching
//! takes as many steps as the pattern has parts, whatever stands in the text.

use std::collections::HashMap;

use super::{
    classes::CLASSES,
    token::{Kind, Pause, Token, hash},
};

/// No sentence has more tokens; the rest of a longer one is read as another.
pub(super) const MOST: usize = 120;

/// A place in the sentence is a bit.
pub(super) type Places = u128;

/// A pattern, ready to be matched.
#[derive(Debug)]
pub(super) struct Pattern {
    nodes: Vec<Node>,
    /// What a sentence must hold for the pattern to be in it.
    needs: Vec<Signature>,
}

/// Which words, classes and kinds there are among some tokens, as bits. Words share the bits, so it can err, but only by
/// saying that a word is there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signature {
    words: u128,
    classes: u64,
    kinds: u8,
}

impl Signature {
    fn of_word(hash: u64) -> Self {
        Self { words: 1 << ((hash ^ (hash >> 32)) & 127), ..Self::default() }
    }

    const fn of_kind(kind: Kind) -> Self {
        Self { words: 0, classes: 0, kinds: 1 << kind as u8 }
    }

    /// Takes a token in.
    pub(super) fn note(&mut self, token: &Token, classes: u64) {
        let word = if token.kind == Kind::Word { Self::of_word(token.hash) } else { Self::of_kind(token.kind) };
        *self = self.or(word).or(Self { classes, ..Self::default() });
    }

    const fn or(self, other: Self) -> Self {
        Self { words: self.words | other.words, classes: self.classes | other.classes, kinds: self.kinds | other.kinds }
    }

    const fn meets(&self, need: &Self) -> bool {
        self.words & need.words != 0 || self.classes & need.classes != 0 || self.kinds & need.kinds != 0
    }
}

#[derive(Debug)]
enum Node {
    Word(u64),
    Class(u32),
    Kind(Kind),
    Code,
    Amount,
    Gap(u32),
    Begin,
    End,
    Either(Vec<Vec<Node>>),
}

/// A sentence with what each word belongs to.
#[derive(Debug)]
pub(super) struct Words<'t> {
    pub(super) tokens: &'t [Token],
    /// The classes of each token, as bits.
    pub(super) classes: &'t [u64],
    /// The places at which a clause begins.
    pub(super) begins: Places,
    /// What there is among the tokens.
    pub(super) signature: Signature,
}

/// The words that the patterns know, and the classes that each belongs to.
pub(super) fn lexicon() -> HashMap<u64, u64, Known> {
    let mut words: HashMap<u64, u64, Known> = HashMap::default();
    for (bit, (_, members)) in CLASSES.iter().enumerate() {
        for word in members.split_whitespace() {
            *words.entry(hash(word)).or_default() |= 1 << bit;
        }
    }
    words
}

/// A hash is its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known;

impl std::hash::BuildHasher for Known {
    type Hasher = Same;

    fn build_hasher(&self) -> Same {
        Same(0)
    }
}

/// See [`Known`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Same(u64);

impl std::hash::Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = (self.0 << 8) | u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// What a pattern may begin with: how the patterns that are worth trying at a token are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum First {
    Word(u64),
    Class(u32),
    Kind(Kind),
    /// Anything: the pattern is tried everywhere.
    Any,
}

/// What is wrong with a pattern as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misspelt(pub(super) String);

impl Pattern {
    /// Reads a pattern.
    pub(super) fn read(written: &str) -> Result<Self, Misspelt> {
        let mut parts = written.split_whitespace();
        let (mut alternatives, closed) = read_until(&mut parts)?;
        match (alternatives.pop(), alternatives.is_empty(), closed) {
            // A gap at the end would only lengthen what is quoted.
            (Some(nodes), true, None) if nodes.last().is_some_and(|last| !matches!(last, Node::Gap(_))) => {
                let needs = nodes.iter().filter_map(need).collect();
                Ok(Self { nodes, needs })
            }
            _ => Err(Misspelt(format!("`{written}` is empty, or has a bracket or a bar too many"))),
        }
    }

    /// What it may begin with.
    pub(super) fn firsts(&self) -> Vec<First> {
        let mut found = Vec::new();
        if firsts(&self.nodes, &mut found) {
            found.push(First::Any);
        }
        found
    }

    /// The place after the longest match that begins at a place.
    pub(super) fn ends(&self, words: &Words<'_>, at: usize) -> Option<usize> {
        let places = if self.may(words) { step_all(&self.nodes, words, 1 << at) } else { 0 };
        (places != 0).then(|| 127 - places.leading_zeros() as usize)
    }

    /// Whether the sentence has what the pattern needs.
    pub(super) fn may(&self, words: &Words<'_>) -> bool {
        self.needs.iter().all(|need| words.signature.meets(need))
    }

    /// Whether it matches anywhere.
    pub(super) fn is_in(&self, words: &Words<'_>) -> bool {
        let anywhere = (1_u128 << words.tokens.len().min(MOST)) - 1;
        self.may(words) && step_all(&self.nodes, words, anywhere) != 0
    }
}

/// What a sentence must hold for this part to be in it, if it must hold anything.
fn need(node: &Node) -> Option<Signature> {
    match node {
        Node::Word(hash) => Some(Signature::of_word(*hash)),
        Node::Class(bit) => Some(Signature { classes: 1 << bit, ..Signature::default() }),
        Node::Kind(kind) => Some(Signature::of_kind(*kind)),
        Node::Amount => Some(Signature::of_kind(Kind::Money).or(Signature::of_kind(Kind::Percent))),
        // Each alternative must hold something, else the sentence need not.
        Node::Either(alternatives) => alternatives
            .iter()
            .try_fold(Signature::default(), |needs, nodes| nodes.iter().find_map(need).map(|need| needs.or(need))),
        Node::Code | Node::Gap(_) | Node::Begin | Node::End => None,
    }
}

/// What stands up to a closing bracket, and which bracket that was.
fn read_until<'w>(parts: &mut impl Iterator<Item = &'w str>) -> Result<(Vec<Vec<Node>>, Option<&'w str>), Misspelt> {
    let mut alternatives = vec![Vec::new()];
    loop {
        let Some(part) = parts.next() else { return Ok((alternatives, None)) };
        let node = match part {
            ")" | "]" => return Ok((alternatives, Some(part))),
            "|" => {
                alternatives.push(Vec::new());
                continue;
            }
            "(" | "[" => {
                let (mut inside, closed) = read_until(parts)?;
                let expected = if part == "(" { ")" } else { "]" };
                if closed != Some(expected) || inside.iter().any(Vec::is_empty) {
                    return Err(Misspelt(format!("`{part}` is not closed, or has nothing in it")));
                }
                if part == "[" {
                    inside.push(Vec::new());
                }
                Node::Either(inside)
            }
            "^" => Node::Begin,
            "$" => Node::End,
            "{code}" => Node::Code,
            "{amount}" => Node::Amount,
            "{number}" => Node::Kind(Kind::Number),
            "{money}" => Node::Kind(Kind::Money),
            "{percent}" => Node::Kind(Kind::Percent),
            "{slot}" => Node::Kind(Kind::Slot),
            "{link}" => Node::Kind(Kind::Link),
            "{address}" => Node::Kind(Kind::Address),
            part => word(part)?,
        };
        if let Some(last) = alternatives.last_mut() {
            last.push(node);
        }
    }
}

fn word(part: &str) -> Result<Node, Misspelt> {
    let misspelt = || Misspelt(format!("`{part}` is no part of a pattern"));
    if let Some(class) = part.strip_prefix('@') {
        let bit = CLASSES.iter().position(|(name, _)| *name == class).and_then(|bit| u32::try_from(bit).ok());
        return bit.map(Node::Class).ok_or_else(misspelt);
    }
    if let Some(most) = part.strip_prefix("..") {
        return most.parse().map(Node::Gap).map_err(|_| misspelt());
    }
    let is_word = part.chars().all(|c| c.is_alphanumeric() || c == '\'');
    if is_word { Ok(Node::Word(hash(part))) } else { Err(misspelt()) }
}

/// Collects what these parts may begin with; whether they may be passed over altogether.
fn firsts(nodes: &[Node], found: &mut Vec<First>) -> bool {
    for node in nodes {
        match node {
            Node::Begin => continue,
            Node::Either(alternatives) => {
                let mut passed = false;
                for alternative in alternatives {
                    passed |= firsts(alternative, found);
                }
                if passed {
                    continue;
                }
            }
            Node::Word(hash) => found.push(First::Word(*hash)),
            Node::Class(bit) => found.push(First::Class(*bit)),
            Node::Kind(kind) => found.push(First::Kind(*kind)),
            Node::Amount => found.extend([First::Kind(Kind::Money), First::Kind(Kind::Percent)]),
            Node::Code | Node::Gap(_) | Node::End => found.push(First::Any),
        }
        return false;
    }
    true
}

fn step_all(nodes: &[Node], words: &Words<'_>, from: Places) -> Places {
    let start = from;
    nodes
        .iter()
        .try_fold(from, |places, node| {
            let next = step(node, words, places, start);
            if next == 0 { Err(()) } else { Ok(next) }
        })
        .unwrap_or(0)
}

/// The places that can be reached from these over one part of the pattern.
fn step(node: &Node, words: &Words<'_>, places: Places, start: Places) -> Places {
    match node {
        Node::Word(hash) => over(words, places, start, |token, _| token.kind == Kind::Word && token.hash == *hash),
        Node::Class(bit) => over(words, places, start, |_, classes| classes >> bit & 1 == 1),
        Node::Kind(kind) => over(words, places, start, |token, _| token.kind == *kind),
        Node::Code => over(words, places, start, |token, _| {
            token.kind == Kind::Slot || (token.kind == Kind::Word && token.capitals)
        }),
        Node::Amount => over(words, places, start, |token, _| matches!(token.kind, Kind::Money | Kind::Percent)),
        Node::Gap(most) => {
            let mut reached = places;
            let mut edge = places;
            for _ in 0..*most {
                edge = over(words, edge, start, |_, _| true);
                reached |= edge;
            }
            reached
        }
        Node::Begin => places & words.begins,
        Node::End => keep(words, places, |token| token.is_none_or(|token| token.after == Pause::Stop)),
        Node::Either(alternatives) => {
            alternatives.iter().fold(0, |reached, nodes| reached | step_inside(nodes, words, places, start))
        }
    }
}

fn step_inside(nodes: &[Node], words: &Words<'_>, from: Places, start: Places) -> Places {
    let mut places = from;
    for node in nodes {
        places = step(node, words, places, start);
        if places == 0 {
            break;
        }
    }
    places
}

/// The places after those tokens that fit. No match goes on over a full stop.
fn over(words: &Words<'_>, places: Places, start: Places, fits: impl Fn(&Token, u64) -> bool) -> Places {
    let (mut left, mut reached) = (places, 0);
    while left != 0 {
        let at = left.trailing_zeros() as usize;
        let place = 1_u128 << at;
        left &= left - 1;
        let (Some(token), Some(classes)) = (words.tokens.get(at), words.classes.get(at)) else { continue };
        let goes_on = token.after != Pause::Stop || start & place != 0;
        if goes_on && fits(token, *classes) {
            reached |= place << 1;
        }
    }
    reached
}

/// Those of the places at which the next token, or the end, is such.
fn keep(words: &Words<'_>, places: Places, is_such: impl Fn(Option<&Token>) -> bool) -> Places {
    let (mut left, mut kept) = (places, 0);
    while left != 0 {
        let at = left.trailing_zeros() as usize;
        left &= left - 1;
        if is_such(words.tokens.get(at)) {
            kept |= 1 << at;
        }
    }
    kept
}
