//! Which stretches of a text are in English, the one language that is read.
//!
//! A stretch is a sentence, a line, or what stands between two bars. Its words are weighed: one that every English
//! sentence is full of speaks for English, one that is known from elsewhere against it, and a word that is not known by
//! its shape. What weighs too little either way (a heading, a name, a number) is not called foreign unless everything
//! around it is. Names, numbers, addresses of the net and placeholders of templates weigh nothing.

mod judge;
mod lexicon;
mod shape;
mod weigh;
mod words;

use std::ops::Range;

use self::{judge::Judge, weigh::Stretch};

/// A placeholder has no more words than this.
const PLACEHOLDER: u8 = 12;

/// Tells the stretches of a text that are not in English, in order.
pub(super) fn foreign(text: &str, tell: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut judge = Judge::new(tell);
    let mut stretch = Stretch::default();
    let mut in_placeholder = 0;
    let mut at = 0;
    loop {
        while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii_whitespace()) {
            if *byte == b'\n' {
                judge.end(&mut stretch);
            }
            at += 1;
        }
        let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) else { break };
        let len = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let Some(token) = text.get(at..at + len) else { break };
        let token_ends = at + len;
        if in_placeholder == 0 && token.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            stretch.take_plain(token.as_bytes(), at);
        } else if in_placeholder > 0 {
            in_placeholder = if closes(token) { 0 } else { in_placeholder - 1 };
        } else if opens(token) {
            in_placeholder = if closes(token) { 0 } else { PLACEHOLDER };
        } else if is_bar(token) {
            judge.end(&mut stretch);
        } else if !is_code(token) {
            stretch.take(token, at);
            if ends_sentence(token) {
                judge.end(&mut stretch);
            }
        }
        at = token_ends;
    }
    judge.end(&mut stretch);
    judge.finish();
}

fn opens(token: &str) -> bool {
    token.as_bytes().windows(2).any(|pair| matches!(pair, b"{{" | b"{%" | b"[[" | b"<%" | b"*|" | b"((" | b"${"))
}

fn closes(token: &str) -> bool {
    token.contains('}') || token.as_bytes().windows(2).any(|pair| matches!(pair, b"]]" | b"%>" | b"|*" | b"))"))
}

/// Something that stands between two sentences, such as the same in two languages.
fn is_bar(token: &str) -> bool {
    !token.chars().any(char::is_alphanumeric)
}

/// Addresses, numbers, names of files and of fields.
fn is_code(token: &str) -> bool {
    let is_digit_or_sign =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'@' | b'_' | b'=' | b'\\' | b'{' | b'}' | b'<');
    token.bytes().any(is_digit_or_sign) || token.contains("://") || token.contains("www.") || is_domain(token)
}

/// A full stop with a small letter right after it.
fn is_domain(token: &str) -> bool {
    let mut bytes = token.bytes().skip_while(|&byte| byte != b'.');
    bytes.next();
    bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
}

fn ends_sentence(token: &str) -> bool {
    let token = token.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»']);
    token.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟'])
}

#[cfg(test)]
mod tests;
