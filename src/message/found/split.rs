//! Splitting a text into clauses and their words.

use super::clause::{Clause, Kind};

/// A clause has no more words than this; a longer one is cut, so that looking around in it takes no long.
const WORDS: usize = 80;

/// Hands the clauses of a text on, one after the other. In HTML every line is a block; in a text a line may go on.
pub(super) fn clauses(text: &str, lines_go_on: bool, take: impl FnMut(&Clause)) {
    let mut split = Split { text, lines_go_on, take, clause: Clause::default(), closings: [Some(0); PAIRS.len()] };
    let mut at = 0;
    while let Some(next) = split.step(at) {
        at = next;
    }
    split.end();
}

/// The marks around the placeholders of the usual templates. `{name}` comes last: its marks stand in others.
const PAIRS: [(&str, &str); 9] = [
    ("{{", "}}"),
    ("{%", "%}"),
    ("<%", "%>"),
    ("[[", "]]"),
    ("((", "))"),
    ("*|", "|*"),
    ("%%", "%%"),
    ("${", "}"),
    ("{", "}"),
];

/// A placeholder is no longer than this.
const PLACEHOLDER: usize = 120;

#[derive(Debug)]
struct Split<'t, T> {
    text: &'t str,
    lines_go_on: bool,
    take: T,
    clause: Clause,
    /// For each pair of marks, where its next closing mark stands, if there is a further one: each stretch of the text is
    /// looked through once for it.
    closings: [Option<usize>; PAIRS.len()],
}

impl<T: FnMut(&Clause)> Split<'_, T> {
    fn end(&mut self) {
        if !self.clause.bits.is_empty() {
            (self.take)(&self.clause);
            self.clause.clear();
        }
    }

    /// Takes in what stands between two blanks, and returns where to go on.
    fn step(&mut self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(from..)?;
        let blanks = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let breaks = rest.get(..blanks)?.iter().filter(|&&byte| byte == b'\n').count();
        let start = from + blanks;
        let rest = rest.get(blanks..)?;
        let goes_on = self.lines_go_on && breaks == 1 && goes_on(bytes, start, rest);
        if breaks > 0 && !goes_on || self.clause.bits.len() >= WORDS {
            self.end();
        }
        let len = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let mut at = start;
        // A placeholder may begin within, and may have blanks of its own.
        while let Some(opening) = opening(bytes.get(at..start + len)?) {
            let opens = at + opening;
            self.token(at, opens);
            match self.placeholder(opens) {
                Some(closes) => {
                    self.clause.push(Kind::Placeholder, self.text.get(opens..closes)?, opens);
                    if closes >= start + len {
                        return Some(closes);
                    }
                    at = closes;
                }
                None => at = opens + 1,
            }
        }
        self.token(at, start + len);
        Some(start + len)
    }

    /// Where the placeholder ends that begins here.
    fn placeholder(&mut self, opens: usize) -> Option<usize> {
        let rest = self.text.get(opens..)?;
        let pair = PAIRS.iter().position(|(open, _)| rest.starts_with(open))?;
        let (open, close) = PAIRS.get(pair)?;
        let from = opens + open.len();
        let closing = self.closings.get_mut(pair)?;
        if closing.is_some_and(|at| at < from) {
            *closing = self.text.get(from..)?.find(close).map(|at| from + at);
        }
        let mut end = closing.filter(|at| at - opens <= PLACEHOLDER)? + close.len();
        // As in `{{{name}}}`.
        while open.starts_with('{') && self.text.as_bytes().get(end) == Some(&b'}') {
            end += 1;
        }
        Some(end)
    }

    /// Takes in a token without blanks and placeholders.
    fn token(&mut self, start: usize, end: usize) {
        let Some(token) = self.text.get(start..end).filter(|token| !token.is_empty()) else { return };
        if token.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.clause.push(Kind::Word, token, start);
        }
        let ends = match address(token) {
            Some((kind, at, address)) => {
                self.clause.push(kind, address, start + at);
                token.trim_end_matches(['"', '\'', ')', '>']).ends_with(['.', '!', '?'])
            }
            None => words(&mut self.clause, token, start),
        };
        if ends {
            self.end();
        }
    }
}

/// Whether a line goes on in the next: it begins as no line of its own does, or what stands before it waits for more.
fn goes_on(bytes: &[u8], at: usize, rest: &[u8]) -> bool {
    let before = bytes.get(..at).unwrap_or_default().trim_ascii_end().last();
    let waits = matches!(before, Some(b':' | b',' | b'-'));
    waits || rest.first().is_some_and(|byte| byte.is_ascii_lowercase() || matches!(byte, b'<' | b'{' | b'('))
}

/// Where the first placeholder within a token may begin.
fn opening(token: &[u8]) -> Option<usize> {
    if token.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let is_open = |pair: &[u8]| {
        matches!(pair, b"{{" | b"{%" | b"<%" | b"[[" | b"((" | b"*|" | b"%%" | b"${")
            || matches!(pair, [b'{', next] if next.is_ascii_alphabetic())
    };
    token.windows(2).position(is_open)
}

