//! Where sentences begin and end.

use std::ops::Range;

/// No sentence is longer, in bytes: what has no end by then is cut at a space.
const LONGEST: usize = 600;

/// A line that is at least so long, in characters, may have been broken by a program and not by whoever wrote it.
const WRAPPED: usize = 55;

/// Words that end in a full stop and no sentence.
const SHORT_FORMS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "ltd", "co", "no", "nos", "e.g", "i.e", "approx", "inc", "rs", "tel", "vs", "etc",
    "max", "min",
];

/// The sentences of a text, in order. A heading, a button, a line of a list counts as one. With `wraps`, a line break
/// inside a paragraph need not end a sentence.
pub(super) fn sentences(text: &str, wraps: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut paragraph = 0;
    for line in lines(text, wraps) {
        debug_assert!(line.start >= paragraph, "lines come in order");
        paragraph = line.end;
        of_line(text, line, &mut found);
    }
    found
}

/// The paragraphs of a text: its lines, joined where one was only wrapped.
fn lines(text: &str, wraps: bool) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut joins = false;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        match found.last_mut() {
            Some(last) if joins && continues(line) => last.end = range.end,
            _ => found.push(range),
        }
        joins = wraps && may_wrap(line);
    }
    found
}

/// Whether a line may go on in the next one.
fn may_wrap(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() >= WRAPPED && !line.ends_with(['.', '!', '?', ':', ';'])
}

/// Whether a line may go on from the one before: it is not empty and begins no list.
fn continues(line: &str) -> bool {
    line.trim_start()
        .chars()
        .next()
        .is_some_and(|first| first.is_alphanumeric() || matches!(first, '(' | '"' | '\'' | '{' | '\u{a3}'))
}

fn of_line(text: &str, line: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(words) = text.get(line.clone()) else { return };
    let mut start = 0;
    let mut space = None;
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = at + c.len_utf8();
        let before_space = chars
            .peek()
            .is_none_or(|(_, next)| next.is_whitespace() || matches!(next, '"' | '\'' | '\u{201d}' | '\u{2019}' | ')'));
        let ends = match c {
            '!' | '?' | '\u{2026}' => before_space || chars.peek().is_some_and(|(_, next)| next.is_uppercase()),
            '.' => before_space && !is_short_form(words.get(start..at).unwrap_or_default()),
            _ => false,
        };
        if c.is_whitespace() {
            space = Some(next);
        }
        if ends {
            push(words, start..next, line.start, found);
            (start, space) = (next, None);
        } else if next - start > LONGEST {
            let cut = space.filter(|space| *space > start).unwrap_or(next);
            push(words, start..cut, line.start, found);
            (start, space) = (cut, None);
        }
    }
    push(words, start..words.len(), line.start, found);
}

/// Whether the words before a full stop end in a short form or an initial.
fn is_short_form(before: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    initial || SHORT_FORMS.iter().any(|form| form.eq_ignore_ascii_case(last))
}

/// Adds a sentence without the spaces around it, if there is anything in it.
fn push(words: &str, range: Range<usize>, offset: usize, found: &mut Vec<Range<usize>>) {
    let Some(sentence) = words.get(range.clone()) else { return };
    let trimmed = sentence.trim_start();
    let start = range.start + (sentence.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    if trimmed.contains(char::is_alphanumeric) {
        found.push(offset + start..offset + start + trimmed.len());
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::two("We are closed. Come back!", &["We are closed.", "Come back!"])]
    #[case::heading("Your order\n\nIt is on its way", &["Your order", "It is on its way"])]
    #[case::numbers("It costs £3.50 at www.acme.example today.", &["It costs £3.50 at www.acme.example today."])]
    #[case::short_forms("Mr. A. Smith of Acme Ltd. called.", &["Mr. A. Smith of Acme Ltd. called."])]
    #[case::marks("Really?! Yes... \"Of course.\" she said", &["Really?!", "Yes...", "\"Of course.", "\" she said"])]
    #[case::shouting("Win!Now", &["Win!", "Now"])]
    #[case::list("You get:\n- one\n- two", &["You get:", "- one", "- two"])]
    #[case::nothing(" \n . \n", &[])]
    fn a_sentence_ends_where_it_ends(#[case] text: &str, #[case] expected: &[&str]) {
        let found: Vec<_> = sentences(text, true).into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_that_a_program_broke_goes_on() {
        let text = "This is a long line of a letter that some mail program has\nbroken in two where it liked.\nNext.";
        assert_eq!(sentences(text, true).len(), 2);
        assert_eq!(sentences(text, false).len(), 3);
    }

    #[test]
    fn what_never_ends_is_cut() {
        let words = "word ".repeat(1000);
        assert!(sentences(&words, true).iter().all(|range| range.len() <= LONGEST + 1));
        let one = "x".repeat(5000);
        assert!(sentences(&one, true).iter().all(|range| range.len() <= LONGEST + 1));
    }
}
