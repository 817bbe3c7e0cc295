//! A text with some of its words marked: in colour on a terminal, elsewhere in brackets. Each mark has a number.
//!
//! Words under several marks carry every number. Nothing in the text can move a terminal's cursor, turn what follows
//! around, or begin a line of its own: each line stands behind an indent.

use std::ops::Range;

use anstyle::{AnsiColor, Style};

use crate::terms::wording::Strength;

/// How marks are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// `[[20% off]]{1}`.
    Brackets,
    /// Underlined, and coloured by strength.
    Coloured,
}

/// Some words to mark.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Which bytes of the text.
    pub bytes: Range<usize>,
    /// The number by which they are told of elsewhere, from 1.
    pub number: usize,
    /// How much they weigh.
    pub strength: Strength,
}

impl Look {
    /// What leads over to less.
    #[must_use]
    pub const fn dim(self) -> Style {
        match self {
            Self::Brackets => Style::new(),
            Self::Coloured => Style::new().dimmed(),
        }
    }

    /// What stands out.
    #[must_use]
    pub const fn bold(self) -> Style {
        match self {
            Self::Brackets => Style::new(),
            Self::Coloured => Style::new().bold(),
        }
    }

    /// Of words that weigh so much.
    #[must_use]
    pub const fn of(self, strength: Strength) -> Style {
        let colour = match (self, strength) {
            (Self::Brackets, _) => return Style::new(),
            (Self::Coloured, Strength::Strong) => AnsiColor::Red,
            (Self::Coloured, Strength::Weak) => AnsiColor::Yellow,
            (Self::Coloured, Strength::Review) => AnsiColor::Cyan,
        };
        colour.on_default().underline()
    }
}

/// The text with its marks, each line behind the indent.
#[must_use]
pub fn mark(text: &str, marks: &[Mark], look: Look, indent: &str) -> String {
    let marks: Vec<Mark> = marks.iter().filter_map(|mark| within(text, mark)).collect();
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.bytes.start, mark.bytes.end]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut written = indent.to_owned();
    for pair in cuts.windows(2) {
        let &[start, end] = pair else { continue };
        let over: Vec<&Mark> = marks.iter().filter(|mark| mark.bytes.start <= start && end <= mark.bytes.end).collect();
        let mut lines = text.get(start..end).unwrap_or_default().split('\n').peekable();
        while let Some(line) = lines.next() {
            // Before a line break a carriage return is part of it.
            let line = if lines.peek().is_some() { line.strip_suffix('\r').unwrap_or(line) } else { line };
            push(&mut written, line, &over, look);
            if lines.peek().is_some() {
                end_line(&mut written);
                written.push('\n');
                written.push_str(indent);
            }
        }
    }
    end_line(&mut written);
    written
}

/// Ends a line: nobody sees the spaces at its end, and what shows them again may not keep them.
fn end_line(written: &mut String) {
    written.truncate(written.trim_end_matches(' ').len());
}

/// The mark on whole characters, if it is on any.
fn within(text: &str, mark: &Mark) -> Option<Mark> {
    let (start, end) = (text.floor_char_boundary(mark.bytes.start), text.ceil_char_boundary(mark.bytes.end));
    (start < end).then(|| Mark { bytes: start..end, ..mark.clone() })
}

/// A stretch of one line that lies under these marks.
fn push(written: &mut String, stretch: &str, over: &[&Mark], look: Look) {
    let Some(strongest) = over.iter().map(|mark| mark.strength).min().filter(|_| !stretch.trim().is_empty()) else {
        return push_safe(written, stretch);
    };
    let style = look.of(strongest);
    let (open, close) = if look == Look::Brackets { ("[[", "]]") } else { ("", "") };
    written.push_str(&format!("{style}{open}"));
    push_safe(written, stretch);
    let numbers: Vec<String> = over.iter().map(|mark| mark.number.to_string()).collect();
    let (dim, numbers) = (look.dim(), numbers.join(","));
    written.push_str(&format!("{close}{style:#}{dim}{{{numbers}}}{dim:#}"));
}

/// A text from outside as it may stand on a terminal.
#[must_use]
pub fn safe(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    push_safe(&mut written, text);
    written
}