/// Splits a token into words, and tells whether the clause ends with it.
fn words(clause: &mut Clause, token: &str, at: usize) -> bool {
    let mut start = None;
    let mut is_number = true;
    let mut ends = false;
    let mut last = ' ';
    for (index, character) in token.char_indices().chain([(token.len(), ' ')]) {
        let joins = start.is_some() && {
            let next = token.get(index + character.len_utf8()..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            match character {
                '\'' | '’' | '-' | '_' | '&' => next.is_alphanumeric(),
                // As in a price or a domain, and not where somebody left the blank out.
                '.' => next.is_ascii_digit() && last.is_ascii_digit() || next.is_lowercase() && last.is_lowercase(),
                _ => false,
            }
        };
        last = character;
        if character.is_alphanumeric() || joins || matches!(character, '£' | '€' | '$' | '+' | '%') {
            start.get_or_insert(index);
            ends = false;
            is_number &= character.is_ascii_digit() || matches!(character, '+' | '-' | '.');
            continue;
        }
        if let Some(start) = start.take() {
            let word = token.get(start..index).unwrap_or_default();
            if word.chars().any(char::is_alphanumeric) {
                clause.push(if is_number { Kind::Number } else { Kind::Word }, word, at + start);
            }
            is_number = true;
        }
        if matches!(character, ',' | ';' | ':' | '(' | ')' | '/' | '?' | '!' | '.' | '–' | '—') {
            clause.breaks();
        }
        ends = match character {
            '.' | '!' | '?' | '…' | '|' | '•' | '·' | '—' => true,
            ' ' | '"' | '\'' | '’' | '”' | ')' | ']' | '*' => ends,
            _ => false,
        };
    }
    ends
}

/// The address of the net or of mail that a token is, without what stands around it, and where it begins.
fn address(token: &str) -> Option<(Kind, usize, &str)> {
    if !token.bytes().any(|byte| matches!(byte, b'/' | b'@' | b'.')) {
        return None;
    }
    let outer = |character: char| "<>()[],;:\"'.!?*".contains(character);
    let trimmed = token.trim_start_matches(outer);
    let start = token.len() - trimmed.len();
    let trimmed = trimmed.trim_end_matches(outer);
    let kind = if is_url(trimmed) {
        Kind::Url
    } else if is_email(trimmed) {
        Kind::Email
    } else {
        return None;
    };
    Some((kind, start, trimmed))
}

fn is_url(token: &str) -> bool {
    let starts = |start: &str| token.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    if starts("http://") || starts("https://") || starts("www.") {
        return true;
    }
    // A domain with a path: `acme.example/stop`.
    let (domain, path) = token.split_once('/').unwrap_or((token, ""));
    let ending = domain.rsplit_once('.').map(|(_, ending)| ending);
    let is_domain = domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    is_domain
        && ending.is_some_and(|ending| ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_lowercase()))
        && (!path.is_empty()
            || ending.is_some_and(|ending| matches!(ending, "com" | "uk" | "org" | "net" | "co" | "io")))
}

fn is_email(token: &str) -> bool {
    let token = token.strip_prefix("mailto:").unwrap_or(token);
    token.split_once('@').is_some_and(|(local, domain)| {
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'@' | b'<' | b'>' | b'"');
        !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && local.bytes().chain(domain.bytes()).all(is_plain)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    /// The words of the clauses, a bar between two of them.
    fn taken(text: &str) -> String {
        let mut all = Vec::new();
        clauses(text, true, |clause| {
            let words: Vec<&str> = (0..clause.bits.len()).map(|index| clause.word(index)).collect();
            all.push(words.join(" "));
        });
        all.join(" ¦ ")
    }

    #[rstest]
    #[case::sentences("Stop? Send STOP to 62468.", "stop ¦ send stop to 62468")]
    #[case::within_a_token("T&Cs/stop SMS", "t&cs stop sms")]
    #[case::bars("Privacy | Unsubscribe", "privacy ¦ unsubscribe")]
    #[case::placeholders("please {{ stop_url }}, or {stop}", "please {{ stop_url }} or {stop}")]
    #[case::glued("here:{{url}}|bye", "here {{url}} bye")]
    #[case::addresses(
        "At https://a.example/?b=1. Or mail <hi@a.example>!",
        "at https://a.example/?b=1 ¦ or mail hi@a.example"
    )]
    #[case::apostrophes("Don’t 'stop'", "don't stop")]
    #[case::a_line_that_goes_on("to stop, go to:\nwww.a.example\nBye", "to stop go to www.a.example ¦ bye")]
    #[case::prices("£1.50/wk 150p", "£1.50 wk 150p")]
    #[case::numbers("(0800) 123-4567", "0800 123-4567")]
    #[case::a_blank_left_out("apply.2 stop txts.Text", "apply 2 stop txts text")]
    #[case::marks_without_an_end("{{ a {% b *| c ${d", "a b ¦ c d")]
    fn texts_are_taken_apart(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(taken(text), expected);
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart_in_order(text in "(.|[{}%*|<>(). \n'’a-z0-9@/]){0,80}", lines_go_on: bool) {
            let mut last = 0;
            let mut fits = true;
            clauses(&text, lines_go_on, |clause| {
                for bit in &clause.bits {
                    fits &= bit.range.start >= last && text.get(bit.range.clone()).is_some_and(|words| !words.is_empty());
                    last = bit.range.end;
                }
                fits &= clause.bits.len() <= WORDS + 80;
            });
            prop_assert!(fits);
        }
    }
}
