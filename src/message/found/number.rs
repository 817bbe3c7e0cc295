//! Numbers of telephones, and what a call to them costs.

use super::clause::{Clause, Kind};

/// What a number of a telephone costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing.
    Free,
    /// As much as any call.
    Usual,
    /// A charge for the service besides.
    Premium,
    /// It is a mobile, which takes messages.
    Mobile,
}

/// The numbers of telephones in a clause.
pub(super) fn lines(clause: &Clause) -> impl Iterator<Item = Line> + '_ {
    (0..clause.bits.len()).filter_map(|index| line(clause, index))
}

/// The number that begins here, which may stand in several pieces.
pub(super) fn line(clause: &Clause, index: usize) -> Option<Line> {
    let word = clause.word(index);
    // A price that was written right after a number belongs to no number.
    let starts = word.starts_with('0') || word.starts_with("+44") || word.starts_with("44");
    let is_number = |index: usize| clause.bits.get(index).is_some_and(|bit| bit.kind == Kind::Number);
    if !starts || index > 0 && is_number(index - 1) && clause.before(index, 1).starts_with('0') {
        return None;
    }
    let mut digits = String::new();
    for ahead in 0..4 {
        let piece = clause.word(index + ahead);
        if ahead > 0 && !is_number(index + ahead) {
            break;
        }
        digits.extend(piece.chars().take_while(|character| !character.is_alphabetic()).filter(char::is_ascii_digit));
        if digits.len() >= 10 {
            break;
        }
    }
    let national = digits.strip_prefix("44").map(|rest| format!("0{}", rest.trim_start_matches('0')));
    let digits = national.unwrap_or(digits);
    if digits.len() < 10 {
        return None;
    }
    let starts = |start: &str| digits.starts_with(start);
    Some(if starts("0800") || starts("0808") || starts("0500") {
        Line::Free
    } else if starts("07") {
        Line::Mobile
    } else if starts("09") || starts("084") || starts("087") {
        Line::Premium
    } else {
        Line::Usual
    })
}

/// Whether a word is a short code: five to seven digits that begin as those of this country do.
pub(super) fn is_code(word: &str) -> bool {
    (5..=7).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(word.bytes().next(), Some(b'6'..=b'8'))
}

/// Whether a message is to go to a short code that stands soon after.
pub(super) fn code_after(clause: &Clause, index: usize, count: usize) -> bool {
    (index + 1..=index + count).any(|at| is_code(clause.word(at)) && matches!(clause.before(at, 1), "to" | "2" | "on"))
}

/// Whether a message is to go to a short code anywhere in the clause.
pub(super) fn any_code(clause: &Clause) -> bool {
    code_after(clause, 0, clause.bits.len())
}