fn push_safe(written: &mut String, text: &str) {
    if text.contains(is_unsafe) {
        written.extend(text.chars().map(|c| match c {
            '\t' => ' ',
            c if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        }));
    } else {
        written.push_str(text);
    }
}

/// Whether a character does something to a terminal besides being shown: it controls it, breaks the line, or turns the
/// direction of what follows.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, marks: &[(Range<usize>, Strength)], look: Look) -> String {
        let marks: Vec<Mark> = marks
            .iter()
            .zip(1..)
            .map(|((bytes, strength), number)| Mark { bytes: bytes.clone(), number, strength: *strength })
            .collect();
        mark(text, &marks, look, "| ")
    }

    #[rstest::rstest]
    #[case("no marks", &[], "| no marks")]
    #[case("", &[], "|")]
    #[case("a  \n b", &[], "| a\n|  b")]
    #[case("a b c", &[(2, 3)], "| a [[b]]{1} c")]
    #[case("a b c", &[(0, 5)], "| [[a b c]]{1}")]
    #[case("a b c", &[(0, 1), (4, 5)], "| [[a]]{1} b [[c]]{2}")]
    #[case("a b c", &[(0, 5), (2, 3)], "| [[a ]]{1}[[b]]{1,2}[[ c]]{1}")]
    #[case("a b c", &[(0, 3), (2, 5)], "| [[a ]]{1}[[b]]{1,2}[[ c]]{2}")]
    #[case("a\r\nb\n\nc", &[(0, 7)], "| [[a]]{1}\n| [[b]]{1}\n|\n| [[c]]{1}")]
    #[case("£5 off", &[(1, 3)], "| [[£5]]{1} off")]
    #[case("a b c", &[(4, 400)], "| a b [[c]]{1}")]
    #[case("a b c", &[(400, 500), (3, 3)], "| a b c")]
    fn words_are_marked_with_their_numbers(
        #[case] text: &str,
        #[case] marks: &[(usize, usize)],
        #[case] expected: &str,
    ) {
        let marks: Vec<_> = marks.iter().map(|(start, end)| (*start..*end, Strength::Weak)).collect();
        assert_eq!(marked(text, &marks, Look::Brackets), expected);
    }

    #[test]
    fn the_strongest_mark_gives_the_colour() {
        let marks = [(0..5, Strength::Weak), (2..3, Strength::Strong)];
        let text = marked("a b c", &marks, Look::Coloured);
        let (weak, strong) = (Look::Coloured.of(Strength::Weak), Look::Coloured.of(Strength::Strong));
        assert!(
            text.contains(&format!("{strong}b{strong:#}")) && text.contains(&format!("{weak}a {weak:#}")),
            "{text:?}"
        );
        assert_eq!(anstream::adapter::strip_str(&text).to_string(), "| a {1}b{1,2} c{1}");
    }

    #[rstest::rstest]
    #[case("\u{1b}[2J\u{1b}]0;x\u{7}", "\u{fffd}[2J\u{fffd}]0;x\u{fffd}")]
    #[case("a\tb\u{9b}A\rc", "a b\u{fffd}A\u{fffd}c")]
    #[case("\u{202e}txt\u{2069}\u{2028}x", "\u{fffd}txt\u{fffd}\u{fffd}x")]
    #[case("café 🚲", "café 🚲")]
    fn nothing_moves_the_cursor(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(safe(text), expected);
        assert_eq!(marked(text, &[], Look::Brackets), format!("| {expected}"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_and_no_marks_break_a_line_s_indent(
            text in "(\\PC|[\\r\\n\\t\\x1b£]){0,60}",
            marks in proptest::collection::vec((0..70_usize, 0..70_usize), 0..6),
        ) {
            let marks: Vec<_> = marks.into_iter().map(|(start, end)| (start..end, Strength::Strong)).collect();
            for look in [Look::Brackets, Look::Coloured] {
                let written = marked(&text, &marks, look);
                let stripped = anstream::adapter::strip_str(&written).to_string();
                proptest::prop_assert!(stripped.split('\n').all(|line| line.starts_with('|')), "{written:?}");
                proptest::prop_assert_eq!(stripped.matches('\n').count(), text.matches('\n').count());
                let foreign = |c: char| c.is_control() && c != '\n';
                proptest::prop_assert!(!stripped.contains(foreign), "{written:?}");
            }
        }
    }
}
