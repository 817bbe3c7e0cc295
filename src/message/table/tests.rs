use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn normal(sentence: &str) -> Vec<String> {
    words(sentence).map(|word| word.normal()).collect()
}

#[rstest]
#[case::case_and_apostrophes("Don’t MISS it", &["don't", "miss", "it"])]
#[case::money("£5, 50p, 5€ and $1,299.99", &["#money", "#money", "#money", "and", "#money"])]
#[case::money_to_come("only £{{price}} now", &["only", "#money", "now"])]
#[case::percentages("20% or {{rate}}% off", &["#percent", "or", "#percent", "off"])]
#[case::placeholders("a {{x y}} b {x} c [x_y] d *|X|* e <%= x.y %> f ((z)) g", &["a", "#", "b", "#", "c", "#", "d", "#", "e", "#", "f", "#", "g"])]
#[case::a_button_is_no_placeholder("[Shop now]", &["shop", "now"])]
#[case::an_opener_alone("{ a [ b * c ( d <", &["a", "b", "c", "d"])]
#[case::addresses("see https://a.example/b?c=d or www.a.example, jo@a.example", &["see", "#", "or", "#", "#"])]
#[case::numbers_and_codes("order 12:30 of 1,000 at 2nd WELCOME10", &["order", "#", "of", "#", "at", "#", "#"])]
#[case::exclamations("now!!", &["now", "!", "!"])]
#[case::other_scripts("Ärger Ñandú 你好", &["ärger", "ñandú", "你好"])]
#[case::nothing("... -- \u{1F389}", &[])]
fn a_sentence_has_words(#[case] sentence: &str, #[case] expected: &[&str]) {
    assert_eq!(normal(sentence), expected);
}

#[test]
fn the_n_grams_are_the_words_and_their_pairs() {
    assert_eq!(grams("Save 20% now"), ["save", "#percent", "now", "save #percent", "#percent now"]);
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
        let sentence = gram.replace("#money", "£5").replace("#percent", "5%");
        assert!(grams(&sentence).iter().any(|it| it == gram), "`{gram}` is never found");
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
    assert!(score(offer) > score(notice), "{} {}", score(offer), score(notice));
    assert!(score(offer) > 0.0 && score(notice) < REVIEW);
}

#[test]
fn a_sentence_of_unknown_words_scores_the_bias() {
    let table = Table::new(-1.5, &[("shop now", 3.0), ("now", 1.0)]);
    assert!((table.score("") + 1.5).abs() < 1e-6 && (table.score("zyx 12 {{x}}") + 1.5).abs() < 1e-6);
    assert!((table.score("SHOP NOW") - (4.0 / 2.0_f32.sqrt() - 1.5)).abs() < 1e-6);
    assert!((table.score("now, shop") - (1.0 - 1.5)).abs() < 1e-6, "the order of a pair counts");
}

proptest! {
    /// Whatever stands in a sentence, it has a score, and how its letters are written does not change it.
    #[test]
    fn any_text_has_a_score(text in r"(\PC|[{}\[\]<%>*|() £$€'’.,:@!/]|www\.|http://|[a-zA-Z0-9 ]){0,80}") {
        let first = score(&text);
        prop_assert!(first.is_finite());
        prop_assert_eq!(first, score(&text.to_ascii_uppercase()));
        prop_assert_eq!(first, score(&text.replace('’', "'")));
        prop_assert_eq!(first, score(&format!("  {}  ", text)));
    }

    /// Equal words, equal scores: the score is that of the words as the table spells them.
    #[test]
    fn the_score_is_of_the_words(words in proptest::collection::vec(r"[A-Za-zÀ-ž]{1,9}", 0..12)) {
        let spelt = normal(&words.join(" "));
        prop_assert_eq!(score(&words.join(" ")), score(&spelt.join("\t, ")));
        for word in spelt {
            prop_assert_eq!(words::key_of_normal(&word), super::words(&word).next().map_or(0, |word| word.key));
        }
    }
}

/// A thousand openers are not a thousand searches, and a word without an end is read once.
#[rstest]
#[case("{")]
#[case("[")]
#[case("((")]
#[case("*|")]
#[case("<%")]
#[case("a@")]
#[case("www.")]
#[case("1.")]
#[case("'")]
#[case("£")]
#[case("[ a ] ")]
fn a_megabyte_of_anything_is_scored_in_a_moment(#[case] piece: &str) {
    let text = piece.repeat(1_000_000 / piece.len());
    let started = std::time::Instant::now();
    assert!(score(&text).is_finite());
    assert!(started.elapsed() < std::time::Duration::from_secs(1), "{:?}", started.elapsed());
}
