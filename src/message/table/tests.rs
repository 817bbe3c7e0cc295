use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn spellings(sentence: &str) -> Vec<String> {
    grams(sentence).into_iter().map(|(_, gram)| gram).collect()
}

#[test]
fn the_n_grams_are_the_words_and_their_pairs() {
    let expected = ["save", "#percent", "now", "!", "save #percent", "#percent now", "now !"];
    assert_eq!(spellings("Save 20%, NOW!!"), expected);
    assert_eq!(spellings("Don\u{2019}t pay £5"), ["don't", "pay", "#money", "don't pay", "pay #money"]);
    assert_eq!(spellings("for {{name}} 12"), ["for", "#", "#", "for #", "# #"]);
}

fn lines() -> Vec<(&'static str, &'static str)> {
    let lines = FILE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once('\t').expect("a weight, a tab, an n-gram")).collect()
}

fn header(name: &str) -> &'static str {
    let line = FILE.lines().find_map(|line| line.strip_prefix(&format!("# {name}: ")));
    line.unwrap_or_else(|| panic!("the table does not tell its {name}"))
}

#[test]
fn every_line_of_the_table_is_read() {
    let lines = lines();
    assert!((1_000..=5_000).contains(&lines.len()), "{} n-grams", lines.len());
    assert!(FILE.len() <= 100_000, "{} bytes", FILE.len());
    assert!(lines.is_sorted_by_key(|(_, gram)| *gram), "the n-grams are not in order");
    let table = Table::parse(FILE);
    let mut keys = Vec::new();
    for (weight, gram) in lines {
        let weight: f32 = weight.parse().expect("a weight");
        assert!(weight.is_finite() && weight != 0.0, "`{gram}` weighs {weight}");
        assert_eq!(table.weight(key(gram)), Some(weight), "`{gram}` is not found");
        keys.push(key(gram));
    }
    keys.sort_unstable();
    assert!(keys.is_sorted_by(|one, other| one != other), "two n-grams have one key");
}

/// What `grams` makes of an n-gram of the table has it: nothing stands there that no sentence could have.
#[test]
fn every_n_gram_of_the_table_is_spelt_as_sentences_are_read() {
    for (_, gram) in lines() {
        // A mark stands after a word.
        let sentence = format!("so {gram}").replace("#money", "£5").replace("#percent", "5%");
        assert!(spellings(&sentence).iter().any(|it| it == gram), "`{gram}` is never found");
        assert!(!gram.contains(|c: char| c.is_ascii_digit()), "`{gram}` has a number");
    }
}

#[test]
fn the_table_tells_where_it_comes_from() {
    assert_eq!(header("bias").parse(), Ok(Table::parse(FILE).bias));
    assert_eq!(header("review").parse(), Ok(REVIEW));
    assert!(header("made by").starts_with("cargo bench --bench reading -- train"));
    assert!(header("settings").contains("l2"));
    let sources: Vec<&str> = FILE.lines().filter_map(|line| line.strip_prefix("# source: ")).collect();
    assert!(sources.len() > 10, "{sources:?}");
    for source in sources {
        let free = ["MIT", "Apache-2.0", "BSD", "CC BY", "Crown"].iter().any(|licence| source.contains(licence));
        assert!(free && !source.contains("GPL"), "{source}");
    }
}

#[rstest]
#[case("Save 20% on your next order when you shop now!", "We have received your request to reset your password.")]
#[case("Don't miss our offers: free delivery this week only!", "Your parcel was delivered at 10:42.")]
#[case("Upgrade today and enjoy 3 months free!", "Your appointment is confirmed for 3 May.")]
fn an_offer_scores_above_a_notice(#[case] offer: &str, #[case] notice: &str) {
    let table = Table::parse(FILE);
    let (offer, notice) = (table.score(offer), table.score(notice));
    assert!(offer > 0.0 && offer > notice && notice < REVIEW, "{offer} {notice}");
}

#[test]
fn a_sentence_of_unknown_words_scores_the_bias() {
    let table = Table::new(-1.5, &[(key("shop now"), 3.0), (key("now"), 1.0)]);
    assert!((table.score("") + 1.5).abs() < 1e-6 && (table.score("zyx 12 {{x}}") + 1.5).abs() < 1e-6);
    assert!((table.score("SHOP NOW") - (4.0 / 2.0_f32.sqrt() - 1.5)).abs() < 1e-6);
    assert!((table.score("now, shop") - (1.0 - 1.5)).abs() < 1e-6, "the order of a pair counts");
}

proptest! {
    /// Whatever stands in a sentence, it has a score, and how its letters are written does not change it.
    #[test]
    fn any_text_has_a_score(text in r"(\PC|[{}\[\]<%>*|() £$€'’.,:@!/]|www\.|http://|[a-zA-Z0-9 ]){0,80}") {
        let table = Table::parse(FILE);
        let first = table.score(&text);
        prop_assert!(first.is_finite());
        prop_assert_eq!(first, table.score(&text.replace('’', "'")));
        prop_assert_eq!(first, table.score(&format!("  {text}  ")));
    }

    /// Equal words, equal scores: in any case and with any space between.
    #[test]
    fn the_score_is_of_the_words(words in proptest::collection::vec("(free|shop|now|your|order|[A-Za-z]{1,9})", 0..12)) {
        let table = Table::parse(FILE);
        let score = table.score(&words.join(" "));
        prop_assert_eq!(score, table.score(&words.join(" ").to_uppercase()));
        prop_assert_eq!(score, table.score(&words.join(",\t")));
    }

    /// A sentence in the middle of a text scores as it does alone.
    #[test]
    fn what_stands_around_a_sentence_does_not_count(before in "[a-z! ]{0,20}", after in "[a-z! ]{0,20}") {
        let sentence = "Save 20% when you shop now!";
        let text = format!("{before}\n{sentence}\n{after}");
        let stretch = before.len() + 1..before.len() + 1 + sentence.len();
        let mut tokens = Vec::new();
        token::tokens(&text, stretch.clone(), &mut tokens);
        prop_assert_eq!(score(&text, stretch, &tokens), Table::parse(FILE).score(sentence));
    }
}
