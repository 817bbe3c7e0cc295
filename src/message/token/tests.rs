//! Words and what stands for them.

use rstest::rstest;

use super::*;

/// The tokens in brief: words as they are, other kinds by a letter.
fn brief(text: &str) -> String {
    let mut found = Vec::new();
    tokens(text, 0..text.len(), &mut found);
    let word = |token: &Token| {
        let written = text.get(token.at.0..token.at.1).unwrap_or_default();
        if token.kind == Kind::Word { written.to_owned() } else { format!("{:?}", token.kind).to_uppercase() }
    };
    found.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case::plain("Your order is on its way.", "Your order is on its way")]
#[case::percent("20% off, or 15 % off, or {{20}}% off", "PERCENT off or PERCENT off or PERCENT off")]
#[case::money("£5, $ 9.99, 50p, 20 pounds, Rs. 2999, £{{sum}}", "MONEY MONEY MONEY MONEY Rs NUMBER MONEY")]
#[case::number("by 31 March 2027 at 10.30", "by NUMBER March NUMBER at NUMBER")]
#[case::slots(
    "Hi {{name}}, *|FNAME|*, <%= x %>, [First Name], ((ref)) and [1]",
    "Hi SLOT SLOT SLOT SLOT SLOT and NUMBER"
)]
#[case::links("see www.acme.example, https://a.example/b?c=d. or bit.ly/3x", "see LINK LINK or LINK")]
#[case::address("write to jo@acme.example.", "write to ADDRESS")]
#[case::apostrophes("Don’t miss today's deal: it's here", "Don’t miss today's deal it's here")]
#[case::hyphens("opt-in, pre-approved - now", "opt in pre approved now")]
fn words_and_what_stands_for_them(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(brief(text), expected);
}

#[rstest]
#[case("DON\u{2019}T", "don't")]
#[case("today\u{2019}s", "today")]
#[case("txt", "text")]
#[case("Ünder", "ünder")]
fn one_word_has_one_hash(#[case] written: &str, #[case] word: &str) {
    let mut found = Vec::new();
    tokens(written, 0..written.len(), &mut found);
    assert_eq!(found.first().map(|token| token.hash), Some(hash(word)));
}

#[test]
fn a_pause_is_as_long_as_the_mark() {
    let text = "One, two. Three - four five-six";
    let mut found = Vec::new();
    tokens(text, 0..text.len(), &mut found);
    use Pause::{Clause, None, Stop};
    assert_eq!(found.iter().map(|token| token.after).collect::<Vec<_>>(), [Stop, Clause, Stop, Clause, None, None]);
}
